from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse

from accounts import access


@access.readers
def matters(request: HttpRequest, **kwargs: Any) -> HttpResponse:
    return HttpResponse()


@access.readers
def matter(request: HttpRequest, **kwargs: Any) -> HttpResponse:
    return HttpResponse()


@access.readers
def matter_edit(request: HttpRequest, **kwargs: Any) -> HttpResponse:
    return HttpResponse()


@access.readers
def matter_void(request: HttpRequest, **kwargs: Any) -> HttpResponse:
    return HttpResponse()
