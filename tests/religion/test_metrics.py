"""Every figure of religious affairs against a register kept by hand: no query decides here what belongs to it."""

import datetime as dt
from collections.abc import Callable, Iterable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.models import Role, User
from religion.area import RELIGION
from religion.models import AtVenue, Dispute, Hazard, Suggestion, Venue, VenueChange, VenueProject, VenueType
from religion.models.venue import TEACHINGS
from tests.factories import make_district, make_town, make_user
from workplans.ledger import Ledger
from workplans.metrics import Over
from workplans.models import Activity, Period

# Days around every edge of 2020's first half, where a wrong comparison would show.
EDGES = [dt.date(2019, 12, 31), dt.date(2020, 1, 1), dt.date(2020, 1, 31), dt.date(2020, 2, 29), dt.date(2020, 3, 31),
         dt.date(2020, 4, 1), dt.date(2020, 6, 30), dt.date(2020, 7, 1)]  # fmt: skip
DAYS = st.sampled_from(EDGES) | st.dates(dt.date(2019, 11, 1), dt.date(2020, 9, 30))
PERIODS = st.sampled_from([Period.parse(code) for code in ("2020H1", "2020H2", "2019H2", "2020Q1", "2020-06", "2020")])
VENUES = 4  # of each town
WHO = st.integers(0, 2)  # two towns that are asked for, and a third that must never be counted
WHICH = st.integers(0, VENUES - 1)
FOUND = {"hazards": Hazard, "disputes": Dispute, "suggestions": Suggestion}


@st.composite
def later(draw: st.DrawFn, day: dt.date) -> dt.date | None:
    """A day not before this one, or none."""
    return draw(st.none() | st.just(day) | DAYS.map(lambda other: max(day, other)))


@st.composite
def venues(draw: st.DrawFn) -> dict:
    registered = draw(st.none() | DAYS)
    return {
        "type": draw(st.sampled_from(VenueType.values)),
        "registered_on": registered,
        "revoked_on": draw(later(registered or EDGES[0])),
        "clergy_count": draw(st.none() | st.integers(0, 5)),
    }


@st.composite
def matters(draw: st.DrawFn) -> dict:
    """What a hazard, a dispute or a suggestion may look like; the first only has the two middle days."""
    opened = draw(DAYS)
    rectified = draw(later(opened))
    closed = draw(later(rectified or opened))
    return {"opened_on": opened, "rectified_on": rectified, "closed_on": closed,
            "void_reason": draw(st.sampled_from(["", "", "重复"])), "grade": draw(st.sampled_from(["common", "major"])),
            "row": draw(st.integers(0, 30))}  # fmt: skip


ROWS = st.fixed_dictionaries({
    "kind": st.sampled_from([*(kind.code for kind in RELIGION.kinds), *["inspection"] * 5, "forum"]),
    "date": DAYS, "state": st.sampled_from(Activity.State.values), "sessions": st.integers(0, 3),
    "person_times": st.integers(0, 40), "quantity": st.integers(0, 9),
})  # fmt: skip
TOWNS = st.fixed_dictionaries({
    "venues": st.lists(venues(), min_size=VENUES, max_size=VENUES),
    "rows": st.lists(st.tuples(ROWS, st.none() | WHICH), min_size=1, max_size=12),
    "changes": st.lists(DAYS, max_size=5),
    "projects": st.lists(matters(), max_size=4),
    **{name: st.lists(matters(), max_size=6) for name in FOUND},
})  # fmt: skip
REGISTERS = st.lists(TOWNS, min_size=3, max_size=3)


@pytest.fixture
def clerks(db: None) -> list[User]:
    district = make_district()
    towns = [make_town(parent=district, code=code, name=code) for code in ("one", "two", "three")]
    return [make_user(unit=town, role=Role.CLERK, username=town.code) for town in towns]


def enter(towns: list[dict], clerks: list[User]) -> None:
    """Put the generated registers into empty tables; the dictionaries keep what they refer to."""
    for model in (*FOUND.values(), VenueProject, VenueChange, AtVenue, Activity, Venue):
        model.objects.all().delete()
    for town, clerk in zip(towns, clerks, strict=True):
        mine = {"unit": clerk.unit, "created_by": clerk}
        places = Venue.objects.bulk_create(
            Venue(name=f"场所{number}", teaching=TEACHINGS[fields["type"]][0], **fields, **mine)
            for number, fields in enumerate(town["venues"])
        )
        rows = Activity.objects.bulk_create(
            Activity(area="religion", year=2020, number=number, title="事", **fields, **mine)
            for number, (fields, _) in enumerate(town["rows"], start=1)
        )
        AtVenue.objects.bulk_create(
            AtVenue(activity=row, unit=clerk.unit, venue=places[at])
            for row, (_, at) in zip(rows, town["rows"], strict=True)
            if at is not None
        )
        VenueChange.objects.bulk_create(
            VenueChange(unit=clerk.unit, venue=places[0], day=day, after="open", created_by=clerk)
            for day in town["changes"]
        )
        VenueProject.objects.bulk_create(
            VenueProject(venue=places[0], type="extend", title="扩建", **picked(each), **mine)
            for each in town["projects"]
        )
        for name, model in FOUND.items():
            for each in town[name]:
                each["row"] = rows[each["row"] % len(rows)]
            model.objects.bulk_create(
                model(activity=each["row"], venue=places[0], **picked(each, hazard=model is Hazard), **mine)
                for each in town[name]
            )


def picked(matter: dict, *, hazard: bool = False) -> dict:
    """The columns a table has of a generated matter."""
    fields = {name: matter[name] for name in ("opened_on", "closed_on", "void_reason")}
    if not hazard:
        return fields
    rectified = matter["rectified_on"]
    return fields | {"grade": matter["grade"], "rectified_on": rectified,
                     "closed_on": matter["closed_on"] if rectified else None, "rechecked_on": rectified}  # fmt: skip


def by_hand(towns: Iterable[dict], period: Period) -> dict[str, int]:
    """Every figure of the area, counted in Python."""
    towns, last = list(towns), period.last_day

    def rows(*kinds: str) -> list[dict]:
        return [row for town in towns for row, _ in town["rows"]
                if row["kind"] in kinds and row["date"] in period and row["state"] != "void"]  # fmt: skip

    def total(kind: str, column: str) -> int:
        return sum(row[column] for row in rows(kind))

    def found(name: str, wanted: Callable[[dict], bool]) -> int:
        return sum(wanted(each) for town in towns for each in town[name]
                   if not each["void_reason"] and each["row"].state != "void")  # fmt: skip

    def opened(each: dict) -> bool:
        return each["opened_on"] in period

    def came(day: dt.date | None) -> bool:
        return day is not None and day <= last

    def ended(each: dict) -> bool:
        return came(each["closed_on"])

    def existing(*types: str) -> list[dict]:
        return [venue for town in towns for venue in town["venues"]
                if venue["type"] in types and not came(venue["revoked_on"])
                and (venue["registered_on"] is None or came(venue["registered_on"]))]  # fmt: skip

    inspected = {(number, at) for number, town in enumerate(towns) for row, at in town["rows"]
                 if row in rows("inspection") and at is not None}  # fmt: skip
    every = set(VenueType.values)
    return {
        "venues": len(existing(*every - {"folk"})),
        **{f"venues_{kind}": len(existing(kind)) for kind in every},
        "clergy": sum(venue["clergy_count"] or 0 for venue in existing(*every)),
        "venue_checks": total("venue_registration", "quantity"),
        "venue_changes": sum(day in period for town in towns for day in town["changes"]),
        "patrols": total("patrol", "sessions"),
        "inspections": total("inspection", "sessions"),
        "venues_inspected": len(inspected),
        "hazards_found": found("hazards", opened),
        "hazards_rectified": found("hazards", lambda each: opened(each) and came(each["rectified_on"])),
        "hazards_major": found("hazards", lambda each: opened(each) and each["grade"] == "major"),
        "hazards_open": found(
            "hazards", lambda each: each["opened_on"] <= last and not (each["rectified_on"] and ended(each))
        ),
        "disputes_found": found("disputes", opened),
        "disputes_solved": found("disputes", lambda each: opened(each) and ended(each)),
        "core_value_sessions": total("core_values", "sessions"),
        "law_sessions": total("law_publicity", "sessions"),
        "law_people": total("law_publicity", "person_times"),
        "venue_services": total("venue_service", "quantity"),
        "oversight_visits": total("oversight", "sessions"),
        "suggestions": found("suggestions", opened),
        "suggestions_answered": found("suggestions", lambda each: opened(each) and ended(each)),
        "large_events": total("large_event", "sessions"),
        "projects_open": sum(
            each["opened_on"] <= last and not ended(each) and not each["void_reason"]
            for town in towns for each in town["projects"]
        ),
    }  # fmt: skip


generated = settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)


@generated
@given(towns=REGISTERS, period=PERIODS)
def test_every_figure_is_what_a_register_kept_by_hand_says(towns: list[dict], period: Period, clerks: list[User]):
    enter(towns, clerks)
    ledger = Ledger([clerk.unit for clerk in clerks[:2]], period)
    assert {metric.code: ledger.value(metric) for metric in RELIGION.metrics} == by_hand(towns[:2], period)


@generated
@given(towns=REGISTERS, period=PERIODS)
def test_every_figure_is_the_sum_of_what_its_rows_add(towns: list[dict], period: Period, clerks: list[User]):
    enter(towns, clerks)
    ledger = Ledger([clerk.unit for clerk in clerks[:2]], period)
    for metric in RELIGION.metrics:
        amounts = [amount for _, amount in metric.amounts(ledger.rows(metric))]
        assert sum(amounts) == ledger.value(metric), metric.code
        assert metric.over is Over.DISTINCT or 0 not in amounts, metric.code


@generated
@given(towns=REGISTERS)
def test_every_month_tells_what_its_own_register_says(towns: list[dict], clerks: list[User]):
    enter(towns, clerks)
    period = Period.parse("2020H1")
    table = Ledger([clerk.unit for clerk in clerks[:2]], period).by_month(RELIGION.metrics)
    for month in period.months:
        expected = by_hand(towns[:2], month)
        assert {code: table.get(month.code, {}).get(code, 0) for code in expected} == expected


def test_a_venue_inspected_in_two_months_is_one_venue(clerks: list[User]):
    at = {"type": "temple", "registered_on": None, "revoked_on": None, "clergy_count": None}
    row = {"kind": "inspection", "state": "recorded", "sessions": 1, "person_times": 0, "quantity": 0}
    days = [dt.date(2020, 2, 3), dt.date(2020, 2, 4), dt.date(2020, 5, 6)]
    empty = {"changes": [], "projects": [], "hazards": [], "disputes": [], "suggestions": []}
    town = {"venues": [at], "rows": [({**row, "date": day}, 0) for day in days], **empty}
    enter([town, town, {"venues": [], "rows": [], **empty}], clerks)
    metric = next(each for each in RELIGION.metrics if each.code == "venues_inspected")
    own = Ledger([clerks[0].unit], Period.parse("2020H1"))
    assert own.value(metric) == 1
    assert [own.by_month([metric])[month.code][metric.code] for month in own.period.months] == [0, 1, 0, 0, 1, 0]
    assert Ledger([clerk.unit for clerk in clerks], own.period).value(metric) == 2
