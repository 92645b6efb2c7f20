"""One form for all cells of a day of counting. `today` comes from the view; nothing here reads the clock."""

from __future__ import annotations

import datetime as dt
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext_lazy as _

from accounts.models import Village
from workplans.models import NEW_STRATA, Category, HeadcountSnapshot, NetworkLevel, NetworkSnapshot
from workplans.versions import Change

from .day import DayField
from .ledger import EARLIEST, CountField
from .once import OnceForm


@dataclass(frozen=True)
class Cell:
    """One number that is asked for: the name of its field, what it counts, and the heading it stands under."""

    name: str
    key: Hashable
    label: Any
    heading: Any = ""


class SnapshotForm(OnceForm):
    """A new day of counting, prefilled with the last one, or the correction of a day."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, today: dt.date, last: Mapping[Hashable, int], **kwargs: Any) -> None:
        """`last` holds the numbers to begin with: those of the last count, or of the day that is corrected."""
        super().__init__(*args, **kwargs)
        self.today = today
        self.initial.setdefault("version", self.instance.version)
        if not self.instance.pk:
            self.initial["counted_on"] = self.initial.get("counted_on") or today
        self.asked = list(self.offered(last))
        for cell in self.asked:
            self.fields[cell.name] = CountField(label=cell.label, unit=_("人"), initial=last.get(cell.key, 0))

    def offered(self, last: Mapping[Hashable, int]) -> Iterable[Cell]:
        raise NotImplementedError

    def clean_counted_on(self) -> dt.date:
        day = self.cleaned_data["counted_on"]
        if day > self.today:
            raise forms.ValidationError(_("清点日期不能晚于今天。"))
        if day < EARLIEST:
            raise forms.ValidationError(_("日期不能早于1949年10月1日，请检查年份。"))
        days = type(self.instance).objects.of_unit(self.instance.unit_id).counted_on_day(day).but(self.instance.pk)
        if any(other.token != self.instance.token for other in days):
            raise forms.ValidationError(self.counted_already())
        return day

    def counted_already(self) -> str:
        return str(_("这一天已经清点过，请打开那一天更正。"))

    def numbers(self) -> dict[Hashable, int]:
        return {cell.key: self.cleaned_data[cell.name] for cell in self.asked}

    def changes(self, stored: Mapping[Hashable, int]) -> list[Change]:
        """What was typed against what is stored now, for a writer who met another's correction."""
        typed = self.numbers()
        return [
            Change(str(cell.label), str(stored.get(cell.key, 0)), str(typed[cell.key]))
            for cell in self.asked
            if stored.get(cell.key, 0) != typed[cell.key]
        ]

    def parts(self) -> list[tuple[Any, list[BoundField]]]:
        """The fields under their headings."""
        headings = dict.fromkeys(cell.heading for cell in self.asked)
        return [(each, [self[cell.name] for cell in self.asked if cell.heading == each]) for each in headings]


class HeadcountForm(SnapshotForm):
    class Meta:
        model = HeadcountSnapshot
        fields = ("counted_on",)
        field_classes = {"counted_on": DayField}

    def offered(self, last: Mapping[Hashable, int]) -> Iterable[Cell]:
        for category in Category:
            strata = category in NEW_STRATA
            yield Cell(
                category.value, category.value, category.label, _("新的社会阶层人士其中") if strata else _("统战对象")
            )

    def clean(self) -> dict[str, Any]:
        """The four strata are parts of the seventh category; they may not be counted yet, but not be more than it."""
        data = super().clean() or self.cleaned_data
        parts = sum(data.get(each.value) or 0 for each in NEW_STRATA)
        whole = data.get(Category.STRATA.value)
        if whole is not None and parts > whole:
            message = _("其中四类合计%(parts)d人，比这里填的%(whole)d人多，请核对。")
            self.add_error(Category.STRATA.value, message % {"parts": parts, "whole": whole})
        return data


class NetworkForm(SnapshotForm):
    class Meta:
        model = NetworkSnapshot
        fields = ("counted_on",)
        field_classes = {"counted_on": DayField}

    def offered(self, last: Mapping[Hashable, int]) -> Iterable[Cell]:
        """The town's own, then a village after the other: those in use, and those that the numbers tell of."""
        yield Cell("town", (None, NetworkLevel.TOWN.value), NetworkLevel.TOWN.label, _("本镇"))
        for village in Village.objects.of_unit(self.instance.unit_id).in_order():
            levels = (NetworkLevel.VILLAGE, NetworkLevel.GRID)
            if village.is_active or any(last.get((village.pk, level.value)) for level in levels):
                for level in levels:
                    yield Cell(f"{level.value}-{village.pk}", (village.pk, level.value), level.label, village.name)
