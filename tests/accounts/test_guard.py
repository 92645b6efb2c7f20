"""Numbers of persons are refused as people write them; counts and document numbers are not mistaken for them."""

import pytest
from django.core.exceptions import ValidationError

from accounts.guard import refuse_private_numbers


@pytest.mark.parametrize(
    "text",
    [
        "13800138000", "138 0013 8000", "138-0013-8000", "+86 13800138000", "８６１３８００１３８０００",
        "1-3-8-0-0-1-3-8-0-0-0", "电话1 3 8 0 0 1 3 8 0 0 0。", "86 1·3·8·0·0·1·3·8·0·0·0",
    ],
)  # fmt: skip
def test_a_mobile_number_is_refused_whole_in_groups_and_digit_by_digit(text: str):
    with pytest.raises(ValidationError) as refused:
        refuse_private_numbers(text)
    assert refused.value.code == "mobile"


@pytest.mark.parametrize(
    "text",
    [
        "13 5000 20000",
        "138001380001",
        "2020-06-30",
        "1-3月",
        "1.3.8",
        "1 3 8 0 0 1 3 8 0 0 0 5",
        "1、3、8、0、0、1、3、8、0、0、0",
    ],
)
def test_counts_and_dates_are_no_mobile_numbers(text: str):
    refuse_private_numbers(text)


def test_an_identity_number_is_refused_whatever_stands_between_its_digits():
    with pytest.raises(ValidationError) as refused:
        refuse_private_numbers("-".join("11010519491231002X"))
    assert refused.value.code == "identity"
