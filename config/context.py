"""What the frame around every page needs (templates/base.html)."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import pgettext_lazy

from accounts.models import Role
from workplans.views.frame import chosen_period, period_choices

READERS = {Role.CLERK, Role.REVIEWER, Role.SIGNER, Role.DISTRICT}
# address name, label, icon, who sees it; in the order of the map in docs/architecture.md
NAVIGATION = [
    ("home", pgettext_lazy("several", "首页"), "house", READERS),
    ("ledger", pgettext_lazy("several", "台账"), "journal-text", READERS),
    ("targets", pgettext_lazy("several", "目标"), "flag", READERS),
    ("areas", pgettext_lazy("several", "领域"), "grid", READERS),
    ("summaries", pgettext_lazy("several", "总结"), "file-earmark-text", READERS),
    ("manage", pgettext_lazy("several", "管理"), "gear", {Role.ADMINISTRATOR}),
]
ALSO_UNDER = {
    "targets": ("/issues/",),
    "areas": ("/figures/", "/religion/", "/enterprises/", "/chamber/"),
}  # pages of a place that lie at other addresses


def frame(request: HttpRequest) -> dict[str, Any]:
    user = getattr(request, "user", None)
    context: dict[str, Any] = {"product_version": settings.VERSION, "is_demo": settings.DEMO}
    if user is None or not user.is_authenticated or user.must_change_password:
        return context
    context["idle_seconds"] = settings.IDLE_SIGN_OUT_SECONDS
    kept = ""
    if user.role != Role.ADMINISTRATOR:
        context["period"] = chosen_period(request)
        context["period_choices"] = period_choices(request)
        kept = _kept(request)
    context["home_url"] = reverse("home") + kept
    context["navigation"] = [
        {"label": label, "url": reverse(name) + kept, "icon": icon, "active": _is_under(request.path, name)}
        for name, label, icon, roles in NAVIGATION
        if user.role in roles
    ]
    if user.may_record:
        context["record_url"] = reverse("record") + kept
    return context


def _kept(request: HttpRequest) -> str:
    """What goes with the reader from page to page: the period, and the unit a district looks at."""
    kept = {"period": chosen_period(request).code}
    if unit := request.GET.get("unit"):
        kept["unit"] = unit
    return f"?{urlencode(kept)}"


def _is_under(path: str, name: str) -> bool:
    root = reverse(name)
    return path == root if root == "/" else path.startswith((root, *ALSO_UNDER.get(name, ())))
