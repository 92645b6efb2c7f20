"""Hazards, disputes, suggestions and projects in words, for their lists and pages."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from religion.models import STAGES, Dispute, Hazard, Stage, Suggestion, VenueProject
from workplans.models import Followed

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


@dataclass(frozen=True)
class Words:
    """What the pages say of one model, and where they lie."""

    page: str  # the name of its page's address; those of its edit and its withdrawal begin with it
    list: str
    title: StrOrPromise
    about: StrOrPromise  # one sentence under the title of the list
    opened: StrOrPromise
    ended: StrOrPromise
    counter: StrOrPromise
    whole: tuple[str, ...]  # what its page reads with it
    beside: tuple[str, ...]  # what a line of the list reads with it

    @property
    def edit(self) -> str:
        return f"{self.page}_edit"

    @property
    def void(self) -> str:
        return f"{self.page}_void"


FOUND = {"whole": ("venue", "activity"), "beside": ("venue",)}
WORDS: dict[type[Followed], Words] = {
    Hazard: Words(
        "hazard", "hazards", gettext_lazy("隐患"), gettext_lazy("检查中发现的隐患，一直跟到整改、复查、销号。"),
        gettext_lazy("发现日期"), gettext_lazy("销号日期"), gettext_lazy("处"), **FOUND,
    ),
    Dispute: Words(
        "dispute", "disputes", gettext_lazy("矛盾纠纷"), gettext_lazy("排查出的矛盾纠纷，一直跟到化解。只记事情，不记当事人。"),
        gettext_lazy("排查日期"), gettext_lazy("化解日期"), gettext_lazy("起"), **FOUND,
    ),
    Suggestion: Words(
        "suggestion", "suggestions", gettext_lazy("意见建议"), gettext_lazy("视察检查提出的意见建议，一直跟到答复。"),
        gettext_lazy("提出日期"), gettext_lazy("答复日期"), gettext_lazy("条"), **FOUND,
    ),
    VenueProject: Words(
        "project", "projects", gettext_lazy("场所建设"), gettext_lazy("场所的新建、改建、扩建、修缮和易地重建，一直跟到竣工验收。"),
        gettext_lazy("动议日期"), gettext_lazy("结束日期"), gettext_lazy("个"), ("venue", "issue"), ("venue", "issue"),
    ),
}  # fmt: skip


def why_over(found: Any) -> str:
    """Why nothing may be done with it any more, as the beginning of a sentence; nothing while it may."""
    if found.is_void:
        return _("已作废（%(reason)s），") % {"reason": found.void_reason}
    if (row := getattr(found, "activity", None)) and row.is_void:
        return _("来源台账 %(number)s 已作废，") % {"number": row.ledger_number}
    if found.closed_on:
        return _("已结束（%(state)s，%(day)s），") % {
            "state": found.get_state_display(), "day": found.closed_on.isoformat(),
        }  # fmt: skip
    return ""


def facts_of(found: Any) -> list[dict[str, Any]]:
    """What it is, for components/facts.html."""
    words = WORDS[type(found)]
    venue, row = found.venue, getattr(found, "activity", None)
    facts = [_fact(_("场所"), venue.name if venue else _("不涉及具体场所"), venue and venue.get_absolute_url())]
    if row:
        facts.append(_fact(_("来源台账"), f"{row.ledger_number} {row.title}", row.get_absolute_url()))
    facts += [_fact(label, value) for label, value in _own_facts(found)]
    facts += [_fact(words.opened, _day(found.opened_on)), _fact(_("责任岗位"), found.post)]
    facts.append(_fact(_("计划竣工日期") if isinstance(found, VenueProject) else _("办理时限"), _day(found.due)))
    if isinstance(found, Hazard):
        done = ((_("整改日期"), found.rectified_on), (_("复查日期"), found.rechecked_on))
        facts += [_fact(label, _day(day)) for label, day in done if day]
    if found.closed_on:
        facts.append(_fact(words.ended, _day(found.closed_on)))
    return facts


def _own_facts(found: Any) -> list[tuple[str, str]]:
    match found:
        case Hazard():
            return [(_("等级"), found.get_grade_display()), (_("处置"), found.get_disposal_display())]
        case Dispute() | VenueProject():
            return [(_("类型"), found.get_type_display())]
    return []


def _fact(label: StrOrPromise, value: Any, url: str | None = None) -> dict[str, Any]:
    return {"label": label, "value": value, "url": url or ""}


def _day(day: dt.date | None) -> str:
    return day.isoformat() if day else ""


def stages_of(project: VenueProject, today: dt.date) -> list[dict[str, Any]]:
    """The eight stages in order, as components/steps.html shows them. One query."""
    reached = {step.state: step for step in project.steps.newest_first()}
    stopped = project.state == Stage.STOPPED
    last = max(number for number, stage in enumerate(STAGES) if stage in reached or stage == project.state)
    return [
        {
            "label": stage.label, "day": reached[stage].day if stage in reached else None,
            "document": reached[stage].document if stage in reached else "",
            **_standing(number - last, project, stopped, today),
        }
        for number, stage in enumerate(STAGES)
    ]  # fmt: skip


def _standing(beyond: int, project: VenueProject, stopped: bool, today: dt.date) -> dict[str, str]:
    """How a stage stands, so many places beyond the last one reached."""
    if beyond < 0 or project.state == Stage.ACCEPTED:
        return {"standing": "done", "word": _("已完成")}
    if beyond > 0:
        return {"standing": "ahead", "word": _("未到")}
    if stopped:
        return {"standing": "stopped", "word": _("中止于此")}
    return {"standing": "current", "word": _("当前阶段")}
