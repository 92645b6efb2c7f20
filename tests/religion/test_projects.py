"""Building at venues: from the motion through eight stages to acceptance, and the issue in which its obstacle stands."""

import datetime as dt
import re
import uuid

import pytest
from django.urls import reverse

from religion.models import STAGES, VenueProject
from tests.factories import DAY, make_issue, make_project, make_venue
from workplans.models import Conflict, Issue

TODAY = dt.date(2020, 7, 10)


@pytest.fixture(autouse=True)
def _on_the_tenth_of_july(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *args: TODAY)


@pytest.fixture
def venue(cast):
    return make_venue(by=cast.clerk)


@pytest.fixture
def project(cast, venue):
    return make_project(by=cast.clerk, venue=venue, post="统战委员")


def typed(venue, **changes):
    return {
        "venue": venue.pk, "type": "extend", "title": "", "opened_on": "2020-03-16", "document": "灵寺〔2020〕1号",
        "due": "2021-06-30", "post": "统战委员", "issue": "", **changes,
    }  # fmt: skip


def form_errors(response):
    return {name: list(errors) for name, errors in response.context["form"].errors.items()}


def text_of(response):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", response.content.decode()))


def advance(project, by, to, day=DAY):
    for stage in STAGES[1 : STAGES.index(to) + 1]:
        project.move(stage, day=day, note="", by=by, document=f"{stage.label}〔2020〕2号")
    return project


# ── a new one ──


def test_a_project_begins_with_its_motion(clerk, cast, venue):
    answer = clerk.post(reverse("project_new"), typed(venue))
    project = VenueProject.objects.get()
    assert (answer.status_code, answer.url) == (302, reverse("project", args=[project.pk]))
    assert (project.unit, project.title, project.state, project.opened_on) == (
        cast.town, "灵山寺扩建项目", "proposed", DAY,
    )  # fmt: skip
    assert [(step.move, step.day, step.document) for step in project.steps.all()] == [
        ("proposed", DAY, "灵寺〔2020〕1号")
    ]


def test_it_opens_for_the_venue_it_was_asked_for_at(clerk, venue):
    assert clerk.get(reverse("project_new") + f"?venue={venue.pk}").context["form"]["venue"].value() == venue.pk


@pytest.mark.parametrize("asked", ["999999", "x", "²", "9" * 40])
def test_a_venue_that_is_none_is_not_found(clerk, asked):
    assert clerk.get(reverse("project_new") + f"?venue={asked}").status_code == 404


def test_another_towns_venue_and_issue_can_neither_be_asked_for_nor_chosen(clerk, cast, venue):
    other = make_venue(by=cast.outsider, name="白石寺")
    issue = make_issue(by=cast.outsider, title="白石镇的问题")
    assert clerk.get(reverse("project_new") + f"?venue={other.pk}").status_code == 404
    answer = clerk.post(reverse("project_new"), typed(other, issue=issue.pk))
    assert sorted(form_errors(answer)) == ["issue", "venue"]
    assert ("白石" in answer.content.decode(), VenueProject.objects.count()) == (False, 0)


@pytest.mark.parametrize(
    ("changes", "errors"),
    [
        ({"opened_on": "2020-07-11"}, {"opened_on": ["动议日期不能晚于今天。"]}),
        ({"due": "2020-03-15"}, {"due": ["计划竣工日期不能早于动议日期。"]}),
        ({"type": ""}, {"type": ["这个字段是必填项。"]}),
        ({"title": "找13800138000"}, {"title": ["这里含有手机号码。本系统不保存个人电话，请删去后再保存。"]}),
        ({"document": "13800138000"}, {"document": ["这里含有手机号码。本系统不保存个人电话，请删去后再保存。"]}),
    ],
)
def test_what_is_wrong_is_said_beside_its_field(clerk, venue, changes, errors):
    answer = clerk.post(reverse("project_new"), typed(venue, **changes))
    assert (answer.status_code, form_errors(answer), VenueProject.objects.count()) == (200, errors, 0)


def test_the_same_form_sent_twice_begins_one_project(clerk, venue):
    form = typed(venue, token=str(uuid.uuid4()))
    first, second = (clerk.post(reverse("project_new"), form) for _time in range(2))
    assert (second.url, VenueProject.objects.count()) == (first.url, 1)
    assert VenueProject.objects.get().steps.count() == 1


def test_it_may_be_tied_to_an_open_issue_of_the_unit(clerk, cast, venue):
    make_issue(by=cast.clerk, title="已办结的", state="solved", closed_on=DAY)
    issue = make_issue(by=cast.clerk)
    choices = clerk.get(reverse("project_new")).context["form"].fields["issue"].queryset
    assert list(choices) == [issue]
    clerk.post(reverse("project_new"), typed(venue, issue=issue.pk))
    assert VenueProject.objects.get().issue == issue


# ── its stages ──


def test_a_project_goes_through_all_stages_to_acceptance(cast, project):
    advance(project, cast.clerk, "accepted")
    assert (project.state, project.closed_on, project.is_open) == ("accepted", DAY, False)
    assert [step.move for step in project.steps.order_by("pk")] == [stage.value for stage in STAGES]


def standing(client, project):
    steps = client.get(reverse("project", args=[project.pk])).context["steps"]
    return [(str(step["label"]), step["standing"], step["day"], step["document"]) for step in steps]


def test_the_chart_tells_what_is_done_where_it_stands_and_what_is_ahead(clerk, cast, project):
    advance(project, cast.clerk, "consulted", day=dt.date(2020, 4, 2))
    day = dt.date(2020, 4, 2)
    assert standing(clerk, project) == [
        ("动议", "done", DAY, ""),
        ("管理组织议定", "done", day, "管理组织议定〔2020〕2号"),
        ("征求意见", "current", day, "征求意见〔2020〕2号"),
        *((name, "ahead", None, "") for name in ("规划用地", "文物消防环保", "宗教部门审批", "施工", "竣工验收")),
    ]  # fmt: skip
    assert clerk.get(reverse("project", args=[project.pk])).content.decode().count('aria-current="step"') == 1


def test_of_an_accepted_one_everything_is_done(clerk, cast, project):
    advance(project, cast.clerk, "accepted")
    assert [each[1] for each in standing(clerk, project)] == ["done"] * 8


def test_of_one_given_up_the_chart_shows_where(clerk, cast, project):
    advance(project, cast.clerk, "resolved").move("stop", day=TODAY, note="资金不足。", by=cast.clerk)
    assert [each[1] for each in standing(clerk, project)] == ["done", "stopped", *["ahead"] * 6]


def test_a_stage_is_taken_with_its_document(clerk, cast, project):
    page = reverse("project", args=[project.pk])
    clerk.post(page, {"move": "resolved", "day": "2020-04-01", "note": "", "document": "灵寺〔2020〕2号", "version": 0})
    assert next((step.move, step.document) for step in project.steps.order_by("-pk")) == ("resolved", "灵寺〔2020〕2号")
    assert clerk.get(page).context["course"][0]["text"] == "文号：灵寺〔2020〕2号"


# ── its issue ──


def test_an_issue_is_raised_and_its_obstacle_written_there(clerk, cast, project):
    page = reverse("project_issue", args=[project.pk])
    answer = clerk.post(page + "?period=2020H2")
    issue = Issue.objects.get()
    assert (answer.status_code, answer.url) == (302, reverse("issue_edit", args=[issue.pk]) + "?period=2020H2")
    assert (issue.title, issue.about, issue.area, issue.post, issue.opened_on) == (
        "灵山寺扩建", "灵山寺", "religion", "统战委员", TODAY,
    )  # fmt: skip
    project.refresh_from_db()
    assert (project.issue, project.version) == (issue, 1)
    again = clerk.post(page, follow=True)
    assert ("这个项目已有协调问题。" in text_of(again), Issue.objects.count()) == (True, 1)


def test_the_obstacle_is_told_with_its_age_from_the_issue_alone(clerk, cast, project):
    issue = project.raise_issue(cast.clerk, day=DAY)
    page, rows = reverse("project", args=[project.pk]), reverse("projects") + "?period=2020H1"
    assert "协调问题里没有写障碍。" in text_of(clerk.get(page))
    issue.obstacle, issue.obstacle_type, issue.obstacle_since = "用地指标未落实", "land", dt.date(2020, 4, 2)
    issue.rewrite()
    assert "用地指标未落实 场地用地 · 2020-04-02开始 · 已99天" in text_of(clerk.get(page))
    assert [row["obstacle_age"] for row in clerk.get(rows).context["open"]] == [99]
    issue.log("solved", day=TODAY, note="已落实。", by=cast.clerk)
    assert "已99天" not in text_of(clerk.get(page))


def test_two_who_raise_it_at_once_raise_one(cast, project):
    second = VenueProject.objects.get(pk=project.pk)
    project.raise_issue(cast.clerk, day=DAY)
    with pytest.raises(Conflict):
        second.raise_issue(cast.reviewer, day=DAY)
    assert Issue.objects.count() == 1


def test_an_ended_project_raises_none(clerk, cast, project):
    project.move("stop", day=DAY, note="不办了。", by=cast.clerk)
    answer = clerk.post(reverse("project_issue", args=[project.pk]), follow=True)
    assert ("不能再提出协调问题。" in text_of(answer), Issue.objects.count()) == (True, 0)


@pytest.mark.parametrize(("who", "status"), [("outsider", 404), ("signer", 403), ("officer", 403)])
def test_others_raise_none(cast, project, who, status):
    answer = cast.client(getattr(cast, who)).post(reverse("project_issue", args=[project.pk]))
    assert (answer.status_code, Issue.objects.count()) == (status, 0)


def test_another_issue_chosen_by_two_is_shown_as_a_conflict(clerk, reviewer, cast, project):
    first, second = (make_issue(by=cast.clerk, title=title) for title in ("先的", "后的"))
    page = reverse("project_edit", args=[project.pk])
    edit = {"type": "extend", "title": "灵山寺扩建", "due": "", "post": "统战委员", "version": 0}
    reviewer.post(page, edit | {"issue": first.pk})
    answer = clerk.post(page, edit | {"issue": second.pk})
    assert (answer.status_code, [(str(c.label), c.old, c.new) for c in answer.context["conflict"]]) == (
        409, [("协调问题", "先的", "后的")],
    )  # fmt: skip
