"""Forms of followed matters: the edit of one, and the filters of their lists."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from workplans.models import Followed

EVERYTHING = ("", _("全部"))
VOID = "void"  # beside the states, a choice of the filter: what was entered by mistake
LATE = "late"


class MatterForm(forms.ModelForm):
    """An edit of an open matter. Its state and its days are its steps' alone."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("version", self.instance.version)

    def clean_due(self) -> dt.date | None:
        due, opened_on = self.cleaned_data["due"], self.instance.opened_on
        if due and due < opened_on:
            raise forms.ValidationError(
                _("办理时限不能早于开始的日期（%(day)s）。") % {"day": opened_on.isoformat()}
            )  # fmt: skip
        return due


class MatterFilter(forms.Form):
    """The filters of a list, read from the address; `at` names the one by a thing of a register, when there are any."""

    unit = forms.ChoiceField(label=_("单位"), required=False)
    state = forms.ChoiceField(label=_("状态"), required=False)
    due = forms.ChoiceField(label=_("时限"), required=False, choices=[EVERYTHING, (LATE, _("只看逾期"))])

    def __init__(
        self, *args: Any, model: type[Followed], units: list[tuple[str, str]], at: str = "", at_label: Any = "",
        things: Iterable[tuple[int, str]] = (), **kwargs: Any,
    ) -> None:  # fmt: skip
        super().__init__(*args, **kwargs)
        self.at = at
        self.fields["unit"].choices = [EVERYTHING, *units]
        self.fields["state"].choices = [EVERYTHING, *model._meta.get_field("state").flatchoices, (VOID, _("已作废"))]
        if offered := list(things):
            self.fields[at] = forms.TypedChoiceField(
                label=at_label, required=False, coerce=int, empty_value=None, choices=[EVERYTHING, *offered]
            )
            self.order_fields(["unit", at])
        if not units:
            del self.fields["unit"]

    @property
    def thing(self) -> dict[str, Any]:
        """The thing that is asked for."""
        return {self.at: self.cleaned_data.get(self.at)} if self.at else {}

    @property
    def chosen(self) -> dict[str, Any]:
        """The values of columns that are asked for; what is none of the choices asks for nothing."""
        return {**self.thing, "state": self.cleaned_data.get("state")}

    @property
    def void(self) -> bool:
        return self.cleaned_data.get("state") == VOID

    @property
    def late(self) -> bool:
        return self.cleaned_data.get("due") == LATE
