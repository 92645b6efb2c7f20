"""对象数量: counted day by day, never overwritten; a small count is exact inside its town and 少于5 wherever it leaves it."""

import datetime as dt
import html
import re

import pytest
from django.db import IntegrityError
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.cast import Cast
from tests.factories import DAY, H1, make_activity, make_headcount, make_target
from workplans import signing, small
from workplans.area import metrics
from workplans.compose import start
from workplans.ledger import Ledger
from workplans.models import NEW_STRATA, Category, Conflict, Headcount, HeadcountSnapshot, Period, Target
from workplans.proof import proof_of
from workplans.resolve import plain, resolve
from workplans.small import FEW, MANY

JUNE = dt.date(2020, 6, 20)
GUARDED = [metric for metric in metrics().values() if metric.guarded]
H1_QUERY = "?period=2020H1"


def value(cast: Cast, category: str, period: Period = H1) -> int:
    return Ledger([cast.town], period).value(metrics()[f"headcount_{category}"])


def words(response) -> str:
    page = response.content.decode()
    page = re.sub(r"<head>.*?</head>|<option.*?</option>", " ", page, flags=re.S)
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", page)))


class TestCounting:
    def test_a_new_count_is_a_new_day_and_the_earlier_one_stays(self, cast: Cast):
        make_headcount(by=cast.clerk, parties=9)
        make_headcount(by=cast.clerk, day=JUNE, parties=12)
        assert value(cast, "parties", Period.parse("2020Q1")) == 9
        assert value(cast, "parties") == 12

    def test_the_last_count_stands_until_the_next_even_in_another_year(self, cast: Cast):
        make_headcount(by=cast.clerk, parties=9)
        assert value(cast, "parties", Period.parse("2021H1")) == 9
        assert value(cast, "parties", Period.parse("2019H2")) == 0

    def test_a_category_that_was_not_counted_again_is_none(self, cast: Cast):
        make_headcount(by=cast.clerk, parties=9)
        make_headcount(by=cast.clerk, day=JUNE, taiwan=6)
        assert value(cast, "parties") == 0

    def test_a_correction_is_a_version(self, cast: Cast):
        found = make_headcount(by=cast.clerk, parties=9, taiwan=6)
        found.correct({"parties": 8, "taiwan": 6})
        assert value(cast, "parties") == 8
        (corrected,) = found.corrections()
        assert [each.number for each in corrected[1:]] == [8, 9]
        assert corrected[0].category == "parties"

    def test_who_corrects_what_he_has_not_seen_is_refused(self, cast: Cast):
        found = make_headcount(by=cast.clerk, parties=9)
        other = HeadcountSnapshot.objects.get(pk=found.pk)
        found.correct({"parties": 8})
        with pytest.raises(Conflict):
            other.correct({"parties": 7})
        assert value(cast, "parties") == 8

    def test_a_day_is_counted_once_and_a_form_sent_twice_is_one_count(self, cast: Cast):
        first = make_headcount(by=cast.clerk, parties=9)
        again = HeadcountSnapshot(unit=cast.town, created_by=cast.clerk, counted_on=DAY, token=first.token)
        assert again.record({"parties": 9}) == first
        with pytest.raises(IntegrityError):
            make_headcount(by=cast.clerk, parties=10)
        assert HeadcountSnapshot.objects.count() == 1

    def test_there_are_the_twelve_categories_and_the_four_strata_and_each_has_its_metric(self):
        assert len(Category) == 16
        assert {metric.code for metric in GUARDED} == {f"headcount_{category}" for category in Category.values}
        assert {m.label for m in GUARDED} == {f"{category.label}人数" for category in Category}


DAYS = st.dates(dt.date(2019, 11, 1), dt.date(2020, 9, 30))
COUNTS = st.dictionaries(
    st.tuples(st.integers(0, 1), DAYS), st.tuples(st.integers(0, 30), st.integers(0, 30)), max_size=8
)
PERIODS = st.sampled_from([Period.parse(code) for code in ("2020H1", "2019H2", "2020Q1", "2020-06", "2020-02", "2020")])


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(counts=COUNTS, period=PERIODS)
def test_the_value_at_any_periods_end_is_what_a_reader_of_the_book_finds(counts: dict, period: Period, cast: Cast):
    for model in (Headcount, HeadcountSnapshot):
        model.objects.all().delete()
    towns = [cast.clerk, cast.outsider]
    for (town, day), (parties, taiwan) in counts.items():
        make_headcount(by=towns[town], day=day, parties=parties, taiwan=taiwan)

    def read(town: int, column: int) -> int:
        days = [day for who, day in counts if who == town and day <= period.last_day]
        return counts[town, max(days)][column] if days else 0

    both = Ledger([cast.town, cast.other_town], period)
    for column, category in enumerate(("parties", "taiwan")):
        metric = metrics()[f"headcount_{category}"]
        assert both.value(metric) == read(0, column) + read(1, column)
        assert Ledger([cast.town], period).value(metric) == read(0, column)
        table = both.by_unit([metric])
        assert table.get(cast.town.pk, {}).get(metric.code, 0) == read(0, column)
        months = Ledger([cast.town], period).by_month([metric])
        assert months[period.months[-1].code][metric.code] == read(0, column)


class TestTheGuard:
    @pytest.mark.parametrize(("number", "told"), [(0, "0"), (1, FEW), (4, FEW), (5, "5"), (60, "60")])
    def test_one_to_four_leave_as_few_and_none_stays_none(self, cast: Cast, number: int, told: str):
        make_headcount(by=cast.clerk, parties=number)
        metric = metrics()["headcount_parties"]
        assert Ledger([cast.town], H1).printed(metric) == told
        assert str(Ledger([cast.town], H1).shown(metric, cast.officer)) == told
        assert Ledger([cast.town], H1).shown(metric, cast.clerk) == number

    @pytest.mark.parametrize("rule", ["", "余", "实"])
    def test_no_rule_of_printing_gets_round_it(self, cast: Cast, rule: str):
        make_headcount(by=cast.clerk, parties=3)
        text = "{民主党派成员人数" + (f":{rule}" if rule else "") + "}人"
        assert plain(resolve(text, Ledger([cast.town], H1))) == "少于5人"

    def test_a_small_part_is_not_found_by_taking_the_others_from_the_whole(self, cast: Cast):
        make_headcount(by=cast.clerk, strata=40, managers=30, freelancers=7, new_media=3)
        ledger = Ledger([cast.town], H1)
        told = {each: ledger.printed(metrics()[f"headcount_{each}"]) for each in ("strata", *NEW_STRATA)}
        assert told == {
            "strata": "40", "managers": MANY, "intermediaries": "0", "freelancers": MANY, "new_media": FEW,
        }  # fmt: skip

    def test_a_whole_of_small_parts_alone_is_not_told_either(self, cast: Cast):
        make_headcount(by=cast.clerk, strata=8, managers=4, new_media=4)
        assert Ledger([cast.town], H1).printed(metrics()["headcount_strata"]) == MANY

    def test_a_small_town_is_not_found_by_taking_the_others_from_the_sum(self, cast: Cast):
        make_headcount(by=cast.clerk, parties=20)
        make_headcount(by=cast.outsider, parties=3)
        metric, both = metrics()["headcount_parties"], Ledger([cast.town, cast.other_town], H1)
        assert both.shown(metric, cast.officer) == "不少于21"
        make_headcount(by=cast.outsider, day=JUNE, parties=6)
        assert Ledger([cast.town, cast.other_town], H1).shown(metric, cast.officer) == 26

    @given(numbers=st.lists(st.integers(0, 12), min_size=4, max_size=4))
    def test_whatever_is_told_another_town_would_tell_with_another_small_number(self, numbers: list[int]):
        """The proof of the rule on parts of a whole: no small part has only one value that fits what is told."""

        def told(parts: list[int]) -> dict:
            values = {f"headcount_{each.value}": n for each, n in zip(NEW_STRATA, parts, strict=True)}
            return small.told(values | {"headcount_strata": sum(parts)}, GUARDED)

        seen = told(numbers)
        for place, number in enumerate(numbers):
            if not small.is_small(number):
                continue
            others = [
                told([other if p == place else n + (shift if p == q else 0) for p, n in enumerate(numbers)])
                for other in range(5) if other != number
                for q in range(4) if q != place
                for shift in (0, number - other)
                if numbers[q] + shift >= 0
            ]  # fmt: skip
            assert seen in others


def open_by_district(cast: Cast, target: Target) -> dict[str, str]:
    """Every page on which a district could read a headcount, by its address."""
    snapshot = HeadcountSnapshot.objects.of_unit(cast.town).get()
    client = cast.client(cast.officer)
    addresses = [
        reverse("headcounts"), snapshot.get_absolute_url(), reverse("home"), reverse("areas"),
        reverse("area", args=["figures"]), target.get_absolute_url(), reverse("quarterly"),
        *(reverse("figure", args=[metric.code]) for metric in GUARDED),
    ]  # fmt: skip
    pages = {}
    for address in addresses:
        for unit in ("", f"&unit={cast.town.code}"):
            response = client.get(address + H1_QUERY + unit)
            assert response.status_code == 200
            pages[address + unit] = response.content.decode()
    return pages


class TestWhatADistrictSees:
    def test_no_page_tells_a_small_count(self, cast: Cast):
        """The count differs, every page of the district is the same to the letter, but for what never repeats."""
        target = make_target(by=cast.clerk, period=H1, kind="quantitative", metric="headcount_parties", quantity=90)

        def pages(number: int) -> dict[str, str]:
            snapshot = HeadcountSnapshot.objects.of_unit(cast.town).first()
            numbers = dict.fromkeys(Category.values, 0) | {"parties": number, "strata": 31, "managers": 31 - number,
                                                           "new_media": number, "taiwan": 5 - number}  # fmt: skip
            if snapshot:
                snapshot.correct(numbers)
            else:
                make_headcount(by=cast.clerk, **numbers)
            found = open_by_district(cast, target)
            return {url: re.sub(r"csrf[^>]*>|X-CSRFToken[^}]*}", "", page) for url, page in found.items()}

        two, three = pages(2), pages(3)
        assert {url for url in two if two[url] != three[url]} == set()
        assert FEW in two[reverse("headcounts")]

    def test_of_the_parts_of_a_small_whole_nobody_learns_which_are_none(self, cast: Cast):
        make_headcount(by=cast.clerk, strata=4, managers=4)
        found = HeadcountSnapshot.objects.get()
        address = reverse("figure", args=["headcount_managers"]) + H1_QUERY
        four = cast.client(cast.officer).get(address).context
        found.correct({"managers": 0, "new_media": 4})
        none = cast.client(cast.officer).get(address).context
        assert (four["value"], four["lines"], four["withheld"]) == (none["value"], [], none["withheld"])

    def test_a_difference_to_last_year_is_not_told_beside_a_small_count(self, cast: Cast):
        make_headcount(by=cast.clerk, day=DAY.replace(year=2019), parties=3)
        make_headcount(by=cast.clerk, parties=9)
        make_activity(by=cast.clerk, date=DAY.replace(year=2019))
        address = reverse("area", args=["figures"]) + H1_QUERY + f"&unit={cast.town.code}"
        page = cast.client(cast.officer).get(address)
        (card,) = [each for each in page.context["figures"] if each["label"] == "民主党派成员人数"]
        assert (card["value"], card["last"], card["difference"]) == (9, FEW, None)

    def test_a_signed_summary_tells_it_neither_in_its_words_nor_behind_them(self, cast: Cast):
        make_headcount(by=cast.clerk, nonpartisan=3, intellectuals=20)
        summary = start(cast.town, H1, cast.clerk, timezone.now())
        for step, by in (("submit", cast.clerk), ("approve", cast.reviewer)):
            signing.hand_on(summary, step, by, proof_of(summary).sha256)
        signing.sign(summary, cast.signer, timezone.now(), JUNE, proof_of(summary).sha256)
        assert "无党派人士少于5人" in summary.document.text
        figure = summary.document.figures.get(metric="headcount_nonpartisan")
        address = reverse("summary", args=[summary.pk]) + f"?figure={figure.position}"
        inside, outside = (cast.client(who).get(address).content.decode() for who in (cast.clerk, cast.officer))
        assert re.search(r'<span class="number">3</span>', inside)
        assert re.search(r'<span class="number">少于5</span>', outside)
        assert summary.document.content_sha256 in inside
        assert summary.document.content_sha256 not in outside  # it is made of the exact numbers
        assert not re.search(r'<td class="number">3</td>|title="[^"]* 3"', outside)

    def test_a_town_sees_its_own_numbers_exactly(self, cast: Cast, clerk: Client):
        make_headcount(by=cast.clerk, parties=3)
        for address in (reverse("headcounts"), reverse("area", args=["figures"])):
            page = words(clerk.get(address + H1_QUERY))
            assert FEW not in page
            assert re.search(r"民主党派成员(人数)? 3 ", page)


class TestPages:
    def form(self, client: Client, address: str) -> dict:
        return {name: field.value() or "" for name, field in ((f.name, f) for f in client.get(address).context["form"])}

    def test_a_new_count_begins_with_the_numbers_of_the_last(self, cast: Cast, clerk: Client):
        make_headcount(by=cast.clerk, parties=9)
        form = self.form(clerk, reverse("headcount_new"))
        assert (form["parties"], form["taiwan"]) == (9, "")
        assert form["counted_on"] == timezone.localdate()
        response = clerk.post(reverse("headcount_new"), form | {"parties": "11", "counted_on": "2020-06-20"})
        entered = HeadcountSnapshot.objects.get(counted_on=JUNE)
        assert response.url.startswith(entered.get_absolute_url())
        assert entered.cells()["parties"].number == 11

    @pytest.mark.parametrize(
        ("typed", "field"),
        [({"counted_on": "2999-01-01"}, "counted_on"), ({"counted_on": "1900-01-01"}, "counted_on"),
         ({"counted_on": str(DAY)}, "counted_on"), ({"parties": "-1"}, "parties"), ({"parties": "many"}, "parties"),
         ({"managers": "9", "strata": "3"}, "strata")],
    )  # fmt: skip
    def test_bad_input_is_told_beside_the_field_and_kept(self, cast: Cast, clerk: Client, typed: dict, field: str):
        make_headcount(by=cast.clerk, parties=9)
        form = self.form(clerk, reverse("headcount_new")) | {"counted_on": "2020-06-20"} | typed
        response = clerk.post(reverse("headcount_new"), form)
        assert response.context["form"].errors.keys() == {field}
        assert all(response.context["form"][name].value() == value for name, value in typed.items())
        assert HeadcountSnapshot.objects.count() == 1

    def test_a_correction_shows_its_version_and_a_colleagues_is_not_overwritten(self, cast: Cast, clerk: Client):
        found = make_headcount(by=cast.clerk, parties=9)
        address = reverse("headcount_edit", args=[found.pk])
        form = self.form(clerk, address)
        clerk.post(address, form | {"parties": "8"})
        met = clerk.post(address, form | {"parties": "7"})
        assert met.status_code == 409
        assert [(c.label, c.old, c.new) for c in met.context["conflict"]] == [("民主党派成员", "8", "7")]
        again = {f.name: f.value() or "" for f in met.context["form"]}
        assert clerk.post(address, again).status_code == 302
        assert "民主党派成员：8 → 7" in words(clerk.get(found.get_absolute_url()))

    def test_the_versions_stay_in_the_town(self, cast: Cast, district: Client):
        found = make_headcount(by=cast.clerk, parties=9)
        found.correct({"parties": 3})
        assert "→" not in words(district.get(found.get_absolute_url()))
