"""What is counted. A metric is declared once and is the only way to its number, on every page and in every paper."""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from typing import TYPE_CHECKING, Any, TypeAlias

from django.apps import apps
from django.db.models import Aggregate, Count, Model, Q, QuerySet, Sum
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from .numerals import decimal_in_text, floor_with_yu

if TYPE_CHECKING:
    from accounts.models import Unit

    from .models.period import Period

Units: TypeAlias = "Iterable[Unit | int]"


class Over(Enum):
    """How a metric lies over time and units."""

    EVENTS = "events"  # happenings within the period: they add up over months and units
    AT_END = "at_end"  # the state on the period's last day: adds up over units, not over months
    DISTINCT = "distinct"  # different things met within the period: never added over months or units


@dataclass(frozen=True)
class Metric:
    """One figure: code, the Chinese label writers put in braces, its unit word, the rows it reads and how they add up.

    The model has a column `unit`, and its queryset speaks `in_period(period)`: the rows that touch the period at all.
    `where` chooses among them and may depend on the period (an issue is open on its last day, solved within it).
    `column` holds a whole number that is summed, 0 when the row adds nothing; without one the rows are counted. A
    DISTINCT metric counts the different values of its column instead.
    """

    code: str
    label: str
    unit: str
    where: Q | Callable[[Period], Q]
    column: str = ""
    over: Over = Over.EVENTS
    model: str = "workplans.Activity"
    day: str = (
        "date"  # the model's column, or that of a row it belongs to (activity__date): the day a list of the rows shows
    )
    rounded: bool = False  # printed with 余 unless the writer asks otherwise
    aliases: tuple[str, ...] = ()
    places: int = 0  # decimals of its unit in which the column counts: 2 for 万元 kept as whole hundreds of 元
    related: tuple[str, ...] = ()  # what `day`, `column` and the rows' own words read of other tables
    guarded: bool = False  # counts persons of a kind: its small values do not leave the town (small.py)
    part_of: str = ""  # the code of the guarded metric that it makes up together with the others that say so

    @property
    def name(self) -> str:
        """The label in the reader's language."""
        return gettext(self.label)

    @property
    def unit_name(self) -> str:
        return gettext(self.unit)

    def condition(self, period: Period) -> Q:
        return self.where(period) if callable(self.where) else self.where

    def value_in(self, period: Period) -> Aggregate:
        """The aggregate that makes the value out of all rows of the model that touch the period."""
        condition = self.condition(period)
        if self.over is Over.DISTINCT:
            return Count(self.column, filter=condition, distinct=True)
        if self.column:
            return Sum(self.column, filter=condition, default=0)
        return Count("pk", filter=condition)

    def rows(self, units: Units, period: Period) -> QuerySet:
        """The rows behind the value, of these units in this period; rows that add nothing are left out."""
        rows = scope(self.model, units, period).filter(self.condition(period))
        rows = rows.select_related(*self.related) if self.related else rows
        return rows.exclude(**{self.column: 0}) if self.column and self.over is not Over.DISTINCT else rows

    def amounts(self, rows: Iterable[Model]) -> Iterator[tuple[Model, int]]:
        """Each of the rows with what it adds; over all rows the amounts sum up to the value.

        Of several rows with the same value, a DISTINCT metric counts the first one only.
        """
        seen = set()
        for row in rows:
            found = reached(row, self.column) if self.column else 1
            if self.over is Over.DISTINCT:
                yield row, int(found is not None and found not in seen)
                seen.add(found)
            else:
                yield row, found

    def day_of(self, row: Model) -> dt.date | None:
        return reached(row, self.day)

    def exactly(self, value: int) -> str:
        """The value in the metric's own unit, as people write it: 1250 hundreds of 元 are 12.5 万元."""
        return decimal_in_text(self._scaled(value))

    def printed(self, value: int, rule: str = "") -> str:
        """The value as a paper prints it; rule 余 floors it, 实 prints it exactly, none follows the metric."""
        floored = rule == "余" or (self.rounded and rule != "实")
        return floor_with_yu(self._scaled(value)) if floored else self.exactly(value)

    def _scaled(self, value: int) -> Decimal:
        return Decimal(value).scaleb(-self.places)


def reached(row: Model, path: str) -> Any:
    """What a lookup's path (activity__date) leads to from a row."""
    return functools.reduce(getattr, path.split("__"), row)


def scope(model: str, units: Units, period: Period) -> QuerySet:
    """All rows of a model that metrics may read, unit first."""
    return apps.get_model(model).objects.filter(unit__in=units).in_period(period)


def events(*kinds: str) -> Q:
    """Ledger rows of these kinds; void ones never count."""
    return Q(kind__in=kinds) & ~Q(state="void")


def _open_at_end(period: Period) -> Q:
    return Q(opened_on__lte=period.last_day) & (Q(closed_on=None) | Q(closed_on__gt=period.last_day))


# Of the core itself: targets and coordinated issues, which every area may have.
TARGET, ISSUE = "workplans.Target", "workplans.Issue"
CORE: tuple[Metric, ...] = (
    Metric("targets_set", _("目标数"), _("项"), ~Q(state="cancelled"), model=TARGET, day="due"),
    Metric("targets_due", _("到期目标数"), _("项"),
           lambda p: Q(due__range=(p.first_day, p.last_day)) & ~Q(state="cancelled"), model=TARGET, day="due"),
    Metric("targets_done", _("目标完成数"), _("项"), Q(state="done"), model=TARGET, day="due"),
    Metric("targets_failed", _("目标未完成数"), _("项"), Q(state="failed"), model=TARGET, day="due"),
    Metric("targets_dropped", _("目标取消数"), _("项"), Q(state="cancelled"), model=TARGET, day="due"),
    Metric("targets_late", _("到期未完成目标数"), _("项"),
           lambda p: Q(due__lte=p.last_day) & ~Q(state__in=("done", "cancelled")), model=TARGET, day="due"),
    Metric("issues_raised", _("新增协调问题数"), _("个"),
           lambda p: Q(opened_on__range=(p.first_day, p.last_day)), model=ISSUE, day="opened_on"),
    Metric("issues_solved", _("办结协调问题数"), _("个"),
           lambda p: Q(closed_on__range=(p.first_day, p.last_day), state="solved"), model=ISSUE, day="opened_on"),
    Metric("issues_open", _("未结协调问题数"), _("个"), _open_at_end, over=Over.AT_END, model=ISSUE, day="opened_on"),
)  # fmt: skip
