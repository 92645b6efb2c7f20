from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse

from accounts import access


@access.readers
def inspection_record(request: HttpRequest, **kwargs: Any) -> HttpResponse:
    return HttpResponse()


@access.readers
def rectification_notice(request: HttpRequest, **kwargs: Any) -> HttpResponse:
    return HttpResponse()
