"""Matters that a row of the ledger brought to light, and that live on after it until they end."""

from __future__ import annotations

from typing import Self

from django.db.models import Q

from .activity import Activity
from .followed import Followed, FollowedQuerySet

# Matters of a void row do not count, nor those entered by mistake.
STANDING = Q(void_reason="") & ~Q(activity__state=Activity.State.VOID)


class FoundQuerySet(FollowedQuerySet):
    def standing(self) -> Self:
        return self.filter(STANDING)

    def of_row(self, row: Activity) -> Self:
        """Those that a row of the ledger brought to light, in the order they were written down."""
        return self.filter(unit=row.unit_id, activity=row).order_by("pk")


class Found(Followed):
    """A matter that a row of the ledger brought to light; it stands under that row's number.

    An heir has the key of its row, a PartOf called `activity`.
    """

    objects = FoundQuerySet.as_manager()

    class Meta:
        abstract = True

    @property
    def ledger_number(self) -> str:
        return self.activity.ledger_number
