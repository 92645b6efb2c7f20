"""Every address of the product × everybody × GET and POST: who may open it, and that nobody sees a neighbour's records.

A new URL fails here until it has a row in PAGES.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

import pytest
from django.core.files.base import ContentFile
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import get_resolver, reverse
from django.utils import timezone

from accounts.checks import views
from accounts.models import AuditEvent, Role, User
from religion.models import ChecklistItem, Dispute, SafetyInspection, Suggestion
from tests.cast import Cast
from tests.factories import (
    DAY,
    H1,
    make_activity,
    make_district,
    make_hazard,
    make_issue,
    make_project,
    make_target,
    make_user,
    make_venue,
    make_village,
)
from workplans.compose import start
from workplans.models import Attachment, PaperFormat

CLERK, REVIEWER, SIGNER, DISTRICT, ADMINISTRATOR = (
    Role.CLERK,
    Role.REVIEWER,
    Role.SIGNER,
    Role.DISTRICT,
    Role.ADMINISTRATOR,
)
EVERYBODY = tuple(Role)
READERS = (CLERK, REVIEWER, SIGNER, DISTRICT)
WRITERS = (CLERK, REVIEWER)
NOBODY = ()
CANARY = "金丝雀"


class Town:
    """One of everything a town owns, each with the canary in its texts."""

    def __init__(self, cast: Cast) -> None:
        by = cast.clerk
        self.unit, self.user = cast.town, by
        self.unit.slogan = CANARY
        self.unit.save()
        ChecklistItem.objects.create(unit=cast.town, group="fire", text=f"{CANARY}检查")
        self.village = make_village(unit=cast.town, name=f"{CANARY}村")
        self.user.name = f"{CANARY}干事"
        self.user.save()
        self.target = make_target(by=by, text=f"{CANARY}目标", period=H1, obstacle=CANARY, due=DAY)
        self.issue = make_issue(by=by, title=f"{CANARY}问题", content=CANARY)
        self.activity = make_activity(by=by, title=f"{CANARY}学习", place=CANARY, content=CANARY, village=self.village)
        self.attachment = Attachment.objects.create(
            unit=cast.town, activity=self.activity, file=ContentFile(CANARY.encode(), "x"), name=f"{CANARY}.pdf",
            content_type="application/pdf", size=9, sha256="0" * 64, created_by=by,
        )  # fmt: skip
        self.summary = start(cast.town, H1, by, timezone.now())
        self.summary.title = f"{CANARY}总结"
        self.summary.save()
        self.section = self.summary.sections.get(slot="intro")
        self.section.rewrite(f"{CANARY}正文", by, timezone.now())
        PaperFormat.objects.create(unit=cast.town, mark=f"{CANARY}文件")
        AuditEvent.objects.record(by, AuditEvent.Action.EXPORT, f"{CANARY}总结")
        self.follow(by)

    def follow(self, by: User) -> None:
        """A venue, and one of everything that is followed there."""
        self.venue = make_venue(by=by, name=f"{CANARY}寺")
        self.hazard = make_hazard(by=by, venue=self.venue, description=f"{CANARY}隐患")
        found = {"unit": by.unit, "created_by": by, "venue": self.venue, "opened_on": DAY}
        self.dispute = Dispute.objects.create(activity=self.hazard.activity, course=f"{CANARY}纠纷", **found)
        self.suggestion = Suggestion.objects.create(activity=self.hazard.activity, text=f"{CANARY}建议", **found)
        self.project = make_project(by=by, venue=self.venue, title=f"{CANARY}项目")
        self.inspection = SafetyInspection.objects.create(activity=self.hazard.activity, unit=by.unit)


@dataclass(frozen=True)
class Page:
    """Who may open an address and who may post to it; what they are answered there (an empty POST is bad input)."""

    readers: Collection[str] = EVERYBODY
    writers: Collection[str] | None = None  # None: whoever may read
    get: int = 200
    post: int = 200
    thing: Callable[[Town], Any] | None = None  # what the address names that a town owns, as its argument
    more: tuple[Any, ...] = ()  # arguments besides
    but: dict[tuple[str, str], int] = field(default_factory=dict)  # (role, method) that are answered otherwise

    def url(self, name: str, town: Town) -> str:
        return self.url_of(name, self.thing(town) if self.thing else None)

    def url_of(self, name: str, thing: Any) -> str:
        return reverse(name, args=[*([thing] if self.thing else []), *self.more]) + f"?period={H1.code}"

    def status(self, role: str, method: str) -> int:
        allowed = self.readers if method == "get" or self.writers is None else self.writers
        if role not in allowed:
            return 403
        return self.but.get((role, method), getattr(self, method))


def of(name: str) -> Callable[[Town], Any]:
    return lambda town: getattr(town, name).pk


def code(town: Town) -> str:
    return town.unit.code


def managing(**more: Any) -> Page:
    return Page(readers=(ADMINISTRATOR,), **more)


PUBLIC = {"sign_in", "set_language", "healthz"}
PAGES = {
    "sign_out": Page(get=405, post=302),
    "password_change": Page(),
    "keep_session": Page(get=405, post=204),
    # 管理
    "manage": managing(),
    "users": managing(),
    "villages": managing(),
    "audit": managing(),
    "unit_new": managing(),
    "village_new": managing(),
    "user_new": managing(),
    "unit_edit": managing(thing=code),
    "village_edit": managing(thing=of("village")),
    "user_edit": managing(thing=of("user")),
    "user_password": managing(thing=of("user")),
    # 首页, 领域
    "home": Page(but={(ADMINISTRATOR, "get"): 302, (ADMINISTRATOR, "post"): 302}),
    "areas": Page(READERS),
    "area": Page(READERS, more=("theory",)),
    "figure": Page(READERS, more=("inspections",)),
    # 台账
    "ledger": Page(READERS, post=405),
    "record": Page(WRITERS),
    "confirm": Page((REVIEWER,), get=405, post=302),
    "activity": Page(READERS, thing=of("activity"), post=405),
    "activity_edit": Page(WRITERS, thing=of("activity")),
    "activity_void": Page(WRITERS, thing=of("activity")),
    "attach": Page(WRITERS, thing=of("activity"), get=405),
    "attachment": Page(READERS, thing=of("attachment"), post=405),
    # 目标, 协调问题
    "targets": Page(READERS),
    "target_new": Page(WRITERS),
    "target": Page(READERS, thing=of("target")),
    "target_edit": Page(WRITERS, thing=of("target")),
    "target_progress": Page(WRITERS, thing=of("target"), get=302),
    "target_carry_over": Page(WRITERS, thing=of("target")),
    "issues": Page(READERS),
    "issue_new": Page(WRITERS),
    "issue": Page(READERS, thing=of("issue")),
    "issue_edit": Page(WRITERS, thing=of("issue")),
    "issue_log": Page(WRITERS, thing=of("issue"), get=302),
    # 总结
    "summaries": Page(READERS, post=405),
    "summary_compose": Page(WRITERS, get=405, post=302),
    "summary": Page(
        READERS,
        thing=of("summary"),
        but={(SIGNER, "post"): 302, (DISTRICT, "get"): 404, (DISTRICT, "post"): 404},  # a district reads what is signed
    ),
    "summary_recompose": Page(WRITERS, thing=of("summary"), get=405, post=302),
    "section": Page(WRITERS, thing=of("summary"), more=("intro",), get=302),
    "section_preview": Page(WRITERS, thing=of("summary"), more=("intro",), get=405),
    "summary_submit": Page(WRITERS, thing=of("summary")),
    "summary_approve": Page((REVIEWER,), thing=of("summary"), get=302, post=302),  # it is a draft still
    "summary_send_back": Page((REVIEWER, SIGNER), thing=of("summary"), get=302, post=302),
    "summary_sign": Page((SIGNER,), thing=of("summary"), get=302, post=302),
    "summary_pdf": Page(READERS, thing=of("summary"), post=405, but={(DISTRICT, "get"): 404}),
    "summary_letter": Page(WRITERS, thing=of("summary")),
    "paper_format": Page((REVIEWER, ADMINISTRATOR), thing=code),
    # religion: matters
    **{
        name: page
        for each in ("hazard", "dispute", "suggestion", "project")
        for name, page in {
            f"{each}s": Page(READERS),
            each: Page(READERS, WRITERS, thing=of(each)),
            f"{each}_edit": Page(WRITERS, thing=of(each)),
            f"{each}_void": Page(WRITERS, thing=of(each)),
        }.items()
    },
    "checklist": Page(READERS, WRITERS),
    "project_new": Page(WRITERS),
    "project_issue": Page(WRITERS, thing=of("project"), get=405, post=302),
    # religion: papers
    "inspection_record": Page(READERS, thing=of("inspection"), post=405),
    "rectification_notice": Page(READERS, thing=of("inspection"), post=405),
}


METHODS = ("get", "post")


@pytest.fixture
def town(cast: Cast) -> Town:
    return Town(cast)


def ask(client: Client, method: str, address: str) -> tuple[int, str]:
    """Status and text of an answer; what a request does is undone, and who is signed in stays so."""
    cookies = copy.deepcopy(client.cookies)
    with transaction.atomic():
        response: HttpResponse = getattr(client, method)(address)
        content = b"".join(response.streaming_content) if response.streaming else response.content
        transaction.set_rollback(True)
    client.cookies = cookies
    return response.status_code, response.headers.get("Location", "") + content.decode(errors="replace")


def test_every_address_has_a_row_here_and_every_row_an_address():
    named = {pattern.name for _, pattern in views(get_resolver())}
    assert named == PAGES.keys() | PUBLIC


def test_only_the_few_public_pages_are_public():
    public = {pattern.name for _, pattern in views(get_resolver()) if pattern.callback.access.startswith("public: ")}
    assert public == PUBLIC


def test_whoever_is_not_signed_in_is_asked_to(town: Town):
    for name, page in PAGES.items():
        address = page.url(name, town)
        for method in METHODS:
            status, text = ask(Client(), method, address)
            assert (name, method, status, text) == (name, method, 302, f"/sign-in/?next={quote(address)}")


@pytest.mark.parametrize("role", Role)
def test_a_role_opens_its_pages_and_no_others(cast: Cast, town: Town, role: str):
    user = {colleague.role: colleague for colleague in cast.everybody[:5]}[role]
    client, found, expected = cast.client(user), {}, {}
    for name, page in PAGES.items():
        for method in METHODS:
            found[name, method] = ask(client, method, page.url(name, town))[0]
            expected[name, method] = page.status(role, method)
    assert found == expected


def stranger(cast: Cast, role: str) -> User:
    """Somebody of this role who has nothing to do with the town; those of a district belong to another one."""
    if role == DISTRICT:
        return make_user(unit=make_district(code="linxian", name="临县"), role=role, username="stranger")
    return make_user(unit=cast.other_town, role=role, username="stranger")


@pytest.mark.parametrize("role", Role)
def test_the_things_of_another_town_are_not_there_at_all(cast: Cast, town: Town, role: str):
    """The answer is the same as for a thing that does not exist, to the letter."""
    client = cast.client(stranger(cast, role))
    for name, page in PAGES.items():
        if page.thing is None:
            continue
        missing = page.url_of(name, "nowhere" if name == "unit_edit" else 999_999)
        for method in METHODS:
            status, text = ask(client, method, page.url(name, town))
            expected = page.status(role, method)
            assert (name, method, status) == (name, method, expected if expected in (403, 405) else 404)
            assert CANARY not in text
            if status == 404:
                assert (status, text) == ask(client, method, missing)


@pytest.mark.parametrize("role", Role)
def test_no_list_and_no_figure_tells_of_another_town(cast: Cast, town: Town, role: str):
    client = cast.client(stranger(cast, role))
    for name, page in PAGES.items():
        if page.thing is None:
            for method in METHODS:
                assert (name, CANARY in ask(client, method, page.url(name, town))[1]) == (name, False)
            _, named = ask(client, "get", page.url(name, town) + f"&unit={town.unit.code}")
            assert (name, CANARY in named) == (name, False)


@pytest.mark.parametrize("name", ["home", "areas", "area", "figure", "ledger", "targets", "issues", "summaries",
                                  "hazards", "disputes", "suggestions", "projects"])  # fmt: skip
def test_another_town_cannot_be_chosen_by_its_code(cast: Cast, town: Town, outsider: Client, name: str):
    assert ask(outsider, "get", PAGES[name].url(name, town) + f"&unit={town.unit.code}")[0] == 404


@pytest.mark.parametrize("period", ["1949H1", "1949", "1949-01", "2999H2", "2999", "2999-12"])
def test_every_page_opens_at_the_first_and_the_last_period(reviewer: Client, period: str):
    pages = [name for name, page in PAGES.items() if REVIEWER in page.readers and not page.thing and page.get == 200]
    found = {
        name: ask(reviewer, "get", reverse(name, args=PAGES[name].more) + f"?period={period}")[0] for name in pages
    }
    assert found == dict.fromkeys(pages, 200)


@pytest.mark.parametrize("period", ["1948H2", "3000H1", "9998H2"])
def test_beyond_them_there_is_nothing(reviewer: Client, period: str):
    assert ask(reviewer, "get", reverse("home") + f"?period={period}")[0] == 404


def test_a_row_of_another_town_cannot_be_copied(town: Town, outsider: Client):
    status, text = ask(outsider, "get", reverse("record") + f"?copy={town.activity.pk}")
    assert (status, CANARY in text) == (404, False)


def test_the_canary_sings_where_it_may(cast: Cast, town: Town):
    """Else the tests above would prove nothing."""
    silent = {"areas", "target_new", "issue_new", "unit_new", "village_new", "manage"}
    silent |= {"password_change", "user_new"}
    heard = {}
    for name, page in PAGES.items():
        if page.get == 200 and name not in ("summary_pdf", "inspection_record", "rectification_notice"):  # packed text
            user = cast.administrator if page.readers == (ADMINISTRATOR,) else cast.reviewer
            heard[name] = CANARY in ask(cast.client(user), "get", page.url(name, town))[1]
    assert heard == {name: name not in silent for name in heard}
