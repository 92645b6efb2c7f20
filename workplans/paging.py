"""Pages of the ledger, whose addresses name a place in it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from accounts import paging

from .models.activity import ActivityQuerySet

SIZE = 25


@dataclass(frozen=True)
class Page:
    """Rows newest first; `newer` and `older` are the cursors of the pages beside it, empty where there is none."""

    rows: list[dict[str, Any]]
    newer: str = ""
    older: str = ""


def cursor(row: dict[str, Any]) -> str:
    return f"{row['date']}.{row['pk']}"


def parse_cursor(text: str) -> tuple[dt.date, int]:
    """Raises ValueError on anything that `cursor` did not write."""
    date, _, pk = text.partition(".")
    if not pk.isascii() or not pk.isdecimal() or len(pk) > 18:
        raise ValueError(text)
    return dt.date.fromisoformat(date), int(pk)


def page_of(
    rows: ActivityQuerySet, columns: Sequence[str], *, after: str = "", before: str = "", size: int = SIZE
) -> Page:
    """The page that follows the cursor `after`, or precedes `before`; the first one without either.

    One query; `columns` hold date and pk. Raises ValueError on a cursor that is none.
    """
    shown, is_newer, is_older = paging.page_of(
        rows.values(*columns), "date", size,
        older_than=parse_cursor(after) if after else None, newer_than=parse_cursor(before) if before else None,
    )  # fmt: skip
    return Page(shown, newer=cursor(shown[0]) if is_newer else "", older=cursor(shown[-1]) if is_older else "")
