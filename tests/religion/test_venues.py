"""The register of venues: what fits together, who sees it, how it is entered and edited, and its dated changes of state."""

import datetime as dt
import itertools
import re
import uuid

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import Role
from religion.models import TEACHINGS, LocalRules, RegisterLevel, Teaching, Venue, VenueType
from tests.cast import Cast
from tests.factories import DAY, make_hazard, make_user, make_venue
from workplans.area import metrics
from workplans.ledger import Ledger
from workplans.models import Activity, Conflict, Period

TODAY = dt.date(2020, 7, 10)
TEMPLE = {"name": "灵山寺", "type": "temple", "teaching": "buddhism"}
FOLK = {"name": "东山土地庙", "type": "folk", "teaching": "", "level": "town"}
PAIRS = list(itertools.product(VenueType.values, ["", *Teaching.values]))


@pytest.fixture(autouse=True)
def _on_the_tenth_of_july(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *args: TODAY)


def errors_of(response) -> dict[str, list[str]]:
    return {name: list(errors) for name, errors in response.context["form"].errors.items()}


def text_of(response) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", response.content.decode()))


def enter(client: Client, **typed: object):
    return client.post(reverse("venue_new"), {"token": str(uuid.uuid4()), **typed})


def listed(client: Client, **asked: object) -> list[str]:
    return [row["venue"].name for row in client.get(reverse("venues"), asked).context["rows"]]


def edit(venue: Venue, **changes: object) -> dict[str, object]:
    """The edit form of a venue as a browser sends it back."""
    names = ("name", "type", "teaching", "address", "level", "number", "responsible_post", "responsible_name")
    typed = {name: getattr(venue, name) for name in names} | {"version": venue.version}
    return {**typed, "registered_on": venue.registered_on or "", **changes}


def change(client: Client, venue: Venue, after: str, day: str = "2020-05-01", **more: object):
    typed = {"after": after, "day": day, "note": "经研究决定", "version": venue.version}
    return client.post(reverse("venue_change", args=[venue.pk]), {**typed, **more})


# ── types and teachings ──


@pytest.mark.parametrize(("kind", "teaching"), PAIRS)
def test_the_database_takes_a_type_only_with_a_teaching_of_it(cast: Cast, kind: str, teaching: str):
    fits = teaching in TEACHINGS[kind]
    try:
        with transaction.atomic():
            Venue.objects.create(unit=cast.town, created_by=cast.clerk, name="某处", type=kind, teaching=teaching)
    except IntegrityError:
        assert not fits
    else:
        assert fits


@pytest.mark.parametrize(("kind", "teaching"), PAIRS)
def test_the_form_takes_the_same_and_fills_in_the_only_one(clerk: Client, kind: str, teaching: str):
    answer = enter(clerk, name="某处", type=kind, teaching=teaching, level="town" if kind == "folk" else "")
    taught = TEACHINGS[kind]
    expected = teaching or (taught[0] if len(taught) == 1 else "")
    if expected in taught:
        assert answer.status_code == 302
        assert (Venue.objects.get().type, Venue.objects.get().teaching) == (kind, expected)
    else:
        assert (answer.status_code, list(errors_of(answer)), Venue.objects.count()) == (200, ["teaching"], 0)
        assert 'value="某处"' in answer.content.decode()


def test_a_type_that_is_none_is_refused_beside_its_field(clerk: Client):
    assert list(errors_of(enter(clerk, name="某处", type="cinema"))) == ["type"]


# ── levels and local rules ──


@pytest.mark.parametrize("kind", [kind for kind in VenueType if kind != VenueType.FOLK])
def test_a_registered_venue_stands_at_the_county_whatever_was_typed(clerk: Client, cast: Cast, kind: str):
    enter(clerk, name="某处", type=kind, teaching=TEACHINGS[kind][0], level="town")
    assert Venue.objects.get().level == RegisterLevel.COUNTY
    with pytest.raises(IntegrityError), transaction.atomic():
        make_venue(by=cast.clerk, name="另一处", type=kind, level=RegisterLevel.TOWN)


@pytest.mark.parametrize("level", RegisterLevel.values)
def test_a_folk_site_may_stand_at_each_level_while_no_rule_binds(clerk: Client, level: str):
    assert enter(clerk, **FOLK | {"level": level}, building_area="30").status_code == 302
    assert Venue.objects.get().level == level


def test_the_level_of_a_folk_site_is_asked_for(clerk: Client):
    assert errors_of(enter(clerk, **FOLK | {"level": ""})) == {"level": ["请选择民间信仰活动场所的登记层级。"]}


@pytest.mark.parametrize(
    ("registered_from", "numbered_from", "area", "due"),
    [
        (500, 20, 500, "county"), (500, 20, 499, "numbered"), (500, 20, 20, "numbered"), (500, 20, 19, "town"),
        (None, 20, 5000, "numbered"), (500, None, 500, "county"), (500, None, 499, None), (None, None, 9, None),
        (500, 20, None, None),
    ],
)  # fmt: skip
def test_thresholds_are_settings_of_the_unit(cast: Cast, clerk: Client, registered_from, numbered_from, area, due):
    LocalRules.objects.create(unit=cast.town, registered_from=registered_from, numbered_from=numbered_from)
    typed = FOLK | {"building_area": "" if area is None else area}
    taken = [
        level
        for number, level in enumerate(RegisterLevel.values)
        if enter(clerk, **typed | {"level": level, "name": f"第{number}庙"}).status_code == 302
    ]
    assert taken == ([due] if due else RegisterLevel.values)


def test_another_towns_thresholds_do_not_bind(cast: Cast, clerk: Client):
    LocalRules.objects.create(unit=cast.other_town, registered_from=500, numbered_from=20)
    assert enter(clerk, **FOLK, building_area="800").status_code == 302


def test_a_refused_level_says_the_rule_and_who_may_change_it(cast: Cast, clerk: Client):
    LocalRules.objects.create(unit=cast.town, registered_from=500, numbered_from=20, number_prefix="川民信")
    errors = errors_of(enter(clerk, **FOLK, building_area="500", number="闽001"))
    assert "满500㎡的县级登记、满20㎡的县级登记编号、不满20㎡的镇街建档编号" in errors["level"][0]
    assert "“川民信”开头" in errors["number"][0]


def test_rules_that_change_show_the_sites_that_stand_otherwise_by_now(cast: Cast, reviewer: Client):
    site = make_venue(by=cast.clerk, name="东山土地庙", type="folk", level="town", building_area=600)
    unmeasured = make_venue(by=cast.clerk, name="西山土地庙", type="folk", level="town")
    typed = {"version": "0", "registered_from": "500", "numbered_from": "20"}
    assert reviewer.post(reverse("local_rules"), typed).status_code == 302
    told = reviewer.get(reverse("local_rules")).context["towns"][0]
    assert [(each["venue"], each["due"]) for each in told["misplaced"]] == [(site, RegisterLevel.COUNTY.label)]
    assert told["unmeasured"] == [unmeasured]


def test_thresholds_cannot_contradict_each_other(reviewer: Client):
    answer = reviewer.post(reverse("local_rules"), {"version": "0", "registered_from": "10", "numbered_from": "20"})
    assert (answer.status_code, LocalRules.objects.count()) == (200, 0)
    assert "县级登记的起点不能低于县级编号的起点。" in text_of(answer)


def test_only_the_reviewer_sets_them(clerk: Client):
    assert clerk.get(reverse("local_rules")).status_code == 200
    assert clerk.post(reverse("local_rules"), {"version": "0", "numbered_from": "20"}).status_code == 403


def test_rules_written_by_two_are_told_as_a_conflict(reviewer: Client):
    address = reverse("local_rules")
    reviewer.post(address, {"version": "0", "numbered_from": "20"})
    answer = reviewer.post(address, {"version": "0", "numbered_from": "30"})
    assert (answer.status_code, LocalRules.objects.get().numbered_from) == (409, 20)
    assert 'value="30"' in answer.content.decode()


# ── the list ──


class TestTheList:
    @pytest.fixture(autouse=True)
    def _venues(self, cast: Cast) -> None:
        by = cast.clerk
        make_venue(by=by, name="乙寺", village=cast.village, address="东山村一组", number="宗场证001")
        make_venue(by=by, name="甲教堂", type="church", address="河西路")
        make_venue(by=by, name="丙庙", type="folk", level="town", village=cast.village)
        old = make_venue(by=by, name="丁观", type="daoist")
        old.change("revoked", day=dt.date(2020, 5, 1), note="", document="", by=by)
        closed = make_venue(by=by, name="戊寺")
        closed.change("suspended", day=dt.date(2020, 5, 1), note="", document="", by=by)
        make_venue(by=cast.outsider, name="白石寺", village=cast.other_village)

    def test_registered_venues_come_first_then_folk_sites_then_the_revoked(self, clerk: Client):
        names = listed(clerk)
        assert set(names[:3]) == {"乙寺", "甲教堂", "戊寺"}
        assert names[:3] == sorted(names[:3])
        assert names[3:] == ["丙庙", "丁观"]

    @pytest.mark.parametrize(
        ("asked", "names"),
        [
            ({"type": "church"}, {"甲教堂"}),
            ({"type": "folk"}, {"丙庙"}),
            ({"state": "suspended"}, {"戊寺"}),
            ({"state": "revoked"}, {"丁观"}),
            ({"type": "temple", "state": "open"}, {"乙寺"}),
            ({"words": "东山"}, {"乙寺"}),
            ({"words": "东山 001"}, {"乙寺"}),
            ({"words": "东山 河西"}, set()),
            ({"words": "河西路"}, {"甲教堂"}),
            ({"type": "nothing"}, {"乙寺", "甲教堂", "丙庙", "丁观", "戊寺"}),
        ],
    )
    def test_filters_and_words_choose(self, clerk: Client, asked: dict[str, str], names: set[str]):
        assert set(listed(clerk, **asked)) == names

    def test_a_village_chooses_its_own(self, clerk: Client, cast: Cast):
        assert set(listed(clerk, village=cast.village.pk)) == {"乙寺", "丙庙"}
        other = clerk.get(reverse("venues"), {"village": cast.other_village.pk})
        assert "白石寺" not in other.content.decode()

    def test_what_fits_nothing_says_so_and_offers_to_clear(self, clerk: Client):
        assert "没有符合筛选条件的场所。" in text_of(clerk.get(reverse("venues"), {"words": "没有这处"}))

    def test_the_district_sees_its_towns_and_may_choose_one(self, district: Client):
        assert set(listed(district)) == {"乙寺", "甲教堂", "丙庙", "丁观", "戊寺", "白石寺"}
        assert listed(district, unit="baishi") == ["白石寺"]

    def test_the_neighbour_sees_his_own(self, outsider: Client):
        assert listed(outsider) == ["白石寺"]
        pk = Venue.objects.get(name="乙寺").pk
        for name in ("venue", "venue_edit", "venue_change"):
            assert outsider.get(reverse(name, args=[pk])).status_code == 404
            assert outsider.post(reverse(name, args=[pk]), {}).status_code == 404

    def test_one_row_costs_as_many_queries_as_thirty(self, clerk: Client, cast: Cast, django_assert_num_queries):
        listed(clerk)  # the first page of a session notes when it was used
        with CaptureQueriesContext(connection) as few:
            listed(clerk)
        for number in range(30):
            make_hazard(by=cast.clerk, venue=make_venue(by=cast.clerk, name=f"第{number}寺"))
        with django_assert_num_queries(len(few)):
            assert len(listed(clerk)) == 35


def test_the_district_reads_but_never_writes(cast: Cast, district: Client):
    venue = make_venue(by=cast.clerk)
    assert district.get(reverse("venue", args=[venue.pk])).status_code == 200
    for address in (reverse("venue_new"), *(reverse(f"venue_{verb}", args=[venue.pk]) for verb in ("edit", "change"))):
        assert district.post(address, {}).status_code in (403, 404)
    assert Venue.objects.get() == venue


# ── entering ──


def test_a_form_sent_twice_enters_one_venue(clerk: Client):
    typed = TEMPLE | {"token": str(uuid.uuid4()), "registered_on": "2010-01-01"}
    first, second = (clerk.post(reverse("venue_new"), typed) for _time in range(2))
    assert (first.status_code, second.status_code, second.url) == (302, 302, first.url)
    assert (Venue.objects.count(), Venue.objects.get().changes.count()) == (1, 1)


def test_a_namesake_in_the_unit_is_refused_and_one_elsewhere_is_not(cast: Cast, clerk: Client, outsider: Client):
    enter(clerk, **TEMPLE)
    assert errors_of(enter(clerk, **TEMPLE)) == {"name": ["本单位已有同名场所。"]}
    assert errors_of(enter(clerk, **FOLK | {"name": "灵山寺"})) == {"name": ["本单位已有同名场所。"]}
    assert enter(outsider, **TEMPLE).status_code == 302


def test_a_venue_cannot_be_renamed_to_anothers_name(cast: Cast, clerk: Client):
    make_venue(by=cast.clerk, name="灵山寺")
    other = make_venue(by=cast.clerk, name="灵泉寺")
    answer = clerk.post(reverse("venue_edit", args=[other.pk]), edit(other, name="灵山寺"))
    assert errors_of(answer) == {"name": ["本单位已有同名场所。"]}


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ({"registered_on": "2020-07-11"}, "registered_on"),
        ({"registered_on": "1900-01-01"}, "registered_on"),
        ({"registered_on": "去年"}, "registered_on"),
        ({"clergy_count": "-1"}, "clergy_count"),
        ({"clergy_count": "3"}, "clergy_checked_on"),
        ({"clergy_checked_on": "2020-06-01"}, "clergy_count"),
        ({"building_area": "99999999999999"}, "building_area"),
        ({"body_term_end": "2099-01-01"}, "body_term_end"),
        ({"address": "找13800138000"}, "address"),
        ({"responsible_name": "甲 13800138000"}, "responsible_name"),
        ({"name": ""}, "name"),
        ({"village": "999999"}, "village"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field(clerk: Client, typed: dict[str, str], name: str):
    answer = enter(clerk, **TEMPLE | typed)
    assert (answer.status_code, list(errors_of(answer)), Venue.objects.count()) == (200, [name], 0)


def test_another_towns_village_cannot_be_chosen(cast: Cast, clerk: Client):
    assert list(errors_of(enter(clerk, **TEMPLE, village=cast.other_village.pk))) == ["village"]


# ── two who edit ──


def test_who_edits_what_a_colleague_changed_meanwhile_sees_both_and_decides(
    cast: Cast, clerk: Client, reviewer: Client
):
    venue = make_venue(by=cast.clerk, address="旧址")
    address, seen = reverse("venue_edit", args=[venue.pk]), edit(venue)
    assert reviewer.post(address, {**seen, "address": "同事填的"}).status_code == 302
    answer = clerk.post(address, {**seen, "address": "我填的", "number": "宗场证9"})
    page = answer.content.decode()
    assert (answer.status_code, "同事填的" in page, 'value="我填的"' in page) == (409, True, True)
    venue.refresh_from_db()
    assert (venue.address, venue.number) == ("同事填的", "")
    again = {name: answer.context["form"][name].value() or "" for name in seen}
    assert clerk.post(address, again).status_code == 302
    venue.refresh_from_db()
    assert (venue.address, venue.number) == ("我填的", "宗场证9")


def test_who_edits_while_a_colleague_revokes_is_told_and_writes_nothing(cast: Cast, clerk: Client):
    venue = make_venue(by=cast.clerk)
    Venue.objects.get().change("revoked", day=DAY, note="", document="", by=cast.reviewer)
    for verb, typed in (("edit", edit(venue, address="新址")), ("change", {"after": "suspended", "version": 0})):
        answer = clerk.post(reverse(f"venue_{verb}", args=[venue.pk]), typed, follow=True)
        assert "这处场所已撤销" in text_of(answer)
    venue.refresh_from_db()
    assert (venue.address, venue.state) == ("", "revoked")


# ── changes of state ──


def test_a_registration_is_the_first_change_and_a_corrected_day_corrects_it(cast: Cast, clerk: Client):
    venue = make_venue(by=cast.clerk, registered_on=dt.date(2010, 1, 1))
    clerk.post(reverse("venue_edit", args=[venue.pk]), edit(venue, registered_on="2011-01-01"))
    assert list(venue.changes.values_list("before", "after", "day")) == [("", "open", dt.date(2011, 1, 1))]


def test_the_day_of_registration_can_neither_be_taken_out_nor_pass_a_later_change(cast: Cast, clerk: Client):
    venue = make_venue(by=cast.clerk, registered_on=dt.date(2010, 1, 1))
    venue.change("suspended", day=DAY, note="", document="", by=cast.clerk)
    address = reverse("venue_edit", args=[venue.pk])
    for typed in ("", "2020-03-17"):
        assert list(errors_of(clerk.post(address, edit(venue, registered_on=typed)))) == ["registered_on"]
    assert clerk.post(address, edit(venue, registered_on=DAY)).status_code == 302


def test_changes_stand_in_the_order_of_their_days(cast: Cast, clerk: Client):
    venue = make_venue(by=cast.clerk, registered_on=dt.date(2010, 1, 1))
    assert change(clerk, venue, "suspended", "2020-03-16").status_code == 302
    venue.refresh_from_db()
    assert errors_of(change(clerk, venue, "open", "2020-03-15")) == {
        "day": ["变动日期不能早于上一次变动（2020-03-16）。"]
    }
    assert list(errors_of(change(clerk, venue, "open", "2020-07-11"))) == ["day"]
    assert list(errors_of(change(clerk, venue, "suspended"))) == ["after"]
    assert list(errors_of(change(clerk, venue, "open", note=""))) == ["note"]
    assert change(clerk, venue, "rectifying", "2020-03-16").status_code == 302
    days = list(venue.changes.order_by("day", "pk").values_list("day", "before", "after"))
    assert days[1:] == [(DAY, "open", "suspended"), (DAY, "suspended", "rectifying")]


def test_the_model_itself_refuses_days_out_of_order(cast: Cast):
    venue = make_venue(by=cast.clerk, registered_on=DAY)
    with pytest.raises(ValueError, match="before"):
        venue.change("suspended", day=DAY - dt.timedelta(days=1), note="", document="", by=cast.clerk)
    assert (Venue.objects.get().state, venue.changes.count()) == ("open", 1)


def test_two_changes_of_the_same_version_are_one(cast: Cast, clerk: Client):
    venue = make_venue(by=cast.clerk)
    first, second = Venue.objects.get(), Venue.objects.get()
    first.change("suspended", day=DAY, note="", document="", by=cast.clerk)
    with pytest.raises(Conflict):
        second.change("rectifying", day=DAY, note="", document="", by=cast.reviewer)
    answer = change(clerk, venue, "rectifying")
    assert (answer.status_code, "您的变动还没有保存" in text_of(answer)) == (409, True)
    assert venue.changes.count() == 1


def test_to_revoke_is_asked_for_twice(cast: Cast, clerk: Client):
    venue = make_venue(by=cast.clerk)
    make_hazard(by=cast.clerk, venue=venue)
    asked = change(clerk, venue, "revoked")
    assert asked.status_code == 200
    assert "撤销“灵山寺”，自2020-05-01起？" in text_of(asked)
    assert "这里还有1处隐患没有销号" in text_of(asked)
    assert Venue.objects.get().is_open
    assert change(clerk, venue, "revoked", sure="1").status_code == 302
    venue.refresh_from_db()
    assert (venue.state, venue.revoked_on) == ("revoked", dt.date(2020, 5, 1))


def test_a_revoked_venue_refuses_everything(cast: Cast, clerk: Client):
    venue = make_venue(by=cast.clerk)
    venue.change("revoked", day=DAY, note="", document="", by=cast.clerk)
    with pytest.raises(Conflict):
        venue.change("open", day=DAY, note="", document="", by=cast.clerk)
    with pytest.raises(Conflict):
        venue.rewrite()
    for name in ("venue_edit", "venue_change"):
        for answer in (clerk.get(reverse(name, args=[venue.pk])), clerk.post(reverse(name, args=[venue.pk]), {})):
            assert (answer.status_code, answer.url.split("?")[0]) == (302, venue.get_absolute_url())
    patrol = {"kind": "patrol", "date": "2020-03-20", "host_level": "town", "sessions": "1", "venue": venue.pk,
              "title": "巡查", "visitor": "联络员", "finding": "normal",
              "lines-TOTAL_FORMS": "0", "lines-INITIAL_FORMS": "0"}  # fmt: skip
    assert "venue" in errors_of(clerk.post(reverse("record"), patrol))
    project = {"venue": venue.pk, "type": "extend", "opened_on": "2020-03-16"}
    assert "venue" in errors_of(clerk.post(reverse("project_new"), project))
    assert (Activity.objects.count(), venue.changes.count()) == (0, 1)
    page = clerk.get(venue.get_absolute_url())
    assert "已于2020-03-16撤销" in text_of(page)
    for verb in ("登记变动</a>", "记巡查</a>", "修改</a>"):
        assert verb not in page.content.decode()


def changed(cast: Cast, code: str) -> int | None:
    return Ledger([cast.town], Period.parse(code)).value(metrics()["venue_changes"])


def test_the_figure_of_changes_counts_those_of_the_period(cast: Cast, clerk: Client):
    venue = make_venue(by=cast.clerk, registered_on=dt.date(2019, 12, 31))
    assert (changed(cast, "2019H2"), changed(cast, "2020H1")) == (1, 0)
    for after, day in (("suspended", "2020-01-01"), ("open", "2020-06-30"), ("revoked", "2020-07-01")):
        change(clerk, venue, after, day, sure="1")
        venue.refresh_from_db()
    other = make_venue(by=cast.outsider, name="白石寺", registered_on=DAY)
    other.change("suspended", day=DAY, note="", document="", by=cast.outsider)
    assert (changed(cast, "2020H1"), changed(cast, "2020H2"), changed(cast, "2020")) == (2, 1, 3)


# ── the one name ──


def test_the_name_of_the_responsible_person_stays_on_the_page_of_his_unit(
    cast: Cast, clerk: Client, signer: Client, district: Client
):
    name = "某某甲"
    venue = make_venue(by=cast.clerk, responsible_post="管委会主任", responsible_name=name)
    clerk.post(reverse("venue_edit", args=[venue.pk]), edit(venue, address="新址", responsible_name="某某乙"))
    page = venue.get_absolute_url()
    for within in (clerk, signer):
        told = within.get(page).content.decode()
        assert ("某某乙" in told, name in told) == (True, False)  # the one taken out is gone, from the history too
    told = district.get(page).content.decode()
    assert ("管委会主任" in told, "某某乙" in told) == (True, False)
    for reader in (clerk, district):
        for address in (reverse("venues"), reverse("area", args=["religion"]), reverse("ledger")):
            assert "某某乙" not in reader.get(address).content.decode()
    assert listed(clerk, words="某某乙") == []
    assert not any("某某" in str(value) for row in venue.history.values() for value in row.values())


def test_a_text_that_holds_a_private_number_never_reaches_the_register(cast: Cast):
    venue = Venue(unit=cast.town, created_by=cast.clerk, name="灵山寺", type="temple", teaching="buddhism")
    venue.note = "联系 13800138000"
    with pytest.raises(ValidationError, match="手机号码"):
        venue.full_clean()


def test_who_only_reads_is_offered_no_verbs(cast: Cast):
    venue = make_venue(by=cast.clerk)
    reader = cast.client(make_user(unit=cast.district, role=Role.DISTRICT, username="second-officer"))
    page = reader.get(venue.get_absolute_url()).content.decode()
    assert not any(verb in page for verb in ("登记变动</a>", "记巡查</a>", "修改</a>"))
