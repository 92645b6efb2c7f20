"""What the figures of the ledger cost: all in one query, against the least one can ask and against a query for each."""

from __future__ import annotations

from collections.abc import Callable

from django.db.models import Count, Sum

from workplans import area
from workplans.compose import draft
from workplans.ledger import ACTIVITY, Ledger
from workplans.metrics import scope
from workplans.models import Activity

from . import data
from .data import HALF, TOWNS, reading
from .measure import head, medians, show

ROUNDS = 11


def run() -> None:
    cases = {f"{alias} {name}": (alias, call) for alias in TOWNS for name, call in operations_of(alias).items()}
    cost = medians(cases, ROUNDS)
    wanted = [metric for metric in area.metrics().values() if metric.model == ACTIVITY]
    head(f"Figures: {len(wanted)} metrics over the half-year's rows", "what", "CPU ms, town", "× limit", "city ÷ town")
    for name in operations_of("town"):
        town, city = cost[f"town {name}"], cost[f"city {name}"]
        show(name, town, town / cost["town count and sum (the limit)"], city / town)


def operations_of(alias: str) -> dict[str, Callable[[], object]]:
    with reading(alias):
        unit = data.measured()
    wanted = [metric for metric in area.metrics().values() if metric.model == ACTIVITY]
    rows = scope(ACTIVITY, [unit.pk], HALF)
    quoted = Activity.objects.of_unit(unit).in_period(HALF).valid().order_by("date", "pk")

    def one_by_one() -> None:
        for metric in wanted:
            rows.aggregate(value=metric.value_in(HALF))

    return {
        "count and sum (the limit)": lambda: rows.aggregate(Count("pk"), Sum("person_times")),
        "all metrics, one query": lambda: Ledger([unit.pk], HALF).value(wanted[0]),
        "all metrics, a query each": one_by_one,
        "rows a draft may quote": lambda: list(quoted.values("kind", "title", "result", "date")),
        "draft() of the summary": lambda: draft(unit, HALF),
    }
