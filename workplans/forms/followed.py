"""Forms of matters that are followed step by step. `today` comes from the view; nothing here reads the clock."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.guard import refuse_breaks, refuse_private_numbers
from workplans.models import Followed, Move, Step

from .day import DayField, refuse_locked


class StepForm(forms.Form):
    """The next step of a matter: which of those it may take, on which day, and what was done."""

    move = forms.ChoiceField(
        label=_("下一步"), widget=forms.RadioSelect,
        error_messages={
            "required": _("请选择下一步。"),
            "invalid_choice": _("按它现在的状态，不能走这一步，请重新选择。"),
        },
    )  # fmt: skip
    day = DayField(label=_("日期"))
    note = forms.CharField(
        label=_("情况"), required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip
    document = forms.CharField(label=_("文号"), required=False, max_length=60)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, matter: Followed, today: dt.date, **kwargs: Any) -> None:
        """Of an open matter. Queries the day of its last step."""
        super().__init__(*args, **kwargs)
        self.moves = {move.code: move for move in matter.moves()}
        self.matter, self.today, self.earliest = matter, today, matter.earliest_day()
        self.initial = {"version": matter.version, "day": today, **self.initial}
        self.fields["move"].choices = [(move.code, move.label) for move in self.moves.values()]
        if len(self.moves) == 1:
            self.fields["move"].widget = forms.HiddenInput()
            self.initial["move"] = self.only.code
        self.fields["note"].help_text = self._asked()
        if not matter.DOCUMENTED:
            del self.fields["document"]

    @property
    def only(self) -> Move | None:
        """The one step there is; None where there is a choice."""
        return next(iter(self.moves.values())) if len(self.moves) == 1 else None

    @property
    def submit(self) -> str:
        """The verb of its button."""
        return str(self.only.label) if self.only else gettext("记录这一步")

    def clean_day(self) -> dt.date:
        day = self.cleaned_data["day"]
        if day > self.today:
            raise forms.ValidationError(_("日期不能晚于今天。"))
        if day < self.earliest:
            raise forms.ValidationError(
                _("日期不能早于开始或上一步的日期（%(day)s）。") % {"day": self.earliest.isoformat()}
            )  # fmt: skip
        refuse_locked(self.matter.unit_id, day)
        return day

    def clean_note(self) -> str:
        return Step._meta.get_field("note").clean(self.cleaned_data["note"], None)

    def clean_document(self) -> str:
        return Step._meta.get_field("document").clean(self.cleaned_data["document"], None)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        move = self.moves.get(data.get("move", ""))
        if move and move.asks and "note" in data and not data["note"]:
            self.add_error("note", move.asks)
        return data

    def _asked(self) -> str:
        """For which of the steps something must be written."""
        asking = [move for move in self.moves.values() if move.asks]
        if len(asking) == len(self.moves) == 1:
            return str(asking[0].asks)
        if not asking:
            return gettext("可以不写。")
        return gettext("选“%(moves)s”时须写明，其余可以不写。") % {
            "moves": str(_("、")).join(str(move.label) for move in asking)
        }


class MistakeForm(forms.Form):
    """Why a matter that was entered by mistake shall no longer count."""

    reason = forms.CharField(
        label=_("作废理由"), max_length=200, validators=[refuse_breaks, refuse_private_numbers],
        help_text=_("例如：与另一条重复登记。"),
    )  # fmt: skip
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
