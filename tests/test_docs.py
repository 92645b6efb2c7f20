"""What README and docs say is there is there."""

import re
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import get_commands
from django.db import models

from accounts.models import SignInFailure, User
from workplans.models.guard import NameField

ROOT = Path(settings.BASE_DIR)
SETTINGS = (ROOT / "config/settings.py").read_text()
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
OURS = r"(?:bin|docs|tests|templates|static|locale|config|accounts|workplans|religion|nonpublic|chamber|requirements)"


def named_files(page: Path) -> set[str]:
    """Paths from the root in backticks or in blocks of commands; programs' arguments and wildcards left aside."""
    code = re.findall(r"`([^`\n]+)`|^ {4}(.+)$", page.read_text(), re.M)
    return {path for pair in code for path in re.findall(rf"(?<![\w./]){OURS}/[\w./-]*\w(?![\w*])", " ".join(pair))}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
class TestEveryPage:
    def test_its_files_exist(self, page: Path):
        assert [path for path in named_files(page) if not (ROOT / path).exists()] == []

    def test_its_links_lead_somewhere(self, page: Path):
        links = re.findall(r"\]\(([^)#:]+)\)", page.read_text())
        assert [link for link in links if not (page.parent / link).exists()] == []

    def test_its_commands_are_known(self, page: Path):
        named = set(re.findall(r"manage\.py ([a-z_]+)", page.read_text()))
        assert named - set(get_commands()) == set()


def test_the_reader_of_files_sees_some():
    assert {"bin/demo", "bin/test"} <= named_files(ROOT / "README.md")


def test_every_program_is_named_somewhere():
    told = "".join(page.read_text() for page in PAGES)
    assert [path.name for path in (ROOT / "bin").iterdir() if f"bin/{path.name}" not in told] == []


def test_every_setting_is_told():
    read = set(re.findall(r'"([A-Z][A-Z_]+)"', "".join(re.findall(r"\benv[.\w]*\(.*", SETTINGS))))
    told = set(re.findall(r"^\| `([A-Z_]+)`", (ROOT / "docs/operate.md").read_text(), re.M))
    assert told == read


def test_every_field_that_may_hold_a_persons_name_is_told():
    """Every text that persons with an account choose; and, where free text is guarded, the fields declared for a name."""
    told = set(re.findall(r"`(\w+\.\w+)`", (ROOT / "docs/privacy.md").read_text()))
    may = {
        f"{model.__name__}.{field.name}"
        for model in (User, SignInFailure)
        for field in model._meta.local_fields
        if isinstance(field, (models.CharField, models.GenericIPAddressField))
        and not field.choices and field.name != "password"
    }  # fmt: skip
    may |= {
        f"{model.__name__}.{field.name}"
        for model in apps.get_app_config("workplans").get_models()
        for field in model._meta.local_fields
        if isinstance(field, NameField)
    }
    assert may - told == set()
    for field in told:
        model, name = field.split(".")
        assert [m for m in apps.get_models() if m.__name__ == model and m._meta.get_field(name)]
