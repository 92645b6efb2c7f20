from __future__ import annotations

import datetime as dt
from typing import Any, NoReturn

from django.db import models, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from accounts.models import OwnedQuerySet, Role, Unit, User

from .guard import LineField, ProseField
from .period import Period, PeriodField
from .versioned import Conflict, Versioned


class SummaryQuerySet(OwnedQuerySet["Summary"]):
    def for_period(self, period: Period) -> SummaryQuerySet:
        return self.filter(period=period)

    def latest_first(self) -> SummaryQuerySet:
        return self.order_by("-period", "-edition")

    def waiting_for(self, user: User) -> SummaryQuerySet:
        """The summaries whose next step is this user's."""
        return self.visible_to(user).filter(state__in=Summary.NEXT_STEP_OF.get(user.role, ()))

    def signed(self) -> SummaryQuerySet:
        return self.filter(state=Summary.State.SIGNED)


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

    unit = models.ForeignKey(Unit, models.PROTECT, db_index=False, verbose_name=_("单位"))
    period = PeriodField(_("期间"))
    edition = models.PositiveSmallIntegerField(_("版次"), default=1)
    title = LineField(_("标题"), max_length=80)
    date = models.DateField(_("成文日期"), null=True, blank=True)
    state = models.CharField(_("状态"), max_length=10, choices=State.choices, default=State.DRAFT, editable=False)
    created_by = models.ForeignKey(User, models.PROTECT, related_name="+", db_index=False, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = SummaryQuerySet.as_manager()

    class Meta:
        verbose_name = _("总结")
        constraints = [models.UniqueConstraint(fields=["unit", "period", "edition"], name="summary_period_edition")]

    def __str__(self) -> str:
        return self.title

    def may_edit(self, user: User) -> bool:
        return user.unit_id == self.unit_id and user.role in self.EDITORS.get(self.state, ())

    @property
    def is_signed(self) -> bool:
        return self.state == self.State.SIGNED

    def submit(self, by: User) -> None:
        """送审: the draft goes to the reviewer."""
        self._move((self.State.DRAFT,), self.State.REVIEW, SummaryStep.Action.SUBMIT, by)

    def approve(self, by: User) -> None:
        """审核通过: the text goes to the signer."""
        self._move((self.State.REVIEW,), self.State.SIGNING, SummaryStep.Action.APPROVE, by)

    def send_back(self, by: User, reason: str) -> None:
        """退回, with the reason: the text may be edited again."""
        self._move((self.State.REVIEW, self.State.SIGNING), self.State.DRAFT, SummaryStep.Action.SEND_BACK, by, reason)

    def mark_signed(self, by: User) -> None:
        """Only `workplans.signing.sign` calls this, in the transaction that freezes the document."""
        self._move((self.State.SIGNING,), self.State.SIGNED, SummaryStep.Action.SIGN, by)

    def _move(self, old: tuple[str, ...], new: str, action: str, by: User, reason: str = "") -> None:
        with transaction.atomic():
            self.state = new
            self.save_next(while_=Q(state__in=old))
            SummaryStep.objects.create(unit_id=self.unit_id, summary=self, action=action, by=by, reason=reason)


class SummarySection(Versioned):
    """One section of a summary. What the program composed and what people wrote stand apart: neither destroys the other."""

    unit = models.ForeignKey(Unit, models.PROTECT, db_index=False)
    summary = models.ForeignKey(Summary, models.PROTECT, related_name="sections", db_index=False)
    position = models.PositiveSmallIntegerField()
    slot = models.CharField(max_length=20)  # "intro", an area's code, or "plan"
    composed = models.TextField(_("自动生成的文字"))
    composed_at = models.DateTimeField(auto_now_add=True)
    edited = ProseField(_("正文"), null=True, blank=True, max_length=20_000)

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

    def recompose(self, text: str, at: dt.datetime) -> None:
        """Store what the composer wrote; the edited text stays as it is."""
        if self.composed != text:
            self.composed, self.composed_at = text, at
            self._store()

    def rewrite(self, text: str) -> None:
        """Store an edit. Raises Conflict when somebody else stored one since, or the summary is past editing."""
        self.edited = text
        self._store()

    def use_composed(self) -> None:
        """Give the edited text up for the composed one; its versions stay in the history."""
        self.edited = None
        self._store()

    def _store(self) -> None:
        with transaction.atomic():
            # Locks the summary's row, so that it cannot move on to the signer between the check and the write.
            open_ = Summary.objects.select_for_update().filter(pk=self.summary_id, state__in=Summary.EDITORS)
            if not open_.first():
                raise Conflict
            self.save_next()


class SummaryStep(models.Model):
    """One step of a summary's way: who sent it where, when and why."""

    class Action(models.TextChoices):
        COMPOSE = "compose", _("生成初稿")
        SUBMIT = "submit", _("送审")
        APPROVE = "approve", _("审核通过")
        SEND_BACK = "send_back", _("退回")
        SIGN = "sign", _("签发")

    unit = models.ForeignKey(Unit, models.PROTECT, db_index=False)
    summary = models.ForeignKey(Summary, models.PROTECT, related_name="steps", db_index=False)
    at = models.DateTimeField(_("时间"), auto_now_add=True)
    by = models.ForeignKey(User, models.PROTECT, related_name="+", db_index=False)
    action = models.CharField(_("步骤"), max_length=10, choices=Action.choices)
    reason = LineField(_("理由"), max_length=300, blank=True)

    objects = OwnedQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["unit", "summary", "at", "id"], name="step_summary")]


class FrozenQuerySet(OwnedQuerySet):
    def update(self, **values: Any) -> NoReturn:
        raise TypeError("A signed document is never changed.")

    def delete(self) -> NoReturn:
        raise TypeError("A signed document is never deleted.")


class Frozen(models.Model):
    """Rows that are written once, at signing. The database refuses changes too (migration 0002)."""

    objects = FrozenQuerySet.as_manager()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise TypeError("A signed document is never changed.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise TypeError("A signed document is never deleted.")


class SignedDocument(Frozen):
    """The summary as it was signed: its words, its figures, the rows behind them, and the very bytes of the PDF."""

    unit = models.ForeignKey(Unit, models.PROTECT, db_index=False)
    summary = models.OneToOneField(Summary, models.PROTECT, related_name="document")
    signed_by = models.ForeignKey(User, models.PROTECT, related_name="+", db_index=False)
    signed_at = models.DateTimeField(_("签发时间"))
    text = models.TextField()
    content_sha256 = models.CharField(max_length=64)  # of text, figures and rows, as signing.content_of writes them
    pdf = models.BinaryField()
    pdf_sha256 = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("已签发文件")
        indexes = [models.Index(fields=["unit", "pdf_sha256"], name="document_hash")]

    @property
    def code(self) -> str:
        """版本码: short enough to read over the telephone."""
        return self.pdf_sha256[:10].upper()


class SignedFigure(Frozen):
    """A figure of a signed text: what it is called, its exact value and how it was printed."""

    unit = models.ForeignKey(Unit, models.PROTECT, db_index=False)
    document = models.ForeignKey(SignedDocument, models.PROTECT, related_name="figures", db_index=False)
    position = models.PositiveSmallIntegerField()
    metric = models.CharField(max_length=40)
    label = models.CharField(max_length=60)
    exact = models.PositiveIntegerField()
    printed = models.CharField(max_length=30)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["unit", "document", "position"], name="figure_position")]


class SignedRow(Frozen):
    """A row that stood behind a signed figure, and what it added."""

    unit = models.ForeignKey(Unit, models.PROTECT, db_index=False)
    figure = models.ForeignKey(SignedFigure, models.PROTECT, related_name="rows", db_index=False)
    number = models.CharField(_("台账号"), max_length=20)  # ledger number; for targets and issues their own
    date = models.DateField(_("日期"), null=True)
    title = models.CharField(_("标题"), max_length=100)
    amount = models.PositiveIntegerField(_("数量"))

    class Meta:
        indexes = [models.Index(fields=["unit", "figure", "id"], name="row_figure")]
