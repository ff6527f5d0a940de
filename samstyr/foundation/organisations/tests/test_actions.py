"""Every verb: that it does its work, refuses, meets conflicts, and leaves an event."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from samstyr.foundation.access import Act, Actor, Reach
from samstyr.foundation.audit.models import AuditDetail, AuditEvent
from samstyr.foundation.kernel.errors import Conflict, Invalid, NotFound, Refused
from samstyr.foundation.organisations import actions, queries
from samstyr.foundation.organisations.models import (
    RoleHolding,
    SeatHolding,
    Substitution,
)
from samstyr.foundation.organisations.rules.appointing import GroupSpec, RoleSpec
from samstyr.foundation.tenancy.models import Account, Membership, Tenant
from samstyr.foundation.tenancy.scope import tenant_scope

from .factories import (
    make_actor,
    make_holding,
    make_organisation,
    make_person,
    make_seat,
    make_seat_holding,
    make_tenant,
    make_unit,
)

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 2, 10, 11, 0, tzinfo=UTC)
TODAY = date(2026, 2, 10)
ROLE = RoleSpec("leser", "Leser", "organisation")
AREA_ROLE = RoleSpec("representant", "Representant", "area", "leder", "Leder")
GROUP = GroupSpec("forum", "Forum", "fjord", "Fra Fjord", 1, "area", "fjord", "leder", "Leder")
FREE = GroupSpec("forum", "Forum", "ikt", "Fra IKT", 1)


def admin() -> Actor:
    return make_actor(grants=[Act.ORGANISATION_MANAGE, Act.PEOPLE_MANAGE, Act.ROLE_APPOINT])


def nobody() -> Actor:
    return make_actor(holds=False)


def leader(unit: Any) -> Actor:
    return make_actor(
        grants=[(Act.ROLE_APPOINT, Reach.AREA)],
        role="leder",
        name="Leder",
        organisation=unit.organisation_id,
        units=[unit],
    )


def told(action: str, key: Any) -> dict[str, Any]:
    """The details of the one event of that name about that thing."""
    event = AuditEvent.objects.get(action=action, object_id=key)
    return AuditDetail.objects.get(sequence=event.sequence).details


def run(action: Any, actor: Actor | None = None, **arguments: Any) -> Any:
    return action(actor=actor or admin(), now=NOW, **arguments)


# Organisations


def test_an_organisation_is_made_and_changed(tenant: Tenant) -> None:
    row = run(actions.save_organisation, slot="fjord", name=" Fjord  kommune ", organisation_number="974 760 673",
              municipality_number="0301", population=5000, population_year=2026)  # fmt: skip
    assert (row.name, row.organisation_number, row.municipality_number) == ("Fjord kommune", "974760673", "0301")
    row = run(actions.save_organisation, organisation_id=row.pk, version=1, name="Fjord", slot="ignored")
    assert (row.name, row.slot, row.version) == ("Fjord", "fjord", 2)
    assert told("organisation.changed", row.pk)["before"]["name"] == "Fjord kommune"
    with pytest.raises(Conflict):
        run(actions.save_organisation, organisation_id=row.pk, version=1, name="Vidde")


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("organisation_number", "974760674"),
        ("organisation_number", "12"),
        ("municipality_number", "301"),
        ("municipality_number", "03O1"),
        ("name", "   "),
        ("slot", "tatt"),
        ("population", -1),
    ],
)
def test_a_faulty_organisation_is_refused(tenant: Tenant, field: str, value: Any) -> None:
    make_organisation("Tatt", "tatt", organisation_number="974760673")
    with pytest.raises(Invalid) as fault:
        run(actions.save_organisation, **{"slot": "fjord", "name": "Fjord", field: value})
    assert fault.value.errors[0].field == field
    with pytest.raises(Invalid, match="En annen organisasjon"):
        run(actions.save_organisation, slot="fjord", name="Fjord", organisation_number="974760673")


def test_organisations_take_the_right_and_their_own_tenant(tenant: Tenant) -> None:
    row = make_organisation()
    with pytest.raises(Refused):
        run(actions.save_organisation, nobody(), slot="x", name="X")
    with pytest.raises(Refused):
        run(actions.save_organisation, nobody(), organisation_id=row.pk, version=1, name="X")
    local = make_actor(grants=[(Act.ORGANISATION_MANAGE, Reach.ORGANISATION)], organisation=row)
    run(actions.save_organisation, local, organisation_id=row.pk, version=1, name="Ny")
    with pytest.raises(Refused):
        run(actions.save_organisation, local, organisation_id=make_organisation().pk, version=1, name="Ny")
    with tenant_scope(make_tenant().pk), pytest.raises(NotFound):
        run(actions.save_organisation, admin(), organisation_id=row.pk, version=1, name="X")


# Units


def test_units_form_a_tree_without_rings(tenant: Tenant) -> None:
    fjord, vidde = make_organisation(), make_organisation()
    top = run(actions.save_unit, organisation_id=fjord.pk, name="Helse", code="20", is_area=True)
    below = run(actions.save_unit, organisation_id=fjord.pk, name="Hjemme", parent_id=top.pk)
    assert told("unit.created", below.pk)["after"]["parent"] == str(top.pk)
    for parent in (top, below):
        with pytest.raises(Invalid) as fault:
            run(
                actions.save_unit,
                unit_id=top.pk,
                version=1,
                organisation_id=fjord.pk,
                name="Helse",
                parent_id=parent.pk,
            )
        assert fault.value.errors[0].field == "parent"
    with pytest.raises(Invalid, match="annen organisasjon"):
        run(actions.save_unit, organisation_id=vidde.pk, name="X", parent_id=top.pk)
    with pytest.raises(Invalid, match="flyttes"):
        run(actions.save_unit, unit_id=top.pk, version=1, organisation_id=vidde.pk, name="Helse")
    with pytest.raises(Invalid, match="denne koden"):
        run(actions.save_unit, organisation_id=fjord.pk, name="X", code="20")
    with pytest.raises(Conflict):
        run(actions.save_unit, unit_id=top.pk, version=9, organisation_id=fjord.pk, name="Helse")
    with pytest.raises(Refused):
        run(actions.save_unit, nobody(), organisation_id=fjord.pk, name="X")
    run(actions.save_unit, organisation_id=vidde.pk, name="X", code="20")


def test_a_unit_is_taken_out_only_when_nothing_belongs_to_it(tenant: Tenant) -> None:
    fjord = make_organisation()
    top = make_unit(fjord, "Helse")
    below = make_unit(fjord, "Hjemme", parent=top)
    person = make_person(unit=below)
    with pytest.raises(Conflict, match="1 underordnede"):
        run(actions.deactivate_unit, unit_id=top.pk, version=1)
    with pytest.raises(Conflict, match="1 personer"):
        run(actions.deactivate_unit, unit_id=below.pk, version=1)
    person.unit = None
    person.save()
    holding = make_holding(person, "leser", unit=below)
    with pytest.raises(Conflict, match="1 roller"):
        run(actions.deactivate_unit, unit_id=below.pk, version=1)
    RoleHolding.objects.filter(pk=holding.pk).update(ends_on=TODAY - timedelta(days=1))
    with pytest.raises(Refused):
        run(actions.deactivate_unit, nobody(), unit_id=below.pk, version=1)
    assert not run(actions.deactivate_unit, unit_id=below.pk, version=1).is_active
    assert not run(actions.deactivate_unit, unit_id=top.pk, version=1).is_active
    with pytest.raises(Conflict, match="avviklet"):
        run(actions.reactivate_unit, unit_id=below.pk, version=2)
    assert run(actions.reactivate_unit, unit_id=top.pk, version=2).is_active
    assert told("unit.reactivated", top.pk)["after"]["is_active"] is True


# People


def test_a_person_is_made_changed_and_moved_within_the_right(tenant: Tenant) -> None:
    fjord, vidde = make_organisation(), make_organisation()
    unit = make_unit(fjord)
    row = run(actions.save_person, name="Rådgiver", email="R@Prove.example", unit_id=unit.pk)
    assert (row.organisation_id, row.email) == (fjord.pk, "r@prove.example")
    assert told("person.created", row.pk)["after"]["email"] == "r@prove.example"
    with pytest.raises(Invalid, match="e-postadressen"):
        run(actions.save_person, name="Annen", email="r@prove.example")
    with pytest.raises(Invalid, match="hører ikke til"):
        run(actions.save_person, name="Annen", organisation_id=vidde.pk, unit_id=unit.pk)
    local = make_actor(grants=[(Act.PEOPLE_MANAGE, Reach.ORGANISATION)], organisation=fjord)
    row = run(actions.save_person, local, person_id=row.pk, version=1, name="Fagleder", organisation_id=fjord.pk)
    with pytest.raises(Refused):
        run(actions.save_person, local, person_id=row.pk, version=2, name="Fagleder", organisation_id=vidde.pk)
    with pytest.raises(Refused):
        run(actions.save_person, local, name="Ny", organisation_id=vidde.pk)
    with pytest.raises(Conflict):
        run(actions.save_person, person_id=row.pk, version=1, name="Fagleder")


def test_a_person_is_taken_out_when_nothing_is_held(tenant: Tenant) -> None:
    person = make_person()
    holding = make_holding(person, "leser")
    with pytest.raises(Conflict, match="1 roller"):
        run(actions.deactivate_person, person_id=person.pk, version=1)
    RoleHolding.objects.filter(pk=holding.pk).update(ends_on=TODAY - timedelta(days=1))
    with pytest.raises(Refused):
        run(actions.deactivate_person, nobody(), person_id=person.pk, version=1)
    assert not run(actions.deactivate_person, person_id=person.pk, version=1).is_active
    assert run(actions.reactivate_person, person_id=person.pk, version=2).is_active
    assert told("person.deactivated", person.pk)["before"]["is_active"] is True


def test_an_invited_person_gets_an_account_without_a_password(tenant: Tenant) -> None:
    person = make_person(email="ny@prove.example")
    with pytest.raises(Refused):
        run(actions.invite, nobody(), person_id=person.pk, version=1)
    row = run(actions.invite, person_id=person.pk, version=1)
    assert row.account is not None
    assert not row.account.has_usable_password()
    assert Membership.objects.filter(account=row.account, tenant=tenant).exists()
    assert told("person.invited", person.pk)["after"]["account"] == str(row.account_id)
    with pytest.raises(Conflict):
        run(actions.invite, person_id=person.pk, version=2)
    with pytest.raises(Invalid) as fault:
        run(actions.invite, person_id=make_person(email="").pk, version=1)
    assert fault.value.errors[0].field == "email"


def test_an_account_made_by_others_is_never_taken_over_by_its_name(tenant: Tenant) -> None:
    theirs = Account.objects.create_user("felles@prove.example", "et kjent passord", name="Felles")
    row = run(actions.invite, person_id=make_person(email="felles@prove.example").pk, version=1)
    assert row.account_id != theirs.pk
    assert row.account.username == f"felles@prove.example#{tenant.slug}"
    assert not Membership.objects.filter(account=theirs).exists()


# Roles


def test_a_role_is_given_ended_and_given_again(tenant: Tenant) -> None:
    fjord, person = make_organisation(), make_person()
    given = {"person_id": person.pk, "role": ROLE, "organisation_id": fjord.pk}
    row = run(actions.give_role, **given, starts_on=TODAY)
    assert told("role.given", row.pk)["role_name"] == "Leser"
    with pytest.raises(Conflict, match="10.02.2026"):
        run(actions.give_role, **given, starts_on=date(2030, 1, 1))
    with pytest.raises(Invalid, match="før første dag"):
        run(actions.end_role, holding_id=row.pk, version=1, role=ROLE, ends_on=TODAY - timedelta(days=1))
    with pytest.raises(Refused):
        run(actions.end_role, nobody(), holding_id=row.pk, version=1, role=ROLE, ends_on=TODAY)
    row = run(actions.end_role, holding_id=row.pk, version=1, role=ROLE, ends_on=TODAY)
    with pytest.raises(Conflict):
        run(actions.end_role, holding_id=row.pk, version=1, role=ROLE, ends_on=TODAY)
    with pytest.raises(Invalid, match="på nytt"):
        run(actions.end_role, holding_id=row.pk, version=2, role=ROLE, ends_on=TODAY + timedelta(days=1))
    run(actions.give_role, **given, starts_on=TODAY + timedelta(days=1))
    assert told("role.ended", row.pk)["after"]["ends_on"] == "2026-02-10"


def test_nobody_gives_themselves_a_role(tenant: Tenant) -> None:
    fjord, me, away = make_organisation(), make_person(), make_person()
    actor = make_actor(grants=[Act.ROLE_APPOINT], person=me)
    with pytest.raises(Invalid, match="deg selv"):
        run(actions.give_role, actor, person_id=me.pk, role=ROLE, organisation_id=fjord.pk, starts_on=TODAY)
    from dataclasses import replace

    actor = replace(actor, stands_in_for=frozenset({away.pk}))
    with pytest.raises(Invalid, match="deg selv"):
        run(actions.give_role, actor, person_id=away.pk, role=ROLE, organisation_id=fjord.pk, starts_on=TODAY)
    assert not RoleHolding.objects.exists()


def test_an_area_leader_gives_the_areas_own_roles_only(tenant: Tenant) -> None:
    fjord, person = make_organisation(), make_person()
    area, other = make_unit(fjord, is_area=True), make_unit(fjord, "Skole", is_area=True)
    row = run(actions.give_role, leader(area), person_id=person.pk, role=AREA_ROLE, unit_id=area.pk, starts_on=TODAY)
    assert (row.organisation_id, row.unit_id) == (fjord.pk, area.pk)
    for role, unit in ((AREA_ROLE, other), (RoleSpec("administrator", "Administrator", "area"), area)):
        with pytest.raises(Refused):
            run(actions.give_role, leader(area), person_id=person.pk, role=role, unit_id=unit.pk, starts_on=TODAY)


def test_a_role_is_held_where_the_model_says(tenant: Tenant) -> None:
    person = make_person()
    with pytest.raises(Invalid) as fault:
        run(actions.give_role, person_id=person.pk, role=AREA_ROLE, starts_on=TODAY)
    assert fault.value.errors[0].field == "unit"
    with pytest.raises(Invalid) as fault:
        run(actions.give_role, person_id=person.pk, role=ROLE, starts_on=TODAY)
    assert fault.value.errors[0].field == "organisation"
    gone = make_person(is_active=False)
    with pytest.raises(Invalid, match="ikke aktiv"):
        run(actions.give_role, person_id=gone.pk, role=RoleSpec("a", "A"), starts_on=TODAY)


# Seats


def test_a_seat_for_each_area_once(tenant: Tenant) -> None:
    fjord = make_organisation(slot="fjord")
    area, service = make_unit(fjord, is_area=True), make_unit(fjord)
    row = run(actions.save_seat, group=GROUP, unit_id=area.pk)
    assert (row.number, row.organisation_id) == (1, fjord.pk)
    with pytest.raises(Conflict, match="allerede en plass"):
        run(actions.save_seat, group=GROUP, unit_id=area.pk)
    with pytest.raises(Invalid):
        run(actions.save_seat, group=GROUP, unit_id=service.pk)
    with pytest.raises(Refused):
        run(actions.save_seat, nobody(), group=FREE)
    make_seat_holding(row, make_person())
    with pytest.raises(Conflict, match="Noen har plassen"):
        run(actions.save_seat, seat_id=row.pk, version=1, group=GROUP, unit_id=area.pk, is_active=False)
    SeatHolding.objects.update(ends_on=TODAY - timedelta(days=1))
    assert not run(
        actions.save_seat, seat_id=row.pk, version=1, group=GROUP, unit_id=area.pk, is_active=False
    ).is_active
    assert run(actions.save_seat, group=GROUP, unit_id=area.pk).number == 2


def test_a_seat_is_in_the_organisation_its_group_is_for(tenant: Tenant) -> None:
    fjord, skog = make_organisation("Fjord", "fjord"), make_organisation("Skog", "skog")
    own = GroupSpec("rad", "Rådet", "fjord", "Fra Fjord", 2, organisation="fjord")
    assert run(actions.save_seat, group=own).organisation == fjord
    with pytest.raises(Invalid, match="Fra Fjord er for Fjord") as fault:
        run(actions.save_seat, group=own, organisation_id=skog.pk)
    assert fault.value.errors[0].field == "organisation"
    each = GroupSpec("rad", "Rådet", "alle", "En fra hver", 2, one_per="organisation")
    with pytest.raises(Invalid, match="for en organisasjon"):
        run(actions.save_seat, group=each)
    for one in (fjord, skog):
        run(actions.save_seat, group=each, organisation_id=one.pk)
    with pytest.raises(Conflict, match="allerede en plass"):
        run(actions.save_seat, group=each, organisation_id=skog.pk)


def seat_of(area: Any) -> Any:
    return make_seat("forum", "fjord", organisation=area.organisation, unit=area)


def test_the_areas_leader_fills_replaces_and_empties_the_seat(tenant: Tenant) -> None:
    fjord = make_organisation()
    area = make_unit(fjord, "Helse", is_area=True)
    seat, first, second = seat_of(area), make_person(organisation=fjord, unit=area), make_person(organisation=fjord)
    given = {"seat_id": seat.pk, "version": 1, "group": GROUP}
    for actor in (admin(), nobody(), leader(make_unit(fjord, "Skole", is_area=True))):
        with pytest.raises(Refused) as refused:
            run(actions.fill_seat, actor, **given, person_id=first.pk, starts_on=TODAY)
        assert "Leder" in str(refused.value.remedy)
    me = leader(area)
    held = run(actions.fill_seat, me, **given, person_id=first.pk, starts_on=date(2026, 1, 1))
    assert held.appointed_by == "Leder, Helse"
    assert told("seat.filled", held.pk)["appointed_on"] == "2026-02-10"
    with pytest.raises(Conflict, match="har plassen fra"):
        run(actions.fill_seat, me, **given, person_id=second.pk, starts_on=TODAY)
    new = run(actions.fill_seat, me, **given, person_id=second.pk, starts_on=TODAY, replace=True)
    held.refresh_from_db()
    assert held.ends_on == TODAY - timedelta(days=1)
    with pytest.raises(Refused):
        run(actions.end_seat, admin(), holding_id=new.pk, version=1, group=GROUP, ends_on=TODAY)
    ended = run(actions.end_seat, me, holding_id=new.pk, version=1, group=GROUP, ends_on=TODAY, reason="Ny jobb")
    assert told("seat.ended", new.pk)["why"] == "Ny jobb"
    with pytest.raises(Invalid, match="på nytt"):
        run(actions.end_seat, me, holding_id=ended.pk, version=2, group=GROUP, ends_on=date(2027, 1, 1))


def test_one_person_one_voting_seat_and_never_oneself(tenant: Tenant) -> None:
    fjord = make_organisation()
    area, other = make_unit(fjord, is_area=True), make_unit(fjord, "Skole", is_area=True)
    seat, person = seat_of(area), make_person(organisation=fjord)
    elsewhere = make_seat("forum", "fjord", 2, organisation=fjord, unit=other)
    make_seat_holding(elsewhere, person)
    given = {"seat_id": seat.pk, "version": 1, "group": GROUP, "starts_on": TODAY}
    with pytest.raises(Conflict, match="annen plass"):
        run(actions.fill_seat, leader(area), **given, person_id=person.pk)
    me = make_person(organisation=fjord)
    actor = make_actor(person=me, role="leder", name="Leder", organisation=fjord, units=[area])
    with pytest.raises(Invalid, match="deg selv"):
        run(actions.fill_seat, actor, **given, person_id=me.pk)


def test_somebody_from_outside_needs_a_reason(tenant: Tenant) -> None:
    fjord = make_organisation()
    area = make_unit(fjord, is_area=True)
    seat, outside = seat_of(area), make_person(organisation=make_organisation())
    given = {"seat_id": seat.pk, "version": 1, "group": GROUP, "starts_on": TODAY, "person_id": outside.pk}
    with pytest.raises(Invalid) as fault:
        run(actions.fill_seat, leader(area), **given)
    assert fault.value.errors[0].field == "exception_reason"
    held = run(actions.fill_seat, leader(area), **given, exception_reason="Innleid")
    assert held.exception_reason == "Innleid"


def test_a_group_without_an_appointing_role_is_for_those_who_give_roles(tenant: Tenant) -> None:
    seat, person = make_seat("forum", "ikt"), make_person()
    given = {"seat_id": seat.pk, "version": 1, "group": FREE, "starts_on": TODAY, "person_id": person.pk}
    with pytest.raises(Refused):
        run(actions.fill_seat, leader(make_unit(make_organisation())), **given)
    assert run(actions.fill_seat, **given).person_id == person.pk


# Stand-ins


def test_one_sets_and_ends_ones_own_stand_in(tenant: Tenant) -> None:
    me, other = make_person(), make_person()
    own = make_actor(person=me, holds=False)
    given = {"person_id": me.pk, "substitute_id": other.pk, "starts_on": TODAY - timedelta(days=3)}
    row = run(actions.set_substitute, own, **given, ends_on=TODAY)
    assert told("substitute.set", row.pk)["after"]["substitute"] == str(other.pk)
    actor = queries.actor_for(other, today=TODAY, role_table={})
    assert actor.stands_in_for == {me.pk}
    with pytest.raises(Conflict, match="allerede stedfortreder"):
        run(actions.set_substitute, own, **given, ends_on=TODAY + timedelta(days=3))
    with pytest.raises(Refused):
        run(actions.end_substitute, nobody(), substitution_id=row.pk, version=1)
    row = run(actions.end_substitute, own, substitution_id=row.pk, version=1)
    assert row.ends_on == TODAY - timedelta(days=1)
    with pytest.raises(Conflict):
        run(actions.end_substitute, own, substitution_id=row.pk, version=2)


def test_nobody_makes_themselves_anothers_stand_in(tenant: Tenant) -> None:
    me, boss = make_person(), make_person()
    given = {"person_id": boss.pk, "starts_on": TODAY, "ends_on": TODAY}
    actor = make_actor(grants=[Act.PEOPLE_MANAGE], person=me)
    with pytest.raises(Invalid, match="deg selv"):
        run(actions.set_substitute, actor, **given, substitute_id=me.pk)
    with pytest.raises(Refused):
        run(actions.set_substitute, make_actor(person=me, holds=False), **given, substitute_id=make_person().pk)
    run(actions.set_substitute, actor, **given, substitute_id=make_person().pk)


@pytest.mark.parametrize(("starts", "ends"), [(0, -1), (-9, -1), (0, 400)])
def test_impossible_absences_are_refused(tenant: Tenant, starts: int, ends: int) -> None:
    me = make_person()
    with pytest.raises(Invalid) as fault:
        run(
            actions.set_substitute,
            make_actor(person=me, holds=False),
            person_id=me.pk,
            substitute_id=make_person().pk,
            starts_on=TODAY + timedelta(days=starts),
            ends_on=TODAY + timedelta(days=ends),
        )
    assert fault.value.errors[0].field == "ends_on"
    assert not Substitution.objects.exists()


def test_an_absence_that_has_not_begun_is_taken_away(tenant: Tenant) -> None:
    me = make_person()
    own = make_actor(person=me, holds=False)
    day = TODAY + timedelta(days=5)
    row = run(actions.set_substitute, own, person_id=me.pk, substitute_id=make_person().pk, starts_on=day, ends_on=day)
    key = row.pk
    run(actions.end_substitute, own, substitution_id=key, version=1)
    assert not Substitution.objects.exists()
    assert told("substitute.cancelled", key)
