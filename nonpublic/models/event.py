"""What rows of the ledger tell besides, when they are about enterprises."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import PartOf, Unit
from workplans.models import Activity, Detail
from workplans.models.detail import DetailQuerySet
from workplans.models.guard import LineField

from .enterprise import Enterprise


class LinkQuerySet(DetailQuerySet):
    def of_kinds(self, *kinds: str) -> Self:
        return self.filter(activity__kind__in=kinds)

    def latest_row(self) -> Activity | None:
        """The last of the rows that count. Queries."""
        link = self.valid().select_related("activity").order_by("-activity__date", "-activity").first()
        return link.activity if link else None

    def last_days(self, *kinds: str) -> dict[int, object]:
        """By enterprise: the day of the last row of these kinds. One query."""
        rows = self.valid().of_kinds(*kinds).order_by().values("enterprise_id")
        return {row["enterprise_id"]: row["last"] for row in rows.annotate(last=models.Max("activity__date"))}

    def tell(self, row: Activity, enterprises: Iterable[Enterprise]) -> None:
        """Write down at which enterprises a row happened, in this order; what was written before goes."""
        self.of_unit(row.unit_id).of_rows(row).delete()
        self.bulk_create(self.model(unit_id=row.unit_id, activity=row, enterprise=each) for each in enterprises)


class AtEnterprise(models.Model):
    """At which enterprise a row of the ledger happened, or which took part, or gave; one row may name several."""

    unit = models.ForeignKey(Unit, models.PROTECT, db_index=False)
    activity = PartOf(Activity, related_name="at_enterprises")
    enterprise = PartOf(Enterprise, related_name="events", verbose_name=_("企业"))

    objects = LinkQuerySet.as_manager()

    class Meta:
        verbose_name = _("企业活动")
        constraints = [models.UniqueConstraint(fields=["unit", "activity", "enterprise"], name="atenterprise_once")]
        indexes = [models.Index(fields=["unit", "enterprise", "activity"], name="atenterprise_life")]

    def __str__(self) -> str:
        return _("%(what)s：%(text)s") % {"what": self.enterprise.name, "text": self.activity.title}

    def get_absolute_url(self) -> str:
        return self.activity.get_absolute_url()

    @property
    def ledger_number(self) -> str:
        return self.activity.ledger_number


class EnterpriseVisit(Detail):
    """走访企业: in which form and by whose post. What was said stands in the row, as little of it as the office needs."""

    class Form(models.TextChoices):
        SURVEY = "survey", _("调研")
        LECTURE = "lecture", _("宣讲")
        POLICY = "policy", _("送策")
        SYMPATHY = "sympathy", _("慰问")

    form = models.CharField(_("形式"), max_length=10, choices=Form.choices, default=Form.SURVEY)
    leader_post = LineField(_("带队领导岗位"), max_length=40, blank=True, help_text=_("只写岗位，例如：镇统战委员。"))

    class Meta:
        verbose_name = _("走访企业")
        indexes = [models.Index(fields=["unit", "activity"], name="visit_activity")]


class ServiceEvent(Detail):
    """服务活动: how many enterprises took part and what was signed; posts and intentions are the row's own two counts."""

    enterprises = models.PositiveIntegerField(_("参加企业"), default=0)
    signed = models.PositiveIntegerField(_("签约金额"), default=0)  # hundreds of 元 (nonpublic/money.py)

    class Meta:
        verbose_name = _("服务活动")
        indexes = [models.Index(fields=["unit", "activity"], name="serviceevent_activity")]


class Contribution(Detail):
    """社会贡献: for which programme and how much; who benefits is the row's own count, who gave an `AtEnterprise`.

    A donor that wishes to stay unnamed is not stored at all.
    """

    class Programme(models.TextChoices):
        VILLAGES = "villages", _("万企兴万村")
        GLORY = "glory", _("光彩事业")
        SCHOOLING = "schooling", _("助学")
        DISASTER = "disaster", _("救灾")
        OTHER = "other", _("其他")

    class Form(models.TextChoices):
        MONEY = "money", _("捐款")
        GOODS = "goods", _("捐物")
        JOBS = "jobs", _("就业")
        INDUSTRY = "industry", _("产业")
        PROJECT = "project", _("项目投资")

    programme = models.CharField(_("项目"), max_length=10, choices=Programme.choices, default=Programme.VILLAGES)
    form = models.CharField(_("方式"), max_length=10, choices=Form.choices, default=Form.MONEY)
    amount = models.PositiveIntegerField(_("金额"), default=0)  # hundreds of 元 (nonpublic/money.py)
    withheld = models.BooleanField(_("捐赠企业不愿公开"), default=False)

    class Meta:
        verbose_name = _("社会贡献")
        indexes = [models.Index(fields=["unit", "activity"], name="contribution_activity")]
