"""The error pages are the product's own, tell nothing of the inside, and need nothing that may have failed."""

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import include, path, reverse

from accounts import access
from config import urls
from tests.cast import Cast
from workplans import fonts

SECRET = "canary-in-the-traceback"


@access.public(because="it fails, for the tests")
def fail(request: HttpRequest) -> HttpResponse:
    password = SECRET
    raise RuntimeError(password)


urlpatterns = [path("fail/", fail), path("", include(urls.urlpatterns))]
handler400, handler403, handler404, handler500 = urls.handler400, urls.handler403, urls.handler404, urls.handler500
pytestmark = pytest.mark.urls("tests.test_errors")
OWN_FRAME = '<a class="plain-name" href="/">统战台账</a>'


def page(response: HttpResponse) -> str:
    text = response.content.decode()
    assert OWN_FRAME in text
    assert "Traceback" not in text
    return text


@pytest.fixture
def visitor(db: None) -> Client:
    return Client(raise_request_exception=False, enforce_csrf_checks=True)


def test_a_failure_shows_no_trace(visitor: Client):
    response = visitor.get("/fail/")
    text = page(response)
    assert response.status_code == 500
    assert "<h1>程序出错，本次操作没有完成</h1>" in text
    assert SECRET not in text
    assert "RuntimeError" not in text


def test_a_page_that_is_not_there(clerk: Client):
    response = clerk.get("/nowhere/")
    assert response.status_code == 404
    assert "<h1>没有找到这一页</h1>" in page(response)


def test_a_page_that_is_not_there_for_a_period_that_is_none(clerk: Client):
    """The frame reads the period; the error page must not fail over it again."""
    response = clerk.get("/nowhere/?period=never")
    assert response.status_code == 404
    assert "<h1>没有找到这一页</h1>" in page(response)


def test_a_role_that_may_not(clerk: Client):
    response = clerk.get(reverse("manage"))
    assert response.status_code == 403
    assert "<h1>没有权限</h1>" in page(response)


def test_a_form_without_its_token(visitor: Client):
    response = visitor.post(reverse("sign_in"), {"username": "clerk"})
    assert response.status_code == 403
    assert "<h1>页面已过期</h1>" in page(response)


def test_a_request_that_cannot_be_read(visitor: Client):
    response = visitor.get("/", headers={"host": "elsewhere.example"})
    assert response.status_code == 400
    assert "<h1>请求无法处理</h1>" in page(response)


@pytest.mark.parametrize("address", ["/fail/", "/nowhere/", "/manage/"])
def test_in_the_readers_language(cast: Cast, address: str):
    client = cast.client(cast.clerk)
    client.raise_request_exception = False
    client.cookies["django_language"] = "en"
    assert '<html lang="en">' in client.get(address).content.decode()


@pytest.mark.parametrize("address", ["/fail/", "/nowhere/", "/healthz"])
def test_every_answer_carries_the_policy_of_contents(visitor: Client, address: str):
    policy = visitor.get(address)["Content-Security-Policy"].split("; ")
    assert policy[0] == "default-src 'none'"
    assert "unsafe" not in "".join(policy)


def test_what_a_signed_in_person_sees_is_kept_nowhere(clerk: Client):
    assert "no-store" in clerk.get(reverse("password_change"))["Cache-Control"]
    assert "no-store" in Client().get(reverse("sign_in"))["Cache-Control"]


def test_health_is_asked_without_an_account_and_tells_nothing_but_the_faces_that_print(visitor: Client):
    response = visitor.get("/healthz")
    first, second = response.content.decode().splitlines()
    assert (response.status_code, first) == (200, "ok")
    assert second.startswith("faces: 小标宋 ")
    assert "仿宋 FandolFang" in second


def test_health_names_a_role_that_has_no_face(visitor: Client, monkeypatch):
    monkeypatch.setitem(fonts.FACES, "仿宋", ("仿宋_GB2312",))
    assert "仿宋 MISSING" in visitor.get("/healthz").content.decode()


def test_health_is_bad_without_a_database(visitor: Client, monkeypatch):
    from django.db import DatabaseError, connection

    def refuse() -> None:
        raise DatabaseError(SECRET)

    with monkeypatch.context() as broken:
        broken.setattr(connection, "cursor", refuse)
        response = visitor.get("/healthz")
    assert (response.status_code, response.content) == (503, b"no database\n")
