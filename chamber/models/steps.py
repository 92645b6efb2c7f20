"""The list of steps by which a chamber is founded: a setting of the district, or of a town that stands alone."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import OwnedQuerySet, PartOf, Role, Unit, User
from chamber.wording import DEFAULT_STEPS
from workplans.models import Conflict, Versioned
from workplans.models.guard import LineField, ProseField

from .chamber import ON_THE_WAY


def list_owner(unit: Unit) -> Unit:
    """Whose list a unit founds by: its district's, or its own when it has none."""
    return unit.parent or unit


def may_set_steps(user: User, owner: Unit) -> bool:
    """A district's own people set its list; a town without a district leaves it to its administrator and its reviewer."""
    return user.unit_id == owner.pk and user.role in (Role.ADMINISTRATOR, Role.DISTRICT, Role.REVIEWER)


class StepFields(models.Model):
    """What the list says of a step, and a founding copies when it begins."""

    position = models.PositiveSmallIntegerField(_("次序"))
    label = LineField(_("步骤"), max_length=30)
    materials = ProseField(_("所需材料"), max_length=500, blank=True, help_text=_("一行一件。"))
    optional = models.BooleanField(_("可以略过"), default=False)
    leads_to = models.CharField(
        _("完成后商会为"), max_length=10, blank=True, choices=[(s.value, s.label) for s in ON_THE_WAY[1:]]
    )

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.label


class StepListQuerySet(OwnedQuerySet["StepList"]):
    def for_unit(self, owner: Unit) -> StepList:
        """The list as it is stored, or a new one that has not been written yet."""
        return self.of_unit(owner).first() or StepList(unit=owner)


class StepList(Versioned):
    unit = models.OneToOneField(Unit, models.PROTECT, primary_key=True, related_name="+")

    objects = StepListQuerySet.as_manager()

    def in_order(self) -> list[ListedStep]:
        """The steps; the usual ones, not stored, where nobody has written a list. Queries."""
        stored = [] if self._state.adding else list(self.steps.in_order())
        return stored or [
            ListedStep(
                unit_id=self.pk, position=position, label=label, materials="\n".join(materials), optional=optional,
                leads_to=state,
            )
            for position, (label, materials, optional, state) in enumerate(DEFAULT_STEPS, start=1)
        ]  # fmt: skip

    def rewrite(self, steps: Iterable[ListedStep]) -> None:
        """Store the whole list over the version that was read; the first one over none. Raises Conflict."""
        with transaction.atomic():
            self._take()
            self.steps.all().delete()
            for position, step in enumerate(steps, start=1):
                step.unit_id, step.list, step.position = self.pk, self, position
            ListedStep.objects.bulk_create(steps)

    def _take(self) -> None:
        if not self._state.adding:
            return self.take()
        if self.version != 0:
            raise Conflict
        self.version = 1
        try:
            with transaction.atomic():
                self.save(force_insert=True)
        except IntegrityError as error:
            raise Conflict from error


class ListedStepQuerySet(OwnedQuerySet["ListedStep"]):
    def in_order(self) -> ListedStepQuerySet:
        return self.order_by("position")


class ListedStep(StepFields):
    unit = models.ForeignKey(Unit, models.PROTECT, db_index=False)
    list = PartOf(StepList, related_name="steps")

    objects = ListedStepQuerySet.as_manager()

    class Meta:
        verbose_name = _("筹建步骤")
        constraints = [models.UniqueConstraint(fields=["unit", "list", "position"], name="listedstep_position")]
