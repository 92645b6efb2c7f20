"""A unit's format, and what a paper carries that is sent upward."""

import io
from itertools import pairwise

import pdfplumber
import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from accounts.models import AuditEvent
from workplans import signing
from workplans.document import render_pdf
from workplans.format import POINTS_PER_MM as MM
from workplans.format import STANDARD, Format
from workplans.models import Conflict, PaperFormat, Summary, SummaryLetter
from workplans.paper import Letter, Paper, blocks_of
from workplans.proof import proof_of

from .measured import Measured, faults
from .papers import COMMON
from .summaries import DAY, make_signed, make_summary

STORED = {
    "pitch": "28", "number_place": "centre", "digits": "body", "top": 35, "bottom": 33, "left": 27, "right": 27, "duplex": "on",
    "mark": "中共某某镇委员会文件", "addressee": "区委统战部", "copies_to": "区民族宗教事务局", "printed_by": "某某镇党委办公室", "version": 0,
}  # fmt: skip


def address(cast):
    return reverse("paper_format", args=[cast.town.code])


def paper_now(summary) -> Paper:
    return signing.paper_of(proof_of(summary), DAY)


def test_a_unit_that_set_nothing_follows_the_standard(cast):
    assert PaperFormat.objects.of(cast.town).format == STANDARD
    assert paper_now(make_summary(by=cast.clerk)).format == STANDARD


@pytest.mark.parametrize("who", ["reviewer", "administrator"])
def test_the_reviewer_or_an_administrator_sets_the_format_and_papers_follow(cast, request, who):
    client = request.getfixturevalue(who)
    assert client.post(address(cast), STORED).url == address(cast)
    summary = make_summary(by=cast.clerk)
    assert paper_now(summary).format == Format("28", "centre", "body", 35, 33, 27, 27)
    assert AuditEvent.objects.filter(detail="修改公文格式").count() == 1


def test_another_town_s_format_is_not_to_be_found(cast, outsider):
    other = cast.client(cast.outsider)
    assert other.get(address(cast)).status_code in (403, 404)


def test_who_writes_over_a_format_he_has_not_seen_is_told_and_keeps_what_he_typed(cast, reviewer):
    reviewer.post(address(cast), STORED)
    answer = reviewer.post(address(cast), {**STORED, "pitch": "29", "mark": "另一个标志"})
    assert "您打开后有人改过公文格式" in answer.content.decode()
    assert "另一个标志" in answer.content.decode()
    assert PaperFormat.objects.of(cast.town).pitch == "28"


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"top": 200}, "top"),
        ({"left": 5}, "left"),
        ({"mark": "标志😀"}, "mark"),
        ({"left": 60, "right": 60, "top": 60}, "top"),
    ],
)
def test_a_format_that_cannot_be_set_is_refused_beside_its_field(cast, reviewer, wrong, field):
    answer = reviewer.post(address(cast), {**STORED, **wrong})
    assert field in answer.context["form"].errors
    assert not PaperFormat.objects.exists()


def test_a_signed_paper_keeps_the_format_it_was_signed_with(cast, reviewer):
    document = make_signed(by=cast.signer)
    before = bytes(document.pdf)
    reviewer.post(address(cast), STORED)
    document.refresh_from_db()
    answer = reviewer.get(reverse("summary_pdf", args=[document.summary_id]))
    assert bytes(document.pdf) == before == b"".join(answer.streaming_content)


def test_a_format_changed_while_the_pdf_is_made_makes_no_document(cast, monkeypatch):
    summary = make_summary(by=cast.clerk, state="signing")
    render = signing.render_pdf

    def meanwhile(*paper):
        PaperFormat.objects.create(unit=cast.town, pitch="28")
        return render(*paper)

    monkeypatch.setattr(signing, "render_pdf", meanwhile)
    with pytest.raises(signing.Changed):
        signing.sign(summary, cast.signer, DAY, DAY, proof_of(summary).sha256)


def test_the_page_names_the_face_of_every_role(cast, reviewer):
    page = reviewer.get(address(cast)).content.decode()
    assert "FandolFang" in page
    assert "Noto Serif CJK SC" in page


LETTER = {
    "is_used": "on",
    "number": "某党〔2020〕12号",
    "addressee": "区委统战部",
    "annexes": "汇总表\r\n\r\n任务分解表",
    "version": 0,
}


def test_a_summary_that_stays_in_the_house_carries_nothing_else(cast):
    assert paper_now(make_summary(by=cast.clerk)).letter is None


def test_what_a_writer_fills_in_stands_in_the_paper(cast, clerk):
    PaperFormat.objects.create(unit=cast.town, mark="某镇文件", printed_by="某镇办公室")
    summary = make_summary(by=cast.clerk)
    clerk.post(reverse("summary_letter", args=[summary.pk]), LETTER)
    assert paper_now(summary).letter == Letter(
        "某镇文件", "某党〔2020〕12号", "区委统战部", ("汇总表", "任务分解表"), "", "某镇办公室", "2020年7月3日"
    )


def test_it_starts_from_what_the_unit_usually_writes(cast, clerk):
    PaperFormat.objects.create(unit=cast.town, addressee="区委统战部", copies_to="区委办公室")
    summary = make_summary(by=cast.clerk)
    page = clerk.get(reverse("summary_letter", args=[summary.pk])).content.decode()
    assert 'value="区委统战部"' in page
    assert 'value="区委办公室"' in page


def test_a_summary_past_its_writer_s_editing_takes_no_letter(cast, clerk):
    summary = make_summary(by=cast.clerk, state="signing")
    clerk.post(reverse("summary_letter", args=[summary.pk]), LETTER)
    assert not SummaryLetter.objects.exists()
    with pytest.raises(Conflict):
        SummaryLetter(unit=cast.town, summary=summary).keep(Summary.states_open_to(cast.clerk))


def test_a_letter_changed_after_reading_is_not_what_was_read(cast):
    summary = make_summary(by=cast.clerk)
    before = proof_of(summary).sha256
    letter = SummaryLetter(unit=cast.town, summary=summary, is_used=True, number="某党〔2020〕12号")
    letter.keep(Summary.states_open_to(cast.clerk))
    assert proof_of(summary).sha256 != before


def test_annexes_have_a_limit(cast):
    with pytest.raises(ValidationError):
        SummaryLetter(unit=cast.town, annexes="表\n" * 21).clean()


@pytest.fixture(scope="module")
def sent() -> Measured:
    letter = Letter(
        "中共某某镇委员会文件",
        "某党〔2020〕12号",
        "区委统战部",
        ("台账汇总表", "任务分解表"),
        "区委办公室",
        "某某镇办公室",
        "2020年7月3日",
    )
    text = "\n".join([f"一、工作\n{COMMON * 3}。"] * 6)
    return Measured(render_pdf(Paper("统战工作报告", blocks_of(text), "某某镇", "2020年7月3日", letter=letter)))


def line_with(sent: Measured, text: str):
    return next(line for line in sent.lines if text in line.text)


def test_the_mark_is_red_and_its_top_lies_35_mm_below_the_type_area(sent):
    mark = line_with(sent, "委员会文件")
    assert (mark.baseline - 0.88 * mark.size) / MM == pytest.approx(37 + 35, abs=1)
    assert mark.left + mark.right == pytest.approx((28 + 184) * MM, abs=1)
    assert {tuple(each["non_stroking_color"]) != (0, 0, 0) for each in mark.characters} == {True}


def test_the_red_rule_is_as_wide_as_the_type_area_and_4_mm_below_the_number(sent):
    number = line_with(sent, "某党")
    with pdfplumber.open(io.BytesIO(sent.pdf)) as opened:
        rule = next(each for each in opened.pages[0].rects if each["width"] > 400)
    assert [rule["x0"] / MM, rule["x1"] / MM] == pytest.approx([28, 184], abs=0.2)
    assert (rule["top"] - number.baseline - 0.12 * 16) / MM == pytest.approx(4, abs=0.3)


def test_whom_it_is_for_stands_flush_left_with_its_colon(sent):
    assert line_with(sent, "区委统战部").text == "区委统战部："
    assert line_with(sent, "区委统战部").left == pytest.approx(28 * MM, abs=0.2)


def test_the_annexes_are_numbered_and_their_names_stand_under_each_other(sent):
    first, second = line_with(sent, "台账汇总表"), line_with(sent, "任务分解表")
    assert (first.text, second.text) == ("附件：1.台账汇总表", "2.任务分解表")
    starts = [next(c["x0"] for c in line.characters if c["text"] in "台任") for line in (first, second)]
    assert starts[0] == pytest.approx(starts[1], abs=0.5)


def test_the_imprint_lies_on_the_foot_of_the_last_page(sent):
    with pdfplumber.open(io.BytesIO(sent.pdf)) as opened:
        drawn = [each for each in opened.pages[-1].rects if each["width"] > 400]  # a border is what lies between two
        edges = sorted({round(each[side] / MM, 2) for each in drawn for side in ("top", "bottom")})
    assert [round(edges[n + 1] - edges[n], 2) for n in (0, 2, 4)] == pytest.approx([0.35, 0.25, 0.35], abs=0.011)
    assert edges[-1] == pytest.approx(262, abs=0.2)
    assert line_with(sent, "抄送").text == "抄送：区委办公室。"


def test_the_text_of_a_letter_stands_on_the_grid(sent):
    paper = Paper("统战工作报告", blocks_of("正文。"))
    assert [fault for fault in faults(sent, paper) if "pt from" not in fault] == []
    body = [line for line in sent.on(1) if line.baseline > line_with(sent, "区委统战部").baseline]
    gaps = {round(b.baseline - a.baseline, 1) for a, b in pairwise(body)}
    assert gaps == {29.6}
