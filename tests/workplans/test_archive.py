"""One file for the archive (PDF/A-3a) and for readers who hear it (PDF/UA-1), the same bytes every time."""

import hashlib
import io
import os
import subprocess
import sys
from pathlib import Path

import page as conformance
import pytest
from pypdf import PdfReader

from workplans.document import render_pdf
from workplans.paper import Paper, blocks_of
from workplans.worker import File

from .papers import seed_paper

ROOT = Path(__file__).resolve().parents[2]
Profile = conformance.ValidationProfile
FILES = (File("figures.csv", "数字", "数字\r\n".encode()), File("notes.xlsx", "说明", b"PK"))


@pytest.fixture(scope="module")
def pdf() -> bytes:
    return render_pdf(seed_paper(), FILES)


@pytest.mark.parametrize("profile", [Profile.PDF_A_3A, Profile.PDF_UA_1])
def test_the_file_conforms(pdf, profile):
    report = conformance.validate_pdf_bytes(pdf, profile=profile).to_dict()
    assert (report["failures"], report["is_compliant"]) == ([], True)
    assert report["rules"]["total"] > 100


@pytest.mark.parametrize("profile", [Profile.PDF_A_3A, Profile.PDF_UA_1])
def test_a_paper_of_one_line_conforms_too(profile):
    plain = render_pdf(Paper("总结", blocks_of("正文。")))
    assert conformance.is_pdf_compliant_bytes(plain, profile=profile)


def test_the_syntax_is_clean(pdf, tmp_path):
    (tmp_path / "paper.pdf").write_bytes(pdf)
    checked = subprocess.run(["qpdf", "--check", tmp_path / "paper.pdf"], capture_output=True, text=True)  # noqa: S603, S607
    assert checked.returncode == 0, checked.stdout + checked.stderr
    assert "No syntax or stream encoding errors found" in checked.stdout


def test_the_file_knows_its_title_author_and_language_and_is_tagged(pdf):
    reader = PdfReader(io.BytesIO(pdf))
    assert (reader.metadata.title, reader.metadata.author) == ("乡镇2020年上半年统战工作总结", "某镇党委统战工作办公室")
    root = reader.trailer["/Root"]
    assert root["/Lang"] == "zh-CN"
    assert root["/MarkInfo"]["/Marked"]
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]


def test_what_is_embedded_can_be_taken_out_and_is_named_once(pdf):
    reader = PdfReader(io.BytesIO(pdf))
    assert reader.attachments == {file.name: [file.content] for file in FILES}
    related = [each.get_object() for each in reader.trailer["/Root"]["/AF"]]
    assert [(each["/UF"], each["/Desc"], each["/AFRelationship"]) for each in related] == [
        ("figures.csv", "数字", "/Data"),
        ("notes.xlsx", "说明", "/Data"),
    ]


def test_the_same_paper_gives_the_same_bytes_in_this_process_and_in_another(pdf):
    assert render_pdf(seed_paper(), FILES) == pdf
    program = (
        "import django, hashlib; django.setup(); from tests.workplans.test_archive import FILES, render_pdf, seed_paper;"
        "print(hashlib.sha256(render_pdf(seed_paper(), FILES)).hexdigest())"
    )
    environment = {"DJANGO_SETTINGS_MODULE": "tests.settings", **os.environ, "PYTHONHASHSEED": "7"}
    other = subprocess.run(  # noqa: S603
        [sys.executable, "-c", program], cwd=ROOT, env=environment, capture_output=True, check=True, text=True
    )
    assert other.stdout.strip() == hashlib.sha256(pdf).hexdigest()
