"""The strategy's targets: how each stands, what has been measured, and entering and correcting figures."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samstyr.foundation.governance import queries as governance
from samstyr.foundation.governance.rules.strategy import Target
from samstyr.foundation.kernel.errors import NotFound
from samstyr.foundation.ui import formats, htmx
from samstyr.foundation.ui.htmx import redirect_client
from samstyr.foundation.ui.pieces import Status, Tone
from samstyr.foundation.ui.shell import Crumb
from samstyr.web.posting import perform, perform_form
from samstyr.web.saving import table_response
from samstyr.wheel.strategy.actions import measuring as actions
from samstyr.wheel.strategy.queries import measuring as queries
from samstyr.wheel.strategy.queries.measuring import TargetLine
from samstyr.wheel.strategy.rules.measuring import State, exact

from .drawing import line
from .target_forms import CorrectionForm, MeasurementForm, TargetFilter
from .views import frame

STATES = {
    State.MET: (gettext_lazy("Nådd"), Tone.SUCCESS),
    State.ON_PATH: (gettext_lazy("På vei, etter planen"), Tone.INFO),
    State.UNDER_WAY: (gettext_lazy("Ikke nådd ennå"), Tone.INFO),
    State.BEHIND: (gettext_lazy("Etter planen burde det vært bedre"), Tone.WARNING),
    State.MISSED: (gettext_lazy("Ikke nådd innen fristen"), Tone.DANGER),
    State.NO_START: (gettext_lazy("Kan ikke regnes ut: utgangspunktet mangler"), Tone.WARNING),
    State.UNMEASURED: (gettext_lazy("Ikke målt"), Tone.NEUTRAL),
    State.FOLLOWED: (gettext_lazy("Følges uten måltall"), Tone.NEUTRAL),
}
OPERATORS = {
    "at_least": gettext_lazy("minst %(value)s"),
    "at_most": gettext_lazy("høyst %(value)s"),
    "equal": gettext_lazy("%(value)s"),
}


@dataclass(frozen=True)
class Row:
    """A target as it is shown."""

    key: str
    name: str
    goal: str
    goal_key: str
    state: State
    status: Status
    aim: str
    latest: str
    on: Any
    due_year: int | None
    owner: str


def target_list(request: Any) -> HttpResponse:
    """Every target of the strategy in force, searched and narrowed in the address."""
    form, rows, everything = _chosen(request)
    context = frame(request, "strategy-targets") | {
        "rows": rows,
        "total": len(everything),
        "counts": [
            (STATES[state][0], sum(1 for row in everything if row.state is state), f"?stand={state}")
            for state in STATES
        ],
        "filter_form": form,
        "query": request.GET.urlencode(),
    }
    return htmx.render(request, "strategy/targets.html", "rows", context)


def export(request: Any, ending: str) -> HttpResponse:
    """The list as it stands with every measurement that counts, as Excel or CSV."""
    _form, rows, _all = _chosen(request)
    shown = {row.key: row for row in rows}
    heading = [
        _("Måltall"),
        _("Mål"),
        _("Skal være"),
        _("Står"),
        _("Dag"),
        _("Målt"),
        _("Enhet"),
        _("Kilde"),
        _("Merknad"),
    ]
    lines: list[list[Any]] = []
    for one in queries.target_lines(request.today):
        row = shown.get(one.target.key)
        if row is None:
            continue
        own = [row.name, row.goal, row.aim, row.status.label]
        counts = queries.counting(one.rows)
        lines += [
            [*own, item.on, float(item.figure), str(one.target.unit or ""), item.source, item.note] for item in counts
        ]
        if not counts:
            lines.append([*own, "", "", str(one.target.unit or ""), "", ""])
    return table_response(_("Måltall"), heading, lines, ending=ending, numeric=[_("Målt")])


def detail(request: Any, key: str) -> HttpResponse:
    """One target: how it stands, drawn and as a table, and everything that has been entered."""
    return render(request, "strategy/target.html", _context(request, _line_or_404(request, key)))


def measure(request: Any, key: str) -> HttpResponse:
    """Enter a figure."""
    one = _line_or_404(request, key)
    queries.may_measure(request.actor, one.target).require()
    form = MeasurementForm(request.POST or None, initial={"on": request.today})
    if request.method == "POST" and form.is_valid():
        row = perform_form(request, form, actions.measure, target=key, values=form.values())
        if row is not None:
            messages.success(request, _("Tallet er lagret."))
            return redirect_client(request, _url(request, "strategy-target-detail", key))
    context = {"form": form, **_context(request, one), "crumbs": _crumbs(request, one)}
    return render(request, "strategy/measure.html", context, status=422 if form.errors else 200)


def correct(request: Any, key: UUID) -> HttpResponse:
    """Put another figure in the place of one, or take it back."""
    row = queries.measurement_by_id(key)
    if row is None:
        raise NotFound
    one = _line_or_404(request, row.target)
    queries.may_measure(request.actor, one.target).require()
    taking_back = request.POST.get("verb") == "take_back"
    form = CorrectionForm(
        request.POST or None,
        initial={"value": formats.number(row.value), "on": row.on, "source": row.source, "note": row.note},
    )
    if request.method == "POST" and taking_back:
        perform(
            request, actions.correct_measurement, measurement_id=key, reason=request.POST.get("reason", ""), values=None
        )
        messages.success(request, _("Tallet teller ikke lenger med."))
        return redirect_client(request, _url(request, "strategy-target-detail", row.target))
    if request.method == "POST" and form.is_valid():
        done = perform_form(
            request, form, actions.correct_measurement, measurement_id=key, reason=form.cleaned_data["reason"],
            values=form.values(),
        )  # fmt: skip
        if done is not None:
            messages.success(request, _("Tallet er rettet. Det gamle står fortsatt i listen."))
            return redirect_client(request, _url(request, "strategy-target-detail", row.target))
    context = {"form": form, "row": row, **_context(request, one), "crumbs": _crumbs(request, one)}
    return render(request, "strategy/measurement_correct.html", context, status=422 if form.errors else 200)


def _context(request: Any, one: TargetLine) -> dict[str, Any]:
    target, how = one.target, one.standing
    counts = queries.counting(one.rows)
    corrected = {row.corrects_id for row in one.rows if row.corrects_id}
    measured = [(row.on, row.figure, with_unit(row.value, target)) for row in counts if not row.is_start]
    path = [(item.year, exact(item.value) or Decimal(0)) for item in target.milestones]
    start = f"{with_unit(how.start.value, target)} ({how.start.year})" if how.start and how.start.year else ""
    return {
        "line": one,
        "row": _row(request, one),
        "start": start or (with_unit(how.start.value, target) if how.start else ""),
        "expected": with_unit(how.expected, target),
        "since_start": _change(how.since_start, target),
        "since_last": _change(how.since_last, target),
        "per_cent": formats.percent(round(how.per_cent, 1)) if how.per_cent is not None else "",
        "picture": line(measured, path, how.aim, target.due_year),
        "path": [(year, with_unit(value, target)) for year, value in path],
        "entries": [
            (item, with_unit(item.value, target), item.pk in corrected) for item in sorted(
                one.rows, key=lambda item: (item.on, item.recorded_at), reverse=True
            )
        ],
        "verdict": queries.may_measure(request.actor, target),
        "crumbs": _crumbs(request),
    }  # fmt: skip


def _chosen(request: Any) -> tuple[TargetFilter, list[Row], list[Row]]:
    form = TargetFilter(request.GET, states=[(str(state), label) for state, (label, _tone) in STATES.items()])
    form.is_valid()
    wanted = form.cleaned_data.get("stand", "")
    text = form.cleaned_data.get("q", "").casefold()
    everything = [_row(request, one) for one in queries.target_lines(request.today)]
    rows = [
        row
        for row in everything
        if (not wanted or row.state == wanted) and (not text or text in f"{row.name} {row.goal} {row.owner}".casefold())
    ]
    return form, rows, everything


def _row(request: Any, one: TargetLine) -> Row:
    target, how = one.target, one.standing
    label, tone = STATES[how.state]
    model = governance.current_model(request.today)
    role = model.role(target.owner) if model and target.owner else None
    return Row(
        target.key, str(target.name), one.goal, target.goal or "", how.state, Status(str(label), tone), aim_words(one),
        with_unit(how.latest.value, target) if how.latest else "", how.latest.on if how.latest else None,
        target.due_year, str(role.name) if role else "",
    )  # fmt: skip


def aim_words(one: TargetLine) -> str:
    """What is aimed at, in words: a figure, a change from the start, or the strategy's own text."""
    target = one.target
    if target.value is None:
        return str(target.text or "")
    value = formats.percent(target.value) if target.relative else with_unit(exact(target.value), target)
    words = OPERATORS[target.operator] % {"value": value}
    if not target.relative:
        return words
    if one.standing.aim is None:
        return _("%(change)s fra utgangspunktet") % {"change": value}
    return _("%(change)s fra utgangspunktet, altså %(aim)s") % {
        "change": value,
        "aim": formats.number(one.standing.aim),
    }


def with_unit(value: Decimal | None, target: Target) -> str:
    """A figure with the target's unit; a relative target's own figures have none but what is counted."""
    if value is None:
        return ""
    unit = "" if target.relative and str(target.unit or "") == "%" else str(target.unit or "")
    return formats.percent(value) if unit == "%" else f"{formats.number(value)} {unit}".strip()


def _change(value: Decimal | None, target: Target) -> str:
    if value is None:
        return ""
    sign = "+" if value > 0 else ""
    if str(target.unit or "") == "%" and not target.relative:
        return _("%(change)s prosentpoeng") % {"change": sign + formats.number(value)}
    return sign + with_unit(value, target)


def _line_or_404(request: Any, key: str) -> TargetLine:
    one = queries.target_line(key, request.today)
    if one is None:
        raise NotFound
    return one


def _url(request: Any, name: str, *keys: object) -> str:
    return reverse(name, args=[request.tenant.slug, *keys])


def _crumbs(request: Any, one: TargetLine | None = None) -> list[Crumb]:
    way = [
        Crumb(_("Strategi"), _url(request, "strategy-overview")),
        Crumb(_("Måltall"), _url(request, "strategy-targets")),
    ]
    if one is not None:
        way.append(Crumb(str(one.target.name), _url(request, "strategy-target-detail", one.target.key)))
    return way
