"""Forms of coordinated issues. `today` comes from the view; nothing here reads the clock."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext_lazy as _

from workplans import area
from workplans.models import Issue, IssueEntry

from .day import DayField, refuse_locked
from .once import OnceForm
from .targets import OBSTACLE, LineForm, area_choices, check_obstacle, obstacle_choices


class IssueForm(OnceForm):
    """A problem to be solved with others. `first_line` is the day of its log's first line: it was raised by then."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = Issue
        fields = ("title", "area", "about", "source", "opened_on", "due", "post", *OBSTACLE, "content")
        field_classes = {"opened_on": DayField, "due": DayField, "obstacle_since": DayField}
        widgets = {"content": forms.Textarea(attrs={"rows": 4})}
        help_texts = {
            "title": _("一句话说清要协调什么，例如：灵山寺扩寺建设。"),
            "post": _("只写岗位，不写姓名，例如：统战委员。"),
            "content": _("问题的来由和已知情况，不写个人姓名。"),
        }

    def __init__(self, *args: Any, today: dt.date, first_line: dt.date | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today, self.first_line = today, first_line
        self.initial.setdefault("version", self.instance.version)
        self.fields["area"] = forms.ChoiceField(label=_("领域"), choices=area_choices())
        self.fields["obstacle_type"].choices = obstacle_choices()

    def clean_opened_on(self) -> dt.date:
        day = self.cleaned_data["opened_on"]
        if day > self.today:
            raise forms.ValidationError(_("提出日期不能晚于今天。"))
        if self.first_line and day > self.first_line:
            raise forms.ValidationError(
                _("提出日期不能晚于第一条办理记录（%(day)s）。") % {"day": self.first_line.isoformat()}
            )
        if day != self.initial.get("opened_on") or not self.instance.pk:
            refuse_locked(self.instance.unit_id, day)
        return day

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        opened_on, due = data.get("opened_on"), data.get("due")
        if opened_on and due and due < opened_on:
            self.add_error("due", _("办理时限不能早于提出日期。"))
        check_obstacle(self, self.today)
        return data

    @property
    def asked(self) -> list[BoundField]:
        return [self[name] for name in self.Meta.fields if name not in (*OBSTACLE, "content")]

    @property
    def obstacle_fields(self) -> list[BoundField]:
        return [self[name] for name in OBSTACLE]


class EntryForm(LineForm):
    """A line of an issue's log."""

    too_early = _("日期不能早于提出日期或上一条记录（%(day)s）。")

    def clean_day(self) -> dt.date:
        day = super().clean_day()
        refuse_locked(self.row.unit_id, day)
        return day

    class Meta:
        model = IssueEntry
        fields = ("day", "note", "state")
        field_classes = {"day": DayField}
        labels = {"state": _("问题状态")}
        help_texts = {"state": _("选择已办结或中止后，这个问题即告结束；上报上级后仍可继续记录。")}


class IssueFilter(forms.Form):
    """The filters of the list, read from the address."""

    unit = forms.ChoiceField(label=_("单位"), required=False)
    area = forms.ChoiceField(label=_("领域"), required=False)
    state = forms.ChoiceField(label=_("状态"), required=False)

    def __init__(self, *args: Any, units: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        everything = [("", _("全部"))]
        self.fields["area"].choices = everything + [(each.code, each.name) for each in area.areas()]
        self.fields["state"].choices = everything + Issue.State.choices
        self.fields["unit"].choices = everything + units
        if not units:
            del self.fields["unit"]
