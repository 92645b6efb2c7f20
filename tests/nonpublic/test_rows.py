"""记一笔 with enterprises: visits, requests that come up, service events, contributions."""

import uuid

import pytest
from django.test import Client

from nonpublic.models import AtEnterprise, Contribution, Enterprise, EnterpriseVisit, Request, ServiceEvent
from tests.factories import DAY, H1, make_enterprise, make_village, make_visit
from workplans.area import metrics
from workplans.ledger import Ledger
from workplans.models import Activity

RECORD = "/ledger/record/?period=2020H1"
ROW = {"date": "2020-03-16", "host_level": "town", "sessions": "1", "title": ""}
NO_LINES = {"lines-TOTAL_FORMS": "3", "lines-INITIAL_FORMS": "0"}
VISIT = ROW | NO_LINES | {"kind": "enterprise_visit", "form": "survey", "leader_post": "镇统战委员"}
COLLECT = ROW | NO_LINES | {"kind": "enterprise_request", "title": "收集诉求"}
FAIR = ROW | {"kind": "job_fair", "title": "春风行动招聘会", "quantity": "430", "quantity_done": "152"}
GIVE = ROW | {"kind": "contribution", "programme": "glory", "form": "money", "quantity": "40"}


def line(number: int, **fields: object) -> dict[str, object]:
    told = {"kind": "staff", "need": f"第{number + 1}项诉求", **fields}
    return {f"lines-{number}-{name}": value for name, value in told.items()}


def record(client: Client, *parts: dict, **fields: object) -> Activity:
    """Record a row and give it back; whatever is refused fails the test."""
    data: dict[str, object] = {"token": str(uuid.uuid4())}
    for part in (*parts, fields):
        data |= part
    response = client.post(RECORD, data)
    assert response.status_code == 302, response.context["form"].errors
    return Activity.objects.latest("pk")


def refused(client: Client, *parts: dict, **fields: object) -> dict[str, list[str]]:
    data: dict[str, object] = {}
    for part in (*parts, fields):
        data |= part
    response = client.post(RECORD, data)
    assert response.status_code == 200
    assert not Activity.objects.exists()
    return {name: list(told) for name, told in response.context["form"].errors.items()}


def at(row: Activity) -> list[str]:
    return [link.enterprise.name for link in AtEnterprise.objects.of_rows(row).order_by("pk")]


def value(cast, code: str) -> int:
    return Ledger([cast.town], H1).value(metrics()[code])


@pytest.fixture
def enterprise(cast) -> Enterprise:
    return make_enterprise(by=cast.clerk, village=cast.village)


class TestVisit:
    def test_it_happens_at_an_enterprise_and_counts_one(self, cast, clerk, enterprise):
        row = record(clerk, VISIT, enterprise=enterprise.pk, content="了解用工情况")
        assert (row.title, row.place, row.village) == (f"走访企业：{enterprise.name}", enterprise.name, cast.village)
        assert (row.quantity, at(row)) == (1, [enterprise.name])
        detail = EnterpriseVisit.objects.get(pk=row.pk)
        assert (detail.form, detail.leader_post) == ("survey", "镇统战委员")

    def test_several_on_one_way_count_each_whatever_was_typed(self, cast, clerk, enterprise):
        others = [make_enterprise(by=cast.clerk, name=name) for name in ("乙", "丙")]
        row = record(
            clerk, VISIT, enterprise=enterprise.pk, also=[each.pk for each in (*others, enterprise)], quantity=9
        )
        assert (row.quantity, set(at(row))) == (3, {enterprise.name, "乙", "丙"})
        assert at(row)[0] == enterprise.name

    def test_the_older_plain_way_goes_on_working(self, cast, clerk):
        row = record(clerk, VISIT, title="节前走访企业", quantity="8")
        assert (row.quantity, at(row)) == (8, [])
        assert (value(cast, "enterprise_visits"), value(cast, "enterprises_visited")) == (8, 0)

    def test_without_enterprise_and_number_it_says_what_is_missing(self, clerk):
        assert refused(clerk, VISIT, title="走访") == {
            "enterprise": ["请选择走访的企业；名册里没有的，请填写走访家次。"]
        }

    def test_requests_that_come_up_are_followed_from_its_day_on(self, cast, clerk, enterprise):
        row = record(
            clerk, VISIT, line(0, suggestion="对接职校", responsible="镇人社所"), line(1, due="2020-05-01"),
            enterprise=enterprise.pk,
        )  # fmt: skip
        found = list(Request.objects.of_row(row))
        assert [(each.need, each.enterprise, each.opened_on, each.state) for each in found] == [
            ("第1项诉求", enterprise, DAY, "open"), ("第2项诉求", enterprise, DAY, "open")
        ]  # fmt: skip
        page = clerk.get(f"/ledger/{row.pk}/").content.decode()
        assert all(each.get_absolute_url() in page for each in (*found, enterprise))

    def test_another_towns_enterprise_is_no_choice(self, cast, clerk):
        other = make_enterprise(by=cast.outsider)
        assert list(refused(clerk, VISIT, enterprise=other.pk, title="走访")) == ["enterprise"]
        assert list(refused(clerk, VISIT, also=[other.pk], title="走访", quantity="1")) == ["also"]

    def test_no_mobile_number_gets_into_a_post_or_a_request(self, clerk, enterprise):
        assert refused(clerk, VISIT, enterprise=enterprise.pk, leader_post="委员 13800138000")
        assert refused(clerk, VISIT, line(0, need="找 13800138000"), enterprise=enterprise.pk)

    def test_the_same_as_last_time_fills_the_form_for_this_enterprise_alone(self, cast, clerk, enterprise):
        other = make_enterprise(by=cast.clerk, name="乙")
        record(
            clerk, VISIT, enterprise=other.pk, also=[enterprise.pk], title="节前走访", content="送政策", form="policy"
        )
        page = clerk.get(f"/enterprises/{enterprise.pk}/?period=2020H1")
        form = clerk.get(page.context["again_url"]).context["form"]
        assert [form[name].value() for name in ("title", "content", "form", "leader_post")] == [
            "节前走访", "送政策", "policy", "镇统战委员"
        ]  # fmt: skip
        assert (str(form["enterprise"].value()), form["also"].value() or []) == (str(enterprise.pk), [])
        opened = clerk.get(page.context["record_url"])
        assert "与上次走访相同" in opened.content.decode()

    def test_an_edit_changes_which_enterprises_they_were(self, cast, clerk, enterprise):
        row = record(clerk, VISIT, enterprise=enterprise.pk)
        other = make_enterprise(by=cast.clerk, name="乙")
        data = VISIT | {
            "title": "走访",
            "enterprise": other.pk,
            "also": [enterprise.pk],
            "version": "0",
            "quantity": "1",
        }
        assert clerk.post(f"/ledger/{row.pk}/edit/", data).status_code == 302
        row.refresh_from_db()
        assert (at(row), row.quantity) == (["乙", enterprise.name], 2)

    def test_a_colleague_who_meets_the_edit_is_shown_both_names(self, cast, clerk, enterprise):
        row = record(clerk, VISIT, enterprise=enterprise.pk)
        other = make_enterprise(by=cast.clerk, name="乙")
        data = VISIT | {"title": "走访", "enterprise": other.pk, "version": "0"}
        clerk.post(f"/ledger/{row.pk}/edit/", data)
        late = clerk.post(f"/ledger/{row.pk}/edit/", data | {"enterprise": enterprise.pk})
        assert late.status_code == 409
        assert ("企业", "乙", enterprise.name) in [(c.label, c.old, c.new) for c in late.context["conflict"]]


class TestCollecting:
    def test_each_request_names_its_enterprise_and_the_row_all_of_them(self, cast, clerk, enterprise):
        other = make_enterprise(by=cast.clerk, name="乙")
        row = record(clerk, COLLECT, line(0), line(1, enterprise=other.pk), enterprise=enterprise.pk)
        assert [each.enterprise for each in Request.objects.of_row(row)] == [enterprise, other]
        assert at(row) == [enterprise.name, "乙"]

    def test_a_later_edit_keeps_whose_requests_it_brought_to_light(self, cast, clerk, enterprise):
        row = record(clerk, COLLECT, line(0, enterprise=enterprise.pk))
        data = COLLECT | {"title": "改过", "version": "0"}
        assert clerk.post(f"/ledger/{row.pk}/edit/", data).status_code == 302
        assert at(row) == [enterprise.name]


class TestService:
    def test_a_job_fair_keeps_its_posts_its_enterprises_and_what_was_signed(self, cast, clerk, enterprise):
        row = record(clerk, FAIR, enterprises="43", signed="12.5", present=[enterprise.pk])
        detail = ServiceEvent.objects.get(pk=row.pk)
        assert (row.quantity, row.quantity_done, detail.enterprises, detail.signed) == (430, 152, 43, 1250)
        assert at(row) == [enterprise.name]
        codes = ("job_fairs", "posts_offered", "job_intentions", "service_enterprises", "signed_amount")
        assert [value(cast, code) for code in codes] == [1, 430, 152, 43, 1250]
        page = clerk.get(f"/ledger/{row.pk}/").content.decode()
        assert "12.5万元" in page

    def test_those_ticked_are_the_number_when_none_is_typed(self, clerk, enterprise):
        row = record(clerk, FAIR, present=[enterprise.pk])
        assert ServiceEvent.objects.get(pk=row.pk).enterprises == 1

    def test_fewer_than_are_ticked_is_refused(self, cast, clerk, enterprise):
        other = make_enterprise(by=cast.clerk, name="乙")
        told = refused(clerk, FAIR, enterprises="1", present=[enterprise.pk, other.pk])
        assert told == {"enterprises": ["下面勾选了 2 家，不能少于这个数。"]}

    @pytest.mark.parametrize("typed", ["1.234", "-1", "1e400", "NaN", "一百", "99999999999"])
    def test_what_is_no_amount_is_refused_and_kept(self, clerk, typed: str):
        assert list(refused(clerk, FAIR, signed=typed)) == ["signed"]
        assert f'value="{typed}"' in clerk.post(RECORD, FAIR | {"signed": typed}).content.decode()

    def test_an_edit_shows_the_amount_as_it_was_typed(self, clerk):
        row = record(clerk, FAIR, signed="860.50")
        assert clerk.get(f"/ledger/{row.pk}/edit/").context["form"]["signed"].value() == "860.5"


class TestContribution:
    def test_it_keeps_programme_form_amount_village_and_numbers(self, cast, clerk, enterprise):
        village = make_village(unit=cast.town, name="西塘村")
        row = record(clerk, GIVE, amount="4.35", donor=enterprise.pk, village=village.pk)
        detail = Contribution.objects.get(pk=row.pk)
        assert (row.title, row.village, row.quantity) == ("光彩事业捐款", village, 40)
        assert (detail.programme, detail.form, detail.amount, at(row)) == ("glory", "money", 435, [enterprise.name])
        assert [value(cast, code) for code in ("contributions", "beneficiaries", "contributed")] == [1, 40, 435]

    def test_a_donor_that_wishes_to_stay_unnamed_is_stored_nowhere(self, clerk, enterprise):
        row = record(clerk, GIVE, amount="2", withheld="on")
        assert (at(row), Contribution.objects.get(pk=row.pk).withheld) == ([], True)
        page = clerk.get(f"/ledger/{row.pk}/").content.decode()
        assert "不愿公开，未保存" in page
        assert enterprise.name not in page

    def test_naming_it_all_the_same_is_refused_beside_each_field(self, clerk, enterprise):
        told = refused(
            clerk, GIVE, withheld="on", donor=enterprise.pk, title=f"{enterprise.name}捐款", content=enterprise.name
        )
        assert told == {
            "donor": ["企业不愿公开的，请把这里留空；系统不保存它的名称。"],
            "title": ["企业不愿公开，这里请不要写企业名称。"], "content": ["企业不愿公开，这里请不要写企业名称。"],
        }  # fmt: skip

    def test_taken_back_later_the_donor_is_gone_from_the_enterprises_page(self, clerk, enterprise):
        row = record(clerk, GIVE, donor=enterprise.pk)
        data = GIVE | {"title": row.title, "withheld": "on", "version": "0"}
        assert clerk.post(f"/ledger/{row.pk}/edit/", data).status_code == 302
        assert at(row) == []
        assert clerk.get(f"/enterprises/{enterprise.pk}/").context["life"] == []

    def test_poverty_relief_is_told_the_same_way(self, cast, clerk):
        record(clerk, GIVE, kind="poverty_relief", amount="12.80")
        assert [value(cast, code) for code in ("relief_sessions", "relief_people", "contributed")] == [1, 40, 1280]


def test_a_plain_visit_of_a_factory_counts_by_those_named(cast):
    make_visit(by=cast.clerk, enterprises=(make_enterprise(by=cast.clerk),))
    assert (value(cast, "enterprise_visits"), value(cast, "enterprises_visited")) == (1, 1)
