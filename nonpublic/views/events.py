"""What the page of a ledger row tells of its enterprises, its figures and the requests that came up."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from accounts.models import User
from nonpublic.models import AtEnterprise, Contribution, EnterpriseVisit, Request, ServiceEvent
from nonpublic.money import in_wan
from workplans.area import About
from workplans.models import Activity
from workplans.views.details import Fact, brought, columns_of


def about(row: Activity, user: User) -> About:
    links = AtEnterprise.objects.of_unit(row.unit_id).of_rows(row).select_related("enterprise").order_by("pk")
    enterprises = [link.enterprise for link in links]
    context: dict[str, Any] = {"enterprises": enterprises if len(enterprises) > 1 else []}
    if row.kind in ("enterprise_visit", "enterprise_request"):
        context |= brought(Request, Request.objects.of_row(row))
    facts = []
    if len(enterprises) == 1:
        facts.append({"label": _("企业"), "value": enterprises[0].name, "url": enterprises[0].get_absolute_url()})
    return About(facts + _facts(row), "nonpublic/about_event.html", context)


def _facts(row: Activity) -> list[Fact]:
    """The columns that rows of this kind have besides."""
    match row.kind:
        case "enterprise_visit":
            return columns_of(EnterpriseVisit.objects.of_row(row), ("form", "leader_post"))
        case "contribution" | "poverty_relief":
            return _of_contribution(Contribution.objects.of_row(row))
    return _of_service(ServiceEvent.objects.of_row(row))


def _of_contribution(told: Contribution | None) -> list[Fact]:
    if told is None:
        return []
    facts = columns_of(told, ("programme", "form"))
    if told.amount:
        facts.append({"label": _("金额"), "value": _("%(amount)s万元") % {"amount": in_wan(told.amount)}})
    if told.withheld:
        facts.append({"label": _("捐赠企业"), "value": _("不愿公开，未保存")})
    return facts


def _of_service(told: ServiceEvent | None) -> list[Fact]:
    facts = []
    if told and told.enterprises:
        facts.append({"label": _("参加企业"), "value": _("%(number)d家") % {"number": told.enterprises}})
    if told and told.signed:
        facts.append({"label": _("签约金额"), "value": _("%(amount)s万元") % {"amount": in_wan(told.signed)}})
    return facts
