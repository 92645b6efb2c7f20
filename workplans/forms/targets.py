"""Forms of targets. `today` comes from the view; nothing here reads the clock."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.db import models
from django.forms.boundfield import BoundField
from django.utils.translation import gettext_lazy as _

from workplans import area
from workplans.models import ObstacleType, Period, Target, TargetProgress, ledger_number, refuse_private_numbers

from .day import DayField, refuse_locked
from .ledger import MOST
from .once import OnceForm

Kind = Target.Kind
OBSTACLE = ("obstacle_type", "obstacle", "obstacle_since")


def area_choices() -> list[tuple[str, str]]:
    return [("", _("请选择")), *((each.code, each.name) for each in area.areas())]


def metric_choices() -> list[tuple[str, Any]]:
    by_area = [(each.name, [(metric.code, metric.name) for metric in each.metrics]) for each in area.areas()]
    return [("", _("请选择")), *by_area]


def obstacle_choices() -> list[tuple[str, Any]]:
    return [("", _("没有障碍")), *ObstacleType.choices]


def check_obstacle(form: forms.ModelForm, today: dt.date) -> None:
    """An obstacle is told whole: its text, its type and since when; or not at all."""
    told = {name: form.cleaned_data.get(name) for name in OBSTACLE}
    if any(told.values()):
        need(form, "obstacle", _("请写明障碍。"))
        need(form, "obstacle_type", _("写了障碍，请选择障碍类型。"))
        need(form, "obstacle_since", _("写了障碍，请填写障碍从哪一天开始。"))
    if told["obstacle_since"] and told["obstacle_since"] > today:
        form.add_error("obstacle_since", _("障碍开始的日期不能晚于今天。"))


def need(form: forms.ModelForm, name: str, message: Any) -> None:
    """Ask for a field that only some rows need; a field with an error of its own is asked for that alone."""
    if name not in form.errors and not form.cleaned_data.get(name):
        form.add_error(name, message)


class VersionForm(forms.Form):
    """Carries the version that the writer saw."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)


class CarryOverForm(VersionForm):
    """Not done: why, and by when now. `after` is the last day of the half-year that the target was set for."""

    why = forms.CharField(
        label=_("未完成原因"), max_length=300, validators=[refuse_private_numbers],
        widget=forms.Textarea(attrs={"rows": 2}), help_text=_("写进本期总结，接在“主要原因是”之后。"),
    )  # fmt: skip
    due = DayField(label=_("新的完成时限"))

    def __init__(self, *args: Any, after: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.after = after

    def clean_due(self) -> dt.date:
        return later_than(self.cleaned_data["due"], self.after)


def later_than(day: dt.date, after: dt.date) -> dt.date:
    """A new deadline, which lies in the half-years that come. Raises ValidationError."""
    if day <= after:
        raise forms.ValidationError(_("新的时限应在%(day)s之后。") % {"day": after.isoformat()})
    return day


class AnswerForm(CarryOverForm):
    """What became of a target: done; not done, why, and by when now; dropped, and on what basis."""

    class Answer(models.TextChoices):
        DONE = "done", _("已完成")
        NOT_DONE = "not_done", _("未完成，结转下期")
        DROPPED = "dropped", _("不再实施")

    ASKS = {Answer.NOT_DONE: _("请写明未完成的原因。"), Answer.DROPPED: _("请写明不再实施的依据。")}

    answer = forms.ChoiceField(label=_("结果"), choices=Answer.choices, widget=forms.RadioSelect)
    field_order = ("answer", "why", "due", "version")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["why"].label = _("说明")
        self.fields["why"].help_text = _("完成的可写成效；未完成的写原因；不再实施的写依据。写进总结。")
        self.fields["due"].help_text = _("只有未完成的要填。")
        self.fields["why"].required = self.fields["due"].required = False

    def clean_due(self) -> dt.date | None:
        not_done = self.cleaned_data.get("answer") == self.Answer.NOT_DONE
        return super().clean_due() if not_done and self.cleaned_data["due"] else None

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        answer = data.get("answer")
        if answer in self.ASKS and not data.get("why") and "why" not in self.errors:
            self.add_error("why", self.ASKS[answer])
        if answer == self.Answer.NOT_DONE and not data.get("due") and "due" not in self.errors:
            self.add_error("due", _("未完成的目标要填新的完成时限。"))
        return data


class TargetForm(OnceForm):
    """A target. It asks first for what matters to its kind (`asked`); the rest stays folded (`folded`)."""

    ASKED = {
        Kind.QUALITATIVE: ("sign",),
        Kind.QUANTITATIVE: ("metric", "quantity"),
        Kind.MILESTONE: ("due", "must", "deliverable"),
        Kind.RECTIFICATION: ("due", "must", "deliverable", "source"),
    }
    FOLDED = ("metric", "quantity", "due", "must", "deliverable", "sign", "leader_post", "supporters", "measure",
              "source", "item")  # fmt: skip

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = Target
        fields = (
            "area", "item", "text", "kind", "sign", "metric", "quantity", "due", "must", "deliverable",
            *OBSTACLE, "post", "leader_post", "supporters", "measure", "source",
        )  # fmt: skip
        field_classes = {"due": DayField, "obstacle_since": DayField}
        help_texts = {
            "text": _("写成总结中的一句话，不带句号，例如：成立镇商会。"),
            "sign": _("看到什么就算完成，例如：双联活动覆盖全部行政村。"),
            "due": _("最迟完成的日期。月末写成“9月底”。"),
            "post": _("只写岗位，不写姓名，例如：统战干事。"),
        }

    def __init__(self, *args: Any, today: dt.date, periods: list[Period], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.initial.setdefault("version", self.instance.version)
        self.fields["period"] = forms.TypedChoiceField(
            label=_("期间"), choices=[(each.code, each.name) for each in periods], coerce=Period.parse,
            initial=self.instance.period.code,
        )  # fmt: skip
        self.fields["area"] = forms.ChoiceField(label=_("领域"), choices=area_choices())
        self.fields["metric"] = forms.ChoiceField(label=_("对应指标"), choices=metric_choices(), required=False)
        self.fields["item"] = forms.IntegerField(
            label=_("条目"), min_value=1, max_value=Target.LAST_ITEM,
            help_text=_("在总结中排第几条；同一条目的目标合写为一条。"),
        )  # fmt: skip
        self.fields["quantity"] = forms.IntegerField(  # SQLite would keep what PostgreSQL cannot
            label=_("目标数量"), min_value=0, max_value=MOST, required=False
        )
        self.fields["obstacle_type"].choices = obstacle_choices()
        self.fields["kind"].widget.attrs |= {"hx-post": "", "hx-target": "#target-fields", "hx-swap": "outerHTML"}
        if self.instance.source != Target.Source.CARRIED:  # only carrying over makes it so
            self.fields["source"].choices = [c for c in Target.Source.choices if c[0] != Target.Source.CARRIED]
        self.keeper = self.instance.keeper if self.instance.pk else ""
        if self.keeper:
            for name in Target.KEPT:
                del self.fields[name]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("kind") == Kind.QUANTITATIVE:
            need(self, "metric", _("定量目标要选择对应的指标。"))
            need(self, "quantity", _("定量目标要填写数量，且大于0。"))
        if data.get("kind") in (Kind.MILESTONE, Kind.RECTIFICATION):
            need(self, "due", _("里程碑和整改目标要填写完成时限。"))
        period, due = data.get("period"), data.get("due")
        if period:
            if not self.instance.pk or period != self.instance.period:
                self._refuse_locked(period)
            self.instance.period = period
        if period and due and due < period.first_day:
            self.add_error("due", _("完成时限不能早于%(period)s的第一天。") % {"period": period.name})
        check_obstacle(self, self.today)
        return data

    def _refuse_locked(self, period: Period) -> None:
        try:
            refuse_locked(self.instance.unit_id, period.first_day)
        except forms.ValidationError as refusal:
            self.add_error("period", refusal)

    def _names(self) -> tuple[str, ...]:
        return self.ASKED.get(self.instance.kind if self.keeper else self["kind"].value(), ())

    def _offered(self, *names: str) -> list[BoundField]:
        return [self[name] for name in names if name in self.fields]

    @property
    def asked(self) -> list[BoundField]:
        return self._offered("period", "area", "text", "kind", *self._names(), "post")

    @property
    def obstacle_fields(self) -> list[BoundField]:
        return self._offered(*OBSTACLE)

    @property
    def folded(self) -> list[BoundField]:
        return self._offered(*(name for name in self.FOLDED if name not in self._names()))

    @property
    def unfolded(self) -> bool:
        """Whether the folded fields hold something their reader should not miss: an error, or what was filled in before."""
        always_filled = ("source", "item")
        return any(field.errors or (field.value() and field.name not in always_filled) for field in self.folded)


class LineForm(forms.ModelForm):
    """One line of a log: the day, what happened, the state it brought. `earliest` is the first day it may bear."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, today: dt.date, earliest: dt.date | None, row: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.row, self.today, self.earliest = row, today, earliest
        self.initial |= {"version": row.version, "day": today, "state": row.state}
        self.fields["note"].widget.attrs["rows"] = 3
        self.fields["state"].choices = type(row).State.choices  # a state it always has: no blank to choose

    def clean_day(self) -> dt.date:
        day = self.cleaned_data["day"]
        if day > self.today:
            raise forms.ValidationError(_("日期不能晚于今天。"))
        if self.earliest and day < self.earliest:
            raise forms.ValidationError(self.too_early % {"day": self.earliest.isoformat()})
        return day

    too_early = _("日期不能早于上一条进展（%(day)s）。")


class ProgressForm(LineForm):
    """A line of a target's progress, if wanted with the ledger row that shows it."""

    activity_id = forms.TypedChoiceField(label=_("相关台账"), required=False, coerce=int, empty_value=None)

    class Meta:
        model = TargetProgress
        fields = ("day", "note", "state")
        field_classes = {"day": DayField}
        labels = {"state": _("目标状态")}
        help_texts = {"state": _("选择完成、未完成或取消后，这项目标即告结束，不再更新。")}

    def __init__(self, *args: Any, rows: list[dict[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["activity_id"].choices = [("", _("不关联")), *((row["pk"], _row_name(row)) for row in rows)]


def _row_name(row: dict[str, Any]) -> str:
    number = ledger_number(row["year"], row["number"])
    return f"{number} {row['date'].isoformat()} {row['title']}"


class TargetFilter(forms.Form):
    """The filters of the list, read from the address."""

    unit = forms.ChoiceField(label=_("单位"), required=False)
    area = forms.ChoiceField(label=_("领域"), required=False)
    light = forms.ChoiceField(label=_("亮灯"), required=False)
    state = forms.ChoiceField(label=_("状态"), required=False)
    plan = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, units: list[tuple[str, str]], lights: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        everything = [("", _("全部"))]
        self.fields["area"].choices = everything + [(each.code, each.name) for each in area.areas()]
        self.fields["light"].choices = everything + lights
        self.fields["state"].choices = everything + Target.State.choices
        self.fields["unit"].choices = everything + units
        if not units:
            del self.fields["unit"]
