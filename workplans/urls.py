"""The map of the product, but for accounts (accounts/urls.py)."""

from django.urls import path

from .views import dashboard, issues, ledger, paper_format, summary, targets

urlpatterns = [
    # 首页, 领域
    path("", dashboard.home, name="home"),
    path("areas/", dashboard.areas, name="areas"),
    path("areas/<slug:code>/", dashboard.area, name="area"),
    path("figures/<slug:code>/", dashboard.figure, name="figure"),  # the rows behind one figure
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
    path("summaries/", summary.summaries, name="summaries"),
    path("summaries/compose/", summary.summary_compose, name="summary_compose"),  # a first draft for ?period
    path("summaries/<int:pk>/", summary.summary, name="summary"),
    path("summaries/<int:pk>/recompose/", summary.summary_recompose, name="summary_recompose"),
    path("summaries/<int:pk>/sections/<slug:slot>/", summary.section, name="section"),
    path("summaries/<int:pk>/sections/<slug:slot>/preview/", summary.section_preview, name="section_preview"),
    path("summaries/<int:pk>/submit/", summary.summary_submit, name="summary_submit"),
    path("summaries/<int:pk>/approve/", summary.summary_approve, name="summary_approve"),
    path("summaries/<int:pk>/send-back/", summary.summary_send_back, name="summary_send_back"),
    path("summaries/<int:pk>/sign/", summary.summary_sign, name="summary_sign"),
    path("summaries/<int:pk>/pdf/", summary.summary_pdf, name="summary_pdf"),
    path("summaries/<int:pk>/letter/", paper_format.summary_letter, name="summary_letter"),
    path("paper-format/<slug:code>/", paper_format.paper_format, name="paper_format"),
]
