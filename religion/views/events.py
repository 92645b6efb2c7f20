"""What the page of a ledger row tells of its venue, its checks and what it brought to light."""

from __future__ import annotations

from collections import Counter
from itertools import groupby
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from religion.models import (
    AtVenue,
    CheckGroup,
    CheckResult,
    Dispute,
    Hazard,
    LargeEvent,
    OversightVisit,
    SafetyInspection,
    Suggestion,
    VenuePatrol,
)
from workplans.area import About
from workplans.models import Activity
from workplans.views.details import Fact, brought, columns_of

# By kind: the model of its own columns, those that are told, and what such a row brings to light.
DETAILS = {
    "patrol": (VenuePatrol, ("visitor", "finding"), Hazard),
    "inspection": (SafetyInspection, ("organiser", "departments", "conclusion", "notice_number"), Hazard),
    "dispute": (None, (), Dispute),
    "oversight": (OversightVisit, ("body",), Suggestion),
    "large_event": (LargeEvent, ("expected", "approval", "approval_number", "safety_plan"), None),
}


def about(row: Activity, user: User) -> About:
    model, columns, brings = DETAILS.get(row.kind, (None, (), None))
    found = list(brings.objects.of_row(row)) if brings else []
    results = list(row.check_results.order_by("position", "pk")) if row.kind == "inspection" else []
    context = {
        **(brought(brings, found) if brings else {}),
        "checks": _checks(results),
        "check_counts": _counts(results),
        "record_url": reverse("inspection_record", args=[row.pk]) if row.kind == "inspection" else "",
        "notice_url": reverse("rectification_notice", args=[row.pk]) if results and found else "",
    }  # fmt: skip
    return About(_facts(row, model, columns), "religion/_about_event.html", context)


def _facts(row: Activity, model: type[Any] | None, columns: tuple[str, ...]) -> list[Fact]:
    at = AtVenue.objects.select_related("venue").of_row(row)
    facts = [{"label": _("场所"), "value": at.venue.name, "url": at.venue.get_absolute_url()}] if at else []
    return facts + columns_of(model.objects.of_row(row) if model else None, columns)


def _checks(results: list[CheckResult]) -> list[tuple[str, list[CheckResult]]]:
    """The points by group."""
    return [(CheckGroup(group).label, list(points)) for group, points in groupby(results, lambda each: each.group)]


def _counts(results: list[CheckResult]) -> list[tuple[str, int]]:
    counted = Counter(each.result for each in results)
    return [(label, counted[value]) for value, label in CheckResult.Result.choices if counted[value]]
