"""Text as the renderer's markup: every letter escaped, and what another face draws in spans of their own.

Another face is another line height; such spans have none, so that they cannot push the lines off the grid.
"""

import re
import unicodedata
from collections.abc import Iterator
from itertools import groupby

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from workplans.fonts import is_in_body_face
from workplans.paper import Block

# Where a line may surely be broken: before the second of these two characters.
BREAK = "[ 、。，；：\u4e00-\u9fff][0-9A-Za-z\u4e00-\u9fff]"
UNBROKEN = re.compile(rf"(?:(?!{BREAK}).)+", re.DOTALL)
# WeasyPrint's time grows with the square of the spans between two breaks: 10,000 characters took it two minutes.
MOST_FACES = 50

# 标点挤压: of two marks that follow each other the one gives up its empty half, where its face can (halt).
CLOSES = "，。、；：）》〉】〕」』”’"
OPENS = "（《〈【〔「『“‘"
SQUEEZED = re.compile(f"[{CLOSES}](?=[{CLOSES}{OPENS}])|(?<=[{OPENS}])[{OPENS}]")

TAGS = {"level1": "h2", "level2": "h3", "level3": "h4", "level4": "h5"}


def paragraph(block: Block) -> dict:
    """A block as the template prints it."""
    heading = "".join(run.text for run in block.heading_runs)
    body = "".join(run.text for run in block.body_runs)
    return {
        "kind": block.kind,
        "level": block.level,
        "tag": TAGS.get(block.level),
        # A whole line that ends with 。 is content under a number; only a heading must not be left at a page's foot.
        "stays_with_next": not body and not heading.endswith("。"),
        "heading": typeset(heading),
        "body": typeset(body),
    }


def typeset(text: str) -> SafeString:
    return format_html_join(
        "",
        "{}",
        ((format_html('<span class="{}">{}</span>', face, part) if face else part,) for face, part in parts(text)),
    )


def parts(text: str) -> Iterator[tuple[str, str]]:
    """Runs of characters of one face: "" for the body's, "latin", "rare", or "half" for a mark that is squeezed."""
    faces = [face_of(character) for character in text]
    for squeezed in SQUEEZED.finditer(text):
        if not faces[squeezed.start()]:
            faces[squeezed.start()] = "half"
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
    return "" if character.isspace() or is_in_body_face(character) else "rare"
