"""Small counts of persons: exact inside their town, 少于5 wherever they leave it. The one place of this rule.

What leaves is every page that somebody of another unit reads, and every paper, draft papers too. A value of 1 to 4 is
told as 少于5; 0 stays 0, for it is of nobody. Nor may a small value be found by taking away:

- Parts of a whole (the four strata of 新的社会阶层人士): when one is small, the others that are not 0 are told as 不少于5. The
  whole is told exactly as long as every small one may then be anything from 1 to 4; else it is 不少于5 too. Of a small
  whole every part is 少于5, even none: else four parts of somebody in a whole of 1 to 4 would each be 1.
- A sum over towns is told exactly when every town's value is; else as 不少于, the least that what is told of each adds up to.
- A difference is told only when both values are (views/dashboard.py). Categories overlap, so there is no sum of them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from .metrics import Metric

FEWEST = 5
FEW, MANY = _("少于5"), _("不少于5")  # as papers print them; pages translate them

WORDS = (FEW, MANY)


def is_small(value: int) -> bool:
    return 0 < value < FEWEST


def words(value: int) -> str:
    """What is told of a value that may not leave."""
    return FEW if value < FEWEST else MANY


def least(metric: Metric, by_unit: Mapping[int, int], withheld: Collection[int]) -> int:
    """The least that the towns' values may add up to, for somebody who knows no more than what is told of each."""
    few = 0 if metric.part_of else 1  # of a small whole, a part of nobody is 少于5 too
    return sum((few if value < FEWEST else FEWEST) if unit in withheld else value for unit, value in by_unit.items())


def told(values: Mapping[str, int], metrics: list[Metric]) -> dict[str, int | str]:
    """One town's values of guarded metrics as they leave it, by code."""
    return {m.code: value if leaves(m, values, metrics) else gettext(words(value))
            for m in metrics for value in [values.get(m.code, 0)]}  # fmt: skip


def leaves(metric: Metric, values: Mapping[str, int], metrics: Iterable[Metric]) -> bool:
    """Whether a guarded metric's exact value may leave the town that has these values, among these metrics."""
    value = values.get(metric.code, 0)
    if is_small(value) or (metric.part_of and is_small(values.get(metric.part_of, 0))):
        return False
    if value == 0:
        return True
    beside = [values.get(m.code, 0) for m in metrics if metric.part_of and m.part_of == metric.part_of]
    parts = [values.get(m.code, 0) for m in metrics if m.part_of == metric.code]
    return not any(map(is_small, beside)) and not _tells_parts(value, parts)


def _tells_parts(whole: int, parts: list[int]) -> bool:
    """Whether this whole leaves its small parts not every number from 1 to 4, the others being at least 5."""
    few, many = sum(map(is_small, parts)), sum(part >= FEWEST for part in parts)
    return few > 0 and (not many or whole < few * (FEWEST - 1) + many * FEWEST)
