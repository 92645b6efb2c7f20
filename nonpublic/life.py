"""An enterprise's life in time order: its rows of the ledger, and the steps of its requests."""

from __future__ import annotations

from django.db.models import Q
from django.utils.translation import gettext_lazy

from workplans.life import SIZE, Page, Place, page_of, rows, steps
from workplans.models import Activity

from .models import Enterprise, Request, RequestStep

STANDING = Q(request__void_reason="") & ~Q(request__activity__state=Activity.State.VOID)


def life_of(enterprise: Enterprise, before: Place | None = None, size: int = SIZE) -> Page:
    """The page of the life that begins after a place of it; the newest without one. One query a source."""
    own = RequestStep.objects.of_unit(enterprise.unit_id).filter(
        STANDING, request__unit=enterprise.unit_id, request__enterprise=enterprise
    )
    sources = [rows(enterprise.events.all()), steps(gettext_lazy("诉求"), own, Request, "request")]
    return page_of(sources, before, size)
