"""The national committee in the walks' database, on the shipped model. A program: ``make`` founds it, ``fill`` seats most."""

from __future__ import annotations

import sys
from datetime import UTC, date, datetime, timedelta
from importlib.resources import files
from typing import Any

SLUG, BODY = "utvalget", "du"
ADMINISTRATOR, SECRETARY, DIRECTOR, COUNCIL = "Administrator", "Sekretariatet", "Områdedirektøren", "Rådslederen"
CHAIR, KS_TWO, KS_THREE = "Første fra KS", "Andre fra KS", "Tredje fra KS"
NETWORKS = "Regionale digitaliseringsnettverk"
COLLEGE = "Fylkeskommunalt kollegium for HR og digitalisering"
OFFICES = {
    ADMINISTRATOR: "administrator", SECRETARY: "sekretariat", DIRECTOR: "omradedirektor", COUNCIL: "radet_leder",
}  # fmt: skip
# The list of members that the document prints, by where they are from: kind, region, and the line they fill.
LISTED = {
    "Bergen": ("municipality", "Vestland", "vestland"),
    "Oslo": ("municipality", "Oslo", "oslo"),
    "Levanger": ("municipality", "Trøndelag", "trondelag"),
    "Vestfold og Telemark": ("county_council", "Vestfold og Telemark", "fylker"),
    "Ringerike": ("municipality", "Viken", "viken"),
    "Kristiansand": ("municipality", "Agder", "agder"),
    "Stavanger": ("municipality", "Rogaland", "rogaland"),
    "Volda": ("municipality", "Møre og Romsdal", "more-romsdal"),
    "Larvik": ("municipality", "Vestfold og Telemark", "vestfold-telemark"),
    "Hedmark IKT": ("it_service", "Innlandet", "innlandet"),
    "Hammerfest": ("municipality", "Troms og Finnmark", "troms-finnmark"),
    # Left for the walk to appoint.
    "Lillestrøm": ("municipality", "Viken", ""),
    "Bodø": ("municipality", "Nordland", ""),
    "Møre og Romsdal": ("county_council", "Møre og Romsdal", ""),
}
LOGS_IN = ("Levanger", "Bergen", "Bodø", "Kristiansand")


def member(place: str) -> str:
    """What a member is called."""
    return f"Medlem fra {place}"


def model_text() -> str:
    """The shipped model; the document's quotas ended with the counties in 2023, and here they go on."""
    text = files("samstyr.foundation.governance").joinpath("bundles/ks-du.yaml").read_text("utf-8")
    return text.replace("- valid_to: 2023-12-31\n        size: 17", "- size: 17", 1)


def make() -> None:
    """The tenant with its model, its organisations, and everybody; no seat is laid yet."""
    from samstyr.foundation.access import Actor
    from samstyr.foundation.governance import actions as governance
    from samstyr.foundation.organisations.tests.factories import make_holding, make_organisation, make_person
    from samstyr.foundation.tenancy import actions as tenancy
    from samstyr.foundation.tenancy.scope import tenant_scope

    tenant = tenancy.create_tenant(slug=SLUG, name="Digitaliseringsutvalget", is_demo=True)
    with tenant_scope(tenant.pk):
        ks = make_organisation("KS", "ks", kind="national")
        for number in range(10):
            make_organisation(f"Nettverk {number}", "nettverk" if number == 0 else f"nettverk-{number}", kind="network")
        people = {name: _login(make_person(name, organisation=ks), tenant) for name in OFFICES}
        for name, role in OFFICES.items():
            make_holding(people[name], role)
        for name in (CHAIR, KS_TWO, KS_THREE):
            _login(make_person(name, organisation=ks), tenant)
        for number, (place, (kind, region, _line)) in enumerate(LISTED.items()):
            home = make_organisation(place, f"sted-{number}", kind=kind, region=region)
            person = make_person(member(place), organisation=home)
            make_holding(_login(person, tenant) if place in LOGS_IN else person, "du_medlem", organisation=home)
        by = {
            "actor": Actor(people[ADMINISTRATOR].pk, tenant.pk, ADMINISTRATOR, automatic="walk"),
            "now": datetime.now(UTC),
        }
        version = governance.draft_version(**by, text=model_text(), reason="Mandatet for utvalget.")
        governance.adopt(
            **by, version_id=version.pk, version=version.version, adopted_by="KS", valid_from=date(2021, 1, 1)
        )


def _login(person: Any, tenant: Any) -> Any:
    from samstyr.foundation.tenancy.models import Account, Membership

    name = f"konto-{person.pk}@{SLUG}.example"
    person.account = Account.objects.create_user(name, None, name=person.name, is_demo=True)
    Membership.objects.create(account=person.account, tenant=tenant)
    person.save()
    return person


def fill() -> None:
    """Those of the printed list that the walk does not appoint itself take their seats, by the actions themselves."""
    from samstyr.foundation.governance import queries as governance
    from samstyr.foundation.governance.appointing import group_of
    from samstyr.foundation.organisations import actions, queries
    from samstyr.foundation.organisations.models import Person, Seat
    from samstyr.foundation.tenancy.queries import tenant_by_slug
    from samstyr.foundation.tenancy.scope import tenant_scope

    tenant = tenant_by_slug(SLUG)
    assert tenant is not None
    today = datetime.now(UTC).date()
    with tenant_scope(tenant.pk):
        model = governance.current_model(today)
        assert model is not None
        director = queries.actor_for(
            Person.objects.get(name=DIRECTOR), today=today, role_table=governance.role_table(today)
        )
        by = {"actor": director, "now": datetime.now(UTC)}
        for place, (_kind, _region, line) in LISTED.items():
            if not line:
                continue
            seat, group = Seat.objects.get(body=BODY, group=line, number=1), group_of(model, BODY, line, today)
            assert group is not None
            for who in group.consults:
                asked = today - timedelta(days=40)
                row = actions.consult(
                    **by, seat_id=seat.pk, group=group, consulted=who, asked_on=asked, answer_by=today
                )
                actions.answer_consultation(
                    **by, consultation_id=row.pk, version=row.version, group=group, answered_on=today, answer="Tilrås."
                )
            actions.fill_seat(
                **by, seat_id=seat.pk, version=seat.version, group=group, responsible=True,
                person_id=Person.objects.get(name=member(place)).pk, starts_on=date(today.year, 1, 1),
                exception_reason="Arbeider for kommunene i regionen." if place == "Hedmark IKT" else "",
            )  # fmt: skip


if __name__ == "__main__":
    import django

    django.setup()
    {"make": make, "fill": fill}[sys.argv[1]]()
