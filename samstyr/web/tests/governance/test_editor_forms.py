"""The editor's forms say what the draft says, whatever the format holds, and every field has a name people understand."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from samstyr.foundation.governance import bundles
from samstyr.foundation.governance.rules.editing.changing import applied
from samstyr.foundation.governance.rules.editing.checking import tree_of
from samstyr.foundation.governance.rules.editing.kinds import every_class, shapes
from samstyr.foundation.governance.rules.editing.places import Place, Tree, things
from samstyr.foundation.governance.rules.schema import GovernanceModel
from samstyr.web.governance import labels
from samstyr.web.governance.editing.entries import Builder
from samstyr.web.governance.editing.fields import Entry
from samstyr.web.governance.editing.pages import _entries
from samstyr.web.governance.editing.parts import page_of


def sent(entries: list[Entry]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """What a browser would send of the fields as they are shown."""
    for entry in entries:
        if entry.widget in ("input", "area"):
            yield entry.name, (entry.value.replace("\n", "\r\n"),)
        elif entry.widget in ("select", "variant"):
            chosen = [value for value, _word, is_chosen in entry.choices if is_chosen] or [entry.choices[0][0]]
            yield entry.name, (chosen[0],)
        elif entry.widget == "checks":
            yield entry.name, ("", *(value for value, _word, is_chosen in entry.choices if is_chosen))
        yield from sent(entry.children)
        for item in entry.items:
            yield from sent(item.entries)


def every_page(tree: Tree) -> set[Place]:
    return {page_of(tree, place) for place, _part, _thing in things(tree, GovernanceModel)} | {
        page_of(tree, (name,)) for name in GovernanceModel.model_fields
    }


@pytest.mark.parametrize("languages", [False, True])
@pytest.mark.parametrize("name", bundles.names())
def test_a_page_that_is_sent_as_it_is_shown_changes_nothing(name: str, languages: bool) -> None:
    tree = tree_of(bundles.text_of(name))
    pages = every_page(tree)
    assert len(pages) > 30
    for place in sorted(pages, key=str):
        fields = list(sent(_entries(Builder(tree, {}, "/x/", languages=languages), place)))
        assert applied(tree, fields) == tree, place


@pytest.mark.parametrize("name", bundles.names())
def test_every_field_of_a_model_is_on_some_page(name: str) -> None:
    """What stands in the file can be reached by forms: no part of the format needs YAML."""
    tree = tree_of(bundles.text_of(name))
    shown: set[Place] = set()

    def note(entries: list[Entry]) -> None:
        for entry in entries:
            shown.add(entry.place)
            note(entry.children)
            for item in entry.items:
                shown.add(item.place)
                note(item.entries)

    for place in every_page(tree):
        shown.add(place)
        note(_entries(Builder(tree, {}, "/x/"), place))
    for place, part, thing in things(tree, GovernanceModel):
        for field in thing:
            if (
                field in ("key", "format")
                or part.__name__ == "Right"
                or (field == "kind" and "Deadline" in part.__name__)
            ):
                continue
            assert (*place, field) in shown, (*place, field)


def test_every_field_of_the_format_has_a_label() -> None:
    """A new field works without; this test asks whoever adds one to give it a name in `web/governance/labels`."""
    lacking = [
        f"{part.__name__}.{name}"
        for part in every_class(GovernanceModel)
        for name, shape in shapes(part).items()
        if not labels.has_label(shape)
    ]
    assert lacking == []


def test_every_choice_of_the_format_has_a_word() -> None:
    lacking = [
        f"{part.__name__}.{name}: {value}"
        for part in every_class(GovernanceModel)
        for name, shape in shapes(part).items()
        for value in shape.choices
        if name != "format" and "Deadline" not in part.__name__ and not labels.has_choice(shape, value)
    ]
    assert lacking == []
    assert labels.choice_label("Role", "scope", "som_ingen_kjenner") == "som ingen kjenner"


def test_a_field_nobody_has_named_is_shown_by_its_key() -> None:
    shape = shapes(GovernanceModel)["strategy"]
    new = type(shape)(shape.owner, "helt_nytt_felt", "line", True, None)
    assert not labels.has_label(new)
    assert labels.label_of(new) == "Helt nytt felt"
    assert labels.help_of(new) == ""
