from __future__ import annotations

from collections.abc import Iterator

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from workplans.models import Detail
from workplans.models.guard import ProseField

COUNTS = ("for", "against", "abstain")


class VoteOn(models.TextChoices):
    """What a general meeting votes on, as its columns are named."""

    CHARTER = "charter", _("章程")
    DUES = "dues", _("会费办法")
    ELECTION = "election", _("选举办法")


def vote_columns(vote: str) -> tuple[str, ...]:
    return tuple(f"{vote}_{count}" for count in COUNTS)


VOTES = tuple(column for vote in VoteOn for column in vote_columns(vote))


def _cast(vote: str) -> F:
    first, second, third = (F(column) for column in vote_columns(vote))
    return first + second + third


class ChamberMeeting(Detail):
    """商会会议: of which body, how many were due and came, what was on the table, and how the votes went."""

    class Type(models.TextChoices):
        PREPARATION = "preparation", _("筹备会")
        GENERAL = "general", _("会员大会")
        COUNCIL = "council", _("理事会")
        SUPERVISORS = "supervisors", _("监事会")
        PRESIDENTS = "presidents", _("会长办公会")
        RENEWAL = "renewal", _("换届大会")

    type = models.CharField(_("会议类型"), max_length=15, choices=Type.choices)
    due = models.PositiveIntegerField(_("应到"), default=0)
    attended = models.PositiveIntegerField(_("实到"), default=0)
    items = ProseField(_("议题"), max_length=1000, blank=True, help_text=_("一行一项，不写个人姓名。"))
    charter_for = models.PositiveIntegerField(_("章程赞成"), default=0)
    charter_against = models.PositiveIntegerField(_("章程反对"), default=0)
    charter_abstain = models.PositiveIntegerField(_("章程弃权"), default=0)
    dues_for = models.PositiveIntegerField(_("会费办法赞成"), default=0)
    dues_against = models.PositiveIntegerField(_("会费办法反对"), default=0)
    dues_abstain = models.PositiveIntegerField(_("会费办法弃权"), default=0)
    election_for = models.PositiveIntegerField(_("选举办法赞成"), default=0)
    election_against = models.PositiveIntegerField(_("选举办法反对"), default=0)
    election_abstain = models.PositiveIntegerField(_("选举办法弃权"), default=0)

    class Meta:
        verbose_name = _("商会会议")
        constraints = [
            models.CheckConstraint(
                condition=Q(due=0) | Q(attended__lte=F("due")), name="chambermeeting_attended",
                violation_error_message=_("实到人数不能大于应到人数。"),
            ),
            *(
                models.CheckConstraint(
                    condition=Q(attended__gte=_cast(vote)), name=f"chambermeeting_{vote}",
                    violation_error_message=_("票数合计不能大于实到人数。"),
                )
                for vote in VoteOn.values
            ),
        ]  # fmt: skip
        indexes = [models.Index(fields=["unit", "activity"], name="chambermeeting_activity")]

    def votes(self) -> Iterator[tuple[str, list[int]]]:
        """What was voted on: for, against, abstained."""
        for vote in VoteOn:
            counts = [getattr(self, column) for column in vote_columns(vote)]
            if any(counts):
                yield str(vote.label), counts
