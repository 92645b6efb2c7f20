"""Tables of venues by items, one sheet a year: the eight standards, the four entries, the eight internal rules.

Venues are rated, never persons.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import OwnedQuerySet, PartOf, Unit, User
from workplans.models.guard import LineField

from .venue import Venue


class Topic(models.TextChoices):
    HARMONY = "harmony", _("和谐寺观教堂创建")
    ENTRIES = "entries", _("四进场所")
    RULES = "rules", _("制度建设")


class Standard(models.TextChoices):
    """What the campaign asks of a venue (关于开展创建和谐寺观教堂活动的意见)."""

    PATRIOTIC = "patriotic", _("爱国爱教")
    LAWFUL = "lawful", _("知法守法")
    SAFE = "safe", _("安全整洁")
    UNITED = "united", _("团结稳定")
    MANAGED = "managed", _("管理规范")
    ORDERLY = "orderly", _("活动有序")
    UPRIGHT = "upright", _("教风端正")
    SERVING = "serving", _("服务社会")


class Entry(models.TextChoices):
    FLAG = "flag", _("国旗")
    LAW = "law", _("宪法和法律法规")
    VALUES = "values", _("社会主义核心价值观")
    CULTURE = "culture", _("中华优秀传统文化")
    LOCAL = "local", _("本地第五项")  # named by LocalRules.fifth_entry, and only asked for where it is


class Rule(models.TextChoices):
    """The systems a venue's management must keep (宗教事务条例 第二十六条)."""

    STAFF = "staff", _("人员")
    MONEY = "money", _("财务")
    PROPERTY = "property", _("资产")
    BOOKS = "books", _("会计")
    ORDER = "order", _("治安")
    FIRE = "fire", _("消防")
    HERITAGE = "heritage", _("文物保护")
    HYGIENE = "hygiene", _("卫生防疫")


class Mark(models.TextChoices):
    MET = "met", _("达标")
    PARTLY = "partly", _("基本达标")
    UNMET = "unmet", _("未达标")
    DONE = "done", _("已做到")
    UNDONE = "undone", _("未做到")


ITEMS: dict[str, type[models.TextChoices]] = {
    Topic.HARMONY: Standard, Topic.ENTRIES: Entry, Topic.RULES: Rule,
}  # fmt: skip
MARKS: dict[str, tuple[str, ...]] = {
    Topic.HARMONY: (Mark.MET, Mark.PARTLY, Mark.UNMET),
    Topic.ENTRIES: (Mark.DONE, Mark.UNDONE),
    Topic.RULES: (Mark.MET, Mark.PARTLY, Mark.UNMET),
}


class SheetQuerySet(OwnedQuerySet["Sheet"]):
    def about(self, topic: str, year: int) -> SheetQuerySet:
        return self.filter(topic=topic, year=year)

    def of_year(self, year: int) -> SheetQuerySet:
        return self.filter(year=year)

    def opened(self, unit: Unit, topic: str, year: int) -> Sheet:
        """A unit's sheet, begun when there is none yet."""
        return self.get_or_create(unit=unit, topic=topic, year=year)[0]


@dataclass(frozen=True)
class Change:
    """One cell as somebody wants it: which, what he saw there (its version, 0 when it was empty), and what he puts."""

    venue_id: int
    item: str
    seen: int
    mark: str  # empty: take the mark away
    day: dt.date | None = None
    form: str = ""


class Sheet(models.Model):
    """One table of a unit's year; for the campaign also its theme (“法治”)."""

    unit = models.ForeignKey(Unit, models.PROTECT, db_index=False)
    topic = models.CharField(_("评查内容"), max_length=10, choices=Topic.choices)
    year = models.PositiveSmallIntegerField(_("年度"))
    theme = LineField(_("创建主题"), max_length=30, blank=True, help_text=_("例如：法治。写进总结第四部分。"))

    objects = SheetQuerySet.as_manager()

    class Meta:
        verbose_name = _("评查表")
        constraints = [models.UniqueConstraint(fields=["unit", "topic", "year"], name="sheet_unit_topic")]

    def __str__(self) -> str:
        return f"{self.year} {self.get_topic_display()}"

    def retitle(self, theme: str, *, seen: str) -> bool:
        """Write the theme over the one its writer saw; False when it is another by now, and neither."""
        renamed = Sheet.objects.of_unit(self.unit_id).filter(pk=self.pk, theme__in={seen, theme}).update(theme=theme)
        return bool(renamed)

    def fill(self, changes: Iterable[Change], by: User) -> list[Change]:
        """Write the changed cells, and return those that somebody else has made another thing since they were seen.

        The sheet's row is held until all is written: two people who save at once write one after the other, and the
        second meets what the first has put.
        """
        with transaction.atomic():
            Sheet.objects.select_for_update().of_unit(self.unit_id).get(pk=self.pk)
            cells = {(cell.venue_id, cell.item): cell for cell in self.cells.all()}
            new, rewritten, refused = [], [], []
            for change in changes:
                cell = cells.get((change.venue_id, change.item))
                if (cell.version if cell else 0) != change.seen:
                    refused += [] if cell and cell.bears(change) else [change]
                elif cell is None:
                    new.append(self._cell(change, by))
                else:
                    cell.take(change, by)
                    rewritten.append(cell)
            Cell.objects.bulk_create(new)
            Cell.objects.bulk_update(rewritten, ["mark", "day", "form", "version", "marked_by", "marked_at"])
        return refused

    def _cell(self, change: Change, by: User) -> Cell:
        cell = Cell(unit_id=self.unit_id, sheet=self, venue_id=change.venue_id, item=change.item, version=0)
        cell.take(change, by)
        return cell


class Cell(models.Model):
    """How one venue stands in one item of a sheet."""

    unit = models.ForeignKey(Unit, models.PROTECT, db_index=False)
    sheet = PartOf(Sheet, related_name="cells")
    venue = PartOf(Venue, related_name="cells")
    item = models.CharField(max_length=12)
    mark = models.CharField(max_length=10, choices=Mark.choices, blank=True)
    day = models.DateField(_("日期"), null=True, blank=True)
    form = LineField(_("形式"), max_length=40, blank=True, help_text=_("例如：升旗、上墙、宣讲。"))
    version = models.PositiveIntegerField(default=1)
    marked_by = models.ForeignKey(User, models.PROTECT, related_name="+", db_index=False)
    marked_at = models.DateTimeField(auto_now=True)

    objects = OwnedQuerySet.as_manager()

    class Meta:
        verbose_name = _("评查结果")
        constraints = [models.UniqueConstraint(fields=["unit", "sheet", "venue", "item"], name="cell_place")]
        indexes = [models.Index(fields=["unit", "venue"], name="cell_venue")]

    def bears(self, change: Change) -> bool:
        """Whether it says already what a change would have it say."""
        return (self.mark, self.day, self.form) == (change.mark, change.day, change.form)

    def take(self, change: Change, by: User) -> None:
        """Bear what a change says, as the next version; it is not stored yet."""
        self.mark, self.day, self.form = change.mark, change.day, change.form
        self.version, self.marked_by = self.version + 1, by
