import datetime as dt
import time

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import AuditEvent, Role, SignInFailure, Unit
from tests.cast import PASSWORD, Cast
from tests.factories import make_town, make_user

HERE, ELSEWHERE = "10.0.0.1", "10.0.0.2"
REFUSED = "用户名或密码不正确，或账号已停用。如忘记密码，请联系本单位管理员重新设置。"
LOCKED = "连续 5 次登录失败，这个用户名在此处的登录暂停 30 分钟。如忘记密码，请联系本单位管理员重新设置。"

BARRED = "从此处登录失败的次数过多，请 30 分钟后再试。"


def sign_in(client: Client, username: str, password: str = PASSWORD, *, address: str = HERE, query: str = "", **extra):
    data = {"username": username, "password": password}
    return client.post(reverse("sign_in") + query, {**data, **extra.pop("data", {})}, REMOTE_ADDR=address, **extra)


def errors(response) -> list[str]:
    return [str(error) for error in response.context["form"].non_field_errors()]


def is_signed_in(client: Client) -> bool:
    return client.get(reverse("password_change")).status_code == 200


# Signing in


def test_the_right_password_leads_to_the_home_page_and_into_the_record(cast: Cast):
    response = sign_in(Client(), "clerk")

    assert (response.status_code, response.url) == (302, reverse("home"))
    event = AuditEvent.objects.get()
    assert (event.action, event.user, event.unit, event.detail) == ("sign_in", cast.clerk, cast.town, HERE)


def test_an_administrator_is_led_to_his_own_pages(cast: Cast):
    client = Client()
    sign_in(client, "administrator")
    assert client.get(reverse("home")).url == reverse("manage")


def test_one_goes_on_to_where_one_was_going(cast: Cast):
    client = Client()
    asked = client.get(reverse("ledger") + "?period=2020H1")
    assert asked.url == "/sign-in/?next=/ledger/%3Fperiod%3D2020H1"
    assert client.get(asked.url).context["next"] == "/ledger/?period=2020H1"

    assert sign_in(client, "clerk", data={"next": "/ledger/?period=2020H1"}).url == "/ledger/?period=2020H1"


@pytest.mark.parametrize(
    "address",
    [
        "https://evil.example/",
        "//evil.example",
        "javascript:alert(1)",
        r"/\evil.example",
        "http:///evil.example",
        "nowhere",
        "sign_out",
    ],
)
def test_nobody_is_led_off_the_site(cast: Cast, address: str):
    client = Client()
    page = client.get(reverse("sign_in"), {"next": address})
    assert page.context["next"] == ""
    assert sign_in(client, "clerk", data={"next": address}).url == reverse("home")
    assert client.get(reverse("sign_in"), {"next": address}).url == reverse("home")


def test_an_unknown_name_a_wrong_password_and_a_closed_account_are_told_the_same(cast: Cast):
    make_user(unit=cast.town, username="gone", is_active=False)
    make_user(unit=make_town(code="closed", name="旧镇", is_active=False), username="of-a-closed-unit")

    answers = [
        sign_in(Client(), "nobody"),
        sign_in(Client(), "clerk", "wrong"),
        sign_in(Client(), "gone"),
        sign_in(Client(), "gone", "wrong"),
        sign_in(Client(), "of-a-closed-unit"),
    ]

    assert [errors(answer) for answer in answers] == [[REFUSED]] * 5
    assert [answer.status_code for answer in answers] == [200] * 5


def test_the_name_stays_in_its_box_and_the_password_does_not(cast: Cast):
    page = sign_in(Client(), "clerk", "the-wrong-password").content.decode()
    assert 'value="clerk"' in page
    assert "the-wrong-password" not in page


def test_a_failure_of_a_known_user_is_recorded(cast: Cast):
    sign_in(Client(), "clerk", "wrong")
    sign_in(Client(), "nobody", "wrong")
    assert list(AuditEvent.objects.values_list("action", "user", "detail")) == [("refused", cast.clerk.pk, HERE)]


def test_the_session_gets_a_new_key(cast: Cast):
    client = Client()
    session = client.session
    session["planted"] = "by somebody else"
    session.save()
    client.cookies["sessionid"] = planted = session.session_key

    sign_in(client, "clerk")

    assert client.session.session_key != planted
    assert not Session.objects.filter(pk=planted).exists()


# Slowing guesses down


@pytest.mark.parametrize("username", ["clerk", "nobody"])
def test_the_fifth_failure_locks_the_name_at_this_address_even_for_the_right_password(cast: Cast, username: str):
    client = Client()
    assert [errors(sign_in(client, username, "wrong")) for _ in range(5)] == [[REFUSED]] * 4 + [[LOCKED]]
    assert errors(sign_in(client, username)) == [LOCKED]


def test_a_lock_shuts_out_neither_another_address_nor_another_name(cast: Cast):
    for _ in range(6):
        sign_in(Client(), "clerk", "wrong")
    assert sign_in(Client(), "clerk", address=ELSEWHERE).status_code == 302
    assert sign_in(Client(), "reviewer").status_code == 302


def test_a_new_forwarded_address_on_each_try_does_not_help(cast: Cast):
    for number in range(5):
        sign_in(Client(), "clerk", "wrong", HTTP_X_FORWARDED_FOR=f"192.0.2.{number}")
    assert errors(sign_in(Client(), "clerk", HTTP_X_FORWARDED_FOR="192.0.2.9")) == [LOCKED]


def test_behind_the_operators_proxy_only_what_that_proxy_wrote_counts(cast: Cast, settings):
    settings.BEHIND_PROXY = True
    for number in range(5):
        sign_in(Client(), "clerk", "wrong", HTTP_X_FORWARDED_FOR=f"192.0.2.{number}, {HERE}")
    assert errors(sign_in(Client(), "clerk", HTTP_X_FORWARDED_FOR=f"192.0.2.9, {HERE}")) == [LOCKED]
    assert sign_in(Client(), "clerk", HTTP_X_FORWARDED_FOR=f"{HERE}, {ELSEWHERE}").status_code == 302


def test_fifty_failures_bar_an_address_whatever_the_names(cast: Cast):
    client, start = Client(), timezone.now()
    for number in range(49):
        SignInFailure.objects.note(f"name-{number}", HERE, start)

    assert errors(sign_in(client, "somebody", "wrong")) == [BARRED]
    assert errors(sign_in(client, "clerk")) == [BARRED]
    assert sign_in(client, "clerk", address=ELSEWHERE).status_code == 302


def test_forty_nine_do_not(cast: Cast):
    for number in range(49):
        SignInFailure.objects.note(f"name-{number}", HERE, timezone.now())
    assert sign_in(Client(), "clerk").status_code == 302


def test_an_address_is_barred_while_fifty_failures_lie_within_thirty_minutes(db: None):
    start = timezone.now()
    for number in range(50):
        SignInFailure.objects.note(f"name-{number}", HERE, start + dt.timedelta(seconds=number))
    assert SignInFailure.objects.barred(HERE, start + dt.timedelta(minutes=29, seconds=59))
    assert not SignInFailure.objects.barred(HERE, start + dt.timedelta(minutes=30))


@pytest.mark.parametrize(
    ("written", "address"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("192.0.2.7:51234", "192.0.2.7"),
        ("2001:db8::7", "2001:db8::7"),
        ("[2001:db8::7]", "2001:db8::7"),
        ("[2001:db8::7]:51234", "2001:db8::7"),
        ("fe80::1%eth0", "fe80::1"),
        ("unknown", None),
        ("192.0.2.7:", None),
        ("192.0.2.700", None),
        ("[]:1", None),
        ("\x00", None),
        ("", None),
    ],
)
def test_what_a_proxy_wrote_is_an_address_or_unknown(cast: Cast, settings, written: str, address: str | None):
    settings.BEHIND_PROXY = True
    assert errors(sign_in(Client(), "clerk", "wrong", HTTP_X_FORWARDED_FOR=f"192.0.2.1, {written}")) == [REFUSED]
    assert SignInFailure.objects.get().address == address


def test_the_lock_holds_thirty_minutes_from_the_fifth_failure(db: None):
    start = timezone.now()
    failures = SignInFailure.objects
    for minute in (0, 7, 14, 21, 28):
        failures.note("clerk", HERE, start + dt.timedelta(minutes=minute))

    assert failures.locked("clerk", HERE, start + dt.timedelta(minutes=57, seconds=59))
    assert not failures.locked("clerk", HERE, start + dt.timedelta(minutes=58))


def test_five_failures_over_a_long_time_do_not_lock(db: None):
    start = timezone.now()
    for minute in (0, 9, 18, 27, 36):
        SignInFailure.objects.note("clerk", HERE, start + dt.timedelta(minutes=minute))
    assert not SignInFailure.objects.locked("clerk", HERE, start + dt.timedelta(minutes=36))


def test_old_failures_are_forgotten(db: None):
    start = timezone.now()
    SignInFailure.objects.note("clerk", HERE, start)
    SignInFailure.objects.note("reviewer", HERE, start + dt.timedelta(hours=2))
    assert [failure.username for failure in SignInFailure.objects.all()] == ["reviewer"]


# Ending a session


def test_signing_out_ends_the_session_and_clears_the_browser(cast: Cast, clerk: Client):
    response = clerk.post(reverse("sign_out"))

    assert (response.status_code, response.url) == (302, reverse("sign_in"))
    assert response["Clear-Site-Data"] == '"cache", "storage"'
    assert not is_signed_in(clerk)
    assert AuditEvent.objects.get().action == "sign_out"


def test_a_link_cannot_sign_anybody_out(clerk: Client):
    assert clerk.get(reverse("sign_out")).status_code == 405
    assert is_signed_in(clerk)


def test_a_deactivated_user_is_out_with_the_next_request(cast: Cast, clerk: Client):
    assert is_signed_in(clerk)
    cast.clerk.is_active = False
    cast.clerk.save()
    assert not is_signed_in(clerk)


def test_people_of_a_unit_out_of_use_are_out_until_it_is_used_again(cast: Cast, clerk: Client, outsider: Client):
    assert (is_signed_in(clerk), is_signed_in(outsider)) == (True, True)
    Unit.objects.filter(pk=cast.town.pk).update(is_active=False)

    assert (is_signed_in(clerk), is_signed_in(outsider)) == (False, True)
    assert errors(sign_in(Client(), "reviewer")) == [REFUSED]
    assert clerk.post(reverse("record"), {"title": "座谈会"}).url.startswith("/sign-in/")

    Unit.objects.filter(pk=cast.town.pk).update(is_active=True)
    assert sign_in(Client(), "reviewer").status_code == 302


def idle(client: Client, seconds: int, key: str = "used") -> None:
    session = client.session
    session.update({"begun": int(time.time()), "used": int(time.time())})
    session[key] = int(time.time()) - seconds
    session.save()


def test_half_an_hour_without_use_ends_the_session_and_says_why(cast: Cast, clerk: Client):
    idle(clerk, 32 * 60)
    response = clerk.get(reverse("ledger") + "?period=2020H1")

    assert response.url == "/sign-in/?idle=1&next=%2Fledger%2F%3Fperiod%3D2020H1"
    assert "因长时间未操作，已自动退出登录。请重新登录。" in clerk.get(response.url).content.decode()
    assert not is_signed_in(clerk)


def test_use_keeps_the_session(cast: Cast, clerk: Client):
    idle(clerk, 29 * 60)
    assert clerk.post(reverse("keep_session")).status_code == 204
    assert clerk.session["used"] >= int(time.time()) - 5


def test_a_session_ends_after_eight_hours_however_busy(cast: Cast, clerk: Client):
    idle(clerk, 8 * 3600 + 1, key="begun")
    assert clerk.get(reverse("password_change")).url.startswith("/sign-in/?idle=1")


def test_a_page_read_twice_in_a_minute_writes_its_session_once(clerk: Client, django_assert_num_queries):
    clerk.get(reverse("password_change"))
    with django_assert_num_queries(2):  # the session and the user
        clerk.post(reverse("keep_session"))


def test_htmx_is_sent_to_the_sign_in_page_as_a_whole(cast: Cast):
    headers = {"HX-Request": "true", "HX-Current-URL": "http://testserver/ledger/?period=2020H1"}
    response = Client().get(reverse("ledger"), headers=headers)
    assert response["HX-Redirect"] == "/sign-in/?idle=1&next=%2Fledger%2F%3Fperiod%3D2020H1"
    assert response.content == b""


def test_htmx_on_a_page_of_no_address_is_sent_there_too(cast: Cast):
    response = Client().get(reverse("ledger"), headers={"HX-Request": "true", "HX-Current-URL": "http://["})
    assert response["HX-Redirect"] == "/sign-in/?idle=1&next="


# Passwords

NEW = "jade-river-quiet-morning"


def change(client: Client, *, old: str = PASSWORD, new: str = NEW, again: str = NEW):
    data = {"old_password": old, "new_password1": new, "new_password2": again}
    return client.post(reverse("password_change"), data)


def test_a_changed_password_keeps_this_session_and_ends_the_others(cast: Cast, clerk: Client):
    other = cast.client(cast.clerk)
    assert is_signed_in(other)

    assert change(clerk).url == reverse("home")

    assert is_signed_in(clerk)
    assert not is_signed_in(other)
    assert sign_in(Client(), "clerk", NEW).status_code == 302
    assert sorted(AuditEvent.objects.values_list("action", flat=True)) == ["password", "sign_in"]


@pytest.mark.parametrize(
    ("given", "field", "message"),
    [
        ({"old": "wrong"}, "old_password", "原密码不正确。"),
        ({"again": NEW + "x"}, "new_password2", "两次输入的新密码不一致。"),
        ({"new": PASSWORD, "again": PASSWORD}, "new_password1", "新密码不能与原密码相同。"),
        ({"new": "short-pass", "again": "short-pass"}, "new_password2", "密码太短，至少要 12 个字符。"),
        ({"new": "qwertyuiop123", "again": "qwertyuiop123"}, "new_password2", "这个密码太常见了。"),
    ],
)
def test_a_password_that_will_not_do_is_refused_beside_its_field(cast, clerk, given: dict, field: str, message: str):
    response = change(clerk, **given)
    assert response.context["form"].errors == {field: [message]}


def test_whoever_has_a_one_time_password_sees_nothing_before_he_has_his_own(cast: Cast):
    user = make_user(unit=cast.town, role=Role.CLERK, username="newcomer")
    client, password = Client(), user.issue_password()
    assert sign_in(client, "newcomer", password).status_code == 302

    assert client.get(reverse("ledger")).url == reverse("password_change")
    assert client.post(reverse("record")).url == reverse("password_change")
    page = client.get(reverse("password_change")).content.decode()
    assert "请先设置自己的密码" in page
    assert reverse("ledger") not in page

    assert change(client, old=password).url == reverse("home")
    assert client.get(reverse("ledger")).status_code == 200


def test_a_one_time_password_is_long_and_never_the_same(cast: Cast):
    passwords = {cast.clerk.issue_password() for _ in range(20)}
    assert len(passwords) == 20
    assert {len(password) for password in passwords} == {19}


# Language


def test_the_interface_is_chinese_until_its_reader_chooses_english(cast: Cast):
    client = Client(headers={"Accept-Language": "en-US,en"})
    assert '<html lang="zh-hans">' in client.get(reverse("sign_in")).content.decode()

    assert client.post(reverse("set_language"), {"language": "en", "next": "/sign-in/"}).url == "/sign-in/"
    assert '<html lang="en">' in client.get(reverse("sign_in")).content.decode()


def test_choosing_a_language_leads_nobody_off_the_site(db: None):
    assert Client().post(reverse("set_language"), {"language": "en", "next": "https://evil.example/"}).url == "/"


def test_words_in_the_record_are_chinese_whoever_wrote_them(cast: Cast, administrator: Client):
    administrator.cookies["django_language"] = "en"
    data = {"name": cast.village.name + "新", "is_active": "on"}
    administrator.post(reverse("village_edit", args=[cast.village.pk]), data)
    assert AuditEvent.objects.get().detail == "修改：村（社区）"
