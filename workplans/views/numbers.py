"""手填数字: every number that no row stands behind, in its sentence; the reviewer may let it stand, and says why."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from accounts import access
from accounts.models import Role, User
from workplans import typed
from workplans.forms.summary import AcceptForm
from workplans.models import Conflict, Summary
from workplans.proof import Proof, proof_of


@access.readers
def summary_numbers(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Summary.objects.readable_by(request.user).with_document(), pk=pk)
    request._period = found.period  # type: ignore[attr-defined]
    proof = proof_of(found)
    if request.method != "POST":
        return _page(request, found, proof)
    number = next((each for each in proof.typed if "-".join(each.key) == request.POST.get("number")), None)
    if not _may_accept(found, request.user) or number is None:
        messages.warning(request, _("这一处没有认可：句子刚刚改过，或者这一步不是由您办。"))
        return redirect("summary_numbers", pk)
    form = AcceptForm(request.POST, prefix=number.sha256[:8])
    if not form.is_valid():
        return _page(request, found, proof, {number.key: form})
    try:
        typed.accept(found, number, form.cleaned_data["reason"], request.user)
    except Conflict:
        messages.warning(request, _("这一步刚刚有人办过了，请看现在的状态。"))
    else:
        messages.success(request, _("已认可“%(number)s”。句子改动后会再次列出。") % {"number": number.printed})
    return redirect("summary_numbers", pk)


def _may_accept(found: Summary, user: User) -> bool:
    return user.role == Role.REVIEWER and found.may_edit(user)


def _page(
    request: HttpRequest, found: Summary, proof: Proof, bound: dict[tuple[str, str], AcceptForm] | None = None
) -> HttpResponse:
    may_accept, bound = _may_accept(found, request.user), bound or {}

    def form_for(number: typed.TypedNumber) -> Any:
        return bound.get(number.key) or AcceptForm(prefix=number.sha256[:8])

    once = {number.key: number for number in proof.typed}  # twice in one sentence is one question
    context = {
        "summary": found,
        "may_accept": may_accept,
        "form": next(iter(bound.values()), None),
        "open": [
            {"number": number, "key": "-".join(key), "form": form_for(number) if may_accept else None}
            for key, number in once.items()
            if key not in proof.accepted
        ],
        "accepted": [(number, proof.accepted[key]) for key, number in once.items() if key in proof.accepted],
    }
    return render(request, "workplans/summary_numbers.html", context)
