from __future__ import annotations

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _


class Conflict(Exception):
    """Somebody else wrote the row, or moved it on, since it was read."""


class Versioned(models.Model):
    """A row that counts its versions, so that nobody overwrites what he has not seen.

    A form carries the version its writer saw; `save_next` writes only over that one.
    """

    version = models.PositiveIntegerField(_("版本"), default=0, editable=False)

    class Meta:
        abstract = True

    def save_next(self, *, while_: models.Q | None = None) -> None:
        """Write this row over the version it was read at, in one guarded UPDATE and with its history row.

        Raises Conflict when the stored version is another one, or the stored row no longer meets `while_`.
        """
        with transaction.atomic():
            self.take(while_=while_)
            self.save()

    def take(self, *, while_: models.Q | None = None) -> None:
        """Begin to write this row: raise its version, and hold it until the transaction ends, which the caller opens.

        What is read of its parts from here on stays true. Raises Conflict as `save_next` does.
        """
        stored = type(self)._default_manager.filter(while_ or models.Q(), pk=self.pk, version=self.version)
        if not stored.update(version=models.F("version") + 1):
            raise Conflict
        self.version += 1
