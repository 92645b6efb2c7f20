"""任职: the register of public posts. Names stay inside the unit; a district reads the posts alone."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts import access
from accounts.models import User
from workplans.forms.posts import PostEndForm, PostFilter, PostForm
from workplans.models import Conflict, Period, PublicPost

from .followed import conflicts, marks, may_write, page_of, unit_choices, versions, with_new_version, without
from .frame import chosen_period, chosen_units


@access.readers
@require_safe
def posts(request: HttpRequest) -> HttpResponse:
    """The posts of today, whatever the period; those that ended are folded."""
    units, today = chosen_units(request), timezone.localdate()
    form = PostFilter(request.GET, units=unit_choices(request.user))
    active = marks(form, request)
    found = PublicPost.objects.of_units(units).of_type(form.cleaned_data.get("type", "")).in_order()
    rows = [_row(each, request.user, {unit.pk: unit.name for unit in units}, today) for each in found]
    context = {
        "form": form, "active": active, "many_units": len(units) > 1,
        "held": [row for row in rows if row["post"].is_open],
        "ended": [row for row in rows if not row["post"].is_open],
        "clear_url": f"?{without(request, *form.fields)}",
        "new_url": f"{reverse('post_new')}?period={chosen_period(request).code}",
    }  # fmt: skip
    return render(request, "workplans/posts.html", context)


@access.writers
def post_new(request: HttpRequest) -> HttpResponse:
    new = PublicPost(unit=request.user.unit, created_by=request.user)
    form = PostForm(request.POST or None, instance=new, today=timezone.localdate())
    if form.is_valid():
        entered = new.enter()
        messages.success(request, _("已登记任职：%(title)s。") % {"title": entered.title})
        return redirect(page_of(request, "post", entered.pk))
    return render(request, "workplans/post_form.html", {"form": form})


@access.readers
@require_safe
def post(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(PublicPost.objects.visible_to(request.user).select_related("unit"), pk=pk)
    own = found.unit_id == request.user.unit_id
    context = {
        "post": found, "facts": _facts(found, own=own), "days": found.term_days_left(timezone.localdate()),
        "may_write": may_write(request.user, found), "versions": versions(found) if own else [],
    }  # fmt: skip
    return render(request, "workplans/post.html", context)


@access.writers
def post_edit(request: HttpRequest, pk: int) -> HttpResponse:
    found = _own(request, pk)
    if not found.is_open:
        return _ended(request, found)
    form = PostForm(request.POST or None, instance=found, today=timezone.localdate())
    if form.is_valid():
        found.version = form.cleaned_data["version"] or 0
        try:
            found.rewrite()
        except Conflict:
            return _conflict(request, form)
        messages.success(request, _("已保存。"))
        return redirect(page_of(request, "post", pk))
    return render(request, "workplans/post_form.html", {"form": form, "post": _own(request, pk)})


@access.writers
def post_end(request: HttpRequest, pk: int) -> HttpResponse:
    """离任: asked for on a page of its own, for the name goes with it."""
    found = _own(request, pk)
    if not found.is_open:
        return _ended(request, found)
    form = PostEndForm(request.POST or None, post=found, today=timezone.localdate())
    status = 200
    if form.is_valid():
        found.version = form.cleaned_data["version"] or 0
        try:
            found.end(form.cleaned_data["day"])
        except Conflict:
            found, status = _own(request, pk), 409
            with_new_version(form, found.version)
            messages.warning(request, _("您打开本页后，这条任职有改动。请核对下面的内容，确要记为离任请再按一次。"))
        else:
            messages.success(request, _("已记为离任，任职记录保留。"))
            return redirect(page_of(request, "post", pk))
    context = {"form": form, "post": found, "facts": _facts(found, own=True)}
    return render(request, "workplans/post_end.html", context, status=status)


def waiting_for(user: User, today: dt.date) -> list[dict[str, Any]]:
    """Terms that are over or will be within half a year, for those who keep the register: one is named, several are
    counted. One query."""
    if not user.may_record:
        return []
    found = list(PublicPost.objects.visible_to(user).term_ending(today).term_ending_first())
    if not found:
        return []
    first, late = found[0], found[0].term_ends_on < today
    many = _("核对 %(number)d 个届满或临近届满的任职") % {"number": len(found)}
    one = _("核对任职“%(title)s”") % {"title": first.title}
    address = urlencode({"period": Period.of(today).code})
    return [
        {
            "label": many if len(found) > 1 else one,
            "url": f"{reverse('posts')}?{address}" if len(found) > 1 else first.get_absolute_url(),
            "note": _("届满 %(day)s") % {"day": first.term_ends_on},
            "state": "late" if late else "active",
            "state_label": _("已届满") if late else _("临近届满"),
        }
    ]


def _own(request: HttpRequest, pk: int) -> PublicPost:
    return get_object_or_404(PublicPost.objects.of_unit(request.user.unit_id), pk=pk)


def _row(found: PublicPost, user: User, names: dict[int, str], today: dt.date) -> dict[str, Any]:
    return {
        "post": found, "unit": names[found.unit_id], "days": found.term_days_left(today),
        "holder": found.holder if found.unit_id == user.unit_id else "",
    }  # fmt: skip


def _facts(found: PublicPost, *, own: bool) -> list[dict[str, Any]]:
    """What the record says. The holder's name stays with the post's own unit."""
    told = [
        (_("类型"), found.get_type_display()),
        (_("届次"), found.term),
        (_("任职日期"), found.began_on.isoformat()),
        (_("届满日期"), found.term_ends_on and found.term_ends_on.isoformat()),
    ]
    if found.ended_on:
        told.append((_("离任日期"), found.ended_on.isoformat()))
    if own and found.is_open:
        told.append((_("任职人"), found.holder))
    told.append((_("公开来源"), found.source))
    return [{"label": label, "value": value} for label, value in told]


def _ended(request: HttpRequest, found: PublicPost) -> HttpResponse:
    messages.error(request, _("这条任职已经离任，不能再修改。"))
    return redirect(page_of(request, "post", found.pk))


def _conflict(request: HttpRequest, form: PostForm) -> HttpResponse:
    """Somebody else stored a version in between: show both, keep what was typed, let the writer decide."""
    stored = _own(request, form.instance.pk)
    with_new_version(form, stored.version)
    form.instance.ended_on = stored.ended_on  # nobody types it here
    context = {"form": form, "post": stored, "conflict": conflicts(stored, form.instance), "stored": stored}
    return render(request, "workplans/post_form.html", context, status=409)
