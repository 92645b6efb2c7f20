"""筹建: begin it, write down how the current step stands, change the plan, carry its target over."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import access
from chamber.forms.founding import BeginForm, CarryOverForm, PlanForm, StepForm
from chamber.models import Chamber, Founding
from workplans.models import Conflict
from workplans.views.followed import page_of, with_new_version


@access.writers
def begin(request: HttpRequest, pk: int) -> HttpResponse:
    chamber = get_object_or_404(Chamber.objects.visible_to(request.user).select_related("unit__parent"), pk=pk)
    if chamber.its_founding or chamber.is_founded or not chamber.is_open:
        messages.error(request, _("这个商会的筹建已经开始或已经结束。"))
        return redirect(page_of(request, "chamber", pk))
    today = timezone.localdate()
    form = BeginForm(request.POST or None, chamber=chamber, today=today)
    if form.is_valid():
        data = form.cleaned_data
        try:
            Founding.begin(
                chamber, target=data["target"], due=data["due"], day=data["day"], by=request.user, today=today
            )
        except (IntegrityError, Conflict):  # a colleague began it, or moved the target, at this very moment
            messages.warning(request, _("刚有人开始了筹建或更新了目标，请看过最新情况再办。"))
            return redirect(page_of(request, "chamber", pk))
        messages.success(request, _("已开始筹建，请排定各步骤的计划日期。"))
        return redirect(page_of(request, "founding_plan", pk))
    return render(request, "chamber/begin.html", {"chamber": chamber, "form": form})


@access.writers
def step(request: HttpRequest, pk: int) -> HttpResponse:
    """How the current step stands. The address names the chamber: which step is next may change meanwhile."""
    founding, today = _open(request, pk), timezone.localdate()
    if founding is None:
        return _closed(request, pk)
    form = StepForm(request.POST or None, instance=founding.current(), founding=founding, today=today)
    if _moved_on(form, founding) or form.is_valid():
        try:
            form.save_to(founding, by=request.user, today=today)
        except Conflict:
            return _step_conflict(request, pk)
        messages.success(request, _("已记录，目标随之更新。"))
        return redirect(page_of(request, "chamber", pk))
    return render(request, "chamber/step.html", {"founding": founding, "form": form, "step": founding.current()})


@access.writers
def plan(request: HttpRequest, pk: int) -> HttpResponse:
    founding, today = _open(request, pk), timezone.localdate()
    if founding is None:
        return _closed(request, pk)
    form = PlanForm(request.POST or None, founding=founding, today=today)
    context = {"founding": founding, "form": form}
    if form.is_valid():
        founding.version = form.cleaned_data["version"]
        try:
            founding.plan(form.plans(), due=form.cleaned_data["due"], by=request.user, today=today)
        except Conflict:
            stored = _open(request, pk)
            if stored is None:
                return _closed(request, pk)
            again = _again(request, PlanForm, stored, today)
            return render(request, "chamber/plan.html", {"founding": stored, "form": again, "met": True}, status=409)
        messages.success(request, _("已保存计划，目标随之更新。"))
        return redirect(page_of(request, "chamber", pk))
    return render(request, "chamber/plan.html", context)


@access.writers
def carry_over(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the target of the founding into the next half-year."""
    founding, today = _open(request, pk), timezone.localdate()
    if founding is None:
        return _closed(request, pk)
    form = CarryOverForm(request.POST or None, founding=founding, today=today)
    if form.is_valid():
        founding.version = form.cleaned_data["version"]
        try:
            target = founding.carry_over(due=form.cleaned_data["due"], by=request.user, today=today)
        except Conflict:
            messages.error(request, _("筹建刚刚有人更新过，没有结转。请看过最新情况后再办。"))
            return redirect(page_of(request, "chamber", pk))
        messages.success(request, _("已结转到%(period)s。") % {"period": target.period.name})
        return redirect(page_of(request, "chamber", pk))
    return render(request, "chamber/carry_over.html", {"founding": founding, "form": form})


def _open(request: HttpRequest, pk: int) -> Founding | None:
    """The open founding of a chamber; None when there is none. Raises Http404 for a chamber of another unit."""
    chamber = get_object_or_404(Chamber.objects.visible_to(request.user), pk=pk)
    founding = Founding.objects.with_steps([chamber.unit_id]).of_chamber(chamber)
    return founding if founding and founding.is_open else None


def _closed(request: HttpRequest, pk: int) -> HttpResponse:
    messages.error(request, _("这个商会没有正在进行的筹建。"))
    return redirect(page_of(request, "chamber", pk))


def _again(request: HttpRequest, form: type[Any], founding: Founding, today: Any, **more: Any) -> forms.Form:
    """The form as it was typed, over the founding as it stands now."""
    again = form(request.POST, founding=founding, today=today, **more)
    with_new_version(again, founding.version)
    return again


def _moved_on(form: StepForm, founding: Founding) -> bool:
    """Whether somebody else wrote since the form was opened: then its errors may be those of another step."""
    return form.is_bound and not form.is_valid() and form.cleaned_data.get("version") not in (None, founding.version)


def _step_conflict(request: HttpRequest, pk: int) -> HttpResponse:
    stored = _open(request, pk)
    if stored is None:
        return _closed(request, pk)
    again = _again(request, StepForm, stored, timezone.localdate(), instance=stored.current())
    context = {"founding": stored, "form": again, "step": stored.current(), "met": True}
    return render(request, "chamber/step.html", context, status=409)
