"""商会会议: the ledger's own form with what a meeting of the chamber tells besides."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from chamber.models import ChamberMeeting, VoteOn
from chamber.models.meeting import VOTES, vote_columns
from workplans.forms.detail import DetailForm
from workplans.forms.ledger import CountField
from workplans.models import Activity


class MeetingForm(DetailForm):
    template = "chamber/meeting_fields.html"
    LENT = ("type", "due")
    DETAIL = ChamberMeeting
    ASKED = ("type", "due", "attended", "items", *VOTES)
    TYPE_REQUIRED = True

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("due", "attended", *VOTES):
            label = ChamberMeeting._meta.get_field(name).verbose_name
            unit = _("票") if name in VOTES else _("人")
            self.fields[name] = CountField(label=label, unit=unit)
        self.fields["items"].widget.attrs["rows"] = 3
        self.fields["type"].required = self.TYPE_REQUIRED
        self.fields["type"].choices = [("", _("请选择")), *ChamberMeeting.Type.choices]

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        due, attended = data.get("due") or 0, data.get("attended") or 0
        if due and attended > due:
            self.add_error("attended", _("实到人数不能大于应到人数。"))
        for vote in VoteOn:
            cast = sum(data.get(column) or 0 for column in vote_columns(vote))
            if cast > attended and "attended" not in self.errors:
                self.add_error(
                    vote_columns(vote)[0],
                    _("%(vote)s的票数合计%(cast)d，比实到的%(attended)d人多。")
                    % {"vote": vote.label, "cast": cast, "attended": attended},
                )
        if not data.get("person_times") and "person_times" not in self.errors:
            data["person_times"] = attended
        return data

    def votes(self) -> Iterator[tuple[str, list[Any]]]:
        """The boxes of each vote, for, against, abstained."""
        for vote in VoteOn:
            yield str(vote.label), [self[column] for column in vote_columns(vote)]

    def opens_votes(self) -> bool:
        return any(self[column].value() or self[column].errors for column in VOTES)


class PreparationForm(MeetingForm):
    """Work towards the chamber, which may have been a meeting."""

    TYPE_REQUIRED = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["type"].help_text = gettext_lazy("不是会议的不选。")

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        told = any(data.get(name) for name in ("due", "attended", "items", *VOTES))
        if told and not data.get("type") and "type" not in self.errors:
            self.add_error("type", _("填了会议情况，请选择会议类型。"))
        return data

    def save_detail(self, row: Activity) -> None:
        if self.cleaned_data.get("type"):
            super().save_detail(row)
        else:
            self.DETAIL.objects.of_unit(row.unit_id).of_rows(row).delete()
