"""Signing freezes words, figures, rows and bytes; nothing that happens afterwards changes them."""

import datetime as dt
import hashlib
import io
import re
import threading

import pypdf
import pytest
from django.db import DatabaseError, connection, connections, transaction
from django.urls import reverse
from django.utils import translation

from accounts.models import AuditEvent
from workplans import signing
from workplans.editions import reopen
from workplans.models import Conflict, SignedDocument, SignedFigure, SignedRow, Summary
from workplans.paper import PaperRefused, blocks_of
from workplans.proof import proof_of

from ..cast import Cast
from ..factories import make_activity, make_event, make_hazard, make_target, make_venue
from .summaries import DAY, NOW, make_signed, make_summary

TEXTS = {
    "religion": "四、宗教\n开展安全检查{安全检查次数}次，发现隐患{隐患发现处数:余}处，共12家。再查{安全检查次数}次。"
}


def frozen() -> list:
    return [
        *SignedDocument.objects.values_list("text", "content_sha256", "pdf_sha256", "signed_at"),
        *SignedFigure.objects.order_by("position").values_list("metric", "label", "exact", "printed", "start"),
        *SignedRow.objects.order_by("pk").values_list("number", "date", "title", "amount"),
    ]


def inspect(cast, venue, title, hazards=16):
    row = make_event(by=cast.clerk, venue=venue, title=title)
    for number in range(hazards):
        make_hazard(by=cast.clerk, venue=venue, row=row, description=f"隐患{number}")
    return row


@pytest.fixture
def venue(cast):
    return make_venue(by=cast.clerk)


@pytest.fixture
def checked(cast, venue):
    return inspect(cast, venue, "节前安全检查")


def test_it_freezes_the_words_with_every_figure_and_its_rows(cast, checked):
    document = make_signed(by=cast.signer, texts=TEXTS)
    figures = list(document.figures.filter(label__in=["安全检查次数", "隐患发现处数"]).order_by("position"))
    assert [(f.label, f.exact, f.printed) for f in figures] == [
        ("安全检查次数", 1, "1"), ("隐患发现处数", 16, "10余"), ("安全检查次数", 1, "1"),
    ]  # fmt: skip
    assert [document.text[f.start : f.start + len(f.printed)] for f in figures] == ["1", "10余", "1"]
    assert "开展安全检查1次，发现隐患10余处，共12家。再查1次。" in document.text
    rows = [list(figure.rows.values_list("number", "date", "title", "amount")) for figure in figures]
    assert rows[0] == rows[2] == [(checked.ledger_number, checked.date, "节前安全检查", 1)]
    assert sorted(rows[1]) == sorted((checked.ledger_number, checked.date, f"隐患{number}", 1) for number in range(16))


def test_every_frozen_figure_is_the_sum_of_its_frozen_rows(cast, checked):
    make_activity(by=cast.clerk, kind="information", quantity=3)
    document = make_signed(by=cast.signer, texts=TEXTS)
    for figure in document.figures.all():
        assert sum(figure.rows.values_list("amount", flat=True)) == figure.exact


def test_its_hashes_are_those_of_what_it_holds(cast, checked):
    document = make_signed(by=cast.signer, texts=TEXTS)
    stored = SignedDocument.objects.get()
    assert hashlib.sha256(bytes(stored.pdf)).hexdigest() == stored.pdf_sha256
    content = signing.content_of(proof_of(document.summary), DAY)
    assert (content.sha256, content.code) == (stored.content_sha256, stored.code)
    assert AuditEvent.objects.get(action="sign").detail == stored.pdf_sha256


def test_later_ledger_edits_change_nothing(cast, checked, signer):
    document = make_signed(by=cast.signer, texts=TEXTS)
    before, address = frozen(), reverse("summary_pdf", args=[document.summary_id])
    pdf = b"".join(signer.get(address))
    reopen(document.summary, cast.signer, "更正")
    hazard = checked.hazards.first()
    checked.title = hazard.description = "改过的标题"
    checked.rewrite({})
    hazard.rewrite()
    make_activity(by=cast.clerk, kind="inspection")
    checked.void("重复")
    assert frozen() == before
    assert b"".join(signer.get(address)) == pdf == bytes(document.pdf)
    page = signer.get(reverse("summary", args=[document.summary_id]) + "?figure=1").content.decode()
    assert "改过的标题" not in page


def test_the_page_shows_the_rows_of_a_figure_as_they_were_signed(cast, checked, signer):
    document = make_signed(by=cast.signer, texts=TEXTS)
    figure = document.figures.filter(label="隐患发现处数").first()
    reopen(document.summary, cast.signer, "更正")
    checked.void("重复")
    page = signer.get(reverse("summary", args=[document.summary_id]) + f"?figure={figure.position}").content.decode()
    assert "隐患0" in page
    assert checked.ledger_number in page
    assert document.code in page
    assert document.pdf_sha256 in page
    assert signer.get(reverse("summary", args=[document.summary_id]) + "?figure=999").status_code == 404


def test_the_signed_words_are_set_as_the_pdf_is(cast, checked):
    make_target(by=cast.clerk)
    document = make_signed(by=cast.signer, texts=TEXTS)
    proof = proof_of(document.summary)
    shown = blocks_of(document.segments(document.figures.order_by("position")))
    printed = signing.paper_of(proof, DAY).blocks
    assert [(b.kind, b.level, b.text) for b in shown] == [(b.kind, b.level, b.text) for b in printed]
    assert [b.text for b in shown if b.kind == "heading0"] == ["下半年重点工作"]


def test_sections_refuse_every_change_afterwards(cast, checked, clerk):
    document = make_signed(by=cast.signer, texts=TEXTS)
    section = document.summary.sections.get(slot="intro")
    for change in (
        lambda: section.rewrite("改", cast.reviewer, NOW),
        lambda: section.recompose("改", NOW),
        lambda: section.use_composed(cast.clerk, NOW),
        lambda: document.summary.rename("改", None, cast.reviewer),
    ):
        with pytest.raises(Conflict):
            change()
    answer = clerk.post(
        reverse("section", args=[document.summary_id, "intro"]), {"text": "我写的话", "version": section.version}
    )
    assert (answer.status_code, "我写的话" in answer.content.decode()) == (409, True)


@pytest.mark.parametrize("model", [SignedDocument, SignedFigure, SignedRow])
def test_neither_models_nor_database_change_a_signed_row(cast, checked, model):
    make_signed(by=cast.signer, texts=TEXTS)
    row = model.objects.first()
    for change in (
        row.save,
        row.delete,
        model.objects.all().delete,
        lambda: model.objects.update(unit=cast.other_town),
    ):
        with pytest.raises(TypeError):
            change()
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE {model._meta.db_table} SET unit_id = unit_id")  # noqa: S608


def test_a_ledger_edit_between_reading_and_signing_makes_no_document(cast, checked):
    summary = make_summary(by=cast.signer, state="signing")
    seen = proof_of(summary).sha256
    make_activity(by=cast.clerk, kind="inspection")
    with pytest.raises(signing.Changed):
        signing.sign(summary, cast.signer, NOW, DAY, seen)
    assert not SignedDocument.objects.exists()


def test_a_row_exchanged_while_the_pdf_is_made_makes_no_document(cast, venue, checked, monkeypatch):
    """The figure stays the same, and so do the words; the rows behind it do not."""
    summary = make_summary(by=cast.clerk, texts=TEXTS, state="signing")
    render = signing.render_pdf

    def meanwhile(*paper):
        checked.void("重复")
        inspect(cast, venue, "另一次检查")
        return render(*paper)

    monkeypatch.setattr(signing, "render_pdf", meanwhile)
    with pytest.raises(signing.Changed):
        signing.sign(summary, cast.signer, NOW, DAY, proof_of(summary).sha256)
    summary.refresh_from_db()
    assert (summary.state, SignedDocument.objects.count()) == ("signing", 0)


def test_an_unknown_figure_or_hostile_text_is_not_signed(cast):
    unknown = make_summary(by=cast.clerk, texts={"intro": "共{没有的数}次"}, state="signing")
    with pytest.raises(signing.CannotSign):
        signing.sign(unknown, cast.signer, NOW, DAY, proof_of(unknown).sha256)
    hostile = make_summary(by=cast.outsider, texts={"intro": "字" + "\u0301" * 2000}, state="signing")
    with pytest.raises(PaperRefused):
        signing.sign(hostile, cast.signer, NOW, DAY, proof_of(hostile).sha256)


def test_an_undated_paper_takes_the_day_of_signing_and_a_dated_one_keeps_its_own(cast):
    assert make_signed(by=cast.signer).summary.date == DAY
    dated = make_summary(by=cast.outsider, state="draft")
    Summary.objects.filter(pk=dated.pk).update(state="signing", date=dt.date(2020, 6, 30))
    dated.refresh_from_db()
    other_signer = cast.outsider
    other_signer.role = "signer"
    signing.sign(dated, other_signer, NOW, DAY, proof_of(dated).sha256)
    assert Summary.objects.get(pk=dated.pk).date == dt.date(2020, 6, 30)


def test_the_code_of_a_paper_tells_nothing_that_the_paper_does_not(cast, checked):
    """10余 was 16 hazards; with 17 the paper reads the same and has the same code, but not the same content."""
    summary = make_summary(by=cast.clerk, texts=TEXTS)
    before = signing.content_of(proof_of(summary), DAY)
    make_hazard(by=cast.clerk, venue=checked_venue(checked), row=checked, description="又一处隐患")
    after = signing.content_of(proof_of(summary), DAY)
    assert (before.text, before.code) == (after.text, after.code)
    assert before.sha256 != after.sha256


def test_a_document_that_was_signed_before_papers_bore_codes_keeps_its_own():
    assert SignedDocument(pdf_sha256="ab12" * 16).code == "AB12AB12AB"


def checked_venue(row):
    return row.hazards.first().venue


def words(document) -> str:
    pages = pypdf.PdfReader(io.BytesIO(bytes(document.pdf))).pages
    return re.sub(r"\s", "", "".join(page.extract_text() for page in pages))


def test_the_annex_of_sources_is_printed_when_the_signer_wants_it(cast, checked, signer):
    summary = make_summary(by=cast.clerk, texts=TEXTS, state="signing")
    form = {"seen": proof_of(summary).sha256, "annex": "on"}
    signer.post(reverse("summary_sign", args=[summary.pk]), form)
    told = words(SignedDocument.objects.get())
    assert "附件：数字来源数字名称文中准确数台账号" in told
    assert f"隐患发现处数10余16{checked.ledger_number}" in told
    assert told.count("安全检查次数11" + checked.ledger_number) == 1  # though the text names it twice


def test_without_it_the_paper_ends_with_its_date(cast, checked):
    assert "数字来源" not in words(make_signed(by=cast.signer, texts=TEXTS))


@pytest.mark.django_db(transaction=True)
def test_two_signers_at_once_make_one_document():
    cast = Cast()
    summary = make_summary(by=cast.clerk, state="signing")
    seen, outcomes, together = proof_of(summary).sha256, [], threading.Barrier(2)

    def sign() -> None:
        mine = Summary.objects.select_related("unit").get(pk=summary.pk)
        together.wait()
        try:
            outcomes.append(signing.sign(mine, cast.signer, NOW, DAY, seen).code)
        except Conflict:
            outcomes.append("conflict")
        finally:
            connections.close_all()

    threads = [threading.Thread(target=sign) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    document = SignedDocument.objects.get()
    assert sorted(outcomes) == sorted([document.code, "conflict"])
    assert summary.steps.filter(action="sign").count() == 1


def test_rows_of_registers_are_frozen_in_chinese_whichever_language_the_signer_reads(cast):
    make_venue(by=cast.clerk, registered_on=dt.date(2020, 3, 16))
    make_event(by=cast.clerk, venue=make_venue(by=cast.clerk, name="西塘教堂"), kind="dispute", title="排查")
    with translation.override("en"):
        make_signed(by=cast.signer, texts={"religion": "四、宗教\n场所变动{场所变动次数}次。"})
    row = SignedRow.objects.get()
    assert (re.sub(r"\d+", "", row.number).strip(), row.title) == ("场所变动", "灵山寺 登记")
