"""From a text with tokens to a text with figures: pure but for the values it asks the ledger for.

A token is a metric's label in braces, `{安全检查次数}`; `{学习人次:余}` floors the figure, `{学习人次:实}` prints it exactly.
A brace written twice is the brace itself, `{{` for {, and so for each of the four: `quoted` writes so what is not the
draft's own, a row's title say, and nothing in it can become a token or stop a signature.
Preview, PDF, Word and plain text all read what `resolve` returns, so they can never differ in a number.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from . import area, small
from .ledger import Ledger
from .metrics import Metric

# Full-width braces and colons are what a Chinese keyboard types. A brace without its fellow is a token gone wrong.
TOKEN = re.compile(r"[{｛]([^{}｛｝:：\n]*)(?:[:：]([^{}｛｝\n]*))?[}｝]|(?P<brace>[{}｛｝])(?P=brace)|[{}｛｝]")
BRACE = re.compile("[{}｛｝]")
RULES = ("", "余", "实")
# The numbering that opens a line: 1. and （1）.
NUMBERING = re.compile(r"\s*(?:\d{1,2}[.．、]|[（(]\d{1,2}[）)])")
# Digits that count nothing: days, years and the times of day, ordinals, and the numbers of documents.
UNCOUNTED = r"第\d+|〔\d+〕\d*|\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{4}[-—－~至]\d{4}(?=年)|\d+[年月日号时届]|\d+[:：]\d+"
TYPED = re.compile(rf"{UNCOUNTED}|(?P<number>\d+(?:[,.]\d+)*[余多]?)")


@dataclass(frozen=True)
class Figure:
    """A figure with its rows behind it."""

    kind = "figure"

    metric: Metric
    exact: int
    printed: str
    was: int | None = field(default=None, compare=False)  # when its text was last saved, where that was another value

    @property
    def is_withheld(self) -> bool:
        """Whether a paper tells it in words instead of a number: neither its exact value nor its rows leave the town."""
        return self.printed in small.WORDS


@dataclass(frozen=True)
class Unsourced:
    """A number typed by hand: perhaps true, but no row stands behind it."""

    kind = "unsourced"

    printed: str


@dataclass(frozen=True)
class Unknown:
    """Braces that name no metric, or ask for a print rule that does not exist. It cannot be signed."""

    kind = "unknown"

    label: str
    printed: str

    @property
    def is_rule(self) -> bool:
        """Whether the figure exists and only its print rule is wrong."""
        return self.label in area.labels()

    @property
    def nearest(self) -> list[str]:
        """The labels most like the one that was written."""
        return difflib.get_close_matches(self.label[:40], area.labels(), n=3, cutoff=0.3)


Segment = str | Figure | Unsourced | Unknown
Line = tuple[Segment, ...]


def resolve(text: str, ledger: Ledger, seen: Mapping[str, int] | None = None) -> list[Line]:
    """The lines of a text, each cut into plain pieces, figures and what is wrong with it.

    `seen` holds, by metric, what the figures were when the text was last saved.
    """
    return [_line(line, ledger, seen or {}) for line in text.split("\n")]


def quoted(text: str) -> str:
    """The text as a draft may hold it: `plain(resolve(quoted(text), ledger))` is the text again, letter by letter."""
    return BRACE.sub(r"\g<0>\g<0>", text)


def tokens(text: str) -> list[str]:
    """The labels a text names in braces."""
    return [match[1].strip() for match in TOKEN.finditer(text) if match[1] is not None]


def plain(lines: list[Line]) -> str:
    """The text as it is read: every figure printed."""
    return "\n".join("".join(_printed(segment) for segment in line) for line in lines)


def segments(lines: list[Line]) -> list[Segment]:
    """The lines in one sequence, parted by line breaks: what `paper.blocks_of` reads."""
    return [segment for line in lines for segment in (*line, "\n")]


def placed_figures(lines: list[Line]) -> list[tuple[int, Figure]]:
    """Every figure with the place of its first character in `plain(lines)`."""
    found, place = [], 0
    for segment in segments(lines):
        if isinstance(segment, Figure):
            found.append((place, segment))
        place += len(_printed(segment))
    return found


def unsourced(lines: list[Line]) -> list[Unsourced]:
    return [segment for line in lines for segment in line if isinstance(segment, Unsourced)]


def figures(lines: list[Line]) -> list[Figure]:
    return [segment for line in lines for segment in line if isinstance(segment, Figure)]


def unknown(lines: list[Line]) -> list[Unknown]:
    return [segment for line in lines for segment in line if isinstance(segment, Unknown)]


def _printed(segment: Segment) -> str:
    return segment if isinstance(segment, str) else segment.printed


def _line(line: str, ledger: Ledger, seen: Mapping[str, int]) -> Line:
    numbering = NUMBERING.match(line)
    end = numbering.end() if numbering else 0
    found: list[Segment] = [line[:end]]
    for match in TOKEN.finditer(line, end):
        found += _typed(line[end : match.start()])
        found.append(match["brace"] or _figure(match, ledger, seen))
        end = match.end()
    return tuple(segment for segment in [*found, *_typed(line[end:])] if segment)


def _figure(match: re.Match[str], ledger: Ledger, seen: Mapping[str, int]) -> Figure | Unknown:
    label, rule = (match[1] or "").strip(), (match[2] or "").strip()
    metric = area.labels().get(label)
    if metric is None or rule not in RULES:
        return Unknown(label, match[0])
    exact = ledger.value(metric)
    was = seen.get(metric.code, exact)
    return Figure(metric, exact, ledger.printed(metric, rule), None if was == exact else was)


def _typed(text: str) -> list[Segment]:
    found: list[Segment] = []
    end = 0
    for match in TYPED.finditer(text):
        if match["number"]:
            found += [text[end : match.start()], Unsourced(match[0])]
            end = match.end()
    return [*found, text[end:]]
