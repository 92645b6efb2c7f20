"""A chamber's life in time order: the area's rows of the ledger, its changes, and the steps of its founding."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from chamber.models import Chamber, Founding
from chamber.wording import AREA
from workplans.area import kind_label
from workplans.models import Activity, Period

Entry = dict[str, Any]  # for components/timeline.html
SIZE = 60


def life_of(chamber: Chamber, founding: Founding | None, period: Period) -> list[Entry]:
    """The newest entries first. One query a source."""
    entries = [*_rows(chamber, period), *_changes(chamber), *_steps(founding)]
    return sorted(entries, key=lambda entry: entry["day"], reverse=True)[:SIZE]


def _rows(chamber: Chamber, period: Period) -> list[Entry]:
    rows = Activity.objects.of_unit(chamber.unit_id).in_area(AREA).valid().newest_first()
    return [
        {
            "day": row.date, "post": f"{kind_label(row.kind)} {row.ledger_number}", "text": row.title,
            "url": f"{row.get_absolute_url()}?period={period.code}",
        }
        for row in rows.only("date", "kind", "year", "number", "title")[:SIZE]
    ]  # fmt: skip


def _changes(chamber: Chamber) -> list[Entry]:
    return [
        {
            "day": change.day, "post": _("状态"), "text": "\n".join(filter(None, [_changed(change), change.note])),
            "state": change.after, "state_label": change.get_after_display(),
        }
        for change in chamber.changes.newest_first()
    ]  # fmt: skip


def _changed(change: Any) -> str:
    what = f"{change.get_before_display()} → {change.get_after_display()}" if change.before else _("登记")
    return _("%(what)s（%(document)s）") % {"what": what, "document": change.document} if change.document else what


def _steps(founding: Founding | None) -> list[Entry]:
    if founding is None:
        return []
    done = [step for step in founding.course() if step.done_on]
    begun = {"day": founding.began_on, "post": _("筹建"), "text": _("开始筹建")}
    return [
        *({"day": step.done_on, "post": _("筹建"), "text": _("完成“%(step)s”") % {"step": step.label}}
          for step in reversed(done)),
        begun,
    ]  # fmt: skip
