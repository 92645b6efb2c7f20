"""三单: what enterprises need, what is suggested, who is responsible; on a page, and to be printed."""

from __future__ import annotations

import io

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts import access
from accounts.models import AuditEvent, Unit
from nonpublic import papers
from nonpublic.models import Request
from workplans.models import Period
from workplans.paper import PaperRefused
from workplans.views.followed import without
from workplans.views.frame import chosen_period, chosen_units


@access.readers
@require_safe
def request_lists(request: HttpRequest) -> HttpResponse:
    """The requests of a town that were open at some time of the period, in three lists under one numbering."""
    unit, towns = _town(request)
    found = _requests(unit, chosen_period(request))
    context = {
        "unit": unit, "towns": towns, "requests": list(enumerate(found, start=1)),
        "pdf_url": f"{reverse('request_lists_pdf')}?{without(request)}",
    }  # fmt: skip
    return render(request, "nonpublic/request_lists.html", context)


@access.readers
@require_safe
def request_lists_pdf(request: HttpRequest) -> HttpResponse:
    """The three lists, to be looked at and printed from the browser."""
    (unit, _towns), period = _town(request), chosen_period(request)
    try:
        pdf = papers.lists_pdf(unit, period, _requests(unit, period))
    except PaperRefused as refusal:
        messages.error(request, _("现在还不能生成 PDF：%(why)s") % {"why": refusal})
        return redirect(f"{reverse('request_lists')}?{without(request)}")
    name = f"企业诉求三单{period.code}.pdf"
    AuditEvent.objects.record(request.user, AuditEvent.Action.EXPORT, unit.name, name)
    return FileResponse(io.BytesIO(pdf), filename=name, content_type="application/pdf")


def _town(request: HttpRequest) -> tuple[Unit, list[Unit]]:
    """The town the lists are about, and those that may be chosen."""
    towns = [unit for unit in chosen_units(request) if not unit.is_district]
    if not towns:
        raise Http404
    return towns[0], towns


def _requests(unit: Unit, period: Period) -> list[Request]:
    found = Request.objects.of_unit(unit).in_period(period).standing().select_related("enterprise")
    return list(found.order_by("opened_on", "pk"))
