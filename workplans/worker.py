"""The process that draws papers, as the web process keeps it: one, warm, replaced when it failed or grew old."""

import atexit
import json
import logging
import os
import subprocess
import sys
from multiprocessing import Pipe
from pathlib import Path
from threading import Lock
from typing import NamedTuple

from django.utils.translation import gettext as _

from workplans.paper import PaperRefused
from workplans.render import DRAWN

ROOT = Path(__file__).resolve().parent.parent
LONGEST = 12.0  # seconds for one paper; with PATIENCE it is less than the 20 after which nobody believes in an answer
PATIENCE = 6.0  # seconds that one paper waits for others: drawing takes all of a core, so there is one at a time
OLD = 100  # papers
KEPT = (
    "PATH",
    "LANG",
    "LC_ALL",
    "HOME",
    "XDG_CACHE_HOME",
    "FONTCONFIG_FILE",
    "FONTCONFIG_PATH",
)  # no secrets among them

ENVIRONMENT: dict[str, str] = {}  # what a worker is told besides; the tests' way to a smaller memory

logger = logging.getLogger(__name__)
drawing = Lock()


class Drawn(NamedTuple):
    pdf: bytes
    remarks: list[str]  # what WeasyPrint warned of
    families: list[str]  # the faces it drew with


class File(NamedTuple):
    """To embed: an ASCII name, what it is, its bytes."""

    name: str
    description: str
    content: bytes


class Worker:
    """A running workplans/render.py."""

    def __init__(self) -> None:
        self.owner = os.getpid()
        self.papers = 0
        self.jobs, other = Pipe()
        command = [sys.executable, "-m", "workplans.render", str(other.fileno())]
        environment = {name: os.environ[name] for name in KEPT if name in os.environ} | ENVIRONMENT
        self.process = subprocess.Popen(  # noqa: S603
            command, cwd=ROOT, env=environment, pass_fds=[other.fileno()], stdin=subprocess.DEVNULL
        )
        other.close()

    def draw(self, source: str, files: tuple[File, ...], seconds: float) -> bytes:
        """The answer. Raises TimeoutError, or EOFError when the process ended."""
        self.papers += 1
        self.jobs.send((source, tuple(map(tuple, files))))
        if not self.jobs.poll(seconds):
            raise TimeoutError
        return self.jobs.recv_bytes()

    @property
    def is_of_use(self) -> bool:
        """Not after a fork: parent and child would read each other's papers."""
        return self.owner == os.getpid() and self.papers < OLD and self.process.poll() is None

    def end(self) -> None:
        self.jobs.close()
        if self.owner == os.getpid():
            self.process.kill()
            self.process.wait()


worker: Worker | None = None


def draw(source: str, files: tuple[File, ...] = ()) -> Drawn:
    """The page as PDF. Raises PaperRefused when it takes too long or too much, or others take too long."""
    if not drawing.acquire(timeout=PATIENCE):
        raise PaperRefused(_("正在生成其他文件，请稍后再试。"))
    try:
        answer = ready().draw(source, files, LONGEST)
    except (TimeoutError, EOFError, OSError) as error:
        logger.warning("A paper of %d characters was given up: %r", len(source), error)
        replace()
        raise PaperRefused(
            _("这份文件排版所需的时间或内存超出限度，已停止。请缩短或拆开过长的段落、表格后再试。")
        ) from error
    finally:
        drawing.release()
    if answer[:1] != DRAWN:
        logger.error("A paper could not be drawn: %s", answer[1:].decode())
        raise PaperRefused(_("这份文件排版失败，请检查其中不常见的符号或过长的内容后再试。"))
    remarked, _newline, pdf = answer[1:].partition(b"\n")
    told = json.loads(remarked)
    for remark in told["remarks"]:
        logger.warning("%s", remark)
    return Drawn(pdf, told["remarks"], told["families"])


def ready() -> Worker:
    """A worker that can draw; an old one is followed by a new one."""
    return worker if worker and worker.is_of_use else replace()


def replace() -> Worker:
    """Start a worker in place of the present one, not waiting until it can draw."""
    global worker
    end()
    worker = Worker()
    return worker


@atexit.register
def end() -> None:
    if worker is not None:
        worker.end()
