from __future__ import annotations

import datetime as dt

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import OwnedQuerySet

from .guard import LineField


class LineQuerySet(OwnedQuerySet[models.Model]):
    """Dated lines of a log: a target's progress, an issue's course."""

    def newest_first(self) -> LineQuerySet:
        return self.order_by("-day", "-pk")


class ObstacleType(models.TextChoices):
    PERSON = "person", _("人选未定")
    APPROVAL = "approval", _("审批未批")
    FUNDS = "funds", _("资金")
    LAND = "land", _("场地用地")
    POLICY = "policy", _("政策不明")
    STRENGTH = "strength", _("力量不足")
    EXTERNAL = "external", _("外部原因")


class Obstructed(models.Model):
    """What holds a target or an issue up, and since when."""

    obstacle_type = models.CharField(_("障碍类型"), max_length=10, choices=ObstacleType.choices, blank=True)
    obstacle = LineField(
        _("障碍"), max_length=60, blank=True, help_text=_("写成“因……”之后的话，例如：商会主要负责人人选问题。")
    )
    obstacle_since = models.DateField(_("障碍始于"), null=True, blank=True)

    class Meta:
        abstract = True

    def obstacle_age(self, today: dt.date) -> int | None:
        """Days since the obstacle arose; None without an obstacle or its first day."""
        return (today - self.obstacle_since).days if self.obstacle and self.obstacle_since else None
