"""People come, get an account, and go: in a real browser."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from accounts.models import User
from tests.cast import PASSWORD, Cast

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def town(transactional_db: None) -> Cast:
    return Cast()


def sign_in(page: Page, base: str, username: str, password: str = PASSWORD) -> None:
    page.goto(f"{base}/sign-in/")
    page.get_by_label("用户名").fill(username)
    page.get_by_label("密码").fill(password)
    page.get_by_role("button", name="登录", exact=True).click()


def sign_out(page: Page) -> None:
    page.locator(".site-tools .dropdown-toggle").click()
    page.get_by_role("button", name="退出登录").click()
    expect(page.get_by_text("已退出登录。")).to_be_visible()


def test_a_newcomer_gets_an_account_and_makes_it_his_own(page: Page, live_server, town: Cast):
    base = live_server.url
    sign_in(page, base, "administrator")
    page.get_by_role("link", name="用户", exact=True).click()
    page.get_by_role("link", name="添加用户").click()
    page.get_by_label("单位").select_option(label="清溪镇")
    page.get_by_label("角色").select_option("clerk")
    page.get_by_label("用户名").fill("xinren")
    page.get_by_label("显示名称").fill("统战干事")
    page.get_by_role("button", name="添加并生成一次性密码").click()
    password = page.locator("code").inner_text()
    page.get_by_role("link", name="已告知本人，回到用户列表").click()
    expect(page.get_by_role("row", name="xinren")).to_be_visible()
    sign_out(page)

    sign_in(page, base, "xinren", password)
    expect(page.get_by_role("heading", name="请先设置自己的密码")).to_be_visible()
    page.get_by_label("一次性密码").fill(password)
    page.get_by_label(re.compile("^新密码")).fill("short")
    page.get_by_label("再输一次新密码").fill("short")
    page.get_by_role("button", name="设置密码").click()
    expect(page.locator(".field-invalid")).to_contain_text("密码太短，至少要 12 个字符。")
    page.get_by_label("一次性密码").fill(password)
    page.get_by_label(re.compile("^新密码")).fill("jade-river-morning")
    page.get_by_label("再输一次新密码").fill("jade-river-morning")
    page.get_by_role("button", name="设置密码").click()
    expect(page.get_by_role("link", name="记一笔").first).to_be_visible()
    assert not User.objects.get(username="xinren").must_change_password


ADMINISTRATORS_PAGES = [
    "/manage/", "/manage/units/", "/manage/units/qingxi/", "/manage/villages/", "/manage/villages/new/",
    "/manage/users/", "/manage/users/new/", "/manage/audit/", "/password/", "/nowhere/", "/ledger/",
]  # fmt: skip


@pytest.mark.parametrize("size", [(1366, 768), (390, 844)], ids=["wide", "narrow"])
def test_the_pages_are_accessible_fit_the_screen_and_keep_the_policy(page: Page, live_server, town: Cast, size):
    page.set_viewport_size({"width": size[0], "height": size[1]})
    broken: list[str] = []
    page.add_init_script(
        "document.addEventListener('securitypolicyviolation', e => console.error('CSP ' + e.violatedDirective))"
    )
    page.on("console", lambda message: broken.append(message.text) if "CSP" in message.text else None)

    def look() -> None:
        serious = [
            f"{page.url} {found['id']}: {found['nodes'][0]['html']}"
            for found in Axe().run(page).response["violations"]
            if found["impact"] in ("serious", "critical")
        ]
        assert serious == []
        wide = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
        assert (page.url, page.evaluate(wide)) == (page.url, False)

    page.goto(f"{live_server.url}/sign-in/?idle=1")
    look()
    sign_in(page, live_server.url, "administrator", "wrong")
    expect(page.get_by_role("alert")).to_be_visible()
    look()
    sign_in(page, live_server.url, "administrator")
    page.wait_for_url(re.compile("/manage/"))
    for address in ADMINISTRATORS_PAGES:
        page.goto(live_server.url + address)
        look()
    page.goto(f"{live_server.url}/manage/users/{town.clerk.pk}/password/")
    look()
    page.get_by_role("button", name="生成一次性密码").click()
    expect(page.locator("code")).to_be_visible()
    look()
    assert broken == []
