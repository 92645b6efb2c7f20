from __future__ import annotations

import datetime as dt
from typing import Self

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from accounts.models import OwnedQuerySet, Unit, User

from .guard import LineField, NameField
from .once import Once
from .period import Period
from .versioned import Versioned

TERM_ENDS_SOON = dt.timedelta(days=183)


class PublicPostQuerySet(OwnedQuerySet["PublicPost"]):
    def in_period(self, period: Period) -> Self:
        """Posts that were held at some time of the period."""
        return self.filter(Q(ended_on=None) | Q(ended_on__gte=period.first_day), began_on__lte=period.last_day)

    def held(self) -> Self:
        return self.filter(ended_on=None)

    def term_ending(self, today: dt.date) -> Self:
        """Posts still held whose term is over, or will be within half a year."""
        return self.held().filter(term_ends_on__lte=today + TERM_ENDS_SOON)

    def of_type(self, type: str) -> Self:
        """Those of a type; an empty choice takes all."""
        return self.filter(type=type) if type else self

    def in_order(self) -> Self:
        """Those held by type, the ended ones last."""
        return self.order_by(models.F("ended_on").desc(nulls_first=True), "type", "began_on", "pk")

    def term_ending_first(self) -> Self:
        return self.order_by("term_ends_on", "pk")


class PublicPost(Versioned, Once):
    """任职: a public post that is held by a non-Party representative figure. The post is the record, not the person."""

    class Type(models.TextChoices):
        DELEGATE = "delegate", _("人大代表")
        CONSULTATIVE = "consultative", _("政协委员")
        CADRE = "cadre", _("党外领导干部")
        PARTY_HEAD = "party_head", _("民主党派基层组织负责人")
        CHAMBER_HEAD = "chamber_head", _("工商联（商会）负责人")
        STRATA_HEAD = "strata_head", _("新联会负责人")
        RELIGIOUS_HEAD = "religious_head", _("宗教团体负责人")
        OVERSEAS_HEAD = "overseas_head", _("侨联台联负责人")

    SAME_BY = ("type", "title", "began_on")

    unit = models.ForeignKey(Unit, models.PROTECT, db_index=False, verbose_name=_("单位"))
    type = models.CharField(_("类型"), max_length=20, choices=Type.choices)
    title = LineField(_("职务"), max_length=60)
    term = LineField(_("届次"), max_length=40, blank=True)
    began_on = models.DateField(_("任职日期"))
    term_ends_on = models.DateField(_("届满日期"), null=True, blank=True)
    ended_on = models.DateField(_("离任日期"), null=True, blank=True, editable=False)
    holder = NameField(
        _("任职人"), max_length=40, blank=True,
        purpose="who holds a public post, as its public source names the person",
        kept="while the post is held; taken out when it ends. Never in an export, a paper or a district's page",
    )  # fmt: skip
    source = LineField(_("公开来源"), max_length=120, blank=True)
    created_by = models.ForeignKey(User, models.PROTECT, related_name="+", db_index=False, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = PublicPostQuerySet.as_manager()
    history = HistoricalRecords(excluded_fields=["token", "holder"])  # a name that is taken out is gone

    class Meta:
        verbose_name = _("任职")
        constraints = [
            models.UniqueConstraint(fields=["unit", "token"], name="post_token"),
            models.CheckConstraint(
                condition=Q(holder="") | ~Q(source=""), name="post_source",
                violation_error_message=_("填了任职人，就要写明公开来源；没有公开来源的不填姓名。"),
            ),
            models.CheckConstraint(
                condition=Q(ended_on=None) | Q(ended_on__gte=models.F("began_on")), name="post_days",
                violation_error_message=_("离任日期不能早于任职日期。"),
            ),
            models.CheckConstraint(
                condition=Q(ended_on=None) | Q(holder=""), name="post_holder",
                violation_error_message=_("离任以后不再保留姓名。"),
            ),
        ]  # fmt: skip
        indexes = [models.Index(fields=["unit", "ended_on", "term_ends_on"], name="post_unit_ended")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("post", args=[self.pk])

    @property
    def is_open(self) -> bool:
        """Whether it is held; one that ended stays as it was."""
        return self.ended_on is None

    def term_days_left(self, today: dt.date) -> int | None:
        """Days until the term's end, when it is near or past; None otherwise."""
        if self.term_ends_on is None or not self.is_open or self.term_ends_on > today + TERM_ENDS_SOON:
            return None
        return (self.term_ends_on - today).days

    def rewrite(self) -> None:
        """Store an edit over the version that was read; an ended post refuses."""
        self.save_next(while_=Q(ended_on=None))

    def end(self, day: dt.date) -> None:
        """The post is left on this day: the record stays, the name goes.

        Raises ValueError for a day before it began, Conflict when it ended or was changed since.
        """
        if day < self.began_on:
            raise ValueError(f"{day} is before {self.began_on}.")
        self.ended_on, self.holder = day, ""
        self.save_next(while_=Q(ended_on=None))
