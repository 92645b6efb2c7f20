"""Two texts side by side in one: paragraph by paragraph, and within a paragraph character by character. Pure."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, zip_longest
from typing import Literal

Mark = Literal["same", "removed", "added"]
Piece = tuple[Mark, str]

# A comparison costs the product of both lengths; beyond this, paragraphs are compared by sentences.
LONG = 1500
# Fewer characters in common between two changes are an accident, and hinder reading.
ISLAND = 2


@dataclass(frozen=True)
class Line:
    """A paragraph of either text, or of both."""

    pieces: tuple[Piece, ...]

    @property
    def kind(self) -> str:
        """same, added, removed, or changed."""
        marks = {mark for mark, _text in self.pieces}
        return marks.pop() if len(marks) == 1 else "changed"


def compare(old: str, new: str) -> list[Line]:
    """Every paragraph in the order of the new text, removed ones where they stood."""
    before, after = _paragraphs(old), _paragraphs(new)
    lines: list[Line] = []
    for tag, a, b, c, d in _opcodes(before, after):
        if tag == "equal":
            lines += [Line((("same", text),)) for text in before[a:b]]
        else:
            pairs = zip_longest(before[a:b], after[c:d], fillvalue="")
            lines += [line for left, right in pairs for line in _lines(left, right)]
    return lines


def _paragraphs(text: str) -> list[str]:
    return [line.strip() for line in text.split("\n") if line.strip()]


def _lines(old: str, new: str) -> Iterator[Line]:
    """One line for what is still the same paragraph, else the old one and the new one."""
    alike = difflib.SequenceMatcher(None, old[:LONG], new[:LONG], autojunk=False).ratio() if old and new else 0
    if alike > 0.3:
        yield Line(tuple(_pieces(old, new)))
        return
    if old:
        yield Line((("removed", old),))
    if new:
        yield Line((("added", new),))


def _pieces(old: str, new: str) -> list[Piece]:
    long = max(len(old), len(new)) > LONG
    before, after = (re.findall("[^。；]*[。；]|[^。；]+", text) if long else list(text) for text in (old, new))
    found: list[Piece] = []
    for tag, a, b, c, d in _opcodes(before, after):
        if tag == "equal":
            found.append(("same", "".join(before[a:b])))
        else:
            found += [("removed", "".join(before[a:b])), ("added", "".join(after[c:d]))]
    return _joined(found)


def _joined(pieces: list[Piece]) -> list[Piece]:
    """Islands given up, then everything removed between two common stretches before everything added."""
    last = len(pieces) - 1
    inner = [
        [("removed", text), ("added", text)]
        if mark == "same" and len(text) < ISLAND and 0 < at < last
        else [(mark, text)]
        for at, (mark, text) in enumerate(pieces)
    ]
    joined: list[Piece] = []
    flat = [piece for group in inner for piece in group if piece[1]]
    for is_same, group in groupby(flat, key=lambda piece: piece[0] == "same"):
        stretch = list(group)
        for mark in ("same",) if is_same else ("removed", "added"):
            if text := "".join(text for kind, text in stretch if kind == mark):
                joined.append((mark, text))  # type: ignore[arg-type]
    return joined


def _opcodes(before: Sequence[str], after: Sequence[str]) -> list[tuple[str, int, int, int, int]]:
    return difflib.SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
