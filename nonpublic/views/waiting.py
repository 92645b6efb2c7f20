"""What enterprises wait for: late requests, and those that are open for long, as lines on the home page."""

from __future__ import annotations

import datetime as dt

from django.utils.translation import gettext as _

from accounts.models import Role, User
from nonpublic.models import Request
from workplans.forms.matters import LATE
from workplans.views.matter_tasks import Task, task

LONG = dt.timedelta(days=60)


def waiting_for(user: User, today: dt.date) -> list[Task]:
    """Late requests, and others open for two months: one is named, several are counted. One query.

    A district is told of those that its towns have passed up.
    """
    requests = Request.objects.visible_to(user).select_related("enterprise", "unit").most_pressing_first()
    if user.role == Role.DISTRICT:
        return _passed_up(list(requests.open().matching(state=Request.State.PASSED_UP)), today)
    found = list(requests.pressing(today, today - LONG))
    late = [each for each in found if each.is_late(today)]
    long = [each for each in found if not each.is_late(today)]
    many = _("办理 %(number)d 个逾期企业诉求") % {"number": len(late)}
    tasks = task(late, many, lambda one: _("办理企业诉求“%(need)s”") % {"need": one}, "requests", today, due=LATE)
    many = _("催办 %(number)d 个两个月没有办结的企业诉求") % {"number": len(long)}
    return tasks + task(long, many, lambda one: _("催办企业诉求“%(need)s”") % {"need": one}, "requests", today)


def _passed_up(found: list[Request], today: dt.date) -> list[Task]:
    many = _("处理乡镇上报的 %(number)d 个企业诉求") % {"number": len(found)}
    one = _("处理%(unit)s上报的企业诉求“%(need)s”")
    return task(found, many, lambda each: one % {"unit": each.unit, "need": each}, "requests", today,
                state=Request.State.PASSED_UP)  # fmt: skip
