"""Static files as production serves them: collected once, under names that carry their hash."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.conf import settings as configured
from django.core.management import call_command
from django.test import Client
from django.urls import Resolver404, resolve, reverse

from tests.cast import Cast
from tests.factories import make_activity, make_issue, make_target

LINK = re.compile(r'\s(?:href|src|action|formaction|hx-get|hx-post)="([^"]*)"')
HASHED = re.compile(r"\.[0-9a-f]{12}\.\w+$")


@pytest.fixture
def collected(tmp_path: Path, settings) -> Path:
    settings.STORAGES = {
        **configured.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"},
    }
    settings.STATIC_ROOT = tmp_path / "static"
    call_command("collectstatic", interactive=False, verbosity=0)
    return tmp_path / "static"


def test_every_address_on_a_page_leads_somewhere(collected: Path, cast: Cast):
    row, target = make_activity(by=cast.clerk), make_target(by=cast.clerk)
    issue = make_issue(by=cast.clerk)
    clerk, administrator = cast.client(cast.clerk), cast.client(cast.administrator)
    clerk.post(reverse("summary_compose") + "?period=2020H1")
    pages = [
        (Client(), reverse("sign_in")),
        *((clerk, reverse(name)) for name in ("home", "areas", "ledger", "record", "targets", "issues", "summaries")),
        (clerk, row.get_absolute_url()),
        (clerk, target.get_absolute_url()),
        (clerk, issue.get_absolute_url()),
        (clerk, reverse("summary", args=[cast.town.summary_set.get().pk])),
        (clerk, "/no-such-page/"),
        *((administrator, reverse(name)) for name in ("manage", "users", "audit")),
    ]

    astray = {}
    for client, address in pages:
        links = set(LINK.findall(client.get(address).content.decode()))
        assert any(link.startswith("/static/") for link in links)
        if wrong := sorted(link for link in links if not leads_somewhere(link, collected)):
            astray[address] = wrong
    assert astray == {}


def leads_somewhere(link: str, collected: Path) -> bool:
    """Within the product alone: a file with its hash, a page, or a place on the same page."""
    parts = urlsplit(link.replace("&amp;", "&"))
    if parts.scheme or parts.netloc:
        return False
    if parts.path.startswith("/static/"):
        return bool(HASHED.search(parts.path)) and (collected / parts.path.removeprefix("/static/")).is_file()
    try:
        return not parts.path or bool(resolve(parts.path))
    except Resolver404:
        return False
