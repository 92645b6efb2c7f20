from __future__ import annotations

import datetime as dt
import functools
import operator
from typing import Self

from django.db import models, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from accounts.models import OwnedQuerySet, PartOf, Unit, User, Village
from workplans.models import Once, Period, Versioned
from workplans.models.guard import LineField, NameField, ProseField
from workplans.models.lock import hold_open
from workplans.models.obstacle import LineQuerySet


class VenueType(models.TextChoices):
    """The five kinds of registered venues (宗教事务条例), and the sites of folk belief, which have rules of their own."""

    TEMPLE = "temple", _("寺院")
    DAOIST = "daoist", _("宫观")
    MOSQUE = "mosque", _("清真寺")
    CHURCH = "church", _("教堂")
    OTHER = "other", _("其他固定宗教活动处所")
    FOLK = "folk", _("民间信仰活动场所")


class Teaching(models.TextChoices):
    BUDDHISM = "buddhism", _("佛教")
    DAOISM = "daoism", _("道教")
    ISLAM = "islam", _("伊斯兰教")
    CATHOLICISM = "catholicism", _("天主教")
    PROTESTANTISM = "protestantism", _("基督教")


# Which teachings a type of venue may be of; a site of folk belief is of none.
TEACHINGS: dict[str, tuple[str, ...]] = {
    VenueType.TEMPLE: (Teaching.BUDDHISM,),
    VenueType.DAOIST: (Teaching.DAOISM,),
    VenueType.MOSQUE: (Teaching.ISLAM,),
    VenueType.CHURCH: (Teaching.CATHOLICISM, Teaching.PROTESTANTISM),
    VenueType.OTHER: tuple(Teaching.values),
    VenueType.FOLK: ("",),
}


FITTING = functools.reduce(operator.or_, (Q(type=kind, teaching__in=taught) for kind, taught in TEACHINGS.items()))


class RegisterLevel(models.TextChoices):
    COUNTY = "county", _("县级登记")
    NUMBERED = "numbered", _("县级登记编号")
    TOWN = "town", _("镇街建档编号")


class VenueState(models.TextChoices):
    OPEN = "open", _("开放")
    SUSPENDED = "suspended", _("停用")
    RECTIFYING = "rectifying", _("整改")
    REVOKED = "revoked", _("撤销")


class VenueQuerySet(OwnedQuerySet["Venue"]):
    def in_period(self, period: Period) -> Self:
        """Venues that existed at some time of the period."""
        return self.filter(
            Q(registered_on=None) | Q(registered_on__lte=period.last_day),
            Q(revoked_on=None) | Q(revoked_on__gte=period.first_day),
        )

    def existing(self) -> Self:
        return self.filter(revoked_on=None)

    def keyed(self, pk: int | None) -> Self:
        return self.filter(pk=pk)

    def folk(self) -> Self:
        return self.filter(type=VenueType.FOLK)

    def named(self, name: str) -> Self:
        return self.filter(name=name)

    def holding(self, words: str) -> Self:
        """Venues whose name, address or number holds every one of the words."""
        rows = self
        for word in words.split():
            rows = rows.filter(Q(name__icontains=word) | Q(address__icontains=word) | Q(number__icontains=word))
        return rows

    def matching(self, *, type: str = "", state: str = "", village: str = "") -> Self:
        """Those of a type, in a state, of a village; an empty choice takes all."""
        chosen = {"type": type, "state": state, "village": village}
        return self.filter(**{name: value for name, value in chosen.items() if value})

    def in_order(self) -> Self:
        """Registered venues before folk sites, each by name; the revoked ones last."""
        folk_last = models.Case(models.When(type=VenueType.FOLK, then=1), default=0)
        return self.order_by(models.F("revoked_on").desc(nulls_first=True), folk_last, "name", "pk")


class Venue(Versioned, Once):
    """A venue of religious activity or a site of folk belief, with what the public register itself says of it.

    Venues are registered, visited and rated, never the people who come to them.
    """

    SAME_BY = ("name", "type")

    unit = models.ForeignKey(Unit, models.PROTECT, db_index=False, verbose_name=_("单位"))
    name = LineField(_("场所名称"), max_length=60)
    type = models.CharField(_("类型"), max_length=10, choices=VenueType.choices)
    teaching = models.CharField(_("教别"), max_length=15, choices=Teaching.choices, blank=True)
    village = models.ForeignKey(
        Village, models.PROTECT, null=True, blank=True, db_index=False, verbose_name=_("村（社区）")
    )
    address = LineField(_("地址"), max_length=100, blank=True)
    number = LineField(_("登记证号或编号"), max_length=40, blank=True)
    registered_on = models.DateField(_("登记（编号）日期"), null=True, blank=True)
    level = models.CharField(_("登记层级"), max_length=10, choices=RegisterLevel.choices, default=RegisterLevel.COUNTY)
    site_area = models.PositiveIntegerField(_("占地面积"), null=True, blank=True)  # ㎡
    building_area = models.PositiveIntegerField(_("建筑面积"), null=True, blank=True)  # ㎡
    capacity = models.PositiveIntegerField(
        _("核定容量"), null=True, blank=True
    )  # people at once, as approved for safety
    heritage = LineField(_("文物保护级别"), max_length=40, blank=True)
    body = LineField(_("管理组织"), max_length=60, blank=True, help_text=_("例如：灵山寺管理委员会。"))
    body_term_end = models.DateField(_("管理组织届满日期"), null=True, blank=True)
    responsible_post = LineField(_("负责人职务"), max_length=40, blank=True)
    responsible_name = NameField(
        _("负责人"), max_length=40, blank=True, help_text=_("只填登记证上公开的姓名，可以不填。"),
        purpose="whom the public register names as responsible for the venue",
        kept="while the public register names the person; never in an export or roll-up",
    )  # fmt: skip
    clergy_count = models.PositiveSmallIntegerField(_("已备案教职人员人数"), null=True, blank=True)
    clergy_checked_on = models.DateField(_("与公开名录核对日期"), null=True, blank=True)
    note = ProseField(_("备注"), blank=True, max_length=1000)
    state = models.CharField(
        _("状态"), max_length=10, choices=VenueState.choices, default=VenueState.OPEN, editable=False
    )
    revoked_on = models.DateField(_("撤销日期"), null=True, blank=True, editable=False)
    created_by = models.ForeignKey(User, models.PROTECT, related_name="+", db_index=False, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = VenueQuerySet.as_manager()
    history = HistoricalRecords(excluded_fields=["token", "responsible_name"])  # a name that is taken out is gone

    class Meta:
        verbose_name = _("场所")
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "name"], name="venue_unit_name", violation_error_message=_("本单位已有同名场所。")
            ),
            models.UniqueConstraint(fields=["unit", "token"], name="venue_token"),
            models.CheckConstraint(
                condition=FITTING, name="venue_teaching",
                violation_error_message=_("教别与场所类型不符。"),
            ),
            models.CheckConstraint(
                condition=Q(type=VenueType.FOLK) | Q(level=RegisterLevel.COUNTY), name="venue_level",
                violation_error_message=_("编号和建档只用于民间信仰活动场所；宗教活动场所一律是县级登记。"),
            ),
        ]  # fmt: skip
        indexes = [models.Index(fields=["unit", "type", "state", "village"], name="venue_unit_type")]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("venue", args=[self.pk])

    @property
    def is_folk(self) -> bool:
        return self.type == VenueType.FOLK

    @property
    def is_open(self) -> bool:
        """Whether it may still change: a revoked venue stays as it was."""
        return self.revoked_on is None

    def register(self) -> Venue:
        """Enter this new venue, once; its registration is the first of its changes, when the day is known."""

        def insert() -> None:
            self.save()
            if self.registered_on:
                VenueChange.objects.create(
                    unit_id=self.unit_id, venue=self, day=self.registered_on, before="", after=self.state,
                    document=self.number, created_by=self.created_by,
                )  # fmt: skip

        return self.enter(insert)

    def rewrite(self) -> None:
        """Store an edit over the version that was read, and let its registration tell the same. Raises Conflict."""
        with transaction.atomic():
            self.save_next(while_=Q(revoked_on=None))
            if self.registered_on:
                VenueChange.objects.update_or_create(
                    unit_id=self.unit_id, venue=self, before="",
                    defaults={"day": self.registered_on, "document": self.number},
                    create_defaults={"day": self.registered_on, "document": self.number, "after": VenueState.OPEN,
                                     "created_by_id": self.created_by_id},
                )  # fmt: skip

    def earliest_change_day(self) -> dt.date | None:
        """The first day the next change may bear. Queries."""
        return self.changes.aggregate(last=models.Max("day"))["last"]

    def change(self, state: str, *, day: dt.date, note: str, document: str, by: User) -> None:
        """Write down a dated change of state; a revoked venue never changes again.

        Raises ValueError for the state it has already or a day before the last change, Conflict when it moved since.
        """
        if state == self.state:
            raise ValueError(f"It is {state} already.")
        with transaction.atomic():
            hold_open(self.unit_id, day)
            self.take(while_=Q(revoked_on=None, state=self.state))
            if (last := self.earliest_change_day()) and day < last:
                raise ValueError(f"{day} is before {last}.")
            before, self.state = self.state, state
            self.revoked_on = day if state == VenueState.REVOKED else None
            self.save()
            VenueChange.objects.create(
                unit_id=self.unit_id, venue=self, day=day, before=before, after=state, note=note, document=document,
                created_by=by,
            )  # fmt: skip


class VenueChangeQuerySet(LineQuerySet):
    def in_period(self, period: Period) -> Self:
        return self.filter(day__range=(period.first_day, period.last_day))

    def first_after_registration(self) -> dt.date | None:
        """The day of the first change of a state that was there before. Queries."""
        return self.exclude(before="").aggregate(first=models.Min("day"))["first"]


class VenueChange(models.Model):
    """One dated change of a venue's state, its registration the first: what "dynamic management" counts."""

    unit = models.ForeignKey(Unit, models.PROTECT, db_index=False)
    venue = PartOf(Venue, related_name="changes")
    day = models.DateField(_("变动日期"))
    before = models.CharField(_("原状态"), max_length=10, choices=VenueState.choices, blank=True)
    after = models.CharField(_("现状态"), max_length=10, choices=VenueState.choices)
    note = ProseField(_("情况"), max_length=1000, blank=True)
    document = LineField(_("文号"), max_length=60, blank=True)
    created_by = models.ForeignKey(User, models.PROTECT, related_name="+", db_index=False)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = VenueChangeQuerySet.as_manager()

    class Meta:
        verbose_name = _("场所变动")
        indexes = [
            models.Index(fields=["unit", "day"], name="venuechange_unit_day"),
            models.Index(fields=["unit", "venue", "day", "id"], name="venuechange_venue"),
        ]

    def __str__(self) -> str:
        return f"{self.venue.name} {self.get_after_display() if self.before else _('登记')}"

    def get_absolute_url(self) -> str:
        return self.venue.get_absolute_url()
