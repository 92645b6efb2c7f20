"""Writing a section: nobody's words are lost, whether two people write or the composer comes between them."""

import datetime as dt
import threading
import time

import pytest
from django.db import connections
from django.urls import reverse

from workplans import compose
from workplans.models import Conflict, SummarySection
from workplans.proof import proof_of

from ..cast import Cast
from ..factories import make_activity
from .summaries import edit, make_summary


@pytest.fixture
def summary(cast):
    return make_summary(by=cast.clerk)


def address(summary, slot="intro", name="section"):
    return reverse(name, args=[summary.pk, slot])


def saved(client, summary, text, *, slot="intro", version=None):
    version = summary.sections.get(slot=slot).version if version is None else version
    return client.post(address(summary, slot), {"text": text, "version": version})


def text_of(summary, slot="intro"):
    return summary.sections.get(slot=slot).text


def test_a_saved_section_stands_in_the_paper_and_names_its_writer(summary, cast, clerk):
    answer = saved(clerk, summary, "新的开头。\r\n第二段。")
    assert answer.url == reverse("summary", args=[summary.pk]) + "?section=intro"
    section = summary.sections.get(slot="intro")
    assert (section.text, section.edited_by) == ("新的开头。\n第二段。", cast.clerk)
    page = clerk.get(answer.url).content.decode()
    assert "新的开头。</p>" in page


def test_saving_the_composed_text_as_it_is_makes_no_edit(summary, clerk):
    saved(clerk, summary, text_of(summary))
    assert not summary.sections.get(slot="intro").is_edited


def test_the_second_of_two_writers_sees_both_texts_and_may_take_over(summary, clerk, reviewer):
    version = summary.sections.get(slot="intro").version
    saved(reviewer, summary, "统战委员的开头。", version=version)
    answer = saved(clerk, summary, "记录员的开头。", version=version)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert page.index("记录员的开头。") < page.index("统战委员的开头。")
    assert text_of(summary) == "统战委员的开头。"
    now = summary.sections.get(slot="intro").version
    assert f'name="version" value="{now}"' in page
    saved(clerk, summary, "两人商定的开头。", version=now)
    assert text_of(summary) == "两人商定的开头。"


def test_words_typed_while_the_summary_was_submitted_are_shown_and_not_stored(summary, cast, clerk):
    version = summary.sections.get(slot="intro").version
    summary.submit(cast.reviewer)
    answer = saved(clerk, summary, "来不及保存的话。", version=version)
    page = answer.content.decode()
    assert (answer.status_code, "来不及保存的话。" in page, "总结现在是“待审核”" in page) == (409, True, True)
    assert "来不及保存的话。" not in text_of(summary)


def test_composing_again_never_loses_an_edit_and_shows_the_newer_text_beside_it(summary, cast, clerk):
    saved(clerk, summary, "我改过的理论学习。", slot="theory")
    make_activity(by=cast.clerk, kind="publicity", title="新的宣传活动", copies=500)
    before = summary.sections.get(slot="theory").composed
    clerk.post(reverse("summary_recompose", args=[summary.pk]))
    section = summary.sections.get(slot="theory")
    assert (section.text, section.composed != before) == ("我改过的理论学习。", True)
    page = clerk.get(reverse("summary", args=[summary.pk]) + "?section=theory").content.decode()
    assert "改过之后，自动稿有了更新" in page
    assert "发放资料{宣传资料份数}份" in page
    saved(clerk, summary, "看过新稿又改的理论学习。", slot="theory")
    page = clerk.get(reverse("summary", args=[summary.pk]) + "?section=theory").content.decode()
    assert "改过之后，自动稿有了更新" not in page


def test_the_composed_text_can_be_taken_back_after_being_asked(summary, clerk):
    composed = text_of(summary)
    saved(clerk, summary, "改过的开头。")
    asked = clerk.get(address(summary) + "?composed=1").content.decode()
    assert ("改过的开头。" in asked, composed in asked) == (True, True)
    clerk.post(address(summary), {"composed": "1", "version": summary.sections.get(slot="intro").version})
    assert text_of(summary) == composed
    kept = summary.sections.get(slot="intro").history.values_list("edited", flat=True)
    assert "改过的开头。" in kept


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("联系人 110101199003070919", "身份证号"),
        ("请打 13812345678", "手机号码"),
        ("字" + "\u0301" * 2000, "一个字上叠加的符号过多"),
        ("开头" + "\n" * 5_000 + "结尾", "全文不得超过1000段"),
        ("开头" + "\n" * 60 + "结尾", "连续空行不得超过50行"),
        ("字" * 10_001, "10000"),
        ("右到左\u202e文字", "U+202E"),
        ("会议圆满成功😀", "字体里没有“😀”（U+1F600）"),
    ],
)
def test_refused_text_is_answered_beside_the_box_with_what_was_typed(summary, clerk, text, message):
    before = text_of(summary)
    page = saved(clerk, summary, text).content.decode()
    assert message in page
    assert text[:40] in page
    assert text_of(summary) == before


def test_a_title_that_no_face_can_print_is_answered_beside_its_box(summary, clerk):
    typed = {"title": "总结😀", "date": "", "version": summary.version}
    page = clerk.post(reverse("summary", args=[summary.pk]), typed)
    assert page.context["form"].errors == {"title": ["第3字：字体里没有“😀”（U+1F600），印不出来，请删去或换一个字。"]}
    summary.refresh_from_db()
    assert "😀" not in summary.title


def test_rare_characters_of_names_are_stored(summary, clerk):
    saved(clerk, summary, "联系𠮷、镕、喆等人士。")
    assert text_of(summary) == "联系𠮷、镕、喆等人士。"


def test_an_unprintable_row_title_is_told_beside_its_section_and_makes_no_pdf(summary, cast, clerk):
    make_activity(by=cast.clerk, kind="harmony", title="创建活动😀")
    clerk.post(reverse("summary_recompose", args=[summary.pk]))
    page = clerk.get(reverse("summary", args=[summary.pk]))
    assert (page.status_code, "字体里没有“😀”（U+1F600）" in page.content.decode()) == (200, True)
    answer = clerk.get(reverse("summary_pdf", args=[summary.pk]), follow=True)
    assert "现在还不能生成文件：第" in answer.content.decode()


def test_hostile_text_from_elsewhere_is_told_beside_its_section_and_makes_no_pdf(summary, cast, clerk):
    edit(summary, "structure", "字" + "\u0301" * 2000, by=cast.clerk)
    page = clerk.get(reverse("summary", args=[summary.pk]))
    assert (page.status_code, "一个字上叠加的符号过多" in page.content.decode()) == (200, True)
    answer = clerk.get(reverse("summary_pdf", args=[summary.pk]), follow=True)
    assert answer.redirect_chain[0][0].endswith("?section=structure")
    assert "现在还不能生成文件" in answer.content.decode()


def test_the_preview_shows_typed_words_with_their_figures_and_stores_nothing(summary, cast, clerk):
    make_activity(by=cast.clerk, kind="inspection")
    before = text_of(summary, "religion")
    answer = clerk.post(
        address(summary, "religion", "section_preview"), {"text": "检查{安全检查次数}次，{安全检察次数}次，12家"}
    )
    page = answer.content.decode()
    assert f'href="{reverse("figure", args=["inspections"])}?period=2020H1"' in page
    assert "没有“{安全检察次数}”这个数字。" in page
    assert 'data-instead-of="{安全检察次数}" data-insert="{安全检查次数}"' in page
    assert '<span class="paper-mark unsourced">12</span>' in page
    assert text_of(summary, "religion") == before


def test_a_preview_of_thousands_of_unknown_names_is_quick(summary, clerk):
    started = time.process_time()
    answer = clerk.post(address(summary, "religion", "section_preview"), {"text": "{没有}" * 5000})
    assert answer.status_code == 200
    assert time.process_time() - started < 5


@pytest.mark.parametrize("person", ["signer", "officer", "administrator", "outsider"])
def test_nobody_else_writes_or_previews(summary, cast, person):
    client = cast.client(getattr(cast, person))
    expected = 404 if person == "outsider" else 403
    before = text_of(summary)
    assert saved(client, summary, "别人的话").status_code == expected
    assert client.post(address(summary, name="section_preview"), {"text": "别人的话"}).status_code == expected
    assert client.post(reverse("summary_recompose", args=[summary.pk])).status_code == expected
    assert text_of(summary) == before


def test_a_clerk_does_not_write_during_review_but_the_reviewer_does(summary, cast, clerk, reviewer):
    summary.submit(cast.clerk)
    assert saved(clerk, summary, "记录员的话").status_code == 409
    saved(reviewer, summary, "统战委员的话")
    assert text_of(summary) == "统战委员的话"


def test_an_unknown_section_is_not_found(summary, clerk):
    assert clerk.get(address(summary, "nothing")).status_code == 404
    assert clerk.post(address(summary, "nothing", "section_preview"), {"text": ""}).status_code == 404


@pytest.mark.django_db(transaction=True)
def test_many_writers_of_one_section_lose_no_words():
    """Each adds its mark to what it has just read and tries again on a conflict: at the end every mark stands."""
    cast = Cast()
    summary = make_summary(by=cast.clerk, texts={"intro": "开头"})
    marks = [f"〔{writer}之{turn}〕" for writer in range(8) for turn in range(5)]
    conflicts = []

    def write(mine: list[str]) -> None:
        try:
            for mark in mine:
                while True:
                    section = SummarySection.objects.get(summary=summary, slot="intro")
                    try:
                        section.rewrite(section.text + mark, cast.clerk, dt.datetime.now(dt.UTC))
                        break
                    except Conflict:
                        conflicts.append(mark)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=write, args=(marks[start::8],)) for start in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    text = text_of(summary)
    assert sorted(text.removeprefix("开头").replace("〕", "〕\n").split()) == sorted(marks)
    assert summary.sections.get(slot="intro").version == len(marks) + 1


@pytest.mark.django_db(transaction=True)
def test_two_people_write_two_sections_at_once():
    cast = Cast()
    summary = make_summary(by=cast.clerk)
    sections = {slot: SummarySection.objects.get(summary=summary, slot=slot) for slot in ("intro", "theory")}
    together, failed = threading.Barrier(2), []

    def write(slot: str) -> None:
        together.wait()
        try:
            sections[slot].rewrite(f"{slot}的文字", cast.clerk, dt.datetime.now(dt.UTC))
        except Exception as error:
            failed.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=write, args=(slot,)) for slot in sections]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (failed, text_of(summary, "intro"), text_of(summary, "theory")) == ([], "intro的文字", "theory的文字")


def test_composing_keeps_every_edit_there_is(summary, cast):
    for section in summary.sections.all():
        edit(summary, section.slot, f"{section.slot}改过", by=cast.clerk)
    make_activity(by=cast.clerk)
    compose.compose(summary, dt.datetime.now(dt.UTC))
    assert proof_of(summary).text == "\n\n".join(f"{s.slot}改过" for s in summary.sections.order_by("position"))


def test_a_character_that_the_body_face_lacks_is_saved_and_named_with_code_and_place(summary, clerk):
    answer = saved(clerk, summary, "甲乙。\n联系镕等。")
    page = clerk.get(answer.url).content.decode()
    assert "“镕”（U+9555，第2段第3字，Noto Serif CJK SC）" in page


def test_a_character_that_cannot_be_printed_is_refused_with_its_place_and_nothing_is_lost(summary, clerk):
    answer = saved(clerk, summary, "甲乙。\n会议😀成功。")
    page = answer.content.decode()
    assert "第2段第3字：字体里没有“😀”（U+1F600）" in page
    assert "会议😀成功。" in page
