"""Coming and going: sign in, sign out, password, language."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth import login, logout, update_session_auth_hash
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST
from django.views.i18n import set_language as store_language

from accounts import access
from accounts.forms import ChoosePasswordForm, SignInForm
from accounts.models import AuditEvent


@access.public(because="whoever signs in is not signed in yet")
@never_cache
@sensitive_post_parameters("password")
def sign_in(request: HttpRequest) -> HttpResponse:
    then = _safe_next(request)
    if request.user.is_authenticated:
        return redirect(then or "home")
    form = SignInForm(request, data=request.POST if request.method == "POST" else None, now=timezone.now())
    if form.is_valid():
        user = form.get_user()
        login(request, user)
        AuditEvent.objects.record(user, AuditEvent.Action.SIGN_IN, user.username, form.address or "")
        return redirect(then or "home")
    return render(request, "accounts/sign_in.html", {"form": form, "next": then, "was_idle": "idle" in request.GET})


@access.member
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    AuditEvent.objects.record(request.user, AuditEvent.Action.SIGN_OUT, request.user.username)
    logout(request)
    messages.success(request, _("已退出登录。"))
    response = redirect("sign_in")
    response["Clear-Site-Data"] = '"cache", "storage"'  # not cookies: the chosen language stays
    return response


@access.member
@never_cache
@sensitive_post_parameters()
def password_change(request: HttpRequest) -> HttpResponse:
    user = request.user
    form = ChoosePasswordForm(user, request.POST if request.method == "POST" else None)
    if form.is_valid():
        user.choose_password(form.cleaned_data["new_password1"])
        update_session_auth_hash(request, user)  # this session goes on, all others end
        AuditEvent.objects.record(user, AuditEvent.Action.PASSWORD, user.username)
        messages.success(request, _("密码已修改。此前在其他电脑上的登录均已退出。"))
        return redirect("home")
    frame = "base_plain.html" if user.must_change_password else "base.html"
    return render(request, "accounts/password_change.html", {"form": form, "frame": frame})


@access.public(because="the sign-in page speaks both languages too")
@require_POST
def set_language(request: HttpRequest) -> HttpResponse:
    return store_language(request)


@access.member
@require_POST
def keep_session(request: HttpRequest) -> HttpResponse:
    """The answer does not matter: that it was asked for keeps the session (accounts/middleware.py)."""
    return HttpResponse(status=204)


def _safe_next(request: HttpRequest) -> str:
    """Where the person was going when asked to sign in; empty when that is not a page of this site."""
    target = request.POST.get("next", request.GET.get("next", ""))
    hosts = {request.get_host()}
    # A path from the root: what `redirect` would take for the name of a view is none of ours.
    is_path = target.startswith("/") and url_has_allowed_host_and_scheme(
        target, hosts, require_https=request.is_secure()
    )
    return target if is_path else ""
