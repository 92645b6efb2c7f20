from __future__ import annotations

import secrets
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from .unit import Level, OwnedQuerySet, Unit


class Role(models.TextChoices):
    CLERK = "clerk", _("记录员")
    REVIEWER = "reviewer", _("统战委员")
    SIGNER = "signer", _("签发人")
    DISTRICT = "district", _("区级")
    ADMINISTRATOR = "administrator", _("管理员")


# Who works where: records are kept and signed in towns, a district reads them.
ROLES_OF_LEVEL = {
    Level.DISTRICT: (Role.DISTRICT, Role.ADMINISTRATOR),
    Level.TOWN: (Role.CLERK, Role.REVIEWER, Role.SIGNER, Role.ADMINISTRATOR),
}
UNMISTAKABLE = "abcdefghjkmnpqrstuvwxyz23456789"  # no 0 and o, no 1, i and l: the password is read from a screen


class UserQuerySet(OwnedQuerySet["User"]):
    def at_work(self, *roles: str) -> UserQuerySet:
        """Those who still work here, in one of these roles."""
        return self.filter(is_active=True, role__in=roles)

    def in_order(self) -> UserQuerySet:
        """By unit, those who left last."""
        return self.order_by("unit__level", "unit__code", "-is_active", "role", "pk")


class UserManager(BaseUserManager.from_queryset(UserQuerySet)):  # type: ignore[misc]
    def create_user(self, username: str, password: str | None = None, **fields: Any) -> User:
        user = self.model(username=username, **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser):
    """A member of staff: a name to sign in with, a post, and one role in one unit. Nothing else about the person."""

    DISTRICT_WIDE = (Role.DISTRICT, Role.ADMINISTRATOR)

    username = models.CharField(
        _("用户名"), max_length=40, unique=True, validators=[UnicodeUsernameValidator()],
        error_messages={"unique": _("这个用户名已有人使用。")},
    )  # fmt: skip
    name = models.CharField(_("显示名称"), max_length=40, help_text=_("可填姓名，也可只填岗位名称。"))
    post = models.CharField(_("职务"), max_length=40, blank=True)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="users", verbose_name=_("单位"))
    role = models.CharField(_("角色"), max_length=20, choices=Role.choices, default=Role.CLERK)
    is_active = models.BooleanField(_("启用"), default=True)
    must_change_password = models.BooleanField(_("下次登录须改密码"), default=True)
    created_at = models.DateTimeField(_("建立时间"), auto_now_add=True)

    last_login = None  # no log-in statistics of colleagues (domain rule); the audit log has what security needs

    USERNAME_FIELD = "username"
    objects = UserManager()

    class Meta:
        verbose_name = _("用户")

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        super().clean()
        if self.unit_id and self.role not in ROLES_OF_LEVEL[self.unit.level]:
            raise ValidationError({"role": _("区级角色只设在区级单位；记录员、统战委员、签发人只设在乡镇（街道）。")})

    def issue_password(self) -> str:
        """Set and return a password for one sign-in, which asks for the user's own. His sessions end."""
        password = "-".join("".join(secrets.choice(UNMISTAKABLE) for _ in range(4)) for _ in range(4))
        self.set_password(password)
        self.must_change_password = True
        self.save()
        return password

    def choose_password(self, password: str) -> None:
        """Store the password the user chose himself. His sessions end, unless their hash is brought up to date."""
        self.set_password(password)
        self.must_change_password = False
        self.save()

    def unit_ids(self) -> list[int]:
        """The units whose records he may read. A district's people cost one query, the first time."""
        if self.role not in self.DISTRICT_WIDE:
            return [self.unit_id]
        if not hasattr(self, "_unit_ids"):
            self._unit_ids = list(Unit.objects.visible_to(self).values_list("pk", flat=True))
        return self._unit_ids

    @property
    def may_record(self) -> bool:
        """May write into the ledger of his unit."""
        return self.role in (Role.CLERK, Role.REVIEWER)
