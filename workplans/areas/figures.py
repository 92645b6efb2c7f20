from collections.abc import Callable

from django.db.models import Q
from django.utils.translation import gettext_noop as _

from ..area import Area, Kind, Quantity, Register
from ..metrics import Metric, Over, events
from ..models import Category, Period, PublicPost

HEADCOUNT, POST = "workplans.Headcount", "workplans.PublicPost"
Type = PublicPost.Type


def headcount(category: Category, label: str, *, part_of: str = "") -> Metric:
    """People of a category by the last count until the period's end."""
    return Metric(
        f"headcount_{category.value}", label, _("人"), Q(category=category.value), "number", Over.AT_END, HEADCOUNT,
        "snapshot__counted_on", related=("snapshot",), guarded=True, part_of=part_of,
    )  # fmt: skip


def posts(code: str, label: str, of: Q | None = None) -> Metric:
    """Public posts that are held on the period's last day."""
    return Metric(code, label, _("个"), _held(of or Q()), over=Over.AT_END, model=POST, day="began_on")


def _held(of: Q) -> Callable[[Period], Q]:
    return lambda p: of & Q(began_on__lte=p.last_day) & (Q(ended_on=None) | Q(ended_on__gt=p.last_day))


STRATA = "headcount_strata"
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
        Metric("bases", _("建成阵地处数"), _("处"), events("base_building"), "quantity"),
        posts("posts", _("党外代表人士任职数")),
        posts("posts_delegate", _("人大代表任职数"), Q(type=Type.DELEGATE)),
        posts("posts_consultative", _("政协委员任职数"), Q(type=Type.CONSULTATIVE)),
        posts("posts_cadre", _("党外领导干部任职数"), Q(type=Type.CADRE)),
        posts("posts_party_head", _("民主党派基层组织负责人任职数"), Q(type=Type.PARTY_HEAD)),
        posts("posts_chamber_head", _("工商联（商会）负责人任职数"), Q(type=Type.CHAMBER_HEAD)),
        posts("posts_strata_head", _("新联会负责人任职数"), Q(type=Type.STRATA_HEAD)),
        posts("posts_religious_head", _("宗教团体负责人任职数"), Q(type=Type.RELIGIOUS_HEAD)),
        posts("posts_overseas_head", _("侨联台联负责人任职数"), Q(type=Type.OVERSEAS_HEAD)),
        headcount(Category.PARTIES, _("民主党派成员人数")),
        headcount(Category.NONPARTISAN, _("无党派人士人数")),
        headcount(Category.INTELLECTUALS, _("党外知识分子人数")),
        headcount(Category.MINORITIES, _("少数民族人士人数")),
        headcount(Category.RELIGIOUS, _("宗教界人士人数")),
        headcount(Category.PRIVATE_ECONOMY, _("非公有制经济人士人数")),
        headcount(Category.STRATA, _("新的社会阶层人士人数")),
        headcount(Category.OVERSEAS_STUDY, _("出国和归国留学人员人数")),
        headcount(Category.HONGKONG_MACAO, _("香港同胞、澳门同胞人数")),
        headcount(Category.TAIWAN, _("台湾同胞及其在大陆的亲属人数")),
        headcount(Category.OVERSEAS_CHINESE, _("华侨、归侨及侨眷人数")),
        headcount(Category.OTHERS, _("其他需要联系和团结的人员人数")),
        headcount(Category.MANAGERS, _("民营企业和外商投资企业管理技术人员人数"), part_of=STRATA),
        headcount(Category.INTERMEDIARIES, _("中介组织和社会组织从业人员人数"), part_of=STRATA),
        headcount(Category.FREELANCERS, _("自由职业人员人数"), part_of=STRATA),
        headcount(Category.NEW_MEDIA, _("新媒体从业人员人数"), part_of=STRATA),
    ),
    headline=("forums", "figure_visits", "advice_received"),
    draft="workplans/drafts/figures.txt",
    registers=(Register("headcounts", _("对象数量")), Register("posts", _("任职"))),
    waiting="workplans.views.posts.waiting_for",
    demo="workplans.demo.figures.Demo",
)  # fmt: skip
