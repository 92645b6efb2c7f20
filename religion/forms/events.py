"""Forms of what is recorded at venues: the ledger's own form, and what each kind asks besides."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from itertools import groupby
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from religion.models import (
    AtVenue,
    CheckGroup,
    ChecklistItem,
    CheckResult,
    Dispute,
    Hazard,
    LargeEvent,
    OversightVisit,
    SafetyInspection,
    Suggestion,
    Venue,
    VenuePatrol,
)
from workplans.forms.detail import DetailForm, Line, RegisterField
from workplans.forms.ledger import ActivityForm
from workplans.models import Activity, Found
from workplans.versions import Change


class VenueField(RegisterField):
    """A venue of the writer's unit; a revoked one only where the row already has it."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(Venue, label=gettext_lazy("场所"), **kwargs)


class VenueRowForm(DetailForm):
    """A row of the ledger that may have happened at a venue, which then says where it was and lends it a title."""

    PREFILLED = ("venue",)
    LENT = ("venue",)
    AT = "venue"
    LINK = AtVenue
    CHOOSE = gettext_lazy("请选择场所")
    NOWHERE = gettext_lazy("不在某一处场所")
    TITLE_HELP = gettext_lazy("选了场所的可以不填，自动写成“场所名称＋事项”。")
    TITLE_ASKED = gettext_lazy("没有选场所的，请填写标题。")

    venue = VenueField(required=False)


class VenueLine(Line):
    """One matter that a row brought to light, at the row's venue unless it names its own."""

    AT = "venue"
    NOWHERE = gettext_lazy("不在某一处场所")


class HazardLine(VenueLine):
    removed = forms.BooleanField(
        label=gettext_lazy("已当场整改"), required=False, help_text=gettext_lazy("当场改完并看过的，直接销号。")
    )

    class Meta(Line.Meta):
        model = Hazard
        fields = ("description", "grade", "disposal", "due", "post")

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        in_time = data.get("disposal") == Hazard.Disposal.IN_TIME and not data.get("removed")
        if in_time and not data.get("due") and "due" not in self.errors:
            self.add_error("due", _("限期整改的要写明期限。"))
        if data.get("disposal") == Hazard.Disposal.AT_ONCE and data.get("grade") == Hazard.Grade.MAJOR:
            self.add_error("disposal", _("重大隐患不能即知即改了事，请限期整改或提交上级。"))
        if data.get("removed") and data.get("grade") == Hazard.Grade.MAJOR:
            self.add_error("removed", _("重大隐患要另行复查，不能当场销号。"))
        elif data.get("removed"):
            data["disposal"] = Hazard.Disposal.AT_ONCE
        return data

    def enter(self, row: Activity, at: Venue | None, form: ActivityForm) -> Found:
        found = super().enter(row, at, form)
        if self.cleaned_data["removed"]:
            for move in ("rectify", "recheck", "close"):
                found.move(move, day=row.date, note=_("当场整改，现场复查合格。"), by=form.user)
        return found


class DisputeLine(VenueLine):
    venue = VenueField(required=False)

    class Meta(Line.Meta):
        model = Dispute
        fields = ("type", "venue", "course", "due", "post")
        widgets = {"course": forms.Textarea(attrs={"rows": 2})}


class SuggestionLine(VenueLine):
    venue = VenueField(required=False)

    class Meta(Line.Meta):
        model = Suggestion
        fields = ("text", "venue", "due", "post")


class PatrolForm(VenueRowForm):
    AT_REQUIRED = True
    DETAIL = VenuePatrol
    ASKED = ("visitor", "finding")
    LINE = HazardLine
    words = (gettext_lazy("发现的隐患"), gettext_lazy("添加一处"))

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if self.found() and data.get("finding") == VenuePatrol.Finding.NORMAL:
            self.add_error("finding", _("下面写了隐患，巡查情况请选“发现问题”。"))
        return data


class ScreeningForm(VenueRowForm):
    LINE = DisputeLine
    words = (gettext_lazy("排查出的矛盾纠纷"), gettext_lazy("添加一起"))


class OversightForm(VenueRowForm):
    DETAIL = OversightVisit
    ASKED = ("body",)
    LINE = SuggestionLine
    words = (gettext_lazy("提出的意见建议"), gettext_lazy("添加一条"))


class LargeEventForm(VenueRowForm):
    AT_REQUIRED = True
    DETAIL = LargeEvent
    ASKED = ("expected", "approval", "approval_number", "safety_plan")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["expected"].unit = _("人次")
        self.fields["safety_plan"].widget.attrs["rows"] = 3

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if data.get("approval") == LargeEvent.Approval.APPROVED and not data.get("approval_number"):
            self.add_error("approval_number", _("已批的请填批准文号。"))
        return data


class InspectionForm(VenueRowForm):
    """安全检查: the checklist point by point, and the hazards found."""

    AT_REQUIRED = True
    template = "religion/inspection.html"
    DETAIL = SafetyInspection
    ASKED = ("organiser", "departments", "conclusion", "notice_number")
    LINE = HazardLine
    words = (gettext_lazy("发现的隐患"), gettext_lazy("添加一处"))

    rest_passed = forms.BooleanField(
        label=gettext_lazy("没有标明的一律合格"), required=False,
        help_text=gettext_lazy("只标出不合格和不适用的，其余勾选这里即可。"),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["conclusion"].required = False
        self.fields["conclusion"].choices = [("", _("按检查情况自动填写")), *SafetyInspection.Conclusion.choices]
        if not self.instance.pk:
            self.initial.setdefault("conclusion", "")
        self.points = self._points()
        for point in self.points:
            self.fields[_name(point)] = forms.ChoiceField(
                label=point.text, required=False, choices=CheckResult.Result.choices, widget=forms.RadioSelect,
                initial=getattr(point, "result", None),
            )  # fmt: skip

    def _points(self) -> list[Any]:
        """What is checked: the unit's list of today, or what an earlier inspection checked in its own words."""
        kept = list(self.instance.check_results.order_by("position", "pk")) if self.instance.pk else []
        return kept or ChecklistItem.objects.for_unit(self.user.unit)

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        self._take_rest_as_passed()
        if self._failed() and not self.found() and not self.written and not self.lines.has_changed():
            self.add_error(None, _("有不合格的项目，请在“发现的隐患”里至少写一处。"))
        self._conclude()
        return data

    def _take_rest_as_passed(self) -> None:
        unmarked = [point for point in self.points if not self.cleaned_data.get(_name(point))]
        if unmarked and not self.cleaned_data.get("rest_passed"):
            said = _("还有 %(count)d 项没有标明。其余都合格的，请勾选这里。") % {"count": len(unmarked)}
            self.add_error("rest_passed", said)
        for point in unmarked:
            self.cleaned_data[_name(point)] = CheckResult.Result.PASSED

    def _failed(self) -> list[Any]:
        return [p for p in self.points if self.cleaned_data.get(_name(p)) == CheckResult.Result.FAILED]

    def _conclude(self) -> None:
        """合格 while something is to be put right would be untrue; left empty, the conclusion follows from what was found."""
        conclusions = SafetyInspection.Conclusion
        left = any(not line.cleaned_data["removed"] for line in self.found()) or any(
            each.is_open for each in self.written
        )
        if not self.cleaned_data.get("conclusion"):
            self.cleaned_data["conclusion"] = conclusions.RECTIFY if left else conclusions.PASSED
        elif left and self.cleaned_data["conclusion"] == conclusions.PASSED:
            self.add_error("conclusion", _("还有没改完的隐患，结论不能是合格。"))

    def save_detail(self, row: Activity) -> None:
        super().save_detail(row)
        row.check_results.all().delete()
        CheckResult.objects.bulk_create(
            CheckResult(
                unit_id=row.unit_id, activity=row, position=position, group=point.group, text=point.text,
                result=self.cleaned_data[_name(point)],
            )
            for position, point in enumerate(self.points)
        )  # fmt: skip

    def detail_changes(self, stored: Activity) -> list[Change]:
        marks = {(each.group, each.text): each for each in stored.check_results.all()}
        words = dict(CheckResult.Result.choices)
        found = super().detail_changes(stored)
        for point in self.points:
            before, typed = marks.get((point.group, point.text)), self.cleaned_data.get(_name(point))
            if before and typed and before.result != typed:
                found.append(Change(point.text, str(words[before.result]), str(words[typed])))
        return found

    def check_groups(self) -> Iterator[tuple[str, list[forms.BoundField]]]:
        for group, points in groupby(self.points, key=lambda point: point.group):
            yield CheckGroup(group).label, [self[_name(point)] for point in points]


def _name(point: Any) -> str:
    """A point's field: by its words, so that an answer never slips to another point when the list was changed meanwhile."""
    return f"check_{zlib.crc32(f'{point.group}{point.text}'.encode()):08x}"
