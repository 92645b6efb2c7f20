"""校验: whoever holds a paper asks whether it was signed here; nobody signs in for it, and it tells nothing else."""

from __future__ import annotations

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from accounts import access
from accounts.forms import address_of
from workplans import verify as verdicts
from workplans.models import VerifyFailure
from workplans.uploads import FingerprintHandler

LARGEST = 20 * 1024 * 1024


class VerifyForm(forms.Form):
    """A version code as it stands on the paper, or the file itself."""

    code = forms.CharField(
        label=gettext_lazy("版本码"), required=False, max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false", "placeholder": "0A1B-2C3D-4E5F"}),
        help_text=gettext_lazy("印在文件末页下方，12位字母和数字。"),
    )  # fmt: skip
    file = forms.Field(
        label=gettext_lazy("或者选择 PDF 文件"), required=False, widget=forms.FileInput(attrs={"accept": ".pdf"}),
        help_text=gettext_lazy("可以把文件拖到这里。只比对内容，文件不保存；最大 20 MB。"),
    )  # fmt: skip

    def clean(self) -> dict:
        data = super().clean() or self.cleaned_data
        if not data.get("code") and not data.get("file"):
            raise ValidationError(_("请填写版本码，或者选择文件。"))
        return data


@access.public(because="who holds a signed paper need not work here to know whether it is genuine")
@never_cache
@csrf_exempt  # until the upload's handler is set: reading the token would read the file
def verify(request: HttpRequest) -> HttpResponse:
    handler = FingerprintHandler(request, LARGEST)
    request.upload_handlers = [handler]
    return _answer(request, handler)


@csrf_protect
def _answer(request: HttpRequest, handler: FingerprintHandler) -> HttpResponse:
    address, now, verdict = address_of(request), timezone.now(), None
    form = VerifyForm(request.POST, request.FILES) if request.method == "POST" else VerifyForm()
    if handler.too_large:
        form.add_error("file", _("文件超过 20 MB，不是在这里签发的文件。"))
    elif form.is_bound and VerifyFailure.objects.barred(address, now):
        form.add_error(None, _("从此处校验不符的次数过多，请 30 分钟后再试。"))
    elif form.is_valid():
        file, code = form.cleaned_data["file"], form.cleaned_data["code"]
        verdict = verdicts.of_sha256(file.sha256) if file else verdicts.of_code(code)
        if verdict is verdicts.Verdict.MISMATCH:
            VerifyFailure.objects.note(address, now)
    return render(request, "workplans/verify.html", {"form": form, "verdict": verdict})
