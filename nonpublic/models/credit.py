"""The unified social credit code of an enterprise (GB 32100-2015). Pure: no database."""

from __future__ import annotations

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

SIGNS = "0123456789ABCDEFGHJKLMNPQRTUWXY"  # no I, O, S, V, Z: they look like digits
# Market registration gives 9 as the first sign. No identity number begins with it: none can hide in this field.
CODE = re.compile(rf"9[{SIGNS}]\d{{6}}[{SIGNS}]{{10}}")


def check_sign(body: str) -> str:
    """The last sign of a code, from the seventeen before it."""
    total = sum(SIGNS.index(sign) * pow(3, place, 31) for place, sign in enumerate(body))
    return SIGNS[-total % 31]


def refuse_wrong_credit_code(code: str) -> None:
    """Raise ValidationError for what is no credit code of an enterprise, or bears a wrong check sign."""
    if not CODE.fullmatch(code):
        raise ValidationError(
            _("统一社会信用代码是18位，以9开头，只用数字和大写字母（不用I、O、S、V、Z）。"), code="credit_code"
        )
    if check_sign(code[:-1]) != code[-1]:
        raise ValidationError(_("统一社会信用代码的校验位不对，请对照营业执照检查。"), code="credit_code")
