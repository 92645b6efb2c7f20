import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workplans.numerals import chinese_number, date_in_text, due_in_text, floor_with_yu


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (1, "一"),
        (9, "九"),
        (10, "十"),
        (11, "十一"),
        (19, "十九"),
        (20, "二十"),
        (21, "二十一"),
        (50, "五十"),
        (99, "九十九"),
    ],
)
def test_heading_numbers_read_as_spoken(number, text):
    assert chinese_number(number) == text


def test_ninety_nine_heading_numbers_all_differ():
    assert len({chinese_number(number) for number in range(1, 100)}) == 99


@pytest.mark.parametrize("number", [-1, 0, 100])
def test_there_is_no_heading_number_outside_one_to_ninety_nine(number):
    with pytest.raises(ValueError, match="No heading number"):
        chinese_number(number)


def test_a_date_has_no_leading_zeros():
    assert date_in_text(dt.date(2020, 6, 5)) == "2020年6月5日"


@pytest.mark.parametrize(
    ("day", "text"),
    [
        (dt.date(2020, 9, 30), "9月底"),
        (dt.date(2020, 9, 15), "9月15日前"),
        (dt.date(2020, 10, 30), "10月30日前"),
        (dt.date(2020, 2, 28), "2月28日前"),
        (dt.date(2020, 2, 29), "2月底"),
        (dt.date(2020, 12, 31), "年底"),
        (dt.date(2021, 3, 31), "2021年3月底"),
        (dt.date(2021, 3, 1), "2021年3月1日前"),
        (dt.date(2021, 12, 31), "2021年底"),
        (dt.date(2019, 2, 28), "2019年2月底"),
    ],
)
def test_a_deadline_reads_as_officials_write_it(day, text):
    assert due_in_text(day, year=2020) == text


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (0, "0"),
        (7, "7"),
        (10, "10"),
        (11, "10余"),
        (54, "50余"),
        (99, "90余"),
        (100, "100"),
        (120, "120"),
        (123, "120余"),
        (1123, "1100余"),
        (2044, "2000余"),
        (9999, "9900余"),
        (12345, "12000余"),
        (Decimal("3.5"), "3余"),
        (Decimal("120.00"), "120"),
    ],
)
def test_yu_follows_the_office_manner(number, text):
    assert floor_with_yu(number) == text


@given(st.integers(0, 10**9) | st.decimals(0, 10**6, places=2))
def test_a_printed_count_never_exceeds_the_exact_one_and_has_yu_only_when_smaller(number):
    text = floor_with_yu(number)
    floor = int(text.removesuffix("余"))
    assert floor <= number
    assert (floor == number) == (not text.endswith("余"))


@given(st.integers(0, 10**9))
def test_rounding_drops_less_than_a_tenth_from_three_digits_on(number):
    floor = int(floor_with_yu(number).removesuffix("余"))
    assert number < 100 or number - floor < number / 10


def test_a_negative_count_is_refused():
    with pytest.raises(ValueError, match="only rounds counts"):
        floor_with_yu(-1)
