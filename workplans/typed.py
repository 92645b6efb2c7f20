"""Numbers typed by hand: true perhaps, but no row stands behind them. Each is known by the sentence it stands in."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass

from .models import AcceptedNumber, Conflict, Summary
from .resolve import Figure, Line, Segment, Unsourced

SENTENCE = re.compile("[^。；！？]*[。；！？]?")


@dataclass(frozen=True)
class TypedNumber:
    """A typed number in its sentence, in which figures stand by their names: the ledger may move, the sentence does not."""

    slot: str
    printed: str
    before: str  # of the sentence
    after: str

    @property
    def sentence(self) -> str:
        return f"{self.before}{self.printed}{self.after}"

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.sentence.encode()).hexdigest()

    @property
    def key(self) -> tuple[str, str]:
        return self.sha256, self.printed[:30]  # as long as its column


def typed_numbers(slot: str, lines: list[Line]) -> Iterator[TypedNumber]:
    """Every number typed by hand, in reading order."""
    for line in lines:
        text, places = "", []
        for segment in line:
            if isinstance(segment, Unsourced):
                places.append((len(text), segment.printed))
            text += _written(segment)
        sentences = [match.span() for match in SENTENCE.finditer(text)]
        for place, printed in places:
            start, end = next(span for span in sentences if span[0] <= place < span[1])
            yield TypedNumber(slot, printed, text[start:place], text[place + len(printed) : end])


def _written(segment: Segment) -> str:
    if isinstance(segment, str):
        return segment
    return f"{{{segment.metric.label}}}" if isinstance(segment, Figure) else segment.printed


def accepted(summary: Summary) -> dict[tuple[str, str], AcceptedNumber]:
    """What was accepted for the summary's half-year, in whichever edition, by `TypedNumber.key`."""
    found = AcceptedNumber.objects.of_unit(summary.unit_id).for_period(summary.period).select_related("by")
    return {(each.sentence_sha256, each.printed): each for each in found}


def accept(summary: Summary, number: TypedNumber, reason: str, by) -> AcceptedNumber:
    """Let a number stand in its sentence. Raises Conflict when the person may not write the summary as it stands."""
    if not summary.may_edit(by):
        raise Conflict
    entry, _created = AcceptedNumber.objects.get_or_create(
        unit_id=summary.unit_id, period=summary.period, sentence_sha256=number.sha256, printed=number.key[1],
        defaults={"sentence": number.sentence, "reason": reason, "by": by},
    )  # fmt: skip
    return entry
