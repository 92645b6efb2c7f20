"""评查: venues by items, a sheet a year: the campaign's eight standards, the four entries, the eight internal rules."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import access
from accounts.models import Unit
from religion.forms.matrix import SheetForm, ThemeForm
from religion.models import LocalRules, Sheet, Topic, Venue
from workplans.views.frame import chosen_period, chosen_units


@access.readers
def sheet(request: HttpRequest, topic: str) -> HttpResponse:
    """A town's sheet of a year; its own writers fill it in. ?year= chooses another year than the period's."""
    towns = [unit for unit in chosen_units(request) if not unit.is_district]
    if not towns:
        raise Http404
    unit, year = towns[0], _year(request)
    may_write = request.user.may_record and unit.pk == request.user.unit_id
    if request.method == "POST":
        if not may_write:
            raise PermissionDenied
        return _save(request, unit, topic, year)
    form = _form(unit, topic, year)
    return _page(request, form, unit, towns, may_write=may_write)


def _save(request: HttpRequest, unit: Unit, topic: str, year: int) -> HttpResponse:
    form, theme = _form(unit, topic, year), _theme_form(topic, request.POST)
    changes = form.changes(request.POST, timezone.localdate())
    if form.errors or (theme and not theme.is_valid()):
        form.tell_overtaken()
        return _page(request, form, unit, [unit], may_write=True, theme=theme)
    stored = Sheet.objects.opened(unit, topic, year)
    refused = stored.fill(changes, request.user)
    theme_refused = bool(theme) and _retitle(stored, theme)
    if saved := len(changes) - len(refused):
        messages.success(request, _("已保存 %(number)d 处改动。") % {"number": saved})
    if not refused and not theme_refused:
        if not saved:
            messages.success(request, _("已保存。"))
        return redirect(request.get_full_path())
    if refused:
        told = _("有 %(number)d 格没有保存：您打开本页后同事改过，已在格里标出。请核对后再保存。")
        messages.warning(request, told % {"number": len(refused)})
    form = _form(unit, topic, year)
    form.tell_refused(refused)
    return _page(request, form, unit, [unit], may_write=True, theme=theme if theme_refused else None, status=409)


def _retitle(stored: Sheet, theme: ThemeForm) -> bool:
    """Store the theme; True when it could not be, with the reason beside it."""
    typed, seen = theme.cleaned_data["theme"], theme.cleaned_data["theme_seen"]
    if typed == seen or stored.retitle(typed, seen=seen):
        return False
    stored.refresh_from_db()
    theme.add_error("theme", _("同事已改为“%(theme)s”。仍用您填写的，请再保存一次。") % {"theme": stored.theme})
    theme.data = theme.data.copy()
    theme.data["theme_seen"] = stored.theme
    return True


def _form(unit: Unit, topic: str, year: int) -> SheetForm:
    """The sheet as it is stored: venues in the register today, and those revoked since that were rated."""
    found = Sheet.objects.of_unit(unit).about(topic, year).first() or Sheet(unit=unit, topic=topic, year=year)
    cells = list(found.cells.all()) if found.pk else []
    rated = {cell.venue_id for cell in cells if cell.mark}
    venues = [each for each in Venue.objects.of_unit(unit).in_order() if each.is_open or each.pk in rated]
    rules = LocalRules.objects.for_unit(unit) if topic == Topic.ENTRIES else LocalRules(unit=unit)
    return SheetForm(found, venues, rules, cells)


def _theme_form(topic: str, data: Any) -> ThemeForm | None:
    return ThemeForm(data) if topic == Topic.HARMONY else None


def _page(
    request: HttpRequest, form: SheetForm, unit: Unit, towns: list[Unit], *, may_write: bool,
    theme: ThemeForm | None = None, status: int = 200,
) -> HttpResponse:  # fmt: skip
    found = form.sheet
    if theme is None and found.topic == Topic.HARMONY:
        theme = ThemeForm(initial={"theme": found.theme, "theme_seen": found.theme})
    context = {
        "form": form, "sheet": found, "unit": unit, "towns": towns, "may_write": may_write, "theme": theme,
        "years": (found.year - 1, found.year + 1), "best": form.marks[0],
        "tabs": [
            {"label": each.label, "url": f"{reverse(each.value)}?{request.GET.urlencode()}", "active": each == found.topic}
            for each in Topic
        ],
    }  # fmt: skip
    return render(request, "religion/sheet.html", context, status=status)


def _year(request: HttpRequest) -> int:
    text = request.GET.get("year") or str(chosen_period(request).year)
    if not (text.isascii() and text.isdigit() and len(text) == 4 and 1949 <= int(text) <= 2999):
        raise Http404
    return int(text)
