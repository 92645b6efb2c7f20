"""The Word form as an office program lays it out: LibreOffice sets it, pdfplumber measures what it set."""

from __future__ import annotations

import collections
import dataclasses
import io
import re
import subprocess
from pathlib import Path

import pdfplumber
import pytest

from workplans.document import render_pdf
from workplans.paper import Paper, blocks_of
from workplans.word import docx_of

GOLDEN = Path(__file__).parents[1] / "golden" / "summary-2020H1.txt"
LINES = 22


@pytest.fixture(scope="module")
def paper() -> Paper:
    """The demonstration's summary, its body five times over."""
    blocks = blocks_of(GOLDEN.read_text(encoding="utf-8"))
    return Paper("清溪镇2020年上半年统战工作总结", tuple(blocks) * 5, "清溪镇", "2020年6月30日")


def in_office(paper: Paper, folder: Path) -> pdfplumber.PDF:
    """The Word form as LibreOffice sets it. A profile of its own: another run at the same time would lock it."""
    (folder / "summary.docx").write_bytes(docx_of(paper))
    profile = f"-env:UserInstallation=file://{folder}/profile"
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", folder, folder / "summary.docx"]
    subprocess.run(command, check=True, capture_output=True, timeout=120)  # noqa: S603  # a fixed command
    return pdfplumber.open(io.BytesIO((folder / "summary.pdf").read_bytes()))


@pytest.fixture(scope="module")
def office(paper: Paper, tmp_path_factory: pytest.TempPathFactory) -> pdfplumber.PDF:
    return in_office(paper, tmp_path_factory.mktemp("office"))


def baselines(page: pdfplumber.page.Page) -> list[float]:
    """Where the lines of the type area stand: characters of the body's size, above the page number."""
    tops = collections.Counter(
        round(char["bottom"])
        for char in page.chars
        if 15 < char["size"] < 17 and char["bottom"] < 750 and char["text"].strip()
    )
    found: list[float] = []
    for bottom in sorted(tops):
        if not found or bottom - found[-1] > 10:
            found.append(bottom)
    return found


def test_every_full_page_holds_twenty_two_lines(paper, tmp_path):
    """Of text alone: a heading that stays with its text may leave the foot of a page empty, as in the PDF."""
    text_alone = dataclasses.replace(
        paper, blocks=tuple(block for block in paper.blocks if block.kind == "paragraph" and block.level == "body")
    )
    pages = in_office(text_alone, tmp_path).pages[1:-1]
    assert len(pages) > 3
    assert {len(baselines(page)) for page in pages} == {LINES}


def test_a_line_holds_twenty_eight_characters(paper, tmp_path):
    block = next(block for block in paper.blocks if block.kind == "paragraph" and block.level == "body")
    run = dataclasses.replace(block.runs[0], text="统战工作" * 400)
    page = in_office(dataclasses.replace(paper, blocks=(dataclasses.replace(block, runs=(run,)),)), tmp_path).pages[1]
    rows = collections.Counter(round(char["bottom"]) for char in page.chars if char["text"] in "统战工作")
    assert set(list(rows.values())[:-1]) == {28}


def test_pages_are_numbered_outside(office):
    for number, page in enumerate(office.pages, start=1):
        foot = [char for char in page.chars if char["bottom"] > 760]
        text = "".join(char["text"] for char in foot).replace(" ", "")
        assert re.fullmatch(rf"—{number}—", text), text
        assert (min(char["x0"] for char in foot) > page.width / 2) == (number % 2 == 1)


def test_it_has_as_many_pages_as_the_pdf_give_or_take_one(office, paper):
    ours = pdfplumber.open(io.BytesIO(render_pdf(paper)))
    assert abs(len(office.pages) - len(ours.pages)) <= 1
