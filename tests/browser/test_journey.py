"""The whole way in a real browser: from a clerk's first row to the signer's PDF."""

import io
import re

import pytest
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from tests.cast import PASSWORD, Cast
from tests.factories import DAY, H1, make_event, make_hazard, make_venue
from workplans.models import Activity, SignedDocument, Summary

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PERIOD = "?period=2020H1"


@pytest.fixture
def town(transactional_db: None) -> Cast:
    return Cast()


def sign_in(page: Page, base: str, username: str) -> None:
    page.goto(f"{base}/sign-in/")
    page.get_by_label("用户名").fill(username)
    page.get_by_label("密码").fill(PASSWORD)
    page.get_by_role("button", name="登录").click()
    page.wait_for_url(re.compile(r"^(?!.*sign-in)"))


def test_from_the_first_row_to_the_signed_pdf(page: Page, live_server, town: Cast):
    base = live_server.url
    venue = make_venue(by=town.clerk)
    for number in range(2):
        row = make_event(by=town.clerk, venue=venue, title=f"安全检查{number}")
        for rectified_on in (DAY, DAY, None):
            make_hazard(by=town.clerk, venue=venue, row=row, rectified_on=rectified_on)

    # The clerk records a meeting, and finds it on top of the list.
    sign_in(page, base, "clerk")
    page.get_by_role("link", name="记一笔").first.click()
    page.locator("select[name=kind]").select_option("forum")
    page.locator("input[name=date]").fill("2020-04-16")
    page.locator("input[name=title]").fill("党外代表人士座谈会")
    page.locator("input[name=person_times]").fill("22")
    page.get_by_role("button", name="保存", exact=True).click()
    expect(page.get_by_role("link", name="党外代表人士座谈会")).to_be_visible()
    assert Activity.objects.get(kind="forum").person_times == 22

    # He has the summary composed, sees the figure with its rows, adds a sentence with a figure, and sends it up.
    page.goto(f"{base}/summaries/{PERIOD}")
    page.get_by_role("button", name="生成初稿").click()
    summary = Summary.objects.get()
    expect(page.locator("main")).to_contain_text("召开座谈会")
    page.goto(f"{base}/summaries/{summary.pk}/sections/structure/{PERIOD}")
    editor = page.locator("textarea[name=text]")
    editor.fill(editor.input_value() + "\n发现隐患{隐患发现处数}处。")
    page.get_by_role("button", name="保存这一段").click()
    expect(page.get_by_role("main")).to_contain_text("发现隐患6处")
    assert "隐患发现处数" in summary.sections.get(slot="structure").edited
    step(page, base, summary, "送审", "submit")
    assert Summary.objects.get().state == Summary.State.REVIEW

    # The reviewer passes it on, the signer signs and downloads.
    sign_in_as(page, base, "reviewer")
    step(page, base, summary, "审核通过", "approve")
    sign_in_as(page, base, "signer")
    step(page, base, summary, "签发", "sign")
    page.goto(f"{base}/summaries/{summary.pk}/")
    with page.expect_download() as download:
        page.get_by_role("main").get_by_role("link", name=re.compile("PDF")).first.click()
    content = download.value.path().read_bytes()

    assert content == bytes(SignedDocument.objects.get().pdf)
    text = re.sub(r"\s", "", "".join(sheet.extract_text() for sheet in PdfReader(io.BytesIO(content)).pages))
    assert f"清溪镇{H1.title}统战工作总结" in text
    assert "召开座谈会1场" in text
    assert "发现隐患6处" in text
    assert "对1处场所开展安全检查2次，发现隐患6处，已整改4处" in text


def sign_in_as(page: Page, base: str, username: str) -> None:
    page.context.clear_cookies()
    sign_in(page, base, username)


def step(page: Page, base: str, summary: Summary, word: str, name: str) -> None:
    """Take the step that the summary's page offers, and confirm it on the page that names the paper."""
    page.goto(f"{base}/summaries/{summary.pk}/")
    page.locator(f"main a[href*='/{name}/']").first.click()
    expect(page.get_by_role("main")).to_contain_text(summary.title)
    page.get_by_role("main").get_by_role("button", name=word).click()
    page.wait_for_load_state("networkidle")
