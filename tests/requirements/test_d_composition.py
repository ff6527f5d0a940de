"""The national committee's composition and terms as the shipped model has them (walk W2, steps 1 to 6)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from samstyr.foundation.access import Act, Actor
from samstyr.foundation.governance.appointing import group_of, groups_of, role_spec, size_of
from samstyr.foundation.governance.rules.lint import lint
from samstyr.foundation.governance.rules.loading import load_text
from samstyr.foundation.governance.rules.schema import GovernanceModel
from samstyr.foundation.kernel.errors import Conflict, Invalid, Refused
from samstyr.foundation.organisations import actions
from samstyr.foundation.organisations.models import Organisation, Person, Seat, SeatHolding
from samstyr.foundation.organisations.queries import lists
from samstyr.foundation.organisations.rules.appointing import GroupSpec
from samstyr.foundation.organisations.rules.composition import Composition, check, months_later
from samstyr.foundation.organisations.tests.factories import make_actor, make_person, make_tenant
from samstyr.foundation.tenancy.scope import tenant_scope

BUNDLE = Path("samstyr/foundation/governance/bundles/ks-du.yaml")
DU, NETWORKS, COLLEGE, DIRECTORS = (
    "du", "Regionale digitaliseringsnettverk", "Fylkeskommunalt kollegium for HR og digitalisering",
    "Fylkesvise kommunedirektørutvalg",
)  # fmt: skip
FIRST, LAST = date(2021, 1, 1), date(2024, 12, 31)
# The list of members that the document prints: what they are from, its kind and region, and the line they fill.
LISTED = [
    ("Bergen", "municipality", "Vestland", "vestland"),
    ("Oslo", "municipality", "Oslo", "oslo"),
    ("Levanger", "municipality", "Trøndelag", "trondelag"),
    ("Vestfold og Telemark fylkeskommune", "county_council", "Vestfold og Telemark", "fylker"),
    ("Ringerike", "municipality", "Viken", "viken"),
    ("Lillestrøm", "municipality", "Viken", "viken"),
    ("Kristiansand", "municipality", "Agder", "agder"),
    ("Bodø", "municipality", "Nordland", "nordland"),
    ("Møre og Romsdal fylkeskommune", "county_council", "Møre og Romsdal", "fylker"),
    ("Stavanger", "municipality", "Rogaland", "rogaland"),
    ("Volda", "municipality", "Møre og Romsdal", "more-romsdal"),
    ("Larvik", "municipality", "Vestfold og Telemark", "vestfold-telemark"),
    ("Hedmark IKT", "it_service", "Innlandet", "innlandet"),
    ("Hammerfest", "municipality", "Troms og Finnmark", "troms-finnmark"),
]


def at(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 9, tzinfo=UTC)


@dataclass
class Du:
    """The committee's arrangement: the model, the seats, and who asks and appoints."""

    model: GovernanceModel
    secretariat: Actor
    director: Actor
    places: dict[str, Organisation] = field(default_factory=dict)

    def group(self, key: str) -> GroupSpec:
        found = group_of(self.model, DU, key, FIRST)
        assert found is not None
        return found

    def seat(self, group: str, number: int = 1) -> Seat:
        return Seat.objects.get(body=DU, group=group, number=number)

    def composition(self, day: date = FIRST) -> Composition:
        body = self.model.body(DU)
        assert body is not None
        rows = lists.seat_rows([DU], on=day).get((DU, None), [])
        states = [lists.seat_state(row) for row in rows]
        soon = months_later(day, body.term_notice_months)
        return check(groups_of(self.model, body, FIRST), states, [], size=size_of(body, FIRST), soon=soon)

    def place(self, name: str, kind: str, region: str) -> Organisation:
        if name not in self.places:
            slot = f"sted-{len(self.places)}"
            self.places[name] = actions.save_organisation(
                actor=self.secretariat, now=at(FIRST), slot=slot, name=name, kind=kind, region=region
            )
        return self.places[name]

    def somebody(self, name: str, kind: str = "municipality", region: str = "") -> Person:
        return make_person("Digitaliseringssjef", organisation=self.place(name, kind, region))

    def ask(self, seat: Seat, who: str, answer: str = "Tilrådes", day: date = date(2020, 11, 2)) -> None:
        group = self.group(seat.group)
        row = actions.consult(
            actor=self.director, now=at(day), seat_id=seat.pk, group=group, consulted=who, asked_on=day,
            answer_by=date(2020, 11, 30),
        )  # fmt: skip
        if answer:
            actions.answer_consultation(
                actor=self.director, now=at(day), consultation_id=row.pk, version=row.version, group=group,
                answered_on=day, answer=answer,
            )  # fmt: skip

    def fill(self, group: str, person: Person, number: int = 1, **more: Any) -> SeatHolding:
        seat = self.seat(group, number)
        given = {"actor": self.director, "now": at(date(2020, 12, 1)), "starts_on": FIRST, "responsible": True, **more}
        return actions.fill_seat(
            seat_id=seat.pk, version=seat.version, group=self.group(group), person_id=person.pk, **given
        )

    def fill_listed(self) -> None:
        """Everybody on the document's list, asked about as the document says."""
        taken: dict[str, int] = {}
        for name, kind, region, group in LISTED:
            taken[group] = taken.get(group, 0) + 1
            seat = self.seat(group, taken[group])
            self.ask(seat, (COLLEGE if group == "fylker" else NETWORKS))
            reason = "Ressursmiljøet arbeider for kommunene" if kind == "it_service" else ""
            self.fill(group, self.somebody(name, kind, region), taken[group], exception_reason=reason)


@pytest.fixture
def du(db: None) -> Iterator[Du]:
    model = load_text(BUNDLE.read_bytes()).require()
    with tenant_scope(make_tenant().pk):
        secretariat = make_actor(
            grants=[Act.ORGANISATION_MANAGE, Act.ROLE_APPOINT], role="administrator", name="Administrator"
        )
        director = make_actor(grants=[Act.ROLE_APPOINT], role="omradedirektor", name="Områdedirektør")
        ready = Du(model, secretariat, director)
        ks = actions.save_organisation(actor=secretariat, now=at(FIRST), slot="ks", name="KS", kind="national")
        ready.places["KS"] = ks
        body = model.body(DU)
        assert body is not None
        actions.lay_seats(actor=secretariat, now=at(FIRST), groups=groups_of(model, body, FIRST))
        yield ready


def test_d_34_d_35_d_44_the_empty_committee_adds_up_to_seventeen(du: Du) -> None:
    found = du.composition()
    expected = {row.group.key: row.expected for row in found.groups}
    assert (found.size, found.expected, found.filled, found.vacant) == (17, 17, 0, 17)
    assert (expected["ks"], expected["oslo"], expected["fylker"], expected["viken"]) == (3, 1, 2, 2)
    regions = {
        row.group.key: row.expected or 0 for row in found.groups if row.group.key not in ("ks", "oslo", "fylker")
    }
    assert (sum(regions.values()), sorted(regions.values())) == (11, [1] * 9 + [2])
    assert Seat.objects.filter(body=DU).count() == 17
    assert {finding.rule for finding in found.findings} == {"composition.vacant"}
    with pytest.raises(Conflict, match="alle plassene"):
        body = du.model.body(DU)
        actions.lay_seats(actor=du.secretariat, now=at(FIRST), groups=groups_of(du.model, body, FIRST))
    told = {finding.key for finding in lint(du.model)}
    assert {"F-D1", "F-D2", "F-D3"} <= told


def test_d_01_d_39_d_46_the_documents_list_fills_fourteen_and_the_service_is_flagged(du: Du) -> None:
    du.fill_listed()
    found = du.composition()
    assert (found.filled, found.vacant) == (14, 3)
    short = {row.group.key: (row.filled, row.expected) for row in found.groups if row.filled != row.expected}
    assert short == {"ks": (0, 3)}
    assert [row.rule for row in found.findings if row.rule not in ("composition.vacant",)] == ["composition.resource"]
    # Somebody from another region does not fit the seat.
    du.ask(du.seat("viken"), NETWORKS)
    with pytest.raises(Invalid, match="Møre og Romsdal") as fault:
        du.fill("viken", du.somebody("Volda"), starts_on=date(2025, 1, 1))
    assert fault.value.errors[0].field == "person"
    # A service without a reason, and somebody from nowhere, are refused.
    du.ask(du.seat("innlandet"), NETWORKS)
    for person, field_ in ((du.somebody("Hedmark IKT"), "exception_reason"), (make_person("Direktør"), "person")):
        with pytest.raises(Invalid) as fault:
            du.fill("innlandet", person, starts_on=date(2025, 1, 1))
        assert fault.value.errors[0].field == field_


def test_an_organisation_that_changes_region_is_found(du: Du) -> None:
    du.fill_listed()
    place = du.places["Volda"]
    actions.save_organisation(
        actor=du.secretariat, now=at(FIRST), organisation_id=place.pk, version=place.version, name="Volda",
        kind="municipality", region="  vestland ",
    )  # fmt: skip
    assert [row.rule for row in du.composition().findings if row.severity == "error"] == ["composition.place"]


def test_d_40_the_chair_is_from_the_seats_of_the_association(du: Du) -> None:
    role = role_spec(du.model, "du_leder")
    assert role is not None
    member = du.somebody("Bodø", "municipality", "Nordland")
    du.ask(du.seat("nordland"), NETWORKS)
    du.fill("nordland", member)
    given = {"actor": du.secretariat, "now": at(FIRST), "role": role, "starts_on": FIRST}
    with pytest.raises(Invalid, match="plassene fra KS"):
        actions.give_role(person_id=member.pk, **given)
    chair = make_person("Områdedirektør i KS", organisation=du.places["KS"])
    du.fill("ks", chair)
    assert actions.give_role(person_id=chair.pk, **given).role == "du_leder"


def test_d_36_d_48_d_49_nobody_is_appointed_before_the_network_is_asked(du: Du) -> None:
    seat, person = du.seat("nordland"), du.somebody("Bodø", "municipality", "Nordland")
    with pytest.raises(Conflict, match=NETWORKS):
        du.fill("nordland", person)
    other = make_actor(grants=[Act.ROLE_APPOINT], role="sekretariat", name="Sekretariatet")
    group = du.group("nordland")
    asking = {"seat_id": seat.pk, "group": group, "asked_on": date(2020, 11, 2), "answer_by": date(2020, 11, 30)}
    with pytest.raises(Refused):
        actions.consult(actor=other, now=at(FIRST), consulted=NETWORKS, **asking)
    with pytest.raises(Invalid):
        actions.consult(actor=du.director, now=at(FIRST), consulted="Naboen", **asking)
    row = actions.consult(actor=du.director, now=at(FIRST), consulted=NETWORKS, **asking)
    with pytest.raises(Conflict, match="allerede spurt"):
        actions.consult(actor=du.director, now=at(FIRST), consulted=NETWORKS, **asking)
    # Asked, but they still have time to answer.
    with pytest.raises(Conflict, match=NETWORKS):
        du.fill("nordland", person, now=at(date(2020, 11, 20)))
    answer = {"consultation_id": row.pk, "version": row.version, "group": group, "answer": "Tilrådes"}
    with pytest.raises(Invalid):
        actions.answer_consultation(actor=du.director, now=at(FIRST), answered_on=date(2020, 10, 1), **answer)
    actions.answer_consultation(actor=du.director, now=at(FIRST), answered_on=date(2020, 11, 9), **answer)
    with pytest.raises(Refused):
        du.fill("nordland", person, actor=other)
    held = du.fill("nordland", person, now=at(date(2020, 11, 20)))
    row.refresh_from_db()
    assert row.holding_id == held.pk
    # Those who may be asked are no hindrance, and what is answered before an appointment stays.
    assert DIRECTORS in group.may_consult
    with pytest.raises(Conflict, match="kan ikke endres"):
        actions.answer_consultation(
            actor=du.director, now=at(FIRST), answered_on=date(2020, 11, 9), **{**answer, "version": row.version}
        )


def test_those_asked_who_do_not_answer_in_time_are_no_hindrance(du: Du) -> None:
    du.ask(du.seat("agder"), NETWORKS, answer="")
    person = du.somebody("Kristiansand", "municipality", "Agder")
    with pytest.raises(Conflict):
        du.fill("agder", person, now=at(date(2020, 11, 30)))
    assert du.fill("agder", person, now=at(date(2020, 12, 1))).person_id == person.pk


def test_d_38_somebody_without_direct_responsibility_takes_a_reason(du: Du) -> None:
    du.ask(du.seat("agder"), NETWORKS)
    person = du.somebody("Kristiansand", "municipality", "Agder")
    with pytest.raises(Invalid, match="direkte ansvar") as fault:
        du.fill("agder", person, responsible=False)
    assert fault.value.errors[0].field == "exception_reason"
    held = du.fill("agder", person, responsible=False, exception_reason="Har ledet nettverket i ti år")
    assert (held.responsible, held.exception_reason) == (False, "Har ledet nettverket i ti år")


def test_d_43_d_50_a_county_seat_is_for_a_county_after_its_college_is_asked(du: Du) -> None:
    county = du.somebody("Møre og Romsdal fylkeskommune", "county_council", "Møre og Romsdal")
    with pytest.raises(Conflict, match=COLLEGE):
        du.fill("fylker", county)
    du.ask(du.seat("fylker"), COLLEGE)
    with pytest.raises(Invalid, match="annen slags organisasjon"):
        du.fill("fylker", du.somebody("Volda", "municipality", "Møre og Romsdal"), exception_reason="Likevel")
    assert du.fill("fylker", county).person_id == county.pk


def test_d_51_d_52_terms_are_four_years_with_exceptions_that_are_told(du: Du) -> None:
    du.fill_listed()
    held = SeatHolding.objects.filter(seat__body=DU)
    assert {row.ends_on for row in held} == {LAST}
    assert du.composition(date(2024, 6, 1)).ending == {2024: 14}
    told = [row for row in du.composition(date(2024, 7, 1)).findings if row.rule == "composition.ending"]
    assert len(told) == 14
    assert not [row for row in du.composition(date(2024, 6, 1)).findings if row.rule == "composition.ending"]
    row = held.get(seat__group="nordland")
    extending = {"holding_id": row.pk, "version": row.version, "group": du.group("nordland")}
    later = date(2025, 12, 31)
    for actor, ends_on, reason, fault in (
        (du.secretariat, later, "Kontinuitet", Refused),
        (du.director, date(2024, 6, 30), "Kontinuitet", Invalid),
        (du.director, later, " ", Invalid),
    ):
        with pytest.raises(fault):
            actions.extend_seat(actor=actor, now=at(date(2024, 9, 1)), ends_on=ends_on, reason=reason, **extending)
    actions.extend_seat(
        actor=du.director, now=at(date(2024, 9, 1)), ends_on=later, reason="Sikre kontinuitet", **extending
    )
    found = du.composition(date(2024, 9, 1))
    assert found.ending == {2024: 13, 2025: 1}
    assert "Sikre kontinuitet" in [seat.exception for seat in found.exceptions]
    # The next term ends as the rule says; another length needs a reason.
    du.ask(du.seat("agder"), NETWORKS)
    next_one = du.somebody("Kristiansand")
    with pytest.raises(Invalid, match="4 år"):
        du.fill("agder", next_one, starts_on=date(2025, 1, 1), ends_on=date(2026, 12, 31))
    assert du.fill("agder", next_one, starts_on=date(2025, 1, 1)).ends_on == date(2028, 12, 31)
    # Who has let their term run out is told of.
    assert [row.rule for row in du.composition(date(2026, 1, 1)).findings].count("composition.ended") == 13


def test_an_extension_stops_where_another_has_the_seat(du: Du) -> None:
    du.ask(du.seat("agder"), NETWORKS)
    first = du.fill("agder", du.somebody("Kristiansand", "municipality", "Agder"))
    du.ask(du.seat("agder"), NETWORKS)
    du.fill("agder", du.somebody("Arendal", "municipality", "Agder"), starts_on=date(2025, 1, 1))
    with pytest.raises(Conflict, match="har plassen"):
        actions.extend_seat(
            actor=du.director, now=at(date(2024, 9, 1)), holding_id=first.pk, version=first.version,
            group=du.group("agder"), ends_on=date(2025, 6, 30), reason="Kontinuitet",
        )  # fmt: skip
