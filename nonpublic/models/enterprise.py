from __future__ import annotations

import datetime as dt
from typing import Self

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from accounts.models import OwnedQuerySet, Unit, User, Village
from workplans.models import Activity, Once, Period, Versioned
from workplans.models.guard import LineField, ProseField, refuse_private_numbers

from .credit import refuse_wrong_credit_code


class EnterpriseType(models.TextChoices):
    LIMITED = "limited", _("有限公司")
    STOCK = "stock", _("股份公司")
    SOLE = "sole", _("个人独资")
    PARTNERSHIP = "partnership", _("合伙")
    TRADER = "trader", _("个体工商户")
    FOREIGN = "foreign", _("外商投资")
    COOPERATIVE = "cooperative", _("农民专业合作社")


class StaffBand(models.TextChoices):
    """How many work there, as a band: nobody asks for more."""

    UNDER_10 = "under_10", _("10人以下")
    UNDER_50 = "under_50", _("10—49人")
    UNDER_300 = "under_300", _("50—299人")
    FROM_300 = "from_300", _("300人及以上")


class PartyBody(models.TextChoices):
    """Whether the enterprise has an organisation of the Party; of whom, is nowhere kept."""

    NONE = "none", _("没有")
    OWN = "own", _("单独建立")
    JOINT = "joint", _("联合建立")


class EnterpriseState(models.TextChoices):
    OPEN = "open", _("在营")
    CLOSED = "closed", _("停业")
    DEREGISTERED = "deregistered", _("注销")


class EnterpriseQuerySet(OwnedQuerySet["Enterprise"]):
    def in_period(self, period: Period) -> Self:
        """Enterprises that were in the register at some time of the period."""
        return self.filter(Q(until=None) | Q(until__gte=period.first_day), since__lte=period.last_day)

    def existing(self) -> Self:
        return self.filter(until=None)

    def keyed(self, pk: int | None) -> Self:
        return self.filter(pk=pk)

    def chosen(self, pks: list[int]) -> Self:
        return self.filter(pk__in=pks)

    def named(self, name: str) -> Self:
        return self.filter(name=name)

    def coded(self, code: str) -> Self:
        return self.filter(credit_code=code)

    def holding(self, words: str) -> Self:
        """Enterprises whose name, trade, park or credit code holds every one of the words."""
        rows = self
        for word in words.split():
            rows = rows.filter(
                Q(name__icontains=word) | Q(trade__icontains=word) | Q(park__icontains=word)
                | Q(credit_code__icontains=word)
            )  # fmt: skip
        return rows

    def matching(self, *, party: str = "", **chosen: str) -> Self:
        """Those with the chosen values; an empty choice takes all. `party` asks whether there is an organisation at all."""
        rows = self.filter(**{name: value for name, value in chosen.items() if value})
        if not party:
            return rows
        return rows.exclude(party_body=PartyBody.NONE) if party == "yes" else rows.filter(party_body=PartyBody.NONE)

    def in_order(self) -> Self:
        """Those at work by name; the closed ones last."""
        return self.order_by(models.F("until").desc(nulls_first=True), "name", "pk")


class Enterprise(Versioned, Once):
    """A private enterprise of the town, with what its licence and its sign say: never who owns it or what he holds."""

    SAME_BY = ("name", "type")

    unit = models.ForeignKey(Unit, models.PROTECT, db_index=False, verbose_name=_("单位"))
    name = LineField(_("企业名称"), max_length=60)
    credit_code = models.CharField(
        _("统一社会信用代码"), max_length=18, blank=True, validators=[refuse_private_numbers, refuse_wrong_credit_code]
    )  # fmt: skip
    type = models.CharField(_("类型"), max_length=12, choices=EnterpriseType.choices)
    trade = LineField(_("行业"), max_length=40, blank=True, help_text=_("例如：竹木加工。"))
    village = models.ForeignKey(
        Village, models.PROTECT, null=True, blank=True, db_index=False, verbose_name=_("村（社区）")
    )
    park = LineField(_("园区"), max_length=40, blank=True)
    above_scale = models.BooleanField(_("规模以上"), default=False)
    staff_band = models.CharField(_("从业人员"), max_length=10, choices=StaffBand.choices, blank=True)
    party_body = models.CharField(_("党组织"), max_length=10, choices=PartyBody.choices, default=PartyBody.NONE)
    is_member = models.BooleanField(_("商会会员"), default=False)
    office_phone = LineField(
        _("办公电话"), max_length=30, blank=True, help_text=_("只填企业的固定电话，不填个人的号码。")
    )
    since = models.DateField(_("纳入日期"), help_text=_("从哪一天起列入本镇企业名册。"))
    until = models.DateField(_("退出日期"), null=True, blank=True, editable=False)
    state = models.CharField(
        _("状态"), max_length=15, choices=EnterpriseState.choices, default=EnterpriseState.OPEN, editable=False
    )
    state_note = LineField(_("停业或注销的情况"), max_length=200, blank=True, editable=False)
    note = ProseField(_("备注"), blank=True, max_length=1000)
    created_by = models.ForeignKey(User, models.PROTECT, related_name="+", db_index=False, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = EnterpriseQuerySet.as_manager()
    history = HistoricalRecords(excluded_fields=["token"])

    class Meta:
        verbose_name = _("企业")
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "name"], name="enterprise_name", violation_error_message=_("本单位已有同名企业。")
            ),
            models.UniqueConstraint(
                fields=["unit", "credit_code"], condition=~Q(credit_code=""), name="enterprise_code",
                violation_error_message=_("本单位已有企业用这个统一社会信用代码。"),
            ),
            models.UniqueConstraint(fields=["unit", "token"], name="enterprise_token"),
            models.CheckConstraint(
                condition=Q(state=EnterpriseState.OPEN, until=None)
                | ~Q(state=EnterpriseState.OPEN) & Q(until__isnull=False, until__gte=models.F("since")),
                name="enterprise_until",
                violation_error_message=_("退出日期不能早于纳入日期。"),
            ),
        ]  # fmt: skip
        indexes = [models.Index(fields=["unit", "since", "until", "state"], name="enterprise_since")]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("enterprise", args=[self.pk])

    @property
    def is_open(self) -> bool:
        """Whether it is at work; a closed one keeps its page and its past."""
        return self.until is None

    def last_visit(self) -> Activity | None:
        """The row of its last visit. Queries."""
        return self.events.of_kinds("enterprise_visit").latest_row()

    def rewrite(self) -> None:
        """Store an edit over the version that was read; a closed enterprise refuses. Raises Conflict."""
        self.save_next(while_=Q(until=None))

    def close(self, state: str, *, day: dt.date, note: str) -> None:
        """Take it out of the register's count from a day on; nothing of it is deleted.

        Raises ValueError for a state that closes nothing or a day before it was listed, Conflict when it moved since.
        """
        if state == EnterpriseState.OPEN or day < self.since:
            raise ValueError(f"{state} on {day} closes nothing.")
        self.state, self.until, self.state_note = state, day, note
        self.save_next(while_=Q(until=None))

    def reopen(self) -> None:
        """Back to work, or closed by mistake. Raises Conflict."""
        self.state, self.until, self.state_note = EnterpriseState.OPEN, None, ""
        self.save_next(while_=Q(until__isnull=False))
