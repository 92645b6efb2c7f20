"""No page reads a whole table of the towns' rows: the databases' own query plans say so."""

import json
import re
from collections.abc import Callable, Iterator

import pytest
from django.apps import apps
from django.db import connection
from django.db.backends.utils import CursorWrapper
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from tests.cast import Cast
from tests.factories import (
    H1,
    make_activity,
    make_founding,
    make_headcount,
    make_issue,
    make_network,
    make_post,
    make_target,
)
from workplans.compose import start
from workplans.models import Activity, HeadcountSnapshot, Issue, Summary, Target

OWNED = {
    model._meta.db_table
    for label in ("workplans", "religion", "nonpublic", "chamber")
    for model in apps.get_app_config(label).get_models()
} | {"accounts_village", "accounts_auditevent"}
PERIOD = "?period=2020H1"


def full_scans(sql: str) -> list[str]:
    """The tables of the towns' rows that the database would read from end to end, whether by table or by index."""
    read = scans_of_sqlite(sql) if connection.vendor == "sqlite" else scans_of_postgresql(sql)
    return [table for table in read if table in OWNED]


def scans_of_sqlite(sql: str) -> list[str]:
    tables = {alias: table for table, alias in re.findall(r'(?:FROM|JOIN|UPDATE) "(\w+)"(?: "?([A-Z]\d+)"?)?', sql)}
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {sql}")
        found = [match[1] for *_, step in cursor.fetchall() if (match := re.match(r"SCAN (\S+)", step))]
    return [tables.get(alias, alias) for alias in found]


def scans_of_postgresql(sql: str) -> list[str]:
    with connection.cursor() as cursor:
        # Tables this small are quickest read whole; without that way the plan shows whether there is another.
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute(f"EXPLAIN (FORMAT JSON) {sql}")
        plan = cursor.fetchone()[0]
        cursor.execute("SET LOCAL enable_seqscan = on")
        found = []
        for node in nodes((json.loads(plan) if isinstance(plan, str) else plan)[0]["Plan"]):
            if node["Node Type"] == "Seq Scan":
                found.append(node["Relation Name"])
            elif "Index Name" in node:
                table, head = index_head(cursor, node["Index Name"])
                # A condition on a later column alone reads the whole index all the same.
                if not re.search(rf"\b{head}\b", node.get("Index Cond", "")):
                    found.append(table)
    return found


def index_head(cursor: CursorWrapper, name: str) -> tuple[str, str]:
    """An index's table and first column."""
    cursor.execute(
        "SELECT indrelid::regclass::text, attname FROM pg_index JOIN pg_attribute "
        "ON attrelid = indrelid AND attnum = indkey[0] WHERE indexrelid = %s::regclass",
        [f'"{name}"'],
    )
    return cursor.fetchone()


def nodes(plan: dict) -> Iterator[dict]:
    yield plan
    for below in plan.get("Plans", ()):
        yield from nodes(below)


def statements(queries: CaptureQueriesContext) -> list[str]:
    """What was asked; what changes or deletes rows has to find them first."""
    return [query["sql"] for query in queries if query["sql"].startswith(("SELECT", "UPDATE", "DELETE"))]


def composed(cast: Cast) -> Summary:
    return start(cast.town, H1, cast.clerk, timezone.now())


# The pages the goals name, and everything else that lists rows, by the names of their addresses.
PAGES: dict[str, tuple[str, Callable[[Cast], str]]] = {
    "home of a clerk": ("clerk", lambda cast: reverse("home") + PERIOD),
    "home at no period": ("clerk", lambda cast: reverse("home")),
    "home of a reviewer": ("reviewer", lambda cast: reverse("home") + PERIOD),
    "home of a signer": ("signer", lambda cast: reverse("home") + PERIOD),
    "home of a district": ("officer", lambda cast: reverse("home") + PERIOD),
    "ledger": ("clerk", lambda cast: reverse("ledger") + PERIOD),
    "ledger of a district": ("officer", lambda cast: reverse("ledger") + PERIOD),
    "ledger by area and state": ("clerk", lambda cast: reverse("ledger") + PERIOD + "&area=religion&state=recorded"),
    "ledger by words": ("clerk", lambda cast: reverse("ledger") + PERIOD + "&words=检查&q=检查"),
    "row": ("clerk", lambda cast: Activity.objects.of_unit(cast.town).earliest("pk").get_absolute_url()),
    "record": ("clerk", lambda cast: reverse("record")),
    "areas": ("clerk", lambda cast: reverse("areas") + PERIOD),
    "area": ("clerk", lambda cast: reverse("area", args=["religion"]) + PERIOD),
    "figure": ("clerk", lambda cast: reverse("figure", args=["inspections"]) + PERIOD),
    "figure of a count": ("officer", lambda cast: reverse("figure", args=["headcount_parties"]) + PERIOD),
    "headcounts": ("officer", lambda cast: reverse("headcounts") + PERIOD),
    "headcount": ("clerk", lambda cast: HeadcountSnapshot.objects.of_unit(cast.town).earliest("pk").get_absolute_url()),
    "networks": ("officer", lambda cast: reverse("networks") + PERIOD),
    "posts": ("officer", lambda cast: reverse("posts") + PERIOD),
    "information": ("officer", lambda cast: reverse("information") + PERIOD),
    "quarterly": ("clerk", lambda cast: reverse("quarterly") + PERIOD),
    "targets": ("clerk", lambda cast: reverse("targets") + PERIOD),
    "target": ("clerk", lambda cast: Target.objects.of_unit(cast.town).earliest("pk").get_absolute_url()),
    "issue": ("clerk", lambda cast: Issue.objects.of_unit(cast.town).earliest("pk").get_absolute_url()),
    "issues": ("clerk", lambda cast: reverse("issues") + PERIOD),
    "chamber": ("clerk", lambda cast: reverse("chamber", args=[make_founding(by=cast.clerk, text="商会").pk]) + PERIOD),
    "chambers of a district": ("officer", lambda cast: reverse("chambers") + PERIOD),
    "summaries": ("clerk", lambda cast: reverse("summaries") + PERIOD),
    "composer": ("clerk", lambda cast: reverse("summary", args=[composed(cast).pk])),
    "composer of one section": ("clerk", lambda cast: reverse("section", args=[composed(cast).pk, "religion"])),
}


@pytest.fixture
def town(cast: Cast) -> Cast:
    """A cast with rows in every table of both towns. No statistics are taken: they would call these tables small."""
    for by in (cast.clerk, cast.outsider):
        for number in range(30):
            make_activity(by=by, kind="inspection", title=f"检查{number}", audience={"public": 3})
        make_target(by=by)
        make_issue(by=by)
        make_headcount(by=by, parties=7)
        make_network(by=by, town=3)
        make_post(by=by)
    return cast


@pytest.mark.parametrize("name", PAGES)
def test_a_page_reads_no_table_of_the_towns_from_end_to_end(town: Cast, name: str):
    who, address = PAGES[name]
    client: Client = town.client(getattr(town, who))
    url = address(town)
    with CaptureQueriesContext(connection) as queries:
        response = client.get(url, follow=True)
    assert response.status_code == 200
    assert {sql: scans for sql in statements(queries) if (scans := full_scans(sql))} == {}
    assert any(table in sql for sql in statements(queries) for table in OWNED), "the page asked nothing: no proof"


def test_composing_reads_no_table_of_the_towns_from_end_to_end(town: Cast):
    with CaptureQueriesContext(connection) as queries:
        composed(town)
    assert {sql: scans for sql in statements(queries) if (scans := full_scans(sql))} == {}


def test_writing_a_row_reads_no_table_of_the_towns_from_end_to_end(town: Cast):
    """Recorded, edited, confirmed, made void; a target moved on, an issue followed."""

    def write() -> None:
        row = make_activity(by=town.clerk, audience={"public": 3})
        row.rewrite({"public": 4, "cadres": 1})
        row.confirm(town.reviewer)
        row.void("重复录入")
        make_target(by=town.clerk).move("active", day=H1.last_day, note="已启动", by=town.clerk)
        make_issue(by=town.clerk).log("active", day=H1.last_day, note="已协调", by=town.clerk)

    assert {sql: scans for sql in statements(capture(write)) if (scans := full_scans(sql))} == {}


@pytest.mark.parametrize(
    "rows",
    [
        lambda cast: Activity.objects.holding("检查"),
        lambda cast: Activity.objects.to_confirm(),
        lambda cast: Activity.objects.order_by("date"),
        lambda cast: Activity.history.all(),
        lambda cast: Summary.objects.latest_first(),
    ],
)
def test_the_reader_of_plans_finds_a_full_scan(town: Cast, rows: Callable):
    """The control: rows that nobody asked of a unit."""
    composed(town)
    sql = statements(capture(lambda: list(rows(town))))
    assert full_scans(sql[0]) == [rows(town).model._meta.db_table]


def test_the_reader_of_plans_lets_the_rows_of_a_unit_pass(town: Cast):
    (sql,) = statements(capture(lambda: list(Activity.objects.of_unit(town.town).in_period(H1).newest_first()[:26])))
    assert full_scans(sql) == []


def capture(ask: Callable[[], object]) -> CaptureQueriesContext:
    with CaptureQueriesContext(connection) as queries:
        ask()
    return queries
