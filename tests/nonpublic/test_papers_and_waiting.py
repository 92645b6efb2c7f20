"""三单 read back from its PDF; and what enterprises wait for, on the home page."""

import datetime as dt
import io

from pypdf import PdfReader

from accounts.models import AuditEvent
from nonpublic.views.waiting import waiting_for
from tests.factories import DAY, make_enterprise, make_request

TODAY = dt.date(2020, 4, 10)
LISTS = "/enterprises/requests/lists"


def labels(user) -> list[str]:
    return [task["label"] for task in waiting_for(user, TODAY)]


def test_the_three_lists_print_every_request_under_one_number(cast, clerk):
    firm = make_enterprise(by=cast.clerk)
    make_request(by=cast.clerk, enterprise=firm, kind="staff", suggestion="对接职校", responsible="镇人社所",
                 due=dt.date(2020, 6, 30))  # fmt: skip
    make_request(by=cast.clerk, need="作废的").void("重复。")
    make_request(by=cast.outsider, need="别镇的")
    answer = clerk.get(f"{LISTS}.pdf?period=2020H1")
    pages = PdfReader(io.BytesIO(b"".join(answer.streaming_content))).pages
    text = "".join("".join(page.extract_text().split()) for page in pages)
    for told in ("企业诉求三单", "一、需求清单", f"1{firm.name}用工熟练工缺口较大2020年3月16日", "二、建议清单",
                 "1对接职校", "三、责任清单", "1镇人社所—2020年6月30日待办"):  # fmt: skip
        assert told in text
    assert "作废的" not in text
    assert "别镇的" not in text
    assert AuditEvent.objects.filter(action=AuditEvent.Action.EXPORT, user=cast.clerk).count() == 1


def test_without_requests_the_lists_say_so(clerk):
    answer = clerk.get(f"{LISTS}.pdf?period=2020H1")
    [page] = PdfReader(io.BytesIO(b"".join(answer.streaming_content))).pages
    assert page.extract_text().count("本期没有企业诉求") == 3


def test_late_requests_and_those_open_for_two_months_wait(cast):
    make_request(by=cast.clerk, need="逾期的", due=dt.date(2020, 4, 1))
    make_request(by=cast.clerk, need="很久的", opened_on=TODAY - dt.timedelta(60))
    make_request(by=cast.clerk, need="还早的", opened_on=TODAY - dt.timedelta(59))
    make_request(by=cast.clerk, need="办结的", due=DAY).move("answer", day=DAY, note="办。", by=cast.clerk)
    assert labels(cast.clerk) == ["办理企业诉求“逾期的”", "催办企业诉求“很久的”"]
    assert labels(cast.outsider) == []
