"""The form of the list of founding steps."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from chamber.models import ListedStep

MOST_STEPS = 20


class ListedStepForm(forms.ModelForm):
    class Meta:
        model = ListedStep
        fields = ("label", "materials", "optional", "leads_to")
        widgets = {"materials": forms.Textarea(attrs={"rows": 3})}
        help_texts = {"leads_to": _("完成这一步时，商会的状态随之变动。")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["leads_to"].choices = [
            ("", _("状态不变")), *(choice for choice in self.fields["leads_to"].choices if choice[0])
        ]  # fmt: skip

    def clean_materials(self) -> str:
        """One to a line, none twice."""
        lines = (line.strip() for line in self.cleaned_data["materials"].splitlines())
        return "\n".join(dict.fromkeys(filter(None, lines)))


class StepListForm(forms.BaseFormSet):
    """The steps in their order; an empty line at the end takes one more."""

    def clean(self) -> None:
        if any(self.errors):
            return
        labels = [step.label for step in self.steps()]
        if not labels:
            raise forms.ValidationError(_("至少要有一个步骤。"))
        if len(set(labels)) < len(labels):
            raise forms.ValidationError(_("有两个步骤同名，请改一个。"))

    def steps(self) -> list[ListedStep]:
        """As they were typed, in the order of their numbers."""
        typed = [form for form in self.forms if form.cleaned_data.get("label") and not form.cleaned_data.get("DELETE")]
        typed.sort(key=lambda form: (form.cleaned_data.get("ORDER") is None, form.cleaned_data.get("ORDER") or 0))
        return [form.instance for form in typed]


StepListFormSet = forms.formset_factory(
    ListedStepForm, StepListForm, extra=1, can_delete=True, can_order=True, max_num=MOST_STEPS, validate_max=True
)


class ListVersionForm(forms.Form):
    """The version of the list that its writer saw."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)
