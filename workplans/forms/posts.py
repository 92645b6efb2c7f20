"""Forms of the register of public posts. `today` comes from the view; nothing here reads the clock."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from workplans.models import PublicPost

from .day import DayField
from .ledger import EARLIEST
from .once import OnceForm

LONGEST_TERM = dt.timedelta(days=3660)


class PostForm(OnceForm):
    """A public post, new or corrected while it is held."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = PublicPost
        fields = ("type", "title", "term", "began_on", "term_ends_on", "source", "holder")
        field_classes = {"began_on": DayField, "term_ends_on": DayField}
        help_texts = {
            "title": _("职务的名称，不写姓名，例如：区人大代表。"),
            "term": _("例如：第十七届。"),
            "term_ends_on": _("没有任期的不填。届满前半年会在首页提醒。"),
            "source": _("公告、公示或公开名单的名称和日期。"),
            "holder": _("可以不填。有公开来源才填姓名；只在本单位看得到，不进入总结、导出和区级页面，离任时自动删去。"),
        }

    def __init__(self, *args: Any, today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.initial.setdefault("version", self.instance.version)
        self.fields["type"].choices = [("", _("请选择")), *PublicPost.Type.choices]

    def clean_began_on(self) -> dt.date:
        day = self.cleaned_data["began_on"]
        if day > self.today:
            raise forms.ValidationError(_("任职日期不能晚于今天。"))
        if day < EARLIEST:
            raise forms.ValidationError(_("日期不能早于1949年10月1日，请检查年份。"))
        return day

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        began, ends = data.get("began_on"), data.get("term_ends_on")
        if ends and began and ends < began:
            self.add_error("term_ends_on", _("届满日期不能早于任职日期。"))
        elif ends and ends > self.today + LONGEST_TERM:
            self.add_error("term_ends_on", _("届满日期在十年以后，请检查年份。"))
        if data.get("holder") and "source" in data and not data["source"]:
            self.add_error("source", _("填了任职人，就要写明公开来源；没有公开来源的不填姓名。"))
        return data


class PostEndForm(forms.Form):
    """The day on which a post was left."""

    day = DayField(label=_("离任日期"))
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, post: PublicPost, today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.post, self.today = post, today
        due = post.term_ends_on
        self.initial = {"day": due if due and due <= today else today, "version": post.version, **self.initial}

    def clean_day(self) -> dt.date:
        day = self.cleaned_data["day"]
        if day > self.today:
            raise forms.ValidationError(_("离任日期不能晚于今天。"))
        if day < self.post.began_on:
            raise forms.ValidationError(
                _("离任日期不能早于任职日期（%(day)s）。") % {"day": self.post.began_on.isoformat()}
            )
        return day


class PostFilter(forms.Form):
    """The filters of the list, read from the address."""

    unit = forms.ChoiceField(label=_("单位"), required=False)
    type = forms.ChoiceField(label=_("类型"), required=False)

    def __init__(self, *args: Any, units: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].choices = [("", _("全部")), *units]
        self.fields["type"].choices = [("", _("全部")), *PublicPost.Type.choices]
        if not units:
            del self.fields["unit"]
