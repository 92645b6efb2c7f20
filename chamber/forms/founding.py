"""Forms of a founding. `today` comes from the view; nothing here reads the clock."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.guard import refuse_private_numbers
from chamber.models import Chamber, Founding, FoundingStep, Obstacle
from chamber.wording import AREA
from workplans.forms.day import DayField
from workplans.forms.ledger import EARLIEST, TargetField
from workplans.forms.targets import OBSTACLE, check_obstacle, obstacle_choices
from workplans.models import Period, Target

LONGEST = dt.timedelta(days=3660)


def check_due(due: dt.date, period: Period, today: dt.date) -> dt.date:
    """A deadline that the target of this half-year may have. Raises ValidationError."""
    if due < period.first_day:
        raise forms.ValidationError(_("完成时限不能早于%(period)s的第一天。") % {"period": period.name})
    if due > today + LONGEST:
        raise forms.ValidationError(_("完成时限在十年以后，请检查年份。"))
    return due


class BeginForm(forms.Form):
    """The beginning of a founding: since when, until when, and which target it keeps."""

    day = DayField(label=_("开始日期"), help_text=_("镇里动议或决定筹建的日期。"))
    target = TargetField(Target.objects.none(), label=_("对应目标"), required=False)
    due = DayField(label=_("完成时限"), help_text=_("总结中写成“必须确保9月底完成商会组建工作”。"))

    def __init__(self, *args: Any, chamber: Chamber, today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        free = Target.objects.of_unit(chamber.unit_id).in_area(AREA).open()
        self.fields["target"].queryset = free.exclude(pk__in=Founding.objects.kept_targets(chamber.unit_id))
        self.fields["target"].empty_label = _("新建一项目标")
        self.fields["target"].help_text = _("此后目标的状态、时限、障碍和进展都随筹建步骤更新，不用另外填写。")
        first = self.fields["target"].queryset.in_order().first()
        self.initial = {"day": today, "target": first, "due": first and first.due, **self.initial}

    def clean_day(self) -> dt.date:
        day = self.cleaned_data["day"]
        if day > self.today:
            raise forms.ValidationError(_("日期不能晚于今天。"))
        if day < EARLIEST:
            raise forms.ValidationError(_("日期不能早于1949年10月1日，请检查年份。"))
        return day

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if due := data.get("due"):
            target = data.get("target")
            try:
                check_due(due, target.period if target else Period.of(due), self.today)
            except forms.ValidationError as error:
                self.add_error("due", error)
            if data.get("day") and due < data["day"]:
                self.add_error("due", _("完成时限不能早于开始日期。"))
        return data


class StepForm(forms.ModelForm):
    """How the current step stands. With a day it is done, and the obstacle is that of the next one."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    ready = forms.MultipleChoiceField(label=_("已备材料"), required=False, widget=forms.CheckboxSelectMultiple)
    skip = forms.BooleanField(label=_("略过这一步"), required=False, help_text=_("步骤清单允许略过这一步。"))
    note = forms.CharField(
        label=_("进展"), required=False, max_length=500, validators=[refuse_private_numbers],
        widget=forms.Textarea(attrs={"rows": 3}), help_text=_("可以不写。写了就记入目标的进展，不写个人姓名。"),
    )  # fmt: skip

    class Meta:
        model = FoundingStep
        fields = ("done_on", *OBSTACLE)
        field_classes = {"done_on": DayField, "obstacle_since": DayField}
        help_texts = {"done_on": _("还没有完成的留空。")}

    field_order = ("ready", "done_on", "skip", *OBSTACLE, "note")

    def __init__(self, *args: Any, founding: Founding, today: dt.date, **kwargs: Any) -> None:
        """Of an open founding, whose current step is the instance."""
        super().__init__(*args, **kwargs)
        self.today, self.earliest = today, founding.earliest_day()
        self.initial |= {"version": founding.version, "ready": self.instance.ready_list}
        self.fields["obstacle_type"].choices = obstacle_choices()
        self.fields["ready"].choices = [(each, each) for each in self.instance.material_list]
        if not self.instance.materials:
            del self.fields["ready"]
        if not self.instance.optional:
            del self.fields["skip"]

    def clean_done_on(self) -> dt.date | None:
        day = self.cleaned_data["done_on"]
        if day and day > self.today:
            raise forms.ValidationError(_("日期不能晚于今天。"))
        if day and day < self.earliest:
            raise forms.ValidationError(
                _("日期不能早于开始或上一步的日期（%(day)s）。") % {"day": self.earliest.isoformat()}
            )
        return day

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        check_obstacle(self, self.today)
        if data.get("skip") and data.get("done_on"):
            self.add_error("skip", _("填了完成日期，就不是略过。"))
        return data

    def save_to(self, founding: Founding, **by: Any) -> None:
        """Write it down over the version its writer saw. Raises Conflict."""
        data = self.cleaned_data
        founding.version = data["version"]
        told = {"obstacle": Obstacle(*(data[name] for name in OBSTACLE)), "note": data["note"], **by}
        if data.get("skip"):
            founding.skip(**told)
        elif data["done_on"]:
            founding.complete(day=data["done_on"], ready=data.get("ready", []), **told)
        else:
            founding.note(ready=data.get("ready", []), **told)


class PlanForm(forms.Form):
    """The deadline, and the planned day and the post of every step still ahead."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    due = DayField(label=_("完成时限"), help_text=_("改动后，目标和总结里的时限随之改变，原来的时限留在修改记录里。"))

    def __init__(self, *args: Any, founding: Founding, today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.founding, self.today = founding, today
        self.steps = [step for step in founding.course() if step.is_open]
        self.initial |= {"version": founding.version, "due": founding.target.due}
        post = FoundingStep._meta.get_field("post")
        for step in self.steps:
            planned, responsible = f"planned_{step.pk}", f"post_{step.pk}"
            self.fields[planned] = DayField(
                label=_("第%(number)d步计划日期") % {"number": step.position}, required=False
            )
            self.fields[responsible] = post.formfield(
                label=_("第%(number)d步责任岗位") % {"number": step.position}, help_text=""
            )
            for name in (planned, responsible):
                self.fields[name].widget.attrs["class"] = "form-control"
            self.initial |= {planned: step.planned_on, responsible: step.post}

    def clean_due(self) -> dt.date:
        return check_due(self.cleaned_data["due"], self.founding.target.period, self.today)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        last = self.founding.began_on
        for step in self.steps:
            day = data.get(f"planned_{step.pk}")
            if day and day < last:
                self.add_error(
                    f"planned_{step.pk}", _("不能早于开始或前面步骤的计划日期（%(day)s）。") % {"day": last.isoformat()}
                )
            last = max(last, day) if day else last
        if (due := data.get("due")) and due < last:
            self.add_error("due", _("完成时限不能早于最后一步的计划日期（%(day)s）。") % {"day": last.isoformat()})
        return data

    def plans(self) -> dict[int, tuple[dt.date | None, str]]:
        """By the steps' keys."""
        data = self.cleaned_data
        return {step.pk: (data[f"planned_{step.pk}"], data[f"post_{step.pk}"]) for step in self.steps}

    def rows(self) -> Iterator[dict[str, Any]]:
        for step in self.steps:
            yield {"step": step, "planned": self[f"planned_{step.pk}"], "post": self[f"post_{step.pk}"]}


class CarryOverForm(forms.Form):
    """The new deadline of a founding whose target goes into the next half-year."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    due = DayField(label=_("新的完成时限"))

    def __init__(self, *args: Any, founding: Founding, today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.period, self.today = founding.target.period.after, today
        self.initial |= {"version": founding.version}

    def clean_due(self) -> dt.date:
        return check_due(self.cleaned_data["due"], self.period, self.today)
