"""Reports over the ledger: the monthly form and the annual summary, with nothing entered for them and nothing stored."""

import datetime as dt
import io

import pypdf
import pytest
from django.urls import reverse
from docx import Document

from accounts.models import AuditEvent
from workplans.area import metrics
from workplans.ledger import Ledger
from workplans.models import Activity, Period, Span, Summary
from workplans.models.period import YearToDate
from workplans.paper import PaperRefused
from workplans.reports import ANNUAL, LISTED, MONTHLY, REPORTS

from ..factories import make_activity, make_hazard, make_headcount, make_target, make_venue
from .summaries import DAY, make_signed

MAY = Period.parse("2020-05")


def row(cast, day: str, title="座谈会", **fields):
    return make_activity(by=cast.clerk, kind="forum", title=title, date=dt.date.fromisoformat(day), **fields)


def line(facts, label):
    return next(
        (each["values"] for table in facts["tables"] for each in table["lines"] if each["metric"].label == label), None
    )


def words(content: bytes) -> str:
    return "".join("".join(page.extract_text().split()) for page in pypdf.PdfReader(io.BytesIO(content)).pages)


def test_the_monthly_form_counts_the_month_the_year_until_then_and_the_same_stretch_last_year(cast):
    for day in ("2020-05-06", "2020-01-01", "2020-05-31", "2019-03-01", "2020-06-01", "2019-06-01", "2019-12-31"):
        row(cast, day)
    row(cast, "2020-05-07").void("重复")
    make_activity(by=cast.outsider, kind="forum", date=dt.date(2020, 5, 8))
    assert line(MONTHLY.facts(MONTHLY, cast.town, MAY), "座谈会场次") == ["2", "3", "1"]


def test_a_figure_that_is_zero_in_all_three_is_left_out_and_others_keep_their_zeros(cast):
    row(cast, "2020-01-05")
    facts = MONTHLY.facts(MONTHLY, cast.town, MAY)
    assert line(facts, "座谈会场次") == ["0", "1", "0"]
    assert line(facts, "党委会研究次数") is None
    assert [table["area"].code for table in facts["tables"]] == ["figures"]


def test_every_number_of_the_form_is_the_metrics_own(cast):
    venue = make_venue(by=cast.clerk)
    make_hazard(by=cast.clerk, venue=venue, opened_on=dt.date(2020, 5, 4))
    make_hazard(by=cast.clerk, venue=venue, opened_on=dt.date(2020, 2, 4), description="早先的隐患")
    facts = MONTHLY.facts(MONTHLY, cast.town, MAY)
    month, until = Ledger([cast.town.pk], MAY), Ledger([cast.town.pk], YearToDate(MAY))
    told = {each["metric"].code: each["values"] for table in facts["tables"] for each in table["lines"]}
    assert told["hazards_found"][:2] == ["1", "2"]
    for code, values in told.items():
        assert values[:2] == [ledger.printed(metrics()[code], "实") for ledger in (month, until)]


def test_small_counts_of_people_leave_the_town_as_less_than_five(cast):
    make_headcount(by=cast.clerk, day=dt.date(2020, 5, 4), parties=3, intellectuals=41)
    facts = MONTHLY.facts(MONTHLY, cast.town, MAY)
    assert (line(facts, "民主党派成员人数")[0], line(facts, "党外知识分子人数")[0]) == ("少于5", "41")


@pytest.mark.parametrize("month", range(1, 13))
def test_the_year_to_date_ends_with_its_month(month):
    until = YearToDate(Period(2020, Span.MONTH, month))
    assert (until.first_day, until.last_day) == (dt.date(2020, 1, 1), Period(2020, Span.MONTH, month).last_day)
    assert [half.code for half in until.halves] == ["2020H1", "2020H2"][: 1 if month < 7 else 2]
    assert until.last_year.last_day.year == 2019


def test_december_to_date_is_the_year(cast):
    for day in ("2020-01-01", "2020-12-31"):
        row(cast, day, person_times=7)
    year, until = (
        Ledger([cast.town.pk], Period.parse("2020")),
        Ledger([cast.town.pk], YearToDate(Period.parse("2020-12"))),
    )
    assert [year.value(metric) for metric in metrics().values()] == [
        until.value(metric) for metric in metrics().values()
    ]


def test_it_lists_what_was_done_in_order_and_says_what_is_left_off(cast):
    later, first = row(cast, "2020-05-20", "后一件"), row(cast, "2020-05-02", "先一件")
    facts = MONTHLY.facts(MONTHLY, cast.town, MAY)
    assert [(each["title"], each["number"]) for each in facts["rows"]] == [
        ("先一件", first.ledger_number), ("后一件", later.ledger_number),
    ]  # fmt: skip
    assert facts["left_off"] == 0
    for number in range(LISTED):
        row(cast, "2020-05-03", f"第{number}件")
    facts = MONTHLY.facts(MONTHLY, cast.town, MAY)
    assert (len(facts["rows"]), facts["left_off"]) == (LISTED, 2)


def test_the_annual_summary_speaks_of_the_whole_year_and_plans_the_next(cast):
    row(cast, "2020-02-01"), row(cast, "2020-11-01"), row(cast, "2019-12-31")
    make_target(by=cast.clerk, period=Period.parse("2020H1"), text="上半年的目标", state="done")
    make_target(by=cast.clerk, period=Period.parse("2021H1"), text="明年的目标")
    proof = ANNUAL.facts(ANNUAL, cast.town, Period.parse("2020"))["proof"]
    assert ANNUAL.title(cast.town, Period.parse("2020")) == "清溪镇2020年统战工作总结"
    assert "召开座谈会2场" in proof.text
    assert "\n目标任务完成情况\n确定目标任务1项，完成1项。\n上半年的目标：已完成。" in proof.text
    assert "\n2021年重点工作\n一、明年的目标。" in proof.text
    assert proof.unknown == []


def test_reports_are_made_and_not_stored(cast, clerk):
    row(cast, "2020-05-02")
    before = Activity.objects.count()
    for code, period in (("monthly", "2020-05"), ("annual", "2020")):
        assert clerk.get(reverse("report", args=[code]) + f"?period={period}").status_code == 200
    assert (Activity.objects.count(), Summary.objects.count()) == (before, 0)


@pytest.mark.parametrize(
    ("code", "asked", "shown"),
    [("monthly", "2020H1", "2020年6月"), ("monthly", "2020-03", "2020年3月"), ("annual", "2020H1", "2020年"),
     ("annual", "2019-12", "2019年")],
)  # fmt: skip
def test_the_chosen_period_leads_to_the_reports_own(clerk, code, asked, shown):
    assert clerk.get(reverse("report", args=[code]) + f"?period={asked}").context["of"].name == shown


def test_each_figure_of_a_page_leads_to_its_rows(cast, clerk, district):
    row(cast, "2020-05-02")
    address = f"{reverse('figure', args=['forums'])}?period=2020-05"
    assert f'href="{address}"' in clerk.get(reverse("report", args=["monthly"]) + "?period=2020-05").content.decode()
    theirs = district.get(reverse("report", args=["monthly"]) + "?period=2020-05&unit=qingxi").content.decode()
    assert f'href="{address}&amp;unit=qingxi"' in theirs


def test_the_forms_to_take_along_hold_the_same_and_are_noted(cast, clerk):
    row(cast, "2020-05-02", "五月座谈会")
    monthly = b"".join(clerk.get(reverse("report_pdf", args=["monthly"]) + "?period=2020-05"))
    assert "清溪镇2020年5月统战工作月报表" in words(monthly)
    assert "座谈会场次场110" in words(monthly)
    assert "2020年5月2日五月座谈会2020-0001" in words(monthly)
    for name in ("report_pdf", "report_word", "report_text"):
        content = b"".join(clerk.get(reverse(name, args=["annual"]) + "?period=2020"))
        text = {
            "report_pdf": words,
            "report_word": lambda file: "".join(p.text for p in Document(io.BytesIO(file)).paragraphs),
            "report_text": bytes.decode,
        }[name](content)
        assert "召开座谈会1场" in text
    assert AuditEvent.objects.filter(action="export").count() == 4


def test_a_printed_form_has_no_other_form(clerk):
    for name in ("report_word", "report_text"):
        assert clerk.get(reverse(name, args=["monthly"])).status_code == 404
    assert clerk.get(reverse("report", args=["weekly"])).status_code == 404


def test_a_title_that_cannot_be_printed_is_named(cast, clerk):
    Activity.objects.filter(pk=row(cast, "2020-05-02").pk).update(title="字" + "\u0301" * 9)
    with pytest.raises(PaperRefused):
        MONTHLY.pdf(cast.town, MAY, DAY)
    page = clerk.get(reverse("report_pdf", args=["monthly"]) + "?period=2020-05", follow=True)
    assert "现在还不能生成文件" in page.content.decode()


def test_another_towns_report_is_not_there(cast, outsider):
    row(cast, "2020-05-02", "金丝雀座谈会")
    for name in ("report", "report_pdf"):
        assert outsider.get(reverse(name, args=["monthly"]) + "?period=2020-05&unit=qingxi").status_code == 404
    assert "金丝雀" not in outsider.get(reverse("report", args=["monthly"]) + "?period=2020-05").content.decode()


def test_the_list_of_summaries_leads_to_every_report(clerk):
    page = clerk.get("/summaries/?period=2020H1").content.decode()
    for code in REPORTS:
        assert reverse("report", args=[code]) + "?period=2020H1" in page


def test_a_signed_half_year_hinders_no_report(cast, clerk):
    make_signed(by=cast.signer)
    assert clerk.get(reverse("report", args=["annual"]) + "?period=2020").status_code == 200


@pytest.mark.parametrize("code", REPORTS)
def test_a_report_costs_the_same_queries_for_1_and_for_30_rows(cast, code, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    report, period = REPORTS[code], MAY if code == "monthly" else Period.parse("2020")

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            report.facts(report, cast.town, period)
        return len(captured)

    row(cast, "2020-05-02")
    before = queries()
    for number in range(30):
        row(cast, "2020-05-02", f"第{number}件")
    assert queries() == before
