from __future__ import annotations

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.guard import refuse_breaks

from ..fonts import refuse_unprintable
from ..models import Summary, refuse_private_numbers
from ..paper import MAX_CHARACTERS, PaperRefused, refuse_hostile


def typed_text(raw: str) -> str:
    """What a person typed into a text box, with line ends as they are stored."""
    return raw.replace("\r\n", "\n").replace("\r", "\n").rstrip()


def settable(text: str) -> str:
    """The text, when it can be set as a paper. Raises ValidationError saying why not."""
    try:
        refuse_hostile(text)
        refuse_unprintable(text)
    except PaperRefused as refusal:
        raise ValidationError(str(refusal)) from refusal
    return text


class HeadForm(forms.ModelForm):
    """Title and date of issue, with the version their writer saw."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    class Meta:
        model = Summary
        fields = ["title", "date"]
        widgets = {"date": forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})}
        help_texts = {
            "title": _("标题较长时，在要换行的地方写一个竖线 |，印出来就在那里换行；别处显示为一行。"),
            "date": _("印在落款处；留空则用签发当天。"),
        }

    def clean_title(self) -> str:
        return settable(self.cleaned_data["title"])


class SectionForm(forms.Form):
    """The text of one section, with the version its writer saw."""

    text = forms.CharField(
        label=_("正文"), required=False, strip=False, max_length=MAX_CHARACTERS, validators=[refuse_private_numbers],
        widget=forms.Textarea(attrs={"rows": 14, "spellcheck": "false"}),
    )  # fmt: skip
    version = forms.IntegerField(widget=forms.HiddenInput)

    def clean_text(self) -> str:
        return settable(typed_text(self.cleaned_data["text"]))


class StepForm(forms.Form):
    """A step forward, on exactly the words that were shown."""

    seen = forms.CharField(max_length=64, widget=forms.HiddenInput)


class SignForm(StepForm):
    """The signature: with or without the annex that tells where each figure comes from."""

    annex = forms.BooleanField(
        label=_("PDF 后附“数字来源”"), required=False,
        help_text=_("每个数字的准确数和台账号列成一张表，附在正文后面。不附也随时能在签发页上查到。"),
    )  # fmt: skip


class ReopenForm(forms.Form):
    """Opening a signed half-year needs a reason."""

    reason = forms.CharField(
        label=_("重新开启的理由"), max_length=300, validators=[refuse_breaks, refuse_private_numbers],
        widget=forms.Textarea(attrs={"rows": 3}), help_text=_("写明要更正什么；理由写进操作记录，新的一版上看得到。"),
    )  # fmt: skip


class AcceptForm(forms.Form):
    """A typed number may stand, on some ground."""

    reason = forms.CharField(
        label=_("认可的依据"), max_length=200, validators=[refuse_breaks, refuse_private_numbers],
        help_text=_("例如：区委文件〔2020〕3号，或某次会议议定。"),
    )  # fmt: skip


class SendBackForm(forms.Form):
    """A step back needs a reason."""

    reason = forms.CharField(
        label=_("退回理由"), max_length=300, validators=[refuse_private_numbers],
        widget=forms.Textarea(attrs={"rows": 3}), help_text=_("写明要改什么，起草人会在首页和总结页看到。"),
    )  # fmt: skip
