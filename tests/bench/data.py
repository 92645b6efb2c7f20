"""One town's ledger of 5,000 rows, alone and as one of 200 in a city's million."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import cycle
from typing import Any

from django.core.management import call_command
from django.db import connections, models
from django.utils import timezone

from accounts.models import Level, Role, Unit, User, Village
from religion.models import AtVenue, Hazard, Venue
from workplans import compose
from workplans.area import kinds
from workplans.models import Activity, Issue, Period, Summary, Target

HALF = Period.parse("2020H1")  # the last of the ten half-years that hold rows
TOWNS = {"town": 1, "city": 200}
ROWS = 5_000  # of a town, over five years
CODE = "town-100"  # the town that is measured, from the middle of the city
PROSE = "组织学习会议精神，传达上级部署要求，结合本镇实际研究贯彻措施，听取各村情况汇报并逐项明确责任。" * 2


class Chosen:
    """The router: every query goes to the database that is being measured."""

    alias = "town"

    def db_for_read(self, model: type[models.Model], **hints: Any) -> str:
        return Chosen.alias

    db_for_write = db_for_read


@contextmanager
def reading(alias: str) -> Iterator[None]:
    before, Chosen.alias = Chosen.alias, alias
    try:
        yield
    finally:
        Chosen.alias = before


def build() -> None:
    """Both databases, from nothing."""
    if connections["default"].vendor == "postgresql":
        with connections["default"].cursor() as cursor:
            for alias in TOWNS:
                cursor.execute(f"CREATE DATABASE bench_{alias}")
    for alias, towns in TOWNS.items():
        call_command("migrate", database=alias, verbosity=0, skip_checks=True)
        with reading(alias):
            fill(alias, towns)


def fill(alias: str, towns: int) -> None:
    district = Unit.objects.create(code="district", name="云川区", level=Level.DISTRICT)
    numbers = range(1, towns + 1) if towns > 1 else [100]
    for number in numbers:
        Unit.objects.create(code=f"town-{number}", name=f"第{number}镇", parent=district)
    measured = Unit.objects.get(code=CODE)
    users = {
        role: User.objects.create(username=role, name=role, unit=measured, role=role, must_change_password=False)
        for role in (Role.CLERK, Role.REVIEWER)
    }
    Village.objects.bulk_create(Village(unit=unit, name=f"{n}村") for unit in Unit.objects.towns() for n in range(12))
    give_rows(alias, measured, users[Role.CLERK])
    give_plans(users[Role.CLERK])
    give_venues(users[Role.CLERK])
    compose.start(measured, HALF, users[Role.CLERK], timezone.now())
    if connections[alias].vendor == "postgresql":
        with connections[alias].cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")


def give_rows(alias: str, measured: Unit, by: User) -> None:
    """The same rows for every town, in the order of their days: each town's lie scattered over the table, as in life."""
    Activity.objects.bulk_create(rows_of(measured, by))
    table = Activity._meta.db_table
    columns = [field.column for field in Activity._meta.concrete_fields if field.column not in ("id", "unit_id")]
    names = ", ".join(columns)
    with connections[alias].cursor() as cursor:
        cursor.execute(f"CREATE TEMPORARY TABLE pattern AS SELECT * FROM {table}")  # noqa: S608
        cursor.execute(f"DELETE FROM {table}")  # noqa: S608
        cursor.execute(
            f"INSERT INTO {table} (unit_id, {names}) "  # noqa: S608
            f"SELECT unit.id, {', '.join(f'pattern.{column}' for column in columns)} "
            f"FROM pattern CROSS JOIN {Unit._meta.db_table} AS unit WHERE unit.level = 'town' "
            "ORDER BY pattern.date, pattern.id, unit.id"
        )
        cursor.execute("DROP TABLE pattern")


def rows_of(unit: Unit, by: User) -> Iterator[Activity]:
    dice = random.Random(2020)  # noqa: S311
    villages = list(unit.villages.all())
    first, last = HALF.shift(-9).first_day, HALF.last_day
    days = sorted(first + dt.timedelta(dice.randrange((last - first).days + 1)) for _ in range(ROWS))
    numbers: dict[int, int] = {}
    for day in days:
        kind = dice.choice(list(kinds().values()))
        numbers[day.year] = numbers.get(day.year, 0) + 1
        quantity = dice.randrange(1, 20) if kind.quantity else 0
        yield Activity(
            unit=unit, year=day.year, number=numbers[day.year], date=day, kind=kind.code, area=kind.area,
            title=f"{kind.label}（第{numbers[day.year]}次）", village=dice.choice(villages), place="镇政府会议室",
            sessions=1, person_times=dice.randrange(5, 200), quantity=quantity, quantity_done=quantity // 2,
            content=PROSE, result=PROSE[:40], created_by=by, created_at=timezone.now(),
            state="recorded" if (last - day).days < 10 else "void" if dice.random() < 0.01 else "confirmed",
        )  # fmt: skip


def give_plans(by: User) -> None:
    """Targets of two half-years and open issues, in every town."""
    for unit in Unit.objects.towns():
        Target.objects.bulk_create(
            Target(unit=unit, period=period, area="structure", item=n, text=f"完成第{n}项工作", deliverable="工作报告",
                   due=period.last_day, created_by=by)
            for period in (HALF, HALF.after) for n in range(1, 11)
        )  # fmt: skip
        Issue.objects.bulk_create(
            Issue(unit=unit, title=f"第{n}个问题", area="structure", opened_on=HALF.first_day, created_by=by)
            for n in range(1, 6)
        )


def give_venues(by: User) -> None:
    """Twelve venues in every town; its religious rows happened at them in turn, and every inspection found two hazards."""
    for unit in Unit.objects.towns():
        venues = Venue.objects.bulk_create(
            Venue(unit=unit, name=f"第{n}寺", type="temple", teaching="buddhism", created_by=by) for n in range(1, 13)
        )
        rows = list(zip(Activity.objects.of_unit(unit).in_area("religion").order_by("pk"), cycle(venues), strict=False))
        AtVenue.objects.bulk_create(AtVenue(unit=unit, activity=row, venue=venue) for row, venue in rows)
        Hazard.objects.bulk_create(
            hazard(row, venue, number, by) for row, venue in rows if row.kind == "inspection" for number in (1, 2)
        )


def hazard(row: Activity, venue: Venue, number: int, by: User) -> Hazard:
    """Those of earlier half-years were closed after ten days; of the last one's every second is still open."""
    found = Hazard(
        unit_id=row.unit_id, activity=row, venue=venue, description=f"第{number}处隐患", opened_on=row.date,
        due=row.date + dt.timedelta(30), post="统战干事", created_by=by,
    )  # fmt: skip
    if number == 1 or row.date < HALF.first_day:
        found.state = Hazard.State.CLOSED
        found.rectified_on = found.rechecked_on = found.closed_on = row.date + dt.timedelta(10)
    return found


def measured() -> Unit:
    return Unit.objects.get(code=CODE)


def user(role: str) -> User:
    return User.objects.get(username=role)


def summary() -> Summary:
    return Summary.objects.get(unit=measured())


def venue() -> Venue:
    return Venue.objects.of_unit(measured()).earliest("pk")
