"""How papers look: a unit's format, kept by its reviewer or an administrator, and what a paper sent upward carries."""

from __future__ import annotations

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts import access
from accounts.models import AuditEvent, Role, Unit
from workplans import fonts
from workplans.forms.paper_format import PaperFormatForm, SummaryLetterForm
from workplans.models import Conflict, PaperFormat, Summary, SummaryLetter


@access.roles(Role.REVIEWER, Role.ADMINISTRATOR)
def paper_format(request: HttpRequest, code: str) -> HttpResponse:
    unit = get_object_or_404(Unit.objects.visible_to(request.user), code=code)
    stored = PaperFormat.objects.of(unit)
    form = PaperFormatForm(request.POST or None, instance=stored, initial={"version": stored.version})
    if request.method == "POST" and form.is_valid():
        stored.version = form.cleaned_data["version"]
        try:
            with transaction.atomic():
                stored.keep()
                AuditEvent.objects.record(request.user, AuditEvent.Action.UNIT, unit.name, "修改公文格式")
        except Conflict:
            form.add_error(None, _("您打开后有人改过公文格式。请重新打开这一页，看过现在的设置再改。"))
        else:
            messages.success(request, _("公文格式已保存。已签发的文件不受影响。"))
            return redirect("paper_format", code)
    context = {"form": form, "unit": unit, "faces": fonts.roles().items(), "missing": fonts.check_fonts()}
    return render(request, "workplans/paper_format.html", context)


@access.writers
def summary_letter(request: HttpRequest, pk: int) -> HttpResponse:
    summary = get_object_or_404(Summary.objects.readable_by(request.user), pk=pk)
    request._period = summary.period  # type: ignore[attr-defined]
    back = f"{reverse('summary', args=[pk])}?section=head"
    if not summary.may_edit(request.user):
        words = {"state": summary.get_state_display()}
        messages.warning(request, _("这份总结现在是“%(state)s”，不能修改上报格式。") % words)
        return redirect(back)
    stored = SummaryLetter.objects.of(summary)
    form = SummaryLetterForm(request.POST or None, instance=stored, initial={"version": stored.version})
    if request.method == "POST" and form.is_valid():
        stored.version = form.cleaned_data["version"]
        try:
            stored.keep(Summary.states_open_to(request.user))
        except Conflict:
            form.add_error(None, _("您打开后有人改过，或者总结已送出。请重新打开这一页，看过现在的内容再改。"))
        else:
            messages.success(request, _("上报格式已保存。"))
            return redirect(back)
    context = {"form": form, "summary": summary, "back": back, "usual": PaperFormat.objects.of(summary.unit)}
    return render(request, "workplans/summary_letter.html", context)
