"""A chamber's life in time order: the rows of its area, its changes, and the steps of its founding."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from workplans.area import kind_label
from workplans.life import SIZE, Page, Place, Source, page_of, told
from workplans.models import Activity

from .models import Chamber, ChamberChange, FoundingStep
from .wording import AREA


def life_of(chamber: Chamber, before: Place | None = None, size: int = SIZE) -> Page:
    """The page of the life that begins after a place of it; the newest without one. One query a source."""
    rows = Activity.objects.of_unit(chamber.unit_id).in_area(AREA).valid()
    steps = FoundingStep.objects.of_unit(chamber.unit_id).done().of_chamber(chamber)
    return page_of([_rows(rows), _changes(chamber), _steps(steps)], before, size)


def _rows(rows: QuerySet[Activity]) -> Source:
    def say(row: Activity) -> dict[str, Any]:
        return {
            "day": row.date, "post": f"{kind_label(row.kind)} {row.ledger_number}", "text": row.title,
            "url": row.get_absolute_url(),
        }  # fmt: skip

    return rows, "date", say


def _changes(chamber: Chamber) -> Source:
    def say(change: ChamberChange) -> dict[str, Any]:
        what = _("登记") if not change.before else f"{change.get_before_display()} → {change.get_after_display()}"
        return {
            "day": change.day, "post": _("登记变动"), "text": told(what, change.note, change.document), "url": "",
            "state": change.after, "state_label": change.get_after_display(),
        }  # fmt: skip

    return chamber.changes.all(), "day", say


def _steps(steps: QuerySet[FoundingStep]) -> Source:
    def say(step: FoundingStep) -> dict[str, Any]:
        return {"day": step.done_on, "post": _("筹建"), "text": _("完成“%(step)s”") % {"step": step.label}, "url": ""}

    return steps, "done_on", say
