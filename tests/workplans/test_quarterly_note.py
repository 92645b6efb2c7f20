"""季度研判: the note of a quarter says what the ledger says, and nothing else."""

import datetime as dt
import re

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from accounts.models import AuditEvent
from tests.cast import Cast
from tests.factories import H1, make_activity, make_issue, make_target
from workplans import quarterly
from workplans.ledger import Ledger
from workplans.models import Period, Span
from workplans.resolve import Figure, plain, segments, unknown, unsourced

Q2 = Period.parse("2020Q2")
MAY = dt.date(2020, 5, 12)


def note(cast: Cast) -> str:
    return plain(quarterly.lines(cast.town, Q2))


class TestTheNote:
    def test_figures_are_those_of_the_quarter_alone(self, cast: Cast):
        make_activity(by=cast.clerk, kind="forum", sessions=3, date=MAY)
        make_activity(by=cast.clerk, kind="forum", sessions=9, date=dt.date(2020, 3, 31))
        assert "（一）党外代表人士。座谈会场次3场。" in note(cast)

    def test_every_figure_is_a_metric_and_no_number_is_typed(self, cast: Cast):
        make_activity(by=cast.clerk, kind="cadre_study", person_times=126, date=MAY)
        make_issue(by=cast.clerk, opened_on=MAY, obstacle="手续未批", due=dt.date(2020, 12, 31))
        make_target(by=cast.clerk, period=H1, due=dt.date(2020, 5, 31))
        lines, ledger = quarterly.lines(cast.town, Q2), Ledger([cast.town], Q2)
        figures = [each for each in segments(lines) if isinstance(each, Figure)]
        assert [each.metric.code for each in figures] == ["study_sessions", "study_people", "issues_open"]
        assert all(each.exact == ledger.value(each.metric) for each in figures)
        assert (unknown(lines), unsourced(lines)) == ([], [])

    def test_open_issues_are_told_with_their_obstacles_and_solved_ones_are_not(self, cast: Cast):
        make_issue(by=cast.clerk, opened_on=MAY, obstacle="规划用地手续未批")
        make_issue(by=cast.clerk, title="道路破损", opened_on=MAY, state="solved", closed_on=dt.date(2020, 6, 1))
        text = note(cast)
        assert "1.灵山寺扩寺建设，因规划用地手续未批，尚未办结。" in text
        assert "道路破损" not in text
        assert "未办结协调问题1个" in text

    def test_late_and_behind_targets_are_told_and_others_are_not(self, cast: Cast):
        make_target(by=cast.clerk, period=H1, text="隐患整改", due=dt.date(2020, 6, 30))
        make_target(by=cast.clerk, period=H1, text="成立商会", state="behind", obstacle="人选未定")
        make_target(by=cast.clerk, period=H1, text="学习十次", state="done", due=dt.date(2020, 4, 30))
        make_target(by=cast.clerk, period=H1, text="走访企业", due=dt.date(2020, 12, 31))
        text = note(cast)
        assert "隐患整改，时限6月底。" in text
        assert "成立商会，因人选未定滞后。" in text
        assert "学习十次" not in text
        assert "走访企业" not in text

    def test_what_the_meeting_noted_is_told_also_when_it_met_days_later(self, cast: Cast):
        make_activity(by=cast.clerk, kind="quarterly_review", date=dt.date(2020, 7, 3), result="逐处明确时限。")
        make_activity(by=cast.clerk, kind="quarterly_review", date=dt.date(2020, 4, 8), result="一季度的意见。")
        assert "2020年7月3日研判：逐处明确时限。" in note(cast)
        assert "一季度的意见" not in note(cast)

    @pytest.mark.parametrize("title", ["{安全检查次数}", "}{", "{没有的}"])
    def test_braces_in_a_record_are_its_own_text(self, cast: Cast, title: str):
        make_issue(by=cast.clerk, opened_on=MAY, title=title)
        assert f"1.{title}，正在办理。" in note(cast)

    def test_an_empty_quarter_has_a_note_too(self, cast: Cast):
        assert "本季度台账没有记录。" in note(cast)

    @given(day=st.dates(dt.date(2019, 1, 1), dt.date(2021, 12, 31)))
    def test_a_review_is_about_its_own_quarter_or_the_one_that_ended_just_before(self, day: dt.date):
        quarter, own = quarterly.quarter_of(day), Period.of(day, Span.QUARTER)
        assert quarter in (own, own.before)
        assert (quarter == own) == ((day - own.first_day) >= quarterly.AFTERWARDS)


class TestPages:
    def test_the_page_of_a_review_leads_to_the_note(self, cast: Cast, clerk: Client):
        row = make_activity(by=cast.clerk, kind="quarterly_review", date=dt.date(2020, 7, 3))
        page = clerk.get(row.get_absolute_url()).content.decode()
        (address,) = re.findall(r'href="(/quarterly/[^"]*)"', page)
        assert clerk.get(address.replace("&amp;", "&")).context["quarter"] == Q2

    def test_the_area_leads_to_it_and_a_half_year_opens_its_last_quarter(self, cast: Cast, clerk: Client):
        assert "/quarterly/?period=2020H1" in clerk.get("/areas/structure/?period=2020H1").content.decode()
        assert clerk.get(reverse("quarterly") + "?period=2020H1").context["quarter"] == Q2

    def test_the_pdf_is_drawn_and_noted(self, cast: Cast, clerk: Client):
        make_activity(by=cast.clerk, kind="forum", date=MAY)
        response = clerk.get(reverse("quarterly_pdf") + "?period=2020Q2")
        assert b"".join(response.streaming_content).startswith(b"%PDF")
        assert AuditEvent.objects.get(action="export").subject == "清溪镇2020年第二季度统战工作研判"

    def test_what_no_paper_can_hold_is_told_and_not_drawn(self, cast: Cast, clerk: Client):
        make_activity(by=cast.clerk, kind="quarterly_review", date=MAY, content="看\u202e反")
        assert clerk.get(reverse("quarterly") + "?period=2020Q2").context["refusal"]
        assert clerk.get(reverse("quarterly_pdf") + "?period=2020Q2").status_code == 302

    def test_a_district_reads_one_town_at_a_time(self, cast: Cast, district: Client):
        make_activity(by=cast.clerk, kind="forum", date=MAY, sessions=7)
        page = district.get(reverse("quarterly") + f"?period=2020Q2&unit={cast.town.code}")
        assert "座谈会场次" in page.content.decode()
        assert page.context["unit"] == cast.town
        assert f"unit={cast.town.code}" in page.context["pdf_url"]
