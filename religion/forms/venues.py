"""Forms of the register of venues. `today` comes from the view; nothing here reads the clock."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from accounts.models import Village
from religion.models import TEACHINGS, LocalRules, RegisterLevel, Teaching, Venue, VenueChange, VenueState, VenueType
from workplans.forms.day import DayField, refuse_locked
from workplans.forms.ledger import EARLIEST, MOST
from workplans.forms.once import OnceForm

LONGEST_TERM = dt.timedelta(days=3660)
COUNTS = {"site_area": "㎡", "building_area": "㎡", "capacity": _("人"), "clergy_count": _("人")}


class VenueForm(OnceForm):
    """A venue as the public register has it. `rules` are those of its unit."""

    PARTS = (
        ("", ("name", "type", "teaching", "village", "address")),
        (_("登记"), ("level", "number", "registered_on")),
        (_("规模"), ("site_area", "building_area", "capacity", "heritage")),
        (_("管理组织"), ("body", "body_term_end", "responsible_post", "responsible_name")),
        (_("教职人员"), ("clergy_count", "clergy_checked_on")),
        ("", ("note",)),
    )

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = Venue
        fields = (
            "name", "type", "teaching", "village", "address", "level", "number", "registered_on", "site_area",
            "building_area", "capacity", "heritage", "body", "body_term_end", "responsible_post", "responsible_name",
            "clergy_count", "clergy_checked_on", "note",
        )  # fmt: skip
        field_classes = {"registered_on": DayField, "body_term_end": DayField, "clergy_checked_on": DayField}
        widgets = {"note": forms.Textarea(attrs={"rows": 3})}
        help_texts = {
            "teaching": _("民间信仰活动场所不填。"),
            "number": _("宗教活动场所填登记证号，民间信仰活动场所填编号。"),
            "registered_on": _("不填的，视为一直都有，各期的处数都计入；新设立的请填写。"),
            "capacity": _("按安全要求核定的同时容纳人数。"),
            "responsible_post": _("例如：管委会主任。"),
            "clergy_count": _("只填人数，不填姓名。"),
            "clergy_checked_on": _("填了人数，请写明哪一天与公开名录核对过。"),
            "note": _("不写个人姓名。"),
        }

    def __init__(self, *args: Any, today: dt.date, rules: LocalRules, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today, self.rules = today, rules
        self.initial.setdefault("version", self.instance.version)
        self._offer_villages()
        self.fields["type"].choices = [("", _("请选择")), *VenueType.choices]
        self.fields["teaching"].choices = [("", _("请选择")), *Teaching.choices]
        self.fields["teaching"].widget.attrs["data-teachings"] = json.dumps(TEACHINGS)  # for static/js/venue.js
        self.fields["level"].required = False
        self.fields["level"].help_text = format_html(
            _("宗教活动场所一律是县级登记；民间信仰活动场所按建筑面积，见<a href=\"{}\">本地规定</a>。"),
            reverse("local_rules"),
        )  # fmt: skip
        for name, unit in COUNTS.items():
            field = self.fields[name]
            self.fields[name] = forms.IntegerField(
                label=field.label, help_text=field.help_text, required=False, min_value=0, max_value=MOST
            )
            self.fields[name].unit = unit

    def _offer_villages(self) -> None:
        """The unit's villages in use; the one the venue has stays on offer, though it is closed by now."""
        villages = Village.objects.of_unit(self.instance.unit_id)
        self.fields["village"].queryset = villages.in_use() | villages.filter(pk=self.instance.village_id)
        self.fields["village"].empty_label = _("请选择")

    def clean_registered_on(self) -> dt.date | None:
        day = self._past("registered_on", _("登记日期不能晚于今天。"))
        if not self.instance.pk:
            return day
        if day is None and self.initial.get("registered_on"):
            raise forms.ValidationError(_("登记日期已经记入变动，可以改正，不能删去。"))
        last = self.instance.changes.first_after_registration() if day else None
        if last and day > last:
            raise forms.ValidationError(_("登记日期不能晚于后来的变动（%(day)s）。") % {"day": last.isoformat()})
        return day

    def clean_clergy_checked_on(self) -> dt.date | None:
        return self._past("clergy_checked_on", _("核对日期不能晚于今天。"))

    def clean_body_term_end(self) -> dt.date | None:
        day = self.cleaned_data["body_term_end"]
        if day and not EARLIEST <= day <= self.today + LONGEST_TERM:
            raise forms.ValidationError(_("请检查年份：届满日期早于1949年10月1日或在十年以后。"))
        return day

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        self._check_name()
        self._check_clergy()
        if data.get("type"):
            self._check_teaching()
            self._check_level()
        return data

    def _past(self, name: str, too_late: Any) -> dt.date | None:
        day = self.cleaned_data[name]
        if day and day > self.today:
            raise forms.ValidationError(too_late)
        if day and day < EARLIEST:
            raise forms.ValidationError(_("日期不能早于1949年10月1日，请检查年份。"))
        return day

    def _check_name(self) -> None:
        """A unit has one venue of a name; the same form sent twice is not a second one."""
        namesakes = Venue.objects.of_unit(self.instance.unit_id).named(self.cleaned_data.get("name", ""))
        for other in namesakes.exclude(pk=self.instance.pk):
            if other.token != self.instance.token or other.type != self.cleaned_data.get("type"):
                self.tell_namesake()

    def tell_namesake(self) -> None:
        self.add_error("name", _("本单位已有同名场所。"))

    def _check_clergy(self) -> None:
        """A number of clergy stands with the day it was checked, and neither without the other."""
        number, day = self.cleaned_data.get("clergy_count"), self.cleaned_data.get("clergy_checked_on")
        if number is not None and day is None and "clergy_checked_on" not in self.errors:
            self.add_error("clergy_checked_on", _("填了人数，请写明哪一天与公开名录核对过。"))
        if day and number is None and "clergy_count" not in self.errors:
            self.add_error("clergy_count", _("填了核对日期，请填写人数；没有的填0。"))

    def _check_teaching(self) -> None:
        """Each type has its teachings; where there is just one, nobody has to choose it."""
        kind, fitting = VenueType(self.cleaned_data["type"]), TEACHINGS[self.cleaned_data["type"]]
        taught = self.cleaned_data.get("teaching", "")
        names = str(_("、")).join(str(Teaching(each).label) for each in fitting if each)
        if taught in fitting or "teaching" in self.errors:
            return
        if not taught and len(fitting) == 1:
            self.cleaned_data["teaching"] = fitting[0]
        elif not names:
            self.add_error("teaching", _("民间信仰活动场所不填教别，请留空。"))
        elif not taught:
            self.add_error("teaching", _("请选择教别：%(names)s。") % {"names": names})
        else:
            self.add_error(
                "teaching", _("%(type)s的教别只能是：%(names)s。") % {"type": kind.label, "names": names}
            )  # fmt: skip

    def _check_level(self) -> None:
        """Registered venues are all registered by the county; folk sites stand as the local rules have it."""
        data = self.cleaned_data
        if data["type"] != VenueType.FOLK:
            data["level"] = RegisterLevel.COUNTY
            return
        if "level" not in self.errors and not data.get("level"):
            self.add_error("level", _("请选择民间信仰活动场所的登记层级。"))
        elif "level" not in self.errors and "building_area" not in self.errors:
            self._check_place()
        prefix, number = self.rules.number_prefix, data.get("number")
        if prefix and number and not number.startswith(prefix):
            self.add_error(
                "number",
                _("本地规定：民间信仰活动场所的编号以“%(prefix)s”开头。规定有变的，请统战委员先修改“本地规定”。")
                % {"prefix": prefix},
            )

    def _check_place(self) -> None:
        data = self.cleaned_data
        due = self.rules.misplaces(
            Venue(type=data["type"], level=data["level"], building_area=data.get("building_area"))
        )  # fmt: skip
        if due:
            self.add_error(
                "level",
                _("按本地规定（%(rules)s），建筑面积%(area)d㎡的应为%(due)s。规定有变的，请统战委员先修改“本地规定”。")
                % {"rules": self.rules.in_words(), "area": data["building_area"], "due": RegisterLevel(due).label},
            )

    @property
    def parts(self) -> list[tuple[Any, list[BoundField]]]:
        """The fields under their legends."""
        return [(legend, [self[name] for name in names]) for legend, names in self.PARTS]


class VenueChangeForm(forms.ModelForm):
    """A dated change of a venue's state. `earliest` is the day of its last change, None without one."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = VenueChange
        fields = ("after", "day", "note", "document")
        field_classes = {"day": DayField}
        widgets = {"note": forms.Textarea(attrs={"rows": 3})}
        labels = {"after": _("变动为")}
        help_texts = {
            "day": _("决定或实际变动的日期。"),
            "note": _("为什么变动、按什么程序办理，不写个人姓名。"),
            "document": _("有决定或批复文件的填写文号。"),
        }

    def __init__(self, *args: Any, venue: Venue, today: dt.date, earliest: dt.date | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.venue, self.today, self.earliest = venue, today, earliest
        self.initial |= {"version": venue.version, "day": today}
        self.fields["after"].choices = [("", _("请选择")), *VenueState.choices]
        self.fields["note"].required = True

    def clean_after(self) -> str:
        state = self.cleaned_data["after"]
        if state == self.venue.state:
            raise forms.ValidationError(
                _("现在就是“%(state)s”，请选择另一种状态。") % {"state": VenueState(state).label}
            )
        return state

    def clean_day(self) -> dt.date:
        day = self.cleaned_data["day"]
        if day > self.today:
            raise forms.ValidationError(_("变动日期不能晚于今天。"))
        if self.earliest and day < self.earliest:
            raise forms.ValidationError(
                _("变动日期不能早于上一次变动（%(day)s）。") % {"day": self.earliest.isoformat()}
            )
        refuse_locked(self.venue.unit_id, day)
        return day

    @property
    def revokes(self) -> bool:
        """Whether it asks for the one change that cannot be taken back."""
        return self.cleaned_data.get("after") == VenueState.REVOKED


class VenueFilter(forms.Form):
    """The filters of the list, read from the address. Villages are offered when the list is about one unit."""

    unit = forms.ChoiceField(label=_("单位"), required=False)
    type = forms.ChoiceField(label=_("类型"), required=False)
    state = forms.ChoiceField(label=_("状态"), required=False)
    village = forms.ChoiceField(label=_("村（社区）"), required=False)
    words = forms.CharField(
        label=_("名称、地址、编号"), required=False, max_length=60,
        widget=forms.TextInput(attrs={"type": "search", "placeholder": _("查找文字")}),
    )  # fmt: skip

    def __init__(
        self, *args: Any, units: list[tuple[str, str]], villages: list[tuple[str, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        choices = {"unit": units, "type": VenueType.choices, "state": VenueState.choices, "village": villages}
        for name, offered in choices.items():
            self.fields[name].choices = [("", _("全部")), *offered]
        for name in ("unit", "village"):
            if not choices[name]:
                del self.fields[name]
