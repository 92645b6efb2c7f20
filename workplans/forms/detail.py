"""The ledger's own form, for kinds that tell more: where a row happened, columns of its own, what it brought to light."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.forms.models import fields_for_model, model_to_dict
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Unit

from ..area import kinds
from ..models import Activity, Found
from ..versions import Change, changes
from .day import DayField
from .ledger import ActivityForm

MOST_LINES = 20  # of matters in one form; what more there is goes into another row


class RegisterField(forms.ModelChoiceField):
    """A thing of the register of the writer's unit; one that is there no more only where the row already has it.

    The register's queryset speaks `existing()`, `keyed(pk)` and `in_order()`; a thing has `name` and `village`.
    """

    def __init__(self, register: type[models.Model], **kwargs: Any) -> None:
        self.register = register
        super().__init__(register.objects.none(), **kwargs)

    def offer(self, unit: Unit, kept: int | None = None) -> None:
        things = self.register.objects.of_unit(unit)
        self.queryset = (things.existing() | things.keyed(kept)).in_order()


class Line(forms.ModelForm):
    """One matter that a row brought to light. What is about a thing of the register may ask for it by a field of its own."""

    AT = ""  # the matter's key of that thing
    NOWHERE: Any = ""  # what is offered when it is about none

    class Meta:
        field_classes = {"due": DayField}

    def __init__(self, *args: Any, unit: Unit, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["post"].help_text = ""
        if self.AT in self.fields:
            self.fields[self.AT].offer(unit)
            self.fields[self.AT].empty_label = self.NOWHERE

    @cached_property
    def changed_data(self) -> list[str]:
        """What was filled in; a box that was not sent at all does not make an empty line one that is half filled."""
        return [name for name in super().changed_data if self.add_prefix(name) in self.data]

    def enter(self, row: Activity, at: models.Model | None, form: ActivityForm) -> Found:
        """Store the matter as found on the row's day, about the thing at which the row happened unless it names its own."""
        found = self.instance
        found.unit_id, found.activity, found.created_by, found.opened_on = row.unit_id, row, form.user, row.date
        if self.AT:
            setattr(found, self.AT, self.thing(at))
        found.save()
        return found

    def thing(self, at: models.Model | None) -> models.Model | None:
        """What the matter is about: what the line says where it is asked, else the thing at which the row happened."""
        return self.cleaned_data.get(self.AT) or at


class DetailForm(ActivityForm):
    """A row that tells more. An heir says by its attributes what; each of the three parts is optional.

    AT is the field that asks at which thing of a register the row happened; it then says where that was, and lends the
    row a title. LINK is the `Detail` that keeps it, in a column of the same name. DETAIL is the model of the columns
    that the kind has besides, ASKED those of them that are asked for. LINE is the form of a matter that such a row
    brings to light, one a line; once written down they are followed on pages of their own.
    """

    template = "workplans/detail.html"
    script = "js/event.js"

    AT = ""
    AT_REQUIRED = False
    LINK: type[Any] | None = None
    CHOOSE: Any = gettext_lazy("请选择")
    NOWHERE: Any = ""
    TITLE_HELP: Any = ""
    TITLE_ASKED: Any = ""  # the complaint about a row that has neither a thing nor a title
    DETAIL: type[Any] | None = None
    ASKED: tuple[str, ...] = ()
    WORDS: Mapping[str, Any] = {}  # how values of columns are told, where they do not speak for themselves
    LINE: type[Line] | None = None
    words: tuple[Any, Any] = ("", "")  # the lines' heading, and the button for one more

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.AT:
            self._ask_where()
        if self.DETAIL:
            self.fields |= fields_for_model(self.DETAIL, self.ASKED)
        self.written: list[Found] = []
        self.lines: Any = None
        if self.LINE:
            self._draw_lines()

    def _ask_where(self) -> None:
        at = self.fields[self.AT]
        at.offer(self.user.unit, self.initial.get(self.AT) if self.instance.pk else None)
        at.required = self.AT_REQUIRED
        at.empty_label = self.CHOOSE if self.AT_REQUIRED else self.NOWHERE
        if self.AT_REQUIRED:
            del self.fields["village"], self.fields["place"]
        self.fields["title"].required = False
        self.fields["title"].help_text = self.TITLE_HELP

    def _draw_lines(self) -> None:
        self.written = list(self.LINE._meta.model.objects.of_row(self.instance)) if self.instance.pk else []
        lines = forms.formset_factory(self.LINE, extra=3, max_num=MOST_LINES, absolute_max=MOST_LINES)
        sent = self.is_bound and "lines-TOTAL_FORMS" in self.data
        self.lines = lines(self.data if sent else None, prefix="lines", form_kwargs={"unit": self.user.unit})

    @classmethod
    def detail_initial(cls, row: Activity) -> dict[str, Any]:
        link = cls.LINK.objects.of_row(row) if cls.LINK else None
        detail = cls.DETAIL.objects.of_row(row) if cls.DETAIL else None
        at = {cls.AT: getattr(link, f"{cls.AT}_id") if link else None} if cls.LINK else {}
        return at | (model_to_dict(detail, cls.ASKED) if detail else {})

    # Checks

    def clean(self) -> dict[str, Any]:
        super().clean()
        if self.AT:
            self._check_where()
        if self.DETAIL:
            self._check_detail()
        if self.LINE:
            self._check_lines()
            self._keep_what_was_found()
        return self.cleaned_data

    @property
    def thing(self) -> Any:
        """The thing of the register that was chosen, if any."""
        return self.cleaned_data.get(self.AT) if self.AT else None

    def _check_where(self) -> None:
        if self.thing:
            self._take_place_of(self.thing)
        elif not self.cleaned_data.get("title") and "title" not in self.errors:
            self.add_error("title", self.TITLE_ASKED)

    def _take_place_of(self, thing: Any) -> None:
        place = {"village": thing.village, "place": thing.name}
        for name, value in place.items():
            if name in self.fields:
                self.cleaned_data[name] = value
            setattr(self.instance, name, value)
        kind = kinds().get(self.cleaned_data.get("kind", ""))
        if kind and "title" not in self.errors and not self.cleaned_data.get("title"):
            self.cleaned_data["title"] = self.title_at(thing, kind.label)

    def title_at(self, thing: Any, kind: str) -> str:
        return f"{thing.name}{kind}"

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

    def _check_lines(self) -> None:
        if self.lines.is_bound and not self.lines.is_valid():
            self.add_error(None, _("“%(lines)s”里有没填好的地方，请看各行的提示。") % {"lines": self.words[0]})
        day = self.cleaned_data.get("date")
        for line in self.found():
            due = line.cleaned_data.get("due")
            if day and due and due < day:
                line.add_error("due", _("期限不能早于 %(day)s。") % {"day": day})
                self.add_error(None, _("“%(lines)s”里的期限早于业务日期。") % {"lines": self.words[0]})

    def _keep_what_was_found(self) -> None:
        """Matters stand under the day and the thing at which they were found."""
        if not self.written:
            return
        stored = Activity.objects.of_unit(self.user.unit).get(pk=self.instance.pk)
        if self.cleaned_data.get("date", stored.date) != stored.date:
            self.add_error("date", _("已据此记下要跟踪的事项，日期不能再改。确实记错的，请作废后重新记。"))
        if self.AT_REQUIRED and self.thing and self.thing.pk != type(self).detail_initial(stored)[self.AT]:
            said = _("已据此记下要跟踪的事项，%(thing)s不能再改。确实记错的，请作废后重新记。")
            self.add_error(self.AT, said % {"thing": self.fields[self.AT].label})

    def found(self) -> list[Line]:
        """The lines that somebody has filled in, as far as they are right."""
        lines = self.lines.forms if self.lines else []
        return [line for line in lines if line.is_bound and line.has_changed() and line.is_valid()]

    # What is stored with the row

    def save_detail(self, row: Activity) -> None:
        if self.LINK:
            here = self.LINK.objects.of_unit(row.unit_id)
            if self.thing:
                here.update_or_create(pk=row.pk, defaults={"unit_id": row.unit_id, self.AT: self.thing})
            else:
                here.of_rows(row).delete()
        if self.DETAIL:
            told = {"unit_id": row.unit_id, **self._told()}
            self.DETAIL.objects.of_unit(row.unit_id).update_or_create(pk=row.pk, defaults=told)
        for line in self.found():
            line.enter(row, self.thing, self)

    def detail_changes(self, stored: Activity) -> list[Change]:
        found = []
        if self.LINK:
            before, thing = type(self).detail_initial(stored)[self.AT], self.thing
            if before != (thing.pk if thing else None):
                field, empty = self.fields[self.AT], _("（空）")
                was = str(dict(field.choices).get(before, empty))
                found.append(Change(field.label, was, str(thing or empty)))
        if self.DETAIL and (kept := self.DETAIL.objects.of_row(stored)):
            labels = {name: self.fields[name].label for name in self.ASKED}
            found += changes(self.DETAIL, labels, kept, self.DETAIL(**self._told()), dict(self.WORDS))
        return found

    # What the template draws

    def where(self) -> forms.BoundField | None:
        return self[self.AT] if self.AT else None

    def detail_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in self.ASKED]
