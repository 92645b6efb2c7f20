"""Two editions beside each other: nothing of either text is lost, and what is the same is said to be the same."""

from hypothesis import given
from hypothesis import strategies as st

from workplans.compare import LONG, compare

TEXT = st.lists(st.text("甲乙丙丁，。12", max_size=12), max_size=6).map("\n".join)


def side(lines, mark):
    return [text for line in lines if (text := "".join(part for kind, part in line.pieces if kind in ("same", mark)))]


def paragraphs(text):
    return [line.strip() for line in text.split("\n") if line.strip()]


@given(TEXT, TEXT)
def test_both_texts_can_be_read_out_of_the_comparison(old, new):
    lines = compare(old, new)
    assert side(lines, "removed") == paragraphs(old)
    assert side(lines, "added") == paragraphs(new)


@given(TEXT)
def test_a_text_beside_itself_has_no_change(text):
    assert {line.kind for line in compare(text, text)} <= {"same"}


def test_a_changed_figure_is_marked_and_its_sentence_is_not():
    (line,) = compare("开展安全检查12次，发现隐患3处。", "开展安全检查13次，发现隐患3处。")
    assert line.kind == "changed"
    assert line.pieces == (
        ("same", "开展安全检查1"), ("removed", "2"), ("added", "3"), ("same", "次，发现隐患3处。"),
    )  # fmt: skip


def test_a_new_paragraph_and_a_removed_one_are_told_whole():
    assert [line.kind for line in compare("甲。\n乙丙。\n丁。", "甲。\n丁。\n新增的一段。")] == [
        "same",
        "removed",
        "same",
        "added",
    ]


def test_a_replaced_paragraph_is_not_compared_letter_by_letter():
    assert [line.kind for line in compare("走访企业四十家。", "本期没有安排。")] == ["removed", "added"]


def test_a_single_common_letter_between_two_changes_is_given_up():
    (line,) = compare("共同完成任务甲的乙部分工作", "共同完成任务丙的丁部分工作")
    assert line.pieces == (("same", "共同完成任务"), ("removed", "甲的乙"), ("added", "丙的丁"), ("same", "部分工作"))


def test_a_giant_paragraph_is_compared_by_sentences():
    old = "同一句话。" * LONG
    (line,) = compare(old + "旧。", old + "新。")
    assert line.pieces == (("same", old), ("removed", "旧。"), ("added", "新。"))
