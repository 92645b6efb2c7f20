"""Forms of the clergy module: why it is kept, who may read it, and the posts themselves."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Role, User
from religion.models import ClergyPost, ClergyReader, ImpactAssessment
from workplans.forms.day import DayField
from workplans.forms.once import OnceForm

from .events import VenueField


class AssessmentForm(OnceForm):
    """The impact assessment, without any part of which the register stays closed."""

    class Meta:
        model = ImpactAssessment
        fields = ("day", "purpose", "impact", "protection", "document")
        field_classes = {"day": DayField}
        widgets = {name: forms.Textarea(attrs={"rows": 3}) for name in ("purpose", "impact", "protection")}
        help_texts = {
            "purpose": _("为什么只登记人数不够，必须登记姓名。"),
            "impact": _("信息泄露或误用会给本人带来什么影响，可能性多大。"),
            "protection": _("谁可以看、怎么防止外传、多久清理一次。"),
            "document": _("由哪次会议或哪份文件批准。"),
        }

    def __init__(self, *args: Any, today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.initial.setdefault("day", today)

    def clean_day(self) -> dt.date:
        if (day := self.cleaned_data["day"]) > self.today:
            raise forms.ValidationError(_("评估日期不能晚于今天。"))
        return day


class ReadersForm(forms.Form):
    """Which of the unit's writers may read the names."""

    readers = forms.MultipleChoiceField(
        label=_("可以查看和维护姓名的人员"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("只选工作确实需要的人。每次查看都有记录。"),
    )  # fmt: skip

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by = by
        writers = User.objects.of_unit(by.unit_id).at_work(Role.CLERK, Role.REVIEWER).in_order()
        self.people = {str(user.pk): user for user in writers}
        self.fields["readers"].choices = [
            (pk, _("%(name)s（%(role)s）") % {"name": user.name, "role": user.get_role_display()})
            for pk, user in self.people.items()
        ]
        held = ClergyReader.objects.of_unit(by.unit_id).values_list("user", flat=True)
        self.held = {str(pk) for pk in held}
        self.initial.setdefault("readers", sorted(self.held & set(self.people)))

    def changes(self) -> tuple[list[User], list[User]]:
        """Who is given the permission, and who loses it."""
        chosen = set(self.cleaned_data["readers"])
        given = [user for pk, user in self.people.items() if pk in chosen - self.held]
        return given, [user for pk, user in self.people.items() if pk in self.held - chosen]


class ClergyPostForm(OnceForm):
    version = forms.IntegerField(required=False, min_value=0, max_value=9_999_999, widget=forms.HiddenInput)
    venue = VenueField()

    class Meta:
        model = ClergyPost
        fields = ("venue", "post", "name", "filed_on", "left_on", "source")
        field_classes = {"filed_on": DayField, "left_on": DayField}
        help_texts = {"name": _("与公开名录一致的姓名，不填法名以外的其他信息。")}

    def __init__(self, *args: Any, today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["venue"].offer(self.instance.unit, self.instance.venue_id)
        self.initial.setdefault("version", self.instance.version)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        for name in ("filed_on", "left_on"):
            if data.get(name) and data[name] > self.today:
                self.add_error(name, _("日期不能晚于今天。"))
        return data
