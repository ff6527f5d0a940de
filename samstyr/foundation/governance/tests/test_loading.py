"""Reading a model: whatever stands in the file, the answer is a model or faults with place and remedy."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML

from samstyr.foundation.governance.rules.lint import lint
from samstyr.foundation.governance.rules.loading import LARGEST, load_text
from samstyr.foundation.kernel.errors import Invalid

from .small_model import sound

BUNDLES = Path(__file__).parents[1] / "bundles"
BIRKENES = (BUNDLES / "birkenes-lillesand.yaml").read_text("utf-8")
# JSON is YAML, so the sound model can be broken as text too.
SOUND = json.dumps(sound(), ensure_ascii=False, indent=1)


def test_json_is_yaml_too() -> None:
    assert load_text(SOUND).require().key == "prove"


def test_the_same_values_as_the_kept_library_reads() -> None:
    """Our reader of events gives what ruamel.yaml itself gives, dates apart."""
    ours = load_text(BIRKENES).require().model_dump(mode="json", exclude_unset=True, by_alias=True)
    theirs = YAML(typ="safe", pure=True).load(BIRKENES)
    theirs["valid_from"] = theirs["valid_from"].isoformat()
    assert ours == json.loads(json.dumps(theirs))


def fault(text: str | bytes) -> str:
    loaded = load_text(text)
    assert loaded.model is None
    assert loaded.errors
    return str(loaded.errors[0])


WRONG: list[tuple[str | bytes, str, str]] = [
    (b"name: \xe5", "Linje 1", "UTF-8"),
    (b"a: 1\nname: Birkenes og Lillesand p\xe5 nytt", "Linje 2", "UTF-8"),
    ("key: a\0b", "Linje 1", "NUL"),
    ("format: 1\nname: \x1b[31m", "Linje 2", "usynlig"),
    ("", "Linje 1", "begynne med"),
    ("- 1\n- 2", "Linje 1", "begynne med"),
    ("bare tekst", "Linje 1", "begynne med"),
    ("a: [1, 2", "Linje 1", "YAML"),
    ("a: 'uten slutt", "Linje 1", "YAML"),
    ("\tkey: a", "Linje 1", "YAML"),
    ("key: a\n  name: b\n c: d", "Linje 2", "YAML"),
    ("a: &anker 1", "Linje 1", "Ankere"),
    ("a: 1\nb: *a", "Linje 2", "Ankere"),
    ("a: !!python/object/apply:os.system [ls]", "Linje 1", "merkelapper"),
    ("a: !merke x", "Linje 1", "merkelapper"),
    ("<<: {a: 1}", "Linje 1", "<<"),
    ("? [a, b]\n: c", "Linje 1", "nøkkel"),
    ("[" * 3000, "Linje 1", "dypt"),
    ("a: " + "{a: " * 60 + "}" * 60, "Linje 1", "dypt"),
    ("a: 1\n---\nb: 2", "Linje 2", "flere dokumenter"),
    ("format: 2\nkey: a", "Linje 1", "format 2"),
    ("x" * (LARGEST + 1), "Linje 1", "stor"),
]


@pytest.mark.parametrize(("text", "line", "words"), WRONG, ids=range(len(WRONG)))
def test_a_file_that_cannot_be_read_says_where_and_why(text: str | bytes, line: str, words: str) -> None:
    assert line in fault(text)
    assert words in fault(text)


CHANGED = [
    (
        "valid_from: 2023-01-01",
        "valid_from: 2023-02-31",
        "«2023-02-31» er ikke en dato som finnes",
    ),
    ("valid_from: 2023-01-01", "valid_from: 20230101", "er ikke en dato"),
    ("times: 4,", 'times: "4",', "er ikke et tall"),
    ("times: 4,", "times: 4.5,", "er ikke et tall"),
    ("optional: true", "optional: yes", "verken ja eller nei"),
    ("count: 5", "count: -5", "Minst 0"),
    ("month: 2, day: 1}", "month: 13, day: 1}", "Høyst 12"),
    (
        "actor: {role: sector_director, reach: area}",
        "actr: {role: sector_director, reach: area}",
        "Mente du «actor»?",
    ),
    ("kind: hearing\n", "kind: hoering\n", "Velg mellom intake, assess"),
    ("kind: first_of", "kind: forst_av", "Velg mellom date, period_start"),
    ("effect: park", "effect: parkere", "er ikke et av valgene for «effect»"),
    (
        "act: need.create, reach: unit",
        "act: need.destroy, reach: unit",
        "er ikke et av valgene for «act»",
    ),
    ("key: unit_manager", "key: Unit Manager!", "ikke en gyldig nøkkel"),
    ("name: Leder for tjenesten", "name: ''", "name"),
    ("name: Leder for tjenesten", "name: [a, b]", "name"),
    ("name: Leder for tjenesten", "name: {xx: a}", "name"),
    ("parents: [birkenes, lillesand]", "parents: birkenes", "skal være en liste"),
    (
        "frequency: {times: 4, per: year, tolerance: 1}",
        "frequency: ofte",
        "skal ha egne nøkler",
    ),
    ("convener: it_lead", "chair: it_lead", "står to ganger"),
]


@pytest.mark.parametrize(("old", "new", "words"), CHANGED, ids=[new[:30] for _old, new, _words in CHANGED])
def test_a_value_that_does_not_fit_is_told_on_its_own_line(old: str, new: str, words: str) -> None:
    assert old in BIRKENES
    text = BIRKENES.replace(old, new, 1)
    loaded = load_text(text)
    found = [error for error in loaded.errors if words in str(error)]
    assert found, [str(error) for error in loaded.errors]
    line = text[: BIRKENES.index(old)].count("\n") + 1
    assert found[0].line == line
    with pytest.raises(Invalid):
        loaded.require()


def test_all_faults_come_at_once_in_the_order_of_the_file() -> None:
    text = (
        BIRKENES.replace("times: 4,", 'times: "4",')
        .replace("optional: true", "optional: yes")
        .replace("count: 5", "count: -5")
    )
    lines = [error.line for error in load_text(text).errors]
    assert len(lines) == 6
    assert lines == sorted(lines)


def test_words_that_other_readers_of_yaml_take_for_something_else_stay_text() -> None:
    text = SOUND.replace('"Nord kommune"', "no").replace('"Sør kommune"', "2026-01-01")
    names = [str(slot.name) for slot in load_text(text).require().organisations]
    assert names[:2] == ["no", "2026-01-01"]


@pytest.mark.slow
def test_the_largest_file_is_answered_in_time() -> None:
    row = "  - {key: aaaa, name: bbbb}\n"
    text = "format: 1\nroles:\n" + row * (LARGEST // len(row) - 2)
    start = time.perf_counter()
    load_text(text)
    assert time.perf_counter() - start < 30


PIECES = st.sampled_from(
    ["\n", " ", "  ", "\t", ":", "- ", "{", "}", "[", "]", "'", '"', "&a ", "*a", "!", "|", ">", "#", "---", "%", "?", "@",
     "`", "\0", "\ufeff", "\u2028", "é", "null", "true", "31.02", "1e999", "-", "0x1", "<<: ", ",", "99999999999999999999"]
)  # fmt: skip


SMALL = """\
format: 1
key: liten
name: Liten modell # merknad
valid_from: 2026-01-01
organisations:
  - {key: nord, name: "Nord kommune"}
roles:
  - key: leder
    name: {nb: Leder, nn: Leiar}
    tasks: [Vurderer, 'Styrer']
    rights:
      - {act: need.create, reach: unit}
paths:
  - key: behov
    name: Behov
    subject: need
    start: vurdering
    steps:
      - key: vurdering
        name: >-
          Leder vurderer
          behovet
        kind: assess
        actor: {role: leder}
        deadline: {kind: first_of, of: [{kind: days, days: 10}, {kind: date, month: 2, day: 28}]}
        outcomes:
          - {key: ja, name: Ja, effect: end_positive}
          - {key: nei, name: Nei, effect: reject, requires: [reason]}
"""


@st.composite
def mutated(draw: st.DrawFn, source: str) -> str:
    """A model with a few pieces cut out, put in or moved."""
    text = source
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, len(text)))
        cut = draw(st.sampled_from([0, 0, 1, 2, 5, 40]))
        text = text[:at] + draw(PIECES) * draw(st.integers(0, 2)) + text[at + cut :]
    return text


@settings(max_examples=300, deadline=None)
@given(mutated(SMALL))
@example(BIRKENES[:2000])
@example(SMALL)
def test_no_mutation_gives_anything_but_a_model_or_faults(text: str) -> None:
    _holds(text)


@settings(max_examples=10, deadline=None)
@given(mutated(BIRKENES))
def test_no_mutation_of_a_whole_bundle_either(text: str) -> None:
    _holds(text)


def _holds(text: str) -> None:
    loaded = load_text(text)
    assert (loaded.model is None) == bool(loaded.errors)
    for error in loaded.errors:
        assert 1 <= error.line <= text.count("\n") + 2
        assert str(error.message) and "%(" not in str(error)
    if loaded.model is not None:
        lint(loaded.model, loaded.positions)


@settings(max_examples=200, deadline=None)
@given(
    st.one_of(
        st.text(max_size=200),
        st.binary(max_size=200),
        st.lists(PIECES, max_size=40).map("".join),
    )
)
def test_nothing_at_all_makes_the_reader_fall_over(text: str | bytes) -> None:
    loaded = load_text(text)
    assert loaded.model is None
    assert loaded.errors


VALUES = st.recursive(
    st.one_of(
        st.none(),
        st.booleans(),
        st.integers(-5, 10**20),
        st.text(max_size=8),
        st.floats(allow_nan=True),
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(st.sampled_from(["key", "name", "kind", "to", "x"]), inner, max_size=3),
    ),
    max_leaves=6,
)


@st.composite
def misvalued(draw: st.DrawFn) -> dict[str, Any]:
    """The sound model with one value somewhere replaced by anything."""
    tree = sound()
    node: Any = tree
    while True:
        key = draw(st.sampled_from(sorted(node) if isinstance(node, dict) else list(range(len(node)))))
        if isinstance(node[key], (dict, list)) and node[key] and draw(st.integers(0, 4)):
            node = node[key]
            continue
        node[key] = draw(VALUES)
        return tree


@settings(max_examples=120, deadline=None)
@given(misvalued())
def test_any_value_anywhere_is_read_and_linted_or_refused(tree: dict[str, Any]) -> None:
    loaded = load_text(json.dumps(tree, ensure_ascii=False))
    assert (loaded.model is None) == bool(loaded.errors)
    if loaded.model is not None:
        for finding in lint(loaded.model, loaded.positions):
            assert str(finding.message) and finding.identity
