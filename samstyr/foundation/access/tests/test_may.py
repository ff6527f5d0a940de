"""Who may do what: a table of cases, and what must hold for any actor and any thing."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samstyr.foundation.access import Act, Actor, Facts, Grant, HeldRole, Holder, Reach, may, may_enter
from samstyr.foundation.kernel.errors import Refused

T1, T2 = UUID(int=1), UUID(int=2)
NORTH, SOUTH = UUID(int=10), UUID(int=11)
AREA, SERVICE, ELSEWHERE = UUID(int=20), UUID(int=21), UUID(int=22)
ME, AWAY, STRANGER = UUID(int=30), UUID(int=31), UUID(int=32)


def actor(*grants: tuple[Act, Reach, HeldRole], roles: tuple[HeldRole, ...] = (), **changes: object) -> Actor:
    plain = Actor(ME, T1, "Jeg", roles, tuple(Grant(*grant) for grant in grants))
    return replace(plain, **changes)  # type: ignore[arg-type]


def held(organisation: UUID | None = None, *units: UUID, own: UUID | None = None, instead_of: str = "") -> HeldRole:
    return HeldRole(
        "coordinator", "koordinator", organisation, frozenset(units), frozenset({own} if own else ()), instead_of
    )


def thing(**changes: object) -> Facts:
    return replace(Facts("need", T1), **changes)  # type: ignore[arg-type]


READ = Act.NEED_READ
NOBODY = actor()

CASES = {
    # what is asked of whom about what → the answer and the rule that gives it
    "nobody is refused": (None, READ, thing(), False, "access.tenant"),
    "another tenant": (actor((READ, Reach.TENANT, held())), READ, thing(tenant=T2), False, "access.tenant"),
    "no right": (NOBODY, READ, thing(), False, "access.need.read"),
    "a right to something else": (
        actor((Act.PLAN_READ, Reach.TENANT, held())),
        READ,
        thing(),
        False,
        "access.need.read",
    ),
    "a member enters": (NOBODY, Act.TENANT_ENTER, thing(), True, "access.member"),
    "a right": (actor((READ, Reach.TENANT, held())), READ, thing(), True, "role:coordinator:need.read"),
    "own organisation": (
        actor((READ, Reach.ORGANISATION, held(NORTH))),
        READ,
        thing(organisations=frozenset({NORTH})),
        True,
        "role:coordinator:need.read",
    ),
    "other organisation": (
        actor((READ, Reach.ORGANISATION, held(NORTH))),
        READ,
        thing(organisations=frozenset({SOUTH})),
        False,
        "access.need.read",
    ),
    "a thing of both is reached from each": (
        actor((READ, Reach.ORGANISATION, held(SOUTH))),
        READ,
        thing(organisations=frozenset({NORTH, SOUTH})),
        True,
        "role:coordinator:need.read",
    ),
    "a role of no single organisation reaches each": (
        actor((READ, Reach.ORGANISATION, held())),
        READ,
        thing(organisations=frozenset({SOUTH})),
        True,
        "role:coordinator:need.read",
    ),
    "below one's area": (
        actor((READ, Reach.AREA, held(NORTH, AREA, SERVICE, own=AREA))),
        READ,
        thing(units=frozenset({SERVICE})),
        True,
        "role:coordinator:need.read",
    ),
    "outside one's area": (
        actor((READ, Reach.AREA, held(NORTH, AREA, SERVICE, own=AREA))),
        READ,
        thing(units=frozenset({ELSEWHERE})),
        False,
        "access.need.read",
    ),
    "one's unit": (
        actor((READ, Reach.UNIT, held(NORTH, AREA, SERVICE, own=AREA))),
        READ,
        thing(units=frozenset({AREA})),
        True,
        "role:coordinator:need.read",
    ),
    "a unit right does not reach below": (
        actor((READ, Reach.UNIT, held(NORTH, AREA, SERVICE, own=AREA))),
        READ,
        thing(units=frozenset({SERVICE})),
        False,
        "access.need.read",
    ),
    "a right to one's own": (
        actor((Act.PLAN_EDIT, Reach.OWN, held())),
        Act.PLAN_EDIT,
        thing(owners=frozenset({ME})),
        True,
        "role:coordinator:plan.edit",
    ),
    "a right to one's own is none to others'": (
        actor((Act.PLAN_EDIT, Reach.OWN, held())),
        Act.PLAN_EDIT,
        thing(owners=frozenset({STRANGER})),
        False,
        "access.plan.edit",
    ),
    "one reads one's own without any right": (NOBODY, READ, thing(owners=frozenset({ME})), True, "access.own"),
    "one does not treat one's own": (
        NOBODY,
        Act.CASE_TREAT,
        thing(owners=frozenset({ME})),
        False,
        "access.holder",
    ),
    "a draft is hidden from those with every right": (
        actor(*((act, Reach.TENANT, held()) for act in Act)),
        READ,
        thing(private=True, owners=frozenset({STRANGER})),
        False,
        "access.private",
    ),
    "a draft is its writer's": (NOBODY, READ, thing(private=True, owners=frozenset({ME})), True, "access.own"),
    "who stands in has the other's drafts": (
        actor(stands_in_for=frozenset({AWAY})),
        READ,
        thing(private=True, owners=frozenset({AWAY})),
        True,
        "access.own",
    ),
    "exempt needs its own right": (
        actor((READ, Reach.TENANT, held())),
        READ,
        thing(exempt=True),
        False,
        "access.exempt",
    ),
    "exempt with the right": (
        actor((READ, Reach.TENANT, held()), (Act.EXEMPT_READ, Reach.TENANT, held())),
        READ,
        thing(exempt=True),
        True,
        "role:coordinator:need.read",
    ),
    "the right to exempt alone opens nothing": (
        actor((Act.EXEMPT_READ, Reach.TENANT, held())),
        READ,
        thing(exempt=True),
        False,
        "access.need.read",
    ),
    "the right to exempt elsewhere": (
        actor((READ, Reach.TENANT, held()), (Act.EXEMPT_READ, Reach.ORGANISATION, held(NORTH))),
        READ,
        thing(exempt=True, organisations=frozenset({SOUTH})),
        False,
        "access.exempt",
    ),
    "the invited read what is exempt": (
        NOBODY,
        READ,
        thing(exempt=True, invited=frozenset({ME})),
        True,
        "access.invited",
    ),
    "the invited do not edit": (
        NOBODY,
        Act.NEED_EDIT,
        thing(invited=frozenset({ME})),
        False,
        "access.need.edit",
    ),
    "the step's holder treats": (
        actor(roles=(held(NORTH),)),
        Act.CASE_TREAT,
        thing(holders=(Holder("coordinator", "koordinator", NORTH),)),
        True,
        "role:coordinator",
    ),
    "the same role in the other municipality does not": (
        actor(roles=(held(NORTH),)),
        Act.CASE_TREAT,
        thing(holders=(Holder("coordinator", "koordinator", SOUTH),)),
        False,
        "access.holder",
    ),
    "another role does not": (
        actor(roles=(held(NORTH),)),
        Act.CASE_TREAT,
        thing(holders=(Holder("director", "kommunedirektør"),)),
        False,
        "access.holder",
    ),
    "no grant replaces being the holder": (
        actor((Act.CASE_TREAT, Reach.TENANT, held()), roles=(held(),)),
        Act.CASE_TREAT,
        thing(holders=(Holder("director"),)),
        False,
        "access.holder",
    ),
    "nobody holds a step without holders": (
        actor((Act.CASE_TREAT, Reach.TENANT, held()), roles=(held(),)),
        Act.CASE_TREAT,
        thing(),
        False,
        "access.holder",
    ),
    "the holder for another unit does not": (
        actor(roles=(held(NORTH, AREA, SERVICE),)),
        Act.CASE_TREAT,
        thing(holders=(Holder("coordinator", unit=ELSEWHERE),)),
        False,
        "access.holder",
    ),
    "a named person": (
        NOBODY,
        Act.STATEMENT_GIVE,
        thing(holders=(Holder("hearing", person=ME),)),
        True,
        "role:hearing",
    ),
    "whoever stands in for the named person": (
        actor(stands_in_for=frozenset({AWAY})),
        Act.STATEMENT_GIVE,
        thing(holders=(Holder("hearing", person=AWAY),)),
        True,
        "role:hearing",
    ),
    "not a named person though the role is right": (
        actor(roles=(HeldRole("hearing", "høringsinstans"),)),
        Act.STATEMENT_GIVE,
        thing(holders=(Holder("hearing", person=STRANGER),)),
        False,
        "access.holder",
    ),
    "holders read what they are to treat": (
        actor(roles=(held(NORTH),)),
        Act.CASE_READ,
        thing(holders=(Holder("coordinator"),)),
        True,
        "role:coordinator",
    ),
    "holders do not thereby edit": (
        actor(roles=(held(NORTH),)),
        Act.NEED_EDIT,
        thing(holders=(Holder("coordinator"),)),
        False,
        "access.need.edit",
    ),
    "the system acts by a named rule": (
        actor(automatic="silence"),
        Act.CASE_TREAT,
        thing(),
        True,
        "silence",
    ),
    "but not in another tenant": (
        actor(automatic="silence"),
        Act.CASE_TREAT,
        thing(tenant=T2),
        False,
        "access.tenant",
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_the_table(case: str) -> None:
    who, act, facts, allowed, rule = CASES[case]
    verdict = may(who, act, facts)
    assert (verdict.allowed, verdict.rule) == (allowed, rule)
    assert str(verdict.reason).endswith("."), "the reason is a sentence"


def test_a_refusal_says_who_can() -> None:
    verdict = may(NOBODY, Act.CASE_TREAT, thing(holders=(Holder("a", "fagråd"), Holder("b", "styringsgruppe"))))
    assert str(verdict.remedy) == "Dette kan gjøres av: fagråd, styringsgruppe."
    with pytest.raises(Refused) as refusal:
        verdict.require()
    assert refusal.value.rule == "access.holder"
    assert str(refusal.value.remedy) == str(verdict.remedy)


def test_a_yes_says_by_which_role_and_for_whom() -> None:
    by_role = may(actor((READ, Reach.TENANT, held())), READ, thing())
    assert str(by_role.reason) == "Du er koordinator."
    instead = may(
        actor(
            (READ, Reach.TENANT, held(instead_of="Kommunalsjef")),
        ),
        READ,
        thing(),
    )
    assert str(instead.reason) == "Du er stedfortreder for Kommunalsjef som koordinator."
    assert by_role.require() is by_role and by_role.remedy == ""


ids = st.sampled_from([UUID(int=n) for n in range(1, 5)])
id_sets = st.frozensets(ids, max_size=3)
roles = st.builds(
    HeldRole,
    st.sampled_from(["a", "b"]),
    st.just("navn"),
    st.none() | ids,
    id_sets,
    id_sets,
    st.sampled_from(["", "x"]),
)
acts = st.sampled_from(list(Act))
grants = st.builds(Grant, acts, st.sampled_from(list(Reach)), roles)
holders = st.builds(
    Holder, st.sampled_from(["a", "b"]), st.just("navn"), st.none() | ids, st.none() | ids, st.none() | ids
)
actors = st.builds(
    Actor,
    ids,
    st.just(T1),
    st.just("navn"),
    st.lists(roles, max_size=3).map(tuple),
    st.lists(grants, max_size=6).map(tuple),
    st.none() | ids,
    id_sets,
    st.sampled_from(["", "regel"]),
)
things = st.builds(
    Facts,
    st.just("need"),
    st.just(T1),
    id_sets,
    id_sets,
    id_sets,
    st.lists(holders, max_size=3).map(tuple),
    id_sets,
    st.booleans(),
    st.booleans(),
)


@given(actors, acts, things)
def test_never_yes_across_tenants(who: Actor, act: Act, facts: Facts) -> None:
    assert not may(replace(who, tenant=uuid4()), act, facts)
    assert not may(None, act, facts)


@given(actors, acts, things)
def test_who_has_nothing_gets_nothing_but_entrance_and_what_names_them(who: Actor, act: Act, facts: Facts) -> None:
    bare = replace(who, roles=(), grants=(), automatic="", stands_in_for=frozenset())
    named = bare.person in facts.owners | facts.invited or any(h.person == bare.person for h in facts.holders)
    assert not may(bare, act, facts) or act is Act.TENANT_ENTER or named


@given(actors, acts, things, grants)
def test_another_right_never_takes_one_away(who: Actor, act: Act, facts: Facts, more: Grant) -> None:
    if may(who, act, facts):
        assert may(replace(who, grants=(*who.grants, more)), act, facts)


@given(actors, acts, things)
def test_shielding_never_opens(who: Actor, act: Act, facts: Facts) -> None:
    shielded = replace(facts, private=True, exempt=True)
    assert may(who, act, facts) or not may(who, act, shielded)


@given(actors, things)
def test_drafts_are_their_owners_alone(who: Actor, facts: Facts) -> None:
    who, facts = replace(who, automatic=""), replace(facts, private=True)
    for act in Act:
        if act is not Act.TENANT_ENTER and may(who, act, facts):
            assert who.people & facts.owners


@given(actors, things)
def test_only_the_holder_does_what_belongs_to_a_holder(who: Actor, facts: Facts) -> None:
    who = replace(who, automatic="")
    for act in (Act.CASE_TREAT, Act.STATEMENT_GIVE, Act.SEAT_FILL):
        if may(who, act, facts):
            assert any(holder.is_met_by(who) for holder in facts.holders)


@given(actors, acts, things)
def test_the_door_never_stops_whom_the_thing_would_let_in(who: Actor, act: Act, facts: Facts) -> None:
    assert may_enter(who, act, T1) or not may(who, act, facts)


@given(actors, acts)
def test_the_door_is_shut_to_other_tenants_and_to_those_without_any_such_right(who: Actor, act: Act) -> None:
    assert not may_enter(who, act, T2)
    assert not may_enter(None, act, T1)
    bare = replace(who, grants=(), automatic="")
    if act in (Act.NEED_CREATE, Act.MODEL_MANAGE, Act.PEOPLE_MANAGE, Act.AUDIT_READ):
        assert not may_enter(bare, act, T1)
