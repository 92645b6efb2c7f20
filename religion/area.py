from django.utils.translation import gettext_noop as _

from workplans.area import Area, Kind, Quantity
from workplans.metrics import Metric, events

RELIGION = Area(
    code="religion",
    label=_("宗教事务"),
    heading="依法管理宗教事务，促进宗教领域和谐稳定",
    icon="bank",
    kinds=(
        Kind("patrol", _("走访巡查")),
        Kind("inspection", _("安全检查"), Quantity(_("发现隐患"), _("处"), _("已整改"))),
        Kind("dispute", _("矛盾纠纷排查"), Quantity(_("排查纠纷"), _("起"), _("已化解"))),
        Kind("harmony", _("和谐寺观教堂创建")),
        Kind("core_values", _("社会主义核心价值观活动")),
        Kind("law_publicity", _("宗教政策法规宣传")),
        Kind("venue_registration", _("场所和教职人员动态管理"), Quantity(_("核对变更"), _("处"))),
        Kind("venue_service", _("服务场所"), Quantity(_("协调事项"), _("件"), _("已办结"))),
        Kind("oversight", _("接受视察检查"), Quantity(_("收到意见建议"), _("条"), _("已答复"))),
        Kind("large_event", _("大型宗教活动保障")),
    ),
    metrics=(
        Metric("patrols", _("场所巡查次数"), _("次"), events("patrol"), "sessions"),
        Metric("inspections", _("安全检查次数"), _("次"), events("inspection"), "sessions"),
        Metric("hazards_found", _("隐患发现处数"), _("处"), events("inspection"), "quantity"),
        Metric("hazards_rectified", _("隐患整改处数"), _("处"), events("inspection"), "quantity_done"),
        Metric("disputes_found", _("矛盾纠纷排查起数"), _("起"), events("dispute"), "quantity"),
        Metric("disputes_solved", _("矛盾纠纷化解起数"), _("起"), events("dispute"), "quantity_done"),
        Metric("core_value_sessions", _("核心价值观活动场次"), _("场"), events("core_values"), "sessions"),
        Metric("law_sessions", _("宗教政策法规宣传场次"), _("场"), events("law_publicity"), "sessions"),
        Metric(
            "law_people", _("宗教政策法规宣传人次"), _("人次"), events("law_publicity"), "person_times", rounded=True
        ),
        Metric("venue_changes", _("场所和教职人员核对处数"), _("处"), events("venue_registration"), "quantity"),
        Metric("venue_services", _("服务场所事项件数"), _("件"), events("venue_service"), "quantity"),
        Metric("oversight_visits", _("视察检查次数"), _("次"), events("oversight"), "sessions"),
        Metric("suggestions", _("视察意见建议条数"), _("条"), events("oversight"), "quantity"),
        Metric("suggestions_answered", _("视察意见建议答复条数"), _("条"), events("oversight"), "quantity_done"),
        Metric("large_events", _("大型活动保障次数"), _("次"), events("large_event"), "sessions"),
    ),
    headline=("inspections", "hazards_found", "hazards_rectified"),
    draft="religion/draft.txt",
)
