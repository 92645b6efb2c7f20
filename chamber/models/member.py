"""Who belongs to a chamber: enterprises as members, and its public posts. A row gets its last day, and is never deleted."""

from __future__ import annotations

import datetime as dt

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from accounts.models import OwnedQuerySet, PartOf, Unit, User
from nonpublic.models import Enterprise
from workplans.models import Once, Period, Versioned
from workplans.models.guard import NameField

from .chamber import Chamber


class MembershipQuerySet(OwnedQuerySet["Membership"]):
    def in_period(self, period: Period) -> MembershipQuerySet:
        """Memberships that held at some time of the period."""
        return self.filter(Q(left_on=None) | Q(left_on__gte=period.first_day), joined_on__lte=period.last_day)

    def standing(self) -> MembershipQuerySet:
        return self.filter(left_on=None)

    def of_enterprise(self, enterprise: Enterprise) -> MembershipQuerySet:
        return self.filter(unit=enterprise.unit_id, enterprise=enterprise)

    def in_order(self) -> MembershipQuerySet:
        """Members first, by the day they joined; then those who left."""
        return self.order_by(F("left_on").desc(nulls_first=True), "joined_on", "pk")


def members_at_end(period: Period) -> Q:
    """Members on the period's last day."""
    return Q(joined_on__lte=period.last_day) & (Q(left_on=None) | Q(left_on__gt=period.last_day))


class Membership(Versioned, Once):
    """An enterprise's membership of the chamber, from a day on and until one."""

    class Kind(models.TextChoices):
        UNIT = "unit", _("单位会员")
        TRADER = "trader", _("个体工商户会员")

    SAME_BY = ("enterprise_id", "joined_on")

    unit = models.ForeignKey(Unit, models.PROTECT, db_index=False)
    chamber = PartOf(Chamber, related_name="memberships")
    enterprise = models.ForeignKey(
        Enterprise, models.PROTECT, db_index=False, related_name="+", verbose_name=_("企业")
    )  # fmt: skip
    kind = models.CharField(_("会员类别"), max_length=10, choices=Kind.choices, default=Kind.UNIT)
    joined_on = models.DateField(_("入会日期"))
    left_on = models.DateField(_("退会日期"), null=True, blank=True, editable=False)
    created_by = models.ForeignKey(User, models.PROTECT, related_name="+", db_index=False, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = MembershipQuerySet.as_manager()
    history = HistoricalRecords(excluded_fields=["token"])

    class Meta:
        verbose_name = _("商会会员")
        constraints = [
            models.UniqueConstraint(fields=["unit", "token"], name="membership_token"),
            models.UniqueConstraint(
                fields=["unit", "chamber", "enterprise"], condition=Q(left_on=None), name="membership_standing",
                violation_error_message=_("这家企业已经是会员。"),
            ),
            models.CheckConstraint(
                condition=Q(left_on=None) | Q(left_on__gte=F("joined_on")), name="membership_days",
                violation_error_message=_("退会日期不能早于入会日期。"),
            ),
        ]  # fmt: skip
        indexes = [models.Index(fields=["unit", "joined_on", "left_on"], name="membership_unit_joined")]

    def __str__(self) -> str:
        return self.enterprise.name

    def get_absolute_url(self) -> str:
        return reverse("members", args=[self.chamber_id])

    def leave(self, day: dt.date) -> None:
        """End the membership on a day. Raises ValueError for a day before it began, Conflict when it is over."""
        if day < self.joined_on:
            raise ValueError(f"{day} is before {self.joined_on}.")
        self.left_on = day
        self.save_next(while_=Q(left_on=None))


class OfficerQuerySet(OwnedQuerySet["Officer"]):
    def in_office(self) -> OfficerQuerySet:
        return self.filter(until=None)

    def in_order(self) -> OfficerQuerySet:
        """The latest term first, in the order of the posts; within a post those in office first."""
        ranks = models.Case(*(models.When(post=post, then=n) for n, post in enumerate(Officer.Post.values)))
        return self.order_by("-term", ranks, F("until").desc(nulls_first=True), "pk")


class Officer(Versioned, Once):
    """A public post of the chamber in a term, and which enterprise it comes from. The post is the record, not the person."""

    class Post(models.TextChoices):
        PRESIDENT = "president", _("会长")
        CHIEF_SUPERVISOR = "chief_supervisor", _("监事长")
        EXECUTIVE_PRESIDENT = "executive_president", _("执行会长")
        STANDING_VICE = "standing_vice", _("常务副会长")
        VICE = "vice", _("副会长")
        SECRETARY = "secretary", _("秘书长")
        COUNCILLOR = "councillor", _("理事")
        SUPERVISOR = "supervisor", _("监事")

    SAME_BY = ("post", "term", "since", "enterprise_id")

    unit = models.ForeignKey(Unit, models.PROTECT, db_index=False)
    chamber = PartOf(Chamber, related_name="officers")
    post = models.CharField(_("职务"), max_length=20, choices=Post.choices)
    term = models.PositiveSmallIntegerField(_("届次"))
    enterprise = models.ForeignKey(
        Enterprise, models.PROTECT, null=True, blank=True, db_index=False, related_name="+", verbose_name=_("所在企业")
    )  # fmt: skip
    name = NameField(
        _("姓名"), max_length=40, blank=True, help_text=_("可以不填。只填选举结果公布的姓名，只在本单位显示。"),
        purpose="who was publicly elected to a post of the chamber",
        kept="until the post ends; never in a history, export or roll-up",
    )  # fmt: skip
    since = models.DateField(_("任职日期"))
    until = models.DateField(_("离任日期"), null=True, blank=True, editable=False)
    created_by = models.ForeignKey(User, models.PROTECT, related_name="+", db_index=False, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = OfficerQuerySet.as_manager()
    history = HistoricalRecords(excluded_fields=["token", "name"])  # a name that is taken out is gone

    class Meta:
        verbose_name = _("商会职务")
        constraints = [
            models.UniqueConstraint(fields=["unit", "token"], name="officer_token"),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("since")), name="officer_days",
                violation_error_message=_("离任日期不能早于任职日期。"),
            ),
            models.CheckConstraint(condition=Q(until=None) | Q(name=""), name="officer_name_gone"),
        ]  # fmt: skip
        indexes = [models.Index(fields=["unit", "chamber", "term"], name="officer_chamber_term")]

    def __str__(self) -> str:
        return _("第%(term)d届%(post)s") % {"term": self.term, "post": self.get_post_display()}

    @property
    def is_open(self) -> bool:
        return self.until is None

    def rewrite(self) -> None:
        """Store an edit over the version that was read; a post that ended refuses. Raises Conflict."""
        self.save_next(while_=Q(until=None))

    def end(self, day: dt.date) -> None:
        """Give the post its last day; the row stays, the name goes. Raises ValueError for a day before its first, Conflict."""
        if day < self.since:
            raise ValueError(f"{day} is before {self.since}.")
        self.until, self.name = day, ""
        self.save_next(while_=Q(until=None))
