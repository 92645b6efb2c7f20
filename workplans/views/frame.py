"""Which units and which period a page is about.

Both are read from the address, never from a session, so that a page can be sent to a colleague.
"""

from __future__ import annotations

from django.http import Http404, HttpRequest
from django.utils import timezone

from accounts.models import Unit
from workplans.models import Activity, Period


def chosen_period(request: HttpRequest) -> Period:
    """The period in the address; without one the current half-year or, when that is empty, the last one with rows."""
    if not hasattr(request, "_period"):
        try:
            period = Period.parse(request.GET["period"]) if request.GET.get("period") else _opening_period(request)
        except ValueError as error:
            raise Http404 from error
        if not 1949 <= period.year <= 2999:  # so that there are periods before and after every page
            raise Http404
        request._period = period  # type: ignore[attr-defined]
    return request._period  # type: ignore[attr-defined]


def _opening_period(request: HttpRequest) -> Period:
    current = Period.of(timezone.localdate())
    last_day = Activity.objects.visible_to(request.user).last_day_until(current.last_day)
    return Period.of(last_day) if last_day else current


def period_choices(request: HttpRequest) -> list[Period]:
    """What the picker offers: the half-years around today and the chosen one, newest first."""
    chosen, current = chosen_period(request), Period.of(timezone.localdate())
    half = Period.of(chosen.first_day)
    offered = {chosen, *(half.shift(step) for step in range(-3, 3)), *(current.shift(step) for step in range(-3, 2))}
    return sorted(offered, key=lambda period: (period.first_day, period.span), reverse=True)


def chosen_units(request: HttpRequest) -> list[Unit]:
    """The units a page is about: the one named in the address, or all that this user may see records of."""
    user = request.user
    if user.role in user.DISTRICT_WIDE:
        units = list(Unit.objects.visible_to(user).in_use().order_by("code"))
    else:  # its own, which the frame of every page names anyway
        units = [user.unit] if user.unit.is_active else []
    if code := request.GET.get("unit"):
        units = [unit for unit in units if unit.code == code]
        if not units:
            raise Http404
    return units
