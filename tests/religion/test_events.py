"""记一笔 at venues: one form for a patrol, an inspection, a screening, a visit, a large event, and what they bring to light."""

import datetime as dt
import uuid

import pytest
from django.test import Client

from religion.models import (
    AtVenue,
    CheckResult,
    Dispute,
    Hazard,
    LargeEvent,
    OversightVisit,
    SafetyInspection,
    Suggestion,
    VenuePatrol,
)
from tests.cast import Cast
from tests.factories import make_activity, make_event, make_hazard, make_venue
from workplans.models import Activity

RECORD = "/ledger/record/?period=2020H1"
ROW = {"date": "2020-03-16", "host_level": "town", "sessions": "1", "title": ""}
NO_LINES = {"lines-TOTAL_FORMS": "3", "lines-INITIAL_FORMS": "0"}
PATROL = ROW | NO_LINES | {"kind": "patrol", "visitor": "村统战联络员", "finding": "normal"}
INSPECTION = ROW | NO_LINES | {"kind": "inspection", "organiser": "town", "rest_passed": "on"}
SCREENING = ROW | NO_LINES | {"kind": "dispute", "title": "一季度排查"}
OVERSIGHT = ROW | NO_LINES | {"kind": "oversight", "title": "人大代表视察", "body": "congress"}
LARGE = ROW | {"kind": "large_event", "approval": "filed", "expected": "800", "person_times": "760"}


def line(number: int, **fields: str) -> dict[str, str]:
    return {f"lines-{number}-{name}": value for name, value in fields.items()}


def hazard(number: int = 0, **fields: str) -> dict[str, str]:
    told = {"description": f"第{number + 1}处隐患", "grade": "common", "disposal": "in_time", "due": "2020-04-16"}
    return line(number, **(told | fields))


def record(client: Client, *parts: dict[str, str], **fields: object) -> Activity:
    """Record a row and give it back; whatever is refused fails the test."""
    data = {"token": str(uuid.uuid4())}
    for part in (*parts, fields):
        data |= part
    response = client.post(RECORD, data)
    assert response.status_code == 302, (response.context["form"].errors, response.context["form"].lines.errors)
    return Activity.objects.latest("pk")


def refused(client: Client, *parts: dict[str, str], **fields: object):
    """The form that comes back."""
    data: dict[str, object] = {}
    for part in (*parts, fields):
        data |= part
    response = client.post(RECORD, data)
    assert response.status_code == 200
    assert not Activity.objects.exists()
    return response.context["form"]


class TestAnyRow:
    def test_a_venue_gives_it_its_place_and_its_title(self, cast: Cast, clerk: Client):
        venue = make_venue(by=cast.clerk, village=cast.village)
        row = record(clerk, ROW, kind="core_values", venue=venue.pk, place="别处")
        assert (row.title, row.village, row.place) == ("灵山寺社会主义核心价值观活动", cast.village, "灵山寺")
        assert AtVenue.objects.get(pk=row.pk).venue == venue

    def test_without_a_venue_it_is_a_row_like_any_other(self, clerk: Client):
        row = record(clerk, ROW, kind="law_publicity", title="广场宣传", place="文化广场")
        assert (row.title, row.place) == ("广场宣传", "文化广场")
        assert not AtVenue.objects.exists()

    def test_without_venue_and_title_it_says_what_is_missing(self, clerk: Client):
        assert refused(clerk, ROW, kind="harmony").errors == {"title": ["没有选场所的，请填写标题。"]}

    def test_another_towns_venue_is_no_choice(self, cast: Cast, clerk: Client):
        other = make_venue(by=cast.outsider, name="西河寺")
        assert "venue" in refused(clerk, ROW, kind="harmony", venue=other.pk, title="活动").errors

    def test_a_revoked_venue_is_no_longer_offered_but_kept_where_it_stands(self, cast: Cast, clerk: Client):
        venue = make_venue(by=cast.clerk)
        row = make_event(by=cast.clerk, venue=venue, kind="harmony")
        venue.change("revoked", day=dt.date(2020, 5, 1), note="", document="", by=cast.clerk)
        offered = [clerk.get(address).context["form"].fields["venue"].queryset.filter(pk=venue.pk).exists()
                   for address in (f"{RECORD}&kind=harmony", f"/ledger/{row.pk}/edit/?period=2020H1")]  # fmt: skip
        assert offered == [False, True]

    def test_the_address_may_name_the_venue(self, cast: Cast, clerk: Client):
        venue = make_venue(by=cast.clerk)
        form = clerk.get(f"{RECORD}&kind=patrol&venue={venue.pk}").context["form"]
        assert str(form["venue"].value()) == str(venue.pk)

    @pytest.mark.parametrize("venue", ["x", "999999999999999999999", "-1", "0"])
    def test_an_address_that_names_none_is_no_error(self, clerk: Client, venue: str):
        assert clerk.get(f"{RECORD}&kind=patrol&venue={venue}").status_code == 200

    def test_a_copy_starts_with_the_same_venue_and_nothing_of_what_was_found(self, cast: Cast, clerk: Client):
        venue = make_venue(by=cast.clerk)
        row = record(clerk, INSPECTION, hazard(), venue=venue.pk)
        form = clerk.get(f"{RECORD}&copy={row.pk}").context["form"]
        assert (form["venue"].value(), form["notice_number"].value() or "", form.written) == (venue.pk, "", [])

    def test_another_venue_or_none_can_be_chosen_later(self, cast: Cast, clerk: Client):
        first, second = make_venue(by=cast.clerk), make_venue(by=cast.clerk, name="北岭庙")
        row = record(clerk, ROW, kind="harmony", venue=first.pk)
        edit = f"/ledger/{row.pk}/edit/?period=2020H1"
        clerk.post(edit, ROW | {"kind": "harmony", "title": "活动", "venue": second.pk, "version": "0"})
        assert AtVenue.objects.get(pk=row.pk).venue == second
        clerk.post(edit, ROW | {"kind": "harmony", "title": "活动", "venue": "", "version": "1"})
        assert not AtVenue.objects.filter(pk=row.pk).exists()

    def test_what_was_recorded_by_one_form_cannot_become_another_kind(self, cast: Cast, clerk: Client):
        row = make_event(by=cast.clerk, venue=make_venue(by=cast.clerk))
        choices = clerk.get(f"/ledger/{row.pk}/edit/?period=2020H1").context["form"].fields["kind"].choices
        assert [code for area, kinds in choices if area for code, _ in kinds] == ["inspection"]

    def test_a_form_sent_twice_makes_one_of_everything(self, cast: Cast, clerk: Client):
        data = INSPECTION | hazard() | {"venue": make_venue(by=cast.clerk).pk, "token": str(uuid.uuid4())}
        for _ in range(2):
            clerk.post(RECORD, data)
        assert (Activity.objects.count(), Hazard.objects.count(), SafetyInspection.objects.count()) == (1, 1, 1)

    def test_choosing_another_kind_keeps_what_was_typed(self, clerk: Client):
        page = clerk.post(RECORD, {"switch": "1", "kind": "inspection", "title": "打了一半", "date": "2020-02-02"})
        form = page.context["form"]
        assert (page.status_code, form["title"].value(), form["date"].value()) == (200, "打了一半", "2020-02-02")
        assert form["kind"].value() == "inspection"
        assert (form.errors, form.points != []) == ({}, True)
        assert not Activity.objects.exists()

    def test_a_conflict_shows_both_venues(self, cast: Cast, clerk: Client):
        first, second = make_venue(by=cast.clerk), make_venue(by=cast.clerk, name="北岭庙")
        row = record(clerk, ROW, kind="harmony", venue=first.pk)
        row.rewrite({})
        page = clerk.post(f"/ledger/{row.pk}/edit/?period=2020H1",
                          ROW | {"kind": "harmony", "title": row.title, "venue": second.pk, "version": "0"})  # fmt: skip
        assert page.status_code == 409
        changes = [(change.label, change.old, change.new) for change in page.context["conflict"]]
        assert ("场所", "灵山寺", "北岭庙") in changes


class TestPatrol:
    def test_needs_a_venue_and_little_else(self, cast: Cast, clerk: Client):
        assert "venue" in refused(clerk, PATROL).errors
        row = record(clerk, PATROL, venue=make_venue(by=cast.clerk).pk)
        patrol = VenuePatrol.objects.get(pk=row.pk)
        assert (row.title, patrol.visitor, patrol.finding) == ("灵山寺走访巡查", "村统战联络员", "normal")

    def test_what_it_finds_is_followed_as_a_hazard(self, cast: Cast, clerk: Client):
        venue = make_venue(by=cast.clerk)
        row = record(clerk, PATROL, hazard(), venue=venue.pk, finding="problem")
        found = Hazard.objects.get()
        assert (found.activity, found.venue, found.opened_on, found.state) == (row, venue, row.date, "open")

    def test_a_hazard_and_all_in_order_do_not_go_together(self, cast: Cast, clerk: Client):
        form = refused(clerk, PATROL, hazard(), venue=make_venue(by=cast.clerk).pk)
        assert form.errors == {"finding": ["下面写了隐患，巡查情况请选“发现问题”。"]}


class TestInspection:
    @pytest.fixture
    def at(self, cast: Cast) -> dict[str, object]:
        return {"venue": make_venue(by=cast.clerk).pk}

    def test_all_passed_is_one_tick_and_concludes_by_itself(self, clerk: Client, at: dict):
        row = record(clerk, INSPECTION, at)
        assert SafetyInspection.objects.get(pk=row.pk).conclusion == "passed"
        assert set(row.check_results.values_list("result", flat=True)) == {"passed"}
        assert row.check_results.count() == 15

    def test_points_without_a_mark_are_asked_for(self, clerk: Client, at: dict):
        form = refused(clerk, INSPECTION, at, rest_passed="")
        assert form.errors == {"rest_passed": ["还有 15 项没有标明。其余都合格的，请勾选这里。"]}

    def test_exceptions_are_marked_and_the_rest_has_passed(self, clerk: Client, at: dict):
        names = [point.html_name for _, points in clerk.get(f"{RECORD}&kind=inspection").context["form"].check_groups()
                 for point in points]  # fmt: skip
        row = record(clerk, INSPECTION, at, hazard(), **{names[0]: "failed", names[9]: "not_applicable"})
        results = list(row.check_results.order_by("position").values_list("result", flat=True))
        assert results == ["failed", *["passed"] * 8, "not_applicable", *["passed"] * 5]
        assert SafetyInspection.objects.get(pk=row.pk).conclusion == "rectify"

    def test_a_failed_point_asks_for_its_hazard(self, clerk: Client, at: dict):
        form = clerk.get(f"{RECORD}&kind=inspection").context["form"]
        name = next(points[0].html_name for _, points in form.check_groups())
        form = refused(clerk, INSPECTION, at, **{name: "failed"})
        assert form.non_field_errors() == ["有不合格的项目，请在“发现的隐患”里至少写一处。"]

    def test_hazards_stand_under_its_day_venue_and_number(self, cast: Cast, clerk: Client, at: dict):
        row = record(clerk, INSPECTION, at, hazard(0), hazard(2, grade="major", post="管理委员会主任"))
        found = [
            (h.description, h.grade, h.due, h.post, h.opened_on, h.ledger_number) for h in Hazard.objects.order_by("pk")
        ]
        assert found == [
            ("第1处隐患", "common", dt.date(2020, 4, 16), "", row.date, row.ledger_number),
            ("第3处隐患", "major", dt.date(2020, 4, 16), "管理委员会主任", row.date, row.ledger_number),
        ]

    def test_one_removed_on_the_spot_is_closed_that_day_in_proper_steps(self, clerk: Client, at: dict):
        row = record(clerk, INSPECTION, at, hazard(removed="on", due=""))
        found = Hazard.objects.get()
        assert (found.state, found.disposal, found.closed_on) == ("closed", "at_once", row.date)
        assert [step.move for step in found.steps.order_by("pk")] == ["rectify", "recheck", "close"]
        assert SafetyInspection.objects.get(pk=row.pk).conclusion == "passed"

    @pytest.mark.parametrize(
        ("fields", "name", "said"),
        [
            ({"due": ""}, "due", "限期整改的要写明期限。"),
            ({"due": "2020-03-15"}, "due", "期限不能早于 2020-03-16。"),
            ({"grade": "major", "disposal": "at_once"}, "disposal", "重大隐患不能即知即改了事，请限期整改或提交上级。"),
            ({"grade": "major", "removed": "on"}, "removed", "重大隐患要另行复查，不能当场销号。"),
            ({"description": ""}, "description", "这个字段是必填项。"),
        ],
    )
    def test_what_cannot_be_is_told_beside_the_line_and_nothing_is_lost(
        self, clerk: Client, at: dict, fields: dict, name: str, said: str
    ):
        form = refused(clerk, INSPECTION, at, hazard(0), hazard(1, **fields), notice_number="清统整〔2020〕1号")
        assert form.lines[1].errors[name] == [said]
        assert form.lines[0]["description"].value() == "第1处隐患"
        assert form["notice_number"].value() == "清统整〔2020〕1号"
        assert any("发现的隐患" in error for error in form.non_field_errors())

    def test_passed_is_no_conclusion_while_something_is_left(self, clerk: Client, at: dict):
        form = refused(clerk, INSPECTION, at, hazard(), conclusion="passed")
        assert form.errors == {"conclusion": ["还有没改完的隐患，结论不能是合格。"]}

    def test_later_lines_add_to_what_was_found_and_venue_and_day_stay(self, cast: Cast, clerk: Client, at: dict):
        row = record(clerk, INSPECTION, at, hazard())
        edit = f"/ledger/{row.pk}/edit/?period=2020H1"
        form = clerk.get(edit).context["form"]
        assert [str(each) for each in form.written] == ["第1处隐患"]
        sent = INSPECTION | at | {"version": "0", "title": row.title}
        other = make_venue(by=cast.clerk, name="北岭庙").pk
        page = clerk.post(edit, sent | {"date": "2020-03-17", "venue": other})
        assert set(page.context["form"].errors) == {"date", "venue"}
        assert clerk.post(edit, sent | hazard(0, description="又一处")).status_code == 302
        assert [h.description for h in Hazard.objects.order_by("pk")] == ["第1处隐患", "又一处"]
        assert row.check_results.count() == 15

    def test_a_void_inspection_takes_its_hazards_out_of_every_count(self, cast: Cast, clerk: Client, at: dict):
        record(clerk, INSPECTION, at, hazard()).void("重复录入")
        assert clerk.get("/figures/hazards_found/?period=2020H1").context["value"] == 0
        assert not Hazard.objects.of_unit(cast.town).standing().exists()

    def test_an_edit_by_two_shows_what_differs_in_checks_too(self, cast: Cast, clerk: Client, at: dict):
        row = record(clerk, INSPECTION, at)
        form = clerk.get(f"/ledger/{row.pk}/edit/?period=2020H1").context["form"]
        name = next(points[0].html_name for _, points in form.check_groups())
        row.rewrite({})
        sent = INSPECTION | at | {"version": "0", "title": row.title, name: "not_applicable", "departments": "消防"}
        page = clerk.post(f"/ledger/{row.pk}/edit/?period=2020H1", sent)
        assert page.status_code == 409
        changes = {(change.label, change.old, change.new) for change in page.context["conflict"]}
        assert {("参加部门", "（空）", "消防"), ("灭火器材配备到位、压力正常", "合格", "不适用")} <= changes


class TestScreeningAndVisit:
    def test_a_screening_without_disputes_is_one_all_the_same(self, clerk: Client):
        record(clerk, SCREENING)
        assert clerk.get("/figures/disputes_found/?period=2020H1").context["value"] == 0

    def test_disputes_are_followed_with_or_without_a_venue(self, cast: Cast, clerk: Client):
        venue = make_venue(by=cast.clerk)
        record(clerk, SCREENING, line(0, type="land", course="界址不清", venue=str(venue.pk)),
               line(1, type="other", course="停车秩序"))  # fmt: skip
        assert list(Dispute.objects.order_by("pk").values_list("type", "course", "venue")) == [
            ("land", "界址不清", venue.pk), ("other", "停车秩序", None),
        ]  # fmt: skip

    def test_suggestions_are_followed(self, clerk: Client):
        row = record(clerk, OVERSIGHT, line(0, text="加快手续办理", post="统战委员", due="2020-12-31"))
        assert OversightVisit.objects.get(pk=row.pk).body == "congress"
        assert Suggestion.objects.get().due == dt.date(2020, 12, 31)


class TestLargeEvent:
    def test_keeps_what_was_expected_and_approved(self, cast: Cast, clerk: Client):
        row = record(clerk, LARGE, venue=make_venue(by=cast.clerk).pk)
        event = LargeEvent.objects.get(pk=row.pk)
        assert (event.expected, event.approval, row.person_times) == (800, "filed", 760)

    def test_an_approval_has_a_number(self, cast: Cast, clerk: Client):
        form = refused(clerk, LARGE, venue=make_venue(by=cast.clerk).pk, approval="approved")
        assert form.errors == {"approval_number": ["已批的请填批准文号。"]}


@pytest.mark.parametrize(
    ("parts", "where"),
    [
        ((INSPECTION, hazard(description="请拨 13812345678")), ("line", "description")),
        ((INSPECTION, hazard(post="13812345678")), ("line", "post")),
        ((SCREENING, line(0, type="other", course="电话 13812345678")), ("line", "course")),
        ((OVERSIGHT, line(0, text="电话 13812345678")), ("line", "text")),
        ((PATROL, {"visitor": "13812345678"}), ("form", "visitor")),
        ((INSPECTION, {"departments": "13812345678"}), ("form", "departments")),
        ((LARGE, {"safety_plan": "值守 13812345678"}), ("form", "safety_plan")),
    ],
    ids=lambda value: value[1] if isinstance(value, tuple) and isinstance(value[1], str) else "",
)
def test_private_numbers_are_refused_with_an_explanation(
    cast: Cast, clerk: Client, parts: tuple, where: tuple[str, str]
):
    form = refused(clerk, *parts, venue=make_venue(by=cast.clerk).pk)
    errors = form.lines[0].errors if where[0] == "line" else form.errors
    assert "这里含有手机号码" in errors[where[1]][0]


class TestThePageOfARow:
    def test_tells_its_venue_its_checks_and_what_was_found(self, cast: Cast, clerk: Client, district: Client):
        venue = make_venue(by=cast.clerk)
        row = record(clerk, INSPECTION, hazard(), venue=venue.pk, departments="派出所、消防")
        for client in (clerk, district):
            page = client.get(f"/ledger/{row.pk}/?period=2020H1")
            facts = {str(fact["label"]): fact["value"] for fact in page.context["facts"]}
            assert (facts["场所"], facts["参加部门"], facts["检查结论"]) == ("灵山寺", "派出所、消防", "限期整改")
            assert [(each["label"], str(each["state_label"])) for each in page.context["found"]] == [
                ("第1处隐患", "未改")
            ]
            assert f"/religion/inspections/{row.pk}/notice.pdf" in page.content.decode()

    def test_no_notice_is_offered_when_nothing_was_found(self, cast: Cast, clerk: Client):
        row = record(clerk, INSPECTION, venue=make_venue(by=cast.clerk).pk)
        text = clerk.get(f"/ledger/{row.pk}/?period=2020H1").content.decode()
        assert ("record.pdf" in text, "notice.pdf" in text) == (True, False)

    def test_a_plain_row_of_before_has_its_page_and_its_form(self, cast: Cast, clerk: Client):
        row = make_activity(by=cast.clerk, kind="inspection", title="没有场所的旧记录")
        assert clerk.get(f"/ledger/{row.pk}/?period=2020H1").status_code == 200
        assert clerk.get(f"/ledger/{row.pk}/edit/?period=2020H1").status_code == 200

    def test_costs_the_same_for_one_hazard_and_for_twenty(
        self, cast: Cast, clerk: Client, django_assert_max_num_queries
    ):
        row = make_event(by=cast.clerk, venue=make_venue(by=cast.clerk))
        SafetyInspection.objects.create(activity=row, unit=cast.town)
        CheckResult.objects.create(unit=cast.town, activity=row, group="fire", text="一项", result="passed")
        make_hazard(by=cast.clerk, venue=row_venue(row), row=row)
        address = f"/ledger/{row.pk}/?period=2020H1"
        clerk.get(address)
        with django_assert_max_num_queries(14) as first:
            clerk.get(address)
        for n in range(20):
            make_hazard(by=cast.clerk, venue=row_venue(row), row=row, description=f"第{n}处")
        with django_assert_max_num_queries(len(first)):
            clerk.get(address)


def row_venue(row: Activity):
    return AtVenue.objects.get(pk=row.pk).venue


def test_what_a_screening_at_a_venue_finds_is_found_there_unless_it_says_otherwise(cast: Cast, clerk: Client):
    here, there = make_venue(by=cast.clerk), make_venue(by=cast.clerk, name="西塘教堂")
    lines = {"lines-TOTAL_FORMS": 2, "lines-INITIAL_FORMS": 0, "lines-0-type": "land", "lines-0-course": "边界有争议",
             "lines-1-type": "other", "lines-1-course": "通行有争议", "lines-1-venue": there.pk}  # fmt: skip
    record(clerk, {"kind": "dispute", "date": "2020-03-16", "host_level": "town", "venue": here.pk, **lines})
    found = {dispute.course: dispute.venue for dispute in Dispute.objects.all()}
    assert found == {"边界有争议": here, "通行有争议": there}


def test_the_form_of_a_venue_takes_no_place_from_the_row_before(cast: Cast, clerk: Client):
    make_activity(by=cast.clerk, kind="dispute", place="西塘村 西塘教堂")
    page = clerk.get(f"/ledger/record/?kind=dispute&venue={make_venue(by=cast.clerk).pk}")
    assert page.context["form"]["place"].value() in (None, "")


def test_voiding_a_row_says_what_goes_with_it_and_its_matters_show_it(cast: Cast, clerk: Client):
    venue = make_venue(by=cast.clerk)
    hazard = make_hazard(by=cast.clerk, venue=venue)
    row = hazard.activity
    assert "带出的 1 项隐患也一并作废" in clerk.get(f"/ledger/{row.pk}/void/").content.decode()
    row.void("重复录入")
    page = clerk.get(hazard.get_absolute_url())
    assert (page.context["void"], page.context["form"]) == (True, None)
    told = clerk.get(row.get_absolute_url()).context
    assert ([each["state_label"] for each in told["found"]], told["record_url"]) == (["作废"], "")
