"""场所建设: a project's beginning, and the coordinated issue in which its obstacle is followed."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts import access
from religion.forms.matters import ProjectForm
from religion.models import Venue, VenueProject
from workplans.models import Conflict, PeriodLocked
from workplans.views.followed import page_of
from workplans.views.matter_words import why_over


@access.writers
def project_new(request: HttpRequest) -> HttpResponse:
    today = timezone.localdate()
    new = VenueProject(unit=request.user.unit, created_by=request.user)
    form = ProjectForm(
        request.POST or None, instance=new, today=today, initial={"opened_on": today, "venue": _asked_venue(request)}
    )
    if form.is_valid():
        try:
            entered = new.begin(document=form.cleaned_data["document"])
        except PeriodLocked as refusal:
            form.add_error("opened_on", refusal.message)
        else:
            messages.success(request, _("已建立项目。"))
            return redirect(page_of(request, "project", entered.pk))
    return render(request, "religion/project_form.html", {"form": form})


@access.writers
@require_POST
def project_issue(request: HttpRequest, pk: int) -> HttpResponse:
    """Raise the project's issue and go on to write its obstacle there."""
    rows = VenueProject.objects.visible_to(request.user).select_related("venue")
    found = get_object_or_404(rows, pk=pk)
    if over := why_over(found):
        messages.error(request, over + _("不能再提出协调问题。"))
    elif found.issue_id:
        messages.warning(request, _("这个项目已有协调问题。"))
    else:
        try:
            issue = found.raise_issue(request.user, day=timezone.localdate())
        except Conflict:
            messages.warning(request, _("刚有人更新了这个项目，请看过最新情况再提出。"))
        else:
            messages.success(request, _("已提出协调问题，请写明障碍。"))
            return redirect(page_of(request, "issue_edit", issue.pk))
    return redirect(page_of(request, "project", pk))


def _asked_venue(request: HttpRequest) -> Venue | None:
    """The venue from whose page the form was opened. Raises Http404 for another unit's."""
    if not (pk := request.GET.get("venue")):
        return None
    if not pk.isascii() or not pk.isdecimal() or len(pk) > 18:
        raise Http404
    return get_object_or_404(Venue.objects.visible_to(request.user).existing(), pk=pk)
