from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse

from accounts import access


@access.readers
def venues(request: HttpRequest, **kwargs: Any) -> HttpResponse:
    return HttpResponse()


@access.readers
def venue_new(request: HttpRequest, **kwargs: Any) -> HttpResponse:
    return HttpResponse()


@access.readers
def venue(request: HttpRequest, **kwargs: Any) -> HttpResponse:
    return HttpResponse()


@access.readers
def venue_edit(request: HttpRequest, **kwargs: Any) -> HttpResponse:
    return HttpResponse()


@access.readers
def venue_change(request: HttpRequest, **kwargs: Any) -> HttpResponse:
    return HttpResponse()
