"""The paper to take along: the signed PDF byte for byte, Word to go on editing, plain text for a chat window."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts import access
from accounts.models import AuditEvent
from workplans import signing
from workplans.models import Summary
from workplans.paper import Paper, PaperRefused
from workplans.proof import proof_of
from workplans.word import docx_of, text_of

Making = Callable[[Paper, Iterable[signing.PlacedFigure]], bytes]
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@access.readers
@require_safe
def summary_pdf(request: HttpRequest, pk: int) -> HttpResponse:
    """The signed bytes; before signing, a draft that only its file name calls one."""
    found = _readable(request, pk)
    if found.is_signed:
        return _file(request, found, bytes(found.document.pdf), ".pdf", "application/pdf")
    return _made(request, found, signing.pdf_of, ".pdf", "application/pdf")


@access.readers
@require_safe
def summary_word(request: HttpRequest, pk: int) -> HttpResponse:
    return _made(request, _readable(request, pk), lambda paper, figures: docx_of(paper), ".docx", WORD)


@access.readers
@require_safe
def summary_text(request: HttpRequest, pk: int) -> HttpResponse:
    found = _readable(request, pk)
    return _made(request, found, lambda paper, figures: text_of(paper).encode(), ".txt", "text/plain; charset=utf-8")


def _readable(request: HttpRequest, pk: int) -> Summary:
    return get_object_or_404(Summary.objects.readable_by(request.user).with_document(), pk=pk)


def _made(request: HttpRequest, found: Summary, make: Making, ending: str, content_type: str) -> HttpResponse:
    proof = None if found.is_signed else proof_of(found)
    try:
        content = signing.content_of(proof, timezone.localdate()) if proof else None
        made = make(content.paper, content.figures) if content else make(signing.signed_paper(found.document), ())
        return _file(request, found, made, ending, content_type)
    except PaperRefused as refusal:
        messages.error(request, _("现在还不能生成文件：%(why)s") % {"why": refusal})
        refused = next((each.section.slot for each in proof.sections if each.refusal), "head") if proof else ""
        return redirect(f"{reverse('summary', args=[found.pk])}?section={refused}")


def _file(request: HttpRequest, found: Summary, content: bytes, ending: str, content_type: str) -> FileResponse:
    name = f"{found.label}{ending}" if found.is_signed else f"{found.label}（草稿）{ending}"
    AuditEvent.objects.record(request.user, AuditEvent.Action.EXPORT, str(found), name)
    return FileResponse(io.BytesIO(content), as_attachment=True, filename=name, content_type=content_type)
