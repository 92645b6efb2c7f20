from __future__ import annotations

from typing import Any

from django import forms

from religion.models import LocalRules
from workplans.forms.ledger import MOST


class LocalRulesForm(forms.ModelForm):
    """What differs by province; carries the version its writer saw."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = LocalRules
        fields = ("registered_from", "numbered_from", "number_prefix", "fifth_entry")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("version", self.instance.version)
        for name in ("registered_from", "numbered_from"):
            field = self.fields[name]
            self.fields[name] = forms.IntegerField(
                label=field.label, help_text=field.help_text, required=False, min_value=1, max_value=MOST
            )
            self.fields[name].unit = "㎡"
