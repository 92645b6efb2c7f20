from __future__ import annotations

from accounts.models import User
from workplans.area import About
from workplans.models import Activity


def about(row: Activity, user: User) -> About:
    """What the page of a row tells of its venue, its checks and what was found."""
    return About()
