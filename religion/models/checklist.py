from __future__ import annotations

from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import OwnedQuerySet, PartOf, Unit
from workplans.models import Activity, Versioned
from workplans.models.guard import LineField


class CheckGroup(models.TextChoices):
    FIRE = "fire", _("消防")
    POWER = "power", _("用电")
    FLAME = "flame", _("用火用香")
    KITCHEN = "kitchen", _("燃气厨房食品")
    BUILDING = "building", _("建筑结构")
    WORKS = "works", _("施工")
    FLOOD = "flood", _("防汛地灾")
    ESCAPE = "escape", _("疏散")
    RULES = "rules", _("制度")
    ACCOUNTS = "accounts", _("财务公示")
    EMERGENCY = "emergency", _("预案值守")


# What a unit checks until it writes a list of its own: the points that fire and venue-safety rules ask for in common.
DEFAULT_ITEMS: tuple[tuple[str, str], ...] = (
    (CheckGroup.FIRE, "灭火器材配备到位、压力正常"),
    (CheckGroup.FIRE, "消防水源、消火栓能正常使用"),
    (CheckGroup.POWER, "线路穿管敷设，无私拉乱接"),
    (CheckGroup.POWER, "配电箱有漏电保护，周围无可燃物"),
    (CheckGroup.FLAME, "香炉、蜡烛设在室外或有专人看管"),
    (CheckGroup.FLAME, "殿堂内无明火隐患，人离火灭"),
    (CheckGroup.KITCHEN, "燃气瓶存放、管路和阀门符合要求"),
    (CheckGroup.KITCHEN, "食品留样、餐具消毒有记录"),
    (CheckGroup.BUILDING, "主体结构无开裂、倾斜、漏雨"),
    (CheckGroup.WORKS, "施工区与开放区隔离，手续齐全"),
    (CheckGroup.FLOOD, "周边边坡、排水沟无地灾隐患"),
    (CheckGroup.ESCAPE, "疏散通道、安全出口畅通，标志完好"),
    (CheckGroup.RULES, "安全责任书、安全管理制度上墙"),
    (CheckGroup.ACCOUNTS, "财务收支定期公示"),
    (CheckGroup.EMERGENCY, "有应急预案，重要时段有人值守"),
)


class ChecklistQuerySet(OwnedQuerySet["ChecklistItem"]):
    def in_order(self) -> Self:
        return self.order_by("position", "pk")

    def for_unit(self, unit: Unit | int) -> list[ChecklistItem]:
        """What a unit checks now: its own list, or the usual points, not yet stored, while it has none."""
        return [item for item in self.whole_list(unit) if item.is_active]

    def whole_list(self, unit: Unit | int) -> list[ChecklistItem]:
        """Its points by groups, with those out of use."""
        groups = list(CheckGroup)
        stored = list(self.of_unit(unit).in_order()) or default_items(unit)
        return sorted(stored, key=lambda item: groups.index(item.group))


class ChecklistItem(Versioned):
    """One point of a unit's safety checklist. Inspections copy its words, so that an edit never reaches an old one."""

    unit = models.ForeignKey(Unit, models.PROTECT, db_index=False)
    group = models.CharField(_("类别"), max_length=10, choices=CheckGroup.choices)
    text = LineField(_("检查内容"), max_length=80)
    position = models.PositiveSmallIntegerField(_("次序"), default=0)
    is_active = models.BooleanField(_("使用"), default=True)

    objects = ChecklistQuerySet.as_manager()

    class Meta:
        verbose_name = _("检查项目")
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "group", "text"], name="checkitem_text",
                violation_error_message=_("这一类里已有同样的检查内容。"),
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.text


def default_items(unit: Unit | int) -> list[ChecklistItem]:
    pk = getattr(unit, "pk", unit)
    return [
        ChecklistItem(unit_id=pk, group=group, text=text, position=position)
        for position, (group, text) in enumerate(DEFAULT_ITEMS)
    ]


class CheckResult(models.Model):
    """How one point stood at one inspection, in the words the checklist had that day."""

    class Result(models.TextChoices):
        PASSED = "passed", _("合格")
        FAILED = "failed", _("不合格")
        NOT_APPLICABLE = "not_applicable", _("不适用")

    unit = models.ForeignKey(Unit, models.PROTECT, db_index=False)
    activity = PartOf(Activity, related_name="check_results")
    position = models.PositiveSmallIntegerField(default=0)
    group = models.CharField(_("类别"), max_length=10, choices=CheckGroup.choices)
    text = LineField(_("检查内容"), max_length=80)
    result = models.CharField(_("结果"), max_length=15, choices=Result.choices)

    objects = OwnedQuerySet.as_manager()

    class Meta:
        verbose_name = _("检查结果")
        constraints = [models.UniqueConstraint(fields=["unit", "activity", "group", "text"], name="checkresult_item")]
