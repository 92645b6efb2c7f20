"""The enterprises of the demonstration, and what its rows of the ledger tell of them."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

from accounts.models import User
from nonpublic.models import AtEnterprise, Contribution, Enterprise, EnterpriseVisit, Request, ServiceEvent
from nonpublic.money import hundreds_of
from workplans.demo.tables import Line, Tables
from workplans.demo.tables import day as day_of
from workplans.models import Activity

SAMPLE = "示例数据"  # as the ledger's rows have it
CONTRIBUTIONS = ("poverty_relief", "contribution")


class Demo:
    """Enters the area's sample data for one town; the core's loader calls it as it goes through that town's ledger."""

    def __init__(self, clerk: User) -> None:
        self.clerk = clerk
        self.tables = Tables(Path(__file__).parent, clerk.unit.code)
        self.mine = {"unit_id": clerk.unit_id, "created_by": clerk}

    def before(self) -> None:
        """Before the town's first row: the register, which rows name by its lines."""
        villages = {village.name: village for village in self.clerk.unit.villages.all()}
        self.closing = list(self.tables.lines("enterprises"))
        self.enterprises = [self._enterprise(line, villages[line["village"]]) for line in self.closing]
        self.lines = {name: self.tables.by_day(name) for name in ("visits", "services", "contributions", "requests")}

    def row(self, row: Activity) -> None:
        """A row of this area has just been recorded."""
        day = row.date.isoformat()
        if row.kind == "enterprise_visit":
            self._visit(row, day)
        elif row.kind in CONTRIBUTIONS:
            self._contribution(row, day)
        elif row.kind == "enterprise_request":
            self._requests(row, day)
        else:
            self._service(row, day)

    def after(self) -> None:
        """After the town's last row."""
        for enterprise, line in zip(self.enterprises, self.closing, strict=True):
            if line["state"]:
                enterprise.close(line["state"], day=day_of(line["until"]), note=line["state_note"])

    def _enterprise(self, line: Line, village: object) -> Enterprise:
        names = ("name", "type", "credit_code", "trade", "park", "staff_band", "party_body", "office_phone")
        marks = {name: line[name] == "1" for name in ("above_scale", "is_member")}
        texts = {name: line[name] for name in names}
        return Enterprise(
            village=village, since=day_of(line["since"]), note=SAMPLE, **texts, **marks, **self.mine
        ).enter()  # fmt: skip

    def _visit(self, row: Activity, day: str) -> None:
        for line in self.lines["visits"][day]:
            EnterpriseVisit.objects.create(
                activity=row, unit_id=row.unit_id, form=line["form"], leader_post=line["leader_post"]
            )
            AtEnterprise.objects.tell(row, self._named(line["enterprises"]))

    def _service(self, row: Activity, day: str) -> None:
        for line in self.lines["services"][day]:
            ServiceEvent.objects.create(
                activity=row, unit_id=row.unit_id, enterprises=int(line["number"]), signed=_money(line["signed"])
            )
            AtEnterprise.objects.tell(row, self._named(line["enterprises"]))

    def _contribution(self, row: Activity, day: str) -> None:
        for line in self.lines["contributions"][day]:
            Contribution.objects.create(
                activity=row, unit_id=row.unit_id, programme=line["programme"], form=line["form"],
                amount=_money(line["amount"]), withheld=line["withheld"] == "1",
            )  # fmt: skip
            AtEnterprise.objects.tell(row, self._named(line["donor"]))

    def _requests(self, row: Activity, day: str) -> None:
        asking = []
        for line in self.lines["requests"][day]:
            [enterprise] = self._named(line["enterprise"])
            asking.append(enterprise)
            found = Request(
                activity=row, enterprise=enterprise, opened_on=row.date, due=day_of(line["due"]),
                **{name: line[name] for name in ("kind", "need", "suggestion", "responsible", "post")}, **self.mine,
            )  # fmt: skip
            found.save()
            for step in filter(None, line["steps"].split("/")):
                move, taken, note = step.split(" ", 2)
                found.move(move, day=day_of(taken), note=f"{note}。", by=self.clerk)
        AtEnterprise.objects.tell(row, asking)

    def _named(self, lines: str) -> list[Enterprise]:
        """The enterprises on these lines of the register, counted from 1."""
        return [self.enterprises[int(line) - 1] for line in lines.split()]


def _money(text: str) -> int:
    return hundreds_of(Decimal(text)) if text else 0
