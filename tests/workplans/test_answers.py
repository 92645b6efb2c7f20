"""Answering for targets: a summary is silent about none of those that were set for its half-year."""

import datetime as dt

import pytest
from django.urls import reverse

from workplans import answers, signing
from workplans.compose import draft, plan
from workplans.ledger import Ledger
from workplans.models import Conflict, Period, Target
from workplans.proof import proof_of
from workplans.resolve import plain, resolve

from ..factories import H1, H2, make_activity, make_target
from .summaries import DAY, NOW, edit, make_summary

WHY, DUE = "会长人选未定", dt.date(2020, 9, 30)


@pytest.fixture
def target(cast):
    return make_target(by=cast.clerk, period=H1, text="成立镇商会", deliverable="商会组建工作", must=True)


def typed(target, **fields):
    names = {"answer": "done", "why": "", "due": "", "version": target.version} | fields
    return {"target": target.pk, **{f"t{target.pk}-{name}": value for name, value in names.items()}}


def post(client, summary, target, **fields):
    return client.post(reverse("summary_targets", args=[summary.pk]), typed(target, **fields), follow=True)


def results(unit, period=H1):
    return plain(resolve(draft(unit, period)["results"], Ledger([unit.pk], period))).splitlines()


def test_a_summary_with_an_unanswered_target_goes_nowhere(cast, clerk, target):
    summary = make_summary(by=cast.clerk)
    seen = proof_of(summary).sha256
    assert "1 项目标还没有答复" in clerk.get(reverse("summary", args=[summary.pk])).content.decode()
    asked = clerk.get(reverse("summary_submit", args=[summary.pk])).content.decode()
    assert ("成立镇商会" in asked, 'name="seen"' in asked) == (True, False)
    page = clerk.post(reverse("summary_submit", args=[summary.pk]), {"seen": seen}, follow=True)
    assert "还有目标没有答复，答复后才能送审。" in page.content.decode()
    with pytest.raises(answers.Unanswered):
        signing.hand_on(summary, "submit", cast.clerk, seen)
    summary.refresh_from_db()
    assert summary.state == "draft"


def test_nor_is_it_signed(cast, target):
    summary = make_summary(by=cast.clerk, state="signing")
    with pytest.raises(answers.Unanswered):
        signing.sign(summary, cast.signer, NOW, DAY, proof_of(summary).sha256)


def test_targets_of_other_half_years_and_other_towns_are_not_asked_for(cast):
    make_target(by=cast.clerk, period=H2)
    make_target(by=cast.outsider, period=H1)
    make_target(by=cast.clerk, period=H1, state="done")
    assert not answers.owed(make_summary(by=cast.clerk)).exists()


def test_one_that_an_older_half_year_left_open_is_asked_for_too(cast, clerk):
    old = make_target(by=cast.clerk, period=Period.parse("2019H1"))
    summary = make_summary(by=cast.clerk)
    assert list(answers.owed(summary)) == [old]
    post(clerk, summary, old, answer="not_done", why=WHY, due="2020-09-30")
    assert Target.objects.get(carried_from=old).period == H2
    assert not answers.owed(summary).exists()


def test_done_is_told_with_the_figure_its_quantity_was_set_for(cast, clerk):
    make_activity(by=cast.clerk, kind="cadre_study", sessions=11)
    target = make_target(by=cast.clerk, period=H1, text="学习十次", metric="study_sessions", quantity=10)
    summary = make_summary(by=cast.clerk)
    post(clerk, summary, target, why="覆盖镇村两级。")
    target.refresh_from_db()
    assert (target.state, target.progress.get().note) == ("done", "覆盖镇村两级。")
    assert results(cast.town) == [
        "上半年目标任务完成情况",
        "确定目标任务1项，完成1项。",
        "学习十次：已完成，理论学习次数11次。覆盖镇村两级。",
    ]
    assert "{目标完成数}" in summary.sections.get(slot="results").text


def test_not_done_says_why_and_goes_on_in_the_next_plan_by_its_new_deadline(cast, clerk, target):
    summary = make_summary(by=cast.clerk)
    post(clerk, summary, target, answer="not_done", why=WHY, due="2020-09-30")
    target.refresh_from_db()
    successor = target.successor
    assert (target.state, successor.state, successor.due, successor.period) == ("failed", "planned", DUE, H2)
    assert results(cast.town)[1:] == [
        "确定目标任务1项，未完成1项。",
        "成立镇商会：未完成，主要原因是会长人选未定，结转下期，拟于9月底完成。",
    ]
    assert plan(cast.town, H2).splitlines()[1] == "一、成立镇商会。必须确保9月底完成商会组建工作。"
    texts = {section.slot: section.text for section in summary.sections.all()}
    assert ("主要原因是会长人选未定" in texts["results"], "必须确保9月底" in texts["plan"]) == (True, True)


def test_dropped_says_on_what_basis(cast, clerk, target):
    post(clerk, make_summary(by=cast.clerk), target, answer="dropped", why="区委统一安排", due="2020-09-30")
    target.refresh_from_db()
    assert (target.state, target.successor) == ("cancelled", None)
    assert results(cast.town)[1:] == ["另有1项不再实施。", "成立镇商会：不再实施，依据是区委统一安排。"]


def test_after_the_last_answer_the_summary_goes_on(cast, clerk, target):
    summary = make_summary(by=cast.clerk)
    page = post(clerk, summary, target).content.decode()
    assert "目标都已答复。" in page
    clerk.post(reverse("summary_submit", args=[summary.pk]), {"seen": proof_of(summary).sha256})
    summary.refresh_from_db()
    assert summary.state == "review"


@pytest.mark.parametrize(
    ("typed", "field", "said"),
    [
        ({"answer": ""}, "answer", "这个字段是必填项"),
        ({"answer": "not_done", "due": "2020-09-30"}, "why", "请写明未完成的原因。"),
        ({"answer": "not_done", "why": WHY}, "due", "未完成的目标要填新的完成时限。"),
        ({"answer": "not_done", "why": WHY, "due": "2020-06-30"}, "due", "新的时限应在2020-06-30之后。"),
        ({"answer": "dropped"}, "why", "请写明不再实施的依据。"),
        ({"answer": "done", "why": "请打 13812345678"}, "why", "手机号码"),
    ],
)
def test_a_half_answer_is_refused_beside_its_field_and_kept(cast, clerk, target, typed, field, said):
    page = post(clerk, make_summary(by=cast.clerk), target, **typed)
    assert said in str(page.context["form"].errors[field])
    assert all(value in page.content.decode() for value in typed.values())
    target.refresh_from_db()
    assert target.is_open


def test_people_who_edited_the_results_keep_their_words(cast, clerk, target):
    summary = make_summary(by=cast.clerk)
    edit(summary, "results", "我写的完成情况。", by=cast.clerk)
    post(clerk, summary, target)
    section = summary.sections.get(slot="results")
    assert (section.text, section.is_overtaken) == ("我写的完成情况。", True)


@pytest.mark.parametrize(("person", "state"), [("signer", "signing"), ("clerk", "review"), ("reviewer", "signing")])
def test_only_who_may_write_the_summary_answers(cast, target, person, state):
    summary = make_summary(by=cast.clerk, state=state)
    page = post(cast.client(getattr(cast, person)), summary, target)
    assert "不能答复目标。" in page.content.decode()
    target.refresh_from_db()
    assert target.is_open


def test_a_target_that_moved_since_it_was_read_is_not_answered_unseen(cast, clerk, target):
    summary, old = make_summary(by=cast.clerk), typed(target)
    target.move("active", day=DAY, note="有进展", by=cast.reviewer)
    page = clerk.post(reverse("summary_targets", args=[summary.pk]), old, follow=True)
    assert "这项目标刚刚有人更新过" in page.content.decode()
    target.refresh_from_db()
    assert target.is_open


def test_an_answer_and_its_sentence_are_stored_together_or_not_at_all(cast, target):
    summary = make_summary(by=cast.clerk, state="signing")
    with pytest.raises(Conflict):
        answers.answer(summary, target, "done", "", None, by=cast.clerk, at=NOW, day=DAY)
    assert Target.objects.get(pk=target.pk).is_open
