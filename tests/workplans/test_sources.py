"""The ledger behind a paper's figures, embedded in it."""

import csv
import io
import zipfile

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader

from tests.workplans.summaries import DAY, make_signed, make_summary
from workplans import signing, sources
from workplans.proof import proof_of

from ..factories import make_activity

TEXTS = {"theory": "一、学习\n专题学习{理论学习人次:余}人次，即{理论学习人次:实}人次，共12家。"}


@pytest.fixture
def row(cast):
    return make_activity(by=cast.clerk, title="=专题培训", person_times=123)


def figures(cast):
    summary = make_summary(by=cast.clerk, texts=TEXTS)
    return signing.content_of(proof_of(summary), DAY).figures


def test_every_printed_figure_leads_to_its_rows(cast, row):
    lines = list(sources.lines_of(figures(cast)))
    assert ("理论学习人次", 123, "人次", "120余、123", row.ledger_number, row.date, "=专题培训", 123) in lines


def test_csv_and_spreadsheet_say_the_same(cast, row):
    as_csv, as_xlsx = sources.files(figures(cast))
    read = list(csv.reader(io.StringIO(as_csv.content.decode("utf-8-sig"))))
    sheet = load_workbook(io.BytesIO(as_xlsx.content)).active
    written = [[each.value for each in line] for line in sheet.iter_rows()]
    assert read[0] == written[0] == list(sources.HEAD)
    assert len(read) == len(written)
    assert (read[1][4], read[1][1]) == (written[1][4], str(written[1][1])) == (row.ledger_number, "123")


def test_a_title_is_never_a_formula(cast, row):
    as_csv, as_xlsx = sources.files(figures(cast))
    assert "'=专题培训" in as_csv.content.decode("utf-8-sig")
    assert load_workbook(io.BytesIO(as_xlsx.content)).active["G2"].data_type == "s"


def test_the_same_rows_give_the_same_bytes_at_any_time(cast, row, monkeypatch):
    placed = figures(cast)
    first = sources.files(placed)
    monkeypatch.setattr("time.time", lambda: 2_000_000_000.0)
    assert sources.files(placed) == first
    with zipfile.ZipFile(io.BytesIO(first[1].content)) as book:
        assert {entry.date_time for entry in book.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert book.read("docProps/core.xml").count(b"2000-01-01T00:00:00Z") == 2


def test_a_paper_without_figures_carries_no_files():
    assert sources.files([]) == ()


def test_a_signed_paper_carries_its_ledger(cast, row):
    document = make_signed(by=cast.signer, texts=TEXTS)
    assert set(PdfReader(io.BytesIO(document.pdf)).attachments) == {"ledger.csv", "ledger.xlsx"}
