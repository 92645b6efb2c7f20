from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from accounts.models import OwnedQuerySet, PartOf, Unit, User
from workplans.models import Versioned
from workplans.models.guard import ProseField

from .chamber import Chamber

CHANGED_IN = 2018


class FourGoods(models.TextChoices):
    """四好商会: the standard that was in force to 2018, and the one since. In the year of the change either may be meant."""

    TO_2018 = "to_2018", _("2018年以前版")
    SINCE_2018 = "since_2018", _("2018年起版")

    def is_in_force(self, year: int) -> bool:
        return year <= CHANGED_IN if self == FourGoods.TO_2018 else year >= CHANGED_IN


GOODS = {
    FourGoods.TO_2018: (_("班子建设好"), _("团结教育好"), _("服务发展好"), _("自律规范好")),
    FourGoods.SINCE_2018: (_("政治引领好"), _("队伍建设好"), _("服务发展好"), _("自律规范好")),
}
MARKED = ("first", "second", "third", "fourth")


class Mark(models.TextChoices):
    MET = "met", _("达到")
    NEARLY = "nearly", _("基本达到")
    UNMET = "unmet", _("未达到")


class RatingQuerySet(OwnedQuerySet["SelfRating"]):
    def newest_first(self) -> RatingQuerySet:
        return self.order_by("-year")

    def of_year(self, year: int) -> RatingQuerySet:
        return self.filter(year=year)


class SelfRating(Versioned):
    """A chamber's own word on the four goods in a year. It rates the chamber, never a person."""

    unit = models.ForeignKey(Unit, models.PROTECT, db_index=False)
    chamber = PartOf(Chamber, related_name="ratings")
    year = models.PositiveSmallIntegerField(_("年度"))
    standard = models.CharField(_("标准"), max_length=10, choices=FourGoods.choices, default=FourGoods.SINCE_2018)
    first = models.CharField(_("第一项"), max_length=10, choices=Mark.choices)
    second = models.CharField(_("第二项"), max_length=10, choices=Mark.choices)
    third = models.CharField(_("第三项"), max_length=10, choices=Mark.choices)
    fourth = models.CharField(_("第四项"), max_length=10, choices=Mark.choices)
    note = ProseField(_("说明"), max_length=1000, blank=True, help_text=_("不写个人姓名。"))
    created_by = models.ForeignKey(User, models.PROTECT, related_name="+", db_index=False, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = RatingQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("四好商会自评")
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "chamber", "year"], name="rating_year",
                violation_error_message=_("这一年已有自评，请修改原来的。"),
            ),
            models.CheckConstraint(
                condition=Q(standard=FourGoods.TO_2018, year__lte=CHANGED_IN)
                | Q(standard=FourGoods.SINCE_2018, year__gte=CHANGED_IN),
                name="rating_standard",
                violation_error_message=_("2018年以前用旧版标准，2018年以后用新版标准。"),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return _("%(year)d年四好商会自评") % {"year": self.year}

    @property
    def is_open(self) -> bool:
        """A rating may always be put right; its history keeps what it was."""
        return True

    def goods(self) -> list[tuple[str, str]]:
        """The four of its standard, each with its mark in words."""
        return [
            (str(good), str(Mark(getattr(self, name)).label))
            for good, name in zip(GOODS[FourGoods(self.standard)], MARKED, strict=True)
        ]

    def rewrite(self) -> None:
        """Store an edit over the version that was read. Raises Conflict."""
        self.save_next()
