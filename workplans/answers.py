"""Answering for targets: what the last summary promised, this one says what became of it.

There is no answer beside the target: done, not done and dropped are the target's own moves, and its last line of
progress says why. A summary asks its unit's targets, and goes no further while one of them is silent.
"""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from accounts.models import User

from .compose import PLAN, RESULTS, compose
from .models import Summary, Target
from .models.target import TargetQuerySet


class Unanswered(Exception):
    """Targets that the summary has to answer for are still open."""

    def __init__(self, targets: list[Target]) -> None:
        super().__init__(", ".join(target.text for target in targets))
        self.targets = targets


def owed(summary: Summary) -> TargetQuerySet:
    """The targets that the summary has still to answer for."""
    return Target.objects.of_unit(summary.unit_id).owed_by(summary.period).in_order()


@transaction.atomic
def answer(
    summary: Summary, target: Target, state: str, note: str, due: dt.date | None, *, by: User, at: dt.datetime,
    day: dt.date,
) -> None:  # fmt: skip
    """Let a target end as its writer says, and tell it in the summary's draft.

    Raises Conflict when the target moved on since it was read, or the summary is past its writers.
    """
    if due:
        target.carry_over(note, due, day=day, by=by, to=summary.period.after)
    else:
        target.move(state, day=day, note=note, by=by)
    compose(summary, at, only=(RESULTS, PLAN))
