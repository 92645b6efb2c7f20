"""The same papers in Typst's language, and its program: what our PDF is measured against."""

import io
import resource
import sys
import time
from pathlib import Path

from pypdf import PdfReader

from workplans.fonts import chosen
from workplans.format import Format
from workplans.paper import Paper

MARKS = str.maketrans({mark: f"\\{mark}" for mark in "\\#$*_`<>@[]{}=-+/~\"'"})

HEAD = """
#set document(title: "{title}")
#set page(width: 210mm, height: 297mm, margin: (top: {top}mm, bottom: {bottom}mm, inside: {left}mm, outside: {right}mm),
  numbering: "— 1 —")
#set text(font: ("{latin}", "{body}", "{rare}"), size: 16pt, lang: "zh", region: "cn", top-edge: 0.88em, bottom-edge: -0.12em)
#set par(justify: true, leading: {leading}pt, spacing: {leading}pt, first-line-indent: (amount: 2em, all: true))
#show heading: it => par(text(font: "{hei}", weight: "regular", size: 16pt, it.body))
#align(center, text(font: "{title_face}", weight: "bold", size: 22pt)[{heading}])
"""


def source_of(paper: Paper, rows: list[tuple[str, ...]]) -> str:
    measures: Format = paper.format
    head = HEAD.format(
        title=paper.title, heading=escaped(paper.title), top=measures.top, bottom=measures.bottom, left=measures.left,
        right=measures.right, leading=measures.pitch - measures.size, latin=chosen("数字"), body=chosen("仿宋"),
        rare="Noto Serif CJK SC", hei=chosen("黑体"), title_face=chosen("小标宋"),
    )  # fmt: skip
    blocks = [f"= {escaped(b.text)}" if b.level == "level1" else escaped(b.text) for b in paper.blocks]
    return head + "\n\n".join([*blocks, table(rows)])


def table(rows: list[tuple[str, ...]]) -> str:
    if not rows:
        return ""
    first, *others = rows
    cells = "".join(f"[{escaped(cell)}], " for row in others for cell in row)
    head = "".join(f"[{escaped(cell)}], " for cell in first)
    return f"#set text(size: 9pt)\n#table(columns: {len(first)}, table.header({head}), {cells})"


def escaped(text: str) -> str:
    return text.translate(MARKS)


if __name__ == "__main__":  # source file, number of times: prints CPU seconds of each, peak memory, bytes, pages
    import typst

    path, times = Path(sys.argv[1]), int(sys.argv[2])
    source = path.read_text()
    for number in range(times):  # each another text: Typst remembers paragraphs and cells that it has set before
        path.write_text(source.replace("。", f"{number}。").replace("], [", f"{number}], ["))
        before = time.process_time()
        pdf = typst.compile(path, pdf_standards=["a-3a"])
        print(time.process_time() - before)  # noqa: T201
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(peak, len(pdf), len(PdfReader(io.BytesIO(pdf)).pages))  # noqa: T201
