"""The one interface through which an area of work enters the product.

An area is a section of the report: its kinds say what may be recorded, its metrics what is counted, its draft
how the section is first worded. `settings.WORK_AREAS` lists the areas in report order; nothing else in the core
knows them by name.
"""

from __future__ import annotations

import functools
import importlib
import importlib.util
import pkgutil
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from types import ModuleType
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.utils.module_loading import import_string
from django.utils.translation import gettext

from .metrics import CORE, Metric

if TYPE_CHECKING:
    from .models.target import Target

Hook = str  # the dotted path of a function or class, imported when it is first needed; empty: none


@dataclass(frozen=True)
class Quantity:
    """What a kind counts beside people: 报送信息 12 条, of which 被采用 5 条."""

    label: str
    unit: str
    done_label: str = ""  # the part that was adopted, solved or agreed; empty when the kind has none

    @property
    def name(self) -> str:
        return gettext(self.label)

    @property
    def unit_name(self) -> str:
        return gettext(self.unit)

    @property
    def done_name(self) -> str:
        return gettext(self.done_label) if self.done_label else ""


@dataclass(frozen=True)
class Kind:
    """What may be recorded: one choice of the quick-entry form."""

    code: str
    label: str
    quantity: Quantity | None = None
    form: Hook = ""  # a workplans.forms.ledger.ActivityForm that asks for more; empty: the ledger's own form
    about: Hook = ""  # (row, user) -> About: what the page of a row tells besides
    area: str = ""  # set by the Area that lists it

    @property
    def name(self) -> str:
        return gettext(self.label)


@dataclass(frozen=True)
class About:
    """What an area adds to the page of one of its rows: facts, and a template of its own with its context."""

    facts: list[dict[str, Any]] = field(default_factory=list)  # for components/facts.html
    template: str = ""
    context: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Register:
    """A list of its own that an area keeps, as a link on the area's page."""

    page: str  # the name of its address
    label: str

    @property
    def name(self) -> str:
        return gettext(self.label)


@dataclass(frozen=True)
class Area:
    """A section of the report. `label` and `heading` are the words of papers; `name` is in the reader's language."""

    code: str
    label: str
    heading: str  # without its number, which follows from the order; empty: no section of its own
    kinds: tuple[Kind, ...]
    metrics: tuple[Metric, ...]
    draft: str  # the template of the section's first text; empty when it has no heading
    icon: str = "circle"
    headline: tuple[str, ...] = ()  # codes of the metrics that stand on the home page
    registers: tuple[Register, ...] = ()
    waiting: Hook = ""  # (user, today) -> list of tasks for the home page
    quotes: Hook = ""  # (unit, period) -> what its draft quotes besides the rows, texts made safe by resolve.quoted
    keeper: Hook = (
        ""  # (target) -> the page of its register that keeps a target of this area; "" for one kept by itself
    )
    demo: Hook = ""  # (clerk) -> before(), row(row), after(): a town's sample data, as `manage.py demo` enters it

    def __post_init__(self) -> None:
        object.__setattr__(self, "kinds", tuple(replace(kind, area=self.code) for kind in self.kinds))

    @property
    def name(self) -> str:
        return gettext(self.label)

    @property
    def headline_metrics(self) -> list[Metric]:
        return [metric for metric in self.metrics if metric.code in self.headline]


@functools.cache
def areas() -> tuple[Area, ...]:
    """All areas in report order. Raises ImportError when settings name one that does not exist."""
    return tuple(import_string(path) for path in settings.WORK_AREAS)


def sections() -> list[Area]:
    """The areas that have a section in the report, in its order."""
    return [area for area in areas() if area.heading]


@functools.cache
def kinds() -> dict[str, Kind]:
    return {kind.code: kind for area in areas() for kind in area.kinds}


@functools.cache
def metrics() -> dict[str, Metric]:
    """Every metric by its code: the areas' own and the core's."""
    return {metric.code: metric for metric in (*(m for area in areas() for m in area.metrics), *CORE)}


@functools.cache
def labels() -> dict[str, Metric]:
    """Every metric by the names a writer may use in braces: its label, and the labels it had before."""
    return {label: metric for metric in metrics().values() for label in (metric.label, *metric.aliases)}


def hook(path: Hook, default: Callable[..., Any]) -> Callable[..., Any]:
    """The function or class that a hook names; the default when it names none."""
    return import_string(path) if path else default


def keeper_of(target: Target) -> str:
    """The page on which a register of the target's area keeps its state, deadline and obstacle; empty: its own page."""
    found = {each.code: each for each in areas()}.get(target.area)
    return hook(found.keeper, lambda target: "")(target) if found else ""


def area_modules(app: str) -> Iterator[ModuleType]:
    """The modules of an app in which areas are declared: `area`, and those of a package `areas`."""
    if importlib.util.find_spec(f"{app}.area"):
        yield importlib.import_module(f"{app}.area")
    if importlib.util.find_spec(f"{app}.areas"):
        package = importlib.import_module(f"{app}.areas")
        for found in pkgutil.iter_modules(package.__path__, f"{app}.areas."):
            yield importlib.import_module(found.name)


def area(code: str) -> Area:
    """The area of a code. Raises KeyError when there is none."""
    return {area.code: area for area in areas()}[code]


def kind_label(code: str) -> str:
    """The name of a kind; a code that is no longer listed stands for itself."""
    kind = kinds().get(code)
    return kind.name if kind else code


def area_label(code: str) -> str:
    found = {area.code: area for area in areas()}.get(code)
    return found.name if found else code


def kind_choices(of: Iterable[Area] | None = None) -> list[tuple[str, list[tuple[str, str]]]]:
    """The kinds grouped by area, as a form's select wants them."""
    return [(area.name, [(kind.code, kind.name) for kind in area.kinds]) for area in of or areas() if area.kinds]
