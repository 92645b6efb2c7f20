"""Numbers in a text: those typed by hand, which the reviewer may let stand, and those that moved since it was saved."""

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from workplans.editions import reopen
from workplans.models import AcceptedNumber, Conflict, SeenFigure, Summary
from workplans.proof import proof_of, rewrite
from workplans.resolve import resolve
from workplans.signing import sign
from workplans.typed import accept, typed_numbers

from ..factories import make_activity
from .summaries import DAY, NOW, edit, make_summary

TEXT = "二、格局\n召开座谈会{座谈会场次}场。走访12家，慰问3人；共12家。"
GROUND = "区委文件〔2020〕3号"


class Nothing:
    def value(self, metric) -> int:
        return 0

    def printed(self, metric, rule) -> str:
        return "0"


def numbers(text):
    return [(each.printed, each.sentence) for each in typed_numbers("x", resolve(text, Nothing()))]


@pytest.fixture
def summary(cast):
    make_activity(by=cast.clerk, kind="forum")
    return make_summary(by=cast.clerk, texts={"structure": TEXT})


def address(summary):
    return reverse("summary_numbers", args=[summary.pk])


def post(client, summary, printed, reason=GROUND):
    number = next(each for each in proof_of(summary).typed if each.printed == printed)
    form = {"number": "-".join(number.key), f"{number.sha256[:8]}-reason": reason}
    return client.post(address(summary), form, follow=True)


def test_each_typed_number_is_known_by_its_sentence():
    assert numbers("走访12家。慰问3人，捐款3.5万元；其余不计\n共12家") == [
        ("12", "走访12家。"), ("3", "慰问3人，捐款3.5万元；"), ("3.5", "慰问3人，捐款3.5万元；"), ("12", "共12家"),
    ]  # fmt: skip


def test_figures_and_days_are_no_typed_numbers_and_stand_in_the_sentence_by_name():
    assert numbers("2020年6月检查{安全检查次数}次，走访5家。") == [("5", "2020年6月检查{安全检查次数}次，走访5家。")]


@given(st.text("甲。；！12{}\n", max_size=40))
def test_no_text_is_too_odd_to_find_its_numbers(text):
    for printed, sentence in numbers(text):
        assert printed in sentence


def test_a_giant_number_can_be_accepted_too(cast, reviewer):
    summary = make_summary(by=cast.clerk, texts={"structure": "共" + "1" * 80 + "家。"})
    post(reviewer, summary, "1" * 80)
    assert proof_of(summary).unaccepted == []


def test_they_are_listed_and_the_reviewer_lets_one_stand(cast, reviewer, summary):
    assert "手填数字 3 处，3 处未认可" in reviewer.get(reverse("summary", args=[summary.pk])).content.decode()
    page = post(reviewer, summary, "3").content.decode()
    assert ("已认可“3”" in page, GROUND in page) == (True, True)
    entry = AcceptedNumber.objects.get()
    assert (entry.printed, entry.sentence, entry.by) == ("3", "走访12家，慰问3人；", cast.reviewer)
    assert "手填数字 3 处，2 处未认可" in reviewer.get(reverse("summary", args=[summary.pk])).content.decode()


def test_it_is_asked_for_again_only_when_its_sentence_changes(cast, summary):
    proof = proof_of(summary)
    for number in proof.typed:
        accept(summary, number, GROUND, cast.reviewer)
    edit(summary, "structure", TEXT.replace("共12家", "共12家企业").replace("召开", "先后召开"), by=cast.clerk)
    make_activity(by=cast.clerk, kind="forum", title="又一次座谈会")
    assert [number.sentence for number in proof_of(summary).unaccepted] == ["共12家企业。"]


def test_the_next_edition_keeps_what_was_accepted(cast, summary):
    accept(summary, proof_of(summary).typed[0], GROUND, cast.reviewer)
    Summary.objects.filter(pk=summary.pk).update(state="signing")
    summary.refresh_from_db()
    sign(summary, cast.signer, NOW, DAY, proof_of(summary).sha256)
    edition = reopen(summary, cast.signer, "更正")
    assert len(proof_of(edition).unaccepted) == 2


def test_a_ground_is_needed_and_holds_no_telephone_number(reviewer, summary):
    for reason in ("", "请打 13812345678"):
        assert post(reviewer, summary, "3", reason).context["form"].errors["reason"]
    assert not AcceptedNumber.objects.exists()


@pytest.mark.parametrize(("person", "state"), [("clerk", "draft"), ("signer", "signing"), ("reviewer", "signing")])
def test_only_the_reviewer_accepts_and_only_while_he_may_write(cast, summary, person, state):
    Summary.objects.filter(pk=summary.pk).update(state=state)
    page = post(cast.client(getattr(cast, person)), summary, "3")
    assert "没有认可" in page.content.decode()
    assert not AcceptedNumber.objects.exists()


def test_the_model_refuses_it_too(cast, summary):
    Summary.objects.filter(pk=summary.pk).update(state="signing")
    summary.refresh_from_db()
    with pytest.raises(Conflict):
        accept(summary, proof_of(summary).typed[0], GROUND, cast.reviewer)


def test_another_town_may_have_to_accept_the_same_sentence(cast, summary):
    accept(summary, proof_of(summary).typed[0], GROUND, cast.reviewer)
    other = make_summary(by=cast.outsider, texts={"structure": TEXT})
    assert len(proof_of(other).unaccepted) == 3


def test_who_signs_is_told_how_many_nobody_has_accepted(cast, signer, summary):
    accept(summary, proof_of(summary).typed[0], GROUND, cast.reviewer)
    Summary.objects.filter(pk=summary.pk).update(state="signing")
    assert "3处，其中2处没有认可" in signer.get(reverse("summary_sign", args=[summary.pk])).content.decode()


# ── figures that moved ──


def page(client, summary, slot="structure"):
    return client.get(reverse("summary", args=[summary.pk]) + f"?section={slot}").content.decode()


def test_a_figure_that_moved_since_the_text_was_saved_is_marked_with_both_values(cast, clerk, summary):
    rewrite(summary.sections.get(slot="structure"), TEXT + "完。", cast.clerk, NOW)
    assert "figure moved" not in page(clerk, summary)
    make_activity(by=cast.clerk, kind="forum", title="又一次座谈会")
    html = page(clerk, summary)
    assert 'class="figure moved"' in html
    assert "（保存时 1，现在 2）" in html
    assert "座谈会场次 1 → 2" in html


def test_saving_again_puts_the_mark_out(cast, clerk, summary):
    make_activity(by=cast.clerk, kind="forum", title="又一次座谈会")
    section = summary.sections.get(slot="figures")
    assert "figure moved" in page(clerk, summary, "figures")
    form = {"text": section.text, "version": section.version}
    clerk.post(reverse("section", args=[summary.pk, "figures"]), form)
    assert not proof_of(summary).moved


def test_composing_again_puts_it_out_where_nobody_has_written(cast, clerk, summary):
    rewrite(summary.sections.get(slot="structure"), TEXT + "完。", cast.clerk, NOW)
    make_activity(by=cast.clerk, kind="forum", title="又一次座谈会")
    clerk.post(reverse("summary_recompose", args=[summary.pk]))
    assert [section.section.slot for section in proof_of(summary).sections if section.moved] == ["structure"]


def test_a_figure_that_came_back_is_not_marked(cast, summary):
    row = make_activity(by=cast.clerk, kind="forum", title="又一次座谈会")
    row.void("重复")
    assert not proof_of(summary).moved


def test_what_was_seen_is_kept_once_a_metric(cast, summary):
    section = summary.sections.get(slot="structure")
    for text in (TEXT, TEXT + "再记{座谈会场次}场，{安全检查次数}次。"):
        rewrite(section, text, cast.clerk, NOW)
    seen = dict(SeenFigure.objects.filter(section=section).values_list("metric", "value"))
    assert seen == {"forums": 1, "inspections": 0}


def test_the_count_of_characters_stands_against_both_limits(cast, clerk):
    summary = make_summary(by=cast.clerk, texts={"intro": "字" * 3000})
    assert "（专项报告限 4000 字）" not in page(clerk, summary)
    edit(summary, "intro", "字" * 4000, by=cast.clerk)
    assert "（专项报告限 4000 字）" in page(clerk, summary)
    edit(summary, "intro", "字" * 5500, by=cast.clerk)
    html = page(clerk, summary)
    assert ("（专项报告限 4000 字）" in html, 'class="review-wrong">全文' in html) == (False, True)
