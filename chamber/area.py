from django.utils.translation import gettext_noop as _

from workplans.area import Area, Kind
from workplans.metrics import Metric, events

# No heading: until a chamber is founded it speaks under the second half's key work, as a target.
CHAMBER = Area(
    code="chamber",
    label=_("商会"),
    heading="",
    icon="people-fill",
    kinds=(
        Kind("chamber_preparation", _("商会筹备工作")),
        Kind("chamber_meeting", _("商会会议")),
        Kind("chamber_activity", _("商会活动")),
    ),
    metrics=(
        Metric("chamber_preparations", _("商会筹备工作次数"), _("次"), events("chamber_preparation"), "sessions"),
        Metric("chamber_meetings", _("商会会议次数"), _("次"), events("chamber_meeting"), "sessions"),
        Metric("chamber_activities", _("商会活动次数"), _("次"), events("chamber_activity"), "sessions"),
    ),
    headline=("chamber_preparations", "chamber_meetings"),
    draft="",
)
