"""Fields for free text that refuse what must not be in it (accounts/guard.py)."""

from __future__ import annotations

from typing import Any

from django.db import models

from accounts.guard import refuse_breaks, refuse_private_numbers

__all__ = ["LineField", "NameField", "ProseField", "refuse_private_numbers"]


class LineField(models.CharField):
    """One guarded line of free text."""

    default_validators = [refuse_breaks, refuse_private_numbers]


class ProseField(models.TextField):
    """Guarded free text of several lines, at most `max_length` characters."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 5000)
        super().__init__(*args, **kwargs)

    def to_python(self, value: Any) -> Any:
        """Browsers end lines their own way; without this every edit would seem to change every line."""
        text = super().to_python(value)
        return text.replace("\r\n", "\n") if isinstance(text, str) else text

    default_validators = [refuse_private_numbers]


class NameField(LineField):
    """A field that may hold a person's name: it says what for, and how long it is kept (docs/privacy.md repeats it)."""

    def __init__(self, *args: Any, purpose: str = "", kept: str = "", **kwargs: Any) -> None:
        self.purpose, self.kept = purpose, kept
        super().__init__(*args, **kwargs)
