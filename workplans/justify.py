"""Flush right edges for Chinese lines, which WeasyPrint leaves ragged.

WeasyPrint justifies by widening spaces only (a TODO in its source), and Chinese has none. This replaces that one
private function by one that spreads the missing width over the Chinese characters of the line; digits and Latin words
stay tight unless the line has little else. tests/workplans/test_justify.py fails when WeasyPrint
changes underneath; docs/justification.md says what to do then.
"""

import re
from collections.abc import Iterator
from typing import Any

from weasyprint.formatting_structure import boxes
from weasyprint.layout import inline
from weasyprint.text.line_break import create_layout

TESTED_WITH = "70.0"
CHINESE = re.compile(
    "[\u2014\u2018-\u201d\u2026\u2e80-\u9fff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef\U00020000-\U0003ffff]"
)
LOOSEST = 0.25  # of a character, between two of them; beyond it the Latin words of the line stretch too

widen_spaces = inline.justify_line


def install() -> None:
    inline.justify_line = justify_line


def justify_line(context: Any, line: Any, missing: float) -> None:
    texts = list(text_boxes(line))
    stretched = [box for box in texts if CHINESE.search(box.text)]
    if not stretched:
        widen_spaces(context, line, missing)
        return
    if missing > LOOSEST * line.style["font_size"] * sum(len(box.text) for box in stretched):
        stretched = texts
    # Spacing follows what it belongs to: each character of a stretched text, a Latin word as a whole; none the last.
    gaps = sum(len(box.text) if box in stretched else 1 for box in texts) - 1
    if missing < gaps * line.style["font_size"]:  # else a long word went to the next line: better ragged than torn
        spread(context, line, stretched, missing / gaps, 0)


def text_boxes(box: Any) -> Iterator[Any]:
    if isinstance(box, boxes.TextBox):
        if box.text:
            yield box
    elif isinstance(box, (boxes.LineBox, boxes.InlineBox)):
        for child in box.children:
            yield from text_boxes(child)


def spread(context: Any, box: Any, stretched: list[Any], spacing: float, shift: float) -> float:
    """Move the box by `shift` and widen its text; the shift of what follows it. All in CSS pixels."""
    if isinstance(box, boxes.TextBox):
        box.position_x += shift
        if box not in stretched:
            return shift + spacing if box.text else shift
        natural = box.style["letter_spacing"]
        box.style = box.style.copy()  # drawing reads the spacing from the style once more
        box.style["letter_spacing"] = spacing + (0 if natural == "normal" else natural)
        box.pango_layout = create_layout(box.text, box.style, context, max_width=None, justification_spacing=0)
        box.pango_layout.deactivate()
        box.width += spacing * len(box.text)
        return shift + spacing * len(box.text)
    if isinstance(box, (boxes.LineBox, boxes.InlineBox)):
        box.position_x += shift
        after = shift
        for child in box.children:
            if child.is_in_normal_flow():
                after = spread(context, child, stretched, spacing, after)
        box.width += after - shift
        return after
    box.translate(shift, 0)
    return shift
