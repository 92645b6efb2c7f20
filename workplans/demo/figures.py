"""The demonstration's counts of people and its public posts: numbers and offices, no person's name."""

from __future__ import annotations

import datetime as dt

from accounts.models import User
from workplans.models import Activity, Category, HeadcountSnapshot, PublicPost

SAMPLE = "示例数据"
C, T = Category, PublicPost.Type
# by town and day of counting, in the order of the categories
ORDER = tuple(C)
COUNTS = {
    "qingxi": {
        dt.date(2019, 6, 20): (9, 3, 58, 12, 7, 46, 61, 4, 2, 6, 23, 0, 31, 16, 11, 3),
        dt.date(2019, 12, 18): (9, 3, 60, 12, 7, 49, 66, 4, 2, 6, 23, 0, 33, 17, 12, 4),
        dt.date(2020, 6, 22): (10, 4, 63, 12, 8, 54, 72, 5, 2, 6, 24, 0, 36, 18, 12, 6),
    },
    "baishi": {dt.date(2020, 6, 15): (3, 1, 27, 6, 4, 18, 22, 2, 0, 2, 9, 0, 12, 6, 3, 1)},
}
POSTS = {
    "qingxi": [
        (T.DELEGATE, "区人大代表", "第五届", "2016-12-20", "2021-12-31", ""),
        (T.CONSULTATIVE, "区政协委员（经济界）", "第五届", "2016-12-22", "2021-12-31", ""),
        (T.CONSULTATIVE, "区政协委员（教育界）", "第五届", "2016-12-22", "2021-12-31", ""),
        (T.CADRE, "镇中心学校副校长", "", "2018-09-01", "", ""),
        (T.STRATA_HEAD, "镇新的社会阶层人士联谊会筹备组组长", "", "2019-11-08", "2020-10-31", ""),
        (T.RELIGIOUS_HEAD, "区佛教协会理事", "第三届", "2015-05-18", "2020-05-18", "2020-05-18"),
    ],
    "baishi": [(T.DELEGATE, "区人大代表", "第五届", "2016-12-20", "2021-12-31", "")],
}


class Demo:
    """Enters the area's sample data for one town, after its ledger."""

    def __init__(self, clerk: User) -> None:
        self.clerk = clerk
        self.mine = {"unit": clerk.unit, "created_by": clerk}

    def before(self) -> None:
        """Nothing that the town's rows refer to."""

    def row(self, row: Activity) -> None:
        """No row of this area tells more than the ledger."""

    def after(self) -> None:
        for day, numbers in COUNTS.get(self.clerk.unit.code, {}).items():
            HeadcountSnapshot(counted_on=day, **self.mine).record(dict(zip(ORDER, numbers, strict=True)))
        for type_, title, term, began, ends, ended in POSTS.get(self.clerk.unit.code, []):
            post = PublicPost(
                type=type_, title=title, term=term, began_on=dt.date.fromisoformat(began),
                term_ends_on=dt.date.fromisoformat(ends) if ends else None, source=SAMPLE, **self.mine,
            ).enter()  # fmt: skip
            if ended:
                post.end(dt.date.fromisoformat(ended))
