"""本地规定: what differs by province, and the folk sites that stand otherwise than it says."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts import access
from accounts.models import Role, Unit
from religion.forms.rules import LocalRulesForm
from religion.models import LocalRules, RegisterLevel, Venue
from workplans.models import Conflict
from workplans.views.followed import conflicts, with_new_version
from workplans.views.frame import chosen_period, chosen_units


@access.readers
def local_rules(request: HttpRequest) -> HttpResponse:
    """The rules of a town, which its reviewer sets; a district reads those of its towns."""
    may_set = request.user.role == Role.REVIEWER
    if request.method == "POST" and not may_set:
        raise PermissionDenied
    form = _form(request) if may_set else None
    if form and form.is_valid():
        rules = form.instance
        rules.version = form.cleaned_data["version"]
        try:
            rules.rewrite()
        except Conflict:
            return _conflict(request, form)
        messages.success(request, _("已保存本地规定。"))
        return redirect(f"{reverse('local_rules')}?period={chosen_period(request).code}")
    return render(request, "religion/local_rules.html", _context(request, form))


def _form(request: HttpRequest) -> LocalRulesForm:
    return LocalRulesForm(request.POST or None, instance=LocalRules.objects.for_unit(request.user.unit_id))


def _conflict(request: HttpRequest, form: LocalRulesForm) -> HttpResponse:
    """Somebody else set the rules in between: show both, keep what was typed, let the writer decide."""
    stored = LocalRules.objects.for_unit(request.user.unit_id)
    with_new_version(form, stored.version)
    context = {**_context(request, form), "conflict": conflicts(stored, form.instance), "met": True}
    return render(request, "religion/local_rules.html", context, status=409)


def _context(request: HttpRequest, form: LocalRulesForm | None) -> dict[str, Any]:
    units = [unit for unit in chosen_units(request) if not unit.is_district]
    return {"form": form, "towns": _towns(units), "many_units": len(units) > 1}


def _towns(units: list[Unit]) -> list[dict[str, Any]]:
    """Each town's rules as they are stored, and its folk sites beside them. Two queries."""
    stored = {rules.unit_id: rules for rules in LocalRules.objects.of_units(units)}
    sites = list(Venue.objects.of_units(units).existing().folk().in_order())
    return [
        _town(unit, stored.get(unit.pk) or LocalRules(unit_id=unit.pk), [s for s in sites if s.unit_id == unit.pk])
        for unit in units
    ]


def _town(unit: Unit, rules: LocalRules, sites: list[Venue]) -> dict[str, Any]:
    return {
        "unit": unit, "rules": rules, "thresholds": rules.in_words(),
        "misplaced": [
            {"venue": site, "due": RegisterLevel(due).label} for site in sites if (due := rules.misplaces(site))
        ],
        "unmeasured": [site for site in sites if site.building_area is None] if rules.in_words() else [],
    }  # fmt: skip
