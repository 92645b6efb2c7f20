"""What a page costs: against a view that only says hello, and in a city of a million rows against the town alone."""

from __future__ import annotations

from collections.abc import Callable

from django.db import connections
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import Role
from workplans.compose import draft
from workplans.models import Activity
from workplans.paging import cursor

from . import data
from .data import HALF, TOWNS, reading
from .measure import head, medians, show

ROUNDS = 11


def run() -> None:
    operations = {alias: operations_of(alias) for alias in TOWNS}
    queries = {name: count(call, "city") for name, call in operations["city"].items()}
    cases = {f"{alias} {name}": (alias, operations[alias][name]) for name in queries for alias in TOWNS}
    cost = medians(cases, ROUNDS)
    head("Pages", "page", "queries", "CPU ms, town", "× hello", "× hello, signed in", "city ÷ town")
    for name, number in queries.items():
        town, city = cost[f"town {name}"], cost[f"city {name}"]
        show(name, number, town, town / cost["town hello"], town / cost["town hello, signed in"], city / town)
    for alias in TOWNS:
        ratio = cost[f"{alias} ledger, page 20"] / cost[f"{alias} ledger"]
        show(f"ledger in the {alias}: page 20 ÷ page 1", "", "", "", "", ratio)


def operations_of(alias: str) -> dict[str, Callable[[], object]]:
    """The pages by name, each a request of somebody who is signed in."""
    with reading(alias):
        unit, summary = data.measured(), data.summary()
        clerk, reviewer = signed_in(Role.CLERK), signed_in(Role.REVIEWER)
        venue = data.venue()
        rows = Activity.objects.of_unit(unit).in_period(HALF).valid().newest_first().values("date", "pk")
        deep = cursor(rows[19 * 25 - 1])
    period = f"?period={HALF.code}"
    return {
        "hello": page(Client(SERVER_NAME="localhost"), "/bench/hello"),
        "hello, signed in": page(clerk, "/bench/hello-member"),
        "ledger": page(clerk, f"/ledger/{period}"),
        "ledger, page 20": page(clerk, f"/ledger/{period}&after={deep}"),
        "ledger, rows to confirm": page(reviewer, f"/ledger/{period}&state=recorded"),
        "home of a clerk": page(clerk, f"/{period}"),
        "home of a clerk, period unsaid": page(clerk, "/"),
        "home of a reviewer": page(reviewer, f"/{period}"),
        "venues": page(clerk, f"/religion/venues/{period}"),
        "a venue": page(clerk, f"/religion/venues/{venue.pk}/{period}"),
        "hazards": page(clerk, f"/religion/hazards/{period}"),
        "editor of one section": page(clerk, f"/summaries/{summary.pk}/?section=religion"),
        "composer, draft()": lambda: draft(unit, HALF),
    }


def signed_in(role: str) -> Client:
    client = Client(SERVER_NAME="localhost")
    client.force_login(data.user(role))
    return client


def page(client: Client, address: str) -> Callable[[], HttpResponse]:
    def get() -> HttpResponse:
        response = client.get(address)
        if response.status_code != 200:
            raise RuntimeError(f"{address}: {response.status_code}")
        return response

    return get


def count(call: Callable[[], object], alias: str) -> int:
    with reading(alias), CaptureQueriesContext(connections[alias]) as queries:
        call()
        before = len(queries)
        call()
        return len(queries) - before
