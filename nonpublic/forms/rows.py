"""Forms of what is recorded with enterprises: the ledger's own form, and what each kind asks besides."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from nonpublic.models import AtEnterprise, Contribution, Enterprise, EnterpriseVisit, Request, ServiceEvent
from nonpublic.money import in_wan
from workplans.forms.detail import DetailForm, Line
from workplans.forms.ledger import CountField
from workplans.models import Activity
from workplans.versions import Change

from .fields import EnterpriseField, EnterprisesField, MoneyField

TEXTS = ("title", "place", "content", "result", "basis")


class RequestLine(Line):
    """One request that came up, of the enterprise at which the row happened."""

    AT = "enterprise"

    class Meta(Line.Meta):
        model = Request
        fields = ("kind", "need", "suggestion", "responsible", "due", "post")
        widgets = {"suggestion": forms.Textarea(attrs={"rows": 2})}


class NamedRequestLine(RequestLine):
    """One request that names its enterprise, where a row gathers those of several."""

    NOWHERE = gettext_lazy("同上面选的企业")
    enterprise = EnterpriseField()

    class Meta(RequestLine.Meta):
        fields = ("enterprise", *RequestLine.Meta.fields)

    def thing(self, at: Any) -> Any:
        return self.cleaned_data.get("enterprise") or at


class EnterprisesForm(DetailForm):
    """A row about enterprises, in the order in which the form names them."""

    def enterprises(self) -> list[Enterprise]:
        """Those that were chosen."""
        raise NotImplementedError

    @classmethod
    def linked(cls, row: Activity) -> list[int]:
        links = AtEnterprise.objects.of_unit(row.unit_id).of_rows(row).order_by("pk")
        return list(links.values_list("enterprise_id", flat=True))

    def save_detail(self, row: Activity) -> None:
        super().save_detail(row)
        AtEnterprise.objects.tell(row, self.enterprises())

    def detail_changes(self, stored: Activity) -> list[Change]:
        register = Enterprise.objects.of_unit(stored.unit_id)
        names = dict(register.chosen(self.linked(stored)).values_list("pk", "name"))
        old = [names[pk] for pk in self.linked(stored)]
        new = [each.name for each in self.enterprises()]
        told = [Change(_("企业"), *(_("、").join(each) or _("（空）") for each in (old, new)))] if old != new else []
        return told + super().detail_changes(stored)


class AtEnterpriseForm(EnterprisesForm):
    """A row that may have happened at an enterprise, which then says where it was and lends it a title."""

    PREFILLED = ("enterprise",)
    LENT = ("enterprise",)
    AT = "enterprise"
    NOWHERE = gettext_lazy("不在某一家企业")
    TITLE_HELP = gettext_lazy("选了企业的可以不填，自动写成“事项：企业名称”。")
    TITLE_ASKED = gettext_lazy("没有选企业的，请填写标题。")

    enterprise = EnterpriseField()

    def enterprises(self) -> list[Enterprise]:
        return [self.thing] if self.thing else []

    @classmethod
    def detail_initial(cls, row: Activity) -> dict[str, Any]:
        return super().detail_initial(row) | {"enterprise": next(iter(cls.linked(row)), None)}

    def title_at(self, thing: Any, kind: str) -> str:
        return f"{kind}：{thing.name}"


class VisitForm(AtEnterpriseForm):
    """走访企业: one enterprise, or several on one way; or only how many, as it was written down before the register."""

    template = "nonpublic/visit.html"
    LENT = ("enterprise", "form", "leader_post")
    NOWHERE = gettext_lazy("请选择企业")
    DETAIL = EnterpriseVisit
    ASKED = ("form", "leader_post")
    LINE = RequestLine
    words = (gettext_lazy("企业提出的诉求"), gettext_lazy("添加一项"))

    also = EnterprisesField(label=gettext_lazy("同一趟还走访了"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["also"].offer(self.user.unit, self.initial.get("also", ()))
        self.fields["quantity"].help_text = _("选了企业的不用填，按所选的企业计家次。")

    @classmethod
    def detail_initial(cls, row: Activity) -> dict[str, Any]:
        return super().detail_initial(row) | {"also": cls.linked(row)[1:]}

    def enterprises(self) -> list[Enterprise]:
        first = super().enterprises()
        return first + [each for each in self.cleaned_data.get("also", ()) if each not in first]

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if named := self.enterprises():
            data["quantity"] = len(named)
        elif not data.get("quantity") and not {"enterprise", "quantity"} & set(self.errors):
            self.add_error("enterprise", _("请选择走访的企业；名册里没有的，请填写走访家次。"))
        return data

    # What the template draws

    @cached_property
    def last_visit(self) -> Activity | None:
        """The last visit to the enterprise from whose page an empty form was opened."""
        pk = str(self.initial.get("enterprise") or "")
        if self.is_bound or self.instance.pk or not (pk.isascii() and pk.isdecimal() and len(pk) <= 18):
            return None
        found = Enterprise.objects.of_unit(self.user.unit).keyed(int(pk)).first()
        return found.last_visit() if found else None


class CollectForm(AtEnterpriseForm):
    """企业诉求办理: what was collected at one enterprise or from several, a request a line."""

    LINE = NamedRequestLine
    words = (gettext_lazy("收集到的诉求"), gettext_lazy("添加一项"))

    def enterprises(self) -> list[Enterprise]:
        lines = (line.cleaned_data.get("enterprise") for line in self.found())
        kept = Enterprise.objects.of_unit(self.user.unit).chosen(self._asking())
        return list(dict.fromkeys([*super().enterprises(), *kept, *filter(None, lines)]))

    def _asking(self) -> list[int]:
        """Whose requests the row has brought to light already."""
        return [each.enterprise_id for each in self.written if each.enterprise_id]


class ServiceForm(EnterprisesForm):
    """招聘会, 对接, 交流, 培训, 教育, 宣讲: which enterprises took part, or how many, and what was signed."""

    template = "nonpublic/service.html"
    DETAIL = ServiceEvent
    ASKED = ("enterprises", "signed")
    WORDS = {"signed": in_wan}

    present = EnterprisesField(label=gettext_lazy("参加的企业"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["enterprises"] = CountField(
            label=_("参加企业"), unit=_("家"), help_text=_("下面勾选了企业的可以不填。")
        )
        self.fields["signed"] = MoneyField(label=_("签约金额"))
        self.fields["present"].offer(self.user.unit, self.initial.get("present", ()))

    @classmethod
    def detail_initial(cls, row: Activity) -> dict[str, Any]:
        return super().detail_initial(row) | {"present": cls.linked(row)}

    def enterprises(self) -> list[Enterprise]:
        return list(self.cleaned_data.get("present", ()))

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        named, number = len(self.enterprises()), data.get("enterprises")
        if number == 0:
            data["enterprises"] = named
        elif number is not None and number < named:
            self.add_error("enterprises", _("下面勾选了 %(named)d 家，不能少于这个数。") % {"named": named})
        return data


class ContributionForm(EnterprisesForm):
    """社会贡献: for which programme, how much, who benefits; who gave only where he wishes to be named."""

    template = "nonpublic/contribution.html"
    DETAIL = Contribution
    ASKED = ("programme", "form", "amount", "withheld")
    WORDS = {"amount": in_wan, "withheld": lambda value: _("是") if value else _("否")}

    donor = EnterpriseField(
        label=gettext_lazy("捐赠企业"), help_text=gettext_lazy("可以不填。企业不愿公开的，勾选上面一项，这里留空。")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["amount"] = MoneyField(label=_("金额"), help_text=_("捐物等可按折价填写，没有金额的不填。"))
        self.fields["donor"].offer(self.user.unit, self.initial.get("donor") if self.instance.pk else None)
        self.fields["donor"].empty_label = _("不填")
        self.fields["title"].required = False
        self.fields["title"].help_text = _("可以不填，自动写成“项目＋方式”。")
        self.fields["village"].help_text = _("受益的村（社区）。")

    @classmethod
    def detail_initial(cls, row: Activity) -> dict[str, Any]:
        return super().detail_initial(row) | {"donor": next(iter(cls.linked(row)), None)}

    def enterprises(self) -> list[Enterprise]:
        donor = self.cleaned_data.get("donor")
        return [donor] if donor else []

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if not data.get("title") and "title" not in self.errors and data.get("programme") and data.get("form"):
            told = Contribution(programme=data["programme"], form=data["form"])
            data["title"] = f"{told.get_programme_display()}{told.get_form_display()}"
        if data.get("withheld"):
            self._keep_donor_out()
        return data

    def _keep_donor_out(self) -> None:
        """A donor that wishes to stay unnamed is named nowhere in the row."""
        if self.cleaned_data.get("donor"):
            self.add_error("donor", _("企业不愿公开的，请把这里留空；系统不保存它的名称。"))
        names = list(Enterprise.objects.of_unit(self.user.unit).values_list("name", flat=True))
        for field in TEXTS:
            if any(name in (self.cleaned_data.get(field) or "") for name in names):
                self.add_error(field, _("企业不愿公开，这里请不要写企业名称。"))
