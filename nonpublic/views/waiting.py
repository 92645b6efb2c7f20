"""What enterprises wait for: late requests, and those that are open for long, as lines on the home page."""

from __future__ import annotations

import datetime as dt

from django.utils.translation import gettext as _

from accounts.models import User
from nonpublic.models import Request
from workplans.forms.matters import LATE
from workplans.views.matter_tasks import Task, task

LONG = dt.timedelta(days=60)


def waiting_for(user: User, today: dt.date) -> list[Task]:
    """Late requests, and others open for two months: one is named, several are counted. One query."""
    found = list(
        Request.objects.visible_to(user)
        .pressing(today, today - LONG)
        .select_related("enterprise")
        .most_pressing_first()
    )
    late = [each for each in found if each.is_late(today)]
    long = [each for each in found if not each.is_late(today)]
    many = _("办理 %(number)d 个逾期企业诉求") % {"number": len(late)}
    tasks = task(late, many, lambda one: _("办理企业诉求“%(need)s”") % {"need": one}, "requests", today, due=LATE)
    many = _("催办 %(number)d 个两个月没有办结的企业诉求") % {"number": len(long)}
    return tasks + task(long, many, lambda one: _("催办企业诉求“%(need)s”") % {"need": one}, "requests", today)
