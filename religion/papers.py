"""The two papers of a safety inspection: its record, and the notice that asks the venue to rectify what was found.

Both are Chinese papers, whichever language the reader of the pages has chosen.
"""

from __future__ import annotations

from itertools import groupby
from typing import Any

from django.conf import settings
from django.utils import translation

from workplans.document import page, pdf_of, refuse_unprintable
from workplans.numerals import date_in_text
from workplans.paper import refuse_hostile, texts_of

from .models import AtVenue, CheckGroup, CheckResult, Hazard, SafetyInspection, Venue

GROUPS = CheckGroup.values
Facts = dict[str, Any]


def record_pdf(inspection: SafetyInspection) -> bytes:
    """宗教活动场所安全检查记录, to be signed on paper. Raises PaperRefused for texts that cannot be set."""
    return _pdf("print/inspection.html", record(inspection))


def notice_pdf(inspection: SafetyInspection) -> bytes:
    """整改通知书 to the venue, with a receipt. Raises PaperRefused for texts that cannot be set."""
    return _pdf("print/notice.html", notice(inspection))


def hazards_of(inspection: SafetyInspection) -> list[Hazard]:
    """What the inspection found, but for what was entered by mistake."""
    return list(Hazard.objects.of_row(inspection.activity).standing())


def record(inspection: SafetyInspection) -> Facts:
    """What the record prints, as texts."""
    with translation.override(settings.LANGUAGE_CODE):
        row, venue = inspection.activity, _venue(inspection)
        results = sorted(row.check_results.all(), key=lambda each: (GROUPS.index(each.group), each.position))
        return {
            "title": f"{_sort_of(venue)}安全检查记录",
            "number": row.ledger_number,
            "unit": _signature(inspection),
            "heads": [
                [("场所名称", venue.name), ("场所类型", _type(venue))],
                [("检查日期", date_in_text(row.date)), ("组织单位", inspection.get_organiser_display())],
                [("参加部门", inspection.departments or "—")],
                [("检查事项", row.title)],
            ],
            "groups": [
                {"label": str(label), "results": [(each.text, each.get_result_display()) for each in group]}
                for label, group in groupby(results, key=CheckResult.get_group_display)
            ],
            "hazards": [_hazard(hazard) for hazard in hazards_of(inspection)],
            "conclusion": inspection.get_conclusion_display(),
            "notice_number": inspection.notice_number,
        }


def notice(inspection: SafetyInspection) -> Facts:
    """What the notice prints, as texts. It says what was found that day; how each hazard stands now is no part of it."""
    with translation.override(settings.LANGUAGE_CODE):
        row, venue, hazards = inspection.activity, _venue(inspection), hazards_of(inspection)
        number = inspection.notice_number
        closing = inspection.conclusion == SafetyInspection.Conclusion.CLOSE
        return {
            "title": "安全隐患整改通知书",
            "number": number,
            "addressee": f"{venue.name}：",
            "opening": f"{date_in_text(row.date)}，{_visitors(inspection)}对你场所开展安全检查（台账号{row.ledger_number}），"
            f"发现安全隐患{len(hazards)}处：",
            "hazards": [f"{place}.{_demand(hazard)}" for place, hazard in enumerate(hazards, start=1)],
            "measures_asked": ("在复查合格之前，你场所应停用整改。" if closing else "")
            + "请你场所明确责任、落实措施，按上述时限完成整改，整改期间做好安全防范。逾期未完成整改的，依照有关规定处理。",
            "recheck": f"整改完成后，请及时书面报告{_signature(inspection)}申请复查，复查合格后予以销号。",
            "receipt": f"《安全隐患整改通知书》{f'（{number}）' if number else ''}已",
            "signature": _signature(inspection),
            "date_text": date_in_text(row.date),
        }


def _pdf(template: str, facts: Facts) -> bytes:
    texts = "\n".join(texts_of(facts))
    refuse_hostile(texts)
    refuse_unprintable(texts)
    return pdf_of(page(template, facts))


def _venue(inspection: SafetyInspection) -> Venue:
    """Where it was; a nameless venue for a row that was recorded without one."""
    at = AtVenue.objects.select_related("venue").of_row(inspection.activity)
    return at.venue if at else Venue(name=inspection.activity.place)


def _sort_of(venue: Venue) -> str:
    return "民间信仰活动场所" if venue.is_folk else "宗教活动场所"


def _type(venue: Venue) -> str:
    teaching = venue.get_teaching_display()
    return f"{venue.get_type_display()}（{teaching}）" if teaching else venue.get_type_display() or "—"


def _hazard(hazard: Hazard) -> Facts:
    return {
        "description": hazard.description,
        "grade": hazard.get_grade_display(),
        "disposal": hazard.get_disposal_display(),
        "due": date_in_text(hazard.due) if hazard.due else "—",
        "post": hazard.post or "—",
        "state": hazard.get_state_display(),
    }


def _demand(hazard: Hazard) -> str:
    """One hazard as the notice tells it: what, how grave, and by when."""
    if hazard.disposal == Hazard.Disposal.PASS_UP:
        asked = "已提交上级处理，处理期间请落实防范措施"
    elif hazard.due:
        asked = f"限{date_in_text(hazard.due)}前完成整改"
    else:
        asked = "应立即整改"
    return f"{hazard.description.rstrip('。')}。属{hazard.get_grade_display()}隐患，{asked}。"


def _visitors(inspection: SafetyInspection) -> str:
    """Who inspected, as the sentence names them."""
    district = inspection.organiser == SafetyInspection.Organiser.DISTRICT
    head = "区有关部门" if district else inspection.unit.name
    return f"{head}会同{inspection.departments}" if inspection.departments else head


def _signature(inspection: SafetyInspection) -> str:
    return inspection.unit.signature or inspection.unit.name
