from __future__ import annotations

import datetime as dt
import hashlib
import uuid
from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.core.files.base import ContentFile
from django.db import models, transaction
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from accounts.models import OwnedQuerySet, PartOf, Unit, User, Village

from ..area import kinds
from .guard import LineField, ProseField
from .lock import hold_open
from .once import Once
from .period import Period
from .versioned import Versioned

if TYPE_CHECKING:
    from django.core.files import File

    from ..attachments import Checked


class HostLevel(models.TextChoices):
    TOWN = "town", _("镇")
    VILLAGE = "village", _("村")
    DISTRICT = "district", _("区")
    CITY = "city", _("市")


class Group(models.TextChoices):
    """Audience groups: counted, never named."""

    CADRES = "cadres", _("统战干部")
    OFFICIALS = "officials", _("机关干部")
    VILLAGE = "village", _("村（社区）干部")
    NONPARTY = "nonparty", _("党外代表人士")
    STRATA = "strata", _("新的社会阶层人士")
    RELIGIOUS = "religious", _("宗教界人士")
    ENTERPRISE = "enterprise", _("非公企业代表")
    CHAMBER = "chamber", _("商会会员")
    PUBLIC = "public", _("群众")


class LedgerCounter(models.Model):
    """The last ledger number given in a unit's year; numbers are never given twice, not even after a void."""

    unit = models.ForeignKey(Unit, models.PROTECT, db_index=False)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["unit", "year"], name="counter_unit_year")]

    @classmethod
    def next(cls, unit_id: int, year: int) -> int:
        """Take the next number. Inside a transaction, which holds the counter's row until it ends."""
        cls.objects.get_or_create(unit_id=unit_id, year=year)
        counter = cls.objects.filter(unit_id=unit_id, year=year)
        counter.update(last=models.F("last") + 1)
        return counter.values_list("last", flat=True).get()


class ActivityQuerySet(OwnedQuerySet["Activity"]):
    def chosen(self, pks: Iterable[int]) -> ActivityQuerySet:
        return self.filter(pk__in=list(pks))

    def in_period(self, period: Period) -> ActivityQuerySet:
        return self.filter(date__range=(period.first_day, period.last_day))

    def between(self, first: dt.date, last: dt.date) -> ActivityQuerySet:
        return self.filter(date__range=(first, last)).order_by("date", "pk")

    def of_kind(self, kind: str) -> ActivityQuerySet:
        return self.filter(kind=kind)

    def in_area(self, area: str) -> ActivityQuerySet:
        return self.filter(area=area)

    def valid(self) -> ActivityQuerySet:
        """All but the void ones: what counts."""
        return self.exclude(state=Activity.State.VOID)

    def to_confirm(self) -> ActivityQuerySet:
        return self.filter(state=Activity.State.RECORDED)

    def last_day_until(self, day: dt.date) -> dt.date | None:
        """The last day with a valid row, not after `day`."""
        days = self.valid().filter(date__lte=day).order_by("-date").values_list("date", flat=True)
        return days.first()

    def last_entered(self) -> ActivityQuerySet:
        """Newest entry first, as far as numbers tell it: their index gives this order for nothing."""
        return self.order_by("-year", "-number")

    def newest_first(self) -> ActivityQuerySet:
        return self.order_by("-date", "-pk")

    def holding(self, words: str) -> ActivityQuerySet:
        """Rows whose title, place, content or result holds every one of the words."""
        rows = self
        for word in words.split():
            rows = rows.filter(
                models.Q(title__icontains=word) | models.Q(place__icontains=word)
                | models.Q(content__icontains=word) | models.Q(result__icontains=word)
            )  # fmt: skip
        return rows

    def twins_of(self, row: Activity) -> ActivityQuerySet:
        """Other valid rows of the same unit, day, kind and place: probably the same event typed twice."""
        same = self.valid().filter(
            unit_id=row.unit_id, date=row.date, kind=row.kind, village_id=row.village_id, place=row.place
        )
        return same.exclude(pk=row.pk) if row.pk else same


def ledger_number(year: int, number: int) -> str:
    return f"{year}-{number:04}"


class Activity(Versioned, Once):
    """One row of the ledger: something that happened, as every area shares it."""

    class State(models.TextChoices):
        RECORDED = "recorded", _("已记录")
        CONFIRMED = "confirmed", _("已确认")
        VOID = "void", _("作废")

    SAME_BY = ("date", "kind", "title")

    unit = models.ForeignKey(Unit, models.PROTECT, db_index=False, verbose_name=_("单位"))
    year = models.PositiveSmallIntegerField(_("台账年度"), editable=False)
    number = models.PositiveIntegerField(_("台账序号"), editable=False)

    date = models.DateField(_("业务日期"))
    last_date = models.DateField(_("结束日期"), null=True, blank=True)
    kind = models.CharField(_("事项"), max_length=40)
    area = models.CharField(_("领域"), max_length=20, editable=False)
    title = LineField(_("标题"), max_length=100)
    village = models.ForeignKey(
        Village, models.PROTECT, null=True, blank=True, db_index=False, verbose_name=_("村（社区）")
    )
    place = LineField(_("地点"), max_length=60, blank=True)
    host_level = models.CharField(_("主办层级"), max_length=10, choices=HostLevel.choices, default=HostLevel.TOWN)

    sessions = models.PositiveIntegerField(_("场次"), default=1)
    person_times = models.PositiveIntegerField(_("人次"), default=0)
    copies = models.PositiveIntegerField(_("发放资料份数"), default=0)
    # What the kind counts beside people (Kind.quantity): sent and adopted, found and rectified, offered and agreed.
    quantity = models.PositiveIntegerField(_("数量"), default=0)
    quantity_done = models.PositiveIntegerField(_("其中已办"), default=0)

    content = ProseField(_("内容"), blank=True)
    result = ProseField(_("结果"), blank=True, max_length=2000)
    basis = LineField(_("依据文件"), max_length=120, blank=True)
    target = models.ForeignKey(
        "workplans.Target", models.PROTECT, null=True, blank=True, db_index=False, verbose_name=_("对应目标")
    )

    state = models.CharField(_("状态"), max_length=10, choices=State.choices, default=State.RECORDED, editable=False)
    void_reason = LineField(_("作废理由"), max_length=200, blank=True, editable=False)
    created_by = models.ForeignKey(User, models.PROTECT, related_name="+", db_index=False, editable=False)
    created_at = models.DateTimeField(_("录入时间"), auto_now_add=True)
    confirmed_by = models.ForeignKey(
        User, models.PROTECT, related_name="+", null=True, db_index=False, editable=False, verbose_name=_("确认人")
    )

    objects = ActivityQuerySet.as_manager()
    history = HistoricalRecords(excluded_fields=["token"])

    class Meta:
        verbose_name = _("台账记录")
        constraints = [
            models.UniqueConstraint(fields=["unit", "year", "number"], name="activity_number"),
            models.UniqueConstraint(fields=["unit", "token"], name="activity_token"),
            models.CheckConstraint(
                condition=models.Q(last_date=None) | models.Q(last_date__gte=models.F("date")),
                name="activity_dates",
                violation_error_message=_("结束日期不能早于业务日期。"),
            ),
            models.CheckConstraint(
                condition=models.Q(quantity_done__lte=models.F("quantity")),
                name="activity_done",
                violation_error_message=_("其中已办的数量不能大于总数。"),
            ),
        ]
        indexes = [
            # The one covering index: list, dashboard, composer and every metric over the ledger read it alone or first.
            models.Index(
                fields=["unit", "date", "id", "area", "kind", "state", "sessions", "person_times", "copies",
                        "quantity", "quantity_done"],
                name="activity_ledger",
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("activity", args=[self.pk])

    @property
    def ledger_number(self) -> str:
        """台账号: the same on every page and in every export, for good."""
        return ledger_number(self.year, self.number)

    @property
    def is_void(self) -> bool:
        return self.state == self.State.VOID

    def record(self, by: User, audience: dict[str, int] | None = None) -> Activity:
        """Enter this new row into the ledger under the next number of its unit and year; once, as `enter` tells.

        Raises PeriodLocked, as all that follows does, when its half-year is signed.
        """
        self.unit_id, self.created_by, self.year = by.unit_id, by, self.date.year
        self.area = kinds()[self.kind].area
        self._history_user = by

        def insert() -> None:
            hold_open(self.unit_id, self.date)
            self.number = LedgerCounter.next(self.unit_id, self.year)
            self.save()
            self.count_audience(audience or {})

        return self.enter(insert)

    def rewrite(self, audience: dict[str, int]) -> None:
        """Store an edit. A confirmed row that is edited waits for confirmation again; a void one refuses."""
        with transaction.atomic():
            hold_open(self.unit_id, Activity.objects.values_list("date", flat=True).get(pk=self.pk), self.date)
            self.area = kinds()[self.kind].area
            self.state, self.confirmed_by = self.State.RECORDED, None
            # The counts are rows of their own: the version of this row keeps what an edit made of them.
            self._change_reason = self._audience_change(audience)
            self.save_next(while_=~models.Q(state=self.State.VOID))
            self.count_audience(audience)

    def confirm(self, by: User) -> None:
        self.state, self.confirmed_by = self.State.CONFIRMED, by
        self._history_user = by
        self._save_open(while_=models.Q(state=self.State.RECORDED))

    def void(self, reason: str) -> None:
        """Take the row out of every count, for a reason; it stays readable under its number."""
        self.state, self.void_reason = self.State.VOID, reason
        self._save_open(while_=~models.Q(state=self.State.VOID))

    def attach(self, upload: Checked, by: User) -> Attachment:
        """Keep a checked file with this row."""
        return self.attachments.create(
            unit_id=self.unit_id,
            file=ContentFile(upload.content, name=upload.name),
            name=upload.name,
            content_type=upload.content_type,
            size=len(upload.content),
            sha256=hashlib.sha256(upload.content).hexdigest(),
            created_by=by,
        )

    @transaction.atomic
    def _save_open(self, *, while_: models.Q) -> None:
        hold_open(self.unit_id, self.date)
        self.save_next(while_=while_)

    def _audience_change(self, audience: dict[str, int]) -> str | None:
        """统战干部 12 → 15, for every group whose count an edit changes; None when it changes none."""
        before = dict(self.audience.values_list("group", "number"))
        changed = [group for group in Group if before.get(group, 0) != audience.get(group, 0)]
        with translation.override("zh-hans"):  # stored once, for readers of either language
            told = [f"{group.label} {before.get(group, 0)} → {audience.get(group, 0)}" for group in changed]
        return "；".join(told)[:100] or None  # as long as the history's column

    def count_audience(self, audience: dict[str, int]) -> None:
        """Replace the counts by audience group; groups without people have no row."""
        self.audience.all().delete()
        AudienceCount.objects.bulk_create(
            AudienceCount(unit_id=self.unit_id, activity=self, group=group, number=number)
            for group, number in audience.items()
            if number
        )


class AudienceCount(models.Model):
    """How many of one audience group took part."""

    unit = models.ForeignKey(Unit, models.PROTECT, db_index=False)
    activity = PartOf(Activity, related_name="audience")
    group = models.CharField(_("对象"), max_length=20, choices=Group.choices)
    number = models.PositiveIntegerField(_("人次"))

    objects = OwnedQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["unit", "activity", "group"], name="audience_group")]


def attachment_path(attachment: Attachment, name: str) -> str:
    """Where an attachment is kept: under its unit, by a name nobody chose."""
    return f"{attachment.unit_id}/{uuid.uuid4().hex}"


class Attachment(models.Model):
    """A photo, PDF or office file kept with a row; always optional."""

    unit = models.ForeignKey(Unit, models.PROTECT, db_index=False)
    activity = PartOf(Activity, related_name="attachments")
    file: File = models.FileField(_("附件"), upload_to=attachment_path)  # type: ignore[assignment]
    name = models.CharField(_("文件名"), max_length=120)
    content_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    created_by = models.ForeignKey(User, models.PROTECT, related_name="+", db_index=False)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = OwnedQuerySet.as_manager()

    class Meta:
        verbose_name = _("附件")
        indexes = [models.Index(fields=["unit", "activity", "id"], name="attachment_activity")]
