from collections.abc import Callable
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_noop as _

from workplans.area import Area, Kind, Quantity, Register
from workplans.metrics import Metric, Over, events
from workplans.models import Period
from workplans.models.followed import done_by_end, open_at_end, opened_in
from workplans.models.found import STANDING

from .money import PLACES

FORM = "nonpublic.forms.rows.{}".format
ABOUT = "nonpublic.views.events.about"
ENTERPRISE, AT_ENTERPRISE, REQUEST = "nonpublic.Enterprise", "nonpublic.AtEnterprise", "nonpublic.Request"
SERVICE, CONTRIBUTION = "nonpublic.ServiceEvent", "nonpublic.Contribution"
OF_ROW = Q(activity__state__in=("recorded", "confirmed"))  # rows that count


def kind(code: str, label: str, quantity: Quantity | None = None, *, form: str = "ServiceForm") -> Kind:
    return Kind(code, label, quantity, form=FORM(form), about=ABOUT)


def enterprises(code: str, label: str, of: Q) -> Metric:
    """Enterprises that stand in the register on the period's last day."""
    return Metric(code, label, _("家"), lambda p: of & _existing(p), over=Over.AT_END, model=ENTERPRISE, day="since")


def _existing(p: Period) -> Q:
    return Q(since__lte=p.last_day) & (Q(until=None) | Q(until__gt=p.last_day))


def requests(code: str, label: str, where: Callable[[Period], Q], **more: Any) -> Metric:
    """Requests; those of void rows and those entered by mistake never count."""
    return Metric(
        code,
        label,
        _("个"),
        lambda p: where(p) & STANDING,
        model=REQUEST,
        day="opened_on",
        related=("activity",),
        **more,
    )


def detail(code: str, label: str, unit: str, column: str, model: str, **more: Any) -> Metric:
    """The sum of a column that rows of the ledger have besides."""
    return Metric(code, label, unit, OF_ROW, column, model=model, day="activity__date", related=("activity",), **more)


NONPUBLIC = Area(
    code="nonpublic",
    label=_("非公有制经济"),
    heading="围绕“两个健康”，加强对非公经济人士的团结、服务、引导、教育工作",
    icon="building",
    kinds=(
        kind("enterprise_visit", _("走访企业"), Quantity(_("走访企业"), _("家次")), form="VisitForm"),
        kind("enterprise_lecture", _("企业调研宣讲")),
        kind("policy_talk", _("政策宣讲")),
        kind("enterprise_request", _("企业诉求办理"), form="CollectForm"),
        kind("ideals", _("理想信念教育")),
        kind("poverty_relief", _("参与精准扶贫"), Quantity(_("受益群众"), _("人")), form="ContributionForm"),
        kind("contribution", _("社会贡献"), Quantity(_("受益群众"), _("人")), form="ContributionForm"),
        kind("job_fair", _("招聘会"), Quantity(_("提供岗位"), _("个"), _("达成意向"))),
        kind("matching", _("政银企对接")),
        kind("exchange", _("交流会")),
        kind("enterprise_training", _("企业培训")),
    ),
    metrics=(
        enterprises("enterprises", _("企业家数"), Q()),
        enterprises("enterprises_scale", _("规模以上企业家数"), Q(above_scale=True)),
        enterprises("enterprises_party", _("有党组织的企业家数"), ~Q(party_body="none")),
        Metric("enterprise_visits", _("走访企业家次"), _("家次"), events("enterprise_visit"), "quantity"),
        Metric(
            "enterprises_visited", _("走访企业家数"), _("家"), OF_ROW & Q(activity__kind="enterprise_visit"),
            "enterprise_id", Over.DISTINCT, AT_ENTERPRISE, "activity__date", related=("activity", "enterprise"),
        ),
        Metric("enterprise_lectures", _("企业宣讲场次"), _("场"), events("enterprise_lecture"), "sessions"),
        Metric("policy_talks", _("政策宣讲场次"), _("场"), events("policy_talk"), "sessions"),
        requests("requests_received", _("企业问题收集个数"), opened_in),
        requests("requests_solved", _("企业问题解决个数"), done_by_end("answered_on")),
        requests("requests_open", _("未结企业诉求个数"), open_at_end, over=Over.AT_END),
        Metric("ideals_sessions", _("理想信念教育场次"), _("场"), events("ideals"), "sessions"),
        Metric("ideals_people", _("理想信念教育人次"), _("人次"), events("ideals"), "person_times", rounded=True),
        Metric("relief_sessions", _("参与精准扶贫次数"), _("次"), events("poverty_relief"), "sessions"),
        Metric("relief_people", _("精准扶贫受益人数"), _("人"), events("poverty_relief"), "quantity", rounded=True),
        Metric("contributions", _("社会贡献次数"), _("次"), events("poverty_relief", "contribution"), "sessions"),
        Metric(
            "beneficiaries", _("社会贡献受益人数"), _("人"), events("poverty_relief", "contribution"), "quantity",
            rounded=True,
        ),
        detail("contributed", _("社会贡献金额"), _("万元"), "amount", CONTRIBUTION, places=PLACES),
        Metric("job_fairs", _("招聘会场次"), _("场"), events("job_fair"), "sessions"),
        Metric("posts_offered", _("提供岗位个数"), _("个"), events("job_fair"), "quantity", rounded=True),
        Metric("job_intentions", _("达成意向人数"), _("人"), events("job_fair"), "quantity_done", rounded=True),
        Metric("exchanges", _("对接交流场次"), _("场"), events("exchange", "matching"), "sessions"),
        Metric("enterprise_trainings", _("企业培训期数"), _("期"), events("enterprise_training"), "sessions"),
        Metric(
            "trained_people", _("企业培训人次"), _("人次"), events("enterprise_training"), "person_times", rounded=True
        ),
        detail("service_enterprises", _("服务活动参加企业家次"), _("家次"), "enterprises", SERVICE),
        detail("signed_amount", _("签约金额"), _("万元"), "signed", SERVICE, places=PLACES),
    ),
    headline=("enterprise_visits", "requests_received", "job_fairs"),
    draft="nonpublic/draft.txt",
    registers=(
        Register("enterprises", _("企业")),
        Register("requests", _("企业诉求")),
        Register("request_lists", _("三单")),
    ),
    waiting="nonpublic.views.waiting.waiting_for",
    demo="nonpublic.demo.load.Demo",
)  # fmt: skip
