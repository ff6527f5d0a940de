"""Do `may` and a room's `visible_to` agree? What a list shows is what one may open, and the other way round."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from hypothesis import strategies as st

from samstyr.foundation.access import Act, Actor, Facts, may
from samstyr.foundation.access.rules import Grant, HeldRole, Reach


def disagreements(
    actors: Iterable[Actor],
    rows: Iterable[Any],
    *,
    visible_to: Callable[[Actor], Any],
    act: Act,
    facts: Callable[[Any], Facts] = lambda row: row.facts(),
) -> list[str]:
    """For every actor and row, where the list and the verdict differ; empty when they agree everywhere.

    Call inside the tenant's scope. `visible_to(actor)` gives a queryset; `facts(row)` what `may` is asked with.
    """
    rows = list(rows)
    wrong = []
    for actor in actors:
        shown = set(visible_to(actor).values_list("pk", flat=True))
        for row in rows:
            verdict = may(actor, act, facts(row))
            if bool(verdict) != (row.pk in shown):
                wrong.append(
                    f"{actor.name}: «{row}» is {'shown' if row.pk in shown else 'hidden'}, but may says "
                    f"{verdict.allowed} ({verdict.rule})"
                )
    return wrong


def actors(
    tenant: Any,
    *,
    people: list[Any],
    organisations: list[Any],
    units: dict[Any, frozenset[Any]],
    acts: list[Act],
    roles: tuple[str, ...] = ("coordinator", "director"),
) -> st.SearchStrategy[Actor]:
    """Random actors of a tenant: any person, with any roles in any places, any grants of `acts` and any reach.

    `units` maps each unit to itself with all below it, as `organisations.queries.unit_tree()` gives it.
    """
    places = st.one_of(
        st.just((frozenset(), frozenset())),
        st.sampled_from(sorted(units, key=str)).map(lambda unit: (units[unit], frozenset({unit}))),
    )
    held = st.builds(
        lambda role, organisation, place: HeldRole(role, role, organisation, place[0], place[1]),
        st.sampled_from(roles),
        st.none() | st.sampled_from(organisations),
        places,
    )
    grants = st.builds(Grant, st.sampled_from(acts), st.sampled_from(list(Reach)), held)
    return st.builds(
        lambda person, given, more, away: Actor(
            person, tenant, "tilfeldig", (*(grant.held for grant in given), *more), tuple(given), None, frozenset(away)
        ),
        st.sampled_from(people),
        st.lists(grants, max_size=4),
        st.lists(held, max_size=2),
        st.lists(st.sampled_from(people), max_size=1),
    )
