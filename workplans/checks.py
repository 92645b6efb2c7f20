from collections import Counter
from collections.abc import Iterable
from typing import Any

from django.apps import apps
from django.core.checks import Error, Warning, register
from django.core.exceptions import FieldDoesNotExist, FieldError
from django.template import TemplateDoesNotExist
from django.template.loader import get_template
from django.urls import NoReverseMatch, reverse
from django.utils.module_loading import import_string

from . import area
from .fonts import check_fonts
from .metrics import Metric
from .models.period import Period, Span


@register()
def areas_are_whole(app_configs: Any, **kwargs: Any) -> list[Error]:
    """The areas of settings.WORK_AREAS: every code and label once, every draft, model and column there."""
    found = area.areas()
    every_kind = [kind for each in found for kind in each.kinds]
    every_metric = [*(metric for each in found for metric in each.metrics), *area.CORE]
    errors = [
        *_twice("area code", (each.code for each in found)),
        *_twice("kind code", (kind.code for kind in every_kind)),
        *_twice("metric code", (metric.code for metric in every_metric)),
        *_twice("metric label", (name for metric in every_metric for name in (metric.label, *metric.aliases))),
    ]
    for each in found:
        if each.heading and not (each.draft and _has_template(each.draft)):
            errors.append(Error(f"Area {each.code} has no draft template {each.draft!r}.", id="workplans.E002"))
        codes = {metric.code for metric in each.metrics}
        errors += _broken_hooks(each)
        for missing in set(each.headline) - codes:
            errors.append(Error(f"Area {each.code} has no metric {missing!r} to headline.", id="workplans.E003"))
    for metric in every_metric:
        try:
            _read(metric)
        except (LookupError, AttributeError, FieldDoesNotExist, FieldError) as error:
            errors.append(Error(f"Metric {metric.code}: {error}", id="workplans.E004"))
    return errors


@register()
def installed_areas_are_listed(app_configs: Any, **kwargs: Any) -> list[Error]:
    """An app with an area that settings.WORK_AREAS leaves out would be silent in every paper."""
    listed = {each.code for each in area.areas()}
    errors = []
    for config in apps.get_app_configs():
        declared = (each for module in area.area_modules(config.name) for each in vars(module).values())
        for each in declared:
            if isinstance(each, area.Area) and each.code not in listed:
                errors.append(Error(f"Area {each.code} of {config.name} is not in WORK_AREAS.", id="workplans.E005"))
    return errors


@register("fonts")
def papers_can_be_printed(app_configs: Any, **kwargs: Any) -> list[Warning]:
    """Without a face or a library the rest of the program still serves: a warning, not an error."""
    return [Warning(missing, hint="bin/setup installs it.", id="workplans.W001") for missing in check_fonts()]


def _read(metric: Metric) -> None:
    """Build the metric's query without running it, which looks up every column it names."""
    rows = metric.rows([], Period(2020, Span.HALF)).query
    for name in filter(None, ("unit", metric.day, metric.column)):
        rows.names_to_path(name.split("__"), rows.get_meta(), fail_on_missing=True)


def _broken_hooks(each: area.Area) -> list[Error]:
    """Every function, class and address that an area names is there."""
    hooks = [each.waiting, each.quotes, each.demo, *(h for kind in each.kinds for h in (kind.form, kind.about))]
    errors = []
    for path in filter(None, hooks):
        try:
            import_string(path)
        except ImportError as error:
            errors.append(Error(f"Area {each.code}: {error}", id="workplans.E006"))
    for kept in each.registers:
        try:
            reverse(kept.page)
        except NoReverseMatch as error:
            errors.append(Error(f"Area {each.code}: {error}", id="workplans.E006"))
    return errors


def _twice(what: str, names: Iterable[str]) -> list[Error]:
    counted = Counter(names).items()
    return [Error(f"The {what} {name!r} is used {n} times.", id="workplans.E001") for name, n in counted if n > 1]


def _has_template(name: str) -> bool:
    try:
        get_template(name)
    except TemplateDoesNotExist:
        return False
    return True
