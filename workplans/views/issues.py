from django.http import HttpRequest, HttpResponse

from accounts import access


@access.member
def issues(request: HttpRequest) -> HttpResponse:
    return HttpResponse("issues")


@access.member
def issue_new(request: HttpRequest) -> HttpResponse:
    return HttpResponse("issue_new")


@access.member
def issue(request: HttpRequest, pk: int) -> HttpResponse:
    return HttpResponse("issue")


@access.member
def issue_edit(request: HttpRequest, pk: int) -> HttpResponse:
    return HttpResponse("issue_edit")


@access.member
def issue_log(request: HttpRequest, pk: int) -> HttpResponse:
    return HttpResponse("issue_log")
