"""目标答复: a summary says of every target that was set for its half-year what became of it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import access
from workplans import answers
from workplans.forms.targets import AnswerForm
from workplans.models import Conflict, Summary, Target

Answer = AnswerForm.Answer
STATES = {Answer.DONE: Target.State.DONE, Answer.NOT_DONE: Target.State.FAILED, Answer.DROPPED: Target.State.CANCELLED}


@access.readers
def summary_targets(request: HttpRequest, pk: int) -> HttpResponse:
    """Every target with its answer, or with the form that asks for it; a POST answers for one."""
    found = get_object_or_404(Summary.objects.readable_by(request.user).select_related("unit"), pk=pk)
    request._period = found.period  # type: ignore[attr-defined]
    if request.method != "POST":
        return _page(request, found)
    if not found.may_edit(request.user):
        messages.warning(request, _("这份总结现在是“%(state)s”，不能答复目标。") % {"state": found.get_state_display()})
        return redirect("summary_targets", pk)
    asked = request.POST.get("target", "")
    target = next((each for each in answers.owed(found) if str(each.pk) == asked), None)
    if target is None:
        messages.info(request, _("这项目标刚刚有人答复过了。"))
        return redirect("summary_targets", pk)
    if target.keeper:
        messages.info(request, _("这项目标由登记簿跟踪，请在那里办理或结转，答复随之写入。"))
        return redirect(target.keeper)
    form = _form(found, target, request.POST)
    if not form.is_valid():
        return _page(request, found, {target.pk: form})
    data = form.cleaned_data
    target.version = data["version"]
    try:
        answers.answer(found, target, STATES[data["answer"]], data["why"], data["due"], by=request.user,
                       at=timezone.now(), day=timezone.localdate())  # fmt: skip
    except Conflict:
        messages.warning(request, _("这项目标刚刚有人更新过，没有保存答复。请看过最新情况后再答复。"))
        return redirect("summary_targets", pk)
    messages.success(request, _("已答复“%(text)s”，总结里的目标完成情况已随之更新。") % {"text": target.text})
    return redirect("summary_targets", pk)


def _form(found: Summary, target: Target, data: Any = None) -> AnswerForm:
    initial = {"version": target.version}
    return AnswerForm(data, after=found.period.last_day, initial=initial, prefix=f"t{target.pk}")


def _page(request: HttpRequest, found: Summary, bound: dict[int, AnswerForm] | None = None) -> HttpResponse:
    today, may_edit = timezone.localdate(), found.may_edit(request.user)
    targets = Target.objects.of_unit(found.unit_id).with_last_progress()
    silent = list(targets.owed_by(found.period).in_order())
    context = {
        "summary": found,
        "may_edit": may_edit,
        "silent": [
            {
                "target": each, "light": each.light(today), "word": each.light_word(today),
                "keeper": each.keeper,
                "form": (bound or {}).get(each.pk) or _form(found, each) if may_edit and not each.keeper else None,
            }
            for each in silent
        ],
        "answered": list(targets.in_period(found.period).ended().in_order()),
        "form": next(iter((bound or {}).values()), None),
    }  # fmt: skip
    return render(request, "workplans/summary_targets.html", context)
