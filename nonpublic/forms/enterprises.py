"""Forms of the register of enterprises. `today` comes from the view; nothing here reads the clock."""

from __future__ import annotations

import datetime as dt
import unicodedata
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext_lazy as _

from accounts.models import Village
from nonpublic.models import Enterprise, EnterpriseState, EnterpriseType, StaffBand
from workplans.forms.day import DayField
from workplans.forms.once import OnceForm

EARLIEST = dt.date(1949, 10, 1)
YES_NO = (("yes", _("有")), ("no", _("没有")))


class EnterpriseForm(OnceForm):
    """A new enterprise, or an edit of one over the version its writer saw."""

    PARTS = (
        ("", ("name", "type", "credit_code", "trade", "village", "park")),
        (_("规模和组织"), ("staff_band", "above_scale", "party_body", "is_member")),
        (_("名册"), ("since", "office_phone", "note")),
    )

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = Enterprise
        fields = (
            "name", "type", "credit_code", "trade", "village", "park", "staff_band", "above_scale", "party_body",
            "is_member", "since", "office_phone", "note",
        )  # fmt: skip
        field_classes = {"since": DayField}
        widgets = {"note": forms.Textarea(attrs={"rows": 3})}
        help_texts = {
            "credit_code": _("可以不填；填了会核对校验位。"),
            "party_body": _("只记有没有，不记成员。"),
            "note": _("不写个人姓名和电话。"),
        }

    def __init__(self, *args: Any, today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.initial.setdefault("version", self.instance.version)
        if not self.instance.pk:
            self.initial["since"] = self.initial.get("since") or today
        villages = Village.objects.of_unit(self.instance.unit_id)
        self.fields["village"].queryset = villages.in_use() | villages.filter(pk=self.instance.village_id)
        self.fields["village"].empty_label = _("请选择")
        self.fields["type"].choices = [("", _("请选择")), *EnterpriseType.choices]
        self.fields["staff_band"].choices = [("", _("未填写")), *StaffBand.choices]
        self.fields["credit_code"] = forms.CharField(
            label=self.fields["credit_code"].label, required=False, max_length=40,
            help_text=self.fields["credit_code"].help_text,
        )  # fmt: skip

    def clean_credit_code(self) -> str:
        """As the licence has it, however it was typed: without gaps, in capitals."""
        return "".join(unicodedata.normalize("NFKC", self.cleaned_data["credit_code"]).upper().split())

    def clean_since(self) -> dt.date:
        day = self.cleaned_data["since"]
        if day > self.today:
            raise forms.ValidationError(_("纳入日期不能晚于今天。"))
        if day < EARLIEST:
            raise forms.ValidationError(_("日期不能早于1949年10月1日，请检查年份。"))
        return day

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        register = Enterprise.objects.of_unit(self.instance.unit_id).exclude(pk=self.instance.pk)
        others = [each for each in register.named(data.get("name", "")) if not self._is_same(each)]
        if others:
            self.tell_namesake()
        code = data.get("credit_code")
        if code and any(not self._is_same(each) for each in register.coded(code)):
            self.add_error("credit_code", _("本单位已有企业用这个统一社会信用代码。"))
        return data

    def _is_same(self, other: Enterprise) -> bool:
        """The same form sent twice is not a second enterprise."""
        told = (self.cleaned_data.get("name"), self.cleaned_data.get("type"))
        return other.token == self.instance.token and (other.name, other.type) == told

    def tell_namesake(self) -> None:
        self.add_error("name", _("本单位已有同名企业。"))

    @property
    def parts(self) -> list[tuple[Any, list[BoundField]]]:
        """The fields under their legends."""
        return [(legend, [self[name] for name in names]) for legend, names in self.PARTS]


class CloseForm(forms.Form):
    """From which day an enterprise is closed or deregistered."""

    state = forms.ChoiceField(
        label=_("变为"), widget=forms.RadioSelect,
        choices=[(each.value, each.label) for each in EnterpriseState if each is not EnterpriseState.OPEN],
        error_messages={"required": _("请选择停业还是注销。")},
    )  # fmt: skip
    day = DayField(label=_("日期"), help_text=_("从这一天起不再计入企业家数。"))
    note = forms.CharField(
        label=_("情况"), max_length=200, required=False, validators=Enterprise._meta.get_field("state_note").validators,
        help_text=_("可以不写；不写个人姓名。"),
    )  # fmt: skip
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, enterprise: Enterprise, today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.enterprise, self.today = enterprise, today
        self.initial |= {"day": today, "version": enterprise.version}

    def clean_day(self) -> dt.date:
        day = self.cleaned_data["day"]
        if day > self.today:
            raise forms.ValidationError(_("日期不能晚于今天。"))
        if day < self.enterprise.since:
            raise forms.ValidationError(
                _("日期不能早于纳入日期（%(day)s）。") % {"day": self.enterprise.since.isoformat()}
            )
        return day


class EnterpriseFilter(forms.Form):
    """The filters of the register, read from the address. Villages are offered when the list is about one unit."""

    unit = forms.ChoiceField(label=_("单位"), required=False)
    type = forms.ChoiceField(label=_("类型"), required=False)
    state = forms.ChoiceField(label=_("状态"), required=False)
    village = forms.ChoiceField(label=_("村（社区）"), required=False)
    is_member = forms.ChoiceField(label=_("商会会员"), required=False)
    party = forms.ChoiceField(label=_("党组织"), required=False)
    words = forms.CharField(
        label=_("名称、行业、园区、代码"), required=False, max_length=60,
        widget=forms.TextInput(attrs={"type": "search", "placeholder": _("查找文字")}),
    )  # fmt: skip

    def __init__(
        self, *args: Any, units: list[tuple[str, str]], villages: list[tuple[str, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        choices = {
            "unit": units, "type": EnterpriseType.choices, "state": EnterpriseState.choices, "village": villages,
            "is_member": [("True", _("是"))], "party": YES_NO,
        }  # fmt: skip
        for name, offered in choices.items():
            self.fields[name].choices = [("", _("全部")), *offered]
        for name in ("unit", "village"):
            if not choices[name]:
                del self.fields[name]

    @property
    def chosen(self) -> dict[str, str]:
        names = ("type", "state", "village", "is_member", "party")
        return {name: self.cleaned_data.get(name, "") for name in names}
