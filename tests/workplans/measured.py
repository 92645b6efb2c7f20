"""A PDF measured with a ruler against GB/T 9704: the lines with their places, and what is wrong with them."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass, field

import pdfplumber

from workplans.format import POINTS_PER_MM as MM
from workplans.format import STANDARD, Format
from workplans.paper import Block, Paper

NEVER_FIRST = "，。、；：！？）》〉】〕」』”’%…"
NEVER_LAST = "（《〈【〔「『“‘"
HALVED = "，。、；：）》〉】〕」』”’"  # before an opening mark; the PDF does not tell that the last of a line is so
ABOVE, BELOW = 0.88, 0.12  # of the size: how far a character's square reaches from its baseline


def is_chinese(text: str) -> bool:
    return all("\u4e00" <= character <= "\u9fff" for character in text)


@dataclass(frozen=True)
class Line:
    page: int
    baseline: float  # points from the sheet's top
    characters: tuple[dict, ...]

    @property
    def text(self) -> str:
        return "".join(character["text"] for character in self.characters)

    @property
    def left(self) -> float:
        return self.characters[0]["x0"]

    @property
    def right(self) -> float:
        return self.characters[-1]["x1"]

    @property
    def size(self) -> float:
        return max(character["size"] for character in self.characters)

    @property
    def fonts(self) -> set[str]:
        return {character["fontname"].split("+")[1] for character in self.characters}

    @property
    def is_pure(self) -> bool:
        return is_chinese(self.text)


@dataclass
class Measured:
    """The lines of a PDF, the page numbers apart."""

    pdf: bytes
    format: Format = STANDARD
    lines: list[Line] = field(default_factory=list)
    numbers: list[Line] = field(default_factory=list)
    pages: int = 0

    def __post_init__(self) -> None:
        foot = (297 - self.format.bottom + 2) * MM
        with pdfplumber.open(io.BytesIO(self.pdf)) as opened:
            self.pages = len(opened.pages)
            for number, page in enumerate(opened.pages, 1):
                baselines: dict[float, list] = {}
                for character in page.chars:
                    baseline = round(float(page.height) - character["matrix"][5], 0)
                    baselines.setdefault(baseline, []).append(character)
                for _, characters in sorted(baselines.items()):
                    characters.sort(key=lambda it: it["x0"])
                    line = Line(number, float(page.height) - characters[0]["matrix"][5], tuple(characters))
                    (self.numbers if line.baseline > foot else self.lines).append(line)
        for line, following in self.pairs():
            if line.text[-1] in HALVED and following.text[0] in NEVER_LAST:
                line.characters[-1]["x1"] -= line.size / 2

    def left_edge(self, page: int) -> float:
        mirrored = self.format.duplex and page % 2 == 0
        return (self.format.right if mirrored else self.format.left) * MM

    def right_edge(self, page: int) -> float:
        return self.left_edge(page) + self.format.width * MM

    def on(self, page: int) -> list[Line]:
        return [line for line in self.lines if line.page == page]

    def pairs(self) -> Iterator[tuple[Line, Line]]:
        return zip(self.lines, self.lines[1:], strict=False)

    def full_lines(self) -> list[Line]:
        """Lines that run on into the next, which therefore starts at the edge."""
        return [
            line
            for line, following in self.pairs()
            if abs(following.left - self.left_edge(following.page)) < 2 and line.size < self.format.size + 1
        ]


def faults(measured: Measured, paper: Paper) -> list[str]:
    """Everything that part 1 of the requirement forbids, in words; empty for a paper as it should be."""
    return [
        *faults_of_pages(measured, paper),
        *faults_of_lines(measured),
        *faults_of_pitch(measured),
        *faults_of_numbers(measured),
    ]


def faults_of_pages(measured: Measured, paper: Paper) -> Iterator[str]:
    headings = [block.text for block in paper.blocks if is_heading(block)]
    wanted = measured.format
    for page in range(1, measured.pages):
        lines = measured.on(page)
        if any(heading.endswith(lines[-1].text) for heading in headings):
            yield f"page {page}: the heading {lines[-1].text} is left at the foot"
        if page == 1:
            continue
        if not wanted.lines - pushed(measured.on(page + 1), headings) <= len(lines) <= wanted.lines:
            yield f"page {page}: {len(lines)} lines"
        top = lines[0].baseline - ABOVE * wanted.size
        if abs(top - wanted.top * MM) > 0.5 * MM:
            yield f"page {page}: the first line's top lies at {top / MM:.2f} mm"
        foot = lines[-1].baseline + BELOW * wanted.size
        wanted_foot = wanted.top * MM + wanted.size + (wanted.lines - 1) * wanted.pitch
        if len(lines) == wanted.lines and abs(foot - wanted_foot) > 0.5 * MM:
            yield f"page {page}: the last line's foot lies at {foot / MM:.2f} mm"


def is_heading(block: Block) -> bool:
    """Not content under a number: that ends with 。."""
    return block.kind == "heading0" or (block.level != "body" and not block.body_runs and not block.text.endswith("。"))


def pushed(lines: list[Line], headings: list[str]) -> int:
    """How many lines of headings a page begins with: so many the page before may lack."""
    count, begun = 0, ""
    for line in lines:
        begun += line.text
        if not any(heading.startswith(begun) for heading in headings):
            break
        count += 1
        begun = "" if begun in headings else begun
    return count


def faults_of_lines(measured: Measured) -> Iterator[str]:
    full = measured.full_lines()
    indent = 2 * measured.format.cell
    ragged = [line for line in full if abs(line.right - measured.right_edge(line.page)) > 0.35 * MM]
    if len(ragged) > 0.01 * len(full):
        yield f"{len(ragged)} of {len(full)} lines are not flush: {ragged[0].text}"
    following = {id(line): other for line, other in measured.pairs()}
    for line in full:
        inset = line.left - measured.left_edge(line.page)
        if abs(inset) > 0.2 and abs(inset - indent) > 0.2:
            yield f"page {line.page}: a line starts {inset / MM:.2f} mm in: {line.text}"
        wanted = measured.format.characters - (2 if inset > 2 else 0)
        # A mark that may not begin a line, or a word, takes the character before it along.
        is_free = line.is_pure and is_chinese(following[id(line)].text[:2])
        if is_free and len(line.text) != wanted:
            yield f"page {line.page}: {len(line.text)} characters: {line.text}"
    for line in measured.lines:
        begins_within = abs(line.left - measured.left_edge(line.page)) < 2  # else it is how its paragraph begins
        if (begins_within and line.text[0] in NEVER_FIRST) or line.text[-1] in NEVER_LAST:
            yield f"page {line.page}: a line starts or ends with the wrong mark: {line.text}"
        beyond = max(measured.left_edge(line.page) - line.left, line.right - measured.right_edge(line.page))
        if beyond > 0.5 * MM:
            yield f"page {line.page}: a line leaves the type area by {beyond / MM:.2f} mm: {line.text}"


def faults_of_pitch(measured: Measured) -> Iterator[str]:
    """Every gap is the pitch, or a whole number of them around the title and above the signature."""
    for line, following in measured.pairs():
        gap = following.baseline - line.baseline
        lines = round(gap / measured.format.pitch)
        if line.page == following.page and not (1 <= lines <= 2 and abs(gap / lines - measured.format.pitch) < 0.02):
            yield f"page {line.page}: {gap:.3f} pt from “{line.text[:12]}” to “{following.text[:12]}”"


def faults_of_numbers(measured: Measured) -> Iterator[str]:
    wanted = [f"—{page}—" for page in range(1, measured.pages + 1)]
    if [line.text.replace(" ", "") for line in measured.numbers] != wanted:
        yield f"page numbers: {[line.text for line in measured.numbers]}"
    for line in measured.numbers:
        left, right = measured.left_edge(line.page), measured.right_edge(line.page)
        if measured.format.number_place == "centre":
            off = (line.left + line.right) / 2 - (left + right) / 2
        else:
            off = right - line.right - 14 if line.page % 2 else line.left - left - 14
        if abs(off) > 0.3 * MM:
            yield f"page {line.page}: its number is {off / MM:.2f} mm off"


def dash_below(measured: Measured) -> float:
    """Millimetres from the type area's foot to the middle of the dash beside the first page's number, as inked."""
    dots = 300 / 25.4
    with pdfplumber.open(io.BytesIO(measured.pdf)) as opened:
        page = opened.pages[0].to_image(resolution=300).original.convert("L")
    dash = measured.numbers[0].characters[0]
    column = int((dash["x0"] + dash["x1"]) / 2 / MM * dots)
    edge = 297 - measured.format.bottom
    dark = [row for row in range(int((edge + 2) * dots), int((edge + 18) * dots)) if page.getpixel((column, row)) < 128]
    return (sum(dark) / len(dark) + 0.5) / dots - edge
