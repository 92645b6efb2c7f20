"""The first draft: area templates filled from the ledger. The only writer of composed text.

Draft templates are Django templates of plain text. Their figures stay tokens (`{安全检查次数}`), which `resolve` turns
into numbers wherever the text is read; the values are here only to leave out what did not happen. A template's lines
are joined, so that a long paragraph may be written over several; `{% paragraph %}` begins the next one. What they quote
from records is handed to them with its braces doubled (`resolve.quoted`): only the template's own braces name figures.
"""

from __future__ import annotations

import copy
import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Mapping
from typing import Any

from django.db import models, transaction
from django.template import Context
from django.template.loader import get_template

from accounts.models import Unit, User

from . import area
from .ledger import Ledger
from .metrics import Metric
from .models import Activity, Issue, Period, SeenFigure, Summary, SummarySection, SummaryStep, Target
from .numerals import chinese_number, due_in_text
from .resolve import quoted, tokens

INTRO, RESULTS, PLAN = "intro", "results", "plan"
PARAGRAPH = "\N{PARAGRAPH SEPARATOR}"  # what {% paragraph %} leaves behind


def compose(summary: Summary, at: dt.datetime, *, only: Collection[str] = ()) -> None:
    """Write the composed text of every section anew, or of some `only`. What people have edited stays as they left it."""
    ledger = Ledger([summary.unit_id], summary.period)
    texts = draft(summary.unit, summary.period, ledger)
    values = {metric.code: ledger.value(metric) for text in texts.values() for metric in _named(text)}
    with transaction.atomic():
        existing = {section.slot: section for section in summary.sections.all()}
        for position, (slot, text) in enumerate(texts.items()):
            if slot in existing:
                if only and slot not in only:
                    continue
                section = existing[slot]
                section.recompose(text, at, position)
            else:
                section = SummarySection.objects.create(
                    unit_id=summary.unit_id,
                    summary=summary,
                    position=position,
                    slot=slot,
                    composed=text,
                    composed_at=at,
                )
            if not section.is_edited:  # who edited it saw other figures, and is told
                SeenFigure.note(section, {metric.code: values[metric.code] for metric in _named(text)})


def _named(text: str) -> list[Metric]:
    """The metrics a text names in braces."""
    return list(dict.fromkeys(area.labels()[label] for label in tokens(text) if label in area.labels()))


def start(unit: Unit, period: Period, by: User, at: dt.datetime) -> Summary:
    """The unit's first edition for the period, with every section composed. Raises IntegrityError when there is one."""
    with transaction.atomic():
        summary = Summary.objects.create(unit=unit, period=period, title=title(unit, period), created_by=by)
        SummaryStep.objects.create(unit=unit, summary=summary, action=SummaryStep.Action.COMPOSE, by=by)
        compose(summary, at)
    return summary


def title(unit: Unit, period: Period) -> str:
    return f"{unit.name}{period.title}统战工作总结"


def draft(unit: Unit, period: Period, ledger: Ledger | None = None) -> dict[str, str]:
    """The text of every section, by slot, in report order."""
    ledger = ledger or Ledger([unit.pk], period)
    values = ledger.by_label()
    facts = {
        "unit": _quotable(unit),
        "period": period,
        "values": values,
        **values,  # so that a template may say {% if 安全检查次数 %}
        "rows": _rows_by_kind(unit, period),
    }
    issues = _issues(unit, period)
    texts = {INTRO: render("workplans/drafts/intro.txt", facts)}
    for number, each in enumerate(area.sections(), start=1):
        quotes = area.hook(each.quotes, lambda unit, period: {})(unit, period)
        own = {"issues": [issue for issue in issues if issue.area == each.code], **quotes}
        body = render(each.draft, facts | own)
        texts[each.code] = f"{chinese_number(number)}、{each.heading}\n{body}"
    texts[RESULTS] = results(unit, period, facts)
    texts[PLAN] = plan(unit, period.after)
    return texts


def results(unit: Unit, period: Period, facts: Mapping[str, Any]) -> str:
    """What became of the targets that the last summary set; without targets there is nothing to say."""
    targets = list(Target.objects.of_unit(unit).in_period(period).with_last_progress().in_order())
    if not targets:
        return ""
    told = [_result(target, period) for target in targets if not target.is_open]
    heading = f"{half_in_text(period)}目标任务完成情况"
    return f"{heading}\n{render('workplans/drafts/results.txt', {**facts, 'results': told})}"


def _result(target: Target, period: Period) -> dict[str, Any]:
    """A target's end in words, its own texts quoted; `reached` is the figure that a quantity was set for."""
    after = target.successor
    return {
        "state": target.state,
        "text": quoted(target.text.rstrip("。")),
        "note": quoted((target.last_note or "").strip().rstrip("。")),
        "reached": area.metrics().get(target.metric) if target.quantity else None,
        "due": due_in_text(after.due, year=period.year) if after and after.due else "",
    }


def half_in_text(period: Period) -> str:
    """上半年, as a paper about its year says."""
    return period.title.removeprefix(f"{period.year}年")


def plan(unit: Unit, period: Period) -> str:
    """The key work of the coming half-year, from its targets; without targets there is nothing to say."""
    heading = f"{half_in_text(period) if period.number == 2 else period.title}重点工作"
    items: dict[int, list[Target]] = defaultdict(list)
    for target in Target.objects.of_unit(unit).in_period(period).standing().in_order():
        items[target.item].append(target)
    lines = [f"{chinese_number(n)}、{quoted(item_text(targets))}" for n, targets in enumerate(items.values(), start=1)]
    return "\n".join([heading, *lines]) if lines else ""


def item_text(targets: list[Target]) -> str:
    """One item of the plan: what its targets are, then for each what must be done by when, and against what."""
    texts = "，".join(target.text.rstrip("。") for target in targets)
    return f"{texts}。" + "".join(assurance(target) for target in targets)


def assurance(target: Target) -> str:
    """The official sentence of a target: obstacle → 为此，必须确保 → deadline → deliverable. Empty without either."""
    held_up = target.deliverable or target.text
    because = f"因{target.obstacle}，{held_up}滞后，" if target.obstacle else ""
    if not target.due:
        return f"{because}须抓紧推进。" if because else ""
    therefore = "为此，" if because else ""
    ensured = "必须确保" if target.must else "拟于"
    due = due_in_text(target.due, year=target.period.year)
    return f"{because}{therefore}{ensured}{due}完成{target.deliverable}{_amount(target)}。"


def _amount(target: Target) -> str:
    metric = area.metrics().get(target.metric)
    if metric is None or not target.quantity:
        return ""
    return f"，{metric.label}达到{target.quantity}{metric.unit}"


def _rows_by_kind(unit: Unit, period: Period) -> dict[str, list[dict[str, Any]]]:
    """The titles and results of the period's rows, by kind and in the order of their days: what a draft may quote."""
    found = Activity.objects.of_unit(unit).in_period(period).valid().order_by("date", "pk")
    rows = defaultdict(list)
    for row in found.values("kind", "title", "result", "date"):
        rows[row["kind"]].append(row | {"title": quoted(row["title"]), "result": quoted(row["result"])})
    return dict(rows)


def _issues(unit: Unit, period: Period) -> list[Issue]:
    """The issues a paper may tell: those open at the period's end, and those solved within it. A stopped one is neither."""
    issues = list(map(_quotable, Issue.objects.of_unit(unit).in_period(period).order_by("opened_on", "pk")))
    for issue in issues:
        issue.was_open = issue.is_open_on(period.last_day)
    return [issue for issue in issues if issue.was_open or issue.state == Issue.State.SOLVED]


def _quotable(record: models.Model) -> models.Model:
    """A copy of a record for templates to print from, every text of it quoted."""
    printed = copy.copy(record)
    for field in record._meta.concrete_fields:
        if isinstance(text := getattr(record, field.attname), str):
            setattr(printed, field.attname, quoted(text))
    return printed


def render(template: str, facts: Mapping[str, Any]) -> str:
    """A draft template as paragraphs, one a line. Texts are plain: nothing is escaped, for no page shows them unescaped."""
    text = get_template(template).template.render(Context(dict(facts), autoescape=False))
    paragraphs = ("".join(line.strip() for line in part.splitlines()) for part in text.split(PARAGRAPH))
    return "\n".join(filter(None, paragraphs))


def clauses(text: str, values: Mapping[str, int]) -> str:
    """One sentence out of lines that may each have nothing to say.

    Every line is a clause, its parts parted by commas. A part whose token has the value zero is left out; a clause
    whose first part is left out goes whole. What remains is joined by semicolons; nothing at all remains nothing.
    """
    kept = []
    for line in filter(None, (line.strip() for line in text.splitlines())):
        first, *rest = line.split("，")
        if _speaks(first, values):
            kept.append("，".join([first, *(part for part in rest if _speaks(part, values))]))
    return "；".join(kept) + "。" if kept else ""


def _speaks(part: str, values: Mapping[str, int]) -> bool:
    return all(values.get(label, 1) for label in tokens(part))
