"""季度研判: the note of a quarter as a page and as a PDF, and its link on the page of a review's row."""

from __future__ import annotations

import io
from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts import access
from accounts.models import AuditEvent, Unit, User
from workplans import quarterly as note
from workplans.area import About
from workplans.document import refuse_unprintable, render_pdf
from workplans.models import Activity, Period, Span
from workplans.paper import PaperRefused, blocks_of
from workplans.resolve import segments

from .frame import chosen_period, chosen_units


@access.readers
@require_safe
def quarterly(request: HttpRequest) -> HttpResponse:
    """The note of a town's quarter as it would be printed now, each figure a link to its rows."""
    quarter, towns = _quarter(request), _towns(request)
    if not towns:
        return render(request, "workplans/quarterly.html", {"quarter": quarter})
    unit = towns[0]
    lines = note.lines(unit, quarter)
    try:
        blocks, refusal = blocks_of(segments(lines)), ""
    except PaperRefused as error:
        blocks, refusal = (), str(error)
    context = {
        "unit": unit, "quarter": quarter, "blocks": blocks, "refusal": refusal, "title": note.title(unit, quarter),
        "summary": {"period": quarter, "unit_id": unit.pk, "unit": unit},  # for the links of section_blocks.html
        "towns": towns if len(towns) > 1 else [], "day": timezone.localdate(), "pdf_url": _address("quarterly_pdf", quarter, unit, request.user),
        "quarters": [(each, _address("quarterly", each, unit, request.user)) for each in (quarter.before, quarter.after)],
        "record_url": f"{reverse('record')}?{urlencode({'period': quarter.code, 'kind': note.REVIEW})}",
    }  # fmt: skip
    return render(request, "workplans/quarterly.html", context)


@access.readers
@require_safe
def quarterly_pdf(request: HttpRequest) -> HttpResponse:
    quarter, towns = _quarter(request), _towns(request)
    if not towns:
        raise Http404
    try:
        paper = note.paper(towns[0], quarter, timezone.localdate())
        refuse_unprintable("".join([paper.title, *(block.text for block in paper.blocks), paper.signature]))
        pdf = render_pdf(paper)
    except PaperRefused as refusal:
        messages.error(request, _("现在还不能生成 PDF：%(why)s") % {"why": refusal})
        return redirect(_address("quarterly", quarter, towns[0], request.user))
    name = f"{paper.title}.pdf"
    AuditEvent.objects.record(request.user, AuditEvent.Action.EXPORT, paper.title, name)
    return FileResponse(io.BytesIO(pdf), filename=name, content_type="application/pdf")


def about(row: Activity, user: User) -> About:
    """The note that a review's row belongs to."""
    quarter = note.quarter_of(row.date)
    value = _("%(quarter)s研判材料") % {"quarter": quarter.name}
    return About([{"label": _("材料"), "value": value, "url": _address("quarterly", quarter, row.unit, user)}])


def _quarter(request: HttpRequest) -> Period:
    """The quarter of the address; of a longer stretch its last quarter that has begun, of a month its own."""
    period, today = chosen_period(request), timezone.localdate()
    quarters = sorted({Period.of(month.first_day, Span.QUARTER) for month in period.months})
    return next((each for each in reversed(quarters) if each.first_day <= today), quarters[0])


def _towns(request: HttpRequest) -> list[Unit]:
    return [unit for unit in chosen_units(request) if not unit.is_district]


def _address(page: str, quarter: Period, unit: Unit, user: User) -> str:
    parameters: dict[str, Any] = {"period": quarter.code}
    if unit.pk != user.unit_id:
        parameters["unit"] = unit.code
    return f"{reverse(page)}?{urlencode(parameters)}"
