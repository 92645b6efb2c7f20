"""What waits for whom: the lines on top of the home page, each a link to the very place with one verb."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from typing import Any

from django.db.models import Prefetch
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from accounts.models import Role, User
from workplans.area import areas, hook
from workplans.models import Activity, Issue, Light, Period, Summary, SummaryStep, Target

Task = dict[str, Any]  # for components/tasks.html
DRAFT_BEFORE_END = dt.timedelta(days=15)


def waiting_for(user: User, period: Period, targets: list[Target], issues: list[Issue], today: dt.date) -> list[Task]:
    """The next steps that are this user's own, the most pressing first; of a district's people, what towns passed up."""
    if user.role == Role.DISTRICT:
        return _of_areas(user, today)
    summaries = [*_summaries(user), *_first_draft(user, period, today)]
    pressing = [*_of_areas(user, today), *_targets(targets, today)]
    match user.role:
        case Role.REVIEWER:
            return [*_rows_to_confirm(user), *summaries, *pressing]
        case Role.SIGNER:
            return [*summaries, *pressing, *_issues(issues, today)]
    return [*summaries, *pressing]


def _of_areas(user: User, today: dt.date) -> list[Task]:
    """What the areas' own registers wait for, in the report's order."""
    return [task for each in areas() for task in hook(each.waiting, lambda user, today: [])(user, today)]


def _rows_to_confirm(user: User) -> list[Task]:
    days = Activity.objects.visible_to(user).to_confirm().values_list("date", flat=True)
    waiting = Counter(Period.of(day) for day in days)
    return [
        {
            "label": _("确认 %(number)d 条台账记录") % {"number": waiting[period]},
            "note": period.name,
            "url": _address("ledger", period=period.code, state=Activity.State.RECORDED),
        }
        for period in sorted(waiting, reverse=True)
    ]


def _summaries(user: User) -> list[Task]:
    steps = Prefetch("steps", SummaryStep.objects.visible_to(user).select_related("by").order_by("at", "pk"))
    return [_summary(each) for each in Summary.objects.waiting_for(user).latest_first().prefetch_related(steps)]


def _summary(summary: Summary) -> Task:
    last = list(summary.steps.all())[-1:]
    returned = bool(last) and last[0].action == SummaryStep.Action.SEND_BACK
    verbs = {
        Summary.State.DRAFT: _("修改《%(title)s》") if returned else _("写完《%(title)s》"),
        Summary.State.REVIEW: _("审核《%(title)s》"),
        Summary.State.SIGNING: _("签发《%(title)s》"),
    }
    return {
        "label": verbs[summary.state] % {"title": summary},
        "url": reverse("summary", args=[summary.pk]),
        "note": _("%(who)s退回：%(reason)s") % {"who": last[0].by.name, "reason": last[0].reason} if returned else "",
        "state": "returned" if returned else summary.state,
        "state_label": _("退回") if returned else summary.get_state_display(),
    }


def _first_draft(user: User, period: Period, today: dt.date) -> list[Task]:
    """The summary that nobody has begun, from a fortnight before the half-year's end."""
    if not user.may_record or today < period.last_day - DRAFT_BEFORE_END:
        return []
    if Summary.objects.visible_to(user).for_period(period).exists():
        return []
    return [
        {
            "label": _("起草%(period)s总结") % {"period": period.name},
            "url": _address("summaries", period=period.code),
            "note": _("由台账生成初稿"),
        }
    ]


def _targets(targets: list[Target], today: dt.date) -> list[Task]:
    """Open targets that are late or soon due: one is named, several of a half-year are counted."""
    pressing: dict[tuple[Light, Period], list[Target]] = defaultdict(list)
    for target in targets:
        if target.is_open and target.light(today) in (Light.RED, Light.AMBER):
            pressing[target.light(today), target.period].append(target)
    return [
        _targets_of(light, period, pressing[light, period], today)
        for light in (Light.RED, Light.AMBER)
        for period in sorted(p for found, p in pressing if found is light)
    ]


def _targets_of(light: Light, period: Period, targets: list[Target], today: dt.date) -> Task:
    first = min(targets, key=lambda target: target.due or dt.date.max)
    many = _("推进 %(number)d 项逾期目标") if light is Light.RED else _("推进 %(number)d 项临近或滞后的目标")
    one = _("推进目标“%(text)s”") % {"text": first.text}
    return {
        "label": many % {"number": len(targets)} if len(targets) > 1 else one,
        "url": _address("targets", period=period.code) if len(targets) > 1 else first.get_absolute_url(),
        "note": _("时限 %(day)s") % {"day": first.due} if first.due else period.name,
        "state": "late" if light is Light.RED else "active",
        "state_label": light.label if len(targets) > 1 else first.light_word(today),
    }


def _issues(issues: list[Issue], today: dt.date) -> list[Task]:
    return [
        {
            "label": _("督办“%(title)s”") % {"title": issue.title},
            "url": issue.get_absolute_url(),
            "note": obstacle_note(issue, today),
            "state": "late" if issue.is_late(today) else issue.state,
            "state_label": _("逾期") if issue.is_late(today) else issue.get_state_display(),
        }
        for issue in issues
    ]


def obstacle_note(held_up: Issue | Target, today: dt.date) -> str:
    """The obstacle and its age in words; nothing when there is none."""
    if not held_up.obstacle:
        return ""
    age = held_up.obstacle_age(today)
    if age is None:
        return held_up.obstacle
    return _("%(obstacle)s，已 %(days)d 天") % {"obstacle": held_up.obstacle, "days": age}


def _address(name: str, **parameters: str) -> str:
    return f"{reverse(name)}?{urlencode(parameters)}"
