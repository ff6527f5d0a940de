"""A small model with nothing wrong, for tests to break in one place at a time."""

from __future__ import annotations

import json
from copy import deepcopy
from typing import Any

from samstyr.foundation.governance.rules.schema import GovernanceModel

SOUND: dict[str, Any] = {
    "format": 1,
    "key": "prove",
    "name": "Prøvemodell",
    "valid_from": "2026-01-01",
    "source": {"title": "Prøvedokument", "address": "https://example.no/dokument"},
    "organisations": [
        {"key": "nord", "name": "Nord kommune"},
        {"key": "sor", "name": "Sør kommune"},
        {"key": "ikt", "kind": "it_service", "name": "IKT-tjenesten"},
    ],
    "roles": [
        {
            "key": "innmelder",
            "name": "Innmelder",
            "scope": "unit",
            "tasks": ["Melder behov"],
            "rights": [{"act": "need.create", "reach": "unit"}],
        },
        {
            "key": "leder",
            "name": "Leder",
            "scope": "organisation",
            "tasks": ["Vurderer"],
            "appointed_by": "styrer",
        },
        {
            "key": "styrer",
            "name": "Styrer av modellen",
            "tasks": ["Vedlikeholder"],
            "rights": [{"act": "model.manage"}, {"act": "role.appoint"}],
        },
        {
            "key": "radgiver",
            "name": "Rådgiver",
            "scope": "organisation",
            "tasks": ["Uttaler seg"],
        },
    ],
    "bodies": [
        {
            "key": "rad",
            "name": "Rådet",
            "chair": "leder",
            "secretary": "styrer",
            "frequency": {"times": 1, "per": "year"},
            "versions": [
                {
                    "valid_from": "2026-01-01",
                    "size": 3,
                    "groups": [
                        {
                            "key": "nord",
                            "name": "Medlemmer fra nord",
                            "count": 2,
                            "organisation": "nord",
                            "organisation_kind": "municipality",
                            "appointed_by": "leder",
                            "one_per": "area",
                        },
                        {
                            "key": "lederen",
                            "name": "Lederen",
                            "count": 1,
                            "office": "leder",
                        },
                    ],
                }
            ],
            "mandate": [
                {"kind": "propose", "subjects": ["need", "plan"]},
                {"kind": "adopt", "subjects": ["plan"]},
            ],
        },
        {
            "key": "gruppe",
            "name": "Ledergruppen",
            "per": "organisation",
            "optional": True,
            "exists_for": ["nord", "sor"],
            "chair": "leder",
            "frequency": {"times": 1, "per": "month"},
            "versions": [{"groups": [{"key": "alle", "name": "Alle ledere"}]}],
            "mandate": [{"kind": "treat", "subjects": ["plan"]}],
        },
    ],
    "hearing_bodies": [
        {
            "key": "vern",
            "name": "Personvern",
            "role": "radgiver",
            "when": {"fact": "personal_data"},
            "unit_of": "ikt",
        }
    ],
    "paths": [
        {
            "key": "behov",
            "name": "Behov",
            "subject": "need",
            "start": "vurdering",
            "then": "plan",
            "steps": [
                {
                    "key": "vurdering",
                    "name": "Vurdering",
                    "kind": "assess",
                    "actor": {"role": "leder", "reach": "organisation"},
                    "window": "vinter",
                    "deadline": {"kind": "date", "month": 3, "day": 1},
                    "decides": "assess",
                    "outcomes": [
                        {
                            "key": "videre",
                            "name": "Videre",
                            "effect": "advance",
                            "to": [
                                {
                                    "to": "rad",
                                    "when": {
                                        "fact": "total_cost",
                                        "op": "lt",
                                        "value": 100,
                                    },
                                },
                                {"to": "horing"},
                            ],
                        },
                        {
                            "key": "nei",
                            "name": "Nei",
                            "effect": "reject",
                            "requires": ["reason"],
                        },
                    ],
                },
                {
                    "key": "horing",
                    "name": "Høring",
                    "kind": "hearing",
                    "actor": {"role": "styrer"},
                    "window": "vinter",
                    "deadline": {"kind": "meeting", "body": "rad", "working_days": -3},
                    "before": "rad",
                    "silence": {"outcome": "ferdig"},
                    "outcomes": [
                        {
                            "key": "ferdig",
                            "name": "Ferdig",
                            "effect": "advance",
                            "to": "rad",
                        }
                    ],
                },
                {
                    "key": "rad",
                    "name": "Rådet foreslår",
                    "kind": "propose",
                    "actor": {"body": "rad"},
                    "window": "var",
                    "decides": "propose",
                    "decision": {"rule": "simple_majority", "tie": "chair"},
                    "outcomes": [
                        {"key": "inn", "name": "Inn", "effect": "end_positive"},
                        {
                            "key": "vilkar",
                            "name": "På vilkår",
                            "effect": "conditions",
                            "to": "horing",
                            "requires": ["conditions"],
                        },
                    ],
                },
            ],
        },
        {
            "key": "plan",
            "name": "Plan",
            "subject": "plan",
            "start": "grupper",
            "steps": [
                {
                    "key": "grupper",
                    "name": "Ledergruppene behandler",
                    "kind": "treat",
                    "actor": {"body": "gruppe"},
                    "each": "organisation",
                    "only_if_exists": True,
                    "optional": True,
                    "window": "var",
                    "deadline": {"kind": "period_end", "period": "var"},
                    "before": "vedtak",
                    "silence": {"outcome": "waived"},
                    "join": {"kind": "all"},
                    "decides": "treat",
                    "outcomes": [
                        {
                            "key": "behandlet",
                            "name": "Behandlet",
                            "effect": "advance",
                            "to": "vedtak",
                        }
                    ],
                },
                {
                    "key": "vedtak",
                    "name": "Rådet vedtar",
                    "kind": "decide",
                    "actor": {"body": "rad"},
                    "window": "var",
                    "decides": "adopt",
                    "outcomes": [{"key": "vedtatt", "name": "Vedtatt", "effect": "end_positive"}],
                },
            ],
        },
    ],
    "wheel": {
        "periods": [
            {
                "key": "vinter",
                "name": "Vinter",
                "starts": {"month": 2, "day": 1},
                "ends": {"month": 3, "day": 31},
                "steps": ["behov/vurdering"],
            },
            {
                "key": "var",
                "name": "Vår",
                "starts": {"month": 4, "day": 1},
                "ends": {"month": 5, "day": 31},
                "owner_body": "rad",
                "depends_on": ["vinter"],
            },
        ],
        "overlays": [
            {
                "key": "budsjett",
                "name": "Budsjettet",
                "periods": [
                    {
                        "key": "rammer",
                        "name": "Rammer",
                        "starts": {"month": 6, "day": 1},
                        "ends": {"month": 8, "day": 31},
                    }
                ],
                "feeds": {"var": "rammer"},
            }
        ],
    },
    "need_form": {"path": "behov", "period": "vinter"},
    "plan": {
        "name": "Plan",
        "path": "plan",
        "sources": [{"key": "drift", "name": "Drift"}],
        "cost_keys": [
            {
                "key": "fast",
                "name": "Fast",
                "kind": "fixed",
                "shares": {"nord": 40, "sor": 60},
            }
        ],
        "default_cost_key": "fast",
    },
    "routines": [{"step": "behov/vurdering", "organisation": "nord", "text": "Slik gjør vi det"}],
    "criteria": [
        {
            "key": "grov",
            "name": "Grov",
            "scale": [
                {"key": "lav", "name": "Lav", "number": 1},
                {"key": "hoy", "name": "Høy", "number": 3},
            ],
            "criteria": [
                {
                    "key": "nytte",
                    "name": "Nytte",
                    "weight": 60,
                    "polarity": "positive",
                    "anchors": {"lav": "Få merker det"},
                    "requires": [{"above": "lav", "evidence": "goal_link"}],
                },
                {
                    "key": "risiko",
                    "name": "Risiko",
                    "weight": 40,
                    "questions": [
                        {"key": "r1", "text": "Hvor stor?", "polarity": "negative", "anchors": {"hoy": "Stor"}}
                    ],
                },
            ],
            "threshold": 1.5,
            "scorers": ["leder", "seat:rad"],
        }
    ],
    "ranking": {
        "method": "sort_keys",
        "keys": [{"by": "focus_area", "order": ["f1"]}, {"by": "score"}],
        "tie_break": ["nytte", "risiko"],
        "capacity": 3,
    },
    "strategy": {
        "goals": [
            {"key": "n1", "text": "Nasjonalt mål", "national": True},
            {
                "key": "m1",
                "text": "Innbyggerne får svar digitalt",
                "goals": [{"key": "m11", "text": "Alle får svar på dagen", "links": ["n1"]}],
            },
        ],
        "focus_areas": [{"key": "f1", "name": "Drift", "order": 1, "goals": ["m1"]}],
        "targets": [
            {
                "key": "oppe",
                "name": "Oppetid",
                "goal": "m11",
                "value": 99.7,
                "unit": "%",
                "measured_in": "måned",
                "baseline": {"value": 99, "quality": "measured"},
            }
        ],
    },
    "project_model": {
        "name": "Prosjekt",
        "documents": [{"key": "mandat", "name": "Mandat"}],
        "phases": [
            {
                "key": "konsept",
                "name": "Konsept",
                "gate": {
                    "key": "bp1",
                    "name": "BP1",
                    "decided_by": "rad",
                    "documents": ["mandat"],
                },
            }
        ],
        "sizes": [{"key": "liten", "name": "Liten", "documents": ["mandat"]}],
    },
    "maturity": [
        {
            "key": "modenhet",
            "name": "Modenhet",
            "areas": [{"key": "a", "name": "Styring"}],
            "levels": [{"key": "lav", "name": "Minimalt", "number": 1}],
        }
    ],
    "reports": [
        {
            "key": "maned",
            "name": "Rapport",
            "sender": "leder",
            "receiver": "rad",
            "every": "year",
            "due": {"days_after": 30},
            "contents": ["Status"],
        }
    ],
    "responsibility": {
        "letters": [
            {"letter": "A", "name": "Ansvarlig", "same_as": "accountable"},
            {"letter": "U", "name": "Utførende", "same_as": "responsible"},
        ],
        "parties": ["leder", "styrer"],
        "rows": [{"activity": "Drift", "cells": {"leder": "A", "styrer": "U"}}],
    },
    "cooperation": {"form": "agreement", "members": ["nord", "sor"]},
}


def sound() -> dict[str, Any]:
    """A copy to break."""
    return deepcopy(SOUND)


def typed(tree: dict[str, Any]) -> GovernanceModel:
    """The model of the values."""
    return GovernanceModel.model_validate_json(json.dumps(tree), strict=True)
