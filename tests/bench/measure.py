"""CPU time of operations taken in turns, so that whatever else the machine does falls on all of them alike."""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

from django.db import connections

from .data import reading

CALLS = 4  # of one case in a round

Case = tuple[str, Callable[[], object]]  # the database it reads, and what is measured


def medians(cases: dict[str, Case], rounds: int) -> dict[str, float]:
    """CPU milliseconds of one call of each case: the median over rounds, in each of which all take their turn."""
    found: dict[str, list[float]] = {name: [] for name in cases}
    for _ in range(rounds):
        for name, (alias, call) in cases.items():
            with reading(alias):
                call()  # into the caches, which the case before has filled with its own
                before = cpu(alias)
                for _ in range(CALLS):
                    call()
                found[name].append((cpu(alias) - before) / CALLS * 1000)
    return {name: statistics.median(times) for name, times in found.items()}


def cpu(alias: str) -> float:
    """Seconds of processor time this process has used and, behind a PostgreSQL connection, its server process too."""
    return time.process_time() + server_cpu(alias)


def server_cpu(alias: str) -> float:
    connection = connections[alias]
    if connection.vendor != "postgresql":
        return 0.0
    connection.ensure_connection()
    nanoseconds = Path(f"/proc/{connection.connection.info.backend_pid}/schedstat").read_text().split()[0]
    return int(nanoseconds) / 1e9


def show(*columns: object) -> None:
    """One line of a Markdown table."""
    sys.stdout.write("| " + " | ".join(f"{c:.2f}" if isinstance(c, float) else str(c) for c in columns) + " |\n")
    sys.stdout.flush()


def head(title: str, *columns: str) -> None:
    sys.stdout.write(f"\n{title}\n\n")
    show(*columns)
    show(*["---"] * len(columns))
