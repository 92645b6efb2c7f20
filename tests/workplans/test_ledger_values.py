"""What the ledger's numbers cost, and which units they are of."""

import datetime as dt

import pytest

from accounts.models import Unit
from tests.cast import Cast
from tests.factories import DAY, H1, make_activity, make_issue, make_target
from workplans.area import labels, metrics
from workplans.ledger import ACTIVITY, Ledger

OVER_ACTIVITIES = [metric for metric in metrics().values() if metric.model == ACTIVITY]


def test_all_metrics_over_one_table_cost_one_query(cast: Cast, django_assert_num_queries):
    make_activity(by=cast.clerk, kind="information", quantity=3)
    ledger = Ledger([cast.town], H1)
    with django_assert_num_queries(1):
        values = [ledger.value(metric) for metric in OVER_ACTIVITIES]
    assert len(values) > 40
    assert sum(values) == 3  # reports


def test_every_metric_there_is_costs_one_query_for_each_table(cast: Cast, django_assert_num_queries):
    tables = {metric.model for metric in metrics().values()}
    assert {"workplans.Activity", "workplans.Target", "workplans.Issue", "religion.Hazard"} <= tables
    with django_assert_num_queries(len(tables)):
        assert set(Ledger([cast.town], H1).by_label()) == set(labels())


def test_the_table_by_unit_and_the_one_by_month_cost_one_query_each(cast: Cast, django_assert_num_queries):
    ledger = Ledger([cast.town, cast.other_town], H1)
    with django_assert_num_queries(1):
        ledger.by_unit(OVER_ACTIVITIES)
    with django_assert_num_queries(1):
        ledger.by_month(OVER_ACTIVITIES)


def test_a_month_table_of_matters_tells_each_month_as_its_own_page_would(cast: Cast, django_assert_num_queries):
    make_issue(by=cast.clerk, opened_on=dt.date(2020, 2, 3))
    make_issue(by=cast.clerk, opened_on=dt.date(2020, 2, 4), state="solved", closed_on=dt.date(2020, 4, 1))
    with django_assert_num_queries(6):
        months = Ledger([cast.town], H1).by_month([metrics()["issues_open"]])
    assert [months[month.code]["issues_open"] for month in H1.months] == [0, 2, 2, 1, 1, 1]


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
