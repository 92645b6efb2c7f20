"""The sheets of venues by items: quick to fill, saved cell by cell, and nothing that two people type is silently lost."""

import itertools
import re
import threading
from collections.abc import Iterable, Mapping

import pytest
from django.db import connection, connections
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.models import User
from religion.models import ITEMS, MARKS, Cell, Change, LocalRules, Sheet, Topic, Venue
from tests.cast import Cast
from tests.factories import DAY, make_venue

HARMONY = [str(item) for item in ITEMS[Topic.HARMONY]]
ADDRESSES = {topic: f"{reverse(topic)}?year=2020" for topic in ("harmony", "entries", "rules")}


def text_of(response) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def form_of(response) -> dict[str, str]:
    """The sheet's form as a browser would send it back unchanged."""
    form = response.context["form"]
    data = {f"seen-{row['venue'].pk}": row["seen"] for row in form.table()}
    for row in form.table():
        for square in row["squares"]:
            data[f"mark-{square.key}"] = square.mark_value
            if form.dated:
                data |= {f"day-{square.key}": square.day_value, f"form-{square.key}": square.form_value}
    if theme := response.context["theme"]:
        data |= {name: theme[name].value() or "" for name in ("theme", "theme_seen")}
    return data


def opened(client: Client, topic: str = "harmony") -> dict[str, str]:
    return form_of(client.get(ADDRESSES[topic]))


def save(client: Client, data: Mapping[str, str], topic: str = "harmony", **changes: str):
    return client.post(ADDRESSES[topic], {**data, **changes})


def marks(sheet: Sheet | None = None) -> dict[tuple[int, str], str]:
    return {(cell.venue_id, cell.item): cell.mark for cell in (sheet or Sheet.objects.get()).cells.all()}


def square(response, venue: Venue, item: str):
    rows = {row["venue"].pk: row["squares"] for row in response.context["form"].table()}
    return next(each for each in rows[venue.pk] if each.item == item)


@pytest.fixture
def venue(cast: Cast) -> Venue:
    return make_venue(by=cast.clerk)


# ── what the sheets ask ──


def test_the_campaign_asks_the_eight_standards_of_every_venue_with_its_theme(clerk: Client, venue: Venue):
    answer = clerk.get(ADDRESSES["harmony"])
    assert [label for _item, label in answer.context["form"].items] == [
        "爱国爱教", "知法守法", "安全整洁", "团结稳定", "管理规范", "活动有序", "教风端正", "服务社会",
    ]  # fmt: skip
    assert [label for _mark, label in answer.context["form"].marks] == ["达标", "基本达标", "未达标"]
    save(clerk, form_of(answer), theme="法治")
    assert (Sheet.objects.get().theme, Sheet.objects.get().year) == ("法治", 2020)
    assert 'value="法治"' in clerk.get(ADDRESSES["harmony"]).content.decode()
    assert 'value="法治"' not in clerk.get(reverse("harmony") + "?year=2021").content.decode()


def test_the_rules_are_eight(clerk: Client, venue: Venue):
    labels = [label for _item, label in clerk.get(ADDRESSES["rules"]).context["form"].items]
    assert labels == ["人员", "财务", "资产", "会计", "治安", "消防", "文物保护", "卫生防疫"]


def test_the_entries_are_four_and_where_a_unit_says_so_five(cast: Cast, clerk: Client, venue: Venue):
    four = ["国旗", "宪法和法律法规", "社会主义核心价值观", "中华优秀传统文化"]
    assert [label for _item, label in clerk.get(ADDRESSES["entries"]).context["form"].items] == four
    LocalRules.objects.create(unit=cast.other_town, fifth_entry="邻镇的一项")
    LocalRules.objects.create(unit=cast.town, fifth_entry="科普知识")
    answer = clerk.get(ADDRESSES["entries"])
    assert [label for _item, label in answer.context["form"].items] == [*four, "科普知识"]
    key = f"{venue.pk}-local"
    save(clerk, form_of(answer) | {f"mark-{key}": "done", f"day-{key}": "2020-03-16", f"form-{key}": "讲座"}, "entries")
    cell = Cell.objects.get()
    assert (cell.item, cell.mark, cell.day, cell.form) == ("local", "done", DAY, "讲座")


@pytest.mark.parametrize("topic", Topic.values)
def test_venues_are_rated_never_persons(clerk: Client, venue: Venue, topic: str):
    assert "评查场所，不评个人。" in text_of(clerk.get(ADDRESSES[topic]))
    pointing = {field.name for field in Cell._meta.get_fields() if field.is_relation}
    assert pointing == {"unit", "sheet", "venue", "marked_by"}


@pytest.mark.parametrize("topic", Topic.values)
def test_each_mark_of_a_sheet_may_be_put_and_taken_away(clerk: Client, venue: Venue, topic: str):
    item = str(next(iter(ITEMS[topic])))
    for mark in (*MARKS[topic], ""):
        assert save(clerk, opened(clerk, topic) | {f"mark-{venue.pk}-{item}": mark}, topic).status_code == 302
        assert marks() == {(venue.pk, item): mark}


@pytest.mark.parametrize(
    ("topic", "mark"), [("harmony", "done"), ("entries", "met"), ("rules", "best"), ("rules", "99")]
)
def test_a_mark_of_another_sheet_is_refused_and_nothing_is_saved(clerk: Client, venue: Venue, topic: str, mark: str):
    first, second = [str(item) for item in ITEMS[topic]][:2]
    good = MARKS[topic][0]
    typed = {f"mark-{venue.pk}-{first}": mark, f"mark-{venue.pk}-{second}": good}
    answer = save(clerk, opened(clerk, topic) | typed, topic)
    assert (answer.status_code, Cell.objects.count()) == (200, 0)
    assert "请从列出的结果里选。" in text_of(answer)
    assert square(answer, venue, second).mark_value == good


@pytest.mark.parametrize(
    ("day", "form"),
    [("2999-01-01", ""), ("昨天", ""), ("", "找13800138000"), ("", "长" * 41)],
)
def test_what_is_wrong_with_an_entry_is_said_in_its_cell(clerk: Client, venue: Venue, day: str, form: str):
    key = f"{venue.pk}-flag"
    typed = {f"mark-{key}": "done", f"day-{key}": day, f"form-{key}": form}
    answer = save(clerk, opened(clerk, "entries") | typed, "entries")
    found = square(answer, venue, "flag")
    assert (answer.status_code, bool(found.error), Cell.objects.count()) == (200, True, 0)
    assert (found.mark_value, found.day_value, found.form_value) == ("done", day, form)


@pytest.mark.parametrize(
    "seen", ["", "x", "patriotic:²:0", "patriotic:1", "patriotic:-1:0", "patriotic:" + "9" * 5000 + ":0"]
)
def test_what_this_program_never_showed_changes_nothing(clerk: Client, venue: Venue, seen: str):
    data = {f"seen-{venue.pk}": seen, f"mark-{venue.pk}-patriotic": "met", "theme": "", "theme_seen": ""}
    assert save(clerk, data).status_code == 302
    assert not Cell.objects.exists()


# ── whose sheets ──


def test_a_sheet_holds_the_venues_of_its_unit(cast: Cast, clerk: Client, outsider: Client, venue: Venue):
    other = make_venue(by=cast.outsider, name="白石寺")
    save(clerk, opened(clerk) | {f"mark-{other.pk}-patriotic": "met", f"seen-{other.pk}": "patriotic:0:00000000"})
    assert not Cell.objects.exists()
    assert [row["venue"] for row in outsider.get(ADDRESSES["harmony"]).context["form"].table()] == [other]


def test_the_district_reads_a_towns_sheet_and_cannot_write_it(
    cast: Cast, clerk: Client, district: Client, venue: Venue
):
    save(clerk, opened(clerk) | {f"mark-{venue.pk}-patriotic": "partly"})
    answer = district.get(ADDRESSES["harmony"] + "&unit=qingxi")
    assert "基本达标" in text_of(answer)
    assert "<select" not in answer.content.decode().partition("<table")[2]
    assert district.post(ADDRESSES["harmony"] + "&unit=qingxi", form_of(answer)).status_code == 403


def test_a_revoked_venue_leaves_the_sheet_unless_it_was_rated(cast: Cast, clerk: Client, venue: Venue):
    other = make_venue(by=cast.clerk, name="灵泉寺")
    save(clerk, opened(clerk) | {f"mark-{venue.pk}-patriotic": "met"})
    for each in (venue, other):
        Venue.objects.get(pk=each.pk).change("revoked", day=DAY, note="", document="", by=cast.clerk)
    assert [row["venue"] for row in clerk.get(ADDRESSES["harmony"]).context["form"].table()] == [venue]


# ── cell by cell ──


def test_only_what_was_changed_is_written(cast: Cast, clerk: Client, reviewer: Client, venue: Venue):
    save(clerk, opened(clerk) | {f"mark-{venue.pk}-{item}": "met" for item in HARMONY})
    save(reviewer, opened(reviewer) | {f"mark-{venue.pk}-safe": "unmet"})
    found = {cell.item: (cell.mark, cell.version, cell.marked_by) for cell in Cell.objects.all()}
    assert found.pop("safe") == ("unmet", 2, cast.reviewer)
    assert set(found.values()) == {("met", 1, cast.clerk)}


def test_two_who_fill_in_different_cells_lose_nothing(clerk: Client, reviewer: Client, venue: Venue):
    mine, theirs = opened(clerk), opened(reviewer)
    assert save(reviewer, theirs | {f"mark-{venue.pk}-safe": "unmet"}).status_code == 302
    assert save(clerk, mine | {f"mark-{venue.pk}-united": "met"}).status_code == 302
    assert marks() == {(venue.pk, "safe"): "unmet", (venue.pk, "united"): "met"}


def test_a_cell_changed_meanwhile_is_shown_with_both_values_and_the_others_are_saved(
    clerk: Client, reviewer: Client, venue: Venue
):
    mine = opened(clerk) | {f"mark-{venue.pk}-safe": "met", f"mark-{venue.pk}-united": "met"}
    save(reviewer, opened(reviewer) | {f"mark-{venue.pk}-safe": "unmet"})
    answer = save(clerk, mine)
    found = square(answer, venue, "safe")
    assert (answer.status_code, found.mark_value, found.theirs) == (409, "met", "未达标")
    assert "有 1 格没有保存" in text_of(answer)
    assert "同事填的：未达标" in text_of(answer)
    assert marks() == {(venue.pk, "safe"): "unmet", (venue.pk, "united"): "met"}
    assert save(clerk, form_of(answer)).status_code == 302  # he has seen both, and puts his own
    assert marks()[venue.pk, "safe"] == "met"


def test_two_who_put_the_same_do_not_contradict_each_other(clerk: Client, reviewer: Client, venue: Venue):
    mine, theirs = opened(clerk), opened(reviewer)
    save(reviewer, theirs | {f"mark-{venue.pk}-safe": "met"})
    assert save(clerk, mine | {f"mark-{venue.pk}-safe": "met"}).status_code == 302
    assert marks() == {(venue.pk, "safe"): "met"}


def test_an_entry_that_differs_by_its_day_alone_is_told_whole(clerk: Client, reviewer: Client, venue: Venue):
    key = f"{venue.pk}-flag"
    mine, theirs = opened(clerk, "entries"), opened(reviewer, "entries")
    save(reviewer, theirs | {f"mark-{key}": "done", f"day-{key}": "2020-03-16", f"form-{key}": "升旗"}, "entries")
    answer = save(clerk, mine | {f"mark-{key}": "done", f"day-{key}": "2020-03-17", f"form-{key}": "升旗"}, "entries")
    found = square(answer, venue, "flag")
    assert (answer.status_code, found.theirs, found.day_value) == (409, "已做到 2020-03-16 升旗", "2020-03-17")


def test_a_colleagues_cell_is_shown_while_an_error_elsewhere_is_corrected(
    clerk: Client, reviewer: Client, venue: Venue
):
    """Otherwise the corrected form would put the older cell over the newer one, and nobody would know."""
    safe, wrong = f"{venue.pk}-flag", f"{venue.pk}-law"
    mine = opened(clerk, "entries") | {f"mark-{safe}": "undone", f"mark-{wrong}": "done", f"day-{wrong}": "昨天"}
    save(reviewer, opened(reviewer, "entries") | {f"mark-{safe}": "done"}, "entries")
    answer = save(clerk, mine, "entries")
    found = square(answer, venue, "flag")
    assert (answer.status_code, found.mark_value, found.theirs) == (200, "undone", "已做到")
    assert "同事填的：已做到" in text_of(answer)


def test_a_theme_changed_meanwhile_is_told_and_kept(clerk: Client, reviewer: Client, venue: Venue):
    mine = opened(clerk) | {"theme": "法治", f"mark-{venue.pk}-safe": "met"}
    save(reviewer, opened(reviewer) | {"theme": "安全"})
    answer = save(clerk, mine)
    assert (answer.status_code, Sheet.objects.get().theme) == (409, "安全")
    assert "同事已改为“安全”" in text_of(answer)
    assert marks() == {(venue.pk, "safe"): "met"}
    assert save(clerk, form_of(answer)).status_code == 302
    assert Sheet.objects.get().theme == "法治"


def test_what_is_saved_counts_in_the_foot_and_on_the_venue(clerk: Client, venue: Venue):
    save(clerk, opened(clerk) | {f"mark-{venue.pk}-safe": "met", f"mark-{venue.pk}-united": "partly"})
    assert dict(clerk.get(ADDRESSES["harmony"]).context["form"].counts())["安全整洁"] == 1
    page = text_of(clerk.get(venue.get_absolute_url() + "?period=2020H1"))
    assert "8项中达标1项，基本达标1项" in page.replace(" ", "")


# ── many cells, many people ──


def many(by: User, number: int) -> list[Venue]:
    return [make_venue(by=by, name=f"第{place:02d}寺") for place in range(number)]


def test_saving_320_cells_costs_as_many_queries_as_saving_one(cast: Cast, clerk: Client):
    venues = many(cast.clerk, 40)
    save(clerk, opened(clerk))  # the sheet is begun, the session has been noted

    def queries(mark: str, cells: Iterable[tuple[Venue, str]]) -> int:
        data = opened(clerk) | {f"mark-{each.pk}-{item}": mark for each, item in cells}
        with CaptureQueriesContext(connection) as asked:
            assert save(clerk, data).status_code == 302
        return len(asked)

    everywhere = list(itertools.product(venues, HARMONY))
    first_one, all_others = queries("met", everywhere[:1]), queries("met", everywhere)
    one_again, all_again = queries("partly", everywhere[:1]), queries("unmet", everywhere)
    assert set(marks().values()) == {"unmet"}
    assert len(marks()) == 320
    # SQLite takes so many values in one statement, so that 320 cells are a few statements instead of one.
    assert all_others - first_one <= 4
    assert all_again - one_again <= 8


def test_a_sheet_of_two_hundred_venues_is_saved_whole(cast: Cast, clerk: Client):
    Venue.objects.bulk_create(
        Venue(unit=cast.town, created_by=cast.clerk, name=f"第{place}寺", type="temple", teaching="buddhism")
        for place in range(200)
    )
    data = opened(clerk, "entries")
    typed = data | {name: "done" for name in data if name.startswith("mark-")}
    assert save(clerk, typed, "entries").status_code == 302
    assert len(marks()) == 800


CELLS = [(place, item) for place in range(2) for item in HARMONY[:2]]
EDITS = st.dictionaries(st.sampled_from(CELLS), st.sampled_from(["met", "partly", "unmet", ""]))


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(begun=EDITS, first=EDITS, second=EDITS)
def test_whatever_two_people_type_each_cell_holds_what_one_of_them_typed_and_every_loss_is_told(
    cast: Cast, begun: dict, first: dict, second: dict
):
    sheet = Sheet.objects.opened(cast.town, Topic.HARMONY, 2020)
    sheet.cells.all().delete()
    venues = list(Venue.objects.of_unit(cast.town).in_order()) or many(cast.clerk, 2)

    def changes(typed: dict, seen: dict) -> list[Change]:
        return [
            Change(venues[place].pk, item, seen.get((venues[place].pk, item), 0), mark)
            for (place, item), mark in typed.items()
        ]

    sheet.fill(changes(begun, {}), cast.clerk)
    seen = {(cell.venue_id, cell.item): cell.version for cell in sheet.cells.all()}
    mine, theirs = changes(first, seen), changes(second, seen)
    assert sheet.fill(mine, cast.clerk) == []
    refused = sheet.fill(theirs, cast.reviewer)
    stored = marks(sheet)
    for place, item in CELLS:
        where = (venues[place].pk, item)
        wanted = [typed[place, item] for typed in (begun, first, second) if (place, item) in typed]
        if not wanted:
            assert where not in stored
        elif (place, item) in first and (place, item) in second and first[place, item] != second[place, item]:
            assert stored[where] == first[place, item]
            assert [change.mark for change in refused if (change.venue_id, change.item) == where] == wanted[-1:]
        else:
            assert stored[where] == wanted[-1]
            assert where not in {(change.venue_id, change.item) for change in refused}


@pytest.mark.django_db(transaction=True)
def test_two_who_save_forty_venues_at_the_same_time_lose_nothing_silently():
    """Two real connections: on PostgreSQL they meet at the sheet's row, on SQLite at the database."""
    cast = Cast()
    venues = many(cast.clerk, 40)
    cells = list(itertools.product(venues, HARMONY))
    writers = {"met": cast.client(cast.clerk), "unmet": cast.client(cast.reviewer)}
    typed = {
        "met": {f"mark-{each.pk}-{item}": "met" for each, item in cells[:200]},
        "unmet": {f"mark-{each.pk}-{item}": "unmet" for each, item in cells[120:]},  # 80 cells are typed by both
    }
    data = {mark: opened(client) | typed[mark] for mark, client in writers.items()}
    together, answers = threading.Barrier(2), {}

    def write(mark: str) -> None:
        try:
            together.wait()
            answers[mark] = save(writers[mark], data[mark])
        finally:
            connections.close_all()

    threads = [threading.Thread(target=write, args=[mark]) for mark in writers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert sorted(answer.status_code for answer in answers.values()) == [302, 409]
    loser = next(mark for mark, answer in answers.items() if answer.status_code == 409)
    winner = "unmet" if loser == "met" else "met"
    refused = [
        square for row in answers[loser].context["form"].table() for square in row["squares"] if square.theirs
    ]  # fmt: skip
    both = {(each.pk, item) for each, item in cells[120:200]}
    assert {(square.venue.pk, square.item) for square in refused} == both
    assert {square.mark_value for square in refused} == {loser}
    stored = marks()
    assert len(stored) == 320
    for each, item in cells:
        key, name = (each.pk, item), f"mark-{each.pk}-{item}"
        assert stored[key] == (winner if key in both else "met" if name in typed["met"] else "unmet")
    assert Sheet.objects.count() == 1
