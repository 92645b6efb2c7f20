from __future__ import annotations

import re
from typing import Any

from django.contrib import messages
from django.db.models import Count, Sum
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from accounts import access
from accounts.models import Role, Unit, User, Village

from ..area import About, hook, kind_label, kinds
from ..attachments import CONTENT_SECURITY_POLICY
from ..filters import ActivityFilter, query_of
from ..forms.ledger import ActivityForm, AttachForm, VoidForm, copied, form_of, initial_of
from ..models import Activity, Attachment, Conflict, Period, PeriodLocked
from ..models.lock import locked
from ..paging import page_of
from .frame import chosen_period, chosen_units
from .rows import LISTED, differences, facts_of, in_words, main_facts, prose_of, quantity_in_words, versions_of


@access.readers
@require_safe
def ledger(request: HttpRequest) -> HttpResponse:
    """The list. In its address, `after` and `before` are places in it and `new` is the row just saved."""
    units = {unit.pk: unit.name for unit in chosen_units(request)}
    villages = {village.pk: village for village in Village.objects.visible_to(request.user).order_by("unit", "name")}
    rows = Activity.objects.of_units(units).in_period(chosen_period(request))
    chosen = ActivityFilter(request.GET, rows, villages=_by_unit(villages, units), units=_towns(request.user))
    after, before = request.GET.get("after", ""), request.GET.get("before", "")
    try:
        page = page_of(chosen.qs, LISTED, after=after, before=before)
    except ValueError as error:
        raise Http404 from error
    listed = page.rows if after or before else _with_new_on_top(request, page.rows)
    active = chosen.active(request)
    context = {
        "filter": chosen,
        "active": active,
        "clear_url": request.path + query_of(request, *chosen.form.fields),
        "rows": [in_words(row, units, villages) for row in listed],
        "units": units,
        "sums": _sums(chosen),
        "here": query_of(request),
        "newer_url": page.newer and query_of(request, before=page.newer),
        "older_url": page.older and query_of(request, after=page.older),
        "may_confirm": request.user.role == Role.REVIEWER and any(row["state"] == "recorded" for row in listed),
        "bulk_actions": [{"label": _("确认所选记录"), "name": "action", "value": "confirm"}],
        "locked": _locked_here(request),
        "partial": request.htmx and not request.htmx.history_restore_request,
    }
    return render(request, "workplans/_ledger_rows.html" if context["partial"] else "workplans/ledger.html", context)


@access.writers
def record(request: HttpRequest) -> HttpResponse:
    """记一笔. `copy` in the address starts from an earlier row; kind, date, title, village, place and target fill fields."""
    recent = _recent(request.user)
    start = _start(request, recent)
    form_class = form_of(request.POST.get("kind") or start.get("kind") or "")
    typed = (
        None if "switch" in request.POST else request.POST or None
    )  # another kind was chosen, which asks for other things
    form = form_class(
        typed, request.FILES or None, initial=start | _kept_words(request) if typed is None else start, recent=recent,
        user=request.user, today=timezone.localdate(),
    )  # fmt: skip
    twins = []
    if form.is_valid():
        twins = [] if "anyway" in request.POST else form.twins()
        try:
            row = None if twins else form.record()
        except PeriodLocked as refusal:  # signed while this was typed
            form.add_error("date", refusal.message)
        else:
            if row:
                _tell_recorded(request, row)
                return redirect(_next_entry(request, row) if "again" in request.POST else _in_list(request, row))
    return render(request, "workplans/record.html", {"form": form, "twins": twins, "again": "again" in request.POST})


@access.roles(Role.REVIEWER)
@require_POST
def confirm(request: HttpRequest) -> HttpResponse:
    """Confirm the ticked rows, each as `pk.version`: what was changed since the reviewer saw it is left alone."""
    seen = _ticked(request)
    done = 0
    for row in Activity.objects.of_unit(request.user.unit).chosen(seen):
        row.version = seen[row.pk]
        try:
            row.confirm(request.user)
        except Conflict:
            continue
        done += 1
    _tell_confirmed(request, done, len(seen) - done)
    if back := _pk(request.POST.get("back", "")):
        return redirect(_row_url(request, back))
    return redirect(reverse("ledger") + query_of(request))


@access.readers
@require_safe
def activity(request: HttpRequest, pk: int) -> HttpResponse:
    return _show(request, _row(request, pk), AttachForm())


@access.writers
def activity_edit(request: HttpRequest, pk: int) -> HttpResponse:
    row = _own_row(request, pk)
    if row.is_void:
        messages.warning(request, _("这条记录已作废，不能修改。"))
        return redirect(_row_url(request, pk))
    if refusal := locked(row.unit_id, row.date):
        return _refused(request, row, refusal)
    form = _edit_form(request, row, request.POST or None)
    if form.is_valid():
        try:
            form.rewrite()
        except PeriodLocked as refusal:
            form.add_error("date", refusal.message)
            return render(request, "workplans/record.html", {"form": form, "row": _own_row(request, pk)}, status=409)
        except Conflict:
            return _conflict(request, form, pk)
        messages.success(request, _("已保存对台账 %(number)s 的修改。") % {"number": row.ledger_number})
        return redirect(_row_url(request, pk))
    return render(request, "workplans/record.html", {"form": form, "row": _own_row(request, pk)})


@access.writers
def activity_void(request: HttpRequest, pk: int) -> HttpResponse:
    row = _own_row(request, pk)
    if row.is_void:
        messages.warning(request, _("这条记录已经作废。"))
        return redirect(_row_url(request, pk))
    if refusal := locked(row.unit_id, row.date):
        return _refused(request, row, refusal)
    form = VoidForm(request.POST or None, initial={"version": row.version})
    status = 200
    if form.is_valid():
        row.version = form.cleaned_data["version"]
        try:
            row.void(form.cleaned_data["reason"])
        except Conflict:
            row, status = _own_row(request, pk), 409
            form = form.with_version(row.version)
            messages.warning(request, _("您打开本页后，这条记录有改动。请核对下面的内容，确要作废请再按一次。"))
        else:
            messages.success(request, _("台账 %(number)s 已作废，不再计入任何数字。") % {"number": row.ledger_number})
            return redirect(_row_url(request, pk))
    brought = _about(row, request.user).context
    found = [each for each in brought.get("found", []) if not each["void"]]
    context = {
        "form": form,
        "row": row,
        "facts": main_facts(row),
        "found": found,
        "found_label": brought.get("found_label"),
    }
    return render(request, "workplans/activity_void.html", context, status=status)


@access.writers
@require_POST
def attach(request: HttpRequest, pk: int) -> HttpResponse:
    row = _own_row(request, pk)
    form = AttachForm(request.POST, request.FILES)
    if row.is_void:
        messages.warning(request, _("这条记录已作废，不能再加附件。"))
    elif not form.is_valid():
        return _show(request, _row(request, pk), form)
    else:
        for upload in form.cleaned_data["attachments"]:
            row.attach(upload, request.user)
        messages.success(request, _("附件已保存。"))
    return redirect(_row_url(request, pk))


@access.readers
@require_safe
def attachment(request: HttpRequest, pk: int) -> HttpResponse:
    """A file, always to be saved and never opened in place: whatever is in it cannot act on this site."""
    kept = get_object_or_404(Attachment.objects.visible_to(request.user), pk=pk)
    try:
        stored = kept.file.open("rb")
    except FileNotFoundError as error:
        raise Http404 from error
    response = FileResponse(stored, as_attachment=True, filename=kept.name, content_type=kept.content_type)
    response.headers["Content-Security-Policy"] = CONTENT_SECURITY_POLICY
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


def _locked_here(request: HttpRequest) -> PeriodLocked | None:
    """What to tell those who write here when a half-year of the chosen period is locked."""
    if not request.user.may_record:
        return None
    return locked(request.user.unit_id, *(half.first_day for half in chosen_period(request).halves))


# ── Finding rows ──


def _row(request: HttpRequest, pk: int) -> Activity:
    rows = Activity.objects.visible_to(request.user).select_related("unit", "village", "target")
    return get_object_or_404(rows, pk=pk)


def _own_row(request: HttpRequest, pk: int) -> Activity:
    return get_object_or_404(Activity.objects.of_unit(request.user.unit).select_related("village"), pk=pk)


def _recent(user: User) -> list[dict[str, Any]]:
    """Where and as what rows were last entered: his own first, his colleagues' after them."""
    rows = Activity.objects.of_unit(user.unit).valid().last_entered()
    last = rows.values("kind", "village_id", "place", "created_by_id")[:200]
    return sorted(last, key=lambda row: row["created_by_id"] != user.pk)


def _pk(text: str) -> int:
    """The key of a row as it stands in an address; 0, which no row has, for whatever else was sent."""
    return int(text) if re.fullmatch(r"\d{1,18}", text, re.ASCII) else 0


def _ticked(request: HttpRequest) -> dict[int, int]:
    """pk → the version the reviewer saw; ticks that this program did not write are left out."""
    ticks = [re.fullmatch(r"(\d{1,18})\.(\d{1,9})", tick, re.ASCII) for tick in request.POST.getlist("rows")]
    return {int(tick[1]): int(tick[2]) for tick in ticks if tick}


def _refused(request: HttpRequest, row: Activity, refusal: PeriodLocked) -> HttpResponse:
    messages.warning(request, refusal.message)
    return redirect(_row_url(request, row.pk))


# ── Addresses ──


def _row_url(request: HttpRequest, pk: int) -> str:
    return reverse("activity", args=[pk]) + query_of(request)


def _period_with(request: HttpRequest, row: Activity) -> Period:
    """The period the page is about, unless the row lies outside of it and would not be seen there."""
    period = chosen_period(request)
    return period if "period" in request.GET and row.date in period else Period.of(row.date)


def _in_list(request: HttpRequest, row: Activity) -> str:
    return f"{reverse('ledger')}?period={_period_with(request, row)}&new={row.pk}"


def _next_entry(request: HttpRequest, row: Activity) -> str:
    """Another entry of the same kind and day: rows are mostly typed up in heaps."""
    return f"{reverse('record')}?period={_period_with(request, row)}&kind={row.kind}&date={row.date}"


# ── The list ──


def _towns(user: User) -> list[tuple[str, str]]:
    if user.role != Role.DISTRICT:
        return []
    return list(Unit.objects.visible_to(user).in_use().towns().order_by("code").values_list("code", "name"))


def _by_unit(villages: dict[int, Village], units: dict[int, str]) -> list[tuple[str, Any]]:
    """The villages of the chosen units as choices, under their unit when there are several."""
    groups: dict[int, list[tuple[str, str]]] = {}
    for village in villages.values():
        if village.unit_id in units:
            groups.setdefault(village.unit_id, []).append((str(village.pk), village.name))
    if len(groups) == 1:
        return next(iter(groups.values()))
    return [(units[unit], choices) for unit, choices in groups.items()]


def _with_new_on_top(request: HttpRequest, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    new = _pk(request.GET.get("new", ""))
    if not new:
        return rows
    saved = Activity.objects.visible_to(request.user).in_period(chosen_period(request)).chosen([new])
    top = [{**row, "is_new": True} for row in saved.values(*LISTED)]
    return top + [row for row in rows if row["pk"] != new] if top else rows


def _sums(chosen: ActivityFilter) -> dict[str, Any]:
    """The figures at the foot of the list: of all rows the filter leaves, not of this page."""
    columns = ("sessions", "person_times", "quantity", "quantity_done")
    sums = chosen.qs.aggregate(rows=Count("pk"), **{column: Sum(column, default=0) for column in columns})
    kind = chosen.form.cleaned_data.get("kind") or ""
    return sums | {"quantity": quantity_in_words(kind, sums["quantity"], sums["quantity_done"])}


def _tell_recorded(request: HttpRequest, row: Activity) -> None:
    text = _("已记入台账 %(number)s：%(title)s") % {"number": row.ledger_number, "title": row.title}
    if (period := _period_with(request, row)) != chosen_period(request):
        text += _("。日期在%(period)s，页面已转到这一期。") % {"period": period.name}
    messages.success(request, text)


def _tell_confirmed(request: HttpRequest, done: int, skipped: int) -> None:
    if done:
        messages.success(
            request, ngettext("已确认 %(count)d 条记录。", "已确认 %(count)d 条记录。", done) % {"count": done}
        )
    if skipped:
        text = _("%(count)d 条没有处理：已经确认、作废或锁定，或在您打开列表后有改动。") % {"count": skipped}
        messages.warning(request, text)
    if not done and not skipped:
        messages.warning(request, _("没有选中记录。请先勾选要确认的记录。"))


# ── One entry ──


def _start(request: HttpRequest, recent: list[dict[str, Any]]) -> dict[str, Any]:
    """What the empty form begins with: an earlier row, or what the address says and the place of the last entry."""
    if copy := request.GET.get("copy", ""):
        row = _own_row(request, _pk(copy))
        return copied(row) | {name: request.GET[name] for name in form_of(row.kind).PREFILLED if request.GET.get(name)}
    where = form_of(request.GET.get("kind", "")).PREFILLED
    names = ("kind", "date", "title", "target", *where)
    given = {name: request.GET[name] for name in names if request.GET.get(name)}
    last = next((row for row in recent if row["kind"] == given.get("kind")), recent[0] if recent else None)
    place = {"village": last["village_id"], "place": last["place"]} if last and not given.keys() & {*where} else {}
    return place | {name: request.GET[name] for name in ("village", "place") if request.GET.get(name)} | given


def _kept_words(request: HttpRequest) -> dict[str, Any]:
    """What was typed before another kind was chosen; nothing of it is lost."""
    return {name: value for name, value in request.POST.items() if name != "csrfmiddlewaretoken"}


def _edit_form(request: HttpRequest, row: Activity, data: Any) -> ActivityForm:
    return form_of(row.kind)(
        data, request.FILES or None, instance=row, initial=initial_of(row), user=request.user,
        today=timezone.localdate(),
    )  # fmt: skip


def _conflict(request: HttpRequest, form: ActivityForm, pk: int) -> HttpResponse:
    """Somebody saved in between: both versions side by side, and a form that knows of the newer one."""
    stored = _own_row(request, pk)
    data = request.POST.copy()
    data["version"] = str(stored.version)
    context = {
        "form": _edit_form(request, _own_row(request, pk), data),
        "row": stored,
        "conflict": [*differences(stored, form), *form.detail_changes(stored)],
        "saved": stored.history.select_related("history_user").first(),
    }
    return render(request, "workplans/record.html", context, status=409)


def _show(request: HttpRequest, row: Activity, form: AttachForm) -> HttpResponse:
    may_write = request.user.may_record and row.unit_id == request.user.unit_id and not row.is_void
    about = _about(row, request.user)
    context = {
        **about.context,
        "row": row,
        "kind": kind_label(row.kind),
        "facts": [*facts_of(row), *about.facts],
        "about_template": about.template,
        "prose": [fact for fact in prose_of(row) if fact["value"]],
        "audience": [
            {"label": count.get_group_display(), "value": count.number} for count in row.audience.order_by("pk")
        ],
        "attachments": row.attachments.order_by("pk"),
        "versions": versions_of(row),
        "attach_form": form,
        "may_write": may_write,
        "locked": (refusal := locked(row.unit_id, row.date)) and refusal.message,
        "may_confirm": may_write
        and not refusal
        and request.user.role == Role.REVIEWER
        and row.state == Activity.State.RECORDED,
        "may_copy": request.user.may_record and row.unit_id == request.user.unit_id,
        "here": query_of(request),
    }
    return render(request, "workplans/activity.html", context)


def _about(row: Activity, user: User) -> About:
    """What the row's area tells of it."""
    kind = kinds().get(row.kind)
    return hook(kind.about if kind else "", lambda row, user: About())(row, user)
