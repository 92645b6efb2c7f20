"""What waits at the venues: hazards, suggestions and disputes, as lines on the home page."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from accounts.models import Role, User
from religion.models import Dispute, Hazard, Suggestion
from workplans.forms.matters import LATE
from workplans.views.matter_tasks import Task, task


def waiting_for(user: User, today: dt.date) -> list[Task]:
    """Overdue hazards and suggestions, hazards to be rechecked, open disputes: one is named, several are counted.

    A signer is told of the overdue ones and of major hazards only, a district of what its towns have passed up. One query
    to a kind.
    """
    if user.role == Role.DISTRICT:
        open_ones = Hazard.objects.visible_to(user).open().select_related("venue", "unit").most_pressing_first()
        return _passed_up(list(open_ones.matching(state=Hazard.State.PASSED_UP)), today)
    hazards = list(Hazard.objects.visible_to(user).pressing(today).select_related("venue").most_pressing_first())
    late = [each for each in hazards if each.is_late(today)]
    tasks = _late_hazards(late, today)
    if user.role == Role.SIGNER:
        tasks += _major([each for each in hazards if each.is_major and each not in late], today)
    if user.role == Role.REVIEWER:
        tasks += _to_recheck([each for each in hazards if each.rectified_on], today)
    suggestions = Suggestion.objects.visible_to(user).late(today).select_related("venue").most_pressing_first()
    tasks += _late_suggestions(list(suggestions), today)
    disputes = Dispute.objects.visible_to(user)
    disputes = disputes.late(today) if user.role == Role.SIGNER else disputes.open()
    return tasks + _disputes(list(disputes.select_related("venue").most_pressing_first()), today)


def _late_hazards(found: Sequence[Hazard], today: dt.date) -> list[Task]:
    many = _("整改 %(number)d 处逾期隐患") % {"number": len(found)}
    return _task(found, many, _("整改%(venue)s“%(text)s”"), "hazards", today, due=LATE)


def _major(found: Sequence[Hazard], today: dt.date) -> list[Task]:
    many = _("督办 %(number)d 处重大隐患") % {"number": len(found)}
    return _task(found, many, _("督办%(venue)s重大隐患“%(text)s”"), "hazards", today)


def _passed_up(found: Sequence[Hazard], today: dt.date) -> list[Task]:
    many = _("处理乡镇上报的 %(number)d 处隐患") % {"number": len(found)}
    one = _("处理%(unit)s%(venue)s上报的隐患“%(text)s”")
    return task(found, many, lambda each: one % {"unit": each.unit, "venue": each.venue, "text": each}, "hazards", today,
                state=Hazard.State.PASSED_UP)  # fmt: skip


def _to_recheck(found: Sequence[Hazard], today: dt.date) -> list[Task]:
    many = _("复查、销号 %(number)d 处已改隐患") % {"number": len(found)}
    one = _("销号%(venue)s“%(text)s”") if found and found[0].rechecked_on else _("复查%(venue)s“%(text)s”")
    return _task(found, many, one, "hazards", today, state=Hazard.State.RECTIFIED)


def _late_suggestions(found: Sequence[Suggestion], today: dt.date) -> list[Task]:
    many = _("答复 %(number)d 条逾期意见建议") % {"number": len(found)}
    return _task(found, many, _("答复意见建议“%(text)s”"), "suggestions", today, due=LATE)


def _disputes(found: Sequence[Dispute], today: dt.date) -> list[Task]:
    many = _("调处 %(number)d 起矛盾纠纷") % {"number": len(found)}
    return _task(found, many, _("调处%(venue)s矛盾纠纷“%(text)s”"), "disputes", today)


def _task(found: Sequence[Any], many: str, one: str, page: str, today: dt.date, **filters: str) -> list[Task]:
    def name(first: Any) -> str:
        return one % {"venue": first.venue.name if first.venue else "", "text": first}

    return task(found, many, name, page, today, **filters)
