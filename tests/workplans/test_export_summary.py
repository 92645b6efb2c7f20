"""manage.py export_summary: the same paper from the command line."""

import io

import pypdf
import pytest
from django.core.management import CommandError, call_command

from workplans.models import Summary

from ..factories import make_activity
from .summaries import make_signed, make_summary


def export(unit, period, to) -> str:
    out = io.StringIO()
    call_command("export_summary", unit, period, to=str(to), stdout=out)
    return out.getvalue()


def words(path) -> str:
    return "".join("".join(page.extract_text().split()) for page in pypdf.PdfReader(path).pages)


def test_a_signed_summary_is_written_byte_for_byte(cast, tmp_path):
    document = make_signed(by=cast.signer)
    said = export("qingxi", "2020H1", tmp_path / "s.pdf")
    assert (tmp_path / "s.pdf").read_bytes() == bytes(document.pdf)
    assert document.code in said


def test_the_ending_chooses_the_form(cast, tmp_path):
    document = make_signed(by=cast.signer)
    for ending in ("docx", "TXT"):
        assert document.code in export("qingxi", "2020H1", tmp_path / f"s.{ending}")
    assert document.code in (tmp_path / "s.TXT").read_text(encoding="utf-8")
    assert (tmp_path / "s.docx").read_bytes().startswith(b"PK")


def test_a_draft_is_rendered_with_what_people_wrote(cast, tmp_path):
    make_activity(by=cast.clerk, kind="inspection", sessions=7)
    make_summary(by=cast.clerk, texts={"religion": "本镇开展安全检查{安全检查次数}次。"})
    assert "not signed" in export("qingxi", "2020H1", tmp_path / "s.pdf")
    assert "本镇开展安全检查7次。" in words(tmp_path / "s.pdf")


def test_without_a_summary_it_composes_one_and_stores_nothing(cast, tmp_path):
    make_activity(by=cast.clerk, kind="inspection", sessions=7)
    export("qingxi", "2020H1", tmp_path / "s.pdf")
    assert "开展安全检查7次" in words(tmp_path / "s.pdf")
    assert not Summary.objects.exists()


@pytest.mark.parametrize(
    ("unit", "period", "name", "message"),
    [
        ("nowhere", "2020H1", "s.pdf", "There is no unit 'nowhere'. There are: baishi (白石镇), qingxi (清溪镇), yunchuan (云川区)."),
        ("qingxi", "2020H3", "s.pdf", "There is no period '2020H3'; write a half-year as 2020H1 or 2020H2."),
        ("qingxi", "2020Q1", "s.pdf", "A summary is of a half-year: write 2020H1 or 2020H2, not 2020Q1."),
        ("qingxi", "2031H1", "s.pdf", "qingxi has neither a summary nor ledger rows in 2031H1. There are rows in 2020H1."),
        ("qingxi", "2020H1", "summary", "names no form; write to a file ending in .pdf, .docx, .txt."),
        ("qingxi", "2020H1", "no/folder/s.pdf", "cannot be written"),
    ],
)  # fmt: skip
def test_what_it_cannot_do_it_says_clearly(cast, tmp_path, unit, period, name, message):
    make_activity(by=cast.clerk)
    with pytest.raises(CommandError) as refused:
        export(unit, period, tmp_path / name)
    assert message in str(refused.value)
    assert list(tmp_path.iterdir()) == []


def test_hostile_text_is_refused_with_its_reason(cast, tmp_path):
    make_summary(by=cast.clerk, texts={"intro": "字" + "\u0301" * 2000})
    with pytest.raises(CommandError, match="一个字上叠加的符号过多"):
        export("qingxi", "2020H1", tmp_path / "s.pdf")
