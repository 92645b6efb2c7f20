"""A signed half-year is locked: what happened in it can no longer be told otherwise, by anybody.

There is no lock beside the summaries: a half-year is locked while the latest edition of its summary is signed, and open
again from the moment the signer begins another edition (`workplans.editions.reopen`).
"""

from __future__ import annotations

import datetime as dt

from django.utils.translation import gettext as _

from accounts.models import Unit

from .period import Period
from .summary import Summary, SummaryQuerySet
from .versioned import Conflict


class PeriodLocked(Conflict):
    """The day lies in a half-year whose summary is signed."""

    def __init__(self, period: Period) -> None:
        super().__init__(period.code)
        self.period = period

    @property
    def message(self) -> str:
        return _(
            "%(period)s的总结已签发，这一期的记录已锁定，不能新增、修改、确认或作废。"
            "确需更正的，请签发人在总结页重新开启，并写明理由。"
        ) % {"period": self.period.name}


def locked(unit: Unit | int, *days: dt.date) -> PeriodLocked | None:
    """What to say when one of the days is locked now; for pages, which say so before anything is typed in vain."""
    return _locked(Summary.objects.of_unit(unit), days)


def hold_open(unit: Unit | int, *days: dt.date) -> None:
    """Keep the half-years of these days open until the transaction ends, which the caller has begun.

    A signature waits for that end, and reads the ledger after it; whoever comes after a signature, waits for it and
    raises PeriodLocked. So what is recorded at that moment is in the signed paper, or nowhere.
    """
    summaries = Summary.objects.of_unit(unit).select_for_update(no_key=True)
    if refusal := _locked(summaries, days):
        raise refusal


def _locked(summaries: SummaryQuerySet, days: tuple[dt.date, ...]) -> PeriodLocked | None:
    halves = {Period.of(day) for day in days}
    found = summaries.for_periods(halves).order_by("period", "edition").only("period", "state")
    latest = {summary.period: summary.state for summary in found}
    return next((PeriodLocked(half) for half in sorted(halves) if latest.get(half) == Summary.State.SIGNED), None)
