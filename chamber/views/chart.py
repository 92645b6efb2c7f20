"""A founding at a glance: each step's planned day against the actual one, the current step, and what holds it up."""

from __future__ import annotations

import datetime as dt
from itertools import groupby
from typing import Any

from django.utils.translation import gettext as _

from chamber import wording
from chamber.models import Founding, FoundingStep
from workplans.views.followed import entries_of


def chart_of(founding: Founding, today: dt.date) -> dict[str, Any]:
    """For components/steps.html, with what is said above it."""
    steps, current = founding.course(), founding.current()
    done = [step for step in steps if not step.is_open]
    due = founding.target.due
    return {
        "steps": [_line(step, current, founding.is_open, today) for step in steps],
        "current": current, "number": current.position if current else None, "done": len(done), "all": len(steps),
        "late": current.days_late(today) if current and current.is_late(today) else None,
        "age": current.obstacle_age(today) if current else None,
        "missing": [each for each in current.material_list if each not in current.ready_list] if current else [],
        "due": due, "days_left": (due - today).days if due and current else None,
    }  # fmt: skip


def _line(step: FoundingStep, current: FoundingStep | None, going: bool, today: dt.date) -> dict[str, Any]:
    planned = _("计划%(day)s") % {"day": step.planned_on.isoformat()} if step.planned_on else _("没有计划日期")
    return {"label": step.label, "day": step.done_on, "document": planned, **_standing(step, current, going, today)}


def _standing(step: FoundingStep, current: FoundingStep | None, going: bool, today: dt.date) -> dict[str, str]:
    if step.skipped:
        return {"standing": "done", "word": _("略过")}
    if step.done_on:
        return {"standing": "done", "word": _against(step.days_late(today))}
    if step == current:
        late = _("已晚%(days)d天") % {"days": step.days_late(today)} if step.is_late(today) else ""
        return {"standing": "current", "word": late or _("正在办")}
    return {"standing": "ahead", "word": _("未到") if going else _("没有办")}


def _against(days: int | None) -> str:
    """How a step that is done compares with its plan."""
    if days is None:
        return _("已完成")
    if days == 0:
        return _("按时完成")
    return (_("晚%(days)d天完成") if days > 0 else _("早%(days)d天完成")) % {"days": abs(days)}


def said(founding: Founding, members: int, today: dt.date) -> str:
    """The founding in one sentence of a paper."""
    done = [step.label for step in founding.course() if step.done_on]
    current = founding.current()
    return wording.sentence(
        done[-1] if done else "", members, current.label if current else "", current.planned_on if current else None,
        current.obstacle if current else "", today=today,
    )  # fmt: skip


def plan_history(founding: Founding) -> list[dict[str, Any]]:
    """What was changed of the steps, newest first: of which step, what before and after. One query."""
    kept = FoundingStep.history_of(founding)
    entries = []
    for _key, versions in groupby(kept, lambda version: version.id):
        of_step = list(versions)
        for version, entry in zip(of_step, entries_of(FoundingStep, of_step), strict=True):
            if version.history_type == "~":
                entries.append((version.history_date, {**entry, "text": f"{version.label}\n{entry['text']}"}))
    return [entry for _at, entry in sorted(entries, key=lambda each: each[0], reverse=True)]
