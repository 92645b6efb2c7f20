from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import ClassVar, Self

from django.db import IntegrityError, models, transaction


class Once(models.Model):
    """A unit's row that its form enters once, however often the form is sent.

    The empty form is given a token. Each heir has a unique constraint over unit and token, and keeps it out of its history.
    """

    SAME_BY: ClassVar[tuple[str, ...]]  # the fields by which two sendings of a form are known to tell the same

    token = models.UUIDField(default=uuid.uuid4, editable=False)

    class Meta:
        abstract = True

    def enter(self, insert: Callable[[], None] | None = None) -> Self:
        """Insert this new row, by `save` or by `insert`, and return it; or the row of the first time it was sent.

        Somebody may go back to a form that was saved and type another thing over it: that is a row of its own.
        """
        insert = insert or self.save
        try:
            with transaction.atomic():
                insert()
        except IntegrityError:
            first = type(self)._default_manager.filter(unit=self.unit_id, token=self.token).first()
            if first is None:
                raise
            if all(getattr(first, name) == getattr(self, name) for name in self.SAME_BY):
                return first
            self.token = uuid.uuid4()
            with transaction.atomic():
                insert()
        return self
