"""What the frame around every page needs (templates/base.html)."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from accounts.models import Role
from workplans.views.frame import chosen_period, period_choices

# address name, label, icon, who sees it; in the order of the map in docs/architecture.md
NAVIGATION = [
    ("home", _("首页"), "house", {Role.CLERK, Role.REVIEWER, Role.SIGNER, Role.DISTRICT}),
    ("ledger", _("台账"), "journal-text", {Role.CLERK, Role.REVIEWER, Role.SIGNER, Role.DISTRICT}),
    ("targets", _("目标"), "flag", {Role.CLERK, Role.REVIEWER, Role.SIGNER, Role.DISTRICT}),
    ("areas", _("领域"), "grid", {Role.CLERK, Role.REVIEWER, Role.SIGNER, Role.DISTRICT}),
    ("summaries", _("总结"), "file-earmark-text", {Role.CLERK, Role.REVIEWER, Role.SIGNER, Role.DISTRICT}),
    ("manage", _("管理"), "gear", {Role.ADMINISTRATOR}),
]
ALSO_UNDER = {"targets": ("/issues/",), "areas": ("/figures/",)}  # pages of a place that lie at other addresses


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
        {"label": gettext(label), "url": reverse(name) + kept, "icon": icon, "active": _is_under(request.path, name)}
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
