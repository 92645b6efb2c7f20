from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse

from accounts import access


@access.readers
def clergy(request: HttpRequest, **kwargs: Any) -> HttpResponse:
    return HttpResponse()


@access.readers
def assessment_new(request: HttpRequest, **kwargs: Any) -> HttpResponse:
    return HttpResponse()


@access.readers
def assessment_end(request: HttpRequest, **kwargs: Any) -> HttpResponse:
    return HttpResponse()


@access.readers
def clergy_readers(request: HttpRequest, **kwargs: Any) -> HttpResponse:
    return HttpResponse()


@access.readers
def names(request: HttpRequest, **kwargs: Any) -> HttpResponse:
    return HttpResponse()


@access.readers
def name_new(request: HttpRequest, **kwargs: Any) -> HttpResponse:
    return HttpResponse()


@access.readers
def name_edit(request: HttpRequest, **kwargs: Any) -> HttpResponse:
    return HttpResponse()
