from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workplans.paper import (
    MAX_BLANK_LINES,
    MAX_CHARACTERS,
    MAX_COMBINING_MARKS,
    MAX_LINES,
    MAX_TITLE,
    Block,
    Paper,
    PaperRefused,
    Run,
    blocks_of,
    broken_title,
    plain_title,
)


@dataclass(frozen=True)
class Figure:
    printed: str


def only(text):
    (block,) = blocks_of(text)
    return block


@pytest.mark.parametrize(
    ("line", "level"),
    [
        ("一、强化理论武装", "level1"),
        ("十二、强化理论武装", "level1"),
        ("（一）深化教育引导", "level2"),
        ("(三)深化教育引导", "level2"),
        ("1.走访企业", "level3"),
        ("12．走访企业", "level3"),
        ("（1）走访企业", "level4"),
        ("3.5万元用于助学", "body"),
        ("一是开展宣传", "body"),
        ("2020年上半年", "body"),
        ("二〇二〇年、上半年", "body"),
    ],
)
def test_official_numbering_at_the_start_of_a_line_decides_the_level(line, level):
    assert only(line).level == level


def test_a_heading_without_a_full_stop_is_the_whole_line():
    assert only("一、强化责任担当") == Block("paragraph", (Run("一、强化责任担当", "level1"),))


def test_a_heading_runs_up_to_its_first_full_stop_and_text_follows_in_the_same_line():
    assert only("一、成立镇商会。因人选问题，工作滞后。").runs == (
        Run("一、成立镇商会。", "level1"),
        Run("因人选问题，工作滞后。", "body"),
    )


def test_a_heading_that_ends_with_its_full_stop_has_no_empty_text_after_it():
    assert only("（三）开展排查活动。").runs == (Run("（三）开展排查活动。", "level2"),)


def test_blank_lines_and_hand_made_indents_are_dropped():
    assert [block.text for block in blocks_of("　　一、甲乙。\r\n\n \n　　丙丁。  \n")] == ["一、甲乙。", "丙丁。"]


def test_the_short_first_line_of_a_section_is_a_heading_without_a_number():
    heading, item = blocks_of("下半年重点工作\n一、成立镇商会。")
    assert (heading.kind, item.kind) == ("heading0", "paragraph")


def test_a_section_also_opens_after_a_blank_line():
    assert [block.kind for block in blocks_of("前言如下。\n\n下半年重点工作\n\n一、成立。")] == [
        "paragraph",
        "heading0",
        "paragraph",
    ]


@pytest.mark.parametrize(
    "first", ["各位代表：", "工作总结。", "一、总结", "这一行有二十一个字所以它不是标题而是正文的第一行吧"]
)
def test_other_first_lines_are_paragraphs(first):
    assert blocks_of(f"{first}\n正文。")[0].kind == "paragraph"


def test_a_section_of_one_short_line_is_a_paragraph():
    assert only("无").kind == "paragraph"


def test_a_short_line_inside_a_section_is_a_paragraph():
    assert [block.kind for block in blocks_of("正文。\n短行\n正文。")] == ["paragraph"] * 3


def test_figures_survive_into_the_runs():
    times, people = Figure("22"), Figure("1100余")
    (block,) = blocks_of(["（一）学习", times, "次。培训", people, "人次。"])
    assert block.runs == (
        Run("（一）学习", "level2"),
        Run("22", "level2", times),
        Run("次。", "level2"),
        Run("培训", "body"),
        Run("1100余", "body", people),
        Run("人次。", "body"),
    )


def test_a_figure_at_the_start_of_a_line_is_no_numbering():
    figure = Figure("3")
    assert blocks_of(["开展活动。\n", figure, ".检查"])[1].runs == (Run("3", "body", figure), Run(".检查", "body"))


def test_lines_are_split_inside_segments_only():
    assert [block.text for block in blocks_of(["甲", Figure("1"), "乙\n丙", Figure("2")])] == ["甲1乙", "丙2"]


def test_adjacent_strings_are_one_text():
    assert blocks_of(["一", "、甲\n", " ", "乙。"]) == blocks_of("一、甲\n乙。")


def test_invisible_joiners_from_other_programs_are_dropped():
    assert only("\ufeff一、甲\u200b乙").runs == (Run("一、甲乙", "level1"),)


@given(st.lists(st.text("甲乙。，一、（）(1).0 \n　", max_size=12) | st.builds(Figure, st.just("12")), max_size=8))
def test_no_character_but_white_space_is_lost(segments):
    written = "".join(segment if isinstance(segment, str) else segment.printed for segment in segments)
    shown = "".join(block.text for block in blocks_of(segments))
    assert "".join(shown.split()) == "".join(written.split())


@given(st.text("甲。一、（）1. \n", max_size=40))
def test_no_block_and_no_run_is_empty(text):
    assert all(run.text for block in blocks_of(text) for run in block.runs)
    assert all(block.runs for block in blocks_of(text))


@pytest.mark.parametrize(
    "text",
    [
        "字" * (MAX_CHARACTERS + 1),
        "字\n" * (MAX_LINES + 1),
        "字" + "\n" * (MAX_BLANK_LINES + 2) + "字",
        "字" + "\n \u3000" * (MAX_BLANK_LINES + 1) + "\n字",
        "a" + "\u0301" * (MAX_COMBINING_MARKS + 1),
        "a\x00b",
        "a\u202eb",
        "a\ud800b",
    ],
)
def test_text_that_would_overload_or_mislead_is_refused(text):
    with pytest.raises(PaperRefused):
        blocks_of(text)


@pytest.mark.parametrize(
    "text",
    [
        "字" * MAX_CHARACTERS,
        "字\n" * MAX_LINES,
        "字" + "\n" * (MAX_BLANK_LINES + 1) + "字",
        "a" + "\u0301" * MAX_COMBINING_MARKS,
        "一、\t甲\r\n乙",
    ],
)
def test_text_at_the_limits_is_accepted(text):
    assert blocks_of(text)


def test_the_refusal_says_in_chinese_what_to_change():
    with pytest.raises(PaperRefused, match=r"^全文不得超过10000字，现有10001字。$"):
        blocks_of("字" * 10001)


@pytest.mark.parametrize(
    "place", [{"title": "字" * (MAX_TITLE + 1)}, {"signature": "\x1b"}, {"blocks": blocks_of("字" * 6000) * 2}]
)
def test_a_paper_as_a_whole_has_the_same_limits(place):
    with pytest.raises(PaperRefused):
        Paper(**{"title": "总结", "blocks": (), **place})


@pytest.mark.parametrize("mark", ["|", "｜", " | "])
def test_a_title_is_broken_where_the_writer_marks_it(mark):
    assert broken_title(f"某镇上半年{mark}统战工作总结") == "某镇上半年\n统战工作总结"
    assert plain_title(f"某镇上半年{mark}统战工作总结") == "某镇上半年统战工作总结"


@pytest.mark.parametrize("title", ["|总结", "总结|", "总||结"])
def test_a_mark_at_an_end_or_twice_makes_no_empty_line(title):
    assert "" not in broken_title(title).split("\n")
