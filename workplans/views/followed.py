"""What the pages of targets and issues share: both are followed until they end."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from django import forms
from django.db import models
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Role, Unit, User
from workplans.area import area_label, metrics
from workplans.filters import query_of
from workplans.models import Followed, Issue, Target
from workplans.versions import Change, changes

from .frame import chosen_period

MOVED = ("state", "closed_on")  # not typed into the form of the row, yet part of what a version says


def versions(row: models.Model) -> list[dict[str, Any]]:
    """The entries of components/timeline.html, newest first: day, who, and each field that changed. One query."""
    return entries_of(type(row), list(row.history.select_related("history_user").order_by("-history_id")))


def entries_of(model: type[models.Model], kept: list[Any]) -> list[dict[str, Any]]:
    """The same of the kept versions of one row, newest first."""
    return [_entry(model, new, old) for new, old in pairwise([*kept, None])]


def _entry(model: type[models.Model], new: Any, old: Any | None) -> dict[str, Any]:
    changed = changes(model, _kept(model), old, new, WORDS) if old else []
    lines = [_("%(label)s：%(old)s → %(new)s") % vars(change) for change in changed]
    by = new.history_user
    return {
        "day": timezone.localtime(new.history_date).date(),
        "post": (by.post or by.name) if by else "",
        "text": ("\n".join(lines) or _("修改")) if old else _("建立"),
    }


def conflicts(stored: models.Model, typed: models.Model) -> list[Change]:
    """The fields in which what is stored now and what was typed differ."""
    return changes(type(stored), _told(type(stored)), stored, typed, WORDS)


def _told(model: type[models.Model]) -> dict[str, str]:
    """What people write about a row, with its labels; not its keys, owner, version and time of entry."""
    return {
        field.name: field.verbose_name
        for field in model._meta.concrete_fields
        if not field.primary_key and not field.is_relation and (field.editable or field.name in moved_columns(model))
    }


def _kept(model: type[models.Model]) -> dict[str, str]:
    """Those of them that the history keeps."""
    columns = {field.name for field in model.history.model._meta.fields}
    return {name: label for name, label in _told(model).items() if name in columns}


def moved_columns(model: type[models.Model]) -> set[str]:
    """The columns that steps and withdrawals write, and nobody types into the form of the row."""
    return {*MOVED, "void_reason", *(move.stamps for move in getattr(model, "MOVES", ()) if move.stamps)}


def course(matter: Followed) -> list[dict[str, Any]]:
    """The steps of a matter as entries of components/timeline.html, newest first. One query."""
    labels = dict(matter._meta.get_field("state").flatchoices) | {move.code: move.label for move in matter.MOVES}
    return [
        {
            "day": step.day,
            "post": step.created_by.post or step.created_by.name,
            "text": "\n".join(
                filter(None, [step.note, step.document and _("文号：%(number)s") % {"number": step.document}])
            ),
            "state": step.state,
            "state_label": labels.get(step.move, step.move),
        }
        for step in matter.steps.select_related("created_by").newest_first()
    ]


def _metric_name(code: str) -> str:
    metric = metrics().get(code)
    return metric.name if metric else code or _("（空）")


WORDS = {
    "area": area_label,
    "metric": _metric_name,
    "period": lambda period: period.name,
    "must": lambda value: _("是") if value else _("否"),
}


def without(request: HttpRequest, *names: str) -> str:
    """This address's query without some of its parts, and always with its period."""
    query = request.GET.copy()
    for name in (*names, "after", "before"):
        query.pop(name, None)
    query["period"] = chosen_period(request).code
    return query.urlencode()


def page_of(request: HttpRequest, name: str, pk: int) -> str:
    """The page of a row, about the same period and unit as this page."""
    return reverse(name, args=[pk]) + query_of(request, "plan")


def marks(form: forms.Form, request: HttpRequest) -> list[dict[str, str]]:
    """The filters that are set, each with the address without it."""
    form.is_valid()
    return [
        {
            "label": field.label,
            "value": _chosen(field, form.cleaned_data[field.name]),
            "url": f"?{without(request, field.name)}",
        }
        for field in form.visible_fields()
        if form.cleaned_data.get(field.name)
    ]


def _chosen(field: forms.BoundField, value: Any) -> str:
    """A choice in its words; words that were typed, as they are."""
    return str(dict(getattr(field.field, "choices", ())).get(value, value))


def may_write(user: User, found: Target | Issue | Followed) -> bool:
    """Whether this person may change the row or add to its log: one of its own unit that has not ended."""
    return user.may_record and user.unit_id == found.unit_id and found.is_open


def unit_choices(user: User) -> list[tuple[str, str]]:
    """The towns a district's officer may look at one by one; a town's own people choose none."""
    if user.role != Role.DISTRICT:
        return []
    towns = Unit.objects.visible_to(user).in_use().towns().order_by("code")
    return [(town.code, town.name) for town in towns]


def with_new_version(form: forms.BaseForm, version: int) -> None:
    """Let a form that met a conflict be sent again, now over the version its writer has been shown."""
    form.data = form.data.copy()
    form.data["version"] = version
