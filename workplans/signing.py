"""Signing: the one moment at which a summary's words, figures, rows and PDF become fixed."""

from __future__ import annotations

import csv
import datetime as dt
import hashlib
import io
from collections.abc import Iterable

from django.db import transaction

from accounts.models import AuditEvent, User

from .document import render_pdf
from .ledger import Ledger
from .models import Activity, SignedDocument, SignedFigure, SignedRow, Summary
from .numerals import date_in_text
from .paper import Paper, blocks_of
from .resolve import Figure, Line, figures, plain, resolve, segments, unknown


class CannotSign(Exception):
    """The text names a figure that does not exist; `labels` are the words in the braces."""

    def __init__(self, labels: list[str]) -> None:
        super().__init__(", ".join(labels))
        self.labels = labels


def resolved(summary: Summary) -> list[Line]:
    """The whole text with its figures as the ledger has them now, section by section."""
    ledger = ledger_of(summary)
    return [line for section in summary.sections.order_by("position") for line in resolve(section.text, ledger)]


def ledger_of(summary: Summary) -> Ledger:
    return Ledger([summary.unit_id], summary.period)


def paper_of(summary: Summary, day: dt.date) -> Paper:
    """The paper as it would be signed on a day. Raises PaperRefused when it cannot be set."""
    ledger = ledger_of(summary)
    sections = [resolve(section.text, ledger) for section in summary.sections.order_by("position")]
    return Paper(
        title=summary.title,
        blocks=tuple(block for lines in sections for block in blocks_of(segments(lines))),
        signature=summary.unit.signature or summary.unit.name,
        date_text=date_in_text(summary.date or day),
    )


def sign(summary: Summary, by: User, at: dt.datetime, day: dt.date) -> SignedDocument:
    """Freeze the summary as it stands: text, every figure with the rows behind it, and the PDF's bytes.

    Raises CannotSign when the text names an unknown figure, Conflict when the summary is no longer before the signer.
    """
    with transaction.atomic():
        summary.date = summary.date or day
        summary.mark_signed(by)  # first: it locks the row, and everything after it sees what nobody can edit any more
        lines = resolved(summary)
        if wrong := unknown(lines):
            raise CannotSign([each.label for each in wrong])
        pdf = render_pdf(paper_of(summary, day))
        found = [(figure, list(_rows(figure, summary))) for figure in figures(lines)]
        document = SignedDocument.objects.create(
            unit_id=summary.unit_id, summary=summary, signed_by=by, signed_at=at, text=plain(lines),
            content_sha256=hashlib.sha256(content_of(plain(lines), found).encode()).hexdigest(),
            pdf=pdf, pdf_sha256=hashlib.sha256(pdf).hexdigest(),
        )  # fmt: skip
        _freeze_figures(document, found)
        AuditEvent.objects.record(by, AuditEvent.Action.SIGN, summary.title, document.pdf_sha256)
    return document


FrozenRow = tuple[str, dt.date | None, str, int]  # number, day, title, what it added


def content_of(text: str, found: Iterable[tuple[Figure, list[FrozenRow]]]) -> str:
    """Text, figures and rows in one fixed form, to be hashed."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["text", text])
    for figure, rows in found:
        writer.writerow(["figure", figure.metric.code, figure.exact, figure.printed])
        writer.writerows(["row", number, day or "", title, amount] for number, day, title, amount in rows)
    return out.getvalue()


def _rows(figure: Figure, summary: Summary) -> Iterable[FrozenRow]:
    metric = figure.metric
    for row in metric.rows([summary.unit_id], summary.period).order_by("pk"):
        if isinstance(row, Activity):
            number, day = row.ledger_number, row.date
        else:
            number, day = f"{row._meta.model_name} {row.pk}", getattr(row, "due", None)
        yield number, day, str(row), getattr(row, metric.column) if metric.column else 1


def _freeze_figures(document: SignedDocument, found: list[tuple[Figure, list[FrozenRow]]]) -> None:
    for position, (figure, rows) in enumerate(found, start=1):
        frozen = SignedFigure.objects.create(
            unit_id=document.unit_id, document=document, position=position, metric=figure.metric.code,
            label=figure.metric.label, exact=figure.exact, printed=figure.printed,
        )  # fmt: skip
        SignedRow.objects.bulk_create(
            SignedRow(unit_id=document.unit_id, figure=frozen, number=number, date=day, title=title, amount=amount)
            for number, day, title, amount in rows
        )
