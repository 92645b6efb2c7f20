"""What is typed into a sheet of venues by items, cell by cell."""

from __future__ import annotations

import datetime as dt
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.guard import refuse_breaks, refuse_private_numbers
from religion.models import ITEMS, MARKS, Cell, Change, LocalRules, Mark, Sheet, Topic, Venue
from workplans.forms.day import DayField

DAY = DayField(required=False)
FORM = forms.CharField(required=False, max_length=40, validators=[refuse_breaks, refuse_private_numbers])


class ThemeForm(forms.Form):
    """The campaign's theme; it carries the one its writer saw."""

    theme = forms.CharField(
        label=gettext_lazy("创建主题"), required=False, max_length=30, validators=[refuse_breaks, refuse_private_numbers],
        help_text=gettext_lazy("例如：法治。写进总结第四部分：以“法治”为主题的和谐寺观教堂创建活动。"),
    )  # fmt: skip
    theme_seen = forms.CharField(required=False, max_length=30, widget=forms.HiddenInput)


@dataclass
class Square:
    """One cell of the table as a page draws it: what stands in it, and what somebody has typed."""

    venue: Venue
    item: str
    label: str
    version: int = 0
    mark: str = ""
    day: dt.date | None = None
    form: str = ""
    error: str = ""
    theirs: str = ""  # what a colleague has put meanwhile, in words
    typed: dict[str, str] = field(default_factory=dict)

    @property
    def key(self) -> str:
        return f"{self.venue.pk}-{self.item}"

    @property
    def mark_label(self) -> str:
        return str(Mark(self.mark).label) if self.mark else ""

    @property
    def in_words(self) -> str:
        """All that stands in it."""
        told = [self.mark_label, self.day.isoformat() if self.day else "", self.form]
        return " ".join(filter(None, told)) or str(_("（空）"))

    @property
    def day_value(self) -> str:
        return self.typed.get("day", self.day.isoformat() if self.day else "")

    @property
    def form_value(self) -> str:
        return self.typed.get("form", self.form)

    @property
    def mark_value(self) -> str:
        return self.typed.get("mark", self.mark)

    @property
    def seen(self) -> str:
        """What the writer is shown, as the form carries it: item, version, and a digest of what stands there."""
        return f"{self.item}:{self.version}:{_digest(self.mark, self.day, self.form)}"


class SheetForm:
    """A sheet to be read or filled in: a row a venue, a column an item.

    Only what differs from what its writer was shown is a change; so two people may fill in one sheet at the same time.
    """

    def __init__(self, sheet: Sheet, venues: list[Venue], rules: LocalRules, cells: list[Cell]) -> None:
        self.sheet, self.topic = sheet, sheet.topic
        self.items = [(str(item), label) for item, label in _items(self.topic, rules)]
        self.marks = [(str(mark), str(Mark(mark).label)) for mark in MARKS[self.topic]]
        self.dated = self.topic == Topic.ENTRIES
        stored = {(cell.venue_id, cell.item): cell for cell in cells}
        self.rows = [
            (venue, [_square(venue, item, label, stored.get((venue.pk, item))) for item, label in self.items])
            for venue in venues
        ]
        self.errors: list[Square] = []
        self.overtaken: list[Square] = []  # typed over what a colleague has changed since it was shown

    def changes(self, data: Mapping[str, str], today: dt.date) -> list[Change]:
        """What was typed, as changes; what cannot be stands in `errors`, each in its square with what was typed."""
        found = []
        for venue, squares in self.rows:
            shown = _shown(data.get(f"seen-{venue.pk}", ""))
            for square in squares:
                if square.item in shown and f"mark-{square.key}" in data:
                    found += self._change(square, shown[square.item], data, today)
        return found

    def _change(self, square: Square, shown: tuple[int, str], data: Mapping[str, str], today: dt.date) -> list[Change]:
        names = ("mark", "day", "form") if self.dated else ("mark",)
        typed = {name: data.get(f"{name}-{square.key}", "").strip() for name in names}
        overtaken = [square] if shown[0] != square.version else []
        try:
            day, form = DAY.clean(typed.get("day", "")), FORM.clean(typed.get("form", ""))
            if day and day > today:
                raise ValidationError(_("日期不能晚于今天。"))
            if typed["mark"] and typed["mark"] not in dict(self.marks):
                raise ValidationError(_("请从列出的结果里选。"))
        except ValidationError as error:
            square.typed, square.error = typed, error.messages[0]
            self.errors.append(square)
            self.overtaken += overtaken
            return []
        if _digest(typed["mark"], day, form) == shown[1]:
            return []
        square.typed = typed
        self.overtaken += overtaken
        return [Change(square.venue.pk, square.item, shown[0], typed["mark"], day, form)]

    def tell_overtaken(self) -> None:
        """Show beside what was typed, and not saved yet, what a colleague has put there meanwhile."""
        for square in self.overtaken:
            square.theirs = square.in_words

    def tell_refused(self, refused: list[Change]) -> None:
        """Show beside what was typed what a colleague has put there meanwhile."""
        squares = {(square.venue.pk, square.item): square for _venue, row in self.rows for square in row}
        for change in refused:
            square = squares[change.venue_id, change.item]
            square.theirs = square.in_words
            square.typed = {
                "mark": change.mark,
                "day": change.day.isoformat() if change.day else "",
                "form": change.form,
            }

    def counts(self) -> list[tuple[str, int]]:
        """Of every item, in how many venues it bears the best mark."""
        best = self.marks[0][0]
        return [
            (label, sum(squares[place].mark == best for _venue, squares in self.rows))
            for place, (_item, label) in enumerate(self.items)
        ]

    @staticmethod
    def seen_of(squares: list[Square]) -> str:
        return " ".join(square.seen for square in squares)

    def table(self) -> list[dict[str, Any]]:
        return [{"venue": venue, "squares": squares, "seen": self.seen_of(squares)} for venue, squares in self.rows]


def _items(topic: str, rules: LocalRules) -> list[tuple[Any, str]]:
    """The columns of a sheet; the fifth entry under its local name, where the unit has one."""
    if topic != Topic.ENTRIES:
        return [(item, str(item.label)) for item in ITEMS[topic]]
    fifth = {"local": rules.fifth_entry}
    return [(item, fifth.get(item, str(item.label))) for item in ITEMS[topic] if fifth.get(item, True)]


def _square(venue: Venue, item: str, label: str, cell: Cell | None) -> Square:
    if cell is None:
        return Square(venue, item, label)
    return Square(venue, item, label, cell.version, cell.mark, cell.day, cell.form)


def _shown(text: str) -> dict[str, tuple[int, str]]:
    """item → version and digest, as a row's hidden field carries them; whatever this program did not write is left out."""
    parts = (each.split(":") for each in text.split())
    return {
        part[0]: (int(part[1]), part[2])
        for part in parts
        if len(part) == 3 and part[1].isascii() and part[1].isdigit() and len(part[1]) < 10
    }


def _digest(mark: str, day: dt.date | None, form: str) -> str:
    told = "|".join([mark, day.isoformat() if day else "", form])
    return f"{zlib.crc32(told.encode()):08x}"
