"""What people have seen and said of the numbers in a text: what a figure was when it was saved, which typed number may stand."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import OwnedQuerySet, PartOf, Unit, User

from .guard import LineField, ProseField
from .period import Period, PeriodField
from .summary import Summary, SummarySection


class SeenQuerySet(OwnedQuerySet["SeenFigure"]):
    def of_summary(self, summary: Summary) -> SeenQuerySet:
        return self.filter(section__unit=summary.unit_id, section__summary=summary)


class SeenFigure(models.Model):
    """What a figure of a section was when its text was last saved."""

    unit = models.ForeignKey(Unit, models.PROTECT, db_index=False)
    section = PartOf(SummarySection, related_name="seen")
    metric = models.CharField(max_length=40)
    value = models.PositiveIntegerField()

    objects = SeenQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["unit", "section", "metric"], name="seen_figure")]

    @classmethod
    def note(cls, section: SummarySection, values: Mapping[str, int]) -> None:
        """Keep these values, by metric, in place of those of the time before."""
        section.seen.all().delete()
        cls.objects.bulk_create(
            cls(unit_id=section.unit_id, section=section, metric=metric, value=value)
            for metric, value in values.items()
        )


class AcceptedQuerySet(OwnedQuerySet["AcceptedNumber"]):
    def for_period(self, period: Period) -> AcceptedQuerySet:
        return self.filter(period=period)


class AcceptedNumber(models.Model):
    """A number typed by hand that the reviewer lets stand in exactly this sentence, and why."""

    unit = models.ForeignKey(Unit, models.PROTECT, db_index=False)
    period = PeriodField(_("期间"))
    sentence = ProseField(_("句子"), max_length=10_000)
    sentence_sha256 = models.CharField(max_length=64)
    printed = models.CharField(max_length=30)
    reason = LineField(_("认可的依据"), max_length=200)
    by = models.ForeignKey(User, models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField(_("时间"), auto_now_add=True)

    objects = AcceptedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["unit", "period", "sentence_sha256", "printed"], name="accepted_number")
        ]

    def __str__(self) -> str:
        return f"{self.printed}: {self.reason}"
