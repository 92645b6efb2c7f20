from __future__ import annotations

import time
from collections.abc import Callable

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

Handler = Callable[[HttpRequest], HttpResponse]


def chinese_first(get_response: Handler) -> Handler:
    """The interface is Chinese until its reader chooses English: a browser's own preference does not count."""

    def middleware(request: HttpRequest) -> HttpResponse:
        request.META.pop("HTTP_ACCEPT_LANGUAGE", None)
        return get_response(request)

    return middleware


def sign_out_when_idle(get_response: Handler) -> Handler:
    """End a session that nobody used for IDLE_SIGN_OUT_SECONDS (GB/T 22239 8.1.4.1: exit after a time without use)."""
    key, note_every = "last_used", 60  # a session row written on each page would be a write on each read

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            now = int(time.time())
            last = request.session.get(key, now)
            if now - last > settings.IDLE_SIGN_OUT_SECONDS:
                logout(request)
                return redirect(f"{reverse('sign_in')}?idle=1")
            if now - last >= note_every or key not in request.session:
                request.session[key] = now
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
