"""Markup typed into any form of a round comes out as the letters it was typed with, and nothing of it runs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.urls import reverse

from samstyr.foundation.kernel import clock
from samstyr.wheel.prioritisation import actions, queries
from samstyr.wheel.prioritisation.models import Entry, Round
from samstyr.wheel.prioritisation.tests.factories import DAY, LEADER, World, at, world
from tests.pages.reading import read

MARKUP = "<script>alert(1)</script>\"'&"


@pytest.fixture
def made(db: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[World]:
    """A municipality on the day of the rounds."""
    monkeypatch.setattr(clock, "now", lambda: at(DAY))
    with world() as ready:
        yield ready


def test_it_is_read_whole_and_nothing_of_it_runs(made: World) -> None:
    needs = [made.need("En"), made.need("To"), made.need("Tre")]
    leader, scorer = made.client(LEADER), made.client("helse")

    def to(name: str, *keys: object) -> str:
        return reverse(name, args=[made.tenant.slug, *keys])

    def sent(client: Any, address: str, **data: Any) -> None:
        answer = client.post(address, data)
        assert answer.status_code == 302, read(answer).faults

    picked = [str(need.pk) for need in needs]
    sent(leader, to("round-open"), name=f"runde {MARKUP}", year="2027", scorers=["sektorleder"], needs=picked)
    row = Round.objects.get()
    one, two, three = queries.entries_of(row)
    sent(scorer, to("round-score", row.pk), **{f"note-{one.pk}": f"note {MARKUP}", f"level-{one.pk}-nytt": "lav"})
    sent(scorer, to("round-score", row.pk), **{f"note-{two.pk}": f"aside {MARKUP}", "aside": str(two.pk)})
    row = made.reveal(row)
    where = to("round-agree", row.pk, one.pk)
    agreed = {"level-nytt": "hoy", "reason-nytt": f"agreed {MARKUP}", "verb": "agree", "_version": "1"}
    sent(leader, where, **agreed)
    sent(leader, to("round-agree", row.pk, three.pk), verb="leave_out", reason=f"out {MARKUP}", _version="1")
    row.refresh_from_db()
    sent(
        leader, to("round-manage", row.pk), verb="change", name=f"endret {MARKUP}", scorers=["sektorleder"],
        _version=str(row.version),
    )  # fmt: skip
    actions.set_consensus(
        **made.by(), entry_id=one.pk,
        levels={"strategisk": "lav", "gevinst": "lav", "eier": "lav"},
    )  # fmt: skip
    assert Entry.objects.get(pk=three.pk).exception == f"out {MARKUP}"
    pages = [
        read(client.get(address))
        for client, address in (
            *(
                (leader, to(name, row.pk))
                for name in ("round-detail", "round-ranking", "round-robustness", "round-manage")
            ),
            (scorer, to("round-score", row.pk)),
            *((leader, to("round-agree", row.pk, entry.pk)) for entry in (one, two, three)),
            (leader, to("need-detail", needs[2].pk)),
            (leader, to("round-list")),
        )
    ]
    for page in pages:
        assert not [script for script in page.scripts if "alert(1)" in script]
        assert not [value for value in page.handlers if "alert(1)" in value]
    for word in ("note", "aside", "agreed", "out", "endret"):
        assert any(page.shows(f"{word} {MARKUP}") for page in pages), word
