"""docs/report-lines.md, walked: every line of the report has records in the demonstration, and figures that count them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings

from accounts.models import Unit
from workplans import area
from workplans.demo import load
from workplans.ledger import Ledger
from workplans.models import Activity, Period

ROOT = Path(settings.BASE_DIR)
SEED = (ROOT / "tests/golden/seed-summary.txt").read_text()
H1 = Period.parse("2020H1")


@dataclass(frozen=True)
class Line:
    says: str
    records: tuple[str, ...]
    figures: tuple[str, ...]


def lines() -> list[Line]:
    table = re.findall(r"^\| (.+?) \| (.+?) \| (.*?) ?\|$", (ROOT / "docs/report-lines.md").read_text(), re.M)
    return [
        Line(says, tuple(re.findall(r"`([^`]+)`", records)), tuple(re.findall(r"\{([^}]+)\}", figures)))
        for says, records, figures in table[1:]  # the first is the table's head
        if not says.startswith("---")
    ]


LINES = lines()


def sentences() -> list[str]:
    return [part.strip() for part in re.split(r"[。\n]", SEED) if part.strip()]


def test_every_sentence_of_the_report_has_a_line():
    assert [sentence for sentence in sentences() if not any(line.says in sentence for line in LINES)] == []


def test_every_line_is_of_the_report():
    assert [line.says for line in LINES if line.says not in SEED] == []


@pytest.fixture
def town(db: None) -> Unit:
    load.load()
    return Unit.objects.get(code="qingxi")


def count(record: str, town: Unit) -> int:
    """How many of a record the demonstration's half-year has; of a setting of the unit, whether it is filled in."""
    if record.startswith("kind:"):
        rows = Activity.objects.of_unit(town).in_period(H1).valid()
        return rows.filter(kind=record.removeprefix("kind:")).count()
    if record.startswith("Unit."):
        return int(bool(getattr(town, record.removeprefix("Unit."))))
    if record == "workplans.Summary":
        return 1  # the report itself
    return apps.get_model(record).objects.filter(unit=town).count()


def test_every_record_is_there(town: Unit):
    assert {record: count(record, town) for line in LINES for record in line.records if not count(record, town)} == {}


def test_every_figure_counts_something(town: Unit):
    ledger, labels = Ledger([town.pk], H1), area.labels()
    told = {figure for line in LINES for figure in line.figures}
    assert {figure for figure in told if not ledger.value(labels[figure])} == set()


def test_the_half_year_s_summary_says_every_line(town: Unit):
    """What the report says stands in the composed text, word by word, but for the title, which its page bears."""
    from workplans.compose import draft

    text = "".join(draft(town, H1).values()).replace("\n", "")
    unsaid = [line.says for line in LINES if line.says not in text]
    assert unsaid == ["乡镇2020年上半年统战工作总结", "构建大统战工作格局；解决灵山寺扩寺建设问题"]
