"""What the pages of rows that tell more have in common: their own columns as facts, and what they brought to light."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import models
from django.utils.translation import gettext as _

from workplans.models import Found

Fact = dict[str, Any]  # for components/facts.html


def columns_of(detail: models.Model | None, names: Iterable[str]) -> list[Fact]:
    """The columns of a row's detail that hold something, in words."""
    if detail is None:
        return []
    told = ((detail._meta.get_field(name), _said(detail, name)) for name in names)
    return [{"label": field.verbose_name, "value": said} for field, said in told if said]


def _said(detail: models.Model, name: str) -> str:
    in_words = getattr(detail, f"get_{name}_display", None)
    value = in_words() if in_words else getattr(detail, name)
    return "" if value is None else str(value)


def brought(matters: type[Found], found: Iterable[Found]) -> dict[str, Any]:
    """The matters that a row brought to light, as the context of workplans/found.html."""
    return {
        "found_label": matters._meta.verbose_name,
        "found": [
            {"label": str(each), "url": each.get_absolute_url(), "state": each.state, "void": each.is_void,
             "state_label": _("作废") if each.is_void else each.get_state_display(), "due": each.due, "post": each.post}
            for each in found
        ],
    }  # fmt: skip
