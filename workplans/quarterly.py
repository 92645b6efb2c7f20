"""季度研判: a short note of a quarter, composed from the ledger and never stored. Every figure in it is a metric."""

from __future__ import annotations

import datetime as dt

from accounts.models import Unit

from . import area
from .compose import render
from .ledger import Ledger
from .metrics import Metric
from .models import Activity, Issue, Period, Span, Target
from .numerals import chinese_number, date_in_text, due_in_text
from .paper import Paper, blocks_of
from .resolve import Line, quoted, resolve, segments

REVIEW = "quarterly_review"
AFTERWARDS = dt.timedelta(days=20)  # a meeting of a quarter's first days speaks of the quarter before
LISTED = 8  # issues and targets that a short note names


def quarter_of(day: dt.date) -> Period:
    """The quarter that a review held on this day is about."""
    return Period.of(day - AFTERWARDS, Span.QUARTER)


def title(unit: Unit, quarter: Period) -> str:
    return f"{unit.name}{quarter.title}统战工作研判"


def text(unit: Unit, quarter: Period, ledger: Ledger) -> str:
    """The note as text with tokens, as drafts are: only the template's own braces name figures."""
    last = quarter.last_day
    issues = Issue.objects.of_unit(unit).in_period(quarter).newest_first()
    targets = Target.objects.of_unit(unit).in_period(quarter).standing().in_order()
    meetings = Activity.objects.of_unit(unit).of_kind(REVIEW).valid().between(quarter.first_day, last + AFTERWARDS)
    facts = {
        "areas": _areas(ledger),
        "issues": [_issue(each) for each in issues if each.is_open_on(last)][:LISTED],
        "targets": [_target(each, quarter) for each in targets if _is_late(each, last)][:LISTED],
        "reviews": [
            {"day": date_in_text(row.date), "said": _said(row)} for row in meetings if quarter_of(row.date) == quarter
        ],
    }
    return render("workplans/drafts/quarterly.txt", facts)


def lines(unit: Unit, quarter: Period) -> list[Line]:
    ledger = Ledger([unit.pk], quarter)
    return resolve(text(unit, quarter, ledger), ledger)


def paper(unit: Unit, quarter: Period, day: dt.date) -> Paper:
    """The note as a paper of the day. Raises PaperRefused for texts that cannot be set."""
    return Paper(
        title(unit, quarter), blocks_of(segments(lines(unit, quarter))), unit.signature or unit.name, date_in_text(day)
    )


def _areas(ledger: Ledger) -> list[dict[str, str]]:
    """The main figures of every area, those that are not zero, as tokens; an area with none is left out."""
    told = [(each.label, [m for m in each.headline_metrics if ledger.value(m)]) for each in area.areas()]
    told = [(label, figures) for label, figures in told if figures]
    return [
        {"number": chinese_number(place), "label": label, "figures": "，".join(map(_token, figures))}
        for place, (label, figures) in enumerate(told, start=1)
    ]


def _is_late(target: Target, day: dt.date) -> bool:
    overdue = target.due is not None and target.due <= day and target.state != Target.State.DONE
    return overdue or target.state == Target.State.BEHIND


def _token(metric: Metric) -> str:
    return f"{metric.label}{{{metric.label}}}{metric.unit}"


def _issue(issue: Issue) -> str:
    obstacle = f"，因{issue.obstacle}，尚未办结" if issue.obstacle else "，正在办理"
    due = f"，时限{date_in_text(issue.due)}" if issue.due else ""
    return quoted(f"{issue.title}{obstacle}{due}")


def _target(target: Target, quarter: Period) -> str:
    obstacle = f"，因{target.obstacle}滞后" if target.obstacle else ""
    due = f"，时限{due_in_text(target.due, year=quarter.year).removesuffix('前')}" if target.due else ""
    return quoted(f"{target.text.rstrip('。')}{obstacle}{due}")


def _said(row: Activity) -> str:
    """What the meeting itself noted, on one line."""
    said = "；".join(filter(None, (" ".join(part.split()).rstrip("。") for part in (row.content, row.result))))
    return quoted(said)
