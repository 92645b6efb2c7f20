"""The one override of WeasyPrint: these fail when WeasyPrint changes under it (docs/justification.md says what to do)."""

import inspect
from pathlib import Path

import weasyprint
from weasyprint.layout import inline
from weasyprint.text.line_break import create_layout

from workplans import justify
from workplans.document import render_pdf
from workplans.paper import Paper, blocks_of

from .measured import Measured

ROOT = Path(__file__).resolve().parents[2]


def test_it_was_tried_with_the_installed_renderer():
    assert weasyprint.__version__ == justify.TESTED_WITH


def test_the_renderer_is_pinned():
    assert '"weasyprint>=70,<71"' in (ROOT / "pyproject.toml").read_text()


def test_what_it_replaces_and_uses_takes_the_arguments_it_knows():
    assert list(inspect.signature(justify.widen_spaces).parameters) == ["context", "line", "extra_width"]
    assert list(inspect.signature(create_layout).parameters) == [
        "text", "style", "context", "max_width", "justification_spacing",
    ]  # fmt: skip
    assert "justify_line(" in inspect.getsource(inline)


def test_chinese_lines_are_flush_by_it_alone():
    """Without the override most lines with a digit end short of the edge; with it all are flush."""
    text = "走访企业54家，提供岗位1000个，达成意向3.5%，联系“重点”人士；" * 20
    measured = Measured(render_pdf(Paper("总结", blocks_of(text))))
    lines = measured.full_lines()
    assert len(lines) > 15
    assert max(abs(line.right - measured.right_edge(line.page)) for line in lines) < 1


def test_it_is_small():
    assert len((ROOT / "workplans/justify.py").read_text().splitlines()) < 100
