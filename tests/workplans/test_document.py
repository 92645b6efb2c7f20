"""The PDF measured with a ruler: GB/T 9704, on the office's own text."""

import ast
import io
import os
import re
import subprocess
import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import pdfplumber
import pytest
from django.core.checks import WARNING, run_checks
from pypdf import PdfReader

from workplans import document
from workplans.document import check_fonts, refuse_unprintable, render_pdf
from workplans.paper import Paper, PaperRefused, blocks_of

ROOT = Path(__file__).resolve().parents[2]
MM = 72 / 25.4
SIZE = 16
INDENT = 2 * 156 * MM / 28

# Digits, quotes, brackets, percentages and rare characters, all that pushes lines off a grid.
HARD = (
    "学习中央、省、市、区关于统战工作的重大决策部署，开展专题学习22次，培训1100余人次；走访企业54家，提供岗位1000多个，"
    "达成意向3.5%，联系㛃䶮喆堃镕等人士，始终把“安全生产”放在首位（含“法治”宣传），"
)


def seed_paper() -> Paper:
    """The office's half-year summary, its paragraphs lengthened until it fills several pages."""
    title, text = (ROOT / "tests/golden/seed-summary.txt").read_text(encoding="utf-8").split("\n", 1)
    longer = re.sub(r"^(（.）.*)$", lambda line: f"{line[1]}\n{HARD * 5}取得实效。", text, flags=re.M)
    return Paper(title, blocks_of(longer), "某镇党委统战工作办公室", "2020年6月30日")


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
    def fonts(self) -> set[str]:
        return {character["fontname"].split("+")[1] for character in self.characters}


class Measured:
    """The lines of a PDF, the page numbers apart."""

    def __init__(self, pdf: bytes):
        self.pdf = pdf
        self.lines: list[Line] = []
        self.numbers: list[Line] = []
        with pdfplumber.open(io.BytesIO(pdf)) as opened:
            self.pages = len(opened.pages)
            for number, page in enumerate(opened.pages, 1):
                baselines: dict[float, list] = {}
                for character in page.chars:
                    baseline = round(float(page.height) - character["matrix"][5], 1)
                    baselines.setdefault(baseline, []).append(character)
                for baseline, characters in sorted(baselines.items()):
                    line = Line(number, baseline, tuple(sorted(characters, key=lambda it: it["x0"])))
                    (self.numbers if baseline > 264 * MM else self.lines).append(line)

    def left_edge(self, page: int) -> float:
        return (28 if page % 2 else 26) * MM

    def on(self, page: int) -> list[Line]:
        return [line for line in self.lines if line.page == page]

    def full_lines(self) -> list[Line]:
        """Lines that run on into the next."""
        return [
            line
            for line, following in zip(self.lines, self.lines[1:], strict=False)
            if abs(following.left - self.left_edge(following.page)) < 2
        ]


@pytest.fixture(scope="module")
def seed() -> Measured:
    return Measured(render_pdf(seed_paper()))


def render(text: str, title: str = "工作总结", **rest: str) -> Measured:
    return Measured(render_pdf(Paper(title, blocks_of(text), **rest)))


def test_every_sheet_is_a4(seed):
    for page in PdfReader(io.BytesIO(seed.pdf)).pages:
        assert list(map(float, page.mediabox)) == pytest.approx([0, 0, 210 * MM, 297 * MM], abs=0.01)


def test_a_full_page_has_twenty_two_lines(seed):
    assert seed.pages >= 5
    assert [len(seed.on(page)) for page in range(2, seed.pages)] == [22] * (seed.pages - 2)


def test_a_line_of_chinese_characters_holds_twenty_eight():
    pure = render("统战工作" * 300)
    first, *others = pure.full_lines()
    assert len(first.text) == 26
    assert {len(line.text) for line in others} == {28}


def test_the_lines_fill_the_type_area(seed):
    for page in range(2, seed.pages):
        lines = seed.on(page)
        top, bottom = lines[0].baseline - 0.88 * SIZE, lines[-1].baseline + 0.12 * SIZE
        left, right = min(line.left for line in lines), max(line.right for line in lines)
        edge = 28 if page % 2 else 26
        assert [top / MM, bottom / MM, left / MM, right / MM] == pytest.approx([37, 262, edge, edge + 156], abs=0.5)


def test_the_first_page_stands_on_the_same_grid(seed):
    assert seed.on(1)[-1].baseline == pytest.approx(seed.on(2)[-1].baseline, abs=0.2)


def test_the_lines_keep_their_pitch_whatever_stands_in_them(seed):
    pitches = [
        following.baseline - line.baseline
        for line, following in zip(seed.lines, seed.lines[1:], strict=False)
        if line.page == following.page and SIZE - 1 < line.characters[0]["size"] < SIZE + 1
    ]
    # One face's baseline in its line is not another's: a 黑体 heading sits 0.3 mm lower, the sum of two lines is right.
    usual = [pitch for pitch in pitches if 29.45 <= pitch <= 29.75]
    assert len(usual) > 0.8 * len(pitches)
    assert all(28.2 < pitch < 30.9 or pitch == pytest.approx(2 * 29.6, abs=0.5) for pitch in pitches)
    assert sum(usual) / len(usual) == pytest.approx(29.6, abs=0.05)


def test_the_right_edge_is_flush(seed):
    lines = seed.full_lines()
    ragged = [line.text for line in lines if abs(line.right - seed.left_edge(line.page) - 156 * MM) > 0.35 * MM]
    assert len(lines) > 80
    assert len(ragged) <= 0.01 * len(lines), ragged


def test_the_left_edge_is_flush(seed):
    edges = [line.left - seed.left_edge(line.page) for line in seed.full_lines()]
    assert all(edge == pytest.approx(0, abs=0.2) or edge == pytest.approx(INDENT, abs=0.2) for edge in edges)


def test_no_line_starts_with_closing_or_ends_with_opening_punctuation(seed):
    assert [line.text for line in seed.lines if line.text[0] in "，。、；：！？）”》%"] == []
    assert [line.text for line in seed.lines if line.text[-1] in "（“《"] == []


def test_page_numbers_stand_outside_odd_right_and_even_left(seed):
    assert [line.text.replace(" ", "") for line in seed.numbers] == [f"—{page}—" for page in range(1, seed.pages + 1)]
    for line in seed.numbers:
        if line.page % 2:
            assert 210 * MM - line.right == pytest.approx(26 * MM + 14, abs=0.3 * MM)
        else:
            assert line.left == pytest.approx(26 * MM + 14, abs=0.3 * MM)
    assert {round(line.characters[0]["size"]) for line in seed.numbers} == {14}


def test_the_page_number_s_dash_lies_seven_millimetres_below_the_type_area(seed):
    dots = 300 / 25.4
    with pdfplumber.open(io.BytesIO(seed.pdf)) as opened:
        page = opened.pages[0].to_image(resolution=300).original.convert("L")
    dash = seed.numbers[0].characters[0]
    column = int((dash["x0"] + dash["x1"]) / 2 / MM * dots)
    dark = [row for row in range(int(264 * dots), int(280 * dots)) if page.getpixel((column, row)) < 128]
    assert sum(dark) / len(dark) / dots == pytest.approx(262 + 7, abs=0.3)


def test_each_level_has_its_face():
    lines = render("一、甲乙丙\n（一）甲乙丙。丁戊。\n1.甲乙。\n（1）甲乙。\n正文。").lines
    assert [line.fonts for line in lines] == [
        {"Noto-Serif-CJK-SC-Bold"},
        {"Noto-Sans-CJK-SC"},
        {"FandolKai", "FandolFang"},
        {"Liberation-Serif", "FandolFang"},
        {"Liberation-Serif", "FandolFang"},
        {"FandolFang"},
    ]


def test_a_title_is_of_size_two_and_centred():
    title, *_ = render("正文。", title="某镇上半年统战工作总结").lines
    assert {round(character["size"]) for character in title.characters} == {22}
    assert (title.left + title.right) / 2 == pytest.approx((28 + 156 / 2) * MM, abs=0.5)


def test_a_title_may_carry_its_own_line_breaks():
    assert [line.text for line in render("正文。", title="某镇上半年\n统战工作总结").lines[:2]] == [
        "某镇上半年",
        "统战工作总结",
    ]


def test_the_signature_stands_two_characters_from_the_right_with_the_date_centred_below():
    *_, last, signature, date = render("正文。", signature="某镇党委统战工作办公室", date_text="2020年6月30日").lines
    assert signature.right == pytest.approx((28 + 156) * MM - INDENT, abs=1)
    assert (signature.left + signature.right) / 2 == pytest.approx((date.left + date.right) / 2, abs=1)
    assert signature.baseline - last.baseline == pytest.approx(2 * 29.6, abs=0.5)


def test_the_signature_never_stands_on_a_page_of_its_own():
    for lines in range(17, 21):
        measured = render("正文。\n" * lines, signature="某镇", date_text="2020年6月30日")
        assert measured.pages == 1 or "正文。" in [line.text for line in measured.on(measured.pages)]


def test_a_heading_is_never_left_at_the_foot_of_a_page():
    for lines in range(16, 21):
        measured = render("正文。\n" * lines + "一、标题\n（一）小标题\n正文。\n正文。\n正文。")
        assert not any(measured.on(page)[-1].text.endswith("标题") for page in range(1, measured.pages + 1))


def test_headings_are_bookmarks():
    measured = render("一、甲\n（一）乙。丙。\n\n下半年重点工作\n一、丁。戊。", title="总结")

    def titles(outline: list) -> list:
        return [titles(item) if isinstance(item, list) else item.title for item in outline]

    assert titles(PdfReader(io.BytesIO(measured.pdf)).outline) == [
        "总结",
        ["一、甲", ["（一）乙。"], "下半年重点工作", "一、丁。"],
    ]


def test_the_file_knows_its_title_author_and_language_and_is_tagged(seed):
    reader = PdfReader(io.BytesIO(seed.pdf))
    assert (reader.metadata.title, reader.metadata.author) == ("乡镇2020年上半年统战工作总结", "某镇党委统战工作办公室")
    assert reader.trailer["/Root"]["/Lang"] == "zh-CN"
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]


def test_no_character_of_the_paper_is_lost(seed):
    paper = seed_paper()
    whole = paper.title + "".join(block.text for block in paper.blocks) + paper.signature + paper.date_text
    assert Counter("".join(line.text for line in seed.lines)) == Counter(whole)


def test_the_same_paper_gives_the_same_bytes_in_this_process_and_in_another(seed):
    assert render_pdf(seed_paper()) == seed.pdf
    program = (
        "import django, sys; django.setup(); from tests.workplans.test_document import render_pdf, seed_paper;"
        "sys.stdout.buffer.write(render_pdf(seed_paper()))"
    )
    environment = {"DJANGO_SETTINGS_MODULE": "tests.settings", **os.environ, "PYTHONHASHSEED": "7"}
    other = subprocess.run([sys.executable, "-c", program], cwd=ROOT, env=environment, capture_output=True, check=True)  # noqa: S603
    assert other.stdout == seed.pdf


HOSTILE = [
    '<img src="{canary}">',
    '<link rel="attachment" href="{canary}">',
    '</style></title><style>@import url("{canary}");</style>',
    '<object data="{canary}"></object><script>alert(1)</script>',
    "{{{{ settings.SECRET_KEY }}}} {{% include '{canary}' %}}",
    "&lt;b&gt; &#x41; url({canary})",
]


@pytest.fixture
def canary(tmp_path) -> str:
    (tmp_path / "canary.css").write_text("h1::after { content: 'CANARY' }")
    return (tmp_path / "canary.css").as_uri()


@pytest.mark.parametrize("hostile", HOSTILE)
def test_hostile_text_is_printed_as_letters(hostile, canary, caplog):
    written = hostile.format(canary=canary)
    measured = render(f"前文。\n{written}", title="总结<img src=x>", signature="<b>镇</b>")
    printed = "".join(line.text for line in measured.lines)
    assert written.replace(" ", "") in printed.replace(" ", "")
    assert "总结<img src=x>" in printed
    assert "<b>镇</b>" in printed
    assert "CANARY" not in printed
    assert [record.message for record in caplog.records if record.name.startswith("weasyprint")] == []


def test_nothing_is_fetched_even_if_an_address_reached_the_page(canary, caplog, monkeypatch):
    page = (
        f'<html lang=zh><title>x</title><link rel=stylesheet href="{canary}"><link rel=attachment href="{canary}">'
        f'<style>@import url("{canary}"); h1 {{ background: url("{canary}") }}</style>'
        f'<h1>题</h1><img alt=x src="{canary}"><img alt=x src="data:image/png;base64,AAAA"><object data="{canary}">'
    )
    monkeypatch.setattr(document, "page_source", lambda paper: page)
    reader = PdfReader(io.BytesIO(render_pdf(Paper("总结", ()))))
    assert reader.attachments == {}
    assert "CANARY" not in reader.pages[0].extract_text()
    assert sum("A paper consists of its text alone" in record.getMessage() for record in caplog.records) == 5


def test_only_the_document_knows_the_renderer():
    knowing = set()
    for path in ROOT.glob("*/**/*.py"):
        folder = path.relative_to(ROOT).parts[0]
        if folder.startswith(".") or folder in {"tests", "node_modules", "var"}:
            continue
        for node in ast.walk(ast.parse(path.read_text())):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            if any(name.split(".")[0] == "weasyprint" for name in names):
                knowing.add(str(path.relative_to(ROOT)))
    assert knowing == {"workplans/document.py", "workplans/justify.py"}


def test_the_program_starts_without_the_renderer():
    program = "import django, sys; django.setup(); import workplans.urls, workplans.document; print('weasyprint' in sys.modules)"
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "tests.settings"}
    started = subprocess.run([sys.executable, "-c", program], cwd=ROOT, env=environment, capture_output=True, text=True)  # noqa: S603
    assert (started.returncode, started.stdout.strip()) == (0, "False"), started.stderr


def test_justification_was_tried_with_the_installed_renderer():
    import weasyprint

    from workplans import justify

    # A new WeasyPrint: run this file, look at the pages, then name the new version in workplans/justify.py.
    assert weasyprint.__version__ == justify.TESTED_WITH


def test_latin_words_alone_are_justified_by_their_spaces():
    (line, *_) = render("ledger of the united front " * 12).full_lines()
    assert line.right == pytest.approx((28 + 156) * MM, abs=0.35 * MM)


def test_a_long_word_is_broken_rather_than_lost():
    measured = render("网址" + "abcdefghij" * 40)
    assert "".join(line.text for line in measured.lines[1:]) == "网址" + "abcdefghij" * 40
    assert max(line.right for line in measured.lines) < (28 + 156.5) * MM


def test_all_faces_and_libraries_are_here():
    assert check_fonts() == []


@pytest.mark.parametrize("character", ["😀", "👨", "\U00031350", "\ue864"])
def test_a_character_that_no_face_has_is_refused_by_name(character):
    with pytest.raises(PaperRefused) as refused:
        refuse_unprintable(f"会议{character}成功")
    assert str(refused.value) == f"字体里没有“{character}”（U+{ord(character):04X}），印不出来，请删去或换一个字。"


def test_what_is_let_through_is_printed(caplog):
    text = "𠮷镕㛃䶮喆堃✓①㎡Ⅳ‰※→é“”—…·《〔℃％\u3000葛\U000e0100甲\ufe0f乙\u200d\xa0丙"
    refuse_unprintable(text)
    render(text)
    assert [record.message for record in caplog.records if ".notdef" in record.message] == []


def test_where_the_faces_cannot_be_listed_nothing_is_refused(monkeypatch):
    monkeypatch.setenv("PATH", "/nowhere")
    assert document.glyphs.__wrapped__() == frozenset()
    monkeypatch.setattr(document, "glyphs", frozenset)
    refuse_unprintable("会议😀成功")


def test_who_waits_too_long_for_other_papers_is_asked_to_come_again(monkeypatch):
    monkeypatch.setattr(document, "PATIENCE", 0.01)
    with document.rendering, pytest.raises(PaperRefused) as refused:
        render_pdf(Paper("总结", ()))
    assert str(refused.value) == "正在生成其他文件，请稍后再试。"
    assert render_pdf(Paper("总结", ())).startswith(b"%PDF")


def test_a_render_that_fails_lets_the_next_one_in(monkeypatch):
    with monkeypatch.context() as broken:
        broken.setattr(document, "page_source", lambda paper: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            render_pdf(Paper("总结", ()))
    assert render_pdf(Paper("总结", ())).startswith(b"%PDF")


@pytest.mark.parametrize("unit", ["a\xa0", "aé", "a“", "、”a", " )é"])
def test_a_long_text_without_a_place_to_break_is_set_in_one_face(unit):
    assert len(list(document.parts(unit * 3000))) <= 2


def test_words_and_digits_of_an_ordinary_sentence_keep_their_face():
    assert list(document.parts("走访12家“重点”企业" * 100))[:2] == [("", "走访"), ("latin", "12")]


def test_a_missing_face_is_named_with_what_to_install(monkeypatch):
    monkeypatch.setitem(document.FACES, "仿宋", ("仿宋_GB2312", "朱雀仿宋"))
    assert check_fonts() == ["缺少仿宋字体，请安装下列之一：仿宋_GB2312、朱雀仿宋。"]


def test_the_start_up_check_warns_of_what_is_missing(monkeypatch):
    monkeypatch.setitem(document.FACES, "仿宋", ("仿宋_GB2312", "朱雀仿宋"))
    found = [(each.msg, each.level) for each in run_checks() if each.id == "workplans.W001"]
    assert found == [("缺少仿宋字体，请安装下列之一：仿宋_GB2312、朱雀仿宋。", WARNING)]


def test_a_missing_library_is_named(monkeypatch):
    monkeypatch.setattr(document, "LIBRARIES", ("pango-1.0", "pango-99"))
    assert check_fonts() == ["缺少系统库 pango-99，无法生成 PDF。"]


def test_without_fontconfig_the_check_says_so(monkeypatch):
    monkeypatch.setenv("PATH", "/nowhere")
    assert check_fonts()[-1] == "缺少 fontconfig，无法查找字体。"
