"""Requests: raised with a row, followed to an answer or to why not; as a machine that skips no step, and on pages."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nonpublic.models import Request
from tests.factories import DAY, H1, make_enterprise, make_request
from workplans.area import metrics
from workplans.ledger import Ledger
from workplans.models import Conflict

TODAY = dt.date(2020, 7, 10)
# By which steps a state may be reached from which: written down again here, so that the model is held to it.
WAYS = {
    ("open", "start", "active"), ("open", "pass_up", "passed_up"), ("active", "pass_up", "passed_up"),
    *((state, "answer", "answered") for state in ("open", "active", "passed_up")),
    *((state, "refuse", "refused") for state in ("open", "active", "passed_up")),
}  # fmt: skip


@pytest.fixture(autouse=True)
def _on_the_tenth_of_july(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *args: TODAY)


def counted(cast, *codes: str) -> list[int]:
    return [Ledger([cast.town], H1).value(metrics()[code]) for code in codes]


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_whatever_is_tried_no_step_is_skipped_and_ended_stays_ended(cast, data):
    with transaction.atomic():
        made = make_request(by=cast.clerk, enterprise=make_enterprise(by=cast.clerk))
        walk(made, cast.clerk, data)
        transaction.set_rollback(True)


def walk(made: Request, by, data) -> None:
    taken: list[dt.date] = []
    for _ in range(data.draw(st.integers(1, 8))):
        now = Request.objects.get(pk=made.pk)
        code = data.draw(st.sampled_from([move.code for move in Request.MOVES]))
        day = (taken[-1] if taken else DAY) + dt.timedelta(data.draw(st.sampled_from([0, 1, 9, -1])))
        before = Request.objects.filter(pk=made.pk).values().get()
        try:
            now.move(code, day=day, note="办理。", by=by)
        except ValueError:
            assert Request.objects.filter(pk=made.pk).values().get() == before
            assert now.steps.count() == len(taken)
            continue
        after = Request.objects.get(pk=made.pk)
        assert (before["state"], code, after.state) in WAYS
        assert before["closed_on"] is None
        assert day >= (taken[-1] if taken else DAY)
        assert (after.closed_on == day) is (after.state in ("answered", "refused"))
        assert after.answered_on == (day if after.state == "answered" else None)
        taken.append(day)
    assert [step.day for step in made.steps.order_by("pk")] == taken


def test_answering_and_refusing_ask_for_words(cast, clerk):
    made = make_request(by=cast.clerk)
    step = {"version": "0", "day": "2020-03-20", "note": ""}
    for move, said in (
        ("answer", "请写明办理结果，怎样答复企业。"),
        ("refuse", "请写明为什么不能办，怎样向企业说明。"),
    ):
        response = clerk.post(f"/enterprises/requests/{made.pk}/", step | {"move": move})
        assert response.context["form"].errors == {"note": [said]}
    assert not made.steps.exists()


def test_the_page_takes_it_to_its_answer_and_keeps_its_history(cast, clerk, reviewer):
    made = make_request(by=cast.clerk, enterprise=make_enterprise(by=cast.clerk))
    page = f"/enterprises/requests/{made.pk}/"
    clerk.post(page, {"version": "0", "move": "start", "day": "2020-03-20", "note": ""})
    reviewer.post(page, {"version": "1", "move": "answer", "day": "2020-04-02", "note": "已与职校对接。"})
    made.refresh_from_db()
    assert (made.state, made.answered_on, made.closed_on) == ("answered", dt.date(2020, 4, 2), dt.date(2020, 4, 2))
    assert [(s.move, s.day) for s in made.steps.order_by("pk")] == [
        ("start", dt.date(2020, 3, 20)), ("answer", dt.date(2020, 4, 2))
    ]  # fmt: skip
    assert [version.state for version in made.history.order_by("history_id")] == ["open", "active", "answered"]
    text = clerk.get(page).content.decode()
    assert "已与职校对接。" in text
    assert "答复日期" in text


def test_of_two_writers_at_once_one_is_told(cast):
    first = make_request(by=cast.clerk)
    second = Request.objects.get()
    first.move("answer", day=DAY, note="先。", by=cast.clerk)
    with pytest.raises(Conflict):
        second.move("refuse", day=DAY, note="后。", by=cast.reviewer)
    assert Request.objects.get().state == "answered"


@pytest.mark.parametrize(
    "columns",
    [{"state": "answered"}, {"answered_on": DAY}, {"state": "answered", "answered_on": DAY},
     {"state": "answered", "answered_on": DAY, "closed_on": TODAY}],
)  # fmt: skip
def test_the_database_itself_refuses_what_no_step_could_bring(cast, columns: dict):
    make_request(by=cast.clerk)
    with pytest.raises(IntegrityError, match="request_answered"), transaction.atomic():
        Request.objects.update(**columns)


def test_an_edit_changes_whose_it_is_and_who_is_responsible(cast, clerk):
    made = make_request(by=cast.clerk)
    enterprise = make_enterprise(by=cast.clerk)
    told = {"enterprise": enterprise.pk, "kind": "staff", "need": "缺工", "suggestion": "对接职校",
            "responsible": "镇人社所", "due": "2020-04-30", "post": "所长", "version": "0"}  # fmt: skip
    assert clerk.post(f"/enterprises/requests/{made.pk}/edit/", told).status_code == 302
    made.refresh_from_db()
    assert (made.enterprise, made.responsible, made.suggestion) == (enterprise, "镇人社所", "对接职校")


def test_another_towns_enterprise_is_no_choice(cast, clerk):
    made = make_request(by=cast.clerk)
    other = make_enterprise(by=cast.outsider)
    told = {"enterprise": other.pk, "kind": "staff", "need": "缺工", "version": "0"}
    response = clerk.post(f"/enterprises/requests/{made.pk}/edit/", told)
    assert list(response.context["form"].errors) == ["enterprise"]


def test_the_list_is_narrowed_by_enterprise_state_and_lateness(cast, clerk):
    one = make_enterprise(by=cast.clerk)
    make_request(by=cast.clerk, enterprise=one, need="急", due=dt.date(2020, 4, 1))
    make_request(by=cast.clerk, need="不急").move("start", day=DAY, note="", by=cast.clerk)
    page = "/enterprises/requests/?period=2020H1"
    asked = {"": ["急", "不急"], f"&enterprise={one.pk}": ["急"], "&state=active": ["不急"], "&due=late": ["急"]}
    found = {
        query: [str(row["matter"]) for row in clerk.get(page + query).context["open"]] for query in asked
    }  # fmt: skip
    assert found == asked


def test_received_and_solved_speak_of_the_same_ones(cast):
    answered = make_request(by=cast.clerk, opened_on=dt.date(2020, 6, 1))
    answered.move("answer", day=dt.date(2020, 6, 30), note="办。", by=cast.clerk)
    after = make_request(by=cast.clerk, opened_on=dt.date(2020, 6, 1))
    after.move("answer", day=dt.date(2020, 7, 1), note="办。", by=cast.clerk)
    make_request(by=cast.clerk).move("refuse", day=DAY, note="不能。", by=cast.clerk)
    make_request(by=cast.clerk).void("重复。")
    make_request(by=cast.clerk).activity.void("重复。")
    make_request(by=cast.outsider)
    assert counted(cast, "requests_received", "requests_solved", "requests_open") == [3, 1, 1]
