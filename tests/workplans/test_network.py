"""联络网络 counted by village and level, and the page of 信息报送."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.cast import Cast
from tests.factories import DAY, H1, make_activity, make_network, make_village
from workplans.area import labels, metrics
from workplans.ledger import Ledger
from workplans.models import Activity, NetworkCount, NetworkSnapshot, Period

JUNE = dt.date(2020, 6, 20)


def value(cast: Cast, code: str, period: Period = H1) -> int:
    return Ledger([cast.town], period).value(metrics()[code])


class TestTheNetwork:
    def test_persons_are_summed_and_villages_counted_once(self, cast: Cast):
        west = make_village(unit=cast.town, name="西塘村")
        make_network(by=cast.clerk, town=3, villages={cast.village: (2, 6), west: (0, 0)})
        assert (value(cast, "liaison_persons"), value(cast, "villages_covered")) == (11, 1)

    def test_the_last_count_stands_whole(self, cast: Cast):
        west = make_village(unit=cast.town, name="西塘村")
        make_network(by=cast.clerk, town=3, villages={cast.village: (2, 6)})
        make_network(by=cast.clerk, day=JUNE, town=1, villages={west: (1, 0)})
        assert (value(cast, "liaison_persons"), value(cast, "villages_covered")) == (2, 1)
        assert value(cast, "liaison_persons", Period.parse("2020Q1")) == 11

    def test_a_town_has_one_number_of_its_own_and_villages_have_none_of_the_towns(self, cast: Cast):
        found = make_network(by=cast.clerk, town=3)
        for cell in ({"level": "town"}, {"level": "town", "village": cast.village}, {"level": "grid"}):
            with pytest.raises(IntegrityError), transaction.atomic():
                NetworkCount.objects.create(unit=cast.town, snapshot=found, number=1, **cell)

    def test_writers_know_the_figure_by_the_shorter_name_too(self):
        assert labels()["覆盖村（社区）数"] is metrics()["villages_covered"]

    def test_no_column_holds_anything_but_numbers_villages_and_levels(self):
        assert {field.name for field in NetworkCount._meta.local_fields} == {
            "id", "unit", "snapshot", "village", "level", "number",
        }  # fmt: skip


DAYS = st.dates(dt.date(2019, 11, 1), dt.date(2020, 9, 30))
NUMBERS = st.tuples(
    st.integers(0, 4), st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), min_size=2, max_size=2)
)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(counts=st.dictionaries(DAYS, NUMBERS, max_size=5), period=st.sampled_from([H1, Period.parse("2020-03")]))
def test_at_any_periods_end_it_is_what_a_reader_of_the_book_finds(counts: dict, period: Period, cast: Cast):
    for model in (NetworkCount, NetworkSnapshot):
        model.objects.all().delete()
    west, _ = cast.town.villages.get_or_create(unit=cast.town, name="西塘村")
    for day, (town, (own, others)) in counts.items():
        make_network(by=cast.clerk, day=day, town=town, villages={cast.village: own, west: others})
    days = [day for day in counts if day <= period.last_day]
    town, villages = counts[max(days)] if days else (0, [])
    assert value(cast, "liaison_persons", period) == town + sum(map(sum, villages))
    assert value(cast, "villages_covered", period) == sum(any(each) for each in villages)


class TestPages:
    def test_one_form_asks_for_every_village_in_use_and_is_prefilled(self, cast: Cast, clerk: Client):
        closed = make_village(unit=cast.town, name="并掉的村")
        closed.is_active = False
        closed.save()
        make_network(by=cast.clerk, town=3, villages={cast.village: (2, 6)})
        form = clerk.get(reverse("network_new")).context["form"]
        asked = {f.name: f.value() for f in form.visible_fields() if f.name != "counted_on"}
        assert asked == {"town": 3, f"village-{cast.village.pk}": 2, f"grid-{cast.village.pk}": 6}
        typed = {"counted_on": "2020-06-20", **dict.fromkeys(asked, "1"), "token": form["token"].value()}
        assert clerk.post(reverse("network_new"), typed).status_code == 302
        assert value(cast, "liaison_persons") == 3

    def test_a_village_that_was_counted_stays_in_the_table_when_it_is_closed(self, cast: Cast, clerk: Client):
        make_network(by=cast.clerk, villages={cast.village: (2, 6)})
        cast.village.is_active = False
        cast.village.save()
        assert "东山村" in clerk.get(reverse("networks")).content.decode()

    def test_a_district_reads_the_towns_numbers(self, cast: Cast, district: Client):
        found = make_network(by=cast.clerk, town=3, villages={cast.village: (2, 6)})
        for address in (reverse("networks"), found.get_absolute_url()):
            page = district.get(address).content.decode()
            assert "东山村" in page
            assert "11" in page


class TestInformation:
    def test_rows_stand_by_month_with_the_metrics_own_sums(self, cast: Cast, clerk: Client):
        make_activity(by=cast.clerk, kind="information", quantity=4, quantity_done=1, result="区委统战部采用1条")
        make_activity(by=cast.clerk, kind="information", title="又报", quantity=2, date=DAY + dt.timedelta(1))
        make_activity(by=cast.clerk, kind="information", title="四月", quantity=5, date=dt.date(2020, 4, 2))
        make_activity(by=cast.clerk, kind="information", title="作废的", quantity=9).void("重复")
        context = clerk.get(reverse("information") + "?period=2020H1").context
        assert [(m["month"].code, len(m["rows"]), m["sent"], m["adopted"]) for m in context["months"]] == [
            ("2020-04", 1, 5, 0), ("2020-03", 2, 6, 1),
        ]  # fmt: skip
        assert (context["sent"], context["adopted"]) == (11, 1)

    def test_adoption_is_entered_later_on_the_row(self, cast: Cast, clerk: Client):
        row = make_activity(by=cast.clerk, kind="information", quantity=4)
        address = reverse("activity_edit", args=[row.pk])
        form = clerk.get(address).context["form"]
        assert form["result"].label == "由谁采用"
        typed = {f.name: f.value() or "" for f in form if f.name != "attachments"}
        clerk.post(address, typed | {"quantity_done": "2", "result": "市委统战部采用2条"})
        page = clerk.get(reverse("information") + "?period=2020H1")
        assert "市委统战部采用2条" in page.content.decode()
        assert page.context["adopted"] == 2
        assert Activity.objects.get().version == 1
