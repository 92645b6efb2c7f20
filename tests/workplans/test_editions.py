"""After signing: a correction is another edition, and the signed page says what the ledger counts since."""

import threading

import pytest
from django.db import connections
from django.urls import reverse

from accounts.models import AuditEvent
from workplans import signing
from workplans.editions import latest, reopen
from workplans.models import Conflict, SignedDocument, Summary
from workplans.proof import proof_of

from ..cast import Cast
from ..factories import make_activity
from .summaries import DAY, NOW, edit, make_signed

TEXTS = {"structure": "二、格局\n召开座谈会{座谈会场次}场，走访12家。"}
REASON = "漏记一次座谈会"


@pytest.fixture
def document(cast):
    make_activity(by=cast.clerk, kind="forum")
    return make_signed(by=cast.signer, texts=TEXTS)


def page(client, summary, name="summary", query=""):
    return client.get(reverse(name, args=[summary.pk]) + query)


def sign(summary, cast):
    Summary.objects.filter(pk=summary.pk).update(state="signing")
    summary.refresh_from_db()
    return signing.sign(summary, cast.signer, NOW, DAY, proof_of(summary).sha256)


def test_reopening_asks_for_a_reason_and_begins_another_edition_with_the_same_words(cast, signer, document):
    address = reverse("summary_reopen", args=[document.summary_id])
    assert "重新开启2020年上半年？" in signer.get(address).content.decode()
    assert "reason" in signer.post(address, {"reason": ""}).context["form"].errors
    answer = signer.post(address, {"reason": REASON}, follow=True)
    edition = Summary.objects.get(edition=2)
    assert answer.redirect_chain == [(reverse("summary", args=[edition.pk]), 302)]
    assert (edition.state, edition.date, edition.title) == ("draft", None, document.summary.title)
    assert proof_of(edition).text == document.text
    assert REASON in answer.content.decode()
    event = AuditEvent.objects.get(action="reopen")
    assert (event.user, event.detail) == (cast.signer, REASON)


@pytest.mark.parametrize("person", ["clerk", "reviewer", "officer", "administrator", "outsider"])
def test_nobody_but_the_signer_reopens(cast, document, person):
    user = getattr(cast, person)
    answer = cast.client(user).post(reverse("summary_reopen", args=[document.summary_id]), {"reason": REASON})
    assert answer.status_code == 403
    with pytest.raises(Conflict):
        reopen(document.summary, user, REASON)
    assert Summary.objects.count() == 1


def test_the_signer_of_another_town_finds_nothing_to_reopen(cast, document):
    cast.outsider.role = "signer"
    cast.outsider.save()
    address = reverse("summary_reopen", args=[document.summary_id])
    assert cast.client(cast.outsider).post(address, {"reason": REASON}).status_code == 404


def test_what_is_open_already_or_was_superseded_is_not_reopened(cast, signer, document):
    edition = reopen(document.summary, cast.signer, REASON)
    for summary in (document.summary, edition):
        with pytest.raises(Conflict):
            reopen(summary, cast.signer, REASON)
    sign(edition, cast)
    answer = signer.post(reverse("summary_reopen", args=[document.summary_id]), {"reason": REASON}, follow=True)
    assert "只有最新一版已签发的总结才能重新开启。" in answer.content.decode()
    assert latest(document.summary) == edition


def test_the_signed_page_says_that_it_was_reopened_and_then_superseded(cast, clerk, district, document):
    edition = reopen(document.summary, cast.signer, REASON)
    told = page(clerk, document.summary).content.decode()
    assert ("正在更正，台账未锁定" in told, REASON in told, f"/summaries/{edition.pk}/" in told) == (True, True, True)
    assert f"/summaries/{edition.pk}/" not in page(district, document.summary).content.decode()
    sign(edition, cast)
    assert "这一版已由第2版取代。" in page(clerk, document.summary).content.decode()
    assert f"/summaries/{edition.pk}/" in page(district, document.summary).content.decode()
    assert "取代" not in page(clerk, edition).content.decode()


def test_the_list_tells_editions_apart(cast, clerk, document):
    reopen(document.summary, cast.signer, REASON)
    assert "（第2版）" in clerk.get("/summaries/?period=2020H1").content.decode()


def test_a_correction_is_shown_beside_the_last_signed_one(cast, clerk, document):
    edition = reopen(document.summary, cast.signer, REASON)
    make_activity(by=cast.clerk, kind="forum", title="补记的座谈会")
    edit(edition, "structure", "二、格局\n召开座谈会{座谈会场次}场，走访12家。\n另行补充一段。", by=cast.clerk)
    html = page(clerk, edition, "summary_changes").content.decode()
    assert (
        '召开座谈会<del><span class="change-mark">删</span>1</del><ins><span class="change-mark">增</span>2</ins>场'
        in html
    )
    assert '<ins><span class="change-mark">增</span>另行补充一段。</ins>' in html
    assert REASON in html
    signed = sign(edition, cast)
    assert signed.content_sha256 != document.content_sha256
    assert "另行补充一段。</ins>" in page(clerk, edition, "summary_changes").content.decode()


def test_the_first_edition_has_nothing_to_be_compared_with(clerk, document):
    assert page(clerk, document.summary, "summary_changes").status_code == 404


def test_the_district_compares_what_is_signed_and_nothing_else(cast, district, document):
    edition = reopen(document.summary, cast.signer, REASON)
    assert page(district, edition, "summary_changes").status_code == 404
    sign(edition, cast)
    assert page(district, edition, "summary_changes").status_code == 200


def test_the_signed_page_shows_the_figures_that_the_ledger_counts_otherwise_now(cast, clerk, district, document):
    assert "与签发时一致。" in page(clerk, document.summary).content.decode()
    reopen(document.summary, cast.signer, REASON)
    make_activity(by=cast.clerk, kind="forum", title="补记的座谈会")
    (moved,) = [each for each in page(clerk, document.summary).context["moved"] if each["metric"].label == "座谈会场次"]
    assert (moved["then"], moved["now"]) == (1, 2)
    assert page(district, document.summary).context["moved"] is None
    html = page(clerk, document.summary).content.decode()
    assert f'<a href="{reverse("figure", args=[moved["metric"].code])}?period=2020H1">座谈会场次</a>' in html


@pytest.mark.django_db(transaction=True)
def test_two_clicks_at_once_begin_one_edition():
    cast = Cast()
    summary, outcomes, together = make_signed(by=cast.signer).summary, [], threading.Barrier(2)

    def open_again() -> None:
        mine = Summary.objects.get(pk=summary.pk)
        together.wait()
        try:
            outcomes.append(reopen(mine, cast.signer, REASON).edition)
        except Conflict:
            outcomes.append("conflict")
        finally:
            connections.close_all()

    threads = [threading.Thread(target=open_again) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes, key=str) == [2, "conflict"]
    assert (Summary.objects.count(), SignedDocument.objects.count()) == (2, 1)
