"""What stands where in a paper as PDF; whether it is exact is asked in test_exact_setting.py."""

import io
from collections import Counter

import pytest
from pypdf import PdfReader

from workplans.document import render_pdf
from workplans.format import POINTS_PER_MM as MM
from workplans.format import STANDARD
from workplans.paper import Paper, blocks_of

from .measured import Measured
from .papers import seed_paper

INDENT = 2 * STANDARD.cell


@pytest.fixture(scope="module")
def seed() -> Measured:
    return Measured(render_pdf(seed_paper()))


def render(text: str, title: str = "工作总结", **rest: str) -> Measured:
    return Measured(render_pdf(Paper(title, blocks_of(text), **rest)))


def test_every_sheet_is_a4(seed):
    for page in PdfReader(io.BytesIO(seed.pdf)).pages:
        assert list(map(float, page.mediabox)) == pytest.approx([0, 0, 210 * MM, 297 * MM], abs=0.01)


def test_the_first_page_stands_on_the_same_grid(seed):
    assert seed.on(1)[-1].baseline == pytest.approx(seed.on(2)[-1].baseline, abs=0.2)


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


def test_no_character_of_the_paper_is_lost(seed):
    paper = seed_paper()
    whole = paper.title + "".join(block.text for block in paper.blocks) + paper.signature + paper.date_text
    assert Counter("".join(line.text for line in seed.lines)) == Counter(whole)


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


def test_latin_words_alone_are_justified_by_their_spaces():
    (line, *_) = render("ledger of the united front " * 12).full_lines()
    assert line.right == pytest.approx((28 + 156) * MM, abs=0.35 * MM)


def test_a_long_word_is_broken_rather_than_lost():
    measured = render("网址" + "abcdefghij" * 40)
    assert "".join(line.text for line in measured.lines[1:]) == "网址" + "abcdefghij" * 40
    assert max(line.right for line in measured.lines) < (28 + 156.5) * MM
