from django.utils.translation import gettext_noop as _

from workplans.area import Area, Kind, Quantity
from workplans.metrics import Metric, events

NONPUBLIC = Area(
    code="nonpublic",
    label=_("非公有制经济"),
    heading="围绕“两个健康”，加强对非公经济人士的团结、服务、引导、教育工作",
    icon="building",
    kinds=(
        Kind("enterprise_visit", _("走访企业"), Quantity(_("走访企业"), _("家次"))),
        Kind("enterprise_lecture", _("企业调研宣讲")),
        Kind("enterprise_request", _("企业诉求办理"), Quantity(_("收集问题"), _("个"), _("已解决"))),
        Kind("ideals", _("理想信念教育")),
        Kind("poverty_relief", _("参与精准扶贫"), Quantity(_("受益群众"), _("人"))),
        Kind("job_fair", _("招聘会"), Quantity(_("提供岗位"), _("个"), _("达成意向"))),
        Kind("matching", _("政银企对接")),
        Kind("exchange", _("交流会")),
        Kind("enterprise_training", _("企业培训")),
    ),
    metrics=(
        Metric("enterprise_visits", _("走访企业家次"), _("家次"), events("enterprise_visit"), "quantity"),
        Metric("enterprise_lectures", _("企业宣讲场次"), _("场"), events("enterprise_lecture"), "sessions"),
        Metric("requests_received", _("企业问题收集个数"), _("个"), events("enterprise_request"), "quantity"),
        Metric("requests_solved", _("企业问题解决个数"), _("个"), events("enterprise_request"), "quantity_done"),
        Metric("ideals_sessions", _("理想信念教育场次"), _("场"), events("ideals"), "sessions"),
        Metric("ideals_people", _("理想信念教育人次"), _("人次"), events("ideals"), "person_times", rounded=True),
        Metric("relief_sessions", _("参与精准扶贫次数"), _("次"), events("poverty_relief"), "sessions"),
        Metric("relief_people", _("精准扶贫受益人数"), _("人"), events("poverty_relief"), "quantity", rounded=True),
        Metric("job_fairs", _("招聘会场次"), _("场"), events("job_fair"), "sessions"),
        Metric("posts_offered", _("提供岗位个数"), _("个"), events("job_fair"), "quantity", rounded=True),
        Metric("job_intentions", _("达成意向人数"), _("人"), events("job_fair"), "quantity_done", rounded=True),
        Metric("exchanges", _("对接交流场次"), _("场"), events("exchange", "matching"), "sessions"),
        Metric("enterprise_trainings", _("企业培训期数"), _("期"), events("enterprise_training"), "sessions"),
        Metric(
            "trained_people", _("企业培训人次"), _("人次"), events("enterprise_training"), "person_times", rounded=True
        ),
    ),
    headline=("enterprise_visits", "requests_received", "job_fairs"),
    draft="nonpublic/draft.txt",
)
