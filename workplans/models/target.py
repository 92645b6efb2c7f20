from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from enum import StrEnum
from typing import Any, Self

from django.db import models, transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from accounts.models import OwnedQuerySet, PartOf, Unit, User

from ..area import keeper_of
from .activity import Activity
from .guard import LineField, ProseField
from .lock import hold_open
from .obstacle import LineQuerySet, Obstructed
from .once import Once
from .period import Period, PeriodField
from .versioned import Versioned


class Kept(Exception):
    """A register of the target's area keeps what was to be written here (docs/decisions/006)."""


class Light(StrEnum):
    """What a leader sees of a target: computed from its state and deadline, never stored."""

    # In the order of lists: what needs a leader first.
    RED = "red"
    AMBER = "amber"
    GREEN = "green"
    DONE = "done"
    GREY = "grey"

    @property
    def label(self) -> str:
        return {
            Light.DONE: _("已完成"), Light.GREEN: _("正常"), Light.AMBER: _("临近或滞后"),
            Light.RED: _("逾期或未完成"), Light.GREY: _("已取消"),
        }[self]  # fmt: skip


SOON = dt.timedelta(days=14)


class TargetQuerySet(OwnedQuerySet["Target"]):
    def in_period(self, period: Period) -> TargetQuerySet:
        """Targets set for the half-years of which the period is, or which it is made of."""
        return self.filter(period__in=period.halves)

    def on_the_desk(self, period: Period) -> TargetQuerySet:
        """What the office has before it in a period: its targets, those of the half-year after, all still open ones."""
        halves = [*period.halves, period.halves[-1].after]
        return self.filter(models.Q(period__in=halves) | ~models.Q(state__in=Target.ENDED))

    def in_area(self, area: str) -> TargetQuerySet:
        return self.filter(area=area)

    def in_periods(self, periods: list[Period]) -> TargetQuerySet:
        return self.filter(period__in=periods)

    def standing(self) -> TargetQuerySet:
        """All but the cancelled ones."""
        return self.exclude(state=Target.State.CANCELLED)

    def open(self) -> TargetQuerySet:
        return self.exclude(state__in=Target.ENDED)

    def ended(self) -> TargetQuerySet:
        return self.filter(state__in=Target.ENDED)

    def owed_by(self, period: Period) -> TargetQuerySet:
        """What a summary of the half-year has to answer for: what was set for it, or before it, and has not ended."""
        return self.open().filter(period__lte=period.halves[-1])

    def of_item(self, target: Target) -> TargetQuerySet:
        """The targets that stand in one item of the plan together with this one, itself included."""
        return self.filter(unit_id=target.unit_id, period=target.period, item=target.item)

    def in_order(self) -> TargetQuerySet:
        """As the report lists them."""
        return self.order_by("item", "pk")

    def with_last_progress(self) -> TargetQuerySet:
        """Each with `last_day` and `last_note` of its progress, and the target it was carried over to, in one query."""
        lines = TargetProgress.objects.filter(unit=models.OuterRef("unit"), target=models.OuterRef("pk"))
        last = lines.order_by("-day", "-pk")
        return self.select_related("carried_to").annotate(
            last_day=models.Subquery(last.values("day")[:1]), last_note=models.Subquery(last.values("note")[:1])
        )

    def count_by_period(self) -> dict[Period, int]:
        """How many stand in each period; a period without targets is missing."""
        return dict(self.standing().order_by().values_list("period").annotate(models.Count("pk")))

    def next_item(self) -> int:
        """The number of an item after all of these."""
        return min((self.aggregate(last=models.Max("item"))["last"] or 0) + 1, Target.LAST_ITEM)


class Target(Versioned, Once, Obstructed):
    """A target of a half-year: obstacle → 为此，必须确保 → deadline → deliverable."""

    class Kind(models.TextChoices):
        QUALITATIVE = "qualitative", _("定性")
        QUANTITATIVE = "quantitative", _("定量")
        MILESTONE = "milestone", _("里程碑")
        RECTIFICATION = "rectification", _("整改")

    class State(models.TextChoices):
        PLANNED = "planned", _("未启动")
        ACTIVE = "active", _("推进中")
        BEHIND = "behind", _("滞后")
        DONE = "done", _("完成")
        FAILED = "failed", _("未完成")
        CANCELLED = "cancelled", _("取消")

    ENDED = (State.DONE, State.FAILED, State.CANCELLED)
    # What a register that keeps the target says of it, and nobody types into its own form.
    KEPT = ("area", "period", "kind", "due", "obstacle_type", "obstacle", "obstacle_since")
    LAST_ITEM = 99  # what chinese_number can write
    SAME_BY = ("period", "area", "text")

    class Source(models.TextChoices):
        OWN = "own", _("本级计划")
        SUPERIOR = "superior", _("上级要点")
        CARRIED = "carried", _("结转")
        RECTIFICATION = "rectification", _("整改")

    unit = models.ForeignKey(Unit, models.PROTECT, db_index=False, verbose_name=_("单位"))
    period = PeriodField(_("期间"))
    area = models.CharField(_("领域"), max_length=20)
    item = models.PositiveSmallIntegerField(
        _("条目"), default=1, help_text=_("在总结中排第几条；同一条目的目标合写为一条。")
    )
    text = LineField(_("目标"), max_length=100)
    kind = models.CharField(_("类型"), max_length=15, choices=Kind.choices, default=Kind.QUALITATIVE)
    deliverable = LineField(
        _("要完成的工作"), max_length=60, blank=True, help_text=_("写成“完成……”之后的话，例如：商会组建工作。")
    )
    metric = models.CharField(_("对应指标"), max_length=40, blank=True)
    quantity = models.PositiveIntegerField(_("目标数量"), null=True, blank=True)
    sign = LineField(_("完成标志"), max_length=100, blank=True)
    due = models.DateField(_("完成时限"), null=True, blank=True)
    must = models.BooleanField(_("必须确保"), default=False)
    leader_post = LineField(_("责任领导岗位"), max_length=40, blank=True)
    post = LineField(_("责任岗位"), max_length=40, blank=True)
    supporters = LineField(_("配合单位"), max_length=100, blank=True)
    measure = LineField(_("应对措施"), max_length=200, blank=True)
    state = models.CharField(_("状态"), max_length=10, choices=State.choices, default=State.PLANNED)
    source = models.CharField(_("来源"), max_length=15, choices=Source.choices, default=Source.OWN)
    carried_from = models.OneToOneField(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="carried_to",
        verbose_name=_("结转自"),
    )
    created_by = models.ForeignKey(User, models.PROTECT, related_name="+", db_index=False, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = TargetQuerySet.as_manager()
    history = HistoricalRecords(excluded_fields=["token"])

    class Meta:
        verbose_name = _("目标")
        constraints = [models.UniqueConstraint(fields=["unit", "token"], name="target_token")]
        indexes = [models.Index(fields=["unit", "period", "state", "due", "area"], name="target_unit_period")]

    def __str__(self) -> str:
        return self.text

    def get_absolute_url(self) -> str:
        return reverse("target", args=[self.pk])

    @property
    def is_open(self) -> bool:
        return self.state not in self.ENDED

    def light(self, today: dt.date) -> Light:
        if self.state == self.State.DONE:
            return Light.DONE
        if self.state == self.State.CANCELLED:
            return Light.GREY
        if self.state == self.State.FAILED or (self.due and self.due < today):
            return Light.RED
        if self.state == self.State.BEHIND or (self.due and self.due - today <= SOON):
            return Light.AMBER
        return Light.GREEN

    def light_word(self, today: dt.date) -> str:
        """The word beside this target's light: which of the two reasons an amber or a red light has."""
        light = self.light(today)
        if light is Light.RED:
            return _("未完成") if self.state == self.State.FAILED else _("逾期")
        if light is Light.AMBER:
            return _("滞后") if self.state == self.State.BEHIND else _("临近到期")
        return light.label

    def state_word(self, today: dt.date) -> str:
        """The state, where the light's word does not say it already: a light says itself how a target ended."""
        said = not self.is_open or (self.state == self.State.BEHIND and self.light(today) is Light.AMBER)
        return "" if said else self.get_state_display()

    @property
    def successor(self) -> Target | None:
        """The target of the next half-year that this one was carried over to. May query."""
        return getattr(self, "carried_to", None)

    def earliest_day(self) -> dt.date | None:
        """The first day the next line of progress may bear: lines follow each other in order of days. Queries."""
        return self.progress.aggregate(last=models.Max("day"))["last"]

    def activity_choices(self) -> list[dict[str, Any]]:
        """The latest ledger rows of the target's area, of which a line of progress may name one. Queries."""
        rows = Activity.objects.of_unit(self.unit).in_area(self.area).valid().newest_first()
        return list(rows.values("pk", "year", "number", "date", "title")[:30])

    @property
    def keeper(self) -> str:
        """The page of the register that keeps this target, if one does. May query."""
        return keeper_of(self)

    def enter(self, insert: Callable[[], None] | None = None) -> Self:
        """Insert this new target, once. Raises PeriodLocked when it is set for a signed half-year."""

        def within() -> None:
            hold_open(self.unit_id, self.period.first_day)
            (insert or self.save)()

        return super().enter(within)

    def rewrite(self) -> None:
        """Store an edit over the version that was read; an ended target refuses, and so does what a register keeps, and
        another half-year that is signed."""
        with transaction.atomic():
            self._take_open()
            stored = Target.objects.get(pk=self.pk)
            if stored.period != self.period:
                hold_open(self.unit_id, self.period.first_day)
            if any(getattr(stored, name) != getattr(self, name) for name in self.KEPT) and stored.keeper:
                raise Kept
            self.save()

    def move(self, state: str, *, day: dt.date, note: str, by: User, activity_id: int | None = None) -> None:
        """Write a line of progress, and the state it brought. Ended targets take no more progress.

        Raises ValueError for a day before the last line's, Kept where a register writes the progress.
        """
        with transaction.atomic():
            self._take_open()
            if self.keeper:
                raise Kept
            self._progress(state, day=day, note=note, by=by, activity_id=activity_id)

    def _progress(self, state: str, *, day: dt.date, note: str, by: User, activity_id: int | None = None) -> None:
        if (earliest := self.earliest_day()) and day < earliest:
            raise ValueError(f"{day} is before the last line of progress, {earliest}.")
        self.state = state
        self.save()
        self._write_line(day=day, note=note, by=by, activity_id=activity_id)

    def follow(
        self, held_up: Obstructed | None, *, state: str, due: dt.date | None, day: dt.date, note: str, by: User
    ) -> None:
        """Say what the register that keeps this target says now; a note of it becomes a line of progress.

        Its day is told by the note, for the line itself stands in its order. Raises Conflict.
        """
        with transaction.atomic():
            self._take_open()
            self.state, self.due = state, due
            self.obstacle_type = held_up.obstacle_type if held_up else ""
            self.obstacle = held_up.obstacle if held_up else ""
            self.obstacle_since = held_up.obstacle_since if held_up else None
            self.save()
            if note:
                self._write_line(day=max(day, self.earliest_day() or day), note=note, by=by)

    def _take_open(self) -> None:
        self.take(while_=~models.Q(state__in=self.ENDED))

    def _write_line(self, *, day: dt.date, note: str, by: User, activity_id: int | None = None) -> None:
        TargetProgress.objects.create(
            unit_id=self.unit_id, target=self, day=day, note=note, state=self.state, activity_id=activity_id,
            created_by=by,
        )  # fmt: skip

    def carry_over(
        self, why: str, due: dt.date, *, day: dt.date, by: User, to: Period | None = None, by_keeper: bool = False
    ) -> Target:
        """Take an open target into a later half-year, the next one unless said: why it was not done, and by when now.

        This one ends 未完成, its successor goes on with what is known. A kept one is carried over by its register only,
        which goes on to keep the successor. Raises Kept.
        """
        with transaction.atomic():
            self._take_open()
            if self.keeper and not by_keeper:
                raise Kept
            self._progress(self.State.FAILED, day=day, note=why, by=by)
            kept = ("unit_id", "area", "text", "kind", "deliverable", "metric", "quantity", "sign", "must",
                    "leader_post", "post", "supporters", "measure", "obstacle_type", "obstacle", "obstacle_since")  # fmt: skip
            after = to or self.period.after
            item = Target.objects.of_unit(self.unit).in_period(after).next_item()  # never joined to another's sentence
            return Target.objects.create(
                **{name: getattr(self, name) for name in kept}, due=due,
                period=after, item=item, source=self.Source.CARRIED, carried_from=self, created_by=by,
            )  # fmt: skip


class TargetProgress(models.Model):
    """One dated line of a target's progress."""

    unit = models.ForeignKey(Unit, models.PROTECT, db_index=False)
    target = PartOf(Target, related_name="progress")
    day = models.DateField(_("日期"))
    note = ProseField(_("进展"), max_length=1000)
    state = models.CharField(_("状态"), max_length=10, choices=Target.State.choices)
    activity = models.ForeignKey(Activity, models.PROTECT, null=True, blank=True, db_index=False)
    created_by = models.ForeignKey(User, models.PROTECT, related_name="+", db_index=False)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = LineQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["unit", "target", "day", "id"], name="progress_target")]
