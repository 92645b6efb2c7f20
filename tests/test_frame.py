"""The frame around every page: where the reader is, and what goes along with him."""

import pytest
from django.urls import reverse

from tests.cast import Cast
from tests.factories import make_issue, make_target

pytestmark = pytest.mark.django_db


def test_period_and_unit_go_along_from_page_to_page(cast: Cast):
    page = cast.client(cast.officer).get(f"/targets/?period=2020H1&unit={cast.town.code}&light=red")
    queries = {item["url"].partition("?")[2] for item in page.context["navigation"]}
    assert queries == {f"period=2020H1&unit={cast.town.code}"}


@pytest.mark.parametrize(
    ("path", "place"),
    [
        ("/", "/"),
        ("/ledger/record/", "/ledger/"),
        ("/issues/new/", "/targets/"),
        ("/figures/inspections/", "/areas/"),
        ("/areas/religion/", "/areas/"),
        ("/summaries/", "/summaries/"),
    ],
)
def test_one_place_is_current(cast: Cast, path: str, place: str):
    items = cast.client(cast.clerk).get(path).context["navigation"]
    assert [item["url"].partition("?")[0] for item in items if item["active"]] == [place]


@pytest.mark.parametrize(("name", "make"), [("target", make_target), ("issue", make_issue)])
def test_an_edit_comes_back_to_the_period_it_was_opened_from(cast: Cast, name: str, make):
    row = make(by=cast.clerk)
    page = cast.client(cast.clerk).get(reverse(name, args=[row.pk]) + "?period=2019H2")
    assert f'href="{reverse(f"{name}_edit", args=[row.pk])}?period=2019H2"' in page.content.decode()


def test_the_administrator_has_no_period(cast: Cast):
    page = cast.client(cast.administrator).get("/manage/")
    assert [item["url"] for item in page.context["navigation"]] == ["/manage/"]
