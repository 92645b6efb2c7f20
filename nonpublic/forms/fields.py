from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Unit
from nonpublic.models import Enterprise
from nonpublic.money import MOST, PLACES, hundreds_of, in_wan
from workplans.forms.detail import RegisterField


class EnterpriseField(RegisterField):
    """An enterprise of the writer's unit; a closed one only where the row already has it."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(Enterprise, **{"label": _("企业"), "required": False, **kwargs})


class EnterprisesField(forms.ModelMultipleChoiceField):
    """Several enterprises of the writer's unit, to be ticked."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(Enterprise.objects.none(), required=False, **kwargs)

    def offer(self, unit: Unit, kept: Iterable[int] = ()) -> None:
        register = Enterprise.objects.of_unit(unit)
        self.queryset = (register.existing() | register.chosen(list(kept))).in_order()


class MoneyField(forms.DecimalField):
    """An amount in 万元 to two places, cleaned to whole hundreds of 元; left empty it is none."""

    widget = forms.TextInput

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            required=False, min_value=0, max_value=Decimal(in_wan(MOST)), decimal_places=PLACES, max_digits=12, **kwargs
        )
        self.unit = _("万元")
        self.widget.attrs |= {"inputmode": "decimal", "autocomplete": "off"}
        self.error_messages |= {"invalid": _("请填写金额，例如 12.5。单位是万元。")}

    def clean(self, value: Any) -> int:
        cleaned = super().clean(value)
        return hundreds_of(cleaned) if cleaned else 0

    def prepare_value(self, value: Any) -> Any:
        """What is stored is told in 万元; what was typed stays as it was."""
        return (in_wan(value) if value else "") if isinstance(value, int) else value
