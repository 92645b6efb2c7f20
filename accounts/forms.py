from __future__ import annotations

import datetime as dt
import ipaddress
import re
from typing import TYPE_CHECKING, Any

from django import forms
from django.conf import settings
from django.contrib.auth.forms import AuthenticationForm, PasswordChangeForm
from django.core.validators import RegexValidator
from django.http import HttpRequest
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from .guard import refuse_breaks, refuse_private_numbers
from .models import ROLES_OF_LEVEL, AuditEvent, Role, SignInFailure, Unit, User, Village

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


class SignInForm(AuthenticationForm):
    """Refuses in the same words whether the name is unknown, the password wrong or the account out of use."""

    REFUSED = _("用户名或密码不正确，或账号已停用。如忘记密码，请联系本单位管理员重新设置。")
    error_messages = {
        "invalid_login": REFUSED,
        "inactive": REFUSED,
        "locked": _("连续 5 次登录失败，这个用户名在此处的登录暂停 30 分钟。如忘记密码，请联系本单位管理员重新设置。"),
        "barred": _("从此处登录失败的次数过多，请 30 分钟后再试。"),
    }

    def __init__(self, request: HttpRequest, *, now: dt.datetime, **kwargs: Any) -> None:
        super().__init__(request, **kwargs)
        self.now = now
        self.address = address_of(request)
        self.fields["username"].label = _("用户名")
        self.fields["password"].label = _("密码")

    def clean(self) -> dict[str, Any]:
        name = self.cleaned_data.get("username", "")
        self._refuse_when_locked(name)
        try:
            return super().clean()
        except forms.ValidationError:
            SignInFailure.objects.note(name, self.address, self.now)
            if user := User.objects.filter(username=name).first():
                AuditEvent.objects.record(user, AuditEvent.Action.REFUSED, user.username, self.address or "")
            self._refuse_when_locked(name)
            raise

    def _refuse_when_locked(self, name: str) -> None:
        if SignInFailure.objects.barred(self.address, self.now):
            raise forms.ValidationError(self.error_messages["barred"], code="barred")
        if SignInFailure.objects.locked(name, self.address, self.now):
            raise forms.ValidationError(self.error_messages["locked"], code="locked")


def address_of(request: HttpRequest) -> str | None:
    """Whence the request comes. What a client writes into X-Forwarded-For is not believed.

    Behind the operator's own proxy the last entry counts, which that proxy wrote; some proxies add the port.
    None for what is no address, as over a Unix socket.
    """
    if settings.BEHIND_PROXY:
        written = request.META.get("HTTP_X_FORWARDED_FOR", "").rpartition(",")[2].strip()
    else:
        written = request.META.get("REMOTE_ADDR", "")
    with_port = re.fullmatch(r"\[(.*)\](?::\d+)?|([\d.]+):\d+", written)
    try:
        address = ipaddress.ip_address(with_port[1] or with_port[2] if with_port else written)
    except ValueError:
        return None
    return str(address).partition("%")[0]  # a zone names this machine's own interface


class ChoosePasswordForm(PasswordChangeForm):
    error_messages = {
        "password_incorrect": _("原密码不正确。"),
        "password_mismatch": _("两次输入的新密码不一致。"),
        "unchanged": _("新密码不能与原密码相同。"),
    }

    def __init__(self, user: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(user, *args, **kwargs)
        self.fields["old_password"].label = _("一次性密码") if user.must_change_password else _("原密码")
        self.fields["new_password1"].label = _("新密码")
        self.fields["new_password1"].help_text = _("至少 12 个字符，不用常见密码，不与用户名、姓名相近。")
        self.fields["new_password2"].label = _("再输一次新密码")
        self.fields["new_password2"].help_text = ""

    def clean_new_password1(self) -> str:
        password = self.cleaned_data["new_password1"]
        if password == self.cleaned_data.get("old_password"):
            raise forms.ValidationError(self.error_messages["unchanged"], code="unchanged")
        return password


class GuardedForm(forms.ModelForm):
    """A form of 管理: its texts are lines without private numbers, and it can say what was changed."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if isinstance(field, forms.CharField):
                field.validators += [refuse_breaks, refuse_private_numbers]

    @property
    def changes(self) -> StrOrPromise:
        """The labels of the changed fields, for the record; not their values, which may be about a person."""
        labels = [self.fields[name].label for name in self.changed_data]
        return format_lazy("修改：" + "、".join(["{}"] * len(labels)), *labels)


class UnitForm(GuardedForm):
    class Meta:
        model = Unit
        fields = [
            "name", "code", "office", "leading_body", "guiding_body", "spirit", "study_topics", "slogan", "signature", "is_active",
        ]  # fmt: skip
        widgets = {"study_topics": forms.Textarea(attrs={"rows": 3})}  # one line still, but a long one

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        code = self.fields["code"]
        code.validators = [RegexValidator(r"^[a-z0-9-]+\Z", _("单位代码只能用小写字母、数字和连字符。"))]
        code.error_messages["unique"] = _("这个单位代码已有单位使用。")
        self.fields["is_active"].help_text = _("停用后其人员不能登录，也不再出现在选择项中，原有记录照常保留。")
        if self.instance.pk:
            code.disabled = True
            code.help_text = _("用于命令行和导出文件名，建立后不再更改。")
        if not self.instance.pk or self.instance.pk == by.unit_id:
            del self.fields["is_active"]


class VillageForm(GuardedForm):
    class Meta:
        model = Village
        fields = ["unit", "name", "is_active"]
        labels = {"unit": _("所属乡镇（街道）")}

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_units(self, Unit.objects.visible_to(by).towns())
        self.fields["is_active"].help_text = _("停用后不再出现在选择项中，原有记录照常保留。")
        if not self.instance.pk:
            del self.fields["is_active"]

    def clean(self) -> dict[str, Any]:
        unit, name = self.cleaned_data.get("unit"), self.cleaned_data.get("name")
        if unit and name and Village.objects.of_unit(unit).named(name).exclude(pk=self.instance.pk).exists():
            self.add_error("name", _("这个单位已有同名的村（社区）。"))
        return self.cleaned_data


class UserForm(GuardedForm):
    class Meta:
        model = User
        fields = ["unit", "role", "username", "name", "post", "is_active"]

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_units(self, Unit.objects.visible_to(by))
        self.fields["username"].help_text = _("登录时使用，可用汉字、字母和数字，请勿使用手机号码。")
        self.fields["is_active"].help_text = _("停用后立即不能使用，其记录照常保留。")
        self.fields["role"].choices = self._roles()
        self.fields["role"].help_text = _(
            "记录员记台账、起草总结；统战委员还确认台账、审核总结；签发人签发总结；区级查看所属乡镇；管理员管理单位和用户，不看台账。"
        )
        if not self.instance.pk:
            del self.fields["is_active"]
        elif self.instance.pk == by.pk:
            # So an administrator always remains: whoever takes the office from another keeps his own.
            for name in ("role", "is_active"):
                self.fields[name].disabled = True
                self.fields[name].help_text = _("不能停用自己，也不能更改自己的角色，请由另一位管理员办理。")

    def _roles(self) -> list[tuple[str, str]]:
        """The roles that exist at the levels of the units on offer."""
        units = [self.instance.unit] if self.instance.pk else self.fields["unit"].queryset
        possible = {role for unit in units for role in ROLES_OF_LEVEL[unit.level]}
        return [(role.value, role.label) for role in Role if role in possible]


def offer_units(form: forms.ModelForm, units: Any) -> None:
    """Let the form choose among these units; a thing that exists stays where it is."""
    field = form.fields["unit"]
    field.queryset = units.district_first() if form.instance.pk else units.in_use().district_first()
    field.disabled = bool(form.instance.pk)
    if len(field.queryset) == 1:
        field.initial, field.empty_label = field.queryset[0], None
    else:
        field.empty_label = _("请选择")
