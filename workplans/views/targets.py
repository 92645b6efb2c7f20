from django.http import HttpRequest, HttpResponse

from accounts import access


@access.member
def targets(request: HttpRequest) -> HttpResponse:
    return HttpResponse("targets")


@access.member
def target_new(request: HttpRequest) -> HttpResponse:
    return HttpResponse("target_new")


@access.member
def target(request: HttpRequest, pk: int) -> HttpResponse:
    return HttpResponse("target")


@access.member
def target_edit(request: HttpRequest, pk: int) -> HttpResponse:
    return HttpResponse("target_edit")


@access.member
def target_progress(request: HttpRequest, pk: int) -> HttpResponse:
    return HttpResponse("target_progress")


@access.member
def target_carry_over(request: HttpRequest, pk: int) -> HttpResponse:
    return HttpResponse("target_carry_over")
