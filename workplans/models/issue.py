from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Self

from django.db import models, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from accounts.models import OwnedQuerySet, PartOf, Unit, User

from .guard import LineField, ProseField
from .lock import hold_open
from .obstacle import LineQuerySet, Obstructed
from .once import Once
from .period import Period
from .versioned import Versioned


class IssueQuerySet(OwnedQuerySet["Issue"]):
    def in_period(self, period: Period) -> IssueQuerySet:
        """Issues that were open at some time of the period."""
        return self.filter(Q(closed_on=None) | Q(closed_on__gte=period.first_day), opened_on__lte=period.last_day)

    def in_area(self, area: str) -> IssueQuerySet:
        return self.filter(area=area)

    def open(self) -> IssueQuerySet:
        return self.filter(closed_on=None)

    def open_or(self, pk: int | None) -> IssueQuerySet:
        """The open ones, and one besides that may have ended since it was chosen."""
        return self.filter(Q(closed_on=None) | Q(pk=pk))

    def matching(self, *, area: str | None, state: str | None) -> IssueQuerySet:
        """Those of an area and in a state; an empty choice takes all."""
        rows = self.filter(area=area) if area else self
        return rows.filter(state=state) if state else rows

    def with_last_entry(self) -> IssueQuerySet:
        """Each with `last_day` and `last_note` of its log, in one query."""
        lines = IssueEntry.objects.filter(unit=models.OuterRef("unit"), issue=models.OuterRef("pk"))
        last = lines.order_by("-day", "-pk")
        return self.annotate(
            last_day=models.Subquery(last.values("day")[:1]), last_note=models.Subquery(last.values("note")[:1])
        )

    def newest_first(self) -> IssueQuerySet:
        return self.order_by("-opened_on", "-pk")


class Issue(Versioned, Once, Obstructed):
    """协调问题: a problem that the office has to get solved with others, followed until it ends."""

    class Source(models.TextChoices):
        OWN = "own", _("自查")
        SUPERIOR = "superior", _("上级反馈")
        PUBLIC = "public", _("群众反映")
        DELEGATES = "delegates", _("代表委员")
        VENUE = "venue", _("场所申请")

    class State(models.TextChoices):
        OPEN = "open", _("待办")
        ACTIVE = "active", _("办理中")
        SOLVED = "solved", _("已办结")
        PASSED_UP = "passed_up", _("上报上级")
        STOPPED = "stopped", _("中止")

    ENDED = (State.SOLVED, State.STOPPED)
    SAME_BY = ("title", "opened_on")

    unit = models.ForeignKey(Unit, models.PROTECT, db_index=False, verbose_name=_("单位"))
    area = models.CharField(_("领域"), max_length=20)
    title = LineField(_("问题"), max_length=100)
    about = LineField(_("涉及对象"), max_length=60, blank=True, help_text=_("场所、企业或单位的名称。"))
    source = models.CharField(_("来源"), max_length=10, choices=Source.choices, default=Source.OWN)
    opened_on = models.DateField(_("提出日期"))
    closed_on = models.DateField(_("办结日期"), null=True, blank=True, editable=False)
    due = models.DateField(_("办理时限"), null=True, blank=True)
    post = LineField(_("责任岗位"), max_length=40, blank=True)
    content = ProseField(_("情况"), blank=True)
    state = models.CharField(_("状态"), max_length=10, choices=State.choices, default=State.OPEN, editable=False)
    created_by = models.ForeignKey(User, models.PROTECT, related_name="+", db_index=False, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = IssueQuerySet.as_manager()
    history = HistoricalRecords(excluded_fields=["token"])

    class Meta:
        verbose_name = _("协调问题")
        constraints = [
            models.UniqueConstraint(fields=["unit", "token"], name="issue_token"),
            models.CheckConstraint(
                condition=Q(closed_on=None) | Q(closed_on__gte=models.F("opened_on")), name="issue_days",
                violation_error_message=_("办结日期不能早于提出日期。"),
            ),
        ]  # fmt: skip
        indexes = [models.Index(fields=["unit", "opened_on", "closed_on", "state", "area"], name="issue_unit_opened")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("issue", args=[self.pk])

    @property
    def is_open(self) -> bool:
        return self.closed_on is None

    def is_open_on(self, day: dt.date) -> bool:
        return self.closed_on is None or self.closed_on > day

    def is_late(self, today: dt.date) -> bool:
        return self.is_open and self.due is not None and self.due < today

    def age(self, today: dt.date) -> int:
        """Days since it was raised, until today or the day it ended."""
        return ((self.closed_on or today) - self.opened_on).days

    def earliest_day(self) -> dt.date:
        """The first day the next line of the log may bear: lines follow each other in order of days. Queries."""
        return self.entries.aggregate(last=models.Max("day"))["last"] or self.opened_on

    def first_line_day(self) -> dt.date | None:
        """The day of the log's first line; None without one. Queries."""
        return self.entries.aggregate(first=models.Min("day"))["first"]

    def enter(self, insert: Callable[[], None] | None = None) -> Self:
        """Insert this new issue, once. Raises PeriodLocked when it was raised in a signed half-year."""

        def within() -> None:
            hold_open(self.unit_id, self.opened_on)
            (insert or self.save)()

        return super().enter(within)

    def rewrite(self) -> None:
        """Store an edit over the version that was read; an ended issue refuses, and a day in a signed half-year."""
        with transaction.atomic():
            opened_on = Issue.objects.values_list("opened_on", flat=True).get(pk=self.pk)
            if opened_on != self.opened_on:
                hold_open(self.unit_id, opened_on, self.opened_on)
            self.save_next(while_=Q(closed_on=None))

    def log(self, state: str, *, day: dt.date, note: str, by: User) -> None:
        """Write a line of the log and the state it brought; a state that ends the issue closes it on that day.

        Raises ValueError for a day before the issue was raised, or before the last line's.
        """
        with transaction.atomic():
            hold_open(self.unit_id, day)
            self.take(while_=Q(closed_on=None))
            if day < (earliest := self.earliest_day()):
                raise ValueError(f"{day} is before {earliest}.")
            self.state = state
            self.closed_on = day if state in self.ENDED else None
            self.save()
            IssueEntry.objects.create(unit_id=self.unit_id, issue=self, day=day, note=note, state=state, created_by=by)


class IssueEntry(models.Model):
    """One dated line of an issue's log."""

    unit = models.ForeignKey(Unit, models.PROTECT, db_index=False)
    issue = PartOf(Issue, related_name="entries")
    day = models.DateField(_("日期"))
    note = ProseField(_("办理情况"), max_length=1000)
    state = models.CharField(_("状态"), max_length=10, choices=Issue.State.choices)
    created_by = models.ForeignKey(User, models.PROTECT, related_name="+", db_index=False)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = LineQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["unit", "issue", "day", "id"], name="entry_issue")]
