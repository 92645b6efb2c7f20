"""Makers of rows with defaults: a test states only what it depends on."""

import datetime as dt
from typing import Any

from accounts.models import Level, Role, Unit, User, Village
from chamber.models import Chamber, Founding, Membership, Officer
from nonpublic.models import AtEnterprise, Enterprise, EnterpriseType, Request
from religion.models import AtVenue, Hazard, Venue, VenueProject, VenueType
from workplans.models import (
    Activity,
    Category,
    HeadcountSnapshot,
    Issue,
    NetworkLevel,
    NetworkSnapshot,
    Period,
    PublicPost,
    Target,
)

H1, H2 = Period.parse("2020H1"), Period.parse("2020H2")
DAY = dt.date(2020, 3, 16)


def make_district(*, code: str = "yunchuan", name: str = "云川区") -> Unit:
    return Unit.objects.create(code=code, name=name, level=Level.DISTRICT)


def make_town(*, parent: Unit | None = None, code: str = "qingxi", name: str = "清溪镇", **fields: Any) -> Unit:
    return Unit.objects.create(code=code, name=name, parent=parent, **fields)


def make_village(*, unit: Unit, name: str = "东山村") -> Village:
    return Village.objects.create(unit=unit, name=name)


def make_user(*, unit: Unit, role: str = Role.CLERK, username: str = "", **fields: Any) -> User:
    defaults = {"name": str(Role(role).label), "must_change_password": False}
    return User.objects.create_user(
        username or role, password="tests-only-password-1", unit=unit, role=role, **{**defaults, **fields}
    )


def make_activity(
    *, by: User, kind: str = "cadre_study", title: str = "学习会议精神", date: dt.date = DAY,
    audience: dict[str, int] | None = None, **fields: Any,
) -> Activity:  # fmt: skip
    return Activity(kind=kind, title=title, date=date, **fields).record(by, audience)


def make_target(
    *, by: User, text: str = "成立镇商会", period: Period = H2, area: str = "chamber", **fields: Any
) -> Target:
    return Target.objects.create(unit=by.unit, created_by=by, text=text, period=period, area=area, **fields)


def make_issue(
    *, by: User, title: str = "灵山寺扩寺建设", opened_on: dt.date = DAY, area: str = "structure", **fields: Any
) -> Issue:
    return Issue.objects.create(unit=by.unit, created_by=by, title=title, opened_on=opened_on, area=area, **fields)


def make_venue(*, by: User, name: str = "灵山寺", type: str = VenueType.TEMPLE, **fields: Any) -> Venue:
    teachings = {VenueType.TEMPLE: "buddhism", VenueType.DAOIST: "daoism", VenueType.MOSQUE: "islam",
                 VenueType.CHURCH: "protestantism", VenueType.OTHER: "buddhism", VenueType.FOLK: ""}  # fmt: skip
    defaults = {"teaching": teachings[VenueType(type)]}
    return Venue(unit=by.unit, created_by=by, name=name, type=type, **{**defaults, **fields}).register()


def make_event(*, by: User, venue: Venue, kind: str = "inspection", **fields: Any) -> Activity:
    """A row of the ledger that happened at a venue."""
    row = make_activity(by=by, kind=kind, **{"title": f"{venue.name}安全检查", **fields})
    AtVenue.objects.create(activity=row, unit=by.unit, venue=venue)
    return row


def make_hazard(*, by: User, venue: Venue, row: Activity | None = None, description: str = "配电箱无漏电保护",
                opened_on: dt.date = DAY, **fields: Any) -> Hazard:  # fmt: skip
    row = row or make_event(by=by, venue=venue, date=opened_on)
    return Hazard.objects.create(
        unit=by.unit, created_by=by, activity=row, venue=venue, description=description, opened_on=opened_on, **fields
    )


def make_project(
    *, by: User, venue: Venue, title: str = "灵山寺扩建", opened_on: dt.date = DAY, **fields: Any
) -> VenueProject:
    defaults = {"type": VenueProject.Type.EXTEND}
    return VenueProject(
        unit=by.unit, created_by=by, venue=venue, title=title, opened_on=opened_on, **{**defaults, **fields}
    ).begin()


def make_headcount(*, by: User, day: dt.date = DAY, **numbers: int) -> HeadcountSnapshot:
    """A day of counting, with the numbers of some categories by their codes."""
    new = HeadcountSnapshot(unit=by.unit, created_by=by, counted_on=day)
    return new.record({category.value: numbers.get(category.value, 0) for category in Category})


def make_network(
    *, by: User, day: dt.date = DAY, town: int = 0, villages: dict[Village, tuple[int, int]] | None = None
) -> NetworkSnapshot:
    """A day of counting: liaison persons of the town, and by village those of the village and of its grids."""
    numbers: dict[Any, int] = {(None, NetworkLevel.TOWN.value): town}
    for village, (own, grids) in (villages or {}).items():
        numbers |= {(village.pk, NetworkLevel.VILLAGE.value): own, (village.pk, NetworkLevel.GRID.value): grids}
    return NetworkSnapshot(unit=by.unit, created_by=by, counted_on=day).record(numbers)


def make_post(*, by: User, title: str = "区人大代表", began_on: dt.date = DAY, **fields: Any) -> PublicPost:
    defaults = {"type": PublicPost.Type.DELEGATE}
    return PublicPost(unit=by.unit, created_by=by, title=title, began_on=began_on, **{**defaults, **fields}).enter()


def make_chamber(*, by: User, name: str = "云川区清溪镇商会", **fields: Any) -> Chamber:
    return Chamber(unit=by.unit, created_by=by, name=name, **fields).register(DAY)


def make_founding(
    *, by: User, chamber: Chamber | None = None, target: Target | None = None, due: dt.date = dt.date(2020, 9, 30),
    today: dt.date = DAY, **of_target: Any,
) -> Founding:  # fmt: skip
    """A founding begun by the usual steps, which keeps a target of the second half-year."""
    defaults = {"kind": Target.Kind.MILESTONE, "deliverable": "商会组建工作", "must": True}
    target = target or make_target(by=by, **{**defaults, **of_target})
    chamber = chamber or make_chamber(by=by)
    return Founding.begin(chamber, target=target, due=due, day=DAY, by=by, today=today)


def make_member(*, by: User, chamber: Chamber, name: str = "清溪竹木有限公司", joined_on: dt.date = DAY) -> Membership:
    enterprise = make_enterprise(by=by, name=name)
    return Membership(
        unit=by.unit, created_by=by, chamber=chamber, enterprise=enterprise, joined_on=joined_on
    ).enter()  # fmt: skip


def make_officer(*, by: User, chamber: Chamber, post: str = "president", **fields: Any) -> Officer:
    defaults = {"term": 1, "since": DAY}
    return Officer(unit=by.unit, created_by=by, chamber=chamber, post=post, **{**defaults, **fields}).enter()


def make_enterprise(
    *, by: User, name: str = "清溪示例竹制品有限公司", since: dt.date = dt.date(2018, 1, 1), **fields: Any
) -> Enterprise:
    defaults = {"type": EnterpriseType.LIMITED}
    return Enterprise(unit=by.unit, created_by=by, name=name, since=since, **{**defaults, **fields}).enter()


def make_visit(*, by: User, enterprises: tuple[Enterprise, ...] = (), **fields: Any) -> Activity:
    """A row of the ledger about a visit to enterprises, counted by those named."""
    told = {"kind": "enterprise_visit", "title": "走访企业", "quantity": len(enterprises), **fields}
    row = make_activity(by=by, **told)
    AtEnterprise.objects.tell(row, enterprises)
    return row


def make_request(
    *, by: User, enterprise: Enterprise | None = None, row: Activity | None = None, need: str = "熟练工缺口较大",
    opened_on: dt.date = DAY, **fields: Any,
) -> Request:  # fmt: skip
    row = row or make_visit(by=by, enterprises=(enterprise,) if enterprise else (), date=opened_on)
    return Request.objects.create(
        unit=by.unit, created_by=by, activity=row, enterprise=enterprise, need=need, opened_on=opened_on, **fields
    )
