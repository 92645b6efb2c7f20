"""检查清单: what the unit's safety inspections go through, point by point."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from accounts import access
from religion.forms.checklist import ChecklistForm
from workplans.views.frame import chosen_units


@access.readers
def checklist(request: HttpRequest) -> HttpResponse:
    """The list of the chosen town; its own writers change it. Old inspections keep the words they had."""
    towns = [unit for unit in chosen_units(request) if not unit.is_district]
    if not towns:
        raise Http404
    unit = towns[0]
    may_write = request.user.may_record and unit.pk == request.user.unit_id
    if request.method == "POST" and not may_write:
        raise PermissionDenied
    form = ChecklistForm(request.POST or None, unit=unit)
    status = 200
    if form.is_valid():
        refused = form.save()
        if not refused:
            messages.success(request, _("检查清单已保存，从下一次检查起使用。"))
            return redirect(request.get_full_path())
        told = _("有 %(count)d 项没有保存：您打开本页后有人改过，或已有同样的内容。其余已保存，请核对：%(points)s")
        messages.warning(request, told % {"count": len(refused), "points": _("；").join(refused)})
        form, status = ChecklistForm(unit=unit), 409
    context = {"form": form, "unit": unit, "towns": towns, "may_write": may_write}
    return render(request, "religion/checklist.html", context, status=status)
