"""Forms of what is recorded at venues: the ledger's own form, and what each kind asks besides."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from itertools import groupby
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.models import fields_for_model, model_to_dict
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Unit
from religion.models import (
    AtVenue,
    CheckGroup,
    ChecklistItem,
    CheckResult,
    Dispute,
    Hazard,
    LargeEvent,
    OversightVisit,
    SafetyInspection,
    Suggestion,
    Venue,
    VenuePatrol,
)
from workplans.area import kinds
from workplans.forms.day import DayField
from workplans.forms.ledger import ActivityForm
from workplans.models import Activity
from workplans.models.followed import Followed
from workplans.versions import Change, changes

MOST_LINES = 20  # of hazards, disputes or suggestions in one form; what more there is goes into another row


class VenueField(forms.ModelChoiceField):
    """A venue of the writer's unit; a revoked one only where the row already has it."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(Venue.objects.none(), label=gettext_lazy("场所"), **kwargs)

    def offer(self, unit: Unit, kept: int | None = None) -> None:
        venues = Venue.objects.of_unit(unit)
        self.queryset = (venues.existing() | venues.keyed(kept)).in_order()


class VenueRowForm(ActivityForm):
    """A row of the ledger that may have happened at a venue, which then says where it was and lends it a title."""

    template = "religion/_event_fields.html"
    script = "js/event.js"
    PREFILLED = ("venue",)
    LENT = ("venue",)
    VENUE_REQUIRED = False
    DETAIL: type[Any] | None = None  # the model of the columns this kind has besides
    ASKED: tuple[str, ...] = ()  # those of them that the form asks for

    venue = VenueField(required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        venue = self.fields["venue"]
        venue.offer(self.user.unit, self.initial.get("venue") if self.instance.pk else None)
        venue.required = self.VENUE_REQUIRED
        venue.empty_label = _("请选择场所") if self.VENUE_REQUIRED else _("不在某一处场所")
        if self.VENUE_REQUIRED:
            del self.fields["village"], self.fields["place"]
        self.fields["title"].required = False
        self.fields["title"].help_text = _("选了场所的可以不填，自动写成“场所名称＋事项”。")
        if self.DETAIL:
            self.fields |= fields_for_model(self.DETAIL, self.ASKED)

    @classmethod
    def detail_initial(cls, row: Activity) -> dict[str, Any]:
        at = AtVenue.objects.of_row(row)
        detail = cls.DETAIL.objects.of_row(row) if cls.DETAIL else None
        return {"venue": at.venue_id if at else None} | (model_to_dict(detail, cls.ASKED) if detail else {})

    def clean(self) -> dict[str, Any]:
        super().clean()
        if venue := self.cleaned_data.get("venue"):
            self._take_place_of(venue)
        elif not self.cleaned_data.get("title") and "title" not in self.errors:
            self.add_error("title", _("没有选场所的，请填写标题。"))
        if self.DETAIL:
            self._check_detail()
        return self.cleaned_data

    def _take_place_of(self, venue: Venue) -> None:
        place = {"village": venue.village, "place": venue.name}
        for name, value in place.items():
            if name in self.fields:
                self.cleaned_data[name] = value
            setattr(self.instance, name, value)
        kind = kinds().get(self.cleaned_data.get("kind", ""))
        if kind and "title" not in self.errors and not self.cleaned_data.get("title"):
            self.cleaned_data["title"] = f"{venue.name}{kind.label}"

    def _check_detail(self) -> None:
        """Let the model judge its own columns: its guard refuses private numbers in them."""
        told = self._told()
        left_empty = {name for name in told if told[name] in ("", None) and not self.fields[name].required}
        detail = self.DETAIL(**told)
        try:
            detail.clean_fields(exclude={field.name for field in detail._meta.fields} - set(told) | left_empty)
        except ValidationError as error:
            self.add_error(None, error)

    def _told(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self.ASKED if name in self.cleaned_data}

    def save_detail(self, row: Activity) -> None:
        here, venue = AtVenue.objects.of_unit(row.unit_id), self.cleaned_data.get("venue")
        if venue:
            here.update_or_create(pk=row.pk, defaults={"unit_id": row.unit_id, "venue": venue})
        else:
            here.of_rows(row).delete()
        if self.DETAIL:
            told = {"unit_id": row.unit_id, **self._told()}
            self.DETAIL.objects.of_unit(row.unit_id).update_or_create(pk=row.pk, defaults=told)

    def detail_changes(self, stored: Activity) -> list[Change]:
        before, found = type(self).detail_initial(stored), []
        typed = self.cleaned_data.get("venue")
        if before["venue"] != (typed.pk if typed else None):
            names = dict(self.fields["venue"].choices)
            found.append(Change(_("场所"), str(names.get(before["venue"], _("（空）"))), str(typed or _("（空）"))))
        if self.DETAIL and (kept := self.DETAIL.objects.of_row(stored)):
            labels = {name: self.fields[name].label for name in self.ASKED}
            found += changes(self.DETAIL, labels, kept, self.DETAIL(**self._told()), {})
        return found

    # What the template draws

    def detail_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in self.ASKED]


class Line(forms.ModelForm):
    """One matter that a row brought to light."""

    class Meta:
        field_classes = {"due": DayField}

    def __init__(self, *args: Any, unit: Unit, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["post"].help_text = ""
        if "venue" in self.fields:
            self.fields["venue"].offer(unit)
            self.fields["venue"].empty_label = _("不在某一处场所")

    @cached_property
    def changed_data(self) -> list[str]:
        """What was filled in; a box that was not sent at all does not make an empty line one that is half filled."""
        return [name for name in super().changed_data if self.add_prefix(name) in self.data]

    def enter(self, row: Activity, venue: Venue | None, form: ActivityForm) -> Followed:
        """Store the matter as found on the row's day."""
        found = self.instance
        found.unit_id, found.activity, found.created_by, found.opened_on = row.unit_id, row, form.user, row.date
        if "venue" not in self.fields:
            found.venue = venue
        found.save()
        return found


class HazardLine(Line):
    removed = forms.BooleanField(
        label=gettext_lazy("已当场整改"), required=False, help_text=gettext_lazy("当场改完并看过的，直接销号。")
    )

    class Meta(Line.Meta):
        model = Hazard
        fields = ("description", "grade", "disposal", "due", "post")

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        in_time = data.get("disposal") == Hazard.Disposal.IN_TIME and not data.get("removed")
        if in_time and not data.get("due") and "due" not in self.errors:
            self.add_error("due", _("限期整改的要写明期限。"))
        if data.get("disposal") == Hazard.Disposal.AT_ONCE and data.get("grade") == Hazard.Grade.MAJOR:
            self.add_error("disposal", _("重大隐患不能即知即改了事，请限期整改或提交上级。"))
        if data.get("removed") and data.get("grade") == Hazard.Grade.MAJOR:
            self.add_error("removed", _("重大隐患要另行复查，不能当场销号。"))
        elif data.get("removed"):
            data["disposal"] = Hazard.Disposal.AT_ONCE
        return data

    def enter(self, row: Activity, venue: Venue | None, form: ActivityForm) -> Followed:
        found = super().enter(row, venue, form)
        if self.cleaned_data["removed"]:
            for move in ("rectify", "recheck", "close"):
                found.move(move, day=row.date, note=_("当场整改，现场复查合格。"), by=form.user)
        return found


class DisputeLine(Line):
    venue = VenueField(required=False)

    class Meta(Line.Meta):
        model = Dispute
        fields = ("type", "venue", "course", "due", "post")
        widgets = {"course": forms.Textarea(attrs={"rows": 2})}


class SuggestionLine(Line):
    venue = VenueField(required=False)

    class Meta(Line.Meta):
        model = Suggestion
        fields = ("text", "venue", "due", "post")


class LinesForm(VenueRowForm):
    """A row that brings matters to light, one a line. Once written down they are followed on pages of their own."""

    LINE: type[Line]
    words: tuple[Any, Any] = ("", "")  # the lines' heading, and the button for one more

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.written = list(self._matters().of_row(self.instance)) if self.instance.pk else []
        lines = forms.formset_factory(self.LINE, extra=3, max_num=MOST_LINES, absolute_max=MOST_LINES)
        sent = self.is_bound and "lines-TOTAL_FORMS" in self.data
        self.lines = lines(self.data if sent else None, prefix="lines", form_kwargs={"unit": self.user.unit})

    def clean(self) -> dict[str, Any]:
        super().clean()
        if self.lines.is_bound and not self.lines.is_valid():
            self.add_error(None, _("“%(lines)s”里有没填好的地方，请看各行的提示。") % {"lines": self.words[0]})
        day = self.cleaned_data.get("date")
        for line in self.found():
            due = line.cleaned_data.get("due")
            if day and due and due < day:
                line.add_error("due", _("期限不能早于 %(day)s。") % {"day": day})
                self.add_error(None, _("“%(lines)s”里的期限早于业务日期。") % {"lines": self.words[0]})
        self._keep_what_was_found()
        return self.cleaned_data

    def _keep_what_was_found(self) -> None:
        """Matters stand under the day and venue on which they were found."""
        if not self.written:
            return
        stored = Activity.objects.of_unit(self.user.unit).get(pk=self.instance.pk)
        if self.cleaned_data.get("date", stored.date) != stored.date:
            self.add_error("date", _("已据此记下要跟踪的事项，日期不能再改。确实记错的，请作废后重新记。"))
        venue, before = self.cleaned_data.get("venue"), type(self).detail_initial(stored)["venue"]
        if self.VENUE_REQUIRED and venue and venue.pk != before:
            self.add_error("venue", _("已据此记下要跟踪的事项，场所不能再改。确实记错的，请作废后重新记。"))

    def found(self) -> list[Line]:
        """The lines that somebody has filled in, as far as they are right."""
        return [line for line in self.lines.forms if line.is_bound and line.has_changed() and line.is_valid()]

    def save_detail(self, row: Activity) -> None:
        super().save_detail(row)
        for line in self.found():
            line.enter(row, self.cleaned_data.get("venue"), self)

    def _matters(self) -> Any:
        return self.LINE._meta.model.objects


class PatrolForm(LinesForm):
    VENUE_REQUIRED = True
    DETAIL = VenuePatrol
    ASKED = ("visitor", "finding")
    LINE = HazardLine
    words = (gettext_lazy("发现的隐患"), gettext_lazy("添加一处"))

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if self.found() and data.get("finding") == VenuePatrol.Finding.NORMAL:
            self.add_error("finding", _("下面写了隐患，巡查情况请选“发现问题”。"))
        return data


class ScreeningForm(LinesForm):
    LINE = DisputeLine
    words = (gettext_lazy("排查出的矛盾纠纷"), gettext_lazy("添加一起"))


class OversightForm(LinesForm):
    DETAIL = OversightVisit
    ASKED = ("body",)
    LINE = SuggestionLine
    words = (gettext_lazy("提出的意见建议"), gettext_lazy("添加一条"))


class LargeEventForm(VenueRowForm):
    VENUE_REQUIRED = True
    DETAIL = LargeEvent
    ASKED = ("expected", "approval", "approval_number", "safety_plan")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["expected"].unit = _("人次")
        self.fields["safety_plan"].widget.attrs["rows"] = 3

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if data.get("approval") == LargeEvent.Approval.APPROVED and not data.get("approval_number"):
            self.add_error("approval_number", _("已批的请填批准文号。"))
        return data


class InspectionForm(LinesForm):
    """安全检查: the checklist point by point, and the hazards found."""

    VENUE_REQUIRED = True
    DETAIL = SafetyInspection
    ASKED = ("organiser", "departments", "conclusion", "notice_number")
    LINE = HazardLine
    words = (gettext_lazy("发现的隐患"), gettext_lazy("添加一处"))

    rest_passed = forms.BooleanField(
        label=gettext_lazy("没有标明的一律合格"), required=False,
        help_text=gettext_lazy("只标出不合格和不适用的，其余勾选这里即可。"),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["conclusion"].required = False
        self.fields["conclusion"].choices = [("", _("按检查情况自动填写")), *SafetyInspection.Conclusion.choices]
        if not self.instance.pk:
            self.initial.setdefault("conclusion", "")
        self.points = self._points()
        for point in self.points:
            self.fields[_name(point)] = forms.ChoiceField(
                label=point.text, required=False, choices=CheckResult.Result.choices, widget=forms.RadioSelect,
                initial=getattr(point, "result", None),
            )  # fmt: skip

    def _points(self) -> list[Any]:
        """What is checked: the unit's list of today, or what an earlier inspection checked in its own words."""
        kept = list(self.instance.check_results.order_by("position", "pk")) if self.instance.pk else []
        return kept or ChecklistItem.objects.for_unit(self.user.unit)

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        self._take_rest_as_passed()
        if self._failed() and not self.found() and not self.written and not self.lines.has_changed():
            self.add_error(None, _("有不合格的项目，请在“发现的隐患”里至少写一处。"))
        self._conclude()
        return data

    def _take_rest_as_passed(self) -> None:
        unmarked = [point for point in self.points if not self.cleaned_data.get(_name(point))]
        if unmarked and not self.cleaned_data.get("rest_passed"):
            said = _("还有 %(count)d 项没有标明。其余都合格的，请勾选这里。") % {"count": len(unmarked)}
            self.add_error("rest_passed", said)
        for point in unmarked:
            self.cleaned_data[_name(point)] = CheckResult.Result.PASSED

    def _failed(self) -> list[Any]:
        return [p for p in self.points if self.cleaned_data.get(_name(p)) == CheckResult.Result.FAILED]

    def _conclude(self) -> None:
        """合格 while something is to be put right would be untrue; left empty, the conclusion follows from what was found."""
        conclusions = SafetyInspection.Conclusion
        left = any(not line.cleaned_data["removed"] for line in self.found()) or any(
            each.is_open for each in self.written
        )
        if not self.cleaned_data.get("conclusion"):
            self.cleaned_data["conclusion"] = conclusions.RECTIFY if left else conclusions.PASSED
        elif left and self.cleaned_data["conclusion"] == conclusions.PASSED:
            self.add_error("conclusion", _("还有没改完的隐患，结论不能是合格。"))

    def save_detail(self, row: Activity) -> None:
        super().save_detail(row)
        row.check_results.all().delete()
        CheckResult.objects.bulk_create(
            CheckResult(
                unit_id=row.unit_id, activity=row, position=position, group=point.group, text=point.text,
                result=self.cleaned_data[_name(point)],
            )
            for position, point in enumerate(self.points)
        )  # fmt: skip

    def detail_changes(self, stored: Activity) -> list[Change]:
        marks = {(each.group, each.text): each for each in stored.check_results.all()}
        words = dict(CheckResult.Result.choices)
        found = super().detail_changes(stored)
        for point in self.points:
            before, typed = marks.get((point.group, point.text)), self.cleaned_data.get(_name(point))
            if before and typed and before.result != typed:
                found.append(Change(point.text, str(words[before.result]), str(words[typed])))
        return found

    def check_groups(self) -> Iterator[tuple[str, list[forms.BoundField]]]:
        for group, points in groupby(self.points, key=lambda point: point.group):
            yield CheckGroup(group).label, [self[_name(point)] for point in points]


def _name(point: Any) -> str:
    """A point's field: by its words, so that an answer never slips to another point when the list was changed meanwhile."""
    return f"check_{zlib.crc32(f'{point.group}{point.text}'.encode()):08x}"
