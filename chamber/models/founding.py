"""The founding of a chamber: dated steps, and the target that says in the report what the steps say (decision 006)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from django.db import models, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import OwnedQuerySet, Unit, User
from chamber import wording
from workplans.models import Period, Target, Versioned

from .chamber import Chamber
from .founding_step import FoundingStep, Obstacle
from .steps import StepFields, StepList, list_owner

State = Target.State


class FoundingQuerySet(OwnedQuerySet["Founding"]):
    def keeping(self, target: Target) -> Founding | None:
        """The founding that keeps a target."""
        return self.of_unit(target.unit_id).filter(target=target).first()

    def of_chamber(self, chamber: Chamber) -> Founding | None:
        return self.of_unit(chamber.unit_id).filter(chamber=chamber).first()

    def kept_targets(self, unit: Unit | int) -> models.QuerySet:
        """The targets of a unit that a founding keeps, by their ids."""
        return self.of_unit(unit).values("target")

    def open(self) -> FoundingQuerySet:
        return self.filter(closed_on=None)

    def with_steps(self, units: Iterable[Unit | int]) -> FoundingQuerySet:
        """Those of these units, with their chambers, targets and steps, which `course` then has at hand."""
        steps = models.Prefetch("steps", FoundingStep.objects.of_units(units).in_order(), to_attr="read_steps")
        return self.of_units(units).select_related("chamber", "target").prefetch_related(steps)


class Founding(Versioned):
    """A chamber's way from the first step to the last. Every step is written over the version of the whole.

    Its deadline is that of its target: there is one. What a step says is told to the target in the same transaction.
    """

    chamber = models.OneToOneField(Chamber, models.PROTECT, primary_key=True, related_name="founding")
    unit = models.ForeignKey(Unit, models.PROTECT, db_index=False)
    target = models.ForeignKey(Target, models.PROTECT, db_index=False, related_name="+", verbose_name=_("目标"))
    began_on = models.DateField(_("开始日期"))
    closed_on = models.DateField(_("结束日期"), null=True, blank=True)
    created_by = models.ForeignKey(User, models.PROTECT, related_name="+", db_index=False)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = FoundingQuerySet.as_manager()

    class Meta:
        verbose_name = _("商会筹建")
        constraints = [models.UniqueConstraint(fields=["unit", "target"], name="founding_target")]
        indexes = [models.Index(fields=["unit", "closed_on"], name="founding_unit_closed")]

    def __str__(self) -> str:
        return self.chamber.name

    def get_absolute_url(self) -> str:
        return reverse("chamber", args=[self.pk])

    @property
    def is_open(self) -> bool:
        return self.closed_on is None

    def course(self) -> list[FoundingStep]:
        """The steps in their order. Queries, unless they were read along (`with_steps`)."""
        return getattr(self, "read_steps", None) or list(self.steps.in_order())

    def current(self) -> FoundingStep | None:
        """The step that comes next. Queries as `course` does."""
        return next((step for step in self.course() if step.is_open), None) if self.is_open else None

    def earliest_day(self) -> dt.date:
        """The first day on which the current step may be done: steps follow each other in order of days. Queries."""
        return max([self.began_on, *(step.done_on for step in self.course() if step.done_on)])

    # ── what happens ──

    @classmethod
    def begin(
        cls, chamber: Chamber, *, target: Target | None, due: dt.date, day: dt.date, by: User, today: dt.date
    ) -> Founding:
        """Begin to found a chamber by the list as it is now, keeping this target or a new one from here on.

        An obstacle that the target had holds up the first step. Raises IntegrityError when it was begun already.
        """
        with transaction.atomic():
            target = target or cls._new_target(chamber, due, by)
            founding = cls.objects.create(
                chamber=chamber, unit_id=chamber.unit_id, target=target, began_on=day, created_by=by
            )
            steps = [founding._copy(step) for step in StepList.objects.for_unit(list_owner(chamber.unit)).in_order()]
            steps[0].hold_up(Obstacle(target.obstacle_type, target.obstacle, target.obstacle_since))
            for step in steps:
                step.save()
            line = wording.begun_line(day) + wording.due_line(target.due, due)
            founding._tell(day=day, note=line, by=by, today=today, due=due)
        return founding

    @staticmethod
    def _new_target(chamber: Chamber, due: dt.date, by: User) -> Target:
        period = Period.of(due)
        return Target.objects.create(
            unit_id=chamber.unit_id, period=period, area=wording.AREA, text=wording.target_text(chamber.name),
            item=Target.objects.of_unit(chamber.unit_id).in_period(period).next_item(), kind=Target.Kind.MILESTONE,
            deliverable=wording.DELIVERABLE, due=due, must=True, created_by=by,
        )  # fmt: skip

    def _copy(self, listed: StepFields) -> FoundingStep:
        copied = {field.name: getattr(listed, field.name) for field in StepFields._meta.fields}
        return FoundingStep(unit_id=self.unit_id, founding=self, **copied)

    def note(self, *, ready: list[str], obstacle: Obstacle, note: str, by: User, today: dt.date) -> None:
        """Write down how the current step stands: what is ready for it, and what holds it up. Raises Conflict."""
        with transaction.atomic():
            step = self._take_current()
            line = wording.obstacle_line(step.label, step.obstacle, obstacle.text) + note
            step.ready = "\n".join(ready)
            step.hold_up(obstacle)
            step.save()
            self._tell(day=today, note=line, by=by, today=today)

    def complete(
        self, *, day: dt.date, ready: list[str], obstacle: Obstacle, note: str, by: User, today: dt.date
    ) -> None:
        """Finish the current step on a day; what holds things up from here on holds up the next one.

        The last step ends the founding. Raises ValueError for a day before the last step's, Conflict.
        """
        with transaction.atomic():
            step = self._take_current()
            if day < (earliest := self.earliest_day()):
                raise ValueError(f"{day} is before {earliest}.")
            step.ready, step.done_on = "\n".join(ready), day
            self._leave(step, obstacle, day=day)
            if step.leads_to:
                self.chamber.refresh_from_db()
                self.chamber.reach(step.leads_to, day=day, by=by)
            self._tell(day=day, note=wording.done_line(step.label, day, note), by=by, today=today)

    def skip(self, *, obstacle: Obstacle, note: str, by: User, today: dt.date) -> None:
        """Pass over a step that the list lets be passed over. Raises ValueError for another one, Conflict."""
        with transaction.atomic():
            step = self._take_current()
            if not step.optional:
                raise ValueError(f"{step.label} may not be skipped.")
            step.skipped = True
            self._leave(step, obstacle, day=today)
            self._tell(day=today, note=wording.skipped_line(step.label, note), by=by, today=today)

    def plan(self, plans: Mapping[int, tuple[dt.date | None, str]], *, due: dt.date, by: User, today: dt.date) -> None:
        """Set the deadline, and by their keys the planned day and the post of steps still ahead. Raises Conflict.

        ValueError when the days do not follow each other, or run beyond the deadline.
        """
        with transaction.atomic():
            self._take()
            ahead = [step for step in self.course() if step.is_open]
            for step in ahead:
                day, post = plans.get(step.pk, (step.planned_on, step.post))
                if (day, post) != (step.planned_on, step.post):
                    step.planned_on, step.post = day, post
                    step.save()
            days = [step.planned_on for step in ahead if step.planned_on]
            if [*days, due] != sorted([*days, due]):
                raise ValueError("The planned days do not follow each other.")
            before = Target.objects.get(pk=self.target_id).due
            self._tell(day=today, note=wording.due_line(before, due), by=by, today=today, due=due)

    def carry_over(self, *, due: dt.date, by: User, today: dt.date) -> Target:
        """Take the target into the next half-year with a deadline there, and keep that one on. Raises Conflict."""
        with transaction.atomic():
            self._take()
            before = Target.objects.get(pk=self.target_id)
            why = wording.unfinished_line(step.label if (step := self.current()) else "", before.obstacle)
            day = max(today, before.earliest_day() or today)
            self.target = before.carry_over(why, due, day=day, by=by, by_keeper=True)
            self.save()
            self._tell(day=today, note=wording.due_line(before.due, due), by=by, today=today, due=due)
        return self.target

    def stop(self, *, day: dt.date, note: str, by: User) -> None:
        """Give the founding up: the target is cancelled. Raises Conflict."""
        with transaction.atomic():
            self._take()
            self.closed_on = day
            self.save()
            self._follow(State.CANCELLED, None, day=day, note=wording.stopped_line(note), by=by)

    # ── how it is written ──

    def _take(self) -> None:
        self.take(while_=Q(closed_on=None))
        vars(self).pop("read_steps", None)  # what was read before may have moved

    def _take_current(self) -> FoundingStep:
        self._take()
        step = self.current()
        if step is None:
            raise ValueError("There is no step left.")
        return step

    def _leave(self, step: FoundingStep, obstacle: Obstacle, *, day: dt.date) -> None:
        """Store a step that is over; the obstacle goes on to the next one, or the founding ends on that day."""
        step.save()
        if ahead := self.current():
            ahead.hold_up(obstacle)
            ahead.save()
        else:
            self.closed_on = day
            self.save()

    def _tell(self, *, day: dt.date, note: str, by: User, today: dt.date, due: dt.date | None = None) -> None:
        """Let the target say what the steps say now."""
        due = due or Target.objects.get(pk=self.target_id).due
        self._follow(self._target_state(due, today), self.current(), day=day, note=note, by=by, due=due)

    def _follow(self, state: str, held_up: FoundingStep | None, *, due: dt.date | None = None, **line: Any) -> None:
        self.target = Target.objects.get(pk=self.target_id)  # as it is stored now
        self.target.follow(held_up, state=state, due=due or self.target.due, **line)

    def _target_state(self, due: dt.date | None, today: dt.date) -> str:
        if not self.is_open:
            return State.DONE
        step = self.current()
        if (step and (step.obstacle or step.is_late(today))) or (due and due < today):
            return State.BEHIND
        return State.ACTIVE if any(step.done_on for step in self.course()) else State.PLANNED


def keeper(target: Target) -> str:
    """The page of the founding that keeps a target (Area.keeper)."""
    founding = Founding.objects.keeping(target)
    return founding.get_absolute_url() if founding else ""
