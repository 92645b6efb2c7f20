"""What is found at venues and followed until it ends: hazards, disputes, suggestions."""

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

from .venue import Venue


class AtVenuesQuerySet(FoundQuerySet):
    def at(self, venue: Venue) -> Self:
        return self.filter(unit=venue.unit_id, venue=venue)


class HazardQuerySet(AtVenuesQuerySet):
    def open_by_venue(self, today: dt.date) -> dict[int, dict[str, int]]:
        """By venue: how many hazards are `open`, and how many of them `late`. One query."""
        late = models.Count("pk", filter=Q(due__lt=today, rectified_on=None))
        rows = self.open().values("venue_id").annotate(open=models.Count("pk"), late=late).order_by()
        return {row["venue_id"]: row for row in rows}

    def late(self, today: dt.date) -> HazardQuerySet:
        return super().late(today).filter(rectified_on=None)

    def pressing(self, today: dt.date) -> HazardQuerySet:
        """Open ones that are late, major, or rectified and waiting to be closed."""
        late = Q(due__lt=today, rectified_on=None)
        return self.open().filter(late | Q(grade=Hazard.Grade.MAJOR) | Q(rectified_on__isnull=False))


class Hazard(Found):
    """隐患: found, rectified, rechecked, closed; or passed up to those who can remove it."""

    class Grade(models.TextChoices):
        COMMON = "common", _("一般")
        MAJOR = "major", _("重大")

    class Disposal(models.TextChoices):
        AT_ONCE = "at_once", _("即知即改")
        IN_TIME = "in_time", _("限期整改")
        PASS_UP = "pass_up", _("提交上级")

    class State(models.TextChoices):
        OPEN = "open", _("未改")
        ACTIVE = "active", _("整改中")
        RECTIFIED = "rectified", _("已改")
        CLOSED = "closed", _("已销号")
        PASSED_UP = "passed_up", _("已上报")

    MOVES = (
        Move("start", _("开始整改"), (State.OPEN,), State.ACTIVE),
        Move("pass_up", _("上报上级"), (State.OPEN, State.ACTIVE), State.PASSED_UP, asks=_("请写明上报的原因和报给谁。")),
        Move("rectify", _("完成整改"), (State.OPEN, State.ACTIVE, State.PASSED_UP), State.RECTIFIED, "rectified_on"),
        Move("recheck", _("复查合格"), (State.RECTIFIED,), State.RECTIFIED, "rechecked_on"),
        Move("close", _("销号"), (State.RECTIFIED,), State.CLOSED, needs="rechecked_on"),
        Move(
            "reject", _("复查不合格"), (State.RECTIFIED,), State.ACTIVE, clears=("rectified_on", "rechecked_on"),
            asks=_("请写明哪里不合格。"),
        ),
    )  # fmt: skip
    ENDED = (State.CLOSED,)

    activity = PartOf(Activity, related_name="hazards")
    venue = PartOf(Venue, related_name="hazards", verbose_name=_("场所"))
    description = LineField(_("隐患"), max_length=100)
    grade = models.CharField(_("等级"), max_length=10, choices=Grade.choices, default=Grade.COMMON)
    disposal = models.CharField(_("处置"), max_length=10, choices=Disposal.choices, default=Disposal.IN_TIME)
    state = models.CharField(_("状态"), max_length=10, choices=State.choices, default=State.OPEN, editable=False)
    rectified_on = models.DateField(_("整改日期"), null=True, blank=True, editable=False)
    rechecked_on = models.DateField(_("复查日期"), null=True, blank=True, editable=False)

    objects = HazardQuerySet.as_manager()

    class Meta:
        verbose_name = _("隐患")
        constraints = [
            models.CheckConstraint(
                condition=Q(closed_on=None) | Q(rectified_on__isnull=False, rechecked_on__isnull=False),
                name="hazard_closed",
            ),
            models.CheckConstraint(
                condition=Q(rechecked_on=None) | Q(rechecked_on__gte=models.F("rectified_on")), name="hazard_days"
            ),
        ]
        indexes = [
            models.Index(fields=["unit", "opened_on", "closed_on", "state"], name="hazard_unit_opened"),
            models.Index(fields=["unit", "venue", "closed_on"], name="hazard_venue"),
            models.Index(fields=["unit", "activity"], name="hazard_activity"),
        ]

    def __str__(self) -> str:
        return self.description

    def get_absolute_url(self) -> str:
        return reverse("hazard", args=[self.pk])

    @property
    def is_major(self) -> bool:
        return self.grade == self.Grade.MAJOR

    @property
    def mark(self) -> str:
        return str(self.get_grade_display()) if self.is_major else ""

    def is_late(self, today: dt.date) -> bool:
        """Late is what should be rectified by now; one that waits for its recheck is not."""
        return super().is_late(today) and self.rectified_on is None


class HazardStep(Step):
    hazard = PartOf(Hazard, related_name="steps")

    class Meta:
        indexes = [models.Index(fields=["unit", "hazard", "day", "id"], name="hazardstep_hazard")]


class Dispute(Found):
    """矛盾纠纷: of what kind and how it went, never between whom."""

    class Type(models.TextChoices):
        LAND = "land", _("产权土地")
        BUILDING = "building", _("建设")
        MANAGEMENT = "management", _("管理权")
        MONEY = "money", _("财务")
        TEACHING = "teaching", _("教务")
        NUISANCE = "nuisance", _("噪音环境")
        OTHER = "other", _("其他")

    class State(models.TextChoices):
        OPEN = "open", _("待调处")
        ACTIVE = "active", _("调处中")
        PASSED_UP = "passed_up", _("已上报")
        SOLVED = "solved", _("已化解")

    MOVES = (
        Move("start", _("开始调处"), (State.OPEN,), State.ACTIVE),
        Move("pass_up", _("上报上级"), (State.ACTIVE,), State.PASSED_UP, asks=_("请写明上报的原因和报给谁。")),
        Move("solve", _("化解"), (State.ACTIVE, State.PASSED_UP), State.SOLVED, asks=_("请写明怎样化解。")),
    )
    ENDED = (State.SOLVED,)

    activity = PartOf(Activity, related_name="disputes")
    venue = PartOf(Venue, related_name="disputes", null=True, blank=True, verbose_name=_("场所"))
    type = models.CharField(_("类型"), max_length=12, choices=Type.choices, default=Type.OTHER)
    course = ProseField(_("经过"), max_length=1000, help_text=_("写事情的来由和诉求，不写当事人姓名。"))
    state = models.CharField(_("状态"), max_length=10, choices=State.choices, default=State.OPEN, editable=False)

    objects = AtVenuesQuerySet.as_manager()

    class Meta:
        verbose_name = _("矛盾纠纷")
        indexes = [
            models.Index(fields=["unit", "opened_on", "closed_on", "state"], name="dispute_unit_opened"),
            models.Index(fields=["unit", "venue", "closed_on"], name="dispute_venue"),
            models.Index(fields=["unit", "activity"], name="dispute_activity"),
        ]

    def __str__(self) -> str:
        return _("%(what)s：%(text)s") % {"what": self.get_type_display(), "text": self.course[:40].rstrip("。")}

    def get_absolute_url(self) -> str:
        return reverse("dispute", args=[self.pk])


class DisputeStep(Step):
    dispute = PartOf(Dispute, related_name="steps")

    class Meta:
        indexes = [models.Index(fields=["unit", "dispute", "day", "id"], name="disputestep_dispute")]


class Suggestion(Found):
    """意见建议 of an oversight visit, followed to its answer: the note of the step that answers it."""

    class State(models.TextChoices):
        OPEN = "open", _("待办")
        ACTIVE = "active", _("办理中")
        ANSWERED = "answered", _("已答复")

    MOVES = (
        Move("start", _("开始办理"), (State.OPEN,), State.ACTIVE),
        Move("answer", _("答复"), (State.ACTIVE,), State.ANSWERED, asks=_("请写明答复的内容。")),
    )
    ENDED = (State.ANSWERED,)

    activity = PartOf(Activity, related_name="suggestions")
    venue = PartOf(Venue, related_name="suggestions", null=True, blank=True, verbose_name=_("场所"))
    text = LineField(_("意见建议"), max_length=200)
    state = models.CharField(_("状态"), max_length=10, choices=State.choices, default=State.OPEN, editable=False)

    objects = AtVenuesQuerySet.as_manager()

    class Meta:
        verbose_name = _("意见建议")
        indexes = [
            models.Index(fields=["unit", "opened_on", "closed_on", "state"], name="suggestion_unit_opened"),
            models.Index(fields=["unit", "venue", "closed_on"], name="suggestion_venue"),
            models.Index(fields=["unit", "activity"], name="suggestion_activity"),
        ]

    def __str__(self) -> str:
        return self.text

    def get_absolute_url(self) -> str:
        return reverse("suggestion", args=[self.pk])


class SuggestionStep(Step):
    suggestion = PartOf(Suggestion, related_name="steps")

    class Meta:
        indexes = [models.Index(fields=["unit", "suggestion", "day", "id"], name="suggestionstep_suggestion")]
