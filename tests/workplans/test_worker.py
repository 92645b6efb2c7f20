"""Drawing happens in a process of its own, which no text can make wait, fail for good or look around."""

import io
import os
import subprocess
import sys
import time
from pathlib import Path
from threading import Thread

import pytest
from pypdf import PdfReader

from workplans import document, render, worker
from workplans.paper import Paper, PaperRefused, blocks_of

ROOT = Path(__file__).resolve().parents[2]


def page(body: str) -> str:
    return document.page_source(Paper("总结", blocks_of("正文。"))).replace("正文。", body)


@pytest.fixture
def one_second(monkeypatch):
    document.pdf_of(page("暖机。"))  # the worker runs: the second is the paper's own
    monkeypatch.setattr(worker, "LONGEST", 1)


HOSTILE = {
    "marks upon marks": "a" + "\u0301" * 300_000,
    "blank lines": "<br>" * 50_000,
    "a giant word": "a“" * 30_000,
    "spans without a break": "<span class=latin>a</span><span class=rare>é</span>" * 10_000,
    "deep nesting": "<div>" * 20_000 + "底",
    "a giant table": "<table>" + ("<tr>" + "<td>甲</td>" * 100 + "</tr>") * 300 + "</table>",
}


@pytest.mark.parametrize("hostile", HOSTILE.values(), ids=HOSTILE)
def test_a_page_that_takes_too_long_is_given_up_and_the_next_is_drawn(hostile, one_second):
    before = time.monotonic()
    with pytest.raises(PaperRefused):
        document.pdf_of(page(hostile))
    assert time.monotonic() - before < 5
    worker.LONGEST = 12
    assert document.pdf_of(page("正文。")).startswith(b"%PDF")


def test_the_longest_wait_for_an_answer_is_less_than_twenty_seconds():
    assert worker.PATIENCE + worker.LONGEST < 20


def test_the_processor_time_of_one_paper_is_limited_too():
    assert worker.LONGEST < render.SECONDS < 20


def test_a_page_that_takes_too_much_memory_is_refused_and_the_next_is_drawn(monkeypatch):
    monkeypatch.setattr(worker, "ENVIRONMENT", {"PAPER_MEMORY_MB": "150"})
    worker.replace()
    try:
        with pytest.raises(PaperRefused):
            document.pdf_of(page("".join(f"<p>第{number}段。</p>" for number in range(20_000))))
        assert document.pdf_of(page("正文。")).startswith(b"%PDF")
    finally:
        monkeypatch.undo()
        worker.replace()


def test_the_site_answers_while_a_page_is_drawn(client, db, monkeypatch):
    monkeypatch.setattr(worker, "LONGEST", 2)

    def draw() -> None:
        with pytest.raises(PaperRefused):
            document.pdf_of(page(HOSTILE["deep nesting"]))

    drawing = Thread(target=draw)
    drawing.start()
    try:
        before = time.monotonic()
        assert client.get("/healthz").status_code == 200
        assert time.monotonic() - before < 1
        assert drawing.is_alive()
    finally:
        drawing.join()


def test_who_waits_too_long_for_other_papers_is_asked_to_come_again(monkeypatch):
    monkeypatch.setattr(worker, "PATIENCE", 0.01)
    with worker.drawing, pytest.raises(PaperRefused) as refused:
        document.pdf_of(page("正文。"))
    assert str(refused.value) == "正在生成其他文件，请稍后再试。"
    assert document.pdf_of(page("正文。")).startswith(b"%PDF")


def test_a_worker_that_died_is_replaced():
    document.pdf_of(page("正文。"))
    worker.worker.process.kill()
    worker.worker.process.wait()
    assert document.pdf_of(page("正文。")).startswith(b"%PDF")


def test_an_old_worker_is_replaced(monkeypatch):
    document.pdf_of(page("正文。"))
    first = worker.worker.process
    monkeypatch.setattr(worker, "OLD", worker.worker.papers)
    document.pdf_of(page("正文。"))
    assert worker.worker.process is not first
    assert first.poll() is not None


def test_a_worker_of_another_process_is_not_used():
    document.pdf_of(page("正文。"))
    worker.worker.owner = -1
    assert not worker.worker.is_of_use
    worker.worker.owner = os.getpid()
    assert worker.worker.is_of_use


def test_a_worker_knows_no_secret():
    document.pdf_of(page("正文。"))
    pid = worker.worker.process.pid
    names = {each.split(b"=")[0].decode() for each in Path(f"/proc/{pid}/environ").read_bytes().split(b"\0") if each}
    assert names <= {*worker.KEPT, "PAPER_MEMORY_MB"}


def test_a_worker_s_memory_is_flat_over_forty_papers():
    paper = Paper("总结", blocks_of("学习中央、省、市关于统战工作的重大决策部署，走访企业54家。" * 60))
    after = []
    for _ in range(40):
        document.render_pdf(paper)
        after.append(resident(worker.worker.process.pid))
    assert after[-1] < 1.1 * after[9]
    assert after[-1] < 200


def resident(pid: int) -> int:
    """Megabytes, once a process that has answered has given back what it needs no more."""
    return min(now_resident(pid) for _ in range(3) if not time.sleep(0.02))


def now_resident(pid: int) -> int:
    line = next(line for line in Path(f"/proc/{pid}/status").read_text().splitlines() if line.startswith("VmRSS"))
    return int(line.split()[1]) // 1024


@pytest.fixture
def canary(tmp_path) -> str:
    (tmp_path / "canary.css").write_text("h1::after { content: 'CANARY' }")
    return (tmp_path / "canary.css").as_uri()


def test_nothing_is_fetched_even_if_an_address_reached_the_page(canary, caplog):
    source = (
        f'<html lang=zh><title>x</title><link rel=stylesheet href="{canary}"><link rel=attachment href="{canary}">'
        f'<style>@import url("{canary}"); h1 {{ background: url("{canary}") }}</style>'
        f'<h1>题</h1><img alt=x src="{canary}"><img alt=x src="data:image/png;base64,AAAA"><object data="{canary}">'
    )
    reader = PdfReader(io.BytesIO(document.pdf_of(source)))
    assert reader.attachments == {}
    assert "CANARY" not in reader.pages[0].extract_text()
    assert sum("A paper consists of its text alone" in message for message in caplog.messages) == 5


def test_the_web_process_never_loads_the_renderer():
    program = (
        "import django, sys; django.setup(); import workplans.urls; from workplans import document, paper;"
        "document.render_pdf(paper.Paper('题', paper.blocks_of('文'))); print('weasyprint' in sys.modules)"
    )
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "tests.settings"}
    started = subprocess.run([sys.executable, "-c", program], cwd=ROOT, env=environment, capture_output=True, text=True)  # noqa: S603
    assert (started.returncode, started.stdout.strip()) == (0, "False"), started.stderr
