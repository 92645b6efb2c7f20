"""What waits at the chamber, as lines on the home page: a late step that its target does not tell yet, and the end of a term."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import Role, User
from chamber.models import Chamber, Founding
from workplans.models import Light

Task = dict[str, Any]  # for components/tasks.html


def waiting_for(user: User, today: dt.date) -> list[Task]:
    """A held-up founding is on the page already, by its target; here stands what only time has made late.

    It waits for the town; a district reads it among the targets.
    """
    if user.role == Role.DISTRICT:
        return []
    foundings = Founding.objects.with_steps(user.unit_ids()).open()
    ending = Chamber.objects.visible_to(user).with_term_ending(today)
    return [
        *(task for each in foundings for task in _step(each, user, today)),
        *(_term(each, today) for each in ending),
    ]


def _step(founding: Founding, user: User, today: dt.date) -> list[Task]:
    step = founding.current()
    told = founding.target.light(today) in (Light.RED, Light.AMBER)
    if step is None or told or not (step.is_late(today) or (step.planned_on is None and user.may_record)):
        return []
    if step.planned_on is None:
        label, note, url = _("排定商会筹建计划"), step.label, reverse("founding_plan", args=[founding.pk])
    else:
        label = _("推进商会筹建“%(step)s”") % {"step": step.label}
        note = _("计划 %(day)s，已晚 %(days)d 天") % {"day": step.planned_on, "days": step.days_late(today)}
        url = founding.get_absolute_url()
    return [{"label": label, "note": note, "url": url, "state": "late" if step.planned_on else "active",
             "state_label": _("滞后") if step.planned_on else _("没有计划日期")}]  # fmt: skip


def _term(chamber: Chamber, today: dt.date) -> Task:
    past = chamber.term_end < today
    return {
        "label": _("筹备%(name)s换届") % {"name": chamber.name},
        "note": _("本届 %(day)s 届满") % {"day": chamber.term_end},
        "url": chamber.get_absolute_url(),
        "state": "late" if past else "active",
        "state_label": _("已届满") if past else _("将届满"),
    }
