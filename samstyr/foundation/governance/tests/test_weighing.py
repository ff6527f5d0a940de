"""Criteria and ranking in the format: what older files mean, what is refused, and that a change of weights is told."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from samstyr.foundation.governance import bundles
from samstyr.foundation.governance.rules.difference import difference
from samstyr.foundation.governance.rules.lint import lint
from samstyr.foundation.governance.rules.loading import load_text
from samstyr.foundation.governance.rules.schema import GovernanceModel
from samstyr.foundation.governance.rules.weighing import CriteriaStage, Ranking

STRATEGIC, BENEFIT = "weight: 40, polarity: positive", "betydelige gevinster, weight: 30"


def model(text: str) -> GovernanceModel:
    """The model, which must be readable."""
    loaded = load_text(text)
    assert loaded.model is not None, loaded
    return loaded.model


def test_a_stage_written_before_there_was_more_still_reads() -> None:
    """Only what was there from the first: the rest has its defaults."""
    stage = CriteriaStage.model_validate(
        {"key": "grov", "name": "Grov", "criteria": [{"key": "a", "name": "A", "weight": 100}], "threshold": 2}
    )
    assert (stage.threshold, stage.valid_months, stage.blind, stage.scorers, stage.free_text) == (
        2.0,
        12,
        True,
        (),
        True,
    )
    assert stage.criteria[0].requires == () and stage.criteria[0].anchors == {}


@pytest.mark.parametrize(
    ("part", "value"),
    [
        (CriteriaStage, {"key": "s", "name": "S", "criteria": []}),
        (CriteriaStage, {"key": "s", "name": "S", "criteria": [{"key": "a", "name": "A", "weight": 101}]}),
        (CriteriaStage, {"key": "s", "name": "S", "criteria": [{"key": "a", "name": "A", "weight": 100}], "valid_months": 0}),
        (CriteriaStage, {"key": "s", "name": "S", "criteria": [{"key": "a", "name": "A", "weight": 100}], "scorers": ["stol:rad"]}),
        (CriteriaStage, {"key": "s", "name": "S", "criteria": [{"key": "a", "name": "A", "weight": 100, "requires": [{"above": "lav", "evidence": "penger"}]}]}),
        (Ranking, {"method": "loddtrekning"}),
        (Ranking, {"capacity": 0}),
        (Ranking, {"keys": [{"by": "alfabet"}]}),
    ],
)  # fmt: skip
def test_what_the_format_does_not_have_is_refused(part: Any, value: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        part.model_validate(value)


def test_a_change_of_weights_is_told_in_words() -> None:
    """G-101: the difference between the versions names the criteria with the weight before and after."""
    text = bundles.text_of("gjovik")
    assert STRATEGIC in text and BENEFIT in text
    changed = text.replace(STRATEGIC, STRATEGIC.replace("40", "35")).replace(BENEFIT, BENEFIT.replace("30", "35"))
    found = difference(model(text), model(changed))
    assert [str(change.text) for change in found] == ["Vekt var «40», og er nå «35».", "Vekt var «30», og er nå «35»."]
    assert "prioriteringstrinn «Innledende grovscreening»" in found[0].place
    assert "kriterium «Strategisk viktig»" in found[0].place


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("capacity: 3\n", "capacity: 4\n", "Kapasitet var «3», og er nå «4»."),
        ("tie_break: [strategisk, gevinst,", "tie_break: [gevinst, strategisk,", "Avgjør ved lik sum var «strategisk, gevinst, eier, nytt»"),
        ("capacity_unit: projects", "capacity_unit: hours", "Kapasiteten regnes i var «prosjekter», og er nå «timer»."),
        ("name: Kostnader, weight: 10, polarity: negative", "name: Kostnader, weight: 10, polarity: positive", "Retning var «høyt er dårlig», og er nå «høyt er bra»."),
        ("requires: [{above: lav, evidence: goal_link}], ", "", "Krever «lav, knyttet til et mål» er fjernet."),
    ],
)  # fmt: skip
def test_other_changes_of_how_needs_are_weighed_are_told(old: str, new: str, told: str) -> None:
    text = bundles.text_of("gjovik")
    assert old in text
    found = difference(model(text), model(text.replace(old, new)))
    assert len(found) == 1 and told in str(found[0].text), [str(change.text) for change in found]


def test_weights_that_are_not_a_hundred_stop_the_model() -> None:
    """G-109: 40, 30, 20 and 15 is 105."""
    text = bundles.text_of("gjovik").replace("forplikter ressurser, weight: 15", "forplikter ressurser, weight: 20")
    hits = [item for item in lint(model(text)) if item.code == "R-09" and item.blocks()]
    assert [str(item.message) for item in hits] == ["Vektene i «Innledende grovscreening» blir 105, ikke 100."]


def test_the_shipped_models_say_what_ranks() -> None:
    """Figures, a fixed order, or arguments: each after its own document."""
    found = {name: model(bundles.text_of(name)).ranking for name in bundles.names()}
    assert {name: ranking.method for name, ranking in found.items() if ranking} == {
        "gjovik": "weighted", "bronnoy": "sort_keys", "birkenes-lillesand": "arguments", "aurskog-holand": "arguments",
    }  # fmt: skip
    fixed = found["bronnoy"]
    assert fixed is not None
    assert [key.by for key in fixed.keys] == ["focus_area", "kind", "benefit_per_cost"]
    assert fixed.keys[0].order == ("f1", "f2", "f3", "f4")
    order = fixed.keys[1].order
    places = [order.index(kind) for kind in ("styring", "etterslep", "oppgradering", "nytt", "midlertidig")]
    assert places == sorted(places)
