"""Followed matters in words, for their lists and pages: what an area says of a model of them is a `Matters`."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from workplans.forms.matters import MatterForm
from workplans.models import Followed

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

Facts = list[tuple[str, str]]
STATE, DUE = gettext_lazy("状态"), gettext_lazy("办理时限")


@dataclass(frozen=True)
class Matters:
    """What the pages say of one model of followed matters, and where they lie. An area hands it over with its addresses.

    `at` is the matter's key of a thing in a register: its list may be narrowed to one of them, its page names it.
    """

    model: type[Followed]
    form: type[MatterForm]
    area: str  # the code of its area
    page: str  # the name of its page's address; those of its edit and its withdrawal begin with it
    list: str
    title: StrOrPromise
    about: StrOrPromise  # one sentence under the title of the list
    opened: StrOrPromise
    ended: StrOrPromise
    counter: StrOrPromise
    origin: StrOrPromise  # where one comes from, said when there is none
    at: str = ""
    at_label: StrOrPromise = ""
    nowhere: StrOrPromise = ""  # what stands for the thing when it is about none
    state: StrOrPromise = STATE
    due: StrOrPromise = DUE
    due_head: StrOrPromise = DUE  # the same, over the list's column
    new: str = ""  # the name of the address of a new one, where it does not come with a row of the ledger
    new_label: StrOrPromise = ""
    whole: tuple[str, ...] = ()  # what its page reads with it
    beside: tuple[str, ...] = ()  # what a line of the list reads with it
    typed: bool = False  # whether a line of the list names its type
    prose: tuple[str, ...] = ()  # texts that its page shows in full
    days: tuple[str, ...] = ()  # days of steps that its facts tell
    column: StrOrPromise = ""  # the head of one more column of the list,
    cell: str = ""  # and the template of its cells
    facts: Callable[[Any], Facts] = lambda found: []  # facts of its own
    in_list: Callable[[Any, dt.date], dict[str, Any]] = lambda found, today: {}  # context of the cells
    more: Callable[[Any, dt.date], dict[str, Any]] = lambda found, today: {}  # context of its page's templates:
    above: str = ""  # over its page's two columns
    beside_course: str = ""  # before its course
    css: str = ""
    links: Callable[[Any], tuple[tuple[str, str], ...]] = lambda units: ()  # beside the list's title: label, address

    @property
    def edit(self) -> str:
        return f"{self.page}_edit"

    @property
    def void(self) -> str:
        return f"{self.page}_void"


def why_over(found: Any) -> str:
    """Why nothing may be done with it any more, as the beginning of a sentence; nothing while it may."""
    if found.is_void:
        return _("已作废（%(reason)s），") % {"reason": found.void_reason}
    if (row := getattr(found, "activity", None)) and row.is_void:
        return _("来源台账 %(number)s 已作废，") % {"number": row.ledger_number}
    if found.closed_on:
        return _("已结束（%(state)s，%(day)s），") % {
            "state": found.get_state_display(), "day": found.closed_on.isoformat(),
        }  # fmt: skip
    return ""


def facts_of(of: Matters, found: Any) -> list[dict[str, Any]]:
    """What it is, for components/facts.html."""
    facts = []
    if of.at:
        thing = getattr(found, of.at)
        facts.append(_fact(of.at_label, thing.name if thing else of.nowhere, thing and thing.get_absolute_url()))
    if row := getattr(found, "activity", None):
        facts.append(_fact(_("来源台账"), f"{row.ledger_number} {row.title}", row.get_absolute_url()))
    facts += [_fact(label, value) for label, value in of.facts(found)]
    facts += [_fact(of.opened, _day(found.opened_on)), _fact(_("责任岗位"), found.post), _fact(of.due, _day(found.due))]
    stamps = ((found._meta.get_field(name).verbose_name, getattr(found, name)) for name in of.days)
    facts += [_fact(label, _day(day)) for label, day in stamps if day]
    if found.closed_on:
        facts.append(_fact(of.ended, _day(found.closed_on)))
    return facts


def note_of(of: Matters, found: Any) -> str:
    """What stands under it in a list: about which thing it is, and of what type."""
    thing = getattr(found, of.at) if of.at else None
    parts = [str(thing.name if thing else of.nowhere)] if of.at else []
    return " · ".join([*parts, *([found.get_type_display()] if of.typed else [])])


def prose_of(of: Matters, found: Any) -> list[tuple[Any, str]]:
    """The texts that are shown in full, each under its heading."""
    told = ((found._meta.get_field(name).verbose_name, getattr(found, name)) for name in of.prose)
    return [(label, text) for label, text in told if text]


def _fact(label: StrOrPromise, value: Any, url: str | None = None) -> dict[str, Any]:
    return {"label": label, "value": value, "url": url or ""}


def _day(day: dt.date | None) -> str:
    return day.isoformat() if day else ""
