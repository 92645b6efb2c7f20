import os
import shutil
from collections.abc import Iterator

import pytest
from django.test import Client

from .cast import Cast

# Playwright's event loop runs in the test's own thread; Django would take every query for one made by a coroutine.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")


@pytest.fixture
def cast(db: None) -> Cast:
    """Two towns of one district, and everybody who works there."""
    return Cast()


@pytest.fixture
def clerk(cast: Cast) -> Client:
    return cast.client(cast.clerk)


@pytest.fixture
def reviewer(cast: Cast) -> Client:
    return cast.client(cast.reviewer)


@pytest.fixture
def signer(cast: Cast) -> Client:
    return cast.client(cast.signer)


@pytest.fixture
def district(cast: Cast) -> Client:
    return cast.client(cast.officer)


@pytest.fixture
def administrator(cast: Cast) -> Client:
    return cast.client(cast.administrator)


@pytest.fixture
def outsider(cast: Cast) -> Client:
    """The clerk of the other town."""
    return cast.client(cast.outsider)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict) -> dict:
    """The system's Chromium, speaking Chinese; its sandbox works for everybody but root."""
    arguments = ["--disable-background-networking", "--disable-component-update", "--disable-quic", "--disable-gpu"]
    return {
        **browser_type_launch_args,
        "executable_path": os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser"),
        "args": arguments + (["--no-sandbox"] if os.geteuid() == 0 else []),
        "env": {**os.environ, "LANGUAGE": "zh_CN"},
    }


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict) -> dict:
    return {**browser_context_args, "locale": "zh-CN", "timezone_id": "Asia/Shanghai"}


@pytest.fixture(autouse=True)
def _chinese_again() -> Iterator[None]:
    """A test that chose English leaves the next one Chinese."""
    from django.utils import translation

    yield
    translation.activate("zh-hans")
