"""管理: units, villages, users and the record of who did what, for the administrator of a district or a town."""

from __future__ import annotations

import re
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.cache import never_cache

from accounts import access
from accounts.forms import UnitForm, UserForm, VillageForm
from accounts.models import AuditEvent, Role, Unit, User, Village
from accounts.paging import Key, page_of

Action = AuditEvent.Action
AUDIT_PAGE = 50


@access.roles(Role.ADMINISTRATOR)
def manage(request: HttpRequest) -> HttpResponse:
    units = Unit.objects.visible_to(request.user).with_counts().district_first()
    return render(request, "accounts/manage.html", {"tabs": _tabs("manage"), "units": units})


@access.roles(Role.ADMINISTRATOR)
def users(request: HttpRequest) -> HttpResponse:
    people, unit = User.objects.visible_to(request.user), _named_unit(request)
    if unit:
        people = people.of_unit(unit)
    context = {"tabs": _tabs("users"), "users": people.select_related("unit").in_order(), "unit": unit}
    return render(request, "accounts/users.html", context)


@access.roles(Role.ADMINISTRATOR)
def villages(request: HttpRequest) -> HttpResponse:
    rows, unit = Village.objects.visible_to(request.user), _named_unit(request)
    if unit:
        rows = rows.of_unit(unit)
    context = {"tabs": _tabs("villages"), "villages": rows.select_related("unit").in_order(), "unit": unit}
    return render(request, "accounts/villages.html", context)


@access.roles(Role.ADMINISTRATOR)
def unit_new(request: HttpRequest) -> HttpResponse:
    district = request.user.unit
    if not district.is_district:
        raise PermissionDenied
    form = UnitForm(request.POST or None, instance=Unit.below(district), by=request.user)
    if form.is_valid():
        with transaction.atomic():
            unit = form.save()
            AuditEvent.objects.record(request.user, Action.UNIT, unit.name, "新建单位")
        messages.success(request, _("已新建单位：%(name)s。请为它添加用户和村（社区）。") % {"name": unit.name})
        return redirect("manage")
    return _form_page(request, form, title=_("新建乡镇（街道）"), back=reverse("manage"))


@access.roles(Role.ADMINISTRATOR)
def unit_edit(request: HttpRequest, code: str) -> HttpResponse:
    unit = get_object_or_404(Unit.objects.visible_to(request.user), code=code)
    form = UnitForm(request.POST or None, instance=unit, by=request.user)
    if form.is_valid():
        _store(request, form, Action.UNIT, unit.name)
        return redirect("manage")
    return _form_page(request, form, title=_("单位设置：%(name)s") % {"name": unit.name}, back=reverse("manage"))


@access.roles(Role.ADMINISTRATOR)
def village_new(request: HttpRequest) -> HttpResponse:
    form = VillageForm(request.POST or None, initial={"unit": _named_unit(request)}, by=request.user)
    if form.is_valid():
        with transaction.atomic():
            village = form.save()
            AuditEvent.objects.record(request.user, Action.UNIT, village.name, f"新建村（社区），属{village.unit}")
        messages.success(request, _("已添加：%(name)s。") % {"name": village.name})
        again = "again" in request.POST
        return redirect(f"{reverse('village_new' if again else 'villages')}?unit={village.unit.code}")
    again = _("保存并再添加一个")
    return _form_page(request, form, title=_("添加村（社区）"), back=reverse("villages"), again=again)


@access.roles(Role.ADMINISTRATOR)
def village_edit(request: HttpRequest, pk: int) -> HttpResponse:
    village = get_object_or_404(Village.objects.visible_to(request.user), pk=pk)
    form = VillageForm(request.POST or None, instance=village, by=request.user)
    if form.is_valid():
        _store(request, form, Action.UNIT, village.name)
        return redirect("villages")
    title = _("修改村（社区）：%(name)s") % {"name": village.name}
    return _form_page(request, form, title=title, back=reverse("villages"))


@access.roles(Role.ADMINISTRATOR)
@never_cache
def user_new(request: HttpRequest) -> HttpResponse:
    form = UserForm(request.POST or None, initial={"unit": _named_unit(request)}, by=request.user)
    if form.is_valid():
        user = form.save(commit=False)
        detail = format_lazy("新建用户，{}，{}", user.unit.name, Role(user.role).label)
        with transaction.atomic():
            password = user.issue_password()
            AuditEvent.objects.record(request.user, Action.ACCOUNT, user.username, detail)
        context = {"person": user, "password": password, "is_new": True}
        return render(request, "accounts/one_time_password.html", context)
    return _form_page(request, form, title=_("添加用户"), back=reverse("users"), submit=_("添加并生成一次性密码"))


@access.roles(Role.ADMINISTRATOR)
def user_edit(request: HttpRequest, pk: int) -> HttpResponse:
    person = get_object_or_404(User.objects.visible_to(request.user).select_related("unit"), pk=pk)
    form = UserForm(request.POST or None, instance=person, by=request.user)
    if form.is_valid():
        _store(request, form, Action.ACCOUNT, person.username)
        return redirect("users")
    title = _("修改用户：%(name)s") % {"name": person.name}
    return _form_page(request, form, title=title, back=reverse("users"), person=person)


@access.roles(Role.ADMINISTRATOR)
@never_cache
def user_password(request: HttpRequest, pk: int) -> HttpResponse:
    person = get_object_or_404(User.objects.visible_to(request.user).select_related("unit"), pk=pk)
    if person == request.user:
        return redirect("password_change")
    if request.method != "POST":
        return render(request, "accounts/user_password.html", {"person": person})
    with transaction.atomic():
        password = person.issue_password()
        AuditEvent.objects.record(request.user, Action.ACCOUNT, person.username, "重新设置一次性密码")
    return render(request, "accounts/one_time_password.html", {"person": person, "password": password})


@access.roles(Role.ADMINISTRATOR)
def audit(request: HttpRequest) -> HttpResponse:
    events = AuditEvent.objects.visible_to(request.user)
    before, after = _key(request, "before", events), _key(request, "after", events)
    rows, has_newer, has_older = page_of(
        events.select_related("user", "unit"), "at", AUDIT_PAGE, older_than=before, newer_than=after
    )
    context = {
        "tabs": _tabs("audit"),
        "events": rows,
        "newer_url": f"?after={rows[0].pk}" if has_newer else "",
        "older_url": f"?before={rows[-1].pk}" if has_older else "",
    }
    return render(request, "accounts/audit.html", context)


def _key(request: HttpRequest, name: str, events: Any) -> Key | None:
    """The place of the event in the address that the wanted page begins or ends at."""
    pk = request.GET.get(name, "")
    if not re.fullmatch(r"\d{0,18}", pk, re.ASCII):
        raise Http404
    return get_object_or_404(events.values_list("at", "pk"), pk=pk) if pk else None


def _store(request: HttpRequest, form: Any, action: str, subject: str) -> None:
    if form.has_changed():
        with transaction.atomic():
            form.save()
            AuditEvent.objects.record(request.user, action, subject, form.changes)
    messages.success(request, _("已保存：%(name)s。") % {"name": subject})


def _form_page(request: HttpRequest, form: Any, **context: Any) -> HttpResponse:
    return render(request, "accounts/manage_form.html", {"form": form, **context})


def _named_unit(request: HttpRequest) -> Unit | None:
    """The unit in the address, if one is named there."""
    code = request.GET.get("unit")
    if not code:
        return None
    for unit in Unit.objects.visible_to(request.user):  # compared here, for PostgreSQL refuses to look for NUL
        if unit.code == code:
            return unit
    raise Http404


def _tabs(active: str) -> list[dict[str, Any]]:
    labels = {
        "manage": pgettext("several", "单位"),
        "users": pgettext("several", "用户"),
        "villages": pgettext("several", "村（社区）"),
        "audit": _("操作记录"),
    }
    return [{"label": label, "url": reverse(name), "active": name == active} for name, label in labels.items()]
