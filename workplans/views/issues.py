"""协调问题: problems that the office gets solved with others, followed until they end."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import access
from accounts.models import User
from workplans import area
from workplans.forms.issues import EntryForm, IssueFilter, IssueForm
from workplans.models import Conflict, Issue, PeriodLocked

from .followed import conflicts, marks, may_write, page_of, unit_choices, versions, with_new_version
from .frame import chosen_period, chosen_units
from .targets import tabs


@access.readers
def issues(request: HttpRequest) -> HttpResponse:
    """The issues that were open at some time of the chosen period: open ones first, ended ones folded."""
    period, units, today = chosen_period(request), chosen_units(request), timezone.localdate()
    form = IssueFilter(request.GET, units=unit_choices(request.user))
    active = marks(form, request)
    found = Issue.objects.visible_to(request.user).of_units(units).in_period(period)
    found = found.matching(area=form.cleaned_data.get("area"), state=form.cleaned_data.get("state"))
    names = {unit.pk: unit.name for unit in units}
    rows = [_row(each, today, names) for each in found.with_last_entry().newest_first()]
    context = {
        "form": form, "active": active, "tabs": tabs(request, units, issues=True), "many_units": len(units) > 1,
        "open": [row for row in rows if row["issue"].is_open],
        "ended": [row for row in rows if not row["issue"].is_open],
        "late": sum(row["late"] for row in rows), "clear_url": f"?period={period.code}",
        "new_url": f"{reverse('issue_new')}?period={period.code}",
    }  # fmt: skip
    return render(request, "workplans/issues.html", context)


@access.writers
def issue_new(request: HttpRequest) -> HttpResponse:
    today = timezone.localdate()
    new = Issue(unit=request.user.unit, created_by=request.user)
    form = IssueForm(request.POST or None, instance=new, today=today, initial={"opened_on": today})
    if form.is_valid():
        try:
            entered = new.enter()
        except PeriodLocked as refusal:  # signed while this was typed
            form.add_error("opened_on", refusal.message)
        else:
            messages.success(request, _("已建立协调问题。"))
            return redirect(page_of(request, "issue", entered.pk))
    return render(request, "workplans/issue_form.html", {"form": form})


@access.readers
def issue(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Issue.objects.visible_to(request.user), pk=pk)
    form = _entry_form(found) if may_write(request.user, found) else None
    return render(request, "workplans/issue.html", _about(found, form, request.user))


@access.writers
def issue_edit(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Issue.objects.visible_to(request.user), pk=pk)
    if not found.is_open:
        messages.error(request, _ended(found, _("不能再修改。")))
        return redirect(page_of(request, "issue", pk))
    form = IssueForm(
        request.POST or None, instance=found, today=timezone.localdate(), first_line=found.first_line_day()
    )  # fmt: skip
    if form.is_valid():
        found.version = form.cleaned_data["version"]
        try:
            found.rewrite()
        except Conflict:
            return _conflict(request, form)
        messages.success(request, _("已保存。"))
        return redirect(page_of(request, "issue", pk))
    return render(request, "workplans/issue_form.html", {"form": form, "issue": found})


@access.writers
def issue_log(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Issue.objects.visible_to(request.user), pk=pk)
    if request.method != "POST":
        return redirect(page_of(request, "issue", pk))
    if not found.is_open:
        messages.error(request, _ended(found, _("不再记录办理情况。")))
        return redirect(page_of(request, "issue", pk))
    form = _entry_form(found, request.POST)
    if not form.is_valid():
        return render(request, "workplans/issue.html", _about(found, form, request.user))
    data = form.cleaned_data
    found.version = data["version"]
    try:
        found.log(data["state"], day=data["day"], note=data["note"], by=request.user)
    except Conflict:
        stored = get_object_or_404(Issue.objects.visible_to(request.user), pk=pk)
        with_new_version(form, stored.version)
        return render(
            request, "workplans/issue.html", {**_about(stored, form, request.user), "conflict": True}, status=409
        )
    messages.success(request, _("已记录办理情况。"))
    return redirect(page_of(request, "issue", pk))


def _row(found: Issue, today: dt.date, names: dict[int, str]) -> dict[str, Any]:
    return {
        "issue": found, "age": found.age(today), "late": found.is_late(today), "unit_name": names[found.unit_id],
        "obstacle_age": found.obstacle_age(today) if found.is_open else None, "area": area.area_label(found.area),
    }  # fmt: skip


def _conflict(request: HttpRequest, form: IssueForm) -> HttpResponse:
    """Somebody else stored a version in between: show both, keep what was typed, let the writer decide."""
    stored = get_object_or_404(Issue.objects.visible_to(request.user), pk=form.instance.pk)
    with_new_version(form, stored.version)
    form.instance.state, form.instance.closed_on = stored.state, stored.closed_on  # nobody types them here
    context = {"form": form, "issue": stored, "conflict": conflicts(stored, form.instance), "stored": stored}
    return render(request, "workplans/issue_form.html", context, status=409)


def _entry_form(found: Issue, data: Any = None) -> EntryForm:
    return EntryForm(data, today=timezone.localdate(), earliest=found.earliest_day(), row=found)


def _ended(found: Issue, consequence: str) -> str:
    return _("这个问题已结束（%(state)s），") % {"state": found.get_state_display()} + consequence


def _about(found: Issue, form: EntryForm | None, user: User) -> dict[str, Any]:
    """All that the page of an issue shows."""
    today = timezone.localdate()
    facts = [
        (_("领域"), area.area_label(found.area)),
        (_("涉及对象"), found.about),
        (_("来源"), found.get_source_display()),
        (_("提出日期"), found.opened_on.isoformat()),
        (_("办理时限"), found.due.isoformat() if found.due else ""),
        (_("责任岗位"), found.post),
    ]
    if found.closed_on:
        facts.append((_("结束日期"), found.closed_on.isoformat()))
    return {
        "issue": found, "form": form, "age": found.age(today), "late": found.is_late(today),
        "obstacle_age": found.obstacle_age(today) if found.is_open else None,
        "facts": [{"label": label, "value": value} for label, value in facts],
        "entries": _entries(found), "versions": versions(found), "may_write": may_write(user, found),
    }  # fmt: skip


def _entries(found: Issue) -> list[dict[str, Any]]:
    return [
        {
            "day": line.day,
            "text": line.note,
            "post": line.created_by.post or line.created_by.name,
            "state": line.state,
            "state_label": line.get_state_display(),
        }
        for line in found.entries.select_related("created_by").newest_first()
    ]
