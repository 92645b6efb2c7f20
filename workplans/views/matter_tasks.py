"""Followed matters that wait, as lines on the home page."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from typing import Any

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from workplans.models import Period

Task = dict[str, Any]  # for components/tasks.html


def task(
    found: Sequence[Any], many: str, one: Callable[[Any], str], page: str, today: dt.date, **filters: str
) -> list[Task]:
    """One line: the only one by its name, with a link to it; several counted, with a link to the list that holds them."""
    if not found:
        return []
    first = found[0]
    late = first.is_late(today)
    address = urlencode({"period": Period.of(today).code, **filters})
    return [
        {
            "label": many if len(found) > 1 else one(first),
            "url": f"{reverse(page)}?{address}" if len(found) > 1 else first.get_absolute_url(),
            "note": _("时限 %(day)s") % {"day": first.due} if first.due else "",
            "state": "late" if late else first.state,
            "state_label": _("逾期") if late else first.get_state_display(),
        }
    ]
