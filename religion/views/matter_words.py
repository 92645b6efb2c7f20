"""How the pages of followed matters speak of hazards, disputes, suggestions and projects."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from religion.forms.matters import DisputeForm, HazardForm, ProjectEditForm, SuggestionForm
from religion.models import STAGES, Dispute, Hazard, Stage, Suggestion, VenueProject
from workplans.views.matter_words import Facts, Matters


def _of_hazard(found: Hazard) -> Facts:
    return [(_("等级"), found.get_grade_display()), (_("处置"), found.get_disposal_display())]


def _of_type(found: Dispute | VenueProject) -> Facts:
    return [(_("类型"), found.get_type_display())]


def _of_project(found: VenueProject, today: dt.date) -> dict[str, Any]:
    issue = found.issue
    obstacle_age = issue.obstacle_age(today) if issue and issue.is_open else None
    return {"project": found, "obstacle_age": obstacle_age}


def _page_of_project(found: VenueProject, today: dt.date) -> dict[str, Any]:
    return {**_of_project(found, today), "steps": stages_of(found, today)}


AT_VENUE = {
    "area": "religion",
    "at": "venue",
    "at_label": gettext_lazy("场所"),
    "nowhere": gettext_lazy("不涉及具体场所"),
}
FOUND = {
    **AT_VENUE, "whole": ("venue", "activity"), "beside": ("venue",),
    "origin": gettext_lazy("在“记一笔”中记录安全检查、矛盾纠纷排查或接受视察检查时一并登记。"),
}  # fmt: skip
HAZARDS = Matters(
    Hazard, HazardForm, page="hazard", list="hazards", title=gettext_lazy("隐患"),
    about=gettext_lazy("检查中发现的隐患，一直跟到整改、复查、销号。"), opened=gettext_lazy("发现日期"),
    ended=gettext_lazy("销号日期"), counter=gettext_lazy("处"), facts=_of_hazard, days=("rectified_on", "rechecked_on"),
    column=gettext_lazy("等级和处置"), cell="religion/hazard_cell.html", **FOUND,
)  # fmt: skip
DISPUTES = Matters(
    Dispute, DisputeForm, page="dispute", list="disputes", title=gettext_lazy("矛盾纠纷"),
    about=gettext_lazy("排查出的矛盾纠纷，一直跟到化解。只记事情，不记当事人。"), opened=gettext_lazy("排查日期"),
    ended=gettext_lazy("化解日期"), counter=gettext_lazy("起"), facts=_of_type, prose=("course",), **FOUND,
)  # fmt: skip
SUGGESTIONS = Matters(
    Suggestion, SuggestionForm, page="suggestion", list="suggestions", title=gettext_lazy("意见建议"),
    about=gettext_lazy("视察检查提出的意见建议，一直跟到答复。"), opened=gettext_lazy("提出日期"),
    ended=gettext_lazy("答复日期"), counter=gettext_lazy("条"), **FOUND,
)  # fmt: skip
PROJECTS = Matters(
    VenueProject, ProjectEditForm, page="project", list="projects", title=gettext_lazy("场所建设"),
    about=gettext_lazy("场所的新建、改建、扩建、修缮和易地重建，一直跟到竣工验收。"), opened=gettext_lazy("动议日期"),
    ended=gettext_lazy("结束日期"), counter=gettext_lazy("个"), origin="", state=gettext_lazy("阶段"),
    due=gettext_lazy("计划竣工日期"), due_head=gettext_lazy("计划竣工"), new="project_new",
    new_label=gettext_lazy("新建项目"), whole=("venue", "issue"), beside=("venue", "issue"), typed=True,
    column=gettext_lazy("障碍"), cell="religion/project_cell.html", in_list=_of_project, facts=_of_type,
    more=_page_of_project, above="religion/project_stages.html", beside_course="religion/project_issue.html",
    css="css/steps.css", **AT_VENUE,
)  # fmt: skip
EVERY = (HAZARDS, DISPUTES, SUGGESTIONS, PROJECTS)


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
