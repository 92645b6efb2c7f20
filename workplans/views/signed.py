"""The signed paper: as it was signed, what the ledger says since, and the way to a corrected edition."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts import access
from accounts.models import Role
from workplans import editions
from workplans.area import metrics
from workplans.compare import compare
from workplans.forms.summary import ReopenForm
from workplans.ledger import Ledger
from workplans.models import Conflict, SignedFigure, Summary, SummaryStep
from workplans.paper import blocks_of
from workplans.proof import proof_of
from workplans.signing import signed_paper
from workplans.word import text_of


def signed_page(request: HttpRequest, found: Summary) -> HttpResponse:
    """The paper as it was signed; ?figure=3 shows the rows behind its third figure as they were."""
    document = found.document
    figures = list(document.figures.order_by("position"))
    asked = request.GET.get("figure", "")
    figure = next((each for each in figures if str(each.position) == asked), None)
    if asked and figure is None:
        raise Http404
    last = editions.latest(found)
    withheld = figure is not None and figure.is_withheld_from(request.user)
    context = {
        "summary": found,
        "document": document,
        "blocks": blocks_of(document.segments(figures)),
        "plain_text": text_of(signed_paper(document)),
        "figures": figures,
        "figure": figure,
        "rows": list(figure.rows.order_by("pk")) if figure and not withheld else [],
        "withheld": withheld,
        # The hash covers the exact values: one of 1 to 4 could be found by trying them.
        "guarded": any(each.is_withheld_from(request.user) for each in figures),
        "steps": list(found.steps.select_related("by").order_by("-at", "-pk")),
        "day": found.date,
        # Of another unit's figures only what the paper tells is told here.
        "moved": _moved(found, figures) if request.user.unit_id == found.unit_id else None,
        "next": _next(request, found, last),
        "may_reopen": last == found and editions.may_reopen(found, request.user),
    }
    return render(request, "workplans/summary_signed.html", context)


@access.roles(Role.SIGNER)
def summary_reopen(request: HttpRequest, pk: int) -> HttpResponse:
    """Open a signed half-year again, after saying why: the words go on in another edition."""
    found = _readable(request, pk)
    form = ReopenForm(request.POST or None)
    if not editions.may_reopen(found, request.user) or editions.latest(found) != found:
        messages.warning(request, _("只有最新一版已签发的总结才能重新开启。"))
        return redirect("summary", pk)
    if form.is_valid():
        try:
            edition = editions.reopen(found, request.user, form.cleaned_data["reason"])
        except Conflict:
            messages.warning(request, _("这一步刚刚有人办过了，请看现在的状态。"))
            return redirect("summary", pk)
        messages.success(
            request, _("已重新开启，这一期的台账可以更正。请更正后送审、签发第%(edition)d版。") % vars(edition)
        )
        return redirect("summary", edition.pk)
    return render(request, "workplans/summary_reopen.html", {"summary": found, "form": form})


@access.readers
@require_safe
def summary_changes(request: HttpRequest, pk: int) -> HttpResponse:
    """An edition beside the last one that was signed before it."""
    found = _readable(request, pk)
    before = editions.signed_before(found)
    if before is None:
        raise Http404
    after = found.document.text if found.is_signed else proof_of(found).text
    lines = compare(f"{before.title}\n{before.document.text}", f"{found.title}\n{after}")
    context = {
        "summary": found, "before": before, "lines": lines,
        "changed": [line for line in lines if line.kind != "same"],
        "reason": found.steps.select_related("by").taken(SummaryStep.Action.REOPEN),
    }  # fmt: skip
    return render(request, "workplans/summary_changes.html", context)


def _readable(request: HttpRequest, pk: int) -> Summary:
    found = get_object_or_404(Summary.objects.readable_by(request.user).with_document(), pk=pk)
    request._period = found.period  # type: ignore[attr-defined]
    return found


def _moved(found: Summary, figures: list[SignedFigure]) -> list[dict[str, Any]]:
    """The figures of the paper that the ledger counts otherwise now."""
    ledger, moved = Ledger([found.unit_id], found.period), {}
    for figure in figures:
        metric = metrics().get(figure.metric)
        if metric and (now := ledger.value(metric)) != figure.exact:
            moved[figure.metric] = {"figure": figure, "metric": metric, "then": figure.exact, "now": now}
    return list(moved.values())


def _next(request: HttpRequest, found: Summary, last: Summary) -> dict[str, Any] | None:
    """The edition that came after this one: who opened the half-year again, why, and where it stands."""
    if last == found:
        return None
    step = last.steps.select_related("by").taken(SummaryStep.Action.REOPEN)
    readable = last.is_signed or request.user.unit_id == last.unit_id
    return {"summary": last, "step": step, "readable": readable}
