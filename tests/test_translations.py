"""The interface speaks Chinese and English: every Chinese word people read on a page goes through the catalogue."""

from __future__ import annotations

import ast
import gettext
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.template.base import Lexer, Token, TokenType

from accounts.models import Unit
from religion.models.checklist import DEFAULT_ITEMS

ROOT = Path(settings.BASE_DIR)
PACKAGES = ("accounts", "chamber", "config", "nonpublic", "religion", "workplans")
CATALOGUE = ROOT / "locale/en/LC_MESSAGES/django.po"
CHINESE = re.compile(r"[\u3001-\u303f\u4e00-\u9fff\uff01-\uff5e]")
KEPT = re.compile(r"%\(\w+\)|%[sd%]|<[^>]+>")  # what a translation has to take over as it stands

# In a template: a translation within a tag, a language's own name, and the date as the paper writes it.
ELSEWHERE = re.compile(r"""_\((["']).*?\1\)|(?<=lang="zh-hans">)简体中文|(?<=^day\|date:")Y年n月j日""")

# Modules and folders whose Chinese is the matter itself, not the interface.
CHINESE_BY_NATURE = {
    "workplans/compose.py": "writes the summary, a Chinese paper",
    "workplans/compare.py": "Chinese sentences",
    "workplans/typed.py": "Chinese sentences",
    "workplans/word.py": "sets a Chinese paper",
    "workplans/resolve.py": "reads the words in a summary's braces",
    "workplans/signing.py": "writes the summary, a Chinese paper",
    "workplans/numerals.py": "Chinese numerals and dates",
    "workplans/paper.py": "the numbering levels of a Chinese paper",
    "workplans/document.py": "sets a Chinese paper",
    "workplans/quarterly.py": "writes a note, a Chinese paper",
    "workplans/justify.py": "Chinese punctuation",
    "workplans/typeset.py": "Chinese punctuation",
    "workplans/fonts.py": "the names of Chinese faces",
    "workplans/sources.py": "writes files that go with a Chinese paper",
    "workplans/demo": "the demonstration's data",
    "workplans/management": "commands speak both languages at once",
    "accounts/management": "commands speak both languages at once",
    "workplans/migrations": "written by Django",
    "accounts/migrations": "written by Django",
    "religion/migrations": "written by Django",
    "religion/papers.py": "writes Chinese papers",
    "religion/demo": "the demonstration's data",
    "nonpublic/migrations": "written by Django",
    "nonpublic/papers.py": "writes Chinese papers",
    "nonpublic/demo": "the demonstration's data",
    "chamber/wording.py": "writes lines and sentences for papers, and the usual steps",
    "chamber/demo": "the demonstration's data",
    "chamber/migrations": "written by Django",
}
# Single texts, by module.
CHINESE_TEXTS = {
    "accounts/models/unit.py": {  # first values for papers
        "镇统战部门",
        "区委",
        "区委统战部",
        "中央统战工作会议精神",
        Unit._meta.get_field("study_topics").default,
    },
    "accounts/forms.py": {"修改：", "、"},  # the audit log is stored in Chinese
    "workplans/views/paper_format.py": {"修改公文格式"},  # the audit log is stored in Chinese
    "accounts/views/manage.py": {
        "新建单位",
        "新建村（社区），属",
        "新建用户，{}，{}",
        "重新设置一次性密码",
    },  # the same
    "religion/forms/matters.py": {"项目"},  # a project's own title is stored in Chinese
    "religion/models/matters.py": {"。"},  # the end of what was typed
    "religion/models/checklist.py": {text for _group, text in DEFAULT_ITEMS},  # first values, kept by inspections
    "nonpublic/forms/rows.py": {"："},  # the title lent to a row is stored in Chinese
    "nonpublic/views/requests.py": {"企业诉求三单"},  # the file name of a Chinese paper
    "religion/views/papers.py": {"安全检查记录", "整改通知书"},  # file names of Chinese papers
    "workplans/areas/structure.py": {"覆盖村（社区）数"},  # another name that writers may use in braces
    "workplans/attachments.py": {"附件"},  # the name of a file that has none
    "workplans/forms/day.py": {"%Y年%m月%d日"},  # a form of dates that is understood
    "workplans/metrics.py": {"余", "实"},  # written after a name in a summary's braces
    "workplans/models/activity.py": {"；"},  # a row's history is stored in Chinese
    "workplans/models/period.py": {"年", "年第", "季度", "月", "半年", "上", "下", "一二三四"},  # titles of papers
    "workplans/proof.py": {"。"},  # the end of a paper's heading
    "workplans/reports.py": {"实", "统战工作月报表", "统战工作总结"},  # titles of papers
    "workplans/views/forms_of_paper.py": {"（草稿）"},  # a Chinese paper's file name
    "workplans/views/summary.py": {"、", "；"},  # names of Chinese metrics
}
WORDS_OF_PAPERS = {"heading"}  # an area's, as it stands in the summary
TRANSLATORS = {"_", "gettext", "gettext_lazy", "gettext_noop", "ngettext", "ngettext_lazy", "pgettext", "pgettext_lazy"}


def test_every_text_has_an_english_translation(tmp_path: Path, settings, monkeypatch: pytest.MonkeyPatch):
    english, wanted = texts(CATALOGUE, tmp_path), texts(extracted(tmp_path, settings, monkeypatch), tmp_path)

    assert sorted(wanted.keys() - english.keys()) == []  # to be translated; `bin/messages` writes the catalogue anew


def test_translations_keep_the_placeholders(tmp_path: Path):
    broken = {
        source: translation
        for source, translation in texts(CATALOGUE, tmp_path).items()
        if sorted(KEPT.findall(source)) != sorted(KEPT.findall(translation))
    }

    assert broken == {}


def test_translations_are_english(tmp_path: Path):
    # Words that go into a Chinese summary stay Chinese: examples, what is written in braces, numbering.
    quoted = re.compile(r"E\.?g\. .*|e\.g\. .*|“[^”]*”|\{[^}]*\}|adds 余|:[余实]|[一（]+[一1]?[、）]")
    left = [text for text in texts(CATALOGUE, tmp_path).values() if CHINESE.search(quoted.sub("", text))]

    assert left == []


def test_templates_speak_through_the_catalogue():
    spoken = {
        f"{path.relative_to(ROOT)}:{token.lineno}": " ".join(token.contents.split())
        for path in sorted((ROOT / "templates").rglob("*.html"))
        if "print" not in path.parts  # the paper itself
        for token in untranslated(path.read_text())
    }

    assert spoken == {}


def test_python_speaks_through_the_catalogue():
    spoken = {
        f"{path.relative_to(ROOT)}:{node.lineno}": node.value
        for path in sorted(path for package in PACKAGES for path in (ROOT / package).rglob("*.py"))
        if not any(path.is_relative_to(ROOT / part) for part in CHINESE_BY_NATURE)
        for node in unwrapped(ast.parse(path.read_text()))
        if node.value not in CHINESE_TEXTS.get(str(path.relative_to(ROOT)), ())
    }

    assert spoken == {}


def extracted(folder: Path, settings, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A catalogue drawn from the sources as they are now, in which every text stands for itself."""
    for name in (*PACKAGES, "templates"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("*.pyc"))
    settings.LOCALE_PATHS = [folder / "locale"]
    (folder / "locale").mkdir()
    monkeypatch.chdir(folder)
    call_command("makemessages", locale=["en"], extensions=["html", "py"], verbosity=0)
    complete = folder / "complete.po"
    gettext_tool("msgen", folder / "locale/en/LC_MESSAGES/django.po", "-o", complete)
    return complete


def texts(catalogue: Path, folder: Path) -> dict[str, str]:
    """Source and translation of each text that is translated for sure; the forms of a plural one by one."""
    compiled = folder / f"{catalogue.stem}.mo"
    gettext_tool("msgfmt", "--check-format", "-o", compiled, catalogue)
    with compiled.open("rb") as file:
        found = gettext.GNUTranslations(file)._catalog
    return {
        key if isinstance(key, str) else f"{key[0]}" + "*" * key[1]: translation
        for key, translation in found.items()
        if key
    }


def gettext_tool(*command: str | Path) -> None:
    subprocess.run(command, check=True)  # noqa: S603


def untranslated(source: str) -> Iterator[Token]:
    """The parts of a template that hold Chinese outside translations and comments."""
    ends = {"comment": "endcomment", "blocktranslate": "endblocktranslate", "blocktrans": "endblocktrans"}
    until = ""
    for token in Lexer(source).tokenize():
        tag = token.contents.split(maxsplit=1)[0] if token.token_type == TokenType.BLOCK else ""
        if until:
            until = "" if tag == until else until
        elif tag in ends:
            until = ends[tag]
        elif tag not in ("translate", "trans") and token.token_type != TokenType.COMMENT:
            rest = ELSEWHERE.sub("", token.contents)
            if CHINESE.search(rest):
                yield token


def unwrapped(tree: ast.AST) -> Iterator[ast.Constant]:
    """The Chinese strings of a module that no translating call holds; docstrings are for developers."""
    match tree:
        case ast.Call(func=ast.Name(id=name)) if name in TRANSLATORS:
            return
        case ast.keyword(arg=name) if name in WORDS_OF_PAPERS:
            return
        case ast.Expr(value=ast.Constant()):
            return
        case ast.Constant(value=str() as text) if CHINESE.search(text):
            yield tree
    for child in ast.iter_child_nodes(tree):
        yield from unwrapped(child)
