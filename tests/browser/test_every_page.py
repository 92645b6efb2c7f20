"""Every page of the product as everybody who may open it, in a real browser: nothing is refused, broken or out of reach.

Each page is opened wide and in Chinese by every role, and once narrow and in English. SHOTS=folder keeps pictures of all
of them, in both sizes and languages, for people to look at.
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.test import Client
from django.urls import get_resolver, reverse
from django.utils import timezone
from playwright.sync_api import Browser, BrowserContext, Page, Request
from pytest_django.live_server_helper import LiveServer

from accounts.checks import views
from accounts.models import Role, Unit, User
from chamber.models import Chamber, Founding, SelfRating
from religion.models import ClergyPost, ClergyReader, Dispute, ImpactAssessment, Suggestion, Venue
from tests.factories import (
    make_enterprise,
    make_hazard,
    make_member,
    make_officer,
    make_project,
    make_request,
    make_user,
    make_venue,
)
from workplans import compose, signing
from workplans.demo import load
from workplans.editions import reopen
from workplans.models import Activity, HeadcountSnapshot, Issue, NetworkSnapshot, Period, PublicPost, Summary, Target
from workplans.proof import proof_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

NOBODY, NEWCOMER = "nobody", "newcomer"  # not signed in; still with the password an administrator made
PEOPLE = {
    "clerk": Role.CLERK, "reviewer": Role.REVIEWER, "signer": Role.SIGNER, "district": Role.DISTRICT,
    "admin": Role.ADMINISTRATOR, NEWCOMER: None, NOBODY: None,
}  # fmt: skip
NOT_A_PAGE = {
    "healthz": "one word for a load balancer",
    "attachment": "a file",
    "summary_pdf": "a file",
    "quarterly_pdf": "a file",
    "summary_word": "a file",
    "summary_text": "a file",
    "report_pdf": "a file",
    "report_word": "a file",
    "report_text": "a file",
    # religion: papers
    "inspection_record": "a file",
    "rectification_notice": "a file",
    "founding_begin": "leads to the chamber's page once it has begun; tests/chamber opens it before",
    # nonpublic
    "request_lists_pdf": "a file",
    "enterprise_reopen": "answers POST only; its button stands on the page of a closed enterprise",
    "sign_out": "answers POST only",
    "set_language": "answers POST only",
    "keep_session": "answers POST only",
    "confirm": "answers POST only",
    "attach": "answers POST only",
    "target_progress": "answers POST only; its form stands on the target's page",
    "issue_log": "answers POST only; its form stands on the issue's page",
    "summary_compose": "answers POST only",
    "summary_recompose": "answers POST only",
    "section_preview": "answers POST only, with a part of the editor",
    # religion: matters
    "project_issue": "answers POST only; its button stands on the project's page",
}
WIDE, NARROW = {"width": 1366, "height": 768}, {"width": 390, "height": 844}
SERIOUS = ("serious", "critical")
NOTE_VIOLATIONS = """
window.refused = [];
document.addEventListener('securitypolicyviolation', e => refused.push(e.violatedDirective + ' ' + e.blockedURI));
"""


@dataclass(frozen=True)
class Visit:
    """A page and who looks at it; without `who`, everybody whose role its view is marked with."""

    name: str
    args: tuple[Any, ...] = ()
    query: str = ""
    who: tuple[str, ...] = ()
    status: int = 200
    path: str = field(default="", kw_only=True)  # of a page without a name

    @property
    def address(self) -> str:
        return self.path or reverse(self.name, args=self.args) + self.query

    @property
    def visitors(self) -> list[str]:
        roles = getattr(routes().get(self.name), "roles", ())
        return [person for person, role in PEOPLE.items() if (person in self.who if self.who else role in roles)]

    @property
    def shot(self) -> str:
        return self.address.strip("/").replace("/", "-").replace("?", "-") or "home"


class Site:
    """The demonstration with a summary in every state, served to the browser."""

    def __init__(self) -> None:
        load.load()
        self.town = Unit.objects.get(code="qingxi")
        self.users = {user.username: user for user in User.objects.all()}
        self.users[NEWCOMER] = make_user(unit=self.town, username=NEWCOMER, must_change_password=True)
        self.row, self.void_row, *_ = Activity.objects.filter(unit=self.town).order_by("-date", "-pk")
        self.void_row.void("与另一条重复。")
        self.target = Target.objects.get(text="加强统战自身建设")
        self.kept = Target.objects.get(text="成立镇商会")  # by the chamber's founding
        self.issue = Issue.objects.get(title="灵山寺扩寺建设")
        self.headcount, self.network, self.post = (
            model.objects.of_unit(self.town).first() for model in (HeadcountSnapshot, NetworkSnapshot, PublicPost)
        )
        self.headcount.correct({"parties": 8})
        self.inspection = Activity.objects.of_unit(self.town).filter(kind="inspection").latest("date")
        self.follow(self.users["clerk"])
        self.draft = self.summary("2020H1")
        self.review = self.summary("2019H1", "submit")
        self.signing = self.summary("2018H2", "submit", "approve")
        self.signed = self.summary("2019H2", "submit", "approve", "sign")
        self.corrected = reopen(
            self.summary("2018H1", "submit", "approve", "sign"), self.users["signer"], "更正一处数字。"
        )
        intro = self.corrected.sections.get(slot="intro")
        intro.rewrite(intro.text.replace("新局面", "新篇章") + "\n另补一段。", self.users["clerk"], timezone.now())
        edited = self.draft.sections.order_by("position")[1]
        edited.rewrite(edited.text + "\n另走访35家。{没有的指标}", self.users["clerk"], timezone.now())
        self.edited = edited.slot

    def follow(self, by: User) -> None:
        """A venue with one open matter of every sort, whatever the demonstration holds of them."""
        venue = make_venue(by=by, name="回龙寺")
        day = Period.parse("2020H1").first_day
        self.hazard = make_hazard(by=by, venue=venue, opened_on=day, due=day)
        found = {"unit": by.unit, "created_by": by, "venue": venue, "opened_on": day, "activity": self.hazard.activity}
        self.dispute = Dispute.objects.create(course="寺前道路通行有争议。", **found)
        self.suggestion = Suggestion.objects.create(text="完善消防通道", **found)
        self.project = make_project(by=by, venue=venue, title="回龙寺修缮项目", opened_on=day)
        self.temple = Venue.objects.of_unit(self.town).get(name="灵山寺")
        signer, why = self.users["signer"], "示例数据"
        ImpactAssessment.objects.create(
            unit=self.town, day=day, purpose=why, impact=why, protection=why, document=why, created_by=signer
        )
        ClergyReader.objects.grant(by, signer)
        self.clergy_post = ClergyPost.objects.create(
            unit=self.town, venue=venue, post="abbot", name="备案的姓名", filed_on=day, source=why, created_by=by
        )
        self.found(by)
        self.enterprise = make_enterprise(by=by, name="示例水产有限公司", since=day)
        self.request = make_request(by=by, enterprise=self.enterprise, opened_on=day, due=day)
        self.closed = make_enterprise(by=by, name="示例缝纫店", since=day)
        self.closed.close("closed", day=day, note="")
        self.project.move("resolved", day=day, note="", document="回龙寺〔2020〕1号", by=by)

    def found(self, by: User) -> None:
        """Who belongs to the chamber that is on its way; and the one that stands, as the demonstration has them."""
        self.founding = Founding.objects.get(unit=self.town)
        self.chamber = Chamber.objects.get(unit__code="baishi")
        chamber, day = self.founding.chamber, self.founding.began_on
        self.member = make_member(by=by, chamber=chamber, name="清溪示例会员公司")
        self.officer = make_officer(by=by, chamber=chamber, name="公布的姓名", enterprise=self.member.enterprise)
        marks = dict.fromkeys(("first", "second", "third", "fourth"), "met")
        self.rating = SelfRating.objects.create(unit=self.town, chamber=chamber, year=day.year, created_by=by, **marks)

    def summary(self, period: str, *steps: str) -> Summary:
        found = compose.start(self.town, Period.parse(period), self.users["clerk"], timezone.now())
        for step in steps:
            found.refresh_from_db()
            seen = proof_of(found).sha256
            if step == "sign":
                signing.sign(found, self.users["signer"], timezone.now(), timezone.localdate(), seen)
            else:
                signing.hand_on(found, step, self.users["clerk" if step == "submit" else "reviewer"], seen)
        return found

    def visits(self) -> list[Visit]:
        writers, town = ("clerk", "reviewer"), ("clerk", "reviewer", "signer")
        return [
            Visit("sign_in", who=(NOBODY,)),
            Visit("sign_in", query="?idle=1", who=(NOBODY,)),
            Visit("password_change"),
            Visit("password_change", who=(NEWCOMER,)),
            Visit("", path="/no-such-page/", who=("clerk", NOBODY), status=404),
            Visit("", path="/manage/", who=("clerk",), status=403),
            Visit("home", who=(*town, "district")),
            Visit("home", query="?period=2031H1", who=("clerk", "district")),
            Visit("areas"),
            Visit("area", ("religion",)),
            Visit("area", ("chamber",), "?period=2031H1", who=("clerk",)),
            Visit("figure", ("inspections",)),
            Visit("figure", ("targets_set",), "?period=2020H2", who=("clerk",)),
            Visit("ledger"),
            Visit("ledger", query="?kind=inspection", who=("clerk",)),
            Visit("ledger", query="?period=2031H1", who=("clerk",)),
            Visit("record"),
            Visit("record", query=f"?copy={self.row.pk}", who=("clerk",)),
            Visit("activity", (self.row.pk,)),
            Visit("activity", (self.void_row.pk,), who=("clerk",)),
            Visit("activity_edit", (self.row.pk,)),
            Visit("activity_void", (self.row.pk,)),
            Visit("targets"),
            Visit("targets", query="?period=2020H2", who=("clerk", "district")),
            Visit("targets", query="?period=2031H1", who=("clerk",)),
            Visit("target_new"),
            Visit("target", (self.target.pk,)),
            Visit("target_edit", (self.target.pk,)),
            Visit("target", (self.kept.pk,)),
            Visit("target_edit", (self.kept.pk,), who=("clerk",)),
            Visit("target_carry_over", (self.target.pk,)),
            Visit("issues"),
            Visit("issue_new"),
            Visit("issue", (self.issue.pk,)),
            Visit("issue_edit", (self.issue.pk,)),
            # what is counted, public posts, reports and the note of a quarter
            *(
                Visit(f"{each}{page}", args)
                for each in ("headcount", "network")
                for page, args in (
                    ("s", ()),
                    ("_new", ()),
                    ("", (getattr(self, each).pk,)),
                    ("_edit", (getattr(self, each).pk,)),
                )
            ),
            Visit("posts"),
            Visit("post_new"),
            *(Visit(f"post{page}", (self.post.pk,)) for page in ("", "_edit", "_end")),
            Visit("information"),
            Visit("information", query="?period=2031H1", who=("clerk",)),
            Visit("quarterly"),
            Visit("quarterly", query="?period=2031H1", who=("clerk",)),
            Visit("figure", ("headcount_nonpartisan",)),
            # religion: rows at venues, and what inspections check
            *(
                Visit("record", query=f"?kind={kind}&venue={self.hazard.venue_id}")
                for kind in ("patrol", "inspection", "dispute", "oversight", "large_event", "core_values")
            ),
            Visit("activity", (self.inspection.pk,)),
            Visit("activity_edit", (self.inspection.pk,)),
            Visit("checklist"),
            # nonpublic
            Visit("enterprises"),
            Visit("enterprises", query="?words=nowhere", who=("clerk",)),
            Visit("enterprise_new"),
            Visit("enterprise", (self.enterprise.pk,)),
            Visit("enterprise", (self.closed.pk,), who=("clerk", "district")),
            Visit("enterprise_edit", (self.enterprise.pk,)),
            Visit("enterprise_close", (self.enterprise.pk,)),
            Visit("request_lists", query="?period=2020H1"),
            Visit("request_lists", query="?period=2031H1", who=("clerk",)),
            *(
                Visit("record", query=f"?kind={kind}&enterprise={self.enterprise.pk}", who=("clerk",))
                for kind in ("enterprise_visit", "enterprise_request", "job_fair", "contribution")
            ),
            # religion: registers
            Visit("venues"),
            Visit("venues", query="?words=nowhere", who=("clerk",)),
            Visit("venue_new"),
            Visit("venue", (self.hazard.venue_id,)),
            Visit("venue", (self.temple.pk,), who=("clerk", "district")),
            Visit("venue_edit", (self.hazard.venue_id,)),
            Visit("venue_change", (self.hazard.venue_id,)),
            Visit("local_rules"),
            *(Visit(name, query="?period=2020H1") for name in ("harmony", "entries", "rules")),
            Visit("harmony", query="?period=2031H1", who=("clerk",)),
            # religion: clergy, with the register of names on, which the clerk may read
            Visit("clergy"),
            Visit("assessment_new"),
            Visit("assessment_end"),
            Visit("clergy_readers"),
            Visit("clergy_names", who=("clerk",)),
            Visit("clergy_names", who=("reviewer",), status=403),
            Visit("clergy_name_new", who=("clerk",)),
            Visit("clergy_name_edit", (self.clergy_post.pk,), who=("clerk",)),
            # religion: matters
            *(Visit(f"{each}s") for each in ("hazard", "dispute", "suggestion", "project", "request")),
            Visit("hazards", query="?period=2031H1", who=("clerk",)),
            Visit("projects", query="?period=2031H1", who=("clerk",)),
            *(
                Visit(f"{each}{page}", (getattr(self, each).pk,))
                for each in ("hazard", "dispute", "suggestion", "project", "request")
                for page in ("", "_edit", "_void")
            ),
            Visit("project_new"),
            # the chamber
            Visit("chambers", query="?period=2020H1", who=("district",)),
            Visit("chamber_new"),
            Visit("chamber", (self.founding.pk,)),
            Visit("chamber", (self.chamber.pk,), who=("district",)),
            Visit("chamber_edit", (self.founding.pk,)),
            Visit("chamber_change", (self.founding.pk,)),
            Visit("founding_step", (self.founding.pk,)),
            Visit("founding_plan", (self.founding.pk,)),
            Visit("founding_carry_over", (self.founding.pk,)),
            Visit("founding_steps"),
            Visit("members", (self.founding.pk,)),
            Visit("members", (self.chamber.pk,), who=("district",)),
            Visit("member_new", (self.founding.pk,)),
            Visit("member_leave", (self.member.pk,)),
            Visit("officer_new", (self.founding.pk,)),
            Visit("officer_edit", (self.officer.pk,)),
            Visit("officer_end", (self.officer.pk,)),
            Visit("rating_new", (self.founding.pk,)),
            Visit("rating_edit", (self.rating.pk,)),
            Visit("record", query="?kind=chamber_meeting", who=("clerk",)),
            Visit("report", ("monthly",), "?period=2020-05"),
            Visit("report", ("annual",), "?period=2020"),
            Visit("report", ("monthly",), "?period=2031-05", who=("clerk",)),
            Visit("verify", who=(NOBODY, "clerk")),
            Visit("summaries"),
            Visit("summaries", query="?period=2031H1", who=("clerk",)),
            Visit("summary", (self.draft.pk,), who=town),
            Visit("summary", (self.draft.pk,), f"?section={self.edited}", who=("clerk",)),
            Visit("summary", (self.draft.pk,), "?section=plan", who=("clerk",)),
            Visit("summary", (self.review.pk,), who=town),
            Visit("summary", (self.signing.pk,), who=town),
            Visit("summary", (self.signed.pk,)),
            Visit("section", (self.draft.pk, self.edited), "?composed=1", who=writers),
            Visit("summary_targets", (self.draft.pk,), who=town),
            Visit("summary_numbers", (self.draft.pk,), who=("reviewer", "clerk", "signer")),
            Visit("summary_submit", (self.draft.pk,), who=writers),
            Visit("summary_approve", (self.review.pk,)),
            Visit("summary_send_back", (self.review.pk,), who=("reviewer",)),
            Visit("summary_send_back", (self.signing.pk,), who=("signer",)),
            Visit("summary_sign", (self.signing.pk,)),
            Visit("summary", (self.corrected.pk,), who=("signer",)),
            Visit("summary_changes", (self.corrected.pk,), who=town),
            Visit("summary_reopen", (self.signed.pk,)),
            Visit("summary_letter", (self.draft.pk,), who=writers),
            Visit("paper_format", (self.town.code,), who=("reviewer", "admin")),
            Visit("manage"),
            Visit("unit_new"),
            Visit("unit_edit", (self.town.code,)),
            Visit("villages"),
            Visit("village_new"),
            Visit("village_edit", (self.town.villages.all()[0].pk,)),
            Visit("users"),
            Visit("users", query="?unit=qingxi"),
            Visit("user_new"),
            Visit("user_edit", (self.users["clerk"].pk,)),
            Visit("user_password", (self.users["clerk"].pk,)),
            Visit("audit"),
        ]


def routes() -> dict[str, Any]:
    return {pattern.name: pattern.callback for _, pattern in views(get_resolver())}


@pytest.fixture
def browser_context_args(browser_context_args: dict) -> dict:
    """Without motion: a colour on its way to another has no contrast that could be judged."""
    return {**browser_context_args, "viewport": WIDE, "reduced_motion": "reduce"}


@pytest.fixture
def site(transactional_db: None) -> Site:
    return Site()


def test_every_page_has_a_visitor(site: Site):
    visited = {visit.name for visit in site.visits() if visit.name}

    assert visited | NOT_A_PAGE.keys() == routes().keys()
    assert visited & NOT_A_PAGE.keys() == set()
    assert {visit.address: visit.visitors for visit in site.visits() if not visit.visitors} == {}


def test_every_page(site: Site, live_server: LiveServer, browser: Browser, browser_context_args: dict):
    faults: list[str] = []
    for person in PEOPLE:
        context = browser.new_context(**browser_context_args)
        sign_in(context, live_server.url, site.users.get(person))
        look_around(
            context, live_server.url, [visit for visit in site.visits() if person in visit.visitors], person, faults
        )
        context.close()

    assert not faults, "\n".join(faults)


def test_a_refusal_by_the_policy_is_noticed(live_server: LiveServer, page: Page):
    page.add_init_script(NOTE_VIOLATIONS)
    page.goto(live_server.url + reverse("sign_in"))
    page.evaluate("document.body.insertAdjacentHTML('beforeend', '<p style=\"color: red\">')")
    page.wait_for_function("refused.length")

    assert set(page.evaluate("refused")) == {"style-src-attr inline"}


def look_around(context: BrowserContext, base: str, visits: list[Visit], person: str, faults: list[str]) -> None:
    page, axe = context.new_page(), Axe()
    page.add_init_script(NOTE_VIOLATIONS)
    listen(page, faults)
    for visit in visits:
        look(page, base, visit, faults)
        if visit.visitors[0] != person:
            continue
        faults += [f"{visit.address}: {fault}" for fault in unreachable(page, axe)]
        speak(context, base, "en")
        page.set_viewport_size(NARROW)
        look(page, base, visit, faults)
        if page.evaluate("document.documentElement.scrollWidth") > NARROW["width"]:
            faults.append(f"{visit.address}: scrolls sideways at 390 px")
        speak(context, base, "zh-hans")
        page.set_viewport_size(WIDE)
        keep_pictures(page, context, base, visit, person)


def sign_in(context: BrowserContext, base: str, user: User | None) -> None:
    if user is None:
        return
    client = Client()
    client.force_login(user)
    name = settings.SESSION_COOKIE_NAME
    context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": base}])


def speak(context: BrowserContext, url: str, language: str) -> None:
    context.add_cookies([{"name": settings.LANGUAGE_COOKIE_NAME, "value": language, "url": url}])


def left_behind(request: Request) -> bool:
    """The tab's icon comes after the page is loaded; when the walk goes on meanwhile, the browser itself gives it up.

    An icon that is missing answers 404, which the console tells and tests/test_static.py finds.
    """
    return request.url.endswith("/icon.svg") and request.failure == "net::ERR_ABORTED"


def listen(page: Page, faults: list[str]) -> None:
    """Whatever the browser complains of, but for the status of the page itself, which `look` judges."""
    page.on("pageerror", lambda error: faults.append(f"{page.url}: {error}"))
    page.on(
        "requestfailed",
        lambda request: left_behind(request) or faults.append(f"{page.url}: {request.url} {request.failure}"),
    )
    page.on(
        "console",
        lambda message: (
            message.type in ("error", "warning")
            and message.location["url"] != page.url
            and faults.append(f"{page.url}: {message.text} {message.location['url']}")
        ),
    )


def look(page: Page, base: str, visit: Visit, faults: list[str]) -> None:
    answer = page.goto(base + visit.address, wait_until="load")
    if answer.status != visit.status or page.url != base + visit.address:
        faults.append(f"{visit.address}: answered {answer.status} at {page.url}")
    faults += [f"{visit.address}: refused by the policy: {what}" for what in page.evaluate("window.refused")]


def unreachable(page: Page, axe: Axe) -> list[str]:
    """What people with a screen reader or weak eyes would miss."""
    found = axe.run(page, options={"resultTypes": ["violations"]}).response["violations"]
    return [
        f"{each['id']} ({each['impact']}): {node['html'][:150]}"
        for each in found
        if each["impact"] in SERIOUS
        for node in each["nodes"]
    ]


def keep_pictures(page: Page, context: BrowserContext, base: str, visit: Visit, person: str) -> None:
    """Only after the checks: taking a picture changes the page."""
    if not (folder := os.environ.get("SHOTS")):
        return
    for language in ("en", "zh-hans"):
        speak(context, base, language)
        for name, size in (("narrow", NARROW), ("wide", WIDE)):
            page.set_viewport_size(size)
            page.goto(base + visit.address)
            page.screenshot(path=Path(folder) / f"{visit.shot}.{person}.{name}.{language}.png", full_page=True)


FORMS = (
    ("clerk", "record"), ("clerk", "activity_edit"), ("clerk", "activity_void"), ("clerk", "target_new"),
    ("clerk", "headcount_new"), ("clerk", "network_edit"), ("clerk", "post_new"), ("clerk", "post_end"),
    ("clerk", "target_edit"), ("clerk", "target"), ("clerk", "issue_new"), ("clerk", "issue_edit"), ("clerk", "issue"),
    ("reviewer", "summary_send_back"), ("admin", "unit_new"), ("admin", "unit_edit"), ("admin", "village_new"),
    ("admin", "user_new"), ("clerk", "password_change"), (NOBODY, "sign_in"),
    ("clerk", "founding_step"), ("clerk", "founding_plan"), ("clerk", "officer_new"), ("admin", "founding_steps"),
)  # fmt: skip
# Empty what is required, write nonsense where a day or a number belongs, and long words into all other boxes.
SPOIL = """form => {
    form.noValidate = true;
    for (const field of form.querySelectorAll('input:not([type=hidden]):not([type=file]), textarea, select')) {
        if (field.type === 'checkbox' || field.type === 'radio' || field.closest('[hidden]')) continue;
        if (field.required) { field.value = ''; continue; }
        if (field.tagName === 'SELECT') continue;
        if (['date', 'number'].includes(field.type) || field.inputMode === 'numeric') {
            field.type = 'text'; field.value = '3x';
        } else if (field.type !== 'password' && field.type !== 'search' && field.name) field.value = 'typed by hand';
    }
}"""
ANSWER = """() => ({
    refused: window.refused,
    summary: [...document.querySelectorAll('.error-summary li')].map(e => e.innerText),
    bare: [...document.querySelectorAll('main [aria-invalid=true]')].filter(
        field => !(field.getAttribute('aria-describedby') || '').split(' ').some(
            id => (document.getElementById(id) || {}).innerText)).map(field => field.name),
    invalid: document.querySelectorAll('main [aria-invalid=true]').length,
    typed: [...document.querySelectorAll('main input, main textarea')].map(
        f => f.name + '=' + (f.getAttribute('value') || f.value)).filter(  // a day or number box shows no nonsense
        v => /=(3x|typed by hand)$/.test(v)).sort(),
})"""
TYPED = """form => [...form.querySelectorAll('input, textarea')].map(f => f.name + '=' + f.value).filter(
    v => /=(3x|typed by hand)$/.test(v)).sort()"""


def test_every_form_tells_what_is_wrong(
    site: Site, live_server: LiveServer, browser: Browser, browser_context_args: dict
):
    faults: list[str] = []
    visits = site.visits()
    for person, name in FORMS:
        visit = next(visit for visit in visits if visit.name == name and person in visit.visitors)
        context = browser.new_context(**browser_context_args)
        sign_in(context, live_server.url, site.users.get(person))
        speak(context, live_server.url, "en")
        page = context.new_page()
        page.add_init_script(NOTE_VIOLATIONS)
        listen(page, faults)
        faults += [f"{visit.address}: {fault}" for fault in spoil(page, live_server.url + visit.address)]
        context.close()

    assert not faults, "\n".join(faults)


def spoil(page: Page, address: str) -> list[str]:
    """Send the page's form with nonsense in it, and see whether the answer helps."""
    page.goto(address)
    form = (
        page.locator("main form[method=post]").filter(has=page.locator("button.btn-primary, button.btn-danger")).first
    )
    form.evaluate(SPOIL)
    typed = form.evaluate(TYPED)
    with page.expect_navigation():
        form.locator("button.btn-primary, button.btn-danger").first.click()
    answer = page.evaluate(ANSWER)
    faults = [f"refused by the policy: {what}" for what in answer["refused"]]
    if not answer["summary"] and "/sign-in/" not in page.url:  # two boxes are overseen without a list
        faults.append(f"no list of errors at {page.url}")
    if not answer["invalid"]:
        faults.append("no field is marked")
    if answer["bare"]:
        faults.append(f"no message beside {answer['bare']}")
    if answer["typed"] != typed:
        faults.append(f"lost what was typed: {sorted(set(typed) - set(answer['typed']))}")
    faults += [f"answers in Chinese: {text}" for text in answer["summary"] if re.search(r"[\u4e00-\u9fff]", text)]
    return faults + unreachable(page, Axe())
