"""Rows of the ledger in words, for the list and for the page of one row."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import Unit, Village

from ..area import area_label, kind_label, kinds
from ..forms.ledger import ActivityForm, audience_of
from ..models import Activity, Group, Target, ledger_number
from ..versions import Change, Words, changes, labels_of

# What the list fetches of a row, as plain values; `in_words` makes a line of the table of it.
LISTED = ("pk", "version", "unit_id", "year", "number", "date", "last_date", "area", "kind", "title", "village_id",
          "place", "sessions", "person_times", "quantity", "quantity_done", "state")  # fmt: skip


def in_words(row: dict[str, Any], units: dict[int, str], villages: dict[int, Village]) -> dict[str, Any]:
    village = villages.get(row["village_id"])
    return row | {
        "number": ledger_number(row["year"], row["number"]),
        "kind": kind_label(row["kind"]),
        "area": area_label(row["area"]),
        "unit": units.get(row["unit_id"], ""),
        "where": " ".join(filter(None, [village and village.name, row["place"]])),
        "quantity": quantity_in_words(row["kind"], row["quantity"], row["quantity_done"]),
        "state_label": Activity.State(row["state"]).label,
        "may_tick": row["state"] == Activity.State.RECORDED,
    }


def quantity_in_words(kind: str, counted: int, done: int) -> str:
    """What the kind counts beside people: 报送信息 12 条，被采用 5 条."""
    quantity = kinds()[kind].quantity if kind in kinds() else None
    if not quantity or not counted:
        return ""
    text = f"{quantity.name} {counted} {quantity.unit_name}"
    return text + (_("，%(label)s %(done)d %(unit)s") % {"label": quantity.done_name, "done": done, "unit": quantity.unit_name}
                   if quantity.done_label else "")  # fmt: skip


def differences(stored: Activity, form: ActivityForm) -> list[Change]:
    """What a typed edit would change in the row as it is stored now."""
    found = changes(Activity, labels_of(ActivityForm), stored, form.instance, _words(stored.unit))
    old, new = audience_of(stored), form.audience()
    return found + [
        Change(str(group.label), str(old.get(group, 0)), str(new[group]))
        for group in Group
        if old.get(group, 0) != new[group]
    ]


def _words(unit: Unit) -> Words:
    villages = dict(Village.objects.of_unit(unit).values_list("pk", "name"))
    targets = dict(Target.objects.of_unit(unit).values_list("pk", "text"))
    empty = _("（空）")
    return {
        "kind": kind_label,
        "village": lambda pk: villages.get(pk, empty),
        "target": lambda pk: targets.get(pk, empty),
    }


def main_facts(row: Activity) -> list[dict[str, Any]]:
    return [
        {
            "label": _("日期"),
            "value": f"{row.date}" + (_(" 至 %(day)s") % {"day": row.last_date} if row.last_date else ""),
        },
        {"label": _("事项"), "value": f"{area_label(row.area)} · {kind_label(row.kind)}"},
        {"label": _("地点"), "value": " ".join(filter(None, [row.village and row.village.name, row.place]))},
        {
            "label": _("参加人次"),
            "value": _("%(count)d 人次") % {"count": row.person_times} if row.person_times else "",
        },
    ]


def facts_of(row: Activity) -> list[dict[str, Any]]:
    facts = [
        *main_facts(row),
        {"label": _("场次"), "value": row.sessions},
        {"label": _("主办层级"), "value": row.get_host_level_display()},
    ]
    if quantity := quantity_in_words(row.kind, row.quantity, row.quantity_done):
        facts.insert(4, {"label": _("数量"), "value": quantity})
    if row.copies:
        facts.append({"label": _("发放资料"), "value": _("%(count)d 份") % {"count": row.copies}})
    if row.basis:
        facts.append({"label": _("依据文件"), "value": row.basis})
    if row.target:
        facts.append({"label": _("对应目标"), "value": row.target.text, "url": reverse("target", args=[row.target_id])})
    return facts


def prose_of(row: Activity) -> list[dict[str, str]]:
    return [{"label": _("做了什么"), "value": row.content}, {"label": _("成效"), "value": row.result}]


def versions_of(row: Activity) -> list[dict[str, Any]]:
    """Every version, newest first: who, when, and what changed from the one before."""
    history = list(row.history.select_related("history_user").order_by("-history_id"))
    words = _words(row.unit) if len(history) > 1 else {}
    return [
        {
            "step": _step(new, old),
            "at": new.history_date,
            "who": new.history_user,
            "changes": changes(Activity, labels_of(ActivityForm), old, new, words) if old else [],
            "audience": new.history_change_reason,
        }
        for new, old in zip(history, [*history[1:], None], strict=True)
    ]


def _step(new: Any, old: Any) -> str:
    if old is None:
        return _("记录")
    if new.state != old.state and new.state == Activity.State.CONFIRMED:
        return _("确认")
    if new.state != old.state and new.state == Activity.State.VOID:
        return _("作废，理由：%(reason)s") % {"reason": new.void_reason}
    return _("修改，重新等待确认") if old.state == Activity.State.CONFIRMED else _("修改")
