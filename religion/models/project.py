from __future__ import annotations

import datetime as dt
from itertools import pairwise

from django.db import models, transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import PartOf, User
from workplans.models import Followed, Issue, Move, Once, Step
from workplans.models.followed import FollowedQuerySet
from workplans.models.guard import LineField
from workplans.models.lock import hold_open

from .venue import Venue


class Stage(models.TextChoices):
    """The stages of building at a venue, in the order the rules ask for; and the end of a project that was given up."""

    PROPOSED = "proposed", _("动议")
    RESOLVED = "resolved", _("管理组织议定")
    CONSULTED = "consulted", _("征求意见")
    PLANNED = "planned", _("规划用地")
    CLEARED = "cleared", _("文物消防环保")
    APPROVED = "approved", _("宗教部门审批")
    BUILDING = "building", _("施工")
    ACCEPTED = "accepted", _("竣工验收")
    STOPPED = "stopped", _("中止")


STAGES = tuple(stage for stage in Stage if stage is not Stage.STOPPED)


class ProjectQuerySet(FollowedQuerySet):
    def at(self, venue: Venue) -> ProjectQuerySet:
        return self.filter(unit=venue.unit_id, venue=venue)


class VenueProject(Followed, Once):
    """场所建设: from the first motion to acceptance, stage by stage. What holds it up stands in its coordinated issue."""

    class Type(models.TextChoices):
        NEW = "new", _("新建")
        REBUILD = "rebuild", _("改建")
        EXTEND = "extend", _("扩建")
        REPAIR = "repair", _("修缮")
        MOVE = "move", _("易地重建")

    MOVES = (
        *(Move(after, after.label, (before,), after) for before, after in pairwise(STAGES)),
        Move("stop", _("中止项目"), STAGES[:-1], Stage.STOPPED, asks=_("请写明中止的原因。")),
    )
    ENDED = (Stage.ACCEPTED, Stage.STOPPED)
    DOCUMENTED = True
    SAME_BY = ("venue_id", "type", "opened_on")

    venue = PartOf(Venue, related_name="projects", verbose_name=_("场所"))
    type = models.CharField(_("类型"), max_length=10, choices=Type.choices)
    title = LineField(_("项目名称"), max_length=80)
    issue = models.ForeignKey(
        Issue, models.PROTECT, null=True, blank=True, db_index=False, related_name="+", verbose_name=_("协调问题")
    )
    state = models.CharField(_("阶段"), max_length=10, choices=Stage.choices, default=Stage.PROPOSED, editable=False)

    objects = ProjectQuerySet.as_manager()

    class Meta:
        verbose_name = _("场所建设")
        constraints = [models.UniqueConstraint(fields=["unit", "token"], name="project_token")]
        indexes = [
            models.Index(fields=["unit", "opened_on", "closed_on", "state"], name="project_unit_opened"),
            models.Index(fields=["unit", "venue", "closed_on"], name="project_venue"),
            models.Index(fields=["unit", "issue"], name="project_issue"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("project", args=[self.pk])

    def begin(self, *, note: str = "", document: str = "") -> VenueProject:
        """Enter this new project, once, with its first stage as its first step."""

        def insert() -> None:
            hold_open(self.unit_id, self.opened_on)
            self.save()
            self.write_step(Stage.PROPOSED, day=self.opened_on, note=note, by=self.created_by, document=document)

        return self.enter(insert)

    def raise_issue(self, by: User, *, day: dt.date) -> Issue:
        """Open the coordinated issue in which the project's obstacle is followed. Raises Conflict, or ValueError with one."""
        if self.issue_id:
            raise ValueError("It has its issue.")
        with transaction.atomic():
            issue = Issue.objects.create(
                unit_id=self.unit_id, area="religion", title=self.title, about=self.venue.name,
                source=Issue.Source.VENUE, opened_on=day, post=self.post, created_by=by,
            )  # fmt: skip
            self.issue = issue
            self.rewrite()
        return issue


class ProjectStep(Step):
    project = PartOf(VenueProject, related_name="steps")

    class Meta:
        indexes = [models.Index(fields=["unit", "project", "day", "id"], name="projectstep_project")]
