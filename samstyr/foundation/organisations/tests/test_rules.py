"""Terms, appointing and composition, on plain values."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samstyr.foundation.access import Act, Actor, Facts, Grant, HeldRole, Reach
from samstyr.foundation.kernel.errors import Invalid
from samstyr.foundation.organisations.rules import (
    in_force,
    overlaps,
    with_descendants,
)
from samstyr.foundation.organisations.rules.appointing import (
    GroupSpec,
    RoleSpec,
    may_appoint,
    may_fill,
    not_oneself,
    place_for,
    term,
)
from samstyr.foundation.organisations.rules.composition import (
    Area,
    SeatState,
    Severity,
    check,
)

DAY = date(2026, 2, 10)
TENANT, FJORD = uuid4(), uuid4()
DAYS = st.dates(date(2026, 1, 1), date(2026, 3, 1))
TERMS = st.tuples(DAYS, st.none() | DAYS).filter(lambda t: t[1] is None or t[1] >= t[0])


@given(TERMS, TERMS)
def test_terms_overlap_when_a_day_is_in_both(first: tuple[date, date | None], second: tuple[date, date | None]) -> None:
    days = [date(2026, 1, 1) + timedelta(days=n) for n in range(61)]
    common = any(in_force(*first, day) and in_force(*second, day) for day in days)
    assert overlaps(first, second) == common == overlaps(second, first)


def test_a_ring_of_units_does_not_hang() -> None:
    a, b, c = uuid4(), uuid4(), uuid4()
    assert with_descendants({a: b, b: a, c: a})[a] >= {a, b, c}


def actor(role: str, *, reach: Reach = Reach.AREA, units: frozenset = frozenset(), organisation=None) -> Actor:  # type: ignore[no-untyped-def,type-arg]
    held = HeldRole(role, role.capitalize(), organisation, units, units)
    return Actor(uuid4(), TENANT, "Noen", (held,), (Grant(Act.ROLE_APPOINT, reach, held),))


def facts(unit=None) -> Facts:  # type: ignore[no-untyped-def]
    return Facts("role", TENANT, organisations=frozenset({FJORD}), units=frozenset({unit} if unit else ()))


def test_a_narrow_right_gives_only_the_roles_the_model_says() -> None:
    area = uuid4()
    leader = actor("leder", units=frozenset({area}), organisation=FJORD)
    mine = RoleSpec("representant", "Representant", "area", "leder", "Leder")
    assert may_appoint(leader, mine, facts(area))
    assert not may_appoint(leader, mine, facts(uuid4()))
    other = RoleSpec("administrator", "Administrator")
    refused = may_appoint(leader, other, facts(area))
    assert not refused
    assert refused.rule == "role.appointed_by"
    assert may_appoint(actor("admin", reach=Reach.TENANT), other, facts(area))
    assert not may_appoint(Actor(uuid4(), TENANT, "Ingen"), other, facts(area))


def test_a_seat_is_filled_by_the_appointing_role_of_its_area_alone() -> None:
    area, other = uuid4(), uuid4()
    group = GroupSpec("forum", "Forum", "fjord", "Fjord", appointed_by="leder", appointed_by_name="Leder")
    right = actor("leder", units=frozenset({area}), organisation=FJORD)
    wrong = actor("leder", units=frozenset({other}), organisation=FJORD)
    assert may_fill(right, group, facts(area), organisation=FJORD, unit=area)
    assert not may_fill(wrong, group, facts(area), organisation=FJORD, unit=area)
    admin = actor("administrator", reach=Reach.TENANT)
    refused = may_fill(admin, group, facts(area), organisation=FJORD, unit=area)
    assert refused.who == ("Leder",)
    assert may_fill(admin, GroupSpec("forum", "Forum", "ikt", "IKT"), facts(), organisation=FJORD, unit=None)
    assert not may_fill(right, GroupSpec("forum", "Forum", "ikt", "IKT"), facts(), organisation=FJORD, unit=None)


def test_one_cannot_appoint_oneself_or_whom_one_stands_in_for() -> None:
    away = uuid4()
    me = Actor(uuid4(), TENANT, "Jeg", stands_in_for=frozenset({away}))
    for person in (me.person, away):
        with pytest.raises(Invalid):
            not_oneself(me, person)
    not_oneself(me, uuid4())
    not_oneself(me.on_behalf("demo"), me.person)


def test_terms_and_places_are_judged() -> None:
    term(DAY, DAY)
    term(DAY, None)
    with pytest.raises(Invalid, match="10.02.2026"):
        term(DAY, DAY - timedelta(days=1))
    place_for(RoleSpec("a", "A", "tenant"), None, None)
    place_for(RoleSpec("a", "A", "area"), None, uuid4())
    with pytest.raises(Invalid):
        place_for(RoleSpec("a", "A", "unit"), FJORD, None)
    with pytest.raises(Invalid):
        place_for(RoleSpec("a", "A", "organisation"), None, None)


def forum() -> tuple[list[GroupSpec], list[SeatState], list[Area]]:
    """Five and five by area, two and one beside: thirteen, as B-22 has it."""
    groups = [
        GroupSpec("forum", "Forum", "fjord", "Fra Fjord", 5, "area", "fjord", "leder", "Leder"),
        GroupSpec("forum", "Forum", "vidde", "Fra Vidde", 5, "area", "vidde", "leder", "Leder"),
        GroupSpec("forum", "Forum", "ikt", "Fra IKT", 2, "", "ikt"),
        GroupSpec("forum", "Forum", "selskap", "Fra selskapet", 1, "", "selskap"),
    ]
    areas = [Area(uuid4(), f"{slot} {n}", slot, slot.capitalize()) for slot in ("fjord", "vidde") for n in range(5)]
    seats = [
        SeatState(uuid4(), area.organisation, n % 5 + 1, uuid4(), area.id, area.organisation)
        for n, area in enumerate(areas)
    ]
    seats += [SeatState(uuid4(), slot, n, uuid4(), None, slot) for slot, n in (("ikt", 1), ("ikt", 2), ("selskap", 1))]
    return groups, seats, areas


def test_a_whole_forum_has_no_findings() -> None:
    groups, seats, areas = forum()
    found = check(groups, seats, areas, size=13)
    assert found.findings == ()
    assert [row.filled for row in found.groups] == [5, 5, 2, 1]
    assert (found.filled, found.size, found.represented) == (13, 13, 10)
    assert found.by_organisation == {"Fjord": (5, 5), "Vidde": (5, 5)}


def replaced(seats: list[SeatState], at: int, **changes: object) -> list[SeatState]:
    from dataclasses import replace

    return [replace(seat, **changes) if n == at else seat for n, seat in enumerate(seats)]


def test_an_area_without_a_representative_is_an_error_that_says_who_can() -> None:
    groups, seats, areas = forum()
    found = check(groups, replaced(seats, 0, person=None, ended_on=date(2026, 1, 31)), areas)
    rules = {finding.rule: finding for finding in found.findings}
    assert set(rules) == {"composition.area", "composition.ended"}
    assert rules["composition.area"].severity is Severity.ERROR
    assert "fjord 0 har 0 representanter" in str(rules["composition.area"].message)
    assert "Leder" in str(rules["composition.area"].remedy)
    assert "31.01.2026" in str(rules["composition.ended"].message)
    assert found.by_organisation["Fjord"] == (4, 5)


def test_an_area_with_two_is_an_error() -> None:
    groups, seats, areas = forum()
    found = check(groups, replaced(seats, 0, area=areas[1].id), areas)
    texts = [str(finding.message) for finding in found.findings if finding.rule == "composition.area"]
    assert len(texts) == 2
    assert any("2 representanter" in text for text in texts)


def test_a_vacant_seat_a_missing_seat_and_an_unknown_group_are_found() -> None:
    groups, seats, areas = forum()
    seats = [*replaced(seats, 12, person=None)[:10], *replaced(seats, 12, person=None)[11:]]
    seats.append(SeatState(uuid4(), "gammel", 1, uuid4()))
    rules = [finding.rule for finding in check(groups, seats, areas).findings]
    assert sorted(rules) == ["composition.count", "composition.group", "composition.vacant"]


def test_a_term_that_runs_out_soon_is_told() -> None:
    groups, seats, areas = forum()
    seats = replaced(seats, 3, ends_on=date(2026, 3, 1))
    assert check(groups, seats, areas, soon=date(2026, 2, 28)).findings == ()
    (finding,) = check(groups, seats, areas, soon=date(2026, 3, 1)).findings
    assert finding.rule == "composition.ending"
