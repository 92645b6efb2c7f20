"""The life of a venue on its page: everything that happened there, newest first, across pages, and nothing mistaken."""

import datetime as dt
import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from religion.models import Dispute, Suggestion, Venue
from tests.cast import Cast
from tests.factories import DAY, make_event, make_hazard, make_project, make_venue
from workplans.models import Activity

TODAY = dt.date(2020, 7, 10)
# Few days, so that many entries share one, and pages end between entries of the same day.
DAYS = st.dates(dt.date(2020, 3, 1), dt.date(2020, 3, 6))
SORTS = st.sampled_from(["patrol", "inspection", "hazard", "dispute", "suggestion", "project", "change"])
LIFE = st.lists(st.tuples(SORTS, DAYS), min_size=31, max_size=75)  # more than a page


@pytest.fixture(autouse=True)
def _on_the_tenth_of_july(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *args: TODAY)


def text_of(response) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", response.content.decode()))


def walk(client: Client, venue: Venue) -> list[list[dict[str, Any]]]:
    """The pages of the life, from the newest, each by the link on the one before."""
    pages, address = [], venue.get_absolute_url()
    while address:
        answer = client.get(address)
        assert answer.status_code == 200
        pages.append(answer.context["life"])
        assert len(pages) < 20
        older = answer.context["older_url"]
        address = older and venue.get_absolute_url() + older
        assert not older or f'href="{older.replace("&", "&amp;")}"' in answer.content.decode()
    return pages


def found_at(venue: Venue, model: type, by: Any, row: Activity, **fields: Any) -> Any:
    return model.objects.create(
        unit=by.unit, created_by=by, activity=row, venue=venue, opened_on=row.date, **fields
    )  # fmt: skip


def happen(cast: Cast, venue: Venue, sort: str, day: dt.date, mark: str) -> None:
    """Let something happen at a venue that its page tells with this mark."""
    by = cast.clerk
    if sort in ("patrol", "inspection"):
        make_event(by=by, venue=venue, kind=sort, date=day, title=mark)
    elif sort == "change":
        after = "suspended" if venue.state == "open" else "open"
        venue.changes.create(unit=by.unit, day=day, before=venue.state, after=after, note=mark, created_by=by)
    elif sort == "project":
        make_project(by=by, venue=venue, title=mark, opened_on=day)  # begins with its first stage as a step
    else:
        matter = {"hazard": make_hazard, "dispute": _dispute, "suggestion": _suggestion}[sort](by=by, venue=venue)
        matter.write_step("start", day=day, note=mark, by=by)


def _dispute(*, by: Any, venue: Venue) -> Dispute:
    return found_at(venue, Dispute, by, Activity.objects.first(), course="施工噪音")


def _suggestion(*, by: Any, venue: Venue) -> Suggestion:
    return found_at(venue, Suggestion, by, Activity.objects.first(), text="改善排水")


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(LIFE)
def test_walking_from_page_to_page_meets_each_entry_once_newest_first(
    cast: Cast, clerk: Client, life: list[tuple[str, dt.date]]
):
    number = Venue.objects.count()
    venue = make_venue(by=cast.clerk, name=f"第{number}寺")
    elsewhere = make_venue(by=cast.clerk, name=f"第{number}庙", type="folk", level="town")
    row = make_event(by=cast.clerk, venue=elsewhere, title="别处的检查")
    for place, (sort, day) in enumerate(life):
        happen(cast, venue, sort, day, f"【{place}】")
    pages = walk(clerk, venue)
    entries = [entry for page in pages for entry in page]
    told = [mark for entry in entries for mark in re.findall(r"【\d+】", entry["text"])]
    assert sorted(told) == sorted(f"【{place}】" for place in range(len(life)))
    assert [entry["day"] for entry in entries] == sorted((entry["day"] for entry in entries), reverse=True)
    assert [len(page) for page in pages[:-1]] == [30] * (len(pages) - 1)
    assert len(pages) > 1
    assert not any(row.title in entry["text"] for entry in entries)


def test_it_gathers_all_that_happened_there(cast: Cast, clerk: Client):
    by = cast.clerk
    venue = make_venue(by=by, registered_on=dt.date(2010, 1, 1))
    row = make_event(by=by, venue=venue, kind="patrol", title="四月巡查", date=dt.date(2020, 4, 1))
    make_event(by=by, venue=venue, title="五月检查", date=dt.date(2020, 5, 1))
    hazard = make_hazard(by=by, venue=venue, row=row, description="电线老化")
    hazard.move("start", day=dt.date(2020, 5, 2), note="已通知", by=by)
    hazard.move("rectify", day=dt.date(2020, 5, 3), note="", by=by)
    dispute = found_at(venue, Dispute, by, row, course="施工噪音")
    dispute.move("start", day=dt.date(2020, 5, 4), note="上门调处", by=by)
    suggestion = found_at(venue, Suggestion, by, row, text="改善排水")
    suggestion.move("start", day=dt.date(2020, 5, 5), note="列入计划", by=by)
    project = make_project(by=by, venue=venue, opened_on=dt.date(2020, 5, 6))
    project.move("resolved", day=dt.date(2020, 5, 7), note="一致同意", by=by, document="灵寺〔2020〕3号")
    venue.change("rectifying", day=dt.date(2020, 5, 8), note="整改期间停止大型活动", document="", by=by)
    (entries,) = walk(clerk, venue)
    told = [(entry["day"].isoformat(), f"{entry['post']} {entry['text']}") for entry in entries]
    wanted = [
        ("2020-05-08", "开放 → 整改"), ("2020-05-07", "灵寺〔2020〕3号"), ("2020-05-06", "灵山寺扩建"),
        ("2020-05-05", "列入计划"), ("2020-05-04", "上门调处"), ("2020-05-03", "电线老化"), ("2020-05-02", "已通知"),
        ("2020-05-01", "五月检查"), ("2020-04-01", "四月巡查"), ("2010-01-01", "登记"),
    ]  # fmt: skip
    assert [day for day, _text in told] == [day for day, _text in wanted]
    assert [text for (_day, text), (_same, part) in zip(told, wanted, strict=True) if part not in text] == []
    page = clerk.get(venue.get_absolute_url()).content.decode()
    for each in (row, hazard, dispute, suggestion, project):
        assert f'href="{each.get_absolute_url()}?period=' in page


def test_void_rows_and_what_they_brought_to_light_do_not_stand_there(cast: Cast, clerk: Client):
    by = cast.clerk
    venue = make_venue(by=by)
    row = make_event(by=by, venue=venue, title="作废的检查")
    hazard = make_hazard(by=by, venue=venue, row=row, description="作废行里的隐患")
    hazard.move("start", day=DAY, note="", by=by)
    dispute = found_at(venue, Dispute, by, row, course="作废行里的纠纷")
    dispute.move("start", day=DAY, note="", by=by)
    assert len(walk(clerk, venue)[0]) == 3
    row.void("重复登记")
    assert walk(clerk, venue) == [[]]
    assert "作废" not in text_of(clerk.get(venue.get_absolute_url()))


def test_mistaken_matters_do_not_stand_there(cast: Cast, clerk: Client):
    by = cast.clerk
    venue = make_venue(by=by)
    row = make_event(by=by, venue=venue, title="安全检查")
    hazard = make_hazard(by=by, venue=venue, row=row, description="误登的隐患")
    hazard.move("start", day=DAY, note="", by=by)
    project = make_project(by=by, venue=venue, title="误登的项目")
    for mistaken in (hazard, project):
        type(mistaken).objects.get(pk=mistaken.pk).void("登记错了")
    (entries,) = walk(clerk, venue)
    assert [entry["text"] for entry in entries] == ["安全检查"]
    assert "误登" not in text_of(clerk.get(venue.get_absolute_url()))


def test_an_older_page_says_how_to_come_back(cast: Cast, clerk: Client):
    venue = make_venue(by=cast.clerk)
    for number in range(31):
        make_event(by=cast.clerk, venue=venue, title=f"第{number}次")
    first = clerk.get(venue.get_absolute_url())
    older = clerk.get(venue.get_absolute_url() + first.context["older_url"])
    assert ("回到最新" in text_of(first), "回到最新" in text_of(older)) == (False, True)
    assert [entry["text"] for entry in older.context["life"]] == ["第0次"]


def test_the_neighbours_rows_never_stand_in_a_life(cast: Cast, clerk: Client, outsider: Client):
    venue, other = make_venue(by=cast.clerk), make_venue(by=cast.outsider)
    make_event(by=cast.outsider, venue=other, title="邻镇的检查")
    assert walk(clerk, venue) == [[]]
    assert [entry["text"] for entry in walk(outsider, other)[0]] == ["邻镇的检查"]


@pytest.mark.parametrize("place", ["x", "2020-03-16", "2020-03-16.0", "2020-13-40.0.1", "2020-03-16.².1", "....",
                                   "2020-03-16.0." + "9" * 40, "2020-03-16.-1.1"])  # fmt: skip
def test_a_place_that_is_none_is_not_found(cast: Cast, clerk: Client, place: str):
    venue = make_venue(by=cast.clerk)
    assert clerk.get(venue.get_absolute_url(), {"after": place}).status_code == 404


def test_a_life_of_thirty_costs_as_many_queries_as_one_of_each(cast: Cast, clerk: Client):
    venue = make_venue(by=cast.clerk)

    def everything(mark: str) -> None:
        for sort in ("patrol", "inspection", "hazard", "dispute", "suggestion", "project", "change"):
            happen(cast, venue, sort, DAY, mark)

    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert clerk.get(venue.get_absolute_url()).status_code == 200
        return len(asked)

    everything("一")
    queries()  # the first page of a session notes when it was used
    few = queries()
    for number in range(30):
        everything(str(number))
    assert queries() == few
