from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.db import models, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from accounts.models import OwnedQuerySet, PartOf, Role, Unit, User

from ..paper import broken_title, plain_title
from .guard import LineField, ProseField
from .period import Period, PeriodField
from .versioned import Conflict, Versioned


class SummaryQuerySet(OwnedQuerySet["Summary"]):
    def for_period(self, period: Period) -> SummaryQuerySet:
        return self.filter(period=period)

    def for_periods(self, periods: Iterable[Period]) -> SummaryQuerySet:
        return self.filter(period__in=list(periods))

    def before(self, edition: int) -> SummaryQuerySet:
        return self.filter(edition__lt=edition)

    def not_for(self, period: Period) -> SummaryQuerySet:
        return self.exclude(period=period)

    def latest_first(self) -> SummaryQuerySet:
        return self.order_by("-period", "-edition")

    def waiting_for(self, user: User) -> SummaryQuerySet:
        """The summaries whose next step is this user's."""
        return self.visible_to(user).filter(state__in=Summary.NEXT_STEP_OF.get(user.role, ()))

    def signed(self) -> SummaryQuerySet:
        return self.filter(state=Summary.State.SIGNED)

    def readable_by(self, user: User) -> SummaryQuerySet:
        """His own unit's in every state; of other units he may see only what they have signed."""
        return self.visible_to(user).filter(Q(unit=user.unit_id) | Q(state=Summary.State.SIGNED))

    def with_document(self) -> SummaryQuerySet:
        """With the unit and the signed document, but without its text and bytes."""
        return self.select_related("unit", "document__signed_by").defer("document__text", "document__pdf")


class Summary(Versioned):
    """The half-year summary of one unit in one edition: 起草 → 审核 → 签发."""

    class State(models.TextChoices):
        DRAFT = "draft", _("起草中")
        REVIEW = "review", _("待审核")
        SIGNING = "signing", _("待签发")
        SIGNED = "signed", _("已签发")

    NEXT_STEP_OF = {
        Role.CLERK: (State.DRAFT,),
        Role.REVIEWER: (State.DRAFT, State.REVIEW),
        Role.SIGNER: (State.SIGNING,),
    }
    # Who may write the text in which state; once it lies before the signer, nobody does.
    EDITORS = {State.DRAFT: (Role.CLERK, Role.REVIEWER), State.REVIEW: (Role.REVIEWER,)}
    # Each step: from which state which roles may take it, and where it leads.
    STEPS = {
        "submit": ({State.DRAFT: (Role.CLERK, Role.REVIEWER)}, State.REVIEW),
        "approve": ({State.REVIEW: (Role.REVIEWER,)}, State.SIGNING),
        "send_back": ({State.REVIEW: (Role.REVIEWER,), State.SIGNING: (Role.SIGNER,)}, State.DRAFT),
        "sign": ({State.SIGNING: (Role.SIGNER,)}, State.SIGNED),
    }

    unit = models.ForeignKey(Unit, models.PROTECT, db_index=False, verbose_name=_("单位"))
    period = PeriodField(_("期间"))
    edition = models.PositiveSmallIntegerField(_("版次"), default=1)
    title = LineField(_("标题"), max_length=80)  # with | where it is broken on paper
    date = models.DateField(_("成文日期"), null=True, blank=True)
    state = models.CharField(_("状态"), max_length=10, choices=State.choices, default=State.DRAFT, editable=False)
    created_by = models.ForeignKey(User, models.PROTECT, related_name="+", db_index=False, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = SummaryQuerySet.as_manager()

    class Meta:
        verbose_name = _("总结")
        constraints = [models.UniqueConstraint(fields=["unit", "period", "edition"], name="summary_period_edition")]

    def __str__(self) -> str:
        return plain_title(self.title)

    @property
    def title_lines(self) -> list[str]:
        return broken_title(self.title).split("\n")

    def may_edit(self, user: User) -> bool:
        return user.unit_id == self.unit_id and user.role in self.EDITORS.get(self.state, ())

    @property
    def label(self) -> str:
        """The title as lists tell editions apart."""
        return (
            str(self)
            if self.edition == 1
            else _("%(title)s（第%(edition)d版）") % {"title": self, "edition": self.edition}
        )

    @property
    def is_signed(self) -> bool:
        return self.state == self.State.SIGNED

    def may(self, action: str, user: User) -> bool:
        """Whether this step is open, and this user's to take."""
        return user.unit_id == self.unit_id and user.role in self.STEPS[action][0].get(self.state, ())

    def submit(self, by: User, seen: str = "") -> None:
        """送审: the draft goes to the reviewer. `seen` is the SHA-256 of the words that were submitted."""
        self._take("submit", by, seen=seen)

    def approve(self, by: User, seen: str = "") -> None:
        """审核通过: the text goes to the signer. `seen` is the SHA-256 of the words that were approved."""
        self._take("approve", by, seen=seen)

    def send_back(self, by: User, reason: str) -> None:
        """退回, with the reason: the text may be edited again."""
        self._take("send_back", by, reason=reason)

    def mark_signed(self, by: User, seen: str = "") -> None:
        """Only `workplans.signing.sign` calls this, in the transaction that freezes the document."""
        self._take("sign", by, seen=seen)

    def rename(self, title: str, date: dt.date | None, by: User) -> None:
        """Store title and date of issue. Raises Conflict when somebody else wrote first, or it is past his editing."""
        self.title, self.date = title, date
        self.save_next(while_=Q(state__in=self.states_open_to(by)))

    @classmethod
    def states_open_to(cls, user: User) -> list[str]:
        """The states in which people of this user's role write the text."""
        return [state for state, roles in cls.EDITORS.items() if user.role in roles]

    def _take(self, action: str, by: User, *, reason: str = "", seen: str = "") -> None:
        """Take a step. Raises Conflict when it is not open, not his, or somebody changed the summary since."""
        allowed, new = self.STEPS[action]
        old = [state for state, roles in allowed.items() if by.role in roles and by.unit_id == self.unit_id]
        with transaction.atomic():
            self.state = new
            self.save_next(while_=Q(state__in=old))
            SummaryStep.objects.create(
                unit_id=self.unit_id, summary=self, action=action, by=by, reason=reason, seen_sha256=seen
            )


class SummarySection(Versioned):
    """One section of a summary. What the program composed and what people wrote stand apart: neither destroys the other."""

    unit = models.ForeignKey(Unit, models.PROTECT, db_index=False)
    summary = PartOf(Summary, related_name="sections")
    position = models.PositiveSmallIntegerField()
    slot = models.CharField(max_length=20)  # "intro", an area's code, or "plan"
    composed = models.TextField(_("自动生成的文字"))
    composed_at = models.DateTimeField()
    edited = ProseField(_("正文"), null=True, blank=True, max_length=20_000)
    edited_at = models.DateTimeField(_("修改时间"), null=True, editable=False)
    edited_by = models.ForeignKey(User, models.PROTECT, related_name="+", null=True, db_index=False, editable=False)

    objects = OwnedQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["unit", "summary", "slot"], name="section_slot")]
        indexes = [models.Index(fields=["unit", "summary", "position"], name="section_position")]

    @property
    def text(self) -> str:
        """What stands in the paper."""
        return self.composed if self.edited is None else self.edited

    @property
    def is_edited(self) -> bool:
        return self.edited is not None

    @property
    def is_overtaken(self) -> bool:
        """Whether the composed text has changed since people edited theirs."""
        return self.edited_at is not None and self.is_edited and self.composed_at > self.edited_at

    def recompose(self, text: str, at: dt.datetime, position: int | None = None) -> None:
        """Store what the composer wrote, and where it stands now; the edited text stays as it is."""
        moved = position not in (None, self.position)
        if moved:
            self.position = position
        if self.composed != text:
            self.composed, self.composed_at = text, at
        elif not moved:
            return
        self._store(list(Summary.EDITORS))

    def rewrite(self, text: str, by: User, at: dt.datetime) -> None:
        """Store an edit. A text equal to the composed one is no edit.

        Raises Conflict when somebody else stored one since, or the summary is past this user's editing.
        """
        self.edited = None if text == self.composed else text
        self.edited_at, self.edited_by = at, by
        self._store(Summary.states_open_to(by))

    def use_composed(self, by: User, at: dt.datetime) -> None:
        """Give the edited text up for the composed one; its versions stay in the history."""
        self.rewrite(self.composed, by, at)

    def _store(self, states: list[str]) -> None:
        with transaction.atomic():
            # Locks the summary's row, so that it cannot move on between the check and the write.
            open_ = Summary.objects.select_for_update().filter(pk=self.summary_id, state__in=states)
            if not open_.first():
                raise Conflict
            self.save_next()


class StepQuerySet(OwnedQuerySet["SummaryStep"]):
    def taken(self, action: str) -> SummaryStep | None:
        """The last step of this kind."""
        return self.filter(action=action).order_by("-at", "-pk").first()


class SummaryStep(models.Model):
    """One step of a summary's way: who sent it where, when and why."""

    class Action(models.TextChoices):
        COMPOSE = "compose", _("生成初稿")
        SUBMIT = "submit", _("送审")
        APPROVE = "approve", _("审核通过")
        SEND_BACK = "send_back", _("退回")
        SIGN = "sign", _("签发")
        REOPEN = "reopen", _("重新开启")

    unit = models.ForeignKey(Unit, models.PROTECT, db_index=False)
    summary = PartOf(Summary, related_name="steps")
    at = models.DateTimeField(_("时间"), auto_now_add=True)
    by = models.ForeignKey(User, models.PROTECT, related_name="+", db_index=False)
    action = models.CharField(_("步骤"), max_length=10, choices=Action.choices)
    reason = LineField(_("理由"), max_length=300, blank=True)
    seen_sha256 = models.CharField(max_length=64, blank=True)  # of the words the step was taken on: proof.Proof.sha256

    objects = StepQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["unit", "summary", "at", "id"], name="step_summary")]
