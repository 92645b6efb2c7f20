"""What the frame around every page needs (templates/base.html)."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
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


def frame(request: HttpRequest) -> dict[str, Any]:
    user = getattr(request, "user", None)
    context: dict[str, Any] = {"product_version": settings.VERSION, "is_demo": settings.DEMO}
    if user is None or not user.is_authenticated or user.must_change_password:
        return context
    context["idle_seconds"] = settings.IDLE_SIGN_OUT_SECONDS
    context["navigation"] = [
        {"label": label, "url": reverse(name), "icon": icon, "active": _is_under(request.path, reverse(name))}
        for name, label, icon, roles in NAVIGATION
        if user.role in roles
    ]
    if user.role != Role.ADMINISTRATOR:
        context["period"] = chosen_period(request)
        context["period_choices"] = period_choices(request)
    if user.may_record:
        context["record_url"] = reverse("record")
    return context


def _is_under(path: str, root: str) -> bool:
    return path == root if root == "/" else path.startswith(root)
