from __future__ import annotations

import datetime as dt

from django.db import models


class VerifyFailureQuerySet(models.QuerySet["VerifyFailure"]):
    LIMIT = 20
    WINDOW = dt.timedelta(minutes=30)

    def barred(self, address: str | None, now: dt.datetime) -> bool:
        """Whether so many codes or files were unknown from this address within WINDOW that somebody is guessing."""
        return self.filter(address=address, at__gt=now - self.WINDOW).count() >= self.LIMIT

    def note(self, address: str | None, now: dt.datetime) -> None:
        """Remember one, and forget those that can no longer count."""
        self.filter(at__lte=now - self.WINDOW).delete()
        self.create(address=address, at=now)


class VerifyFailure(models.Model):
    """A paper that was not known here, kept half an hour only to slow guessing down; neither code nor file is."""

    address = models.GenericIPAddressField(null=True)
    at = models.DateTimeField()

    objects = VerifyFailureQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["address", "at"], name="verify_failure_address")]

    def __str__(self) -> str:
        return str(self.address)
