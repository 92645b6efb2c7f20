"""Areas enter by one door, in the report's order; what does not fit stops the program at start."""

from collections.abc import Callable, Iterator

import pytest
from django.core.checks import Error, run_checks
from django.test import override_settings

from workplans import area, checks, ledger
from workplans.area import Area, Kind, Quantity, Register
from workplans.metrics import Metric, events

KIND = Kind("walk", "走访")
METRIC = Metric("walks", "走访次数", "次", events("walk"), "sessions")
SMALL = Area("small", "小领域", "做好小事", (KIND,), (METRIC,), "workplans/drafts/theory.txt", headline=("walks",))


def varied(**changes) -> Area:
    parts = {"code": "other", "label": "其他", "heading": "其他工作", "kinds": (), "metrics": (),
             "draft": "workplans/drafts/theory.txt", **changes}  # fmt: skip
    return Area(**parts)


@pytest.fixture
def found(monkeypatch: pytest.MonkeyPatch) -> Callable[..., list[tuple[str, str]]]:
    """Check these areas instead of the product's: the messages, by the check's number."""

    def of(*areas: Area) -> list[tuple[str, str]]:
        for number, each in enumerate(areas):
            monkeypatch.setitem(globals(), f"AREA_{number}", each)
        with override_settings(WORK_AREAS=[f"{__name__}.AREA_{number}" for number in range(len(areas))]):
            forget()
            return [(error.id, error.msg) for error in checks.areas_are_whole(None)]

    return of


@pytest.fixture(autouse=True)
def _as_they_were() -> Iterator[None]:
    yield
    forget()


def forget() -> None:
    for cached in (area.areas, area.kinds, area.metrics, area.labels, ledger.all_values):
        cached.cache_clear()


def test_the_areas_stand_in_the_order_of_the_report():
    assert [each.code for each in area.areas()] == [
        "theory", "structure", "figures", "religion", "nonpublic", "chamber",
    ]  # fmt: skip
    assert [each.code for each in area.sections()] == ["theory", "structure", "figures", "religion", "nonpublic"]


def test_the_order_of_the_setting_is_the_order_of_the_areas(settings):
    settings.WORK_AREAS = list(reversed(settings.WORK_AREAS))
    forget()
    assert area.areas()[0].code == "chamber"


def test_the_product_itself_is_whole():
    assert [error for error in run_checks() if isinstance(error, Error)] == []


def test_a_kind_knows_its_area_and_every_area_can_be_recorded_under():
    assert {kind.area for kind in area.kinds().values()} == {each.code for each in area.areas()}
    assert all(area.kinds()[kind.code] is kind for each in area.areas() for kind in each.kinds)


def test_a_code_or_label_is_read_in_words_even_when_it_is_no_longer_listed():
    assert area.kind_label("inspection") == "安全检查"
    assert area.kind_label("gone") == "gone"
    assert area.area_label("religion") == "宗教事务"
    assert area.area_label("gone") == "gone"


def test_choices_are_grouped_by_area():
    groups = area.kind_choices()
    assert [name for name, _ in groups] == [each.name for each in area.areas()]
    assert area.kind_choices([SMALL]) == [("小领域", [("walk", "走访")])]


def test_a_quantity_may_have_no_part_that_is_done():
    assert Quantity("发现隐患", "处", "已整改").done_name == "已整改"
    assert Quantity("走访企业", "家次").done_name == ""


def test_a_small_area_is_whole(found):
    assert found(SMALL) == []


@pytest.mark.parametrize(
    ("second", "number", "names"),
    [
        (varied(code="small"), "workplans.E001", "area code 'small'"),
        (varied(kinds=(KIND,)), "workplans.E001", "kind code 'walk'"),
        (varied(metrics=(Metric("walks", "别的", "次", events()),)), "workplans.E001", "metric code 'walks'"),
        (varied(metrics=(Metric("steps", "走访次数", "次", events()),)), "workplans.E001", "metric label '走访次数'"),
        (varied(metrics=(Metric("steps", "步数", "次", events(), aliases=("走访次数",)),)), "workplans.E001",
         "metric label '走访次数'"),
        (varied(metrics=(Metric("targets_set", "新名", "项", events()),)), "workplans.E001", "metric code 'targets_set'"),
        (varied(draft="nowhere.txt"), "workplans.E002", "nowhere.txt"),
        (varied(draft=""), "workplans.E002", "no draft template"),
        (varied(headline=("gone",)), "workplans.E003", "gone"),
        (varied(metrics=(Metric("steps", "步数", "步", events(), "steps"),)), "workplans.E004", "steps"),
        (varied(metrics=(Metric("steps", "步数", "步", events(), model="workplans.Step"),)), "workplans.E004", "steps"),
        (varied(metrics=(Metric("steps", "步数", "步", events(), model="accounts.Unit"),)), "workplans.E004", "steps"),
        (varied(metrics=(Metric("steps", "步数", "步", events(), day="when"),)), "workplans.E004", "when"),
        (varied(metrics=(Metric("steps", "步数", "步", events(), model="workplans.Issue"),)), "workplans.E004", "steps"),
        (varied(metrics=(Metric("steps", "步数", "步", events(), day="target__when"),)), "workplans.E004", "when"),
        (varied(kinds=(Kind("run", "跑", form="religion.forms.Nothing"),)), "workplans.E006", "Nothing"),
        (varied(kinds=(Kind("run", "跑", about="religion.nothing.about"),)), "workplans.E006", "nothing"),
        (varied(waiting="nowhere.waiting_for"), "workplans.E006", "nowhere"),
        (varied(quotes="nowhere.quotes"), "workplans.E006", "nowhere"),
        (varied(demo="nowhere.Demo"), "workplans.E006", "nowhere"),
        (varied(registers=(Register("nowhere", "台账册"),)), "workplans.E006", "nowhere"),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_found_at_start(found, second: Area, number: str, names: str):
    errors = found(SMALL, second)
    assert [each for each, _ in errors] == [number]
    assert names in errors[0][1]


def test_an_area_without_a_section_needs_no_draft(found):
    assert found(SMALL, varied(heading="", draft="")) == []


@pytest.mark.parametrize(
    ("left_out", "app"), [("religion.area.RELIGION", "religion"), ("workplans.areas.figures.FIGURES", "workplans")]
)
def test_an_area_of_an_installed_app_must_be_listed(settings, left_out: str, app: str):
    settings.WORK_AREAS = [path for path in settings.WORK_AREAS if path != left_out]
    forget()
    errors = checks.installed_areas_are_listed(None)
    assert [error.id for error in errors] == ["workplans.E005"]
    assert f"of {app} is not in WORK_AREAS" in errors[0].msg


def test_an_area_that_does_not_exist_stops_the_program(settings):
    settings.WORK_AREAS = ["religion.area.NOTHING"]
    forget()
    with pytest.raises(ImportError, match="NOTHING"):
        area.areas()


def test_a_renamed_metric_is_still_found_by_the_name_it_had(found):
    renamed = varied(metrics=(Metric("steps", "步数", "步", events(), aliases=("脚步数",)),))
    assert found(renamed) == []
    with override_settings(WORK_AREAS=[f"{__name__}.AREA_0"]):
        forget()
        assert area.labels()["脚步数"] is area.labels()["步数"]
