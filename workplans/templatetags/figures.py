from django import template

from workplans.area import metrics
from workplans.metrics import Metric

register = template.Library()


@register.filter
def exactly(value: int | str, metric: Metric | str) -> str:
    """A figure in its metric's unit; words that stand for a withheld one as they are.

    A signed figure keeps its metric's code; one that is no longer listed counts whole ones.
    """
    if isinstance(value, str):
        return value
    found = metrics().get(metric) if isinstance(metric, str) else metric
    return found.exactly(value) if found else str(value)
