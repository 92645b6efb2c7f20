"""Signing: the one moment at which a summary's words, figures, rows and PDF become fixed.

Rendering takes seconds, and SQLite has one writer at a time; so the PDF is made before the transaction, from a copy of
everything that will be frozen. Inside the transaction the summary is moved on first, which locks it against any editor
and any second signer; then everything is read again and compared with the copy. Whatever differs, a word, a figure or a
row behind it, refuses the signature: the signer signs what he has read, or reads it again. So two signers at once make
one document, and a ledger edit between reading and signing makes none.
"""

from __future__ import annotations

import csv
import datetime as dt
import hashlib
import io
from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.conf import settings
from django.db import models, transaction
from django.utils import translation

from accounts.models import AuditEvent, User

from . import sources
from .answers import Unanswered, owed
from .document import refuse_unprintable, render_pdf
from .metrics import Metric
from .models import PaperFormat, SignedDocument, SignedFigure, SignedRow, Summary, SummaryLetter, shanghai_day
from .numerals import date_in_text
from .paper import Paper, PaperRefused, Source, blocks_of, broken_title
from .proof import Proof, proof_of
from .resolve import Figure, placed_figures

CODE_LENGTH = 12  # of 64 hexadecimal digits
FrozenRow = tuple[str, dt.date | None, str, int]  # number, day, title, what it added
PlacedFigure = tuple[int, Figure, tuple[FrozenRow, ...]]  # its place in the text, itself, the rows behind it


class CannotSign(Exception):
    """The text names a figure that does not exist; `labels` are the braces as they were written."""

    def __init__(self, labels: list[str]) -> None:
        super().__init__(", ".join(labels))
        self.labels = labels


class Changed(Exception):
    """The words, a figure or a row behind one is another than the person who takes the step has read."""


@dataclass(frozen=True)
class Content:
    """Everything that signing freezes but the PDF. Two are equal when nothing moved between them."""

    of: tuple[str, str, int]  # unit, half-year, edition: the same words of another are another paper
    paper: Paper
    text: str
    figures: tuple[PlacedFigure, ...]

    @property
    def head(self) -> list[object]:
        letter = self.paper.letter.texts if self.paper.letter else ()
        return ["paper", *self.of, self.paper.title, self.paper.signature, self.paper.date_text, *letter]

    @property
    def code(self) -> str:
        """版本码. It stands in the PDF, so it cannot name the bytes; it names the paper by what everybody reads on it.

        Exact values and rows are left out: what a paper withholds could be found by trying until the code fits.
        """
        digits = hashlib.sha256(_csv([self.head, ["text", self.text]])).hexdigest()[:CODE_LENGTH].upper()
        return "-".join(digits[at : at + 4] for at in range(0, CODE_LENGTH, 4))

    @property
    def sha256(self) -> str:
        """Of head, text, figures and rows in one fixed form."""
        lines: list[list[object]] = [self.head, ["text", self.text]]
        for start, figure, rows in self.figures:
            lines.append(["figure", start, figure.metric.code, figure.exact, figure.printed])
            lines += [["row", number, day or "", title, amount] for number, day, title, amount in rows]
        return hashlib.sha256(_csv(lines)).hexdigest()


def _csv(lines: Iterable[list[object]]) -> bytes:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(lines)
    return out.getvalue().encode()


def sign(
    summary: Summary, by: User, at: dt.datetime, day: dt.date, seen: str, *, annex: bool = False
) -> SignedDocument:
    """Freeze the summary as it stands: text, every figure with the rows behind it, and the PDF's bytes.

    With `annex` the PDF ends with the sources of its figures.

    `seen` is the `Proof.sha256` of what the signer read; `day` dates the paper when nobody has. Raises CannotSign when
    the text names an unknown figure, PaperRefused when it cannot be set, Changed when it is no longer what was read,
    Conflict when the summary is not, or no longer, before the signer.
    """
    proof = proof_of(summary)
    if proof.sha256 != seen:
        raise Changed
    refuse_faults(proof)
    content = content_of(proof, day)
    paper = replace(content.paper, code=content.code, sources=sources_of(content) if annex else ())
    pdf = pdf_of(paper, content.figures)
    with transaction.atomic():
        summary.date = summary.date or day
        summary.mark_signed(by, seen)
        if content_of(proof_of(summary), day) != content:
            raise Changed
        document = SignedDocument.objects.create(
            unit_id=summary.unit_id, summary=summary, signed_by=by, signed_at=at, text=content.text,
            signature=content.paper.signature, version_code=content.code, content_sha256=content.sha256,
            pdf=pdf, pdf_sha256=hashlib.sha256(pdf).hexdigest(),
        )  # fmt: skip
        _freeze_figures(document, content)
        AuditEvent.objects.record(by, AuditEvent.Action.SIGN, str(summary), document.pdf_sha256)
    return document


def hand_on(summary: Summary, action: str, by: User, seen: str) -> None:
    """Submit or approve exactly the words whose `Proof.sha256` is `seen`. Raises as `sign` does."""
    with transaction.atomic():
        {"submit": summary.submit, "approve": summary.approve}[action](by, seen)
        proof = proof_of(summary)
        if proof.sha256 != seen:
            raise Changed
        refuse_faults(proof)


def refuse_faults(proof: Proof) -> None:
    """Raise Unanswered, CannotSign or PaperRefused when the text may not leave its writers."""
    if silent := list(owed(proof.summary)):
        raise Unanswered(silent)
    if wrong := proof.unknown:
        raise CannotSign([each.printed for each in wrong])
    paper_of(proof, proof.summary.period.last_day)  # any day will do


def content_of(proof: Proof, day: dt.date) -> Content:
    """What would be frozen of a proof. Asks for the rows of each figure once, however often the text names it."""
    placed = placed_figures(proof.lines)
    metrics = {figure.metric.code: figure.metric for _, figure in placed}
    with translation.override(settings.LANGUAGE_CODE):  # a Chinese paper, whichever language its signer reads
        rows = {code: tuple(_rows(proof, metric)) for code, metric in metrics.items()}
    figures = tuple((start, figure, rows[figure.metric.code]) for start, figure in placed)
    summary = proof.summary
    of = (summary.unit.code, summary.period.code, summary.edition)
    return Content(of, paper_of(proof, day), proof.text, figures)


def pdf_of(paper: Paper, figures: Iterable[PlacedFigure]) -> bytes:
    """The PDF, with the ledger behind its figures embedded. Raises PaperRefused."""
    return render_pdf(paper, sources.files(figures))


def sources_of(content: Content) -> tuple[Source, ...]:
    """Every figure of the text once for each way it is printed, in reading order.

    What the text tells in words instead of a number (少于5), the annex tells no closer.
    """
    sources = {
        (figure.metric.code, figure.printed): Source(
            figure.metric.label,
            figure.printed,
            figure.printed if figure.is_withheld else figure.metric.exactly(figure.exact),
            tuple(dict.fromkeys(row[0] for row in rows)),
        )
        for _, figure, rows in content.figures
    }
    return tuple(sources.values())


def paper_of(proof: Proof, day: dt.date) -> Paper:
    """The paper as it would be signed on a day. Raises PaperRefused when it cannot be set."""
    if proof.refusals:
        raise PaperRefused(proof.refusals[0])
    summary = proof.summary
    signature = summary.unit.signature or summary.unit.name
    date_text = date_in_text(summary.date or day)
    usual = PaperFormat.objects.of(summary.unit)
    letter = SummaryLetter.objects.of(summary).letter(usual, date_text)
    refuse_unprintable("".join([summary.title, signature, *(letter.texts if letter else ())]))
    return Paper(
        title=broken_title(summary.title),
        blocks=tuple(block for section in proof.sections for block in section.blocks),
        signature=signature,
        date_text=date_text,
        format=usual.format,
        letter=letter,
    )


def signed_paper(document: SignedDocument) -> Paper:
    """The paper of a signed document, for its other forms."""
    summary = document.summary
    figures = document.figures.order_by("position")
    return Paper(
        title=broken_title(summary.title),
        blocks=blocks_of(document.segments(figures)),
        signature=document.signed_as,
        date_text=date_in_text(summary.date or shanghai_day(document.signed_at)),
        code=document.code,
    )


def _rows(proof: Proof, metric: Metric) -> Iterable[FrozenRow]:
    for row, amount in metric.amounts(proof.ledger.rows(metric).order_by("pk")):
        number = getattr(row, "ledger_number", "") or _named(row)
        yield number, metric.day_of(row), str(row)[:100], amount


def _named(row: models.Model) -> str:
    """What stands for a ledger number where a row of a register has none: 场所 3."""
    return f"{row._meta.verbose_name} {row.pk}"[:20]


def _freeze_figures(document: SignedDocument, content: Content) -> None:
    for position, (start, figure, rows) in enumerate(content.figures, start=1):
        frozen = SignedFigure.objects.create(
            unit_id=document.unit_id, document=document, position=position, start=start, metric=figure.metric.code,
            label=figure.metric.label, exact=figure.exact, printed=figure.printed,
        )  # fmt: skip
        SignedRow.objects.bulk_create(
            SignedRow(unit_id=document.unit_id, figure=frozen, number=number, date=day, title=title, amount=amount)
            for number, day, title, amount in rows
        )
