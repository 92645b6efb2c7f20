import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import AuditEvent, Level, Role, Unit, User, Village
from tests.cast import Cast
from tests.factories import make_district, make_town, make_user, make_village

UNIT = {
    "office": "镇统战部门", "leading_body": "区委", "guiding_body": "区委统战部",
    "spirit": "中央统战工作会议精神", "study_topics": Unit._meta.get_field("study_topics").default, "slogan": "", "signature": "",
}  # fmt: skip


@pytest.fixture
def town_administrator(cast: Cast) -> Client:
    return cast.client(make_user(unit=cast.town, role=Role.ADMINISTRATOR, username="town-admin"))


def events() -> list[tuple[str, str, str]]:
    return list(AuditEvent.objects.order_by("pk").values_list("action", "subject", "detail"))


# What is in sight


def names(response, key: str) -> list[str]:
    return [str(row) for row in response.context[key]]


def test_a_district_administrator_sees_his_district_and_its_towns(cast: Cast, administrator: Client):
    foreign = make_town(parent=make_district(code="linxian", name="临县"), code="heshui", name="河水镇")
    make_village(unit=foreign, name="远村")
    make_user(unit=foreign, username="far", name="远方记录员")

    assert names(administrator.get(reverse("manage")), "units") == ["云川区", "白石镇", "清溪镇"]
    assert names(administrator.get(reverse("villages")), "villages") == ["西河村", "东山村"]
    assert "远方记录员" not in names(administrator.get(reverse("users")), "users")


def test_a_town_administrator_sees_his_town_only(cast: Cast, town_administrator: Client):
    assert names(town_administrator.get(reverse("manage")), "units") == ["清溪镇"]
    assert names(town_administrator.get(reverse("villages")), "villages") == ["东山村"]
    units = {user.unit for user in town_administrator.get(reverse("users")).context["users"]}
    assert units == {cast.town}


def test_the_lists_can_be_of_one_unit(cast: Cast, administrator: Client):
    assert names(administrator.get(reverse("villages") + "?unit=baishi"), "villages") == ["西河村"]
    assert names(administrator.get(reverse("users") + "?unit=baishi"), "users") == [cast.outsider.name]
    assert administrator.get(reverse("users") + "?unit=nowhere").status_code == 404


@pytest.mark.parametrize("page", ["users", "villages", "user_new", "village_new"])
def test_a_unit_that_is_not_there_cannot_be_named(administrator: Client, page: str):
    found = [administrator.get(reverse(page), {"unit": code}).status_code for code in ("nowhere", "\x00", "qingxi\x00")]
    assert found == [404, 404, 404]


def test_each_unit_counts_its_users_and_villages_in_use(cast: Cast, administrator: Client):
    make_user(unit=cast.town, username="gone", is_active=False)
    make_village(unit=cast.town, name="北山村")
    counts = {
        unit.code: (unit.user_count, unit.village_count)
        for unit in administrator.get(reverse("manage")).context["units"]
    }
    assert counts == {"yunchuan": (2, 0), "baishi": (1, 1), "qingxi": (3, 2)}


@pytest.mark.parametrize("page", ["manage", "users", "villages", "audit"])
def test_lists_cost_the_same_for_one_and_for_thirty(cast, administrator, page: str, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    administrator.get(reverse(page))
    with CaptureQueriesContext(connection) as few:
        administrator.get(reverse(page))
    for number in range(30):
        town = make_town(parent=cast.district, code=f"town-{number}", name=f"镇{number}")
        make_village(unit=town)
        AuditEvent.objects.record(make_user(unit=town, username=f"user-{number}"), "sign_in")
    with django_assert_num_queries(len(few)):
        administrator.get(reverse(page))


# Units


def test_a_district_administrator_adds_a_town(cast: Cast, administrator: Client):
    cast.district.spirit = "全区统战工作会议精神"
    cast.district.save()
    assert administrator.get(reverse("unit_new")).context["form"]["spirit"].value() == "全区统战工作会议精神"

    response = administrator.post(reverse("unit_new"), {**UNIT, "name": "南湖镇", "code": "nanhu"})

    assert response.url == reverse("manage")
    unit = Unit.objects.get(code="nanhu")
    assert (unit.name, unit.level, unit.parent) == ("南湖镇", Level.TOWN, cast.district)
    assert events() == [("unit", "南湖镇", "新建单位")]


def test_a_town_administrator_adds_no_towns(cast: Cast, town_administrator: Client):
    assert town_administrator.get(reverse("unit_new")).status_code == 403
    assert town_administrator.post(reverse("unit_new"), {**UNIT, "name": "南湖镇", "code": "nanhu"}).status_code == 403
    assert not Unit.objects.filter(code="nanhu").exists()
    assert f'"{reverse("unit_new")}"' not in town_administrator.get(reverse("manage")).content.decode()


@pytest.mark.parametrize(
    ("code", "message"),
    [
        ("南湖", "单位代码只能用小写字母、数字和连字符。"),
        ("Nanhu", "单位代码只能用小写字母、数字和连字符。"),
        ("qingxi", "这个单位代码已有单位使用。"),
    ],
)
def test_a_code_that_will_not_do_is_refused_and_what_was_typed_stays(cast, administrator, code: str, message: str):
    response = administrator.post(reverse("unit_new"), {**UNIT, "name": "南湖镇", "code": code})
    assert response.context["form"].errors == {"code": [message]}
    assert 'value="南湖镇"' in response.content.decode()


def test_settings_of_a_unit_are_stored_with_a_record_of_which_changed(cast: Cast, administrator: Client):
    data = {**UNIT, "name": "清溪镇", "signature": "清溪镇党委", "slogan": "生态清溪", "is_active": "on"}
    administrator.post(reverse("unit_edit", args=["qingxi"]), data)

    cast.town.refresh_from_db()
    assert (cast.town.signature, cast.town.slogan, cast.town.code) == ("清溪镇党委", "生态清溪", "qingxi")
    assert events() == [("unit", "清溪镇", "修改：地方建设口号、总结落款")]


def test_a_code_never_changes(cast: Cast, administrator: Client):
    data = {**UNIT, "name": "清溪镇", "code": "other", "is_active": "on"}
    administrator.post(reverse("unit_edit", args=["qingxi"]), data)
    assert Unit.objects.get(pk=cast.town.pk).code == "qingxi"
    assert events() == []


def test_an_administrator_cannot_deactivate_his_own_unit(cast: Cast, administrator: Client):
    administrator.post(reverse("unit_edit", args=["yunchuan"]), {**UNIT, "name": "云川区"})
    cast.district.refresh_from_db()
    assert cast.district.is_active


# Villages


def test_a_village_is_added_to_a_managed_town(cast: Cast, administrator: Client):
    data = {"unit": cast.town.pk, "name": "南山村"}
    assert administrator.post(reverse("village_new"), data).url == reverse("villages") + "?unit=qingxi"
    again = administrator.post(reverse("village_new"), {**data, "name": "南岭村", "again": "1"})
    assert again.url == reverse("village_new") + "?unit=qingxi"
    assert Village.objects.get(name="南山村").unit == cast.town
    assert events()[0] == ("unit", "南山村", "新建村（社区），属清溪镇")


def test_a_village_is_not_added_elsewhere(cast: Cast, town_administrator: Client, administrator: Client):
    for client, unit in [(town_administrator, cast.other_town), (administrator, cast.district)]:
        response = client.post(reverse("village_new"), {"unit": unit.pk, "name": "南山村"})
        assert list(response.context["form"].errors) == ["unit"]
    assert not Village.objects.filter(name="南山村").exists()


def test_a_village_of_the_same_name_is_refused_beside_the_name(cast: Cast, administrator: Client):
    message = {"name": ["这个单位已有同名的村（社区）。"]}
    response = administrator.post(reverse("village_new"), {"unit": cast.town.pk, "name": "东山村"})
    assert response.context["form"].errors == message

    other = make_village(unit=cast.town, name="北山村")
    response = administrator.post(reverse("village_edit", args=[other.pk]), {"name": "东山村", "is_active": "on"})
    assert response.context["form"].errors == message


def test_a_village_stays_with_its_town(cast: Cast, administrator: Client):
    data = {"unit": cast.other_town.pk, "name": "东山社区", "is_active": "on"}
    administrator.post(reverse("village_edit", args=[cast.village.pk]), data)
    cast.village.refresh_from_db()
    assert (cast.village.name, cast.village.unit) == ("东山社区", cast.town)


# Users


def new_user(cast: Cast, **fields) -> dict:
    return {"unit": cast.town.pk, "role": "clerk", "username": "newcomer", "name": "统战干事", "post": "", **fields}


def test_a_new_user_gets_a_password_for_one_sign_in_shown_once(cast: Cast, administrator: Client):
    response = administrator.post(reverse("user_new"), new_user(cast))

    user, password = User.objects.get(username="newcomer"), response.context["password"]
    assert (user.unit, user.role, user.must_change_password) == (cast.town, "clerk", True)
    assert password in response.content.decode()
    assert "no-store" in response["Cache-Control"]
    assert events() == [("account", "newcomer", "新建用户，清溪镇，记录员")]

    client = Client()
    signed_in = client.post(reverse("sign_in"), {"username": "newcomer", "password": password})
    assert signed_in.status_code == 302
    assert client.get(reverse("home")).url == reverse("password_change")


@pytest.mark.parametrize(("unit", "role"), [("district", "clerk"), ("district", "signer"), ("town", "district")])
def test_a_role_belongs_to_a_level(cast: Cast, administrator: Client, unit: str, role: str):
    data = new_user(cast, unit=getattr(cast, unit).pk, role=role)
    response = administrator.post(reverse("user_new"), data)
    message = "区级角色只设在区级单位；记录员、统战委员、签发人只设在乡镇（街道）。"
    assert response.context["form"].errors == {"role": [message]}


def test_a_town_administrator_gives_only_a_towns_roles_in_his_town(cast: Cast, town_administrator: Client):
    form = town_administrator.get(reverse("user_new")).context["form"]
    assert [value for value, label in form.fields["role"].choices] == ["clerk", "reviewer", "signer", "administrator"]
    response = town_administrator.post(reverse("user_new"), new_user(cast, unit=cast.other_town.pk))
    assert list(response.context["form"].errors) == ["unit"]


@pytest.mark.parametrize("field", ["username", "name", "post"])
def test_a_mobile_number_is_no_name(cast: Cast, administrator: Client, field: str):
    response = administrator.post(reverse("user_new"), new_user(cast, **{field: "13800138000"}))
    assert response.context["form"].errors == {field: ["这里含有手机号码。本系统不保存个人电话，请删去后再保存。"]}


@pytest.mark.parametrize("field", ["name", "post"])
def test_a_name_is_one_line(cast: Cast, administrator: Client, field: str):
    response = administrator.post(reverse("user_new"), new_user(cast, **{field: "统战\n干事"}))
    assert response.context["form"].errors == {field: ["这里只能写一行，请删去换行和不可见的控制字符。"]}


def test_a_name_in_use_is_refused(cast: Cast, administrator: Client):
    response = administrator.post(reverse("user_new"), new_user(cast, username="clerk"))
    assert response.context["form"].errors == {"username": ["这个用户名已有人使用。"]}


def test_a_user_can_be_deactivated_and_stays_in_his_unit(cast: Cast, administrator: Client, clerk: Client):
    data = {"unit": cast.other_town.pk, "role": "clerk", "username": "clerk", "name": "记录员", "post": ""}
    administrator.post(reverse("user_edit", args=[cast.clerk.pk]), data)

    cast.clerk.refresh_from_db()
    assert (cast.clerk.is_active, cast.clerk.unit) == (False, cast.town)
    assert clerk.get(reverse("ledger")).url.startswith("/sign-in/")
    assert events() == [("account", "clerk", "修改：启用")]


def test_protected_fields_do_not_change_by_a_form(cast: Cast, administrator: Client):
    before = User.objects.get(pk=cast.clerk.pk)
    data = {"role": "clerk", "username": "clerk", "name": "干事", "post": "", "is_active": "on"}
    extra = {"password": "x", "must_change_password": "on", "id": "999", "created_at": "2000-01-01"}
    administrator.post(reverse("user_edit", args=[cast.clerk.pk]), {**data, **extra})

    after = User.objects.get(pk=cast.clerk.pk)
    assert after.name == "干事"
    assert (after.password, after.must_change_password, after.created_at) == (
        before.password, before.must_change_password, before.created_at,
    )  # fmt: skip


def test_the_last_administrator_cannot_deactivate_or_demote_himself(cast: Cast, administrator: Client):
    data = {"role": "district", "username": "administrator", "name": "区管理员", "post": ""}
    administrator.post(reverse("user_edit", args=[cast.administrator.pk]), data)

    cast.administrator.refresh_from_db()
    assert (cast.administrator.is_active, cast.administrator.role) == (True, Role.ADMINISTRATOR)
    assert cast.administrator.name == "区管理员"


def test_a_reset_password_is_asked_for_first_and_ends_the_users_sessions(
    cast: Cast, administrator: Client, clerk: Client
):
    address = reverse("user_password", args=[cast.clerk.pk])
    asked = administrator.get(address)
    assert "重新设置记录员（清溪镇）的密码？" in asked.content.decode()
    assert clerk.get(reverse("ledger")).status_code == 200

    password = administrator.post(address).context["password"]

    assert clerk.get(reverse("ledger")).url.startswith("/sign-in/")
    cast.clerk.refresh_from_db()
    assert cast.clerk.must_change_password
    assert cast.clerk.check_password(password)
    assert events() == [("account", "clerk", "重新设置一次性密码")]
    assert password not in administrator.get(reverse("audit")).content.decode()


def test_ones_own_password_is_changed_where_everybody_changes_it(cast: Cast, administrator: Client):
    response = administrator.post(reverse("user_password", args=[cast.administrator.pk]))
    assert response.url == reverse("password_change")


# The record


def test_the_record_is_paged_both_ways_without_a_gap(cast: Cast, administrator: Client):
    for number in range(120):
        AuditEvent.objects.record(cast.clerk, "export", f"第{number}次")

    def page(query: str):
        response = administrator.get(reverse("audit") + query)
        return [event.subject for event in response.context["events"]], response.context

    everything = [f"第{number}次" for number in reversed(range(120))]
    first, context = page("")
    assert (first, context["newer_url"]) == (everything[:50], "")
    second, context = page(context["older_url"])
    assert second == everything[50:100]
    third, end = page(context["older_url"])
    assert (third, end["older_url"]) == (everything[100:], "")
    back, _ = page(end["newer_url"])
    assert back == second
    assert page(context["newer_url"])[0] == first


@pytest.mark.parametrize("side", ["before", "after"])
def test_beside_the_only_event_there_is_none(cast: Cast, administrator: Client, side: str):
    event = AuditEvent.objects.record(cast.clerk, "export", "总结")
    page = administrator.get(reverse("audit"), {side: event.pk}).context
    assert (list(page["events"]), page["newer_url"], page["older_url"]) == ([], "", "")


@pytest.mark.parametrize(
    "query", ["?before=abc", "?before=99999999999999999999", "?after=0", "?before=-1", "?after=" + "9" * 5000]
)
def test_an_event_that_is_not_there_is_not_found(administrator: Client, query: str):
    assert administrator.get(reverse("audit") + query).status_code == 404


def test_the_record_of_another_town_is_not_seen(cast: Cast, town_administrator: Client):
    event = AuditEvent.objects.record(cast.outsider, "export", "白石镇总结")
    assert names(town_administrator.get(reverse("audit")), "events") == []
    assert town_administrator.get(reverse("audit") + f"?before={event.pk}").status_code == 404
