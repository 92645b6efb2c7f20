"""The proof of a summary: every section with its figures as the ledger has them now, and what is still wrong with it.

Editor, preview, review, PDF and signing all read it, so none can show or let pass what another does not.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from django.db import transaction

from accounts.models import User

from .fonts import StandIn, refuse_unprintable, stand_ins
from .ledger import Ledger
from .models import AcceptedNumber, SeenFigure, Summary, SummaryLetter, SummarySection
from .paper import Block, PaperRefused, blocks_of
from .resolve import Figure, Line, Unknown, Unsourced, figures, plain, resolve, segments, unknown, unsourced
from .typed import TypedNumber, accepted, typed_numbers

LONGEST = 5000  # characters of a general paper, by the rules
LONGEST_SPECIAL = 4000  # of one about a single matter


@dataclass(frozen=True)
class SectionProof:
    """One section, resolved."""

    section: SummarySection
    text: str
    lines: list[Line]

    @cached_property
    def set(self) -> tuple[tuple[Block, ...], str]:
        """The blocks of the paper, and why there are none when the text cannot be set."""
        try:
            blocks = blocks_of(segments(self.lines))
            refuse_unprintable(plain(self.lines))
        except PaperRefused as refusal:
            return (), str(refusal)
        return blocks, ""

    @property
    def blocks(self) -> tuple[Block, ...]:
        return self.set[0]

    @property
    def refusal(self) -> str:
        return self.set[1]

    @cached_property
    def stand_ins(self) -> list[StandIn]:
        """The characters that the body face lacks, and what prints them."""
        return stand_ins(plain(self.lines))

    @cached_property
    def unsourced(self) -> list[Unsourced]:
        return unsourced(self.lines)

    @cached_property
    def unknown(self) -> list[Unknown]:
        return unknown(self.lines)

    @cached_property
    def moved(self) -> list[Figure]:
        """The figures that the ledger counts otherwise than when the text was last saved, each once."""
        return list({figure.metric: figure for figure in figures(self.lines) if figure.was is not None}.values())

    @cached_property
    def typed(self) -> list[TypedNumber]:
        return list(typed_numbers(self.section.slot, self.lines))

    @cached_property
    def characters(self) -> int:
        """As papers count them: without spaces and line breaks."""
        return len("".join(plain(self.lines).split()))

    @property
    def heading(self) -> str:
        """The first words, by which people know the section; empty for one that opens without a heading."""
        first = plain(self.lines[:1]).split("。")[0]
        return first if first and len(first) <= 40 else ""


@dataclass(frozen=True)
class Proof:
    """A whole summary, resolved."""

    summary: Summary
    ledger: Ledger
    sections: list[SectionProof]

    @cached_property
    def lines(self) -> list[Line]:
        """Sections are parted by a blank line, by which a heading without a number is known (`paper.blocks_of`)."""
        first, *rest = [section.lines for section in self.sections] or [[]]
        return [*first, *(line for lines in rest for line in [(), *lines])]

    @cached_property
    def text(self) -> str:
        return plain(self.lines)

    @property
    def unknown(self) -> list[Unknown]:
        return [each for section in self.sections for each in section.unknown]

    @property
    def unsourced(self) -> list[Unsourced]:
        return [each for section in self.sections for each in section.unsourced]

    @property
    def moved(self) -> list[Figure]:
        return [each for section in self.sections for each in section.moved]

    @property
    def typed(self) -> list[TypedNumber]:
        return [each for section in self.sections for each in section.typed]

    @cached_property
    def accepted(self) -> dict[tuple[str, str], AcceptedNumber]:
        """The typed numbers that the reviewer lets stand."""
        return accepted(self.summary) if self.typed else {}

    @property
    def unaccepted(self) -> list[TypedNumber]:
        return [number for number in self.typed if number.key not in self.accepted]

    @property
    def refusals(self) -> list[str]:
        return [section.refusal for section in self.sections if section.refusal]

    @property
    def characters(self) -> int:
        return sum(section.characters for section in self.sections)

    @property
    def is_too_long(self) -> bool:
        return self.characters > LONGEST

    @property
    def is_long(self) -> bool:
        """Too long for a paper about a single matter."""
        return self.characters > LONGEST_SPECIAL

    @property
    def sha256(self) -> str:
        """Names exactly these words: what a reviewer or signer saw when he took his step."""
        summary, letter = self.summary, SummaryLetter.objects.of(self.summary)
        head = f"{summary.title}\n{summary.date or ''}\n{letter.words}"
        return hashlib.sha256(f"{head}{self.text}".encode()).hexdigest()

    def of(self, slot: str) -> SectionProof | None:
        return next((section for section in self.sections if section.section.slot == slot), None)


def proof_of(summary: Summary, typed: Mapping[str, str] | None = None) -> Proof:
    """The summary as it stands; `typed` gives, by slot, texts that are being written and not stored yet."""
    return _proof(
        summary,
        list(summary.sections.select_related("edited_by").order_by("position")),
        typed or {},
    )


def proof_of_draft(summary: Summary, texts: Mapping[str, str]) -> Proof:
    """The same of a summary that is not stored, whose sections' texts are given by slot."""
    return _proof(summary, [SummarySection(slot=slot, composed=text) for slot, text in texts.items()], {})


def _proof(summary: Summary, sections: list[SummarySection], typed: Mapping[str, str]) -> Proof:
    ledger, seen = Ledger([summary.unit_id], summary.period), _seen(summary)
    texts = [(section, typed.get(section.slot, section.text)) for section in sections]
    return Proof(
        summary,
        ledger,
        [SectionProof(section, text, resolve(text, ledger, seen[section.pk])) for section, text in texts],
    )


def _seen(summary: Summary) -> dict[int, dict[str, int]]:
    """By section and metric: what its figures were when its text was last saved."""
    values: dict[int, dict[str, int]] = defaultdict(dict)
    if summary.pk and not summary.is_signed:
        noted = SeenFigure.objects.of_unit(summary.unit_id).of_summary(summary)
        for section, metric, value in noted.values_list("section", "metric", "value"):
            values[section][metric] = value
    return values


def note_figures(section: SummarySection, ledger: Ledger) -> None:
    """Remember what the figures of a section's text are now, as its writer sees them."""
    found = figures(resolve(section.text, ledger))
    SeenFigure.note(section, {figure.metric.code: figure.exact for figure in found})


@transaction.atomic
def rewrite(section: SummarySection, text: str, by: User, at: dt.datetime) -> None:
    """Store an edit with the figures its writer saw. Raises Conflict as `SummarySection.rewrite` does."""
    section.rewrite(text, by, at)
    note_figures(section, Ledger([section.unit_id], section.summary.period))
