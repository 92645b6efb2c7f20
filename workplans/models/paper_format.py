"""How a unit's papers are set, and what a paper that goes upward carries besides its text."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import OwnedQuerySet, PartOf, Unit

from ..format import STANDARD, Format
from ..paper import Letter
from .guard import LineField, ProseField
from .summary import Summary
from .versioned import Conflict, Versioned

MOST_ANNEXES = 20


def keep(row: Versioned) -> None:
    """Store a row that may not be there yet: the first of two who write it at once makes it, the second has a Conflict."""
    if row.pk:
        row.save_next()
        return
    row.version = 1  # who saw that there was none yet holds 0
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError:
        raise Conflict from None


def margin(label: str, default: int) -> models.PositiveSmallIntegerField:
    return models.PositiveSmallIntegerField(
        label, default=default, validators=[MinValueValidator(15), MaxValueValidator(60)]
    )


class PaperFormatQuerySet(OwnedQuerySet["PaperFormat"]):
    def of(self, unit: Unit) -> PaperFormat:
        """The unit's own, or one that follows the standard."""
        return self.of_unit(unit).first() or PaperFormat(unit=unit)


class PaperFormat(Versioned):
    """The format of a unit's papers; a unit without a row follows GB/T 9704. A signed paper keeps the bytes it has."""

    class Pitch(models.TextChoices):
        STANDARD = "standard", _("按国家标准撑满版心（每页22行）")
        P29 = "29", _("固定值29磅")
        P28 = "28", _("固定值28磅")

    class NumberPlace(models.TextChoices):
        OUTER = "outer", _("单页居右、双页居左（国家标准）")
        CENTRE = "centre", _("居中")

    class Digits(models.TextChoices):
        ROMAN = "roman", _("Times New Roman")
        BODY = "body", _("与正文相同（仿宋）")

    unit = models.OneToOneField(Unit, models.PROTECT, related_name="+", verbose_name=_("单位"))
    pitch = models.CharField(_("行距"), max_length=10, choices=Pitch.choices, default=Pitch.STANDARD)
    number_place = models.CharField(
        _("页码位置"), max_length=10, choices=NumberPlace.choices, default=NumberPlace.OUTER
    )
    digits = models.CharField(_("数字和西文字体"), max_length=10, choices=Digits.choices, default=Digits.ROMAN)
    top = margin(_("上边距（毫米）"), STANDARD.top)
    bottom = margin(_("下边距（毫米）"), STANDARD.bottom)
    left = margin(_("左边距（毫米）"), STANDARD.left)
    right = margin(_("右边距（毫米）"), STANDARD.right)
    duplex = models.BooleanField(_("双面印制，双页左右边距对调"), default=True)

    mark = LineField(_("发文机关标志"), max_length=30, blank=True)
    addressee = LineField(_("主送机关"), max_length=60, blank=True)
    copies_to = LineField(_("抄送机关"), max_length=120, blank=True)
    printed_by = LineField(_("印发机关"), max_length=40, blank=True)

    objects = PaperFormatQuerySet.as_manager()

    class Meta:
        verbose_name = _("公文格式")

    def __str__(self) -> str:
        return str(self.unit)

    def keep(self) -> None:
        """Store it over the version its writer saw. Raises Conflict when somebody else stored one since."""
        keep(self)

    @property
    def format(self) -> Format:
        return Format(
            pitch_rule=self.pitch, number_place=self.number_place, digits=self.digits, duplex=self.duplex,
            top=self.top, bottom=self.bottom, left=self.left, right=self.right,
        )  # fmt: skip


class SummaryLetterQuerySet(OwnedQuerySet["SummaryLetter"]):
    def of(self, summary: Summary) -> SummaryLetter:
        """The summary's own, or one that is not used yet and takes from the unit what rarely changes."""
        if not summary.pk:
            return SummaryLetter(unit=summary.unit)
        if found := self.of_unit(summary.unit_id).filter(summary=summary).first():
            return found
        usual = PaperFormat.objects.of(summary.unit)
        return SummaryLetter(unit=summary.unit, summary=summary, addressee=usual.addressee, copies_to=usual.copies_to)


class SummaryLetter(Versioned):
    """What a summary that is sent upward carries: its document number, whom it is for, its annexes, its imprint."""

    unit = models.ForeignKey(Unit, models.PROTECT, db_index=False)
    summary = PartOf(Summary, related_name="letters")
    is_used = models.BooleanField(_("按上报件排版"), default=False)
    number = LineField(_("发文字号"), max_length=40, blank=True)
    addressee = LineField(_("主送机关"), max_length=60, blank=True)
    annexes = ProseField(_("附件"), max_length=1000, blank=True)
    copies_to = LineField(_("抄送机关"), max_length=120, blank=True)

    objects = SummaryLetterQuerySet.as_manager()

    class Meta:
        verbose_name = _("上报格式")
        constraints = [models.UniqueConstraint(fields=["unit", "summary"], name="letter_summary")]

    def clean(self) -> None:
        super().clean()
        if len(self.annex_names) > MOST_ANNEXES:
            raise ValidationError({"annexes": _("附件不得超过%(limit)s个。") % {"limit": MOST_ANNEXES}})

    def keep(self, states: list[str]) -> None:
        """Store it while the summary is in one of these states. Raises Conflict as above, or when the summary moved on."""
        with transaction.atomic():
            open_ = Summary.objects.select_for_update().filter(pk=self.summary_id, state__in=states)
            if not open_.first():
                raise Conflict
            keep(self)

    @property
    def annex_names(self) -> tuple[str, ...]:
        return tuple(filter(None, map(str.strip, self.annexes.split("\n"))))

    @property
    def words(self) -> str:
        """All of it as one text, by which `Proof.sha256` knows a change; empty when it is not used."""
        lines = (self.number, self.addressee, self.annexes, self.copies_to)
        return "\n".join([*lines, ""]) if self.is_used else ""

    def letter(self, usual: PaperFormat, printed_on: str) -> Letter | None:
        """What the paper prints; None for a paper that stays in the house."""
        if not self.is_used:
            return None
        return Letter(
            mark=usual.mark, number=self.number, addressee=self.addressee, annexes=self.annex_names,
            copies_to=self.copies_to, printed_by=usual.printed_by, printed_on=printed_on if usual.printed_by else "",
        )  # fmt: skip
