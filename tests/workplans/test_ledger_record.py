"""记一笔 and 修改: what is entered, what is asked, what is refused, and that nothing typed is lost."""

import datetime as dt
import io
import uuid
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from accounts.models import Role
from tests.cast import Cast
from tests.factories import DAY, make_activity, make_target, make_village
from workplans.models import Activity, Attachment, LedgerCounter, Period

RECORD = "/ledger/record/"


def typed(**fields: object) -> dict[str, object]:
    return {"kind": "forum", "date": "2020-03-16", "title": "党外代表人士座谈会", "person_times": "22", "host_level": "town",
            "sessions": "1", "token": str(uuid.uuid4())} | fields  # fmt: skip


def errors(response: object) -> dict[str, list[str]]:
    return dict(response.context["form"].errors)


class TestEntering:
    def test_four_fields_are_enough(self, clerk: Client, cast: Cast):
        response = clerk.post(RECORD, {"kind": "forum", "date": "2020-03-16", "title": "座谈会", "person_times": "22",
                                       "host_level": "town"})  # fmt: skip
        row = Activity.objects.get()
        assert response.url == f"/ledger/?period=2020H1&new={row.pk}"
        assert (row.unit, row.created_by, row.area, row.ledger_number) == (
            cast.town,
            cast.clerk,
            "figures",
            "2020-0001",
        )
        assert (row.sessions, row.person_times, row.copies, row.state) == (1, 22, 0, "recorded")

    def test_a_row_of_another_half_year_says_where_it_went(self, clerk: Client):
        here = clerk.post(f"{RECORD}?period=2020H1", typed(title="本期"), follow=True)
        there = clerk.post(f"{RECORD}?period=2020H2", typed(title="上期", kind="lecture"), follow=True)
        said = [str(message) for page in (here, there) for message in page.context["messages"]]
        assert said == [
            "已记入台账 2020-0001：本期",
            "已记入台账 2020-0002：上期。日期在2020年上半年，页面已转到这一期。",
        ]

    def test_the_saved_row_stands_on_top_and_is_marked(self, clerk: Client, cast: Cast):
        make_activity(by=cast.clerk, title="后来的事", date=dt.date(2020, 6, 30))
        page = clerk.post(RECORD, typed(), follow=True)
        assert [(row["title"], row.get("is_new", False)) for row in page.context["rows"]] == [
            ("党外代表人士座谈会", True), ("后来的事", False),
        ]  # fmt: skip
        assert "刚保存" in page.content.decode()

    def test_the_list_keeps_the_period_when_the_row_lies_in_it(self, clerk: Client):
        assert clerk.post(RECORD + "?period=2020-03", typed()).url.startswith("/ledger/?period=2020-03&")
        assert clerk.post(RECORD + "?period=2020-04", typed(title="另一场", kind="lecture")).url.startswith(
            "/ledger/?period=2020H1&"
        )

    def test_another_entry_starts_with_the_same_kind_and_day(self, clerk: Client):
        response = clerk.post(RECORD, typed(again="1"), follow=True)
        form = response.context["form"]
        assert (form["kind"].value(), str(form["date"].value()), form["title"].value()) == ("forum", "2020-03-16", None)

    def test_an_empty_form_is_of_today(self, clerk: Client):
        page = clerk.get(RECORD)
        assert page.context["form"]["date"].value() == timezone.localdate()
        assert f'value="{timezone.localdate().isoformat()}"' in page.content.decode()

    def test_people_are_summed_from_the_groups(self, clerk: Client):
        clerk.post(RECORD, typed(person_times="", audience_cadres="3", audience_public="20"))
        row = Activity.objects.get()
        assert row.person_times == 23
        assert dict(row.audience.values_list("group", "number")) == {"cadres": 3, "public": 20}

    def test_quantities_are_kept_for_kinds_that_have_them(self, clerk: Client):
        clerk.post(RECORD, typed(kind="information", quantity="12", quantity_done="5"))
        assert Activity.objects.values_list("quantity", "quantity_done").get() == (12, 5)

    def test_a_day_may_be_written_as_offices_write_it(self, clerk: Client):
        clerk.post(RECORD, typed(date="2020年3月1日"))
        assert Activity.objects.get().date == dt.date(2020, 3, 1)

    def test_numbers_go_on_within_unit_and_year(self, clerk: Client, outsider: Client):
        clerk.post(RECORD, typed())
        clerk.post(RECORD, typed(title="第二场", place="村部"))
        clerk.post(RECORD, typed(date="2021-01-01"))
        outsider.post(RECORD, typed())
        assert [row.ledger_number for row in Activity.objects.order_by("pk")] == [
            "2020-0001", "2020-0002", "2021-0001", "2020-0001",
        ]  # fmt: skip

    @pytest.mark.parametrize("user", ["signer", "officer", "administrator"])
    def test_only_clerk_and_reviewer_may(self, cast: Cast, user: str):
        client = cast.client(getattr(cast, user))
        assert client.get(RECORD).status_code == 403
        assert client.post(RECORD, typed()).status_code == 403
        assert Activity.objects.count() == 0


class TestStarting:
    def test_the_six_last_used_kinds_are_at_hand(self, clerk: Client, cast: Cast):
        used = ["forum", "patrol", "lecture", "research", "job_fair", "network", "exchange", "patrol"]
        for day, kind in enumerate(used):
            make_activity(by=cast.clerk, kind=kind, date=DAY + dt.timedelta(day))
        shortcuts = clerk.get(RECORD).context["form"].shortcuts
        assert [kind.code for kind in shortcuts] == ["patrol", "exchange", "network", "job_fair", "research", "lecture"]

    def test_own_entries_come_before_those_of_colleagues(self, clerk: Client, cast: Cast):
        make_activity(by=cast.clerk, kind="forum")
        make_activity(by=cast.reviewer, kind="patrol")
        make_activity(by=cast.outsider, kind="lecture")
        assert [kind.code for kind in clerk.get(RECORD).context["form"].shortcuts] == ["forum", "patrol"]

    def test_the_place_is_that_of_the_last_entry_of_the_kind(self, clerk: Client, cast: Cast):
        make_activity(by=cast.clerk, kind="forum", village=cast.village, place="村部")
        make_activity(by=cast.clerk, kind="patrol", place="灵山寺")
        form = clerk.get(RECORD + "?kind=forum").context["form"]
        assert (form["village"].value(), form["place"].value()) == (cast.village.pk, "村部")
        assert form.place_note() == "东山村 村部"

    def test_a_new_kind_takes_the_last_place_of_all(self, clerk: Client, cast: Cast):
        make_activity(by=cast.clerk, kind="patrol", place="灵山寺")
        assert clerk.get(RECORD + "?kind=forum").context["form"]["place"].value() == "灵山寺"

    def test_a_copy_brings_what_was_arranged_not_what_came_of_it(self, clerk: Client, cast: Cast):
        row = make_activity(by=cast.clerk, kind="venue_service", title="路面修补", village=cast.village, place="灵山寺",
                            person_times=6, quantity=3, quantity_done=2, result="已整改", audience={"officials": 6})  # fmt: skip
        form = clerk.get(f"{RECORD}?copy={row.pk}").context["form"]
        names = ("kind", "title", "village", "place", "person_times", "audience_officials", "quantity", "result")
        assert [form[name].value() for name in names] == [
            "venue_service", "路面修补", cast.village.pk, "灵山寺", 6, 6, None, None,
        ]  # fmt: skip
        assert form["date"].value() == timezone.localdate()

    @pytest.mark.parametrize("pk", ["0", "x", "9" * 23, "9" * 5000])
    def test_a_copy_of_nothing_is_not_found(self, clerk: Client, pk: str):
        assert clerk.get(f"{RECORD}?copy={pk}").status_code == 404

    def test_a_row_of_another_town_cannot_be_copied(self, clerk: Client, cast: Cast):
        theirs = make_activity(by=cast.outsider, title="不给看")
        response = clerk.get(f"{RECORD}?copy={theirs.pk}")
        assert response.status_code == 404
        assert "不给看" not in response.content.decode()

    def test_villages_and_targets_of_other_towns_are_not_on_offer(self, clerk: Client, cast: Cast):
        mine, theirs = make_target(by=cast.clerk), make_target(by=cast.outsider, text="别镇的目标")
        page = clerk.get(RECORD).content.decode()
        assert ("西河村" in page, "别镇的目标" in page, "成立镇商会" in page) == (False, False, True)
        answer = clerk.post(RECORD, typed(village=cast.other_village.pk, target=theirs.pk))
        assert set(errors(answer)) == {"village", "target"}
        clerk.post(RECORD, typed(village=cast.village.pk, target=mine.pk))
        assert Activity.objects.values_list("village", "target").get() == (cast.village.pk, mine.pk)

    def test_a_closed_village_stays_on_the_rows_that_have_it(self, clerk: Client, cast: Cast):
        closed = make_village(unit=cast.town, name="旧村")
        row = make_activity(by=cast.clerk, village=closed)
        closed.is_active = False
        closed.save()
        assert "旧村" not in clerk.get(RECORD).content.decode()
        assert "旧村" in clerk.get(reverse("activity_edit", args=[row.pk])).content.decode()


class TestRefusing:
    @pytest.mark.parametrize(
        ("fields", "beside"),
        [
            ({"kind": ""}, "kind"),
            ({"kind": "no_such_kind"}, "kind"),
            ({"date": ""}, "date"),
            ({"date": "2020-02-30"}, "date"),
            ({"date": "1949-09-30"}, "date"),
            ({"date": "2062-03-16"}, "date"),
            ({"title": ""}, "title"),
            ({"title": "字" * 101}, "title"),
            ({"title": "联系 138 0013 8000"}, "title"),
            ({"content": "身份证 11010519491231002X"}, "content"),
            ({"result": "请拨１３８００１３８０００"}, "result"),
            ({"basis": "13800138000"}, "basis"),
            ({"place": "13800138000"}, "place"),
            ({"person_times": "-1"}, "person_times"),
            ({"person_times": "很多"}, "person_times"),
            ({"person_times": "99999999999999999999"}, "person_times"),
            ({"person_times": "22", "audience_public": "23"}, "person_times"),
            ({"audience_public": "-3"}, "audience_public"),
            ({"last_date": "2020-03-15"}, "last_date"),
            ({"last_date": "2022-03-15"}, "last_date"),
            ({"quantity": "3"}, "quantity"),
            ({"kind": "information", "quantity": "3", "quantity_done": "4"}, "quantity_done"),
            ({"kind": "recommendation", "quantity": "3", "quantity_done": "1"}, "quantity_done"),
            ({"host_level": "country"}, "host_level"),
            ({"village": "x"}, "village"),
            ({"title": "有\x00空"}, "title"),
            ({"title": "一行\n又一行"}, "title"),
            ({"place": "一段\u2029又一段"}, "place"),
        ],
    )
    def test_bad_input_is_told_beside_its_field_and_kept(self, clerk: Client, fields: dict, beside: str):
        response = clerk.post(
            RECORD, typed(content="已经写好的一大段", **fields) if "content" not in fields else typed(**fields)
        )
        assert response.status_code == 200
        assert list(errors(response)) == [beside]
        assert (Activity.objects.count(), LedgerCounter.objects.count()) == (0, 0)
        form = response.context["form"]
        assert form[beside].value() == {**typed(), **fields}.get(beside)
        assert form["content"].value() == fields.get("content", "已经写好的一大段")
        assert f'href="#id_{beside}"' in response.content.decode()

    def test_in_english_too(self, clerk: Client):
        clerk.cookies["django_language"] = "en"
        response = clerk.post(RECORD, typed(title=""))
        assert errors(response) == {"title": ["This field is required."]}

    def test_the_folded_part_stands_open_when_its_fields_are_wrong(self, clerk: Client):
        assert '<details class="form-more" open>' in clerk.post(RECORD, typed(last_date="x")).content.decode()
        assert '<details class="form-more">' in clerk.post(RECORD, typed(title="")).content.decode()

    def test_next_month_may_be_noted(self, clerk: Client):
        clerk.post(RECORD, typed(date=(timezone.localdate() + dt.timedelta(31)).isoformat()))
        assert Activity.objects.count() == 1


class TestTypingTwice:
    def test_the_same_form_sent_twice_enters_one_row(self, clerk: Client):
        form = typed()
        first, second = clerk.post(RECORD, form), clerk.post(RECORD, form)
        assert (first.status_code, second.url) == (302, first.url)
        assert Activity.objects.count() == 1
        assert LedgerCounter.objects.get().last == 1

    def test_nor_are_its_files_kept_twice(self, clerk: Client):
        token = str(uuid.uuid4())
        for _time in range(2):
            clerk.post(RECORD, typed(token=token, attachments=[SimpleUploadedFile("通知.pdf", b"%PDF-1.4")]))
        assert Attachment.objects.count() == 1

    def test_another_event_typed_over_a_saved_form_is_not_lost(self, clerk: Client):
        form = typed()
        clerk.post(RECORD, form)
        clerk.post(RECORD, form | {"title": "别的会", "place": "村部"})
        assert list(Activity.objects.order_by("pk").values_list("title", flat=True)) == ["党外代表人士座谈会", "别的会"]

    def test_tokens_of_one_town_do_not_hinder_another(self, clerk: Client, outsider: Client):
        form = typed()
        clerk.post(RECORD, form)
        outsider.post(RECORD, form)
        assert Activity.objects.count() == 2

    def test_a_forged_token_is_refused_quietly(self, clerk: Client):
        assert "token" in errors(clerk.post(RECORD, typed(token="x")))

    def test_the_same_event_asks_before_it_is_saved(self, clerk: Client, cast: Cast):
        twin = make_activity(by=cast.reviewer, kind="forum", title="座谈会", person_times=20)
        response = clerk.post(RECORD, typed(content="写好的话"))
        assert response.context["twins"] == [twin]
        page = response.content.decode()
        assert (reverse("activity", args=[twin.pk]) in page, "仍然保存" in page, "写好的话" in page) == (
            True,
            True,
            True,
        )
        assert Activity.objects.count() == 1

    def test_and_is_saved_when_it_is_meant(self, clerk: Client, cast: Cast):
        make_activity(by=cast.reviewer, kind="forum")
        clerk.post(RECORD, typed(anyway="1"))
        assert Activity.objects.count() == 2

    @pytest.mark.parametrize("other", [{"date": "2020-03-17"}, {"kind": "lecture"}, {"place": "村部"}])
    def test_other_days_kinds_and_places_are_other_events(self, clerk: Client, cast: Cast, other: dict):
        make_activity(by=cast.reviewer, kind="forum")
        clerk.post(RECORD, typed(**other))
        assert Activity.objects.count() == 2

    def test_void_rows_and_rows_of_other_towns_are_no_twins(self, clerk: Client, cast: Cast):
        make_activity(by=cast.reviewer, kind="forum").void("重复")
        make_activity(by=cast.outsider, kind="forum")
        clerk.post(RECORD, typed())
        assert Activity.objects.count() == 3


class TestEditing:
    def url(self, row: Activity) -> str:
        return reverse("activity_edit", args=[row.pk])

    def test_writes_what_was_changed(self, clerk: Client, cast: Cast):
        row = make_activity(by=cast.clerk, kind="forum", audience={"public": 5}, person_times=5)
        clerk.post(self.url(row), typed(version=0, title="改过的", person_times="30", audience_cadres="2"))
        row = Activity.objects.get()
        assert (row.title, row.person_times, row.version) == ("改过的", 30, 1)
        assert dict(row.audience.values_list("group", "number")) == {"cadres": 2}

    def test_the_number_stays_when_the_year_changes(self, clerk: Client, cast: Cast):
        row = make_activity(by=cast.clerk)
        clerk.post(self.url(row), typed(version=0, date="2021-01-05"))
        assert (Activity.objects.get().ledger_number, Activity.objects.get().date) == ("2020-0001", dt.date(2021, 1, 5))

    def test_a_confirmed_row_waits_again(self, clerk: Client, cast: Cast):
        row = make_activity(by=cast.clerk)
        row.confirm(cast.reviewer)
        clerk.post(self.url(row), typed(version=1))
        assert Activity.objects.values_list("state", "confirmed_by").get() == ("recorded", None)

    def test_is_no_twin_of_itself(self, clerk: Client, cast: Cast):
        row = make_activity(by=cast.clerk, kind="forum")
        assert clerk.post(self.url(row), typed(version=0)).status_code == 302

    def test_over_a_newer_version_shows_both(self, clerk: Client, cast: Cast):
        row = make_activity(by=cast.clerk, kind="forum", title="原来的", place="原地点")
        cast.client(cast.reviewer).post(self.url(row), typed(version=0, title="委员改的", place="原地点"))
        response = clerk.post(self.url(row), typed(version=0, title="干事改的", place="原地点"))
        assert response.status_code == 409
        assert Activity.objects.get().title == "委员改的"
        assert [(c.label, c.old, c.new) for c in response.context["conflict"]] == [("标题", "委员改的", "干事改的")]
        form = response.context["form"]
        assert (form["title"].value(), form["version"].value()) == ("干事改的", "1")
        assert str(cast.reviewer.name) in response.content.decode()

    def test_line_ends_of_the_browser_are_no_change(self, clerk: Client, cast: Cast):
        row = make_activity(by=cast.clerk, kind="forum", title="党外代表人士座谈会", person_times=22, content="一\n二")
        clerk.post(self.url(row), typed(version=0, content="一\r\n二"))
        assert Activity.objects.get().content == "一\n二"
        assert clerk.get(reverse("activity", args=[row.pk])).context["versions"][0]["changes"] == []

    def test_a_conflict_keeps_the_groups_too(self, clerk: Client, cast: Cast):
        row = make_activity(
            by=cast.clerk, kind="forum", title="党外代表人士座谈会", person_times=22, audience={"public": 3}
        )
        row.rewrite({"public": 5})
        response = clerk.post(self.url(row), typed(version=0, audience_public="4"))
        assert [(c.label, c.old, c.new) for c in response.context["conflict"]] == [("群众", "5", "4")]

    def test_and_may_then_be_saved_knowingly(self, clerk: Client, cast: Cast):
        row = make_activity(by=cast.clerk, kind="forum")
        row.rewrite({})
        assert clerk.post(self.url(row), typed(version=0, title="干事改的")).status_code == 409
        clerk.post(self.url(row), typed(version=1, title="干事改的"))
        assert Activity.objects.get().title == "干事改的"

    def test_a_void_row_is_not_edited(self, clerk: Client, cast: Cast):
        row = make_activity(by=cast.clerk)
        row.void("重复")
        assert clerk.get(self.url(row)).url == reverse("activity", args=[row.pk])
        clerk.post(self.url(row), typed(version=1, title="偷改"))
        assert Activity.objects.get().title == "学习会议精神"

    def test_a_kind_no_longer_listed_must_be_replaced(self, clerk: Client, cast: Cast):
        row = make_activity(by=cast.clerk)
        Activity.objects.filter(pk=row.pk).update(kind="old_kind")
        assert clerk.get(self.url(row)).status_code == 200
        assert list(errors(clerk.post(self.url(row), typed(version=0, kind="old_kind")))) == ["kind"]

    @pytest.mark.parametrize("page", ["activity_edit", "activity_void"])
    def test_is_only_for_the_own_town(self, outsider: Client, district: Client, signer: Client, cast: Cast, page: str):
        row = make_activity(by=cast.clerk)
        url = reverse(page, args=[row.pk])
        for client, status in ((outsider, 404), (district, 403), (signer, 403)):
            assert client.get(url).status_code == status
            assert client.post(url, typed(version=0, reason="不该成")).status_code == status
        assert Activity.objects.values_list("version", "state").get() == (0, "recorded")


class TestAttaching:
    @pytest.fixture(autouse=True)
    def _own_media(self, settings, tmp_path):
        settings.MEDIA_ROOT = tmp_path

    def photo(self) -> SimpleUploadedFile:
        written = io.BytesIO()
        Image.new("RGB", (2000, 1000)).save(written, "JPEG")
        return SimpleUploadedFile("现场 照片.jpg", written.getvalue(), "application/x-evil")

    def test_files_come_with_the_entry(self, clerk: Client, cast: Cast):
        clerk.post(RECORD, typed(attachments=[self.photo(), SimpleUploadedFile("通知.pdf", b"%PDF-1.4")]))
        kept = Attachment.objects.order_by("pk")
        assert [(file.name, file.content_type, file.unit_id) for file in kept] == [
            ("现场 照片.jpg", "image/jpeg", cast.town.pk), ("通知.pdf", "application/pdf", cast.town.pk),
        ]  # fmt: skip
        assert kept[0].file.name.startswith(f"{cast.town.pk}/")
        assert "现场" not in kept[0].file.name

    def test_a_bad_file_saves_nothing_and_says_why(self, clerk: Client):
        response = clerk.post(RECORD, typed(attachments=[SimpleUploadedFile("a.exe", b"MZ"), self.photo()]))
        assert list(errors(response)) == ["attachments"]
        assert (Activity.objects.count(), Attachment.objects.count()) == (0, 0)

    def test_too_many_at_once_are_refused(self, clerk: Client):
        files = [SimpleUploadedFile(f"{n}.pdf", b"%PDF-1.4") for n in range(11)]
        assert list(errors(clerk.post(RECORD, typed(attachments=files)))) == ["attachments"]

    def test_and_later_from_the_row(self, clerk: Client, cast: Cast):
        row = make_activity(by=cast.clerk)
        clerk.post(reverse("attach", args=[row.pk]), {"attachments": [self.photo()]})
        assert Attachment.objects.get().activity == row

    def test_nothing_chosen_is_said_on_the_row(self, clerk: Client, cast: Cast):
        row = make_activity(by=cast.clerk)
        assert "请先选择文件。" in clerk.post(reverse("attach", args=[row.pk])).content.decode()

    def test_not_to_void_rows_nor_by_others(self, clerk: Client, outsider: Client, district: Client, cast: Cast):
        row = make_activity(by=cast.clerk)
        url = reverse("attach", args=[row.pk])
        assert outsider.post(url, {"attachments": [self.photo()]}).status_code == 404
        assert district.post(url, {"attachments": [self.photo()]}).status_code == 403
        row.void("重复")
        clerk.post(url, {"attachments": [self.photo()]})
        assert Attachment.objects.count() == 0

    def test_are_served_to_be_saved_never_to_be_opened(self, clerk: Client, district: Client, cast: Cast):
        clerk.post(RECORD, typed(attachments=[self.photo()]))
        url = reverse("attachment", args=[Attachment.objects.get().pk])
        for client in (clerk, district):
            response = client.get(url)
            assert response["Content-Disposition"] == (
                "attachment; filename*=utf-8''%E7%8E%B0%E5%9C%BA%20%E7%85%A7%E7%89%87.jpg"
            )
            assert response["Content-Security-Policy"] == "sandbox; default-src 'none'"
            assert (response["X-Content-Type-Options"], response["Content-Type"]) == ("nosniff", "image/jpeg")
            assert Image.open(io.BytesIO(b"".join(response.streaming_content))).size == (1600, 800)

    def test_only_to_those_who_see_the_row(self, clerk: Client, outsider: Client, administrator: Client):
        clerk.post(RECORD, typed(attachments=[self.photo()]))
        url = reverse("attachment", args=[Attachment.objects.get().pk])
        assert [client.get(url).status_code for client in (outsider, administrator, Client())] == [404, 403, 302]

    def test_a_lost_file_is_not_found(self, clerk: Client, cast: Cast):
        clerk.post(RECORD, typed(attachments=[self.photo()]))
        kept = Attachment.objects.get()
        kept.file.storage.delete(kept.file.name)
        assert clerk.get(reverse("attachment", args=[kept.pk])).status_code == 404


def test_a_period_without_rows_of_this_unit_is_still_the_address_of_the_form(clerk: Client):
    page = clerk.get(RECORD + "?period=2019H2")
    assert page.context["period"] == Period.parse("2019H2")


def test_roles_that_write_are_those_that_may_record(cast: Cast):
    assert [user.role for user in cast.everybody if user.may_record] == [Role.CLERK, Role.REVIEWER, Role.CLERK]


@pytest.mark.django_db(transaction=True)
def test_a_form_sent_four_times_at_one_moment_enters_one_row(transactional_db: None):
    cast, form = Cast(), typed()
    clients = [cast.client(cast.clerk) for _time in range(4)]

    def send(client: Client) -> str:
        try:
            return client.post(RECORD, form).url
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as threads:
        answers = set(threads.map(send, clients))
    assert answers == {f"/ledger/?period=2020H1&new={Activity.objects.get().pk}"}
    assert LedgerCounter.objects.get().last == 1


def test_an_edit_of_the_audience_is_told_in_its_version(cast):
    row = make_activity(by=cast.clerk, audience={"cadres": 12, "public": 30})
    row.rewrite({"cadres": 15, "public": 30})
    row.rewrite({"cadres": 15, "public": 30})
    reasons = list(row.history.order_by("history_id").values_list("history_change_reason", flat=True))
    assert reasons == [None, "统战干部 12 → 15", None]
