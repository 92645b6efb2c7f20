"""Stretches of time a paper reports on. All half-year arithmetic of the product is here, in days of Asia/Shanghai."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from dataclasses import dataclass
from enum import StrEnum
from zoneinfo import ZoneInfo

from django.db import models
from django.utils.translation import gettext as _

SHANGHAI = ZoneInfo("Asia/Shanghai")


class Span(StrEnum):
    MONTH = "M"
    QUARTER = "Q"
    HALF = "H"
    YEAR = "Y"


MONTHS = {Span.MONTH: 1, Span.QUARTER: 3, Span.HALF: 6, Span.YEAR: 12}


def shanghai_day(instant: dt.datetime) -> dt.date:
    """The day in China at an aware instant; a naive one is refused, for nobody knows which day it means."""
    if instant.tzinfo is None:
        raise ValueError("A naive datetime has no day in China.")
    return instant.astimezone(SHANGHAI).date()


@dataclass(frozen=True, order=True)
class Period:
    """A month, quarter, half-year or year: a value, kept in rows by its code (2020-06, 2020Q2, 2020H1, 2020)."""

    year: int
    span: Span
    number: int = 1

    def __post_init__(self) -> None:
        if not 1 <= self.number <= 12 // MONTHS[self.span] or not 1940 <= self.year <= 9998:
            raise ValueError(f"There is no period {self.year} {self.span} {self.number}.")

    @classmethod
    def parse(cls, code: str) -> Period:
        """The period of a code as `code` writes it. Raises ValueError on anything else."""
        if match := re.fullmatch(r"(\d{4})-(\d\d)", code, re.ASCII):
            return cls(int(match[1]), Span.MONTH, int(match[2]))
        if match := re.fullmatch(r"(\d{4})(?:([HQ])(\d))?", code, re.ASCII):
            return cls(int(match[1]), Span(match[2] or "Y"), int(match[3] or 1))
        raise ValueError(f"{code!r} is no period; write 2020H1, 2020Q2, 2020-06 or 2020.")

    @classmethod
    def of(cls, day: dt.date, span: Span = Span.HALF) -> Period:
        """The period of this span in which a day in China lies."""
        return cls(day.year, span, (day.month - 1) // MONTHS[span] + 1)

    @classmethod
    def at(cls, instant: dt.datetime, span: Span = Span.HALF) -> Period:
        return cls.of(shanghai_day(instant), span)

    @property
    def code(self) -> str:
        match self.span:
            case Span.MONTH:
                return f"{self.year}-{self.number:02}"
            case Span.YEAR:
                return str(self.year)
        return f"{self.year}{self.span}{self.number}"

    @property
    def first_day(self) -> dt.date:
        return dt.date(self.year, (self.number - 1) * MONTHS[self.span] + 1, 1)

    @property
    def last_day(self) -> dt.date:
        month = self.number * MONTHS[self.span]
        return dt.date(self.year, month, calendar.monthrange(self.year, month)[1])

    @property
    def name(self) -> str:
        """As a reader of the interface's language writes it; papers use `title`."""
        year = self.year
        match self.span:
            case Span.MONTH:
                return _("%(year)d年%(month)d月") % {"year": year, "month": self.number}
            case Span.QUARTER:
                return _("%(year)d年第%(quarter)d季度") % {"year": year, "quarter": self.number}
            case Span.HALF:
                return (_("%(year)d年上半年") if self.number == 1 else _("%(year)d年下半年")) % {"year": year}
        return _("%(year)d年") % {"year": year}

    @property
    def title(self) -> str:
        """As papers write it, in Chinese whatever the interface's language: 2020年上半年."""
        match self.span:
            case Span.MONTH:
                return f"{self.year}年{self.number}月"
            case Span.QUARTER:
                return f"{self.year}年第{'一二三四'[self.number - 1]}季度"
            case Span.HALF:
                return f"{self.year}年{'上' if self.number == 1 else '下'}半年"
        return f"{self.year}年"

    def shift(self, steps: int) -> Period:
        """The period so many of its kind later (or earlier)."""
        per_year = 12 // MONTHS[self.span]
        years, index = divmod(self.number - 1 + steps, per_year)
        return Period(self.year + years, self.span, index + 1)

    @property
    def before(self) -> Period:
        return self.shift(-1)

    @property
    def after(self) -> Period:
        return self.shift(1)

    @property
    def last_year(self) -> Period:
        """The same stretch of the year before."""
        return Period(self.year - 1, self.span, self.number)

    @property
    def months(self) -> list[Period]:
        first = self.first_day.month
        return [Period(self.year, Span.MONTH, month) for month in range(first, first + MONTHS[self.span])]

    @property
    def halves(self) -> list[Period]:
        """The half-years it is made of, or the one it lies in."""
        return sorted({Period.of(month.first_day) for month in self.months})

    def __contains__(self, day: dt.date) -> bool:
        return self.first_day <= day <= self.last_day

    def __str__(self) -> str:
        return self.code


@dataclass(frozen=True)
class YearToDate:
    """From New Year to the end of a month: what a ledger asks of a period, for a stretch that has no code."""

    month: Period

    @property
    def first_day(self) -> dt.date:
        return dt.date(self.month.year, 1, 1)

    @property
    def last_day(self) -> dt.date:
        return self.month.last_day

    @property
    def last_year(self) -> YearToDate:
        return YearToDate(self.month.last_year)

    @property
    def halves(self) -> list[Period]:
        return [half for half in Period(self.month.year, Span.YEAR).halves if half.first_day <= self.last_day]


class PeriodField(models.CharField):
    """A period kept by its code."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        kwargs.setdefault("max_length", 7)
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]

    def run_validators(self, value: Period | None) -> None:
        super().run_validators(value.code if value else value)

    def from_db_value(self, value: str | None, *args: object) -> Period | None:
        return value if value is None else Period.parse(value)

    def to_python(self, value: Period | str | None) -> Period | None:
        return Period.parse(value) if isinstance(value, str) and value else value or None

    def get_prep_value(self, value: Period | str | None) -> str | None:
        return value.code if isinstance(value, Period) else value
