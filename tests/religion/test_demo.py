"""The demonstration's religious affairs: the report's section four, and registers in which every figure has its rows."""

import datetime as dt
import io
import re
from itertools import pairwise
from pathlib import Path

import pytest
from django.core.management import call_command

from accounts.models import Unit
from religion.area import RELIGION
from religion.models import (
    AtVenue,
    CheckResult,
    Dispute,
    DisputeStep,
    Hazard,
    HazardStep,
    LocalRules,
    ProjectStep,
    SafetyInspection,
    Sheet,
    Suggestion,
    SuggestionStep,
    Venue,
    VenueChange,
    VenuePatrol,
    VenueProject,
)
from tests.factories import H1, make_activity, make_issue
from workplans.compose import draft
from workplans.ledger import Ledger
from workplans.models import Activity, Period
from workplans.resolve import plain, resolve

SEED = Path(__file__).parent.parent / "golden/seed-summary.txt"
END = dt.date(2020, 6, 30)


@pytest.fixture
def town(db: None) -> Unit:
    call_command("demo", stdout=io.StringIO())
    return Unit.objects.get(code="qingxi")


def section(unit: Unit, period: Period = H1) -> list[str]:
    return plain(resolve(draft(unit, period)["religion"], Ledger([unit.pk], period))).splitlines()


def values(code: str, period: str) -> dict[str, int]:
    ledger = Ledger([Unit.objects.get(code=code)], Period.parse(period))
    return {metric.code: ledger.value(metric) for metric in RELIGION.metrics}


class TestSectionFour:
    def test_it_has_the_reports_own_lines(self, town: Unit):
        """Every line of the report's section in its order, each 一是 二是 三是 with nothing but its figures added."""
        lines = SEED.read_text(encoding="utf-8").split("\n四、")[1].split("\n五、")[0].splitlines()
        skeleton = [f"四、{lines[0]}", *lines[1:]]
        written = section(town)
        assert len(written) == len(skeleton) == 4
        for line, bones in zip(written, skeleton, strict=True):
            clauses = re.findall("[^，。；]+", bones)
            assert re.fullmatch(".*?".join(map(re.escape, clauses)) + ".*", line), bones

    def test_its_words(self, town: Unit):
        assert section(town) == [
            "四、依法管理宗教事务，促进宗教领域和谐稳定",
            "（一）深入开展以“法治”为主题的和谐寺观教堂创建活动。一是开展培育和践行社会主义核心价值观活动2场。"
            "二是开展宗教政策法规进寺观教堂活动2场，参加130余人次。",
            "（二）积极做好宗教团体、宗教活动场所管理与服务工作。一是加强宗教活动和民间信仰场所活动点管理，开展走访巡查5次。"
            "二是动态管理宗教活动场所和教职人员，核对8处，变动5次。三是做好优质服务，为场所协调办理事项3件。"
            "解决灵山寺门前道路破损问题。"
            "区人大常委会组织人大代表视察我镇宗教工作，对我镇宗教工作提出意见和建议5条，已答复3条。",
            "（三）开展宗教场所维稳、安全、矛盾纠纷排查活动。对3处场所开展安全检查5次，发现隐患16处，已整改13处；"
            "排查矛盾纠纷3起，化解3起；保障大型活动1次。",
        ]

    def test_the_theme_comes_from_the_sheet_else_from_the_row_else_the_campaign_has_its_plain_name(self, cast):
        def first_line() -> str:
            return section(cast.town)[1].split("。")[0]

        assert first_line() == "（一）深入开展和谐寺观教堂创建活动"
        make_activity(by=cast.clerk, kind="harmony", title="以“团结”为主题的和谐寺观教堂创建活动")
        assert first_line() == "（一）深入开展以“团结”为主题的和谐寺观教堂创建活动"
        Sheet.objects.create(unit=cast.other_town, topic="harmony", year=2020, theme="别镇的")
        Sheet.objects.create(unit=cast.town, topic="harmony", year=2019, theme="去年的")
        Sheet.objects.create(unit=cast.town, topic="entries", year=2020, theme="别的表")
        sheet = Sheet.objects.create(unit=cast.town, topic="harmony", year=2020)
        assert first_line() == "（一）深入开展以“团结”为主题的和谐寺观教堂创建活动"
        sheet.theme = "法治{安全检查次数}"
        sheet.save()
        assert first_line() == "（一）深入开展以“法治{安全检查次数}”为主题的和谐寺观教堂创建活动"

    def test_its_own_issues_are_told_here_and_those_of_others_are_not(self, cast):
        make_issue(by=cast.clerk, area="religion", title="寺前道路破损", obstacle="资金未到位")
        make_issue(by=cast.clerk, area="structure", title="灵山寺扩寺建设")
        texts = draft(cast.town, H1)
        told = "着力解决寺前道路破损问题，因资金未到位，正在协调推进。"
        assert texts["religion"].splitlines()[2].endswith(f"三是做好优质服务。{told}")
        assert [code for code, text in texts.items() if "寺前道路" in text] == ["religion"]
        assert [code for code, text in texts.items() if "扩寺" in text] == ["structure"]

    def test_an_inspection_recorded_without_its_venue_is_told_without_a_number_of_venues(self, cast):
        make_activity(by=cast.clerk, kind="inspection", sessions=2)
        assert section(cast.town)[3] == "（三）开展宗教场所维稳、安全、矛盾纠纷排查活动。开展安全检查2次。"


class TestFigures:
    @pytest.mark.parametrize(
        ("unit", "period", "found", "rectified", "inspections"),
        [("qingxi", "2019H1", 6, 5, 2), ("qingxi", "2019H2", 5, 4, 2), ("qingxi", "2020H1", 16, 13, 5),
         ("baishi", "2020H1", 2, 2, 1)],
    )  # fmt: skip
    def test_hazards_are_as_many_as_ever(self, town: Unit, unit, period, found, rectified, inspections):
        value = values(unit, period)
        assert [value[code] for code in ("hazards_found", "hazards_rectified", "inspections")] == [
            found, rectified, inspections,
        ]  # fmt: skip

    def test_the_half_year_of_the_report(self, town: Unit):
        assert values("qingxi", "2020H1") == {
            "venues": 2, "venues_temple": 1, "venues_daoist": 0, "venues_mosque": 0, "venues_church": 1,
            "venues_other": 0, "venues_folk": 3, "clergy": 5, "venue_checks": 8, "venue_changes": 5, "patrols": 5,
            "inspections": 5, "venues_inspected": 3, "hazards_found": 16, "hazards_rectified": 13, "hazards_major": 1,
            "hazards_open": 3, "disputes_found": 3, "disputes_solved": 3, "core_value_sessions": 2, "law_sessions": 2,
            "law_people": 135, "venue_services": 3, "oversight_visits": 1, "suggestions": 5, "suggestions_answered": 3,
            "large_events": 1, "projects_open": 1,
        }  # fmt: skip

    def test_no_row_says_in_quantities_what_its_lines_say(self, town: Unit):
        rows = Activity.objects.filter(kind__in=("inspection", "dispute", "oversight", "patrol"))
        assert set(rows.values_list("quantity", "quantity_done")) == {(0, 0)}


class TestRegisters:
    def test_every_row_at_a_place_or_village_has_its_venue_there(self, town: Unit):
        names = {venue.name: venue for venue in Venue.objects.all()}
        found = dict(AtVenue.objects.values_list("activity_id", "venue__name"))
        for row in Activity.objects.filter(area="religion"):
            if row.village:
                assert names[found.pop(row.pk)].village_id == row.village_id, row
        assert found == {}

    def test_every_inspection_has_its_checklist_and_every_patrol_its_finding(self, town: Unit):
        inspections = set(Activity.objects.filter(kind="inspection").values_list("pk", flat=True))
        assert set(SafetyInspection.objects.values_list("pk", flat=True)) == inspections
        assert CheckResult.objects.count() == 15 * len(inspections)
        assert VenuePatrol.objects.count() == Activity.objects.filter(kind="patrol").count()

    def test_a_failed_point_is_a_hazard_and_a_hazard_a_failed_point(self, town: Unit):
        for inspection in SafetyInspection.objects.all():
            row = inspection.activity
            assert row.check_results.filter(result="failed").count() == row.hazards.count(), row
            assert bool(inspection.notice_number) == (inspection.conclusion == "rectify")

    def test_an_inspection_is_passed_only_when_all_was_put_right_that_day(self, town: Unit):
        for inspection in SafetyInspection.objects.all():
            left = inspection.activity.hazards.exclude(rectified_on=inspection.activity.date).exists()
            assert inspection.conclusion == ("rectify" if left else "passed"), inspection

    def test_three_hazards_are_open_one_of_them_overdue(self, town: Unit):
        states = Hazard.objects.open().order_by("state").values_list("state", flat=True)
        assert list(states) == ["active", "passed_up", "rectified"]
        (late,) = Hazard.objects.late(dt.date(2020, 8, 1))
        assert late.due == END

    def test_the_visit_of_may_27_left_five_suggestions(self, town: Unit):
        visits = {each.activity.title for each in Suggestion.objects.all()}
        assert visits == {"区人大常委会组织人大代表视察我镇宗教工作"}
        assert set(Suggestion.objects.values_list("opened_on", flat=True)) == {dt.date(2020, 5, 27)}
        states = Suggestion.objects.order_by("state").values_list("state", flat=True)
        assert list(states) == ["active", "answered", "answered", "answered", "open"]

    @pytest.mark.parametrize("model", [Hazard, Dispute, Suggestion, VenueProject])
    def test_steps_follow_each_other_and_end_where_the_matter_stands(self, town: Unit, model):
        for matter in model.objects.all():
            steps = list(matter.steps.order_by("pk"))
            assert all(one.day <= next.day for one, next in pairwise(steps)), matter
            assert not steps or steps[0].day >= matter.opened_on
            assert not steps or steps[-1].state == matter.state

    def test_the_extension_waits_for_its_land_in_the_issue_that_section_two_tells(self, town: Unit):
        project = VenueProject.objects.get()
        assert (project.title, project.state, project.issue.title) == ("灵山寺扩建", "consulted", "灵山寺扩寺建设")
        assert "规划用地" in project.issue.obstacle

    def test_folk_sites_stand_at_the_level_that_the_local_rules_ask_for(self, town: Unit):
        rules = {each.unit_id: each for each in LocalRules.objects.all()}
        assert {venue.name: rules[venue.unit_id].misplaces(venue) for venue in Venue.objects.all()} == dict.fromkeys(
            Venue.objects.values_list("name", flat=True)
        )

    def test_nobody_is_named_and_everything_says_that_it_is_a_sample(self, town: Unit):
        assert set(Venue.objects.values_list("responsible_name", "note")) == {("", "示例数据")}
        for model in (VenueChange, HazardStep, DisputeStep, SuggestionStep, ProjectStep):
            assert [each for each in model.objects.all() if "示例" not in each.document] == [], model
        assert [each.course for each in Dispute.objects.all() if "示例数据" not in each.course] == []
        numbers = SafetyInspection.objects.exclude(notice_number="").values_list("notice_number", flat=True)
        assert [number for number in numbers if "示例" not in number] == []
