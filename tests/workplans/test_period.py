"""Half-years are days in China, wherever the server stands."""

import datetime as dt
import os
import time
from collections.abc import Iterator
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone, translation
from hypothesis import given
from hypothesis import strategies as st

from workplans.models import Period, Span, shanghai_day

DAYS = st.dates(dt.date(1950, 1, 1), dt.date(9990, 12, 31))
STEPS = st.integers(-40, 40)
PERIODS = st.builds(Period.of, DAYS, st.sampled_from(Span))


@pytest.fixture(params=["UTC", "Asia/Shanghai", "America/Los_Angeles", "Pacific/Kiritimati"])
def server_zone(request: pytest.FixtureRequest) -> Iterator[str]:
    """The zone of the machine, as the C library and naive datetimes see it."""
    before = os.environ.get("TZ")
    os.environ["TZ"] = request.param
    time.tzset()
    yield request.param
    os.environ.pop("TZ") if before is None else os.environ.update(TZ=before)
    time.tzset()


@pytest.mark.parametrize(
    ("instant", "half"),
    [
        ("2020-06-30T15:59:59.999999+00:00", "2020H1"),  # the last microsecond of June in China
        ("2020-06-30T16:00:00+00:00", "2020H2"),
        ("2020-06-30T23:59:59+08:00", "2020H1"),
        ("2020-07-01T00:00:00+08:00", "2020H2"),
        ("2020-06-30T12:00:00-07:00", "2020H2"),  # still June in Los Angeles
        ("2020-07-01T05:00:00+14:00", "2020H1"),  # July already on Kiritimati
        ("2019-12-31T15:59:59+00:00", "2019H2"),
        ("2019-12-31T16:00:00+00:00", "2020H1"),
        ("2020-12-31T23:59:59.999999+08:00", "2020H2"),
        ("2021-01-01T00:00:00+08:00", "2021H1"),
    ],
)
def test_a_half_year_ends_at_midnight_in_china(server_zone: str, instant: str, half: str):
    assert Period.at(dt.datetime.fromisoformat(instant)).code == half


@pytest.mark.parametrize(
    ("instant", "half"), [("2020-06-30T16:00:00+00:00", "2020H2"), ("2020-06-30T15:59:59+00:00", "2020H1")]
)
def test_the_programs_own_today_is_chinas(server_zone: str, instant: str, half: str, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(timezone, "now", lambda: dt.datetime.fromisoformat(instant))
    assert Period.of(timezone.localdate()).code == half


@given(DAYS, st.times(), st.sampled_from(["UTC", "America/New_York"]))
def test_an_instant_lies_in_one_half_year_whatever_zone_names_it(day: dt.date, clock: dt.time, zone: str):
    instant = dt.datetime.combine(day, clock, tzinfo=dt.UTC)
    assert Period.at(instant.astimezone(ZoneInfo(zone))) == Period.at(instant)
    assert shanghai_day(instant) in Period.at(instant)


def test_a_naive_datetime_is_refused():
    with pytest.raises(ValueError, match="no day in China"):
        Period.at(dt.datetime(2020, 6, 30))  # noqa: DTZ001


@given(PERIODS)
def test_a_code_reads_back_as_its_period(period: Period):
    assert Period.parse(period.code) == period
    assert str(period) == period.code


@pytest.mark.parametrize(
    "code",
    ["", "2020H0", "2020H3", "2020Q5", "2020-13", "2020-00", "2020-6", "20H1", "2020h1", "２０２０H1", "0000", "9999"],
)
def test_anything_else_is_no_period(code: str):
    with pytest.raises(ValueError, match="period"):
        Period.parse(code)


@given(DAYS, st.sampled_from(Span))
def test_every_day_lies_in_its_period_and_in_no_neighbour(day: dt.date, span: Span):
    period = Period.of(day, span)
    assert day in period
    assert day not in period.before
    assert day not in period.after


@given(PERIODS)
def test_periods_of_a_kind_join_without_gap_or_overlap(period: Period):
    assert period.after.first_day - period.last_day == dt.timedelta(days=1)
    assert period.first_day - period.before.last_day == dt.timedelta(days=1)
    assert period.after.before == period == period.before.after


@given(PERIODS)
def test_last_year_is_the_same_stretch_a_year_earlier(period: Period):
    before = period.last_year
    assert (before.span, before.number, before.year) == (period.span, period.number, period.year - 1)
    assert before.first_day == period.first_day.replace(year=period.year - 1)


@given(st.builds(Period.of, st.dates(dt.date(2035, 1, 1), dt.date(9900, 1, 1)), st.sampled_from(Span)), STEPS, STEPS)
def test_steps_add_up(period: Period, one: int, two: int):
    assert period.shift(one).shift(two) == period.shift(one + two)


@given(PERIODS)
def test_its_months_cover_it_and_its_half_years_hold_it(period: Period):
    months = period.months
    assert (months[0].first_day, months[-1].last_day) == (period.first_day, period.last_day)
    assert all(one.after == two for one, two in pairwise(months))
    assert [half.code for half in period.halves] == sorted({Period.of(month.first_day).code for month in months})


def test_a_year_has_two_half_years_and_a_month_lies_in_one():
    assert [half.code for half in Period.parse("2020").halves] == ["2020H1", "2020H2"]
    assert [half.code for half in Period.parse("2020-07").halves] == ["2020H2"]


def test_papers_name_it_in_chinese_whatever_the_interface_speaks():
    with translation.override("en"):
        assert [Period.parse(code).title for code in ("2020H1", "2020H2", "2020Q2", "2020-06", "2020")] == [
            "2020年上半年", "2020年下半年", "2020年第二季度", "2020年6月", "2020年",
        ]  # fmt: skip
