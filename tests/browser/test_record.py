"""记一笔 with its script: the kind by two characters or one click, and what follows from it."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.cast import Cast
from tests.factories import make_activity
from workplans.models import Activity

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def town(transactional_db: None) -> Cast:
    return Cast()


@pytest.fixture
def opened(page: Page, live_server, town: Cast) -> Page:
    make_activity(by=town.clerk, kind="research", place="灵山寺", village=town.village)
    make_activity(by=town.clerk, kind="forum", place="镇政府")
    session = town.client(town.clerk).cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
    page.complaints = []
    page.on("console", lambda said: page.complaints.append(said.text) if said.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: page.complaints.append(str(error)))
    page.goto(f"{live_server.url}/ledger/record/")
    return page


def kind(page: Page) -> str:
    return page.locator("select[name=kind]").input_value()


def test_two_characters_choose_the_kind(opened: Page):
    search = opened.get_by_role("searchbox")
    search.press_sequentially("信息")
    assert kind(opened) == "information"
    expect(opened.get_by_label("报送信息")).to_be_visible()
    expect(opened.get_by_label("被采用")).to_be_visible()
    search.press("Enter")
    expect(opened.locator("input[name=title]")).to_be_focused()
    expect(search).to_have_value("")


def test_several_that_fit_are_shown_to_choose_from(opened: Page):
    opened.get_by_role("searchbox").press_sequentially("检查")
    shown = opened.locator("select[name=kind] option:not([hidden])").all_text_contents()
    assert shown == ["安全检查", "接受视察检查"]
    assert kind(opened) == "inspection"
    opened.get_by_role("searchbox").press("ArrowDown")
    opened.keyboard.press("ArrowDown")
    assert kind(opened) == "oversight"
    opened.keyboard.press("Enter")
    expect(opened.get_by_label("视察检查单位")).to_be_visible()


def test_a_kind_with_a_form_of_its_own_brings_it_and_keeps_what_was_typed(opened: Page):
    opened.locator("input[name=title]").fill("端午前检查")
    opened.locator("input[name=person_times]").fill("6")
    opened.locator("select[name=kind]").select_option("inspection")
    expect(opened.get_by_role("group", name="检查项目")).to_be_visible()
    expect(opened.locator("input[name=title]")).to_have_value("端午前检查")
    expect(opened.locator("input[name=person_times]")).to_have_value("6")
    assert opened.complaints == []


def test_who_types_the_kind_is_not_interrupted_before_he_goes_on(opened: Page):
    search = opened.get_by_role("searchbox")
    search.press_sequentially("安全检查", delay=30)
    expect(search).to_have_value("安全检查")
    search.press("Tab")
    opened.keyboard.press("Tab")
    expect(opened.get_by_role("group", name="检查项目")).to_be_visible()


def test_one_click_takes_a_kind_last_used_with_its_place(opened: Page):
    opened.get_by_role("button", name="调研").click()
    assert kind(opened) == "research"
    expect(opened.locator("[data-place-note]")).to_have_text("地点：东山村 灵山寺")
    expect(opened.locator("[data-quantity-row]")).to_be_hidden()
    opened.get_by_role("button", name="座谈会").click()
    expect(opened.locator("[data-place-note]")).to_have_text("地点：镇政府")


def test_a_place_chosen_by_hand_stays(opened: Page):
    opened.get_by_text("更多", exact=True).click()
    opened.get_by_label("地点").fill("文化广场")
    opened.get_by_role("button", name="调研").click()
    expect(opened.get_by_label("地点")).to_have_value("文化广场")


def test_a_double_click_enters_one_row(opened: Page):
    opened.get_by_role("button", name="调研").click()
    opened.locator("input[name=title]").fill("端午前巡查")
    opened.get_by_role("button", name="保存", exact=True).dblclick()
    expect(opened.get_by_role("link", name="端午前巡查")).to_be_visible()
    assert Activity.objects.filter(title="端午前巡查").count() == 1


def test_filters_work_at_once_and_stay_in_the_address(opened: Page, live_server):
    opened.goto(f"{live_server.url}/ledger/?period=2020H1")
    opened.locator("select[name=kind]").select_option("forum")
    expect(opened.locator("table.ledger tbody tr")).to_have_count(1)
    assert "kind=forum" in opened.url
    expect(opened.get_by_role("link", name="事项：座谈会")).to_be_visible()
    assert opened.complaints == []


@pytest.mark.parametrize(
    "address",
    ["/ledger/record/", "/ledger/?period=2020H1", "/ledger/{pk}/", "/ledger/{pk}/void/", "/ledger/{pk}/edit/"],
)
def test_nothing_is_refused_by_the_policy_or_hard_to_use(opened: Page, live_server, address: str):
    opened.goto(live_server.url + address.format(pk=Activity.objects.first().pk))
    if opened.get_by_text("更多", exact=True).count() and not opened.get_by_label("地点").is_visible():
        opened.get_by_text("更多", exact=True).click()
    assert opened.complaints == []
    found = Axe().run(opened).response["violations"]
    assert [
        (fault["id"], fault["nodes"][0]["html"]) for fault in found if fault["impact"] in ("serious", "critical")
    ] == []


def test_the_kind_is_asked_first_and_then_the_title(opened: Page):
    expect(opened.get_by_role("searchbox")).to_be_focused()
    opened.goto(f"{opened.url}?kind=forum")
    expect(opened.locator("input[name=title]")).to_be_focused()
