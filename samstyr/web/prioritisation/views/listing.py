"""The rounds, and a new one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from samstyr.web.needs.views.parts import key_of, unit_choices
from samstyr.web.posting import perform_form
from samstyr.wheel.needs import queries as needs
from samstyr.wheel.needs.queries import Criteria, Tab
from samstyr.wheel.prioritisation import actions, queries

from ..forms import ChooseForm, RoundForm
from .parts import crumbs, may_manage, may_score, stage_name, state_of, url

MOST_SHOWN = 500


def round_list(request: Any) -> HttpResponse:
    """Every round the person may read, newest first."""
    rows = [
        {
            "round": row,
            "state": state_of(row),
            "stage": stage_name(row),
            "waits": row.state == "open" and bool(may_score(request, row)),
        }
        for row in queries.visible_to(request.actor)
    ]
    context = {
        "rows": rows,
        "may_manage": may_manage(request),
        "stages": queries.stages(request.today) or _keyed_stage(request),
        "rules": queries.ranking_rules(request.today),
    }
    return render(request, "prioritisation/list.html", context)


def round_open(request: Any) -> HttpResponse:
    """Choose a stage and needs, and open a round."""
    may_manage(request).require()
    stages = queries.stages(request.today) or _keyed_stage(request)
    if not stages:
        context = {"stages": [], "rules": queries.ranking_rules(request.today), "crumbs": crumbs(request)}
        return render(request, "prioritisation/open.html", context)
    choose, stage, previous = _chosen_stage(request, stages)
    found, total = _needs(request, choose, previous)
    form = RoundForm(
        request.POST or None,
        scorers=queries.scorer_choices(request.today),
        initial=_suggested(request, stage),
    )
    if previous is None:
        del form.fields["reason"]
    if stage.key == queries.METHOD:
        del form.fields["scorers"], form.fields["blind"]
    picked = set(request.POST.getlist("needs"))
    if request.method == "POST" and form.is_valid():
        given = dict(form.cleaned_data)
        everything = given.pop("all")
        keys = [need.pk for need in found] if everything else [key for key in map(key_of, picked) if key]
        row = perform_form(
            request, form, actions.open_round, stage=stage.key, previous=previous,
            need_ids=tuple(keys), **{**given, "scorers": tuple(given.get("scorers", ()))},
        )  # fmt: skip
        if row is not None:
            messages.success(request, _("Runden er åpnet, og de som skal vurdere, har fått beskjed."))
            return redirect("round-detail", tenant=request.tenant.slug, key=row.pk)
    context = {
        "form": form,
        "choose": choose,
        "stages": stages,
        "stage": stage,
        "needs": [(need, str(need.pk) in picked) for need in found],
        "total": total,
        "crumbs": crumbs(request),
        "query": request.GET.urlencode(),
    }
    return render(request, "prioritisation/open.html", context, status=422 if form.errors else 200)


@dataclass(frozen=True)
class Keyed:
    """What stands for a stage where the model ranks by keys and nobody scores."""

    key: str = queries.METHOD
    name: str = ""
    blind: bool = False
    scorers: tuple[str, ...] = ()
    criteria: tuple[Any, ...] = ()


def _keyed_stage(request: Any) -> list[Any]:
    rules = queries.ranking_rules(request.today)
    return [Keyed(name=_("Fast rekkefølge"))] if rules and rules.method == queries.METHOD else []


def _suggested(request: Any, stage: Any) -> dict[str, Any]:
    """What the model says of a round at the stage."""
    year, rules = request.today.year + 1, queries.ranking_rules(request.today)
    capacity = rules.capacity if rules and rules.capacity_unit == "projects" else None
    return {
        "year": year,
        "name": f"{stage.name} {year}",
        "blind": stage.blind,
        "scorers": list(stage.scorers),
        "capacity": capacity,
    }


def _chosen_stage(request: Any, stages: list[Any]) -> tuple[ChooseForm, Any, UUID | None]:
    """The filters with the stage and the earlier round they name; the first stage when they name none."""
    keys = [stage.key for stage in stages]
    wanted = request.GET.get("trinn", "")
    stage = stages[keys.index(wanted)] if wanted in keys else stages[0]
    earlier = list(queries.latest_of(keys[: keys.index(stage.key)])) if stage is not stages[0] else []
    form = ChooseForm(
        {"trinn": stage.key, **request.GET.dict()},
        stages=[(item.key, str(item.name)) for item in stages],
        rounds=[(str(row.pk), f"{row.name} ({row.get_state_display()})") for row in earlier],
        units=unit_choices(needs.units_in_lists(queries.needs_to_weigh(request.actor))),
    )
    form.is_valid()
    given = key_of(form.cleaned_data.get("forrige", ""))
    if given is None and earlier:
        given = earlier[0].pk
        form.data = {**form.data, "forrige": str(given)}
    return form, stage, given


def _needs(request: Any, choose: ChooseForm, previous: UUID | None) -> tuple[list[Any], int]:
    """The needs in treatment to choose among; of a later stage, those over the earlier round's line."""
    earlier = None
    if previous is not None:
        row = queries.round_by_id(previous)
        earlier = queries.passed_needs(row, request.today) if row and row.state == "closed" else frozenset()
    data = choose.cleaned_data
    criteria = Criteria(state="submitted", unit=key_of(data.get("enhet", "")), text=data.get("q", "").replace("\0", ""))
    among = queries.needs_to_weigh(request.actor, earlier=earlier)
    found = needs.listed(request.actor, Tab.ALL, criteria, among=among)
    rows = list(needs.with_parts(needs.ordered(found, "nummer"))[:MOST_SHOWN])
    return rows, found.count() if len(rows) == MOST_SHOWN else len(rows)


def back_to(request: Any, row: Any) -> HttpResponse:
    """The round's own page."""
    return redirect(url(request, "round-detail", row.pk))
