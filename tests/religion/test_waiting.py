"""What waits at the venues, on the home page of those whose step is next."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from religion.models import Dispute, Suggestion
from religion.views.waiting import waiting_for
from tests.factories import DAY, make_activity, make_hazard, make_venue

TODAY = dt.date(2020, 7, 10)
PAST = dt.date(2020, 7, 9)


@pytest.fixture
def venue(cast):
    return make_venue(by=cast.clerk)


def labels(user):
    return [task["label"] for task in waiting_for(user, TODAY)]


def make_found(model, *, by, kind, **fields):
    row = make_activity(by=by, kind=kind)
    return model.objects.create(unit=by.unit, created_by=by, activity=row, opened_on=DAY, **fields)


def test_one_overdue_hazard_is_named_with_its_venue(cast, venue):
    hazard = make_hazard(by=cast.clerk, venue=venue, due=PAST)
    make_hazard(by=cast.clerk, venue=venue, due=TODAY)
    assert waiting_for(cast.clerk, TODAY) == [
        {
            "label": "整改灵山寺“配电箱无漏电保护”", "url": reverse("hazard", args=[hazard.pk]),
            "note": "时限 2020-07-09", "state": "late", "state_label": "逾期",
        }
    ]  # fmt: skip


def test_several_are_counted_and_lead_to_the_list_of_just_these(clerk, cast, venue):
    for text in ("甲", "乙"):
        make_hazard(by=cast.clerk, venue=venue, due=PAST, description=text)
    make_hazard(by=cast.clerk, venue=venue, description="丙")
    (task,) = waiting_for(cast.clerk, TODAY)
    assert (task["label"], task["url"]) == ("整改 2 处逾期隐患", reverse("hazards") + "?period=2020H2&due=late")
    rows = clerk.get(task["url"]).context["open"]
    assert [row["matter"].description for row in rows] == ["甲", "乙"]


def test_the_reviewer_is_told_what_to_recheck_and_to_close(cast, venue):
    hazard = make_hazard(by=cast.clerk, venue=venue, due=PAST)
    hazard.move("rectify", day=DAY, note="", by=cast.clerk)
    assert (labels(cast.clerk), labels(cast.reviewer)) == ([], ["复查灵山寺“配电箱无漏电保护”"])
    hazard.move("recheck", day=DAY, note="", by=cast.clerk)
    assert labels(cast.reviewer) == ["销号灵山寺“配电箱无漏电保护”"]
    make_hazard(by=cast.clerk, venue=venue).move("rectify", day=DAY, note="", by=cast.clerk)
    assert labels(cast.reviewer) == ["复查、销号 2 处已改隐患"]


def test_the_signer_is_told_of_overdue_and_major_ones_only(cast, venue):
    make_hazard(by=cast.clerk, venue=venue, description="一般的")
    make_hazard(by=cast.clerk, venue=venue, description="大殿屋架", grade="major")
    make_hazard(by=cast.clerk, venue=venue, description="过期的", due=PAST, grade="major")
    make_found(Dispute, by=cast.clerk, kind="dispute", course="通行有争议。")
    assert labels(cast.signer) == ["整改灵山寺“过期的”", "督办灵山寺重大隐患“大殿屋架”"]
    assert labels(cast.clerk) == ["整改灵山寺“过期的”", "调处矛盾纠纷“其他：通行有争议”"]


def test_overdue_suggestions_wait_for_their_answer(cast, venue):
    make_found(Suggestion, by=cast.clerk, kind="oversight", text="完善消防通道", due=PAST, venue=venue)
    make_found(Suggestion, by=cast.clerk, kind="oversight", text="还早", due=TODAY)
    assert labels(cast.clerk) == labels(cast.signer) == ["答复意见建议“完善消防通道”"]


def test_what_ended_or_does_not_count_waits_for_nobody(cast, venue):
    make_hazard(by=cast.clerk, venue=venue, due=PAST).void("重复。")
    make_hazard(by=cast.clerk, venue=venue, due=PAST).activity.void("重复。")
    closed = make_hazard(by=cast.clerk, venue=venue, due=PAST, grade="major")
    for code in ("rectify", "recheck", "close"):
        closed.move(code, day=DAY, note="", by=cast.clerk)
    solved = make_found(Dispute, by=cast.clerk, kind="dispute", course="已化解。")
    for code in ("start", "solve"):
        solved.move(code, day=DAY, note="化解。", by=cast.clerk)
    assert [labels(user) for user in (cast.clerk, cast.reviewer, cast.signer)] == [[], [], []]


def test_nobody_is_told_of_another_towns(cast, venue):
    make_hazard(by=cast.clerk, venue=venue, due=PAST, grade="major")
    make_found(Dispute, by=cast.clerk, kind="dispute", course="通行有争议。")
    assert labels(cast.outsider) == []


def test_a_district_waits_for_nothing(monkeypatch, district, cast, venue):
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *args: TODAY)
    make_hazard(by=cast.clerk, venue=venue, due=PAST)
    assert "配电箱无漏电保护" not in district.get("/").content.decode()


def test_it_stands_on_the_home_page(monkeypatch, clerk, cast, venue):
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *args: TODAY)
    make_hazard(by=cast.clerk, venue=venue, due=PAST)
    assert "整改灵山寺“配电箱无漏电保护”" in clerk.get("/").content.decode()


@pytest.mark.parametrize("who", ["clerk", "reviewer", "signer"])
def test_it_asks_once_for_each_kind(cast, venue, who):
    for number in range(5):
        make_hazard(by=cast.clerk, venue=venue, due=PAST, description=f"第{number}处")
        make_found(Suggestion, by=cast.clerk, kind="oversight", text="建议", due=PAST, venue=venue)
        make_found(Dispute, by=cast.clerk, kind="dispute", course="通行。", due=PAST, venue=venue)
    with CaptureQueriesContext(connection) as captured:
        assert len(waiting_for(getattr(cast, who), TODAY)) == 3
    assert len(captured) == 3


def test_a_district_is_told_what_its_towns_have_passed_up_and_nothing_else(district, cast, venue):
    hazard = make_hazard(by=cast.clerk, venue=venue, due=PAST)
    assert labels(cast.officer) == []
    hazard.move("pass_up", day=DAY, note="资金不足，报区消防大队。", by=cast.clerk)
    assert labels(cast.officer) == ["处理清溪镇灵山寺上报的隐患“配电箱无漏电保护”"]
    make_hazard(by=cast.outsider, venue=make_venue(by=cast.outsider, name="白石寺")).move(
        "pass_up", day=DAY, note="报区里。", by=cast.outsider
    )
    (task,) = waiting_for(cast.officer, TODAY)
    assert (task["label"], len(district.get(task["url"]).context["open"])) == ("处理乡镇上报的 2 处隐患", 2)
