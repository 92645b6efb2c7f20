"""One step of a founding: planned, held up, done."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from accounts.models import OwnedQuerySet, PartOf, Unit
from workplans.models import Period
from workplans.models.guard import LineField, ProseField
from workplans.models.obstacle import Obstructed

from .steps import StepFields

if TYPE_CHECKING:
    from .chamber import Chamber
    from .founding import Founding


@dataclass(frozen=True)
class Obstacle:
    """What holds a step up, told whole; or nothing."""

    type: str = ""
    text: str = ""
    since: dt.date | None = None


class FoundingStepQuerySet(OwnedQuerySet["FoundingStep"]):
    def in_period(self, period: Period) -> FoundingStepQuerySet:
        """Steps that were done by the period's end."""
        return self.filter(done_on__lte=period.last_day)

    def in_order(self) -> FoundingStepQuerySet:
        return self.order_by("position")

    def of_chamber(self, chamber: Chamber) -> FoundingStepQuerySet:
        return self.filter(founding=chamber.pk)

    def done(self) -> FoundingStepQuerySet:
        return self.filter(done_on__isnull=False)


class FoundingStep(StepFields, Obstructed):
    """One step of a founding, in the words the list had when it began."""

    unit = models.ForeignKey(Unit, models.PROTECT, db_index=False)
    founding = PartOf("chamber.Founding", related_name="steps")
    ready = ProseField(_("已备材料"), max_length=500, blank=True)
    planned_on = models.DateField(_("计划日期"), null=True, blank=True)
    done_on = models.DateField(_("完成日期"), null=True, blank=True)
    skipped = models.BooleanField(_("略过"), default=False)
    post = LineField(_("责任岗位"), max_length=40, blank=True, help_text=_("只写岗位，不写姓名。"))

    objects = FoundingStepQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("筹建步骤")
        constraints = [
            models.UniqueConstraint(fields=["unit", "founding", "position"], name="foundingstep_position"),
            models.CheckConstraint(condition=Q(done_on=None) | Q(skipped=False), name="foundingstep_done_or_skipped"),
        ]
        indexes = [models.Index(fields=["unit", "done_on"], name="foundingstep_unit_done")]

    def get_absolute_url(self) -> str:
        return reverse("chamber", args=[self.founding_id])

    @property
    def is_open(self) -> bool:
        return self.done_on is None and not self.skipped

    @property
    def material_list(self) -> list[str]:
        return self.materials.splitlines()

    @property
    def ready_list(self) -> list[str]:
        return self.ready.splitlines()

    def is_late(self, today: dt.date) -> bool:
        return self.is_open and self.planned_on is not None and self.planned_on < today

    def days_late(self, today: dt.date) -> int | None:
        """Days after the planned one, until it was done or until today; below zero before it. None without a plan."""
        return ((self.done_on or today) - self.planned_on).days if self.planned_on else None

    @classmethod
    def history_of(cls, founding: Founding) -> list[Any]:
        """The kept versions of a founding's steps: step by step in their order, each newest first. One query."""
        kept = cls.history.filter(id__in=[step.pk for step in founding.course()])
        return list(kept.select_related("history_user").order_by("position", "id", "-history_id"))

    def hold_up(self, obstacle: Obstacle) -> None:
        """Name what holds this step up from here on; the caller saves it."""
        self.obstacle_type, self.obstacle, self.obstacle_since = obstacle.type, obstacle.text, obstacle.since
