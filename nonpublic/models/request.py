"""诉求: what an enterprise asks for, followed until it is answered or it is said why it cannot be."""

from __future__ import annotations

import datetime as dt
from typing import Self

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import PartOf
from workplans.models import Activity, Found, Move, Step
from workplans.models.found import FoundQuerySet
from workplans.models.guard import LineField, ProseField

from .enterprise import Enterprise


class RequestQuerySet(FoundQuerySet):
    def at(self, enterprise: Enterprise) -> Self:
        return self.filter(unit=enterprise.unit_id, enterprise=enterprise)

    def pressing(self, today: dt.date, before: dt.date) -> Self:
        """Open ones that are late, or were raised on a day before."""
        return self.open().filter(Q(due__lt=today) | Q(opened_on__lte=before))

    def open_by_enterprise(self) -> dict[int, int]:
        """By enterprise: how many requests are open. One query."""
        rows = self.open().filter(enterprise__isnull=False).values("enterprise_id").order_by()
        return {row["enterprise_id"]: row["number"] for row in rows.annotate(number=models.Count("pk"))}


class Request(Found):
    """诉求, with the three lists of it: what is needed, what is suggested, and who is responsible."""

    class Kind(models.TextChoices):
        STAFF = "staff", _("用工")
        FINANCE = "finance", _("融资")
        LAND = "land", _("用地")
        PERMITS = "permits", _("手续")
        POLICY = "policy", _("政策")
        LOGISTICS = "logistics", _("物流")
        UTILITIES = "utilities", _("水电")
        OTHER = "other", _("其他")

    class State(models.TextChoices):
        OPEN = "open", _("待办")
        ACTIVE = "active", _("办理中")
        PASSED_UP = "passed_up", _("上报")
        ANSWERED = "answered", _("办结")
        REFUSED = "refused", _("不能办")

    PENDING = (State.OPEN, State.ACTIVE, State.PASSED_UP)
    MOVES = (
        Move("start", _("开始办理"), (State.OPEN,), State.ACTIVE),
        Move(
            "pass_up", _("上报上级"), (State.OPEN, State.ACTIVE), State.PASSED_UP, asks=_("请写明上报的原因和报给谁。")
        ),
        Move("answer", _("办结"), PENDING, State.ANSWERED, "answered_on", asks=_("请写明办理结果，怎样答复企业。")),
        Move("refuse", _("不能办"), PENDING, State.REFUSED, asks=_("请写明为什么不能办，怎样向企业说明。")),
    )
    ENDED = (State.ANSWERED, State.REFUSED)

    activity = PartOf(Activity, related_name="requests")
    enterprise = PartOf(Enterprise, related_name="requests", null=True, blank=True, verbose_name=_("企业"))
    kind = models.CharField(_("类别"), max_length=10, choices=Kind.choices, default=Kind.OTHER)
    need = LineField(_("诉求"), max_length=200)
    suggestion = ProseField(_("建议"), max_length=1000, blank=True)
    responsible = LineField(_("责任单位"), max_length=60, blank=True, help_text=_("例如：镇经济发展办公室。"))
    state = models.CharField(_("状态"), max_length=10, choices=State.choices, default=State.OPEN, editable=False)
    answered_on = models.DateField(_("答复日期"), null=True, blank=True, editable=False)

    objects = RequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("企业诉求")
        constraints = [
            models.CheckConstraint(
                condition=Q(answered_on=None) & ~Q(state="answered")
                | Q(
                    state="answered",
                    closed_on=models.F("answered_on"),
                    closed_on__isnull=False,
                    answered_on__isnull=False,
                ),
                name="request_answered",
            ),
        ]
        indexes = [
            models.Index(fields=["unit", "opened_on", "closed_on", "state"], name="request_unit_opened"),
            models.Index(fields=["unit", "enterprise", "closed_on"], name="request_enterprise"),
            models.Index(fields=["unit", "activity"], name="request_activity"),
        ]

    def __str__(self) -> str:
        return self.need

    def get_absolute_url(self) -> str:
        return reverse("request", args=[self.pk])


class RequestStep(Step):
    request = PartOf(Request, related_name="steps")

    class Meta:
        indexes = [models.Index(fields=["unit", "request", "day", "id"], name="requeststep_request")]
