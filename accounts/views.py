from django.http import HttpRequest, HttpResponse

from accounts import access


@access.public(because="stub")
def sign_in(request: HttpRequest) -> HttpResponse:
    return HttpResponse("sign_in")


@access.member
def sign_out(request: HttpRequest) -> HttpResponse:
    return HttpResponse("sign_out")


@access.member
def password_change(request: HttpRequest) -> HttpResponse:
    return HttpResponse("password_change")


@access.public(because="stub")
def set_language(request: HttpRequest) -> HttpResponse:
    return HttpResponse("set_language")


@access.member
def keep_session(request: HttpRequest) -> HttpResponse:
    return HttpResponse("keep_session")


@access.member
def manage(request: HttpRequest) -> HttpResponse:
    return HttpResponse("manage")


@access.member
def unit_edit(request: HttpRequest, code: str) -> HttpResponse:
    return HttpResponse("unit_edit")


@access.member
def unit_new(request: HttpRequest) -> HttpResponse:
    return HttpResponse("unit_new")


@access.member
def village_edit(request: HttpRequest, pk: int) -> HttpResponse:
    return HttpResponse("village_edit")


@access.member
def village_new(request: HttpRequest) -> HttpResponse:
    return HttpResponse("village_new")


@access.member
def user_edit(request: HttpRequest, pk: int) -> HttpResponse:
    return HttpResponse("user_edit")


@access.member
def user_password(request: HttpRequest, pk: int) -> HttpResponse:
    return HttpResponse("user_password")


@access.member
def user_new(request: HttpRequest) -> HttpResponse:
    return HttpResponse("user_new")


@access.member
def audit(request: HttpRequest) -> HttpResponse:
    return HttpResponse("audit")
