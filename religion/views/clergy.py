"""教职人员: numbers for everybody; names, where a unit has written down why, for those it permits, and every reading noted."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.cache import never_cache

from accounts import access
from accounts.models import AuditEvent, Role
from religion.forms.clergy import AssessmentForm, ClergyPostForm, ReadersForm
from religion.models import ClergyPost, ClergyReader, ImpactAssessment, Venue
from workplans.filters import query_of
from workplans.models import Conflict
from workplans.views.followed import conflicts, with_new_version
from workplans.views.frame import chosen_units

Action = AuditEvent.Action
SUBJECT = gettext_noop("教职名册")
LAST_READINGS = 20


@access.readers
def clergy(request: HttpRequest) -> HttpResponse:
    """How many clergy are registered at each venue, and when that was checked; never a name."""
    units = [unit for unit in chosen_units(request) if not unit.is_district]
    venues = list(Venue.objects.of_units(units).existing().select_related("unit").in_order())
    mine = not request.user.unit.is_district
    in_force = ImpactAssessment.objects.of_unit(request.user.unit_id).in_force().first() if mine else None
    may_read = mine and ClergyReader.objects.lets(request.user)
    context = {
        "venues": venues, "total": sum(each.clergy_count or 0 for each in venues), "many_units": len(units) > 1,
        "mine": mine, "in_force": in_force, "may_read": may_read, "may_rule": request.user.role == Role.SIGNER,
        "readings": _readings(request) if in_force and (may_read or request.user.role == Role.SIGNER) else [],
    }  # fmt: skip
    return render(request, "religion/clergy.html", context)


@access.roles(Role.SIGNER)
def assessment_new(request: HttpRequest) -> HttpResponse:
    """Turn the register of names on, by writing down why it is needed and how it is guarded."""
    new = ImpactAssessment(unit=request.user.unit, created_by=request.user)
    form = AssessmentForm(request.POST or None, instance=new, today=timezone.localdate())
    if form.is_valid():
        try:
            with transaction.atomic():
                new.enter()
                _note(request, Action.PERMIT, _("启用：%(document)s") % {"document": new.document})
        except IntegrityError:  # there is one in force
            messages.warning(request, _("教职名册已经启用。"))
        else:
            messages.success(request, _("影响评估已记录，教职名册已启用。请选择可以查看的人员。"))
        return _back(request)
    return render(request, "religion/clergy_assessment.html", {"form": form})


@access.roles(Role.SIGNER)
def assessment_end(request: HttpRequest) -> HttpResponse:
    """Turn it off; asked for on a page of its own."""
    found = ImpactAssessment.objects.of_unit(request.user.unit_id).in_force().first()
    if found is None:
        messages.warning(request, _("教职名册没有启用。"))
        return _back(request)
    if request.method == "POST":
        try:
            with transaction.atomic():
                found.end(timezone.localdate())
                _note(request, Action.PERMIT, _("停用"))
        except Conflict:
            messages.warning(request, _("教职名册没有启用。"))
        else:
            messages.success(request, _("教职名册已停用，姓名已全部删除，查看权限已全部收回。"))
        return _back(request)
    return render(request, "religion/clergy_end.html", {"assessment": found})


@access.roles(Role.SIGNER)
def clergy_readers(request: HttpRequest) -> HttpResponse:
    """Give the permission to read names to members of staff one by one, or take it back."""
    if not ImpactAssessment.objects.of_unit(request.user.unit_id).in_force().exists():
        messages.warning(request, _("教职名册没有启用。"))
        return _back(request)
    form = ReadersForm(request.POST if request.method == "POST" else None, by=request.user)
    if form.is_valid():
        given, taken = form.changes()
        with transaction.atomic():
            for user in given:
                ClergyReader.objects.grant(user, request.user)
                _note(request, Action.PERMIT, _("允许查看：%(name)s") % {"name": user.name})
            for user in taken:
                ClergyReader.objects.withdraw(user)
                _note(request, Action.PERMIT, _("收回查看：%(name)s") % {"name": user.name})
        messages.success(request, _("查看权限已保存。"))
        return _back(request)
    return render(request, "religion/clergy_readers.html", {"form": form})


View = Callable[..., HttpResponse]


def permitted(view: View) -> View:
    """Only those whom the signer has permitted, while the register is on; the others read why not."""

    @functools.wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not ClergyReader.objects.lets(request.user):
            return render(request, "religion/clergy_closed.html", status=403)
        return view(request, *args, **kwargs)

    return guarded


@access.readers
@never_cache
@permitted
def names(request: HttpRequest) -> HttpResponse:
    posts = list(ClergyPost.objects.of_unit(request.user.unit_id).select_related("venue").serving_first())
    _note(request, Action.NAMES, _("查看名册，%(count)d 条") % {"count": len(posts)})
    return render(request, "religion/clergy_names.html", {"posts": posts})


@access.readers
@never_cache
@permitted
def name_new(request: HttpRequest) -> HttpResponse:
    new = ClergyPost(unit=request.user.unit, created_by=request.user)
    form = ClergyPostForm(request.POST or None, instance=new, today=timezone.localdate())
    if form.is_valid():
        with transaction.atomic():
            entered = new.enter()
            _note(request, Action.NAMES, _("登记第 %(number)d 条") % {"number": entered.pk})
        messages.success(request, _("已登记。"))
        return redirect(reverse("clergy_names") + query_of(request))
    return render(request, "religion/clergy_name.html", {"form": form})


@access.readers
@never_cache
@permitted
def name_edit(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(ClergyPost.objects.of_unit(request.user.unit_id), pk=pk)
    _note(request, Action.NAMES, _("打开第 %(number)d 条") % {"number": pk})
    form = ClergyPostForm(request.POST or None, instance=found, today=timezone.localdate())
    if not form.is_valid():
        return render(request, "religion/clergy_name.html", {"form": form, "post": found})
    found.version = form.cleaned_data["version"] or 0
    try:
        with transaction.atomic():
            found.save_next()
            _note(request, Action.NAMES, _("修改第 %(number)d 条") % {"number": pk})
    except Conflict:
        stored = get_object_or_404(ClergyPost.objects.of_unit(request.user.unit_id), pk=pk)
        with_new_version(form, stored.version)
        context = {"form": form, "post": stored, "conflict": conflicts(stored, found), "stored": stored}
        return render(request, "religion/clergy_name.html", context, status=409)
    messages.success(request, _("已保存。"))
    return redirect(reverse("clergy_names") + query_of(request))


def _note(request: HttpRequest, action: str, detail: str) -> None:
    """Who did what to the register; which names, is never written down."""
    AuditEvent.objects.record(request.user, action, SUBJECT, detail)


def _readings(request: HttpRequest) -> list[AuditEvent]:
    events = AuditEvent.objects.of_unit(request.user.unit_id).about(Action.NAMES, Action.PERMIT)
    return list(events.select_related("user").newest_first()[:LAST_READINGS])


def _back(request: HttpRequest) -> HttpResponse:
    return redirect(reverse("clergy") + query_of(request))
