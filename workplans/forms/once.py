from __future__ import annotations

import uuid
from typing import Any

from django import forms

from ..models import Once


class OnceForm(forms.ModelForm):
    """A form whose new row is entered once: while it is empty it carries the token, of which `Once` tells."""

    token = forms.UUIDField(required=False, widget=forms.HiddenInput)
    instance: Once

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            del self.fields["token"]
        else:
            self.initial.setdefault("token", self.instance.token)

    def clean_token(self) -> uuid.UUID:
        self.instance.token = self.cleaned_data["token"] or self.instance.token
        return self.instance.token
