"""The chain finds every tampering, names the first bad number, and survives lawful erasure."""

from __future__ import annotations

import random
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samstyr.foundation.audit.rules import (
    GENESIS,
    Broken,
    Link,
    canonical,
    chain_hash,
    commitment,
    verify,
)

LENGTH = 60


def link(sequence: int, previous: str, at: str = "2026-02-10T11:00:00+00:00", word: str = "") -> Link:
    """One honest link after `previous`."""
    details = {"label": word or f"sak {sequence}"}
    sealed = commitment(f"salt{sequence}", details)
    envelope = {"tenant": "t", "sequence": sequence, "at": at, "action": "need.submitted"}
    return Link(
        sequence,
        envelope,
        sealed,
        previous,
        chain_hash(previous, {**envelope, "details": sealed}),
        f"salt{sequence}",
        details,
    )


def chain(length: int = LENGTH, word: str = "") -> list[Link]:
    """An honest chain."""
    links: list[Link] = []
    for sequence in range(1, length + 1):
        links.append(link(sequence, links[-1].hash if links else GENESIS, word=word))
    return links


HONEST = chain()
HEAD = (LENGTH, HONEST[-1].hash)


def edit_details(links: list[Link], at: int) -> int:
    links[at] = replace(links[at], details={"label": "noe annet"})
    return at + 1


def delete(links: list[Link], at: int) -> int:
    del links[at]
    return at + 1


def insert(links: list[Link], at: int) -> int:
    """A forged event, correctly hashed onto the one before it, with the same number as its neighbour."""
    links.insert(at, link(at + 1, links[at].previous, word="forfalsket"))
    return at + 2


def swap(links: list[Link], at: int) -> int:
    """Two neighbours change places and numbers."""
    at = min(at, LENGTH - 2)
    first, second = links[at], links[at + 1]
    links[at] = replace(second, sequence=first.sequence)
    links[at + 1] = replace(first, sequence=second.sequence)
    return at + 1


def backdate(links: list[Link], at: int) -> int:
    links[at] = replace(links[at], envelope={**links[at].envelope, "at": "2020-01-01T00:00:00+00:00"})
    return at + 1


def cut_the_tail(links: list[Link], at: int) -> int:
    del links[max(at, 1) :]
    return max(at, 1) + 1


def replace_history(links: list[Link], at: int) -> int:
    """The whole chain forged from scratch, every hash right."""
    links[:] = chain(word=f"ny historie {at}")
    return LENGTH


TAMPERINGS = (edit_details, delete, insert, swap, backdate, cut_the_tail, replace_history)


@pytest.mark.parametrize("tampering", TAMPERINGS, ids=lambda found: found.__name__)
def test_every_tampering_is_found_at_its_first_number(tampering: Any) -> None:
    draw = random.Random(tampering.__name__)
    for _ in range(20):
        links = list(HONEST)
        expected = tampering(links, draw.randrange(LENGTH))
        found = verify(links, head=HEAD)
        assert isinstance(found, Broken), f"{tampering.__name__} was not seen"
        assert found.sequence == expected


def test_an_honest_chain_is_counted() -> None:
    assert verify(HONEST, head=HEAD) == LENGTH
    assert verify([], head=None) == 0
    assert verify([], head=(0, GENESIS)) == 0


def test_without_a_known_head_a_cut_tail_cannot_be_seen() -> None:
    assert verify(HONEST[:10]) == 10
    assert verify(HONEST[:10], head=HEAD) == Broken(11, "tail")


def test_a_rehashed_edit_breaks_the_next_link() -> None:
    links = list(HONEST)
    links[4] = link(5, links[3].hash, word="omskrevet")
    assert verify(links, head=HEAD) == Broken(6, "order")


def test_lawful_erasure_leaves_the_chain_whole() -> None:
    links = [replace(one, salt=None, details=None) if one.sequence % 3 == 0 else one for one in HONEST]
    assert verify(links, head=HEAD) == LENGTH


def test_erased_details_cannot_be_guessed_without_the_salt() -> None:
    assert commitment("a", {"label": "x"}) != commitment("b", {"label": "x"})


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(alphabet=st.characters(codec="utf-8")),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text(alphabet="abæø", max_size=3), inner, max_size=4)
    ),
    max_leaves=12,
)


@given(st.dictionaries(st.text(alphabet="abæø", max_size=5), json_values, max_size=6))
def test_the_canonical_form_does_not_depend_on_order(details: dict[str, Any]) -> None:
    assert canonical(details) == canonical(dict(reversed(details.items())))
    assert b"\n" not in canonical(details)


def test_the_format_is_the_published_one() -> None:
    """A fixed example: if this changes, every chain ever written stops verifying (docs/audit-format.md)."""
    assert canonical({"b": 1, "a": "ø"}) == '{"a":"ø","b":1}'.encode()
    assert commitment("00", {"label": "Behov"}) == ("18d7849e9a807c7e322e488bc6021a38d18d13cb7bc213fccfd27a38f8112a81")
    assert chain_hash(GENESIS, {"sequence": 1, "details": "x"}) == (
        "9e10a8252ff45444bc3a26c8c961df36bbcf9e23fb1fbc6a7cf30a3ebd46944b"
    )
