"""The ledger behind a paper's figures as files to embed in it: the same rows as CSV and as a spreadsheet.

Every printed figure leads to its rows without this program. The same content gives the same bytes: neither file tells a
time, not even inside the spreadsheet's zip.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
import zipfile
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import TYPE_CHECKING

from .worker import File

if TYPE_CHECKING:
    from .metrics import Metric
    from .signing import PlacedFigure

HEAD = ("指标", "准确值", "单位", "文中写作", "台账号", "日期", "标题", "计入")
WIDTHS = (24, 10, 8, 16, 18, 12, 60, 8)
DESCRIPTION = "数字依据：文中每个数字的准确值和台账明细"
FORMULA = ("=", "+", "-", "@", "\t", "\r")  # what a spreadsheet would compute instead of show
NO_TIME = dt.datetime(2000, 1, 1)  # noqa: DTZ001  # spreadsheets know no zones

Cell = str | int | Decimal | dt.date | None


def files(figures: Iterable[PlacedFigure]) -> tuple[File, ...]:
    """The two files; none for a paper without figures. Their names are ASCII: PDF readers spoil others."""
    lines = list(lines_of(figures))
    if not lines:
        return ()
    return File("ledger.csv", DESCRIPTION, as_csv(lines)), File("ledger.xlsx", DESCRIPTION, as_xlsx(lines))


def lines_of(figures: Iterable[PlacedFigure]) -> Iterator[tuple[Cell, ...]]:
    """One line for each row behind each figure; a figure that the text names twice stands once, with both its prints."""
    prints: dict[str, dict[str, None]] = {}
    behind = {}
    for _, figure, rows in figures:
        prints.setdefault(figure.metric.code, {})[figure.printed] = None
        behind[figure.metric.code] = figure, rows
    for code, (figure, rows) in behind.items():
        told = figure.printed if figure.is_withheld else in_unit(figure.metric, figure.exact)
        about = (figure.metric.label, told, figure.metric.unit, "、".join(prints[code]))
        if figure.is_withheld or not rows:
            yield (*about, "", None, "", None)
            continue
        for number, day, title, amount in rows:
            yield (*about, number, day, title, in_unit(figure.metric, amount))


def in_unit(metric: Metric, value: int) -> int | Decimal:
    """A count as it is; what is kept in parts of its unit in whole ones: 1250 hundreds of 元 are 12.5 万元."""
    return Decimal(metric.exactly(value)) if metric.places else value


def as_csv(lines: Iterable[tuple[Cell, ...]]) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(HEAD)
    writer.writerows([shown(cell) for cell in line] for line in lines)
    return out.getvalue().encode("utf-8-sig")  # with the mark by which Excel knows the encoding


def shown(cell: Cell) -> Cell:
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA) else cell


def as_xlsx(lines: Iterable[tuple[Cell, ...]]) -> bytes:
    from openpyxl import Workbook
    from openpyxl.utils import get_column_letter

    book = Workbook()
    book.properties.created = NO_TIME
    sheet = book.active
    sheet.title = "数字依据"
    sheet.freeze_panes = "A2"
    for number, line in enumerate([HEAD, *lines], start=1):
        for column, cell in enumerate(line, start=1):
            place = sheet.cell(number, column, cell)
            if isinstance(cell, str):
                place.data_type = "s"  # never a formula
    for column, width in enumerate(WIDTHS, start=1):
        sheet.column_dimensions[get_column_letter(column)].width = width
    out = io.BytesIO()
    book.save(out)
    return without_time(out.getvalue())


def without_time(workbook: bytes) -> bytes:
    """The same workbook in a zip whose entries, and whose properties, were all made at one time long past."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook)) as made, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as timeless:
        for entry in made.infolist():
            content = made.read(entry)
            if entry.filename == "docProps/core.xml":
                content = re.sub(rb"(<dcterms:modified[^>]*>)[^<]*", rb"\g<1>2000-01-01T00:00:00Z", content)
            timeless.writestr(zipfile.ZipInfo(entry.filename, (1980, 1, 1, 0, 0, 0)), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()
