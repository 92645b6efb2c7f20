"""Enter the sample data as people would: through the models, row by row, so that the demonstration proves them."""

from __future__ import annotations

import csv
import datetime as dt
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils.module_loading import import_string

from accounts.models import Role, Unit, User, Village
from workplans.area import areas
from workplans.models import Activity, Issue, Period, Target

from . import plans
from .people import ACCOUNTS, PASSWORD, UNITS, VILLAGES

HERE = Path(__file__).parent
SAMPLE = "示例数据"  # stands in every row as its basis, so that no export can be mistaken for real work
LEDGERS = {"qingxi": ("2019H1", "2019H2", "2020H1"), "baishi": ("2020H1",)}
UNCONFIRMED_AFTER = dt.date(2020, 6, 21)  # the last rows of the half-year still wait for the reviewer


@transaction.atomic
def load() -> None:
    units = _units()
    users = {
        account["username"]: User.objects.create_user(
            password=PASSWORD, must_change_password=False, **{**account, "unit": units[account["unit"]]}
        )
        for account in ACCOUNTS
    }
    _targets(users["clerk"])
    _issues(users["clerk"])
    for code, periods in LEDGERS.items():
        clerk = next(user for user in users.values() if user.unit == units[code] and user.role == Role.CLERK)
        demos = {each.code: import_string(each.demo)(clerk) for each in areas() if each.demo}
        for demo in demos.values():
            demo.before()
        for period in periods:
            _ledger(HERE / f"{code}-{period}.csv", clerk, users["reviewer"] if code == "qingxi" else None, demos)
        for demo in demos.values():
            demo.after()


def _units() -> dict[str, Unit]:
    units: dict[str, Unit] = {}
    for fields in UNITS:
        parent = units.get(fields.get("parent", ""))
        units[fields["code"]] = Unit.objects.create(**{**fields, "parent": parent})
    for code, names in VILLAGES.items():
        for name in names:
            Village.objects.create(unit=units[code], name=name)
    return units


def _ledger(table: Path, clerk: User, reviewer: User | None, demos: dict[str, Any]) -> None:
    villages = {village.name: village for village in clerk.unit.villages.all()}
    with table.open(encoding="utf-8", newline="") as lines:
        for line in csv.DictReader(lines):
            row = Activity(
                date=dt.date.fromisoformat(line["date"]), kind=line["kind"], title=line["title"],
                village=villages.get(line["village"]), place=line["place"], sessions=int(line["sessions"]),
                person_times=int(line["person_times"]), copies=int(line["copies"]), quantity=int(line["quantity"]),
                quantity_done=int(line["done"]), result=line["result"], basis=SAMPLE,
            )  # fmt: skip
            row.record(clerk, _audience(line["audience"]))
            if row.area in demos:
                demos[row.area].row(row)
            if reviewer and row.date <= UNCONFIRMED_AFTER:
                row.confirm(reviewer)


def _audience(text: str) -> dict[str, int]:
    """`cadres:12 public:30` as counts by audience group."""
    return {group: int(number) for group, number in (pair.split(":") for pair in text.split())}


def _targets(clerk: User) -> None:
    for code, targets in plans.TARGETS.items():
        for target, progress in targets:
            row = Target.objects.create(unit=clerk.unit, created_by=clerk, period=Period.parse(code), **target)
            for day, state, note in progress:
                row.move(state, day=day, note=note, by=clerk)


def _issues(clerk: User) -> None:
    for issue, entries in plans.ISSUES:
        row = Issue.objects.create(unit=clerk.unit, created_by=clerk, **issue)
        for day, state, note in entries:
            row.log(state, day=day, note=note, by=clerk)
