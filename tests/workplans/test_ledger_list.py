"""The list, its filters, pages and sums; the page of one row; confirming and voiding."""

import datetime as dt
import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.cast import Cast
from tests.factories import DAY, make_activity, make_target, make_user, make_village
from workplans.models import Activity
from workplans.paging import page_of, parse_cursor

LIST = "/ledger/?period=2020H1"
COLUMNS = ("pk", "date")


def titles(client: Client, address: str = LIST) -> list[str]:
    return [row["title"] for row in client.get(address).context["rows"]]


class TestShowing:
    def test_newest_first_within_the_period(self, clerk: Client, cast: Cast):
        for title, day in (
            ("三月", (2020, 3, 1)),
            ("六月底", (2020, 6, 30)),
            ("七月", (2020, 7, 1)),
            ("去年", (2019, 12, 31)),
        ):
            make_activity(by=cast.clerk, title=title, date=dt.date(*day))
        assert titles(clerk) == ["六月底", "三月"]
        assert titles(clerk, "/ledger/?period=2020") == ["七月", "六月底", "三月"]
        assert titles(clerk, "/ledger/?period=2020Q1") == ["三月"]
        assert titles(clerk, "/ledger/?period=2020-06") == ["六月底"]

    def test_a_reader_of_heads_alone_is_answered(self, clerk: Client):
        assert (clerk.head(LIST).status_code, clerk.post(LIST).status_code) == (200, 405)

    def test_opens_at_the_last_period_with_rows(self, clerk: Client, cast: Cast):
        make_activity(by=cast.clerk)
        assert titles(clerk, "/ledger/") == ["学习会议精神"]

    def test_a_row_says_what_the_kind_counts(self, clerk: Client, cast: Cast):
        make_activity(
            by=cast.clerk, kind="information", quantity=12, quantity_done=5, village=cast.village, place="村部"
        )
        row = clerk.get(LIST).context["rows"][0]
        assert (row["kind"], row["area"], row["where"]) == ("信息报送", "大统战格局", "东山村 村部")
        assert (row["quantity"], row["number"]) == ("报送信息 12 条，被采用 5 条", "2020-0001")

    def test_another_town_sees_nothing(self, outsider: Client, cast: Cast):
        make_activity(by=cast.clerk, title="清溪的事", village=cast.village)
        page = outsider.get(LIST)
        assert page.context["rows"] == []
        assert (page.context["sums"]["rows"], "清溪的事" in page.content.decode()) == (0, False)
        assert outsider.get(LIST + "&unit=qingxi").status_code == 404
        assert "东山村" not in page.content.decode()

    def test_the_district_sees_its_towns_and_may_choose_one(self, district: Client, cast: Cast):
        make_activity(by=cast.clerk, title="清溪的事")
        make_activity(by=cast.outsider, title="白石的事")
        page = district.get(LIST)
        assert [(row["unit"], row["title"]) for row in page.context["rows"]] == [
            ("白石镇", "白石的事"),
            ("清溪镇", "清溪的事"),
        ]
        assert titles(district, LIST + "&unit=baishi") == ["白石的事"]
        assert ("记一笔" in page.content.decode(), "data-bulk-tick" in page.content.decode()) == (False, False)

    def test_the_administrator_sees_no_ledger(self, administrator: Client, cast: Cast):
        row = make_activity(by=cast.clerk)
        assert administrator.get(LIST).status_code == 403
        assert administrator.get(reverse("activity", args=[row.pk])).status_code == 403

    def test_costs_the_same_for_one_row_and_for_thirty(self, clerk: Client, cast: Cast, django_assert_num_queries: Any):
        make_activity(by=cast.clerk, village=cast.village)
        clerk.get(LIST)  # the first request of a minute also notes that the session is alive
        with django_assert_num_queries(6):
            clerk.get(LIST)
        for day in range(29):
            make_activity(
                by=cast.clerk, date=DAY + dt.timedelta(day), village=make_village(unit=cast.town, name=f"{day}村")
            )
        with django_assert_num_queries(6):
            assert len(clerk.get(LIST).context["rows"]) == 25

    def test_an_empty_period_says_so_and_offers_the_next_step(self, clerk: Client, signer: Client):
        page = clerk.get(LIST).content.decode()
        assert ("2020年上半年还没有台账记录" in page, page.count('href="/ledger/record/?period=2020H1"') >= 1) == (
            True,
            True,
        )
        assert 'href="/ledger/record/' not in signer.get(LIST).content.decode()

    def test_a_filter_without_rows_offers_to_be_cleared(self, clerk: Client, cast: Cast):
        make_activity(by=cast.clerk)
        page = clerk.get(LIST + "&area=religion")
        assert "没有符合筛选的记录" in page.content.decode()
        assert page.context["clear_url"] == "/ledger/?period=2020H1"


class TestFiltering:
    @pytest.fixture
    def rows(self, cast: Cast) -> None:
        make_activity(by=cast.clerk, kind="lecture", title="宣讲", village=cast.village, person_times=40)
        make_activity(
            by=cast.clerk,
            kind="venue_service",
            title="检查",
            place="灵山寺",
            quantity=5,
            quantity_done=3,
            person_times=6,
        )
        make_activity(by=cast.clerk, kind="venue_service", title="复查", quantity=2, content="到灵山寺复查", sessions=2)
        make_activity(by=cast.clerk, kind="forum", title="已确认的").confirm(cast.reviewer)
        make_activity(by=cast.clerk, kind="forum", title="已作废的", person_times=900).void("重复")

    @pytest.mark.parametrize(
        ("query", "found"),
        [
            ("", {"宣讲", "检查", "复查", "已确认的"}),
            ("area=theory", {"宣讲"}),
            ("kind=venue_service", {"检查", "复查"}),
            ("state=confirmed", {"已确认的"}),
            ("state=recorded", {"宣讲", "检查", "复查"}),
            ("state=void", {"已作废的"}),
            ("words=灵山", {"检查", "复查"}),
            ("words=灵山 复查", {"复查"}),
            ("words=%25", set()),
            ("kind=venue_service&words=检查", {"检查"}),
        ],
    )
    def test_leaves_what_was_asked_for(self, clerk: Client, rows: None, query: str, found: set[str]):
        assert set(titles(clerk, f"{LIST}&{query}")) == found

    def test_by_village(self, clerk: Client, cast: Cast, rows: None):
        page = clerk.get(f"{LIST}&village={cast.village.pk}&area=theory")
        assert [row["title"] for row in page.context["rows"]] == ["宣讲"]
        assert [(m["label"], m["value"], m["url"]) for m in page.context["active"]] == [
            ("领域", "理论学习", f"/ledger/?period=2020H1&village={cast.village.pk}"),
            ("村（社区）", "东山村", "/ledger/?period=2020H1&area=theory"),
        ]  # fmt: skip

    def test_sums_are_of_all_filtered_rows_and_void_ones_count_nowhere(self, clerk: Client, rows: None):
        sums = clerk.get(LIST).context["sums"]
        assert (sums["rows"], sums["sessions"], sums["person_times"], sums["quantity"]) == (4, 5, 46, "")
        assert clerk.get(LIST + "&kind=venue_service").context["sums"]["quantity"] == "协调事项 7 件，已办结 3 件"

    @pytest.mark.parametrize(
        "query",
        ["area=x", "kind=x", "state=x", "village=999", "village=x", "words=" + "字" * 61, "new=x", "new=" + "9" * 30],
    )
    def test_nonsense_is_no_error_page(self, clerk: Client, rows: None, query: str):
        assert clerk.get(f"{LIST}&{query}").status_code == 200

    def test_htmx_gets_the_rows_alone(self, clerk: Client, rows: None):
        page = clerk.get(LIST + "&area=theory", headers={"HX-Request": "true"}).content.decode()
        assert ("<html" in page, "宣讲" in page, 'hx-swap-oob="true"' in page) == (False, True, True)
        again = clerk.get(LIST, headers={"HX-Request": "true", "HX-History-Restore-Request": "true"})
        assert "<html" in again.content.decode()

    def test_a_row_keeps_the_filter_for_the_way_back(self, clerk: Client, rows: None):
        page = clerk.get(LIST + "&area=theory").content.decode()
        address = re.search(r'stretched-link" href="([^"]+)"', page)[1].replace("&amp;", "&")
        assert 'href="/ledger/?period=2020H1&amp;area=theory"' in clerk.get(address).content.decode()


class TestPaging:
    def test_pages_hold_25_and_lead_to_each_other(self, clerk: Client, cast: Cast):
        for number in range(60):
            make_activity(by=cast.clerk, title=str(number), date=DAY + dt.timedelta(number // 7))
        walked, address = [], LIST
        while address:
            page = clerk.get(address)
            walked.append([row["title"] for row in page.context["rows"]])
            address = page.context["older_url"] and "/ledger/" + page.context["older_url"]
        assert [len(titles) for titles in walked] == [25, 25, 10]
        assert [title for titles in walked for title in titles] == [str(number) for number in range(59, -1, -1)]
        assert titles(clerk, "/ledger/" + page.context["newer_url"]) == walked[1]
        assert clerk.get(LIST).context["newer_url"] == ""

    @pytest.mark.parametrize(
        "cursor",
        ["after=x", "before=2020-01-01", "after=2020-01-01.x", "after=2020-13-01.1", "before=.", "after=2020-01-01.²"],
    )
    def test_a_place_that_is_none_is_not_found(self, clerk: Client, cursor: str):
        assert clerk.get(f"{LIST}&{cursor}").status_code == 404

    def test_a_cursor_is_read_as_it_was_written(self):
        assert parse_cursor("2020-03-16.12") == (DAY, 12)

    @settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(days=st.lists(st.integers(0, 3), max_size=12), size=st.integers(1, 5))
    def test_walking_all_pages_yields_each_row_once_both_ways(self, cast: Cast, days: list[int], size: int):
        Activity.objects.all().delete()
        for day in days:
            make_activity(by=cast.clerk, date=DAY + dt.timedelta(day))
        rows = Activity.objects.all()
        wanted = list(rows.newest_first().values_list("pk", flat=True))
        page = page_of(rows, COLUMNS, size=size)
        walked = [page]
        while walked[-1].older:
            walked.append(page_of(rows, COLUMNS, after=walked[-1].older, size=size))
        assert [row["pk"] for page in walked for row in page.rows] == wanted
        back = [walked[-1]]
        while back[-1].newer:
            back.append(page_of(rows, COLUMNS, before=back[-1].newer, size=size))
        assert [row["pk"] for page in reversed(back) for row in page.rows] == wanted


class TestOneRow:
    def test_shows_its_facts(self, district: Client, cast: Cast):
        row = make_activity(by=cast.clerk, kind="venue_service", title="安全检查", village=cast.village, place="灵山寺",
                            quantity=3, quantity_done=2, audience={"officials": 6}, person_times=6, content="查了消防",
                            target=make_target(by=cast.clerk))  # fmt: skip
        page = district.get(reverse("activity", args=[row.pk]))
        assert {str(fact["label"]): fact["value"] for fact in page.context["facts"]} == {
            "日期": "2020-03-16", "事项": "宗教事务 · 服务场所", "地点": "东山村 灵山寺", "参加人次": "6 人次",
            "数量": "协调事项 3 件，已办结 2 件", "场次": 1, "主办层级": "镇", "对应目标": "成立镇商会",
        }  # fmt: skip
        text = page.content.decode()
        assert ("查了消防" in text, "机关干部" in text) == (True, True)

    def test_offers_to_each_what_he_may_do(self, cast: Cast):
        row = make_activity(by=cast.clerk)
        words = ("修改", "确认", "作废", "照此再记一笔")
        offered = {
            user: [word for word in words if f">{word}</" in cast.client(getattr(cast, user)).get(
                reverse("activity", args=[row.pk])).content.decode()]
            for user in ("clerk", "reviewer", "signer", "officer")
        }  # fmt: skip
        assert offered == {
            "clerk": ["修改", "作废", "照此再记一笔"],
            "reviewer": list(words),
            "signer": [],
            "officer": [],
        }

    def test_every_version_says_who_and_what(self, clerk: Client, reviewer: Client, cast: Cast):
        other = make_village(unit=cast.town, name="西溪社区")
        row = make_activity(by=cast.clerk, kind="forum", village=cast.village, host_level="village")
        reviewer.post(reverse("activity_edit", args=[row.pk]), {
            "kind": "lecture", "title": "学习会议精神", "date": "2020-03-17", "village": other.pk, "host_level": "town",
            "version": 0, "sessions": 2,
        })  # fmt: skip
        reviewer.post(reverse("confirm"), {"rows": f"{row.pk}.1"})
        clerk.post(reverse("activity_void", args=[row.pk]), {"reason": "重复记录", "version": 2})
        versions = clerk.get(reverse("activity", args=[row.pk])).context["versions"]
        assert [(version["step"], version["who"]) for version in versions] == [
            ("作废，理由：重复记录", cast.clerk), ("确认", cast.reviewer), ("修改", cast.reviewer), ("记录", cast.clerk),
        ]  # fmt: skip
        assert [(change.label, change.old, change.new) for change in versions[2]["changes"]] == [
            ("事项", "座谈会", "宣讲"), ("业务日期", "2020-03-16", "2020-03-17"), ("村（社区）", "东山村", "西溪社区"),
            ("主办层级", "村", "镇"), ("场次", "1", "2"),
        ]  # fmt: skip

    def test_of_another_town_is_not_found(self, outsider: Client, cast: Cast):
        row = make_activity(by=cast.clerk, title="清溪的事")
        response = outsider.get(reverse("activity", args=[row.pk]))
        assert (response.status_code, "清溪的事" in response.content.decode()) == (404, False)

    def test_what_people_typed_is_never_markup(self, clerk: Client, cast: Cast):
        row = make_activity(by=cast.clerk, title="<img src=x onerror=alert(1)>", content="<script>alert(1)</script>")
        for address in (LIST, reverse("activity", args=[row.pk]), reverse("activity_void", args=[row.pk])):
            page = clerk.get(address).content.decode()
            assert ("<img src=x" in page, "<script>alert" in page) == (False, False)


class TestConfirming:
    def test_many_at_once(self, reviewer: Client, cast: Cast):
        rows = [make_activity(by=cast.clerk, title=str(number)) for number in range(3)]
        response = reviewer.post(reverse("confirm") + "?period=2020H1&area=theory",
                                 {"rows": [f"{row.pk}.0" for row in rows[:2]]}, follow=True)  # fmt: skip
        assert response.redirect_chain == [("/ledger/?period=2020H1&area=theory", 302)]
        assert list(Activity.objects.order_by("pk").values_list("state", "confirmed_by")) == [
            ("confirmed", cast.reviewer.pk), ("confirmed", cast.reviewer.pk), ("recorded", None),
        ]  # fmt: skip
        assert [str(message) for message in response.context["messages"]] == ["已确认 2 条记录。"]

    def test_what_changed_since_it_was_seen_is_left_alone(self, reviewer: Client, cast: Cast):
        fresh, edited, confirmed, void = (make_activity(by=cast.clerk, title=str(number)) for number in range(4))
        edited.rewrite({})
        confirmed.confirm(cast.reviewer)
        void.void("重复")
        ticks = [f"{fresh.pk}.0", f"{edited.pk}.0", f"{confirmed.pk}.1", f"{void.pk}.1"]
        response = reviewer.post(reverse("confirm"), {"rows": ticks}, follow=True)
        assert [str(message) for message in response.context["messages"]] == [
            "已确认 1 条记录。", "3 条没有处理：已经确认、作废或锁定，或在您打开列表后有改动。",
        ]  # fmt: skip
        assert list(Activity.objects.order_by("pk").values_list("state", flat=True)) == [
            "confirmed", "recorded", "confirmed", "void",
        ]  # fmt: skip

    def test_one_leads_back_to_it(self, reviewer: Client, cast: Cast):
        row = make_activity(by=cast.clerk)
        response = reviewer.post(reverse("confirm") + "?period=2020H1", {"rows": f"{row.pk}.0", "back": row.pk})
        assert response.url == f"/ledger/{row.pk}/?period=2020H1"

    @pytest.mark.parametrize(
        "data",
        [
            {},
            {"rows": ["x", "1", ".1", "1.", "-1.0", "9" * 30 + ".0"]},
            {"rows": "1.0", "back": "x"},
            {"rows": "1.0", "back": "9" * 5000},
        ],
    )
    def test_nonsense_confirms_nothing(self, reviewer: Client, cast: Cast, data: dict):
        row = make_activity(by=cast.clerk)
        row.rewrite({})
        assert reviewer.post(reverse("confirm"), data).status_code == 302
        assert Activity.objects.get().state == "recorded"

    def test_only_reviewers_and_only_their_town(self, cast: Cast):
        row = make_activity(by=cast.clerk)
        for user in (cast.clerk, cast.signer, cast.officer, cast.administrator):
            assert cast.client(user).post(reverse("confirm"), {"rows": f"{row.pk}.0"}).status_code == 403
        other = make_user(unit=cast.other_town, role="reviewer", username="other-reviewer")
        cast.client(other).post(reverse("confirm"), {"rows": f"{row.pk}.0"})
        assert Activity.objects.get().state == "recorded"

    def test_ticks_stand_only_where_something_waits(self, clerk: Client, reviewer: Client, cast: Cast):
        make_activity(by=cast.clerk)
        make_activity(by=cast.clerk).confirm(cast.reviewer)
        assert reviewer.get(LIST).content.decode().count("data-bulk-tick") == 1
        assert clerk.get(LIST).content.decode().count("data-bulk-tick") == 0


class TestVoiding:
    def test_asks_with_the_name_of_the_thing(self, clerk: Client, cast: Cast):
        row = make_activity(by=cast.clerk, title="写重了的一条")
        page = clerk.get(reverse("activity_void", args=[row.pk])).content.decode()
        assert "作废台账 2020-0001 “写重了的一条”？" in page
        assert Activity.objects.get().state == "recorded"

    def test_needs_a_reason_without_private_numbers(self, clerk: Client, cast: Cast):
        url = reverse("activity_void", args=[make_activity(by=cast.clerk).pk])
        for reason in ("", "联系13800138000", "字" * 201):
            response = clerk.post(url, {"reason": reason, "version": 0})
            assert list(response.context["form"].errors) == ["reason"]
        assert Activity.objects.get().state == "recorded"

    def test_takes_the_row_out_and_leaves_it_readable(self, clerk: Client, cast: Cast):
        row = make_activity(by=cast.clerk)
        response = clerk.post(reverse("activity_void", args=[row.pk]), {"reason": "重复", "version": 0}, follow=True)
        assert Activity.objects.values_list("state", "void_reason").get() == ("void", "重复")
        page = response.content.decode()
        links = [reverse(name, args=[row.pk]) in page for name in ("activity_edit", "activity_void")]
        assert ("这条记录已作废" in page, links) == (True, [False, False])
        assert titles(clerk) == []

    def test_over_a_newer_version_asks_again(self, clerk: Client, cast: Cast):
        row = make_activity(by=cast.clerk)
        row.rewrite({})
        url = reverse("activity_void", args=[row.pk])
        response = clerk.post(url, {"reason": "重复", "version": 0})
        assert (response.status_code, Activity.objects.get().state) == (409, "recorded")
        form = response.context["form"]
        assert (form["reason"].value(), form["version"].value()) == ("重复", "1")
        clerk.post(url, {"reason": "重复", "version": 1})
        assert Activity.objects.get().state == "void"

    def test_happens_once(self, clerk: Client, cast: Cast):
        row = make_activity(by=cast.clerk)
        row.void("头一次")
        clerk.post(reverse("activity_void", args=[row.pk]), {"reason": "第二次", "version": 1})
        assert Activity.objects.get().void_reason == "头一次"
