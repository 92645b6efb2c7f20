"""场所: the register, and the page of a venue with what is open there and its life in time order."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.contrib import messages
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts import access
from accounts.models import Unit, Village
from religion.forms.venues import VenueChangeForm, VenueFilter, VenueForm
from religion.life import life_of, marks_of
from religion.models import (
    ITEMS,
    MARKS,
    AtVenue,
    Hazard,
    LocalRules,
    Mark,
    Topic,
    Venue,
    VenueProject,
)
from workplans.area import area
from workplans.models import Conflict, Followed
from workplans.versions import Change
from workplans.views.followed import (
    conflicts,
    marks,
    may_write,
    page_of,
    unit_choices,
    versions,
    with_new_version,
    without,
)
from workplans.views.frame import chosen_period, chosen_units
from workplans.views.life import life_context

TERM_ENDS_SOON = dt.timedelta(days=180)


@access.readers
@require_safe
def venues(request: HttpRequest) -> HttpResponse:
    """The register as it stands today, whatever the period: registered venues first, then folk sites."""
    units, today = chosen_units(request), timezone.localdate()
    form = VenueFilter(request.GET, units=unit_choices(request.user), villages=_village_choices(units))
    active = marks(form, request)
    chosen = {name: form.cleaned_data.get(name, "") for name in ("type", "state", "village")}
    found = Venue.objects.of_units(units).matching(**chosen).holding(form.cleaned_data.get("words", ""))
    rows = _rows(list(found.select_related("village").in_order()), units, today)
    period = chosen_period(request).code
    context = {
        "form": form, "active": active, "clear_url": f"?{without(request, *form.fields)}", "rows": rows,
        "many_units": len(units) > 1, "new_url": f"{reverse('venue_new')}?period={period}",
        "total": _("共 %(number)d 处") % {"number": len(rows)} if rows else "",
    }  # fmt: skip
    return render(request, "religion/venues.html", context)


@access.writers
def venue_new(request: HttpRequest) -> HttpResponse:
    new = Venue(unit=request.user.unit, created_by=request.user)
    form = _form(request, new)
    if form.is_valid():
        try:
            entered = new.register()
        except IntegrityError:  # a colleague entered the same name at this very moment
            form.tell_namesake()
        else:
            messages.success(request, _("已登记场所：%(name)s。") % {"name": entered.name})
            return redirect(page_of(request, "venue", entered.pk))
    return render(request, "religion/venue_form.html", {"form": form})


@access.readers
def venue(request: HttpRequest, pk: int) -> HttpResponse:
    """All about a venue; ?after= is a place in its life, whose older part is shown then."""
    found = get_object_or_404(Venue.objects.visible_to(request.user).select_related("unit", "village"), pk=pk)
    return render(request, "religion/venue.html", _about(request, found))


@access.writers
def venue_edit(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Venue.objects.visible_to(request.user), pk=pk)
    if not found.is_open:
        return _revoked(request, found, _("不能再修改。"))
    form = _form(request, found)
    if form.is_valid():
        found.version = form.cleaned_data["version"]
        try:
            found.rewrite()
        except Conflict:
            return _conflict(request, form)
        except IntegrityError:
            form.tell_namesake()
        else:
            messages.success(request, _("已保存。"))
            return redirect(page_of(request, "venue", pk))
    return render(request, "religion/venue_form.html", {"form": form, "venue": _stored(request, pk)})


@access.writers
def venue_change(request: HttpRequest, pk: int) -> HttpResponse:
    """登记变动. What cannot be taken back is asked for twice: the second time the form says `sure`."""
    found = get_object_or_404(Venue.objects.visible_to(request.user), pk=pk)
    if not found.is_open:
        return _revoked(request, found, _("不再登记变动。"))
    form = _change_form(request, found)
    context = {"venue": found, "form": form}
    if form.is_valid():
        if form.revokes and "sure" not in request.POST:
            return render(request, "religion/venue_change.html", {**context, **_before_revoking(found)})
        data = form.cleaned_data
        found.version = data["version"]
        try:
            found.change(
                data["after"], day=data["day"], note=data["note"], document=data["document"], by=request.user
            )  # fmt: skip
        except Conflict:
            return _change_conflict(request, pk)
        messages.success(request, _("已登记变动：%(state)s。") % {"state": found.get_state_display()})
        return redirect(page_of(request, "venue", pk))
    return render(request, "religion/venue_change.html", context)


# ── The list ──


def _village_choices(units: list[Unit]) -> list[tuple[str, str]]:
    """The villages of the one unit the list is about; of several units there would be too many."""
    if len(units) != 1:
        return []
    return [(str(each.pk), each.name) for each in Village.objects.of_units(units).in_order()]


def _rows(found: list[Venue], units: list[Unit], today: dt.date) -> list[dict[str, Any]]:
    names = {unit.pk: unit.name for unit in units}
    hazards = Hazard.objects.of_units(units).open_by_venue(today)
    days = AtVenue.objects.of_units(units).last_days("patrol", "inspection")
    return [
        {
            "venue": each, "unit": names[each.unit_id], "hazards": hazards.get(each.pk),
            "patrol": days.get((each.pk, "patrol")), "inspection": days.get((each.pk, "inspection")),
        }
        for each in found
    ]  # fmt: skip


# ── The forms ──


def _form(request: HttpRequest, of: Venue) -> VenueForm:
    rules = LocalRules.objects.for_unit(of.unit_id)
    return VenueForm(request.POST or None, instance=of, today=timezone.localdate(), rules=rules)


def _stored(request: HttpRequest, pk: int) -> Venue:
    """The venue as it is stored, when the form has put on its instance what was typed."""
    return get_object_or_404(Venue.objects.visible_to(request.user), pk=pk)


def _conflict(request: HttpRequest, form: VenueForm) -> HttpResponse:
    """Somebody else stored a version in between: show both, keep what was typed, let the writer decide."""
    typed, stored = form.instance, _stored(request, form.instance.pk)
    with_new_version(form, stored.version)
    typed.state, typed.revoked_on = stored.state, stored.revoked_on  # nobody types them here
    differing = conflicts(stored, typed)
    if stored.village_id != typed.village_id:
        differing.append(Change(_("村（社区）"), str(stored.village or _("（空）")), str(typed.village or _("（空）"))))
    context = {"form": form, "venue": stored, "conflict": differing, "stored": stored}
    return render(request, "religion/venue_form.html", context, status=409)


def _revoked(request: HttpRequest, found: Venue, consequence: str) -> HttpResponse:
    messages.error(request, _("这处场所已撤销，") + consequence)
    return redirect(page_of(request, "venue", found.pk))


def _change_form(request: HttpRequest, of: Venue, data: Any = None) -> VenueChangeForm:
    return VenueChangeForm(
        data or request.POST or None, venue=of, today=timezone.localdate(), earliest=of.earliest_change_day()
    )  # fmt: skip


def _before_revoking(found: Venue) -> dict[str, Any]:
    """What the writer should know before a venue is revoked for good."""
    return {"sure": True, "open_hazards": Hazard.objects.at(found).open().count()}


def _change_conflict(request: HttpRequest, pk: int) -> HttpResponse:
    """The venue was written to in between: show how it stands now, and the change as it was typed."""
    stored = _stored(request, pk)
    data = request.POST.copy()
    data["version"] = stored.version
    data.pop("sure", None)
    context = {"venue": stored, "form": _change_form(request, stored, data), "conflict": True}
    return render(request, "religion/venue_change.html", context, status=409)


# ── One venue ──


def _about(request: HttpRequest, found: Venue) -> dict[str, Any]:
    today, period, user = timezone.localdate(), chosen_period(request), request.user
    projects = _open_projects(found, today)
    matters = [line for of in ("hazards", "disputes", "suggestions") for line in _open(found, of, today)]
    own = user.unit_id == found.unit_id
    writes = may_write(user, found)
    return {
        "venue": found, "facts": _facts(found, names=own), "may_write": writes,
        "kinds": [each for each in area("religion").kinds if each.code not in ("patrol", "inspection")] if writes else [],
        "matters": matters, "projects": projects, "term": _term(found, today),
        "sheets": _sheets(found, period.year), "year": period.year,
        **life_context(request, lambda before: life_of(found, before)),
        "versions": versions(found) if own else [],
    }  # fmt: skip


def _facts(found: Venue, *, names: bool) -> list[dict[str, Any]]:
    """What the register says. The name of the person responsible stays with the venue's own unit."""
    responsible = [found.responsible_post, found.responsible_name if names else ""]
    told = [
        (_("类型"), " · ".join(filter(None, [found.get_type_display(), found.get_teaching_display()]))),
        (_("登记层级"), found.get_level_display()),
        (_("编号") if found.is_folk else _("登记证号"), found.number),
        (_("登记（编号）日期"), found.registered_on and found.registered_on.isoformat()),
        (_("地址"), " ".join(filter(None, [found.village and found.village.name, found.address]))),
        (_("管理组织"), found.body),
        (_("负责人"), " ".join(filter(None, responsible))),
        (_("教职人员"), _clergy(found)),
    ]
    optional = [
        (_("占地面积"), found.site_area and f"{found.site_area} ㎡"),
        (_("建筑面积"), found.building_area and f"{found.building_area} ㎡"),
        (_("核定容量"), found.capacity and _("%(number)d人") % {"number": found.capacity}),
        (_("文物保护级别"), found.heritage),
        (_("届满日期"), found.body_term_end and found.body_term_end.isoformat()),
        (_("撤销日期"), found.revoked_on and found.revoked_on.isoformat()),
    ]
    facts = told + [fact for fact in optional if fact[1]]
    return [{"label": label, "value": value} for label, value in facts]


def _clergy(found: Venue) -> str:
    if found.clergy_count is None or found.clergy_checked_on is None:
        return ""
    return _("%(number)d人（%(day)s核对）") % {
        "number": found.clergy_count,
        "day": found.clergy_checked_on.isoformat(),
    }


def _open(found: Venue, of: str, today: dt.date) -> list[dict[str, Any]]:
    """The open hazards, disputes or suggestions of a venue: late ones first, with their day and post."""
    lines = [_line(each, today) for each in getattr(found, of).open().most_pressing_first()]
    return sorted(lines, key=lambda line: not line["late"])


def _line(each: Followed, today: dt.date) -> dict[str, Any]:
    return {
        "matter": each, "word": each._meta.verbose_name, "late": each.is_late(today), "age": each.age(today),
        "url": each.get_absolute_url(),
    }  # fmt: skip


def _open_projects(found: Venue, today: dt.date) -> list[dict[str, Any]]:
    projects = VenueProject.objects.at(found).open().select_related("issue")
    return [
        {**_line(each, today), "issue": each.issue, "obstacle_age": each.issue and each.issue.obstacle_age(today)}
        for each in projects.most_pressing_first()
    ]


def _term(found: Venue, today: dt.date) -> dict[str, Any] | None:
    """The end of the body's term, when it is near or past."""
    end = found.body_term_end
    if end is None or not found.is_open or end - today >= TERM_ENDS_SOON:
        return None
    return {"end": end, "days": abs((end - today).days), "past": end < today}


def _sheets(found: Venue, year: int) -> list[dict[str, Any]]:
    """A line for each of the year's sheets: of how many items how many bear which mark."""
    marked, rules = marks_of(found, year), LocalRules.objects.for_unit(found.unit_id)
    return [
        {
            "topic": Topic(topic).label, "url": reverse(topic), "marked": sum(marked[topic].values()),
            "items": len(items) - (topic == Topic.ENTRIES and not rules.fifth_entry),
            "counts": [(Mark(mark).label, marked[topic][mark]) for mark in MARKS[topic] if marked[topic][mark]],
        }
        for topic, items in ITEMS.items()
    ]  # fmt: skip
