"""The product's addresses, and the least a view can do behind all of its middleware."""

from django.http import HttpRequest, HttpResponse
from django.urls import include, path

from accounts import access


@access.public(because="it says hello")
def hello(request: HttpRequest) -> HttpResponse:
    return HttpResponse("hello")


@access.member
def hello_member(request: HttpRequest) -> HttpResponse:
    return HttpResponse("hello")


urlpatterns = [
    path("bench/hello", hello),
    path("bench/hello-member", hello_member),
    path("", include("config.urls")),
]
