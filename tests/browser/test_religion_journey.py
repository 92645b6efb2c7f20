"""A venue's hazards in a real browser: found by an inspection, rectified or overdue, and read in the draft's figures."""

import datetime as dt
import re

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from religion.models import Hazard
from tests.cast import Cast
from tests.factories import make_venue
from workplans.models import Period, Summary

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def town(transactional_db: None) -> Cast:
    return Cast()


@pytest.fixture
def today() -> dt.date:
    return timezone.localdate()


def sign_in_as(page: Page, base: str, town: Cast, who: str) -> None:
    page.context.clear_cookies()
    session = town.client(getattr(town, who)).cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": session, "url": base}])


def test_two_hazards_are_found_one_is_rectified_the_other_overdue_and_both_stand_in_the_draft(
    page: Page, live_server, town: Cast, today: dt.date
):
    base, period = live_server.url, Period.of(today)
    venue = make_venue(by=town.clerk, village=town.village)
    inspected = max(period.first_day, today - dt.timedelta(days=20))

    # The clerk opens the venue and records an inspection there: one click for what passed, one exception, two hazards.
    sign_in_as(page, base, town, "clerk")
    page.goto(f"{base}{venue.get_absolute_url()}?period={period.code}")
    page.get_by_role("link", name="记检查").click()
    expect(page.locator("select[name=venue]")).to_have_value(str(venue.pk))
    page.locator("input[name=date]").fill(inspected.isoformat())
    page.get_by_label("没有标明的一律合格").check()
    page.locator("li.check", has_text="配电箱").get_by_label("不合格").check()
    for number, text in enumerate(("配电箱无漏电保护", "疏散通道堆放杂物")):
        page.get_by_role("button", name="添加一处").click()
        page.locator(f"input[name=lines-{number}-description]").fill(text)
        page.locator(f"select[name=lines-{number}-disposal]").select_option("in_time")
        page.locator(f"input[name=lines-{number}-due]").fill(inspected.isoformat())
        page.locator(f"input[name=lines-{number}-post]").fill("场所管理组织")
    page.get_by_role("button", name="保存", exact=True).click()
    expect(page.get_by_role("link", name="灵山寺安全检查")).to_be_visible()
    assert sorted(Hazard.objects.values_list("description", flat=True)) == ["疏散通道堆放杂物", "配电箱无漏电保护"]

    # One of them is rectified; the other one is overdue on the home page and at the venue.
    hazard = Hazard.objects.get(description="配电箱无漏电保护")
    page.goto(f"{base}{hazard.get_absolute_url()}?period={period.code}")
    page.get_by_label("完成整改").check()
    page.get_by_role("main").get_by_role("button", name=re.compile("记录|完成")).first.click()
    expect(page.get_by_role("main")).to_contain_text("已改")
    page.goto(f"{base}/")
    overdue = page.get_by_role("link", name="整改灵山寺“疏散通道堆放杂物”")
    expect(overdue).to_be_visible()
    expect(page.get_by_role("main")).to_contain_text("逾期")
    overdue.click()
    expect(page.get_by_role("heading", name="疏散通道堆放杂物")).to_be_visible()
    page.goto(f"{base}{venue.get_absolute_url()}?period={period.code}")
    expect(page.get_by_role("main")).to_contain_text("逾期")

    # Both figures stand in the draft, and a click leads from the figure to its rows.
    page.goto(f"{base}/summaries/?period={period.code}")
    page.get_by_role("button", name="生成初稿").click()
    summary = Summary.objects.get()
    page.goto(f"{base}/summaries/{summary.pk}/?period={period.code}")
    expect(page.get_by_role("main")).to_contain_text("对1处场所开展安全检查1次，发现隐患2处，已整改1处")
    page.goto(f"{base}/summaries/{summary.pk}/sections/religion/?period={period.code}")
    page.locator("a[href*='/figures/hazards_found/']").first.click()
    main = page.get_by_role("main")
    for text in ("配电箱无漏电保护", "疏散通道堆放杂物"):
        expect(main.get_by_role("link", name=text)).to_be_visible()
    main.get_by_role("link", name="配电箱无漏电保护").click()
    expect(page.get_by_role("heading", name="配电箱无漏电保护")).to_be_visible()
