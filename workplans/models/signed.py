from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NoReturn

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import OwnedQuerySet, PartOf, Unit, User

from .. import small
from .summary import Summary


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


class SignedQuerySet(FrozenQuerySet):
    def coded(self, code: str) -> SignedQuerySet:
        return self.filter(version_code=code)

    def of_bytes(self, sha256: str) -> SignedQuerySet:
        return self.filter(pdf_sha256=sha256)

    def with_standing(self) -> SignedQuerySet:
        """Each with `superseded`: whether a later edition for the same half-year was signed."""
        later = Summary.objects.signed().filter(
            unit=models.OuterRef("unit"), period=models.OuterRef("summary__period"),
            edition__gt=models.OuterRef("summary__edition"),
        )  # fmt: skip
        return self.annotate(superseded=models.Exists(later))


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

    # Since papers bear their code; of those signed before, both are null.
    signature = models.CharField(max_length=60, null=True, editable=False)  # noqa: DJ001
    version_code = models.CharField(max_length=14, null=True, editable=False)  # noqa: DJ001

    objects = SignedQuerySet.as_manager()

    class Meta:
        verbose_name = _("已签发文件")
        indexes = [models.Index(fields=["unit", "pdf_sha256"], name="document_hash")]

    @property
    def code(self) -> str:
        """版本码: short enough to read over the telephone."""
        return self.version_code or self.pdf_sha256[:10].upper()

    @property
    def signed_as(self) -> str:
        """Whose name stands under the paper, whatever the unit is called by now."""
        return self.signature or self.summary.unit.signature or self.summary.unit.name

    def segments(self, figures: Iterable[SignedFigure]) -> list[str | SignedFigure]:
        """The text cut into plain pieces and its figures, as `paper.blocks_of` reads them."""
        pieces: list[str | SignedFigure] = []
        end = 0
        for figure in figures:
            pieces += [self.text[end : figure.start], figure]
            end = figure.start + len(figure.printed)
        return [piece for piece in [*pieces, self.text[end:]] if piece]


class SignedFigure(Frozen):
    """A figure of a signed text: what it is called, its exact value and how it was printed."""

    kind = "signed"  # beside resolve.Figure and its like, for templates

    unit = models.ForeignKey(Unit, models.PROTECT, db_index=False)
    document = PartOf(SignedDocument, related_name="figures")
    position = models.PositiveSmallIntegerField()
    start = models.PositiveIntegerField()  # its first character in the document's text
    metric = models.CharField(max_length=40)
    label = models.CharField(max_length=60)
    exact = models.PositiveIntegerField()
    printed = models.CharField(max_length=30)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["unit", "document", "position"], name="figure_position")]

    def is_withheld_from(self, reader: User) -> bool:
        """Whether this person reads no more than the paper tells: what was small when it was signed (small.py)."""
        return self.printed in small.WORDS and self.unit_id != reader.unit_id


class SignedRow(Frozen):
    """A row that stood behind a signed figure, and what it added."""

    unit = models.ForeignKey(Unit, models.PROTECT, db_index=False)
    figure = PartOf(SignedFigure, related_name="rows")
    number = models.CharField(_("台账号"), max_length=20)  # ledger number; for targets and issues their own
    date = models.DateField(_("日期"), null=True)
    title = models.CharField(_("标题"), max_length=100)
    amount = models.PositiveIntegerField(_("数量"))

    class Meta:
        indexes = [models.Index(fields=["unit", "figure", "id"], name="row_figure")]
