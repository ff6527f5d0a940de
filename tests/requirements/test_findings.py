"""The documents' own faults: each stands with its rule, severity and place in the models it concerns, with the reading chosen
where there is one, and the rules behind them see such faults planted and mended. Source: part 1.6, and the defaults of part 5."""

from __future__ import annotations

import copy
import re
from collections.abc import Callable, Iterable
from functools import cache
from typing import Any

import pytest
from ruamel.yaml import YAML

from samstyr.foundation.governance import bundles
from samstyr.foundation.governance.rules.lint import RULES, Finding, lint
from samstyr.foundation.governance.rules.loading import load_text
from samstyr.foundation.governance.rules.schema import GovernanceModel

B, D, A, G, N = "birkenes-lillesand", "ks-du", "aurskog-holand", "gjovik", "bronnoy"
E, W, INFO, OK = "error", "warning", "info", "ok"


def table(letter: str, *rows: tuple[str, str]) -> dict[str, tuple[str, str]]:
    return {f"F-{letter}{number}": row for number, row in enumerate(rows, 1)}


CATALOGUE = {
    B: table("B", ("R-01", E), ("R-02", W), ("R-03", INFO), ("R-03", W), ("R-04", W), ("R-05", W), ("R-06", INFO), ("R-07", INFO),
             ("R-08", W), ("R-16", W), ("R-01", W)),
    D: table("D", ("R-09", E), ("R-10", INFO), ("R-11", W), ("R-09", OK), ("R-12", W), ("R-09", INFO), ("R-13", W), ("R-13", W),
             ("R-17", INFO)),
    A: table("A", ("R-15", E), ("R-09", INFO), ("R-14", W), ("R-14", W), ("R-08", W), ("R-15", INFO), ("R-07", INFO), ("R-12", W),
             ("R-01", E), ("R-14", INFO), ("R-23", W), ("R-20", W), ("R-21", INFO)),
    G: table("G", ("R-12", W), ("R-17", E), ("R-16", W), ("R-23", W), ("R-17", W), ("R-07", INFO), ("R-18", E), ("R-09", INFO),
             ("R-08", W), ("R-14", W), ("R-07", INFO), ("R-01", W), ("R-13", W), ("R-12", W), ("R-20", INFO), ("R-17", W),
             ("R-09", OK)),
    N: table("N", ("R-07", W), ("R-07", W), ("R-15", INFO), ("R-17", E), ("R-15", W), ("R-19", E), ("R-19", E), ("R-15", INFO),
             ("R-09", W), ("R-23", W), ("R-17", INFO), ("R-10", INFO), ("R-13", W), ("R-15", W), ("R-17", W), ("R-09", INFO),
             ("R-21", INFO), ("R-07", INFO), ("R-02", INFO), ("R-17", W), ("R-19", INFO), ("R-17", OK), ("R-15", W), ("R-15", INFO)),
}  # fmt: skip
# Faults that only show when the documents are read together, and the models they concern.
ACROSS = table("X", ("R-22", E), ("R-17", INFO), ("R-15", W), ("R-15", INFO), ("R-12", INFO))
CONCERNS = {"F-X1": {B, D, N}, "F-X2": {A, G, N}, "F-X3": {A, G, N}, "F-X4": {B, G, N}, "F-X5": {A, G, N}}
# What the model goes by where the document does not say or says two things (part 5), as it is told on the finding.
DEFAULTS = {
    "F-B1": "Samarbeidsorganet vedtar", "F-B2": "frivillig", "F-B4": "1. april til tre virkedager før",
    "F-B11": "kommunen som støtter", "F-D5": "31.12.2023", "F-D7": "fem virkedager", "F-A1": "Programstyret",
    "F-A8": "31.12.2019", "F-A9": "Programstyret", "F-G2": "Begge målingene", "F-G7": "teller negativt",
    "F-G12": "ledergruppe vedtar", "F-G13": "Lav 1, middels 2, høy 3", "F-N4": "Tabellen gjelder",
    "F-N6": "Systemeier er ansvarlig", "F-N10": "ubekreftet", "F-N13": "før måltallet", "F-N14": "bruk og gevinster",
    "F-N20": "Struktur, etterslep, oppgradering, nytt, midlertidig", "F-X4": "alias",
}  # fmt: skip


@cache
def model(name: str) -> GovernanceModel:
    return load_text(bundles.text_of(name)).require()


def expected(name: str) -> dict[str, tuple[str, str]]:
    return CATALOGUE[name] | {key: ACROSS[key] for key, where in CONCERNS.items() if name in where}


def told(name: str) -> dict[str, Finding]:
    return {item.key: item for item in lint(model(name)) if item.from_source}


def test_there_are_76_findings_and_three_controls_and_each_model_has_its_own() -> None:
    everything = {key: row for rows in (*CATALOGUE.values(), ACROSS) for key, row in rows.items()}
    assert len([1 for _rule, severity in everything.values() if severity != OK]) == 76
    assert len([1 for _rule, severity in everything.values() if severity == OK]) == 3
    assert set(CATALOGUE) == set(bundles.names())


@pytest.mark.parametrize("name", CATALOGUE)
def test_each_finding_stands_with_its_rule_severity_and_place(name: str) -> None:
    stored = {item.key: item for item in model(name).findings}
    assert {key: (item.rule, item.severity) for key, item in stored.items()} == expected(name)
    assert [key for key, item in stored.items() if not str(item.place or "").strip()] == []
    assert [key for key, item in stored.items() if item.rule not in RULES or not str(item.text).strip()] == []


@pytest.mark.parametrize("name", CATALOGUE)
def test_all_but_the_controls_are_told_with_an_explanation_and_a_remedy(name: str) -> None:
    found = told(name)
    assert set(found) == {key for key, (_rule, severity) in expected(name).items() if severity != OK}
    assert all(str(item.explanation) and str(item.remedy) for item in found.values())


@pytest.mark.parametrize(("key", "words"), DEFAULTS.items())
def test_the_reading_that_the_model_goes_by_stands_on_the_finding(key: str, words: str) -> None:
    items = [item for name in CATALOGUE for item in model(name).findings if item.key == key]
    assert items
    for item in items:
        assert words in str(item.chosen), str(item.chosen)


def test_every_error_of_a_document_has_a_chosen_reading_so_that_its_model_can_be_adopted() -> None:
    """An error is told and shown; what the model goes by meanwhile is said beside it, and why."""
    for name in CATALOGUE:
        for item in told(name).values():
            if item.severity == E:
                assert item.resolved and not item.blocks(), item.key


def test_f_x1_no_person_is_named_in_any_model() -> None:
    """Two capitalised words in a row are the names of places, bodies and roles alone, and nothing looks like an address."""
    for name in CATALOGUE:
        text = bundles.text_of(name)
        assert [item.path for item in lint(model(name)) if item.code == "R-22" and not item.from_source] == []
        assert not re.search(r"[\w.]+@[\w-]+\.[a-z]{2,}", text)
        assert not re.search(r"\b(Høyre|Senterpartiet|Arbeiderpartiet|Venstre|Fremskrittspartiet|Krf|SV)\b", text)


# --- the rules behind them -------------------------------------------------------------------------------------------

Change = Callable[[dict[str, Any]], Any]


@cache
def read(name: str) -> dict[str, Any]:
    found = YAML(typ="safe", pure=True).load(bundles.text_of(name))
    assert isinstance(found, dict)
    return found


def tree(name: str) -> dict[str, Any]:
    return copy.deepcopy(read(name))


@cache
def untouched(name: str) -> frozenset[str]:
    return frozenset(hits(read(name)))


def hits(raw: dict[str, Any]) -> set[str]:
    """What the rules themselves find, told or covered by a stored finding."""
    checked = GovernanceModel.model_validate(raw | {"findings": []})
    return {item.identity for item in lint(checked)}


def one(rows: list[dict[str, Any]], key: str) -> dict[str, Any]:
    return next(row for row in rows if row.get("key") == key)


def body(raw: dict[str, Any], key: str) -> dict[str, Any]:
    return one(raw["bodies"], key)


def put(place: Callable[[dict[str, Any]], Any], **values: Any) -> Change:
    return lambda raw: place(raw).update(values)


def drop(place: Callable[[dict[str, Any]], Any], key: str) -> Change:
    return lambda raw: place(raw).pop(key)


def strategy(raw: dict[str, Any]) -> dict[str, Any]:
    """The part of the file that has goals and focus areas."""
    found = raw.get("strategy", raw)
    assert isinstance(found, dict)
    return found


def own(raw: dict[str, Any], key: str) -> dict[str, Any]:
    """A statement of the municipality's own, wherever the file has its statements."""
    part = strategy(raw)
    return one(part.get("strategies") or part["goals"], key)


def serves(raw: dict[str, Any], key: str, *positions: str) -> None:
    row = own(raw, key)
    row["positions" if "positions" in row else "links"] = list(positions)


def unsure(raw: dict[str, Any], key: str, *, confirmed: bool) -> None:
    """A focus area whose units are read from a lost layout, cell by cell or as a whole."""
    row = one(strategy(raw)["focus_areas"], key)
    for place in row.get("cells") or [row]:
        place["confirmed"] = confirmed


def measured(raw: dict[str, Any], key: str) -> None:
    part = strategy(raw)
    known = {"value": 99.1, "quality": "measured", "year": 2013} if "targets" in part else "99,1 %"
    one(part.get("targets") or part["service_levels"], key).update(measured_in="Åpningstiden", baseline=known)


def cell(raw: dict[str, Any], activity: str) -> dict[str, Any]:
    found = next(row for row in raw["responsibility"]["rows"] if row["activity"] == activity)["cells"]
    assert isinstance(found, dict)
    return found


def criteria(raw: dict[str, Any], stage: str, key: str) -> dict[str, Any]:
    return one(one(raw["criteria"], stage)["criteria"], key)


def regions(raw: dict[str, Any]) -> list[dict[str, Any]]:
    found = body(raw, "du")["versions"][0]["groups"]
    assert isinstance(found, list)
    return found


# (like which finding, model, rule, what is done to the model, a word of the place where the check finds it)
PLANTED: list[tuple[str, str, str, Change, str]] = [
    ("F-A1", A, "R-15", put(lambda r: body(r, "ledergruppen"), aliases=["Programstyret"]), "bodies"),
    ("F-A9", A, "R-01", put(lambda r: one(one(r["paths"], "plan")["steps"], "programstyret"), decides="treat"), "paths/plan"),
    ("F-A3", A, "R-14", put(lambda r: one(strategy(r)["goals"], "dm1"), goals=[]), "dm1"),
    ("F-A8", A, "R-12", put(lambda r: one(r["plan"]["sources"], "ks-ou"), valid_to_year=2010), "ks-ou"),
    ("F-A13", A, "R-21", drop(lambda r: r, "source"), "key"),
    ("F-D1", D, "R-09", put(lambda r: one(regions(r), "ks"), count=2), "du"),
    ("F-D4", D, "R-09", put(lambda r: one(regions(r), "viken"), count=3), "du"),
    ("F-D2", D, "R-10", put(lambda r: one(regions(r), "agder"), key="viken"), "viken"),
    ("F-D3", D, "R-11", put(lambda r: one(regions(r), "ks"), organisation_kind="municipality"), "ks"),
    ("F-D7", D, "R-13", put(lambda r: body(r, "du"), written_procedure_days=0), "du"),
    ("F-G7", G, "R-18", drop(lambda r: criteria(r, "fin", "kostnad"), "polarity"), "kostnad"),
    ("F-G17", G, "R-09", put(lambda r: criteria(r, "grov", "strategisk"), weight=45), "grov"),
    ("F-G12", G, "R-01", put(lambda r: one(one(r["paths"], "plan")["steps"], "ledergruppen"), decides="treat"), "paths/plan"),
    ("F-G3", G, "R-16", lambda r: serves(r, "s4"), "n1-4"),
    ("F-G15", G, "R-20", put(lambda r: own(r, "s4"), text="har innført klarspråk"), "s4"),
    ("F-N6", N, "R-19", put(lambda r: cell(r, "Brukerstøtte"), **{"it-support": "A"}), "rows/1"),
    ("F-N22", N, "R-19", put(lambda r: cell(r, "Opplæring"), systemeier="I"), "rows/2"),
    ("F-N12", N, "R-10", put(lambda r: one(strategy(r)["focus_areas"], "f3"), order=2), "focus_areas"),
    ("F-N2", N, "R-07", put(lambda r: r["plan"], default_cost_key="kapittel-12"), "cost_key"),
    ("F-N6", N, "R-23", lambda r: [row.update(confirmed=index != 1) for index, row in enumerate(r["responsibility"]["rows"])], "rows/1"),
    ("F-N3", N, "R-15", put(lambda r: body(r, "faggruppe_helse"), aliases=["IKT-styringsgruppen"]), "bodies"),
    ("F-N4", N, "R-17", drop(lambda r: body(r, "styringsgruppen"), "chair"), "styringsgruppen"),
    ("F-X1", N, "R-22", put(lambda r: one(r["roles"], "it_leder"), name="Leder IT, tlf. 75 01 20 30"), "it_leder"),
]  # fmt: skip


@pytest.mark.parametrize(("key", "name", "rule", "change", "where"), PLANTED, ids=[row[0] for row in PLANTED])
def test_a_fault_like_the_documents_own_is_seen_when_it_is_planted(
    key: str, name: str, rule: str, change: Change, where: str
) -> None:
    before, raw = untouched(name), tree(name)
    change(raw)
    fresh = {item for item in hits(raw) - before if item.startswith(f"{rule}@") and where in item}
    assert fresh, sorted(hits(raw) - before)


SEATED = [{"groups": [{"key": "leder", "name": "Lederen", "count": 1}]}]
# (finding, model, what is mended, the rule's own finding that is then gone)
MENDED: list[tuple[str, str, Change, str]] = [
    ("F-A4", A, put(lambda r: one(strategy(r)["goals"], "dm4"), goals=[{"key": "dm4-1", "text": "Målene er nådd", "due_year": 2020}]), "R-14@/dm4"),
    ("F-A5", A, put(lambda r: body(r, "arkitekturforum"), versions=SEATED), "R-08@bodies/arkitekturforum/versions"),
    ("F-A8", A, drop(lambda r: one(r["plan"]["sources"], "linje"), "valid_to_year"), "R-12@plan/sources/linje"),
    ("F-G3", G, lambda r: serves(r, "s4", "n1-4", "n2-2"), "R-16@/n2-2"),
    ("F-G9", G, put(lambda r: body(r, "ikt-styringsrad"), versions=SEATED), "R-08@bodies/ikt-styringsrad/versions"),
    ("F-G15", G, put(lambda r: own(r, "s14"), text="Styringssystemet for informasjonssikkerhet følges"), "R-20@/s14"),
    ("F-N6", N, put(lambda r: r["responsibility"]["rows"][0], confirmed=True), "R-23@responsibility/rows/0"),
    ("F-N10", N, lambda r: unsure(r, "f1", confirmed=True), "R-23@focus_areas/f1"),
    ("F-N13", N, lambda r: measured(r, "oppetid"), "R-13@/oppetid"),
]  # fmt: skip


@pytest.mark.parametrize(("key", "name", "change", "gone"), MENDED, ids=[row[0] for row in MENDED])
def test_a_fault_of_the_document_is_no_longer_seen_when_it_is_mended(
    key: str, name: str, change: Change, gone: str
) -> None:
    rule, _, place = gone.partition("@")

    def there(found: Iterable[str]) -> bool:
        return any(item.startswith(f"{rule}@") and item.endswith(place) for item in found)

    raw = tree(name)
    assert there(untouched(name))
    change(raw)
    assert not there(hits(raw))


@pytest.mark.parametrize(("name", "rule"), [(D, "R-09"), (G, "R-09"), (N, "R-19")])
def test_the_rule_of_a_control_runs_and_is_silent(name: str, rule: str) -> None:
    """F-D4, F-G17 and F-N22: what adds up in the document is not told; that the rule can see it is shown above."""
    silent = {item for item in untouched(name) if item.startswith(f"{rule}@")}
    assert silent <= {"R-19@responsibility/letters/2", "R-19@responsibility/rows/3"}, "F-N7 and F-N21"
    assert [item.key for item in model(name).findings if item.severity == OK]


@pytest.mark.parametrize("name", CATALOGUE)
def test_what_the_rules_find_beside_the_documents_own_is_known_and_right(name: str) -> None:
    """Holes that the catalogue does not list.

    A body that deadlines wait for with no frequency; one without seats, and goals with neither figure nor year; a report
    on preparedness without data; strategies that build on no goal of one's own; a source that ended before the strategy.
    """
    right = {
        B: {"S-09@bodies/samarbeidsorganet"},
        D: {"R-08@bodies/kommit-radet/versions", "R-20@strategy/goals"},
        A: {"S-25@reports/virksomhetsstyring/dimensions/beredskap"},
        G: {"R-16@strategy/strategies"},
        N: {"R-12@strategy/sources/ks"},
    }
    assert {item.identity for item in lint(model(name)) if not item.from_source} == right.get(name, set())
