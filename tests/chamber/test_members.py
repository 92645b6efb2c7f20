"""Members, public posts, meetings and self-ratings of a chamber."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chamber.forms.meetings import MeetingForm
from chamber.models import ChamberMeeting, FourGoods, Membership, Officer, SelfRating
from tests.factories import DAY, H1, make_activity, make_chamber, make_member, make_officer
from workplans.area import metrics
from workplans.ledger import Ledger
from workplans.models import Conflict, Period

TODAY = dt.date(2020, 7, 10)


@pytest.fixture(autouse=True)
def _on_the_tenth_of_july(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *args: TODAY)


@pytest.fixture
def chamber(cast):
    return make_chamber(by=cast.clerk, state="founded", founded_on=DAY, term=1)


def members_in(cast, period):
    return Ledger([cast.town], Period.parse(period)).value(metrics()["chamber_members"])


# ── members ──


def test_members_are_those_of_the_periods_last_day(cast, chamber):
    first = make_member(by=cast.clerk, chamber=chamber, name="甲公司", joined_on=dt.date(2020, 1, 5))
    make_member(by=cast.clerk, chamber=chamber, name="乙公司", joined_on=dt.date(2020, 7, 1))
    first.leave(dt.date(2020, 6, 30))
    assert [members_in(cast, code) for code in ("2020Q1", "2020H1", "2020H2", "2019H2")] == [1, 0, 1, 0]


def test_who_left_may_join_again_and_both_times_are_kept(clerk, cast, chamber):
    member = make_member(by=cast.clerk, chamber=chamber)
    typed = {"enterprise": member.enterprise_id, "kind": "unit", "joined_on": "2020-07-01"}
    again = clerk.post(reverse("member_new", args=[chamber.pk]), typed)
    assert again.context["form"].errors == {"enterprise": ["这家企业已经是会员。"]}
    clerk.post(reverse("member_leave", args=[member.pk]), {"day": "2020-06-01", "version": member.version})
    assert clerk.post(reverse("member_new", args=[chamber.pk]), typed).status_code == 302
    assert list(Membership.objects.order_by("joined_on").values_list("joined_on", "left_on")) == [
        (DAY, dt.date(2020, 6, 1)), (dt.date(2020, 7, 1), None),
    ]  # fmt: skip


def test_an_enterprise_of_another_town_is_not_offered(clerk, cast, chamber):
    other = make_chamber(by=cast.outsider, name="白石镇商会")
    foreign = make_member(by=cast.outsider, chamber=other, name="白石公司").enterprise
    answer = clerk.post(
        reverse("member_new", args=[chamber.pk]), {"enterprise": foreign.pk, "kind": "unit", "joined_on": "2020-07-01"}
    )
    assert list(answer.context["form"].errors) == ["enterprise"]
    assert "白石公司" not in answer.content.decode()


# ── posts ──


def test_the_end_of_a_post_keeps_the_row_and_loses_the_name(clerk, cast, chamber):
    officer = make_officer(by=cast.clerk, chamber=chamber, name="某某")
    clerk.post(reverse("officer_end", args=[officer.pk]), {"day": "2020-07-01", "version": officer.version})
    officer.refresh_from_db()
    assert (officer.until, officer.name, officer.term, officer.post) == (dt.date(2020, 7, 1), "", 1, "president")
    assert [kept.until for kept in officer.history.order_by("history_id")] == [None, dt.date(2020, 7, 1)]
    assert not hasattr(officer.history.first(), "name")
    with pytest.raises(Conflict):
        officer.rewrite()


def test_a_name_is_shown_inside_the_unit_only(cast, chamber):
    make_officer(by=cast.clerk, chamber=chamber, name="公布的姓名")
    address = reverse("chamber", args=[chamber.pk])
    shown = [("公布的姓名" in cast.client(who).get(address).content.decode()) for who in (cast.signer, cast.officer)]
    assert shown == [True, False]


def test_the_database_keeps_no_name_of_a_post_that_ended(cast, chamber):
    officer = make_officer(by=cast.clerk, chamber=chamber, name="某某")
    with pytest.raises(IntegrityError), transaction.atomic():
        Officer.objects.filter(pk=officer.pk).update(until=TODAY)


def test_a_post_edited_by_two_at_once_is_shown_to_the_second(clerk, cast, chamber):
    officer = make_officer(by=cast.clerk, chamber=chamber)
    typed = {"post": "president", "term": 2, "since": "2020-03-16", "version": officer.version}
    assert clerk.post(reverse("officer_edit", args=[officer.pk]), {**typed, "term": 3}).status_code == 302
    answer = clerk.post(reverse("officer_edit", args=[officer.pk]), typed)
    assert (answer.status_code, [change.label for change in answer.context["conflict"]]) == (409, ["届次"])


# ── meetings ──


def typed(**changes):
    return {"kind": "chamber_meeting", "date": "2020-06-10", "title": "会员大会", "host_level": "town", "type": "general",
            "due": "30", "attended": "26", "items": "审议章程", **changes}  # fmt: skip


def test_a_meeting_is_a_row_of_the_ledger_with_its_votes(clerk, cast):
    clerk.post(reverse("record"), typed(charter_for="25", charter_abstain="1"))
    meeting = ChamberMeeting.objects.get()
    assert (meeting.activity.person_times, meeting.due, list(meeting.votes())) == (26, 30, [("章程", [25, 0, 1])])
    assert Ledger([cast.town], H1).value(metrics()["chamber_meetings"]) == 1
    page = clerk.get(meeting.activity.get_absolute_url()).content.decode()
    assert "会员大会" in page
    assert "审议章程" in page


@pytest.mark.parametrize(
    ("changes", "field"),
    [({"attended": "31"}, "attended"), ({"dues_for": "20", "dues_against": "7"}, "dues_for"), ({"type": ""}, "type")],
)
def test_more_votes_than_people_are_told_beside_their_box(clerk, changes, field):
    answer = clerk.post(reverse("record"), typed(**changes))
    assert field in answer.context["form"].errors
    assert not ChamberMeeting.objects.exists()


def test_preparation_that_was_no_meeting_asks_for_none(clerk):
    row = typed(kind="chamber_preparation", title="走访拟任会员", type="", due="", attended="", items="")
    assert clerk.post(reverse("record"), row).status_code == 302
    assert not ChamberMeeting.objects.exists()


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(attended=st.integers(0, 30), votes=st.lists(st.integers(0, 20), min_size=9, max_size=9))
def test_votes_never_exceed_who_attended(cast, attended, votes):
    names = [name for name in MeetingForm.ASKED if name not in ("type", "due", "attended", "items")]
    counts = dict(zip(names, votes, strict=True))
    fits = all(sum(votes[start : start + 3]) <= attended for start in (0, 3, 6))
    with transaction.atomic():
        data = {name: str(value) for name, value in counts.items()}
        form = MeetingForm(typed(due="", attended=str(attended), **data), user=cast.clerk, today=TODAY)
        assert form.is_valid() == fits
        row = make_activity(by=cast.clerk, kind="chamber_meeting")
        try:
            with transaction.atomic():
                ChamberMeeting.objects.create(activity=row, unit=cast.town, type="general", attended=attended, **counts)
            stored = True
        except IntegrityError:
            stored = False
        assert stored == fits
        transaction.set_rollback(True)


# ── self-rating ──


@pytest.mark.parametrize(
    ("year", "standard", "fits"),
    [(2017, "to_2018", True), (2018, "to_2018", True), (2018, "since_2018", True), (2019, "since_2018", True),
     (2017, "since_2018", False), (2019, "to_2018", False)],
)  # fmt: skip
def test_a_rating_goes_by_the_standard_of_its_year(clerk, chamber, year, standard, fits):
    marks = dict.fromkeys(("first", "second", "third", "fourth"), "met")
    clerk.post(reverse("rating_new", args=[chamber.pk]), {"year": year, "standard": standard, **marks})
    assert SelfRating.objects.exists() == fits


def test_the_two_standards_name_their_own_goods(cast, chamber):
    rating = SelfRating(chamber=chamber, first="met", second="nearly", third="met", fourth="unmet")
    rating.standard = FourGoods.TO_2018
    assert rating.goods()[:2] == [("班子建设好", "达到"), ("团结教育好", "基本达到")]
    rating.standard = FourGoods.SINCE_2018
    assert rating.goods()[:2] == [("政治引领好", "达到"), ("队伍建设好", "基本达到")]
