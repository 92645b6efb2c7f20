import pytest
from django.apps import apps
from django.core.management import CommandError, call_command

from accounts.models import User
from tests.factories import make_town
from workplans.demo.people import PASSWORD
from workplans.models import Activity, Period


def counts() -> dict[str, int]:
    return {model._meta.label: model._default_manager.count() for model in apps.get_models()}


@pytest.fixture
def printed(db, capsys) -> str:
    call_command("demo")
    return capsys.readouterr().out


def test_a_second_run_changes_nothing_and_prints_the_same(printed, capsys):
    before = counts()
    call_command("demo")
    assert (counts(), capsys.readouterr().out) == (before, printed)


def test_it_prints_the_address_the_units_with_their_codes_and_the_accounts(printed):
    for word in (
        "http://127.0.0.1:8000",
        "qingxi",
        "清溪镇",
        "clerk",
        "reviewer",
        "signer",
        "district",
        "admin",
        PASSWORD,
    ):
        assert word in printed


def test_every_printed_account_signs_in(printed, client):
    for user in User.objects.all():
        assert client.login(username=user.username, password=PASSWORD), user


def test_every_row_says_that_it_is_a_sample(printed):
    assert set(Activity.objects.values_list("basis", flat=True)) == {"示例数据"}


def test_the_three_half_years_have_rows_and_the_last_ones_wait_for_confirmation(printed):
    town = Activity.objects.filter(unit__code="qingxi")
    by_period = {code: town.in_period(Period.parse(code)).count() for code in ("2019H1", "2019H2", "2020H1")}
    assert by_period == {"2019H1": 16, "2019H2": 17, "2020H1": 82}
    assert town.to_confirm().count() == 6


def test_it_keeps_out_of_a_database_with_real_units(db):
    make_town(code="real-town")
    with pytest.raises(CommandError, match="real-town"):
        call_command("demo")


def test_it_keeps_out_of_production(db, settings):
    settings.DEMO = False
    with pytest.raises(CommandError, match="DEMO=1"):
        call_command("demo")
