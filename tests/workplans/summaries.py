"""Makers of summaries in every state, for the tests of their pages and steps."""

import datetime as dt

from accounts.models import User
from workplans import compose, signing
from workplans.models import Period, SignedDocument, Summary
from workplans.proof import proof_of

from ..factories import H1

NOW = dt.datetime(2020, 7, 3, 2, tzinfo=dt.UTC)
DAY = dt.date(2020, 7, 3)


def make_summary(
    *, by: User, period: Period = H1, state: str = "draft", texts: dict[str, str] | None = None
) -> Summary:
    """A composed summary; `texts` are edits by slot. A signed one needs `make_signed`."""
    summary = compose.start(by.unit, period, by, NOW)
    for slot, text in (texts or {}).items():
        edit(summary, slot, text, by=by)
    Summary.objects.filter(pk=summary.pk).update(state=state)
    return Summary.objects.get(pk=summary.pk)


def edit(summary: Summary, slot: str, text: str, *, by: User) -> None:
    summary.sections.get(slot=slot).rewrite(text, by, dt.datetime.now(dt.UTC))


def make_signed(*, by: User, texts: dict[str, str] | None = None) -> SignedDocument:
    """A summary that `by` has signed."""
    summary = make_summary(by=by, state="draft")
    sections = summary.sections.all()
    for section in sections:
        if texts and section.slot in texts:
            section.edited = texts[section.slot]
            section.save()
    Summary.objects.filter(pk=summary.pk).update(state="signing")
    summary.refresh_from_db()
    return signing.sign(summary, by, NOW, DAY, proof_of(summary).sha256)
