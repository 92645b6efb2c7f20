"""Hazards, disputes, suggestions: found, followed step by step, ended; on pages, and as machines that skip no step."""

import datetime as dt
import re

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from religion.models import Dispute, Hazard, Suggestion, VenueProject
from tests.factories import DAY, make_activity, make_hazard, make_project, make_venue
from workplans.models import Conflict

TODAY = dt.date(2020, 7, 10)
PERIOD = "?period=2020H1"


@pytest.fixture(autouse=True)
def _on_the_tenth_of_july(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *args: TODAY)


@pytest.fixture
def venue(cast):
    return make_venue(by=cast.clerk)


@pytest.fixture
def hazard(cast, venue):
    return make_hazard(by=cast.clerk, venue=venue)


def make_dispute(*, by, venue=None, course="寺前道路通行有争议。", opened_on=DAY, **fields):
    row = make_activity(by=by, kind="dispute", date=opened_on)
    return Dispute.objects.create(
        unit=by.unit, created_by=by, activity=row, venue=venue, course=course, opened_on=opened_on, **fields
    )


def make_suggestion(*, by, venue=None, text="完善消防通道", opened_on=DAY, **fields):
    row = make_activity(by=by, kind="oversight", date=opened_on)
    return Suggestion.objects.create(
        unit=by.unit, created_by=by, activity=row, venue=venue, text=text, opened_on=opened_on, **fields
    )


MAKERS = {
    "hazard": lambda by: make_hazard(by=by, venue=make_venue(by=by)),
    "dispute": lambda by: make_dispute(by=by),
    "suggestion": lambda by: make_suggestion(by=by),
    "project": lambda by: make_project(by=by, venue=make_venue(by=by)),
}
EVERY = pytest.mark.parametrize("name", MAKERS)


def ended(matter, by):
    """The same matter, led by its steps to its end."""
    way = {
        Hazard: ("rectify", "recheck", "close"), Dispute: ("start", "solve"), Suggestion: ("start", "answer"),
        VenueProject: ("stop",),
    }  # fmt: skip
    for code in way[type(matter)]:
        matter.move(code, day=DAY, note="办理。", by=by)
    return matter


def step(**changes):
    return {"version": "0", "move": "start", "day": "2020-03-20", "note": "", **changes}


def form_errors(response):
    return {name: list(errors) for name, errors in response.context["form"].errors.items()}


def text_of(response):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", response.content.decode()))


def shown(rows):
    return [str(row["matter"]) for row in rows]


def stored(matter):
    return type(matter)._default_manager.filter(pk=matter.pk).values().get()


# ── the machines ──


# What an end must have behind it: the moves in this order, others between them.
NEEDED = {
    Hazard: {"closed": ["rectify", "recheck", "close"]},
    Dispute: {"solved": ["start", "solve"]},
    Suggestion: {"answered": ["start", "answer"]},
    VenueProject: {
        "accepted": ["resolved", "consulted", "planned", "cleared", "approved", "building", "accepted"],
        "stopped": ["stop"],
    },
}
# By which steps a state may be reached from which: written down again here, so that the models are held to it.
WAYS = {
    Hazard: {
        ("open", "start", "active"), ("open", "pass_up", "passed_up"), ("active", "pass_up", "passed_up"),
        ("open", "rectify", "rectified"), ("active", "rectify", "rectified"), ("passed_up", "rectify", "rectified"),
        ("rectified", "recheck", "rectified"), ("rectified", "reject", "active"), ("rectified", "close", "closed"),
    },
    Dispute: {
        ("open", "start", "active"), ("active", "pass_up", "passed_up"), ("active", "solve", "solved"),
        ("passed_up", "solve", "solved"),
    },
    Suggestion: {("open", "start", "active"), ("active", "answer", "answered")},
    VenueProject: {
        *((a, b, b) for a, b in zip(
            ("proposed", "resolved", "consulted", "planned", "cleared", "approved", "building"),
            ("resolved", "consulted", "planned", "cleared", "approved", "building", "accepted"), strict=True,
        )),
        *((stage, "stop", "stopped") for stage in
          ("proposed", "resolved", "consulted", "planned", "cleared", "approved", "building")),
    },
}  # fmt: skip


def in_order(wanted, moves):
    left = iter(moves)
    return all(code in left for code in wanted)


@EVERY
@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_whatever_is_tried_no_step_is_skipped_and_closed_stays_closed(cast, name, data):
    with transaction.atomic():
        matter = MAKERS[name](cast.clerk)
        walk(matter, cast.clerk, data)
        transaction.set_rollback(True)


def walk(matter, by, data):
    """Try steps at random, mostly those that are open; hold every answer and every stored row to the rules."""
    model, codes = type(matter), sorted({move.code for move in matter.MOVES})
    taken = [(step.move, step.day) for step in matter.steps.order_by("pk")]
    for _ in range(data.draw(st.integers(1, 14))):
        now = model.objects.get(pk=matter.pk)
        open_moves = [move.code for move in now.moves()]
        code = data.draw(st.sampled_from(open_moves * 4 + codes))
        last = max([now.opened_on, *(day for _, day in taken)])
        day = last + dt.timedelta(data.draw(st.sampled_from([0, 0, 1, 5, -1, -30])))
        before, steps = stored(now), now.steps.count()
        try:
            now.move(code, day=day, note="办理。", by=by)
        except ValueError:
            assert code not in open_moves or day < last  # refused for a reason
            assert (stored(now), now.steps.count()) == (before, steps)  # and nothing changed
            continue
        after = stored(now)
        assert code in open_moves
        assert day >= last
        assert (before["state"], code, after["state"]) in WAYS[model]
        assert (after["version"], now.steps.count()) == (before["version"] + 1, steps + 1)
        assert before["closed_on"] is None  # closed stays closed
        assert (after["closed_on"] == day) is (after["state"] in model.ENDED)
        taken.append((code, day))
        if after["state"] in model.ENDED:
            assert in_order(NEEDED[model][after["state"]], [move for move, _ in taken])
        if model is Hazard:
            assert_days_of_hazard(after, taken)
    kept = [(step.move, step.day) for step in matter.steps.order_by("pk")]
    assert kept == taken
    assert [day for _, day in kept] == sorted(day for _, day in kept)


def assert_days_of_hazard(row, taken):
    """Its days are those of the steps since it was last sent back."""
    since = {}
    for code, day in taken:
        since = {} if code == "reject" else since | {code: day}
    assert (row["rectified_on"], row["rechecked_on"]) == (since.get("rectify"), since.get("recheck"))
    if row["state"] == "closed":
        assert row["opened_on"] <= row["rectified_on"] <= row["rechecked_on"] <= row["closed_on"]


@EVERY
def test_of_two_writers_at_once_one_is_told(cast, name):
    first = MAKERS[name](cast.clerk)
    second = type(first).objects.get(pk=first.pk)
    code = first.moves()[0].code
    first.move(code, day=DAY, note="先。", by=cast.clerk)
    before, steps = stored(first), first.steps.count()
    for late in (
        lambda: second.move(code, day=DAY, note="后。", by=cast.reviewer), second.rewrite, lambda: second.void("错。")
    ):  # fmt: skip
        with pytest.raises(Conflict):
            late()
        assert (stored(first), first.steps.count()) == (before, steps)


@EVERY
def test_an_ended_one_takes_no_step_no_edit_and_no_withdrawal(cast, name):
    matter = ended(MAKERS[name](cast.clerk), cast.clerk)
    before = stored(matter)
    assert matter.moves() == []
    for move in matter.MOVES:
        with pytest.raises(ValueError, match="cannot follow"):
            matter.move(move.code, day=TODAY, note="再办。", by=cast.clerk)
    for refused in (matter.rewrite, lambda: matter.void("错。")):
        fresh = type(matter).objects.get(pk=matter.pk)
        with pytest.raises(Conflict):
            refused()
        assert stored(fresh) == before


@EVERY
def test_one_entered_by_mistake_counts_nowhere_and_takes_no_step(cast, name):
    matter = MAKERS[name](cast.clerk)
    rows = type(matter).objects.of_unit(cast.town)
    assert (rows.open().count(), rows.mistaken().count()) == (1, 0)
    matter.void("登记重复。")
    assert (rows.open().count(), rows.standing().count(), rows.mistaken().count()) == (0, 0, 1)
    with pytest.raises(ValueError, match="cannot follow"):
        matter.move(matter.MOVES[0].code, day=DAY, note="", by=cast.clerk)


def test_what_is_found_in_a_void_row_counts_no_more(cast, hazard):
    hazard.activity.void("与另一条重复。")
    rows = Hazard.objects.of_unit(cast.town)
    assert (rows.open().count(), rows.mistaken().count()) == (0, 1)


def test_a_hazard_that_passed_its_recheck_is_not_rechecked_again(cast, hazard):
    for code in ("rectify", "recheck"):
        hazard.move(code, day=DAY, note="", by=cast.clerk)
    assert [move.code for move in hazard.moves()] == ["close", "reject"]
    with pytest.raises(ValueError, match="cannot follow"):
        hazard.move("recheck", day=TODAY, note="", by=cast.clerk)


def test_a_rejected_one_must_be_rectified_and_rechecked_again(cast, hazard):
    for code in ("rectify", "recheck", "reject"):
        hazard.move(code, day=DAY, note="漏电保护器不合格。", by=cast.clerk)
    assert (hazard.state, hazard.rectified_on, hazard.rechecked_on) == ("active", None, None)
    assert [move.code for move in hazard.moves()] == ["pass_up", "rectify"]


@pytest.mark.parametrize(
    ("columns", "constraint"),
    [
        ({"closed_on": TODAY}, "hazard_closed"),
        ({"closed_on": TODAY, "rectified_on": DAY}, "hazard_closed"),
        ({"closed_on": TODAY, "rechecked_on": DAY}, "hazard_closed"),
        ({"rectified_on": TODAY, "rechecked_on": DAY}, "hazard_days"),
    ],
)
def test_the_database_itself_refuses_what_no_step_could_bring(hazard, columns, constraint):
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Hazard.objects.filter(pk=hazard.pk).update(**columns)


def test_late_is_what_should_be_rectified_by_now(cast, venue):
    due = dt.date(2020, 7, 9)
    late = make_hazard(by=cast.clerk, venue=venue, due=due)
    make_hazard(by=cast.clerk, venue=venue, due=TODAY)
    done = make_hazard(by=cast.clerk, venue=venue, due=due)
    done.move("rectify", day=DAY, note="", by=cast.clerk)
    wrong = make_hazard(by=cast.clerk, venue=venue, due=due)
    wrong.void("登记重复。")
    assert list(Hazard.objects.late(TODAY)) == [late]
    assert [each.is_late(TODAY) for each in (late, done, wrong)] == [True, False, False]


# ── the list ──


def test_open_ones_come_first_the_most_pressing_on_top_and_ended_ones_are_folded(clerk, cast, venue):
    for text, due in (("没有时限", None), ("下月到期", dt.date(2020, 8, 1)), ("逾期", dt.date(2020, 7, 1))):
        make_hazard(by=cast.clerk, venue=venue, description=text, due=due)
    ended(make_hazard(by=cast.clerk, venue=venue, description="已销号"), cast.clerk)
    make_hazard(by=cast.clerk, venue=venue, description="登记错了").void("重复。")
    make_hazard(by=cast.clerk, venue=venue, description="后来的", opened_on=dt.date(2020, 7, 1))
    response = clerk.get(reverse("hazards") + PERIOD)
    assert shown(response.context["open"]) == ["逾期", "下月到期", "没有时限"]
    assert [row["late"] for row in response.context["open"]] == [True, False, False]
    assert shown(response.context["ended"]) == ["已销号"]
    assert response.context["void"] == []
    assert "未结3处其中逾期1处已结束1处" in text_of(response).replace(" ", "")


def test_what_ended_before_the_period_is_not_told_in_it(clerk, cast, hazard):
    ended(hazard, cast.clerk)
    assert [shown(clerk.get(reverse("hazards") + f"?period={code}").context["ended"]) for code in ("2020H1", "2020H2")] == [
        ["配电箱无漏电保护"], [],
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("query", "opened", "done", "void"),
    [
        ("", ["甲", "乙"], ["丙"], []),
        ("&state=closed", [], ["丙"], []),
        ("&state=active", ["乙"], [], []),
        ("&state=void", [], [], ["丁"]),
        ("&due=late", ["甲"], [], []),
        ("&venue={other}", ["乙"], [], []),
        ("&venue={other}&due=late", [], [], []),
        ("&state=nonsense&venue=999&due=x", ["甲", "乙"], ["丙"], []),
    ],
)
def test_filters_choose_by_venue_state_and_time_limit(clerk, cast, venue, query, opened, done, void):
    other = make_venue(by=cast.clerk, name="白云观", type="daoist")
    make_hazard(by=cast.clerk, venue=venue, description="甲", due=DAY)
    make_hazard(by=cast.clerk, venue=other, description="乙").move("start", day=DAY, note="", by=cast.clerk)
    ended(make_hazard(by=cast.clerk, venue=venue, description="丙"), cast.clerk)
    make_hazard(by=cast.clerk, venue=venue, description="丁").void("重复。")
    context = clerk.get(reverse("hazards") + PERIOD + query.format(other=other.pk)).context
    assert tuple(shown(context[name]) for name in ("open", "ended", "void")) == (opened, done, void)


def test_ended_ones_are_paged(clerk, cast, venue):
    for number in range(27):
        made = make_hazard(by=cast.clerk, venue=venue, description=f"第{number}处")
        for code in ("rectify", "recheck", "close"):
            made.move(code, day=DAY + dt.timedelta(number), note="", by=cast.clerk)
    first = clerk.get(reverse("hazards") + PERIOD)
    assert (shown(first.context["ended"])[0], len(first.context["ended"]), first.context["ended_count"]) == (
        "第26处",
        25,
        27,
    )
    second = clerk.get(reverse("hazards") + first.context["older_url"].partition("#")[0])
    assert shown(second.context["ended"]) == ["第1处", "第0处"]
    back = clerk.get(reverse("hazards") + second.context["newer_url"].partition("#")[0])
    assert shown(back.context["ended"]) == shown(first.context["ended"])
    assert clerk.get(reverse("hazards") + PERIOD + "&after=nonsense").status_code == 404


def test_the_four_lists_stand_beside_each_other_with_what_is_open_in_them(clerk, cast):
    for make in (MAKERS["hazard"], MAKERS["dispute"], MAKERS["suggestion"]):
        make(cast.clerk)
    tabs = clerk.get(reverse("disputes") + PERIOD).context["tabs"]
    assert [(str(tab["label"]), tab["count"], tab["active"]) for tab in tabs] == [
        ("隐患", 1, False), ("矛盾纠纷", 1, True), ("意见建议", 1, False), ("场所建设", 0, False),
    ]  # fmt: skip


def test_a_district_sees_its_towns_with_the_unit_named(district, cast):
    make_hazard(by=cast.clerk, venue=make_venue(by=cast.clerk), description="清溪镇的")
    make_hazard(by=cast.outsider, venue=make_venue(by=cast.outsider), description="白石镇的")
    rows = district.get(reverse("hazards") + PERIOD).context["open"]
    assert {(row["unit_name"], str(row["matter"])) for row in rows} == {("清溪镇", "清溪镇的"), ("白石镇", "白石镇的")}


@EVERY
def test_a_list_costs_the_same_for_one_as_for_thirty(clerk, cast, name):
    page = reverse(f"{name}s") + PERIOD
    clerk.get(page)  # the first page of a session writes the session

    def queries():
        with CaptureQueriesContext(connection) as captured:
            assert clerk.get(page).status_code == 200
        return len(captured)

    venue = make_venue(by=cast.clerk)
    make = {
        "hazard": lambda: make_hazard(by=cast.clerk, venue=venue),
        "dispute": lambda: make_dispute(by=cast.clerk, venue=venue),
        "suggestion": lambda: make_suggestion(by=cast.clerk, venue=venue),
        "project": lambda: make_project(by=cast.clerk, venue=venue),
    }[name]

    def one_of_each():
        open_one = make()
        if name == "project":
            open_one.raise_issue(cast.clerk, day=DAY)
        ended(make(), cast.clerk)

    one_of_each()
    for_one = queries()
    for _time in range(15):
        one_of_each()
    assert (queries(), for_one <= 16) == (for_one, True)


# ── who may do what ──


PAGES = ("", "_edit", "_void")


@EVERY
@pytest.mark.parametrize("page", PAGES)
def test_another_towns_is_not_found(outsider, cast, name, page):
    matter = MAKERS[name](cast.clerk)
    before, steps = stored(matter), matter.steps.count()
    address = reverse(name + page, args=[matter.pk])
    code = matter.moves()[0].code
    for answer in (outsider.get(address), outsider.post(address, step(move=code, reason="错。"))):
        assert answer.status_code == 404
        assert str(matter) not in answer.content.decode()
    assert (stored(matter), matter.steps.count()) == (before, steps)


@EVERY
@pytest.mark.parametrize("who", ["signer", "officer"])
def test_signer_and_district_read_but_do_not_write(cast, name, who):
    matter, client = MAKERS[name](cast.clerk), cast.client(getattr(cast, who))
    before, page = stored(matter), reverse(name, args=[matter.pk])
    assert (client.get(page).context["form"], client.get(page).context["may_write"]) == (None, False)
    assert client.post(page, step(move=matter.moves()[0].code)).status_code == 403
    for other in ("_edit", "_void"):
        assert client.post(reverse(name + other, args=[matter.pk]), {"reason": "错。", "version": 0}).status_code == 403
    assert stored(matter) == before


# ── the page ──


def test_a_step_is_written_down_with_its_day_and_words(clerk, cast, hazard):
    page = reverse("hazard", args=[hazard.pk])
    answer = clerk.post(page + PERIOD, step(move="rectify", note="已装漏电保护器。"))
    assert (answer.status_code, answer.url) == (302, page + PERIOD)
    hazard.refresh_from_db()
    assert (hazard.state, hazard.rectified_on) == ("rectified", dt.date(2020, 3, 20))
    context = clerk.get(page).context
    assert [(each["day"], str(each["state_label"]), each["text"]) for each in context["course"]] == [
        (dt.date(2020, 3, 20), "完成整改", "已装漏电保护器。")
    ]
    assert context["versions"][0]["text"] == "状态：未改 → 已改\n整改日期：（空） → 2020-03-20"


def test_a_page_tells_what_it_is_with_its_venue_and_its_row(clerk, cast, hazard):
    facts = {str(fact["label"]): (fact["value"], fact["url"]) for fact in
             clerk.get(reverse("hazard", args=[hazard.pk])).context["facts"]}  # fmt: skip
    assert facts["场所"] == ("灵山寺", reverse("venue", args=[hazard.venue_id]))
    assert facts["来源台账"] == (
        f"{hazard.ledger_number} 灵山寺安全检查", reverse("activity", args=[hazard.activity_id]),
    )  # fmt: skip
    assert (facts["等级"][0], facts["处置"][0], facts["发现日期"][0]) == ("一般", "限期整改", "2020-03-16")


@EVERY
def test_a_page_costs_the_same_whatever_happened(clerk, cast, name):
    matter = MAKERS[name](cast.clerk)
    page = reverse(name, args=[matter.pk])
    clerk.get(page)

    def queries():
        with CaptureQueriesContext(connection) as captured:
            assert clerk.get(page).status_code == 200
        return len(captured)

    before = queries()
    for code in {"hazard": ("start", "rectify", "reject", "rectify", "reject")}.get(name, (matter.moves()[0].code,)):
        matter.move(code, day=DAY, note="办理。", by=cast.clerk)
    assert queries() <= before


@pytest.mark.parametrize(
    ("make", "way", "move", "message"),
    [
        ("hazard", (), "pass_up", "请写明上报的原因和报给谁。"),
        ("hazard", ("rectify",), "reject", "请写明哪里不合格。"),
        ("dispute", ("start",), "pass_up", "请写明上报的原因和报给谁。"),
        ("dispute", ("start",), "solve", "请写明怎样化解。"),
        ("suggestion", ("start",), "answer", "请写明答复的内容。"),
        ("project", (), "stop", "请写明中止的原因。"),
    ],
)
def test_what_matters_must_be_written(clerk, cast, make, way, move, message):
    matter = MAKERS[make](cast.clerk)
    for code in way:
        matter.move(code, day=DAY, note="", by=cast.clerk)
    before = stored(matter)
    page, typed = reverse(make, args=[matter.pk]), step(move=move, version=matter.version)
    answer = clerk.post(page, typed)
    assert (answer.status_code, form_errors(answer), stored(matter)) == (200, {"note": [message]}, before)
    assert clerk.post(page, typed | {"note": "写明了。"}).status_code == 302


@EVERY
def test_a_note_with_a_private_number_is_refused_and_kept_in_the_form(clerk, cast, name):
    matter = MAKERS[name](cast.clerk)
    typed = step(move=matter.moves()[0].code, note="联系13800138000")
    answer = clerk.post(reverse(name, args=[matter.pk]), typed)
    assert form_errors(answer) == {"note": ["这里含有手机号码。本系统不保存个人电话，请删去后再保存。"]}
    assert answer.context["form"]["note"].value() == "联系13800138000"


def test_a_step_that_came_too_late_is_kept_and_may_be_sent_again(clerk, reviewer, cast, hazard):
    page = reverse("hazard", args=[hazard.pk])
    reviewer.post(page, step(move="start"))
    answer = clerk.post(page, step(move="rectify", note="后写的。"))
    assert (answer.status_code, answer.context["form"]["note"].value()) == (409, "后写的。")
    assert "别人刚更新过它" in text_of(answer)
    assert [line.move for line in hazard.steps.all()] == ["start"]
    again = step(move="rectify", note="后写的。", version=answer.context["form"]["version"].value())
    assert clerk.post(page, again).status_code == 302


def test_a_step_that_is_no_longer_possible_keeps_its_words(clerk, reviewer, cast, hazard):
    page = reverse("hazard", args=[hazard.pk])
    reviewer.post(page, step(move="rectify"))
    answer = clerk.post(page, step(move="pass_up", note="报区里。"))
    assert (answer.status_code, form_errors(answer)) == (
        409, {"move": ["按它现在的状态，不能走这一步，请重新选择。"]},
    )  # fmt: skip
    assert answer.context["form"]["note"].value() == "报区里。"
    assert [line.move for line in hazard.steps.all()] == ["rectify"]


@EVERY
def test_a_step_after_the_end_is_refused_and_its_words_shown(clerk, cast, name):
    matter = MAKERS[name](cast.clerk)
    first = matter.moves()[0].code
    ended(matter, cast.clerk)
    before, steps = stored(matter), matter.steps.count()
    answer = clerk.post(reverse(name, args=[matter.pk]), step(move=first, note="又办了一次。"))
    assert (answer.status_code, answer.context["form"]) == (409, None)
    assert "这一步没有保存。" in text_of(answer)
    assert "又办了一次。" in text_of(answer)
    assert (stored(matter), matter.steps.count()) == (before, steps)


def test_a_void_one_says_why_and_offers_nothing(clerk, hazard):
    hazard.void("与另一处重复。")
    answer = clerk.get(reverse("hazard", args=[hazard.pk]))
    assert (answer.context["form"], answer.context["may_write"]) == (None, False)
    assert "已作废（与另一处重复。），不再记录。" in text_of(answer)


def test_one_of_a_void_row_says_so_and_offers_nothing(clerk, hazard):
    hazard.activity.void("重复。")
    page = reverse("hazard", args=[hazard.pk])
    answer = clerk.get(page)
    assert (answer.context["form"], answer.context["may_write"]) == (None, False)
    assert f"来源台账 {hazard.ledger_number} 已作废，不再记录。" in text_of(answer)
    assert clerk.post(page, step()).status_code == 409
    assert clerk.post(reverse("hazard_edit", args=[hazard.pk]), {}).status_code == 302
    assert hazard.steps.count() == 0


# ── the edit ──


EDITS = {
    "hazard": {
        "description": "电线老化",
        "grade": "major",
        "disposal": "pass_up",
        "due": "2020-08-01",
        "post": "安监员",
    },
    "dispute": {"type": "land", "course": "围墙占地有争议。", "due": "2020-08-01", "post": "司法所长"},
    "suggestion": {"text": "增设消防栓", "due": "2020-08-01", "post": "统战委员"},
    "project": {"type": "repair", "title": "大殿修缮", "due": "2020-12-31", "post": "统战委员", "issue": ""},
}


@EVERY
def test_an_edit_is_stored_over_the_version_that_was_read(clerk, cast, name):
    matter = MAKERS[name](cast.clerk)
    page = reverse(f"{name}_edit", args=[matter.pk])
    assert clerk.get(page).status_code == 200
    assert clerk.post(page, EDITS[name] | {"version": 0}).status_code == 302
    kept = stored(matter)
    for column, value in EDITS[name].items():
        assert str(kept.get(column) or "") == value


@EVERY
def test_two_people_who_edit_the_same_are_shown_both_texts(clerk, reviewer, cast, name):
    matter = MAKERS[name](cast.clerk)
    page = reverse(f"{name}_edit", args=[matter.pk])
    reviewer.post(page, EDITS[name] | {"version": 0, "post": "先填的岗位"})
    answer = clerk.post(page, EDITS[name] | {"version": 0})
    assert answer.status_code == 409
    assert [(str(each.label), each.old, each.new) for each in answer.context["conflict"]] == [
        ("责任岗位", "先填的岗位", EDITS[name]["post"])
    ]
    assert stored(matter)["post"] == "先填的岗位"
    again = EDITS[name] | {"version": answer.context["form"]["version"].value()}
    assert clerk.post(page, again).status_code == 302


def test_an_edit_over_a_step_shows_no_difference_that_nobody_typed(clerk, cast, hazard):
    hazard.move("rectify", day=DAY, note="", by=cast.clerk)
    typed = {"description": hazard.description, "grade": "common", "disposal": "in_time", "due": "", "post": "新岗位"}
    answer = clerk.post(reverse("hazard_edit", args=[hazard.pk]), typed | {"version": 0})
    assert (answer.status_code, [each.new for each in answer.context["conflict"]]) == (409, ["新岗位"])
    typed["version"] = answer.context["form"]["version"].value()
    assert clerk.post(reverse("hazard_edit", args=[hazard.pk]), typed).status_code == 302
    hazard.refresh_from_db()
    assert (hazard.state, hazard.rectified_on, hazard.post) == ("rectified", DAY, "新岗位")


@EVERY
def test_an_ended_one_is_neither_edited_nor_withdrawn(clerk, cast, name):
    matter = ended(MAKERS[name](cast.clerk), cast.clerk)
    before = stored(matter)
    answer = clerk.post(
        reverse(f"{name}_edit", args=[matter.pk]), EDITS[name] | {"version": matter.version}, follow=True
    )
    assert "不能再修改。" in text_of(answer)
    answer = clerk.post(
        reverse(f"{name}_void", args=[matter.pk]), {"reason": "错。", "version": matter.version}, follow=True
    )
    assert "不能再作废。" in text_of(answer)
    assert stored(matter) == before


@EVERY
def test_a_time_limit_before_the_beginning_is_refused(clerk, cast, name):
    matter = MAKERS[name](cast.clerk)
    answer = clerk.post(reverse(f"{name}_edit", args=[matter.pk]), EDITS[name] | {"version": 0, "due": "2020-03-15"})
    assert form_errors(answer) == {"due": ["办理时限不能早于开始的日期（2020-03-16）。"]}


# ── the withdrawal ──


@EVERY
def test_what_was_entered_by_mistake_is_withdrawn_with_its_reason(clerk, cast, name):
    matter = MAKERS[name](cast.clerk)
    page = reverse(f"{name}_void", args=[matter.pk])
    assert str(matter) in text_of(clerk.get(page))
    assert form_errors(clerk.post(page, {"reason": "", "version": 0})) == {"reason": ["这个字段是必填项。"]}
    assert clerk.post(page, {"reason": "登记重复。", "version": 0}).status_code == 302
    assert stored(matter)["void_reason"] == "登记重复。"
    assert "已作废" in text_of(clerk.post(page, {"reason": "再作废。", "version": 1}, follow=True))
    assert stored(matter)["void_reason"] == "登记重复。"


def test_a_withdrawal_of_what_moved_on_is_asked_again(clerk, cast, hazard):
    hazard.move("start", day=DAY, note="", by=cast.clerk)
    page = reverse("hazard_void", args=[hazard.pk])
    answer = clerk.post(page, {"reason": "登记重复。", "version": 0})
    assert (answer.status_code, answer.context["form"]["reason"].value(), stored(hazard)["void_reason"]) == (
        409, "登记重复。", "",
    )  # fmt: skip
    assert (
        clerk.post(page, {"reason": "登记重复。", "version": answer.context["form"]["version"].value()}).status_code
        == 302
    )
