"""A venue's life in time order: its rows of the ledger, its changes, and the steps of what is followed there."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from workplans.life import SIZE, Page, Place, Source, page_of, rows, steps, told
from workplans.models import Activity, Followed, Found

from .models import (
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

# The steps of what is followed: the word for it, and how a step names what it is a step of.
STEPS: tuple[tuple[Any, type, type[Followed], str], ...] = (
    (gettext_lazy("隐患"), HazardStep, Hazard, "hazard"),
    (gettext_lazy("矛盾纠纷"), DisputeStep, Dispute, "dispute"),
    (gettext_lazy("意见建议"), SuggestionStep, Suggestion, "suggestion"),
    (gettext_lazy("场所建设"), ProjectStep, VenueProject, "project"),
)


def life_of(venue: Venue, before: Place | None = None, size: int = SIZE) -> Page:
    """The page of the life that begins after a place of it; the newest without one. One query a source."""
    sources = [rows(venue.events.all()), _changes(venue), *(_steps(venue, *each) for each in STEPS)]
    return page_of(sources, before, size)


def _changes(venue: Venue) -> Source:
    def say(line: VenueChange) -> dict[str, Any]:
        what = _("登记") if not line.before else f"{line.get_before_display()} → {line.get_after_display()}"
        return {
            "day": line.day, "post": _("登记变动"), "text": told(what, line.note, line.document), "url": "",
            "state": line.after, "state_label": line.get_after_display(),
        }  # fmt: skip

    return venue.changes.all(), "day", say


def _steps(venue: Venue, word: Any, model: type, of: type[Followed], name: str) -> Source:
    standing = Q(**{f"{name}__unit": venue.unit_id, f"{name}__venue": venue, f"{name}__void_reason": ""})
    if issubclass(of, Found):
        standing &= ~Q(**{f"{name}__activity__state": Activity.State.VOID})
    return steps(word, model.objects.of_unit(venue.unit_id).filter(standing), of, name)


def marks_of(venue: Venue, year: int) -> dict[str, Counter[str]]:
    """How the venue stands in a year's sheets: by topic, how many items bear which mark. One query."""
    found: dict[str, Counter[str]] = {topic: Counter() for topic in Topic.values}
    sheets = Sheet.objects.of_unit(venue.unit_id).of_year(year)
    for topic, mark in venue.cells.filter(sheet__in=sheets).exclude(mark="").values_list("sheet__topic", "mark"):
        found[topic][mark] += 1
    return found
