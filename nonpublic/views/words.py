"""How the pages of followed matters speak of requests."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Unit
from nonpublic.forms.requests import RequestForm
from nonpublic.models import Request
from workplans.views.matter_words import Facts, Matters


def _facts(found: Request) -> Facts:
    return [(_("类别"), found.get_kind_display()), (_("责任单位"), found.responsible)]


def _links(units: Iterable[Unit]) -> tuple[tuple[str, str], ...]:
    return ((_("三单"), reverse("request_lists")),)


REQUESTS = Matters(
    Request, RequestForm, area="nonpublic", page="request", list="requests", title=gettext_lazy("企业诉求"),
    about=gettext_lazy("走访中收集的企业诉求，一直跟到办结，或说明为什么不能办。"), opened=gettext_lazy("提出日期"),
    ended=gettext_lazy("结束日期"), counter=gettext_lazy("个"), at="enterprise", at_label=gettext_lazy("企业"),
    nowhere=gettext_lazy("没有写明企业"), origin=gettext_lazy("在“记一笔”中记录走访企业或企业诉求办理时一并登记。"),
    whole=("enterprise", "activity"), beside=("enterprise",), prose=("suggestion",), days=("answered_on",), facts=_facts,
    column=gettext_lazy("类别和责任单位"), cell="nonpublic/request_cell.html", links=_links,
)  # fmt: skip
