"""The product's own error pages. None shows a trace, and none needs a session, a database or a context processor:
what failed may be any of those."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _page(400)


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _page(403)


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _page(404)


def server_error(request: HttpRequest) -> HttpResponse:
    return _page(500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return _page(403, stale_form=True)


def _page(status: int, **context: Any) -> HttpResponse:
    return HttpResponse(render_to_string(f"{status}.html", context), status=status)
