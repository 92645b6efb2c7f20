"""The figures of enterprises against plain Python: distinct ones are sets, money is Decimal."""

import datetime as dt
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.models import Role, User
from nonpublic.area import NONPUBLIC
from nonpublic.models import AtEnterprise, Contribution, Enterprise, ServiceEvent
from nonpublic.money import hundreds_of, in_wan
from tests.factories import (
    make_activity,
    make_district,
    make_enterprise,
    make_town,
    make_user,
    make_village,
    make_visit,
)
from workplans.ledger import Ledger
from workplans.metrics import Metric
from workplans.models import Period
from workplans.numerals import floor_with_yu

METRICS = {metric.code: metric for metric in NONPUBLIC.metrics}
VISITED, TIMES = METRICS["enterprises_visited"], METRICS["enterprise_visits"]
CODES = ("2020-01", "2020-02", "2020-03", "2020-06", "2020Q1", "2020Q2", "2020H1", "2020H2", "2020", "2019H2")
# Days around every edge, where a wrong comparison would show.
EDGES = [dt.date(2019, 12, 31), dt.date(2020, 1, 1), dt.date(2020, 1, 31), dt.date(2020, 2, 1), dt.date(2020, 3, 31),
         dt.date(2020, 4, 1), dt.date(2020, 6, 30), dt.date(2020, 7, 1), dt.date(2020, 12, 31)]  # fmt: skip
DAYS = st.sampled_from(EDGES) | st.dates(dt.date(2019, 11, 1), dt.date(2021, 1, 15))
EACH = 4  # enterprises of each town, two to a village
VISITS = st.lists(
    st.fixed_dictionaries({
        "town": st.integers(0, 2),  # two towns that are asked for, and a third that must never be counted
        "date": DAYS, "who": st.lists(st.integers(0, EACH - 1), unique=True, max_size=EACH),
        "kind": st.sampled_from(["enterprise_visit"] * 4 + ["job_fair"]), "void": st.booleans(),
    }),
    max_size=14,
)  # fmt: skip
CALM = settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))


@pytest.fixture
def clerks(db: None) -> list[User]:
    district = make_district()
    towns = [make_town(parent=district, code=code, name=code) for code in ("one", "two", "three")]
    return [make_user(unit=town, role=Role.CLERK, username=town.code) for town in towns]


def registers(clerks: list[User]) -> list[list[Enterprise]]:
    found = []
    for by in clerks:
        villages = [make_village(unit=by.unit, name=name) for name in ("东", "西")]
        found.append([make_enterprise(by=by, name=f"{n}", village=villages[n // 2]) for n in range(EACH)])
    return found


@CALM
@given(visits=VISITS)
def test_enterprises_visited_are_a_set_over_every_month_quarter_village_and_unit(clerks, visits):
    with transaction.atomic():
        firms = registers(clerks)
        for each in visits:
            by, chosen = clerks[each["town"]], tuple(firms[each["town"]][n] for n in each["who"])
            row = make_visit(by=by, enterprises=chosen, kind=each["kind"], date=each["date"])
            if each["void"]:
                row.void("记错。")
        told = [each for each in visits if not each["void"] and each["kind"] == "enterprise_visit"]
        for towns in ((0,), (1,), (0, 1)):
            for period in map(Period.parse, CODES):
                here = [each for each in told if each["town"] in towns and each["date"] in period]
                met = {(each["town"], n) for each in here for n in each["who"]}
                ledger = Ledger([clerks[n].unit for n in towns], period)
                assert ledger.value(VISITED) == len(met)
                assert ledger.value(TIMES) == sum(len(each["who"]) for each in here)
                rows = list(ledger.rows(VISITED))
                assert sum(amount for _row, amount in VISITED.amounts(rows)) == len(met)
                for village in (0, 1):
                    in_village = {(town, n) for town, n in met if n // 2 == village}
                    assert len(
                        {row.enterprise_id for row in rows if row.enterprise.village.name == "东西"[village]}
                    ) == (len(in_village))
                units = ledger.by_unit([VISITED])
                assert all(
                    units.get(clerks[n].unit_id, {}).get(VISITED.code, 0) == len({pair for pair in met if pair[0] == n})
                    for n in towns
                )
        by_month = Ledger([clerks[0].unit], Period.parse("2020H1")).by_month([VISITED])
        for month in Period.parse("2020H1").months:
            met = {n for each in told if each["town"] == 0 and each["date"] in month for n in each["who"]}
            assert by_month.get(month.code, {}).get(VISITED.code, 0) == len(met)
        transaction.set_rollback(True)


def test_one_enterprise_met_every_month_is_one_over_the_half_year(clerks):
    firm = make_enterprise(by=clerks[0])
    for month in range(1, 7):
        make_visit(by=clerks[0], enterprises=(firm,), date=dt.date(2020, month, 5))
    ledger = Ledger([clerks[0].unit], Period.parse("2020H1"))
    assert (ledger.value(VISITED), ledger.value(TIMES)) == (1, 6)
    assert [values[VISITED.code] for values in ledger.by_month([VISITED]).values()] == [1] * 6


WAN = st.decimals(0, 900_000, places=2)  # 万元
AMOUNTS = st.lists(
    st.fixed_dictionaries({"town": st.integers(0, 2), "date": DAYS, "wan": WAN, "signed": st.booleans(), "void": st.booleans()}),
    max_size=12,
)  # fmt: skip


@CALM
@given(amounts=AMOUNTS)
def test_amounts_add_up_as_decimals_do(clerks, amounts):
    with transaction.atomic():
        for each in amounts:
            by = clerks[each["town"]]
            row = make_activity(by=by, kind="job_fair" if each["signed"] else "contribution", date=each["date"])
            own, money = {"activity": row, "unit": by.unit}, hundreds_of(each["wan"])
            if each["signed"]:
                ServiceEvent.objects.create(**own, signed=money)
            else:
                Contribution.objects.create(**own, amount=money)
            if each["void"]:
                row.void("记错。")
        for towns in ((0,), (0, 1)):
            for period in map(Period.parse, CODES):
                here = [e for e in amounts if not e["void"] and e["town"] in towns and e["date"] in period]
                ledger = Ledger([clerks[n].unit for n in towns], period)
                for code, signed in (("signed_amount", True), ("contributed", False)):
                    metric, total = METRICS[code], sum((e["wan"] for e in here if e["signed"] is signed), Decimal(0))
                    value = ledger.value(metric)
                    assert isinstance(value, int)
                    assert Decimal(metric.exactly(value)) == Decimal(metric.printed(value)) == total
                    assert metric.printed(value, "余") == floor_with_yu(total)
                    assert sum(amount for _row, amount in metric.amounts(ledger.rows(metric))) == value
        transaction.set_rollback(True)


@given(wan=WAN)
def test_money_comes_back_as_it_was_written_without_idle_zeros(wan: Decimal):
    text = in_wan(hundreds_of(wan))
    assert Decimal(text) == wan
    assert text == "0" or not (text.endswith(("0", ".")) and "." in text)


@pytest.mark.parametrize("wan", ["0.001", "12.345"])
def test_money_finer_than_a_hundred_is_refused(wan: str):
    with pytest.raises(ValueError, match="finer"):
        hundreds_of(Decimal(wan))


@pytest.mark.parametrize(
    ("value", "exact", "floored"),
    [(0, "0", "0"), (1, "0.01", "0余"), (450, "4.5", "4余"), (1250, "12.5", "10余"), (12000, "120", "120"),
     (112345, "1123.45", "1100余")],
)  # fmt: skip
def test_a_scaled_metric_prints_its_own_unit(value: int, exact: str, floored: str):
    metric: Metric = METRICS["contributed"]
    assert (metric.exactly(value), metric.printed(value), metric.printed(value, "余")) == (exact, exact, floored)


def test_a_metric_without_places_prints_as_ever():
    assert [METRICS["posts_offered"].exactly(value) for value in (0, 120, 1230)] == ["0", "120", "1230"]


REGISTER = st.lists(st.tuples(DAYS, st.none() | DAYS, st.booleans()), max_size=8)


@CALM
@given(register=REGISTER)
def test_the_register_is_counted_as_it_stood_at_the_periods_end(clerks, register):
    with transaction.atomic():
        spans = []
        for number, (since, until, big) in enumerate(register):
            firm = make_enterprise(by=clerks[0], name=f"{number}", since=since, above_scale=big)
            until = until and max(since, until)
            if until:
                firm.close("closed", day=until, note="")
            spans.append((since, until, big))
        for period in map(Period.parse, CODES):
            standing = [big for since, until, big in spans
                        if since <= period.last_day and (until is None or until > period.last_day)]  # fmt: skip
            ledger = Ledger([clerks[0].unit], period)
            found = [ledger.value(METRICS[code]) for code in ("enterprises", "enterprises_scale", "enterprises_party")]
            assert found == [len(standing), sum(standing), 0]
        transaction.set_rollback(True)


def test_naming_an_enterprise_twice_is_kept_out_by_the_database(clerks):
    firm = make_enterprise(by=clerks[0])
    row = make_visit(by=clerks[0], enterprises=(firm,))
    with pytest.raises(IntegrityError):
        AtEnterprise.objects.create(unit=row.unit, activity=row, enterprise=firm)
