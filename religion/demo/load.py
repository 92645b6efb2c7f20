"""The venues of the demonstration, and what its rows of the ledger tell of them."""

from __future__ import annotations

from pathlib import Path

from accounts.models import User
from religion.models import (
    AtVenue,
    Change,
    CheckResult,
    Dispute,
    Hazard,
    LargeEvent,
    LocalRules,
    OversightVisit,
    SafetyInspection,
    Sheet,
    Suggestion,
    Topic,
    Venue,
    VenuePatrol,
    VenueProject,
    default_items,
)
from workplans.demo.tables import Line, Tables
from workplans.demo.tables import day as day_of
from workplans.models import Activity, Issue

HERE = Path(__file__).parent
SAMPLE = "示例数据"  # as the ledger's rows have it: stands where a record names its document
YEAR, THEME = 2020, "法治"
RULES = {"registered_from": 500, "numbered_from": 100, "number_prefix": "示例民信", "fifth_entry": "消防安全知识"}
RESULT = CheckResult.Result


class Demo:
    """Enters the area's sample data for one town; the core's loader calls it as it goes through that town's ledger."""

    def __init__(self, clerk: User) -> None:
        self.clerk = clerk
        self.tables = Tables(HERE, clerk.unit.code)
        self.mine = {"unit_id": clerk.unit_id, "created_by": clerk}

    def before(self) -> None:
        """Before the town's first row, when its targets and issues are there: what rows refer to."""
        LocalRules.objects.create(unit_id=self.clerk.unit_id, **RULES)
        villages = {village.name: village for village in self.clerk.unit.villages.all()}
        self.venues = {
            line["name"]: self._venue(line, villages[line["village"]]) for line in self.tables.lines("venues")
        }
        self.lines = {
            table: self.tables.by_day(table)
            for table in ("patrols", "inspections", "hazards", "disputes", "suggestions", "visits", "large_events")
        }

    def row(self, row: Activity) -> None:
        """A row of this area has just been recorded."""
        if venue := self._venue_of(row):
            AtVenue.objects.create(activity=row, unit_id=row.unit_id, venue=venue)
        if enter := getattr(self, f"_{row.kind}", None):
            enter(row, row.date.isoformat())

    def after(self) -> None:
        """After the town's last row."""
        for line in self.tables.lines("changes"):
            self.venues[line["venue"]].change(
                line["state"], day=day_of(line["day"]), note=line["note"], document=line["document"], by=self.clerk
            )
        for line in self.tables.lines("projects"):
            self._project(line)
        for topic in Topic:
            self._sheet(topic)

    def _venue(self, line: Line, village: object) -> Venue:
        texts = ("name", "type", "teaching", "address", "number", "level", "heritage", "body", "responsible_post")
        numbers = ("site_area", "building_area", "capacity", "clergy_count")
        days = ("registered_on", "body_term_end", "clergy_checked_on")
        fields = {name: line[name] for name in texts}
        fields |= {name: int(line[name]) if line[name] else None for name in numbers}
        fields |= {name: day_of(line[name]) for name in days}
        return Venue(village=village, note=SAMPLE, **fields, **self.mine).register()

    def _venue_of(self, row: Activity) -> Venue | None:
        """The venue a row names as its place; else the first one of its village."""
        here = (venue for venue in self.venues.values() if row.village and venue.village == row.village)
        return self.venues.get(row.place) or next(here, None)

    def _patrol(self, row: Activity, day: str) -> None:
        for line in self.lines["patrols"][day]:
            VenuePatrol.objects.create(activity=row, **self._of(row, line, "visitor", "finding"))

    def _oversight(self, row: Activity, day: str) -> None:
        for line in self.lines["visits"][day]:
            OversightVisit.objects.create(activity=row, **self._of(row, line, "body"))
        for line in self.lines["suggestions"][day]:
            venue = self.venues.get(line["venue"])
            found = Suggestion(activity=row, venue=venue, text=line["text"], **self._followed(row, line))
            self._begin(found, line)

    def _large_event(self, row: Activity, day: str) -> None:
        for line in self.lines["large_events"][day]:
            told = self._of(row, line, "approval", "approval_number", "safety_plan")
            LargeEvent.objects.create(activity=row, expected=int(line["expected"]), **told)

    def _dispute(self, row: Activity, day: str) -> None:
        for line in self.lines["disputes"][day]:
            venue = self.venues.get(line["venue"])
            told = {"type": line["type"], "course": f"{line['course']}{SAMPLE}。"}
            self._begin(Dispute(activity=row, venue=venue, **told, **self._followed(row, line)), line)

    def _inspection(self, row: Activity, day: str) -> None:
        hazards = self.lines["hazards"][day]
        for line in self.lines["inspections"][day]:
            told = self._of(row, line, "organiser", "departments", "conclusion", "notice_number")
            SafetyInspection.objects.create(activity=row, **told)
            marks = dict.fromkeys(map(int, line["not_applicable"].split()), RESULT.NOT_APPLICABLE)
            marks |= {int(hazard["item"]): RESULT.FAILED for hazard in hazards}
            CheckResult.objects.bulk_create(
                CheckResult(
                    unit_id=row.unit_id, activity=row, position=item.position, group=item.group, text=item.text,
                    result=marks.get(item.position, RESULT.PASSED),
                )
                for item in default_items(row.unit_id)
            )  # fmt: skip
        for line in hazards:
            told = {name: line[name] for name in ("description", "grade", "disposal")}
            found = Hazard(activity=row, venue=self._venue_of(row), **told, **self._followed(row, line))
            self._begin(found, line)

    def _of(self, row: Activity, line: Line, *names: str) -> dict[str, object]:
        return {"unit_id": row.unit_id} | {name: line[name] for name in names}

    def _followed(self, row: Activity, line: Line) -> dict[str, object]:
        return {"opened_on": row.date, "due": day_of(line["due"]), "post": line["post"], **self.mine}

    def _begin(self, found: Hazard | Dispute | Suggestion, line: Line) -> None:
        """Store a matter and take it through its steps: `rectify 2020-01-14 what was done/recheck …`."""
        found.save()
        for step in filter(None, line["steps"].split("/")):
            move, day, note = step.split(" ", 2)
            found.move(move, day=day_of(day), note=f"{note}。", document=SAMPLE, by=self.clerk)

    def _project(self, line: Line) -> None:
        project = VenueProject(
            venue=self.venues[line["venue"]], type=line["type"], title=line["title"], opened_on=day_of(line["opened_on"]),
            issue=Issue.objects.of_unit(self.clerk.unit_id).get(title=line["issue"]), due=day_of(line["due"]),
            post=line["post"], **self.mine,
        ).begin(note=line["note"], document=line["document"])  # fmt: skip
        for step in line["steps"].split("/"):
            stage, day, document, note = step.split(" ", 3)
            project.move(stage, day=day_of(day), note=note, document=document, by=self.clerk)

    def _sheet(self, topic: str) -> None:
        """One year's table, its marks written as `item:mark` or `item:mark:day:form`."""
        theme = THEME if topic == Topic.HARMONY else ""
        sheet = Sheet.objects.create(unit_id=self.clerk.unit_id, topic=topic, year=YEAR, theme=theme)
        changes = []
        for line in self.tables.lines("sheets"):
            if line["topic"] == topic:
                for told in line["marks"].split():
                    item, mark, day, form = [*told.split(":"), "", ""][:4]
                    changes.append(Change(self.venues[line["venue"]].pk, item, 0, mark, day_of(day), form))
        sheet.fill(changes, self.clerk)
