"""A paper as Word (.docx) that a secretary can go on editing, and as plain text. The only module that knows python-docx.

The grid of GB/T 9704, 22 lines of 28 characters, is Word's own (页面设置 → 文档网格), and headings are styles: what is typed
into the file later keeps the format. python-docx is imported where it is used: nothing else needs it.
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

from .paper import Block, Paper

if TYPE_CHECKING:
    from docx.document import Document
    from docx.oxml.xmlchemy import BaseOxmlElement

# The official faces by the names Word and WPS know them. Where one is missing, the office program stands another in.
TITLE, BODY, KAI, HEI, NUMBER = "方正小标宋简体", "仿宋_GB2312", "楷体_GB2312", "黑体", "宋体"
HEADINGS = {"level1": ("Heading 1", HEI), "level2": ("Heading 2", KAI), "level3": ("Heading 3", BODY),
            "level4": ("Heading 4", BODY)}  # fmt: skip
BARE = "Heading 1 bare"  # a heading without a number, in the middle
SIZE, TITLE_SIZE, NUMBER_SIZE = 16, 22, 14  # 三号, 二号, 四号
LINE_PITCH = 579  # of 22 lines on 225 mm, in twentieths of a point
# 28 characters on 156 mm: set closer by 5 twentieths of a point. Word's own grid of characters would do it in Word, but
# LibreOffice gives a character that is wider than its cell two cells, and sets 14 on a line (decision 023).
TIGHTER = -5
# Everything else that Word writes into a paragraph's format stands in this order, or it calls the file damaged.
RULES = {"kinsoku": "1", "overflowPunct": "1", "autoSpaceDE": "0", "autoSpaceDN": "0"}


def text_of(paper: Paper) -> str:
    """The paper for a chat window: a line to a paragraph, and the version code below."""
    lines = [paper.title.replace("\n", ""), "", *(block.text for block in paper.blocks)]
    lines += ["", *filter(None, [paper.signature, paper.date_text])]
    return "\n".join([*lines, "", f"版本码 {paper.code}"] if paper.code else lines).strip() + "\n"


def docx_of(paper: Paper) -> bytes:
    from docx import Document

    document = Document()
    _set_page(document)
    _set_styles(document)
    _number_pages(document)
    _write(document, paper)
    _describe(document, paper)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


# ── the page ──


def _set_page(document: Document) -> None:
    from docx.shared import Mm

    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)  # inside and outside: the margins are mirrored
    section.header_distance, section.footer_distance = Mm(15), Mm(25.5)
    grid = section._sectPr.find(_name("docGrid"))
    _set(grid, type="lines", linePitch=LINE_PITCH)
    document.settings.odd_and_even_pages_header_footer = True
    settings = document.settings.element
    settings.find(_name("zoom")).addnext(_element("mirrorMargins"))
    _set(settings.find(_name("characterSpacingControl")), val="compressPunctuation")


def _number_pages(document: Document) -> None:
    """— 1 — outside: on the right of odd pages, on the left of even ones, one character in."""
    section = document.sections[0]
    for footer, side in ((section.footer, "right"), (section.even_page_footer, "left")):
        footer.is_linked_to_previous = False
        paragraph = footer.paragraphs[0]
        _format(paragraph._p.get_or_add_pPr(), indent={f"{side}Chars": 100}, align=side, grid=False)
        for text in ("— ", None, " —"):
            run = paragraph.add_run(text or "")
            _typeset(run._r.get_or_add_rPr(), NUMBER, NUMBER_SIZE)
            if text is None:
                for kind in ("begin", "separate", "end"):
                    if kind == "separate":
                        field = _element("instrText")
                        field.text = " PAGE "
                        run._r.append(field)
                    run._r.append(_element("fldChar", fldCharType=kind))


# ── styles ──


def _set_styles(document: Document) -> None:
    from docx.enum.style import WD_STYLE_TYPE

    styles = document.styles
    _style(styles["Normal"], BODY, SIZE, indent={"firstLineChars": 200, "firstLine": 2 * SIZE * 20})
    _style(styles["Title"], TITLE, TITLE_SIZE, indent={"firstLineChars": 0, "firstLine": 0}, align="center", grid=False,
           spacing={"before": LINE_PITCH, "after": LINE_PITCH, "line": 700, "lineRule": "exact"}, follows=True)  # fmt: skip
    for level, (name, face) in enumerate(HEADINGS.values()):
        _style(styles[name], face, SIZE, follows=True, outline=level)
        characters = styles.add_style(f"{name} text", WD_STYLE_TYPE.CHARACTER)
        _typeset(characters.element.get_or_add_rPr(), face, SIZE)
    bare = styles.add_style(BARE, WD_STYLE_TYPE.PARAGRAPH)
    bare.base_style = styles["Normal"]
    bare.next_paragraph_style = styles["Normal"]
    _style(bare, HEI, SIZE, indent={"firstLineChars": 0, "firstLine": 0}, align="center", follows=True, outline=0)


def _style(style: Any, face: str, size: int, **format: Any) -> None:
    _format(style.element.get_or_add_pPr(), **format)
    _typeset(style.element.get_or_add_rPr(), face, size)


def _format(
    target: BaseOxmlElement, *, indent: dict[str, int] | None = None, align: str = "both", grid: bool = True,
    spacing: dict[str, Any] | None = None, follows: bool = False, outline: int | None = None,
) -> None:  # fmt: skip
    """Write a paragraph's format anew; what the template had is gone."""
    kept = [child for child in target if child.tag in (_name("pStyle"), _name("numPr"))]
    target[:] = kept
    if follows:
        target.append(_element("keepNext"))
    target.append(_element("widowControl", val=0))
    target.extend(_element(rule, val=value) for rule, value in RULES.items())
    if not grid:
        target.append(_element("snapToGrid", val=0))
    target.append(_element("spacing", **({"before": 0, "after": 0, "line": 240, "lineRule": "auto"} | (spacing or {}))))
    if indent:
        target.append(_element("ind", **indent))
    target.append(_element("jc", val=align))
    if outline is not None:
        target.append(_element("outlineLvl", val=outline))


def _typeset(target: BaseOxmlElement, face: str, size: int) -> None:
    """One face for Han, Latin and quotation marks alike: left to themselves, “ and ” fall to a Latin one."""
    target[:] = [child for child in target if child.tag == _name("rStyle")]
    target.append(_element("rFonts", ascii=face, hAnsi=face, eastAsia=face, cs=face, hint="eastAsia"))
    target.extend([_element("b", val=0), _element("color", val="000000")])
    if size == SIZE:
        target.append(_element("spacing", val=TIGHTER))
    target.append(_element("kern", val=0))
    target.extend([_element("sz", val=2 * size), _element("szCs", val=2 * size)])
    target.append(_element("lang", val="zh-CN", eastAsia="zh-CN"))


# ── the text ──


def _write(document: Document, paper: Paper) -> None:
    title = document.add_paragraph(style="Title")
    for number, line in enumerate(paper.title.split("\n")):
        if number:
            title.runs[-1].add_break()
        title.add_run(line)
    for block in paper.blocks:
        _write_block(document, block)
    closing = [text for text in (paper.signature, paper.date_text) if text]
    for number, text in enumerate(closing):
        paragraph = document.add_paragraph(text, style="Normal")
        last = number == len(closing) - 1
        spacing = {"before": 0 if number else LINE_PITCH}
        _format(paragraph._p.get_or_add_pPr(), indent={"firstLineChars": 0, "firstLine": 0, "rightChars": 200},
                align="right", spacing=spacing, follows=not last)  # fmt: skip
    if paper.code:
        paragraph = document.add_paragraph(style="Normal")
        _format(paragraph._p.get_or_add_pPr(), indent={"firstLineChars": 0, "firstLine": 0}, align="left")
        run = paragraph.add_run(f"版本码 {paper.code}（此件可编辑，改动后请以签发的 PDF 为准）")
        _typeset(run._r.get_or_add_rPr(), BODY, 9)


def _write_block(document: Document, block: Block) -> None:
    """A heading alone is a paragraph in its style; one that text runs on from is a piece of it."""
    if block.kind == "heading0":
        document.add_paragraph(block.text, style=BARE)
    elif block.level in HEADINGS and not block.body_runs:
        document.add_paragraph(block.text, style=HEADINGS[block.level][0])
    else:
        paragraph = document.add_paragraph(style="Normal")
        for run in block.runs:
            heading = HEADINGS.get(run.style)
            paragraph.add_run(run.text, style=f"{heading[0]} text" if heading else None)


def _describe(document: Document, paper: Paper) -> None:
    about = document.core_properties
    about.title, about.author, about.language = paper.title.replace("\n", ""), paper.signature, "zh-CN"
    about.keywords, about.comments = (f"版本码 {paper.code}" if paper.code else ""), ""


# ── XML ──


def _name(tag: str) -> str:
    from docx.oxml.ns import qn

    return qn(f"w:{tag}")


def _element(tag: str, **attributes: Any) -> BaseOxmlElement:
    from docx.oxml import OxmlElement

    return _set(OxmlElement(f"w:{tag}"), **attributes)


def _set(element: BaseOxmlElement, **attributes: Any) -> BaseOxmlElement:
    for name, value in attributes.items():
        element.set(_name(name), str(value))
    return element
