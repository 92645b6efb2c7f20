from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django import forms
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.models import Unit
from religion.models import CheckGroup, ChecklistItem, default_items
from workplans.models import Conflict
from workplans.models.guard import refuse_private_numbers

NEVER = 2_147_483_647  # a version that no stored point has
TEXT = {"max_length": 80, "validators": [refuse_private_numbers]}


class ChecklistForm(forms.Form):
    """A unit's whole checklist: every point's words and whether it is in use, and room for one more in each group.

    A unit that still checks by the usual points takes them over as its own with the first save.
    """

    def __init__(self, *args: Any, unit: Unit, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.unit = unit
        self.items = ChecklistItem.objects.whole_list(unit)
        if self.is_bound:
            self.data = self._over_the_present_list()
        for item in self.items:
            key = _key(item)
            label = _("%(group)s：检查内容") % {"group": item.get_group_display()}
            self.fields[f"text_{key}"] = forms.CharField(label=label, initial=item.text, **TEXT)
            self.fields[f"active_{key}"] = forms.BooleanField(
                label=_("使用“%(text)s”") % {"text": item.text}, required=False, initial=item.is_active
            )
            self.fields[f"version_{key}"] = forms.IntegerField(
                required=False, min_value=0, initial=item.version, widget=forms.HiddenInput
            )
        for group in CheckGroup:
            label = _("%(group)s：添加一项") % {"group": group.label}
            self.fields[f"new_{group}"] = forms.CharField(label=label, required=False, **TEXT)

    def clean(self) -> dict[str, Any]:
        super().clean()
        for group in CheckGroup:
            seen: set[str] = set()
            for name in [*(f"text_{_key(item)}" for item in self.items if item.group == group), f"new_{group}"]:
                text = self.cleaned_data.get(name)
                if text and text in seen:
                    self.add_error(name, _("这一类里已有同样的检查内容。"))
                seen.add(text or "")
        return self.cleaned_data

    def _over_the_present_list(self) -> dict[str, Any]:
        """What was sent, by the points that the list has now.

        A page opened before the unit had a list names its points by their places: what was left there as usual says
        nothing, what was changed is a change of the usual words. Points that came meanwhile stay as they are.
        """
        data, usual = self.data.copy(), {item.position: item for item in default_items(self.unit)}
        for item in self.items:
            place, key = f"d{item.position}", _key(item)
            base = usual.get(item.position) if item.pk and f"text_{place}" in data else None
            if base and _said(data, place) != (base.text, True):
                _put(data, key, *_said(data, place), version=item.version if _same(item, base) else NEVER)
            elif f"text_{key}" not in data:
                _put(data, key, item.text, item.is_active, version=item.version)
        return data

    def save(self) -> list[ChecklistItem]:
        """Store what was changed, and return the points that somebody else has changed meanwhile, as they were typed."""
        refused = []
        with transaction.atomic():
            for item in self.items:
                self._take(item)
                try:
                    with transaction.atomic():
                        self._store(item)
                except (Conflict, IntegrityError):
                    refused.append(item)
            refused += self._add()
        return refused

    def again(self, refused: list[ChecklistItem]) -> ChecklistForm:
        """The form over the list as it is stored now, with what was refused still as it was typed, and why beside it."""
        stored = {(item.group, item.position): item for item in ChecklistItem.objects.whole_list(self.unit)}
        data: dict[str, Any] = {}
        for item in stored.values():
            _put(data, _key(item), item.text, item.is_active, version=item.version)
        told = {}
        for typed in refused:
            if item := stored.get((typed.group, typed.position)):
                _put(data, _key(item), typed.text, typed.is_active, version=item.version)
                told[f"text_{_key(item)}"] = _("有人刚改成“%(text)s”。再保存一次，就以您写的为准。") % {
                    "text": item.text
                }
            else:
                data[f"new_{typed.group}"] = typed.text
                told[f"new_{typed.group}"] = _("有人刚添加了同样的检查内容。")
        form = ChecklistForm(data, unit=self.unit)
        form.is_valid()
        for name, why in told.items():
            form.add_error(name, why)
        return form

    def _take(self, item: ChecklistItem) -> None:
        key = _key(item)
        item.text, item.is_active = self.cleaned_data[f"text_{key}"], self.cleaned_data[f"active_{key}"]
        item.version = self.cleaned_data[f"version_{key}"] or 0

    def _store(self, item: ChecklistItem) -> None:
        if item.pk is None:
            item.save()
        elif {f"text_{item.pk}", f"active_{item.pk}"} & set(self.changed_data):
            item.save_next()

    def _add(self) -> list[ChecklistItem]:
        position = max((item.position for item in self.items), default=0)
        refused = []
        for group in CheckGroup:
            if text := self.cleaned_data[f"new_{group}"]:
                position += 1
                new = ChecklistItem(unit=self.unit, group=group, text=text, position=position)
                try:
                    with transaction.atomic():
                        new.save()
                except IntegrityError:  # somebody else has just added the same
                    refused.append(new)
        return refused

    # What the template draws

    def groups(self) -> Iterator[dict[str, Any]]:
        for group in CheckGroup:
            rows = [
                {name: self[f"{name}_{_key(item)}"] for name in ("text", "active", "version")}
                for item in self.items
                if item.group == group
            ]
            yield {"label": group.label, "rows": rows, "new": self[f"new_{group}"]}


def _key(item: ChecklistItem) -> str:
    """Of a stored point its key; of a usual one, not yet stored, its place."""
    return str(item.pk) if item.pk else f"d{item.position}"


def _said(data: Any, key: str) -> tuple[str, bool]:
    return data.get(f"text_{key}", ""), bool(data.get(f"active_{key}"))


def _put(data: Any, key: str, text: str, active: bool, *, version: int) -> None:
    data[f"text_{key}"], data[f"version_{key}"] = text, str(version)
    data[f"active_{key}"] = "on" if active else ""


def _same(item: ChecklistItem, base: ChecklistItem) -> bool:
    return (item.text, item.is_active) == (base.text, base.is_active)
