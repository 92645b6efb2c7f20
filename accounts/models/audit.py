from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from .unit import OwnedQuerySet, Unit

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

    from .user import User


class AuditEventQuerySet(OwnedQuerySet["AuditEvent"]):
    def record(self, user: User, action: str, subject: str = "", detail: StrOrPromise = "") -> AuditEvent:
        """Add one event. Its words are kept in the program's own language, whichever the user reads."""
        with translation.override(settings.LANGUAGE_CODE):
            words = str(detail)
        return self.create(unit_id=user.unit_id, user=user, action=action, subject=subject[:100], detail=words[:500])

    def about(self, *actions: str) -> AuditEventQuerySet:
        return self.filter(action__in=actions)

    def newest_first(self) -> AuditEventQuerySet:
        return self.order_by("-at", "-pk")


class AuditEvent(models.Model):
    """Who did what to which thing: sign-ins, accounts, signatures, exports. Rows are only ever added."""

    class Action(models.TextChoices):
        SIGN_IN = "sign_in", _("登录")
        REFUSED = "refused", _("登录失败")
        SIGN_OUT = "sign_out", _("退出")
        PASSWORD = "password", _("修改密码")
        ACCOUNT = "account", _("账号变更")
        UNIT = "unit", _("单位设置变更")
        SIGN = "sign", _("签发")
        EXPORT = "export", _("导出")
        NAMES = "names", _("查看姓名")
        PERMIT = "permit", _("权限变更")
        REOPEN = "reopen", _("重新开启")

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

    def __str__(self) -> str:
        return f"{self.get_action_display()} {self.subject}"


class SignInFailureQuerySet(models.QuerySet["SignInFailure"]):
    LIMIT = 5
    LIMIT_OF_ADDRESS = 50  # a whole office behind one address forgets fewer passwords than this
    WINDOW = dt.timedelta(minutes=30)

    def of(self, username: str, address: str | None) -> SignInFailureQuerySet:
        return self.filter(username=username[:40], address=address)

    def locked(self, username: str, address: str | None, now: dt.datetime) -> bool:
        """Whether this name has failed too often from this address; another address is not shut out by it.

        The lock holds for WINDOW after the last of LIMIT failures that lie within one WINDOW.
        """
        last = list(self.of(username, address).order_by("-at").values_list("at", flat=True)[: self.LIMIT])
        return len(last) == self.LIMIT and last[0] > now - self.WINDOW and last[-1] > last[0] - self.WINDOW

    def barred(self, address: str | None, now: dt.datetime) -> bool:
        """Whether so many sign-ins failed from this address within WINDOW, whatever the names, that it tries many names.

        Requests of unknown address count together.
        """
        return self.filter(address=address, at__gt=now - self.WINDOW).count() >= self.LIMIT_OF_ADDRESS

    def note(self, username: str, address: str | None, now: dt.datetime) -> None:
        """Remember one failure, and forget those that can no longer count."""
        self.filter(at__lt=now - 2 * self.WINDOW).delete()
        self.create(username=username[:40], address=address, at=now)


class SignInFailure(models.Model):
    """A refused sign-in, kept only to slow guessing down (GB/T 22239 8.1.4.1: limit on failed sign-ins)."""

    username = models.CharField(max_length=40)
    address = models.GenericIPAddressField(null=True)
    at = models.DateTimeField()

    objects = SignInFailureQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["address", "username", "at"], name="failure_address_name")]

    def __str__(self) -> str:
        return f"{self.username} {self.address}"
