from __future__ import annotations

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from accounts.models import PartOf, Unit, Village

from .counting import CountQuerySet, Snapshot


class NetworkLevel(models.TextChoices):
    TOWN = "town", _("镇级")
    VILLAGE = "village", _("村级")
    GRID = "grid", _("网格（组）级")


class NetworkSnapshot(Snapshot):
    """联络网络: how many liaison persons each village and level has on the day they were counted. Numbers, never names."""

    CELL = ("village_id", "level")

    history = HistoricalRecords(excluded_fields=["token"])

    class Meta:
        verbose_name = _("联络网络")
        constraints = [
            models.UniqueConstraint(fields=["unit", "counted_on"], name="network_unit_day"),
            models.UniqueConstraint(fields=["unit", "token"], name="network_token"),
        ]

    def __str__(self) -> str:
        return self.counted_on.isoformat()

    def get_absolute_url(self) -> str:
        return reverse("network", args=[self.pk])


class NetworkCount(models.Model):
    """How many in one village at one level; those of the town's own level belong to no village."""

    unit = models.ForeignKey(Unit, models.PROTECT, db_index=False)
    snapshot = PartOf(NetworkSnapshot, related_name="counts")
    village = models.ForeignKey(
        Village, models.PROTECT, null=True, blank=True, db_index=False, verbose_name=_("村（社区）")
    )
    level = models.CharField(_("层级"), max_length=10, choices=NetworkLevel.choices)
    number = models.PositiveIntegerField(_("联络员人数"), default=0)

    objects = CountQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("联络网络")
        constraints = [
            models.UniqueConstraint(fields=["unit", "snapshot", "village", "level"], name="network_cell"),
            models.UniqueConstraint(
                fields=["unit", "snapshot"], condition=models.Q(village=None), name="network_town_cell"
            ),
            models.CheckConstraint(
                condition=models.Q(village=None, level=NetworkLevel.TOWN)
                | models.Q(village__isnull=False) & ~models.Q(level=NetworkLevel.TOWN),
                name="network_level",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        where = self.village.name if self.village else ""
        return f"{where}{self.get_level_display()}"

    def get_absolute_url(self) -> str:
        return reverse("network", args=[self.snapshot_id])
