"""Forms of hazards, disputes, suggestions and projects. `today` comes from the view; nothing here reads the clock."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from religion.models import Dispute, Hazard, ProjectStep, Suggestion, Venue, VenueProject
from workplans.forms.day import DayField
from workplans.forms.matters import MatterForm
from workplans.forms.once import OnceForm
from workplans.models import Issue


class HazardForm(MatterForm):
    class Meta:
        model = Hazard
        fields = ("description", "grade", "disposal", "due", "post")
        field_classes = {"due": DayField}


class DisputeForm(MatterForm):
    class Meta:
        model = Dispute
        fields = ("type", "course", "due", "post")
        field_classes = {"due": DayField}
        widgets = {"course": forms.Textarea(attrs={"rows": 5})}


class SuggestionForm(MatterForm):
    class Meta:
        model = Suggestion
        fields = ("text", "due", "post")
        field_classes = {"due": DayField}


class ProjectEditForm(MatterForm):
    class Meta:
        model = VenueProject
        fields = ("type", "title", "due", "post", "issue")
        field_classes = {"due": DayField}
        labels = {"due": _("计划竣工日期")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_issue(self)


class ProjectForm(OnceForm):
    """A building project from its motion on."""

    document = forms.CharField(label=_("动议文号"), required=False, max_length=60)

    class Meta:
        model = VenueProject
        fields = ("venue", "type", "title", "opened_on", "due", "post", "issue")
        field_classes = {"opened_on": DayField, "due": DayField}
        labels = {"opened_on": _("动议日期"), "due": _("计划竣工日期")}
        help_texts = {"title": _("留空则写成“场所名称＋类型＋项目”，例如：灵山寺扩建项目。")}

    field_order = ("venue", "type", "title", "opened_on", "document", "due", "post", "issue")

    def __init__(self, *args: Any, today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["venue"].queryset = Venue.objects.of_unit(self.instance.unit).existing().in_order()
        self.fields["venue"].empty_label = _("请选择")
        self.fields["type"].choices = [("", _("请选择")), *VenueProject.Type.choices]
        self.fields["title"].required = False
        choose_issue(self)

    def clean_opened_on(self) -> dt.date:
        day = self.cleaned_data["opened_on"]
        if day > self.today:
            raise forms.ValidationError(_("动议日期不能晚于今天。"))
        return day

    def clean_document(self) -> str:
        return ProjectStep._meta.get_field("document").clean(self.cleaned_data["document"], None)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        opened_on, due = data.get("opened_on"), data.get("due")
        if opened_on and due and due < opened_on:
            self.add_error("due", _("计划竣工日期不能早于动议日期。"))
        if not data.get("title") and "title" not in self.errors and data.get("venue") and data.get("type"):
            data["title"] = f"{data['venue'].name}{VenueProject.Type(data['type']).label}项目"
        return data


def choose_issue(form: forms.ModelForm) -> None:
    """Which open issue of the unit the project is tied to, if any; the one it has already stays among the choices."""
    project = form.instance
    form.fields["issue"].queryset = Issue.objects.of_unit(project.unit_id).open_or(project.issue_id).newest_first()
    form.fields["issue"].empty_label = _("没有协调问题")
    form.fields["issue"].help_text = _("障碍记在协调问题里；没有合适的，可以先不选，以后在项目页提出。")
