"""The demonstration's summary as PDF: the time of a warm render, and the memory after forty."""

from __future__ import annotations

import statistics
import time
from pathlib import Path

from django.core.management import call_command

from accounts.models import Unit
from workplans import compose, signing
from workplans.demo import load
from workplans.document import render_pdf
from workplans.models import Summary
from workplans.paper import Paper
from workplans.proof import proof_of_draft

from .data import HALF, reading
from .measure import head, show

RENDERS = 40


def run() -> None:
    with reading("default"):
        paper = demonstration()
    memory, times = [resident()], []
    for _ in range(RENDERS):
        before = time.process_time()
        render_pdf(paper)
        times.append(time.process_time() - before)
        memory.append(resident())
    head("PDF of the demonstration's summary", "what", "value")
    show("first render, CPU s", times[0])
    show("warm render, CPU s (median)", statistics.median(times[1:]))
    show("memory before, MB", memory[0])
    show("memory after 1, 10, 40 renders, MB", ", ".join(str(memory[n]) for n in (1, 10, RENDERS)))


def demonstration() -> Paper:
    call_command("migrate", verbosity=0, skip_checks=True)
    load.load()
    unit = Unit.objects.get(code="qingxi")
    summary = Summary(unit=unit, period=HALF, title=compose.title(unit, HALF))
    return signing.paper_of(proof_of_draft(summary, compose.draft(unit, HALF)), HALF.last_day)


def resident() -> int:
    """Megabytes of this process in memory now."""
    line = next(line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmRSS"))
    return int(line.split()[1]) // 1024
