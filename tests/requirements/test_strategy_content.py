"""What the shipped models say of their strategies, and what a strategy is checked for."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from samstyr.foundation.governance import bundles
from samstyr.foundation.governance.rules.earlier import as_now
from samstyr.foundation.governance.rules.ledgers import Ledger
from samstyr.foundation.governance.rules.lint import lint
from samstyr.foundation.governance.rules.loading import load_text
from samstyr.foundation.governance.rules.schema import GovernanceModel
from samstyr.foundation.governance.rules.strategy import StrategyContent, placed, positions_of, served
from samstyr.foundation.kernel.errors import Refused
from samstyr.wheel.strategy import actions
from samstyr.wheel.strategy.rules import editing
from samstyr.wheel.strategy.rules.crossing import crossing, support_of
from samstyr.wheel.strategy.rules.difference import difference

from .places import place

DAY = date(2019, 1, 15)


def text_of(name: str) -> str:
    return (Path(bundles.__path__[0]) / f"{name}.yaml").read_text(encoding="utf-8")


def model(name: str) -> GovernanceModel:
    return load_text(text_of(name)).require()


def content(name: str) -> StrategyContent:
    return model(name).strategy


def told(name: str) -> set[str]:
    return {finding.key or finding.identity for finding in lint(model(name))}


def test_a_008_a_009_a_141_drivers_of_three_kinds_main_goals_and_a_source_that_is_read_critically() -> None:
    found = content("aurskog-holand")
    assert {item.kind for item in found.drivers} >= {"agreement", "government", "market"}
    assert found.drivers[0].goals == ("hm1", "hm2", "hm3")
    assert [goal.key for goal in found.goals if str(goal.level) == "Hovedmål"] == ["hm1", "hm2", "hm3"]
    sintef = next(item for item in found.sources if item.key == "sintef")
    assert str(sintef.commissioned_by) == "NHO" and "kritisk blikk" in str(sintef.reliability)
    assert [item.key for item in found.drivers if item.source == "sintef"] == ["endringstakten"]


def test_a_038_a_039_a_042_a_050_a_070_four_digital_goals_by_category_with_six_nine_six_and_no_sub_goals() -> None:
    found = content("aurskog-holand")
    digital = [goal for goal in found.goals if str(goal.level) == "Digitaliseringsmål"]
    assert [(str(goal.category), len(goal.goals)) for goal in digital] == [
        ("Innbyggere", 6),
        ("Ansatte", 9),
        ("Ledelse", 6),
        ("Gjennomføring", 0),
    ]
    assert all(goal.owner == "digitaliseringssjef" for goal in digital)
    assert {"F-A4", "F-A12"} <= told("aurskog-holand")
    assert len(found.principles) == 8
    deep = [one.parent for one in placed(found.goals) if one.depth]
    assert None not in deep


@pytest.mark.django_db
def test_a_040_a_sector_does_not_change_the_goals_of_the_whole() -> None:
    with place("aurskog-holand") as made:
        row = actions.open_draft(**made.by("digitaliseringssjef", DAY), beginning="model")
        with pytest.raises(Refused):
            actions.save_goal(
                **made.by("sektorleder", DAY), version_id=row.pk, version=row.version, goal="dm1", parent=None,
                values={"text": "Helse eier målet"},
            )  # fmt: skip


def test_a_019_a_020_n_053_the_tags_of_the_sources_are_three_sectors_and_six_across() -> None:
    for name in ("aurskog-holand", "bronnoy"):
        tags = next(item for item in content(name).sources if item.key == "ks").tags
        assert [sum(tag.kind == kind for tag in tags) for kind in ("sector", "across")] == [3, 6]


def test_g_001_g_004_g_009_g_124_documents_as_a_set_sections_and_the_four_service_areas() -> None:
    found = content("gjovik")
    three = [item for item in found.documents if item.kind != "plan"]
    keys = {item.key for item in three}
    assert len(three) == 3 and all(set(item.links) == keys - {item.key} for item in three)
    assert {str(item.domain) for item in three} == {"Digitalisering", "IKT-organisering", "IKT-arkitektur"}
    assert [item.access for item in three if item.kind == "administrative"] == ["internal", "internal"]
    assert [item.kind for item in found.sections] == ["status", "goals", "organisation"]
    assert len(next(item for item in found.sources if item.key == "ks").tags) == 4


def test_g_007_g_014_g_038_two_trees_that_cross_under_named_sources() -> None:
    found = content("gjovik")
    assert {goal.source for goal in found.goals if goal.national} == {"digital-agenda"}
    assert next(item for item in found.sources if item.key == "ks").mirrors == "digital-agenda"
    own = [goal for goal in found.goals if not goal.national]
    assert [goal.key for goal in own] == ["sm1"] and len(own[0].goals) == 3
    assert [item.key for item in found.strategies if item.goals == ("sm1-2",)] == ["s5"]
    assert "F-G14" in told("gjovik")


def test_g_050_g_056_g_057_g_058_g_060_g_068_shared_strategies_and_those_that_another_plan_holds() -> None:
    found = content("gjovik")
    answers = {key: [item.key for item in items] for key, items in served(found).items()}
    for key in ("n4-1", "n4-2", "n4-3", "n4-4"):
        assert answers[key] == ["s9", "s18", "s19"]
    assert answers["n4-6"] == answers["n4-5"] == ["s10"]
    held = {item.key: item.held_in for item in found.strategies if item.held_in}
    assert held == {"s7": "velferdsteknologi", "s15": "arkivplan"}
    assert not [item for item in crossing(found).positions if len(item.answers) > 3]
    assert {"F-G3", "F-G4", "F-G15"} <= told("gjovik")


def test_g_043_g_048_g_049_g_054_g_055_g_057_g_058_g_061_the_strategy_has_its_lists_as_ledgers() -> None:
    found = {item.key: (item.goals, [field.key for field in item.fields]) for item in model("gjovik").ledgers}
    assert found == {
        "rpa": (("s2",), ["volum", "egnethet"]),
        "datasett": (("s6",), ["lisens", "oppdateres", "adresse"]),
        "forsok": (("s16",), ["resultat"]),
        "piloter": (("s18",), ["lansert", "i-bruk-fra"]),
        "unntak": (("s19",), ["grunn"]),
        "horinger": (("n4-3",), ["avsender", "ar"]),
        "bidrag": (("n4-4",), ["bidrag"]),
        "delt": (("s11",), ["arena", "dato"]),
    }


def test_n_036_n_037_the_two_sectors_have_what_they_aim_at() -> None:
    aims = {item.key: [aim.key for aim in item.aims] for item in content("bronnoy").priorities}
    assert aims == {
        "helse": ["informasjon", "trygghet", "ressurser"],
        "oppvekst": ["bandbredde", "sikkerhet", "hverdag", "effektivitet"],
    }


def test_a_026_the_section_that_was_taken_from_another_strategy_says_so() -> None:
    found = content("aurskog-holand")
    assert {item.key: item.sources for item in found.sections if item.sources} == {"hovedretning": ("baerum",)}


def test_an_earlier_models_lists_are_read_as_ledgers_that_the_strategys_owner_keeps() -> None:
    tree = {"strategy": {"owner": "leder", "lists": [{"key": "rpa", "name": "Prosesser", "goals": ["s2"]}]}}
    read, _positions = as_now(tree, {})
    assert read["strategy"] == {"owner": "leder"}
    [ledger] = (Ledger.model_validate(one) for one in read["ledgers"])
    assert (ledger.key, str(ledger.entry), ledger.goals, ledger.kept_by) == ("rpa", "Prosesser", ("s2",), ("leder",))


def test_d_005_d_010_purposes_and_four_assignments_with_their_source() -> None:
    found = content("ks-du")
    levels = [str(goal.level) for goal in found.goals]
    assert (levels.count("Formål"), levels.count("Landstingets oppdrag")) == (3, 4)
    assert {goal.source for goal in found.goals if str(goal.level) == "Landstingets oppdrag"} == {"landstinget"}


def test_n_targets_are_figures_where_the_document_has_them_and_words_where_it_has_not() -> None:
    found = {item.key: item for item in content("bronnoy").targets}
    assert (found["oppetid"].value, found["forstelinje"].value, found["cmmi"].value) == (99.7, 80, 3)
    assert (found["reisemoter"].value, found["reisemoter"].relative) == (-50, True)
    assert found["cmmi"].baseline is not None and found["cmmi"].baseline.quality == "assumed"
    assert str(found["forstevalg"].text) == "majoriteten"
    assert {"F-N10", "F-N13"} <= told("bronnoy")


def test_what_supports_a_goal_is_found_from_the_goal() -> None:
    found = support_of(content("bronnoy"), "so1")
    assert found.focus_areas and len(found.drivers) == 2 and len(found.guidelines) == 1
    assert [item.key for item in support_of(content("gjovik"), "n2-5").strategies] == ["s7"]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda old: editing.without_goal(old, "dm4"), "Målet «Den vedtatte strategien er gjennomført» er tatt ut."),
        (lambda old: editing.with_goal(old, None, "dm4", {"text": "Noe nytt"}), "Nytt mål: «Noe nytt»."),
        (lambda old: editing.moved_goal(old, "dm2-1", "dm3", None), "er flyttet til «Strategisk ledelse sikrer"),
        (lambda old: editing.moved_row(old, "principles", "p1", 1), "Rekkefølgen er endret for prinsipp."),
        (lambda old: editing.without_row(old, "measures", "t3"), "Fjernet tiltak «Ta i bruk ny funksjonalitet"),
        (lambda old: editing.with_head(old, {"title": "Ny", "owner": "radmann"}), "Tittel var «Digital strategi"),
    ],
)
def test_differences_are_told_in_words(change: Any, words: str) -> None:
    old = content("aurskog-holand")
    assert any(words in str(one.text) for one in difference(old, change(old), model("aurskog-holand")))


def test_a_model_written_before_the_strategy_was_one_part_is_read_as_now_with_its_lines() -> None:
    new = text_of("birkenes-lillesand")
    old = new + (
        "goals:\n  - {key: m1, text: Oppetiden er høy, target: '99 %'}\n  - {key: n1, text: Nasjonalt, national: true}\n"
        "focus_areas:\n  - {key: f1, name: Drift, order: 1, goals: [borte], units: [VO1, Ø], confirmed: false}\n"
        "service_levels:\n  - {key: oppe, name: Oppetid, target_percent: 99.5}\n"
        "principles:\n  - {key: p1, name: Sky først}\n"
    )
    loaded = load_text(old)
    found = loaded.require().strategy
    assert [(item.key, item.value, str(item.text or "")) for item in found.targets] == [
        ("m1-mal", None, "99 %"),
        ("oppe", 99.5, ""),
    ]
    assert [(cell.area, cell.confirmed) for cell in found.focus_areas[0].cells] == [("vo1", False), ("o", False)]
    assert [str(item.name) for item in found.areas] == ["VO1", "Ø"] and found.principles[0].key == "p1"
    lines = {finding.path: finding.line for finding in lint(loaded.require(), loaded.positions)}
    assert lines["strategy/focus_areas/f1/goals/0"] == old[: old.index("[borte]")].count("\n") + 1
    bad = load_text(new + "goals:\n  - {key: m1}\n")
    assert bad.model is None and bad.errors[0].line == new.count("\n") + 2
    both = load_text(new + "goals: []\n" + "principles: 3\n")
    assert both.model is None


def test_positions_are_national_goals_with_none_below() -> None:
    assert len(positions_of(content("gjovik"))) == 25
