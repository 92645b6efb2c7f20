"""Coordinated issues: raised, logged, passed up, ended; and never opened again."""

import datetime as dt
import re
import uuid
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.cast import Cast
from tests.factories import DAY, make_issue
from workplans.models import Conflict, Issue

TODAY = dt.date(2020, 7, 10)


@pytest.fixture(autouse=True)
def _on_the_tenth_of_july(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *args: TODAY)


def typed(**changes):
    fields = {
        "title": "灵山寺扩寺建设", "area": "structure", "about": "灵山寺", "source": "venue", "opened_on": "2020-03-16",
        "due": "2020-10-31", "post": "统战委员", "content": "殿堂面积不足，申请扩建。",
        "obstacle_type": "land", "obstacle": "用地指标未落实", "obstacle_since": "2020-04-02",
    }  # fmt: skip
    return {name: value for name, value in {**fields, **changes}.items() if value is not None}


def entry(**changes):
    return {"version": "0", "day": "2020-03-30", "note": "会同自然资源所踏勘。", "state": "active", **changes}


def form_errors(response):
    return {name: list(errors) for name, errors in response.context["form"].errors.items()}


def text_of(response):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", response.content.decode()))


def titles(rows):
    return [row["issue"].title for row in rows]


# ── the list ──


def test_open_issues_come_first_with_their_ages_and_ended_ones_are_folded(clerk, cast):
    make_issue(
        by=cast.clerk,
        due=dt.date(2020, 7, 9),
        obstacle_type="land",
        obstacle="用地",
        obstacle_since=dt.date(2020, 4, 2),
    )
    make_issue(by=cast.clerk, title="用电扩容", opened_on=dt.date(2020, 7, 1), due=TODAY)
    make_issue(by=cast.clerk, title="标识更换").log("solved", day=dt.date(2020, 7, 2), note="已更换。", by=cast.clerk)
    make_issue(
        by=cast.clerk, title="去年的事", opened_on=dt.date(2019, 3, 1), closed_on=dt.date(2019, 5, 1), state="solved"
    )
    context = clerk.get("/issues/?period=2020H2").context
    assert [(row["issue"].title, row["age"], row["obstacle_age"], row["late"]) for row in context["open"]] == [
        ("用电扩容", 9, None, False), ("灵山寺扩寺建设", 116, 99, True),
    ]  # fmt: skip
    assert [(row["issue"].title, row["age"]) for row in context["ended"]] == [("标识更换", 108)]


def test_an_overdue_issue_is_marked_with_a_word(clerk, cast):
    make_issue(by=cast.clerk, due=dt.date(2020, 7, 9))
    shown = text_of(clerk.get("/issues/?period=2020H1"))
    assert "未结1个其中逾期1个已结束0个" in shown.replace(" ", "")
    assert "待办 逾期" in shown


@pytest.mark.parametrize(
    ("query", "opened", "ended"),
    [
        ("state=solved", [], ["寺"]),
        ("area=nonpublic", ["电"], []),
        ("area=theory", [], []),
        ("state=x", ["电"], ["寺"]),
    ],
)
def test_filters_choose_by_area_and_state(clerk, cast, query, opened, ended):
    make_issue(by=cast.clerk, title="电", area="nonpublic")
    make_issue(by=cast.clerk, title="寺", area="religion").log("solved", day=DAY, note="办结。", by=cast.clerk)
    context = clerk.get(f"/issues/?period=2020H1&{query}").context
    assert (titles(context["open"]), titles(context["ended"])) == (opened, ended)


def test_the_issues_stand_beside_the_targets(clerk, cast):
    make_issue(by=cast.clerk)
    tabs = clerk.get("/issues/?period=2020H1").context["tabs"]
    assert [(tab["label"], tab["count"], tab["active"]) for tab in tabs] == [
        ("2020年上半年目标", 0, False), ("2020年下半年目标", 0, False), ("协调问题", 1, True),
    ]  # fmt: skip


def test_a_district_sees_its_towns_issues_with_the_unit_named(district, cast):
    make_issue(by=cast.clerk, title="清溪镇的问题")
    make_issue(by=cast.outsider, title="白石镇的问题")
    context = district.get("/issues/?period=2020H1").context
    assert {(row["unit_name"], row["issue"].title) for row in context["open"]} == {
        ("清溪镇", "清溪镇的问题"), ("白石镇", "白石镇的问题"),
    }  # fmt: skip


def test_the_list_costs_the_same_for_one_issue_as_for_thirty(clerk, cast):
    clerk.get("/issues/?period=2020H1")  # the first page of a session writes the session

    def queries():
        with CaptureQueriesContext(connection) as captured:
            assert clerk.get("/issues/?period=2020H1").status_code == 200
        return len(captured)

    make_issue(by=cast.clerk).log("active", day=DAY, note="办理。", by=cast.clerk)
    for_one = queries()
    for number in range(29):
        make_issue(by=cast.clerk, title=f"问题{number}").log("active", day=DAY, note="办理。", by=cast.clerk)
    assert queries() == for_one


def test_a_period_without_issues_says_so(clerk):
    assert "2020年上半年没有协调问题。" in text_of(clerk.get("/issues/?period=2020H1"))


# ── who may do what ──

PAGES = ("issue", "issue_edit", "issue_log")


@pytest.mark.parametrize("route", PAGES)
def test_another_towns_issue_is_not_found(outsider, cast, route):
    found = make_issue(by=cast.clerk)
    for answer in (
        outsider.get(reverse(route, args=[found.pk])),
        outsider.post(reverse(route, args=[found.pk]), entry()),
    ):
        assert answer.status_code == 404
        assert "灵山寺" not in answer.content.decode()
    assert found.entries.count() == 0


@pytest.mark.parametrize("who", ["signer", "officer"])
def test_signer_and_district_read_but_do_not_write(cast, who):
    found, client = make_issue(by=cast.clerk), cast.client(getattr(cast, who))
    assert client.get(reverse("issue", args=[found.pk])).context["form"] is None
    assert client.get(reverse("issue_new")).status_code == 403
    assert client.post(reverse("issue_edit", args=[found.pk]), typed()).status_code == 403
    assert client.post(reverse("issue_log", args=[found.pk]), entry()).status_code == 403


def test_the_administrator_sees_no_issues(administrator, cast):
    found = make_issue(by=cast.clerk)
    assert [administrator.get(url).status_code for url in ("/issues/", reverse("issue", args=[found.pk]))] == [403, 403]


# ── the form ──


@pytest.mark.parametrize("who", ["clerk", "reviewer"])
def test_clerk_and_reviewer_raise_issues_for_their_own_unit(cast, who):
    user = getattr(cast, who)
    answer = cast.client(user).post(reverse("issue_new"), typed())
    found = Issue.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, reverse("issue", args=[found.pk]))
    assert (found.unit, found.created_by, found.state, found.closed_on) == (cast.town, user, "open", None)
    assert (found.opened_on, found.obstacle_since) == (DAY, dt.date(2020, 4, 2))


@pytest.mark.parametrize(
    ("changes", "errors"),
    [
        ({"title": ""}, {"title": ["这个字段是必填项。"]}),
        ({"area": ""}, {"area": ["这个字段是必填项。"]}),
        ({"opened_on": "2020-07-11"}, {"opened_on": ["提出日期不能晚于今天。"]}),
        ({"due": "2020-03-15"}, {"due": ["办理时限不能早于提出日期。"]}),
        ({"obstacle_type": ""}, {"obstacle_type": ["写了障碍，请选择障碍类型。"]}),
        ({"obstacle_since": ""}, {"obstacle_since": ["写了障碍，请填写障碍从哪一天开始。"]}),
        ({"obstacle": ""}, {"obstacle": ["请写明障碍。"]}),
        ({"obstacle_since": "2020-07-11"}, {"obstacle_since": ["障碍开始的日期不能晚于今天。"]}),
        ({"content": "找13800138000"}, {"content": ["这里含有手机号码。本系统不保存个人电话，请删去后再保存。"]}),
    ],
)
def test_what_is_wrong_is_said_beside_its_field_and_nothing_typed_is_lost(clerk, changes, errors):
    response = clerk.post(reverse("issue_new"), typed(**changes))
    assert (response.status_code, form_errors(response), Issue.objects.count()) == (200, errors, 0)
    for name, value in typed(**changes).items():
        assert response.context["form"][name].value() == value


def test_errors_are_told_in_the_readers_language(clerk):
    clerk.cookies["django_language"] = "en"
    response = clerk.post(reverse("issue_new"), typed(title="", due="soon"))
    assert form_errors(response) == {"title": ["This field is required."], "due": ["Enter a valid date."]}


def test_an_issue_cannot_be_raised_after_its_first_entry(clerk, cast):
    found = make_issue(by=cast.clerk)
    found.log("active", day=dt.date(2020, 3, 30), note="踏勘。", by=cast.clerk)
    answer = clerk.post(reverse("issue_edit", args=[found.pk]), typed(version="1", opened_on="2020-03-31"))
    assert form_errors(answer) == {"opened_on": ["提出日期不能晚于第一条办理记录（2020-03-30）。"]}


def test_two_people_who_edit_the_same_issue_are_shown_both_texts(clerk, reviewer, cast):
    found = make_issue(by=cast.clerk)
    page = reverse("issue_edit", args=[found.pk])
    reviewer.post(page, typed(version="0", title="灵山寺扩建"))
    response = clerk.post(page, typed(version="0"))
    assert response.status_code == 409
    assert [(each.label, each.old, each.new) for each in response.context["conflict"]] == [
        ("问题", "灵山寺扩建", "灵山寺扩寺建设")
    ]
    found.refresh_from_db()
    assert found.title == "灵山寺扩建"
    assert clerk.post(page, typed(version=response.context["form"]["version"].value())).status_code == 302


def test_an_edit_is_told_in_the_history(clerk, cast):
    found = make_issue(by=cast.clerk, due=dt.date(2020, 9, 30))
    clerk.post(reverse("issue_log", args=[found.pk]), entry())
    told = [entry["text"] for entry in clerk.get(reverse("issue", args=[found.pk])).context["versions"]]
    assert told == ["状态：待办 → 办理中", "建立"]


# ── the log ──


def test_an_entry_of_the_log_brings_its_state(clerk, cast):
    found = make_issue(by=cast.clerk)
    answer = clerk.post(reverse("issue_log", args=[found.pk]), entry())
    assert answer.status_code == 302
    found.refresh_from_db()
    assert (found.state, found.closed_on, found.version) == ("active", None, 1)
    assert [(line.day, line.note, line.created_by) for line in found.entries.all()] == [
        (dt.date(2020, 3, 30), "会同自然资源所踏勘。", cast.clerk)
    ]


@pytest.mark.parametrize(
    ("state", "closed_on"),
    [("open", None), ("active", None), ("passed_up", None), ("solved", "2020-03-30"), ("stopped", "2020-03-30")],
)
def test_only_solved_and_stopped_end_an_issue(clerk, cast, state, closed_on):
    found = make_issue(by=cast.clerk)
    clerk.post(reverse("issue_log", args=[found.pk]), entry(state=state))
    found.refresh_from_db()
    assert (found.state, found.closed_on) == (state, closed_on and dt.date.fromisoformat(closed_on))
    assert (clerk.get(reverse("issue", args=[found.pk])).context["form"] is None) is bool(closed_on)


@pytest.mark.parametrize(
    ("changes", "errors"),
    [
        ({"day": "2020-03-15"}, {"day": ["日期不能早于提出日期或上一条记录（2020-03-16）。"]}),
        ({"day": "2020-07-11"}, {"day": ["日期不能晚于今天。"]}),
        ({"day": ""}, {"day": ["这个字段是必填项。"]}),
        ({"note": ""}, {"note": ["这个字段是必填项。"]}),
        ({"state": "done"}, {"state": ["选择一个有效的选项。 done 不在可用的选项中。"]}),
        (
            {"note": "证件11010519491231002X"},
            {"note": ["这里含有身份证号。本系统不保存个人证件号码，请删去后再保存。"]},
        ),
    ],
)
def test_a_wrong_entry_is_refused_beside_its_field(clerk, cast, changes, errors):
    found = make_issue(by=cast.clerk)
    response = clerk.post(reverse("issue_log", args=[found.pk]), entry(**changes))
    assert (response.status_code, form_errors(response), found.entries.count()) == (200, errors, 0)
    assert response.context["form"]["note"].value() == entry(**changes)["note"]


@pytest.mark.parametrize("day", ["2020-03-16", "2020-07-10"])
def test_the_first_and_the_last_possible_day_are_taken(clerk, cast, day):
    found = make_issue(by=cast.clerk)
    assert clerk.post(reverse("issue_log", args=[found.pk]), entry(day=day)).status_code == 302


def test_an_entry_written_while_another_was_typed_is_shown_first(clerk, reviewer, cast):
    found = make_issue(by=cast.clerk)
    page = reverse("issue_log", args=[found.pk])
    reviewer.post(page, entry(note="先写的。"))
    response = clerk.post(page, entry(note="后写的。"))
    assert (response.status_code, response.context["form"]["note"].value()) == (409, "后写的。")
    assert [line.note for line in found.entries.all()] == ["先写的。"]


def test_an_ended_issue_takes_neither_entry_nor_edit(clerk, cast):
    found = make_issue(by=cast.clerk)
    found.log("solved", day=TODAY, note="办结。", by=cast.clerk)
    answer = clerk.post(reverse("issue_log", args=[found.pk]), entry(version="1"), follow=True)
    assert "这个问题已结束（已办结），不再记录办理情况。" in text_of(answer)
    answer = clerk.post(reverse("issue_edit", args=[found.pk]), typed(version="1"), follow=True)
    assert "这个问题已结束（已办结），不能再修改。" in text_of(answer)
    assert found.entries.count() == 1


STEPS = st.lists(st.tuples(st.sampled_from(Issue.State.values), st.integers(-1, 6)), max_size=8)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_closed_stays_closed_and_days_stay_in_order(cast, steps):
    found = make_issue(by=cast.clerk)
    days, states, closed_on = [DAY], ["open"], None
    for state, offset in steps:
        day = DAY + dt.timedelta(days=offset)
        fresh = Issue.objects.get(pk=found.pk)
        if closed_on:
            with pytest.raises(Conflict):
                fresh.log(state, day=day, note="办理。", by=cast.clerk)
        elif day < days[-1]:
            with pytest.raises(ValueError, match="is before"):
                fresh.log(state, day=day, note="办理。", by=cast.clerk)
        else:
            fresh.log(state, day=day, note="办理。", by=cast.clerk)
            days.append(day)
            states.append(state)
            closed_on = day if state in ("solved", "stopped") else None
    stored = Issue.objects.get(pk=found.pk)
    assert [line.day for line in stored.entries.order_by("pk")] == days[1:] == sorted(days[1:])
    assert (stored.state, stored.closed_on, stored.version) == (states[-1], closed_on, len(states) - 1)


# ── sent twice ──


def test_the_same_form_sent_twice_enters_one_issue(clerk):
    (token,) = re.findall(r'name="token" value="([^"]+)"', clerk.get(reverse("issue_new")).content.decode())
    form = typed(token=token)
    first, second = (clerk.post(reverse("issue_new") + "?period=2020H2", form) for _time in range(2))
    assert (first.status_code, second.url) == (302, first.url)
    assert (str(Issue.objects.get().token), Issue.objects.get().history.count()) == (token, 1)


def test_another_issue_typed_over_a_saved_form_is_not_lost(clerk):
    form = typed(token=str(uuid.uuid4()))
    clerk.post(reverse("issue_new"), form)
    clerk.post(reverse("issue_new"), form | {"title": "用电扩容"})
    assert list(Issue.objects.order_by("pk").values_list("title", flat=True)) == [form["title"], "用电扩容"]


def test_tokens_of_one_town_do_not_hinder_another(clerk, outsider):
    form = typed(token=str(uuid.uuid4()))
    clerk.post(reverse("issue_new"), form)
    outsider.post(reverse("issue_new"), form)
    assert Issue.objects.count() == 2


def test_an_edit_keeps_the_token(clerk, cast):
    kept = make_issue(by=cast.clerk)
    clerk.post(
        reverse("issue_edit", args=[kept.pk]), typed(version="0", token=str(uuid.uuid4()), post="统战委员兼干事")
    )
    stored = Issue.objects.get()
    assert (stored.token, stored.post) == (kept.token, "统战委员兼干事")


@pytest.mark.django_db(transaction=True)
def test_a_form_sent_four_times_at_one_moment_enters_one_issue(transactional_db):
    cast, form = Cast(), typed(token=str(uuid.uuid4()))
    clients = [cast.client(cast.clerk) for _time in range(4)]

    def send(client):
        try:
            return client.post(reverse("issue_new") + "?period=2020H2", form).url
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as threads:
        answers = set(threads.map(send, clients))
    assert answers == {reverse("issue", args=[Issue.objects.get().pk]) + "?period=2020H2"}


# ── two at once ──


def test_of_two_lines_written_over_one_version_the_later_is_a_conflict_though_its_day_is_early(cast):
    pk = make_issue(by=cast.clerk).pk
    one, other = Issue.objects.get(pk=pk), Issue.objects.get(pk=pk)
    one.log("active", day=dt.date(2020, 4, 20), note="会商", by=cast.clerk)
    with pytest.raises(Conflict):
        other.log("solved", day=dt.date(2020, 4, 1), note="办结", by=cast.reviewer)
    stored = Issue.objects.get()
    assert (stored.state, stored.version, stored.closed_on, stored.entries.count()) == ("active", 1, None, 1)


def test_a_day_before_the_issue_was_raised_leaves_nothing_behind(cast):
    found = make_issue(by=cast.clerk)
    with pytest.raises(ValueError, match="is before 2020-03-16"):
        found.log("solved", day=dt.date(2020, 3, 15), note="办结", by=cast.clerk)
    stored = Issue.objects.get()
    assert (stored.state, stored.version, stored.entries.count()) == ("open", 0, 0)


@pytest.mark.django_db(transaction=True)
def test_of_two_lines_sent_at_one_moment_one_is_kept_and_nobody_meets_an_error(transactional_db):
    cast = Cast()
    url = reverse("issue_log", args=[make_issue(by=cast.clerk).pk])
    late, early = entry(day="2020-04-20"), entry(day="2020-04-01")

    def send(sent):
        user, data = sent
        try:
            return cast.client(user).post(url, data).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as threads:
        answers = list(threads.map(send, [(cast.clerk, late), (cast.reviewer, early)]))
    # The second finds the first while it stores (409) or, where it came late enough, while its form is checked (200).
    assert sorted(answers) in ([302, 409], [200, 302])
    assert (Issue.objects.get().version, Issue.objects.get().entries.count()) == (1, 1)
