from __future__ import annotations

import io
from typing import Any

from django.contrib import messages
from django.db import IntegrityError
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from accounts import access
from accounts.models import AuditEvent, Role
from workplans import compose, signing, sources
from workplans.area import CORE, areas
from workplans.document import render_pdf
from workplans.forms.summary import HeadForm, SectionForm, SendBackForm, StepForm, typed_text
from workplans.ledger import Ledger
from workplans.models import Activity, Conflict, Period, Summary, SummarySection
from workplans.paper import PaperRefused, blocks_of
from workplans.proof import LONGEST, Proof, proof_of

from .frame import chosen_period, chosen_units

HEAD = "head"  # title and date, edited like a section

# Of each step: the verb, what follows from it, and what to say when it is done.
STEPS = {
    "submit": (
        gettext_lazy("送审"),
        gettext_lazy("送审后由统战委员审核；审核期间记录员不能再修改正文，退回后可以。"),
        gettext_lazy("已送审，请等统战委员审核。"),
    ),
    "approve": (
        gettext_lazy("审核通过"),
        gettext_lazy("通过后交签发人签发，正文不能再修改；如要修改，由签发人退回。"),
        gettext_lazy("已审核通过，请等签发人签发。"),
    ),
    "send_back": (
        gettext_lazy("退回"),
        gettext_lazy("总结回到起草，正文保持原样，可以继续修改后再送审。"),
        gettext_lazy("已退回起草。"),
    ),
    "sign": (
        gettext_lazy("签发"),
        gettext_lazy("签发后正文、数字、对应的台账明细和 PDF 全部固定；以后修改台账，这份文件也不会改变。"),
        gettext_lazy("已签发，PDF 可以下载。"),
    ),
}


@access.readers
@require_safe
def summaries(request: HttpRequest) -> HttpResponse:
    half = Period.of(chosen_period(request).first_day)
    units = chosen_units(request)
    readable = Summary.objects.readable_by(request.user).of_units(units).with_document().latest_first()
    found = list(readable.for_period(half))
    context = {
        "half": half,
        "found": found,
        "earlier": list(readable.not_for(half)[:100]),
        "may_compose": request.user.may_record,
        "towns": [unit for unit in units if unit.pk != request.user.unit_id],
        "has_rows": Activity.objects.visible_to(request.user).in_period(half).valid().exists(),
    }
    return render(request, "workplans/summaries.html", context)


@access.writers
@require_POST
def summary_compose(request: HttpRequest) -> HttpResponse:
    half = Period.of(chosen_period(request).first_day)
    try:
        found = compose.start(request.user.unit, half, request.user, timezone.now())
    except IntegrityError:  # a second click, or a colleague was quicker
        found = Summary.objects.readable_by(request.user).for_period(half).latest_first().first()
        messages.info(request, _("这一期的总结已经有了。"))
    return redirect("summary", found.pk)


@access.readers
def summary(request: HttpRequest, pk: int) -> HttpResponse:
    """The signed paper, or the editor; a POST stores title and date."""
    found = _readable(request, pk)
    if request.GET.get("period", found.period.code) != found.period.code:  # the picker leads to that period's own
        return redirect(f"{reverse('summaries')}?period={chosen_period(request)}")
    request._period = found.period  # type: ignore[attr-defined]
    if found.is_signed:
        return _signed(request, found)
    if request.method != "POST":
        return _editor(request, found)
    if not found.may_edit(request.user):
        messages.warning(
            request, _("这份总结现在是“%(state)s”，不能修改标题和日期。") % {"state": found.get_state_display()}
        )
        return redirect("summary", pk)
    form = HeadForm(request.POST, instance=_readable(request, pk))
    if not form.is_valid():
        return _editor(request, found, slot=HEAD, form=form)
    try:
        found.version = form.cleaned_data["version"]
        found.rename(form.cleaned_data["title"], form.cleaned_data["date"], request.user)
    except Conflict:
        return _head_conflict(request, pk)
    messages.success(request, _("标题和日期已保存。"))
    return redirect(f"{reverse('summary', args=[pk])}?section={HEAD}")


@access.writers
@require_POST
def summary_recompose(request: HttpRequest, pk: int) -> HttpResponse:
    found = _readable(request, pk)
    if not found.may_edit(request.user):
        messages.warning(request, _("这份总结现在是“%(state)s”，不能重新生成。") % {"state": found.get_state_display()})
        return redirect("summary", pk)
    try:
        compose.compose(found, timezone.now())
    except Conflict:
        messages.warning(request, _("有人正好在修改这份总结，请再试一次。"))
    else:
        messages.success(request, _("已按现有台账重新生成。改过的段落保持您的文字，新的自动稿放在旁边供对照。"))
    return redirect("summary", pk)


@access.writers
def section(request: HttpRequest, pk: int, slot: str) -> HttpResponse:
    """Store one section, or give it back to the composed text (`composed`, asked first by GET)."""
    found = _readable(request, pk)
    request._period = found.period  # type: ignore[attr-defined]
    row = get_object_or_404(found.sections, slot=slot)
    if request.method != "POST":
        if "composed" in request.GET and row.is_edited and found.may_edit(request.user):
            return render(request, "workplans/section_composed.html", {"summary": found, "section": row})
        return redirect(_edit_url(found, slot))
    form = SectionForm(request.POST)
    if not form.is_valid():
        return _editor(request, found, slot=slot, form=form)
    row.version = form.cleaned_data["version"]
    try:
        if "composed" in request.POST:
            row.use_composed(request.user, timezone.now())
        else:
            row.rewrite(form.cleaned_data["text"], request.user, timezone.now())
    except Conflict:
        return _section_conflict(request, pk, slot, form.cleaned_data["text"])
    messages.success(request, _("已恢复自动生成稿。") if "composed" in request.POST else _("已保存。"))
    return redirect(_edit_url(found, slot))


@access.writers
@require_POST
def section_preview(request: HttpRequest, pk: int, slot: str) -> HttpResponse:
    """The section as the paper would show it, with what is typed but not stored."""
    found = _readable(request, pk)
    proof = proof_of(found, {slot: typed_text(request.POST.get("text", ""))})
    chosen = proof.of(slot)
    if chosen is None or found.is_signed:
        raise Http404
    context = {"summary": found, "proof": proof, "chosen": chosen, "slot": slot, "longest": LONGEST, "live": True}
    return render(request, "workplans/section_preview.html", context)


@access.writers
def summary_submit(request: HttpRequest, pk: int) -> HttpResponse:
    return _step(request, pk, "submit")


@access.roles(Role.REVIEWER)
def summary_approve(request: HttpRequest, pk: int) -> HttpResponse:
    return _step(request, pk, "approve")


@access.roles(Role.REVIEWER, Role.SIGNER)
def summary_send_back(request: HttpRequest, pk: int) -> HttpResponse:
    return _step(request, pk, "send_back")


@access.roles(Role.SIGNER)
def summary_sign(request: HttpRequest, pk: int) -> HttpResponse:
    return _step(request, pk, "sign")


@access.readers
@require_safe
def summary_pdf(request: HttpRequest, pk: int) -> HttpResponse:
    """The signed bytes; before signing, a draft that only its file name calls one."""
    found = _readable(request, pk)
    if found.is_signed:
        pdf, name = bytes(found.document.pdf), f"{found}.pdf"
    else:
        proof = proof_of(found)
        try:
            content = signing.content_of(proof, timezone.localdate())
            pdf, name = render_pdf(content.paper, sources.files(content.figures)), f"{found}（草稿）.pdf"
        except PaperRefused as refusal:
            messages.error(request, _("现在还不能生成 PDF：%(why)s") % {"why": refusal})
            return redirect(_edit_url(found, _first_refused(proof)))
    AuditEvent.objects.record(request.user, AuditEvent.Action.EXPORT, str(found), name)
    return FileResponse(io.BytesIO(pdf), as_attachment=True, filename=name, content_type="application/pdf")


def _readable(request: HttpRequest, pk: int) -> Summary:
    return get_object_or_404(Summary.objects.readable_by(request.user).with_document(), pk=pk)


def _edit_url(found: Summary, slot: str) -> str:
    return f"{reverse('summary', args=[found.pk])}?section={slot}"


def _first_refused(proof: Proof) -> str:
    return next((each.section.slot for each in proof.sections if each.refusal), HEAD)


def _editor(
    request: HttpRequest, found: Summary, *, slot: str = "", form: Any = None, status: int = 200
) -> HttpResponse:
    """Outline, one section to write, and the paper; who may not write it sees outline and paper."""
    proof = proof_of(found)
    may_edit = found.may_edit(request.user)
    slot = slot or request.GET.get("section") or _first_to_mend(proof)
    chosen = proof.of(slot)
    if form is None and may_edit:
        form = SectionForm(initial={"text": chosen.text, "version": chosen.section.version}) if chosen else HeadForm(
            instance=found, initial={"version": found.version}
        )  # fmt: skip
    request._period = found.period  # type: ignore[attr-defined]
    context = {
        "summary": found,
        "proof": proof,
        "chosen": chosen,
        "slot": slot if chosen else HEAD,
        "form": form,
        "may_edit": may_edit,
        "steps": list(found.steps.select_related("by").order_by("-at", "-pk")),
        "open_steps": [(action, STEPS[action][0]) for action in STEPS if found.may(action, request.user)],
        "picker": _picker(proof.ledger, slot) if chosen and may_edit else [],
        "unconfirmed": Activity.objects.of_unit(found.unit).in_period(found.period).to_confirm().count(),
        "day": found.date or timezone.localdate(),
        "longest": LONGEST,
    }
    return render(request, "workplans/summary.html", context, status=status)


def _first_to_mend(proof: Proof) -> str:
    """Where the writer starts: at the first section with an error, else at the top."""
    wrong = (each.section.slot for each in proof.sections if each.unknown or each.refusal)
    return next(wrong, proof.sections[0].section.slot if proof.sections else HEAD)


def _picker(ledger: Ledger, slot: str) -> list[dict[str, Any]]:
    """Every figure with its present value, by area; the section's own area is open."""
    groups = [(each.code, each.name, each.metrics) for each in areas()] + [("", _("目标与协调问题"), CORE)]
    return [
        {"name": name, "open": code == slot, "figures": [(metric, ledger.value(metric)) for metric in metrics]}
        for code, name, metrics in groups
        if metrics
    ]


def _signed(request: HttpRequest, found: Summary) -> HttpResponse:
    """The paper as it was signed; ?figure=3 shows the rows behind its third figure as they were."""
    document = found.document
    figures = list(document.figures.order_by("position"))
    asked = request.GET.get("figure", "")
    figure = next((each for each in figures if str(each.position) == asked), None)
    if asked and figure is None:
        raise Http404
    context = {
        "summary": found,
        "document": document,
        "blocks": blocks_of(document.segments(figures)),
        "figures": figures,
        "figure": figure,
        "rows": list(figure.rows.order_by("pk")) if figure else [],
        "steps": list(found.steps.select_related("by").order_by("-at", "-pk")),
        "day": found.date,
    }
    return render(request, "workplans/summary_signed.html", context)


def _head_conflict(request: HttpRequest, pk: int) -> HttpResponse:
    """Somebody else stored title or date, or moved the summary on: show both, keep what was typed."""
    now = _readable(request, pk)
    form = HeadForm({**request.POST.dict(), "version": now.version}, instance=_readable(request, pk))
    stored = {"title": now.title, "date": now.date or _("未填写")}
    form.add_error(
        None, _("您打开后有人改过。现在保存的标题是“%(title)s”，日期是%(date)s；再按保存就改成您填的。") % stored
    )
    return _editor(request, now, slot=HEAD, form=form, status=409)


def _section_conflict(request: HttpRequest, pk: int, slot: str, typed: str) -> HttpResponse:
    """Somebody else stored the section, or moved the summary on: show both texts and let the writer choose."""
    now = _readable(request, pk)
    stored = get_object_or_404(
        SummarySection.objects.of_unit(now.unit).select_related("edited_by"), summary=now, slot=slot
    )
    form = SectionForm(initial={"text": typed, "version": stored.version})
    context = {"summary": now, "section": stored, "form": form, "may_edit": now.may_edit(request.user)}
    return render(request, "workplans/section_conflict.html", context, status=409)


def _step(request: HttpRequest, pk: int, action: str) -> HttpResponse:
    """A step of the review: asked by GET, taken by POST on exactly the words that were shown."""
    found = _readable(request, pk)
    request._period = found.period  # type: ignore[attr-defined]
    verb, consequence, done = STEPS[action]
    if not found.may(action, request.user):
        words = {"state": found.get_state_display(), "step": verb}
        messages.warning(request, _("这份总结现在是“%(state)s”，不能%(step)s。") % words)
        return redirect("summary", pk)
    proof = proof_of(found)
    form = SendBackForm(request.POST or None) if action == "send_back" else StepForm(
        request.POST or None, initial={"seen": proof.sha256}
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        try:
            _take(request, found, action, form.cleaned_data)
        except Conflict:
            messages.warning(request, _("这一步刚刚有人办过了，请看现在的状态。"))
        except signing.Changed:
            messages.warning(
                request, _("您打开后正文或数字有变化，没有%(step)s。请看过现在的文字再办。") % {"step": verb}
            )
        except signing.CannotSign as error:
            labels = "、".join(error.labels[:5])
            messages.error(
                request,
                _("正文里有不认识的数字名称：%(labels)s。改正后才能%(step)s。") % {"labels": labels, "step": verb},
            )
        except PaperRefused as refusal:
            messages.error(request, _("正文还不能排版：%(why)s") % {"why": refusal})
        else:
            messages.success(request, done)
        return redirect("summary", pk)
    context = {
        "summary": found, "proof": proof, "form": form, "verb": verb, "consequence": consequence,
        "facts": _step_facts(found, proof), "back": action == "send_back", "longest": LONGEST,
    }  # fmt: skip
    return render(request, "workplans/summary_step.html", context)


def _take(request: HttpRequest, found: Summary, action: str, data: dict[str, Any]) -> None:
    if action == "send_back":
        found.send_back(request.user, data["reason"])
    elif action == "sign":
        signing.sign(found, request.user, timezone.now(), timezone.localdate(), data["seen"])
    else:
        signing.hand_on(found, action, request.user, data["seen"])


def _step_facts(found: Summary, proof: Proof) -> list[dict[str, Any]]:
    """What a person should know before he takes the step."""
    unconfirmed = Activity.objects.of_unit(found.unit).in_period(found.period).to_confirm().count()
    return [
        {"label": _("期间"), "value": found.period.name},
        {"label": _("字数"), "value": _("%(count)d字") % {"count": proof.characters}},
        {"label": _("手填数字"), "value": _("%(count)d处，没有台账") % {"count": len(proof.unsourced)} if proof.unsourced else _("没有")},
        {"label": _("未确认的台账"), "value": _("%(count)d条，已计入数字") % {"count": unconfirmed} if unconfirmed else _("没有")},
    ]  # fmt: skip
