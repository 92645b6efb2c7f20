"""Registers that are counted on a day, in cells: how many of each category, how many in each village.

A snapshot is one day of counting and is never overwritten: counting again is a new day, a correction is a version. At a
period's end the last snapshot on or before that day stands, whole: a cell it leaves empty is 0.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Hashable, Iterable, Mapping
from typing import Any, Self

from django.db import models, transaction
from django.db.models import OuterRef, Subquery
from django.utils.translation import gettext_lazy as _

from accounts.models import OwnedQuerySet, Unit, User

from .once import Once
from .period import Period
from .versioned import Versioned


class SnapshotQuerySet(OwnedQuerySet[models.Model]):
    def newest_first(self) -> Self:
        return self.order_by("-counted_on")

    def counted_on_day(self, day: dt.date) -> Self:
        return self.filter(counted_on=day)

    def until(self, day: dt.date) -> Self:
        return self.filter(counted_on__lte=day)

    def but(self, pk: int | None) -> Self:
        return self.exclude(pk=pk)


class CountQuerySet(OwnedQuerySet[models.Model]):
    def of_snapshots(self, snapshots: Iterable[models.Model]) -> Self:
        return self.filter(snapshot__in=list(snapshots))

    def in_period(self, period: Period) -> Self:
        """The counts that stand on the period's last day: those of each unit's last snapshot until then."""
        snapshots = self.model._meta.get_field("snapshot").remote_field.model._default_manager
        standing = snapshots.filter(unit=OuterRef("unit"), counted_on__lte=period.last_day).order_by("-counted_on")
        return self.filter(snapshot=Subquery(standing.values("pk")[:1]))


class Snapshot(Versioned, Once):
    """One day of counting. An heir has a history, and counts: rows with a PartOf to it, related_name="counts"."""

    SAME_BY = ("counted_on",)
    CELL: tuple[str, ...]  # the columns of its counts that name a cell

    unit = models.ForeignKey(Unit, models.PROTECT, db_index=False, verbose_name=_("单位"))
    counted_on = models.DateField(_("清点日期"))
    created_by = models.ForeignKey(User, models.PROTECT, related_name="+", db_index=False, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = SnapshotQuerySet.as_manager()

    class Meta:
        abstract = True

    def cells(self) -> dict[Hashable, Any]:
        """The counts by what names their cell. One query."""
        return {self.key_of(count): count for count in self.counts.all()}

    @classmethod
    def key_of(cls, count: models.Model) -> Hashable:
        key = tuple(getattr(count, name) for name in cls.CELL)
        return key if len(key) > 1 else key[0]

    def record(self, numbers: Mapping[Hashable, int]) -> Self:
        """Enter this new day with its numbers by cell, once; raises IntegrityError when the day was counted already."""

        def insert() -> None:
            self.save()
            self._put(numbers)

        return self.enter(insert)

    def correct(self, numbers: Mapping[Hashable, int]) -> None:
        """Store a correction over the version that was read: only what differs gets a version. Raises Conflict."""
        with transaction.atomic():
            self.save_next()
            self._put(numbers)

    def corrections(self) -> list[tuple[Any, Any, Any]]:
        """Every number that was corrected: its count, the version and the one before, the latest first. Two queries."""
        counts, before, found = {count.pk: count for count in self.counts.all()}, {}, []
        for version in self.counts.model.history.filter(id__in=counts).order_by("history_id"):
            if version.id in before:
                found.append((counts[version.id], version, before[version.id]))
            before[version.id] = version
        return found[::-1]

    def _put(self, numbers: Mapping[Hashable, int]) -> None:
        stored = self.cells()
        for key, number in numbers.items():
            count = stored.get(key) or self._new_cell(key)
            if count.pk is None or count.number != number:
                count.number = number
                count.save()

    def _new_cell(self, key: Hashable) -> Any:
        values = dict(zip(self.CELL, key if isinstance(key, tuple) else (key,), strict=True))
        return self.counts.model(unit_id=self.unit_id, snapshot=self, **values)
