from __future__ import annotations

from typing import Any

import django_filters as filters
from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy

from .area import areas, kind_choices
from .models import Activity


class ActivityFilter(filters.FilterSet):
    """The quiet line above the ledger. Void rows count nowhere and stand in the list only when asked for."""

    unit = filters.ChoiceFilter(
        label=gettext_lazy("单位"), empty_label=gettext_lazy("全部单位"), method="already_chosen"
    )
    area = filters.ChoiceFilter(label=gettext_lazy("领域"), empty_label=gettext_lazy("全部领域"))
    kind = filters.ChoiceFilter(label=gettext_lazy("事项"), empty_label=gettext_lazy("全部事项"))
    village = filters.ChoiceFilter(label=gettext_lazy("村（社区）"), empty_label=gettext_lazy("全部"))
    state = filters.ChoiceFilter(
        label=gettext_lazy("状态"),
        empty_label=gettext_lazy("有效记录"),
        choices=Activity.State.choices,
    )
    words = filters.CharFilter(
        label=gettext_lazy("标题、地点、内容"), method="holding", max_length=60,
        widget=forms.TextInput(attrs={"type": "search", "placeholder": gettext_lazy("查找文字")}),
    )  # fmt: skip

    class Meta:
        model = Activity
        fields: list[str] = []

    def __init__(
        self, *args: Any, villages: list[tuple[str, Any]], units: list[tuple[str, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.filters["area"].extra["choices"] = [(area.code, area.name) for area in areas()]
        self.filters["kind"].extra["choices"] = kind_choices()
        self.filters["village"].extra["choices"] = villages
        self.filters["unit"].extra["choices"] = units
        if not units:
            del self.filters["unit"]

    def already_chosen(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        """The unit stands in the address of every page; views/frame.py has read it."""
        return rows

    def holding(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        return rows.holding(value)

    @property
    def qs(self) -> QuerySet:
        rows = super().qs
        return rows if self.form.cleaned_data.get("state") else rows.valid()

    def active(self, request: HttpRequest) -> list[dict[str, str]]:
        """The filters in use: each in words, and the address without it."""
        found = []
        for name, field in self.form.fields.items():
            if value := self.form.cleaned_data.get(name):
                found.append(
                    {
                        "label": field.label,
                        "value": self._in_words(name, value),
                        "url": request.path + query_of(request, name),
                    }
                )
        return found

    def _in_words(self, name: str, value: str) -> str:
        flat: dict[str, str] = {}
        for code, label in self.filters[name].extra.get("choices", []):
            flat.update({str(c): n for c, n in label} if isinstance(label, list) else {str(code): label})
        return str(flat.get(value, value))


def query_of(request: HttpRequest, *without: str, **added: str) -> str:
    """The query of this page's address, from its first page on, with some parameters left out and others added."""
    query = request.GET.copy()
    for name in (*without, "after", "before", "new"):
        query.pop(name, None)
    query.update(added)
    return f"?{query.urlencode()}" if query else ""
