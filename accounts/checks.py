from collections.abc import Iterator
from typing import Any

from django.core.checks import Error, register
from django.urls import URLPattern, URLResolver, get_resolver


@register()
def every_view_says_who_may_open_it(app_configs: Any, **kwargs: Any) -> list[Error]:
    return [
        Error(
            f"The view of /{route} carries no access mark.",
            hint="Decorate it with one of accounts.access: public, member, roles.",
            id="accounts.E001",
        )
        for route, pattern in views(get_resolver())
        if not hasattr(pattern.callback, "access")
    ]


def views(resolver: URLResolver, prefix: str = "") -> Iterator[tuple[str, URLPattern]]:
    """Every pattern of the URL tree with its whole route."""
    for pattern in resolver.url_patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from views(pattern, route)
        else:
            yield route, pattern
