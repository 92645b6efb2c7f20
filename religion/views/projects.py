from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse

from accounts import access


@access.readers
def project_new(request: HttpRequest, **kwargs: Any) -> HttpResponse:
    return HttpResponse()


@access.readers
def project_issue(request: HttpRequest, **kwargs: Any) -> HttpResponse:
    return HttpResponse()
