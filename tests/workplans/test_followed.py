"""What all followed matters share: the form of the next step, and the form that withdraws what was entered by mistake."""

import datetime as dt

import pytest

from religion.models import Hazard, VenueProject
from tests.factories import DAY, make_hazard, make_project, make_venue
from workplans.forms.followed import MistakeForm, StepForm

TODAY = dt.date(2020, 7, 10)


def form_of(matter, **typed):
    return StepForm({"move": "start", "day": "2020-03-20", "version": "0", **typed}, matter=matter, today=TODAY)


@pytest.fixture
def venue(cast):
    return make_venue(by=cast.clerk)


@pytest.fixture
def hazard(cast, venue):
    return make_hazard(by=cast.clerk, venue=venue)


def test_it_offers_the_steps_that_the_matter_may_take_now(cast, hazard):
    assert form_of(hazard).fields["move"].choices == [
        ("start", "开始整改"), ("pass_up", "上报上级"), ("rectify", "完成整改"),
    ]  # fmt: skip
    hazard.move("rectify", day=DAY, note="", by=cast.clerk)
    assert [code for code, _label in form_of(hazard).fields["move"].choices] == ["recheck", "reject"]
    hazard.move("recheck", day=DAY, note="", by=cast.clerk)
    assert [code for code, _label in form_of(hazard).fields["move"].choices] == ["close", "reject"]


def test_the_only_step_is_the_verb_of_the_button(cast, venue):
    hazard = make_hazard(by=cast.clerk, venue=venue, state=Hazard.State.PASSED_UP)
    form = StepForm(matter=hazard, today=TODAY)
    assert (form.submit, form["move"].value(), form["move"].is_hidden) == ("完成整改", "rectify", True)


def test_where_there_is_a_choice_nothing_is_chosen_beforehand(hazard):
    form = StepForm(matter=hazard, today=TODAY)
    assert (form["move"].value(), form.submit, form["day"].value()) == (None, "记录这一步", TODAY)


@pytest.mark.parametrize(
    ("typed", "errors"),
    [
        ({}, {}),
        ({"day": "2020-03-16"}, {}),
        ({"day": "2020-07-10"}, {}),
        ({"move": ""}, {"move": ["请选择下一步。"]}),
        ({"move": "close"}, {"move": ["按它现在的状态，不能走这一步，请重新选择。"]}),
        ({"day": "2020-03-15"}, {"day": ["日期不能早于开始或上一步的日期（2020-03-16）。"]}),
        ({"day": "2020-07-11"}, {"day": ["日期不能晚于今天。"]}),
        ({"move": "pass_up"}, {"note": ["请写明上报的原因和报给谁。"]}),
        ({"move": "pass_up", "note": "  "}, {"note": ["请写明上报的原因和报给谁。"]}),
        ({"move": "pass_up", "note": "镇里无力拆除，报区住建部门。"}, {}),
        ({"note": "找13800138000"}, {"note": ["这里含有手机号码。本系统不保存个人电话，请删去后再保存。"]}),
        (
            {"note": "证件11010519491231002X"},
            {"note": ["这里含有身份证号。本系统不保存个人证件号码，请删去后再保存。"]},
        ),
        ({"note": "长" * 1001}, {"note": ["确保该变量包含不超过 1000 字符 (目前字符数 1001)。"]}),
    ],
)
def test_what_is_wrong_with_a_step_is_said_beside_its_field(hazard, typed, errors):
    assert form_of(hazard, **typed).errors == errors


def test_a_step_may_not_be_dated_before_the_last_one(cast, hazard):
    hazard.move("start", day=dt.date(2020, 4, 1), note="", by=cast.clerk)
    form = form_of(hazard, move="rectify", day="2020-03-31")
    assert form.errors == {"day": ["日期不能早于开始或上一步的日期（2020-04-01）。"]}


def test_only_matters_whose_steps_bear_documents_ask_for_their_numbers(cast, venue, hazard):
    project = make_project(by=cast.clerk, venue=venue)
    assert (Hazard.DOCUMENTED, "document" in form_of(hazard).fields) == (False, False)
    form = form_of(project, move="resolved", document="灵寺管〔2020〕3号")
    assert (VenueProject.DOCUMENTED, form.errors, form.cleaned_data["document"]) == (True, {}, "灵寺管〔2020〕3号")
    form = form_of(project, move="resolved", document="13800138000")
    assert list(form.errors) == ["document"]


def test_lines_end_as_they_are_stored(hazard):
    form = form_of(hazard, note="一\r\n二")
    assert (form.errors, form.cleaned_data["note"]) == ({}, "一\n二")


@pytest.mark.parametrize(
    ("reason", "errors"),
    [
        ("与另一处重复。", {}),
        ("", {"reason": ["这个字段是必填项。"]}),
        ("找13800138000", {"reason": ["这里含有手机号码。本系统不保存个人电话，请删去后再保存。"]}),
    ],
)
def test_a_withdrawal_says_why(reason, errors):
    assert MistakeForm({"reason": reason, "version": "0"}).errors == errors
