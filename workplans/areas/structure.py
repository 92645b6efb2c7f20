from django.db.models import Q
from django.utils.translation import gettext_noop as _

from ..area import Area, Kind, Quantity, Register
from ..metrics import Metric, Over, events

NETWORK = "workplans.NetworkCount"

STRUCTURE = Area(
    code="structure",
    label=_("大统战格局"),
    heading="强化责任担当，构建大统战格局",
    icon="diagram-3",
    kinds=(
        Kind("committee_meeting", _("党委会研究统战工作")),
        Kind("leading_group", _("领导小组会议")),
        Kind("routine_meeting", _("工作例会")),
        Kind("quarterly_review", _("季度研判"), about="workplans.views.quarterly.about"),
        Kind("report_up", _("向上级汇报")),
        Kind(
            "information", _("信息报送"), Quantity(_("报送信息"), _("条"), _("被采用")),
            form="workplans.forms.information.InformationForm",
        ),
        Kind("research", _("调研")),
        Kind("assessment", _("接受督查考核")),
        Kind("network", _("联络网络调整")),
    ),
    metrics=(
        Metric("committee_meetings", _("党委会研究次数"), _("次"), events("committee_meeting"), "sessions"),
        Metric("leading_group_meetings", _("领导小组会议次数"), _("次"), events("leading_group"), "sessions"),
        Metric("routine_meetings", _("工作例会次数"), _("次"), events("routine_meeting"), "sessions"),
        Metric("quarterly_reviews", _("季度研判次数"), _("次"), events("quarterly_review"), "sessions"),
        Metric("reports_up", _("向上级汇报次数"), _("次"), events("report_up"), "sessions"),
        Metric("information_sent", _("信息报送条数"), _("条"), events("information"), "quantity"),
        Metric("information_adopted", _("信息采用条数"), _("条"), events("information"), "quantity_done"),
        Metric("research_trips", _("统战调研次数"), _("次"), events("research"), "sessions"),
        Metric(
            "liaison_persons", _("联络员人数"), _("人"), Q(), "number", Over.AT_END, NETWORK, "snapshot__counted_on",
            related=("snapshot", "village"),
        ),
        Metric(
            "villages_covered", _("联络网络覆盖村（社区）数"), _("个"), Q(number__gt=0, village__isnull=False),
            "village_id", Over.DISTINCT, NETWORK, "snapshot__counted_on", related=("snapshot", "village"),
            aliases=("覆盖村（社区）数",),
        ),
    ),
    headline=("committee_meetings", "routine_meetings", "information_sent"),
    draft="workplans/drafts/structure.txt",
    registers=(
        Register("information", _("信息报送")), Register("networks", _("联络网络")), Register("quarterly", _("季度研判")),
    ),
    demo="workplans.demo.structure.Demo",
)  # fmt: skip
