"""Lists and pages of what is followed step by step until it ends.

An area gives each of its models addresses here, and hands over with them how it speaks of it: a `Matters`.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import access
from accounts.models import Unit, User
from accounts.paging import page_of as page_by
from workplans.area import area
from workplans.filters import query_of
from workplans.forms.followed import MistakeForm, StepForm
from workplans.forms.matters import MatterFilter
from workplans.models import Conflict, Followed
from workplans.models.followed import FollowedQuerySet
from workplans.models.lock import locked
from workplans.paging import SIZE, parse_cursor
from workplans.versions import Change
from workplans.views.followed import (
    conflicts,
    course,
    marks,
    may_write,
    moved_columns,
    page_of,
    unit_choices,
    versions,
    with_new_version,
    without,
)
from workplans.views.frame import chosen_period, chosen_units

from .matter_words import Matters, facts_of, is_out, note_of, prose_of, why_over


@access.readers
def matters(request: HttpRequest, of: Matters, tabs: tuple[Matters, ...] = ()) -> HttpResponse:
    """Those that were open at some time of the chosen period: open ones first, ended ones folded and paged."""
    period, units, today = chosen_period(request), chosen_units(request), timezone.localdate()
    form = MatterFilter(
        request.GET, model=of.model, units=unit_choices(request.user), at=of.at, at_label=of.at_label,
        things=_things(of, units),
    )  # fmt: skip
    active = marks(form, request)
    in_period = of.model.objects.visible_to(request.user).of_units(units).in_period(period)
    found = _chosen(in_period, form, today).select_related(*of.beside)
    ended, newer_url, older_url = _page(request, found.ended())
    names = {unit.pk: unit.name for unit in units}
    rows = [_row(of, each, today, names) for each in found.open().most_pressing_first()]
    mistaken = found.mistaken().most_pressing_first() if form.void else []
    context = {
        "words": of, "area": area(of.area), "form": form, "active": active, "tabs": _tabs(request, units, of, tabs),
        "many_units": len(units) > 1, "open": rows, "late": sum(row["late"] for row in rows),
        "ended": [_row(of, each, today, names) for each in ended], "ended_count": found.ended().count(),
        "void": [_row(of, each, today, names) for each in mistaken], "links": of.links(units),
        "newer_url": newer_url, "older_url": older_url, "paged": bool(newer_url),
        "clear_url": f"?{without(request, *form.fields)}", "query": f"?{without(request, *form.fields)}",
    }  # fmt: skip
    return render(request, "workplans/matters.html", context)


@access.readers
def matter(request: HttpRequest, pk: int, of: Matters) -> HttpResponse:
    """One of them: what it is, what is next, and its course. A POST takes the step."""
    if request.method == "POST" and not request.user.may_record:
        raise PermissionDenied
    found = _found(request, of, pk)
    if request.method == "POST":
        return _step(request, of, found)
    form = StepForm(matter=found, today=timezone.localdate()) if _may_write(request.user, found) else None
    return render(request, "workplans/matter.html", _about(of, found, form, request.user))


@access.writers
def matter_edit(request: HttpRequest, pk: int, of: Matters) -> HttpResponse:
    found = _found(request, of, pk)
    if over := why_over(found):
        messages.error(request, over + _("不能再修改。"))
        return redirect(_page_of(request, of, found))
    form = of.form(request.POST or None, instance=found)
    if form.is_valid():
        found.version = form.cleaned_data["version"]
        try:
            found.rewrite()
        except Conflict:
            return _conflict(request, of, form)
        messages.success(request, _("已保存。"))
        return redirect(_page_of(request, of, found))
    return render(request, "workplans/matter_form.html", {"form": form, "matter": found, "words": of})


@access.writers
def matter_void(request: HttpRequest, pk: int, of: Matters) -> HttpResponse:
    """Take what was entered by mistake out of every count, after saying why."""
    found, status = _found(request, of, pk), 200
    if over := why_over(found):
        messages.error(request, over + _("不能再作废。"))
        return redirect(_page_of(request, of, found))
    if refusal := locked(found.unit_id, found.opened_on):
        messages.error(request, refusal.message)
        return redirect(_page_of(request, of, found))
    form = MistakeForm(request.POST or None, initial={"version": found.version})
    if form.is_valid():
        found.version = form.cleaned_data["version"]
        try:
            found.void(form.cleaned_data["reason"])
        except Conflict:
            found, status = _found(request, of, pk), 409
            with_new_version(form, found.version)
            messages.warning(request, why_over(found) or _("您打开本页后，它有了新情况。请核对后再决定是否作废。"))
        else:
            messages.success(request, _("已作废，不再计入任何数字。"))
            return redirect(_page_of(request, of, found))
    context = {"form": form, "matter": found, "words": of, "facts": facts_of(of, found)}
    return render(request, "workplans/matter_void.html", context, status=status)


def _step(request: HttpRequest, of: Matters, found: Followed) -> HttpResponse:
    if over := why_over(found):
        return _too_late(request, of, found, over)
    form = StepForm(request.POST, matter=found, today=timezone.localdate())
    if not form.is_valid():
        if form.cleaned_data.get("version") not in (None, found.version):
            return _moved_on(request, of, found)
        return render(request, "workplans/matter.html", _about(of, found, form, request.user))
    data = form.cleaned_data
    found.version = data["version"]
    try:
        found.move(
            data["move"], day=data["day"], note=data["note"], document=data.get("document", ""), by=request.user
        )  # fmt: skip
    except Conflict:
        return _moved_on(request, of, found)
    messages.success(request, _("已记录：%(step)s。") % {"step": form.moves[data["move"]].label})
    return redirect(_page_of(request, of, found))


def _moved_on(request: HttpRequest, of: Matters, found: Followed) -> HttpResponse:
    """Somebody else took a step or edited it in between: show how it stands now, and keep what was typed."""
    stored = _found(request, of, found.pk)
    if over := why_over(stored):
        return _too_late(request, of, stored, over)
    form = StepForm(request.POST, matter=stored, today=timezone.localdate())
    with_new_version(form, stored.version)
    context = {**_about(of, stored, form, request.user), "conflict": True}
    return render(request, "workplans/matter.html", context, status=409)


def _too_late(request: HttpRequest, of: Matters, found: Followed, over: str) -> HttpResponse:
    """It ended before this step came: nothing is written, what was typed can be copied."""
    context = {**_about(of, found, None, request.user), "too_late": over, "typed": request.POST.get("note", "")}
    return render(request, "workplans/matter.html", context, status=409)


def _conflict(request: HttpRequest, of: Matters, form: Any) -> HttpResponse:
    """Somebody else stored a version in between: show both, keep what was typed, let the writer decide."""
    typed = form.instance
    stored = _found(request, of, typed.pk)
    with_new_version(form, stored.version)
    for column in moved_columns(type(typed)):  # nobody types them here
        if hasattr(stored, column):
            setattr(typed, column, getattr(stored, column))
    told = conflicts(stored, typed) + _other_things(form, stored, typed)
    context = {"form": form, "matter": stored, "stored": stored, "conflict": told, "words": of}
    return render(request, "workplans/matter_form.html", context | {"over": why_over(stored)}, status=409)


def _other_things(form: Any, stored: Followed, typed: Followed) -> list[Change]:
    """What is chosen in the form from among other rows, where it differs."""
    fields = [field for field in type(stored)._meta.fields if field.is_relation and field.name in form.fields]
    return [
        Change(str(field.verbose_name), *(str(getattr(each, field.name) or _("（空）")) for each in (stored, typed)))
        for field in fields
        if getattr(stored, field.attname) != getattr(typed, field.attname)
    ]


def _found(request: HttpRequest, of: Matters, pk: int) -> Any:
    rows = of.model.objects.visible_to(request.user).select_related("unit", *of.whole)
    return get_object_or_404(rows, pk=pk)


def _may_write(user: User, found: Followed) -> bool:
    return may_write(user, found) and not why_over(found)


def _page_of(request: HttpRequest, of: Matters, found: Followed) -> str:
    return page_of(request, of.page, found.pk)


def _about(of: Matters, found: Any, form: StepForm | None, user: User) -> dict[str, Any]:
    """All that the page of a matter shows."""
    today = timezone.localdate()
    return {
        "words": of, "matter": found, "form": form, "age": found.age(today), "late": found.is_late(today),
        "over": why_over(found), "void": is_out(found), "facts": facts_of(of, found), "prose": prose_of(of, found), "course": course(found),
        "versions": versions(found), "may_write": _may_write(user, found), **of.more(found, today),
    }  # fmt: skip


# ── The list ──


def _chosen(rows: FollowedQuerySet, form: MatterFilter, today: dt.date) -> FollowedQuerySet:
    """Of the rows those that the filters ask for."""
    if form.void:
        return rows.mistaken().matching(**form.thing)
    rows = rows.matching(**form.chosen)
    return rows.late(today) if form.late else rows


def _row(of: Matters, found: Any, today: dt.date, names: dict[int, str]) -> dict[str, Any]:
    return {
        "matter": found, "age": found.age(today), "late": found.is_late(today), "unit_name": names[found.unit_id],
        "note": note_of(of, found), **of.in_list(found, today),
    }  # fmt: skip


def _page(request: HttpRequest, rows: FollowedQuerySet) -> tuple[list[Any], str, str]:
    """A page of ended ones, the last ended first, and the addresses of the pages beside it. One query."""
    try:
        after, before = (
            parse_cursor(text) if (text := request.GET.get(name)) else None for name in ("after", "before")
        )
    except ValueError as error:
        raise Http404 from error
    shown, is_newer, is_older = page_by(rows, "closed_on", SIZE, older_than=after, newer_than=before)
    newer = f"{query_of(request, before=_cursor(shown[0]))}#ended" if is_newer else ""
    older = f"{query_of(request, after=_cursor(shown[-1]))}#ended" if is_older else ""
    return shown, newer, older


def _cursor(found: Followed) -> str:
    return f"{found.closed_on}.{found.pk}"


def _things(of: Matters, units: list[Unit]) -> list[tuple[int, str]]:
    """The things of one unit; of a whole district there are too many to choose from."""
    if not of.at or len(units) != 1:
        return []
    register = of.model._meta.get_field(of.at).related_model
    return list(register.objects.of_unit(units[0]).in_order().values_list("pk", "name"))


def _tabs(request: HttpRequest, units: list[Unit], shown: Matters, beside: tuple[Matters, ...]) -> list[dict[str, Any]]:
    """The lists beside each other; each says how many are open."""
    period = chosen_period(request)
    kept = without(request, *filter(None, {each.at for each in beside}), "state", "due")
    return [
        {
            "label": each.title,
            "url": f"{reverse(each.list)}?{kept}",
            "active": each is shown,
            "count": each.model.objects.visible_to(request.user).of_units(units).in_period(period).open().count(),
        }
        for each in beside
    ]
