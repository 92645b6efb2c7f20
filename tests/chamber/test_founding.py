"""The founding of a chamber: its steps in their order, and the target that says what they say."""

import datetime as dt

import pytest
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chamber.models import Founding, FoundingStep, ListedStep, Obstacle, StepList
from tests.cast import Cast
from tests.factories import DAY, H2, make_chamber, make_founding, make_target
from workplans.compose import item_text
from workplans.models import Conflict, Kept, Target

TODAY = dt.date(2020, 7, 10)
NO_HEAD = Obstacle("person", "商会主要负责人人选问题", dt.date(2020, 5, 11))
State = Target.State


@pytest.fixture(autouse=True)
def _on_the_tenth_of_july(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *args: TODAY)


@pytest.fixture
def founding(cast):
    return make_founding(by=cast.clerk)


def complete(founding, by, *, day=DAY, obstacle=None, note="", today=TODAY):
    founding.complete(day=day, ready=[], obstacle=obstacle or Obstacle(), note=note, by=by, today=today)


def stored(founding) -> Target:
    return Target.objects.get(pk=founding.target_id)


def labels(founding):
    return [step.label for step in founding.course()]


# ── steps ──


def test_it_begins_with_the_usual_steps_in_their_order(founding):
    assert labels(founding) == [
        "发起人与筹备组", "申请筹备", "核准名称", "会长人选综合评价", "组织考察", "审核报批", "会员大会", "成立登记", "办理证章",
    ]  # fmt: skip
    assert founding.current().material_list == ["发起单位名单", "筹备组组成方案"]


def test_the_last_step_ends_it_and_it_stays_ended(founding, cast):
    for _step in range(9):
        complete(founding, cast.clerk)
    assert (founding.closed_on, founding.current(), stored(founding).state) == (DAY, None, State.DONE)
    for late in (lambda: complete(founding, cast.clerk),
                 lambda: founding.plan({}, due=TODAY, by=cast.clerk, today=TODAY),
                 lambda: founding.note(ready=[], obstacle=NO_HEAD, note="", by=cast.clerk, today=TODAY)):  # fmt: skip
        with pytest.raises(Conflict):
            late()


def test_the_chamber_comes_as_far_as_the_steps_lead(founding, cast):
    states = []
    for day in range(9):
        complete(founding, cast.clerk, day=DAY + dt.timedelta(days=day))
        founding.chamber.refresh_from_db()
        states.append(founding.chamber.state)
    assert states == ["preparing"] * 5 + ["approved"] * 2 + ["founded"] * 2
    assert (founding.chamber.founded_on, founding.chamber.term) == (DAY + dt.timedelta(days=7), 1)
    changes = founding.chamber.changes.order_by("pk").values_list("before", "after")
    assert list(changes) == [
        ("", "proposed"),
        ("proposed", "preparing"),
        ("preparing", "approved"),
        ("approved", "founded"),
    ]


def test_a_step_is_never_done_before_the_one_ahead_of_it(founding, cast):
    complete(founding, cast.clerk, day=dt.date(2020, 4, 8))
    with pytest.raises(ValueError, match="2020-04-08"):
        complete(founding, cast.clerk, day=dt.date(2020, 4, 7))
    assert FoundingStep.objects.done().count() == 1


def test_what_somebody_else_has_written_meanwhile_is_never_written_over(founding, cast):
    other = Founding.objects.get(pk=founding.pk)
    complete(founding, cast.clerk)
    with pytest.raises(Conflict):
        complete(other, cast.reviewer)
    assert FoundingStep.objects.done().count() == 1


def test_only_what_the_list_lets_be_skipped_is_skipped(founding, cast):
    with pytest.raises(ValueError, match="may not be skipped"):
        founding.skip(obstacle=Obstacle(), note="", by=cast.clerk, today=TODAY)
    FoundingStep.objects.filter(position=1).update(optional=True)
    founding.refresh_from_db()
    founding.skip(obstacle=Obstacle(), note="", by=cast.clerk, today=TODAY)
    assert (founding.current().label, FoundingStep.objects.get(position=1).skipped) == ("申请筹备", True)


WALK = st.lists(
    st.one_of(
        st.tuples(st.just("complete"), st.integers(0, 40)),
        st.tuples(st.just("skip"), st.just(0)),
        st.tuples(st.just("obstacle"), st.booleans()),
        st.tuples(st.just("plan"), st.integers(-40, 40)),
    ),
    max_size=25,
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(walk=WALK, optional=st.sets(st.integers(1, 9)))
def test_whatever_is_done_steps_stay_in_order_and_the_target_tells_the_same(db, walk, optional):
    from django.db import transaction

    with transaction.atomic():
        cast = Cast()
        founding = make_founding(by=cast.clerk)
        FoundingStep.objects.filter(position__in=optional).update(optional=True)
        for what, value in walk:
            try:
                with transaction.atomic():
                    take(founding, cast.clerk, what, value)
            except (ValueError, Conflict):
                founding = Founding.objects.get(pk=founding.pk)
            holds(Founding.objects.get(pk=founding.pk))
        transaction.set_rollback(True)


def take(founding, by, what, value):
    if what == "complete":
        complete(founding, by, day=DAY + dt.timedelta(days=value))
    elif what == "skip":
        founding.skip(obstacle=Obstacle(), note="", by=by, today=TODAY)
    elif what == "obstacle":
        founding.note(ready=[], obstacle=NO_HEAD if value else Obstacle(), note="", by=by, today=TODAY)
    elif current := founding.current():
        plans = {current.pk: (TODAY + dt.timedelta(days=value), "")}
        founding.plan(plans, due=dt.date(2020, 12, 31), by=by, today=TODAY)


def holds(founding):
    steps, target = founding.course(), stored(founding)
    over = [not step.is_open for step in steps]
    assert over == sorted(over, reverse=True)
    assert all(step.optional for step in steps if step.skipped)
    days = [step.done_on for step in steps if step.done_on]
    assert days == sorted(days)
    assert founding.is_open == (False in over)
    current = founding.current()
    assert (target.obstacle, target.obstacle_since) == (
        (current.obstacle, current.obstacle_since) if current else ("", None)
    )
    if not founding.is_open:
        assert target.state == State.DONE
    elif current.obstacle or current.is_late(TODAY):
        assert target.state == State.BEHIND
    else:
        assert target.state == (State.ACTIVE if days else State.PLANNED)


# ── the target ──


def test_the_first_step_sets_the_target_going_and_is_told_as_its_progress(founding, cast):
    assert stored(founding).state == State.PLANNED
    complete(founding, cast.clerk, day=dt.date(2020, 4, 8), note="已报区工商联。")
    line = stored(founding).progress.latest("pk")
    assert (stored(founding).state, line.state, line.day) == (State.ACTIVE, State.ACTIVE, dt.date(2020, 4, 8))
    assert line.note == "完成“发起人与筹备组”（2020年4月8日）。已报区工商联。"


def test_a_passed_day_of_the_plan_and_an_obstacle_put_it_behind(founding, cast):
    first = founding.current()
    plan = {first.pk: (dt.date(2020, 7, 9), "统战干事")}
    founding.plan(plan, due=dt.date(2020, 9, 30), by=cast.clerk, today=TODAY)
    assert stored(founding).state == State.BEHIND
    founding.plan({first.pk: (TODAY, "")}, due=dt.date(2020, 9, 30), by=cast.clerk, today=TODAY)
    assert stored(founding).state == State.PLANNED
    founding.note(ready=[], obstacle=NO_HEAD, note="", by=cast.clerk, today=TODAY)
    assert stored(founding).state == State.BEHIND


def test_the_sentence_of_the_plan_is_written_from_the_steps(founding, cast):
    complete(founding, cast.clerk, obstacle=NO_HEAD)
    assert item_text([stored(founding)]) == (
        "成立镇商会。因商会主要负责人人选问题，商会组建工作滞后，为此，必须确保9月底完成商会组建工作。"
    )
    founding.note(ready=[], obstacle=Obstacle("approval", "名称未核准", TODAY), note="", by=cast.clerk, today=TODAY)
    founding.plan({}, due=dt.date(2020, 10, 31), by=cast.clerk, today=TODAY)
    assert item_text([stored(founding)]) == (
        "成立镇商会。因名称未核准，商会组建工作滞后，为此，必须确保10月底完成商会组建工作。"
    )


def test_a_target_that_was_held_up_hands_its_obstacle_to_the_first_step(cast):
    founding = make_founding(by=cast.clerk, obstacle_type="person", obstacle=NO_HEAD.text, obstacle_since=NO_HEAD.since)
    assert (founding.current().obstacle, stored(founding).obstacle) == (NO_HEAD.text, NO_HEAD.text)


def test_a_founding_without_a_target_makes_one_for_the_half_year_of_its_deadline(cast):
    founding = Founding.begin(
        make_chamber(by=cast.clerk), target=None, due=dt.date(2020, 9, 30), day=DAY, by=cast.clerk, today=TODAY
    )
    target = stored(founding)
    assert (target.text, target.period, target.area, target.must) == ("成立云川区清溪镇商会", H2, "chamber", True)


def test_a_changed_deadline_moves_the_target_and_keeps_what_it_was(founding, cast):
    founding.plan({}, due=dt.date(2020, 10, 31), by=cast.clerk, today=TODAY)
    days = stored(founding).history.order_by("history_id").values_list("due", flat=True)
    assert list(days) == [None, dt.date(2020, 9, 30), dt.date(2020, 10, 31)]
    assert stored(founding).progress.latest("pk").note == "完成时限由2020年9月30日调整为2020年10月31日。"


def test_planned_days_that_do_not_follow_each_other_are_refused(founding, cast):
    first, second, *_ = founding.course()
    backwards = {first.pk: (dt.date(2020, 5, 2), ""), second.pk: (dt.date(2020, 5, 1), "")}
    for plans, due in (
        (backwards, dt.date(2020, 9, 30)),
        ({first.pk: (dt.date(2020, 10, 1), "")}, dt.date(2020, 9, 30)),
    ):
        with pytest.raises(ValueError, match="follow each other"):
            founding.plan(plans, due=due, by=cast.clerk, today=TODAY)
        founding = Founding.objects.get(pk=founding.pk)
    assert not FoundingStep.objects.exclude(planned_on=None).exists()


def test_a_change_of_the_plan_keeps_its_history(founding, cast, clerk):
    first = founding.current()
    for day in (dt.date(2020, 4, 10), dt.date(2020, 5, 10)):
        founding.plan({first.pk: (day, "统战干事")}, due=dt.date(2020, 9, 30), by=cast.clerk, today=TODAY)
    told = clerk.get(reverse("chamber", args=[founding.pk])).context["plan_history"]
    assert told[0]["text"] == "发起人与筹备组\n计划日期：2020-04-10 → 2020-05-10"


def test_dissolving_the_chamber_cancels_the_target(founding, cast):
    founding.chamber.refresh_from_db()
    founding.chamber.change("dissolved", day=TODAY, note="停止。", by=cast.clerk)
    founding.refresh_from_db()
    assert (founding.closed_on, stored(founding).state) == (TODAY, State.CANCELLED)


def test_carried_over_it_keeps_the_successor(founding, cast):
    complete(founding, cast.clerk, obstacle=NO_HEAD)
    before = stored(founding)
    founding.carry_over(due=dt.date(2021, 3, 31), by=cast.clerk, today=TODAY)
    after = stored(founding)
    before.refresh_from_db()
    assert (before.state, after.carried_from, after.period) == (State.FAILED, before, H2.after)
    assert (after.due, after.state, after.obstacle) == (dt.date(2021, 3, 31), State.BEHIND, NO_HEAD.text)
    assert (before.keeper, after.keeper) == ("", f"/chamber/{founding.pk}/")


def test_a_target_that_moved_in_the_same_moment_undoes_the_step(founding, cast, monkeypatch):
    def follow(*args, **kwargs):
        raise Conflict

    monkeypatch.setattr(Target, "follow", follow)
    with pytest.raises(Conflict):
        complete(founding, cast.clerk)
    assert FoundingStep.objects.done().count() == 0


# ── the guard on the target ──


@pytest.mark.parametrize(
    ("name", "value"),
    [("due", TODAY), ("obstacle", "别的"), ("area", "theory"), ("period", H2.after), ("kind", Target.Kind.QUALITATIVE)],
)  # fmt: skip
def test_what_the_founding_keeps_cannot_be_written_into_the_target(founding, name, value):
    target = stored(founding)
    setattr(target, name, value)
    with pytest.raises(Kept):
        target.rewrite()


def test_nor_its_progress_nor_its_carrying_over(founding, cast):
    with pytest.raises(Kept):
        stored(founding).move("done", day=TODAY, note="已完成。", by=cast.clerk)
    with pytest.raises(Kept):
        stored(founding).carry_over("没有完成。", TODAY, day=TODAY, by=cast.clerk)
    assert stored(founding).state == State.PLANNED


def test_the_rest_of_the_target_stays_its_own(founding):
    target = stored(founding)
    target.text, target.supporters = "成立清溪镇商会", "区工商联"
    target.rewrite()
    assert stored(founding).text == "成立清溪镇商会"


def test_a_target_no_founding_keeps_is_its_own(cast):
    other = make_target(by=cast.clerk, text="办好商会讲堂")
    other.due = TODAY
    other.rewrite()
    assert (other.keeper, stored_due(other)) == ("", TODAY)


def stored_due(target):
    return Target.objects.get(pk=target.pk).due


def test_the_targets_pages_say_where_it_is_kept(founding, clerk):
    page = clerk.get(reverse("target", args=[founding.target_id]))
    assert (page.context["form"], page.context["keeper"]) == (None, f"/chamber/{founding.pk}/")
    form = clerk.get(reverse("target_edit", args=[founding.target_id])).context["form"]
    assert not {"due", "obstacle", "obstacle_type", "obstacle_since", "area", "period", "kind"} & set(form.fields)
    assert (
        f'href="/chamber/{founding.pk}/"'
        in clerk.get(reverse("target_edit", args=[founding.target_id])).content.decode()
    )
    for name in ("target_progress", "target_carry_over"):
        answer = clerk.post(
            reverse(name, args=[founding.target_id]), {"state": "done", "day": TODAY, "note": "好", "version": 9}
        )
        assert (answer.status_code, answer.url.startswith(f"/chamber/{founding.pk}/")) == (302, True)
    assert stored(founding).state == State.PLANNED


def test_its_form_stores_what_is_its_own_and_leaves_the_rest(founding, clerk):
    version = stored(founding).version
    form = {"text": "成立清溪镇商会", "item": 1, "must": "on", "deliverable": "商会组建工作", "source": "own",
            "version": version, "due": "2021-01-01", "obstacle": "别的"}  # fmt: skip
    assert clerk.post(reverse("target_edit", args=[founding.target_id]), form).status_code == 302
    target = stored(founding)
    assert (target.text, target.due, target.obstacle) == ("成立清溪镇商会", dt.date(2020, 9, 30), "")


# ── the list of steps ──


def listed(*names):
    return [ListedStep(label=name) for name in names]


def test_a_new_list_is_for_new_foundings_only(founding, cast):
    steps = StepList.objects.for_unit(cast.district)
    steps.rewrite(listed("动议", "成立"))
    assert len(labels(Founding.objects.get(pk=founding.pk))) == 9
    later = make_founding(by=cast.outsider, chamber=make_chamber(by=cast.outsider))
    assert labels(later) == ["动议", "成立"]


def test_two_who_set_the_list_at_once_do_not_overwrite_each_other(cast):
    first, second = (StepList.objects.for_unit(cast.district) for _ in range(2))
    first.rewrite(listed("动议"))
    with pytest.raises(Conflict):
        second.rewrite(listed("成立"))
    assert [step.label for step in StepList.objects.for_unit(cast.district).in_order()] == ["动议"]
