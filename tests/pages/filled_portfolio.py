"""The forms of candidates and scenarios, filled in rightly."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from samstyr.wheel.portfolio.tests.factories import ADOPTION, at
from samstyr.wheel.scenarios import actions
from samstyr.wheel.scenarios.rules.values import CandidateValues, LinkRow

if TYPE_CHECKING:
    from tests.pages.filled import Set


def candidate_typed(place: str, **changes: str) -> dict[str, Any]:
    """A candidate as it is typed."""
    return {
        "verb": "save", "unit": "kr", "title": "Digital vaktplan", "description": "Vakter på telefonen.",
        "owner": "IT-leder", "kind": "Fagsystem", "organisations": [place], "value": "62,5",
        "value_reason": "Forumet var enig.", "risk": "10", "mandatory": "on", "mandatory_reason": "Loven", "duration": "2",
        "earliest": "2026", "latest": "2027", "costs-rows": "1", "costs-0-offset": "0", "costs-0-kind": "operating",
        "costs-0-amount": "1000", "staff-rows": "1", "staff-0-role": "Prosjektleder", "staff-0-offset": "0",
        "staff-0-hours": "80", "links-rows": "1", "links-0-kind": "one_of", "links-0-group": "Vakter", **changes,
    }  # fmt: skip


def portfolio_forms(ready: Set) -> None:
    """A candidate made, changed and taken out; a scenario made, changed, with limits and a choice by hand."""
    made = ready.made
    by = {"actor": made.actor("it_lead", ADOPTION), "now": at(ADOPTION)}
    place = made.organisations["birkenes"].pk
    values = CandidateValues("Digital post", organisations=(place,))
    kinds = {
        "texts": ("title", "description", "owner", "kind", "value_reason", "mandatory_reason", "staff-0-role", "links-0-group"),
        "days": ("earliest", "latest"),
        "amounts": ("costs-0-amount", "staff-0-hours"),
    }  # fmt: skip
    ready.add("candidate", "it_lead", "candidate-create", [], candidate_typed(str(place)), **kinds)
    row = actions.create_candidate(**by, values=values)
    typed = candidate_typed(str(place), _version=str(row.version))
    ready.add("candidate changed", "it_lead", "candidate-edit", [row.pk], typed, **kinds)
    out = actions.create_candidate(**by, values=values)
    # The one that hangs together with it leads to its page: lists show those that have been taken out only when asked.
    actions.create_candidate(**by, values=replace(values, links=(LinkRow("excludes", out.pk),)))
    given = {"_version": out.version, "reason": "For dyrt."}
    ready.add("candidate dropped", "it_lead", "candidate-drop", [out.pk], given, texts=("reason",))
    new = {"name": "Grunnlag", "first_year": "2026", "years": "4"}
    ready.add("scenario", "it_lead", "scenario-create", [], new, texts=("name",), days=("first_year",))
    scenario = actions.create_scenario(**by, name="Kutt", first_year=2026)
    changed = {
        **new, "name": "Kutt 10 %", "note": "Fra budsjettet", "delay_percent": "5", "cost_percent": "100",
        "_version": scenario.version,
    }  # fmt: skip
    ready.add(
        "scenario changed",
        "it_lead",
        "scenario-edit",
        [scenario.pk],
        changed,
        texts=("name", "note"),
        days=("first_year",),
    )
    chosen = actions.create_scenario(**by, name="Valg", first_year=2026)
    given = {"start": "2027", "reason": "Haster."}
    ready.add("choice", "it_lead", "scenario-choice", [chosen.pk, row.pk], given, texts=("reason",))
