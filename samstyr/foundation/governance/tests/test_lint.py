"""Every rule is seen to fire when its own thing is wrong, and to be silent when nothing is."""

from __future__ import annotations

from typing import Any

import pytest

from samstyr.foundation.governance.rules.lint import RULES, lint
from samstyr.foundation.governance.rules.lint.finding import found
from samstyr.foundation.kernel import text

from .small_model import sound, typed

DELETE = object()


def broken(changes: dict[str, Any]) -> dict[str, Any]:
    """The sound model with values set at dotted places; DELETE takes away, a trailing + adds to a list."""
    tree: Any = sound()
    for place, value in changes.items():
        adds = place.endswith("+")
        *above, last = [int(part) if part.isdigit() else part for part in place.rstrip("+").split(".")]
        node = tree
        for part in above:
            node = node[part]
        if value is DELETE:
            del node[last]
        elif adds:
            node[last] = [*node.get(last, []), value]
        else:
            node[last] = value
    return dict(tree)


NEED, PLAN = "paths.0.steps", "paths.1.steps"
ADOPTS = {
    "key": "dobbelt", "name": "Vedtar også", "kind": "decide", "actor": {"role": "styrer"}, "decides": "adopt", "window": "var",
    "outcomes": [{"key": "ja", "name": "Ja", "effect": "end_positive"}],
}  # fmt: skip
TAGS = {
    "key": "merke",
    "name": "Merke",
    "body": "rad",
    "values": [{"key": "en", "name": "En"}, {"key": "to", "name": "To"}],
}
LEDGER = {"key": "liste", "name": "Liste", "entry": "Rad", "body": "rad", "states": [{"key": "ny", "name": "Ny"}]}
# (rule, severity, part of the path, what is changed)
CASES: list[tuple[str, str, str, dict[str, Any]]] = [
    ("R-01", "error", "paths/plan/steps/dobbelt", {f"{PLAN}+": ADOPTS, f"{PLAN}.1.outcomes.0": {"key": "v", "name": "V", "effect": "advance"}}),
    ("R-01", "error", "paths/plan", {f"{PLAN}.1.decides": "treat", "bodies.0.mandate.1.kind": "treat"}),
    ("R-01", "error", "bodies/gruppe/mandate/1", {"bodies.1.mandate+": {"kind": "adopt", "subjects": ["strategy"]}, "bodies.0.mandate+": {"kind": "adopt", "subjects": ["strategy"]}}),
    ("R-01", "warning", "bodies/rad/mandate/2", {"bodies.0.mandate+": {"kind": "propose", "subjects": ["strategy"]}}),
    ("R-01", "warning", "steps/grupper/join", {f"{PLAN}.0.decides": "adopt", "bodies.1.mandate.0.kind": "adopt", f"{PLAN}.1.decides": "treat", "bodies.0.mandate.1.kind": "treat"}),
    ("R-02", "warning", "steps/grupper/optional", {f"{PLAN}.0.silence": DELETE}),
    ("R-03", "warning", "steps/vurdering/deadline", {f"{NEED}.0.deadline.month": 6}),
    ("R-03", "error", "steps/vurdering/deadline", {f"{NEED}.0.deadline": {"kind": "date", "month": 2, "day": 31}}),
    ("R-03", "info", "steps/horing", {f"{NEED}.1.window": DELETE}),
    ("R-04", "warning", "groups/lederen", {"bodies.0.versions.0.groups.1.office": DELETE}),
    ("R-04", "warning", "groups/lederen/appointed_by", {"bodies.0.versions.0.groups.1.appointed_by": "innmelder"}),
    ("R-05", "warning", "hearing_bodies/vern", {"hearing_bodies.0.unit_of": "nord"}),
    ("R-05", "warning", "hearing_bodies/vern/role", {"hearing_bodies.0.role": "styrer"}),
    ("R-06", "info", "bodies/rad/frequency", {"bodies.0.frequency.times": 4}),
    ("R-06", "warning", "bodies/rad/frequency", {"bodies.0.frequency": {"times": 4, "at_most": 2}}),
    ("R-07", "error", "routines/0/step", {"routines.0.step": "behov/finnes-ikke"}),
    ("R-07", "error", "plan/default_cost_key", {"plan.default_cost_key": "ukjent"}),
    ("R-07", "error", "gate/documents/0", {"project_model.phases.0.gate.documents": ["ukjent"]}),
    ("R-07", "error", "criteria/nytte/anchors", {"criteria.0.criteria.0.anchors": {"ukjent": "Ingen"}}),
    ("R-07", "error", "questions/r1/anchors", {"criteria.0.criteria.1.questions.0.anchors": {"ukjent": "Ingen"}}),
    ("R-07", "error", "criteria/nytte/requires/0", {"criteria.0.criteria.0.requires.0.above": "ukjent"}),
    ("R-07", "error", "ranking/tie_break", {"ranking.tie_break": ["ukjent"]}),
    ("R-07", "error", "ranking/method", {"ranking": {"method": "weighted"}, "criteria": []}),
    ("R-07", "error", "ranking/keys", {"ranking.keys": []}),
    ("R-07", "error", "ranking/keys/0/order", {"ranking.keys.0.order": []}),
    ("R-07", "error", "ranking/keys/0/order", {"ranking.keys.0.order": ["ukjent"]}),
    ("R-07", "error", "ranking/keys/1/order", {"ranking.keys.1.order": ["f1"]}),
    ("R-07", "error", "tags/merke/values/en/goal", {"tags": [{**TAGS, "values": [{"key": "en", "name": "En", "goal": "ukjent"}]}]}),
    ("R-07", "error", "tags/merke/serves/0/task", {"tags": [{**TAGS, "serves": [{"task": 9, "values": ["en"]}]}]}),
    ("R-07", "error", "tags/merke/serves/0/values", {"tags": [{**TAGS, "serves": [{"task": 1, "values": ["ukjent"]}]}]}),
    ("R-07", "error", "ledgers/liste/tags/0", {"ledgers": [{**LEDGER, "tags": ["ukjent"]}]}),
    ("R-07", "error", "states/ny/after", {"ledgers": [{**LEDGER, "states": [{"key": "ny", "name": "Ny", "after": ["ukjent"]}]}]}),
    ("R-07", "error", "ledgers/liste/advice_in", {"ledgers": [{**LEDGER, "advice_in": "liste"}]}),
    ("R-07", "error", "ledgers/liste/goals/0", {"ledgers": [{**LEDGER, "goals": ["ukjent"]}]}),
    ("R-07", "error", "spans/dager/first", {"ledgers": [{**LEDGER, "spans": [{"key": "dager", "name": "Dager", "first": "ukjent", "last": "ukjent"}]}]}),
    ("R-07", "error", "ledgers/liste/yearly", {"ledgers": [{**LEDGER, "yearly": "ukjent"}]}),
    ("R-07", "error", "binding/field", {"ledgers": [{**LEDGER, "binding": {"field": "ukjent", "answers": ["Krav"]}}]}),
    ("R-07", "error", "binding/answers/0", {"ledgers": [{**LEDGER, "fields": [{"key": "tyngde", "name": "Tyngde", "kind": "choice", "choices": ["Forslag"]}], "binding": {"field": "tyngde", "answers": ["Krav"]}}]}),
    ("R-07", "warning", "ledgers/liste/binding", {"ledgers": [{**LEDGER, "fields": [{"key": "tyngde", "name": "Tyngde"}], "binding": {"field": "tyngde", "answers": ["Krav"]}}]}),
    ("R-14", "warning", "ledgers/liste/fields/kilde", {"ledgers": [{**LEDGER, "fields": [{"key": "kilde", "name": "Kilde", "kind": "source"}]}]}),
    ("R-07", "error", "groups/vara/substitutes_for", {"bodies.0.versions.0.groups+": {"key": "vara", "name": "Vara", "count": 2, "appointed_by": "styrer", "substitutes_for": "ukjent"}}),
    ("R-08", "error", "ledgers/liste", {"ledgers": [{key: value for key, value in LEDGER.items() if key != "body"}]}),
    ("R-08", "error", "ledgers/liste/kept_by", {"ledgers": [{**LEDGER, "kept_by": ["ukjent"]}]}),
    ("R-08", "error", "ledgers/liste/members_add", {"ledgers": [{**LEDGER, "body": None, "kept_by": ["leder"], "members_add": True}]}),
    ("R-08", "error", "competences/jus/body", {"competences": [{"key": "jus", "name": "Jus", "body": "ukjent"}]}),
    ("R-13", "warning", "ledgers/liste/spread", {"ledgers": [{**LEDGER, "spread": [{"key": "bruk", "name": "I bruk"}]}]}),
    ("R-14", "warning", "ledgers/liste/fields/slag", {"ledgers": [{**LEDGER, "fields": [{"key": "slag", "name": "Slag", "kind": "choice"}]}]}),
    ("R-16", "warning", "tags/merke/serves", {"tags": [{**TAGS, "serves": [{"task": 1, "values": ["en"]}]}], "bodies.0.tasks": ["Den ene", "Den andre"]}),
    ("R-16", "warning", "tags/merke/values/to", {"tags": [{**TAGS, "serves": [{"task": 1, "values": ["en"]}]}], "bodies.0.tasks": ["Den ene"]}),
    ("R-08", "error", "criteria/grov/scorers", {"criteria.0.scorers": ["ukjent"]}),
    ("R-08", "error", "criteria/grov/scorers", {"criteria.0.scorers": ["seat:ukjent"]}),
    ("R-08", "error", "steps/vurdering/actor/role", {f"{NEED}.0.actor.role": "ukjent"}),
    ("R-08", "error", "wheel/periods/var/owner_body", {"wheel.periods.1.owner_body": "ukjent"}),
    ("R-08", "error", "decision/weights", {f"{NEED}.2.decision.weights": {"oest": 2}}),
    ("R-08", "warning", "bodies/gruppe/versions", {"bodies.1.versions": DELETE}),
    ("R-08", "error", "bodies/gruppe", {"bodies.1.chair": DELETE}),
    ("R-09", "error", "versions/0/size", {"bodies.0.versions.0.size": 17}),
    ("R-09", "error", "criteria/grov/criteria", {"criteria.0.criteria.0.weight": 50}),
    ("R-09", "error", "criteria/grov/scale", {"criteria.0.scale.0.number": DELETE}),
    ("R-09", "error", "criteria/grov/scale", {"criteria.0.scale.1.number": 1}),
    ("R-09", "error", "criteria/grov/scale", {"criteria.0.scale.1": DELETE}),
    ("R-09", "error", "criteria/grov/threshold", {"criteria.0.threshold": 3.5}),
    ("R-09", "error", "plan/cost_keys/fast", {"plan.cost_keys.0.shares": {"nord": 40, "sor": 50}}),
    ("R-09", "warning", "responsibility/rows/0", {"responsibility.rows.0.cells": {"leder": "A", "styrer": "U", "ukjent": "U"}}),
    ("R-09", "info", "plan", {"plan.cost_keys": [], "plan.default_cost_key": DELETE}),
    ("R-10", "error", "roles/leder", {"roles.2.key": "leder"}),
    ("R-10", "info", "strategy/focus_areas", {"strategy.focus_areas.0.order": 3}),
    ("R-10", "error", "strategy/goals/m1/goals/n1", {"strategy.goals.1.goals.0.key": "n1", "strategy.targets": []}),
    ("R-07", "warning", "strategy/focus_areas/f1/goals/0", {"strategy.focus_areas.0.goals": ["borte"]}),
    ("R-07", "warning", "strategy/targets/oppe/goal", {"strategy.targets.0.goal": "borte"}),
    ("R-12", "error", "strategy/last_year", {"strategy.first_year": 2022, "strategy.last_year": 2019}),
    ("R-12", "warning", "strategy/sources/ks", {"strategy.first_year": 2019, "strategy.last_year": 2022, "strategy.sources": [{"key": "ks", "title": "Kilde", "last_year": 2020}]}),
    ("R-11", "warning", "groups/nord", {"bodies.0.versions.0.groups.0.organisation": "ikt"}),
    ("R-12", "error", "versions/1", {"bodies.0.versions+": {"valid_from": "2027-01-01", "size": 1}}),
    ("R-12", "warning", "plan/sources/drift", {"plan.sources.0.valid_to_year": 2027}),
    ("R-13", "warning", "steps/vurdering", {f"{NEED}.0.deadline": DELETE}),
    ("R-13", "warning", "strategy/targets/oppe", {"strategy.targets.0.baseline": DELETE}),
    ("R-14", "info", "reports/maned", {"reports.0.contents": []}),
    ("R-14", "warning", "strategy/goals/m2", {"strategy.goals+": {"key": "m2", "text": "Tomt mål"}}),
    ("R-15", "warning", "roles/radgiver/name", {"roles.3.name": "STYRER av modellen"}),
    ("R-15", "error", "steps/rad/outcomes", {f"{NEED}.2.outcomes.1.name": "inn!"}),
    ("R-16", "warning", "groups/nord", {"bodies.0.versions.0.groups.0.count": DELETE, "bodies.0.versions.0.size": DELETE}),
    ("R-16", "warning", "strategy/goals/n1", {"strategy.goals.1.goals.0.links": []}),
    ("R-16", "info", "strategy/strategies", {"strategy.strategies": [{"key": "s1", "text": "Svar gis", "positions": ["n1"]}]}),
    ("R-16", "error", "need_form/path", {"need_form.path": "plan"}),
    ("R-17", "error", "bodies/rad/quorum_percent", {"bodies.0.rules": "elected", "bodies.0.quorum_percent": 30}),
    ("R-17", "error", "steps/rad/decision", {"bodies.0.chair": DELETE}),
    ("R-18", "error", "criteria/nytte", {"criteria.0.criteria.0.polarity": DELETE}),
    ("R-18", "error", "questions/r1", {"criteria.0.criteria.1.questions.0.polarity": DELETE}),
    ("R-19", "error", "responsibility/rows/0", {"responsibility.rows.0.cells": {"leder": "A", "styrer": "A"}}),
    ("R-19", "warning", "responsibility/letters/1", {"responsibility.letters.1": {"letter": "C", "name": "Rådgir ikke", "same_as": "responsible"}, "responsibility.rows.0.cells": {"leder": "A", "styrer": "C"}}),
    ("R-20", "warning", "strategy/goals", {"strategy.targets.0.goal": DELETE}),
    ("R-20", "info", "strategy/goals/m1/goals/m11", {"strategy.goals.1.goals.0.text": "Å etablere noe"}),
    ("R-21", "info", "key", {"source": DELETE}),
    ("R-21", "warning", "source/address", {"source.address": "se arkivet"}),
    ("R-22", "error", "roles/leder/tasks", {"roles.1.tasks": ["Skriv til leder@example.no"]}),
    ("R-22", "warning", "groups/lederen/name", {"bodies.0.versions.0.groups.1.name": "Kari Nordmann"}),
    ("R-23", "warning", "strategy/focus_areas/f1", {"strategy.areas": [{"key": "vo1", "name": "VO1"}], "strategy.focus_areas.0.cells": [{"area": "vo1"}]}),
    ("R-23", "warning", "strategy/strategies", {"strategy.strategies": [{"key": "s1", "text": "Svar gis", "confirmed": False}]}),
    ("S-01", "error", "steps/vurdering/actor", {f"{NEED}.0.actor": {}}),
    ("S-02", "error", "outcomes/videre/to", {f"{NEED}.0.outcomes.0.to": "ingen"}),
    ("S-02", "error", "paths/behov/start", {"paths.0.start": "ingen"}),
    ("S-02", "error", "steps/horing/silence", {f"{NEED}.1.silence.outcome": "ingen"}),
    ("S-03", "error", "steps/horing", {f"{NEED}.0.outcomes.0.to": "rad", f"{NEED}.2.outcomes.1.to": "vurdering"}),
    ("S-04", "error", "steps/rad", {f"{NEED}.2.outcomes": [{"key": "om", "name": "Om igjen", "effect": "goto", "to": "horing"}]}),
    ("S-04", "error", "paths/plan/then", {"paths.1.then": "behov"}),
    ("S-05", "error", "outcomes/videre/to", {f"{NEED}.0.outcomes.0.to.1.when": {"fact": "archive"}}),
    ("S-06", "error", "steps/horing/silence", {f"{NEED}.1.deadline": DELETE}),
    ("S-07", "error", "roles/leder/appointed_by", {"roles.1.appointed_by": "leder"}),
    ("S-07", "warning", "roles/leder/deputy", {"roles.1.deputy": False}),
    ("S-08", "error", "steps/vedtak/decides", {"bodies.0.mandate.1.subjects": ["strategy"]}),
    ("S-09", "error", "steps/horing/deadline", {"bodies.0.frequency.times": 0}),
    ("S-09", "info", "bodies/rad", {"bodies.0.frequency": DELETE}),
    ("S-10", "error", "steps/grupper", {f"{PLAN}.0.only_if_exists": False}),
    ("S-11", "warning", "steps/grupper", {f"{PLAN}.0.each": DELETE}),
    ("S-11", "error", "steps/rad/each", {f"{NEED}.2.each": "organisation"}),
    ("S-11", "error", "join/count", {f"{PLAN}.0.join": {"kind": "count", "count": 3}}),
    ("S-12", "error", "paths/behov", {"roles.1.rights": [{"act": "need.create"}], f"{NEED}.2.decision.rule": "chair", f"{PLAN}.1.decision": {"rule": "single"}}),
    ("S-13", "warning", "roles/leder", {"roles.1.tasks": []}),
    ("S-14", "error", "roles", {"roles.0.rights": []}),
    ("S-14", "error", "steps/horing", {"hearing_bodies": []}),
    ("S-15", "warning", "outcomes/nei", {f"{NEED}.0.outcomes.1.requires": []}),
    ("S-24", "error", "reports/maned/sender", {"reports.0.sender": "gruppe", "bodies.1.chair": None, "bodies.1.secretary": None}),
    ("S-24", "error", "reports/maned/receiver", {"reports.0.receiver": "styrer", "reports.0.every": "meeting"}),
    ("S-24", "error", "reports/maned/receiver", {"reports.0.receiver": "styrer", "reports.0.due": {"working_days_before": 5}}),
    ("S-24", "error", "reports/maned/every", {"reports.0.every": "round", "criteria": []}),
    ("S-24", "warning", "reports/maned", {"reports.0.receiver": "leder"}),
    ("S-24", "warning", "reports/maned/every", {"reports.0.every": "month"}),
    ("S-24", "warning", "due/days_after", {"reports.0.every": "month", "reports.0.due.days_after": 40}),
    ("S-24", "info", "reports/maned", {"reports.0.due": DELETE}),
    ("S-25", "warning", "dimensions/tid", {"reports.0.dimensions": [{"key": "tid", "name": "Tid"}]}),
    ("S-25", "error", "tid/indicator", {"reports.0.dimensions": [{"key": "tid", "name": "Tid", "indicator": "ukjent"}]}),
    ("S-25", "error", "sections/tall", {"reports.0.sections": [{"key": "tall", "title": "Tall", "source": "indicators"}]}),
    ("S-25", "error", "reports/maned", {"reports.0.sections": [{"key": "a", "title": "A"}, {"key": "a", "title": "B"}]}),
    ("S-25", "warning", "sections/a", {"reports.0.sections": [{"key": "a", "title": "A", "audience": ["public"]}]}),
    ("S-15", "error", "paths/plan", {f"{PLAN}.1.outcomes.0.effect": "defer"}),
    ("S-16", "error", "steps/horing/deadline", {f"{NEED}.1.deadline.working_days": 2}),
    ("S-16", "warning", "steps/vurdering/deadline", {f"{NEED}.0.outcomes.0.to": "horing", f"{NEED}.1.deadline": {"kind": "date", "month": 2, "day": 5}}),
    ("S-17", "error", "wheel/periods/vinter/depends_on", {"wheel.periods.0.depends_on": ["var"], "wheel.periods.1.depends_on": []}),
    ("S-17", "error", "wheel/periods/vinter/depends_on", {"wheel.periods.0.depends_on": ["var"]}),
    ("S-17", "warning", "overlays/budsjett/feeds", {"wheel.periods.1.ends.month": 12}),
    ("S-17", "error", "periods/var/ends", {"wheel.periods.1.ends": {"month": 6, "day": 31}}),
    ("S-18", "error", "hearing_bodies/vern/when", {"hearing_bodies.0.when": {"fact": "archive", "all": []}}),
    ("S-18", "error", "to/0/when", {f"{NEED}.0.outcomes.0.to.0.when.value": "mye"}),
    ("S-30", "error", "relations/0", {"structure": {"relations": [{"from": "rad", "kind": "advises", "to": "ukjent"}]}}),
    ("S-30", "error", "relations/0", {"structure": {"relations": [{"from": "rad", "kind": "advises", "to": "rad"}]}}),
    ("S-30", "warning", "relations/1", {"structure": {"relations": [{"from": "rad", "kind": "advises", "to": "gruppe"}] * 2}}),
    ("S-30", "error", "structure/relations", {"structure": {"relations": [{"from": "rad", "kind": "mandates", "to": "gruppe"}, {"from": "rad", "kind": "reports_to", "to": "gruppe"}]}}),
    ("S-30", "error", "relations/0", {"structure": {"relations": [{"from": "styrer", "kind": "chairs", "to": "rad"}]}}),
    ("S-30", "warning", "relations/0", {"bodies.0.mandate": [{"kind": "adopt", "subjects": ["plan"]}], "structure": {"relations": [{"from": "rad", "kind": "advises", "to": "gruppe"}]}}),
    ("S-30", "info", "bodies/gruppe", {"structure": {"relations": [{"from": "rad", "kind": "consults", "to": "vern"}]}}),
    ("S-30", "error", "structure/highest", {"structure": {"highest": "gruppe"}}),
    ("S-30", "error", "structure/highest", {"structure": {"highest": "ukjent"}}),
    ("S-30", "error", "structure/highest", {"structure": {"highest": "rad", "relations": [{"from": "gruppe", "kind": "mandates", "to": "rad"}]}}),
    ("S-31", "error", "units/0", {"structure": {"units": [{"organisation": "nord", "code": "1", "name": "Skolen", "kind": "skole"}]}}),
    ("S-31", "error", "units/1", {"structure": {"units": [{"organisation": "nord", "code": "1", "name": "Én"}, {"organisation": "nord", "code": "1", "name": "To"}]}}),
    ("S-31", "error", "units/0", {"structure": {"units": [{"organisation": "nord", "code": "1", "name": "Én", "below": "2"}]}}),
    ("S-31", "error", "units/0", {"structure": {"units": [{"organisation": "nord", "code": "1", "name": "Én", "below": "1"}]}}),
    ("S-31", "error", "required_per/0", {"roles.0.required_per": [{"per": "unit", "unit_kinds": ["skole"]}]}),
    ("S-31", "error", "required_per/0", {"roles.1.required_per": [{"per": "area"}]}),
    ("S-31", "error", "required_per/0", {"structure": {"unit_kinds": [{"key": "skole", "name": "Skole"}]}, "roles.0.required_per": [{"per": "organisation", "unit_kinds": ["skole"]}]}),
    ("S-31", "error", "combinations/0", {"structure": {"combinations": [{"roles": ["leder", "ukjent"], "rule": "excluded"}]}}),
    ("S-31", "error", "combinations/0", {"structure": {"combinations": [{"roles": ["leder", "leder"], "rule": "excluded"}]}}),
    ("S-31", "error", "structure/combinations", {"structure": {"combinations": [{"roles": ["leder", "styrer"], "rule": "excluded"}, {"roles": ["styrer", "leder"], "rule": "expected"}]}}),
    ("S-31", "error", "extra_roles/0", {"structure": {"extra_roles": [{"role": "leder", "unit": "1", "also": ["ukjent"]}]}}),
    ("S-31", "error", "extra_roles/0", {"structure": {"units": [{"organisation": "nord", "code": "1", "name": "Én"}], "extra_roles": [{"role": "leder", "unit": "2", "also": ["styrer"]}]}}),
    ("R-23", "warning", "structure/extra_roles", {"structure": {"extra_roles": [{"role": "leder", "unit": "1", "also": ["styrer"], "confirmed": False}]}}),
    ("R-17", "error", "bodies/rad/chair_in", {"bodies.0.chair_in": "host"}),
    ("R-17", "error", "bodies/rad/chair_in", {"bodies.0.chair_in": "ukjent"}),
    ("R-16", "error", "bodies/rad/versions/0", {"bodies.0.must_include": ["radgiver"]}),
    ("R-16", "error", "bodies/rad/must_include", {"bodies.0.must_include": ["ukjent"]}),
    ("R-16", "warning", "bodies/gruppe/covers", {"bodies.0.covers": ["1"], "bodies.1.covers": ["1"]}),
    ("R-16", "warning", "units/0", {"bodies.0.covers": ["1"], "structure": {"units": [{"organisation": "nord", "code": "2", "name": "To", "area": True}]}}),
    ("R-08", "error", "roles/styrer/owns", {"roles.1.owns": ["guide"], "roles.2.owns": ["guide"]}),
    ("R-08", "error", "structure/forums", {"structure": {"forums": ["ukjent"]}}),
    ("R-08", "error", "project_model/required_roles", {"project_model.required_roles": ["ukjent"]}),
    ("R-08", "error", "project_model/steering_by_area", {"project_model.steering_by_area": True}),
    ("R-08", "error", "project_model/own_steering", {"project_model.own_steering": True}),
    ("R-08", "error", "forum_texts/0", {"structure": {"forum_texts": [{"body": "rad", "place": "kapittel 1", "text": "Ledes av noen.", "chairs": ["ukjent"]}]}}),
    ("R-17", "warning", "forum_texts/0/chairs", {"structure": {"forum_texts": [{"body": "rad", "place": "kapittel 1", "text": "Ledes av styreren.", "chairs": ["styrer"]}]}}),
    ("R-17", "warning", "forum_texts/0/offices", {"structure": {"forum_texts": [{"body": "rad", "place": "kapittel 1", "text": "Består av rådgivere.", "offices": ["radgiver"]}]}}),
    ("R-15", "warning", "forum_texts/0/prepares", {"structure": {"forum_texts": [{"body": "rad", "place": "kapittel 1", "text": "Forbereder for gruppen.", "prepares": ["gruppe"]}]}}),
    ("R-19", "error", "responsibility/rows/0", {"responsibility.rows.0.cells": {"leder": "A", "styrer": "U", "ukjent": "U"}}),
    ("R-19", "info", "responsibility/parties/2", {"responsibility.parties": ["leder", "styrer", "bruker"]}),
    ("R-19", "info", "responsibility/rows/2", {"responsibility": {"letters": [{"letter": "A", "name": "Ansvarlig", "same_as": "accountable"}, {"letter": "U", "name": "Utfører", "same_as": "responsible"}, {"letter": "S", "name": "Spørres", "same_as": "consulted"}, {"letter": "I", "name": "Informert", "same_as": "informed"}], "parties": ["leder", "styrer", "radgiver"], "rows": [{"activity": "En", "cells": {"leder": "A", "styrer": "U"}}, {"activity": "To", "cells": {"leder": "A", "styrer": "U"}}, {"activity": "Tre", "cells": {"styrer": "A", "leder": "I", "radgiver": "S"}}]}}),
    ("S-36", "error", "wheel/yearly/0", {"wheel.yearly": ["measure"]}),
    ("S-36", "error", "duties/krav/available_from", {"wheel.duties": [{"key": "krav", "name": "Krav", "due": "2026-01-01", "available_from": "2027-01-01", "owner": "leder"}]}),
    ("S-36", "warning", "duties/krav/owner", {"wheel.duties": [{"key": "krav", "name": "Krav", "due": "2026-01-01"}]}),
    ("S-36", "error", "before/frist/body", {"bodies.0.before": [{"key": "frist", "name": "Frist", "body": "rad", "working_days": 5}]}),
    ("S-36", "error", "modes/ingen", {"need_form.sessions": {"groups": [{"key": "a", "name": "A"}], "modes": [{"key": "ingen", "name": "Ingen", "per_sector": False}]}}),
    ("S-41", "error", "requires/rad", {f"{NEED}.2.requires": [{"key": "rad", "name": "Råd", "kind": "advice", "of": ["ingen"]}]}),
    ("S-41", "error", "requires/rad", {f"{NEED}.2.requires": [{"key": "rad", "name": "Råd", "kind": "advice", "of": ["vern"]}]}),
    ("S-41", "error", "requires/rad", {f"{NEED}.2.requires": [{"key": "rad", "name": "Råd", "kind": "discussion"}]}),
    ("S-41", "error", "requires/h", {f"{PLAN}.1.requires": [{"key": "h", "name": "Høring", "kind": "hearing"}]}),
    ("S-41", "error", "requires/m", {f"{PLAN}.1.requires": [{"key": "m", "name": "Møte", "kind": "first_meeting", "after": "strategy"}]}),
    ("S-41", "warning", "requires/rad", {f"{NEED}.2.requires": [{"key": "rad", "name": "Råd", "kind": "advice", "of": ["gruppe"], "affected": True}]}),
    ("S-41", "error", "rad/opens_after", {f"{NEED}.2.opens_after": ["ukjent"]}),
    ("S-41", "error", "rad/opens_after", {f"{NEED}.2.opens_after": ["horing"], f"{NEED}.1.opens_after": ["rad"]}),
    ("S-41", "warning", "rad/checklist", {f"{NEED}.2.checklist": [{"key": "p", "name": "Punkt"}]}),
    ("S-42", "error", "steps/vedtak/outcomes/0", {f"{PLAN}.1.outcomes.0": {"key": "0", "name": "Løft", "effect": "escalate"}}),
    ("S-42", "warning", "outcomes/p", {f"{PLAN}.1.outcomes.0": {"key": "p", "name": "Svar", "effect": "end_positive", "precedent": True}}),
    ("S-43", "error", "outcomes/p", {f"{PLAN}.1.outcomes.0": {"key": "p", "name": "Felles", "effect": "end_positive", "binds": "ukjent", "requires": ["votes"]}}),
    ("S-43", "error", "legal_communities/felles", {"cooperation": {"form": "host", "members": ["nord"], "legal_communities": [{"key": "felles", "name": "Felles", "members": ["nord", "sor"]}]}}),
    ("S-44", "warning", "guides/v", {"guides": [{"key": "v", "name": "Veileder", "path": "plan", "steps": [{"name": "Gruppene", "step": "grupper"}]}]}),
    ("S-44", "warning", "guides/v/steps/0", {"guides": [{"key": "v", "name": "Veileder", "path": "plan", "steps": [{"name": "Noe annet"}]}]}),
    ("S-45", "warning", "rad/actor", {f"{NEED}.2.actor": {"bodies": ["rad", "gruppe"]}}),
    ("S-45", "warning", "rad/actor", {f"{NEED}.2.actor": {"bodies": ["rad", "gruppe"]}, "bodies.0.covers": ["Skole"], "bodies.1.covers": ["Skole"]}),
]  # fmt: skip


def test_nothing_is_found_in_a_sound_model() -> None:
    assert [str(item) for item in lint(typed(sound()))] == []


@pytest.mark.parametrize(
    ("code", "severity", "where", "changes"),
    CASES,
    ids=[f"{c[0]}-{n}" for n, c in enumerate(CASES)],
)
def test_each_rule_fires(code: str, severity: str, where: str, changes: dict[str, Any]) -> None:
    findings = lint(typed(broken(changes)))
    hits = [item for item in findings if item.code == code and item.path.split("#")[0].endswith(where)]
    assert hits, [str(item) for item in findings]
    assert severity in {item.severity for item in hits}
    for item in hits:
        assert str(item.message).endswith((".", "»")) and "%(" not in str(item.message)
        assert str(item.explanation) and str(item.remedy)


def test_every_check_has_a_case() -> None:
    """A check that no case makes fire might as well not be there."""
    models = [typed(broken(changes)) for *_rest, changes in CASES]
    idle = [
        f"{rule.code}:{check.__name__}"
        for rule in RULES.values()
        for check in rule.checks
        if not any(next(iter(check(model)), None) for model in models)
    ]
    assert idle == []


def test_all_rules_of_the_catalogue_stand() -> None:
    assert {f"R-{number:02d}" for number in range(1, 24)} <= set(RULES)


def test_findings_name_their_line_and_keep_their_identity_when_lines_move() -> None:
    model = typed(broken({"bodies.0.versions.0.size": 17}))
    [rule] = [rule for rule in RULES.values() if rule.code == "R-09"]
    [hit] = [hit for check in rule.checks for hit in check(model)]
    at_ten = found(model, rule, hit, {("bodies", 0, "versions", 0, "size"): (10, 3)})
    nearest = found(model, rule, hit, {("bodies", 0): (7, 1)})
    assert (at_ten.line, nearest.line) == (10, 7)
    assert at_ten.identity == nearest.identity == "R-09@bodies/rad/versions/0/size"


def test_a_stored_finding_takes_in_what_the_rules_found_and_controls_are_silent() -> None:
    tree = broken({"bodies.0.frequency.times": 4})
    tree["findings"] = [
        {
            "key": "F-T1",
            "rule": "R-06",
            "text": "Fire møter, ett steg",
            "covers": ["R-06@bodies/rad/frequency", "R-06@noe/annet", "R-06@bodies/rad/frequency"],
        },
        {"key": "F-T2", "rule": "R-09", "severity": "ok", "text": "Tallene stemmer"},
    ]
    [finding] = lint(typed(tree))
    assert finding.identity == "F-T1" and finding.confirmed_by == ("R-06@bodies/rad/frequency",)


@pytest.mark.parametrize(
    ("chosen", "accepted", "blocks"),
    [(None, [], True), (None, ["F-T1"], False), ("Rådet vedtar", [], False)],
)
def test_an_error_blocks_until_a_reading_is_chosen_or_it_is_accepted(
    chosen: str | None, accepted: list[str], blocks: bool
) -> None:
    tree = sound()
    tree["findings"] = [
        {
            "key": "F-T1",
            "rule": "R-01",
            "severity": "error",
            "text": "To vedtar",
            **({"chosen": chosen} if chosen else {}),
        }
    ]
    [finding] = lint(typed(tree))
    assert finding.blocks(accepted) is blocks


def test_cost_may_choose_between_two_who_adopt() -> None:
    """Thresholds that change who decides are no contradiction (held-out model)."""
    tree = broken(
        {
            f"{PLAN}+": ADOPTS,
            f"{PLAN}.0.optional": False,
            f"{PLAN}.0.only_if_exists": True,
        }
    )
    tree["bodies"][1]["optional"] = False
    tree["paths"][1]["steps"][0]["only_if_exists"] = False
    tree["paths"][1]["steps"][0]["outcomes"][0]["to"] = [
        {"to": "dobbelt", "when": {"fact": "total_cost", "op": "ge", "value": 500_000}},
        {"to": "vedtak"},
    ]
    assert [item for item in lint(typed(tree)) if item.code == "R-01"] == []


def test_a_finding_is_told_in_the_language_of_whoever_reads_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """Findings are kept between requests, so no language may be fixed when they are made."""
    tree = sound()
    tree["findings"] = [{"key": "F-T1", "rule": "R-01", "text": {"nb": "To vedtar", "nn": "To vedtek"}}]
    [finding] = lint(typed(tree))
    assert str(finding.message) == "To vedtar"
    monkeypatch.setattr(text, "_language", lambda: "nn")
    assert str(finding.message) == "To vedtek"
