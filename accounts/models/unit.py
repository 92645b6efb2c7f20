from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Self, TypeVar

from django.db import models
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from .user import User


class Level(models.TextChoices):
    DISTRICT = "district", _("区（县）")
    TOWN = "town", _("乡镇（街道）")


class UnitQuerySet(models.QuerySet["Unit"]):
    def visible_to(self, user: User) -> UnitQuerySet:
        """The units whose records `user` may read: his own and, for a district's people, its towns."""
        if not user.unit_id:
            return self.none()
        if user.role in user.DISTRICT_WIDE:
            return self.filter(models.Q(pk=user.unit_id) | models.Q(parent_id=user.unit_id))
        return self.filter(pk=user.unit_id)

    def towns(self) -> UnitQuerySet:
        return self.filter(level=Level.TOWN)

    def in_use(self) -> UnitQuerySet:
        return self.filter(is_active=True)

    def district_first(self) -> UnitQuerySet:
        return self.order_by("level", "code")

    def with_counts(self) -> UnitQuerySet:
        """Each with `user_count` and `village_count`, of those in use."""
        return self.annotate(
            user_count=models.Count("users", filter=models.Q(users__is_active=True), distinct=True),
            village_count=models.Count("villages", filter=models.Q(villages__is_active=True), distinct=True),
        )


class Unit(models.Model):
    """A district or a township: the owner of every record. The same program serves both."""

    code = models.SlugField(
        _("单位代码"), max_length=32, unique=True, help_text=_("小写字母、数字，用于命令行和导出文件名。")
    )
    name = models.CharField(_("单位名称"), max_length=40)
    level = models.CharField(_("级别"), max_length=10, choices=Level.choices, default=Level.TOWN)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="towns", verbose_name=_("上级单位")
    )
    is_active = models.BooleanField(_("启用"), default=True)

    # What the summary's introduction says about this unit (domain.md §1, first line of the report).
    office = models.CharField(_("总结中的自称"), max_length=40, default="镇统战部门")
    leading_body = models.CharField(_("领导机关"), max_length=40, default="区委")
    guiding_body = models.CharField(_("指导机关"), max_length=40, default="区委统战部")
    spirit = models.CharField(_("贯彻的会议精神"), max_length=100, default="中央统战工作会议精神")
    study_topics = models.CharField(
        _("学习内容"),
        max_length=300,
        default=(
            "十八届历次全会精神、习近平总书记系列重要讲话精神、统战政策理论知识、"
            "中央、省、市、区关于统战工作的重大决策部署和重要文件、会议精神"
        ),
        help_text=_("接在“学习”之后，写进理论学习一段；有新的学习内容时请更新。"),
    )
    slogan = models.CharField(_("地方建设口号"), max_length=40, blank=True)
    signature = models.CharField(_("总结落款"), max_length=60, blank=True, help_text=_("留空则用单位名称。"))

    objects = UnitQuerySet.as_manager()

    class Meta:
        verbose_name = _("单位")
        indexes = [models.Index(fields=["parent", "code"], name="unit_parent_code")]

    def __str__(self) -> str:
        return self.name

    @classmethod
    def below(cls, district: Unit) -> Unit:
        """A new town of the district: it studies and carries out the same, but is led by the district, not by whom leads that."""
        return cls(parent=district, spirit=district.spirit, study_topics=district.study_topics)

    @property
    def is_district(self) -> bool:
        return self.level == Level.DISTRICT


Row = TypeVar("Row", bound=models.Model)


class OwnedQuerySet(models.QuerySet[Row]):
    """Rows that a unit owns. Every query that a page makes starts with `visible_to`."""

    def visible_to(self, user: User) -> Self:
        """The rows of the units this user may read. By ids, not a join: one unit is the common case, and heads every
        index."""
        return self.filter(unit__in=user.unit_ids())

    def of_unit(self, unit: Unit | int) -> Self:
        """The rows of one unit that the caller has already made sure of.

        What belongs to a row (`summary.sections`) is asked for so too: the unit heads every index, the row's key none.
        """
        return self.filter(unit=unit)

    def of_units(self, units: Iterable[Unit | int]) -> Self:
        """The rows of units, given as units or by their ids, that the caller has already made sure of."""
        return self.filter(unit__in=[getattr(unit, "pk", unit) for unit in units])


class VillageQuerySet(OwnedQuerySet["Village"]):
    def named(self, name: str) -> VillageQuerySet:
        return self.filter(name=name)

    def in_order(self) -> VillageQuerySet:
        return self.order_by("unit__code", "-is_active", "pk")

    def in_use(self) -> VillageQuerySet:
        return self.filter(is_active=True)


class Village(models.Model):
    """A village or community of a township."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="villages", db_index=False)
    name = models.CharField(_("村（社区）"), max_length=40)
    is_active = models.BooleanField(_("启用"), default=True)

    objects = VillageQuerySet.as_manager()

    class Meta:
        verbose_name = _("村（社区）")
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "name"],
                name="village_unit_name",
                violation_error_message=_("本单位已有同名的村（社区）。"),
            )
        ]

    def __str__(self) -> str:
        return self.name
