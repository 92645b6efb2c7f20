"""月报表, 年度总结: composed from the ledger as it stands, for reading and to take along."""

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
from accounts.models import AuditEvent, Unit
from workplans.models import Period, Span
from workplans.paper import PaperRefused
from workplans.reports import REPORTS, Report
from workplans.word import docx_of, text_of

from .forms_of_paper import WORD
from .frame import chosen_period, chosen_units


@access.readers
@require_safe
def report(request: HttpRequest, code: str) -> HttpResponse:
    found, period, towns = _asked(request, code)
    if not towns:
        return render(request, "workplans/report_none.html", {"report": found})
    unit = towns[0]
    context = {
        "report": found, "unit": unit, "of": period, "title": found.title(unit, period), "day": timezone.localdate(),
        "summary": {"period": period, "unit_id": unit.pk, "unit": unit},  # for the links of section_blocks.html
        "towns": towns if len(towns) > 1 else [],
        "beside": [(each, _address(request, "report", found, each, unit)) for each in (period.before, period.after)],
        "files": [(name, _address(request, f"report_{form}", found, period, unit)) for form, name in _forms(found)],
        **found.facts(found, unit, period),
    }  # fmt: skip
    return render(request, found.template, context)


@access.readers
@require_safe
def report_pdf(request: HttpRequest, code: str) -> HttpResponse:
    return _file(request, code, "pdf")


@access.readers
@require_safe
def report_word(request: HttpRequest, code: str) -> HttpResponse:
    return _file(request, code, "word")


@access.readers
@require_safe
def report_text(request: HttpRequest, code: str) -> HttpResponse:
    return _file(request, code, "text")


def _forms(found: Report) -> list[tuple[str, str]]:
    """What it may be taken along as: a printed form is a PDF alone."""
    return [("pdf", "PDF")] if found.form else [("text", _("文字")), ("word", "Word"), ("pdf", "PDF")]


def _file(request: HttpRequest, code: str, form: str) -> HttpResponse:
    found, period, towns = _asked(request, code)
    if not towns or form not in dict(_forms(found)):
        raise Http404
    unit, day = towns[0], timezone.localdate()
    try:
        content, ending, content_type = {
            "pdf": lambda: (found.pdf(unit, period, day), ".pdf", "application/pdf"),
            "word": lambda: (docx_of(found.paper(unit, period, day)), ".docx", WORD),
            "text": lambda: (text_of(found.paper(unit, period, day)).encode(), ".txt", "text/plain; charset=utf-8"),
        }[form]()
    except PaperRefused as refusal:
        messages.error(request, _("现在还不能生成文件：%(why)s") % {"why": refusal})
        return redirect(_address(request, "report", found, period, unit))
    name = found.title(unit, period) + ending
    AuditEvent.objects.record(request.user, AuditEvent.Action.EXPORT, found.title(unit, period), name)
    return FileResponse(io.BytesIO(content), as_attachment=True, filename=name, content_type=content_type)


def _asked(request: HttpRequest, code: str) -> tuple[Report, Period, list[Unit]]:
    """The report, its period, and the towns it may be of, the one it is of first."""
    if code not in REPORTS:
        raise Http404
    found = REPORTS[code]
    return found, _period(request, found.span), [unit for unit in chosen_units(request) if not unit.is_district]


def _period(request: HttpRequest, span: Span) -> Period:
    """The one that the chosen period lies in; of those it is made of, the last that has begun."""
    chosen, today = chosen_period(request), timezone.localdate()
    periods = sorted({Period.of(month.first_day, span) for month in chosen.months})
    return next((each for each in reversed(periods) if each.first_day <= today), periods[0])


def _address(request: HttpRequest, page: str, found: Report, period: Period, unit: Unit) -> str:
    parameters: dict[str, Any] = {"period": period.code}
    if unit.pk != request.user.unit_id:
        parameters["unit"] = unit.code
    return f"{reverse(page, args=[found.code])}?{urlencode(parameters)}"
