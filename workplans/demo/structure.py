"""The demonstration's liaison network: numbers per village, no person's name."""

from __future__ import annotations

import datetime as dt

from accounts.models import User
from workplans.models import Activity, NetworkLevel, NetworkSnapshot

# by town and day of counting: the town's own, then by village those of the village and of its grids
NETWORKS = {
    "qingxi": {
        dt.date(2019, 12, 12): (3, {"东山村": (1, 4), "西塘村": (1, 3), "南溪社区": (2, 5)}),
        dt.date(2020, 6, 12): (3, {"东山村": (2, 6), "西塘村": (1, 4), "北岭村": (1, 3), "南溪社区": (2, 7),
                                   "中和社区": (2, 6)}),
    },
    "baishi": {dt.date(2020, 6, 10): (2, {"西河村": (1, 3), "石桥村": (1, 0)})},
}  # fmt: skip


class Demo:
    """Enters the area's sample data for one town, after its ledger."""

    def __init__(self, clerk: User) -> None:
        self.clerk = clerk

    def before(self) -> None:
        """Nothing that the town's rows refer to."""

    def row(self, row: Activity) -> None:
        """No row of this area tells more than the ledger."""

    def after(self) -> None:
        villages = {village.name: village.pk for village in self.clerk.unit.villages.all()}
        for day, (town, by_village) in NETWORKS.get(self.clerk.unit.code, {}).items():
            numbers = {(None, NetworkLevel.TOWN.value): town}
            for name, (village, grids) in by_village.items():
                numbers[villages[name], NetworkLevel.VILLAGE.value] = village
                numbers[villages[name], NetworkLevel.GRID.value] = grids
            NetworkSnapshot(unit=self.clerk.unit, counted_on=day, created_by=self.clerk).record(numbers)
