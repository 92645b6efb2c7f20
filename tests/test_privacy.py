"""No model, form, import or export can hold a believer, and no field that is typed into takes a private number.

The list of what is forbidden stands in tests/test_architecture.py, beside the sweep over models, forms, kinds and metrics.
"""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest
from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models

from accounts.forms import GuardedForm, SignInForm
from accounts.guard import refuse_private_numbers
from tests.test_architecture import APPS, forbidden, product_forms, product_models, sources
from workplans.models.guard import LineField, NameField, ProseField
from workplans.views.verify import VerifyForm

IDENTITY, MOBILE = "11010519491231002X", "13800138000"

# Every name and label that domain.md §6 excludes: what a model of persons would be made of.
NEVER = [
    ("belief", "信仰"), ("faith", "信教情况"), ("believers", "信众人数"), ("believer_count", "信教群众"), ("ethnicity", "民族成份"),
    ("party_member", "政治面貌"), ("party_membership", "入党时间"), ("native_place", "籍贯"), ("family", "家庭成员"),
    ("spouse", "配偶"), ("children", "子女"), ("minors", "未成年人"), ("health", "健康状况"), ("birth_date", "出生日期"),
    ("birthday", "生日"), ("age", "年龄"), ("sex", "性别"), ("id_number", "身份证号"), ("idcard", "证件号码"),
    ("home_address", "家庭住址"), ("mobile", "手机号"), ("private_phone", "联系电话"), ("wechat", "微信号"),
    ("score", "评分"), ("rank", "排名"), ("portrait", "画像"), ("tags", "标签"), ("risk_level", "风险等级"),
    ("ideology", "思想动态"), ("face", "人脸"), ("gps", "定位"), ("login_count", "登录次数"),
]  # fmt: skip


def faults(model: type[models.Model]) -> dict[str, list[str]]:
    return {
        field.name: found
        for field in model._meta.local_fields
        if (found := forbidden(field.name, field.verbose_name, field.help_text))
    }


def made_up(**fields: models.Field) -> type[models.Model]:
    """A model that no app has, and that leaves no trace in the registry."""
    from django.apps.registry import Apps

    meta = type("Meta", (), {"app_label": "made_up", "apps": Apps()})
    return type("MadeUp", (models.Model,), {"__module__": __name__, "Meta": meta, **fields})


class TestForbidden:
    @pytest.mark.parametrize(("name", "label"), NEVER)
    def test_a_model_with_such_a_field_fails_by_its_name_and_by_its_label(self, name: str, label: str):
        for column, said in ((name, "一栏"), ("column", label)):
            found = faults(made_up(harmless=LineField("标题"), **{column: LineField(said, max_length=9)}))
            assert list(found) == [column]

    def test_a_help_text_that_asks_for_it_fails_too(self):
        assert list(faults(made_up(note=ProseField("备注", help_text="写明籍贯和家庭情况")))) == ["note"]

    def test_a_model_of_a_place_passes(self):
        assert faults(made_up(name=LineField("场所名称"), type=LineField("民间信仰活动场所"))) == {}


def columns_of_files() -> Iterator[tuple[str, str]]:
    """The words in the heads of the files that the product reads: imports and demonstration data."""
    for app in APPS:
        for path in sorted((Path(settings.BASE_DIR) / app).rglob("*.csv")):
            with path.open(encoding="utf-8-sig") as lines:
                yield from ((path.name, column) for column in lines.readline().strip().split(","))


def strings_of_transfers() -> Iterator[tuple[str, str]]:
    """Every text in the modules that import or export."""
    import ast

    for path, tree in sources(*APPS):
        if any(word in Path(path).stem for word in ("import", "export", "transfer", "sheets", "workbook")):
            yield from (
                (path, node.value)
                for node in ast.walk(tree)
                if isinstance(node, ast.Constant) and isinstance(node.value, str)
            )


class TestTransfers:
    def test_no_file_that_is_read_has_a_column_for_it(self):
        columns = list(columns_of_files())
        assert len(columns) > 20
        assert [(name, column) for name, column in columns if forbidden(column, column)] == []

    def test_no_import_or_export_names_it(self):
        told = list(strings_of_transfers())
        assert told
        assert [(path, text) for path, text in told if text.isidentifier() and forbidden(text)] == []
        assert [(path, text) for path, text in told if forbidden("", text)] == []


def name_fields() -> list[NameField]:
    return [
        field for model in product_models() for field in model._meta.local_fields if isinstance(field, NameField)
    ]  # fmt: skip


class TestNames:
    def test_every_field_that_may_hold_a_name_says_what_for_and_how_long(self):
        assert len(name_fields()) >= 2
        assert [str(field) for field in name_fields() if not (field.purpose.strip() and field.kept.strip())] == []

    def test_a_field_whose_label_asks_for_a_name_is_such_a_field(self):
        """A person's name has no other home: 姓名 and 负责人 are never asked for by an ordinary line."""
        wrong = [
            str(field)
            for model in product_models("workplans", "religion", "nonpublic", "chamber")
            for field in model._meta.local_fields
            if "姓名" in str(field.verbose_name) and not isinstance(field, NameField)
        ]
        assert wrong == []


# ── what is typed ──

CODES = {"kind", "area", "period", "metric", "token", "version"}


SEARCHED = {"words", "q", "search"}  # filters are read from the address and stored nowhere
Typed = tuple[type[forms.BaseForm], str, forms.Field]


def typed_fields() -> list[Typed]:
    """Every field of every form into which free text is typed and stored.

    Sign-in and the checking of a code store none; the forms of 管理 guard their fields when they are made (tests/accounts/test_manage.py).
    """
    return [
        (form, name, field)
        for form in sorted(product_forms(), key=lambda each: f"{each.__module__}.{each.__name__}")
        for name, field in getattr(form, "base_fields", {}).items()
        if isinstance(field, forms.CharField) and not isinstance(field.widget, (forms.HiddenInput, forms.PasswordInput))
        and not isinstance(field, forms.UUIDField) and name not in CODES | SEARCHED
        and not issubclass(form, (GuardedForm, SignInForm, VerifyForm))
    ]  # fmt: skip


def refusal(form: type[forms.BaseForm], name: str, field: forms.Field, text: str) -> list[str]:
    """What a form says to a text in its field: by the field itself, by its column, or by the method that cleans it."""
    try:
        value = field.clean(text)
        model = getattr(getattr(form, "_meta", None), "model", None)
        if model and name in {column.name for column in model._meta.fields}:
            model._meta.get_field(name).run_validators(value)
        elif method := getattr(form, f"clean_{name}", None):
            bare = form.__new__(form)
            bare.cleaned_data = {name: value}
            method(bare)
    except ValidationError as error:
        return error.messages
    return []


class TestTyped:
    def test_the_walk_meets_the_forms_of_every_area(self):
        apps = {form.__module__.split(".")[0] for form, _name, _field in typed_fields()}
        assert {"workplans", "religion"} <= apps
        assert len(typed_fields()) > 40

    @pytest.mark.parametrize(("number", "told"), [(IDENTITY, "身份证号"), (MOBILE, "手机号码")])
    def test_every_free_text_of_every_form_refuses_a_private_number_and_says_why(self, number: str, told: str):
        silent = [
            f"{form.__module__}.{form.__name__}.{name}"
            for form, name, field in typed_fields()
            if not any(told in message for message in refusal(form, name, field, number))
        ]
        assert silent == []

    def test_a_form_without_the_guard_is_caught(self):
        form = type("Careless", (forms.Form,), {})
        assert refusal(form, "open", forms.CharField(), MOBILE) == []
        guarded = forms.CharField(validators=[refuse_private_numbers])
        assert "手机号码" in refusal(form, "guarded", guarded, MOBILE)[0]

    def test_dates_and_amounts_are_no_private_numbers(self):
        field = LineField("标题", max_length=40).formfield()
        for harmless in (dt.date(2020, 3, 16).isoformat(), "灵寺〔2020〕3号", "0591-8888888", "共计1350万元"):
            assert field.clean(harmless) == harmless
