"""Papers as PDF against Typst, on the same content in one run: a summary of five pages, and a ledger of 500 rows.

Ours is the processor time of the drawing process and its peak; a first paper's too, and what is left after forty.
"""

from __future__ import annotations

import dataclasses
import io
import statistics
import subprocess
import sys
import tempfile
import time
from itertools import pairwise
from pathlib import Path

from django.core.management import call_command
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from pypdf import PdfReader

from accounts.models import Unit
from tests.bench import typeset_by_typst
from workplans import compose, document, signing, worker
from workplans.demo import load
from workplans.models import Activity, Summary
from workplans.paper import Paper
from workplans.proof import proof_of_draft
from workplans.typeset import typeset

from .data import HALF, reading
from .measure import head, show

ROOT = Path(__file__).resolve().parents[2]
RENDERS = 40
TIMES = 8
ROWS = 500
COLUMNS = ("台账号", "日期", "事项", "标题", "地点", "人次", "结果")


def run() -> None:
    with reading("default"):
        paper = demonstration()
        rows = list(
            Activity.objects.order_by("pk").values_list("year", "date", "kind", "title", "place", "person_times")
        )
    ledger = [tuple(map(str, (*rows[n % len(rows)], "已完成"))) for n in range(ROWS)]
    five = dataclasses.replace(paper, blocks=(paper.blocks * 2)[:48])
    flat_memory(paper)
    head(
        "PDF against Typst, the same content in one run",
        "what", "ours, CPU s", "Typst, CPU s", "ratio", "peak MB", "KB", "pages",
    )  # fmt: skip
    compare("summary of seven pages, warm", document.page_source(five), typeset_by_typst.source_of(five, []), TIMES)
    annexed = dataclasses.replace(paper, blocks=paper.blocks[:1])
    page = document.page_source(annexed).replace("</body>", f"{table(ledger)}</body>")
    compare(f"ledger of {ROWS} rows, warm", page, typeset_by_typst.source_of(annexed, [COLUMNS, *ledger]), 3)


def flat_memory(paper: Paper) -> None:
    worker.replace()
    source = document.page_source(paper)
    waits, times, memory = [], [], []
    for _ in range(RENDERS):
        began = time.monotonic()
        worker.draw(source)
        waits.append(time.monotonic() - began)
        time.sleep(0.05)  # it collects after its answer
        times.append(cpu())
        memory.append(status("VmRSS"))
    warm = [after - before for before, after in pairwise(times)]
    head("PDF of the demonstration's summary", "what", "value")
    show("first paper, with the start of its process, s", waits[0])
    show("warm paper, s (median)", statistics.median(waits[1:]))
    show("warm paper, CPU s (median)", statistics.median(warm))
    show("memory after 1, 10, 40 papers, MB", ", ".join(str(memory[n - 1]) for n in (1, 10, RENDERS)))


def compare(what: str, ours: str, theirs: str, times: int) -> None:
    worker.replace()
    worker.draw(ours)
    spent = []
    for _ in range(times):
        before = cpu()
        pdf = worker.draw(ours).pdf
        time.sleep(0.1)
        spent.append(cpu() - before)
    with tempfile.NamedTemporaryFile("w", suffix=".typ") as file:
        file.write(theirs)
        file.flush()
        command = [sys.executable, "-m", "tests.bench.typeset_by_typst", file.name, str(times + 1)]
        told = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True).stdout.split()  # noqa: S603
    _cold, *warm = map(float, told[:-3])
    peak, size, pages = map(int, told[-3:])
    mine, other = statistics.median(spent), statistics.median(warm)
    show(
        what, mine, other, mine / other, f"{status('VmHWM')}, {peak}", f"{len(pdf) // 1024}, {size // 1024}",
        f"{len(PdfReader(io.BytesIO(pdf)).pages)}, {pages}",
    )  # fmt: skip


def demonstration() -> Paper:
    call_command("migrate", verbosity=0, skip_checks=True)
    load.load()
    unit = Unit.objects.get(code="qingxi")
    summary = Summary(unit=unit, period=HALF, title=compose.title(unit, HALF))
    return signing.paper_of(proof_of_draft(summary, compose.draft(unit, HALF)), HALF.last_day)


def table(rows: list[tuple[str, ...]]) -> SafeString:
    line = "<tr>{}</tr>"
    body = format_html_join(
        "", line, ((format_html_join("", "<td>{}</td>", ((typeset(c),) for c in r)),) for r in rows)
    )
    heads = format_html_join("", '<th scope="col">{}</th>', ((each,) for each in COLUMNS))
    style = "<style>table{border-collapse:collapse;width:100%;table-layout:fixed;font-size:9pt;line-height:14pt;letter-spacing:0}td,th{border:0.5pt solid}thead{display:table-header-group}</style>"  # noqa: E501
    return format_html("{}<table><thead><tr>{}</tr></thead><tbody>{}</tbody></table>", SafeString(style), heads, body)


def cpu() -> float:
    """Seconds of processor time that the drawing process has used."""
    fields = Path(f"/proc/{worker.ready().process.pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / 100


def status(name: str) -> int:
    """Megabytes, as the kernel counts them for the drawing process."""
    text = Path(f"/proc/{worker.ready().process.pid}/status").read_text()
    return int(next(line for line in text.splitlines() if line.startswith(name)).split()[1]) // 1024
