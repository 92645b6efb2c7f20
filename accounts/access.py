"""Who may open a view. Every view carries one of these marks, or the program does not start (accounts/checks.py).

The mark is the outermost decorator:

    @access.roles(Role.CLERK, Role.REVIEWER)
    def record(request): ...
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse

from .models import Role

View = Callable[..., HttpResponse]


def public(*, because: str) -> Callable[[View], View]:
    """Anybody, signed in or not; the reason stands beside the view."""

    def mark(view: View) -> View:
        @functools.wraps(view)
        def opened(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            return view(request, *args, **kwargs)

        opened.access = f"public: {because}"  # type: ignore[attr-defined]
        return login_not_required(opened)

    return mark


def member(view: View) -> View:
    """Everybody who is signed in; what he sees is still scoped to his units."""
    return roles(*Role.values)(view)


def roles(*allowed: str) -> Callable[[View], View]:
    """Only people with one of these roles; others get the product's 403 page."""

    def mark(view: View) -> View:
        @functools.wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if request.user.role not in allowed:
                raise PermissionDenied
            return view(request, *args, **kwargs)

        guarded.access = "roles: " + ", ".join(allowed)  # type: ignore[attr-defined]
        guarded.roles = frozenset(allowed)  # type: ignore[attr-defined]
        return guarded

    return mark


# The two that most pages are for: whoever may see the ledger of his units, and whoever writes his own town's.
readers = roles(Role.CLERK, Role.REVIEWER, Role.SIGNER, Role.DISTRICT)
writers = roles(Role.CLERK, Role.REVIEWER)
