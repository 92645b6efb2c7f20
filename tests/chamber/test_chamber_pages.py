"""The pages of a chamber and its founding, as people fill them in."""

import datetime as dt
import re

import pytest
from django.urls import reverse

from accounts.models import Role
from chamber.models import Chamber, Founding, FoundingStep, StepList
from tests.factories import DAY, make_chamber, make_founding, make_target, make_town, make_user
from workplans.models import Target

TODAY = dt.date(2020, 7, 10)


@pytest.fixture(autouse=True)
def _on_the_tenth_of_july(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *args: TODAY)


@pytest.fixture
def founding(cast):
    return make_founding(by=cast.clerk)


def text_of(response):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", response.content.decode()))


def form_errors(response):
    return {name: list(errors) for name, errors in response.context["form"].errors.items()}


def step_typed(founding, **changes):
    return {"done_on": "", "obstacle_type": "", "obstacle": "", "obstacle_since": "", "note": "",
            "version": Founding.objects.get(pk=founding.pk).version, **changes}  # fmt: skip


def url(name, founding):
    return reverse(name, args=[founding.pk])


# ── register and begin ──


def test_a_chamber_is_registered_and_its_founding_begun_with_the_target_of_the_plan(clerk, cast):
    target = make_target(by=cast.clerk, kind="milestone", due=dt.date(2020, 9, 30))
    registered = clerk.post(reverse("chamber_new"), {"situation": "founding", "name": "云川区清溪镇商会"})
    chamber = Chamber.objects.get()
    assert registered.url.startswith(reverse("founding_begin", args=[chamber.pk]))
    form = clerk.get(registered.url).context["form"]
    assert (form["target"].value(), form["due"].value()) == (target.pk, dt.date(2020, 9, 30))
    begun = clerk.post(registered.url, {"day": "2020-03-20", "target": target.pk, "due": "2020-09-30"})
    assert begun.url.startswith(reverse("founding_plan", args=[chamber.pk]))
    assert Founding.objects.get().target == target


def test_a_chamber_that_stands_already_needs_its_day_and_no_founding(clerk):
    typed = {"situation": "founded", "name": "云川区清溪镇商会"}
    assert form_errors(clerk.post(reverse("chamber_new"), typed)) == {"founded_on": ["已经成立的，请填写成立日期。"]}
    clerk.post(reverse("chamber_new"), {**typed, "founded_on": "2018-03-18", "term": 1, "term_end": "2021-03-17"})
    chamber = Chamber.objects.get()
    assert (chamber.state, chamber.changes.get().day) == ("founded", dt.date(2018, 3, 18))
    assert clerk.get(reverse("founding_begin", args=[chamber.pk])).status_code == 302


def test_a_town_has_one_standing_chamber(clerk, cast):
    make_chamber(by=cast.clerk)
    answer = clerk.post(reverse("chamber_new"), {"situation": "founding", "name": "另一个商会"})
    assert form_errors(answer) == {"__all__": ["本单位已有商会。"]}


@pytest.mark.parametrize("code", ["91340899MA2XX0001W", "51340800000000000X", "5134"])
def test_a_credit_code_that_is_none_of_an_association_is_refused(clerk, code):
    answer = clerk.post(reverse("chamber_new"), {"situation": "founding", "name": "商会", "credit_code": code})
    assert list(form_errors(answer)) == ["credit_code"]


def test_a_target_of_another_town_or_kept_already_cannot_be_chosen(clerk, cast, founding):
    foreign = make_target(by=cast.outsider, text="成立白石镇商会")
    chamber = Chamber.objects.create(unit=cast.other_town, created_by=cast.outsider, name="白石镇商会")
    form = cast.client(cast.outsider).get(reverse("founding_begin", args=[chamber.pk])).context["form"]
    assert list(form.fields["target"].queryset) == [foreign]
    assert Founding.objects.kept_targets(cast.town).get() == {"target": founding.target_id}


# ── a step ──


def test_a_step_with_a_new_obstacle_is_read_in_the_target(clerk, founding):
    typed = step_typed(founding, done_on="2020-04-08", ready=["发起单位名单"], obstacle_type="person",
                       obstacle="商会主要负责人人选问题", obstacle_since="2020-05-11")  # fmt: skip
    assert clerk.post(url("founding_step", founding), typed).status_code == 302
    first, second = FoundingStep.objects.order_by("position")[:2]
    assert (first.done_on, first.ready_list, first.obstacle) == (dt.date(2020, 4, 8), ["发起单位名单"], "")
    assert second.obstacle == Target.objects.get().obstacle == "商会主要负责人人选问题"
    page = text_of(clerk.get(url("chamber", founding)))
    assert "第2步：申请筹备" in page
    assert "已60天" in page
    assert "商会筹建已完成发起人与筹备组；因商会主要负责人人选问题，申请筹备完成时间待定。" in page


@pytest.mark.parametrize(
    ("changes", "errors"),
    [
        ({"done_on": "2020-07-11"}, {"done_on": ["日期不能晚于今天。"]}),
        ({"done_on": "2020-03-15"}, {"done_on": ["日期不能早于开始或上一步的日期（2020-03-16）。"]}),
        ({"obstacle": "人选问题"}, {"obstacle_type": ["写了障碍，请选择障碍类型。"],
                               "obstacle_since": ["写了障碍，请填写障碍从哪一天开始。"]}),
        ({"note": "找13800138000"}, {"note": ["这里含有手机号码。本系统不保存个人电话，请删去后再保存。"]}),
        ({"ready": ["没有这件"]}, {"ready": ["选择一个有效的选项。 没有这件 不在可用的选项中。"]}),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_step_is_said_beside_its_field(clerk, founding, changes, errors):
    answer = clerk.post(url("founding_step", founding), step_typed(founding, **changes))
    assert (answer.status_code, form_errors(answer)) == (200, errors)
    assert not FoundingStep.objects.done().exists()


def test_a_step_somebody_else_has_just_done_is_not_done_twice(clerk, founding):
    seen = step_typed(founding, done_on="2020-04-08", note="第二个人写的")
    clerk.post(url("founding_step", founding), step_typed(founding, done_on="2020-04-08"))
    answer = clerk.post(url("founding_step", founding), seen)
    assert (answer.status_code, FoundingStep.objects.done().count()) == (409, 1)
    assert "第二个人写的" in answer.content.decode()
    assert answer.context["step"].label == "申请筹备"


# ── the plan ──


def plan_typed(founding, *days, due="2020-09-30"):
    steps = FoundingStep.objects.order_by("position")
    typed = {f"planned_{step.pk}": day for step, day in zip(steps, days, strict=False)}
    return {"due": due, "version": Founding.objects.get(pk=founding.pk).version, **typed}


def test_the_plan_is_set_and_its_deadline_moves_the_target(clerk, founding):
    clerk.post(url("founding_plan", founding), plan_typed(founding, "2020-07-20", "2020-08-10", due="2020-10-31"))
    assert Target.objects.get().due == dt.date(2020, 10, 31)
    page = text_of(clerk.get(url("chamber", founding)))
    assert "计划2020-07-20" in page
    assert "2020-10-31前完成，还有113天" in page


def test_days_that_do_not_follow_each_other_are_told_beside_the_day(clerk, founding):
    answer = clerk.post(
        url("founding_plan", founding), plan_typed(founding, "2020-08-20", "2020-08-10", due="2020-08-01")
    )
    second = FoundingStep.objects.get(position=2)
    assert form_errors(answer) == {
        f"planned_{second.pk}": ["不能早于开始或前面步骤的计划日期（2020-08-20）。"],
        "due": ["完成时限不能早于最后一步的计划日期（2020-08-20）。"],
    }


def test_a_plan_that_moved_meanwhile_is_shown_and_what_was_typed_is_kept(clerk, founding):
    seen = plan_typed(founding, "2020-08-20")
    clerk.post(url("founding_plan", founding), plan_typed(founding, "2020-07-20"))
    answer = clerk.post(url("founding_plan", founding), seen)
    assert (answer.status_code, FoundingStep.objects.get(position=1).planned_on) == (409, dt.date(2020, 7, 20))
    assert "2020-08-20" in answer.content.decode()


def test_the_chart_tells_planned_against_actual_and_how_late(clerk, founding):
    clerk.post(url("founding_plan", founding), plan_typed(founding, "2020-04-10", "2020-07-01"))
    clerk.post(url("founding_step", founding), step_typed(founding, done_on="2020-04-08"))
    steps = clerk.get(url("chamber", founding)).context["chart"]["steps"]
    assert [(step["standing"], step["word"]) for step in steps[:3]] == [
        ("done", "早2天完成"), ("current", "已晚9天"), ("ahead", "未到"),
    ]  # fmt: skip


def test_the_target_goes_into_the_next_half_year_from_here(clerk, founding):
    version = Founding.objects.get().version
    clerk.post(url("founding_carry_over", founding), {"due": "2021-03-31", "version": version})
    founding.refresh_from_db()
    assert (founding.target.period.code, founding.target.due) == ("2021H1", dt.date(2021, 3, 31))


# ── changes ──


def test_dissolving_asks_twice(clerk, cast, founding):
    chamber = founding.chamber
    chamber.refresh_from_db()
    typed = {"after": "dissolved", "day": "2020-07-10", "note": "停止筹建。", "version": chamber.version}
    asked = clerk.post(url("chamber_change", founding), typed)
    assert ("注销“云川区清溪镇商会”" in text_of(asked), Chamber.objects.get().state) == (True, "proposed")
    clerk.post(url("chamber_change", founding), {**typed, "sure": "1"})
    assert (Chamber.objects.get().state, Target.objects.get().state) == ("dissolved", "cancelled")
    assert clerk.get(url("chamber_edit", founding)).status_code == 302


def test_a_chamber_that_is_to_be_founded_cannot_be_declared_founded(cast):
    with pytest.raises(ValueError, match="does not follow"):
        make_chamber(by=cast.clerk).change("founded", day=TODAY, note="", by=cast.clerk)


# ── what waits ──


def waits(client):
    tasks = client.get("/?period=2020H1").context["tasks"]
    return [task["label"] for task in tasks if not task["label"].startswith("起草")]


def test_a_step_that_only_time_made_late_is_named_at_home(clerk, founding, monkeypatch):
    clerk.post(url("founding_plan", founding), plan_typed(founding, "2020-07-10"))
    assert waits(clerk) == []
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *args: dt.date(2020, 7, 12))
    assert waits(clerk) == ["推进商会筹建“发起人与筹备组”"]


def test_what_its_target_tells_already_is_not_told_twice(clerk, cast, founding):
    first = founding.current()
    founding.plan({first.pk: (dt.date(2020, 7, 1), "")}, due=dt.date(2020, 9, 30), by=cast.clerk, today=TODAY)
    assert waits(clerk) == ["推进目标“成立镇商会”"]


@pytest.mark.parametrize(("end", "told"), [(dt.date(2021, 1, 9), True), (dt.date(2021, 1, 10), False)])
def test_the_end_of_a_term_is_announced_half_a_year_ahead(clerk, cast, end, told):
    make_chamber(by=cast.clerk, state="founded", founded_on=DAY, term=1, term_end=end)
    assert ("筹备云川区清溪镇商会换届" in clerk.get("/?period=2020H1").content.decode()) == told


# ── the list of steps ──


def list_typed(*labels, version=0):
    typed = {"version": version, "form-TOTAL_FORMS": len(labels), "form-INITIAL_FORMS": 0}
    for number, label in enumerate(labels):
        typed |= {f"form-{number}-label": label, f"form-{number}-ORDER": number + 1,
                  f"form-{number}-materials": "材料一\n材料一\n 材料二"}  # fmt: skip
    return typed


@pytest.mark.parametrize("who", ["officer", "administrator"])
def test_a_districts_people_set_the_list_of_its_towns(cast, who):
    client = cast.client(getattr(cast, who))
    assert client.post(reverse("founding_steps"), list_typed("动议", "成立登记")).status_code == 302
    stored = StepList.objects.for_unit(cast.district).in_order()
    assert [(step.label, step.materials) for step in stored] == [
        ("动议", "材料一\n材料二"),
        ("成立登记", "材料一\n材料二"),
    ]
    assert "成立登记" in cast.client(cast.clerk).get(reverse("founding_steps")).content.decode()


def test_a_town_without_a_district_leaves_it_to_its_reviewer(cast):
    alone = make_town(code="alone", name="独立镇")
    reviewer = make_user(unit=alone, role=Role.REVIEWER, username="alone")
    assert cast.client(reviewer).post(reverse("founding_steps"), list_typed("动议")).status_code == 302
    assert cast.client(cast.reviewer).post(reverse("founding_steps"), list_typed("动议")).status_code == 403


@pytest.mark.parametrize("labels", [("动议", "动议"), ()])
def test_a_list_with_two_of_a_name_or_none_is_refused(cast, labels):
    answer = cast.client(cast.administrator).post(reverse("founding_steps"), list_typed(*labels))
    assert (answer.status_code, StepList.objects.count()) == (200, 0)
    assert answer.context["formset"].non_form_errors()
