"""The record of an inspection and the notice of rectification, read back from their PDFs."""

import io

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation
from pypdf import PdfReader

from accounts.models import AuditEvent
from religion import papers
from religion.models import CheckResult, Hazard, SafetyInspection, Venue, default_items
from tests.cast import Cast
from tests.factories import make_event, make_hazard, make_venue
from workplans.models import Activity
from workplans.paper import PaperRefused

DUE = "2020-04-30"


def make_inspection(cast: Cast, *, hazards: int = 1, row: Activity | None = None, **fields) -> SafetyInspection:
    """An inspection with the usual checklist, the first point failed."""
    venue = Venue.objects.of_unit(cast.town).first() or make_venue(by=cast.clerk)
    row = row or make_event(by=cast.clerk, venue=venue, title="节前安全检查")
    inspection = SafetyInspection.objects.create(activity=row, unit=cast.town, **fields)
    for item in default_items(cast.town):
        result = "passed" if item.position else "failed"
        CheckResult.objects.create(unit=cast.town, activity=row, position=item.position, group=item.group,
                                   text=item.text, result=result)  # fmt: skip
    for number in range(hazards):
        make_hazard(by=cast.clerk, venue=venue, row=row, description=f"灭火器压力不足{number}", due=DUE)
    return SafetyInspection.objects.select_related("activity", "unit").get(pk=inspection.pk)


def words(pdf: bytes) -> str:
    return "".join("".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(pdf)).pages)


def address(name: str, inspection: SafetyInspection) -> str:
    return reverse(name, args=[inspection.pk])


PAPERS = {"inspection_record": papers.record_pdf, "rectification_notice": papers.notice_pdf}
both = pytest.mark.parametrize("name", PAPERS)


def test_the_record_tells_the_inspection_point_by_point(cast: Cast):
    inspection = make_inspection(
        cast, organiser="joint", departments="派出所、消防", conclusion="rectify", notice_number="清统整〔2020〕1号"
    )
    Hazard.objects.get().move("start", day=inspection.activity.date, note="", by=cast.clerk)
    text = words(papers.record_pdf(inspection))
    told = ["宗教活动场所安全检查记录", "清溪镇", f"台账号：{inspection.ledger_number}", "场所名称灵山寺",
            "场所类型寺院（佛教）", "检查日期2020年3月16日", "组织单位部门联合", "参加部门派出所、消防",
            "检查事项节前安全检查", "一、检查内容", "灭火器材配备到位、压力正常不合格", "线路穿管敷设，无私拉乱接合格",
            "有应急预案，重要时段有人值守合格", "二、发现隐患", "1灭火器压力不足0一般限期整改2020年4月30日—整改中",
            "三、检查结论", "结论限期整改", "通知书文号清统整〔2020〕1号",
            "检查人员签字：场所负责人签字：记录人签字：日期：年月日"]  # fmt: skip
    places = [text.find(words) for words in told]
    assert -1 not in places, told[places.index(-1)]
    assert places == sorted(places)


def test_the_checklist_stands_by_group_however_it_was_edited(cast: Cast):
    inspection = make_inspection(cast)
    CheckResult.objects.create(unit=cast.town, activity=inspection.activity, position=99, group="fire",
                               text="后来加的消防检查", result="not_applicable")  # fmt: skip
    groups = papers.record(inspection)["groups"]
    assert [group["label"] for group in groups][:2] == ["消防", "用电"]
    assert groups[0]["results"][-1] == ("后来加的消防检查", "不适用")
    assert len(groups) == 11


def test_a_record_without_hazards_says_so(cast: Cast):
    text = words(papers.record_pdf(make_inspection(cast, hazards=0)))
    assert "未发现隐患" in text
    assert "结论合格" in text


def test_a_site_of_folk_belief_is_not_called_a_religious_venue(cast: Cast):
    make_venue(by=cast.clerk, name="北岭龙王庙", type="folk")
    facts = papers.record(make_inspection(cast))
    assert facts["title"] == "民间信仰活动场所安全检查记录"
    assert facts["heads"][0] == [("场所名称", "北岭龙王庙"), ("场所类型", "民间信仰活动场所")]


def test_an_ordinary_record_is_one_page_of_a4(cast: Cast):
    (page,) = PdfReader(io.BytesIO(papers.record_pdf(make_inspection(cast, hazards=4)))).pages
    assert [round(float(side) / 72 * 25.4) for side in page.mediabox] == [0, 0, 210, 297]


def test_the_notice_asks_the_venue_to_rectify_by_the_day(cast: Cast):
    cast.town.signature = "清溪镇统战办公室"
    cast.town.save()
    inspection = make_inspection(
        cast, organiser="joint", departments="派出所、消防", conclusion="rectify", notice_number="清统整〔2020〕1号"
    )
    row, venue = inspection.activity, Venue.objects.get()
    make_hazard(by=cast.clerk, venue=venue, row=row, description="通道堆物", disposal="at_once")
    make_hazard(by=cast.clerk, venue=venue, row=row, description="线路老化。", disposal="pass_up", grade="major")
    assert words(papers.notice_pdf(inspection)) == (
        "安全隐患整改通知书清统整〔2020〕1号灵山寺："
        f"2020年3月16日，清溪镇会同派出所、消防对你场所开展安全检查（台账号{row.ledger_number}），发现安全隐患3处："
        "1.灭火器压力不足0。属一般隐患，限2020年4月30日前完成整改。"
        "2.通道堆物。属一般隐患，应立即整改。"
        "3.线路老化。属重大隐患，已提交上级处理，处理期间请落实防范措施。"
        "请你场所明确责任、落实措施，按上述时限完成整改，整改期间做好安全防范。逾期未完成整改的，依照有关规定处理。"
        "整改完成后，请及时书面报告清溪镇统战办公室申请复查，复查合格后予以销号。"
        "清溪镇统战办公室2020年3月16日—1—"
        "回执《安全隐患整改通知书》（清统整〔2020〕1号）已于年月日收到。签收场所（盖章）：签收人：—2—"
    )


def test_a_venue_that_must_close_is_told_so(cast: Cast):
    assert "在复查合格之前，你场所应停用整改。" in words(papers.notice_pdf(make_inspection(cast, conclusion="close")))


def test_the_notice_stays_as_it_is_when_its_hazards_are_closed(cast: Cast):
    inspection = make_inspection(cast)
    before = papers.notice_pdf(inspection)
    for move in ("rectify", "recheck", "close"):
        Hazard.objects.get().move(move, day=inspection.activity.date, note="", by=cast.clerk)
    assert papers.notice_pdf(inspection) == before


def test_a_hazard_entered_by_mistake_is_in_neither_paper(cast: Cast):
    inspection = make_inspection(cast, hazards=2)
    Hazard.objects.get(description="灭火器压力不足1").void("重复")
    assert [each["description"] for each in papers.record(inspection)["hazards"]] == ["灭火器压力不足0"]
    assert len(papers.notice(inspection)["hazards"]) == 1


@both
def test_the_same_inspection_gives_the_same_bytes_in_every_language(cast: Cast, name: str):
    inspection = make_inspection(cast)
    first = PAPERS[name](inspection)
    with translation.override("en"):
        assert PAPERS[name](inspection) == first


HOSTILE = '<img src="file:///etc/hostname"><b>粗</b>{{ settings }}{% now %}&amp;<!--'


@both
def test_hostile_text_is_printed_letter_by_letter(cast: Cast, name: str, caplog):
    venue = make_venue(by=cast.clerk, name=f"寺{HOSTILE}"[:60])
    row = make_event(by=cast.clerk, venue=venue, title=f"题{HOSTILE}")
    inspection = make_inspection(cast, row=row, departments=f"部门{HOSTILE}", notice_number=HOSTILE[:40])
    make_hazard(by=cast.clerk, venue=venue, row=row, description=f"患{HOSTILE}")
    pdf = PAPERS[name](inspection)
    assert f"患{HOSTILE}".replace(" ", "") in words(pdf)
    assert f"部门{HOSTILE}".replace(" ", "") in words(pdf)
    assert PdfReader(io.BytesIO(pdf)).attachments == {}
    assert [record.getMessage() for record in caplog.records if record.name.startswith("weasyprint")] == []


@both
@pytest.mark.parametrize("text", ["字" + "\u0301" * 20, "左\u202e右", "会议😀"])
def test_text_that_cannot_be_set_is_refused_with_a_word_and_no_paper(cast: Cast, clerk: Client, name: str, text: str):
    inspection = make_inspection(cast)
    Hazard.objects.update(description=text)
    with pytest.raises(PaperRefused):
        PAPERS[name](inspection)
    answer = clerk.get(address(name, inspection), follow=True)
    assert answer.redirect_chain == [(inspection.get_absolute_url(), 302)]
    assert "现在还不能生成 PDF" in answer.content.decode()


def test_long_lists_run_over_pages_with_their_heads_and_endless_ones_are_refused(cast: Cast):
    inspection = make_inspection(cast, hazards=40)
    Hazard.objects.update(description="患" * 100)
    pages = [page.extract_text() for page in PdfReader(io.BytesIO(papers.record_pdf(inspection))).pages]
    assert len(pages) > 3
    assert all("责任岗位" in page for page in pages[1:-1])
    assert "检查人员签字" in pages[-1]
    assert "结论" in pages[-1]
    Hazard.objects.bulk_create(Hazard(**{**values, "id": None}) for values in Hazard.objects.values() for _ in range(2))
    with pytest.raises(PaperRefused):
        papers.record_pdf(inspection)


@both
def test_it_opens_in_the_browser_under_a_chinese_name_and_is_kept_nowhere(cast: Cast, clerk: Client, name: str):
    inspection = make_inspection(cast)
    answer = clerk.get(address(name, inspection))
    title = {"inspection_record": "安全检查记录", "rectification_notice": "整改通知书"}[name]
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"].startswith("inline; filename*=utf-8''%")
    assert "no-store" in answer["Cache-Control"]
    assert b"".join(answer) == PAPERS[name](inspection)
    exported = AuditEvent.objects.get(action="export")
    assert (exported.subject, exported.detail) == ("节前安全检查", f"{title}{inspection.ledger_number}.pdf")


@both
def test_other_towns_find_nothing_and_the_district_reads_it(cast: Cast, outsider, district, administrator, name: str):
    at = address(name, make_inspection(cast))
    assert [client.get(at).status_code for client in (outsider, district, administrator)] == [404, 200, 403]


def test_without_hazards_there_is_nothing_to_ask_for(cast: Cast, clerk: Client):
    inspection = make_inspection(cast, hazards=0)
    answer = clerk.get(address("rectification_notice", inspection), follow=True)
    assert answer.redirect_chain == [(inspection.get_absolute_url(), 302)]
    assert "这次检查没有记录隐患，不需要整改通知书。" in answer.content.decode()


@both
def test_a_void_row_gives_no_paper(cast: Cast, clerk: Client, name: str):
    inspection = make_inspection(cast)
    inspection.activity.void("重复录入")
    answer = clerk.get(address(name, inspection), follow=True)
    assert "这条记录已经作废，不能再出具文书。" in answer.content.decode()


def test_a_row_that_is_no_inspection_has_no_papers(cast: Cast, clerk: Client):
    row = make_event(by=cast.clerk, venue=make_venue(by=cast.clerk), kind="patrol")
    assert [clerk.get(reverse(name, args=[row.pk])).status_code for name in PAPERS] == [404, 404]


@both
def test_thirty_hazards_cost_no_more_queries_than_one(cast: Cast, name: str, django_assert_max_num_queries):
    inspection = make_inspection(cast, hazards=30)
    with django_assert_max_num_queries(3):
        PAPERS[name](inspection)
