"""Amounts of money: whole hundreds of 元 inside, 万元 to two places outside. Pure; no float anywhere."""

from __future__ import annotations

from decimal import Decimal

from workplans.numerals import decimal_in_text

PLACES = 2  # of 万元
MOST = 2_000_000_000  # hundreds of 元, as much as the databases' integers hold


def in_wan(hundreds: int) -> str:
    """As people write it, in 万元: 1250 is 12.5."""
    return decimal_in_text(Decimal(hundreds).scaleb(-PLACES))


def hundreds_of(wan: Decimal) -> int:
    """Of an amount in 万元 with at most two places. Raises ValueError for a finer one."""
    scaled = wan.scaleb(PLACES)
    if scaled != int(scaled):
        raise ValueError(f"{wan} is finer than a hundred yuan.")
    return int(scaled)
