from django.utils.translation import gettext_noop as _

from ..area import Area, Kind
from ..metrics import Metric, events

STUDY = ("center_study", "committee_relay", "cadre_study", "member_study", "special_training")

THEORY = Area(
    code="theory",
    label=_("理论学习"),
    heading="强化理论武装，巩固统一战线共同思想基础",
    icon="book",
    kinds=(
        Kind("center_study", _("党委理论学习中心组学习")),
        Kind("committee_relay", _("党委会传达学习")),
        Kind("cadre_study", _("统战干部学习")),
        Kind("member_study", _("统战成员学习")),
        Kind("special_training", _("专题培训")),
        Kind("lecture", _("宣讲")),
        Kind("publicity", _("集中宣传")),
    ),
    metrics=(
        Metric("study_sessions", _("理论学习次数"), _("次"), events(*STUDY), "sessions"),
        Metric("study_people", _("理论学习人次"), _("人次"), events(*STUDY), "person_times", rounded=True),
        Metric("relay_sessions", _("传达学习次数"), _("次"), events("committee_relay"), "sessions"),
        Metric("lectures", _("宣讲场次"), _("场"), events("lecture"), "sessions"),
        Metric("publicity_sessions", _("集中宣传次数"), _("次"), events("publicity"), "sessions"),
        Metric("leaflets", _("宣传资料份数"), _("份"), events("lecture", "publicity"), "copies", rounded=True),
    ),
    headline=("study_sessions", "study_people", "publicity_sessions"),
    draft="workplans/drafts/theory.txt",
)
