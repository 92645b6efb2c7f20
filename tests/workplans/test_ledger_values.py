"""What the ledger's numbers cost, and which units they are of."""

import pytest

from accounts.models import Unit
from tests.cast import Cast
from tests.factories import DAY, H1, make_activity, make_issue, make_target
from workplans.area import labels, metrics
from workplans.ledger import ACTIVITY, Ledger

OVER_ACTIVITIES = [metric for metric in metrics().values() if metric.model == ACTIVITY]


def test_all_metrics_over_one_table_cost_one_query(cast: Cast, django_assert_num_queries):
    make_activity(by=cast.clerk, kind="inspection", quantity=3)
    ledger = Ledger([cast.town], H1)
    with django_assert_num_queries(1):
        values = [ledger.value(metric) for metric in OVER_ACTIVITIES]
    assert len(values) > 40
    assert sum(values) == 1 + 3  # one inspection, three hazards


def test_every_metric_there_is_costs_one_query_for_each_of_three_tables(cast: Cast, django_assert_num_queries):
    with django_assert_num_queries(3):
        assert set(Ledger([cast.town], H1).by_label()) == set(labels())


def test_the_table_by_unit_and_the_one_by_month_cost_one_query_each(cast: Cast, django_assert_num_queries):
    ledger = Ledger([cast.town, cast.other_town], H1)
    with django_assert_num_queries(1):
        ledger.by_unit(OVER_ACTIVITIES)
    with django_assert_num_queries(1):
        ledger.by_month(OVER_ACTIVITIES)


def test_a_month_table_of_no_ledger_metric_asks_nothing(cast: Cast, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert Ledger([cast.town], H1).by_month([metrics()["issues_open"]]) == {}


@pytest.mark.parametrize("given", ["units", "ids", "mixed", "queryset"])
def test_units_may_be_given_as_units_ids_or_a_queryset(cast: Cast, given: str):
    make_activity(by=cast.clerk, kind="inspection")
    make_activity(by=cast.outsider, kind="inspection", sessions=2)
    towns = {
        "units": [cast.town, cast.other_town],
        "ids": [cast.town.pk, cast.other_town.pk],
        "mixed": [cast.town, cast.other_town.pk],
        "queryset": Unit.objects.towns(),
    }
    assert Ledger(towns[given], H1).value(metrics()["inspections"]) == 3


def test_a_ledger_of_no_unit_counts_nothing(cast: Cast):
    make_activity(by=cast.clerk, kind="inspection")
    make_issue(by=cast.clerk)
    make_target(by=cast.clerk, period=H1)
    ledger = Ledger([], H1)
    assert {ledger.value(metric) for metric in metrics().values()} == {0}
    assert ledger.by_unit(metrics().values()) == {}


def test_the_year_before_is_the_same_stretch_of_the_same_units(cast: Cast):
    make_activity(by=cast.clerk, kind="inspection", date=DAY.replace(year=2019))
    make_activity(by=cast.outsider, kind="inspection", date=DAY.replace(year=2019))
    before = Ledger([cast.town], H1).last_year
    assert before.period == H1.last_year
    assert before.value(metrics()["inspections"]) == 1


def test_a_ledger_is_blank_until_something_counts(cast: Cast):
    row = make_activity(by=cast.clerk, kind="inspection")
    assert not Ledger([cast.town], H1).is_blank()
    row.void("重复录入")
    assert Ledger([cast.town], H1).is_blank()
