"""Relations, the chart and its text twin, forums, staffing and the matrix: pure rules on the shipped models."""

from __future__ import annotations

from datetime import date
from uuid import uuid4
from xml.etree import ElementTree

import pytest

from samstyr.foundation.governance import bundles
from samstyr.foundation.governance.rules import responsibility as matrix
from samstyr.foundation.governance.rules.chart import Today, chart_svg, laid_out, nested
from samstyr.foundation.governance.rules.difference import difference
from samstyr.foundation.governance.rules.forums import chair_words, forums, powers
from samstyr.foundation.governance.rules.host import chair_slot
from samstyr.foundation.governance.rules.lint import lint
from samstyr.foundation.governance.rules.loading import load_text
from samstyr.foundation.governance.rules.responsibility import ENGLISH, Row, brought_in, faults_of, with_matrix
from samstyr.foundation.governance.rules.schema import GovernanceModel
from samstyr.foundation.governance.rules.staffing import Held, Spot, coverage, faults, steering_group
from samstyr.foundation.governance.rules.structure_graph import layers, related, sentence, standing

DAY = date(2026, 1, 1)
COMMITTEE_DAY = date(2023, 1, 1)


def model(name: str) -> GovernanceModel:
    return load_text(bundles.text_of(name)).require()


HOST = model("bronnoy")
COMMITTEE = model("ks-du")
PROGRAMME = model("aurskog-holand")


def names(svg: str) -> list[str]:
    root = ElementTree.fromstring(svg)
    return ["".join(node.itertext()) for node in root.iter("{http://www.w3.org/2000/svg}text")]


def test_d_02_the_graph_of_bodies_has_kinds_of_relations_from_the_assembly_to_the_members() -> None:
    told = [sentence(COMMITTEE, one) for one in related(COMMITTEE, COMMITTEE_DAY)]
    assert told[:3] == [
        "Landstinget gir mandat til KS",
        "KS gir mandat til KommIT-rådet",
        "Digitaliseringsutvalget forbereder saker for KommIT-rådet",
    ]
    assert "Regionale digitaliseringsnettverk representerer Kommuner og fylkeskommuner" in told
    keys = [end.key for end in standing(COMMITTEE, COMMITTEE_DAY)]
    assert layers(keys, related(COMMITTEE, COMMITTEE_DAY)) == [
        ["landstinget"], ["ks"], ["kommit-radet"], ["du"], ["nettverk"], ["medlemmer"],
    ]  # fmt: skip


@pytest.mark.parametrize("name", bundles.names())
def test_every_chart_is_drawn_with_links_and_told_as_a_list(name: str) -> None:
    found = model(name)
    day = COMMITTEE_DAY if name == "ks-du" else DAY
    ends = standing(found, day)
    today = {end.key: Today(("1 av 2 plasser fylt",), f"/o/x/{end.key}/") for end in ends if end.kind == "body"}
    chart = laid_out(found, day, today)
    svg = chart_svg(found, chart, title="Kart & <mer>")
    root = ElementTree.fromstring(svg)
    links = [node.attrib["href"] for node in root.iter("{http://www.w3.org/2000/svg}a")]
    assert sorted(links) == sorted(one.address for one in today.values())
    assert "style" not in {key for node in root.iter() for key in node.attrib}
    listed: list[str] = []
    waiting = nested(found, day, today)
    while waiting:
        entry = waiting.pop()
        listed.append(entry.end.key)
        waiting += entry.below
    assert sorted(listed) == sorted(end.key for end in ends)
    boxes = [(node.left, node.top, node.left + 216, node.bottom) for node in chart.nodes]
    assert all(
        one[2] <= two[0] or two[2] <= one[0] or one[3] <= two[1] or two[3] <= one[1]
        for at, one in enumerate(boxes)
        for two in boxes[at + 1 :]
    ), "boxes do not cover each other"
    assert max(box[2] for box in boxes) <= chart.width and max(box[3] for box in boxes) <= chart.height


def test_a_body_whose_time_is_over_does_not_stand_in_the_chart() -> None:
    keys = {end.key for end in standing(HOST, DAY)}
    assert "strategigruppen" not in keys
    assert "strategigruppen" in {end.key for end in standing(HOST, date(2014, 1, 1))}


def test_a_ring_of_relations_ends() -> None:
    ring = COMMITTEE.structure.relations[0].model_copy(update={"source": "ks", "target": "landstinget"})
    assert layers(["landstinget", "ks"], [COMMITTEE.structure.relations[0], ring])


def test_n_194_six_forums_with_chair_rule_and_participants_are_made_from_the_model() -> None:
    rows = forums(HOST, DAY)
    assert [row.key for row in rows] == [
        "styringsgruppen", "faggruppe_helse", "faggruppe_oppvekst", "faggruppe_stab", "faggruppe_teknisk", "samarbeidsradet",
    ]  # fmt: skip
    assert rows[0].chair == "Rådmann i Brønnøy kommune"
    assert "De rådmannen utpeker, oppnevnes av Rådmann" in rows[0].participants
    assert {row.secretary for row in rows} == {"IT-leder"}


def test_n_187_the_chairs_are_the_tables_and_differ_from_the_general_text() -> None:
    """F-N4 and F-N5: what the text says is held against the model by the rules, and told as the stored findings."""
    told = {item.key: item for item in lint(HOST)}
    assert len(told["F-N4"].confirmed_by) == 4
    assert told["F-N5"].confirmed_by == ("R-15@structure/forum_texts/8/prepares",)
    chairs = {row.key: row.chair for row in forums(HOST, DAY)}
    assert chairs["faggruppe_stab"] == "Leder for Servicetorget"
    assert chairs["faggruppe_teknisk"] == "Områdesjef for tekniske tjenester (VO11)"


def test_n_190_the_chair_follows_the_host() -> None:
    body = HOST.body("samarbeidsradet")
    assert body is not None and HOST.cooperation is not None
    assert chair_slot(HOST, body) == "bronnoy"
    moved = HOST.model_copy(update={"cooperation": HOST.cooperation.model_copy(update={"host": "somna"})})
    assert chair_slot(moved, body) == "somna"
    assert chair_words(moved, body) == "Rådmann i vertskommunen (Sømna kommune)"


def test_n_178_n_179_the_structure_is_its_own_and_one_body_is_the_highest() -> None:
    assert HOST.structure.highest == "styringsgruppen"
    over = HOST.structure.relations[0].model_copy(
        update={"source": "samarbeidsradet", "kind": "outranks", "target": "styringsgruppen"}
    )
    wrong = HOST.model_copy(
        update={"structure": HOST.structure.model_copy(update={"relations": (*HOST.structure.relations, over)})}
    )
    assert "S-30@structure/highest" in {item.identity for item in lint(wrong)}
    units = {unit.code for unit in HOST.structure.units}
    assert all(set(body.covers) <= units for body in HOST.bodies)


def test_n_183_n_186_every_area_is_in_one_group_which_steers_its_projects() -> None:
    areas = [unit.code for unit in HOST.structure.units if unit.area]
    assert areas == [f"VO{number}" for number in range(1, 12)]
    groups = [body for body in HOST.bodies if body.kind == "professional_group"]
    assert [sum(code in body.covers for body in groups) for code in areas] == [1] * 11
    assert steering_group(HOST, ["VO5", "VO6"]) == ("faggruppe_oppvekst", False)
    assert steering_group(HOST, ["VO5", "VO11"]) == ("styringsgruppen", True)
    assert steering_group(HOST, ["VO5", "ukjent"]) == ("styringsgruppen", True)
    assert steering_group(COMMITTEE, ["VO5"]) == ("", True)


def test_n_038_n_011_the_council_has_five_and_the_employees_are_represented() -> None:
    council, project = HOST.body("eutvalget"), HOST.body("strategigruppen")
    assert council is not None and project is not None
    [composition] = council.versions
    assert sum(group.count or 0 for group in composition.groups) == composition.size == 5
    assert [group.cross_party for group in composition.groups] == [True, False, False]
    without = project.model_copy(
        update={"versions": (project.versions[0].model_copy(update={"groups": project.versions[0].groups[:-1]}),)}
    )
    changed = HOST.model_copy(
        update={"bodies": tuple(without if body.key == "strategigruppen" else body for body in HOST.bodies)}
    )
    assert [item.severity for item in lint(changed) if item.code == "R-16"] == ["error"]


def test_n_013_six_working_groups_with_a_facilitator_were_there_for_the_process() -> None:
    groups = [body for body in HOST.bodies if body.kind == "working_group"]
    assert len(groups) == 6
    assert {body.chair for body in groups} == {"fasilitator"}
    assert all(body.in_force(date(2014, 2, 1)) and not body.in_force(date(2014, 4, 1)) for body in groups)


def test_n_055_a_102_a_104_the_documents_list_their_units() -> None:
    kinds = [unit.kind for unit in HOST.structure.units]
    assert [kinds.count(kind) for kind in ("stab", "helse", "oppvekst", "teknisk")] == [6, 4, 6, 1]
    units = PROGRAMME.structure.units
    assert [str(unit.name) for unit in units if unit.kind == "skole"] == [
        f"{name} skole" for name in ("Haneborg", "Rømskog", "Setskog", "Bråte", "Aurskog", "Bjørkelangen", "Løken")
    ]
    assert len([unit for unit in units if unit.kind == "helseenhet"]) == 10
    assert sum("sykehjem" in str(unit.name) for unit in units) == 4
    assert PROGRAMME.role("skoleansvarlig") and PROGRAMME.role("helseansvarlig")


def spots() -> list[Spot]:
    place = uuid4()
    units = [
        Spot(place, "aurskog-holand", str(unit.name), uuid4(), unit.code, unit.kind or "", unit.area)
        for unit in PROGRAMME.structure.units
    ]
    return [Spot(place, "aurskog-holand", "Aurskog-Høland"), *units]


def test_a_103_a_105_every_school_and_health_unit_has_both_roles_or_is_told_of() -> None:
    places = spots()
    school = next(one for one in places if one.kind == "skole")
    person = uuid4()
    held = [Held("it_kontakt", person, unit=school.unit), Held("digitalt_fyrtarn", person, unit=school.unit)]
    rows = [row for row in coverage(PROGRAMME, places, held) if row.role.key in ("it_kontakt", "digitalt_fyrtarn")]
    assert len(rows) == 2 * (7 + 10)
    assert [row.spot for row in rows if not row.lacks] == [school, school]


def test_a_98_one_lead_per_sector_with_the_extra_roles_of_the_chart() -> None:
    places = spots()
    leads = [row for row in coverage(PROGRAMME, places, []) if row.role.key == "digitaliseringsansvarlig"]
    assert len(leads) == 7 and all(row.lacks for row in leads)
    health = next(one for one in places if one.code == "HELSE")
    person = uuid4()
    held = [Held("digitaliseringsansvarlig", person, unit=health.unit), Held("prosjektleder", person)]
    told = [str(one.message) for one in faults(PROGRAMME, places, held)]
    assert told == ["«Digitaliseringsansvarlig i sektor» i Helse skal også være «Nettverksleder»."]


def test_a_role_for_the_organisation_does_not_count_in_a_unit() -> None:
    places = spots()
    held = [Held("it_kontakt", uuid4(), organisation=places[0].organisation)]
    assert all(row.number == 0 for row in coverage(PROGRAMME, places, held) if row.role.key == "it_kontakt")


def test_what_a_body_decides_recommends_and_treats_is_told_apart() -> None:
    council = HOST.body("samarbeidsradet")
    assert council is not None
    told = powers(council)
    assert told.decides == ("reservasjon",)
    assert told.recommends == ("gir råd om behov, plan, drift og utvikling av IT",)
    assert told.treats == ()


LETTERS = HOST.responsibility.letters if HOST.responsibility else ()


def test_n_116_english_letters_are_translated_by_their_meaning_not_their_look() -> None:
    assert {one: matrix.translated(one, LETTERS, ENGLISH) for one in "RACI"} == {"R": "U", "A": "A", "C": "R", "I": "I"}
    assert matrix.translated("X", LETTERS, ENGLISH) is None
    present = HOST.responsibility
    assert present is not None
    found = brought_in(
        present,
        ("Task", "Systemeier", "IT-drift", "Help desk"),
        [("Backup", "A", "R", "c"), ("Test", "A/R", "", "Q")],
        ENGLISH,
    )
    assert found.rows == (
        Row("Backup", {"systemeier": "A", "it-drift": "U", "help-desk": "R"}), Row("Test", {"systemeier": "A/U"}),
    )  # fmt: skip
    assert found.unread == ("Test: Q",)
    assert str(found.matrix.party_names["help-desk"]) == "Help desk"


@pytest.mark.parametrize(
    ("activity", "letters"),
    [
        ("Installasjon, oppgradering", "R I U U A I I"),
        ("Brukerstøtte", "I U I U A U I"),
        ("Opplæring", "- R - - A U I"),
        ("Teknisk drift", "A I U U I R I"),
    ],
)
def test_n_117_to_n_120_the_four_rows_are_seeded(activity: str, letters: str) -> None:
    """The first row is the document's with the default of F-N6: IT-drift does it, systemeier answers for it."""
    present = HOST.responsibility
    assert present is not None
    row = next(one for one in present.rows if str(one.activity) == activity)
    assert " ".join(row.cells.get(key, "-") for key in present.parties) == letters


def test_n_121_i_15_two_accountable_nobody_who_does_it_and_unknown_letters_are_faults() -> None:
    """F-N6 as the document has it: R I A U A I I."""
    present = HOST.responsibility
    assert present is not None
    seven = dict(zip(present.parties, "RIAUAII", strict=True))
    assert [str(one) for one in faults_of(Row("Installasjon", seven), LETTERS)] == [
        "Raden har 2 ansvarlige. Det skal være nøyaktig én."
    ]
    assert len(faults_of(Row("Tom", {}), LETTERS)) == 2
    assert "C" in str(faults_of(Row("C", {"a": "A", "b": "U", "c": "C"}), LETTERS)[0])
    assert faults_of(Row("Begge", {"a": "A/U"}), LETTERS) == []
    wrong = present.model_copy(update={"rows": (present.rows[0].model_copy(update={"cells": seven}),)})
    found = [item for item in lint(HOST.model_copy(update={"responsibility": wrong})) if item.code == "R-19"]
    assert any("2 ansvarlige" in str(item.message) for item in found)


def test_f_n7_f_n21_the_alphabet_and_the_odd_row_are_pointed_out() -> None:
    told = {item.key: item for item in lint(HOST)}
    assert told["F-N7"].confirmed_by == ("R-19@responsibility/letters/2",)
    assert told["F-N21"].confirmed_by == ("R-19@responsibility/rows/3",)


def test_a_changed_matrix_leaves_the_rest_of_the_text_as_it_was() -> None:
    text = bundles.text_of("bronnoy")
    present = HOST.responsibility
    assert present is not None
    fewer = present.model_copy(update={"rows": present.rows[:1]})
    changed = with_matrix(text, fewer)
    found = load_text(changed).require()
    assert found.responsibility == fewer
    assert found.model_copy(update={"responsibility": present}) == HOST
    assert [line for line in text.splitlines() if line.startswith("#")] == [
        line for line in changed.splitlines() if line.startswith("#")
    ]
    bare = bundles.text_of("birkenes-lillesand")
    added = load_text(with_matrix(bare, fewer)).require()
    assert added.responsibility == fewer


@pytest.mark.parametrize("nasty", ['"', "\\", "a: b", "- x", "# y", "{", "Ø\tæ", "'"])
def test_any_text_survives_in_the_matrix(nasty: str) -> None:
    present = HOST.responsibility
    assert present is not None
    rows = matrix.matrix_of_rows(present, [Row(f"Oppgave {nasty} slutt", {"systemeier": "A/U"})])
    found = load_text(with_matrix(bundles.text_of("bronnoy"), rows)).require()
    assert found.responsibility is not None
    assert str(found.responsibility.rows[0].activity) == f"Oppgave {nasty} slutt"


def test_a_changed_structure_is_told_in_words() -> None:
    fewer = COMMITTEE.structure.model_copy(update={"relations": COMMITTEE.structure.relations[1:]})
    changes = difference(COMMITTEE, COMMITTEE.model_copy(update={"structure": fewer}))
    assert [str(one.text) for one in changes] == ["Fjernet relasjon «Landstinget gir mandat til KS»."]
