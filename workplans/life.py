"""The life of a thing in a register, in time order: its rows of the ledger, its changes, the steps of what is followed there."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from .area import kind_label
from .models import Followed

SIZE = 30
Source = tuple[QuerySet, str, Any]  # lines, the column of their day, and what an entry says of a line


@dataclass(frozen=True, order=True)
class Place:
    """A place in a life, which runs backwards: by day, then by where it is told, then by entry."""

    day: dt.date
    source: int
    pk: int

    @classmethod
    def parse(cls, text: str) -> Place:
        """Raises ValueError on anything that a place did not write."""
        day, source, pk = text.split(".")
        if not all(part.isascii() and part.isdecimal() and len(part) <= 18 for part in (source, pk)):
            raise ValueError(text)
        return cls(dt.date.fromisoformat(day), int(source), int(pk))

    def __str__(self) -> str:
        return f"{self.day}.{self.source}.{self.pk}"


@dataclass(frozen=True)
class Page:
    entries: list[dict[str, Any]]  # for components/timeline.html, newest first
    older: str = ""  # the last entry's place, when there are older ones


def page_of(sources: Iterable[Source], before: Place | None = None, size: int = SIZE) -> Page:
    """The page of a life that begins after a place of it; the newest without one. One query a source."""
    found: list[tuple[Place, dict[str, Any]]] = []
    for source, (lines, day, say) in enumerate(sources):
        older = lines.filter(_beyond(before, source, day)) if before else lines
        newest = older.order_by(f"-{day}", "-pk")[: size + 1]
        found += [(Place(entry["day"], source, line.pk), entry) for line in newest for entry in [say(line)]]
    found.sort(key=lambda each: each[0], reverse=True)
    shown = found[:size]
    return Page([entry for _place, entry in shown], str(shown[-1][0]) if len(found) > size else "")


def _beyond(place: Place, source: int, day: str) -> Q:
    """What of a source comes after a place: older, or of the same day and told later."""
    same_day = Q(**{day: place.day})
    if source == place.source:
        return Q(**{f"{day}__lt": place.day}) | same_day & Q(pk__lt=place.pk)
    return Q(**{f"{day}__lt": place.day}) | same_day if source < place.source else Q(**{f"{day}__lt": place.day})


def rows(links: QuerySet) -> Source:
    """The rows of the ledger behind the links of a thing to them, void ones left out."""

    def say(link: Any) -> dict[str, Any]:
        row = link.activity
        return {
            "day": row.date, "post": f"{kind_label(row.kind)} {row.ledger_number}", "text": row.title,
            "url": row.get_absolute_url(),
        }  # fmt: skip

    return links.valid().select_related("activity"), "activity__date", say


def steps(word: Any, lines: QuerySet, of: type[Followed], name: str) -> Source:
    """The steps of what is followed: the word for it, its steps, and how a step names what it is a step of."""
    labels = {move.code: move.label for move in of.MOVES}
    states = dict(of._meta.get_field("state").flatchoices)

    def say(line: Any) -> dict[str, Any]:
        whole = getattr(line, name)
        step = str(labels.get(line.move, states.get(line.state, line.move)))
        return {
            "day": line.day, "post": str(word), "text": told(f"{whole}：{step}", line.note, line.document),
            "url": whole.get_absolute_url(), "state": line.state, "state_label": states.get(line.state, line.state),
        }  # fmt: skip

    return lines.select_related(name), "day", say


def told(what: str, note: str, document: str) -> str:
    """What happened, its document's number, and on a line of its own what was noted of it."""
    first = _("%(what)s（%(document)s）") % {"what": what, "document": document} if document else what
    return "\n".join(filter(None, [first, note]))
