"""What the page of a ledger row tells of a meeting of the chamber."""

from __future__ import annotations

from accounts.models import User
from chamber.models import ChamberMeeting
from workplans.area import About
from workplans.models import Activity
from workplans.views.details import columns_of


def about(row: Activity, user: User) -> About:
    meeting = ChamberMeeting.objects.of_row(row)
    if meeting is None:
        return About()
    told = [name for name in ("type", "due", "attended", "items") if getattr(meeting, name)]
    return About(columns_of(meeting, told), "chamber/about_meeting.html", {"votes": list(meeting.votes())})
