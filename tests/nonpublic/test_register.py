"""The register of enterprises: what may be in it, how it is found and changed, and that nothing leaves it."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from nonpublic.models import Enterprise
from nonpublic.models.credit import SIGNS, check_sign, refuse_wrong_credit_code
from tests.factories import DAY, H1, H2, make_enterprise, make_request, make_village, make_visit
from workplans.area import metrics
from workplans.ledger import Ledger
from workplans.models import Conflict

TODAY = dt.date(2020, 7, 10)
CODE = "91110108551385082Q"  # from a published licence: an independent witness of the check sign
NEW = {"name": "清溪示例茶业有限公司", "type": "limited", "since": "2019-03-01", "party_body": "none", "version": "0"}
LIST = "/enterprises/?period=2020H1"


@pytest.fixture(autouse=True)
def _on_the_tenth_of_july(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *args: TODAY)


def errors(response) -> dict[str, list[str]]:
    return {name: list(told) for name, told in response.context["form"].errors.items()}


def names(response) -> list[str]:
    return [row["enterprise"].name for row in response.context["rows"]]


class TestCreditCode:
    @given(body=st.text(SIGNS, min_size=10, max_size=10), place=st.integers(0, 17), sign=st.sampled_from(SIGNS))
    def test_one_wrong_sign_is_always_seen(self, body: str, place: int, sign: str):
        whole = f"9134089{sum(map(SIGNS.index, body)) % 10}{body[:9]}"
        whole += check_sign(whole)
        refuse_wrong_credit_code(whole)
        wrong = whole[:place] + sign + whole[place + 1 :]
        if wrong != whole:
            with pytest.raises(ValidationError):
                refuse_wrong_credit_code(wrong)

    def test_a_published_one_passes(self):
        refuse_wrong_credit_code(CODE)

    @pytest.mark.parametrize(
        "code", ["110101199003074477", "11010119900307863X", "91110108551385082", "9111010855138508IO"]
    )
    def test_an_identity_number_and_what_is_no_code_are_refused(self, code: str):
        with pytest.raises(ValidationError):
            refuse_wrong_credit_code(code)


class TestForm:
    def test_it_enters_an_enterprise(self, cast, clerk):
        response = clerk.post("/enterprises/new/", NEW | {"credit_code": f" {CODE.lower()[:9]} {CODE[9:]} "})
        found = Enterprise.objects.get()
        assert response["Location"] == f"/enterprises/{found.pk}/"
        assert (found.unit, found.name, found.credit_code, found.since) == (
            cast.town, NEW["name"], CODE, dt.date(2019, 3, 1)
        )  # fmt: skip

    def test_the_code_may_be_left_out_and_is_checked_when_it_is_not(self, clerk):
        assert list(errors(clerk.post("/enterprises/new/", NEW | {"credit_code": CODE[:-1] + "R"}))) == ["credit_code"]
        clerk.post("/enterprises/new/", NEW)
        assert Enterprise.objects.get().credit_code == ""

    @pytest.mark.parametrize(
        ("field", "text"),
        [("office_phone", "13800138000"), ("note", "联系 138-0013-8000"), ("park", "13800138000"), ("trade", "1 3 8 0 0 1 3 8 0 0 0")],
    )  # fmt: skip
    def test_no_mobile_number_gets_in_anywhere(self, clerk, field: str, text: str):
        response = clerk.post("/enterprises/new/", NEW | {field: text})
        assert errors(response) == {field: ["这里含有手机号码。本系统不保存个人电话，请删去后再保存。"]}
        assert text in response.content.decode()

    def test_an_office_line_is_taken(self, clerk):
        clerk.post("/enterprises/new/", NEW | {"office_phone": "0556-5987654"})
        assert Enterprise.objects.get().office_phone == "0556-5987654"

    def test_a_unit_has_one_of_a_name_and_one_of_a_code(self, cast, clerk):
        make_enterprise(by=cast.clerk, name=NEW["name"], credit_code=CODE)
        told = errors(clerk.post("/enterprises/new/", NEW | {"credit_code": CODE}))
        assert told == {
            "name": ["本单位已有同名企业。"], "credit_code": ["本单位已有企业用这个统一社会信用代码。"]
        }  # fmt: skip
        make_enterprise(by=cast.outsider, name="另一家", credit_code="")

    def test_a_neighbours_name_and_code_are_free(self, cast, clerk):
        make_enterprise(by=cast.outsider, name=NEW["name"], credit_code=CODE)
        assert clerk.post("/enterprises/new/", NEW | {"credit_code": CODE}).status_code == 302

    def test_a_form_sent_twice_enters_one(self, clerk):
        token = str(clerk.get("/enterprises/new/").context["form"]["token"].value())
        for _ in range(2):
            assert clerk.post("/enterprises/new/", NEW | {"token": token}).status_code == 302
        assert Enterprise.objects.count() == 1

    def test_a_day_to_come_is_no_day_of_listing(self, clerk):
        assert errors(clerk.post("/enterprises/new/", NEW | {"since": "2020-07-11"})) == {
            "since": ["纳入日期不能晚于今天。"]
        }

    def test_of_two_edits_the_second_is_shown_the_first(self, cast, clerk, reviewer):
        found = make_enterprise(by=cast.clerk)
        edit = f"/enterprises/{found.pk}/edit/"
        told = NEW | {"name": found.name, "trade": "竹木加工"}
        assert reviewer.post(edit, told).status_code == 302
        late = clerk.post(edit, told | {"trade": "木业", "is_member": "on"})
        assert late.status_code == 409
        assert ("行业", "竹木加工", "木业") in [(c.label, c.old, c.new) for c in late.context["conflict"]]
        assert 'value="木业"' in late.content.decode()
        again = told | {"trade": "木业", "version": str(late.context["form"]["version"].value())}
        assert clerk.post(edit, again).status_code == 302
        found.refresh_from_db()
        assert (found.trade, found.version, found.history.count()) == ("木业", 2, 3)


class TestList:
    def test_it_is_narrowed_by_every_filter(self, cast, clerk):
        village = make_village(unit=cast.town, name="西塘村")
        make_enterprise(by=cast.clerk, name="甲", trade="竹木加工", village=village, is_member=True, party_body="own")
        make_enterprise(by=cast.clerk, name="乙", type="trader", trade="餐饮")
        make_enterprise(by=cast.clerk, name="丙", party_body="joint").close("closed", day=DAY, note="")
        make_enterprise(by=cast.outsider, name="丁")
        asked = {
            "": ["乙", "甲", "丙"], "type=trader": ["乙"], f"village={village.pk}": ["甲"], "is_member=True": ["甲"],
            "party=yes": ["甲", "丙"], "party=no": ["乙"], "state=closed": ["丙"], "words=竹木": ["甲"], "words=竹 餐": [],
        }  # fmt: skip
        found = {query: names(clerk.get(f"{LIST}&{query}")) for query in asked}
        assert found == {query: sorted(each, key=asked[query].index) for query, each in asked.items()}

    def test_it_says_what_is_open_and_when_each_was_visited(self, cast, clerk):
        found = make_enterprise(by=cast.clerk)
        make_request(by=cast.clerk, enterprise=found)
        make_visit(by=cast.clerk, enterprises=(found,), date=dt.date(2020, 5, 6)).void("记错。")
        [row] = clerk.get(LIST).context["rows"]
        assert (row["open"], row["visit"]) == (1, DAY)

    def test_it_asks_the_same_however_many_there_are(self, cast, clerk, django_assert_num_queries):
        make_request(by=cast.clerk, enterprise=make_enterprise(by=cast.clerk))
        clerk.get(LIST)  # what is asked once in a process
        with CaptureQueriesContext(connection) as one:
            clerk.get(LIST)
        for number in range(12):
            make_request(by=cast.clerk, enterprise=make_enterprise(by=cast.clerk, name=f"第{number}家"))
        with django_assert_num_queries(len(one)):
            clerk.get(LIST)


class TestClosing:
    def test_from_its_day_on_it_counts_no_more_and_keeps_its_page(self, cast, clerk):
        found = make_enterprise(by=cast.clerk)
        page = f"/enterprises/{found.pk}/"
        told = {"state": "deregistered", "day": "2020-07-01", "note": "自行申请", "version": "0"}
        assert clerk.post(f"{page}close/", told).status_code == 302
        found.refresh_from_db()
        assert (found.state, found.until) == ("deregistered", dt.date(2020, 7, 1))
        counted = [Ledger([cast.town], period).value(metrics()["enterprises"]) for period in (H1, H2)]
        assert counted == [1, 0]
        assert "已于2020-07-01注销" in clerk.get(page).content.decode()
        assert clerk.post(f"{page}edit/", NEW).status_code == 302  # sent back to its page
        assert Enterprise.objects.get().name == found.name

    def test_closed_by_mistake_it_is_back_with_its_past(self, cast, clerk):
        found = make_enterprise(by=cast.clerk)
        found.close("closed", day=DAY, note="")
        assert clerk.post(f"/enterprises/{found.pk}/reopen/").status_code == 302
        found.refresh_from_db()
        assert (found.is_open, found.until, found.history.count()) == (True, None, 3)

    @pytest.mark.parametrize(
        ("day", "said"),
        [("2017-12-31", "日期不能早于纳入日期（2018-01-01）。"), ("2020-07-11", "日期不能晚于今天。")],
    )
    def test_a_day_that_cannot_be_is_refused(self, cast, clerk, day: str, said: str):
        found = make_enterprise(by=cast.clerk)
        response = clerk.post(f"/enterprises/{found.pk}/close/", {"state": "closed", "day": day, "version": "0"})
        assert errors(response) == {"day": [said]}

    def test_of_two_at_once_one_is_told(self, cast):
        first = make_enterprise(by=cast.clerk)
        second = Enterprise.objects.get()
        first.close("closed", day=DAY, note="")
        with pytest.raises(Conflict):
            second.close("deregistered", day=DAY, note="")

    @pytest.mark.parametrize(
        "columns",
        [{"until": DAY}, {"state": "closed"}, {"state": "closed", "until": dt.date(2017, 1, 1)}],
    )
    def test_the_database_itself_keeps_state_and_day_together(self, cast, columns: dict):
        found = make_enterprise(by=cast.clerk)
        with pytest.raises(IntegrityError, match="enterprise_until"), transaction.atomic():
            Enterprise.objects.filter(pk=found.pk).update(**columns)


class TestPage:
    def test_it_tells_its_life_in_time_order(self, cast, clerk):
        found = make_enterprise(by=cast.clerk)
        request = make_request(by=cast.clerk, enterprise=found)
        request.move("answer", day=dt.date(2020, 4, 2), note="已对接职校。", by=cast.clerk)
        make_visit(by=cast.clerk, enterprises=(found,), title="再访", date=dt.date(2020, 5, 6))
        make_visit(by=cast.clerk, enterprises=(found,), title="作废的").void("记错。")
        life = clerk.get(f"/enterprises/{found.pk}/?period=2020H1").context["life"]
        assert [(entry["day"].isoformat(), entry["text"]) for entry in life] == [
            ("2020-05-06", "再访"), ("2020-04-02", "熟练工缺口较大：办结\n已对接职校。"), ("2020-03-16", "走访企业")
        ]  # fmt: skip

    def test_it_says_what_is_open_late_ones_first(self, cast, clerk):
        found = make_enterprise(by=cast.clerk)
        make_request(by=cast.clerk, enterprise=found, need="不急")
        make_request(by=cast.clerk, enterprise=found, need="急", due=dt.date(2020, 7, 1))
        matters = clerk.get(f"/enterprises/{found.pk}/").context["matters"]
        assert [(str(line["matter"]), line["late"]) for line in matters] == [("急", True), ("不急", False)]

    def test_a_district_reads_and_a_neighbour_does_not_find_it(self, cast, district, outsider):
        found = make_enterprise(by=cast.clerk)
        assert "记走访" not in district.get(f"/enterprises/{found.pk}/").content.decode()
        assert outsider.get(f"/enterprises/{found.pk}/").status_code == 404
