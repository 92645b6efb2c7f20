"""对象数量 and 联络网络: what is counted on a day, over time, and the versions of a day. Both are kept alike."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from accounts import access
from accounts.models import Unit, Village
from workplans import small
from workplans.area import metrics
from workplans.forms.counting import HeadcountForm, NetworkForm, SnapshotForm
from workplans.models import (
    NEW_STRATA,
    Category,
    Conflict,
    HeadcountSnapshot,
    NetworkLevel,
    NetworkSnapshot,
)
from workplans.models.counting import Snapshot
from workplans.versions import Change

from .followed import page_of, versions, with_new_version
from .frame import chosen_period, chosen_units

LISTED = 8  # days of counting beside each other
CHARTED = 4
Numbers = Mapping[Hashable, int]
Line = tuple[Hashable, str, str]  # cell, its label, and what it is a part of


@dataclass(frozen=True)
class Counted:
    """What the two registers differ in: their model and form, the names of their pages, the lines of their table."""

    model: type[Snapshot]
    form: type[SnapshotForm]
    pages: str  # the list; the pages of one day are named `page`, `page`_edit and so on
    page: str
    area: str
    title: Any
    hint: Any
    lines: Callable[[set[int], list[Numbers]], list[Line]]
    show: Callable[[Numbers, bool], Mapping[Hashable, int | str]]  # numbers, and whether the reader is of the town
    total: bool = False


def headcount_lines(units: set[int], shown: list[Numbers]) -> list[Line]:
    """The categories in their official order, the four strata under the one of which they are parts."""
    official = [category for category in Category if category not in NEW_STRATA]
    place = official.index(Category.STRATA) + 1
    order = [*official[:place], *NEW_STRATA, *official[place:]]
    return [(each.value, str(each.label), _("其中") if each in NEW_STRATA else "") for each in order]


def network_lines(units: set[int], shown: list[Numbers]) -> list[Line]:
    """The town's own, and each village and level that has or had liaison persons."""
    had = {cell for numbers in shown for cell, number in numbers.items() if number}
    lines: list[Line] = [((None, NetworkLevel.TOWN.value), str(NetworkLevel.TOWN.label), "")]
    for village in Village.objects.of_units(units).in_order():
        lines += [
            ((village.pk, level.value), f"{village.name} {level.label}", "")
            for level in (NetworkLevel.VILLAGE, NetworkLevel.GRID)
            if village.is_active or (village.pk, level.value) in had
        ]
    return lines


def headcount_shown(numbers: Numbers, inside: bool) -> Mapping[Hashable, int | str]:
    if inside:
        return numbers
    guarded = [m for m in metrics().values() if m.guarded]
    told = small.told({f"headcount_{cell}": number for cell, number in numbers.items()}, guarded)
    return {cell: told[f"headcount_{cell}"] for cell in numbers}


HEADCOUNTS = Counted(
    HeadcountSnapshot, HeadcountForm, "headcounts", "headcount", "figures", gettext_lazy("对象数量"),
    gettext_lazy("按统一战线十二类工作对象和新的社会阶层四类清点，只记人数，不列名单。"), headcount_lines, headcount_shown,
)  # fmt: skip
NETWORKS = Counted(
    NetworkSnapshot, NetworkForm, "networks", "network", "structure", gettext_lazy("联络网络"),
    gettext_lazy("各村（社区）、各层级有多少名统战联络员，只记人数，不列名单。"), network_lines,
    lambda numbers, inside: numbers, total=True,
)  # fmt: skip


@access.readers
@require_safe
def snapshots(request: HttpRequest, of: Counted) -> HttpResponse:
    """The numbers over time, a table for every town; whatever the period, with the last count first."""
    units = [unit for unit in chosen_units(request) if not unit.is_district]
    towns = [_town(request, of, unit, days) for unit, days in _days(of, units).items()]
    context = {
        "of": of, "towns": towns, "many_units": len(units) > 1,
        "new_url": f"{reverse(f'{of.page}_new')}?period={chosen_period(request).code}",
        "outside": any(unit.pk != request.user.unit_id for unit in units),
    }  # fmt: skip
    return render(request, "workplans/counts.html", context)


@access.readers
@require_safe
def snapshot(request: HttpRequest, of: Counted, pk: int) -> HttpResponse:
    """One day of counting, and what was corrected in it."""
    found = get_object_or_404(of.model.objects.visible_to(request.user).select_related("unit"), pk=pk)
    own = found.unit_id == request.user.unit_id
    numbers = _numbers(found)
    shown = of.show(numbers, own)
    lines = [(label, part, shown.get(cell, 0)) for cell, label, part in of.lines({found.unit_id}, [numbers])]
    context = {
        "of": of, "found": found, "lines": lines, "own": own, "may_write": own and request.user.may_record,
        "total": sum(numbers.values()) if of.total else None,
        "entries": _versions(found, of) if own else [],
        "list_url": f"{reverse(of.pages)}?period={chosen_period(request).code}",
        "edit_url": page_of(request, f"{of.page}_edit", pk),
    }  # fmt: skip
    return render(request, "workplans/count.html", context)


@access.writers
def snapshot_new(request: HttpRequest, of: Counted) -> HttpResponse:
    new = of.model(unit=request.user.unit, created_by=request.user)
    last = of.model.objects.of_unit(new.unit_id).newest_first().first()
    form = of.form(request.POST or None, instance=new, today=timezone.localdate(), last=_numbers(last) if last else {})
    if form.is_valid():
        try:
            entered = new.record(form.numbers())
        except IntegrityError:  # a colleague entered the same day at this very moment
            form.add_error("counted_on", form.counted_already())
        else:
            messages.success(request, _("已保存%(day)s的清点。") % {"day": entered.counted_on.isoformat()})
            return redirect(page_of(request, of.page, entered.pk))
    return render(request, "workplans/count_form.html", {"of": of, "form": form, "last": last, **_back(request, of)})


@access.writers
def snapshot_edit(request: HttpRequest, of: Counted, pk: int) -> HttpResponse:
    """更正: the day keeps its earlier numbers as versions."""
    found = get_object_or_404(of.model.objects.of_unit(request.user.unit_id), pk=pk)
    form = of.form(request.POST or None, instance=found, today=timezone.localdate(), last=_numbers(found))
    context = {"of": of, "form": form, "found": found, "day": found.counted_on, **_back(request, of, pk)}
    if form.is_valid():
        found.version = form.cleaned_data["version"] or 0
        try:
            found.correct(form.numbers())
        except Conflict:
            return _conflict(request, of, form, context)
        except IntegrityError:
            form.add_error("counted_on", form.counted_already())
        else:
            messages.success(request, _("已更正，原来的数字留在修改记录里。"))
            return redirect(page_of(request, of.page, pk))
    return render(request, "workplans/count_form.html", context)


def _back(request: HttpRequest, of: Counted, pk: int | None = None) -> dict[str, str]:
    list_url = f"{reverse(of.pages)}?period={chosen_period(request).code}"
    return {"list_url": list_url, "cancel_url": page_of(request, of.page, pk) if pk else list_url}


def _conflict(request: HttpRequest, of: Counted, form: SnapshotForm, context: dict[str, Any]) -> HttpResponse:
    """Somebody else corrected the day in between: show both, keep what was typed, let the writer decide."""
    stored = get_object_or_404(of.model.objects.of_unit(request.user.unit_id), pk=form.instance.pk)
    typed = form.instance.counted_on
    with_new_version(form, stored.version)
    differing = form.changes(_numbers(stored))
    if typed != stored.counted_on:
        differing.insert(0, Change(_("清点日期"), stored.counted_on.isoformat(), typed.isoformat()))
    context |= {"conflict": differing, "met": True}
    return render(request, "workplans/count_form.html", context, status=409)


# ── Numbers ──


def _numbers(found: Snapshot) -> dict[Hashable, int]:
    return {cell: count.number for cell, count in found.cells().items()}


def _days(of: Counted, units: list[Unit]) -> dict[Unit, list[tuple[Snapshot, dict[Hashable, int]]]]:
    """The last days of each unit with their numbers, the newest first. Two queries."""
    by_unit: dict[int, list[Snapshot]] = {unit.pk: [] for unit in units}
    for each in of.model.objects.of_units(units).newest_first():
        if len(by_unit[each.unit_id]) < LISTED:
            by_unit[each.unit_id].append(each)
    shown = [each for days in by_unit.values() for each in days]
    numbers: dict[int, dict[Hashable, int]] = {each.pk: {} for each in shown}
    for count in of.model.counts.rel.related_model.objects.of_units(units).of_snapshots(shown):
        numbers[count.snapshot_id][of.model.key_of(count)] = count.number
    return {unit: [(each, numbers[each.pk]) for each in by_unit[unit.pk]] for unit in units}


def _town(
    request: HttpRequest, of: Counted, unit: Unit, days: list[tuple[Snapshot, dict[Hashable, int]]]
) -> dict[str, Any]:
    """A town's table, and for its own people a chart of every line that ever had somebody."""
    inside = unit.pk == request.user.unit_id
    told = [of.show(numbers, inside) for _day, numbers in days]
    lines = of.lines({unit.pk}, [numbers for _day, numbers in days])
    heads = [(each.counted_on, page_of(request, of.page, each.pk)) for each, _shown in days]
    rows = [(label, part, [shown.get(cell, 0) for shown in told]) for cell, label, part in lines]
    totals = [sum(numbers.values()) for _day, numbers in days] if of.total else []
    charts = [("", totals)] if of.total else [(label, values) for label, _part, values in rows]
    return {
        "unit": unit, "heads": heads, "rows": rows, "totals": totals,
        "charts": [_chart(label, heads, values) for label, values in charts if any(values)] if inside else [],
    }  # fmt: skip


def _chart(label: str, heads: list[tuple[dt.date, str]], values: list[Any]) -> dict[str, Any]:
    """Bars for components/bars_svg.html, a day of counting each, from the earliest of them to the last."""
    bars = [{"label": f"{day:%y-%m}", "value": value} for (day, _url), value in zip(heads, values, strict=True)]
    return {"title": label or _("联络员总数"), "bars": bars[:CHARTED][::-1], "maximum": max(values)}


def _versions(found: Snapshot, of: Counted) -> list[dict[str, Any]]:
    """The entries of components/timeline.html, newest first: what each correction changed."""
    labels = {cell: label for cell, label, _part in of.lines({found.unit_id}, [_numbers(found)])}
    corrections, later, entries = found.corrections(), None, versions(found)
    for entry, version in zip(entries, found.history.order_by("-history_id"), strict=True):
        lines = [
            _("%(label)s：%(old)s → %(new)s")
            % {"label": labels.get(of.model.key_of(count), count), "old": old.number, "new": new.number}
            for count, new, old in corrections
            if version.history_date <= new.history_date and (later is None or new.history_date < later)
        ]
        later = version.history_date
        entry["text"] = "\n".join(lines) or entry["text"]
    return entries
