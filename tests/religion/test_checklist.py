"""检查清单: the unit's own points, changed by its own writers, and never for inspections that are past."""

import pytest
from django.test import Client

from religion.models import CheckGroup, ChecklistItem
from religion.models.checklist import DEFAULT_ITEMS
from tests.cast import Cast
from tests.factories import make_venue

from .test_events import INSPECTION, record

PAGE = "/religion/checklist/?period=2020H1"


def sent(client: Client, **changes: object) -> dict[str, object]:
    """The page's form as a browser would send it back, with changes."""
    form = client.get(PAGE).context["form"]
    data = {bound.html_name: bound.value() for bound in form}
    return {name: value for name, value in (data | changes).items() if value not in (None, False)}


def texts(cast: Cast) -> list[str]:
    return [item.text for item in ChecklistItem.objects.for_unit(cast.town)]


def test_a_unit_without_a_list_checks_the_usual_points_and_stores_nothing(cast: Cast, clerk: Client):
    assert texts(cast) == [text for _, text in DEFAULT_ITEMS]
    clerk.get(PAGE)
    assert ChecklistItem.objects.count() == 0


def test_the_first_save_takes_the_usual_points_over_with_what_was_changed(cast: Cast, clerk: Client):
    clerk.post(PAGE, sent(clerk, text_d0="灭火器每季度点检", new_flood="屋面排水畅通", active_d2=False))
    assert texts(cast)[0] == "灭火器每季度点检"
    assert "屋面排水畅通" in texts(cast)
    assert "线路穿管敷设，无私拉乱接" not in texts(cast)
    assert len(texts(cast)) == len(DEFAULT_ITEMS)
    assert ChecklistItem.objects.of_unit(cast.other_town).count() == 0


def test_points_stand_by_group_wherever_they_were_added(cast: Cast, clerk: Client):
    clerk.post(PAGE, sent(clerk, new_fire="消防门常闭"))
    groups = [item.group for item in ChecklistItem.objects.for_unit(cast.town)]
    assert groups == sorted(groups, key=list(CheckGroup).index)


def test_a_point_out_of_use_can_be_taken_back(cast: Cast, clerk: Client):
    clerk.post(PAGE, sent(clerk, active_d0=False))
    item = ChecklistItem.objects.get(text=DEFAULT_ITEMS[0][1])
    clerk.post(PAGE, sent(clerk, **{f"active_{item.pk}": "on"}))
    assert texts(cast) == [text for _, text in DEFAULT_ITEMS]


def test_the_same_point_twice_in_a_group_is_refused_and_keeps_what_was_typed(cast: Cast, clerk: Client):
    page = clerk.post(PAGE, sent(clerk, new_fire=DEFAULT_ITEMS[0][1], text_d3="配电箱常关"))
    assert page.context["form"].errors == {"new_fire": ["这一类里已有同样的检查内容。"]}
    assert 'value="配电箱常关"' in page.content.decode()
    assert ChecklistItem.objects.count() == 0


@pytest.mark.parametrize(("text", "said"), [("联系 13812345678", "手机号码"), ("证号 11010519491231002X", "身份证号")])
def test_private_numbers_are_refused(clerk: Client, text: str, said: str):
    page = clerk.post(PAGE, sent(clerk, new_fire=text))
    assert said in page.context["form"].errors["new_fire"][0]


def test_what_a_colleague_changed_meanwhile_stays_and_is_named(cast: Cast, clerk: Client, reviewer: Client):
    clerk.post(PAGE, sent(clerk))
    item, other = ChecklistItem.objects.in_order()[:2]
    mine = sent(reviewer, **{f"text_{item.pk}": "我的写法", f"text_{other.pk}": "另一项"})
    clerk.post(PAGE, sent(clerk, **{f"text_{item.pk}": "同事的写法"}))
    page = reviewer.post(PAGE, mine)
    assert page.status_code == 409
    assert "有 1 项没有保存" in page.content.decode()
    assert [ChecklistItem.objects.get(pk=each.pk).text for each in (item, other)] == ["同事的写法", "另一项"]
    form = page.context["form"]
    assert form[f"text_{item.pk}"].value() == "我的写法"
    assert form.errors == {f"text_{item.pk}": ["有人刚改成“同事的写法”。再保存一次，就以您写的为准。"]}
    assert reviewer.post(PAGE, form.data).status_code == 302
    assert ChecklistItem.objects.get(pk=item.pk).text == "我的写法"


def test_two_who_open_the_usual_list_and_both_save_lose_nothing(clerk: Client, reviewer: Client):
    mine = sent(reviewer, text_d0="我改的第一项", text_d1="我改的第二项", new_fire="我添的一项")
    clerk.post(PAGE, sent(clerk, text_d0="同事改的第一项", text_d2="同事改的第三项"))
    page = reviewer.post(PAGE, mine)
    stored = dict(ChecklistItem.objects.values_list("position", "text"))
    assert page.status_code == 409
    assert (stored[0], stored[1], stored[2]) == ("同事改的第一项", "我改的第二项", "同事改的第三项")
    assert "我添的一项" in stored.values()
    form = page.context["form"]
    assert [(form[name].value(), list(said)) for name, said in form.errors.items()] == [
        ("我改的第一项", ["有人刚改成“同事改的第一项”。再保存一次，就以您写的为准。"])
    ]


def test_an_error_on_a_page_from_before_the_first_save_loses_nothing_typed(clerk: Client, reviewer: Client):
    mine = sent(reviewer, text_d1="我改的第二项", new_fire="联系 13812345678")
    clerk.post(PAGE, sent(clerk, text_d0="同事改的第一项"))
    form = reviewer.post(PAGE, mine).context["form"]
    second = ChecklistItem.objects.in_order()[1]
    assert list(form.errors) == ["new_fire"]
    assert (form["new_fire"].value(), form[f"text_{second.pk}"].value()) == ("联系 13812345678", "我改的第二项")


def test_an_old_inspection_keeps_its_words_and_shows_them_when_it_is_edited(cast: Cast, clerk: Client):
    row = record(clerk, INSPECTION, venue=make_venue(by=cast.clerk).pk)
    before = list(row.check_results.order_by("position").values_list("text", "result"))
    clerk.post(PAGE, sent(clerk, text_d0="完全不同的写法", active_d1=False))
    assert list(row.check_results.order_by("position").values_list("text", "result")) == before
    form = clerk.get(f"/ledger/{row.pk}/edit/?period=2020H1").context["form"]
    assert [point.text for point in form.points] == [text for text, _ in before]


def test_others_read_it_and_do_not_write(cast: Cast, clerk: Client, signer: Client, district: Client, outsider: Client):
    clerk.post(PAGE, sent(clerk, text_d0="清溪自己的写法"))
    assert "清溪自己的写法" in signer.get(PAGE).content.decode()
    assert "清溪自己的写法" in district.get(PAGE + "&unit=qingxi").content.decode()
    assert "清溪自己的写法" not in outsider.get(PAGE).content.decode()
    assert signer.post(PAGE, {}).status_code == 403
    assert district.post(PAGE + "&unit=qingxi", {}).status_code == 403


def test_it_costs_the_same_for_one_point_and_for_forty(cast: Cast, clerk: Client, django_assert_num_queries):
    ChecklistItem.objects.create(unit=cast.town, group="fire", text="一项")
    clerk.get(PAGE)
    with django_assert_num_queries(3):
        clerk.get(PAGE)
    ChecklistItem.objects.bulk_create(
        ChecklistItem(unit=cast.town, group="power", text=f"第{n}项", position=n) for n in range(40)
    )
    with django_assert_num_queries(3):
        clerk.get(PAGE)
