from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.db import models
from django.utils.translation import gettext_lazy as _

from .unit import OwnedQuerySet, Unit

if TYPE_CHECKING:
    from .user import User


class AuditEventQuerySet(OwnedQuerySet["AuditEvent"]):
    def record(self, user: User, action: str, subject: str = "", detail: str = "") -> AuditEvent:
        return self.create(unit_id=user.unit_id, user=user, action=action, subject=subject[:100], detail=detail[:500])


class AuditEvent(models.Model):
    """Who did what to which thing: sign-ins, accounts, signatures, exports. Rows are only ever added."""

    class Action(models.TextChoices):
        SIGN_IN = "sign_in", _("登录")
        SIGN_OUT = "sign_out", _("退出")
        PASSWORD = "password", _("修改密码")
        ACCOUNT = "account", _("账号变更")
        UNIT = "unit", _("单位设置变更")
        SIGN = "sign", _("签发")
        EXPORT = "export", _("导出")

    unit = models.ForeignKey(Unit, models.PROTECT, db_index=False)
    at = models.DateTimeField(_("时间"), auto_now_add=True)
    user = models.ForeignKey("accounts.User", models.PROTECT, db_index=False, related_name="+")
    action = models.CharField(_("操作"), max_length=20, choices=Action.choices)
    subject = models.CharField(_("对象"), max_length=100, blank=True)
    detail = models.CharField(_("说明"), max_length=500, blank=True)

    objects = AuditEventQuerySet.as_manager()

    class Meta:
        verbose_name = _("操作记录")
        indexes = [models.Index(fields=["unit", "at", "id"], name="audit_unit_at")]


class SignInFailureQuerySet(models.QuerySet["SignInFailure"]):
    LIMIT = 5
    WINDOW = dt.timedelta(minutes=30)

    def locked(self, username: str, address: str, now: dt.datetime) -> bool:
        """Whether this name has failed too often from this address; another address is not shut out by it."""
        recent = self.filter(username=username[:40], address=address, at__gt=now - self.WINDOW)
        return recent[: self.LIMIT].count() >= self.LIMIT


class SignInFailure(models.Model):
    """A refused sign-in, kept only to slow guessing down (GB/T 22239 8.1.4.1: limit on failed sign-ins)."""

    username = models.CharField(max_length=40)
    address = models.GenericIPAddressField(null=True)
    at = models.DateTimeField(auto_now_add=True)

    objects = SignInFailureQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["username", "address", "at"], name="failure_name_address")]
