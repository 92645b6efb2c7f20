from django.db.models import Q
from django.utils.translation import gettext_noop as _

from workplans.area import Area, Kind, Register
from workplans.metrics import Metric, Over, events

from .models import members_at_end

STEP, MEMBER = "chamber.FoundingStep", "chamber.Membership"
ABOUT = "chamber.views.meetings.about"

# No heading: it speaks under the second half's key work, through the target that its founding keeps.
CHAMBER = Area(
    code="chamber",
    label=_("商会"),
    heading="",
    icon="people-fill",
    kinds=(
        Kind("chamber_preparation", _("商会筹备工作"), form="chamber.forms.meetings.PreparationForm", about=ABOUT),
        Kind("chamber_meeting", _("商会会议"), form="chamber.forms.meetings.MeetingForm", about=ABOUT),
        Kind("chamber_activity", _("商会活动")),
    ),
    metrics=(
        Metric(
            "chamber_members", _("商会会员家数"), _("家"), members_at_end, over=Over.AT_END, model=MEMBER, day="joined_on",
            related=("enterprise",),
        ),
        Metric("chamber_preparations", _("商会筹备工作次数"), _("次"), events("chamber_preparation"), "sessions"),
        Metric("chamber_meetings", _("商会会议次数"), _("次"), events("chamber_meeting"), "sessions"),
        Metric("chamber_activities", _("商会活动次数"), _("次"), events("chamber_activity"), "sessions"),
        Metric(
            "founding_steps_done", _("商会筹建完成步数"), _("步"), lambda p: Q(done_on__lte=p.last_day),
            over=Over.AT_END, model=STEP, day="done_on",
        ),
    ),
    headline=("chamber_preparations", "chamber_meetings"),
    draft="",
    registers=(Register("chambers", _("商会")), Register("founding_steps", _("筹建步骤清单"))),
    waiting="chamber.views.waiting.waiting_for",
    keeper="chamber.models.founding.keeper",
    demo="chamber.demo.load.Demo",
)  # fmt: skip
