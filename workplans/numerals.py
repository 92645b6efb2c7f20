"""Numbers and days as Chinese official papers print them. Pure: no database, no clock, no language setting."""

import calendar
import datetime as dt
from decimal import Decimal

DIGITS = "零一二三四五六七八九"


def chinese_number(number: int) -> str:
    """1 to 99 as it stands before a heading: 一, 十, 十一, 二十一. ValueError outside that range."""
    if not 1 <= number <= 99:
        raise ValueError(f"No heading number: {number}")
    tens, ones = divmod(number, 10)
    ten = ("" if tens == 1 else DIGITS[tens]) + "十" if tens else ""
    return ten + (DIGITS[ones] if ones else "")


def date_in_text(day: dt.date) -> str:
    """A day in a paper's date line: Arabic digits without leading zeros, 2020年6月30日."""
    return f"{day.year}年{day.month}月{day.day}日"


def due_in_text(day: dt.date, *, year: int) -> str:
    """A deadline inside a paper about `year`, to be followed by a verb (确保9月底完成).

    A month's last day is 9月底, a year's last day 年底, any other 9月15日前. A year other than the paper's is named.
    """
    named_year = "" if day.year == year else f"{day.year}年"
    if (day.month, day.day) == (12, 31):
        return f"{named_year or '年'}底"
    if day.day == calendar.monthrange(day.year, day.month)[1]:
        return f"{named_year}{day.month}月底"
    return f"{named_year}{day.month}月{day.day}日前"


def decimal_in_text(number: Decimal) -> str:
    """A decimal without the zeros that say nothing: 12.50 → 12.5, 120.00 → 120."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def floor_with_yu(number: int | Decimal) -> str:
    """A count rounded the way summaries round: downwards, with 余 for what was left off, never upwards.

    Below 10 a whole number stays as it is; two digits keep one (54 → 50余); more keep two (1123 → 1100余,
    2044 → 2000余). A number that is round already is exact and gets no 余 (120 → 120). ValueError below zero.
    """
    if number < 0:
        raise ValueError(f"余 only rounds counts, not {number}")
    whole = int(number)
    length = len(str(whole))
    step = 10 ** (length - 2) if length > 2 else 10 ** (length - 1)
    floor = whole // step * step
    return str(floor) if floor == number else f"{floor}余"
