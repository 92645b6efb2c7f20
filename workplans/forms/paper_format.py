from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from ..format import Format
from ..models import PaperFormat, SummaryLetter
from .summary import settable

FEWEST_LINES, FEWEST_CHARACTERS = 15, 20


class SettableForm(forms.ModelForm):
    """Its texts are printed: each of them must have a face that can."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        for name, value in list(data.items()):
            if isinstance(value, str):
                try:
                    settable(value)
                except ValidationError as error:
                    self.add_error(name, error)
        return data


class PaperFormatForm(SettableForm):
    class Meta:
        model = PaperFormat
        fields = [
            "pitch", "number_place", "digits", "top", "bottom", "left", "right", "duplex",
            "mark", "addressee", "copies_to", "printed_by",
        ]  # fmt: skip
        help_texts = {
            "pitch": _("国家标准的行距约29.6磅；上级另有规定的按规定选。"),
            "top": _("国家标准：上37、下35、左28、右26毫米，版心156×225毫米。"),
            "mark": _("上报件红头的文字，如“中共某某镇委员会文件”；留空则不印红头。"),
            "addressee": _("上报件通常报给谁，不写冒号；每份总结可以另改。"),
            "copies_to": _("留空则版记不印抄送。"),
            "printed_by": _("留空则版记不印印发机关和日期。"),
        }

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        margins = {name: data[name] for name in ("top", "bottom", "left", "right") if name in data}
        if len(margins) == 4 and data.get("pitch"):
            set_so = Format(pitch_rule=data["pitch"], **margins)
            if set_so.lines < FEWEST_LINES or set_so.characters < FEWEST_CHARACTERS:
                self.add_error("top", _("边距太大，一页排不下%(lines)s行、一行排不下%(characters)s字。") % {
                    "lines": FEWEST_LINES, "characters": FEWEST_CHARACTERS,
                })  # fmt: skip
        return data


class SummaryLetterForm(SettableForm):
    class Meta:
        model = SummaryLetter
        fields = ["is_used", "number", "addressee", "annexes", "copies_to"]
        widgets = {"annexes": forms.Textarea(attrs={"rows": 4})}
        help_texts = {
            "is_used": _("不勾选则按内部总结排版，没有红头、文号、主送和版记。"),
            "number": _("如“某党〔2020〕12号”：年份用六角括号，编号不加“第”、不编虚位。"),
            "addressee": _("不写冒号，系统会加。"),
            "annexes": _("每行一个附件的名称，不写序号，末尾不加标点。"),
            "copies_to": _("留空则版记不印抄送。"),
        }
