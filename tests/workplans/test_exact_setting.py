"""GB/T 9704 to the fraction of a millimetre: on the demonstration's summary, on 90 hard pages and on any text at all."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.bench.pdf import demonstration
from workplans import paper as papers
from workplans import worker
from workplans.document import render_pdf
from workplans.format import Format
from workplans.paper import Paper, blocks_of

from .measured import Measured, dash_below, faults
from .papers import COMMON, seed_paper, stress_text

FORMATS = [
    Format(),
    Format(pitch_rule="29", number_place="centre"),
    Format(pitch_rule="28", digits="body"),
    Format(top=35, bottom=33, left=27, right=27, duplex=False),
]


def faults_of(paper: Paper) -> list[str]:
    return faults(Measured(render_pdf(paper), paper.format), paper)


@pytest.mark.django_db
def test_the_demonstration_s_summary_is_exact():
    assert faults_of(demonstration()) == []


@pytest.mark.parametrize("format", FORMATS, ids=["standard", "29 pt, centre", "28 pt, body digits", "other margins"])
def test_the_office_s_own_summary_is_exact_in_every_format(format):
    paper = seed_paper(format)
    measured = Measured(render_pdf(paper), format)
    assert measured.pages >= 5
    assert faults(measured, paper) == []


def test_ninety_hard_pages_are_exact(monkeypatch):
    monkeypatch.setattr(papers, "MAX_CHARACTERS", 10**5)
    monkeypatch.setattr(papers, "MAX_LINES", 10**4)
    monkeypatch.setattr(worker, "LONGEST", 120)
    paper = Paper("压力测试", blocks_of(stress_text(330)), "某镇", "2020年6月30日")
    measured = Measured(render_pdf(paper))
    assert measured.pages >= 90
    assert len(measured.full_lines()) > 1000
    assert faults(measured, paper) == []


PIECES = st.one_of(
    st.text(COMMON, min_size=1, max_size=40),
    st.integers(0, 10**7).map(str),
    st.sampled_from(
        ["，", "；", "“法治”", "（含“安全”）", "《条例》，", "3.5%", "——", "……", "㛃䶮", "GB/T 9704", "é", "①", "⑫、"]
    ),
)
SENTENCES = st.lists(PIECES, min_size=1, max_size=60).map(lambda pieces: f"统战{''.join(pieces)}。")
HEADINGS = st.builds(
    "{}{}".format, st.sampled_from(["一、", "（二）", "1.", "（3）"]), st.text(COMMON, min_size=2, max_size=30)
)


@settings(max_examples=15, deadline=None)
@given(st.lists(st.one_of(SENTENCES, HEADINGS), min_size=8, max_size=60))
def test_any_text_is_exact(lines):
    assert faults_of(Paper("任意文字", blocks_of("\n".join(lines)[:9_000]), "某镇", "2020年6月30日")) == []


def test_a_line_of_chinese_characters_holds_twenty_eight():
    first, *others = Measured(render_pdf(Paper("总结", blocks_of("统战工作" * 300)))).full_lines()
    assert len(first.text) == 26
    assert {len(line.text) for line in others} == {28}


@pytest.mark.parametrize("format", FORMATS[:3])
def test_the_page_number_s_dash_lies_seven_millimetres_below_the_type_area(format):
    measured = Measured(render_pdf(Paper("总结", blocks_of("正文。"), format=format)), format)
    assert dash_below(measured) == pytest.approx(7, abs=0.3)


def test_two_marks_in_a_row_are_squeezed():
    (line,) = Measured(render_pdf(Paper("总结", blocks_of("含（“法治”），甲。")))).lines[1:]
    starts = {character["text"]: character["x0"] for character in line.characters}
    cell = Format().cell
    assert starts["法"] - starts["含"] == pytest.approx(3 * cell - 8, abs=0.1)
    assert starts["治"] - starts["法"] == pytest.approx(cell, abs=0.1)
    assert starts["甲"] - starts["治"] == pytest.approx(4 * cell - 2 * 8, abs=0.1)


def test_the_ruler_sees_what_is_wrong():
    """A paper set in one format and measured by another: every kind of fault is found."""
    paper = seed_paper(Format(pitch_rule="28", left=20, top=30, number_place="centre"))
    found = " ".join(faults(Measured(render_pdf(paper)), paper))
    for words in ("lines", "first line's top", "not flush", "mm in", "its number is", "pt from"):
        assert words in found
