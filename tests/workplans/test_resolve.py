"""From tokens to figures: what is read is the text with each token replaced, and nothing else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workplans import area
from workplans.ledger import Ledger
from workplans.models import Period
from workplans.resolve import (
    TOKEN,
    Figure,
    Unknown,
    placed_figures,
    plain,
    quoted,
    resolve,
    segments,
    tokens,
    unknown,
    unsourced,
)

from ..factories import H1, make_activity


class Counted(Ledger):
    """A ledger that needs no database: every metric has the same value."""

    def __init__(self, value: int) -> None:
        super().__init__([1], H1)
        self.fixed = value

    def value(self, metric):
        return self.fixed


LABELS = sorted(area.labels())
typed = st.text(st.characters(codec="utf-8", exclude_characters="{}｛｝"), max_size=30)
tokens_written = st.builds(
    lambda label, rule, wide: f"｛{label}{rule}｝" if wide else "{" + label + rule + "}",
    st.sampled_from(LABELS), st.sampled_from(["", ":余", "：余", ":实", ": 实 "]), st.booleans(),
)  # fmt: skip
texts = st.lists(typed | tokens_written, max_size=8).map("".join)


@given(texts, st.integers(0, 10**7))
def test_the_text_that_is_read_is_the_text_with_each_token_replaced(text: str, value: int) -> None:
    def printed(match) -> str:
        metric = area.labels()[match[1].strip()]
        small = metric.guarded and 0 < value < 5
        return "少于5" if small else metric.printed(value, (match[2] or "").strip())

    lines = resolve(text, Counted(value))
    assert plain(lines) == TOKEN.sub(printed, text)
    assert unknown(lines) == []


@given(texts)
def test_every_figure_stands_where_its_place_says(text: str) -> None:
    lines = resolve(text, Counted(1234))
    read = plain(lines)
    assert [read[start : start + len(figure.printed)] for start, figure in placed_figures(lines)] == [
        figure.printed for _, figure in placed_figures(lines)
    ]
    assert "".join(s if isinstance(s, str) else s.printed for s in segments(lines)) == read + "\n"


@given(st.text(st.characters(codec="utf-8") | st.sampled_from("{}｛｝:：余次"), max_size=40), texts)
def test_a_quoted_text_is_read_letter_by_letter_wherever_it_stands(text: str, around: str) -> None:
    lines = resolve(around + quoted(text) + around, Counted(7))
    read = plain(resolve(around, Counted(7)))
    assert plain(lines) == read + text + read
    assert unknown(lines) == []
    assert len(placed_figures(lines)) == 2 * len(placed_figures(resolve(around, Counted(7))))


@pytest.mark.parametrize(
    "text", ["{安全检查次数}", "｛安全检查次数：余｝", "{", "}{", "{{安全检查次数}}", "{a.__class__}"]
)
def test_quoted_braces_name_no_figure(text: str) -> None:
    assert tokens(quoted(text)) == []
    assert resolve(quoted(text), Counted(7)) == resolve(quoted(text), Counted(8))
    assert plain(resolve(quoted(text), Counted(7))) == text


def test_a_rounded_metric_prints_yu_unless_the_writer_asks_for_the_exact_figure() -> None:
    rounded = next(metric for metric in area.metrics().values() if metric.rounded)
    exact = next(metric for metric in area.metrics().values() if not metric.rounded)
    written = [(rounded, ""), (rounded, ":实"), (rounded, ":余"), (exact, ""), (exact, ":余"), (exact, ":实")]
    text = " ".join("{" + metric.label + rule + "}" for metric, rule in written)
    assert plain(resolve(text, Counted(1123))) == "1100余 1123 1100余 1123 1100余 1123"
    assert plain(resolve(text, Counted(120))) == "120 120 120 120 120 120"


def test_an_alias_names_the_same_figure(monkeypatch) -> None:
    metric = next(iter(area.metrics().values()))
    monkeypatch.setitem(area.labels(), "旧名称", metric)
    assert placed_figures(resolve("{旧名称}", Counted(7))) == [(0, Figure(metric, 7, metric.printed(7)))]


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("共{走访次数}次", "走访次数"),
        ("{}", ""),
        ("{安全检查次数:大}", "安全检查次数"),
        ("{安全检查次数", ""),
        ("安全检查次数｝", ""),
    ],
)
def test_braces_that_name_no_figure_are_unknown_and_stay_as_they_were_written(text: str, label: str) -> None:
    lines = resolve(text, Counted(1))
    assert [each.label for each in unknown(lines)] == [label]
    assert plain(lines) == text


def test_an_unknown_name_is_told_the_nearest_ones() -> None:
    assert Unknown("安全捡查次数", "{安全捡查次数}").nearest[0] == "安全检查次数"
    assert Unknown("安全检查次数", "{安全检查次数:大}").is_rule


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("走访企业12家，投入3.5万元，惠及1,200余人", ["12", "3.5", "1,200余"]),
        ("2020年上半年，6月30日前，9月底", []),
        ("2018—2020年，2020-06-30，第3次会议，19届，〔2020〕12号，8:30", []),
        ("1.成立镇商会。", []),
        ("（2）共3项", ["3"]),
        ("3个月内完成", ["3"]),
        ("一是开展活动，两个健康", []),
        ("占比达到85%", ["85"]),
        ("{安全检查次数}次、{学习}", []),
    ],
)
def test_numbers_typed_by_hand_are_marked_but_days_years_and_numbering_are_not(text: str, numbers: list[str]) -> None:
    assert [each.printed for each in unsourced(resolve(text, Counted(5)))] == numbers


def test_tokens_are_the_labels_in_braces() -> None:
    assert tokens("检查{安全检查次数}次，{ 理论学习人次 :余}人次，}") == ["安全检查次数", "理论学习人次"]


def test_figures_come_from_the_rows_of_the_unit_and_period(cast) -> None:
    make_activity(by=cast.clerk, kind="inspection")
    make_activity(by=cast.clerk, kind="inspection")
    make_activity(by=cast.outsider, kind="inspection")
    make_activity(by=cast.clerk, kind="inspection").void("重复")
    line = resolve("检查{安全检查次数}次", Ledger([cast.town.pk], H1))
    assert plain(line) == "检查2次"
    assert plain(resolve("检查{安全检查次数}次", Ledger([cast.town.pk], Period.parse("2019H1")))) == "检查0次"
