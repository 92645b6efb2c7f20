"""What changed from one version of a row to the next, in the reader's words."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _

from workplans import area
from workplans.models import Period

MOVED = ("state", "closed_on")  # not typed into a form, yet part of what a version says


def versions(row: Any) -> list[dict[str, Any]]:
    """The entries of components/timeline.html, newest first: day, who, and each field that changed. One query."""
    kept = list(row.history.select_related("history_user").order_by("-history_date", "-history_id"))
    return [_entry(new, old) for new, old in zip(kept, [*kept[1:], None], strict=True)]


def _entry(new: Any, old: Any | None) -> dict[str, Any]:
    changed = changes(old, new) if old else []
    lines = [_("%(label)s：%(before)s → %(after)s") % change for change in changed]
    by = new.history_user
    return {
        "day": timezone.localtime(new.history_date).date(),
        "post": (by.post or by.name) if by else "",
        "text": "\n".join(lines) if old else _("建立"),
    }


def changes(before: Any, after: Any) -> list[dict[str, str]]:
    """The fields in which two states of a row differ: label, before and after as they are shown."""
    return [
        {"label": str(field.verbose_name), "before": shown(before, field), "after": shown(after, field)}
        for field in told_fields(after)
        if getattr(before, field.attname) != getattr(after, field.attname)
    ]


def told_fields(row: models.Model) -> list[models.Field]:
    """What people write about a row; not its keys, owner, version and time of entry."""
    model = getattr(row, "instance_type", type(row))
    return [
        field for field in model._meta.concrete_fields
        if not field.primary_key and not field.is_relation and (field.editable or field.name in MOVED)
    ]  # fmt: skip


def shown(row: Any, field: models.Field) -> str:
    """A field's value as a reader writes it."""
    value = getattr(row, field.attname)
    if value is None or value == "":
        return _("未填写")
    if field.flatchoices:
        return str(dict(field.flatchoices).get(value, value))
    if isinstance(value, bool):
        return _("是") if value else _("否")
    if isinstance(value, Period):
        return value.name
    if isinstance(value, dt.date):
        return value.isoformat()
    if field.name == "area":
        return area.area_label(value)
    if field.name == "metric":
        metric = area.metrics().get(value)
        return metric.name if metric else value
    return str(value)
