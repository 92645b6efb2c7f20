from django import template

from workplans.area import metrics
from workplans.metrics import Metric

register = template.Library()


@register.filter
def exactly(value: int, metric: Metric | str) -> str:
    """A figure in its metric's unit; of a signed figure, which keeps the code, a code no longer listed counts whole ones."""
    found = metrics().get(metric) if isinstance(metric, str) else metric
    return found.exactly(value) if found else str(value)
