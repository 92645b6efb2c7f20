"""The composed draft: every line of the report it was built for, and nothing that did not happen."""

import datetime as dt
import io
import re
from pathlib import Path

import pytest
from django.core.management import call_command
from django.utils import timezone, translation
from hypothesis import given
from hypothesis import strategies as st

from accounts.models import Unit
from tests.factories import H1, H2, make_activity, make_hazard, make_issue, make_target, make_venue
from workplans import area
from workplans.compose import PLAN, clauses, draft, plan, start
from workplans.ledger import Ledger
from workplans.models import Period, Target
from workplans.resolve import plain, resolve, tokens, unknown, unsourced

GOLDEN = Path(__file__).parent.parent / "golden"


@pytest.fixture
def demo(db: None) -> Unit:
    call_command("demo", stdout=io.StringIO())
    return Unit.objects.get(code="qingxi")


def composed(unit: Unit, period: Period = H1) -> str:
    ledger = Ledger([unit.pk], period)
    return "\n\n".join(plain(resolve(text, ledger)) for text in draft(unit, period).values() if text) + "\n"


def seed_sentences() -> list[str]:
    """The seed's sentences, headings and 一是 二是 三是, in order; its title is the paper's own."""
    lines = (GOLDEN / "seed-summary.txt").read_text(encoding="utf-8").splitlines()[1:]
    return [sentence for line in lines for sentence in re.split(r"(?<=[。；])", line.strip()) if sentence]


def covering(sentence: str) -> str:
    """A pattern of the sentence as the draft may tell it: every word in its place, figures after its clauses."""
    figures = "[^。；]*"
    return figures.join(re.escape(clause) for clause in re.findall("[^，。；]+", sentence))


def test_the_demo_summary_is_the_golden_one(demo):
    """To renew the file after a wanted change: write what `composed` returns into it, and read it."""
    assert composed(demo) == (GOLDEN / "summary-2020H1.txt").read_text(encoding="utf-8")


def test_every_line_of_the_report_has_its_counterpart_in_order(demo):
    text, position, missing = composed(demo), 0, []
    for sentence in seed_sentences():
        if found := re.compile(covering(sentence)).search(text, position):
            position = found.start()
        else:
            missing.append(sentence)
    assert missing == []


def test_the_report_is_long_enough_for_that_test_to_mean_something():
    assert len(seed_sentences()) == 34


def test_the_first_item_of_the_plan_is_the_reports_own_sentence(demo):
    assert plan(demo, H2).splitlines()[1:] == [
        "一、成立镇商会。因商会主要负责人人选问题，商会组建工作滞后，为此，必须确保9月底完成商会组建工作。",
        "二、整合统战资源，服务双联行动。",
        "三、加强统战自身建设，加强新社会阶层人士统战工作。",
    ]


def test_every_figure_of_the_draft_has_a_metric_and_none_is_typed(demo):
    lines = [line for text in draft(demo, H1).values() for line in resolve(text, Ledger([demo.pk], H1))]
    assert unknown(lines) == []
    assert unsourced(lines) == []


def test_an_empty_half_year_is_told_without_numbers_or_empty_clauses(cast):
    text = composed(cast.town)
    body = text.replace("2020年上半年", "")
    assert re.findall(r"\d", body) == []
    assert re.findall(r"[，；。、]{2,}|，$|；$", body, re.M) == []
    assert draft(cast.town, H1)[PLAN] == ""


def test_papers_stay_chinese_when_the_reader_has_chosen_english(demo):
    with translation.override("en"):
        assert composed(demo) == (GOLDEN / "summary-2020H1.txt").read_text(encoding="utf-8")


def test_void_rows_and_other_towns_are_not_told(cast):
    make_activity(by=cast.outsider, kind="forum")
    make_activity(by=cast.clerk, kind="forum").void("重复录入")
    assert "座谈会" not in composed(cast.town)


def test_an_open_issue_is_told_with_its_obstacle_and_a_solved_one_as_solved(cast):
    make_issue(by=cast.clerk, obstacle="规划用地手续未批")
    make_issue(by=cast.clerk, title="门前道路破损").log("solved", day=dt.date(2020, 5, 1), note="已修补", by=cast.clerk)
    lines = draft(cast.town, H1)["structure"].splitlines()
    assert lines[-2:] == ["着力解决灵山寺扩寺建设问题，因规划用地手续未批，正在协调推进。", "解决门前道路破损问题。"]


def test_an_issue_that_was_stopped_is_never_told_as_solved(cast):
    for title, day in (("中止在期内", dt.date(2020, 5, 1)), ("中止在期后", dt.date(2020, 8, 1))):
        make_issue(by=cast.clerk, title=title).log("stopped", day=day, note="不再办理", by=cast.clerk)
    told = [line for line in draft(cast.town, H1)["structure"].splitlines() if "中止" in line]
    assert told == ["着力解决中止在期后问题。"]


def test_a_cancelled_target_is_not_promised(cast):
    make_target(by=cast.clerk, state=Target.State.CANCELLED)
    assert plan(cast.town, H2) == ""


HOSTILE = ["{安全检查次数}", "｛安全检查次数：余｝", "{", "}", "{{ settings }}", "{% now %}", "{a.__class__}"]


@pytest.mark.parametrize("hostile", HOSTILE)
def test_braces_in_quoted_texts_are_told_letter_by_letter(cast, hostile):
    Unit.objects.filter(pk=cast.town.pk).update(office=f"办公室{hostile}", slogan=f"口号{hostile}")
    cast.town.refresh_from_db()
    make_activity(by=cast.clerk, kind="harmony", title=f"创建{hostile}")
    make_activity(by=cast.clerk, kind="inspection")
    make_issue(by=cast.clerk, title=f"问题{hostile}", obstacle=f"障碍{hostile}")
    make_target(by=cast.clerk, text=f"目标{hostile}", obstacle=f"困难{hostile}", deliverable=f"成果{hostile}")
    texts = draft(cast.town, H1).values()
    lines = [line for text in texts for line in resolve(text, Ledger([cast.town.pk], H1))]
    assert unknown(lines) == []
    assert set(re.findall("(?:办公室|口号|创建|问题|障碍)" + re.escape(hostile), plain(lines))) == {
        word + hostile for word in ("办公室", "口号", "创建", "问题", "障碍")
    }
    (item,) = plain(resolve(plan(cast.town, H2), Ledger([cast.town.pk], H2))).splitlines()[1:]
    assert set(re.findall("(?:目标|困难|成果)" + re.escape(hostile), item)) == {
        word + hostile for word in ("目标", "困难", "成果")
    }
    assert cast.town.office == f"办公室{hostile}"


def test_a_number_to_reach_is_told_with_its_metric(cast):
    make_target(by=cast.clerk, text="走访企业", metric="enterprise_visits", quantity=50, due=dt.date(2020, 12, 31))
    assert plan(cast.town, H2).splitlines()[1] == "一、走访企业。拟于年底完成，走访企业家次达到50家次。"


@pytest.mark.parametrize("rows", [1, 30])
def test_composing_costs_the_same_queries_for_one_row_and_for_thirty(cast, rows, django_assert_num_queries):
    venue = make_venue(by=cast.clerk)
    for number in range(rows):
        make_activity(by=cast.clerk, title=f"学习{number}")
        make_target(by=cast.clerk, text=f"目标{number}", item=number + 1)
        make_issue(by=cast.clerk, title=f"问题{number}")
        make_hazard(by=cast.clerk, venue=venue)
    # one for each table with metrics, the quoted rows, the issues, the results, the plan, and the theme that section 四 quotes
    tables = {metric.model for metric in area.metrics().values()}
    with django_assert_num_queries(len(tables) + 5):
        draft(cast.town, H1)


def test_starting_twice_is_refused_by_the_database(cast):
    from django.db import IntegrityError, transaction

    start(cast.town, H1, cast.clerk, timezone.now())
    with pytest.raises(IntegrityError), transaction.atomic():
        start(cast.town, H1, cast.clerk, timezone.now())


LABELS = st.sampled_from(["安全检查次数", "隐患发现处数", "座谈会场次"])
PART = st.builds(
    lambda word, label: f"{word}{{{label}}}次" if label else word, st.sampled_from("甲乙丙"), LABELS | st.none()
)
LINES = st.lists(st.lists(PART, min_size=1, max_size=3).map("，".join), max_size=4).map("\n".join)


@given(LINES, st.dictionaries(LABELS, st.integers(0, 3)))
def test_a_sentence_never_prints_a_zero_and_ends_in_a_full_stop_or_is_empty(text, values):
    values = {label: values.get(label, 0) for label in ("安全检查次数", "隐患发现处数", "座谈会场次")}
    sentence = clauses(text, values)
    assert [label for label in tokens(sentence) if values[label] == 0] == []
    assert sentence == "" or sentence.endswith("。")
    assert not re.search("[，；。]{2}|^[，；]", sentence)


def test_a_clause_without_its_first_part_goes_whole():
    text = "开展安全检查{安全检查次数}次，发现隐患{隐患发现处数}处\n召开座谈会{座谈会场次}场"
    assert clauses(text, {"安全检查次数": 0, "隐患发现处数": 4, "座谈会场次": 1}) == "召开座谈会{座谈会场次}场。"
    assert clauses(text, {"安全检查次数": 2, "隐患发现处数": 0, "座谈会场次": 0}) == "开展安全检查{安全检查次数}次。"


def test_every_token_of_every_draft_template_names_a_metric():
    root = Path(__file__).parents[2] / "templates"
    for path in [*root.glob("workplans/drafts/*.txt"), *root.glob("*/draft.txt")]:
        text = re.sub(r"\{[{%].*?[%}]\}", "", path.read_text(encoding="utf-8"))
        assert [label for label in tokens(text) if label not in area.labels()] == [], path
