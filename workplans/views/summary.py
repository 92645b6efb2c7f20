from django.http import HttpRequest, HttpResponse

from accounts import access


@access.member
def summaries(request: HttpRequest) -> HttpResponse:
    return HttpResponse("summaries")


@access.member
def summary_compose(request: HttpRequest) -> HttpResponse:
    return HttpResponse("summary_compose")


@access.member
def summary(request: HttpRequest, pk: int) -> HttpResponse:
    return HttpResponse("summary")


@access.member
def summary_recompose(request: HttpRequest, pk: int) -> HttpResponse:
    return HttpResponse("summary_recompose")


@access.member
def section(request: HttpRequest, pk: int, slot: str) -> HttpResponse:
    return HttpResponse("section")


@access.member
def section_preview(request: HttpRequest, pk: int, slot: str) -> HttpResponse:
    return HttpResponse("section_preview")


@access.member
def summary_submit(request: HttpRequest, pk: int) -> HttpResponse:
    return HttpResponse("summary_submit")


@access.member
def summary_approve(request: HttpRequest, pk: int) -> HttpResponse:
    return HttpResponse("summary_approve")


@access.member
def summary_send_back(request: HttpRequest, pk: int) -> HttpResponse:
    return HttpResponse("summary_send_back")


@access.member
def summary_sign(request: HttpRequest, pk: int) -> HttpResponse:
    return HttpResponse("summary_sign")


@access.member
def summary_pdf(request: HttpRequest, pk: int) -> HttpResponse:
    return HttpResponse("summary_pdf")
