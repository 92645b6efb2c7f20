from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.db import models, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from accounts.models import OwnedQuerySet, PartOf, Unit, User
from workplans.models import Once, Versioned
from workplans.models.guard import LineField, ProseField
from workplans.models.obstacle import LineQuerySet

if TYPE_CHECKING:
    from .founding import Founding


class ChamberState(models.TextChoices):
    PROPOSED = "proposed", _("动议")
    PREPARING = "preparing", _("筹备")
    APPROVED = "approved", _("已批筹备")
    FOUNDED = "founded", _("已成立")
    RENEWING = "renewing", _("换届中")
    DISSOLVED = "dissolved", _("注销")


# The states on the way to being founded: the steps of the founding lead from one to the next.
ON_THE_WAY = (ChamberState.PROPOSED, ChamberState.PREPARING, ChamberState.APPROVED, ChamberState.FOUNDED)
# What people change by themselves.
CHANGES: dict[str, tuple[ChamberState, ...]] = {
    **dict.fromkeys(ON_THE_WAY[:-1], (ChamberState.DISSOLVED,)),
    ChamberState.FOUNDED: (ChamberState.RENEWING, ChamberState.DISSOLVED),
    ChamberState.RENEWING: (ChamberState.FOUNDED, ChamberState.DISSOLVED),
    ChamberState.DISSOLVED: (),
}
TERM_ENDS_SOON = dt.timedelta(days=183)


class ChamberQuerySet(OwnedQuerySet["Chamber"]):
    def standing(self) -> ChamberQuerySet:
        return self.exclude(state=ChamberState.DISSOLVED)

    def in_order(self) -> ChamberQuerySet:
        """By unit; the dissolved ones after the standing one."""
        last = models.Case(models.When(state=ChamberState.DISSOLVED, then=1), default=0)
        return self.order_by("unit__code", last, "-pk")

    def with_term_ending(self, today: dt.date) -> ChamberQuerySet:
        """Those whose term is over or will be within half a year."""
        return self.standing().filter(term_end__lte=today + TERM_ENDS_SOON)


class Chamber(Versioned, Once):
    """商会: a town's chamber of commerce, from the motion to found it on."""

    SAME_BY = ("name",)

    unit = models.ForeignKey(Unit, models.PROTECT, db_index=False, verbose_name=_("单位"))
    name = LineField(_("商会名称"), max_length=60, help_text=_("县（区）名、镇名加“商会”。"))
    supervising_body = LineField(_("业务主管单位"), max_length=60, blank=True)
    registry = LineField(_("登记管理机关"), max_length=60, blank=True)
    credit_code = LineField(_("统一社会信用代码"), max_length=18, blank=True)
    founded_on = models.DateField(_("成立日期"), null=True, blank=True)
    term = models.PositiveSmallIntegerField(_("届次"), null=True, blank=True)
    term_end = models.DateField(_("本届届满日期"), null=True, blank=True)
    state = models.CharField(
        _("状态"), max_length=10, choices=ChamberState.choices, default=ChamberState.PROPOSED, editable=False
    )
    created_by = models.ForeignKey(User, models.PROTECT, related_name="+", db_index=False, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = ChamberQuerySet.as_manager()
    history = HistoricalRecords(excluded_fields=["token"])

    class Meta:
        verbose_name = _("商会")
        constraints = [
            models.UniqueConstraint(fields=["unit", "token"], name="chamber_token"),
            models.UniqueConstraint(
                fields=["unit"], condition=~Q(state="dissolved"), name="chamber_standing",
                violation_error_message=_("本单位已有商会。"),
            ),
        ]  # fmt: skip
        indexes = [models.Index(fields=["unit", "state"], name="chamber_unit_state")]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("chamber", args=[self.pk])

    @property
    def is_open(self) -> bool:
        """Whether it may still change: a dissolved one stays as it was."""
        return self.state != ChamberState.DISSOLVED

    @property
    def is_founded(self) -> bool:
        return self.state in (ChamberState.FOUNDED, ChamberState.RENEWING)

    def term_is_ending(self, today: dt.date) -> bool:
        return self.is_open and self.term_end is not None and self.term_end - today <= TERM_ENDS_SOON

    @property
    def changes_ahead(self) -> tuple[ChamberState, ...]:
        return CHANGES[self.state]

    @property
    def its_founding(self) -> Founding | None:
        """Its founding, once that has begun. May query."""
        return getattr(self, "founding", None)

    def register(self, day: dt.date) -> Chamber:
        """Enter this new chamber, once, with the state it is found in as its first change."""

        def insert() -> None:
            self.save()
            self._write_change("", day=self.founded_on or day, note="", by=self.created_by)

        return self.enter(insert)

    def rewrite(self) -> None:
        """Store an edit over the version that was read; a dissolved chamber refuses. Raises Conflict."""
        self.save_next(while_=~Q(state=ChamberState.DISSOLVED))

    def earliest_change_day(self) -> dt.date | None:
        """The first day the next change may bear. Queries."""
        return self.changes.aggregate(last=models.Max("day"))["last"]

    def change(self, state: str, *, day: dt.date, note: str, by: User, document: str = "") -> None:
        """Write down a change that people decide on. Dissolving stops the founding, and its target with it.

        Raises ValueError for a state that does not follow or a day before the last change, Conflict when it moved since.
        """
        if state not in self.changes_ahead:
            raise ValueError(f"{state} does not follow {self.state}.")
        with transaction.atomic():
            self.take(while_=Q(state=self.state))
            if (last := self.earliest_change_day()) and day < last:
                raise ValueError(f"{day} is before {last}.")
            before, self.state = self.state, state
            self.save()
            self._write_change(before, day=day, note=note, by=by, document=document)
            founding = self.its_founding
            if state == ChamberState.DISSOLVED and founding and founding.is_open:
                founding.stop(day=day, note=note, by=by)

    def reach(self, state: str, *, day: dt.date, by: User) -> None:
        """Come as far as a step of the founding leads; what was reached before stays. Raises Conflict."""
        if state not in ON_THE_WAY or self.state not in ON_THE_WAY:
            return
        if ON_THE_WAY.index(ChamberState(state)) <= ON_THE_WAY.index(ChamberState(self.state)):
            return
        with transaction.atomic():
            self.take(while_=Q(state=self.state))
            before, self.state = self.state, state
            if state == ChamberState.FOUNDED:
                self.founded_on, self.term = self.founded_on or day, self.term or 1
            self.save()
            self._write_change(before, day=max(day, self.earliest_change_day() or day), note="", by=by)

    def _write_change(self, before: str, *, day: dt.date, note: str, by: User, document: str = "") -> None:
        ChamberChange.objects.create(
            unit_id=self.unit_id, chamber=self, day=day, before=before, after=self.state, note=note,
            document=document, created_by=by,
        )  # fmt: skip


class ChamberChange(models.Model):
    """One dated change of a chamber's state."""

    unit = models.ForeignKey(Unit, models.PROTECT, db_index=False)
    chamber = PartOf(Chamber, related_name="changes")
    day = models.DateField(_("变动日期"))
    before = models.CharField(_("原状态"), max_length=10, choices=ChamberState.choices, blank=True)
    after = models.CharField(_("现状态"), max_length=10, choices=ChamberState.choices)
    note = ProseField(_("情况"), max_length=1000, blank=True)
    document = LineField(_("文号"), max_length=60, blank=True)
    created_by = models.ForeignKey(User, models.PROTECT, related_name="+", db_index=False)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = LineQuerySet.as_manager()

    class Meta:
        verbose_name = _("商会变动")
        indexes = [models.Index(fields=["unit", "chamber", "day", "id"], name="chamberchange_chamber")]
