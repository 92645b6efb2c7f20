from __future__ import annotations

from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import OwnedQuerySet, Unit
from workplans.models import Conflict, Versioned
from workplans.models.guard import LineField

from .venue import RegisterLevel, Venue


class RulesQuerySet(OwnedQuerySet["LocalRules"]):
    def for_unit(self, unit: Unit | int) -> LocalRules:
        """The rules of a unit; those of a unit that never set any are empty, and not yet stored."""
        return self.of_unit(unit).first() or LocalRules(unit_id=getattr(unit, "pk", unit))


class LocalRules(Versioned):
    """What differs by province: from which size a folk site is numbered or registered, and the fifth of the 五进.

    Thresholds are ㎡ of building area; an empty one does not bind.
    """

    unit = models.OneToOneField(Unit, models.PROTECT, primary_key=True, related_name="+")
    registered_from = models.PositiveIntegerField(
        _("民间信仰场所县级登记起点"), null=True, blank=True, help_text=_("按本省规定填写建筑面积，没有规定的留空。")
    )
    numbered_from = models.PositiveIntegerField(
        _("民间信仰场所县级编号起点"), null=True, blank=True, help_text=_("达不到这个面积的由镇街建档编号。")
    )
    number_prefix = LineField(
        _("民间信仰场所编号前缀"), max_length=20, blank=True, help_text=_("本地编号的固定开头，例如：闽民信。")
    )
    fifth_entry = LineField(
        _("“五进”的第五项"), max_length=20, blank=True, help_text=_("本地在四进之外增加的一项，没有的留空。")
    )

    objects = RulesQuerySet.as_manager()

    class Meta:
        verbose_name = _("本地规定")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(registered_from=None) | models.Q(numbered_from=None)
                | models.Q(registered_from__gte=models.F("numbered_from")),
                name="rules_thresholds",
                violation_error_message=_("县级登记的起点不能低于县级编号的起点。"),
            )
        ]  # fmt: skip

    def level_of(self, building_area: int | None) -> str | None:
        """The level at which a folk site of this size belongs; None when the rules or the size do not tell."""
        if building_area is None or (self.registered_from is None and self.numbered_from is None):
            return None
        if self.registered_from is not None and building_area >= self.registered_from:
            return RegisterLevel.COUNTY
        if self.numbered_from is not None and building_area >= self.numbered_from:
            return RegisterLevel.NUMBERED
        return RegisterLevel.TOWN if self.numbered_from is not None else None

    def misplaces(self, venue: Venue) -> str | None:
        """The level a folk site should stand at, when it stands at another one."""
        due = self.level_of(venue.building_area) if venue.is_folk else None
        return due if due and due != venue.level else None

    def in_words(self) -> str:
        """What the thresholds say, from the largest sites to the smallest; empty when they bind nothing."""
        high, low = self.registered_from, self.numbered_from
        told = []
        if high is not None:
            told.append(gettext("满%(area)d㎡的县级登记") % {"area": high})
        if low is not None and low != high:
            told.append(gettext("满%(area)d㎡的县级登记编号") % {"area": low})
        if low is not None:
            told.append(gettext("不满%(area)d㎡的镇街建档编号") % {"area": low})
        return gettext("、").join(told)

    def rewrite(self) -> None:
        """Store an edit over the version that was read; the first one over none. Raises Conflict."""
        if not self._state.adding:
            return self.save_next()
        if self.version != 0:
            raise Conflict
        self.version = 1
        try:
            with transaction.atomic():
                self.save(force_insert=True)
        except IntegrityError as error:
            raise Conflict from error
