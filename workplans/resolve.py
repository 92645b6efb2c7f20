"""From a text with tokens to a text with figures: pure but for the values it asks the ledger for.

A token is a metric's label in braces, `{安全检查次数}`; `{学习人次:余}` floors the figure, `{学习人次:实}` prints it exactly.
Preview, PDF, Word and plain text all read what `resolve` returns, so they can never differ in a number.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from . import area
from .ledger import Ledger
from .metrics import Metric

TOKEN = re.compile(r"\{([^{}:：]*)(?:[:：]([^{}]*))?\}")
RULES = ("", "余", "实")
# A number with a unit word that no token made: perhaps true, but no row stands behind it. Dates and years are no figures.
COUNTED = re.compile(r"\d[\d,.]*余?(?=(?:次|场|期|人次|人|家|处|条|份|个|件|万元|名|起|项))")


@dataclass(frozen=True)
class Figure:
    """A figure with its rows behind it."""

    metric: Metric
    exact: int
    printed: str


@dataclass(frozen=True)
class Unsourced:
    """A number typed by hand: no ledger behind it."""

    printed: str


@dataclass(frozen=True)
class Unknown:
    """Braces that name no metric, or ask for a print rule that does not exist. It cannot be signed."""

    label: str
    printed: str


Segment = str | Figure | Unsourced | Unknown
Line = tuple[Segment, ...]


def resolve(text: str, ledger: Ledger) -> list[Line]:
    """The lines of a text, each cut into plain pieces, figures and what is wrong with it."""
    return [_line(line, ledger) for line in text.splitlines()]


def tokens(text: str) -> list[str]:
    """The labels a text names in braces."""
    return [match[1].strip() for match in TOKEN.finditer(text)]


def plain(lines: list[Line]) -> str:
    """The text as it is read: every figure printed."""
    return "\n".join("".join(_printed(segment) for segment in line) for line in lines)


def segments(lines: list[Line]) -> list[Segment]:
    """The lines in one sequence, parted by line breaks: what `paper.blocks_of` reads."""
    return [segment for line in lines for segment in (*line, "\n")]


def figures(lines: list[Line]) -> list[Figure]:
    return [segment for line in lines for segment in line if isinstance(segment, Figure)]


def unsourced(lines: list[Line]) -> list[Unsourced]:
    return [segment for line in lines for segment in line if isinstance(segment, Unsourced)]


def unknown(lines: list[Line]) -> list[Unknown]:
    return [segment for line in lines for segment in line if isinstance(segment, Unknown)]


def _printed(segment: Segment) -> str:
    return segment if isinstance(segment, str) else segment.printed


def _line(line: str, ledger: Ledger) -> Line:
    segments: list[Segment] = []
    end = 0
    for match in TOKEN.finditer(line):
        segments += _typed(line[end : match.start()])
        segments.append(_figure(match, ledger))
        end = match.end()
    return tuple(segments + _typed(line[end:]))


def _figure(match: re.Match[str], ledger: Ledger) -> Figure | Unknown:
    label, rule = match[1].strip(), (match[2] or "").strip()
    metric = area.labels().get(label)
    if metric is None or rule not in RULES:
        return Unknown(label, match[0])
    exact = ledger.value(metric)
    return Figure(metric, exact, metric.printed(exact, rule))


def _typed(text: str) -> list[Segment]:
    segments: list[Segment] = []
    end = 0
    for match in COUNTED.finditer(text):
        segments += [text[end : match.start()], Unsourced(match[0])]
        end = match.end()
    return [segment for segment in [*segments, text[end:]] if segment]
