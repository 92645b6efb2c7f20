"""The demonstration's enterprises: section five with real figures, each with its rows."""

import io

import pytest
from django.core.management import call_command

from accounts.models import Unit
from nonpublic.area import NONPUBLIC
from nonpublic.models import AtEnterprise, Enterprise
from nonpublic.models.credit import refuse_wrong_credit_code
from tests.factories import H1
from workplans.ledger import Ledger
from workplans.models import Activity


@pytest.fixture
def town(db: None) -> Unit:
    call_command("demo", stdout=io.StringIO())
    return Unit.objects.get(code="qingxi")


def test_the_totals_stay_and_every_figure_has_its_rows(town: Unit):
    ledger = Ledger([town], H1)
    values = {metric.code: ledger.value(metric) for metric in NONPUBLIC.metrics}
    told = ("enterprise_visits", "enterprises_visited", "requests_received", "requests_solved", "contributed")
    assert [values[code] for code in told] == [40, 15, 11, 8, 1715]
    for metric in NONPUBLIC.metrics:
        assert sum(amount for _row, amount in metric.amounts(ledger.rows(metric))) == values[metric.code]


def test_a_visits_row_counts_the_enterprises_it_names(town: Unit):
    for row in Activity.objects.filter(kind="enterprise_visit"):
        assert AtEnterprise.objects.of_rows(row).count() == row.quantity


def test_every_enterprise_is_a_sample_with_a_right_code(town: Unit):
    for each in Enterprise.objects.all():
        refuse_wrong_credit_code(each.credit_code)
        assert "示例" in each.name
