"""会员, 职务, 四好自评: what a chamber keeps once it has members."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts import access
from chamber.forms.members import EndForm, MembershipForm, OfficerForm, RatingForm
from chamber.models import Chamber, Membership, Officer, SelfRating
from workplans.models import Conflict
from workplans.views.followed import conflicts, page_of, with_new_version


@access.readers
@require_safe
def members(request: HttpRequest, pk: int) -> HttpResponse:
    chamber = _chamber(request, pk)
    rows = list(chamber.memberships.select_related("enterprise").in_order())
    standing = [row for row in rows if row.left_on is None]
    context = {
        "chamber": chamber, "standing": standing, "left": [row for row in rows if row.left_on is not None],
        "may_write": _may_write(request, chamber),
    }  # fmt: skip
    return render(request, "chamber/members.html", context)


@access.writers
def member_new(request: HttpRequest, pk: int) -> HttpResponse:
    chamber = _chamber(request, pk)
    if not chamber.is_open:
        return _over(request, chamber)
    new = Membership(unit=chamber.unit, chamber=chamber, created_by=request.user)
    form = MembershipForm(request.POST or None, instance=new, today=timezone.localdate())
    if form.is_valid():
        try:
            entered = new.enter()
        except IntegrityError:  # a colleague entered it at this very moment
            form.add_error("enterprise", _("这家企业已经是会员。"))
        else:
            messages.success(request, _("已登记会员：%(name)s。") % {"name": entered})
            return redirect(page_of(request, "members", pk))
    return _form_page(request, chamber, form, title=_("登记会员"), back="members")


@access.writers
def member_leave(request: HttpRequest, pk: int) -> HttpResponse:
    rows = Membership.objects.visible_to(request.user).select_related("chamber", "enterprise")
    found = get_object_or_404(rows, pk=pk)
    if found.left_on:
        messages.error(request, _("它已经退会。"))
        return redirect(page_of(request, "members", found.chamber_id))
    form = _end_form(request, found, found.joined_on)
    form.fields["day"].label = _("退会日期")
    if form.is_valid() and _ended(request, found, form, found.leave):
        return redirect(page_of(request, "members", found.chamber_id))
    title = _("登记退会：%(name)s") % {"name": found}
    return _form_page(request, found.chamber, form, title=title, back="members", submit=_("登记退会"))


@access.writers
def officer_new(request: HttpRequest, pk: int) -> HttpResponse:
    chamber = _chamber(request, pk)
    if not chamber.is_open:
        return _over(request, chamber)
    new = Officer(unit=chamber.unit, chamber=chamber, term=chamber.term or 1, created_by=request.user)
    form = OfficerForm(request.POST or None, instance=new, today=timezone.localdate())
    if form.is_valid():
        new.enter()
        messages.success(request, _("已登记职务。"))
        return redirect(page_of(request, "chamber", pk))
    return _form_page(request, chamber, form, title=_("登记职务"))


@access.writers
def officer_edit(request: HttpRequest, pk: int) -> HttpResponse:
    found = _officer(request, pk)
    if not found.is_open:
        return _left(request, found)
    form = OfficerForm(request.POST or None, instance=found, today=timezone.localdate())
    more: dict[str, Any] = {}
    if form.is_valid():
        found.version = form.cleaned_data["version"]
        try:
            found.rewrite()
        except Conflict:
            stored = _officer(request, pk)
            if not stored.is_open:
                return _left(request, stored)
            more = _both(form, stored)
        else:
            messages.success(request, _("已保存。"))
            return redirect(page_of(request, "chamber", found.chamber_id))
    return _form_page(request, found.chamber, form, title=_("修改职务"), **more)


@access.writers
def officer_end(request: HttpRequest, pk: int) -> HttpResponse:
    found = _officer(request, pk)
    if not found.is_open:
        return _left(request, found)
    form = _end_form(request, found, found.since)
    form.fields["day"].label = _("离任日期")
    form.fields["day"].help_text = _("职务和任期留作记录，姓名随即删去。")
    if form.is_valid() and _ended(request, found, form, found.end):
        return redirect(page_of(request, "chamber", found.chamber_id))
    title = _("登记离任：%(post)s") % {"post": found}
    return _form_page(request, found.chamber, form, title=title, submit=_("登记离任"))


@access.writers
def rating_new(request: HttpRequest, pk: int) -> HttpResponse:
    chamber = _chamber(request, pk)
    if not chamber.is_open:
        return _over(request, chamber)
    return _rate(request, SelfRating(unit=chamber.unit, chamber=chamber, created_by=request.user), _("四好商会自评"))


@access.writers
def rating_edit(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(SelfRating.objects.visible_to(request.user).select_related("chamber"), pk=pk)
    return _rate(request, found, str(found))


def _rate(request: HttpRequest, rating: SelfRating, title: str) -> HttpResponse:
    form, more = RatingForm(request.POST or None, instance=rating, today=timezone.localdate()), {}
    if form.is_valid():
        try:
            _store_rating(rating, form.cleaned_data["version"])
        except IntegrityError:
            form.add_error("year", _("这一年已有自评，请修改原来的。"))
        except Conflict:
            more = _both(form, SelfRating.objects.visible_to(request.user).get(pk=rating.pk))
        else:
            messages.success(request, _("已保存。"))
            return redirect(page_of(request, "chamber", rating.chamber_id))
    return _form_page(request, rating.chamber, form, title=title, **more)


def _store_rating(rating: SelfRating, version: int) -> None:
    if rating.pk is None:
        rating.save()
        return
    rating.version = version
    rating.rewrite()


# ── what they share ──


def _chamber(request: HttpRequest, pk: int) -> Chamber:
    return get_object_or_404(Chamber.objects.visible_to(request.user).select_related("unit"), pk=pk)


def _officer(request: HttpRequest, pk: int) -> Officer:
    rows = Officer.objects.visible_to(request.user).select_related("chamber", "unit")
    return get_object_or_404(rows, pk=pk)


def _may_write(request: HttpRequest, chamber: Chamber) -> bool:
    return request.user.may_record and request.user.unit_id == chamber.unit_id and chamber.is_open


def _over(request: HttpRequest, chamber: Chamber) -> HttpResponse:
    messages.error(request, _("这个商会已注销，不再登记。"))
    return redirect(page_of(request, "chamber", chamber.pk))


def _left(request: HttpRequest, found: Officer) -> HttpResponse:
    messages.error(request, _("这项职务已经离任，不能再改。"))
    return redirect(page_of(request, "chamber", found.chamber_id))


def _end_form(request: HttpRequest, row: Any, since: Any) -> EndForm:
    initial = {"version": row.version}
    return EndForm(request.POST or None, initial=initial, since=since, today=timezone.localdate())


def _ended(request: HttpRequest, row: Any, form: EndForm, end: Any) -> bool:
    """End it over the version that was seen; tell when somebody else was quicker."""
    row.version = form.cleaned_data["version"]
    try:
        end(form.cleaned_data["day"])
    except Conflict:
        messages.warning(request, _("刚刚有人更新过，请看过最新情况再办。"))
    else:
        messages.success(request, _("已登记。"))
    return True


def _both(form: Any, stored: Any) -> dict[str, Any]:
    """Somebody else stored a version in between: show both, keep what was typed, let the writer decide."""
    with_new_version(form, stored.version)
    return {"stored": stored, "conflict": conflicts(stored, form.instance), "submit": _("仍按我填写的保存")}


def _form_page(
    request: HttpRequest, chamber: Chamber, form: Any, *, title: str, back: str = "chamber", submit: str = "",
    **more: Any,
) -> HttpResponse:  # fmt: skip
    back_url = page_of(request, back, chamber.pk)
    context = {
        "chamber": chamber, "form": form, "title": title, "back_url": back_url, "submit": submit or _("保存"),
        **more,
    }  # fmt: skip
    return render(request, "chamber/form.html", context, status=409 if more else 200)


def officers_of(chamber: Chamber, *, names: bool) -> list[dict[str, Any]]:
    """The posts, term by term; names only inside the chamber's own unit."""
    rows = chamber.officers.select_related("enterprise").in_order()
    return [{"officer": each, "name": each.name if names else "", "in_office": each.is_open} for each in rows]
