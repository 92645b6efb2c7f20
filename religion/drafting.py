"""What section 四 quotes besides the rows of the ledger."""

from __future__ import annotations

from typing import Any

from accounts.models import Unit
from workplans.models import Period
from workplans.resolve import quoted

from .models import Sheet, Topic


def quotes(unit: Unit, period: Period) -> dict[str, Any]:
    """`theme`: of this year's campaign for harmonious venues."""
    sheet = Sheet.objects.of_unit(unit).about(Topic.HARMONY, period.year).first()
    return {"theme": quoted(sheet.theme) if sheet else ""}
