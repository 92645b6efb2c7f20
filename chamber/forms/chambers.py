"""Forms of the chamber itself. `today` comes from the view; nothing here reads the clock."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from chamber.models import Chamber, ChamberChange, ChamberState
from nonpublic.models.credit import SIGNS, check_sign
from workplans.forms.day import DayField
from workplans.forms.ledger import EARLIEST
from workplans.forms.once import OnceForm

CODE = re.compile(rf"5[{SIGNS}]\d{{6}}[{SIGNS}]{{10}}")  # civil affairs give 5 as the first sign
LONGEST_TERM = dt.timedelta(days=3660)
MOST_TERMS = 99


class ChamberForm(OnceForm):
    """A chamber as its registry has it. A new one says whether it is still to be founded."""

    FOUNDING, FOUNDED = "founding", "founded"

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    situation = forms.ChoiceField(
        label=_("现在的情况"), widget=forms.RadioSelect, initial=FOUNDING,
        choices=[(FOUNDING, _("正在筹建")), (FOUNDED, _("已经成立"))],
    )  # fmt: skip

    class Meta:
        model = Chamber
        fields = ("name", "supervising_body", "registry", "credit_code", "founded_on", "term", "term_end")
        field_classes = {"founded_on": DayField, "term_end": DayField}
        help_texts = {
            "supervising_body": _("例如：区工商联。"),
            "registry": _("例如：区民政局。"),
            "founded_on": _("登记证书上的日期。还在筹建的不填。"),
        }

    field_order = ("situation",)

    def __init__(self, *args: Any, today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.initial.setdefault("version", self.instance.version)
        self.fields["term"] = forms.IntegerField(
            label=_("届次"), required=False, min_value=1, max_value=MOST_TERMS, help_text=_("第一届填 1。")
        )
        if self.instance.pk:
            del self.fields["situation"]
            if not self.instance.is_founded:
                del self.fields["founded_on"], self.fields["term"], self.fields["term_end"]

    @property
    def is_founded(self) -> bool:
        if "situation" in self.fields:
            return self.cleaned_data.get("situation") == self.FOUNDED
        return self.instance.is_founded

    def clean_credit_code(self) -> str:
        code = self.cleaned_data["credit_code"].upper()
        if code and (not CODE.fullmatch(code) or check_sign(code[:-1]) != code[-1]):
            raise forms.ValidationError(_("社会团体的统一社会信用代码是18位，以5开头，请对照登记证书检查。"))
        return code

    def clean_founded_on(self) -> dt.date | None:
        day = self.cleaned_data["founded_on"]
        if day and day > self.today:
            raise forms.ValidationError(_("成立日期不能晚于今天。"))
        if day and day < EARLIEST:
            raise forms.ValidationError(_("日期不能早于1949年10月1日，请检查年份。"))
        return day

    def clean_term_end(self) -> dt.date | None:
        day = self.cleaned_data["term_end"]
        if day and day > self.today + LONGEST_TERM:
            raise forms.ValidationError(_("届满日期在十年以后，请检查年份。"))
        return day

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if "founded_on" not in self.fields:
            return data
        founded, end = data.get("founded_on"), data.get("term_end")
        if self.is_founded and not founded and "founded_on" not in self.errors:
            self.add_error("founded_on", _("已经成立的，请填写成立日期。"))
        if not self.is_founded:
            for name in ("founded_on", "term", "term_end"):
                if data.get(name):
                    self.add_error(name, _("还在筹建的不填。"))
        if founded and end and end <= founded:
            self.add_error("term_end", _("届满日期应晚于成立日期。"))
        if self.is_founded:
            self.instance.state = self.instance.state if self.instance.pk else ChamberState.FOUNDED
        return data


class ChamberChangeForm(forms.ModelForm):
    """A dated change of the chamber's state. `earliest` is the day of its last change."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = ChamberChange
        fields = ("after", "day", "note", "document")
        field_classes = {"day": DayField}
        widgets = {"note": forms.Textarea(attrs={"rows": 3})}
        labels = {"after": _("变动为")}
        help_texts = {
            "note": _("为什么变动、按什么程序办理，不写个人姓名。"),
            "document": _("有决定或批复文件的填写文号。"),
        }

    def __init__(self, *args: Any, chamber: Chamber, today: dt.date, earliest: dt.date | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today, self.earliest = today, earliest
        self.initial |= {"version": chamber.version, "day": today}
        self.fields["after"].choices = [
            ("", _("请选择")),
            *((each.value, each.label) for each in chamber.changes_ahead),
        ]
        self.fields["note"].required = True

    def clean_day(self) -> dt.date:
        day = self.cleaned_data["day"]
        if day > self.today:
            raise forms.ValidationError(_("变动日期不能晚于今天。"))
        if self.earliest and day < self.earliest:
            raise forms.ValidationError(
                _("变动日期不能早于上一次变动（%(day)s）。") % {"day": self.earliest.isoformat()}
            )
        return day

    @property
    def dissolves(self) -> bool:
        """Whether it asks for the one change that cannot be taken back."""
        return self.cleaned_data.get("after") == ChamberState.DISSOLVED
