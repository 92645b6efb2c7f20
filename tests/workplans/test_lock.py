"""Signing locks the half-year for everybody, until its signer opens it again."""

import datetime as dt
import threading

import pytest
from django.db import connections
from django.urls import reverse

from religion.models import Venue
from workplans import signing
from workplans.editions import reopen
from workplans.models import Activity, Issue, PeriodLocked, SignedRow, Summary, Target
from workplans.models.lock import locked
from workplans.proof import proof_of

from ..cast import Cast
from ..factories import DAY, H1, H2, make_activity, make_hazard, make_issue, make_project, make_venue
from .summaries import DAY as SIGNED_ON
from .summaries import NOW, make_signed, make_summary
from .test_ledger_record import typed

AFTER = dt.date(2020, 7, 1)
SAID = "2020年上半年的总结已签发"


@pytest.fixture
def row(cast):
    return make_activity(by=cast.clerk)


@pytest.fixture
def hazard(cast):
    return make_hazard(by=cast.clerk, venue=make_venue(by=cast.clerk))


@pytest.fixture
def signed(cast, row, hazard):
    return make_signed(by=cast.signer)


def test_no_row_of_it_is_recorded_edited_confirmed_or_voided(cast, row, signed):
    row.refresh_from_db()
    for change in (
        lambda: make_activity(by=cast.reviewer, title="补记"),
        lambda: row.rewrite({}),
        lambda: row.confirm(cast.reviewer),
        lambda: row.void("重复"),
    ):
        with pytest.raises(PeriodLocked):
            change()
    stored = Activity.objects.get(pk=row.pk)
    assert (stored.state, stored.version, Activity.objects.of_unit(cast.town).count()) == ("recorded", 0, 2)


def test_no_row_is_moved_into_it_or_out_of_it(cast, row, signed):
    later = make_activity(by=cast.clerk, date=AFTER)
    later.date = DAY
    row.refresh_from_db()
    row.date = AFTER
    for moved in (later, row):
        with pytest.raises(PeriodLocked):
            moved.rewrite({})


def test_other_half_years_and_other_towns_stay_open(cast, signed):
    make_activity(by=cast.clerk, date=AFTER).confirm(cast.reviewer)
    make_activity(by=cast.clerk, date=dt.date(2019, 12, 31)).void("重复")
    make_activity(by=cast.outsider)


@pytest.mark.parametrize("state", ["draft", "review", "signing"])
def test_a_summary_that_is_not_signed_locks_nothing(cast, state):
    make_summary(by=cast.clerk, state=state)
    make_activity(by=cast.clerk)


def test_opened_again_it_takes_rows_and_the_next_signature_locks_it_again(cast, row, signed):
    edition = reopen(signed.summary, cast.signer, "漏记")
    row.refresh_from_db()
    row.void("重复")
    added = make_activity(by=cast.clerk, title="补记")
    Summary.objects.filter(pk=edition.pk).update(state="signing")
    edition.refresh_from_db()
    signing.sign(edition, cast.signer, NOW, SIGNED_ON, proof_of(edition).sha256)
    with pytest.raises(PeriodLocked):
        added.void("又错了")


def test_followed_matters_go_on_after_the_half_year_but_not_within_it(cast, hazard, signed):
    with pytest.raises(PeriodLocked):
        hazard.move(hazard.moves()[0].code, day=DAY, note="补记的整改", by=cast.clerk)
    hazard.refresh_from_db()
    hazard.move(hazard.moves()[0].code, day=AFTER, note="七月整改", by=cast.clerk)
    hazard.refresh_from_db()
    hazard.due = dt.date(2020, 8, 1)
    hazard.rewrite()
    with pytest.raises(PeriodLocked):
        hazard.void("重复")
    hazard.refresh_from_db()
    hazard.opened_on = AFTER
    with pytest.raises(PeriodLocked):
        hazard.rewrite()


def test_neither_issues_nor_targets_nor_projects_nor_changes_of_venues_are_dated_into_it(cast, signed):
    venue = Venue.objects.get()
    for enter in (
        lambda: Issue(unit=cast.town, created_by=cast.clerk, title="补记", area="structure", opened_on=DAY).enter(),
        lambda: Target(unit=cast.town, created_by=cast.clerk, text="补记", area="chamber", period=H1).enter(),
        lambda: make_project(by=cast.clerk, venue=venue),
        lambda: venue.change("suspended", day=DAY, note="停用", document="", by=cast.clerk),
    ):
        with pytest.raises(PeriodLocked):
            enter()
    make_project(by=cast.clerk, venue=venue, opened_on=AFTER)
    Target(unit=cast.town, created_by=cast.clerk, text="下半年", area="chamber", period=H2).enter()


def test_an_open_issue_goes_on_after_the_half_year(cast):
    issue = make_issue(by=cast.clerk)
    make_signed(by=cast.signer)
    with pytest.raises(PeriodLocked):
        issue.log("solved", day=DAY, note="补记", by=cast.clerk)
    issue.refresh_from_db()
    issue.log("solved", day=AFTER, note="七月办结", by=cast.clerk)


# ── what people are told ──


def test_the_form_says_so_beside_the_date_and_keeps_what_was_typed(clerk, signed):
    page = clerk.post("/ledger/record/", typed(title="补记的座谈会"))
    assert SAID in page.context["form"].errors["date"][0]
    assert "补记的座谈会" in page.content.decode()


def test_the_list_says_so_to_those_who_write_here(cast, clerk, signer, district, signed):
    assert SAID in clerk.get("/ledger/?period=2020H1").content.decode()
    assert SAID in clerk.get("/ledger/?period=2020-03").content.decode()
    assert SAID not in clerk.get("/ledger/?period=2020H2").content.decode()
    assert SAID not in district.get("/ledger/?period=2020H1").content.decode()


def test_a_form_that_meets_the_signature_is_told_the_same(cast, clerk, monkeypatch):
    monkeypatch.setattr(
        "workplans.forms.ledger.refuse_locked", lambda *asked: None
    )  # it was open when this was checked
    make_signed(by=cast.signer)
    page = clerk.post("/ledger/record/", typed(title="补记的座谈会"))
    assert SAID in page.context["form"].errors["date"][0]
    assert not Activity.objects.filter(title="补记的座谈会").exists()


def test_the_page_of_a_row_says_so_instead_of_offering_changes(clerk, reviewer, row, signed):
    for client in (clerk, reviewer):
        html = client.get(reverse("activity", args=[row.pk])).content.decode()
        assert SAID in html
        assert reverse("activity_edit", args=[row.pk]) not in html
        assert reverse("activity_void", args=[row.pk]) not in html
        assert reverse("confirm") not in html


@pytest.mark.parametrize("name", ["activity_edit", "activity_void"])
def test_an_address_that_was_kept_leads_back_to_the_row(clerk, row, signed, name):
    for answer in (
        clerk.get(reverse(name, args=[row.pk]), follow=True),
        clerk.post(reverse(name, args=[row.pk]), {"reason": "重复", "version": 0}, follow=True),
    ):
        assert SAID in str(next(iter(answer.context["messages"])))
    row.refresh_from_db()
    assert row.state == "recorded"


def test_confirming_a_heap_leaves_the_locked_rows_alone(cast, reviewer, row, signed):
    later = make_activity(by=cast.clerk, date=AFTER)
    page = reviewer.post(reverse("confirm"), {"rows": [f"{row.pk}.0", f"{later.pk}.0"]}, follow=True)
    said = [str(message) for message in page.context["messages"]]
    assert said == ["已确认 1 条记录。", "1 条没有处理：已经确认、作废或锁定，或在您打开列表后有改动。"]


def test_a_step_dated_into_it_is_refused_beside_its_day(clerk, hazard, signed):
    form = {"move": hazard.moves()[0].code, "day": "2020-03-20", "note": "补记", "version": hazard.version}
    page = clerk.post(reverse("hazard", args=[hazard.pk]), form)
    assert SAID in page.context["form"].errors["day"][0]


def test_a_target_and_an_issue_for_it_are_refused_beside_their_field(cast, clerk, signed):
    target = clerk.post(
        reverse("target_new") + "?period=2020H1",
        {"period": "2020H1", "area": "chamber", "item": 1, "text": "补记", "kind": "qualitative", "source": "own"},
    )
    assert SAID in target.context["form"].errors["period"][0]
    issue = clerk.post(
        reverse("issue_new"), {"area": "structure", "title": "补记", "source": "own", "opened_on": "2020-03-16"}
    )
    assert SAID in issue.context["form"].errors["opened_on"][0]


def test_it_is_told_in_the_readers_words(cast, signed):
    assert locked(cast.town, AFTER) is None
    assert SAID in locked(cast.town, AFTER, DAY).message


# ── at the moment of signing ──


def run(target) -> tuple[threading.Thread, list]:
    outcome: list = []

    def work() -> None:
        try:
            outcome.append(target())
        except Exception as error:
            outcome.append(type(error).__name__)
        finally:
            connections.close_all()

    thread = threading.Thread(target=work)
    thread.start()
    return thread, outcome


@pytest.mark.django_db(transaction=True)
def test_a_row_that_comes_while_the_document_is_frozen_waits_and_is_refused(monkeypatch):
    cast = Cast()
    make_activity(by=cast.clerk)
    started = []
    freeze = signing._freeze_figures

    def meanwhile(document, content):
        thread, outcome = run(lambda: make_activity(by=cast.clerk, title="同一时刻").pk)
        thread.join(0.5)
        started.append((thread, outcome, thread.is_alive()))
        freeze(document, content)

    monkeypatch.setattr(signing, "_freeze_figures", meanwhile)
    make_signed(by=cast.signer)
    thread, outcome, waited = started[0]
    thread.join()
    assert (waited, outcome) == (True, ["PeriodLocked"])
    assert not Activity.objects.filter(title="同一时刻").exists()


@pytest.mark.django_db(transaction=True)
def test_a_signature_waits_for_a_row_that_is_being_stored_and_refuses_to_leave_it_out():
    from django.db import transaction

    cast = Cast()
    summary = make_summary(by=cast.clerk, texts={"intro": "学习{理论学习次数}次。"}, state="signing")
    seen = proof_of(summary).sha256
    with transaction.atomic():
        make_activity(by=cast.clerk, title="同一时刻")
        thread, outcome = run(lambda: signing.sign(summary, cast.signer, NOW, SIGNED_ON, seen).pk)
        thread.join(1.5)
        assert thread.is_alive()
    thread.join()
    assert outcome == ["Changed"]
    summary.refresh_from_db()
    signing.sign(summary, cast.signer, NOW, SIGNED_ON, proof_of(summary).sha256)
    assert SignedRow.objects.filter(title="同一时刻").exists()


@pytest.mark.django_db(transaction=True)
def test_of_many_rows_around_a_signature_each_is_in_the_paper_or_refused():
    cast = Cast()
    summary = make_summary(by=cast.clerk, texts={"intro": "学习{理论学习次数}次。"}, state="signing")
    heap = [run(lambda number=number: make_activity(by=cast.clerk, title=f"第{number}行").title) for number in range(6)]
    signed = None
    while signed is None:
        try:
            signed = signing.sign(summary, cast.signer, NOW, SIGNED_ON, proof_of(summary).sha256)
        except signing.Changed:
            summary.refresh_from_db()
    for thread, _outcome in heap:
        thread.join()
    told = [outcome[0] for _thread, outcome in heap]
    recorded = set(Activity.objects.values_list("title", flat=True))
    frozen = set(SignedRow.objects.values_list("title", flat=True))
    assert recorded == frozen == {title for title in told if title != "PeriodLocked"}
