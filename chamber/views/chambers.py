"""商会: the register, and the page of a chamber with its founding, what is open and its life in time order."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.contrib import messages
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts import access
from accounts.models import Unit
from chamber.forms.chambers import ChamberChangeForm, ChamberForm
from chamber.life import life_of
from chamber.models import Chamber, Founding
from workplans.models import Conflict
from workplans.views.followed import conflicts, may_write, page_of, versions, with_new_version
from workplans.views.frame import chosen_period, chosen_units
from workplans.views.life import life_context

from .chart import chart_of, plan_history, said
from .members import officers_of


@access.readers
@require_safe
def chambers(request: HttpRequest) -> HttpResponse:
    """The chambers of these towns as they stand today; a town with one goes straight to its page."""
    units, today = chosen_units(request), timezone.localdate()
    found = list(Chamber.objects.of_units(units).in_order())
    if len(found) == 1 and not request.user.unit.is_district:
        return redirect(page_of(request, "chamber", found[0].pk))
    context = {
        "rows": _rows(found, units, today), "many_units": len(units) > 1,
        "may_register": request.user.may_record and not any(each.is_open for each in found),
        "new_url": f"{reverse('chamber_new')}?period={chosen_period(request).code}",
    }  # fmt: skip
    return render(request, "chamber/chambers.html", context)


@access.writers
def chamber_new(request: HttpRequest) -> HttpResponse:
    new, today = Chamber(unit=request.user.unit, created_by=request.user), timezone.localdate()
    form = ChamberForm(request.POST or None, instance=new, today=today)
    if form.is_valid():
        try:
            entered = new.register(today)
        except IntegrityError:  # a colleague registered it at this very moment
            form.add_error(None, _("本单位已有商会。"))
        else:
            messages.success(request, _("已登记商会：%(name)s。") % {"name": entered.name})
            return redirect(page_of(request, "chamber" if form.is_founded else "founding_begin", entered.pk))
    return render(request, "chamber/chamber_form.html", {"form": form})


@access.readers
def chamber(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Chamber.objects.visible_to(request.user).select_related("unit"), pk=pk)
    return render(request, "chamber/chamber.html", _about(request, found))


@access.writers
def chamber_edit(request: HttpRequest, pk: int) -> HttpResponse:
    found = _found(request, pk)
    if not found.is_open:
        return _dissolved(request, found, _("不能再修改。"))
    form = ChamberForm(request.POST or None, instance=found, today=timezone.localdate())
    if form.is_valid():
        found.version = form.cleaned_data["version"]
        try:
            found.rewrite()
        except Conflict:
            return _conflict(request, form)
        messages.success(request, _("已保存。"))
        return redirect(page_of(request, "chamber", pk))
    return render(request, "chamber/chamber_form.html", {"form": form, "chamber": _found(request, pk)})


@access.writers
def chamber_change(request: HttpRequest, pk: int) -> HttpResponse:
    """登记变动. What cannot be taken back is asked for twice: the second time the form says `sure`."""
    found = _found(request, pk)
    if not found.is_open:
        return _dissolved(request, found, _("不再登记变动。"))
    form = _change_form(request, found)
    context = {"chamber": found, "form": form}
    if form.is_valid():
        if form.dissolves and "sure" not in request.POST:
            return render(request, "chamber/chamber_change.html", {**context, "sure": True})
        data = form.cleaned_data
        found.version = data["version"]
        try:
            found.change(
                data["after"], day=data["day"], note=data["note"], document=data["document"], by=request.user
            )  # fmt: skip
        except Conflict:
            return _change_conflict(request, pk)
        messages.success(request, _("已登记变动：%(state)s。") % {"state": found.get_state_display()})
        return redirect(page_of(request, "chamber", pk))
    return render(request, "chamber/chamber_change.html", context)


def _found(request: HttpRequest, pk: int) -> Chamber:
    return get_object_or_404(Chamber.objects.visible_to(request.user), pk=pk)


def _dissolved(request: HttpRequest, found: Chamber, consequence: str) -> HttpResponse:
    messages.error(request, _("这个商会已注销，") + consequence)
    return redirect(page_of(request, "chamber", found.pk))


def _conflict(request: HttpRequest, form: ChamberForm) -> HttpResponse:
    """Somebody else stored a version in between: show both, keep what was typed, let the writer decide."""
    stored = _found(request, form.instance.pk)
    with_new_version(form, stored.version)
    form.instance.state = stored.state  # nobody types it here
    context = {"form": form, "chamber": stored, "stored": stored, "conflict": conflicts(stored, form.instance)}
    return render(request, "chamber/chamber_form.html", context, status=409)


def _change_form(request: HttpRequest, of: Chamber, data: Any = None) -> ChamberChangeForm:
    return ChamberChangeForm(
        data or request.POST or None, chamber=of, today=timezone.localdate(), earliest=of.earliest_change_day()
    )  # fmt: skip


def _change_conflict(request: HttpRequest, pk: int) -> HttpResponse:
    """The chamber was written to in between: show how it stands now, and the change as it was typed."""
    stored = _found(request, pk)
    data = request.POST.copy()
    data["version"] = stored.version
    data.pop("sure", None)
    context = {"chamber": stored, "form": _change_form(request, stored, data), "conflict": True}
    return render(request, "chamber/chamber_change.html", context, status=409)


# ── the list ──


def _rows(found: list[Chamber], units: list[Unit], today: dt.date) -> list[dict[str, Any]]:
    names = {unit.pk: unit.name for unit in units}
    foundings = {each.pk: each for each in Founding.objects.with_steps(units)}
    rows = []
    for each in found:
        founding = foundings.get(each.pk)
        chart = chart_of(founding, today) if founding and founding.is_open else None
        rows.append({"chamber": each, "unit": names[each.unit_id], "chart": chart})
    return rows


# ── one chamber ──


def _about(request: HttpRequest, found: Chamber) -> dict[str, Any]:
    today, user = timezone.localdate(), request.user
    founding = Founding.objects.with_steps([found.unit_id]).of_chamber(found)
    writes = user.may_record and user.unit_id == found.unit_id and found.is_open
    context = {
        "chamber": found, "may_write": writes, "facts": _facts(found), "term": _term(found, today),
        "founding": founding, **life_context(request, lambda before: life_of(found, before)),
        "may_begin": writes and not founding and not found.is_founded,
        "versions": versions(found), "members": (members := found.memberships.standing().count()),
        "officers": officers_of(found, names=user.unit_id == found.unit_id),
        "ratings": list(found.ratings.newest_first()),
    }  # fmt: skip
    if founding:
        context |= {
            "chart": chart_of(founding, today), "plan_history": plan_history(founding), "target": founding.target,
            "said": said(founding, members, today), "light": founding.target.light(today),
            "light_word": founding.target.light_word(today),
            "may_step": writes and founding.is_open, "may_carry": may_write(user, founding.target),
        }  # fmt: skip
    return context


def _facts(found: Chamber) -> list[dict[str, Any]]:
    told = [
        (_("业务主管单位"), found.supervising_body),
        (_("登记管理机关"), found.registry),
        (_("统一社会信用代码"), found.credit_code),
        (_("成立日期"), found.founded_on and found.founded_on.isoformat()),
        (_("届次"), found.term and _("第%(number)d届") % {"number": found.term}),
        (_("本届届满日期"), found.term_end and found.term_end.isoformat()),
    ]
    return [{"label": label, "value": value} for label, value in told if value or found.is_founded]


def _term(found: Chamber, today: dt.date) -> dict[str, Any] | None:
    """The end of the term, when it is within half a year or past."""
    if not found.term_is_ending(today):
        return None
    return {"end": found.term_end, "days": abs((found.term_end - today).days), "past": found.term_end < today}
