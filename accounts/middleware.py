from __future__ import annotations

import time
from collections.abc import Callable
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django_htmx.http import HttpResponseClientRedirect

Handler = Callable[[HttpRequest], HttpResponse]


def chinese_first(get_response: Handler) -> Handler:
    """The interface is Chinese until its reader chooses English: a browser's own preference does not count."""

    def middleware(request: HttpRequest) -> HttpResponse:
        request.META.pop("HTTP_ACCEPT_LANGUAGE", None)
        return get_response(request)

    return middleware


def sign_in_on_a_whole_page(get_response: Handler) -> Handler:
    """Send htmx to the sign-in page as a whole; it would put that page into a piece of the old one."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if "HX-Request" not in request.headers or response.status_code != 302:
            return response
        if urlsplit(response.url).path != reverse("sign_in"):
            return response
        address = {"idle": "1", "next": _path_of(request.headers.get("HX-Current-URL", ""))}
        return HttpResponseClientRedirect(f"{reverse('sign_in')}?{urlencode(address)}")

    return middleware


def _path_of(url: str) -> str:
    """The path and query of an address that a browser sent; empty when it is none."""
    try:
        shown = urlsplit(url)
    except ValueError:
        return ""
    return f"{shown.path}?{shown.query}" if shown.query else shown.path


def sign_out_when_idle(get_response: Handler) -> Handler:
    """End a session that nobody used for IDLE_SIGN_OUT_SECONDS, and any session after SESSION_COOKIE_AGE.

    GB/T 22239 8.1.4.1 asks for an exit after a time without use.
    """
    note_every = 60  # a session row written on each page would be a write on each read

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            now = int(time.time())
            begun = request.session.setdefault("begun", now)
            used = request.session.setdefault("used", now)
            # Up to note_every seconds of use go unwritten; nobody is sent away before his page said that he would be.
            if now - used > settings.IDLE_SIGN_OUT_SECONDS + note_every or now - begun > settings.SESSION_COOKIE_AGE:
                logout(request)
                then = {"next": request.get_full_path()} if request.method == "GET" else {}
                return redirect(f"{reverse('sign_in')}?{urlencode({'idle': '1', **then})}")
            if now - used >= note_every:
                request.session["used"] = now
        return get_response(request)

    return middleware


def first_sign_in(get_response: Handler) -> Handler:
    """Whoever still has the password an administrator made goes to change it before anything else."""

    def middleware(request: HttpRequest) -> HttpResponse:
        user = request.user
        if user.is_authenticated and user.must_change_password:
            allowed = {reverse("password_change"), reverse("sign_out"), reverse("set_language")}
            if request.path not in allowed and not request.path.startswith(settings.STATIC_URL):
                return redirect("password_change")
        return get_response(request)

    return middleware
