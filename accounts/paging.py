"""Pages of a long list by its own order, not by counting: as quick on the last page as on the first."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet

Key = tuple[Any, int]  # a row's day or time, and its primary key


def page_of(
    rows: QuerySet[Any], by: str, size: int, *, older_than: Key | None = None, newer_than: Key | None = None
) -> tuple[list[Any], bool, bool]:
    """At most `size` rows, newest first by the column `by`; whether there are newer ones, and whether older ones.

    Those next to the row of a key, or the first page without one. One query.
    """
    if newer_than:
        found = list(_beyond(rows, by, "gt", newer_than).order_by(by, "pk")[: size + 1])
        return found[:size][::-1], len(found) > size, bool(found)
    if older_than:
        rows = _beyond(rows, by, "lt", older_than)
    found = list(rows.order_by(f"-{by}", "-pk")[: size + 1])
    return found[:size], bool(older_than and found), len(found) > size


def _beyond(rows: QuerySet[Any], by: str, than: str, key: Key) -> QuerySet[Any]:
    value, pk = key
    beyond = Q(**{f"{by}__{than}": value}) | Q(**{by: value, f"pk__{than}": pk})
    return rows.filter(beyond, **{f"{by}__{than}e": value})  # said once more without OR, so that an index begins there
