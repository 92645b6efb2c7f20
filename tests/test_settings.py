"""The program starts safe or not at all."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.checks import run_checks
from django.http import HttpRequest, HttpResponse
from django.test import override_settings
from django.urls import path

ROOT = Path(__file__).parent.parent
SECRET = "k3v9-Qm7x_Zt2w-Hp5r_Ly8n-Bd4c_Gs6j-Fa1u_We0i-Rozk-Xc2e"  # of tests only
PRODUCTION = {"SECRET_KEY": SECRET, "ALLOWED_HOSTS": "ledger.example"}


def start(tmp_path: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    kept = {name: os.environ[name] for name in ("PATH", "LANG", "HOME") if name in os.environ}
    return subprocess.run(  # noqa: S603
        [sys.executable, "manage.py", *(arguments or ("check",))],
        # DEMO=0 outweighs the .env that a demonstration in this folder leaves behind
        cwd=ROOT, env={**kept, "DATA_DIR": str(tmp_path), "DEMO": "0", **environment}, capture_output=True, text=True, check=False,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("wrong", "reason"),
    [
        ({"SECRET_KEY": ""}, "SECRET_KEY must be a random text of at least 50 characters."),
        ({"SECRET_KEY": "short-but-random-8f3k"}, "SECRET_KEY must be a random text of at least 50 characters."),
        ({"SECRET_KEY": "a" * 60}, "SECRET_KEY must be a random text of at least 50 characters."),
        ({"SECRET_KEY": "django-insecure-" + SECRET}, "SECRET_KEY must be a random text of at least 50 characters."),
        ({"SECRET_KEY": "demo-only-" + SECRET}, "SECRET_KEY must be a random text of at least 50 characters."),
        ({"DEBUG": "1"}, "DEBUG is for development: set DEMO=1 with it, never in production."),
        ({"ALLOWED_HOSTS": ""}, "ALLOWED_HOSTS must name the hosts this program answers to."),
        ({"ALLOWED_HOSTS": "*"}, "ALLOWED_HOSTS must name the hosts this program answers to."),
        ({"ALLOWED_HOSTS": "ledger.example,*"}, "ALLOWED_HOSTS must name the hosts this program answers to."),
    ],
)
def test_production_refuses_to_start(tmp_path: Path, wrong: dict[str, str], reason: str):
    result = start(tmp_path, **{**PRODUCTION, **wrong})
    assert result.returncode != 0
    assert result.stderr.strip().splitlines()[-1] == f"django.core.exceptions.ImproperlyConfigured: {reason}"


def test_production_without_any_settings_refuses_to_start(tmp_path: Path):
    assert start(tmp_path).returncode != 0


def test_the_deployment_check_is_clean(tmp_path: Path):
    result = start(tmp_path, "check", "--deploy", "--fail-level", "WARNING", **PRODUCTION)
    assert (result.returncode, result.stdout) == (0, "System check identified no issues (0 silenced).\n")


def test_the_demonstration_starts_without_secrets(tmp_path: Path):
    assert start(tmp_path, DEMO="1").returncode == 0


ASK_SQLITE = """
from django.db import connection
names = "journal_mode", "synchronous", "foreign_keys", "secure_delete", "recursive_triggers"
with connection.cursor() as cursor:
    print(*(cursor.execute(f"PRAGMA {name}").fetchone()[0] for name in names), connection.transaction_mode)
"""


def test_sqlite_loses_nothing_in_a_power_cut_and_never_deadlocks(tmp_path: Path):
    full = 2
    result = start(tmp_path, "shell", "--verbosity", "0", "--command", ASK_SQLITE, **PRODUCTION)
    assert (result.stderr, result.stdout.split()) == ("", ["wal", str(full), "1", "1", "1", "IMMEDIATE"])


def test_no_request_is_one_transaction(settings):
    assert [alias for alias, database in settings.DATABASES.items() if database.get("ATOMIC_REQUESTS")] == []


def unmarked(request: HttpRequest) -> HttpResponse:
    return HttpResponse()


urlpatterns = [path("open-to-whom/", unmarked)]


@override_settings(ROOT_URLCONF="tests.test_settings")
def test_a_view_without_an_access_mark_stops_the_program():
    errors = [error for error in run_checks() if error.id == "accounts.E001"]
    assert [(error.msg, error.is_serious()) for error in errors] == [
        ("The view of /open-to-whom/ carries no access mark.", True)
    ]
