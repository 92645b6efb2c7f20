from django.http import HttpRequest, HttpResponse

from accounts import access


@access.member
def home(request: HttpRequest) -> HttpResponse:
    return HttpResponse("home")


@access.member
def areas(request: HttpRequest) -> HttpResponse:
    return HttpResponse("areas")


@access.member
def area(request: HttpRequest, code: str) -> HttpResponse:
    return HttpResponse("area")


@access.member
def figure(request: HttpRequest, code: str) -> HttpResponse:
    return HttpResponse("figure")
