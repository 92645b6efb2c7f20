"""Principal clergy posts by name: switched off, until a unit has written down why it needs them.

A name of clergy is sensitive personal information (个人信息保护法 art. 28, 55, 56): the register therefore asks for an
impact assessment, opens to persons named one by one, and notes every reading. Nothing of it leaves the town but numbers.
"""

from __future__ import annotations

import datetime as dt

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import OwnedQuerySet, PartOf, Unit, User
from workplans.models import Conflict, Once, Versioned
from workplans.models.guard import LineField, NameField, ProseField

from .venue import Venue


class AssessmentQuerySet(OwnedQuerySet["ImpactAssessment"]):
    def in_force(self) -> AssessmentQuerySet:
        return self.filter(ended_on=None)

    def newest_first(self) -> AssessmentQuerySet:
        return self.order_by("-day", "-pk")


class ImpactAssessment(Once):
    """个人信息保护影响评估: why the register of names is kept and how it is guarded. In force until it is ended."""

    SAME_BY = ("day", "purpose")

    unit = models.ForeignKey(Unit, models.PROTECT, db_index=False)
    day = models.DateField(_("评估日期"))
    purpose = ProseField(_("处理目的和必要性"), max_length=1000)
    impact = ProseField(_("对个人权益的影响和风险"), max_length=1000)
    protection = ProseField(_("保护措施"), max_length=1000)
    document = LineField(_("批准文件或会议"), max_length=100)
    ended_on = models.DateField(_("停用日期"), null=True, blank=True, editable=False)
    created_by = models.ForeignKey(User, models.PROTECT, related_name="+", db_index=False, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = AssessmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("影响评估")
        constraints = [
            models.UniqueConstraint(fields=["unit", "token"], name="assessment_token"),
            models.UniqueConstraint(fields=["unit"], condition=models.Q(ended_on=None), name="assessment_in_force"),
        ]

    def end(self, day: dt.date) -> None:
        """Close the register: its purpose is gone, so the names go with it (个人信息保护法 art. 47), and every permission.

        Raises Conflict when it is closed already.
        """
        with transaction.atomic():
            if not type(self).objects.of_unit(self.unit_id).in_force().filter(pk=self.pk).update(ended_on=day):
                raise Conflict
            self.ended_on = day
            ClergyPost.objects.of_unit(self.unit_id).delete()
            ClergyReader.objects.of_unit(self.unit_id).delete()


class ReaderQuerySet(OwnedQuerySet["ClergyReader"]):
    def lets(self, user: User) -> bool:
        """Whether this person may read the names: permitted by name, in a unit whose assessment is in force."""
        return (
            ImpactAssessment.objects.of_unit(user.unit_id).in_force().exists()
            and self.of_unit(user.unit_id).filter(user=user).exists()
        )

    def grant(self, user: User, by: User) -> None:
        self.get_or_create(unit_id=by.unit_id, user=user, defaults={"granted_by": by})

    def withdraw(self, user: User) -> None:
        self.of_unit(user.unit_id).filter(user=user).delete()


class ClergyReader(models.Model):
    """The permission of one member of staff to read and keep the names."""

    unit = models.ForeignKey(Unit, models.PROTECT, db_index=False)
    user = models.ForeignKey(User, models.PROTECT, related_name="+", db_index=False)
    granted_by = models.ForeignKey(User, models.PROTECT, related_name="+", db_index=False)
    granted_at = models.DateTimeField(auto_now_add=True)

    objects = ReaderQuerySet.as_manager()

    class Meta:
        verbose_name = _("教职名册权限")
        constraints = [models.UniqueConstraint(fields=["unit", "user"], name="clergyreader_user")]


class ClergyPostQuerySet(OwnedQuerySet["ClergyPost"]):
    def serving_first(self) -> ClergyPostQuerySet:
        return self.order_by(models.F("left_on").desc(nulls_first=True), "venue", "pk")


class ClergyPost(Versioned, Once):
    """主要教职任职 as the public register has it: post, name, days and source; nothing else of the person."""

    class Post(models.TextChoices):
        ABBOT = "abbot", _("住持（方丈）")
        IMAM = "imam", _("阿訇/伊玛目/海推布")
        PRIEST = "priest", _("主任司铎")
        PASTOR = "pastor", _("主任牧师")
        ELDER = "elder", _("专职长老")
        OTHER = "other", _("其他")

    SAME_BY = ("venue_id", "name")

    unit = models.ForeignKey(Unit, models.PROTECT, db_index=False)
    venue = PartOf(Venue, related_name="clergy_posts", verbose_name=_("场所"))
    post = models.CharField(_("教职"), max_length=10, choices=Post.choices)
    name = NameField(
        _("备案姓名"), max_length=40,
        purpose="who is publicly registered as holding the principal clergy post of a venue",
        kept="while the assessment is in force, whose end deletes it; never in an export, roll-up or paper",
    )  # fmt: skip
    filed_on = models.DateField(_("任职备案日期"))
    left_on = models.DateField(_("离任日期"), null=True, blank=True)
    source = LineField(_("公开来源"), max_length=120, help_text=_("公开名录或公告的名称。"))
    created_by = models.ForeignKey(User, models.PROTECT, related_name="+", db_index=False, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = ClergyPostQuerySet.as_manager()

    class Meta:
        verbose_name = _("主要教职任职")
        constraints = [
            models.UniqueConstraint(fields=["unit", "token"], name="clergypost_token"),
            models.CheckConstraint(
                condition=models.Q(left_on=None) | models.Q(left_on__gte=models.F("filed_on")), name="clergypost_days",
                violation_error_message=_("离任日期不能早于任职备案日期。"),
            ),
        ]  # fmt: skip
        indexes = [models.Index(fields=["unit", "venue"], name="clergypost_venue")]
