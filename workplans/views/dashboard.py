"""What a leader reads in ten seconds: home, the areas, and the rows behind any figure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.apps import apps
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from accounts import access
from accounts.models import Level, Role, Unit
from workplans.area import Area, area_label, kind_label
from workplans.area import area as area_of
from workplans.area import areas as all_areas
from workplans.area import metrics as all_metrics
from workplans.ledger import Ledger
from workplans.metrics import Metric, Over
from workplans.models import Activity, Issue, Light, Period, Summary, Target, ledger_number

from .frame import chosen_period, chosen_units
from .waiting import obstacle_note, waiting_for

LATEST = 10  # rows on an area's page
ROWS_LISTED = 1000  # behind a figure; what the others add is told in one line


@access.member
def home(request: HttpRequest) -> HttpResponse:
    """What waits for the reader, the targets by their lights, and the areas' main figures."""
    if request.user.role == Role.ADMINISTRATOR:
        return redirect("manage")
    today, period, units = timezone.localdate(), chosen_period(request), chosen_units(request)
    ledger = Ledger(units, period)
    targets = list(Target.objects.of_units(units).on_the_desk(period).in_order())
    issues = list(Issue.objects.of_units(units).open().newest_first())
    names = {unit.pk: unit.name for unit in units}
    whole_district = request.user.role == Role.DISTRICT and "unit" not in request.GET
    context = {
        "tasks": waiting_for(request.user, period, targets, issues, today),
        "lights": [lights(targets, half, today, names) for half in (*period.halves, period.halves[-1].after)],
        "issues": [issue_line(issue, today, names) for issue in issues],
        "areas": area_figures(request, ledger, [(each, each.headline_metrics) for each in all_areas()]),
        "towns": town_lines(units, ledger) if whole_district else None,
        "town_metrics": headlines(),
        "town": units[0] if len(units) == 1 else None,
    }
    return render(request, "workplans/home.html", context)


@access.readers
def areas(request: HttpRequest) -> HttpResponse:
    """Every figure of every area, against the same period last year."""
    ledger = Ledger(chosen_units(request), chosen_period(request))
    tables = area_figures(request, ledger, [(each, each.metrics) for each in all_areas()])
    return render(request, "workplans/areas.html", {"areas": tables})


@access.readers
def area(request: HttpRequest, code: str) -> HttpResponse:
    """One area: its figures, its months, its latest rows and what is open in it."""
    try:
        found = area_of(code)
    except KeyError as error:
        raise Http404 from error
    today, period, units = timezone.localdate(), chosen_period(request), chosen_units(request)
    ledger = Ledger(units, period)
    names = {unit.pk: unit.name for unit in units}
    rows = Activity.objects.of_units(units).in_period(period).in_area(code).newest_first()
    targets = Target.objects.of_units(units).on_the_desk(period).in_area(code).in_order()
    issues = Issue.objects.of_units(units).open().in_area(code).newest_first()
    context = {
        "area": found,
        "registers": [{"label": each.name, "url": address(request, each.page)} for each in found.registers],
        "figures": area_figures(request, ledger, [(found, found.metrics)])[0]["figures"],
        "months": month_bars(request, ledger, found.headline_metrics),
        "rows": latest(rows, names),
        "targets": [target_line(target, today, names) for target in targets],
        "issues": [issue_line(issue, today, names) for issue in issues],
    }
    return render(request, "workplans/area.html", context)


@access.readers
def figure(request: HttpRequest, code: str) -> HttpResponse:
    """The rows behind one figure, what each adds, and their sum: the figure itself."""
    metric = all_metrics().get(code)
    if metric is None:
        raise Http404
    period, units = chosen_period(request), chosen_units(request)
    ledger = Ledger(units, period)
    value, rows = ledger.value(metric), ledger.newest_rows(metric).defer(*prose(metric))
    withheld = ledger.withheld(metric, request.user)
    lines = [line for line in figure_lines(metric, rows, units) if line["unit_id"] not in withheld]
    listed = sum(line["amount"] for line in lines)
    shown, printed = ledger.shown(metric, request.user), ledger.printed(metric)
    numbered = any(line["number"] for line in lines)
    context = {
        "metric": metric,
        "areas": [each for each in all_areas() if metric in each.metrics],
        "value": shown,
        "printed": printed if printed != metric.exactly(value) and not withheld else "",
        "last": None if ledger.last_year.is_blank() else ledger.last_year.shown(metric, request.user),
        "lines": lines,
        "withheld": withheld,
        "unlisted": value - listed if len(lines) == ROWS_LISTED and not withheld else 0,
        "numbered": numbered,
        "columns": 3 + numbered + (len(units) > 1),  # before the amount
        "distinct": metric.over is Over.DISTINCT,
        "units": units,
    }
    return render(request, "workplans/figure.html", context)


def address(request: HttpRequest, name: str, *args: Any, **parameters: Any) -> str:
    """The address of a page about the same period and unit as this one."""
    kept = {"period": chosen_period(request).code}
    if code := request.GET.get("unit"):
        kept["unit"] = code
    return f"{reverse(name, args=args)}?{urlencode({**kept, **parameters})}"


def area_figures(
    request: HttpRequest, ledger: Ledger, wanted: Iterable[tuple[Area, Iterable[Metric]]]
) -> list[dict[str, Any]]:
    """Areas with figures for components/figures.html, each against the same period last year."""
    before = ledger.last_year
    comparable = not before.is_blank()
    return [
        {
            "area": each,
            "url": address(request, "area", each.code),
            "figures": [
                figure_card(metric, ledger.shown(metric, request.user),
                            before.shown(metric, request.user) if comparable else None,
                            address(request, "figure", metric.code))
                for metric in metrics
            ],
        }
        for each, metrics in wanted
    ]  # fmt: skip


def figure_card(metric: Metric, value: int | str, last: int | str | None, url: str) -> dict[str, Any]:
    told = isinstance(value, int) and isinstance(last, int)  # from a difference a withheld value could be found
    return {
        "label": metric.name,
        "metric": metric,
        "value": value,
        "unit": metric.unit_name,
        "last": last,
        "difference": value - last if told else None,
        "url": url,
    }


def headlines() -> list[Metric]:
    """The first headline of every area: what tells a town at a glance; nothing that is withheld from its readers."""
    return [metric for each in all_areas() for metric in each.headline_metrics[:1] if not metric.guarded]


def town_lines(units: list[Unit], ledger: Ledger) -> list[dict[str, Any]]:
    """The towns of a district in the order of their codes, never of their figures."""
    values = ledger.by_unit(headlines())
    # Editions in their order, so that the last one stands for the town.
    summaries = {
        summary.unit_id: summary
        for summary in Summary.objects.of_units(units).for_period(ledger.period).order_by("edition")
    }
    return [
        {
            "town": town,
            "summary": summaries.get(town.pk),
            "figures": [(metric, values.get(town.pk, {}).get(metric.code, 0)) for metric in headlines()],
        }
        for town in units
        if town.level == Level.TOWN
    ]


def lights(targets: list[Target], period: Period, today: dt.date, names: dict[int, str]) -> dict[str, Any]:
    """The targets of a half-year counted by light, and the red and amber ones themselves."""
    lines = [target_line(target, today, names) for target in targets if target.period == period]
    return {
        "period": period,
        "number": len(lines),
        "counts": [(light, sum(line["light"] is light for line in lines)) for light in Light],
        "pressing": [line for line in lines if line["light"] in (Light.RED, Light.AMBER)],
    }


def target_line(target: Target, today: dt.date, names: dict[int, str]) -> dict[str, Any]:
    return {
        "target": target,
        "light": target.light(today),
        "word": target.light_word(today),
        "obstacle": obstacle_note(target, today),
        "unit": names[target.unit_id] if len(names) > 1 else "",
    }


def issue_line(issue: Issue, today: dt.date, names: dict[int, str]) -> dict[str, Any]:
    return {
        "issue": issue,
        "late": issue.is_late(today),
        "obstacle": obstacle_note(issue, today),
        "unit": names[issue.unit_id] if len(names) > 1 else "",
    }


def month_bars(request: HttpRequest, ledger: Ledger, metrics: list[Metric]) -> list[dict[str, Any]]:
    """Bars for components/bars.html, one set for each metric; what may not leave its town has none elsewhere."""
    metrics = [metric for metric in metrics if not (metric.guarded and ledger.units != [request.user.unit_id])]
    months = ledger.by_month(metrics)
    today = timezone.localdate()
    charts = []
    for metric in metrics:
        bars = [
            {
                "label": _("%(month)d月") % {"month": month.number},
                "value": months.get(month.code, {}).get(metric.code, 0) if month.first_day <= today else None,
                "url": address(request, "figure", metric.code, period=month.code),
            }
            for month in ledger.period.months
        ]
        charts.append({"metric": metric, "bars": bars, "maximum": max(bar["value"] or 0 for bar in bars)})
    return charts


def latest(rows: models.QuerySet[Activity], names: dict[int, str]) -> list[dict[str, Any]]:
    columns = ("pk", "unit_id", "year", "number", "date", "kind", "title", "person_times", "state")
    states = dict(Activity.State.choices)
    return [
        {
            **row,
            "ledger_number": ledger_number(row["year"], row["number"]),
            "kind_label": kind_label(row["kind"]),
            "state_label": states[row["state"]],
            "unit": names[row["unit_id"]] if len(names) > 1 else "",
        }
        for row in rows.values(*columns)[:LATEST]
    ]


def figure_lines(metric: Metric, rows: models.QuerySet, units: list[Unit]) -> list[dict[str, Any]]:
    """The rows of a figure as its page lists them, whatever their model."""
    names = {unit.pk: unit.name for unit in units}
    return [
        {
            "number": getattr(row, "ledger_number", ""),
            "day": metric.day_of(row),
            "title": str(row),
            "url": row.get_absolute_url() if hasattr(row, "get_absolute_url") else "",
            "about": kind_label(row.kind) if isinstance(row, Activity) else area_label(getattr(row, "area", "")),
            "unit": names[row.unit_id],
            "unit_id": row.unit_id,
            "amount": amount,
        }
        for row, amount in metric.amounts(rows[:ROWS_LISTED])
    ]


def prose(metric: Metric) -> list[str]:
    """Columns of long text, which a list of rows leaves where they are."""
    fields = apps.get_model(metric.model)._meta.concrete_fields
    return [field.name for field in fields if isinstance(field, models.TextField)]
