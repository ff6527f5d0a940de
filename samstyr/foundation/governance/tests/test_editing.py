"""A draft's plain values: written and read again, changed by forms, renamed with their references, checked in place."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samstyr.foundation.governance import bundles
from samstyr.foundation.governance.rules.editing import facts, references
from samstyr.foundation.governance.rules.editing.changing import Operation, applied, free_key, operated
from samstyr.foundation.governance.rules.editing.checking import checked, tree_of
from samstyr.foundation.governance.rules.editing.drawing import loose_model
from samstyr.foundation.governance.rules.editing.dumping import dump
from samstyr.foundation.governance.rules.editing.kinds import every_class, shapes
from samstyr.foundation.governance.rules.editing.places import Place, at, copied, read_place, things, written
from samstyr.foundation.governance.rules.editing.starting import empty_model
from samstyr.foundation.governance.rules.loading import load_text
from samstyr.foundation.governance.rules.picture import path_svg
from samstyr.foundation.governance.rules.reading import read
from samstyr.foundation.governance.rules.rehearsal import rehearse
from samstyr.foundation.governance.rules.schema import GovernanceModel
from samstyr.foundation.governance.rules.timeline import timeline_svg
from samstyr.foundation.kernel.errors import Invalid

SHARED = bundles.text_of("birkenes-lillesand")
texts = st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\x7f"), max_size=30)
scalars = (
    st.none()
    | st.booleans()
    | st.integers(-(10**15), 10**15)
    | texts
    | st.sampled_from(
        [
            "null",
            "true",
            "2025",
            "1.5",
            "-",
            "- a",
            "a: b",
            "# x",
            "{",
            "[x]",
            "~",
            "",
            " x",
            "x ",
            "&a",
            "*a",
            "!b",
            "a\nb",
            "<<",
            "'",
            '"',
        ]
    )
)
trees = st.recursive(
    scalars,
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(texts.filter(lambda key: key != "<<"), inner, max_size=4)
    ),
    max_leaves=20,
)


def lilleby() -> dict[str, Any]:
    return empty_model("Lilleby", [("lilleby", "municipality", "Lilleby kommune")], "Administrator", "Vedlikeholder")


@pytest.mark.parametrize("name", bundles.names())
def test_what_is_written_and_read_again_is_the_same(name: str) -> None:
    text = bundles.text_of(name)
    again = dump(tree_of(text))
    assert load_text(again).require() == load_text(text).require()
    assert dump(tree_of(again)) == again


@pytest.mark.slow
@settings(max_examples=120)
@given(st.dictionaries(texts.filter(lambda key: key != "<<"), trees, max_size=4))
def test_any_values_can_be_written_and_read_again(tree: dict[str, Any]) -> None:
    assert read(dump(tree)).value == tree


def test_the_empty_model_holds_together_and_keeps_itself() -> None:
    found = checked(dump(lilleby()))
    assert found.model is not None
    assert [item.severity for item in found.remarks] == ["info"]
    assert found.blocking() == []
    assert checked(dump(empty_model("Ny by", [], "Administrator", "Alt"))).model is not None


def renamed_everywhere(tree: dict[str, Any]) -> dict[str, Any]:
    new = copied(tree)
    for place, part, thing in list(things(new, GovernanceModel)):
        if place and "key" in thing and part.__name__ != "SourceFinding":
            references.rename(new, place, f"x-{thing['key']}"[:59])
    return new


@pytest.mark.parametrize("name", bundles.names())
def test_renaming_everything_breaks_nothing(name: str) -> None:
    """Every reference follows: the check says as much as before, of every kind."""
    before = checked(bundles.text_of(name))
    after = checked(dump(renamed_everywhere(before.tree)))
    assert after.model is not None, [(item.place, str(item.message)) for item in after.remarks][:3]

    def told(found: Any) -> list[tuple[str, str]]:
        return sorted((item.code, item.severity) for item in found.remarks if not (item.finding and item.finding.key))

    assert {code for code, _severity in told(after)} <= {code for code, _severity in told(before)} | set(
        uncovered(before)
    )


def uncovered(found: Any) -> set[str]:
    """What the document's own findings cover is named by place, so that renaming brings it out again."""
    return {name.split("@")[0] for item in found.tree.get("findings", []) for name in item.get("covers", [])}


def test_uses_are_found_where_they_are() -> None:
    tree = tree_of(SHARED)
    role = next(n for n, item in enumerate(tree["roles"]) if item["key"] == "digitalisation_adviser")
    places = {written(use.place) for use in references.uses(tree, ("roles", role))}
    assert any(place.startswith("bodies.") and ".attendees." in place for place in places)
    step = references.uses(tree, ("paths", 0, "steps", 0))
    assert any(use.value == "innspill/vurdering" for use in step)
    assert any(use.place[-1] == "start" for use in step)
    assert references.uses(tree, ("roles", 99)) == []


def test_a_key_that_only_looks_alike_is_not_renamed() -> None:
    """A step's name is known within its path alone."""
    tree: dict[str, Any] = lilleby()
    for name in ("En", "To"):
        tree, place = operated(tree, Operation("add", ("paths",), name))
        tree, _step = operated(tree, Operation("add", (*place, "steps"), "Vedtak"))
    assert [path["start"] for path in tree["paths"]] == ["vedtak", "vedtak"]
    assert references.rename(tree, ("paths", 0, "steps", 0), "siste") == 1
    assert [path["start"] for path in tree["paths"]] == ["siste", "vedtak"]
    assert references.rename(tree, ("paths", 1, "steps", 0), "nytt", references=False) == 0
    assert tree["paths"][1]["start"] == "vedtak"


def test_things_are_added_moved_copied_and_removed() -> None:
    tree, place = operated(lilleby(), Operation("add", ("roles",), "Leder på område Å"))
    assert (place, tree["roles"][1]["key"]) == (("roles", 1), "leder-pa-omrade-a")
    tree, copy = operated(tree, Operation("copy", place))
    assert [role["key"] for role in tree["roles"]] == ["administrator", "leder-pa-omrade-a", "leder-pa-omrade-a-2"]
    tree, up = operated(tree, Operation("up", copy))
    assert (up, tree["roles"][1]["key"]) == (("roles", 1), "leder-pa-omrade-a-2")
    assert operated(tree, Operation("up", ("roles", 0)))[0] == tree
    tree, _after = operated(tree, Operation("remove", ("roles", 2)))
    assert len(tree["roles"]) == 2
    tree, _wheel = operated(tree, Operation("add", ("wheel",)))
    assert tree["wheel"] == {"periods": []}
    tree, _gone = operated(tree, Operation("remove", ("wheel",)))
    assert "wheel" not in tree
    for verb, where in (
        ("add", ("finnes-ikke",)),
        ("remove", ("roles", 9)),
        ("up", ("name",)),
        ("fly", ("roles", 0)),
        ("remove", ()),
    ):
        with pytest.raises(Invalid):
            operated(tree, Operation(verb, where))


def step() -> tuple[dict[str, Any], Place]:
    tree, path = operated(lilleby(), Operation("add", ("paths",), "Vei"))
    return operated(tree, Operation("add", (*path, "steps"), "Steg"))


def test_a_deadline_is_chosen_filled_in_and_changed() -> None:
    tree, at_step = step()
    name = written(at_step)
    tree = applied(tree, [(f"{name}.deadline#kind", ["days"])])
    assert at(tree, at_step)["deadline"] == {"kind": "days", "days": 0}
    tree = applied(tree, [(f"{name}.deadline.days", ["1 0"]), (f"{name}.deadline#kind", ["working_days"])])
    assert at(tree, at_step)["deadline"] == {"kind": "working_days", "days": 10}
    tree = applied(tree, [(f"{name}.deadline#kind", ["first_of"])])
    tree, _first = operated(tree, Operation("add", (*at_step, "deadline", "of")))
    tree = applied(tree, [(f"{name}.deadline.of.0#kind", ["meeting"])])
    assert at(tree, at_step)["deadline"] == {"kind": "first_of", "of": [{"kind": "meeting"}]}
    assert "deadline" not in at(applied(tree, [(f"{name}.deadline#kind", [""])]), at_step)


def test_a_condition_is_built_of_others() -> None:
    tree, at_step = step()
    name = f"{written(at_step)}.when"
    tree = applied(tree, [(f"{name}#how", ["compare"])])
    tree = applied(tree, [(f"{name}.fact", ["personal_data"]), (f"{name}.op", ["eq"]), (f"{name}.value", ["true"])])
    assert at(tree, at_step)["when"] == {"fact": "personal_data"}
    tree = applied(tree, [(f"{name}#how", ["all"])])
    assert at(tree, at_step)["when"] == {"all": [{"fact": "personal_data"}]}
    tree, _second = operated(tree, Operation("add", (*at_step, "when", "all")))
    tree = applied(tree, [(f"{name}.all.1.value", ["500 000"])])
    assert at(tree, at_step)["when"]["all"][1] == {"fact": "total_cost", "op": "ge", "value": 500_000}
    assert facts.facts_asked(tree) == ["total_cost", "personal_data"]
    tree = applied(tree, [(f"{name}.all.0#how", ["not"])])
    assert at(tree, at_step)["when"]["all"][0] == {"not": {"fact": "personal_data"}}


def test_rights_are_a_table_and_ways_on_a_choice() -> None:
    tree = applied(lilleby(), [("roles.0.rights#set:need.create", ["unit"]), ("roles.0.rights#set:audit.read", [""])])
    rights = tree["roles"][0]["rights"]
    assert {"act": "need.create", "reach": "unit"} in rights
    assert not [one for one in rights if one["act"] == "audit.read"]
    assert applied(tree, [("roles.0.rights#set:finnes.ikke", ["unit"])]) == tree
    tree, at_step = step()
    tree, outcome = operated(tree, Operation("add", (*at_step, "outcomes"), "Ja"))
    tree = applied(tree, [(f"{written(outcome)}.to#to", ["steg"])])
    assert at(tree, outcome)["to"] == "steg"
    tree = applied(tree, [(f"{written(outcome)}.to#to", ["routes"])])
    assert at(tree, outcome)["to"] == [{"to": "steg"}]


def test_texts_in_several_languages_numbers_and_order() -> None:
    tree = applied(lilleby(), [("name#nb", ["Modell"]), ("name#nn", ["Modellen"]), ("name", ["skrives ikke"])])
    assert tree["name"] == {"nb": "Modell", "nn": "Modellen"}
    assert applied(tree, [("name#nn", [""])])["name"] == "Modell"
    tree["ranking"] = {"tie_break": ["b", "a"]}
    ranks = [
        ("ranking.tie_break#rank:a", ["1"]),
        ("ranking.tie_break#rank:b", ["2"]),
        ("ranking.tie_break#rank:c", [""]),
    ]
    assert applied(tree, ranks)["ranking"]["tie_break"] == ["a", "b"]
    tree["roles"][0]["tasks"] = [{"nb": "Før bok", "nn": "Før bøkene"}, "Annet"]
    assert applied(tree, [("roles.0.tasks", ["Nytt\r\nFør bok"])])["roles"][0]["tasks"] == [
        "Nytt",
        {"nb": "Før bok", "nn": "Før bøkene"},
    ]
    assert applied(tree, [("version", ["mange"])])["version"] == "mange"


@pytest.mark.slow
@settings(max_examples=100)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["", "#kind", "#how", "#to", "#nn", "#set:need.read", "#rank:a"]),
            st.lists(
                st.sampled_from(
                    [
                        "paths",
                        "steps",
                        "deadline",
                        "when",
                        "all",
                        "roles",
                        "rights",
                        "wheel",
                        "to",
                        "name",
                        "0",
                        "1",
                        "99",
                        "x",
                        "feeds",
                    ]
                ),
                max_size=6,
            ),
            texts,
        ),
        max_size=6,
    )
)
def test_no_form_however_odd_makes_it_fall(fields: list[tuple[str, list[str], str]]) -> None:
    tree = tree_of(SHARED)
    new = applied(tree, [(".".join(parts) + mark, [text]) for mark, parts, text in fields])
    checked(dump(new))
    assert tree_of(SHARED) is tree and read_place("") == ()


def test_faults_stand_where_they_are_and_the_rest_can_be_worked_on() -> None:
    tree, at_step = step()
    found = checked(dump(tree))
    assert found.model is None
    assert {item.place for item in found.remarks} == {(*at_step, "outcomes")}
    assert "Legg til minst én" in str(found.remarks[0].message)
    tree["roles"][0].pop("name")
    told = {item.place: str(item.message) for item in checked(dump(tree)).remarks}
    assert told["roles", 0, "name"] == "Fyll ut dette feltet."
    assert checked("- ikke en modell").model is None
    assert checked("{").tree == {}


def test_findings_stand_where_they_are() -> None:
    found = checked(
        SHARED.replace("working_days: -8", "working_days: -8").replace(
            "secretary: digitalisation_adviser", "secretary: ingen"
        )
    )
    hit = next(item for item in found.remarks if item.code == "R-08" and item.place[-1:] == ("secretary",))
    assert at(found.tree, hit.place) == "ingen"
    assert hit in found.within(hit.place[:2])


def test_an_unfinished_path_is_drawn_with_links() -> None:
    tree, _step = step()
    model = loose_model(tree)
    drawn = path_svg(model, model.paths[0], links={"steg": "/x/?a=1&b=2"}, current="steg")
    assert 'href="/x/?a=1&amp;b=2"' in drawn
    assert "path-step-current" in drawn
    assert 'role="group"' in drawn
    whole = load_text(SHARED).require()
    assert 'role="img"' in path_svg(whole, whole.paths[0])
    assert loose_model({"paths": "nei", "wheel": [], "roles": [3]}).paths == ()


def test_every_key_of_the_format_that_refers_is_known() -> None:
    """What people choose from is told by the format: a field of keys is a reference, or its owner's own."""
    kinds = {references.kind_of(shape) for part in every_class(GovernanceModel) for shape in shapes(part).values()}
    for kind in kinds - {""}:
        assert isinstance(
            references.options(tree_of(SHARED), kind, ("paths", 0, "steps", 0, "outcomes", 0, "to")), list
        )
    assert [one.key for one in references.options(tree_of(SHARED), "outcome", ("paths", 0, "steps", 0, "silence"))]


def test_keys_are_made_of_names() -> None:
    assert free_key("Ærlig Øst & Åpen", []) == "aerlig-ost-apen"
    assert free_key("…", ["ny"]) == "ny-2"


def test_the_dry_run_takes_each_choice_once_and_ends() -> None:
    model = load_text(SHARED).require()
    first = rehearse(model, date(2026, 2, 10))
    station = first.steps[0]
    back = next(key for key, _name, _target in station.choices if key != station.outcome_key)
    assert first.ending is not None and first.ended is not None
    outcomes = {item.key: item.effect for item in model.paths[0].steps[0].outcomes}
    returning = next((key for key, effect in outcomes.items() if effect == "return"), back)
    again = rehearse(model, first.steps[0].opens, chosen={station.visit: returning})
    assert [item.visit for item in again.steps[:3]] == [station.visit, "", f"{station.visit}#2"]
    assert again.ended is not None and again.ended >= first.ended
    svg = timeline_svg(again.steps)
    assert svg.count('class="bar"') == len([item for item in again.steps if not item.skipped])
    assert timeline_svg(()) == ""
