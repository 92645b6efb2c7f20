"""The tables of sample data: every line names its town by the unit's code."""

from __future__ import annotations

import csv
import datetime as dt
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

Line = dict[str, str]


@dataclass(frozen=True)
class Tables:
    """The tables of a folder, as far as they are about one town."""

    folder: Path
    unit: str

    def lines(self, table: str) -> Iterator[Line]:
        with (self.folder / f"{table}.csv").open(encoding="utf-8", newline="") as text:
            yield from (line for line in csv.DictReader(text) if line["unit"] == self.unit)

    def by_day(self, table: str) -> dict[str, list[Line]]:
        """The lines by their column `date`."""
        by_day = defaultdict(list)
        for line in self.lines(table):
            by_day[line["date"]].append(line)
        return by_day


def day(text: str) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None
