"""Which face prints what, and what is said about a character or a face that is missing."""

from itertools import pairwise

import pytest
from django.core.checks import WARNING, run_checks

from workplans import document, fonts, typeset
from workplans.document import render_pdf
from workplans.fonts import check_fonts, refuse_unprintable, stand_ins
from workplans.paper import Paper, PaperRefused, blocks_of

from .measured import Measured


@pytest.fixture
def no_fontconfig(monkeypatch):
    with monkeypatch.context() as without:
        without.setenv("PATH", "/nowhere")
        fonts.installed.cache_clear()
        yield
    fonts.installed.cache_clear()
    fonts.installed()


def test_all_faces_and_libraries_are_here():
    assert check_fonts() == []


def test_every_role_has_the_first_of_its_faces_that_is_here():
    assert set(fonts.roles()) == {"小标宋", "仿宋", "楷体", "黑体", "宋体", "数字"}
    for role, family in fonts.roles().items():
        earlier = fonts.FACES[role][: fonts.FACES[role].index(family)]
        assert not set(earlier) & set(fonts.installed())


def test_an_official_face_goes_before_the_free_one(monkeypatch):
    monkeypatch.setattr(fonts, "installed", lambda: dict.fromkeys(["FandolFang", "仿宋_GB2312"]))
    assert fonts.chosen("仿宋") == "仿宋_GB2312"


@pytest.mark.parametrize("character", ["😀", "👨", "\U00031350", "\ue864"])
def test_a_character_that_no_face_has_is_refused_by_name_and_place(character):
    with pytest.raises(PaperRefused) as refused:
        refuse_unprintable(f"第一段。\n会议{character}成功")
    code = f"U+{ord(character):04X}"
    assert str(refused.value) == f"第2段第3字：字体里没有“{character}”（{code}），印不出来，请删去或换一个字。"


def test_what_is_let_through_is_printed(caplog):
    text = "𠮷镕㛃䶮喆堃✓①㎡Ⅳ‰※→é“”—…·《〔℃％\u3000葛\U000e0100甲\ufe0f乙\u200d\xa0丙"
    refuse_unprintable(text)
    render_pdf(Paper("总结", blocks_of(text)))
    assert caplog.messages == []


def test_a_character_that_is_no_glyph_at_all_is_no_paper(monkeypatch):
    """Should fontconfig be mistaken, the box is seen when it is drawn."""
    with pytest.raises(PaperRefused, match="印不出来"):
        render_pdf(Paper("总结", blocks_of("会议\ue864成功")))


def test_what_the_body_face_lacks_is_named_with_its_place_and_what_prints_it():
    (first, second) = stand_ins("会议召开。\n联系镕、堃等，联系镕。")
    assert (first.character, first.code, first.place, first.family) == (
        "镕",
        "U+9555",
        "第2段第3字",
        "Noto Serif CJK SC",
    )
    assert (second.character, second.place) == ("堃", "第2段第5字")


def test_ordinary_text_has_nothing_to_name():
    assert stand_ins("走访12家“重点”企业，GB/T 9704①。") == []


def test_what_another_face_prints_does_not_move_the_lines():
    lines = Measured(render_pdf(Paper("总结", blocks_of("镕堃㛃䶮喆𠮷会议é①" * 40)))).lines[1:]
    gaps = [following.baseline - line.baseline for line, following in pairwise(lines)]
    assert gaps == pytest.approx([29.609] * len(gaps), abs=0.01)


def test_a_paper_is_drawn_with_the_chosen_faces_and_no_other():
    paper = Paper("总结", blocks_of("一、甲\n（一）乙。丙镕12"), "某镇")
    measured = Measured(render_pdf(paper))
    drawn = {name for line in [*measured.lines, *measured.numbers] for name in line.fonts}
    expected = {family.replace(" ", "-") for family in fonts.roles().values()}
    assert {name.removesuffix("-Bold") for name in drawn} == expected


def test_a_face_that_no_role_names_is_reported(monkeypatch, caplog):
    monkeypatch.setitem(fonts.FACES, "仿宋", ("仿宋_GB2312",))
    page = document.page_source(Paper("总结", blocks_of("正文。"))).replace("仿宋_GB2312", "FandolFang")
    document.pdf_of(page)
    assert caplog.messages == ["A paper was drawn with faces that no role names: FandolFang"]


def test_where_the_faces_cannot_be_listed_nothing_is_refused(no_fontconfig):
    refuse_unprintable("会议😀成功")
    assert fonts.dash_drop.__wrapped__() == fonts.USUAL_DROP
    assert typeset.face_of("镕") == "rare"
    assert typeset.face_of("会") == ""


def test_without_fontconfig_the_check_says_so(no_fontconfig):
    assert check_fonts()[-1] == "缺少 fontconfig 或字体，无法查找字体。"


def test_a_missing_face_is_named_with_what_to_install(monkeypatch):
    monkeypatch.setitem(fonts.FACES, "仿宋", ("仿宋_GB2312", "朱雀仿宋"))
    assert check_fonts() == ["缺少仿宋字体，请安装下列之一：仿宋_GB2312、朱雀仿宋。"]


def test_the_start_up_check_warns_of_what_is_missing(monkeypatch):
    monkeypatch.setitem(fonts.FACES, "仿宋", ("仿宋_GB2312", "朱雀仿宋"))
    found = [(each.msg, each.level) for each in run_checks() if each.id == "workplans.W001"]
    assert found == [("缺少仿宋字体，请安装下列之一：仿宋_GB2312、朱雀仿宋。", WARNING)]


def test_a_missing_library_is_named(monkeypatch):
    monkeypatch.setattr(fonts, "LIBRARIES", ("pango-1.0", "pango-99"))
    assert check_fonts() == ["缺少系统库 pango-99，无法生成 PDF。"]


@pytest.mark.parametrize("unit", ["a\xa0", "aé", "a“", "、”a", " )é"])
def test_a_long_text_without_a_place_to_break_is_set_in_one_face(unit):
    assert len(list(typeset.parts(unit * 3000))) <= 2


def test_words_and_digits_of_an_ordinary_sentence_keep_their_face():
    assert list(typeset.parts("走访12家“重点”企业" * 100))[:2] == [("", "走访"), ("latin", "12")]
