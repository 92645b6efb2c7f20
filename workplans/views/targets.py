"""目标: what a half-year has to bring about, how far it is, and what stands in its way."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import access
from accounts.models import Unit, User
from workplans import area, compose
from workplans.forms.targets import CarryOverForm, ProgressForm, TargetFilter, TargetForm
from workplans.ledger import Ledger
from workplans.models import Conflict, Issue, Light, Period, PeriodLocked, Span, Target
from workplans.numerals import chinese_number

from .followed import conflicts, marks, may_write, page_of, unit_choices, versions, with_new_version, without
from .frame import chosen_period, chosen_units


@access.readers
def targets(request: HttpRequest) -> HttpResponse:
    """The plan of a half-year; ?plan=next is that of the half-year after the chosen period."""
    half, units, today = plan_period(request), chosen_units(request), timezone.localdate()
    everything = Target.objects.visible_to(request.user).of_units(units).in_period(half)
    rows = _rows(list(everything.with_last_progress().in_order()), today)
    lights = Counter(row["light"] for row in rows)
    light_choices = [(light.value, light.label) for light in Light if lights[light]]
    form = TargetFilter(request.GET, units=unit_choices(request.user), lights=light_choices)
    active = marks(form, request)
    shown = [row for row in rows if _passes(form, row)]
    context = {
        "half": half, "form": form, "active": active, "tabs": tabs(request, units),
        "lights": [(light, light.label, lights[light]) for light in Light if lights[light]],
        "count": len(rows), "groups": _by_unit(shown, units), "today": today,
        "clear_url": f"?{without(request, *form.fields, 'plan')}" + ("&plan=next" if _is_next(request) else ""),
        "many_units": len(units) > 1, "new_url": f"{reverse('target_new')}?{request.GET.urlencode()}",
    }  # fmt: skip
    return render(request, "workplans/targets.html", context)


@access.writers
def target_new(request: HttpRequest) -> HttpResponse:
    today, half = timezone.localdate(), plan_period(request)
    new = Target(unit=request.user.unit, created_by=request.user, period=half)
    item = Target.objects.of_unit(new.unit).in_period(half).next_item()
    form = TargetForm(request.POST or None, instance=new, today=today, periods=_periods(half), initial={"item": item})
    if request.htmx:
        return _as_typed(request, form)
    if form.is_valid():
        try:
            entered = new.enter()
        except PeriodLocked as refusal:  # signed while this was typed
            form.add_error("period", refusal.message)
        else:
            messages.success(request, _("已建立目标。"))
            return redirect(page_of(request, "target", entered.pk))
    return render(request, "workplans/target_form.html", {"form": form, "half": half, **_example(form)})


@access.readers
def target(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Target.objects.visible_to(request.user), pk=pk)
    form = _progress_form(found) if may_write(request.user, found) and not found.keeper else None
    return render(request, "workplans/target.html", _about(found, form, request.user))


@access.writers
def target_edit(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Target.objects.visible_to(request.user), pk=pk)
    if not found.is_open:
        messages.error(request, _ended(found, _("不能再修改。")))
        return redirect(page_of(request, "target", pk))
    form = TargetForm(
        request.POST or None, instance=found, today=timezone.localdate(), periods=_periods(found.period)
    )  # fmt: skip
    if request.htmx:
        return _as_typed(request, form)
    context = {"target": found, "form": form, "half": found.period}
    if form.is_valid():
        found.version = form.cleaned_data["version"]
        try:
            found.rewrite()
        except Conflict:
            return _conflict(request, form, context)
        messages.success(request, _("已保存。"))
        return redirect(page_of(request, "target", pk))
    return render(request, "workplans/target_form.html", {**context, **_example(form)})


@access.writers
def target_progress(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Target.objects.visible_to(request.user), pk=pk)
    if request.method != "POST":
        return redirect(page_of(request, "target", pk))
    if not found.is_open:
        messages.error(request, _ended(found, _("不再记录进展。")))
        return redirect(page_of(request, "target", pk))
    if found.keeper:
        return _to_keeper(request, found)
    form = _progress_form(found, request.POST)
    if not form.is_valid():
        return render(request, "workplans/target.html", _about(found, form, request.user))
    data = form.cleaned_data
    found.version = data["version"]
    try:
        found.move(
            data["state"], day=data["day"], note=data["note"], by=request.user, activity_id=data["activity_id"]
        )  # fmt: skip
    except Conflict:
        stored = get_object_or_404(Target.objects.visible_to(request.user), pk=pk)
        with_new_version(form, stored.version)
        context = {**_about(stored, form, request.user), "conflict": True}
        return render(request, "workplans/target.html", context, status=409)
    messages.success(request, _("已记录进展。"))
    return redirect(page_of(request, "target", pk))


@access.writers
def target_carry_over(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Target.objects.visible_to(request.user), pk=pk)
    if not found.is_open:
        messages.error(request, _ended(found, _("不能再次结转。") if found.successor else _("不能结转。")))
        return redirect(page_of(request, "target", pk))
    if found.keeper:
        return _to_keeper(request, found)
    form = CarryOverForm(request.POST or None, after=found.period.last_day, initial={"version": found.version})
    if form.is_valid():
        data = form.cleaned_data
        found.version = data["version"]
        try:
            successor = found.carry_over(data["why"], data["due"], day=timezone.localdate(), by=request.user)
        except Conflict:
            messages.error(request, _("这项目标刚刚有人更新过，没有结转。请看过最新情况后再办。"))
            return redirect(page_of(request, "target", pk))
        messages.success(request, _("已结转到%(period)s，请核对内容。") % {"period": successor.period.name})
        return redirect(page_of(request, "target", successor.pk))
    return render(request, "workplans/target_carry_over.html", {"target": found, "form": form})


# ── the list ──


def plan_period(request: HttpRequest) -> Period:
    """The half-year whose plan is meant: the chosen one, or the one the chosen period begins in; or the next."""
    period = chosen_period(request)
    half = period if period.span is Span.HALF else Period.of(period.first_day)
    return half.after if _is_next(request) else half


def _is_next(request: HttpRequest) -> bool:
    return request.GET.get("plan") == "next"


def tabs(request: HttpRequest, units: list[Unit], *, issues: bool = False) -> list[dict[str, Any]]:
    """This half-year's targets, the next one's, and the issues beside them; each says how many stand or are open."""
    period = chosen_period(request)
    half = period if period.span is Span.HALF else Period.of(period.first_day)
    of_units = Target.objects.visible_to(request.user).of_units(units)
    counts = of_units.in_periods([half, half.after]).count_by_period()
    kept = without(request, "area", "light", "state", "plan")
    here = None if issues else plan_period(request)
    open_issues = Issue.objects.visible_to(request.user).of_units(units).in_period(period).open()
    return [
        {"label": _("%(period)s目标") % {"period": half.name}, "count": counts.get(half, 0),
         "url": f"{reverse('targets')}?{kept}", "active": here == half},
        {"label": _("%(period)s目标") % {"period": half.after.name}, "count": counts.get(half.after, 0),
         "url": f"{reverse('targets')}?{kept}&plan=next", "active": here == half.after},
        {"label": _("协调问题"), "count": open_issues.count(),
         "url": f"{reverse('issues')}?{kept}", "active": issues},
    ]  # fmt: skip


def _rows(found: list[Target], today: dt.date) -> list[dict[str, Any]]:
    numbers = _item_numbers(found)
    return [
        {
            "target": each,
            "light": each.light(today),
            "word": each.light_word(today),
            "state": each.state_word(today),
            "sentence": compose.item_text([each]),
            "obstacle_age": each.obstacle_age(today) if each.is_open else None,
            "number": numbers.get((each.unit_id, each.item), ""),
        }
        for each in found
    ]


def _item_numbers(found: list[Target]) -> dict[tuple[int, int], str]:
    """The number each item has in its unit's paper: items that were cancelled whole have none, and leave no gap."""
    standing = dict.fromkeys((each.unit_id, each.item) for each in found if each.state != Target.State.CANCELLED)
    counted: Counter[int] = Counter()
    numbers = {}
    for unit_id, item in standing:
        counted[unit_id] += 1
        numbers[unit_id, item] = chinese_number(counted[unit_id])
    return numbers


def _passes(form: TargetFilter, row: dict[str, Any]) -> bool:
    wanted = form.cleaned_data
    return (
        wanted.get("area") in ("", None, row["target"].area)
        and wanted.get("state") in ("", None, row["target"].state)
        and wanted.get("light") in ("", None, row["light"].value)
    )


def _by_unit(rows: list[dict[str, Any]], units: list[Unit]) -> list[dict[str, Any]]:
    """The rows under their units, in the units' own order; a number stands only before the first row of its item."""
    groups = []
    for unit in units:
        last = None
        for row in (mine := [row for row in rows if row["target"].unit_id == unit.pk]):
            row["first"], last = row["target"].item != last, row["target"].item
        if mine:
            groups.append({"unit": unit, "rows": mine})
    return groups


# ── the form ──


def _periods(half: Period) -> list[Period]:
    return [half.before, half, half.after]


def _example(form: TargetForm) -> dict[str, Any]:
    """The sentence that the summary would print for what is typed so far."""
    return {"sentence": compose.item_text([form.instance]) if form.instance.text else ""}


def _as_typed(request: HttpRequest, form: TargetForm) -> HttpResponse:
    """The answer to typing: the example sentence; or, when the kind was chosen, the fields in this kind's order."""
    form.is_valid()  # puts on the instance what is fit so far
    if request.htmx.target == "sentence" or form.keeper:
        return render(request, "workplans/target_sentence.html", _example(form))
    typed = {name: request.POST.get(name, "") for name in form.fields}
    periods = [Period.parse(code) for code, _name in form.fields["period"].choices]
    again = TargetForm(instance=form.instance, today=form.today, periods=periods, initial=typed)
    return render(request, "workplans/target_fields.html", {"form": again})


def _conflict(request: HttpRequest, form: TargetForm, context: dict[str, Any]) -> HttpResponse:
    """Somebody else stored a version in between: show both, keep what was typed, let the writer decide."""
    stored = get_object_or_404(Target.objects.visible_to(request.user), pk=form.instance.pk)
    with_new_version(form, stored.version)
    form.instance.state = stored.state  # nobody types it here
    context |= {"conflict": conflicts(stored, form.instance), "stored": stored, **_example(form)}
    return render(request, "workplans/target_form.html", context, status=409)


# ── one target ──


def _progress_form(found: Target, data: Any = None) -> ProgressForm:
    rows = found.activity_choices()
    return ProgressForm(data, today=timezone.localdate(), earliest=found.earliest_day(), row=found, rows=rows)


def _to_keeper(request: HttpRequest, found: Target) -> HttpResponse:
    messages.warning(request, _("目标“%(text)s”的进展在这里记录，目标随之更新。") % {"text": found.text})
    return redirect(f"{found.keeper}?period={chosen_period(request).code}")


def _ended(found: Target, consequence: str) -> str:
    if found.successor:
        return _("这项目标已结转到%(period)s，") % {"period": found.successor.period.name} + consequence
    return _("这项目标已结束（%(state)s），") % {"state": found.get_state_display()} + consequence


def _about(found: Target, form: ProgressForm | None, user: User) -> dict[str, Any]:
    """All that the page of a target shows."""
    today = timezone.localdate()
    together = list(Target.objects.of_unit(found.unit).of_item(found).standing().in_order())
    rows = found.activity_set.of_unit(found.unit).valid().newest_first()
    return {
        "target": found, "form": form, "light": found.light(today), "word": found.light_word(today),
        "state": found.state_word(today),
        "obstacle_age": found.obstacle_age(today) if found.is_open else None, "days_left": _days_left(found, today),
        "item_text": compose.item_text(together) if found.state != Target.State.CANCELLED else "",
        "together": [each for each in together if each.pk != found.pk],
        "facts": _facts(found), "measured": _measured(found, user), "entries": _entries(found), "versions": versions(found),
        "activities": rows.only("year", "number", "date", "title")[:20],
        "may_write": may_write(user, found), "keeper": found.keeper,
    }  # fmt: skip


def _days_left(found: Target, today: dt.date) -> int | None:
    return (found.due - today).days if found.due and found.is_open else None


def _facts(found: Target) -> list[dict[str, Any]]:
    told = [
        (_("期间"), found.period.name, ""),
        (_("领域"), area.area_label(found.area), ""),
        (_("类型"), found.get_kind_display(), ""),
        (_("责任岗位"), found.post, ""),
        (_("来源"), found.get_source_display(), ""),
    ]
    optional = [
        (_("要完成的工作"), found.deliverable, ""),
        (_("完成标志"), found.sign, ""),
        (_("责任领导岗位"), found.leader_post, ""),
        (_("配合单位"), found.supporters, ""),
        (_("应对措施"), "" if found.obstacle else found.measure, ""),
    ]
    if found.carried_from:
        optional.append((_("结转自"), _link_name(found.carried_from), reverse("target", args=[found.carried_from_id])))
    if found.successor:
        optional.append((_("已结转到"), _link_name(found.successor), reverse("target", args=[found.successor.pk])))
    facts = told + [fact for fact in optional if fact[1]]
    return [{"label": label, "value": value, "url": url} for label, value, url in facts]


def _link_name(other: Target) -> str:
    return _("%(period)s：%(text)s") % {"period": other.period.name, "text": other.text}


def _measured(found: Target, user: User) -> dict[str, Any] | None:
    """What a quantitative target has reached: read from the ledger like every other figure."""
    metric = area.metrics().get(found.metric)
    if metric is None or not found.quantity:
        return None
    value = Ledger([found.unit_id], found.period).shown(metric, user)
    url = f"{reverse('figure', args=[metric.code])}?period={found.period.code}"
    exact = isinstance(value, int)
    return {"metric": metric, "value": value, "exact": exact, "quantity": found.quantity, "url": url}


def _entries(found: Target) -> list[dict[str, Any]]:
    return [
        {
            "day": line.day,
            "text": line.note,
            "post": line.created_by.post or line.created_by.name,
            "state": line.state,
            "state_label": line.get_state_display(),
            "activity": line.activity,
        }
        for line in found.progress.select_related("created_by", "activity").newest_first()
    ]
