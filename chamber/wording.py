"""What the chamber writes in Chinese, whatever the interface's language: the usual steps, lines kept with a target, a paper's sentence."""

from __future__ import annotations

import datetime as dt

from workplans.numerals import date_in_text, due_in_text

AREA = "chamber"
DELIVERABLE = "商会组建工作"

# (label, materials, optional, the state of the chamber it leads to)
DEFAULT_STEPS: tuple[tuple[str, tuple[str, ...], bool, str], ...] = (
    ("发起人与筹备组", ("发起单位名单", "筹备组组成方案"), False, "preparing"),
    ("申请筹备", ("筹备申请书", "章程草案", "办公场所证明"), False, ""),
    ("核准名称", ("名称核准申请表",), False, ""),
    ("会长人选综合评价", ("综合评价意见",), False, ""),
    ("组织考察", ("考察材料",), False, ""),
    ("审核报批", ("成立请示", "批复"), False, "approved"),
    ("会员大会", ("大会方案", "章程", "会费办法", "选举办法", "会议纪要"), False, ""),
    ("成立登记", ("登记申请书", "验资报告", "会员名册"), False, "founded"),
    ("办理证章", ("法人登记证书", "印章备案", "银行账户"), False, ""),
)


def target_text(chamber: str) -> str:
    return f"成立{chamber}"


def done_line(step: str, day: dt.date, note: str) -> str:
    return f"完成“{step}”（{date_in_text(day)}）。{note}"


def skipped_line(step: str, note: str) -> str:
    return f"按步骤清单略过“{step}”。{note}"


def obstacle_line(step: str, before: str, now: str) -> str:
    """What became of the obstacle; nothing when it is the one it was."""
    if now == before:
        return ""
    return f"“{step}”遇到障碍：{now}。" if now else f"“{step}”的障碍已排除：{before}。"


def due_line(before: dt.date | None, now: dt.date) -> str:
    if before == now:
        return ""
    return (
        f"完成时限由{date_in_text(before)}调整为{date_in_text(now)}。"
        if before
        else f"完成时限定为{date_in_text(now)}。"
    )


def unfinished_line(step: str, obstacle: str) -> str:
    """Why a half-year ends with the founding still under way."""
    because = f"因{obstacle}，" if obstacle else ""
    return f"{because}“{step}”尚未完成，结转下一个半年接着办。"


def begun_line(day: dt.date) -> str:
    return f"开始筹建（{date_in_text(day)}）。"


def stopped_line(note: str) -> str:
    return f"停止筹建。{note}"


def sentence(done: str, members: int, step: str, planned: dt.date | None, obstacle: str, *, today: dt.date) -> str:
    """商会筹建已完成申请筹备，会员12家；因人选问题，会长人选综合评价拟于9月底完成。 What there is none of is left out."""
    reached = [f"商会筹建已完成{done}" if done else "商会筹建工作已启动", f"会员{members}家" if members else ""]
    because = f"因{obstacle}，" if obstacle else ""
    ahead = f"{step}{_when(planned, today)}" if step else ""
    return "；".join(filter(None, ["，".join(filter(None, reached)), ahead and because + ahead])) + "。"


def _when(planned: dt.date | None, today: dt.date) -> str:
    if planned is None:
        return "完成时间待定"
    return f"拟于{due_in_text(planned, year=today.year)}完成" if planned >= today else "滞后于计划"
