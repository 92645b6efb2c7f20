"""企业: the register, and the page of an enterprise with what is open there and its life in time order."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts import access
from accounts.models import Unit, Village
from nonpublic.forms.enterprises import CloseForm, EnterpriseFilter, EnterpriseForm
from nonpublic.life import life_of
from nonpublic.models import AtEnterprise, Enterprise, Request
from workplans.area import area
from workplans.models import Conflict
from workplans.versions import Change
from workplans.views.followed import (
    conflicts,
    marks,
    may_write,
    page_of,
    unit_choices,
    versions,
    with_new_version,
    without,
)
from workplans.views.frame import chosen_period, chosen_units
from workplans.views.life import life_context

VISIT = "enterprise_visit"


@access.readers
@require_safe
def enterprises(request: HttpRequest) -> HttpResponse:
    """The register as it stands today, whatever the period; the closed ones last."""
    units = chosen_units(request)
    form = EnterpriseFilter(request.GET, units=unit_choices(request.user), villages=_village_choices(units))
    active = marks(form, request)
    found = Enterprise.objects.of_units(units).matching(**form.chosen).holding(form.cleaned_data.get("words", ""))
    rows = _rows(list(found.select_related("village").in_order()), units)
    context = {
        "form": form, "active": active, "clear_url": f"?{without(request, *form.fields)}", "rows": rows,
        "many_units": len(units) > 1, "new_url": f"{reverse('enterprise_new')}?period={chosen_period(request).code}",
        "total": _("共 %(number)d 家") % {"number": len(rows)} if rows else "",
    }  # fmt: skip
    return render(request, "nonpublic/enterprises.html", context)


@access.writers
def enterprise_new(request: HttpRequest) -> HttpResponse:
    new = Enterprise(unit=request.user.unit, created_by=request.user)
    form = EnterpriseForm(request.POST or None, instance=new, today=timezone.localdate())
    if form.is_valid():
        try:
            entered = new.enter()
        except IntegrityError:  # a colleague entered the same name at this very moment
            form.tell_namesake()
        else:
            messages.success(request, _("已登记企业：%(name)s。") % {"name": entered.name})
            return redirect(page_of(request, "enterprise", entered.pk))
    return render(request, "nonpublic/enterprise_form.html", {"form": form})


@access.readers
@require_safe
def enterprise(request: HttpRequest, pk: int) -> HttpResponse:
    """All about an enterprise; ?after= is a place in its life, whose older part is shown then."""
    rows = Enterprise.objects.visible_to(request.user).select_related("unit", "village")
    return render(request, "nonpublic/enterprise.html", _about(request, get_object_or_404(rows, pk=pk)))


@access.writers
def enterprise_edit(request: HttpRequest, pk: int) -> HttpResponse:
    found = _own(request, pk)
    if not found.is_open:
        messages.error(request, _("这家企业已停业或注销，不能再修改。确实还在营业的，请先恢复在营。"))
        return redirect(page_of(request, "enterprise", pk))
    form = EnterpriseForm(request.POST or None, instance=found, today=timezone.localdate())
    if form.is_valid():
        found.version = form.cleaned_data["version"] or 0
        try:
            found.rewrite()
        except Conflict:
            return _conflict(request, form)
        except IntegrityError:
            form.tell_namesake()
        else:
            messages.success(request, _("已保存。"))
            return redirect(page_of(request, "enterprise", pk))
    return render(request, "nonpublic/enterprise_form.html", {"form": form, "enterprise": _own(request, pk)})


@access.writers
def enterprise_close(request: HttpRequest, pk: int) -> HttpResponse:
    """停业、注销: from a day on it is counted no more; its page and its past stay."""
    found = _own(request, pk)
    if not found.is_open:
        messages.warning(request, _("这家企业已经停业或注销。"))
        return redirect(page_of(request, "enterprise", pk))
    form, status = CloseForm(request.POST or None, enterprise=found, today=timezone.localdate()), 200
    if form.is_valid():
        data = form.cleaned_data
        found.version = data["version"] or 0
        try:
            found.close(data["state"], day=data["day"], note=data["note"])
        except Conflict:
            found, status = _own(request, pk), 409
            with_new_version(form, found.version)
            messages.warning(request, _("您打开本页后，这家企业的登记有改动。请核对后再保存一次。"))
        else:
            messages.success(request, _("已登记：%(state)s。") % {"state": found.get_state_display()})
            return redirect(page_of(request, "enterprise", pk))
    open_ = Request.objects.at(found).open().count()
    context = {"form": form, "enterprise": found, "open": open_}
    return render(request, "nonpublic/enterprise_close.html", context, status=status)


@access.writers
@require_POST
def enterprise_reopen(request: HttpRequest, pk: int) -> HttpResponse:
    """Back to work, or closed by mistake."""
    found = _own(request, pk)
    try:
        found.reopen()
    except Conflict:
        messages.warning(request, _("这家企业现在就是在营状态。"))
    else:
        messages.success(request, _("已恢复在营。"))
    return redirect(page_of(request, "enterprise", pk))


def _own(request: HttpRequest, pk: int) -> Enterprise:
    """The enterprise as it is stored."""
    return get_object_or_404(Enterprise.objects.visible_to(request.user), pk=pk)


# ── The list ──


def _village_choices(units: list[Unit]) -> list[tuple[str, str]]:
    """The villages of the one unit the list is about; of several units there would be too many."""
    if len(units) != 1:
        return []
    return [(str(each.pk), each.name) for each in Village.objects.of_units(units).in_order()]


def _rows(found: list[Enterprise], units: list[Unit]) -> list[dict[str, Any]]:
    names = {unit.pk: unit.name for unit in units}
    requests = Request.objects.of_units(units).open_by_enterprise()
    days = AtEnterprise.objects.of_units(units).last_days(VISIT)
    return [
        {"enterprise": each, "unit": names[each.unit_id], "open": requests.get(each.pk, 0), "visit": days.get(each.pk)}
        for each in found
    ]


# ── The form ──


def _conflict(request: HttpRequest, form: EnterpriseForm) -> HttpResponse:
    """Somebody else stored a version in between: show both, keep what was typed, let the writer decide."""
    typed, stored = form.instance, _own(request, form.instance.pk)
    with_new_version(form, stored.version)
    typed.state, typed.until, typed.state_note = stored.state, stored.until, stored.state_note  # not typed here
    differing = conflicts(stored, typed)
    if stored.village_id != typed.village_id:
        differing.append(Change(_("村（社区）"), str(stored.village or _("（空）")), str(typed.village or _("（空）"))))
    context = {"form": form, "enterprise": stored, "conflict": differing, "stored": stored}
    return render(request, "nonpublic/enterprise_form.html", context, status=409)


# ── One enterprise ──


def _about(request: HttpRequest, found: Enterprise) -> dict[str, Any]:
    today, writes = timezone.localdate(), may_write(request.user, found)
    own = request.user.unit_id == found.unit_id
    last = found.last_visit() if writes else None
    kept = {"period": chosen_period(request).code, "enterprise": found.pk}
    matters = [
        {"matter": each, "word": each.get_kind_display(), "late": each.is_late(today), "age": each.age(today),
         "url": each.get_absolute_url()}
        for each in Request.objects.at(found).open().most_pressing_first()
    ]  # fmt: skip
    return {
        "enterprise": found, "facts": _facts(found), "may_write": writes,
        "may_reopen": own and request.user.may_record and not found.is_open,
        "record_url": f"{reverse('record')}?{urlencode({**kept, 'kind': VISIT})}",
        "last_visit": last,
        "again_url": f"{reverse('record')}?{urlencode({**kept, 'copy': last.pk})}" if last else "",
        "kinds": [each for each in area("nonpublic").kinds if each.code == "enterprise_request"] if writes else [],
        "matters": sorted(matters, key=lambda line: not line["late"]),
        **life_context(request, lambda before: life_of(found, before)),
        "versions": versions(found) if own else [],
    }  # fmt: skip


def _facts(found: Enterprise) -> list[dict[str, Any]]:
    told = [
        (_("统一社会信用代码"), found.credit_code),
        (_("行业"), found.trade),
        (_("所在"), " ".join(filter(None, [found.village and found.village.name, found.park]))),
        (_("从业人员"), found.get_staff_band_display()),
        (_("规模以上"), _("是") if found.above_scale else _("否")),
        (_("党组织"), found.get_party_body_display()),
        (_("商会会员"), _("是") if found.is_member else _("否")),
        (_("办公电话"), found.office_phone),
        (_("纳入日期"), found.since.isoformat()),
    ]
    if found.until:
        told += [(_("退出日期"), found.until.isoformat()), (_("停业或注销的情况"), found.state_note)]
    return [{"label": label, "value": value} for label, value in told]
