from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from accounts.models import Unit
from workplans import compose, signing
from workplans.models import Activity, Period, Summary
from workplans.paper import PaperRefused
from workplans.proof import proof_of, proof_of_draft
from workplans.word import docx_of, text_of

FORMS = {
    ".pdf": signing.pdf_of,
    ".docx": lambda paper, figures: docx_of(paper),
    ".txt": lambda paper, figures: text_of(paper).encode(),
}


class Command(BaseCommand):
    help = (
        "Write a unit's half-year summary into a file: the signed bytes when it is signed, else the stored draft, "
        "else what would be composed from the ledger; nothing is stored. The file's ending chooses the form: "
        ".pdf, .docx or .txt."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("unit", help="the unit's code, as manage.py demo or the page 管理 lists it")
        parser.add_argument("period", help="the half-year, as 2020H1")
        parser.add_argument("--to", required=True, metavar="FILE", help="where to write; the ending chooses the form")

    def handle(self, *, unit: str, period: str, to: str, **options: Any) -> None:
        path = writable(to)
        town = unit_of(unit)
        half = half_of(period)
        what, content = exported(town, half, path.suffix.lower())
        try:
            path.write_bytes(content)
        except OSError as error:
            raise CommandError(f"{path} cannot be written: {error.strerror}.") from error
        self.stdout.write(f"{path}: {town.name} {half.title}, {what}")


def exported(unit: Unit, period: Period, form: str) -> tuple[str, bytes]:
    """What the paper is (signed, draft or composed now) and the bytes of its form."""
    summary = Summary.objects.of_unit(unit).for_period(period).latest_first().first()
    if summary and summary.is_signed:
        document = summary.document
        content = bytes(document.pdf) if form == ".pdf" else FORMS[form](signing.signed_paper(document), ())
        return f"signed, version {document.code}", content
    if summary:
        what, proof = f"draft ({summary.state}), not signed", proof_of(summary)
    else:
        refuse_empty(unit, period)
        what = "composed from the ledger now, no summary is stored"
        proof = proof_of_draft(
            Summary(unit=unit, period=period, title=compose.title(unit, period)), compose.draft(unit, period)
        )
    try:
        content = signing.content_of(proof, timezone.localdate())
        return what, FORMS[form](content.paper, content.figures)
    except PaperRefused as refusal:
        raise CommandError(str(refusal)) from refusal


def refuse_empty(unit: Unit, period: Period) -> None:
    rows = Activity.objects.of_unit(unit).valid()
    if not rows.in_period(period).exists():
        halves = sorted({Period.of(month).code for month in rows.dates("date", "month")})
        there = f"There are rows in {', '.join(halves)}." if halves else "Its ledger is empty."
        raise CommandError(f"{unit.code} has neither a summary nor ledger rows in {period.code}. {there}")


def writable(to: str) -> Path:
    path = Path(to)
    if path.suffix.lower() not in FORMS:
        raise CommandError(f"{to} names no form; write to a file ending in {', '.join(FORMS)}.")
    return path


def unit_of(code: str) -> Unit:
    found = Unit.objects.filter(code=code).first()
    if found is None:
        there = ", ".join(f"{unit.code} ({unit.name})" for unit in Unit.objects.order_by("code")[:50])
        raise CommandError(f"There is no unit {code!r}. There are: {there or 'none yet'}.")
    return found


def half_of(code: str) -> Period:
    try:
        period = Period.parse(code)
    except ValueError as error:
        raise CommandError(f"There is no period {code!r}; write a half-year as 2020H1 or 2020H2.") from error
    if period.span != "H":
        raise CommandError(f"A summary is of a half-year: write {period.year}H1 or {period.year}H2, not {code}.")
    return period
