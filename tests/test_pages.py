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
from chamber.models import SelfRating
from religion.models import ChecklistItem, Dispute, SafetyInspection, Suggestion
from tests.cast import Cast
from tests.factories import (
    DAY,
    H1,
    make_activity,
    make_chamber,
    make_district,
    make_enterprise,
    make_founding,
    make_hazard,
    make_headcount,
    make_issue,
    make_member,
    make_network,
    make_officer,
    make_post,
    make_project,
    make_request,
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
        self.count(by)
        self.follow(by)

    def count(self, by: User) -> None:
        """A day of counting of either sort, a public post, a report and a review."""
        self.headcount = make_headcount(by=by, parties=7)
        self.network = make_network(by=by, villages={self.village: (1, 2)})
        self.post = make_post(by=by, title=f"{CANARY}代表")
        make_activity(by=by, kind="information", title=f"{CANARY}信息", quantity=1)
        make_activity(by=by, kind="quarterly_review", title=f"{CANARY}研判", content=CANARY)

    def follow(self, by: User) -> None:
        """A venue, and one of everything that is followed there."""
        self.venue = make_venue(by=by, name=f"{CANARY}寺")
        self.hazard = make_hazard(by=by, venue=self.venue, description=f"{CANARY}隐患")
        found = {"unit": by.unit, "created_by": by, "venue": self.venue, "opened_on": DAY}
        self.dispute = Dispute.objects.create(activity=self.hazard.activity, course=f"{CANARY}纠纷", **found)
        self.suggestion = Suggestion.objects.create(activity=self.hazard.activity, text=f"{CANARY}建议", **found)
        self.project = make_project(by=by, venue=self.venue, title=f"{CANARY}项目")
        self.enterprise = make_enterprise(by=by, name=f"{CANARY}公司")
        self.request = make_request(by=by, enterprise=self.enterprise, need=f"{CANARY}诉求")
        self.inspection = SafetyInspection.objects.create(activity=self.hazard.activity, unit=by.unit)
        self.found(by)

    def found(self, by: User) -> None:
        """A chamber on its way, and who belongs to it."""
        self.chamber = make_chamber(by=by, name=f"{CANARY}商会")
        make_founding(by=by, chamber=self.chamber, text=f"{CANARY}商会目标")
        self.chamber.refresh_from_db()
        self.member = make_member(by=by, chamber=self.chamber, name=f"{CANARY}会员公司")
        self.officer = make_officer(by=by, chamber=self.chamber, name=f"{CANARY}某")
        self.rating = SelfRating.objects.create(
            unit=by.unit, chamber=self.chamber, created_by=by, year=2019, first="met", second="met", third="met",
            fourth="met", note=CANARY,
        )  # fmt: skip


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


PUBLIC = {"sign_in", "set_language", "healthz", "verify"}
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
    # 信息报送, 联络网络, 季度研判, 对象数量, 任职
    "information": Page(READERS, post=405),
    "quarterly": Page(READERS, post=405),
    "quarterly_pdf": Page(READERS, post=405),
    **{
        name: page
        for each in ("headcount", "network")
        for name, page in {
            f"{each}s": Page(READERS, post=405),
            f"{each}_new": Page(WRITERS),
            each: Page(READERS, thing=of(each), post=405),
            f"{each}_edit": Page(WRITERS, thing=of(each)),
        }.items()
    },
    "posts": Page(READERS, post=405),
    "post_new": Page(WRITERS),
    "post": Page(READERS, thing=of("post"), post=405),
    "post_edit": Page(WRITERS, thing=of("post")),
    "post_end": Page(WRITERS, thing=of("post")),
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
    "summary_targets": Page(
        READERS,
        thing=of("summary"),
        but={
            (DISTRICT, "get"): 404,
            (DISTRICT, "post"): 404,
            (CLERK, "post"): 302,
            (REVIEWER, "post"): 302,
            (SIGNER, "post"): 302,
        },
    ),  # fmt: skip
    "summary_submit": Page(WRITERS, thing=of("summary")),
    "summary_approve": Page((REVIEWER,), thing=of("summary"), get=302, post=302),  # it is a draft still
    "summary_send_back": Page((REVIEWER, SIGNER), thing=of("summary"), get=302, post=302),
    "summary_sign": Page((SIGNER,), thing=of("summary"), get=302, post=302),
    "summary_numbers": Page(
        READERS,
        thing=of("summary"),
        but={
            (DISTRICT, "get"): 404,
            (DISTRICT, "post"): 404,
            (CLERK, "post"): 302,
            (REVIEWER, "post"): 302,
            (SIGNER, "post"): 302,
        },
    ),  # fmt: skip
    "summary_reopen": Page((SIGNER,), thing=of("summary"), get=302, post=302),  # it is not signed yet
    "summary_changes": Page(READERS, thing=of("summary"), get=404, post=405),  # the first edition
    "summary_pdf": Page(READERS, thing=of("summary"), post=405, but={(DISTRICT, "get"): 404}),
    "summary_word": Page(READERS, thing=of("summary"), post=405, but={(DISTRICT, "get"): 404}),
    "summary_text": Page(READERS, thing=of("summary"), post=405, but={(DISTRICT, "get"): 404}),
    "report": Page(READERS, more=("annual",), post=405),
    "report_pdf": Page(READERS, more=("annual",), post=405),
    "report_word": Page(READERS, more=("annual",), post=405),
    "report_text": Page(READERS, more=("annual",), post=405),
    "summary_letter": Page(WRITERS, thing=of("summary")),
    "paper_format": Page((REVIEWER, ADMINISTRATOR), thing=code),
    # religion: matters
    **{
        name: page
        for each in ("hazard", "dispute", "suggestion", "project", "request")
        for name, page in {
            f"{each}s": Page(READERS),
            each: Page(READERS, WRITERS, thing=of(each)),
            f"{each}_edit": Page(WRITERS, thing=of(each)),
            f"{each}_void": Page(WRITERS, thing=of(each)),
        }.items()
    },
    # religion: registers
    "venues": Page(READERS, post=405),
    "venue_new": Page(WRITERS),
    "venue": Page(READERS, thing=of("venue")),
    "venue_edit": Page(WRITERS, thing=of("venue")),
    "venue_change": Page(WRITERS, thing=of("venue")),
    "local_rules": Page(READERS, (REVIEWER,)),
    "harmony": Page(READERS, WRITERS, post=302),
    "entries": Page(READERS, WRITERS, post=302),
    "rules": Page(READERS, WRITERS, post=302),
    "checklist": Page(READERS, WRITERS),
    # religion: clergy; the register of names is off, so nobody opens it
    "clergy": Page(READERS),
    "assessment_new": Page((SIGNER,)),
    "assessment_end": Page((SIGNER,), get=302, post=302),
    "clergy_readers": Page((SIGNER,), get=302, post=302),
    "clergy_names": Page(NOBODY),
    "clergy_name_new": Page(NOBODY),
    "clergy_name_edit": Page(NOBODY, thing=of("venue")),
    "project_new": Page(WRITERS),
    "project_issue": Page(WRITERS, thing=of("project"), get=405, post=302),
    # nonpublic
    "enterprises": Page(READERS, post=405),
    "enterprise_new": Page(WRITERS),
    "enterprise": Page(READERS, thing=of("enterprise"), post=405),
    "enterprise_edit": Page(WRITERS, thing=of("enterprise")),
    "enterprise_close": Page(WRITERS, thing=of("enterprise")),
    "enterprise_reopen": Page(WRITERS, thing=of("enterprise"), get=405, post=302),
    "request_lists": Page(READERS, post=405),
    "request_lists_pdf": Page(READERS, post=405),
    # religion: papers
    "inspection_record": Page(READERS, thing=of("inspection"), post=405),
    "rectification_notice": Page(READERS, thing=of("inspection"), post=405),
    # 商会
    "chambers": Page(READERS, get=302, post=405, but={(DISTRICT, "get"): 200}),  # a town's one chamber is its page
    "chamber_new": Page(WRITERS),
    "chamber": Page(READERS, thing=of("chamber")),
    "chamber_edit": Page(WRITERS, thing=of("chamber")),
    "chamber_change": Page(WRITERS, thing=of("chamber")),
    "founding_begin": Page(WRITERS, thing=of("chamber"), get=302, post=302),  # it has begun
    "founding_step": Page(WRITERS, thing=of("chamber")),
    "founding_plan": Page(WRITERS, thing=of("chamber")),
    "founding_carry_over": Page(WRITERS, thing=of("chamber")),
    "founding_steps": Page(EVERYBODY, (DISTRICT, ADMINISTRATOR)),
    "members": Page(READERS, thing=of("chamber"), post=405),
    "member_new": Page(WRITERS, thing=of("chamber")),
    "member_leave": Page(WRITERS, thing=of("member")),
    "officer_new": Page(WRITERS, thing=of("chamber")),
    "officer_edit": Page(WRITERS, thing=of("officer")),
    "officer_end": Page(WRITERS, thing=of("officer")),
    "rating_new": Page(WRITERS, thing=of("chamber")),
    "rating_edit": Page(WRITERS, thing=of("rating")),
}


METHODS = ("get", "post")
PACKED = (
    "summary_pdf",
    "summary_word",
    "report_pdf",
    "report_word",
    "inspection_record",
    "rectification_notice",
    "quarterly_pdf",
    "request_lists_pdf",
)  # their text is not read here


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
                                  "hazards", "disputes", "suggestions", "projects", "venues", "clergy", "information",
                                  "networks", "quarterly", "headcounts", "posts", "enterprises", "requests",
                                  "request_lists", "report"])  # fmt: skip
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
    silent |= {"chamber_new", "founding_steps"}
    silent |= {
        "password_change",
        "user_new",
        "local_rules",
        "post_new",
        "headcounts",
        "headcount",
        "headcount_new",
        "headcount_edit",
    }
    heard = {}
    for name, page in PAGES.items():
        if page.get == 200 and name not in PACKED:
            user = cast.administrator if page.readers == (ADMINISTRATOR,) else cast.reviewer
            if user.role not in page.readers:
                continue
            heard[name] = CANARY in ask(cast.client(user), "get", page.url(name, town))[1]
    assert heard == {name: name not in silent for name in heard}
