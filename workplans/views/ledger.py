from django.http import HttpRequest, HttpResponse

from accounts import access


@access.member
def ledger(request: HttpRequest) -> HttpResponse:
    return HttpResponse("ledger")


@access.member
def record(request: HttpRequest) -> HttpResponse:
    return HttpResponse("record")


@access.member
def confirm(request: HttpRequest) -> HttpResponse:
    return HttpResponse("confirm")


@access.member
def activity(request: HttpRequest, pk: int) -> HttpResponse:
    return HttpResponse("activity")


@access.member
def activity_edit(request: HttpRequest, pk: int) -> HttpResponse:
    return HttpResponse("activity_edit")


@access.member
def activity_void(request: HttpRequest, pk: int) -> HttpResponse:
    return HttpResponse("activity_void")


@access.member
def attach(request: HttpRequest, pk: int) -> HttpResponse:
    return HttpResponse("attach")


@access.member
def attachment(request: HttpRequest, pk: int) -> HttpResponse:
    return HttpResponse("attachment")
