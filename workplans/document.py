"""A paper set in official format (GB/T 9704) as PDF.

What is set is a page of HTML, made here; workplans/render.py draws it, in a process of its own.
"""

import logging
from collections.abc import Iterable, Mapping
from typing import Any

from django.template.loader import render_to_string
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from workplans import fonts, worker
from workplans.fonts import FACES, RARE, check_fonts, refuse_unprintable
from workplans.format import POINTS_PER_MM, STANDARD, Format
from workplans.paper import Paper, PaperRefused
from workplans.typeset import paragraph, typeset

__all__ = ["check_fonts", "page", "page_source", "pdf_of", "refuse_unprintable", "render_pdf", "typeset"]


logger = logging.getLogger(__name__)


def render_pdf(paper: Paper, files: tuple[worker.File, ...] = ()) -> bytes:
    """The paper as PDF with files embedded; raises as `pdf_of` does."""
    return pdf_of(page_source(paper), files)


def pdf_of(source: str, files: tuple[worker.File, ...] = ()) -> bytes:
    """A page that `page` made as one PDF/A-3a and PDF/UA-1.

    The same page gives the same bytes wherever the same fonts are installed. Raises PaperRefused when the page takes more
    than a paper may, waits too long for others, or holds a character that came out as a box.
    """
    drawn = worker.draw(source, files)
    if boxes := [remark for remark in drawn.remarks if ".notdef" in remark]:
        raise PaperRefused(_("有的字印不出来，请删去或换一个字：%(what)s") % {"what": boxes[0]})
    if unknown := set(drawn.families) - known_families():
        logger.warning("A paper was drawn with faces that no role names: %s", ", ".join(sorted(unknown)))
    return drawn.pdf


def known_families() -> set[str]:
    return {family for families in FACES.values() for family in families} | set(RARE)


def page_source(paper: Paper) -> str:
    """The page WeasyPrint sets: every letter of the paper escaped, no address in it."""
    facts = {
        "paper": paper,
        "title_lines": paper.title.split("\n"),
        "paragraphs": list(map(paragraph, paper.blocks)),
        "signature": typeset(paper.signature),
        "date_text": typeset(paper.date_text),
        "letter": paper.letter,
        "mark_size": mark_size(paper),
    }
    return page("print/summary.html", facts, paper.format)


def mark_size(paper: Paper) -> float:
    """Points: the organ's mark as large as the type area's width allows, and no larger than the standard's 15 mm."""
    mark = paper.letter.mark if paper.letter else ""
    return min(42.0, round(0.96 * paper.format.width * POINTS_PER_MM / max(len(mark), 1), 1))


def page(template: str, facts: Mapping[str, Any], format: Format = STANDARD) -> str:
    """A page for `pdf_of`: a template with the measures and faces of official papers.

    The template prints whatever people wrote through `typeset`, which is also its filter of that name.
    """
    stacks = {
        "title": stack("小标宋"),
        "body": stack("仿宋"),
        "kai": stack("楷体"),
        "hei": stack("黑体"),
        "number": stack("宋体"),
        "latin": stack("数字", "仿宋") if format.digits == "roman" else stack("仿宋"),
    }
    face = {
        "title_weight": "bold" if fonts.chosen("小标宋") == fonts.NEEDS_BOLD else "normal",
        "dash_drop": fonts.dash_drop(),
    }
    return render_to_string(template, {**facts, "measures": format, "stacks": stacks, "face": face})


def stack(*roles: str) -> SafeString:
    families: Iterable[str] = dict.fromkeys(family for role in roles for family in FACES[role])
    return format_html_join(", ", "'{}'", ((family,) for family in [*families, *RARE]))
