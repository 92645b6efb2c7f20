from django.utils.translation import gettext_noop as _

from ..area import Area, Kind, Quantity
from ..metrics import Metric, events

FIGURES = Area(
    code="figures",
    label=_("党外代表人士"),
    heading="强化教育引导，做好党外代表人士和新的社会阶层人士工作",
    icon="people",
    kinds=(
        Kind("forum", _("座谈会")),
        Kind("figure_visit", _("走访联系")),
        Kind("fellowship", _("联谊活动")),
        Kind("education", _("教育培训")),
        Kind("advice", _("建言征集"), Quantity(_("收集意见建议"), _("条"), _("被采纳"))),
        Kind("recommendation", _("推荐安排"), Quantity(_("推荐安排"), _("人"))),
        Kind("social_service", _("社会服务"), Quantity(_("受益群众"), _("人次"))),
        Kind("base_building", _("阵地建设"), Quantity(_("建成阵地"), _("处"))),
    ),
    metrics=(
        Metric("forums", _("座谈会场次"), _("场"), events("forum"), "sessions"),
        Metric("figure_visits", _("走访联系人次"), _("人次"), events("figure_visit"), "person_times"),
        Metric("fellowships", _("联谊活动场次"), _("场"), events("fellowship"), "sessions"),
        Metric("educations", _("教育培训期数"), _("期"), events("education"), "sessions"),
        Metric("educated_people", _("教育培训人次"), _("人次"), events("education"), "person_times", rounded=True),
        Metric("advice_received", _("意见建议收集条数"), _("条"), events("advice"), "quantity"),
        Metric("advice_adopted", _("意见建议采纳条数"), _("条"), events("advice"), "quantity_done"),
        Metric("recommended", _("推荐安排人数"), _("人"), events("recommendation"), "quantity"),
        Metric("service_sessions", _("社会服务次数"), _("次"), events("social_service"), "sessions"),
        Metric("served_people", _("社会服务受益人次"), _("人次"), events("social_service"), "quantity", rounded=True),
    ),
    headline=("forums", "figure_visits", "advice_received"),
    draft="workplans/drafts/figures.txt",
)
