"""The home page of every role, the areas, and the rows behind a figure."""

import datetime as dt
import html
import re

import pytest
from django.test import Client
from django.utils import timezone

from chamber.models import Obstacle
from nonpublic.models import Contribution, ServiceEvent
from religion.models import Dispute, Suggestion, VenueType
from tests.cast import Cast
from tests.factories import (
    DAY,
    H1,
    H2,
    make_activity,
    make_enterprise,
    make_founding,
    make_hazard,
    make_headcount,
    make_issue,
    make_member,
    make_network,
    make_post,
    make_project,
    make_request,
    make_target,
    make_venue,
)
from workplans.area import areas, metrics
from workplans.models import Activity, Category, Period, PublicPost, Summary

NOW = dt.datetime(2020, 7, 10, 1, 0, tzinfo=dt.UTC)  # a Friday morning in China
TODAY = dt.date(2020, 7, 10)
H1_PAGE = "/?period=2020H1"


@pytest.fixture(autouse=True)
def _in_july(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "localdate", lambda *args: TODAY)


def words(response, of: str = "main") -> str:
    """What a reader sees of a page's part, in one line."""
    page = response.content.decode()
    part = page[page.index(f'id="{of}"') :]
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", part.partition(">")[2])))


def waiting(client: Client, url: str = H1_PAGE) -> list[tuple[str, str]]:
    """The lines under 等我处理: their words and where they lead."""
    page = client.get(url).content.decode()
    section = page[page.index('id="waiting"') :].partition("</section>")[0]
    links = re.findall(r'<a class="stretched-link" href="([^"]+)">([^<]+)</a>', section)
    return [(html.unescape(text), html.unescape(url)) for url, text in links]


def make_summary(cast: Cast, period: Period = H1, by: str = "clerk") -> Summary:
    user = getattr(cast, by)
    return Summary.objects.create(unit=user.unit, period=period, title=f"{period.title}总结", created_by=user)


class TestWhatWaits:
    def test_nothing_waits_says_so_and_gives_the_next_step(self, cast: Cast, clerk: Client):
        make_summary(cast).submit(cast.clerk)
        page = clerk.get(H1_PAGE)
        assert "目前没有等您处理的事项。" in words(page, "waiting")
        assert 'href="/ledger/record/?period=2020H1"' in page.content.decode()

    def test_the_clerk_is_led_to_the_summary_that_came_back_and_why(self, cast: Cast, clerk: Client):
        summary = make_summary(cast)
        summary.submit(cast.clerk)
        summary.send_back(cast.reviewer, "第二部分数字请再核对")
        assert waiting(clerk) == [("修改《2020年上半年总结》", f"/summaries/{summary.pk}/")]
        assert "统战委员退回：第二部分数字请再核对" in words(clerk.get(H1_PAGE), "waiting")

    def test_a_summary_that_never_came_back_is_to_be_finished(self, cast: Cast, clerk: Client):
        summary = make_summary(cast)
        assert waiting(clerk) == [("写完《2020年上半年总结》", f"/summaries/{summary.pk}/")]

    def test_a_summary_nobody_began_is_to_be_drafted_from_a_fortnight_before_the_end(self, cast: Cast, clerk: Client):
        assert waiting(clerk) == [("起草2020年上半年总结", "/summaries/?period=2020H1")]
        assert waiting(clerk, "/?period=2020H2") == []

    def test_the_reviewer_confirms_rows_reached_by_the_filtered_ledger(self, cast: Cast, reviewer: Client):
        make_summary(cast).submit(cast.clerk)
        Summary.objects.get().approve(cast.reviewer)
        for day in (dt.date(2020, 3, 1), dt.date(2020, 6, 30), dt.date(2020, 7, 1)):
            make_activity(by=cast.clerk, date=day)
        make_activity(by=cast.clerk).confirm(cast.reviewer)
        make_activity(by=cast.clerk).void("重复录入")
        make_activity(by=cast.outsider)
        assert waiting(reviewer) == [
            ("确认 1 条台账记录", "/ledger/?period=2020H2&state=recorded"),
            ("确认 2 条台账记录", "/ledger/?period=2020H1&state=recorded"),
        ]

    def test_the_reviewer_reviews_and_the_clerk_waits(self, cast: Cast, reviewer: Client, clerk: Client):
        summary = make_summary(cast)
        summary.submit(cast.clerk)
        assert waiting(reviewer) == [("审核《2020年上半年总结》", f"/summaries/{summary.pk}/")]
        assert waiting(clerk) == []

    def test_the_signer_signs_then_sees_late_targets_and_the_issues_with_the_age_of_their_obstacle(
        self, cast: Cast, signer: Client
    ):
        summary = make_summary(cast)
        summary.submit(cast.clerk)
        summary.approve(cast.reviewer)
        target = make_target(by=cast.clerk, due=TODAY - dt.timedelta(days=1))
        issue = make_issue(
            by=cast.clerk,
            obstacle="用地尚未批复",
            obstacle_type="approval",
            obstacle_since=TODAY - dt.timedelta(days=100),
        )
        assert waiting(signer) == [
            ("签发《2020年上半年总结》", f"/summaries/{summary.pk}/"),
            ("推进目标“成立镇商会”", f"/targets/{target.pk}/"),
            ("督办“灵山寺扩寺建设”", f"/issues/{issue.pk}/"),
        ]
        assert "用地尚未批复，已 100 天" in words(signer.get(H1_PAGE), "waiting")

    def test_several_late_targets_of_a_half_year_are_counted_in_one_line(self, cast: Cast, signer: Client):
        for number in range(3):
            make_target(by=cast.clerk, text=f"目标{number}", due=TODAY - dt.timedelta(days=1))
        make_target(by=cast.clerk, text="将到期", due=TODAY + dt.timedelta(days=14))
        make_target(by=cast.clerk, text="还早", due=TODAY + dt.timedelta(days=15))
        make_target(by=cast.clerk, text="已完成", due=TODAY - dt.timedelta(days=1), state="done")
        lines = [text for text, _ in waiting(signer)]
        assert lines == ["推进 3 项逾期目标", "推进目标“将到期”"]

    def test_nothing_of_another_town_waits(self, cast: Cast, signer: Client, reviewer: Client, clerk: Client):
        make_activity(by=cast.outsider)
        make_target(by=cast.outsider, due=TODAY)
        make_issue(by=cast.outsider)
        make_summary(cast, by="outsider").submit(cast.outsider)
        make_summary(cast).submit(cast.clerk)
        Summary.objects.of_unit(cast.town).get().approve(cast.reviewer)
        assert (waiting(reviewer), waiting(clerk)) == ([], [])
        assert len(waiting(signer)) == 1  # his own town's paper


class TestThePage:
    def test_it_opens_at_the_current_half_year_when_it_has_rows(self, cast: Cast, clerk: Client):
        make_activity(by=cast.clerk, date=dt.date(2020, 6, 30))
        make_activity(by=cast.clerk, date=dt.date(2020, 7, 1))
        assert clerk.get("/").context["period"] == H2

    def test_it_opens_at_the_last_half_year_with_rows_when_the_current_one_is_empty(self, cast: Cast, clerk: Client):
        make_activity(by=cast.clerk, date=dt.date(2019, 12, 31))
        make_activity(by=cast.clerk, date=dt.date(2021, 1, 1))  # not yet
        make_activity(by=cast.clerk, date=dt.date(2020, 7, 1)).void("重复录入")
        make_activity(by=cast.outsider, date=dt.date(2020, 6, 1))  # another town's
        assert clerk.get("/").context["period"].code == "2019H2"

    def test_it_opens_at_the_current_half_year_when_there_are_no_rows_at_all(self, cast: Cast, clerk: Client):
        assert clerk.get("/").context["period"] == H2

    @pytest.mark.parametrize("code", ["2020H3", "abc", "0"])
    def test_a_period_that_is_none_is_not_found(self, clerk: Client, code: str):
        assert clerk.get(f"/?period={code}").status_code == 404

    def test_the_areas_stand_in_report_order_each_figure_against_last_year_and_linked_to_its_rows(
        self, cast: Cast, clerk: Client
    ):
        make_activity(by=cast.clerk, kind="inspection", sessions=3, quantity=5, quantity_done=5)
        make_activity(by=cast.clerk, kind="inspection", sessions=1, date=dt.date(2019, 5, 1))
        make_activity(by=cast.outsider, kind="inspection", sessions=90)
        page = clerk.get(H1_PAGE)
        lines = page.context["areas"]
        assert [line["area"].code for line in lines] == [each.code for each in areas()]
        card = next(c for line in lines for c in line["figures"] if c["label"] == "安全检查次数")
        assert card == {
            "label": "安全检查次数", "metric": metrics()["inspections"], "value": 3, "unit": "次", "last": 1, "difference": 2,
            "url": "/figures/inspections/?period=2020H1",
        }  # fmt: skip
        assert "去年同期 1，增加 2" in words(page, "areas")

    def test_without_rows_last_year_there_is_no_comparison(self, cast: Cast, clerk: Client):
        make_activity(by=cast.clerk, kind="inspection")
        page = clerk.get(H1_PAGE)
        assert {card["last"] for line in page.context["areas"] for card in line["figures"]} == {None}
        assert "去年同期无记录" in words(page, "areas")

    def test_targets_are_counted_by_light_with_words_and_only_the_pressing_ones_are_named(
        self, cast: Cast, clerk: Client
    ):
        make_target(by=cast.clerk, text="逾期的", due=TODAY - dt.timedelta(days=1), obstacle="人选问题",
                    obstacle_type="person", obstacle_since=TODAY - dt.timedelta(days=30))  # fmt: skip
        make_target(by=cast.clerk, text="临近的", due=TODAY)
        make_target(by=cast.clerk, text="正常的")
        make_target(by=cast.outsider, text="别镇的", due=TODAY)
        section = words(clerk.get(H1_PAGE), "targets")
        assert "2020年下半年 3 项" in section
        assert "逾期或未完成 1 临近或滞后 1 正常 1" in section
        assert "人选问题，已 30 天" in section
        assert "正常的" not in section.partition("各领域")[0]
        assert "别镇的" not in section

    def test_open_issues_stand_there_with_obstacle_and_age_and_closed_ones_do_not(self, cast: Cast, clerk: Client):
        make_issue(by=cast.clerk, obstacle="用地尚未批复", obstacle_type="approval", obstacle_since=dt.date(2020, 7, 1))
        make_issue(by=cast.clerk, title="已结的", state="solved", closed_on=dt.date(2020, 6, 1))
        section = words(clerk.get(H1_PAGE), "issues")
        assert "灵山寺扩寺建设" in section
        assert "用地尚未批复，已 9 天" in section
        assert "已结的" not in section

    def test_an_administrator_goes_to_his_own_pages(self, administrator: Client):
        response = administrator.get("/")
        assert (response.status_code, response["Location"]) == (302, "/manage/")

    def test_a_stranger_signs_in_first(self, db: None, client: Client):
        assert client.get("/")["Location"] == "/sign-in/?next=/"


class TestDistrict:
    def test_towns_stand_in_the_order_of_their_codes_never_of_their_figures(self, cast: Cast, district: Client):
        make_activity(by=cast.clerk, kind="forum", sessions=9)
        make_activity(by=cast.outsider, kind="forum", sessions=1)
        summary = make_summary(cast)
        summary.submit(cast.clerk)
        lines = district.get(H1_PAGE).context["towns"]
        assert [line["town"].code for line in lines] == ["baishi", "qingxi"]
        assert [line["summary"] for line in lines] == [None, summary]
        forums = [{metric.code: value for metric, value in line["figures"]}["forums"] for line in lines]
        assert forums == [1, 9]

    def test_figures_are_those_of_all_towns_until_one_is_chosen(self, cast: Cast, district: Client):
        make_activity(by=cast.clerk, kind="forum", sessions=9)
        make_activity(by=cast.outsider, kind="forum", sessions=1)
        assert district.get("/figures/forums/?period=2020H1").context["value"] == 10
        assert district.get("/figures/forums/?period=2020H1&unit=baishi").context["value"] == 1
        page = district.get("/?period=2020H1&unit=baishi")
        assert page.context["towns"] is None
        assert "白石镇统战工作" in words(page)
        assert "/figures/forums/?period=2020H1&amp;unit=baishi" in page.content.decode()

    @pytest.mark.parametrize("address", ["/", "/areas/", "/areas/religion/", "/figures/forums/"])
    def test_a_unit_out_of_sight_is_not_found(self, cast: Cast, district: Client, clerk: Client, address: str):
        assert clerk.get(f"{address}?unit=baishi").status_code == 404
        assert district.get(f"{address}?unit=nowhere").status_code == 404


class TestAreas:
    def test_the_overview_has_every_metric_of_every_area(self, cast: Cast, clerk: Client):
        page = clerk.get("/areas/?period=2020H1")
        shown = [[card["label"] for card in line["figures"]] for line in page.context["areas"]]
        assert shown == [[metric.label for metric in each.metrics] for each in areas()]

    @pytest.mark.parametrize("code", [each.code for each in areas()])
    def test_every_area_has_a_page_even_when_it_is_empty(self, clerk: Client, code: str):
        page = clerk.get(f"/areas/{code}/?period=2020H1")
        assert page.status_code == 200
        assert "2020年上半年还没有这个领域的记录。" in words(page)

    def test_it_shows_its_ten_latest_rows_its_months_its_targets_and_issues_and_nobody_elses(
        self, cast: Cast, clerk: Client
    ):
        for day in range(1, 13):
            make_activity(by=cast.clerk, kind="inspection", date=dt.date(2020, 3, day), title=f"检查{day}")
        make_activity(by=cast.clerk, kind="inspection", date=dt.date(2020, 7, 1), title="下半年的")
        make_activity(by=cast.clerk, kind="forum", title="别的领域")
        make_activity(by=cast.outsider, kind="inspection", title="别镇的")
        make_target(by=cast.clerk, text="安全目标", area="religion")
        make_target(by=cast.clerk, text="商会目标", area="chamber")
        make_issue(by=cast.clerk, title="宗教问题", area="religion")
        make_issue(by=cast.clerk, title="格局问题", area="structure")
        page = clerk.get("/areas/religion/?period=2020H1")
        assert [row["title"] for row in page.context["rows"]] == [f"检查{day}" for day in range(12, 2, -1)]
        assert [line["target"].text for line in page.context["targets"]] == ["安全目标"]
        assert [line["issue"].title for line in page.context["issues"]] == ["宗教问题"]
        inspections = next(chart for chart in page.context["months"] if chart["metric"].code == "inspections")
        assert [bar["value"] for bar in inspections["bars"]] == [0, 0, 12, 0, 0, 0]
        assert "/ledger/record/?period=2020H1&amp;kind=inspection" in page.content.decode()

    def test_months_to_come_have_no_bar(self, cast: Cast, clerk: Client):
        chart = clerk.get("/areas/religion/?period=2020H2").context["months"][0]
        assert [bar["value"] for bar in chart["bars"]] == [0, None, None, None, None, None]

    def test_who_may_not_record_is_offered_no_form(self, signer: Client):
        assert "/ledger/record/" not in signer.get("/areas/religion/?period=2020H1").content.decode()

    def test_an_area_that_is_none_is_not_found(self, clerk: Client):
        assert clerk.get("/areas/sports/").status_code == 404


def one_of_everything_religious(cast: Cast) -> None:
    for type in VenueType:
        venue = make_venue(
            by=cast.clerk, type=type, name=f"{type.label}一处", registered_on=dt.date(2020, 1, 5), clergy_count=1,
            clergy_checked_on=dt.date(2020, 3, 1),
        )  # fmt: skip
    hazard = make_hazard(by=cast.clerk, venue=venue, grade="major")
    hazard.move("rectify", day=DAY, note="", by=cast.clerk)
    make_project(by=cast.clerk, venue=venue)
    found = {"unit": cast.town, "created_by": cast.clerk, "activity": hazard.activity, "opened_on": DAY}
    dispute, suggestion = (
        Dispute.objects.create(course="边界", **found),
        Suggestion.objects.create(text="加快", **found),
    )
    for matter, moves in ((dispute, ("start", "solve")), (suggestion, ("start", "answer"))):
        for move in moves:
            matter.move(move, day=DAY, note="", by=cast.clerk)


class TestFigure:
    def test_rows_without_a_day_stand_last(self, cast: Cast, clerk: Client):
        make_target(by=cast.clerk, text="没有时限", period=H1)
        make_target(by=cast.clerk, text="五月完成", period=H1, due=dt.date(2020, 5, 1))
        lines = clerk.get("/figures/targets_set/?period=2020H1").context["lines"]
        assert [line["title"] for line in lines] == ["五月完成", "没有时限"]

    def test_the_rows_behind_a_figure_add_up_to_it(self, cast: Cast, clerk: Client):
        one = make_activity(by=cast.clerk, kind="information", title="春季信息", quantity=5, date=dt.date(2020, 3, 1))
        two = make_activity(by=cast.clerk, kind="information", title="汛期信息", quantity=7, date=dt.date(2020, 6, 30))
        make_activity(by=cast.clerk, kind="information", title="没有报送")
        make_activity(by=cast.clerk, kind="information", title="作废的", quantity=50).void("重复录入")
        make_activity(by=cast.outsider, kind="information", title="别镇的", quantity=500)
        page = clerk.get("/figures/information_sent/?period=2020H1")
        lines = page.context["lines"]
        assert [(line["title"], line["number"], line["amount"]) for line in lines] == [
            ("汛期信息", two.ledger_number, 7), ("春季信息", one.ledger_number, 5),
        ]  # fmt: skip
        assert page.context["value"] == 12
        assert "2020年上半年信息报送条数" in words(page)
        assert "合计，共 2 条记录 12 条" in words(page)

    def test_a_matter_is_told_under_the_number_of_the_row_that_found_it(self, cast: Cast, clerk: Client):
        hazard = make_hazard(by=cast.clerk, venue=make_venue(by=cast.clerk), opened_on=dt.date(2020, 3, 1))
        line = clerk.get("/figures/hazards_found/?period=2020H1").context["lines"][0]
        assert (line["title"], line["number"]) == ("配电箱无漏电保护", hazard.activity.ledger_number)

    @pytest.mark.parametrize("code", sorted(metrics()))
    def test_every_figure_has_a_page_with_rows_and_without(self, cast: Cast, clerk: Client, code: str):
        metric = metrics()[code]
        assert clerk.get(f"/figures/{code}/?period=2020H1").context["value"] == 0
        for kind in [kind.code for each in areas() for kind in each.kinds]:
            make_activity(by=cast.clerk, kind=kind, sessions=2, person_times=3, copies=4, quantity=5, quantity_done=5)
        make_target(by=cast.clerk, period=H1, state="done", due=dt.date(2020, 5, 1))
        for state in ("planned", "failed", "cancelled"):
            make_target(by=cast.clerk, period=H1, state=state, due=dt.date(2020, 5, 1))
        make_issue(by=cast.clerk)
        make_issue(by=cast.clerk, state="solved", closed_on=dt.date(2020, 6, 1))
        one_of_everything_religious(cast)
        one_of_everything_counted(cast)
        founding = make_founding(by=cast.clerk)
        founding.complete(day=DAY, ready=[], obstacle=Obstacle(), note="", by=cast.clerk, today=DAY)
        make_member(by=cast.clerk, chamber=founding.chamber)
        one_of_everything_nonpublic(cast)
        page = clerk.get(f"/figures/{code}/?period=2020H1")
        assert page.context["value"] == sum(line["amount"] for line in page.context["lines"]) > 0
        assert all(line["url"] and line["day"] for line in page.context["lines"]), metric.code

    def test_a_rounded_figure_says_how_papers_print_it(self, cast: Cast, clerk: Client):
        make_activity(by=cast.clerk, kind="cadre_study", person_times=1126)
        assert "总结中写作“1100余人次”" in words(clerk.get("/figures/study_people/?period=2020H1"))

    def test_more_rows_than_a_page_holds_are_told_in_one_line(
        self, cast: Cast, clerk: Client, monkeypatch: pytest.MonkeyPatch
    ):
        monkeypatch.setattr("workplans.views.dashboard.ROWS_LISTED", 2)
        for _ in range(5):
            make_activity(by=cast.clerk, kind="forum", sessions=2)
        page = words(clerk.get("/figures/forums/?period=2020H1"))
        assert "其余未列出的记录 6" in page
        assert "10 场" in page

    def test_a_figure_that_is_none_is_not_found(self, clerk: Client):
        assert clerk.get("/figures/happiness/").status_code == 404

    def test_an_administrator_sees_no_figures(self, administrator: Client):
        for address in ("/areas/", "/areas/religion/", "/figures/forums/"):
            assert administrator.get(address).status_code == 403


# Of the core, 10, 11, 9 and 11. Religion adds the hazards' metrics, and for a town what waits: hazards, suggestions,
# disputes (for a district, hazards passed up); the figures, for those who write, the posts whose term ends.
# Non-public economy adds the requests, once as a metric and once as what waits.
# The chamber adds to what waits its open foundings, and terms that end.
@pytest.mark.parametrize(("who", "queries"), [("clerk", 19), ("reviewer", 20), ("signer", 17), ("officer", 15)])
def test_home_costs_the_same_queries_for_one_row_of_everything_and_for_thirty(
    cast: Cast, who: str, queries: int, django_assert_num_queries
):
    client = cast.client(getattr(cast, who))
    make_everything(cast, range(1))
    client.get("/")  # the session's own row is written once
    with django_assert_num_queries(queries):
        client.get("/")
    make_everything(cast, range(1, 30))
    with django_assert_num_queries(queries):
        client.get("/")


def one_of_everything_counted(cast: Cast) -> None:
    make_headcount(by=cast.clerk, **dict.fromkeys(Category.values, 7))
    make_network(by=cast.clerk, town=2, villages={cast.village: (1, 3)})
    for type_ in PublicPost.Type:
        make_post(by=cast.clerk, type=type_)


def one_of_everything_nonpublic(cast: Cast) -> None:
    """What the figures of enterprises read besides the ledger's rows."""
    enterprise = make_enterprise(by=cast.clerk, above_scale=True, party_body="own")
    make_request(by=cast.clerk, enterprise=enterprise)
    answered = make_request(by=cast.clerk, enterprise=enterprise, need="更换变压器")
    answered.move("answer", day=DAY, note="已更换。", by=cast.clerk)
    own = {"activity": answered.activity, "unit": cast.town}
    ServiceEvent.objects.create(**own, enterprises=12, signed=86050)
    Contribution.objects.create(**own, amount=435)


def make_everything(cast: Cast, numbers: range) -> None:
    """In both towns, for each number: a row, a target, an issue, and a summary before each of the three who wait."""
    for number in numbers:
        for by in (cast.clerk, cast.outsider):
            make_hazard(by=by, venue=make_venue(by=by, name=f"场所{number}"), due=TODAY - dt.timedelta(1))
            make_target(by=by, due=TODAY)
            make_issue(by=by)
        for state in (Summary.State.DRAFT, Summary.State.REVIEW, Summary.State.SIGNING):
            number += 30
            period = Period.parse("1960H1").shift(number)
            Summary.objects.create(unit=cast.town, period=period, title="总结", state=state, created_by=cast.clerk)


def test_a_row_is_told_apart_from_a_void_one_on_an_areas_page(cast: Cast, clerk: Client):
    make_activity(by=cast.clerk, kind="inspection").void("重复录入")
    rows = clerk.get("/areas/religion/?period=2020H1").context["rows"]
    assert [row["state_label"] for row in rows] == [Activity.State.VOID.label]
