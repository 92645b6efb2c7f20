from collections.abc import Callable
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_noop as _

from workplans.area import Area, Kind, Quantity, Register
from workplans.metrics import Metric, Over, events
from workplans.models import Period
from workplans.models.followed import done_by_end, open_at_end, opened_in
from workplans.models.found import STANDING

from .models import VenueType

FORM = "religion.forms.events.{}".format
ABOUT = "religion.views.events.about"
VENUE, CHANGE, AT_VENUE, PROJECT = "religion.Venue", "religion.VenueChange", "religion.AtVenue", "religion.VenueProject"
HAZARD, DISPUTE, SUGGESTION = "religion.Hazard", "religion.Dispute", "religion.Suggestion"


def kind(code: str, label: str, quantity: Quantity | None = None, *, form: str = "VenueRowForm") -> Kind:
    """What is recorded at venues: every form of this area asks at which."""
    return Kind(code, label, quantity, form=FORM(form), about=ABOUT)


def venues(code: str, label: str, of: Q) -> Metric:
    """Venues that stand in the register on the period's last day."""
    return Metric(code, label, _("处"), lambda p: of & _existing(p), over=Over.AT_END, model=VENUE, day="registered_on")


def _existing(p: Period) -> Q:
    registered = Q(registered_on=None) | Q(registered_on__lte=p.last_day)
    return registered & (Q(revoked_on=None) | Q(revoked_on__gt=p.last_day))


def found(code: str, label: str, unit: str, model: str, where: Callable[[Period], Q], **more: Any) -> Metric:
    """Hazards, disputes and suggestions; those of void rows and those entered by mistake never count."""
    return Metric(
        code, label, unit, lambda p: where(p) & STANDING, model=model, day="opened_on", related=("activity",), **more
    )


def major(p: Period) -> Q:
    return opened_in(p) & Q(grade="major")


RELIGION = Area(
    code="religion",
    label=_("宗教事务"),
    heading="依法管理宗教事务，促进宗教领域和谐稳定",
    icon="bank",
    kinds=(
        kind("patrol", _("走访巡查"), form="PatrolForm"),
        kind("inspection", _("安全检查"), form="InspectionForm"),
        kind("dispute", _("矛盾纠纷排查"), form="ScreeningForm"),
        kind("harmony", _("和谐寺观教堂创建")),
        kind("core_values", _("社会主义核心价值观活动")),
        kind("law_publicity", _("宗教政策法规宣传")),
        kind("venue_registration", _("场所和教职人员动态管理"), Quantity(_("核对变更"), _("处"))),
        kind("venue_service", _("服务场所"), Quantity(_("协调事项"), _("件"), _("已办结"))),
        kind("oversight", _("接受视察检查"), form="OversightForm"),
        kind("large_event", _("大型宗教活动保障"), form="LargeEventForm"),
    ),
    metrics=(
        venues("venues", _("宗教活动场所处数"), ~Q(type=VenueType.FOLK)),
        venues("venues_temple", _("寺院处数"), Q(type=VenueType.TEMPLE)),
        venues("venues_daoist", _("宫观处数"), Q(type=VenueType.DAOIST)),
        venues("venues_mosque", _("清真寺处数"), Q(type=VenueType.MOSQUE)),
        venues("venues_church", _("教堂处数"), Q(type=VenueType.CHURCH)),
        venues("venues_other", _("其他固定处所处数"), Q(type=VenueType.OTHER)),
        venues("venues_folk", _("民间信仰活动场所处数"), Q(type=VenueType.FOLK)),
        Metric(
            "clergy", _("教职人员人数"), _("人"), lambda p: Q(clergy_count__isnull=False) & _existing(p),
            "clergy_count", Over.AT_END, VENUE, "clergy_checked_on",
        ),
        Metric("venue_checks", _("场所和教职人员核对处数"), _("处"), events("venue_registration"), "quantity"),
        Metric(
            "venue_changes", _("场所变动次数"), _("次"), lambda p: Q(day__range=(p.first_day, p.last_day)),
            model=CHANGE, day="day", related=("venue",),
        ),
        Metric("patrols", _("场所巡查次数"), _("次"), events("patrol"), "sessions"),
        Metric("inspections", _("安全检查次数"), _("次"), events("inspection"), "sessions"),
        Metric(
            "venues_inspected", _("安全检查场所处数"), _("处"),
            Q(activity__kind="inspection") & ~Q(activity__state="void"), "venue_id", Over.DISTINCT, AT_VENUE,
            "activity__date", related=("activity",),
        ),
        found("hazards_found", _("隐患发现处数"), _("处"), HAZARD, opened_in),
        found("hazards_rectified", _("隐患整改处数"), _("处"), HAZARD, done_by_end("rectified_on")),
        found("hazards_major", _("重大隐患处数"), _("处"), HAZARD, major),
        found("hazards_open", _("未销号隐患处数"), _("处"), HAZARD, open_at_end, over=Over.AT_END),
        found("disputes_found", _("矛盾纠纷排查起数"), _("起"), DISPUTE, opened_in),
        found("disputes_solved", _("矛盾纠纷化解起数"), _("起"), DISPUTE, done_by_end("closed_on")),
        Metric("core_value_sessions", _("核心价值观活动场次"), _("场"), events("core_values"), "sessions"),
        Metric("law_sessions", _("宗教政策法规宣传场次"), _("场"), events("law_publicity"), "sessions"),
        Metric(
            "law_people", _("宗教政策法规宣传人次"), _("人次"), events("law_publicity"), "person_times", rounded=True
        ),
        Metric("venue_services", _("服务场所事项件数"), _("件"), events("venue_service"), "quantity"),
        Metric("oversight_visits", _("视察检查次数"), _("次"), events("oversight"), "sessions"),
        found("suggestions", _("视察意见建议条数"), _("条"), SUGGESTION, opened_in),
        found("suggestions_answered", _("视察意见建议答复条数"), _("条"), SUGGESTION, done_by_end("closed_on")),
        Metric("large_events", _("大型活动保障次数"), _("次"), events("large_event"), "sessions"),
        Metric(
            "projects_open", _("在建场所建设项目数"), _("个"), lambda p: open_at_end(p) & Q(void_reason=""),
            over=Over.AT_END, model=PROJECT, day="opened_on",
        ),
    ),
    headline=("inspections", "hazards_found", "hazards_rectified"),
    draft="religion/draft.txt",
    registers=(
        Register("venues", _("场所")),
        Register("hazards", _("隐患")),
        Register("disputes", _("矛盾纠纷")),
        Register("suggestions", _("意见建议")),
        Register("projects", _("场所建设")),
        Register("harmony", _("和谐寺观教堂创建")),
        Register("entries", _("四进场所")),
        Register("rules", _("制度建设")),
        Register("checklist", _("检查清单")),
        Register("clergy", _("教职名册")),
        Register("local_rules", _("本地规定")),
    ),
    waiting="religion.views.waiting.waiting_for",
    quotes="religion.drafting.quotes",
    demo="religion.demo.load.Demo",
)  # fmt: skip
