"""A sheet of forty venues by eight items, filled in by keys alone and saved in one go."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page, expect

from religion.models import Cell, Mark, Venue
from tests.cast import Cast
from tests.factories import make_venue

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def town(transactional_db: None) -> Cast:
    town = Cast()
    for number in range(40):
        make_venue(by=town.clerk, name=f"第{number:02d}寺")
    return town


@pytest.fixture
def opened(page: Page, live_server, town: Cast) -> Page:
    session = town.client(town.clerk).cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
    page.set_default_timeout(5000)
    page.complaints = []
    page.on("console", lambda said: page.complaints.append(said.text) if said.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: page.complaints.append(str(error)))
    page.goto(f"{live_server.url}/religion/harmony/?year=2020")
    return page


def cell(page: Page, row: int, column: int) -> Locator:
    return page.locator("[data-row]").nth(row).locator("[data-cell]").nth(column)


def stored() -> dict[tuple[str, str], str]:
    return {(each.venue.name, each.item): each.mark for each in Cell.objects.select_related("venue")}


def faults(page: Page) -> list[tuple[str, str]]:
    found = Axe().run(page).response["violations"]
    return [(each["id"], each["nodes"][0]["html"]) for each in found if each["impact"] in ("serious", "critical")]


def test_arrows_go_from_cell_to_cell_and_stop_at_the_edge(opened: Page):
    cell(opened, 0, 0).focus()
    for key, row, column in (("ArrowRight", 0, 1), ("ArrowDown", 1, 1), ("ArrowLeft", 1, 0), ("ArrowUp", 0, 0),
                             ("ArrowUp", 0, 0), ("ArrowLeft", 0, 0)):  # fmt: skip
        opened.keyboard.press(key)
        expect(cell(opened, row, column)).to_be_focused()
    assert cell(opened, 0, 0).input_value() == ""  # to go is not to choose
    opened.keyboard.press("Tab")
    expect(cell(opened, 0, 1)).to_be_focused()
    opened.keyboard.press("Shift+Tab")
    expect(cell(opened, 0, 0)).to_be_focused()


def test_digits_put_a_mark_and_nought_takes_it_away(opened: Page):
    cell(opened, 3, 2).focus()
    for key, mark in (("1", "met"), ("2", "partly"), ("3", "unmet"), ("7", "unmet"), ("0", ""), ("2", "partly"),
                      ("Delete", "")):  # fmt: skip
        opened.keyboard.press(key)
        assert cell(opened, 3, 2).input_value() == mark


def test_forty_venues_by_eight_items_are_filled_in_by_keys_and_saved_in_one_go(opened: Page):
    cell(opened, 0, 0).focus()
    marks = list(Mark)[:3]
    for row in range(40):
        for column in range(8):
            opened.keyboard.press(str((row + column) % 3 + 1))
            opened.keyboard.press("ArrowRight" if row % 2 == 0 else "ArrowLeft")  # to and fro, as one fills a table
        opened.keyboard.press("Enter")
    opened.keyboard.press("Control+Enter")
    expect(opened.get_by_text("已保存 320 处改动。")).to_be_visible()
    items = opened.locator("[data-row]").first.locator("[data-cell]").all()
    assert (len(items), len(stored())) == (8, 320)
    found = stored()
    names = list(Venue.objects.in_order().values_list("name", flat=True))
    codes = [name.get_attribute("name").rpartition("-")[2] for name in items]
    for row, name in enumerate(names):
        for place, code in enumerate(codes):
            column = place if row % 2 == 0 else 7 - place
            assert found[name, code] == marks[(row + column) % 3], (name, code)
    assert opened.complaints == []


def test_one_press_fills_what_is_empty_in_a_column_and_in_a_row(opened: Page):
    cell(opened, 1, 0).select_option("unmet")
    opened.get_by_role("button", name="爱国爱教：空格补填").press("Enter")
    opened.get_by_role("button", name="第05寺：空格补填").press("Enter")
    opened.get_by_role("button", name="保存", exact=True).press("Enter")
    expect(opened.get_by_text("已保存 47 处改动。")).to_be_visible()
    found = stored()
    assert found.pop(("第01寺", "patriotic")) == "unmet"
    assert set(found.values()) == {"met"}
    assert {item for name, item in found if name == "第05寺"} == set(dict.fromkeys(i for _n, i in found))


def test_an_entry_asks_when_and_how_only_where_it_was_done(opened: Page, live_server):
    opened.goto(f"{live_server.url}/religion/entries/?year=2020")
    day = opened.locator("[data-row]").first.locator("input[type=date]").first
    expect(day).to_be_hidden()
    cell(opened, 0, 0).focus()
    opened.keyboard.press("1")
    expect(day).to_be_visible()
    day.fill("2020-03-16")
    opened.get_by_role("button", name="保存", exact=True).click()
    expect(opened.get_by_text("已保存 1 处改动。")).to_be_visible()
    assert Cell.objects.get().day.isoformat() == "2020-03-16"


@pytest.mark.parametrize("address", ["/religion/harmony/", "/religion/entries/", "/religion/rules/"])
@pytest.mark.parametrize("width", [1366, 390])
def test_every_sheet_is_usable_by_all_and_the_page_does_not_scroll_sideways(
    opened: Page, live_server, address: str, width: int
):
    opened.set_viewport_size({"width": width, "height": 768})
    opened.goto(f"{live_server.url}{address}?year=2020")
    assert faults(opened) == []
    assert opened.evaluate("document.documentElement.scrollWidth") <= width
    assert opened.complaints == []


@pytest.mark.parametrize("width", [1366, 390])
def test_what_keys_reach_is_not_hidden_behind_the_heads(opened: Page, width: int):
    """The head and the venue's name stay while the table scrolls; the cell one stands in must be seen beside them."""
    opened.set_viewport_size({"width": width, "height": 768})
    cell(opened, 0, 0).focus()
    for keys in (["ArrowRight"] * 7, ["ArrowDown"] * 20, ["ArrowLeft"] * 7, ["ArrowUp"] * 12):
        for key in keys:
            opened.keyboard.press(key)
            assert opened.evaluate(SEEN), key


SEEN = """() => {
    const box = document.activeElement.getBoundingClientRect(), middle = box.top + box.height / 2;
    return [box.left + 4, box.right - 4].every((x) => document.elementFromPoint(x, middle) === document.activeElement);
}"""
