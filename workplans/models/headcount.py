from __future__ import annotations

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from accounts.models import PartOf, Unit

from .counting import CountQuerySet, Snapshot


class Category(models.TextChoices):
    """The twelve categories of united-front work, and the four strata of which the seventh is made."""

    PARTIES = "parties", _("民主党派成员")
    NONPARTISAN = "nonpartisan", _("无党派人士")
    INTELLECTUALS = "intellectuals", _("党外知识分子")
    MINORITIES = "minorities", _("少数民族人士")
    RELIGIOUS = "religious", _("宗教界人士")
    PRIVATE_ECONOMY = "private_economy", _("非公有制经济人士")
    STRATA = "strata", _("新的社会阶层人士")
    OVERSEAS_STUDY = "overseas_study", _("出国和归国留学人员")
    HONGKONG_MACAO = "hongkong_macao", _("香港同胞、澳门同胞")
    TAIWAN = "taiwan", _("台湾同胞及其在大陆的亲属")
    OVERSEAS_CHINESE = "overseas_chinese", _("华侨、归侨及侨眷")
    OTHERS = "others", _("其他需要联系和团结的人员")
    MANAGERS = "managers", _("民营企业和外商投资企业管理技术人员")
    INTERMEDIARIES = "intermediaries", _("中介组织和社会组织从业人员")
    FREELANCERS = "freelancers", _("自由职业人员")
    NEW_MEDIA = "new_media", _("新媒体从业人员")


NEW_STRATA = (Category.MANAGERS, Category.INTERMEDIARIES, Category.FREELANCERS, Category.NEW_MEDIA)


class HeadcountSnapshot(Snapshot):
    """对象数量: how many people of each category the town has on the day they were counted. Numbers, never names."""

    CELL = ("category",)

    history = HistoricalRecords(excluded_fields=["token"])

    class Meta:
        verbose_name = _("对象数量")
        constraints = [
            models.UniqueConstraint(fields=["unit", "counted_on"], name="headcount_unit_day"),
            models.UniqueConstraint(fields=["unit", "token"], name="headcount_token"),
        ]

    def __str__(self) -> str:
        return self.counted_on.isoformat()

    def get_absolute_url(self) -> str:
        return reverse("headcount", args=[self.pk])


class Headcount(models.Model):
    """How many of one category."""

    unit = models.ForeignKey(Unit, models.PROTECT, db_index=False)
    snapshot = PartOf(HeadcountSnapshot, related_name="counts")
    category = models.CharField(_("类别"), max_length=20, choices=Category.choices)
    number = models.PositiveIntegerField(_("人数"), default=0)

    objects = CountQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("对象数量")
        constraints = [models.UniqueConstraint(fields=["unit", "snapshot", "category"], name="headcount_category")]

    def __str__(self) -> str:
        return str(self.get_category_display())

    def get_absolute_url(self) -> str:
        return reverse("headcount", args=[self.snapshot_id])
