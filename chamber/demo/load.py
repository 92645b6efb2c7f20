"""The chamber of the demonstration: founded step by step, and late for want of a head, as the half-year report has it."""

from __future__ import annotations

import datetime as dt

from accounts.models import User
from chamber.models import (
    Chamber,
    ChamberMeeting,
    ChamberState,
    Founding,
    FourGoods,
    Mark,
    Membership,
    Obstacle,
    Officer,
    SelfRating,
)
from chamber.wording import AREA
from nonpublic.models import Enterprise
from workplans.models import Activity, ObstacleType, Target

BEGUN, DUE = dt.date(2020, 3, 20), dt.date(2020, 9, 30)
CLERK, REVIEWER = "统战干事", "统战委员"
# Of each step: the day it was first planned for, and whose post is responsible.
PLAN = (
    (dt.date(2020, 4, 10), CLERK), (dt.date(2020, 4, 30), CLERK), (dt.date(2020, 5, 10), CLERK),
    (dt.date(2020, 5, 31), REVIEWER), (dt.date(2020, 6, 30), REVIEWER), (dt.date(2020, 7, 20), REVIEWER),
    (dt.date(2020, 8, 31), CLERK), (dt.date(2020, 9, 20), CLERK), (dt.date(2020, 9, 30), CLERK),
)  # fmt: skip
DONE = (dt.date(2020, 4, 8), dt.date(2020, 5, 6), dt.date(2020, 5, 11))
# What the obstacle did to the plan.
MOVED_ON, MOVED = dt.date(2020, 6, 10), {5: dt.date(2020, 7, 31), 6: dt.date(2020, 8, 15)}
OBSTACLE = Obstacle(ObstacleType.PERSON, "商会主要负责人人选问题", dt.date(2020, 5, 11))
# Of the rows in the ledger's sample data, by their titles.
MEETINGS = {
    "镇商会筹备工作会议": {"type": ChamberMeeting.Type.PREPARATION, "due": 15, "attended": 14,
                  "items": "推荐商会主要负责人人选"},
    "商会章程起草讨论会": {"type": ChamberMeeting.Type.PREPARATION, "due": 14, "attended": 12,
                  "items": "讨论章程草案\n征求会费办法意见", "charter_for": 11, "charter_abstain": 1},
}  # fmt: skip
# A town whose chamber was founded before the ledger began.
ESTABLISHED, FOUNDED, TERM_END = "baishi", dt.date(2018, 3, 18), dt.date(2021, 3, 17)
POSTS = (Officer.Post.PRESIDENT, Officer.Post.CHIEF_SUPERVISOR, Officer.Post.VICE, Officer.Post.SECRETARY)


class Demo:
    """Enters the area's sample data for one town; a town whose plan has no chamber in it gets none."""

    def __init__(self, clerk: User) -> None:
        self.clerk = clerk
        self.unit = clerk.unit
        self.mine = {"unit_id": clerk.unit_id, "created_by": clerk}

    def before(self) -> None:
        target = Target.objects.of_unit(self.unit).in_area(AREA).open().first()
        if target:
            self._found(target)
        elif self.unit.code == ESTABLISHED:
            self._establish()

    def row(self, row: Activity) -> None:
        """A row of this area has just been recorded."""
        if told := MEETINGS.get(row.title):
            ChamberMeeting.objects.create(activity=row, unit_id=row.unit_id, **told)

    def after(self) -> None:
        """After the town's last row."""

    def _found(self, target: Target) -> None:
        chamber = Chamber(
            **self.mine, name=f"{self.unit.parent.name}{self.unit.name}商会", supervising_body="区工商联",
            registry="区民政局",
        ).register(BEGUN)  # fmt: skip
        founding = Founding.begin(chamber, target=target, due=DUE, day=BEGUN, by=self.clerk, today=BEGUN)
        plans = {step.pk: plan for step, plan in zip(founding.course(), PLAN, strict=True)}
        founding.plan(plans, due=DUE, by=self.clerk, today=BEGUN)
        for day in DONE:
            held_up = OBSTACLE if day == DONE[-1] else Obstacle()
            ready = founding.current().material_list
            founding.complete(day=day, ready=ready, obstacle=held_up, note="", by=self.clerk, today=day)
        told = "商会章程草案已讨论，主要负责人人选尚未确定。"
        founding.note(ready=[], obstacle=OBSTACLE, note=told, by=self.clerk, today=MOVED_ON)
        moved = {step.pk: (MOVED[step.position], step.post) for step in founding.course() if step.position in MOVED}
        founding.plan(moved, due=DUE, by=self.clerk, today=MOVED_ON)

    def _establish(self) -> None:
        chamber = Chamber(
            **self.mine, name=f"{self.unit.parent.name}{self.unit.name}商会", supervising_body="区工商联",
            registry="区民政局", founded_on=FOUNDED, term=1, term_end=TERM_END, state=ChamberState.FOUNDED,
        ).register(FOUNDED)  # fmt: skip
        of_it = {**self.mine, "chamber": chamber}
        enterprises = list(Enterprise.objects.of_unit(self.unit).existing().in_order())
        for enterprise in enterprises:
            Membership(**of_it, enterprise=enterprise, joined_on=FOUNDED).enter()
        for post, enterprise in zip(POSTS, enterprises, strict=False):
            Officer(**of_it, post=post, term=1, enterprise=enterprise, since=FOUNDED).enter()
        if enterprises:
            former = Officer(**of_it, post=Officer.Post.VICE, term=1, enterprise=enterprises[-1], since=FOUNDED).enter()
            former.end(dt.date(2019, 12, 31))
        for year, standard in ((2018, FourGoods.TO_2018), (2019, FourGoods.SINCE_2018)):
            SelfRating.objects.create(
                **of_it, year=year, standard=standard, first=Mark.MET, second=Mark.MET, third=Mark.NEARLY,
                fourth=Mark.MET, note="示例数据。",
            )  # fmt: skip
