"""Matters that are followed step by step until they end: hazards, disputes, suggestions, building projects."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Self

from django.db import models, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from accounts.models import OwnedQuerySet, Unit, User

from .guard import LineField, ProseField
from .lock import hold_open
from .obstacle import LineQuerySet
from .period import Period
from .versioned import Versioned

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


@dataclass(frozen=True)
class Move:
    """One step that a matter can take: the verb on its button, where it starts from, where it leads."""

    code: str
    label: StrOrPromise
    sources: tuple[str, ...]
    to: str
    stamps: str = ""  # the column that keeps this step's day
    needs: str = ""  # a column that must be filled first
    clears: tuple[str, ...] = ()  # columns that this step empties: what they tell has to be done again
    asks: StrOrPromise = ""  # what has to be written with it, as its form asks for it; empty: it may go without words


class FollowedQuerySet(OwnedQuerySet[models.Model]):
    def in_period(self, period: Period) -> Self:
        """Those that were open at some time of the period."""
        return self.filter(Q(closed_on=None) | Q(closed_on__gte=period.first_day), opened_on__lte=period.last_day)

    def standing(self) -> Self:
        """All but those entered by mistake: what counts."""
        return self.filter(void_reason="")

    def open(self) -> Self:
        return self.standing().filter(closed_on=None)

    def ended(self) -> Self:
        return self.standing().filter(closed_on__isnull=False)

    def mistaken(self) -> Self:
        """Those that do not count: entered by mistake."""
        return self.exclude(pk__in=self.standing().values("pk"))

    def matching(self, **chosen: str | None) -> Self:
        """Those with the chosen values; an empty choice takes all."""
        return self.filter(**{name: value for name, value in chosen.items() if value})

    def late(self, today: dt.date) -> Self:
        """Open ones whose day has passed."""
        return self.open().filter(due__lt=today)

    def most_pressing_first(self) -> Self:
        """Open before ended, the nearest deadline first, then the oldest."""
        return self.order_by(
            models.F("closed_on").desc(nulls_first=True), models.F("due").asc(nulls_last=True), "opened_on", "pk"
        )


class Followed(Versioned):
    """A matter with a state that only its moves change, each a dated step.

    An heir declares `state` with choices, MOVES and ENDED, and has its steps, heirs of `Step`, under `steps`.
    """

    MOVES: ClassVar[tuple[Move, ...]]
    ENDED: ClassVar[tuple[str, ...]]
    DOCUMENTED: ClassVar[bool] = False  # whether its steps bear numbers of documents

    unit = models.ForeignKey(Unit, models.PROTECT, db_index=False, verbose_name=_("单位"))
    opened_on = models.DateField(_("发现日期"))
    closed_on = models.DateField(_("办结日期"), null=True, blank=True, editable=False)
    due = models.DateField(_("办理时限"), null=True, blank=True)
    post = LineField(_("责任岗位"), max_length=40, blank=True, help_text=_("只写岗位，不写姓名。"))
    void_reason = LineField(_("作废理由"), max_length=200, blank=True, editable=False)
    created_by = models.ForeignKey(User, models.PROTECT, related_name="+", db_index=False, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = FollowedQuerySet.as_manager()
    history = HistoricalRecords(inherit=True, excluded_fields=["token"])

    class Meta:
        abstract = True

    @property
    def is_void(self) -> bool:
        return bool(self.void_reason)

    @property
    def is_open(self) -> bool:
        return self.closed_on is None and not self.is_void

    def is_late(self, today: dt.date) -> bool:
        return self.is_open and self.due is not None and self.due < today

    def age(self, today: dt.date) -> int:
        """Days since it was opened, until today or the day it ended."""
        return ((self.closed_on or today) - self.opened_on).days

    def moves(self) -> list[Move]:
        """The steps it may take now."""
        return [move for move in self.MOVES if self._may(move)] if self.is_open else []

    def earliest_day(self) -> dt.date:
        """The first day the next step may bear: steps follow each other in order of days. Queries."""
        last = self.steps.aggregate(last=models.Max("day"))["last"]
        return max(last, self.opened_on) if last else self.opened_on

    def first_step_day(self) -> dt.date | None:
        """The day of the first step; None without one. Queries."""
        return self.steps.aggregate(first=models.Min("day"))["first"]

    def rewrite(self) -> None:
        """Store an edit over the version that was read; an ended or void matter refuses. Raises Conflict.

        Of a signed half-year the day it was opened stays; the rest goes on.
        """
        with transaction.atomic():
            opened_on = type(self)._default_manager.values_list("opened_on", flat=True).get(pk=self.pk)
            if opened_on != self.opened_on:
                hold_open(self.unit_id, opened_on, self.opened_on)
            self.save_next(while_=Q(closed_on=None, void_reason=""))

    def move(self, code: str, *, day: dt.date, note: str, by: User, document: str = "") -> None:
        """Take a step: write it down, and the state and days it brings.

        Raises ValueError for a step that is not open to the matter as it stands, or a day before its last step's;
        Conflict when somebody else moved it on since it was read, or the day lies in a signed half-year.
        """
        move = next((each for each in self.moves() if each.code == code), None)
        if move is None:
            raise ValueError(f"{code} cannot follow {self.state}.")
        with transaction.atomic():
            hold_open(self.unit_id, day)
            self.take(while_=Q(closed_on=None, void_reason="", state=self.state))
            if day < (earliest := self.earliest_day()):
                raise ValueError(f"{day} is before {earliest}.")
            self.state = move.to
            for column in move.clears:
                setattr(self, column, None)
            if move.stamps:
                setattr(self, move.stamps, day)
            if move.to in self.ENDED:
                self.closed_on = day
            self.save()
            self.write_step(code, day=day, note=note, by=by, document=document)

    def void(self, reason: str) -> None:
        """Take what was entered by mistake out of every count; an ended matter refuses."""
        self.void_reason = reason
        with transaction.atomic():
            hold_open(self.unit_id, self.opened_on)
            self.save_next(while_=Q(closed_on=None, void_reason=""))

    def write_step(self, code: str, *, day: dt.date, note: str, by: User, document: str = "") -> None:
        self.steps.create(
            unit_id=self.unit_id, move=code, state=self.state, day=day, note=note, document=document, created_by=by
        )

    def _may(self, move: Move) -> bool:
        """What a step needs has to be there; what it brings must not be, or it would be taken twice."""
        return (
            self.state in move.sources
            and (not move.needs or getattr(self, move.needs) is not None)
            and (not move.stamps or getattr(self, move.stamps) is None)
        )


class Step(models.Model):
    """One dated step of a matter. An heir has the key of its matter, a PartOf with related_name="steps"."""

    unit = models.ForeignKey(Unit, models.PROTECT, db_index=False)
    move = models.CharField(_("步骤"), max_length=20)
    state = models.CharField(_("状态"), max_length=20)  # what the step led to
    day = models.DateField(_("日期"))
    note = ProseField(_("情况"), max_length=1000, blank=True)
    document = LineField(_("文号"), max_length=60, blank=True)
    created_by = models.ForeignKey(User, models.PROTECT, related_name="+", db_index=False)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = LineQuerySet.as_manager()

    class Meta:
        abstract = True


def opened_in(period: Period) -> Q:
    return Q(opened_on__range=(period.first_day, period.last_day))


def open_at_end(period: Period) -> Q:
    """Open on the period's last day."""
    return Q(opened_on__lte=period.last_day) & (Q(closed_on=None) | Q(closed_on__gt=period.last_day))


def done_by_end(column: str) -> Callable[[Period], Q]:
    """Of those opened in the period, the ones whose day in `column` came by its end."""
    return lambda period: opened_in(period) & Q(**{f"{column}__lte": period.last_day})
