from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse

from accounts import access


@access.readers
def checklist(request: HttpRequest, **kwargs: Any) -> HttpResponse:
    return HttpResponse()
