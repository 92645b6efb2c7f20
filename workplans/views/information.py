"""信息报送: the rows of the ledger that tell of it, by month; adoption is entered on the row when it is known."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts import access
from workplans.area import metrics
from workplans.ledger import Ledger
from workplans.models import Activity, Period, ledger_number

from .frame import chosen_period, chosen_units

KIND = "information"
SENT, ADOPTED = "information_sent", "information_adopted"
COLUMNS = ("pk", "unit_id", "year", "number", "date", "title", "quantity", "quantity_done", "result")


@access.readers
@require_safe
def information(request: HttpRequest) -> HttpResponse:
    """What was sent in the period and who adopted it; every sum is the metric's own."""
    period, units = chosen_period(request), chosen_units(request)
    ledger, both = Ledger(units, period), [metrics()[SENT], metrics()[ADOPTED]]
    rows = Activity.objects.of_units(units).in_period(period).of_kind(KIND).valid().newest_first().values(*COLUMNS)
    sums = ledger.by_month(both)
    context = {
        "months": [_month(month, lines, sums.get(month.code, {})) for month, lines in _by_month(rows).items()],
        "sent": ledger.value(both[0]), "adopted": ledger.value(both[1]), "kind": KIND,
        "units": {unit.pk: unit.name for unit in units} if len(units) > 1 else {},
        "own": request.user.unit_id,
    }  # fmt: skip
    for month in context["months"]:
        for line in month["rows"]:
            line["unit"] = context["units"].get(line["unit_id"], "")
    return render(request, "workplans/information.html", context)


def _by_month(rows: Any) -> dict[Period, list[dict[str, Any]]]:
    found: dict[Period, list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        found[Period.of(row["date"], "M")].append(row | {"ledger_number": ledger_number(row["year"], row["number"])})
    return found


def _month(month: Period, rows: list[dict[str, Any]], sums: dict[str, int]) -> dict[str, Any]:
    return {"month": month, "rows": rows, "sent": sums.get(SENT, 0), "adopted": sums.get(ADOPTED, 0)}
