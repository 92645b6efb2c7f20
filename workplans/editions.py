"""Editions of a summary: what is signed stays, a correction is another edition beside it."""

from __future__ import annotations

from django.db import IntegrityError, transaction

from accounts.models import AuditEvent, Role, User

from .models import Conflict, Summary, SummarySection, SummaryStep

COPIED = ("unit_id", "position", "slot", "composed", "composed_at", "edited", "edited_at", "edited_by_id")


def may_reopen(summary: Summary, user: User) -> bool:
    """Whether this person may open the half-year again; the summary is the latest of its half-year, or was."""
    return summary.is_signed and user.unit_id == summary.unit_id and user.role == Role.SIGNER


def reopen(summary: Summary, by: User, reason: str) -> Summary:
    """Begin the next edition with the words of the signed one; from now on its half-year is open again.

    Raises Conflict when it is not the latest edition, not signed, or not his to open.
    """
    if not may_reopen(summary, by) or latest(summary) != summary:
        raise Conflict
    try:
        with transaction.atomic():
            edition = Summary.objects.create(
                unit_id=summary.unit_id, period=summary.period, edition=summary.edition + 1, title=summary.title,
                created_by=by,
            )  # fmt: skip
            SummarySection.objects.bulk_create(
                SummarySection(summary=edition, **{name: getattr(section, name) for name in COPIED})
                for section in summary.sections.order_by("position")
            )
            SummaryStep.objects.create(
                unit_id=summary.unit_id, summary=edition, action=SummaryStep.Action.REOPEN, by=by, reason=reason
            )
            AuditEvent.objects.record(by, AuditEvent.Action.REOPEN, summary.title, reason)
    except IntegrityError as error:  # a second click
        raise Conflict from error
    return edition


def latest(summary: Summary) -> Summary:
    """The latest edition for the summary's half-year: itself, or a correction that was begun since."""
    return Summary.objects.of_unit(summary.unit_id).for_period(summary.period).with_document().latest_first()[0]


def signed_before(summary: Summary) -> Summary | None:
    """The last signed edition before this one: what a correction is compared with."""
    editions = Summary.objects.of_unit(summary.unit_id).for_period(summary.period).signed().latest_first()
    return editions.before(summary.edition).with_document().first()
