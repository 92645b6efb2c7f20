"""The house's rules (design: arrows, the unit in every row, what is never stored), read from the code itself."""

import ast
import importlib
import pkgutil
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django import forms
from django.apps import apps
from django.conf import settings
from django.db import models

from workplans.models.guard import refuse_private_numbers

ROOT = Path(settings.BASE_DIR)
APPS = ("accounts", "workplans", "religion", "nonpublic", "chamber")

# Who may import whom. The one arrow between areas: a chamber's members are enterprises.
ARROWS = {
    "accounts": set(),
    "workplans": {"accounts"},
    "religion": {"workplans", "accounts"},
    "nonpublic": {"workplans", "accounts"},
    "chamber": {"nonpublic", "workplans", "accounts"},
    "config": {"workplans", "accounts", "religion", "nonpublic", "chamber"},
}
AREA_APPS = ("religion", "nonpublic", "chamber")


def sources(*packages: str) -> Iterator[tuple[str, ast.Module]]:
    """Every module of the packages by its path, migrations excepted: Django writes them."""
    for package in packages:
        for path in sorted((ROOT / package).rglob("*.py")):
            if "migrations" not in path.parts:
                yield str(path.relative_to(ROOT)), ast.parse(path.read_text())


def imports(path: str, tree: ast.Module) -> Iterator[str]:
    """The dotted names of the modules that a module imports, relative ones made whole, wherever the line stands."""
    package = list(Path(path).with_suffix("").parts[:-1])
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = package[: len(package) - node.level + 1] if node.level else []
            base = [*above, *(node.module.split(".") if node.module else [])]
            yield from (".".join([*base, alias.name]) for alias in node.names)


def calls(tree: ast.Module, *names: str) -> list[int]:
    """The lines on which a method of one of these names is called."""
    return [
        node.lineno
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in names
    ]


class TestArrows:
    def test_every_package_of_the_product_has_its_place_in_the_house(self):
        found = {path.parent.name for path in ROOT.glob("*/__init__.py")} - {"tests"}
        assert found == set(ARROWS)

    @pytest.mark.parametrize("package", ARROWS)
    def test_imports_run_down_never_up_or_sideways(self, package: str):
        forbidden = set(ARROWS) - ARROWS[package] - {package}
        wrong = [
            (path, name)
            for path, tree in sources(package)
            for name in imports(path, tree)
            if name.split(".")[0] in forbidden
        ]
        assert wrong == []

    def test_the_reader_of_imports_sees_relative_and_inner_ones(self):
        tree = ast.parse("from .. import config\ndef f():\n    from ..models import period\n    import religion.area")
        found = set(imports("workplans/views/page.py", tree))
        assert found == {"workplans.config", "workplans.models.period", "religion.area"}

    def test_the_core_never_imports_its_own_areas(self):
        """theory, structure and figures come through the setting like every other area."""
        wrong = [
            (path, name)
            for path, tree in sources("workplans")
            if not path.startswith(("workplans/areas/", "workplans/demo/"))
            for name in imports(path, tree)
            if name.startswith("workplans.areas.")
        ]
        assert wrong == []

    def test_the_core_never_names_an_area_app(self):
        named = re.compile(rf"^({'|'.join(AREA_APPS)})[./]")
        wrong = [
            (path, node.value)
            for path, tree in sources("accounts", "workplans")
            for node in ast.walk(tree)
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and named.match(node.value)
        ]
        for folder in ("templates/workplans", "templates/components", "templates/accounts"):
            for page in (ROOT / folder).rglob("*.*"):
                found = re.findall(rf"""["']({"|".join(AREA_APPS)})/""", page.read_text())
                wrong += [(str(page), name) for name in found]
        assert wrong == []

    def test_only_the_document_knows_the_program_that_draws_pdf(self):
        knowing = {path for path, tree in sources(*ARROWS) for name in imports(path, tree)
                   if name.split(".")[0] in ("weasyprint", "pydyf")}  # fmt: skip
        assert knowing == {"workplans/render.py", "workplans/justify.py"}


class TestQueries:
    def test_views_ask_in_words_of_the_domain(self):
        """A .filter( in a view is a question without a name; it belongs on a queryset."""
        views = [(path, tree) for path, tree in sources(*APPS) if "/views" in path]
        assert len(views) > 5
        assert {path: lines for path, tree in views if (lines := calls(tree, "filter", "exclude"))} == {}

    def test_no_months_by_functions_that_sqlite_runs_in_python(self):
        slow = re.compile(r"__(month|year|quarter|week|week_day|day)\b|^(Trunc|Extract)[A-Z]?\w*$")
        wrong = []
        for path, tree in sources(*ARROWS):
            names = [name.rpartition(".")[2] for name in imports(path, tree)]
            for node in ast.walk(tree):
                if isinstance(node, ast.keyword) and node.arg:
                    names.append(node.arg)
                elif isinstance(node, ast.Constant) and isinstance(node.value, str) and " " not in node.value:
                    names.append(node.value)
            wrong += [(path, name) for name in names if slow.search(name)]
        assert wrong == []


def product_models(*labels: str) -> list[type[models.Model]]:
    """The product's models; history tables are copies and follow their originals."""
    return [
        model
        for label in labels or APPS
        for model in apps.get_app_config(label).get_models()
        if not hasattr(model, "history_object")
    ]


class TestUnits:
    NOT_OWNED = {
        "Unit": "the owner itself",
        "SignInFailure": "a name that failed to sign in may belong to nobody",
        "VerifyFailure": "a paper that nobody here has signed belongs to nobody",
    }
    ALONE = {
        ("User", "username"): "a name to sign in with is one in the whole program",
        ("SignedDocument", "summary"): "one document to a summary, found by the summary's own id",
        ("Target", "carried_from"): "one successor to a target, found by the target's own id",
    }

    def test_every_row_of_a_town_carries_its_unit(self):
        without = {m.__name__ for m in product_models() if "unit" not in {field.name for field in m._meta.fields}}
        assert without == set(self.NOT_OWNED)

    @pytest.mark.parametrize(
        "model", [m for m in product_models() if m.__name__ not in ("Unit", "SignInFailure", "VerifyFailure")]
    )
    def test_the_unit_heads_every_unique_key_and_every_index(self, model: type[models.Model]):
        meta = model._meta
        keys = [index.fields for index in meta.indexes]
        keys += [c.fields for c in meta.constraints if isinstance(c, models.UniqueConstraint)]
        keys += [list(together) for together in meta.unique_together]
        keys += [
            [field.name]
            for field in meta.local_fields
            if (field.db_index or field.unique) and not field.primary_key
            and (model.__name__, field.name) not in self.ALONE
        ]  # fmt: skip
        assert [key for key in keys if key[0].lstrip("-") != "unit"] == []

    def test_every_exception_is_still_one(self):
        for name, field in self.ALONE:
            model = next(m for m in product_models() if m.__name__ == name)
            assert model._meta.get_field(field).unique


# What the program never stores about a person (domain: what is never built). Of names each word between underscores
# is compared, of labels and help texts any part.
FORBIDDEN_WORDS = {
    "belief", "beliefs", "believer", "believers", "faith", "creed", "denomination", "baptism", "congregation",
    "ethnicity", "ethnic", "nationality", "race", "partymember", "native", "birthplace", "hometown", "family", "spouse",
    "child", "children", "minor", "minors", "household", "health", "disease", "birth", "birthday", "born", "age", "sex",
    "gender", "identity", "idcard", "passport", "phone", "mobile", "telephone", "wechat", "qq", "home",
    "score", "scores", "rank", "ranking", "portrait", "risk", "tag", "tags", "ideology", "tendency",
    "face", "fingerprint", "biometric", "latitude", "longitude", "location", "gps", "track", "logins",
}  # fmt: skip
FORBIDDEN_PAIRS = {
    "party_member",
    "party_membership",
    "native_place",
    "id_number",
    "id_card",
    "home_address",
    "login_count",
}
FORBIDDEN_HAN = (
    "信仰", "信教", "信众", "教徒", "教民", "民族成份", "政治面貌", "入党", "籍贯", "户籍", "家庭", "配偶", "子女", "未成年",
    "儿童", "健康", "病史", "出生", "生日", "性别", "年龄", "身份证", "证件号", "护照", "住址", "手机", "联系电话", "微信",
    "评分", "积分", "排名", "画像", "标签", "风险等级", "思想动态", "人脸", "指纹", "定位", "经纬度", "登录次数",
)  # fmt: skip
PLACES_OF_FOLK_BELIEF = "民间信仰"  # the rules' own name of a type of place, not of what anybody believes
ALLOWED_NAMES = {
    "office_phone": "the telephone of an enterprise's office",
}


def forbidden(name: str, *texts: object) -> list[str]:
    """What of a field's name, label and help text may not be there."""
    words = set(name.lower().split("_"))
    found = [] if name in ALLOWED_NAMES else sorted(words & FORBIDDEN_WORDS)
    found += [pair for pair in FORBIDDEN_PAIRS if pair in name.lower()]
    said = [str(text).replace(PLACES_OF_FOLK_BELIEF, "") for text in texts]
    return found + [han for han in FORBIDDEN_HAN if any(han in text for text in said)]


def product_forms() -> set[type[forms.BaseForm]]:
    found: set[type[forms.BaseForm]] = set()
    for app in (*APPS, "config"):
        package = importlib.import_module(app)
        for module in pkgutil.walk_packages(package.__path__, f"{app}."):
            if ".migrations" not in module.name:
                members = vars(importlib.import_module(module.name)).values()
                found |= {each for each in members if isinstance(each, type) and issubclass(each, forms.BaseForm)}
    return {form for form in found if form.__module__.split(".")[0] in (*APPS, "config")}


class TestPrivacy:
    def test_no_model_can_hold_what_must_not_be_stored(self):
        wrong = {}
        for label in APPS:
            for model in apps.get_app_config(label).get_models():  # history tables too
                for field in model._meta.local_fields:
                    if found := forbidden(field.name, field.verbose_name, field.help_text):
                        wrong[f"{model.__name__}.{field.name}"] = found
        assert wrong == {}

    def test_no_form_asks_for_it(self):
        assert len(product_forms()) > 5
        wrong = {}
        for form in product_forms():
            for name, field in getattr(form, "base_fields", {}).items():
                if found := forbidden(name, field.label, field.help_text):
                    wrong[f"{form.__name__}.{name}"] = found
        assert wrong == {}

    def test_no_kind_or_metric_counts_it(self):
        from workplans.area import kinds, metrics

        names = [*kinds().values(), *metrics().values()]
        assert {each.code: found for each in names if (found := forbidden(each.code, each.label))} == {}

    @pytest.mark.parametrize(
        ("name", "label"),
        [("belief", ""), ("mobile_phone", ""), ("native_place", ""), ("risk_level", ""), ("number", "信教群众人数"),
         ("note", "家庭住址"), ("id_number", "")],
    )  # fmt: skip
    def test_the_list_catches_them(self, name: str, label: str):
        assert forbidden(name, label) != []

    def test_the_list_lets_the_offices_own_words_pass(self):
        assert (
            forbidden("person_times", "人次") == forbidden("village", "村（社区）") == forbidden("office_phone") == []
        )

    UNGUARDED = {
        "Activity.kind": "a code of a listed kind",
        "Activity.area": "a code of a listed area",
        "Issue.area": "a code of a listed area",
        "Target.area": "a code of a listed area",
        "Target.period": "a period's code",
        "Target.metric": "a code of a metric",
        "Summary.period": "a period's code",
        "SummarySection.slot": "a code",
        "SummarySection.composed": "made by the composer out of guarded rows",
        "Attachment.file": "a path nobody chose",
        "Attachment.name": "a file name, refused by attachments.py while it is whole",
        "Attachment.content_type": "what the program found the file to be",
        "Attachment.sha256": "a hash",
        "SummaryStep.seen_sha256": "a hash",
        "SeenFigure.metric": "a code of a metric",
        "AcceptedNumber.period": "a period's code",
        "AcceptedNumber.sentence_sha256": "a hash",
        "AcceptedNumber.printed": "a number",
        "SignedDocument.text": "a copy of guarded text",
        "SignedDocument.content_sha256": "a hash",
        "SignedDocument.pdf_sha256": "a hash",
        "SignedDocument.version_code": "a part of a hash",
        "SignedDocument.signature": "a copy of the unit's own",
        "Cell.item": "a code of a sheet's item",
        **{
            f"{name}Step.{column}": "a code"
            for name in ("Hazard", "Dispute", "Suggestion", "Project", "Request")
            for column in ("move", "state")
        },
        "SignedFigure.metric": "a code of a metric",
        "SignedFigure.label": "a metric's label",
        "SignedFigure.printed": "a number",
        "SignedRow.number": "a ledger number",
        "SignedRow.title": "a copy of a guarded title",
    }

    def test_every_free_text_refuses_private_numbers(self):
        open_ = {
            f"{model.__name__}.{field.name}"
            for model in product_models("workplans", "religion", "nonpublic", "chamber")
            for field in model._meta.local_fields
            if isinstance(field, (models.CharField, models.TextField, models.FileField))
            and not field.choices
            and refuse_private_numbers not in field.validators
        }
        assert open_ == set(self.UNGUARDED)
