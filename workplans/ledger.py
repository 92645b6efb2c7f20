"""The ledger of some units over one period: every number that anybody reads comes through here."""

from __future__ import annotations

import functools
from collections import defaultdict
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.db.models import CharField, F, Func, QuerySet, Value
from django.utils.translation import gettext

from . import area, small
from .metrics import Metric, Over, Units, scope
from .models.period import Period

if TYPE_CHECKING:
    from accounts.models import User

ACTIVITY = "workplans.Activity"


class Month(Func):
    """The month of a day as 2020-06, by a native function: Django's own __month is a Python call per row on SQLite."""

    output_field = CharField()

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        return self.as_sql(compiler, connection, function="SUBSTR", template="%(function)s(%(expressions)s, 1, 7)")

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        return self.as_sql(compiler, connection, template="to_char(%(expressions)s, 'YYYY-MM')")


class Ledger:
    """Values and rows of metrics for (units, period). Metrics over one table cost one query, whatever their number."""

    def __init__(self, units: Units, period: Period) -> None:
        """Of these units, given as units or by their ids; a queryset is read once, here."""
        self.units = [getattr(unit, "pk", unit) for unit in units]
        self.period = period
        self._values: dict[str, dict[str, int]] = {}  # model → metric code → value
        self._by_unit: dict[str, dict[int, dict[str, int]]] = {}  # model → unit → code → value, of guarded metrics

    @property
    def last_year(self) -> Ledger:
        """The ledger of the same units over the same stretch of the year before."""
        return Ledger(self.units, self.period.last_year)

    def value(self, metric: Metric) -> int:
        """The exact value. The first metric of a table fetches those of all metrics over it."""
        if metric.model not in self._values:
            asked = all_values(metric.model, self.period).filter(unit__in=self.units).in_period(self.period)
            self._values[metric.model] = next(iter(asked), defaultdict(int))  # of no unit there is no line
        return self._values[metric.model][metric.code]

    def shown(self, metric: Metric, reader: User) -> int | str:
        """The value as this person may read it: exact inside his own town, guarded outside of it (small.py)."""
        value, withheld = self.value(metric), self.withheld(metric, reader)
        if not withheld:
            return value
        if len(self.units) == 1:
            return gettext(small.words(value))
        by_unit = {unit: values.get(metric.code, 0) for unit, values in self._by_unit[metric.model].items()}
        return gettext("不少于%(number)d") % {"number": small.least(metric, by_unit, withheld)}

    def printed(self, metric: Metric, rule: str = "") -> str:
        """The value as a paper prints it, which leaves the town; rule as `Metric.printed` tells."""
        value = self.value(metric)
        return small.words(value) if self.withheld(metric) else metric.printed(value, rule)

    def withheld(self, metric: Metric, reader: User | None = None) -> set[int]:
        """The units whose exact value this reader may not see, a paper's reader without one. Guarded metrics only."""
        if not metric.guarded or (reader and self.units == [reader.unit_id]):
            return set()
        guarded = [m for m in area.metrics().values() if m.guarded and m.model == metric.model]
        if metric.model not in self._by_unit:
            one = (
                {unit: {m.code: self.value(m) for m in guarded} for unit in self.units}
                if len(self.units) == 1
                else None
            )
            self._by_unit[metric.model] = one or self.by_unit(guarded)
        towns = self._by_unit[metric.model].items()
        own = reader.unit_id if reader else None
        return {unit for unit, values in towns if unit != own and not small.leaves(metric, values, guarded)}

    def is_blank(self) -> bool:
        """Whether no metric over ledger rows counts anything: nothing to compare with."""
        return not any(self.value(m) for m in area.metrics().values() if m.model == ACTIVITY)

    def rows(self, metric: Metric) -> QuerySet:
        """The rows whose sum or count the value is."""
        return metric.rows(self.units, self.period)

    def newest_rows(self, metric: Metric) -> QuerySet:
        """The rows by their day, the latest first and those without one last, on every database."""
        return self.rows(metric).order_by(F(metric.day).desc(nulls_last=True), "-pk")

    def by_label(self) -> dict[str, int]:
        """Every value by the names writers use, aliases too."""
        return {label: self.value(metric) for label, metric in area.labels().items()}

    def by_unit(self, metrics: Iterable[Metric]) -> dict[int, dict[str, int]]:
        """unit id → metric code → value; a unit without rows in the period is missing. One query per table."""
        table: dict[int, dict[str, int]] = defaultdict(dict)
        for model, group in _by_model(metrics).items():
            values = {m.code: m.value_in(self.period) for m in group}
            for row in scope(model, self.units, self.period).order_by().values("unit").annotate(**values):
                table[row.pop("unit")].update(row)
        return dict(table)

    def by_month(self, metrics: Iterable[Metric]) -> dict[str, dict[str, int]]:
        """month code → metric code → value; what a month lacks is 0.

        Metrics over ledger rows that add up over months cost one query; of the others each month is asked by itself,
        one query per table, for what happens to a matter later may not count in the month it began.
        """
        metrics = list(metrics)
        summed = [m for m in metrics if m.model == ACTIVITY and m.over is Over.EVENTS]
        table: dict[str, dict[str, int]] = defaultdict(dict)
        if summed:
            rows = scope(ACTIVITY, self.units, self.period).order_by()
            months = rows.values(month=Month("date")).annotate(**{m.code: m.value_in(self.period) for m in summed})
            table.update({row.pop("month"): row for row in months})
        if asked := [m for m in metrics if m not in summed]:
            for month in self.period.months:
                ledger = Ledger(self.units, month)
                table[month.code].update({m.code: ledger.value(m) for m in asked})
        return dict(table)


@functools.lru_cache(maxsize=64)
def all_values(model: str, period: Period) -> QuerySet:
    """One line with the values of all metrics over a model, not yet narrowed to units and days; it is there without
    rows too.

    Kept, for the conditions of all metrics take Django ten times as long to put together as the database to answer.
    """
    wanted = [m for m in area.metrics().values() if m.model == model]
    rows = apps.get_model(model).objects.order_by()
    one_line = rows.annotate(all=Value(1)).values("all")  # by a constant, that is, not grouped
    return one_line.annotate(**{m.code: m.value_in(period) for m in wanted})


def _by_model(metrics: Iterable[Metric]) -> dict[str, list[Metric]]:
    grouped = defaultdict(list)
    for metric in metrics:
        grouped[metric.model].append(metric)
    return grouped
