"""起草 → 审核 → 签发: every state, every step, everybody."""

from itertools import product

import pytest
from django.urls import reverse

from workplans.models import Summary
from workplans.proof import proof_of

from .summaries import make_summary

PEOPLE = ["clerk", "reviewer", "signer", "officer", "administrator", "outsider"]
ADDRESS = {
    "submit": "summary_submit",
    "approve": "summary_approve",
    "send_back": "summary_send_back",
    "sign": "summary_sign",
}
CELLS = list(product(Summary.State.values, ADDRESS, PEOPLE))
# Who may take which step from which state, and where it leads. Everything else must change nothing.
ALLOWED = {
    ("draft", "submit", "clerk"): "review",
    ("draft", "submit", "reviewer"): "review",
    ("review", "approve", "reviewer"): "signing",
    ("review", "send_back", "reviewer"): "draft",
    ("signing", "send_back", "signer"): "draft",
    ("signing", "sign", "signer"): "signed",
}


@pytest.mark.parametrize(("state", "action", "person"), CELLS)
def test_each_step_is_open_to_the_right_person_in_the_right_state_alone(cast, state, action, person):
    summary = make_summary(by=cast.clerk, state=state)
    answer = cast.client(getattr(cast, person)).post(
        reverse(ADDRESS[action], args=[summary.pk]), {"seen": proof_of(summary).sha256, "reason": "请补充数字"}
    )
    summary.refresh_from_db()
    expected = ALLOWED.get((state, action, person), state)
    assert (summary.state, answer.status_code < 500) == (expected, True)
    assert summary.steps.exclude(action="compose").count() == (expected != state)


@pytest.mark.parametrize(("state", "action", "person"), CELLS)
def test_the_models_refuse_what_the_pages_refuse(cast, state, action, person):
    user = getattr(cast, person)
    summary = make_summary(by=cast.clerk, state=state)
    assert summary.may(action, user) == ((state, action, person) in ALLOWED)


def test_a_second_click_says_that_it_is_done_and_takes_no_second_step(cast, clerk):
    summary = make_summary(by=cast.clerk)
    seen = {"seen": proof_of(summary).sha256}
    clerk.post(reverse("summary_submit", args=[summary.pk]), seen)
    page = clerk.post(reverse("summary_submit", args=[summary.pk]), seen, follow=True)
    assert "这份总结现在是“待审核”，不能送审。" in page.content.decode()
    assert summary.steps.filter(action="submit").count() == 1


def test_a_step_names_the_words_it_was_taken_on(cast, clerk):
    summary = make_summary(by=cast.clerk)
    seen = proof_of(summary).sha256
    clerk.post(reverse("summary_submit", args=[summary.pk]), {"seen": seen})
    assert summary.steps.get(action="submit").seen_sha256 == seen


def test_words_that_changed_since_they_were_shown_are_not_handed_on(cast, clerk):
    summary = make_summary(by=cast.clerk)
    seen = proof_of(summary).sha256
    summary.sections.get(slot="intro").rewrite("另一个开头。", cast.reviewer, summary.created_at)
    page = clerk.post(reverse("summary_submit", args=[summary.pk]), {"seen": seen}, follow=True)
    assert "您打开后正文或数字有变化，没有送审。" in page.content.decode()
    summary.refresh_from_db()
    assert summary.state == "draft"


def test_a_text_with_an_unknown_figure_is_not_submitted(cast, clerk):
    summary = make_summary(by=cast.clerk, texts={"theory": "学习{学习天数}次"})
    asked = clerk.get(reverse("summary_submit", args=[summary.pk])).content.decode()
    assert "{学习天数}" in asked
    assert 'name="seen"' not in asked
    page = clerk.post(reverse("summary_submit", args=[summary.pk]), {"seen": proof_of(summary).sha256}, follow=True)
    assert "正文里有不认识的数字名称：{学习天数}。" in page.content.decode()
    summary.refresh_from_db()
    assert summary.state == "draft"


def test_a_text_that_cannot_be_set_as_a_paper_is_not_submitted(cast, clerk):
    long = dict.fromkeys(("theory", "structure"), "字" * 6_000)
    summary = make_summary(by=cast.clerk, texts=long)
    page = clerk.post(reverse("summary_submit", args=[summary.pk]), {"seen": proof_of(summary).sha256}, follow=True)
    assert "正文还不能排版：全文不得超过10000字" in page.content.decode()
    summary.refresh_from_db()
    assert summary.state == "draft"


def test_sending_back_needs_a_reason_and_shows_it_to_the_writer(cast, clerk, reviewer):
    summary = make_summary(by=cast.clerk, state="review")
    address = reverse("summary_send_back", args=[summary.pk])
    assert "退回理由" in reviewer.post(address, {"reason": ""}).content.decode()
    summary.refresh_from_db()
    assert summary.state == "review"
    reviewer.post(address, {"reason": "第二部分请写明会议次数"})
    assert "第二部分请写明会议次数" in clerk.get(reverse("summary", args=[summary.pk])).content.decode()


def test_a_reason_holds_no_telephone_number(cast, reviewer):
    summary = make_summary(by=cast.clerk, state="review")
    answer = reviewer.post(reverse("summary_send_back", args=[summary.pk]), {"reason": "请打 13812345678"})
    assert "手机号码" in answer.content.decode()


def test_the_step_before_names_the_paper(cast, signer):
    summary = make_summary(by=cast.clerk, state="signing")
    page = signer.get(reverse("summary_sign", args=[summary.pk])).content.decode()
    assert f"签发《{summary.title}》？" in page
