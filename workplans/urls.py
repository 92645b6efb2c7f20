"""The map of the product, but for accounts (accounts/urls.py)."""

from django.urls import path

from .views import (
    answers,
    counting,
    dashboard,
    forms_of_paper,
    information,
    issues,
    ledger,
    numbers,
    paper_format,
    posts,
    quarterly,
    reports,
    signed,
    summary,
    targets,
    verify,
)

HEADCOUNTS, NETWORKS = {"of": counting.HEADCOUNTS}, {"of": counting.NETWORKS}

urlpatterns = [
    # 首页, 领域
    path("", dashboard.home, name="home"),
    path("areas/", dashboard.areas, name="areas"),
    path("areas/<slug:code>/", dashboard.area, name="area"),
    path("figures/<slug:code>/", dashboard.figure, name="figure"),  # the rows behind one figure
    # 大统战格局: 信息报送, 联络网络, 季度研判
    path("information/", information.information, name="information"),
    path("networks/", counting.snapshots, NETWORKS, name="networks"),
    path("networks/new/", counting.snapshot_new, NETWORKS, name="network_new"),
    path("networks/<int:pk>/", counting.snapshot, NETWORKS, name="network"),
    path("networks/<int:pk>/edit/", counting.snapshot_edit, NETWORKS, name="network_edit"),
    path("quarterly/", quarterly.quarterly, name="quarterly"),
    path("quarterly/pdf/", quarterly.quarterly_pdf, name="quarterly_pdf"),
    # 党外代表人士: 对象数量, 任职
    path("headcounts/", counting.snapshots, HEADCOUNTS, name="headcounts"),
    path("headcounts/new/", counting.snapshot_new, HEADCOUNTS, name="headcount_new"),
    path("headcounts/<int:pk>/", counting.snapshot, HEADCOUNTS, name="headcount"),
    path("headcounts/<int:pk>/edit/", counting.snapshot_edit, HEADCOUNTS, name="headcount_edit"),
    path("posts/", posts.posts, name="posts"),
    path("posts/new/", posts.post_new, name="post_new"),
    path("posts/<int:pk>/", posts.post, name="post"),
    path("posts/<int:pk>/edit/", posts.post_edit, name="post_edit"),
    path("posts/<int:pk>/end/", posts.post_end, name="post_end"),
    # 台账
    path("ledger/", ledger.ledger, name="ledger"),
    path("ledger/record/", ledger.record, name="record"),  # ?copy=<pk> starts from an earlier row
    path("ledger/confirm/", ledger.confirm, name="confirm"),
    path("ledger/<int:pk>/", ledger.activity, name="activity"),
    path("ledger/<int:pk>/edit/", ledger.activity_edit, name="activity_edit"),
    path("ledger/<int:pk>/void/", ledger.activity_void, name="activity_void"),
    path("ledger/<int:pk>/attach/", ledger.attach, name="attach"),
    path("ledger/attachments/<int:pk>/", ledger.attachment, name="attachment"),
    # 目标, 协调问题
    path("targets/", targets.targets, name="targets"),
    path("targets/new/", targets.target_new, name="target_new"),
    path("targets/<int:pk>/", targets.target, name="target"),
    path("targets/<int:pk>/edit/", targets.target_edit, name="target_edit"),
    path("targets/<int:pk>/progress/", targets.target_progress, name="target_progress"),
    path("targets/<int:pk>/carry-over/", targets.target_carry_over, name="target_carry_over"),
    path("issues/", issues.issues, name="issues"),
    path("issues/new/", issues.issue_new, name="issue_new"),
    path("issues/<int:pk>/", issues.issue, name="issue"),
    path("issues/<int:pk>/edit/", issues.issue_edit, name="issue_edit"),
    path("issues/<int:pk>/log/", issues.issue_log, name="issue_log"),
    # 总结
    path("reports/<slug:code>/", reports.report, name="report"),  # 月报表, 年度总结
    path("reports/<slug:code>/pdf/", reports.report_pdf, name="report_pdf"),
    path("reports/<slug:code>/word/", reports.report_word, name="report_word"),
    path("reports/<slug:code>/text/", reports.report_text, name="report_text"),
    path("verify/", verify.verify, name="verify"),  # without signing in
    path("summaries/", summary.summaries, name="summaries"),
    path("summaries/compose/", summary.summary_compose, name="summary_compose"),  # a first draft for ?period
    path("summaries/<int:pk>/", summary.summary, name="summary"),
    path("summaries/<int:pk>/recompose/", summary.summary_recompose, name="summary_recompose"),
    path("summaries/<int:pk>/sections/<slug:slot>/", summary.section, name="section"),
    path("summaries/<int:pk>/sections/<slug:slot>/preview/", summary.section_preview, name="section_preview"),
    path("summaries/<int:pk>/targets/", answers.summary_targets, name="summary_targets"),
    path("summaries/<int:pk>/numbers/", numbers.summary_numbers, name="summary_numbers"),
    path("summaries/<int:pk>/submit/", summary.summary_submit, name="summary_submit"),
    path("summaries/<int:pk>/approve/", summary.summary_approve, name="summary_approve"),
    path("summaries/<int:pk>/send-back/", summary.summary_send_back, name="summary_send_back"),
    path("summaries/<int:pk>/sign/", summary.summary_sign, name="summary_sign"),
    path("summaries/<int:pk>/reopen/", signed.summary_reopen, name="summary_reopen"),
    path("summaries/<int:pk>/changes/", signed.summary_changes, name="summary_changes"),
    path("summaries/<int:pk>/pdf/", forms_of_paper.summary_pdf, name="summary_pdf"),
    path("summaries/<int:pk>/word/", forms_of_paper.summary_word, name="summary_word"),
    path("summaries/<int:pk>/text/", forms_of_paper.summary_text, name="summary_text"),
    path("summaries/<int:pk>/letter/", paper_format.summary_letter, name="summary_letter"),
    path("paper-format/<slug:code>/", paper_format.paper_format, name="paper_format"),
]
