from __future__ import annotations

import io
from collections.abc import Callable

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts import access
from accounts.models import AuditEvent
from workplans.paper import PaperRefused

from .. import papers
from ..models import SafetyInspection


@access.readers
@require_safe
def inspection_record(request: HttpRequest, pk: int) -> HttpResponse:
    """The record of an inspection, to be printed and signed by hand."""
    inspection = _inspection(request, pk)
    return _paper(request, inspection, papers.record_pdf, "安全检查记录")


@access.readers
@require_safe
def rectification_notice(request: HttpRequest, pk: int) -> HttpResponse:
    """The notice to the venue; where nothing was found there is nothing to ask for."""
    inspection = _inspection(request, pk)
    if not inspection.activity.is_void and not papers.hazards_of(inspection):
        messages.error(request, _("这次检查没有记录隐患，不需要整改通知书。"))
        return redirect(inspection)
    return _paper(request, inspection, papers.notice_pdf, "整改通知书")


def _inspection(request: HttpRequest, pk: int) -> SafetyInspection:
    inspections = SafetyInspection.objects.visible_to(request.user)
    return get_object_or_404(inspections.select_related("activity", "unit"), pk=pk)


def _paper(
    request: HttpRequest, inspection: SafetyInspection, draw: Callable[[SafetyInspection], bytes], title: str
) -> HttpResponse:
    """The paper to be looked at and printed from the browser."""
    if inspection.activity.is_void:
        messages.error(request, _("这条记录已经作废，不能再出具文书。"))
        return redirect(inspection)
    try:
        pdf = draw(inspection)
    except PaperRefused as refusal:
        messages.error(request, _("现在还不能生成 PDF：%(why)s") % {"why": refusal})
        return redirect(inspection)
    name = f"{title}{inspection.ledger_number}.pdf"
    AuditEvent.objects.record(request.user, AuditEvent.Action.EXPORT, inspection.activity.title, name)
    return FileResponse(io.BytesIO(pdf), filename=name, content_type="application/pdf")
