"""Reports: papers that are composed from the ledger whenever somebody asks for them. Nothing of them is typed or stored.

The half-year summary is written, reviewed and signed (`Summary`); these are not. Another report is another `Report`: the
kind of period it is of, the template of its page, and either a paper of plain text or the template of a printed form.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from accounts.models import Unit

from . import area, compose
from .document import page, pdf_of, refuse_unprintable, render_pdf
from .ledger import Ledger
from .metrics import Metric
from .models import Activity, Period, Span, Summary, ledger_number
from .models.period import YearToDate
from .numerals import date_in_text
from .paper import Paper, refuse_hostile
from .proof import Proof, proof_of_draft
from .signing import paper_of

Facts = dict[str, Any]
LISTED = 60  # rows that a monthly form tells one by one


@dataclass(frozen=True)
class Report:
    code: str
    label: str
    span: Span
    heading: str  # what its title says after unit and period
    template: str  # of its page
    facts: Callable[[Report, Unit, Period], Facts]  # what page and printed form tell
    form: str = ""  # the template of a printed form; empty: it is a paper of plain text, under "proof" of its facts

    @property
    def name(self) -> str:
        return gettext(self.label)

    def title(self, unit: Unit, period: Period) -> str:
        return f"{unit.name}{period.title}{self.heading}"

    def paper(self, unit: Unit, period: Period, day: dt.date) -> Paper:
        """Of a report of plain text. Raises PaperRefused."""
        return paper_of(self.facts(self, unit, period)["proof"], day)

    def pdf(self, unit: Unit, period: Period, day: dt.date) -> bytes:
        """Raises PaperRefused for texts that cannot be set."""
        if not self.form:
            return render_pdf(self.paper(unit, period, day))
        facts = self.facts(self, unit, period)
        _refuse(facts)
        signature = unit.signature or unit.name
        return pdf_of(page(self.form, {**facts, "signature": signature, "day": date_in_text(day)}))


def annual(report: Report, unit: Unit, year: Period) -> Facts:
    """The areas' sections over the whole year, what became of its targets, and the next year's plan."""
    return {"proof": _proof(report, unit, year)}


def _proof(report: Report, unit: Unit, period: Period) -> Proof:
    summary = Summary(unit=unit, period=period, title=report.title(unit, period))
    return proof_of_draft(summary, compose.draft(unit, period))


def monthly(report: Report, unit: Unit, month: Period) -> Facts:
    """Every figure of the month, of the year until its end and of the same stretch last year; and what was done."""
    until = YearToDate(month)
    ledgers = [Ledger([unit.pk], stretch) for stretch in (month, until, until.last_year)]
    rows = Activity.objects.of_unit(unit).in_period(month).valid()
    tables = [(each, [_line(metric, ledgers) for metric in each.metrics]) for each in area.areas()]
    return {
        "title": report.title(unit, month),
        "tables": [
            {"area": each, "lines": told}
            for each, lines in tables
            if (told := [line for line in lines if line["counted"]])
        ],
        "rows": [
            {"day": date_in_text(date), "number": ledger_number(year, number), "kind": area.kinds()[kind].label, "title": title}
            for date, year, number, kind, title in rows.order_by("date", "pk").values_list(
                "date", "year", "number", "kind", "title"
            )[:LISTED]
            if kind in area.kinds()
        ],
        "left_off": max(rows.count() - LISTED, 0),
    }  # fmt: skip


def _line(metric: Metric, ledgers: list[Ledger]) -> Facts:
    """The figure as a paper tells it: whole, and small counts as 少于5, for a report leaves the town."""
    counted = any(ledger.value(metric) for ledger in ledgers)
    return {"metric": metric, "counted": counted, "values": [ledger.printed(metric, "实") for ledger in ledgers]}


def _refuse(facts: Mapping[str, Any]) -> None:
    """Raise PaperRefused for what people wrote that cannot be printed."""
    text = "\n".join([facts["title"], *(row["title"] for row in facts["rows"])])
    refuse_hostile(text)
    refuse_unprintable(text)


MONTHLY = Report("monthly", _("月报表"), Span.MONTH, "统战工作月报表", "workplans/report_monthly.html", monthly,
                 form="print/monthly.html")  # fmt: skip
ANNUAL = Report("annual", _("年度总结"), Span.YEAR, "统战工作总结", "workplans/report_annual.html", annual)
REPORTS = {report.code: report for report in (MONTHLY, ANNUAL)}
