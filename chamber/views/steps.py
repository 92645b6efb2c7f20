"""筹建步骤清单: by which steps the chambers of a district are founded. Foundings that have begun keep their own copy."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.forms.models import model_to_dict
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from accounts import access
from accounts.models import Role
from chamber.forms.steps import ListVersionForm, StepListFormSet
from chamber.models import StepList, list_owner, may_set_steps
from workplans.models import Conflict

COLUMNS = ("label", "materials", "optional", "leads_to")


@access.member
def founding_steps(request: HttpRequest) -> HttpResponse:
    """The list of the reader's district, or of his town where there is none."""
    owner = list_owner(request.user.unit)
    may_set = may_set_steps(request.user, owner)
    if request.method == "POST" and not may_set:
        raise PermissionDenied
    stored, status, met = StepList.objects.for_unit(owner), 200, False
    steps = stored.in_order()
    version = ListVersionForm(request.POST or None, initial={"version": stored.version})
    initial = [model_to_dict(step, COLUMNS) for step in steps]
    formset = StepListFormSet(request.POST or None, initial=initial)
    if request.method == "POST" and version.is_valid() and formset.is_valid():
        stored.version = version.cleaned_data["version"] or 0
        try:
            stored.rewrite(formset.steps())
        except Conflict:
            status, met = 409, True
            version = ListVersionForm({"version": StepList.objects.for_unit(owner).version})
        else:
            messages.success(request, _("已保存步骤清单。已经开始的筹建不受影响。"))
            return redirect(request.get_full_path())
    context = {
        "owner": owner, "steps": steps, "formset": formset, "version": version, "may_set": may_set, "met": met,
        "sees_ledger": request.user.role != Role.ADMINISTRATOR,
    }  # fmt: skip
    return render(request, "chamber/founding_steps.html", context, status=status)
