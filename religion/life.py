"""A venue's life in time order: its rows of the ledger, its changes, and the steps of what is followed there."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from workplans.area import kind_label
from workplans.models import Activity, Followed

from .models import (
    AtVenue,
    Dispute,
    DisputeStep,
    Hazard,
    HazardStep,
    ProjectStep,
    Sheet,
    Suggestion,
    SuggestionStep,
    Topic,
    Venue,
    VenueChange,
    VenueProject,
)

SIZE = 30
NOT_VOID = ~Q(activity__state=Activity.State.VOID)
# The steps of what is followed: the word for it, and how a step names what it is a step of.
STEPS: tuple[tuple[Any, type, type[Followed], str], ...] = (
    (gettext_lazy("隐患"), HazardStep, Hazard, "hazard"),
    (gettext_lazy("矛盾纠纷"), DisputeStep, Dispute, "dispute"),
    (gettext_lazy("意见建议"), SuggestionStep, Suggestion, "suggestion"),
    (gettext_lazy("场所建设"), ProjectStep, VenueProject, "project"),
)


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


def life_of(venue: Venue, before: Place | None = None, size: int = SIZE) -> Page:
    """The page of the life that begins after a place of it; the newest without one. One query a source."""
    sources = [_rows(venue), _changes(venue), *(_steps(venue, *told) for told in STEPS)]
    found: list[tuple[Place, dict[str, Any]]] = []
    for source, (lines, day, say) in enumerate(sources):
        older = lines.filter(_beyond(before, source, day)) if before else lines
        newest = older.order_by(f"-{day}", "-pk")[: size + 1]
        found += [(Place(entry["day"], source, line.pk), entry) for line in newest for entry in [say(line)]]
    found.sort(key=lambda each: each[0], reverse=True)
    shown = found[:size]
    return Page([entry for _place, entry in shown], str(shown[-1][0]) if len(found) > size else "")


Source = tuple[QuerySet, str, Any]  # lines, the column of their day, and what an entry says of a line


def _beyond(place: Place, source: int, day: str) -> Q:
    """What of a source comes after a place: older, or of the same day and told later."""
    same_day = Q(**{day: place.day})
    if source == place.source:
        return Q(**{f"{day}__lt": place.day}) | same_day & Q(pk__lt=place.pk)
    return Q(**{f"{day}__lt": place.day}) | same_day if source < place.source else Q(**{f"{day}__lt": place.day})


def _rows(venue: Venue) -> Source:
    def say(line: AtVenue) -> dict[str, Any]:
        row = line.activity
        return {
            "day": row.date, "post": f"{kind_label(row.kind)} {row.ledger_number}", "text": row.title,
            "url": row.get_absolute_url(),
        }  # fmt: skip

    return venue.events.valid().select_related("activity"), "activity__date", say


def _changes(venue: Venue) -> Source:
    def say(line: VenueChange) -> dict[str, Any]:
        what = _("登记") if not line.before else f"{line.get_before_display()} → {line.get_after_display()}"
        return {
            "day": line.day, "post": _("登记变动"), "text": _told(what, line.note, line.document), "url": "",
            "state": line.after, "state_label": line.get_after_display(),
        }  # fmt: skip

    return venue.changes.all(), "day", say


def _steps(venue: Venue, word: Any, model: type, of: type[Followed], name: str) -> Source:
    labels = {move.code: move.label for move in of.MOVES}
    states = dict(of._meta.get_field("state").flatchoices)
    standing = Q(**{f"{name}__unit": venue.unit_id, f"{name}__venue": venue, f"{name}__void_reason": ""})
    if of is not VenueProject:
        standing &= ~Q(**{f"{name}__activity__state": Activity.State.VOID})

    def say(line: Any) -> dict[str, Any]:
        whole = getattr(line, name)
        step = str(labels.get(line.move, states.get(line.state, line.move)))
        return {
            "day": line.day, "post": str(word), "text": _told(f"{whole}：{step}", line.note, line.document),
            "url": whole.get_absolute_url(), "state": line.state, "state_label": states.get(line.state, line.state),
        }  # fmt: skip

    lines = model.objects.of_unit(venue.unit_id).filter(standing).select_related(name)
    return lines, "day", say


def _told(what: str, note: str, document: str) -> str:
    """What happened, its document's number, and on a line of its own what was noted of it."""
    first = _("%(what)s（%(document)s）") % {"what": what, "document": document} if document else what
    return "\n".join(filter(None, [first, note]))


def marks_of(venue: Venue, year: int) -> dict[str, Counter[str]]:
    """How the venue stands in a year's sheets: by topic, how many items bear which mark. One query."""
    found: dict[str, Counter[str]] = {topic: Counter() for topic in Topic.values}
    sheets = Sheet.objects.of_unit(venue.unit_id).of_year(year)
    for topic, mark in venue.cells.filter(sheet__in=sheets).exclude(mark="").values_list("sheet__topic", "mark"):
        found[topic][mark] += 1
    return found
