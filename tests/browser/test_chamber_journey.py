"""In a real browser: a founding step is done with a new obstacle, and the composed second half's first item says it."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.test_journey import sign_in
from tests.cast import Cast
from tests.factories import DAY, make_founding
from workplans.models import Summary

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PERIOD = "?period=2020H1"
FIRST_ITEM = "一、成立镇商会。因商会主要负责人人选问题，商会组建工作滞后，为此，必须确保9月底完成商会组建工作。"


@pytest.fixture
def town(transactional_db: None) -> Cast:
    return Cast()


def test_a_step_with_a_new_obstacle_is_read_in_the_plans_first_item(page: Page, live_server, town: Cast):
    founding = make_founding(by=town.clerk)
    base = live_server.url
    sign_in(page, base, "clerk")

    complete_first_step(page, base)
    expect(page.get_by_role("main")).to_contain_text("第2步：申请筹备")
    expect(page.get_by_role("list", name="筹建步骤").get_by_role("listitem").nth(1)).to_have_attribute(
        "aria-current", "step"
    )

    # The target asks for none of it again, and leads back here.
    page.goto(f"{base}/targets/{founding.target_id}/edit/{PERIOD}")
    expect(page.locator("input[name=obstacle], input[name=due]")).to_have_count(0)
    page.get_by_role("link", name="到登记册更新").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("云川区清溪镇商会")

    # The draft's plan is written from the step's obstacle and the founding's deadline.
    page.goto(f"{base}/summaries/{PERIOD}")
    page.get_by_role("button", name="生成初稿").click()
    expect(page).to_have_url(re.compile(r"/summaries/\d+/"))
    page.goto(f"{base}/summaries/{Summary.objects.get().pk}/?section=plan")
    expect(page.get_by_role("main")).to_contain_text(FIRST_ITEM)


def complete_first_step(page: Page, base: str) -> None:
    """From the area to the chamber, and from the current step to the next one with what holds it up."""
    page.goto(f"{base}/areas/chamber/{PERIOD}")
    page.get_by_role("main").get_by_role("link", name="商会", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("云川区清溪镇商会")
    page.get_by_role("link", name="更新这一步").click()
    page.get_by_label("发起单位名单").check()
    page.locator("input[name=done_on]").fill(DAY.isoformat())
    page.locator("select[name=obstacle_type]").select_option("person")
    page.locator("input[name=obstacle]").fill("商会主要负责人人选问题")
    page.locator("input[name=obstacle_since]").fill("2020-05-11")
    page.get_by_role("button", name="保存").click()
