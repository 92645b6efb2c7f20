"""What changed between two versions of a row, in the words of its form."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.db import models
from django.utils.formats import date_format
from django.utils.translation import gettext as _

Words = Mapping[str, Callable[[Any], str]]


@dataclass(frozen=True)
class Change:
    label: str
    old: str
    new: str


def changes(model: type[models.Model], labels: Mapping[str, str], old: Any, new: Any, words: Words) -> list[Change]:
    """The labelled columns that differ between two versions of a row; `words` says foreign keys and codes."""
    found = []
    for name, label in labels.items():
        field = model._meta.get_field(name)
        before, after = (getattr(version, field.attname) for version in (old, new))
        if before != after:
            say = words.get(name) or (lambda value, field=field: in_words(field, value))
            found.append(Change(str(label), say(before), say(after)))
    return found


def labels_of(form: type[forms.ModelForm]) -> dict[str, str]:
    """A form's columns with the labels its writers know them by."""
    return {name: form.base_fields[name].label for name in form._meta.fields}


def in_words(field: models.Field, value: Any) -> str:
    if value in (None, ""):
        return _("（空）")
    if field.choices:
        return str(dict(field.flatchoices).get(value, value))
    if isinstance(field, models.DateField):
        return date_format(value, "Y-m-d")
    return str(value)
