"""The venues of the demonstration, and what its rows of the ledger tell of them."""

from __future__ import annotations

from accounts.models import User
from workplans.models import Activity


class Demo:
    """Enters the area's sample data for one town; the core's loader calls it as it goes through that town's ledger."""

    def __init__(self, clerk: User) -> None:
        self.clerk = clerk

    def before(self) -> None:
        """Before the town's first row, when its targets and issues are there: what rows refer to."""

    def row(self, row: Activity) -> None:
        """A row of this area has just been recorded."""

    def after(self) -> None:
        """After the town's last row."""
