"""The life of a thing in a register, as a part of its page that may be turned back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest

from workplans.life import Page, Place

from .frame import chosen_period


def life_context(request: HttpRequest, life_at: Callable[[Place | None], Page]) -> dict[str, Any]:
    """What workplans/life.html shows; ?after= is a place in the life, whose older part is shown then."""
    try:
        page = life_at(Place.parse(request.GET["after"]) if request.GET.get("after") else None)
    except ValueError as error:
        raise Http404 from error
    period = chosen_period(request).code
    for entry in page.entries:
        if entry["url"]:
            entry["url"] += f"?period={period}"
    return {
        "life": page.entries, "older_url": page.older and f"?period={period}&after={page.older}#life",
        "newest_url": f"?period={period}#life" if "after" in request.GET else "",
    }  # fmt: skip
