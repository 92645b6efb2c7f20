"""More columns of a row of the ledger: one table a kind, each with its row's key as its own."""

from __future__ import annotations

from typing import Self

from django.db import models

from accounts.models import OwnedQuerySet, Unit

from .activity import Activity
from .period import Period


class DetailQuerySet(OwnedQuerySet[models.Model]):
    def in_period(self, period: Period) -> Self:
        return self.filter(activity__date__range=(period.first_day, period.last_day))

    def of_rows(self, *rows: Activity) -> Self:
        return self.filter(activity__in=[row.pk for row in rows])

    def of_row(self, row: Activity) -> models.Model | None:
        return self.of_unit(row.unit_id).of_rows(row).first()

    def valid(self) -> Self:
        """Those whose row counts."""
        return self.exclude(activity__state=Activity.State.VOID)


class Detail(models.Model):
    """What a row of the ledger tells besides."""

    activity = models.OneToOneField(Activity, models.PROTECT, primary_key=True, related_name="+")
    unit = models.ForeignKey(Unit, models.PROTECT, db_index=False)

    objects = DetailQuerySet.as_manager()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.activity.title

    def get_absolute_url(self) -> str:
        return self.activity.get_absolute_url()

    @property
    def ledger_number(self) -> str:
        return self.activity.ledger_number
