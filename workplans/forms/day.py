from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from accounts.models import Unit

from ..models.lock import locked


class DayInput(forms.DateInput):
    """The browser's own calendar, which wants its value as 2020-03-16 whatever the page's language."""

    input_type = "date"

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(format="%Y-%m-%d", **kwargs)


def refuse_locked(unit: Unit | int, *days: dt.date) -> None:
    """Raise ValidationError when one of the days lies in a half-year whose summary is signed."""
    if refusal := locked(unit, *days):
        raise ValidationError(refusal.message)


class DayField(forms.DateField):
    """A day as offices write it, where no calendar helps."""

    widget = DayInput

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(input_formats=["%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%Y年%m月%d日", "%Y%m%d"], **kwargs)
