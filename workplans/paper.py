"""A paper as a value: title, blocks of runs, signature and date.

The writer's text is plain Chinese; official numbering at the start of a line is the only markup:

    一、  level1 黑体      （一）  level2 楷体      1.  level3      （1）  level4

Everything that shows a paper (PDF, preview, Word, plain text) reads the same blocks, so they cannot differ.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal, Protocol

from django.utils.translation import gettext as _

from workplans.format import STANDARD, Format

# A general paper has at most 5,000 characters by the rules; these bounds only keep hostile text from the renderer,
# whose time grows with characters and lines, and explodes with stacked marks.
MAX_CHARACTERS = 10_000
MAX_TITLE = 100
MAX_LINES = 1_000
MAX_BLANK_LINES = 50
MAX_COMBINING_MARKS = 4

SHORT_HEADING = 20

# Where a writer types it in a title, the title is broken: | is on every keyboard, and in no title for its own sake.
TITLE_BREAK = re.compile(r"\s*[|｜]\s*")

CHINESE = "[一二三四五六七八九十百]{1,4}"
LEVELS = {
    "level1": re.compile(rf"{CHINESE}、"),
    "level2": re.compile(rf"[（(]{CHINESE}[）)]"),
    "level3": re.compile(r"[0-9０-９]{1,2}[.．](?![0-9])"),  # 3.5万元 opens a sentence, not a heading
    "level4": re.compile(r"[（(][0-9０-９]{1,2}[）)]"),
}
CLOSING = tuple("。！？；：，、…”’）》.!?;:,)")
# Left behind by copying from other programs; invisible and without meaning in Chinese text.
INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"))
DIRECTION_MARKS = set("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")

Style = Literal["body", "level1", "level2", "level3", "level4"]


class PaperRefused(ValueError):
    """The text cannot be set as a paper; the message says why, in the user's language."""


class Printed(Protocol):
    """A figure resolved from the ledger: whatever else it knows, it is printed as this."""

    @property
    def printed(self) -> str: ...


@dataclass(frozen=True)
class Run:
    """Consecutive characters in one style. `figure` is the ledger's figure, when the run is one, for links."""

    text: str
    style: Style = "body"
    figure: Printed | None = None


@dataclass(frozen=True)
class Block:
    """One line of the writer's text: a paragraph, or heading0, a heading without a number (下半年重点工作)."""

    kind: Literal["heading0", "paragraph"]
    runs: tuple[Run, ...]

    @property
    def text(self) -> str:
        return "".join(run.text for run in self.runs)

    @property
    def level(self) -> str:
        """The style of the heading the block opens with, "body" when it opens with none."""
        return self.runs[0].style

    @property
    def heading_runs(self) -> tuple[Run, ...]:
        return tuple(run for run in self.runs if run.style != "body")

    @property
    def body_runs(self) -> tuple[Run, ...]:
        return tuple(run for run in self.runs if run.style == "body")


@dataclass(frozen=True)
class Source:
    """A figure of the text with what stands behind it, as a line of the annex."""

    label: str
    printed: str
    exact: str
    numbers: tuple[str, ...]  # ledger numbers


@dataclass(frozen=True)
class Letter:
    """What a paper that is sent upward carries besides its text; whatever is empty is not printed."""

    mark: str = ""  # 发文机关标志, in red; with it comes the red rule
    number: str = ""  # 发文字号
    addressee: str = ""  # 主送机关, without its colon
    annexes: tuple[str, ...] = ()  # 附件说明
    copies_to: str = ""  # 版记: 抄送
    printed_by: str = ""  # 版记: 印发机关
    printed_on: str = ""  # 版记: 印发日期

    @property
    def texts(self) -> tuple[str, ...]:
        rest = (self.mark, self.number, self.addressee, self.copies_to, self.printed_by, self.printed_on)
        return tuple(filter(None, (*rest, *self.annexes)))

    @property
    def has_imprint(self) -> bool:
        return bool(self.copies_to or self.printed_by)


@dataclass(frozen=True)
class Paper:
    """A whole paper. A title of several lines carries its line breaks. Raises PaperRefused beyond the limits above."""

    title: str
    blocks: tuple[Block, ...]
    signature: str = ""
    date_text: str = ""
    format: Format = STANDARD
    letter: Letter | None = None
    lang: str = "zh-CN"
    code: str = ""  # 版本码, of a signed paper
    sources: tuple[Source, ...] = ()  # printed as an annex, when the signer wants it

    def __post_init__(self) -> None:
        for text in (self.title, self.signature, self.date_text):
            refuse_hostile(text)
            if len(text) > MAX_TITLE:
                raise PaperRefused(_("标题和落款各不得超过%(limit)s字。") % {"limit": MAX_TITLE})
        for text in self.letter.texts if self.letter else ():
            refuse_hostile(text)
        refuse_length(sum(len(block.text) for block in self.blocks), len(self.blocks))


def broken_title(title: str) -> str:
    """A title with a line break wherever the writer marked one."""
    return "\n".join(filter(None, TITLE_BREAK.split(title)))


def plain_title(title: str) -> str:
    """The title in one line, as lists and file names show it."""
    return TITLE_BREAK.sub("", title)


def blocks_of(text: str | Iterable[str | Printed]) -> tuple[Block, ...]:
    """The blocks of a text: a string, or the segments of one, strings and figures in reading order.

    Each line becomes a block. Blank lines are dropped, and spaces at both ends of a line: the paper indents by itself.
    A heading runs up to and including the first 。 of its line. Raises PaperRefused for hostile text.
    """
    segments = [text] if isinstance(text, str) else list(text)
    refuse_hostile("".join(map(printed, segments)))
    lines = list(lines_of(segments))
    blocks = []
    for number, line in enumerate(lines):
        if not line:
            continue
        opens_section = number == 0 or not lines[number - 1]
        if opens_section and any(lines[number + 1 :]) and is_bare_heading(line):
            blocks.append(Block("heading0", tuple(runs_of(line, "body"))))
        else:
            blocks.append(Block("paragraph", paragraph_runs(line)))
    return tuple(blocks)


def printed(segment: str | Printed) -> str:
    return segment if isinstance(segment, str) else segment.printed


def texts_of(facts: Any) -> Iterator[str]:
    """Every text somewhere in what a template prints."""
    if isinstance(facts, str):
        yield facts
    else:
        for each in facts.values() if isinstance(facts, dict) else facts:
            yield from texts_of(each)


def refuse_hostile(text: str) -> None:
    """Raise PaperRefused when the text would overload the renderer or print other than it reads."""
    refuse_length(len(text), text.count("\n"))
    if re.search(rf"(?:[^\S\n]*\n){{{MAX_BLANK_LINES + 2},}}", text):
        raise PaperRefused(_("连续空行不得超过%(limit)s行。") % {"limit": MAX_BLANK_LINES})
    marks = 0
    for character in text:
        category = unicodedata.category(character)
        marks = marks + 1 if category in ("Mn", "Me") else 0
        if marks > MAX_COMBINING_MARKS:
            raise PaperRefused(_("一个字上叠加的符号过多，无法排版。"))
        if (category in ("Cc", "Cs") and character not in "\n\r\t") or character in DIRECTION_MARKS:
            code = f"U+{ord(character):04X}"
            raise PaperRefused(_("文字中有不可见的控制字符（%(code)s），请删除后重试。") % {"code": code})


def refuse_length(characters: int, lines: int) -> None:
    if characters > MAX_CHARACTERS:
        counts = {"limit": MAX_CHARACTERS, "count": characters}
        raise PaperRefused(_("全文不得超过%(limit)s字，现有%(count)s字。") % counts)
    if lines > MAX_LINES:
        counts = {"limit": MAX_LINES, "count": lines}
        raise PaperRefused(_("全文不得超过%(limit)s段，现有%(count)s段。") % counts)


def lines_of(segments: Sequence[str | Printed]) -> Iterator[list[str | Printed]]:
    """The segments of each line, stripped; a blank line is an empty list."""
    line: list[str | Printed] = []
    for segment in segments:
        if not isinstance(segment, str):
            line.append(segment)
            continue
        first, *more = segment.translate(INVISIBLE).replace("\r\n", "\n").replace("\r", "\n").split("\n")
        if line and isinstance(line[-1], str):
            line[-1] += first
        else:
            line.append(first)
        for piece in more:
            yield stripped(line)
            line = [piece]
    yield stripped(line)


def stripped(line: list[str | Printed]) -> list[str | Printed]:
    if line and isinstance(line[0], str):
        line[0] = line[0].lstrip()
    if line and isinstance(line[-1], str):
        line[-1] = line[-1].rstrip()
    return [segment for segment in line if segment]


def is_bare_heading(line: Sequence[str | Printed]) -> bool:
    text = "".join(map(printed, line))
    return len(text) <= SHORT_HEADING and level_of(line) == "body" and not text.endswith(CLOSING)


def level_of(line: Sequence[str | Printed]) -> Style:
    # Numbering is typed: a figure that happens to stand before a point is no heading.
    first = line[0] if isinstance(line[0], str) else ""
    return next((level for level, numbering in LEVELS.items() if numbering.match(first)), "body")


def paragraph_runs(line: Sequence[str | Printed]) -> tuple[Run, ...]:
    level = level_of(line)
    if level == "body":
        return tuple(runs_of(line, "body"))
    heading: list[str | Printed] = []
    for position, segment in enumerate(line):
        if isinstance(segment, str) and "。" in segment:
            end = segment.index("。") + 1
            heading.append(segment[:end])
            return (*runs_of(heading, level), *runs_of([segment[end:], *line[position + 1 :]], "body"))
        heading.append(segment)
    return tuple(runs_of(heading, level))


def runs_of(segments: Iterable[str | Printed], style: Style) -> Iterator[Run]:
    for segment in segments:
        if isinstance(segment, str):
            if segment:
                yield Run(segment, style)
        else:
            yield Run(segment.printed, style, segment)
