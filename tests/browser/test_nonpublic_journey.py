"""From a visit, a fair, a forum and a founding step to the sections that tell them, in a real browser."""

import re

import pytest
from playwright.sync_api import Page, expect

from nonpublic.models import Request
from tests.browser.test_chamber_journey import FIRST_ITEM, complete_first_step
from tests.browser.test_journey import sign_in
from tests.cast import Cast
from tests.factories import make_enterprise, make_founding
from workplans.models import Activity, Summary

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PERIOD = "?period=2020H1"


@pytest.fixture
def town(transactional_db: None) -> Cast:
    return Cast()


def test_what_was_recorded_is_read_in_sections_three_and_five_and_in_the_plan(page: Page, live_server, town: Cast):
    base, enterprise = live_server.url, make_enterprise(by=town.clerk)
    make_founding(by=town.clerk)
    sign_in(page, base, "clerk")

    # A visit with two requests, begun at the enterprise's page.
    page.goto(f"{base}/enterprises/{enterprise.pk}/{PERIOD}")
    page.get_by_role("link", name="记走访").click()
    page.locator("input[name=date]").fill("2020-04-16")
    for number, need in enumerate(("熟练工缺口较大", "园区供电不稳")):
        page.get_by_role("button", name="添加一项").click()
        page.locator(f"[name=lines-{number}-need]").fill(need)
    page.get_by_role("button", name="保存", exact=True).click()
    expect(page.get_by_role("main")).to_contain_text(f"走访企业：{enterprise.name}")
    assert Request.objects.count() == 2

    # One of them is answered.
    page.goto(f"{base}/enterprises/{enterprise.pk}/{PERIOD}")
    page.get_by_role("link", name="园区供电不稳").first.click()
    page.get_by_label("办结", exact=True).check()
    page.locator("input[name=day]").fill("2020-05-06")
    page.locator("textarea[name=note]").fill("已更换变压器。")
    page.get_by_role("button", name="记录这一步").click()
    expect(page.get_by_role("main")).to_contain_text("已更换变压器。")

    # A job fair.
    page.goto(f"{base}/ledger/record/{PERIOD}&kind=job_fair")
    page.locator("input[name=date]").fill("2020-06-04")
    page.locator("input[name=title]").fill("企业专场招聘会")
    for name, number in (("quantity", "268"), ("quantity_done", "97"), ("enterprises", "31"), ("signed", "12.5")):
        page.locator(f"input[name={name}]").fill(number)
    page.get_by_role("button", name="保存", exact=True).click()
    page.wait_for_url(re.compile("new="))
    assert Activity.objects.count() == 2

    # A forum, and the first step of the chamber's founding with an obstacle to the second.
    page.goto(f"{base}/ledger/record/{PERIOD}&kind=forum")
    page.locator("input[name=date]").fill("2020-06-05")
    page.locator("input[name=title]").fill("党外代表人士座谈会")
    page.get_by_role("button", name="保存", exact=True).click()
    page.wait_for_url(re.compile("new="))
    complete_first_step(page, base)
    expect(page.get_by_role("main")).to_contain_text("第2步：申请筹备")

    # Section five tells it all; a click on a figure leads to its rows.
    page.goto(f"{base}/summaries/{PERIOD}")
    page.get_by_role("button", name="生成初稿").click()
    page.wait_for_url(re.compile(r"summaries/\d+"))
    page.goto(f"{base}/summaries/{Summary.objects.get().pk}/sections/nonpublic/{PERIOD}")
    paper = page.get_by_role("main")
    expect(paper).to_contain_text("走访企业1家、1家次，收集问题2个，解决1个")
    expect(paper).to_contain_text("举办招聘会1场，提供岗位260余个，达成意向90余人")
    expect(paper).to_contain_text("签约12.5万元")
    page.goto(f"{base}/summaries/{Summary.objects.get().pk}/?section=figures")
    expect(page.get_by_role("main")).to_contain_text("召开座谈会1场")
    page.goto(f"{base}/summaries/{Summary.objects.get().pk}/?section=plan")
    expect(page.get_by_role("main")).to_contain_text(FIRST_ITEM)
    page.goto(f"{base}/summaries/{Summary.objects.get().pk}/sections/nonpublic/{PERIOD}")
    page.locator("a.figure[href*='requests_solved']").first.click()
    expect(page.get_by_role("main")).to_contain_text("园区供电不稳")
