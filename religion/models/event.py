"""What rows of the ledger tell besides, when they happen at venues."""

from __future__ import annotations

import datetime as dt

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import PartOf
from workplans.models import Detail
from workplans.models.detail import DetailQuerySet
from workplans.models.guard import LineField, ProseField

from .venue import Venue


class AtVenueQuerySet(DetailQuerySet):
    def last_days(self, *kinds: str) -> dict[tuple[int, str], dt.date]:
        """By venue and kind: the day of the last row. One query."""
        rows = self.valid().filter(activity__kind__in=kinds).values_list("venue_id", "activity__kind").order_by()
        return {(venue, kind): day for venue, kind, day in rows.annotate(last=models.Max("activity__date"))}


class AtVenue(Detail):
    """At which venue a row of the ledger happened, whatever its kind."""

    venue = PartOf(Venue, related_name="events", verbose_name=_("场所"))

    objects = AtVenueQuerySet.as_manager()

    class Meta:
        verbose_name = _("场所活动")
        indexes = [models.Index(fields=["unit", "venue", "activity"], name="atvenue_venue")]


class VenuePatrol(Detail):
    """走访巡查: by whose post, and whether all was in order."""

    class Finding(models.TextChoices):
        NORMAL = "normal", _("正常")
        PROBLEM = "problem", _("发现问题")

    visitor = LineField(_("巡查人岗位"), max_length=40, blank=True, help_text=_("例如：村统战联络员。只写岗位。"))
    finding = models.CharField(_("巡查情况"), max_length=10, choices=Finding.choices, default=Finding.NORMAL)

    class Meta:
        verbose_name = _("走访巡查")
        indexes = [models.Index(fields=["unit", "activity"], name="patrol_activity")]


class SafetyInspection(Detail):
    """安全检查: who led it, with which departments, and what it concluded. The marks are its `CheckResult`s."""

    class Organiser(models.TextChoices):
        TOWN = "town", _("镇")
        JOINT = "joint", _("部门联合")
        DISTRICT = "district", _("区")

    class Conclusion(models.TextChoices):
        PASSED = "passed", _("合格")
        RECTIFY = "rectify", _("限期整改")
        CLOSE = "close", _("停用整改")

    organiser = models.CharField(_("组织单位"), max_length=10, choices=Organiser.choices, default=Organiser.TOWN)
    departments = LineField(
        _("参加部门"), max_length=100, blank=True, help_text=_("例如：派出所、消防、住建。只写部门。")
    )
    conclusion = models.CharField(_("检查结论"), max_length=10, choices=Conclusion.choices, default=Conclusion.PASSED)
    notice_number = LineField(_("整改通知书文号"), max_length=40, blank=True)

    class Meta:
        verbose_name = _("安全检查")
        indexes = [models.Index(fields=["unit", "activity"], name="inspection_activity")]


class LargeEvent(Detail):
    """大型活动: what was expected and approved; who came is the row's own count of person-times."""

    class Approval(models.TextChoices):
        NOT_NEEDED = "not_needed", _("无需")
        FILED = "filed", _("已报")
        APPROVED = "approved", _("已批")

    expected = models.PositiveIntegerField(_("预计人次"), null=True, blank=True)
    approval = models.CharField(_("审批"), max_length=10, choices=Approval.choices, default=Approval.NOT_NEEDED)
    approval_number = LineField(_("批准文号"), max_length=60, blank=True)
    safety_plan = ProseField(_("安全预案"), blank=True, max_length=2000)

    class Meta:
        verbose_name = _("大型活动")
        indexes = [models.Index(fields=["unit", "activity"], name="largeevent_activity")]


class OversightVisit(Detail):
    """视察检查: by which body. What it suggests is followed as `Suggestion`s."""

    class Body(models.TextChoices):
        CONGRESS = "congress", _("人大")
        CONSULTATIVE = "consultative", _("政协")
        SUPERIOR = "superior", _("上级督查")
        INSPECTION = "inspection", _("巡察")

    body = models.CharField(_("视察检查单位"), max_length=15, choices=Body.choices, default=Body.CONGRESS)

    class Meta:
        verbose_name = _("视察检查")
        indexes = [models.Index(fields=["unit", "activity"], name="oversight_activity")]
