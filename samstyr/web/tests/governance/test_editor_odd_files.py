"""A file may hold anything at any place: the editor's pages show it, tell what is wrong, and can be saved."""

from __future__ import annotations

import random
from datetime import date
from typing import Any

import pytest

from samstyr.foundation.governance import bundles
from samstyr.foundation.governance.rules.editing import references
from samstyr.foundation.governance.rules.editing.changing import applied
from samstyr.foundation.governance.rules.editing.checking import checked, tree_of
from samstyr.foundation.governance.rules.editing.dumping import dump
from samstyr.foundation.governance.rules.editing.facts import facts_asked
from samstyr.foundation.governance.rules.editing.places import Place, Tree, at, copied
from samstyr.web.governance.editing.drawings import drawings
from samstyr.web.governance.editing.entries import Builder
from samstyr.web.governance.editing.pages import _entries
from samstyr.web.governance.editing.parts import menu, page_of, told

from .test_editor_forms import sent

JUNK: tuple[Any, ...] = (
    None,
    "tekst",
    7,
    True,
    [],
    ["a", 3, None],
    [[1]],
    {},
    {"a": 1},
    [{}],
    {"kind": "date"},
    [{"key": 5}],
    1.5,
)


def places_of(node: Any, place: Place = ()) -> list[Place]:
    items = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    return [place, *(inner for key, item in items for inner in places_of(item, (*place, key)))]


def mutated(tree: Tree, place: Place, junk: Any) -> Tree:
    new = copied(tree)
    holder = at(new, place[:-1])
    holder[place[-1]] = junk
    return new


@pytest.mark.slow
@pytest.mark.parametrize("name", bundles.names())
def test_nothing_in_a_file_makes_a_page_fall(name: str) -> None:
    tree = tree_of(bundles.text_of(name))
    chance = random.Random(name)
    every = places_of(tree)[1:]
    for place in chance.sample(every, 40):
        new = mutated(tree, place, chance.choice(JUNK))
        found = checked(dump(new))
        shown = found.tree
        assert found.model is None or shown == new
        told(found, "/x/")
        menu(found, "/x/", (), "oversikt")
        facts_asked(shown)
        for page in {page_of(shown, place), place[:1], place[:2], ()}:
            if page_of(shown, page) != page or (page and isinstance(page[-1], int) and at(shown, page) is None):
                continue
            entries = _entries(Builder(shown, found.by_place, "/x/"), page)
            drawings(shown, page, "/x/", date(2026, 2, 10))
            references.uses(new, page)
            applied(new, list(sent(entries)))
