"""The paper as Word and as plain text: the same words, a grid and styles that last while people go on editing."""

import io
import re
from urllib.parse import quote

import pytest
from django.urls import reverse
from docx import Document
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from hypothesis import given
from hypothesis import strategies as st

from accounts.models import AuditEvent
from workplans.editions import reopen
from workplans.paper import Paper, PaperRefused, blocks_of
from workplans.word import docx_of, text_of

from ..factories import make_activity
from .summaries import make_signed, make_summary

TEXT = """开头一段“引号”和2020年。

一、强化理论武装
学习11次。
（一）深化教育引导。走访企业40家次。
1.具体事项
（1）细目。

下半年重点工作
一、成立镇商会。必须确保9月底完成。"""
PAPER = Paper(
    "清溪镇2020年上半年\n统战工作总结", blocks_of(TEXT), "清溪镇统战办公室", "2020年7月3日", code="0A1B-2C3D-4E5F"
)


@pytest.fixture(scope="module")
def word():
    return Document(io.BytesIO(docx_of(PAPER)))


def attribute(element, path: str, name: str) -> str:
    return element.find("/".join(qn(f"w:{tag}") for tag in path.split("/"))).get(qn(f"w:{name}"))


def test_the_sheet_is_a4_with_the_official_margins_mirrored(word):
    section = word.sections[0]
    sizes = (section.page_width, section.page_height, section.top_margin, section.bottom_margin,
             section.left_margin, section.right_margin)  # fmt: skip
    assert [round(size / Mm(1)) for size in sizes] == [210, 297, 37, 35, 28, 26]
    assert word.settings.element.find(qn("w:mirrorMargins")) is not None


def test_the_grid_has_22_lines_of_28_characters(word):
    section = word.sections[0]
    grid = section._sectPr.find(qn("w:docGrid"))
    assert grid.get(qn("w:type")) == "lines"
    pitch = int(grid.get(qn("w:linePitch"))) / 20
    height = (section.page_height - section.top_margin - section.bottom_margin) / Pt(1)
    assert int(height // pitch) == 22
    spacing = word.styles["Normal"].element.rPr.find(qn("w:spacing"))
    cell = 16 + int(spacing.get(qn("w:val"))) / 20
    width = (section.page_width - section.left_margin - section.right_margin) / Pt(1)
    assert int(width // cell) == 28


@pytest.mark.parametrize(
    ("style", "face", "half_points"),
    [("Normal", "仿宋_GB2312", "32"), ("Title", "方正小标宋简体", "44"), ("Heading 1", "黑体", "32"),
     ("Heading 2", "楷体_GB2312", "32"), ("Heading 3", "仿宋_GB2312", "32"), ("Heading 4", "仿宋_GB2312", "32")],
)  # fmt: skip
def test_each_style_has_its_official_face_for_han_digits_and_quotation_marks(word, style, face, half_points):
    element = word.styles[style].element
    assert {attribute(element, "rPr/rFonts", name) for name in ("ascii", "hAnsi", "eastAsia")} == {face}
    assert attribute(element, "rPr/sz", "val") == half_points
    assert not any("Theme" in name for name in element.find(qn("w:rPr")).find(qn("w:rFonts")).attrib)


def test_headings_have_their_levels_and_stay_with_what_follows(word):
    for level, name in enumerate(("Heading 1", "Heading 2", "Heading 3", "Heading 4")):
        element = word.styles[name].element
        assert attribute(element, "pPr/outlineLvl", "val") == str(level)
        assert element.find(qn("w:pPr")).find(qn("w:keepNext")) is not None


def test_every_paragraph_has_the_style_of_its_numbering(word):
    assert [(p.style.name, p.text) for p in word.paragraphs] == [
        ("Title", "清溪镇2020年上半年\n统战工作总结"),
        ("Normal", "开头一段“引号”和2020年。"),
        ("Heading 1", "一、强化理论武装"),
        ("Normal", "学习11次。"),
        ("Normal", "（一）深化教育引导。走访企业40家次。"),
        ("Heading 3", "1.具体事项"),
        ("Heading 4", "（1）细目。"),
        ("Heading 1 bare", "下半年重点工作"),
        ("Normal", "一、成立镇商会。必须确保9月底完成。"),
        ("Normal", "清溪镇统战办公室"),
        ("Normal", "2020年7月3日"),
        ("Normal", "版本码 0A1B-2C3D-4E5F（此件可编辑，改动后请以签发的 PDF 为准）"),
    ]
    running_on = word.paragraphs[4]
    assert [(run.text, run.style.name) for run in running_on.runs] == [
        ("（一）深化教育引导。", "Heading 2 text"), ("走访企业40家次。", "Default Paragraph Font"),
    ]  # fmt: skip


def test_page_numbers_stand_outside_on_odd_and_even_pages(word):
    section = word.sections[0]
    assert word.settings.odd_and_even_pages_header_footer
    for footer, side in ((section.footer, "right"), (section.even_page_footer, "left")):
        paragraph = footer.paragraphs[0]
        assert paragraph._p.find(".//" + qn("w:instrText")).text.strip() == "PAGE"
        assert attribute(paragraph._p, "pPr/jc", "val") == side
        assert attribute(paragraph._p, "pPr/ind", f"{side}Chars") == "100"
        assert re.sub(r"\s", "", paragraph.text) == "——"


def test_the_rules_of_chinese_lines_are_on(word):
    element = word.styles["Normal"].element
    assert attribute(element, "pPr/kinsoku", "val") == attribute(element, "pPr/overflowPunct", "val") == "1"
    assert attribute(element, "pPr/ind", "firstLineChars") == "200"
    assert attribute(word.settings.element, "characterSpacingControl", "val") == "compressPunctuation"


ORDER = ["pStyle", "keepNext", "widowControl", "numPr", "kinsoku", "overflowPunct", "autoSpaceDE", "autoSpaceDN",
         "snapToGrid", "spacing", "ind", "jc", "outlineLvl"]  # fmt: skip


def test_formats_are_written_in_the_order_that_word_demands(word):
    parts = [word.styles.element, word.element, *(footer._element for footer in (
        word.sections[0].footer, word.sections[0].even_page_footer))]  # fmt: skip
    ours = {"Normal", "Title", "Heading 1", "Heading 2", "Heading 3", "Heading 4", "Heading 1 bare"}
    styled = [style.element for style in word.styles if style.name in ours]
    for part in (*styled, *parts[1:]):
        for format in part.iter(qn("w:pPr")):
            names = [child.tag.rpartition("}")[2] for child in format]
            assert names == sorted(names, key=ORDER.index)


def test_the_code_stands_in_its_properties_too(word):
    about = word.core_properties
    assert (about.title, about.keywords) == ("清溪镇2020年上半年统战工作总结", "版本码 0A1B-2C3D-4E5F")
    assert about.author == "清溪镇统战办公室"


def test_a_draft_bears_no_code():
    draft = Paper("标题", blocks_of("正文。"))
    document = Document(io.BytesIO(docx_of(draft)))
    assert ("版本码" in text_of(draft), "版本码" in document.paragraphs[-1].text) == (False, False)
    assert document.core_properties.keywords == ""


@given(st.text("甲乙。，<>&{}“”\n一、（）1.𠮷", max_size=60))
def test_no_text_is_lost_or_taken_for_markup(text):
    paper = Paper("标题", blocks_of(text))
    told = [block.text for block in paper.blocks]
    assert [p.text for p in Document(io.BytesIO(docx_of(paper))).paragraphs[1:]] == told
    assert text_of(paper).split("\n\n")[1:] == (["\n".join(told) + "\n"] if told else []) or not told


def test_plain_text_is_a_line_to_a_paragraph_with_the_code_below():
    assert text_of(PAPER).splitlines() == [
        "清溪镇2020年上半年统战工作总结", "", *(block.text for block in PAPER.blocks), "",
        "清溪镇统战办公室", "2020年7月3日", "", "版本码 0A1B-2C3D-4E5F",
    ]  # fmt: skip


# ── the pages ──


def test_the_signed_page_offers_every_form_with_the_same_words_and_code(cast, clerk):
    make_activity(by=cast.clerk, kind="inspection", sessions=7)
    document = make_signed(by=cast.signer, texts={"religion": "四、宗教\n开展安全检查{安全检查次数}次。"})
    page = clerk.get(reverse("summary", args=[document.summary_id])).content.decode()
    for name in ("summary_pdf", "summary_word", "summary_text"):
        assert reverse(name, args=[document.summary_id]) in page
    assert ("复制文字" in page, reverse("verify") in page, f"版本码 {document.code}</textarea>" in page.replace("\n<", "<")) == (
        True, True, True,
    )  # fmt: skip
    word = clerk.get(reverse("summary_word", args=[document.summary_id]))
    assert word["Content-Disposition"].endswith(quote(document.summary.title) + ".docx")
    told = "\n".join(p.text for p in Document(io.BytesIO(b"".join(word))).paragraphs)
    text = b"".join(clerk.get(reverse("summary_text", args=[document.summary_id]))).decode()
    for form in (told, text):
        assert ("开展安全检查7次。" in form, document.code in form) == (True, True)
    assert AuditEvent.objects.filter(action="export").count() == 2


def test_signed_words_stay_in_every_form_when_the_ledger_moves(cast, clerk):
    document = make_signed(by=cast.signer, texts={"religion": "检查{安全检查次数}次。"})
    address = reverse("summary_text", args=[document.summary_id])
    before = b"".join(clerk.get(address))
    assert "检查0次。" in before.decode()
    reopen(document.summary, cast.signer, "更正")
    make_activity(by=cast.clerk, kind="inspection")
    assert b"".join(clerk.get(address)) == before


def test_a_unit_that_is_renamed_later_has_signed_as_it_was_called(cast, clerk):
    document = make_signed(by=cast.signer)
    cast.town.signature = "新名称"
    cast.town.save()
    text = b"".join(clerk.get(reverse("summary_text", args=[document.summary_id]))).decode()
    page = clerk.get(reverse("summary", args=[document.summary_id])).content.decode()
    assert ("新名称" in text + page, "清溪镇\n" in text) == (False, True)


def test_a_draft_says_so_in_its_name(cast, clerk):
    summary = make_summary(by=cast.clerk)
    for name in ("summary_word", "summary_text"):
        answer = clerk.get(reverse(name, args=[summary.pk]))
        assert quote("（草稿）") in answer["Content-Disposition"]


def test_a_text_that_cannot_be_set_is_refused_in_every_form(cast, clerk):
    summary = make_summary(by=cast.clerk)
    summary.sections.filter(slot="intro").update(edited="字" + "\u0301" * 20)
    page = clerk.get(reverse("summary_word", args=[summary.pk]), follow=True)
    assert "现在还不能生成文件" in page.content.decode()
    assert page.redirect_chain[0][0].endswith("?section=intro")
    with pytest.raises(PaperRefused):
        Paper("字" * 200, ())


def test_the_district_gets_what_is_signed_alone(cast, district):
    summary = make_summary(by=cast.clerk)
    assert {
        district.get(reverse(name, args=[summary.pk])).status_code for name in ("summary_word", "summary_text")
    } == {404}
