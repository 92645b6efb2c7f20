"""A paper set in official format (GB/T 9704) as PDF. The only module, with justify.py, that knows WeasyPrint.

WeasyPrint is imported where it is used: without its system libraries everything but the PDF works, and check_fonts()
says what is missing.
"""

import ctypes.util
import functools
import gc
import re
import subprocess
import unicodedata
from collections.abc import Iterator, Mapping
from itertools import groupby
from threading import Lock
from typing import Any

from django.template.loader import render_to_string
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from workplans.format import STANDARD
from workplans.paper import INVISIBLE, Block, Paper, PaperRefused

# The official faces first, the free ones that stand in for them after.
FACES = {
    "小标宋": ("方正小标宋简体", "FZXiaoBiaoSong-B05S", "方正小标宋_GBK", "Noto Serif CJK SC"),
    "仿宋": ("仿宋_GB2312", "FangSong_GB2312", "仿宋", "FangSong", "方正仿宋_GBK", "STFangsong", "FandolFang"),
    "楷体": ("楷体_GB2312", "KaiTi_GB2312", "楷体", "KaiTi", "STKaiti", "FandolKai"),
    "黑体": ("黑体", "SimHei", "Noto Sans CJK SC"),
    "宋体": ("宋体", "SimSun", "NSimSun", "Noto Serif CJK SC"),
    "数字": ("Times New Roman", "Liberation Serif"),
}
RARE = ("Noto Serif CJK SC", "HanaMinA", "HanaMinB")
LIBRARIES = ("pango-1.0", "pangoft2-1.0", "harfbuzz-subset")

# Where a line may surely be broken: before the second of these two characters.
BREAK = "[ 、。，；：\u4e00-\u9fff][0-9A-Za-z\u4e00-\u9fff]"
UNBROKEN = re.compile(rf"(?:(?!{BREAK}).)+", re.DOTALL)
# WeasyPrint's time grows with the square of the spans between two breaks: 10,000 characters took it two minutes.
MOST_FACES = 50

# One at a time: a render takes all of a core and some 200 MB. Who waits longer than this is asked to come again, so that
# a few long papers cannot hold every worker of the server.
rendering = Lock()
PATIENCE = 20  # seconds


def render_pdf(paper: Paper) -> bytes:
    """The paper as PDF; raises as `pdf_of` does."""
    return pdf_of(page_source(paper))


def pdf_of(source: str) -> bytes:
    """A page that `page` made as PDF/UA; the same page gives the same bytes wherever the same fonts are installed.

    Raises PaperRefused when other papers are being rendered for longer than PATIENCE.
    """
    from weasyprint import HTML
    from weasyprint.urls import URLFetcher

    from workplans import justify

    class NothingFetched(URLFetcher):
        def fetch(self, url: str, headers: dict | None = None) -> None:
            raise ValueError("A paper consists of its text alone.")

    justify.install()
    if not rendering.acquire(timeout=PATIENCE):
        raise PaperRefused(_("正在生成其他文件，请稍后再试。"))
    try:
        html = HTML(string=source, url_fetcher=NothingFetched(allowed_protocols=[]))
        return html.write_pdf(pdf_variant="pdf/ua-1")
    finally:
        html = None
        gc.collect()  # boxes refer to each other; without this a worker's memory doubles and more
        rendering.release()


def page_source(paper: Paper) -> str:
    """The page WeasyPrint sets: every letter of the paper escaped, no address in it."""
    return page(
        "print/summary.html",
        {
            "paper": paper,
            "title_lines": paper.title.split("\n"),
            "paragraphs": list(map(paragraph, paper.blocks)),
            "signature": typeset(paper.signature),
            "date_text": typeset(paper.date_text),
        },
    )


def page(template: str, facts: Mapping[str, Any]) -> str:
    """A page for `pdf_of`: a template with the measures and faces of official papers.

    The template prints whatever people wrote through `typeset`, which is also its filter of that name.
    """
    faces = {
        "title": stack("小标宋"),
        "body": stack("仿宋"),
        "kai": stack("楷体"),
        "hei": stack("黑体"),
        "number": stack("宋体"),
        "latin": stack("数字", "仿宋"),
    }
    return render_to_string(template, {**facts, "measures": STANDARD, "stacks": faces})


def stack(*faces: str) -> SafeString:
    families = dict.fromkeys(family for face in faces for family in FACES[face])
    return format_html_join(", ", "'{}'", ((family,) for family in [*families, *RARE]))


def paragraph(block: Block) -> dict:
    heading = "".join(run.text for run in block.heading_runs)
    body = "".join(run.text for run in block.body_runs)
    return {
        "kind": block.kind,
        "level": block.level,
        "tag": {"level1": "h2", "level2": "h3", "level3": "h4", "level4": "h5"}.get(block.level),
        # A whole line that ends with 。 is content under a number; only a heading must not be left at a page's foot.
        "stays_with_next": not body and not heading.endswith("。"),
        "heading": typeset(heading),
        "body": typeset(body),
    }


def typeset(text: str) -> SafeString:
    """Escaped text in which digits and Latin words, and characters outside the body face, stand in spans of their own.

    Another face is another line height; such spans have none, so that they cannot push the lines off the grid.
    """
    return format_html_join(
        "",
        "{}",
        ((format_html('<span class="{}">{}</span>', face, part) if face else part,) for face, part in parts(text)),
    )


def parts(text: str) -> Iterator[tuple[str, str]]:
    """Runs of characters of one face: "" for the body's, "latin" or "rare"."""
    faces = [face_of(character) for character in text]
    for position, character in enumerate(text):
        if position and unicodedata.category(character) in ("Mn", "Me"):  # a mark is drawn with what it stands on
            faces[position - 1] = faces[position] = "rare"
    for stretch in UNBROKEN.finditer(text):
        start, end = stretch.span()
        if sum(1 for _ in groupby(faces[start:end])) > MOST_FACES:
            faces[start:end] = ["rare"] * (end - start)
    for face, pairs in groupby(zip(faces, text, strict=True), key=lambda pair: pair[0]):
        yield face, "".join(character for _, character in pairs)


def face_of(character: str) -> str:
    if "!" <= character <= "~":
        return "latin"
    if character.isspace():
        return ""
    try:
        character.encode("gb2312")  # what every 仿宋 has
    except UnicodeEncodeError:
        return "rare"
    return ""


def refuse_unprintable(text: str) -> None:
    """Raise PaperRefused, naming it, when no face of the paper has a character of the text: it would print as a box.

    Other faces of the machine do not count, so that a text which one server prints is printed by every other.
    """
    drawn = glyphs()
    lacking = {character for character in set(text) if needs_glyph(character) and ord(character) not in drawn}
    if drawn and lacking:
        first = min(lacking, key=text.index)
        code = f"U+{ord(first):04X}"
        raise PaperRefused(
            _("字体里没有“%(character)s”（%(code)s），印不出来，请删去或换一个字。")
            % {"character": first, "code": code}
        )


def needs_glyph(character: str) -> bool:
    invisible = unicodedata.category(character) in ("Cc", "Cf", "Cs", "Zs", "Zl", "Zp") or ord(character) in INVISIBLE
    selects_a_variant = 0xFE00 <= ord(character) <= 0xFE0F or 0xE0100 <= ord(character) <= 0xE01EF
    return not invisible and not selects_a_variant


@functools.cache
def glyphs() -> frozenset[int]:
    """The code points that the installed faces of the paper can draw; empty when fontconfig cannot tell."""
    families = {family for names in FACES.values() for family in names} | set(RARE)
    try:
        command = ["fc-list", "--format", "%{family}|%{charset}\n"]
        listing = subprocess.run(command, capture_output=True, text=True, check=True).stdout  # noqa: S603
    except (OSError, subprocess.CalledProcessError):
        return frozenset()
    faces = (line.rpartition("|") for line in listing.splitlines())
    charsets = {charset for names, _, charset in faces if families.intersection(names.split(","))}
    ranges = (part.partition("-") for charset in charsets for part in charset.split())
    return frozenset(code for first, _, last in ranges for code in range(int(first, 16), int(last or first, 16) + 1))


def check_fonts() -> list[str]:
    """What is missing for printing on this machine, one sentence each, for a system check; empty when all is there."""
    missing = [
        _("缺少系统库 %(name)s，无法生成 PDF。") % {"name": name}
        for name in LIBRARIES
        if not ctypes.util.find_library(name)
    ]
    try:
        command = ["fc-list", ":", "family"]
        listing = subprocess.run(command, capture_output=True, text=True, check=True).stdout  # noqa: S603
    except (OSError, subprocess.CalledProcessError):
        return [*missing, _("缺少 fontconfig，无法查找字体。")]
    installed = {family.strip() for line in listing.splitlines() for family in line.split(",")}
    return missing + [
        _("缺少%(role)s字体，请安装下列之一：%(families)s。") % {"role": role, "families": "、".join(families)}
        for role, families in FACES.items()
        if not installed.intersection(families)
    ]
