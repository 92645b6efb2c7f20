"""Forms of members, public posts and the self-rating. `today` comes from the view; nothing here reads the clock."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from chamber.models import GOODS, FourGoods, Membership, Officer, SelfRating
from nonpublic.models import Enterprise
from workplans.forms.day import DayField
from workplans.forms.detail import RegisterField
from workplans.forms.ledger import EARLIEST
from workplans.forms.once import OnceForm

from .chambers import MOST_TERMS


def past(day: dt.date, today: dt.date) -> dt.date:
    """A day that has come. Raises ValidationError."""
    if day > today:
        raise forms.ValidationError(_("日期不能晚于今天。"))
    if day < EARLIEST:
        raise forms.ValidationError(_("日期不能早于1949年10月1日，请检查年份。"))
    return day


class MembershipForm(OnceForm):
    enterprise = RegisterField(Enterprise, label=_("企业"))

    class Meta:
        model = Membership
        fields = ("enterprise", "kind", "joined_on")
        field_classes = {"joined_on": DayField}
        help_texts = {"enterprise": _("从企业名册里选；没有的先到企业名册登记。")}

    def __init__(self, *args: Any, today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["enterprise"].offer(self.instance.unit)
        self.fields["enterprise"].empty_label = _("请选择企业")
        self.initial.setdefault("joined_on", today)

    def clean_joined_on(self) -> dt.date:
        return past(self.cleaned_data["joined_on"], self.today)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        enterprise = data.get("enterprise")
        standing = Membership.objects.of_unit(self.instance.unit_id).standing()
        if enterprise and standing.of_enterprise(enterprise).exclude(token=self.instance.token).exists():
            self.add_error("enterprise", _("这家企业已经是会员。"))
        return data


class EndForm(forms.Form):
    """The last day of a membership or of a post. `since` is its first."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    day = DayField(label=_("日期"))

    def __init__(self, *args: Any, since: dt.date, today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.since, self.today = since, today
        self.initial.setdefault("day", today)

    def clean_day(self) -> dt.date:
        day = past(self.cleaned_data["day"], self.today)
        if day < self.since:
            raise forms.ValidationError(_("不能早于开始的日期（%(day)s）。") % {"day": self.since.isoformat()})
        return day


class OfficerForm(OnceForm):
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    enterprise = RegisterField(Enterprise, label=_("所在企业"), required=False)

    class Meta:
        model = Officer
        fields = ("post", "term", "enterprise", "name", "since")
        field_classes = {"since": DayField}

    def __init__(self, *args: Any, today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.initial.setdefault("version", self.instance.version)
        self.initial.setdefault("term", self.instance.term)
        self.fields["post"].choices = [("", _("请选择")), *Officer.Post.choices]
        self.fields["term"] = forms.IntegerField(label=_("届次"), min_value=1, max_value=MOST_TERMS)
        self.fields["enterprise"].offer(self.instance.unit, self.instance.enterprise_id)
        self.fields["enterprise"].empty_label = _("不填")

    def clean_since(self) -> dt.date:
        return past(self.cleaned_data["since"], self.today)


class RatingForm(forms.ModelForm):
    """The self-rating of a year; the standard follows from the year, but for 2018."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = SelfRating
        fields = ("year", "standard", "first", "second", "third", "fourth", "note")
        widgets = {"note": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args: Any, today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("version", self.instance.version)
        self.fields["year"] = forms.IntegerField(
            label=_("年度"), min_value=1990, max_value=today.year, initial=today.year
        )  # fmt: skip
        old, new = GOODS[FourGoods.TO_2018], GOODS[FourGoods.SINCE_2018]
        for name, before, now in zip(("first", "second", "third", "fourth"), old, new, strict=True):
            self.fields[name].label = now if before == now else _("%(now)s（旧版：%(before)s）") % {
                "now": now, "before": before
            }  # fmt: skip

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        year, standard = data.get("year"), data.get("standard")
        if year and standard and not FourGoods(standard).is_in_force(year):
            self.add_error("standard", _("2018年以前用旧版标准，2018年以后用新版标准。"))
        same = SelfRating.objects.of_unit(self.instance.unit_id).of_year(year).exclude(pk=self.instance.pk)
        if year and same.filter(chamber=self.instance.chamber).exists():
            self.add_error("year", _("这一年已有自评，请修改原来的。"))
        return data
