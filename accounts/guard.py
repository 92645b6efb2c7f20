"""What free text may not hold: identity numbers and mobile numbers of persons; and line breaks, where it is one line."""

from __future__ import annotations

import re
import unicodedata

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

# People break numbers up to read them aloud; what stands between two digits does not hide them.
SIGN = r"[\s\-‐-―·.\u200b-\u200f\u2060\ufeff]"
GAP = rf"{SIGN}?"
BIRTHDAY = ("[12]", r"[09]", r"\d", r"\d", "[01]", r"\d", "[0-3]", r"\d")
IDENTITY = re.compile(
    r"(?<![\dA-Za-z])" + GAP.join([r"\d"] * 6 + list(BIRTHDAY) + [r"\d"] * 3 + [r"[\dXx]"]) + r"(?![\dA-Za-z])"
)
# In the groups that people write, 138 0013 8000, or digit by digit; gaps anywhere would refuse 13 5000 20000, three counts.
GROUPED = rf"1[3-9]\d{GAP}\d{{4}}{GAP}\d{{4}}(?!\d)"
SPELT = rf"1(?P<sign>{SIGN})[3-9](?:(?P=sign)\d){{9}}(?!(?P=sign)?\d)"
MOBILE = re.compile(rf"(?<!\d)(?:\+?86{GAP})?(?:{GROUPED}|{SPELT})")
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def refuse_breaks(text: str) -> None:
    """Raise ValidationError when a text of one line holds a line break or a control character.

    Nobody can type one there. A paper would begin a new paragraph at it, and no file can bear it in its name.
    """
    if any(unicodedata.category(character) in ("Cc", "Zl", "Zp") for character in str(text)):
        raise ValidationError(_("这里只能写一行，请删去换行和不可见的控制字符。"), code="breaks")


def is_identity_number(text: str) -> bool:
    """Whether 18 characters bear the check digit of GB 11643."""
    total = sum(int(digit) * weight for digit, weight in zip(text[:17], WEIGHTS, strict=True))
    return "10X98765432"[total % 11] == text[17].upper()


def refuse_private_numbers(text: str) -> None:
    """Raise ValidationError when the text holds an identity or a mobile number.

    An identity number is known by its check digit, whatever single signs stand between its digits; a mobile number
    only whole, in its groups 138-0013-8000, or digit by digit. Other spacings are not seen.
    """
    plain = unicodedata.normalize("NFKC", str(text))
    if any(is_identity_number(re.sub(r"[^\dXx]", "", match[0])) for match in IDENTITY.finditer(plain)):
        raise ValidationError(_("这里含有身份证号。本系统不保存个人证件号码，请删去后再保存。"), code="identity")
    if MOBILE.search(plain):
        raise ValidationError(_("这里含有手机号码。本系统不保存个人电话，请删去后再保存。"), code="mobile")
