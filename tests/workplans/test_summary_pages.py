"""The list of summaries, the editor and the signed paper: who sees what, and what it costs."""

from urllib.parse import quote

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import AuditEvent
from workplans.models import Period, Summary

from ..factories import make_activity, make_issue, make_target
from .summaries import make_signed, make_summary

LIST = "/summaries/?period=2020H1"


def page(client, summary, query=""):
    return client.get(reverse("summary", args=[summary.pk]) + query)


def test_without_a_summary_the_one_next_step_is_to_compose_one(cast, clerk, signer):
    assert "生成初稿" in clerk.get(LIST).content.decode()
    assert "summaries/compose/" not in signer.get(LIST).content.decode()


def test_composing_opens_the_draft_and_a_second_click_the_same_one(cast, clerk):
    make_activity(by=cast.clerk)
    first = clerk.post(reverse("summary_compose") + "?period=2020H1")
    second = clerk.post(reverse("summary_compose") + "?period=2020H1")
    summary = Summary.objects.get()
    assert first.url == second.url == reverse("summary", args=[summary.pk])
    assert (summary.unit, summary.period, summary.state) == (cast.town, Period.parse("2020H1"), "draft")


def test_a_month_in_the_address_means_its_half_year(cast, clerk):
    clerk.post(reverse("summary_compose") + "?period=2020-05")
    assert Summary.objects.get().period == Period.parse("2020H1")


@pytest.mark.parametrize("person", ["signer", "officer", "administrator"])
def test_only_writers_compose(cast, person):
    assert cast.client(getattr(cast, person)).post(reverse("summary_compose") + "?period=2020H1").status_code == 403
    assert not Summary.objects.exists()


@pytest.mark.parametrize("state", ["draft", "review", "signing"])
def test_the_district_does_not_see_what_a_town_has_not_signed(cast, district, state):
    summary = make_summary(by=cast.clerk, state=state, texts={"intro": "还没定稿的话"})
    assert page(district, summary).status_code == 404
    assert district.get(reverse("summary_pdf", args=[summary.pk])).status_code == 404
    assert summary.title not in district.get(LIST).content.decode()


def test_the_district_reads_what_its_towns_have_signed(cast, district):
    document = make_signed(by=cast.signer)
    listed = district.get(LIST).content.decode()
    assert (document.summary.title in listed, document.code in listed) == (True, True)
    assert document.summary.title in page(district, document.summary).content.decode()
    assert b"".join(district.get(reverse("summary_pdf", args=[document.summary_id]))) == bytes(document.pdf)


def test_another_town_sees_nothing_even_when_signed(cast, outsider):
    document = make_signed(by=cast.signer)
    assert page(outsider, document.summary).status_code == 404
    assert outsider.get(reverse("summary_pdf", args=[document.summary_id])).status_code == 404
    assert document.summary.title not in outsider.get(LIST).content.decode()


def test_administrators_see_no_summaries(cast, administrator):
    assert administrator.get(LIST).status_code == 403


def test_each_figure_of_the_paper_leads_to_its_rows(cast, clerk):
    make_activity(by=cast.clerk, kind="inspection")
    summary = make_summary(by=cast.clerk, texts={"religion": "检查{安全检查次数}次，走访12家，{没有}次"})
    html = page(clerk, summary, "?section=religion").content.decode()
    assert f'<a class="figure" href="{reverse("figure", args=["inspections"])}?period=2020H1"' in html
    assert '<span class="unsourced" title="手填数字，没有台账">12' in html
    assert '<span class="unknown" title="没有这个指标">{没有}' in html
    assert "1处数字名称不认识，改正后才能送审" in html


def test_what_people_typed_is_shown_as_text(cast, clerk):
    summary = make_summary(by=cast.clerk, texts={"intro": "<b>粗</b> {<script>}"})
    html = page(clerk, summary, "?section=intro").content.decode()
    assert "&lt;b&gt;粗&lt;/b&gt;" in html
    assert "<script>}" not in html


def test_the_picker_offers_every_figure_with_its_present_value(cast, clerk):
    make_activity(by=cast.clerk, kind="inspection", sessions=3)
    html = page(clerk, make_summary(by=cast.clerk)).content.decode()
    assert 'data-insert="{安全检查次数}"><span>安全检查次数</span><span class="picker-value">3 次</span>' in html


def test_rows_that_count_but_are_not_confirmed_are_told(cast, clerk, signer):
    make_activity(by=cast.clerk).confirm(cast.reviewer)
    make_activity(by=cast.clerk)
    summary = make_summary(by=cast.clerk, state="signing")
    assert "1 条台账还没确认，已计入数字" in page(signer, summary).content.decode()
    assert "未确认的台账" in signer.get(reverse("summary_sign", args=[summary.pk])).content.decode()


def test_title_and_date_are_written_by_editors_alone(cast, clerk, signer):
    summary = make_summary(by=cast.clerk)
    address = reverse("summary", args=[summary.pk])
    clerk.post(address, {"title": "清溪镇统战工作总结", "date": "2020-06-30", "version": summary.version})
    summary.refresh_from_db()
    assert (summary.title, str(summary.date)) == ("清溪镇统战工作总结", "2020-06-30")
    assert 'value="2020-06-30"' in page(clerk, summary, "?section=head").content.decode()
    signer.post(address, {"title": "别的", "date": "", "version": summary.version})
    summary.refresh_from_db()
    assert summary.title == "清溪镇统战工作总结"


def test_two_people_renaming_see_each_other(cast, clerk, reviewer):
    summary = make_summary(by=cast.clerk)
    address, version = reverse("summary", args=[summary.pk]), summary.version
    reviewer.post(address, {"title": "统战委员的标题", "date": "", "version": version})
    answer = clerk.post(address, {"title": "记录员的标题", "date": "", "version": version})
    html = answer.content.decode()
    assert (answer.status_code, "统战委员的标题" in html, 'value="记录员的标题"' in html) == (409, True, True)
    summary.refresh_from_db()
    assert summary.title == "统战委员的标题"
    clerk.post(address, {"title": "记录员的标题", "date": "", "version": summary.version})
    summary.refresh_from_db()
    assert summary.title == "记录员的标题"


def test_another_period_in_the_address_leads_to_the_list_of_that_period(cast, clerk):
    summary = make_summary(by=cast.clerk)
    assert page(clerk, summary, "?period=2019H2").url == "/summaries/?period=2019H2"
    assert page(clerk, summary, "?period=2020H1").status_code == 200


def test_a_draft_pdf_says_so_in_its_name_and_every_download_is_noted(cast, clerk, signer):
    summary = make_summary(by=cast.clerk)
    answer = clerk.get(reverse("summary_pdf", args=[summary.pk]))
    assert answer["Content-Type"] == "application/pdf"
    assert (
        answer["Content-Disposition"] == f"attachment; filename*=utf-8''{quote(summary.title)}{quote('（草稿）')}.pdf"
    )
    assert b"".join(answer).startswith(b"%PDF")
    event = AuditEvent.objects.get(action="export")
    assert (event.user, event.subject) == (cast.clerk, summary.title)


def test_a_signed_pdf_bears_the_title(cast, signer):
    document = make_signed(by=cast.signer)
    answer = signer.get(reverse("summary_pdf", args=[document.summary_id]))
    assert answer["Content-Disposition"] == f"attachment; filename*=utf-8''{quote(document.summary.title)}.pdf"


def test_the_signed_paper_offers_no_editing(cast, clerk):
    document = make_signed(by=cast.signer)
    html = page(clerk, document.summary).content.decode()
    assert ("<textarea" in html, "data-editor" in html, "送审</a>" in html) == (True, False, False)
    assert document.text.splitlines()[0] in html


@pytest.mark.parametrize("name", ["summary", "section_preview", "summaries"])
def test_a_page_costs_the_same_queries_for_1_and_for_30_rows(cast, clerk, name):
    make_activity(by=cast.clerk, kind="inspection")
    summary = make_summary(by=cast.clerk)

    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as captured:
            if name == "section_preview":
                answer = clerk.post(reverse(name, args=[summary.pk, "religion"]), {"text": "检查{安全检查次数}次"})
            else:
                answer = clerk.get(LIST if name == "summaries" else reverse(name, args=[summary.pk]))
        assert answer.status_code == 200
        return len(captured)

    queries()  # the session's first use is noted
    before = queries()
    for number in range(30):
        make_activity(by=cast.clerk, kind="inspection", title=f"检查{number}")
        make_target(by=cast.clerk)
        make_issue(by=cast.clerk)
    assert queries() == before
    assert before <= 28  # the picker asks each of the thirteen tables that figures are read from once


def test_the_signed_page_never_reads_the_pdf(cast, signer):
    document = make_signed(by=cast.signer)
    with CaptureQueriesContext(connection) as captured:
        page(signer, document.summary)
        signer.get(LIST)
    assert not [q["sql"] for q in captured if '"workplans_signeddocument"."pdf"' in q["sql"]]


def test_a_broken_title_is_one_line_in_lists_and_two_on_paper(cast, clerk):
    summary = make_summary(by=cast.clerk)
    Summary.objects.filter(pk=summary.pk).update(title="某镇上半年|统战工作总结")
    assert "某镇上半年统战工作总结" in clerk.get(reverse("summaries")).content.decode()
    page = clerk.get(reverse("summary", args=[summary.pk])).content.decode()
    assert "某镇上半年<br>统战工作总结" in page
    assert "某镇上半年|" not in page.replace('value="某镇上半年|', "")
