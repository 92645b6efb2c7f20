"""三单: the three lists of the enterprises' requests, what is needed, what is suggested and who is responsible.

A Chinese paper, whichever language the reader of the pages has chosen.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.utils import translation

from accounts.models import Unit
from workplans.document import page, pdf_of, refuse_unprintable
from workplans.models import Period
from workplans.numerals import date_in_text
from workplans.paper import refuse_hostile, texts_of

from .models import Request

Facts = dict[str, Any]


def lists(requests: Sequence[Request]) -> Facts:
    """The three lists, line by line under one numbering: a request keeps its number in all of them."""
    with translation.override(settings.LANGUAGE_CODE):
        numbered = list(enumerate(requests, start=1))
        return {
            "needs": [
                {"number": str(number), "enterprise": _enterprise(each), "kind": each.get_kind_display(),
                 "need": each.need, "day": date_in_text(each.opened_on)}
                for number, each in numbered
            ],
            "suggestions": [{"number": str(number), "text": each.suggestion or "—"} for number, each in numbered],
            "duties": [
                {"number": str(number), "body": each.responsible or "—", "post": each.post or "—",
                 "due": date_in_text(each.due) if each.due else "—", "state": each.get_state_display()}
                for number, each in numbered
            ],
        }  # fmt: skip


def lists_pdf(unit: Unit, period: Period, requests: Sequence[Request]) -> bytes:
    """The three lists of a unit to be printed. Raises PaperRefused for texts that cannot be set."""
    facts = {
        "title": "企业诉求三单", "unit": unit.signature or unit.name, "period": period.title, **lists(requests)
    }  # fmt: skip
    texts = "\n".join(texts_of(facts))
    refuse_hostile(texts)
    refuse_unprintable(texts)
    return pdf_of(page("print/requests.html", facts))


def _enterprise(request: Request) -> str:
    return request.enterprise.name if request.enterprise else "—"
