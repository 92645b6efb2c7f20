"""The program that draws papers: `python -m workplans.render FD`, a process of its own with bounded memory and time.

With justify.py and archive.py it is all that knows WeasyPrint; of Django, the settings and the database it knows nothing.
It reads one job after another from the socket it was given and answers each, until the other end is closed. A job is a
page of HTML and the files to embed; an answer is one line of JSON (what was remarked, which faces drew) and the PDF.
"""

import ctypes
import datetime as dt
import functools
import gc
import json
import logging
import os
import resource
import sys
from multiprocessing.connection import Connection
from typing import Any

# Data only; fonts are mapped from their files and do not count. A ledger of 500 rows takes a third of it.
MEMORY = int(os.environ.get("PAPER_MEMORY_MB", "1024")) * 1024**2
SECONDS = 15  # of processor time for one paper

DRAWN, REFUSED = b"+", b"-"
NO_TIME = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)  # of embedded files: the same content has the same bytes


def main(socket: int) -> None:
    jobs = Connection(socket)
    from weasyprint import HTML  # noqa: F401  # a second, before the first job comes

    from workplans import justify

    justify.install()
    resource.setrlimit(resource.RLIMIT_DATA, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    os.nice(5)  # pages come first
    gc.freeze()
    gc.disable()  # boxes refer to each other; they are collected after each paper, when nobody waits
    while True:
        try:
            job = jobs.recv()
        except EOFError:
            return
        allow_more_time()
        jobs.send_bytes(answer(*job))
        del job
        gc.collect()
        give_back()


def give_back() -> None:
    """Return freed memory to the system, where the C library knows how."""
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
    if trim:
        trim(0)


def allow_more_time() -> None:
    used = resource.getrusage(resource.RUSAGE_SELF)
    limit = int(used.ru_utime + used.ru_stime) + SECONDS
    resource.setrlimit(resource.RLIMIT_CPU, (limit, resource.RLIM_INFINITY))


def answer(source: str, files: tuple[tuple[str, str, bytes], ...]) -> bytes:
    remarks = Remarks()
    logger = logging.getLogger("weasyprint")
    logger.handlers, logger.propagate = [remarks], False
    try:
        pdf, families = draw(source, files)
    except MemoryError:
        return REFUSED + b"memory"
    except Exception as error:  # whatever a text makes WeasyPrint do, the next paper is drawn
        return REFUSED + repr(error)[:500].encode()
    remarked = {"remarks": remarks.lines, "families": families}
    return DRAWN + json.dumps(remarked).encode() + b"\n" + pdf


def draw(source: str, files: tuple[tuple[str, str, bytes], ...]) -> tuple[bytes, list[str]]:
    from weasyprint import HTML, Attachment

    from workplans import archive

    attachments = [
        Attachment(
            string=content, name=name, description=description, created=NO_TIME, modified=NO_TIME, relationship="Data"
        )
        for name, description, content in files
    ]
    document = HTML(string=source, url_fetcher=nothing_fetched()).render(
        font_config=font_configuration(), pdf_variant=archive.VARIANT
    )
    pdf = document.write_pdf(finisher=archive.finish, pdf_variant=archive.VARIANT, attachments=attachments)
    return pdf, sorted({font.family for font in document.fonts.values()})


@functools.cache
def font_configuration() -> Any:
    """One for all papers, none of which brings a face along: a new one each leaks a third of a megabyte."""
    from weasyprint.text.fonts import FontConfiguration

    return FontConfiguration()


def nothing_fetched() -> Any:
    from weasyprint.urls import URLFetcher

    class NothingFetched(URLFetcher):
        def fetch(self, url: str, headers: dict | None = None) -> None:
            raise ValueError("A paper consists of its text alone.")

    return NothingFetched(allowed_protocols=[])


class Remarks(logging.Handler):
    """What WeasyPrint warns of, as lines."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(record.getMessage()[:500])


if __name__ == "__main__":
    main(int(sys.argv[1]))
