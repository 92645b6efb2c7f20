"""Targets: their lights, their forms, their progress, and how they go over into the next half-year."""

import datetime as dt
import re
import uuid
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.cast import Cast
from tests.factories import H1, H2, make_activity, make_target
from workplans.forms.targets import TargetForm
from workplans.models import Conflict, Light, Period, Target, TargetProgress

DUE = dt.date(2020, 9, 30)
TODAY = dt.date(2020, 7, 10)
SENTENCE = "成立镇商会。因商会主要负责人人选问题，商会组建工作滞后，为此，必须确保9月底完成商会组建工作。"
CHAMBER = {
    "text": "成立镇商会", "kind": "milestone", "deliverable": "商会组建工作", "due": DUE, "must": True,
    "obstacle_type": "person", "obstacle": "商会主要负责人人选问题", "obstacle_since": dt.date(2020, 4, 20),
}  # fmt: skip


@pytest.fixture(autouse=True)
def _on_the_tenth_of_july(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *args: TODAY)


def typed(**changes):
    """What the form of a whole target sends."""
    fields = {
        "period": "2020H2", "area": "chamber", "item": "1", "text": "成立镇商会", "kind": "milestone",
        "due": "2020-09-30", "must": "on", "deliverable": "商会组建工作", "post": "统战干事", "source": "own",
        "obstacle_type": "person", "obstacle": "商会主要负责人人选问题", "obstacle_since": "2020-04-20",
    }  # fmt: skip
    return {name: value for name, value in {**fields, **changes}.items() if value is not None}


def form_errors(response):
    return {name: list(errors) for name, errors in response.context["form"].errors.items()}


def text_of(response):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", response.content.decode()))


# ── lights and ages ──


@pytest.mark.parametrize(
    ("days_before_due", "light", "word"),
    [
        (15, Light.GREEN, "正常"),
        (14, Light.AMBER, "临近到期"),
        (0, Light.AMBER, "临近到期"),
        (-1, Light.RED, "逾期"),
    ],
)
def test_the_light_turns_on_exact_days_around_the_deadline(days_before_due, light, word):
    target, today = Target(due=DUE), DUE - dt.timedelta(days=days_before_due)
    assert (target.light(today), target.light_word(today)) == (light, word)


@pytest.mark.parametrize(
    ("state", "light", "word"),
    [
        ("planned", Light.GREEN, "正常"),
        ("active", Light.GREEN, "正常"),
        ("behind", Light.AMBER, "滞后"),
        ("done", Light.DONE, "已完成"),
        ("failed", Light.RED, "未完成"),
        ("cancelled", Light.GREY, "已取消"),
    ],
)
def test_without_a_deadline_the_state_alone_sets_the_light(state, light, word):
    target = Target(state=state)
    assert (target.light(TODAY), target.light_word(TODAY)) == (light, word)


def test_a_target_that_is_done_keeps_its_light_after_the_deadline():
    assert Target(state="done", due=DUE).light(DUE + dt.timedelta(days=100)) is Light.DONE


@pytest.mark.parametrize(
    ("state", "due", "word"),
    [("planned", DUE, "未启动"), ("behind", DUE, ""), ("behind", TODAY - dt.timedelta(days=1), "滞后"), ("done", DUE, ""),
     ("failed", DUE, ""), ("cancelled", DUE, "")],
)  # fmt: skip
def test_the_state_stands_beside_the_light_where_the_light_does_not_say_it(state, due, word):
    assert Target(state=state, due=due).state_word(TODAY) == word


def test_an_obstacle_is_as_old_as_the_days_since_it_arose():
    target = Target(obstacle="人选", obstacle_since=dt.date(2020, 4, 20))
    assert target.obstacle_age(dt.date(2020, 4, 20)) == 0
    assert target.obstacle_age(TODAY) == 81
    assert Target(obstacle="人选").obstacle_age(TODAY) is None
    assert Target(obstacle_since=TODAY).obstacle_age(TODAY) is None


# ── the list ──


def test_the_list_tells_each_target_of_the_period_as_the_summary_will(clerk, cast):
    target = make_target(by=cast.clerk, post="统战干事", **CHAMBER)
    target.move("behind", day=dt.date(2020, 7, 1), note="走访6家企业。", by=cast.clerk)
    target.move("behind", day=dt.date(2020, 7, 8), note="向区工商联汇报。", by=cast.clerk)
    response = clerk.get("/targets/?period=2020H2")
    row = response.context["groups"][0]["rows"][0]
    assert (row["number"], row["sentence"], row["obstacle_age"]) == ("一", SENTENCE, 81)
    assert (row["target"].last_day, row["target"].last_note) == (dt.date(2020, 7, 8), "向区工商联汇报。")
    assert "滞后 人选未定 已81天 2020-09-30 统战干事 2020-07-08 向区工商联汇报。" in text_of(response)


def test_beside_the_chosen_half_year_stands_the_plan_of_the_coming_one(clerk, cast):
    make_target(by=cast.clerk, period=H1, text="上半年的目标")
    make_target(by=cast.clerk, period=H2, text="下半年的目标")
    this, coming = (clerk.get(f"/targets/?period=2020H1{plan}") for plan in ("", "&plan=next"))
    assert [(tab["label"], tab["count"], tab["active"]) for tab in this.context["tabs"]] == [
        ("2020年上半年目标", 1, True), ("2020年下半年目标", 1, False), ("协调问题", 0, False),
    ]  # fmt: skip
    assert [tab["active"] for tab in coming.context["tabs"]] == [False, True, False]
    assert [row["sentence"] for row in this.context["groups"][0]["rows"]] == ["上半年的目标。"]
    assert [row["sentence"] for row in coming.context["groups"][0]["rows"]] == ["下半年的目标。"]
    assert clerk.get(this.context["tabs"][1]["url"]).context["half"] == H2


def test_a_shorter_period_opens_the_half_year_it_lies_in(clerk):
    assert clerk.get("/targets/?period=2020Q3").context["half"] == H2


def test_targets_of_one_item_stand_together_under_one_number(clerk, cast):
    for item, text in ((2, "加强统战自身建设"), (1, "成立镇商会"), (2, "加强新社会阶层人士统战工作")):
        make_target(by=cast.clerk, item=item, text=text)
    make_target(by=cast.clerk, item=1, text="取消的目标", state="cancelled")
    rows = clerk.get("/targets/?period=2020H2").context["groups"][0]["rows"]
    assert [(row["number"], row["first"], row["target"].text) for row in rows] == [
        ("一", True, "成立镇商会"), ("一", False, "取消的目标"),
        ("二", True, "加强统战自身建设"), ("二", False, "加强新社会阶层人士统战工作"),
    ]  # fmt: skip


def test_the_lights_are_counted_in_words_worst_first(clerk, cast):
    make_target(by=cast.clerk, due=TODAY - dt.timedelta(days=1))
    make_target(by=cast.clerk, due=TODAY)
    make_target(by=cast.clerk)
    make_target(by=cast.clerk, state="done")
    make_target(by=cast.clerk)
    shown = text_of(clerk.get("/targets/?period=2020H2")).replace(" ", "")
    assert "共5项逾期或未完成1项临近或滞后1项正常2项已完成1项" in shown


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("area=religion", ["寺"]), ("light=red", ["会"]), ("state=done", ["寺"]), ("area=religion&light=red", []),
        ("light=purple", ["会", "寺"]), ("state=%00", ["会", "寺"]),
    ],
)  # fmt: skip
def test_filters_choose_by_area_light_and_state(clerk, cast, query, shown):
    make_target(by=cast.clerk, text="会", due=dt.date(2020, 7, 1))
    make_target(by=cast.clerk, text="寺", area="religion", state="done", item=2)
    groups = clerk.get(f"/targets/?period=2020H2&{query}").context["groups"]
    assert [row["target"].text for group in groups for row in group["rows"]] == shown


def test_an_empty_half_year_says_why_and_offers_the_next_step(clerk, signer):
    assert "2020年下半年还没有目标。" in text_of(clerk.get("/targets/?period=2020H2"))
    assert "新建目标" in text_of(clerk.get("/targets/?period=2020H2"))
    assert "新建目标" not in text_of(signer.get("/targets/?period=2020H2"))


def test_a_district_sees_its_towns_under_their_names_in_the_order_of_their_codes(district, cast):
    make_target(by=cast.clerk, text="清溪镇的目标", due=dt.date(2020, 7, 1))
    make_target(by=cast.outsider, text="白石镇的目标")
    response = district.get("/targets/?period=2020H2")
    assert [group["unit"].name for group in response.context["groups"]] == ["白石镇", "清溪镇"]
    one = district.get("/targets/?period=2020H2&unit=qingxi")
    assert [row["target"].text for group in one.context["groups"] for row in group["rows"]] == ["清溪镇的目标"]
    assert "新建目标" not in text_of(response)


@pytest.mark.parametrize("who", ["clerk", "officer"])
def test_the_list_costs_the_same_for_one_target_as_for_thirty(cast, who):
    client = cast.client(getattr(cast, who))
    client.get("/targets/?period=2020H2")  # the first page of a session writes the session

    def queries():
        with CaptureQueriesContext(connection) as captured:
            assert client.get("/targets/?period=2020H2").status_code == 200
        return len(captured)

    make_target(by=cast.clerk).move("active", day=TODAY, note="进展。", by=cast.clerk)
    for_one = queries()
    for number in range(29):
        target = make_target(by=cast.clerk, item=number, text=f"目标{number}")
        target.move("active", day=TODAY, note="进展。", by=cast.clerk)
    assert queries() == for_one


# ── who may do what ──

PAGES = ("target", "target_edit", "target_progress", "target_carry_over")


@pytest.mark.parametrize("route", PAGES)
def test_another_towns_target_is_not_found(outsider, cast, route):
    target = make_target(by=cast.clerk)
    for answer in (outsider.get(reverse(route, args=[target.pk])), outsider.post(reverse(route, args=[target.pk]))):
        assert answer.status_code == 404
        assert "成立镇商会" not in answer.content.decode()
    target.refresh_from_db()
    assert (target.state, target.version) == ("planned", 0)


@pytest.mark.parametrize("who", ["signer", "officer"])
def test_signer_and_district_read_but_do_not_write(cast, who):
    target, client = make_target(by=cast.clerk), cast.client(getattr(cast, who))
    assert client.get(reverse("target", args=[target.pk])).context["form"] is None
    assert client.get(reverse("target_new")).status_code == 403
    assert [client.get(reverse(route, args=[target.pk])).status_code for route in PAGES[1:]] == [403, 403, 403]
    assert client.post(reverse("target_carry_over", args=[target.pk]), {"version": 0}).status_code == 403


def test_the_administrator_sees_no_targets(administrator, cast):
    target = make_target(by=cast.clerk)
    assert administrator.get("/targets/").status_code == 403
    assert administrator.get(reverse("target", args=[target.pk])).status_code == 403


@pytest.mark.parametrize("who", ["clerk", "reviewer"])
def test_clerk_and_reviewer_set_targets_for_their_own_unit(cast, who):
    user = getattr(cast, who)
    response = cast.client(user).post(reverse("target_new"), typed())
    target = Target.objects.get()
    assert (response.status_code, response["Location"]) == (302, reverse("target", args=[target.pk]))
    assert (target.unit, target.created_by, target.period, target.due) == (cast.town, user, H2, DUE)
    assert cast.client(user).get(response["Location"]).context["item_text"] == SENTENCE


# ── the form ──


@pytest.mark.parametrize(
    ("changes", "errors"),
    [
        ({"text": ""}, {"text": ["这个字段是必填项。"]}),
        ({"area": "astrology"}, {"area": ["选择一个有效的选项。 astrology 不在可用的选项中。"]}),
        (
            {"kind": "quantitative"},
            {"metric": ["定量目标要选择对应的指标。"], "quantity": ["定量目标要填写数量，且大于0。"]},
        ),
        (
            {"kind": "quantitative", "metric": "chamber_meetings", "quantity": "0"},
            {"quantity": ["定量目标要填写数量，且大于0。"]},
        ),
        (
            {"kind": "quantitative", "metric": "chamber_meetings", "quantity": "99999999999"},
            {"quantity": ["确保该值小于或等于9999999。"]},
        ),
        ({"due": ""}, {"due": ["里程碑和整改目标要填写完成时限。"]}),
        ({"kind": "rectification", "due": ""}, {"due": ["里程碑和整改目标要填写完成时限。"]}),
        ({"due": "2020-06-30"}, {"due": ["完成时限不能早于2020年下半年的第一天。"]}),
        ({"due": "31/9/2020"}, {"due": ["输入一个有效的日期。"]}),
        (
            {"obstacle_type": "", "obstacle_since": ""},
            {"obstacle_type": ["写了障碍，请选择障碍类型。"], "obstacle_since": ["写了障碍，请填写障碍从哪一天开始。"]},
        ),
        ({"obstacle": ""}, {"obstacle": ["请写明障碍。"]}),
        ({"obstacle_since": "2020-07-11"}, {"obstacle_since": ["障碍开始的日期不能晚于今天。"]}),
        ({"item": "0"}, {"item": ["确保该值大于或等于1。"]}),
        (
            {"post": "联系人13800138000"},
            {"post": ["这里含有手机号码。本系统不保存个人电话，请删去后再保存。"]},
        ),
        (
            {"obstacle": "人选11010519491231002X"},
            {"obstacle": ["这里含有身份证号。本系统不保存个人证件号码，请删去后再保存。"]},
        ),
        ({"source": "carried"}, {"source": ["选择一个有效的选项。 carried 不在可用的选项中。"]}),
        ({"period": "2019H1"}, {"period": ["选择一个有效的选项。 2019H1 不在可用的选项中。"]}),
    ],
)
def test_what_is_wrong_is_said_beside_its_field_and_nothing_typed_is_lost(clerk, changes, errors):
    response = clerk.post(reverse("target_new") + "?period=2020H2", typed(**changes))
    assert (response.status_code, form_errors(response), Target.objects.count()) == (200, errors, 0)
    for name in errors:
        assert f'href="#id_{name}"' in response.content.decode()
    for name, value in typed(**changes).items():
        if name not in ("period", "area", "kind", "source", "must"):
            assert response.context["form"][name].value() == value


def test_errors_are_told_in_the_readers_language(clerk):
    clerk.post(reverse("set_language"), {"language": "en", "next": "/"})
    clerk.cookies["django_language"] = "en"
    response = clerk.post(reverse("target_new") + "?period=2020H2", typed(text="", due="soon"))
    assert form_errors(response) == {"text": ["This field is required."], "due": ["Enter a valid date."]}


@pytest.mark.parametrize("day", ["2020/9/30", "2020.9.30", "2020年9月30日", "20200930"])
def test_a_day_may_be_written_as_in_the_ledger(clerk, day):
    assert clerk.post(reverse("target_new") + "?period=2020H2", typed(due=day)).status_code == 302
    assert Target.objects.get().due == dt.date(2020, 9, 30)


@pytest.mark.parametrize("day", ["2020-07-01", "2021-03-31"])
def test_a_deadline_may_lie_within_the_half_year_or_after_it(clerk, day):
    assert clerk.post(reverse("target_new") + "?period=2020H2", typed(due=day)).status_code == 302


@pytest.mark.parametrize(
    ("kind", "asked"),
    [
        ("qualitative", ["sign"]),
        ("quantitative", ["metric", "quantity"]),
        ("milestone", ["due", "must", "deliverable"]),
        ("rectification", ["due", "must", "deliverable", "source"]),
    ],
)
def test_each_kind_asks_for_what_matters_to_it_and_folds_the_rest(cast, kind, asked):
    form = TargetForm(
        instance=Target(unit=cast.town, period=H2), today=TODAY, periods=[H2], initial={"kind": kind}
    )  # fmt: skip
    names = [field.name for field in form.asked]
    assert names == ["period", "area", "text", "kind", *asked, "post"]
    folded = [field.name for field in form.folded]
    assert not set(folded) & set(names)
    every = {*names, *folded, *(field.name for field in form.obstacle_fields), "version", "token"}
    assert every == set(form.fields)


def test_what_was_filled_in_before_is_not_hidden_by_folding(cast):
    def form_of(**fields):
        return TargetForm(instance=Target(unit=cast.town, period=H2, **fields), today=TODAY, periods=[H2])

    assert form_of(kind="qualitative").unfolded is False
    assert form_of(kind="milestone", due=DUE).unfolded is False
    assert form_of(kind="qualitative", due=DUE).unfolded is True
    assert form_of(kind="qualitative", supporters="区工商联").unfolded is True


def test_the_sentence_grows_as_it_is_typed_and_nothing_is_stored(clerk):
    response = clerk.post(
        reverse("target_new") + "?period=2020H2", typed(area=""), HTTP_HX_REQUEST="true", HTTP_HX_TARGET="sentence"
    )
    assert (response.context["sentence"], Target.objects.count()) == (SENTENCE, 0)
    half = clerk.post(
        reverse("target_new"), {"text": "成立镇商会", "due": "20"}, HTTP_HX_REQUEST="true", HTTP_HX_TARGET="sentence"
    )
    assert half.context["sentence"] == "成立镇商会。"


def test_choosing_another_kind_keeps_what_was_typed_and_scolds_nobody(clerk):
    response = clerk.post(
        reverse("target_new") + "?period=2020H2", typed(kind="quantitative"),
        HTTP_HX_REQUEST="true", HTTP_HX_TARGET="target-fields",
    )  # fmt: skip
    form = response.context["form"]
    assert [field.name for field in form.asked][4:6] == ["metric", "quantity"]
    assert (form["text"].value(), form["due"].value(), form["must"].value()) == ("成立镇商会", "2020-09-30", "on")
    assert form.errors == {}
    assert Target.objects.count() == 0


def test_a_new_target_takes_the_next_item_of_its_plan(clerk, cast):
    make_target(by=cast.clerk, item=2)
    make_target(by=cast.clerk, item=7, period=H1)
    assert clerk.get(reverse("target_new") + "?period=2020H1&plan=next").context["form"]["item"].value() == 3


# ── editing ──


def test_an_edit_is_stored_as_the_next_version_and_told_in_the_history(clerk, cast):
    target = make_target(by=cast.clerk, **CHAMBER)
    page = reverse("target_edit", args=[target.pk])
    assert clerk.post(page, typed(version="0", due="2020-10-31")).status_code == 302
    target.refresh_from_db()
    assert (target.version, target.due, target.state) == (1, dt.date(2020, 10, 31), "planned")
    told = clerk.get(reverse("target", args=[target.pk])).context["versions"]
    assert [entry["text"] for entry in told] == [
        "完成时限：2020-09-30 → 2020-10-31\n责任岗位：（空） → 统战干事",
        "建立",
    ]


def test_two_people_who_edit_the_same_target_are_shown_both_texts(clerk, reviewer, cast):
    target = make_target(by=cast.clerk, **CHAMBER)
    page = reverse("target_edit", args=[target.pk])
    reviewer.post(page, typed(version="0", text="年内成立镇商会"))
    response = clerk.post(page, typed(version="0", due="2020-10-31"))
    assert response.status_code == 409
    assert [(each.label, each.old, each.new) for each in response.context["conflict"]] == [
        ("目标", "年内成立镇商会", "成立镇商会"), ("完成时限", "2020-09-30", "2020-10-31"),
    ]  # fmt: skip
    form = response.context["form"]
    assert (form["due"].value(), form["version"].value()) == ("2020-10-31", 1)
    target.refresh_from_db()
    assert (target.text, target.due) == ("年内成立镇商会", DUE)
    assert clerk.post(page, typed(version="1", due="2020-10-31")).status_code == 302


@pytest.mark.parametrize("version", [None, "", "-1", "7", "9" * 30])
def test_an_edit_without_the_version_it_saw_overwrites_nothing(clerk, cast, version):
    target = make_target(by=cast.clerk, **CHAMBER)
    answer = clerk.post(reverse("target_edit", args=[target.pk]), typed(version=version, text="别的"))
    assert answer.status_code == 409
    target.refresh_from_db()
    assert target.text == "成立镇商会"


def test_an_ended_target_is_no_longer_edited(clerk, cast):
    target = make_target(by=cast.clerk, state="done")
    response = clerk.post(reverse("target_edit", args=[target.pk]), typed(version="0", text="别的"), follow=True)
    assert "这项目标已结束（完成），不能再修改。" in text_of(response)
    target.refresh_from_db()
    assert target.text == "成立镇商会"


# ── progress ──


def progress(**changes):
    return {"version": "0", "day": "2020-07-09", "note": "向区工商联汇报。", "state": "active", **changes}


def test_a_line_of_progress_brings_its_state_and_may_name_a_ledger_row(clerk, cast):
    target = make_target(by=cast.clerk)
    row = make_activity(by=cast.clerk, kind="chamber_preparation", title="商会筹备座谈会", target=target)
    answer = clerk.post(reverse("target_progress", args=[target.pk]), progress(activity_id=str(row.pk)))
    assert (answer.status_code, answer["Location"]) == (302, reverse("target", args=[target.pk]))
    line = TargetProgress.objects.get()
    assert (line.day, line.note, line.state, line.activity, line.created_by) == (
        dt.date(2020, 7, 9), "向区工商联汇报。", "active", row, cast.clerk,
    )  # fmt: skip
    target.refresh_from_db()
    assert (target.state, target.version) == ("active", 1)
    shown = text_of(clerk.get(reverse("target", args=[target.pk])))
    assert "商会筹备座谈会 2020-03-16 · 2020-0001" in shown


@pytest.mark.parametrize(
    ("changes", "errors"),
    [
        ({"day": "2020-07-11"}, {"day": ["日期不能晚于今天。"]}),
        ({"day": "2020-06-30"}, {"day": ["日期不能早于上一条进展（2020-07-01）。"]}),
        ({"note": ""}, {"note": ["这个字段是必填项。"]}),
        ({"note": "电话 138-0013-8000"}, {"note": ["这里含有手机号码。本系统不保存个人电话，请删去后再保存。"]}),
        ({"state": "open"}, {"state": ["选择一个有效的选项。 open 不在可用的选项中。"]}),
        ({"activity_id": "999"}, {"activity_id": ["选择一个有效的选项。 999 不在可用的选项中。"]}),
    ],
)
def test_a_wrong_line_of_progress_is_refused_beside_its_field(clerk, cast, changes, errors):
    target = make_target(by=cast.clerk)
    target.move("active", day=dt.date(2020, 7, 1), note="开始。", by=cast.clerk)
    sent = progress(version="1", **changes)
    response = clerk.post(reverse("target_progress", args=[target.pk]), sent)
    assert (response.status_code, form_errors(response)) == (200, errors)
    assert response.context["form"]["note"].value() == sent["note"]
    assert target.progress.count() == 1


def test_progress_cannot_name_another_towns_row(clerk, cast):
    foreign = make_activity(by=cast.outsider, kind="chamber_preparation")
    target = make_target(by=cast.clerk)
    answer = clerk.post(reverse("target_progress", args=[target.pk]), progress(activity_id=str(foreign.pk)))
    assert (list(form_errors(answer)), target.progress.count()) == (["activity_id"], 0)


def test_a_line_written_while_another_was_typed_is_shown_first(clerk, reviewer, cast):
    target = make_target(by=cast.clerk)
    page = reverse("target_progress", args=[target.pk])
    reviewer.post(page, progress(note="先写的。"))
    response = clerk.post(page, progress(note="后写的。"))
    assert (response.status_code, response.context["form"]["note"].value()) == (409, "后写的。")
    assert [line.note for line in target.progress.all()] == ["先写的。"]
    assert (
        clerk.post(page, progress(note="后写的。", version=response.context["form"]["version"].value())).status_code
        == 302
    )


@pytest.mark.parametrize("state", ["done", "failed", "cancelled"])
def test_an_ended_target_takes_no_more_progress(clerk, cast, state):
    target = make_target(by=cast.clerk)
    target.move(state, day=TODAY, note="结束。", by=cast.clerk)
    page = reverse("target", args=[target.pk])
    assert clerk.get(page).context["form"] is None
    answer = clerk.post(reverse("target_progress", args=[target.pk]), progress(version="1"), follow=True)
    assert f"这项目标已结束（{Target.State(state).label}），不再记录进展。" in text_of(answer)
    with pytest.raises(Conflict):
        Target.objects.get().move("active", day=TODAY, note="又来。", by=cast.clerk)
    assert [line.note for line in target.progress.all()] == ["结束。"]


STEPS = st.lists(st.tuples(st.sampled_from(Target.State.values), st.integers(0, 5)), max_size=8)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_once_ended_always_ended_and_days_stay_in_order(cast, steps):
    target = make_target(by=cast.clerk)
    expected, states = [], []
    for state, offset in steps:
        day = TODAY + dt.timedelta(days=offset)
        fresh = Target.objects.get(pk=target.pk)
        if states and states[-1] in Target.ENDED:
            with pytest.raises(Conflict):
                fresh.move(state, day=day, note="进展。", by=cast.clerk)
        elif expected and day < expected[-1]:
            with pytest.raises(ValueError, match="before the last line"):
                fresh.move(state, day=day, note="进展。", by=cast.clerk)
        else:
            fresh.move(state, day=day, note="进展。", by=cast.clerk)
            expected.append(day)
            states.append(state)
    stored = Target.objects.get(pk=target.pk)
    assert [line.day for line in stored.progress.order_by("pk")] == expected == sorted(expected)
    assert (stored.state, stored.version) == (states[-1] if states else "planned", len(states))


# ── the page and the measure ──


def test_a_quantitative_target_shows_how_far_the_ledger_has_come(clerk, cast):
    for day in (3, 4):
        make_activity(by=cast.clerk, kind="chamber_meeting", date=dt.date(2020, 7, day))
    make_activity(by=cast.clerk, kind="chamber_meeting", date=dt.date(2020, 6, 30))
    target = make_target(by=cast.clerk, kind="quantitative", metric="chamber_meetings", quantity=6)
    assert "商会会议次数：2次，目标6次" in text_of(clerk.get(reverse("target", args=[target.pk])))


def test_the_page_shows_the_whole_item_as_the_summary_will_print_it(clerk, cast):
    first = make_target(by=cast.clerk, item=3, text="加强统战自身建设")
    make_target(by=cast.clerk, item=3, text="加强新社会阶层人士统战工作")
    make_target(by=cast.outsider, item=3, text="白石镇的目标")
    make_target(by=cast.clerk, item=3, text="上半年的目标", period=H1)
    context = clerk.get(reverse("target", args=[first.pk])).context
    assert context["item_text"] == "加强统战自身建设，加强新社会阶层人士统战工作。"


# ── carrying over ──

CARRIED = {"why": "会长人选未定", "due": "2021-03-31"}


def test_carrying_over_asks_first_and_names_the_target(clerk, cast):
    target = make_target(by=cast.clerk, **CHAMBER)
    page = clerk.get(reverse("target_carry_over", args=[target.pk]))
    assert "把“成立镇商会”结转到2021年上半年？" in text_of(page)
    assert Target.objects.count() == 1


def test_a_target_carried_over_ends_here_and_goes_on_in_the_next_half_year(clerk, cast):
    target = make_target(by=cast.clerk, post="统战干事", **CHAMBER)
    other = make_target(by=cast.clerk, text="已有的目标", period=H2.after)
    answer = clerk.post(reverse("target_carry_over", args=[target.pk]), {**CARRIED, "version": "0"}, follow=True)
    target.refresh_from_db()
    successor = Target.objects.get(carried_from=target)
    assert (target.state, successor.state, successor.source) == ("failed", "planned", "carried")
    assert (successor.period, successor.due, successor.item) == (
        Period.parse("2021H1"), dt.date(2021, 3, 31), other.item + 1,
    )  # fmt: skip
    assert (successor.text, successor.obstacle_since, successor.post) == (
        target.text,
        target.obstacle_since,
        "统战干事",
    )
    assert target.progress.get().note == "会长人选未定"
    assert answer.redirect_chain == [(reverse("target", args=[successor.pk]), 302)]
    assert ("2020年下半年：成立镇商会", reverse("target", args=[target.pk])) in [
        (fact["value"], fact["url"]) for fact in answer.context["facts"]
    ]
    assert reverse("target", args=[successor.pk]) in clerk.get(reverse("target", args=[target.pk])).content.decode()
    assert "未完成 已结转" in text_of(clerk.get("/targets/?period=2020H2"))


def test_a_target_is_carried_over_only_once(clerk, cast):
    target = make_target(by=cast.clerk)
    page = reverse("target_carry_over", args=[target.pk])
    clerk.post(page, {**CARRIED, "version": "0"})
    for answer in (clerk.get(page, follow=True), clerk.post(page, {**CARRIED, "version": "1"}, follow=True)):
        assert "这项目标已结转到2021年上半年，不能再次结转。" in text_of(answer)
    assert Target.objects.count() == 2


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [("why", "", "这个字段是必填项"), ("due", "", "这个字段是必填项"), ("due", "2020-12-31", "新的时限应在2020-12-31之后。")],
)  # fmt: skip
def test_carrying_over_says_why_and_by_when_now(clerk, cast, field, value, said):
    target = make_target(by=cast.clerk)
    page = clerk.post(reverse("target_carry_over", args=[target.pk]), {**CARRIED, "version": "0", field: value})
    assert said in str(page.context["form"].errors[field])
    assert Target.objects.count() == 1


@pytest.mark.parametrize("state", ["done", "cancelled"])
def test_only_open_targets_are_carried_over(clerk, cast, state):
    target = make_target(by=cast.clerk, state=state)
    answer = clerk.post(reverse("target_carry_over", args=[target.pk]), {**CARRIED, "version": "0"}, follow=True)
    assert f"这项目标已结束（{Target.State(state).label}），不能结转。" in text_of(answer)
    assert Target.objects.count() == 1


def test_a_target_that_moved_on_meanwhile_is_not_carried_over_unseen(clerk, cast):
    target = make_target(by=cast.clerk)
    target.move("active", day=TODAY, note="有了进展。", by=cast.reviewer)
    answer = clerk.post(reverse("target_carry_over", args=[target.pk]), {**CARRIED, "version": "0"}, follow=True)
    assert "没有结转" in text_of(answer)
    assert Target.objects.count() == 1


def test_the_words_of_the_lights_have_no_colour_in_them():
    with translation.override("zh-hans"):
        assert [str(light.label) for light in Light] == ["逾期或未完成", "临近或滞后", "正常", "已完成", "已取消"]


# ── sent twice ──


def test_the_same_form_sent_twice_enters_one_target(clerk):
    (token,) = re.findall(r'name="token" value="([^"]+)"', clerk.get(reverse("target_new")).content.decode())
    form = typed(token=token)
    first, second = (clerk.post(reverse("target_new") + "?period=2020H2", form) for _time in range(2))
    assert (first.status_code, second.url) == (302, first.url)
    assert (str(Target.objects.get().token), Target.objects.get().history.count()) == (token, 1)


def test_another_kind_chosen_keeps_the_token(clerk):
    form, token = typed(kind="quantitative"), str(uuid.uuid4())
    headers = {"HX-Request": "true", "HX-Target": "target-fields"}
    fields = clerk.post(reverse("target_new"), {**form, "token": token}, headers=headers).content.decode()
    assert re.findall(r'name="token" value="([^"]+)"', fields) == [token]


def test_another_target_typed_over_a_saved_form_is_not_lost(clerk):
    form = typed(token=str(uuid.uuid4()))
    clerk.post(reverse("target_new"), form)
    clerk.post(reverse("target_new"), form | {"text": "完成换届"})
    assert list(Target.objects.order_by("pk").values_list("text", flat=True)) == [form["text"], "完成换届"]


def test_tokens_of_one_town_do_not_hinder_another(clerk, outsider):
    form = typed(token=str(uuid.uuid4()))
    clerk.post(reverse("target_new"), form)
    outsider.post(reverse("target_new"), form)
    assert Target.objects.count() == 2


def test_an_edit_keeps_the_token(clerk, cast):
    kept = make_target(by=cast.clerk)
    clerk.post(
        reverse("target_edit", args=[kept.pk]), typed(version="0", token=str(uuid.uuid4()), post="统战委员兼干事")
    )
    stored = Target.objects.get()
    assert (stored.token, stored.post) == (kept.token, "统战委员兼干事")


@pytest.mark.django_db(transaction=True)
def test_a_form_sent_four_times_at_one_moment_enters_one_target(transactional_db):
    cast, form = Cast(), typed(token=str(uuid.uuid4()))
    clients = [cast.client(cast.clerk) for _time in range(4)]

    def send(client):
        try:
            return client.post(reverse("target_new") + "?period=2020H2", form).url
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as threads:
        answers = set(threads.map(send, clients))
    assert answers == {reverse("target", args=[Target.objects.get().pk]) + "?period=2020H2"}


# ── two at once ──


def test_of_two_lines_written_over_one_version_the_later_is_a_conflict_though_its_day_is_early(cast):
    pk = make_target(by=cast.clerk).pk
    one, other = Target.objects.get(pk=pk), Target.objects.get(pk=pk)
    one.move("active", day=dt.date(2020, 7, 9), note="会商", by=cast.clerk)
    with pytest.raises(Conflict):
        other.move("done", day=dt.date(2020, 7, 1), note="完成", by=cast.reviewer)
    stored = Target.objects.get()
    assert (stored.state, stored.version, stored.progress.count()) == ("active", 1, 1)
