from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from nonpublic.models import Request
from workplans.forms.day import DayField
from workplans.forms.matters import MatterForm

from .fields import EnterpriseField


class RequestForm(MatterForm):
    """An edit of an open request: whose it is, and its three lists."""

    enterprise = EnterpriseField()

    class Meta:
        model = Request
        fields = ("enterprise", "kind", "need", "suggestion", "responsible", "due", "post")
        field_classes = {"due": DayField}
        widgets = {"suggestion": forms.Textarea(attrs={"rows": 4})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["enterprise"].offer(self.instance.unit, self.instance.enterprise_id)
        self.fields["enterprise"].empty_label = _("不写明企业")
