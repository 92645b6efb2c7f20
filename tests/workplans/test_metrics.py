"""One definition, one number: what a metric says equals what its rows add up to."""

import datetime as dt

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.models import Role, User
from tests.factories import H1, make_district, make_town, make_user
from workplans.area import kinds, metrics
from workplans.ledger import ACTIVITY, Ledger
from workplans.metrics import Metric, Over, events
from workplans.models import Activity, Issue, Period, Target

# Days around every edge of 2020's first half, where a wrong comparison would show.
EDGES = [dt.date(2019, 6, 30), dt.date(2019, 12, 31), dt.date(2020, 1, 1), dt.date(2020, 1, 31), dt.date(2020, 2, 29),
         dt.date(2020, 3, 31), dt.date(2020, 4, 1), dt.date(2020, 6, 30), dt.date(2020, 7, 1), dt.date(2020, 12, 31)]  # fmt: skip
DAYS = st.sampled_from(EDGES) | st.dates(dt.date(2019, 6, 1), dt.date(2021, 1, 31))
PERIODS = st.sampled_from([Period.parse(code) for code in ("2020H1", "2020H2", "2019H2", "2020Q1", "2020-06", "2020")])
COUNTS = st.integers(0, 40)
WHO = st.integers(0, 2)  # two towns that are asked for, and a third that must never be counted


@st.composite
def activities(draw: st.DrawFn) -> dict:
    quantity = draw(COUNTS)
    return {
        "kind": draw(st.sampled_from(sorted(kinds()))),
        "date": draw(DAYS),
        "state": draw(st.sampled_from(Activity.State.values)),
        "sessions": draw(st.integers(0, 5)),
        "person_times": draw(COUNTS),
        "copies": draw(COUNTS),
        "quantity": quantity,
        "quantity_done": draw(st.integers(0, quantity)),
    }


TARGETS = st.fixed_dictionaries({
    "period": st.sampled_from([Period.parse(code) for code in ("2019H2", "2020H1", "2020H2")]),
    "state": st.sampled_from(Target.State.values),
    "due": st.none() | DAYS,
})  # fmt: skip


@st.composite
def issues(draw: st.DrawFn) -> dict:
    opened, closed = sorted([draw(DAYS), draw(DAYS)])
    state = draw(st.sampled_from(Issue.State.values))
    return {"opened_on": opened, "closed_on": closed if state in Issue.ENDED else None, "state": state}


LEDGERS = st.fixed_dictionaries({
    "activities": st.lists(st.tuples(WHO, activities()), max_size=25),
    "targets": st.lists(st.tuples(WHO, TARGETS), max_size=6),
    "issues": st.lists(st.tuples(WHO, issues()), max_size=6),
})  # fmt: skip


@pytest.fixture
def clerks(db: None) -> list[User]:
    district = make_district()
    towns = [make_town(parent=district, code=code, name=code) for code in ("one", "two", "three")]
    return [make_user(unit=town, role=Role.CLERK, username=town.code) for town in towns]


def enter(found: dict, clerks: list[User]) -> list[Activity]:
    """Put a generated ledger into empty tables."""
    for model in (Activity, Target, Issue):
        model.objects.all().delete()
    Target.objects.bulk_create(Target(unit=clerks[n].unit, created_by=clerks[n], **row) for n, row in found["targets"])
    Issue.objects.bulk_create(Issue(unit=clerks[n].unit, created_by=clerks[n], **row) for n, row in found["issues"])
    return Activity.objects.bulk_create(
        Activity(unit=clerks[n].unit, created_by=clerks[n], year=row["date"].year, number=number, title="事", **row)
        for number, (n, row) in enumerate(found["activities"], start=1)
    )


generated = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)


@generated
@given(found=LEDGERS, period=PERIODS)
def test_every_value_is_the_sum_of_what_its_rows_add(found: dict, period: Period, clerks: list[User]):
    enter(found, clerks)
    ledger = Ledger([clerk.unit for clerk in clerks[:2]], period)
    for metric in metrics().values():
        amounts = [amount for _, amount in metric.amounts(ledger.rows(metric))]
        assert ledger.value(metric) == sum(amounts), metric.code
        if metric.over is not Over.DISTINCT:
            assert 0 not in amounts, f"{metric.code} lists rows that add nothing"


@generated
@given(found=LEDGERS, period=PERIODS)
def test_the_rows_are_exactly_the_valid_ones_of_these_towns_and_days(found: dict, period: Period, clerks: list[User]):
    """Against a ledger kept by hand: no query at all decides what belongs to a figure."""
    rows = enter(found, clerks)
    towns = {clerk.unit_id for clerk in clerks[:2]}
    ledger = Ledger(towns, period)
    counted = [row for row in rows if row.unit_id in towns and row.date in period and row.state != "void"]

    def by_hand(column: str, *wanted: str) -> int:
        return sum(getattr(row, column) for row in counted if row.kind in wanted)

    value = {code: ledger.value(metric) for code, metric in metrics().items()}
    assert value["inspections"] == by_hand("sessions", "inspection")
    assert value["information_adopted"] == by_hand("quantity_done", "information")
    assert value["leaflets"] == by_hand("copies", "lecture", "publicity")
    assert value["exchanges"] == by_hand("sessions", "exchange", "matching")
    assert value["figure_visits"] == by_hand("person_times", "figure_visit")
    listed = {row.pk for row in ledger.rows(metrics()["inspections"])}
    assert listed == {row.pk for row in counted if row.kind == "inspection" and row.sessions}


@generated
@given(found=LEDGERS, period=st.sampled_from([H1, H1.after]))
def test_targets_and_issues_are_counted_as_they_stand_at_the_periods_end(
    found: dict, period: Period, clerks: list[User]
):
    enter(found, clerks)
    ledger = Ledger([clerk.unit for clerk in clerks[:2]], period)
    value = {code: ledger.value(metric) for code, metric in metrics().items()}
    targets = [row for n, row in found["targets"] if n < 2 and row["period"] == period]
    issues = [row for n, row in found["issues"] if n < 2]
    last = period.last_day

    assert value["targets_set"] == sum(row["state"] != "cancelled" for row in targets)
    assert value["targets_done"] == sum(row["state"] == "done" for row in targets)
    late = [row for row in targets if row["due"] and row["due"] <= last and row["state"] not in ("done", "cancelled")]
    assert value["targets_late"] == len(late)
    assert value["issues_raised"] == sum(row["opened_on"] in period for row in issues)
    solved = [row for row in issues if row["closed_on"] and row["closed_on"] in period and row["state"] == "solved"]
    assert value["issues_solved"] == len(solved)
    still_open = [
        row for row in issues if row["opened_on"] <= last and not (row["closed_on"] and row["closed_on"] <= last)
    ]
    assert value["issues_open"] == len(still_open)


@generated
@given(found=LEDGERS, period=PERIODS)
def test_towns_add_up_to_the_whole(found: dict, period: Period, clerks: list[User]):
    enter(found, clerks)
    ledger = Ledger([clerk.unit for clerk in clerks[:2]], period)
    table = ledger.by_unit(metrics().values())
    assert set(table) <= {clerk.unit_id for clerk in clerks[:2]}
    for clerk in clerks[:2]:
        own = Ledger([clerk.unit], period)
        for metric in metrics().values():
            assert table.get(clerk.unit_id, {}).get(metric.code, 0) == own.value(metric), metric.code


@generated
@given(found=LEDGERS, period=PERIODS)
def test_months_are_the_ledgers_of_their_months(found: dict, period: Period, clerks: list[User]):
    enter(found, clerks)
    units = [clerk.unit_id for clerk in clerks[:2]]
    table = Ledger(units, period).by_month(metrics().values())
    assert set(table) <= {month.code for month in period.months}
    for month in period.months:
        own = Ledger(units, month)
        for metric in metrics().values():
            if metric.model == ACTIVITY:
                assert table.get(month.code, {}).get(metric.code, 0) == own.value(metric), (month.code, metric.code)


def test_a_distinct_metric_counts_every_value_once(clerks: list[User]):
    villages = Metric("villages", "村数", "个", events("lecture"), column="place", over=Over.DISTINCT)
    rows = [(0, {"kind": "lecture", "date": dt.date(2020, 3, day), "place": place})
            for day, place in enumerate(["东山村", "西河村", "东山村"], start=1)]  # fmt: skip
    enter({"activities": rows, "targets": [], "issues": []}, clerks)

    listed = villages.rows([clerks[0].unit_id], H1).order_by("date")
    assert [amount for _, amount in villages.amounts(listed)] == [1, 1, 0]
    assert listed.aggregate(value=villages.value_in(H1)) == {"value": 2}


@pytest.mark.parametrize(
    ("rounded", "rule", "printed"),
    [(False, "", "1126"), (True, "", "1100余"), (True, "实", "1126"), (False, "余", "1100余"), (False, "实", "1126")],
)
def test_a_value_prints_by_its_own_rule_unless_the_writer_gives_another(rounded: bool, rule: str, printed: str):
    metric = Metric("people", "人次", "人次", events("lecture"), rounded=rounded)
    assert metric.printed(1126, rule) == printed
