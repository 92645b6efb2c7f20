from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import transaction
from django.forms.models import model_to_dict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User, Village

from .. import attachments
from ..area import hook, kind_choices, kinds
from ..models import Activity, Group, Target
from ..models.guard import refuse_private_numbers
from ..versions import Change
from .day import DayField, refuse_locked
from .once import OnceForm

EARLIEST = dt.date(1949, 10, 1)
AHEAD = dt.timedelta(days=31)  # a meeting already called may be noted; a mistyped year may not
LONGEST = dt.timedelta(days=366)
MOST = 9_999_999
MOST_FILES = 10

QUICK = ("kind", "date", "title", "person_times", "quantity", "quantity_done")
MORE = ("last_date", "village", "place", "host_level", "sessions", "copies", "content", "result", "basis", "target")
# What an earlier row lends to a new one: what was arranged, not what came of it.
COPIED = ("kind", "title", "person_times", "village", "place", "host_level", "sessions", "content", "basis", "target")


class CountField(forms.IntegerField):
    """A count: left empty it is what the row would have without it, and nothing is shown for 0."""

    def __init__(self, *, unit: Any = "", empty: int = 0, **kwargs: Any) -> None:
        super().__init__(required=False, **kwargs)
        self.validators = [
            MinValueValidator(0, gettext_lazy("不能小于 0。")),
            MaxValueValidator(MOST, gettext_lazy("数字太大，请检查是否多打了几位。")),
        ]
        self.unit = unit
        self.empty = empty
        self.widget.attrs |= {"inputmode": "numeric", "min": 0}
        self.error_messages["invalid"] = gettext_lazy("请填写整数，例如 12。")

    def clean(self, value: Any) -> int:
        cleaned = super().clean(value)
        return self.empty if cleaned is None else cleaned

    def prepare_value(self, value: Any) -> Any:
        return None if value == 0 and self.empty == 0 else value


class KindSelect(forms.Select):
    """The kinds by area; each tells static/js/record.js what it counts and where it was last recorded."""

    places: dict[str, dict[str, Any]] = {}

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option = super().create_option(name, value, *args, **kwargs)
        kind = kinds().get(value)
        option["attrs"]["data-form"] = kind.form if kind else ""
        if kind and kind.quantity:
            option["attrs"] |= {"data-quantity": kind.quantity.name, "data-unit": kind.quantity.unit_name}
            if kind.quantity.done_label:
                option["attrs"]["data-done"] = kind.quantity.done_name
        if value in self.places:
            last = self.places[value]
            option["attrs"] |= {"data-village": str(last["village_id"] or ""), "data-place": last["place"]}
        return option


class FilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class AttachmentsField(forms.FileField):
    """Several files at once, each checked and ready to be kept: cleans to a list of attachments.Checked."""

    widget = FilesInput(
        attrs={"accept": "image/jpeg,image/png,image/webp,.pdf,.ofd,.doc,.docx,.xls,.xlsx,.ppt,.pptx,.wps,.et,.dps"}
    )

    def clean(self, data: Any, initial: Any = None) -> list[attachments.Checked]:
        uploads = [upload for upload in data or [] if upload]
        if len(uploads) > MOST_FILES:
            raise ValidationError(_("一次最多传 %(most)d 个文件。") % {"most": MOST_FILES})
        checked, errors = [], []
        for upload in uploads:
            try:
                checked.append(attachments.check(upload))
            except ValidationError as error:
                errors.append(error)
        if errors:
            raise ValidationError(errors)
        return checked


class TargetField(forms.ModelChoiceField):
    def label_from_instance(self, target: Target) -> str:
        return f"{target.period.name} {target.text}"


class ActivityForm(OnceForm):
    """A row of the ledger, new or to be rewritten. `user` writes it, on the day `today`.

    A kind that asks for more names an heir in `Kind.form`, which adds fields, draws them by a `template` of its own, and
    stores them in `save_detail`, within the transaction that stores the row.
    """

    template = ""  # of the heir's own fields, drawn after the day
    script = ""  # that helps to fill them in
    PREFILLED: tuple[str, ...] = ()  # those of them that an address may fill in
    LENT: tuple[str, ...] = ()  # those that an earlier row lends to a new one

    kind = forms.ChoiceField(label=gettext_lazy("事项"), widget=KindSelect)
    person_times = CountField(label=gettext_lazy("参加人次"), unit=gettext_lazy("人次"))
    sessions = CountField(label=gettext_lazy("场次"), unit=gettext_lazy("场次"), empty=1, initial=1)
    copies = CountField(label=gettext_lazy("发放资料"), unit=gettext_lazy("份"))
    quantity = CountField(label=gettext_lazy("数量"))
    quantity_done = CountField(label=gettext_lazy("其中已办"))
    target = TargetField(Target.objects.none(), label=gettext_lazy("对应目标"), required=False)
    attachments = AttachmentsField(
        label=gettext_lazy("附件"), required=False,
        help_text=gettext_lazy("可不传。照片自动缩小并去掉拍摄位置；也可传 PDF 和办公文件。"),
    )  # fmt: skip
    version = forms.IntegerField(required=False, min_value=0, max_value=MOST, widget=forms.HiddenInput)

    class Meta:
        model = Activity
        fields = (*QUICK, *MORE)
        field_classes = {"date": DayField, "last_date": DayField}
        widgets = {
            "content": forms.Textarea(attrs={"rows": 4}),
            "result": forms.Textarea(attrs={"rows": 3}),
        }
        labels = {
            "content": gettext_lazy("做了什么"),
            "result": gettext_lazy("成效"),
            "last_date": gettext_lazy("结束日期"),
        }

    def __init__(
        self, *args: Any, user: User, today: dt.date, recent: Iterable[dict[str, Any]] = (), **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.user, self.today = user, today
        if not self.instance.pk:
            self.instance.unit = user.unit
            self.initial = {"date": today, **self.initial}
        else:
            self.initial["version"] = self.instance.version
        self._offer_kinds(list(recent))
        self._name_quantity()
        # What the row already has stays on offer, though the village is closed or the target reached by now.
        villages, targets = Village.objects.of_unit(user.unit), Target.objects.of_unit(user.unit)
        self.fields["village"].queryset = villages.in_use() | villages.filter(pk=self.instance.village_id)
        self.fields["target"].queryset = targets.open() | targets.filter(pk=self.instance.target_id)
        self.fields["village"].empty_label = _("不限村（社区）")
        self.fields["target"].empty_label = _("不对应目标")
        self.fields["last_date"].help_text = _("只有一天的不用填。")
        self.fields["basis"].help_text = _("文件标题或文号。")
        self.fields["place"].help_text = _("例如：镇政府二楼会议室。")
        self.fields["title"].widget.attrs["autocomplete"] = "off"
        for group in Group:
            self.fields[f"audience_{group}"] = CountField(label=group.label, unit=_("人次"))

    def _offer_kinds(self, recent: list[dict[str, Any]]) -> None:
        """The kinds, the six last used first among the shortcuts, with the place where each was last recorded."""
        field = self.fields["kind"]
        choices = kind_choices()
        kept = self.instance.kind
        if self.instance.pk:  # what was recorded by one form cannot be told by another
            choices = [
                (area, same)
                for area, offered in choices
                if (same := [(code, name) for code, name in offered if form_of(code) is type(self)])
            ]
        if kept and kept not in kinds():  # recorded under a kind that is no longer listed
            choices = [*choices, (_("已停用的事项"), [(kept, kept)])]
        field.choices = [("", _("请选择事项")), *choices]
        field.widget.places = {}
        for row in recent:
            field.widget.places.setdefault(row["kind"], row)
        self.shortcuts = [kinds()[code] for code in field.widget.places if code in kinds()][:6]

    def _name_quantity(self) -> None:
        """Label the quantities by the kind chosen when the page is drawn; static/js/record.js follows later choices."""
        kind = kinds().get(self["kind"].value() or "")
        if kind and kind.quantity:
            counted, done = self.fields["quantity"], self.fields["quantity_done"]
            counted.label, counted.unit = kind.quantity.name, kind.quantity.unit_name
            done.label, done.unit = kind.quantity.done_name or done.label, counted.unit

    def clean_date(self) -> dt.date:
        date = self.cleaned_data["date"]
        if date < EARLIEST:
            raise ValidationError(_("日期不能早于1949年10月1日，请检查年份。"))
        if date > self.today + AHEAD:
            raise ValidationError(_("日期在一个月以后。台账记已经发生或马上要办的事，请检查年份和月份。"))
        refuse_locked(self.user.unit_id, date)
        return date

    def clean_kind(self) -> str:
        kind = self.cleaned_data["kind"]
        if kind not in kinds():
            raise ValidationError(_("这个事项已停用，请另选一个。"))
        return kind

    def clean(self) -> dict[str, Any]:
        super().clean()
        self._check_days()
        self._check_quantity()
        self._check_people()
        return self.cleaned_data

    def _check_days(self) -> None:
        first, last = self.cleaned_data.get("date"), self.cleaned_data.get("last_date")
        if first and last and last < first:
            self.add_error("last_date", _("结束日期不能早于业务日期。"))
        elif first and last and last - first > LONGEST:
            self.add_error("last_date", _("结束日期比业务日期晚一年以上，请检查年份。"))

    def _check_quantity(self) -> None:
        kind = kinds().get(self.cleaned_data.get("kind", ""))
        counted, done = self.cleaned_data.get("quantity") or 0, self.cleaned_data.get("quantity_done") or 0
        if kind and counted and not kind.quantity:
            self.add_error("quantity", _("“%(kind)s”不另计数量，请留空。") % {"kind": kind.name})
        elif kind and done and not (kind.quantity and kind.quantity.done_label):
            self.add_error("quantity_done", _("“%(kind)s”不计这一项，请留空。") % {"kind": kind.name})
        elif done > counted and "quantity" not in self.errors:
            self.add_error("quantity_done", _("不能大于总数 %(counted)d。") % {"counted": counted})

    def _check_people(self) -> None:
        total, together = self.cleaned_data.get("person_times"), sum(self.audience().values())
        if total == 0:
            self.cleaned_data["person_times"] = together
        elif total and together > total:
            self.add_error(
                "person_times",
                _("参加对象合计 %(together)d 人次，比这里填的 %(total)d 人次多，请核对。")
                % {"together": together, "total": total},
            )

    def audience(self) -> dict[str, int]:
        return {group.value: self.cleaned_data.get(f"audience_{group}") or 0 for group in Group}

    def twins(self) -> list[Activity]:
        """Rows that are probably the same event."""
        twins = Activity.objects.of_unit(self.user.unit).twins_of(self.instance)
        twins = twins.exclude(token=self.instance.token)  # the same form, sent twice
        return list(twins.newest_first()[:5])

    @transaction.atomic
    def record(self) -> Activity:
        """Enter the new row with its attachments; a form sent twice gives back the row of the first time."""
        row = self.instance.record(self.user, self.audience())
        if row is self.instance:
            self._attach(row)
            self.save_detail(row)
        return row

    @transaction.atomic
    def rewrite(self) -> None:
        """Store the edit over the version its writer saw. Raises Conflict."""
        self.instance.version = self.cleaned_data["version"] or 0
        self.instance.rewrite(self.audience())
        self._attach(self.instance)
        self.save_detail(self.instance)

    @classmethod
    def detail_initial(cls, row: Activity) -> dict[str, Any]:
        """What an heir's own fields hold for a row."""
        return {}

    def save_detail(self, row: Activity) -> None:
        """Store what an heir asks for besides the row; it is called within the row's transaction."""

    def detail_changes(self, stored: Activity) -> list[Change]:
        """What the heir's own fields would change, for a writer who meets another's edit."""
        return []

    def _attach(self, row: Activity) -> None:
        for upload in self.cleaned_data["attachments"]:
            row.attach(upload, self.user)

    # What the template draws

    def place_note(self) -> str:
        """The place taken over from the last entry, for the head of the folded part."""
        if not self.place_fields():
            return ""
        villages = {str(pk): name for pk, name in self.fields["village"].choices}
        village = str(self["village"].value() or "")
        return " ".join(filter(None, [village and str(villages.get(village, "")), self["place"].value()]))

    def place_fields(self) -> list[forms.BoundField]:
        """Where it was; an heir may ask for it in its own way and leave these out."""
        return [self[name] for name in ("village", "place") if name in self.fields]

    def audience_fields(self) -> list[forms.BoundField]:
        return [self[f"audience_{group}"] for group in Group]

    def opens_more(self) -> bool:
        """Whether the folded part holds something to be seen at once."""
        names = [*MORE, "attachments", *(f"audience_{group}" for group in Group)]
        return any(name in self.errors for name in names)


def form_of(kind: str) -> type[ActivityForm]:
    """The form by which a kind is recorded; the ledger's own for a code that is not listed."""
    found = kinds().get(kind)
    return hook(found.form, ActivityForm) if found else ActivityForm


def audience_of(row: Activity) -> dict[str, int]:
    return dict(row.audience.values_list("group", "number"))


def initial_of(row: Activity) -> dict[str, Any]:
    """What the form of a row begins with besides the row's own columns."""
    return {**initial_audience(row), **form_of(row.kind).detail_initial(row)}


def initial_audience(row: Activity) -> dict[str, int]:
    return {f"audience_{group}": number for group, number in audience_of(row).items()}


def copied(row: Activity) -> dict[str, Any]:
    """What a new row starts with when it is copied from an earlier one."""
    form = form_of(row.kind)
    detail = {name: value for name, value in form.detail_initial(row).items() if name in form.LENT}
    return {**model_to_dict(row, COPIED), **initial_audience(row), **detail}


class AttachForm(forms.Form):
    attachments = AttachmentsField(
        label=gettext_lazy("添加附件"),
        required=False,
        help_text=gettext_lazy("照片（JPG、PNG、WebP）、PDF、OFD、Word、Excel、PowerPoint、WPS 文件，一次可选多个。"),
    )

    def clean_attachments(self) -> list[attachments.Checked]:
        if not self.cleaned_data["attachments"]:
            raise ValidationError(_("请先选择文件。"))
        return self.cleaned_data["attachments"]


class VoidForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("作废理由"), max_length=200, validators=[refuse_private_numbers],
        help_text=gettext_lazy("例如：与台账 2020-0012 重复。"),
    )  # fmt: skip
    version = forms.IntegerField(min_value=0, max_value=MOST, widget=forms.HiddenInput)

    def with_version(self, version: int) -> VoidForm:
        """The same form over a newer version of the row."""
        return VoidForm({**self.data.dict(), "version": str(version)})
