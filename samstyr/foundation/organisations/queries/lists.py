"""Lists and pages of organisations, units, people, seats and stand-ins, each in a fixed number of queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import cast
from uuid import UUID

from django.db.models import Count, Exists, F, OuterRef, Prefetch, Q, QuerySet

from ..models import (
    Organisation,
    Person,
    RoleHolding,
    Seat,
    SeatConsultation,
    SeatHolding,
    Substitution,
    Unit,
)
from ..rules.appointing import Place
from ..rules.composition import Area, SeatState
from . import on_day


@dataclass
class Node:
    """A unit in the tree with what lies below it."""

    unit: Unit
    people: int = 0
    children: list[Node] = field(default_factory=list)


@dataclass(frozen=True)
class SeatRow:
    """A seat with its present term, the next one, and the latest that has ended."""

    seat: Seat
    now: SeatHolding | None
    next: SeatHolding | None
    last: SeatHolding | None


SORTS = {
    "name": ("name",),
    "-name": ("-name",),
    "title": ("title", "name"),
    "-title": ("-title", "name"),
    "organisation": ("organisation__name", "name"),
    "-organisation": ("-organisation__name", "name"),
    "unit": ("unit__name", "name"),
    "-unit": ("-unit__name", "name"),
}


def organisation(key: UUID) -> Organisation | None:
    """One organisation by its id."""
    return cast("Organisation | None", Organisation.objects.filter(pk=key).first())


def organisations_with_counts() -> QuerySet[Organisation]:
    """All organisations with how many active `units` and `persons` they have."""
    return Organisation.objects.annotate(
        unit_count=Count("units", filter=Q(units__is_active=True), distinct=True),
        person_count=Count("people", filter=Q(people__is_active=True), distinct=True),
    ).order_by("name")


def unit(key: UUID) -> Unit | None:
    """One unit by its id, with organisation and parent."""
    return cast("Unit | None", Unit.objects.select_related("organisation", "parent").filter(pk=key).first())


def units(*, organisation: UUID | None = None, active: bool = True) -> QuerySet[Unit]:
    """Units by organisation and name."""
    rows = Unit.objects.select_related("organisation").order_by("organisation__name", "name")
    if active:
        rows = rows.filter(is_active=True)
    return rows.filter(organisation_id=organisation) if organisation else rows


def tree_of(organisation: UUID) -> list[Node]:
    """An organisation's units as trees, the inactive ones included, with how many active people each has."""
    rows = Unit.objects.filter(organisation_id=organisation).annotate(
        person_count=Count("people", filter=Q(people__is_active=True))
    )
    nodes = {row.pk: Node(row, row.person_count) for row in rows.order_by("name")}
    tops: list[Node] = []
    for node in nodes.values():
        above = nodes.get(node.unit.parent_id)
        (above.children if above else tops).append(node)
    return tops


def areas() -> list[Area]:
    """The active areas with the organisation each lies in."""
    rows = Unit.objects.filter(is_area=True, is_active=True).select_related("organisation")
    return [Area(row.pk, row.name, row.organisation.slot, str(row.organisation)) for row in rows]


def people(
    *,
    text: str = "",
    organisation: UUID | None = None,
    unit: UUID | None = None,
    role: str = "",
    active: bool | None = True,
    on: date,
    sort: str = "name",
) -> QuerySet[Person]:
    """People that match, with what the list shows. `unit` counts those below it; `active` None shows all."""
    rows = Person.objects.select_related("organisation", "unit").prefetch_related(
        Prefetch(
            "holdings",
            RoleHolding.objects.filter(on_day(on)).select_related("organisation", "unit"),
            to_attr="roles_today",
        )
    )
    if text:
        rows = rows.filter(Q(name__icontains=text) | Q(title__icontains=text) | Q(email__icontains=text))
    if organisation:
        rows = rows.filter(organisation_id=organisation)
    if unit:
        from . import unit_tree

        rows = rows.filter(unit_id__in=unit_tree().get(unit, frozenset({unit})))
    if role:
        held = RoleHolding.objects.filter(on_day(on), role=role)
        rows = rows.filter(pk__in=held.values("person_id"))
    if active is not None:
        rows = rows.filter(is_active=active)
    return rows.order_by(*SORTS.get(sort, SORTS["name"]), "pk")


def people_to_choose(*, organisation: UUID | None = None, unit: UUID | None = None) -> QuerySet[Person]:
    """Active people for a choice, by name."""
    rows = Person.objects.filter(is_active=True).select_related("organisation", "unit").order_by("name")
    if unit:
        from . import unit_tree

        return rows.filter(unit_id__in=unit_tree().get(unit, frozenset({unit})))
    return rows.filter(organisation_id=organisation) if organisation else rows


def titles() -> dict[str, str]:
    """The name of everybody there has been, with their title, for what may name nobody."""
    return dict(Person.objects.order_by("name").values_list("name", "title"))


def person(key: UUID) -> Person | None:
    """One person by id, with where they work."""
    rows = Person.objects.select_related("organisation", "unit", "account")
    return cast("Person | None", rows.filter(pk=key).first())


def person_by_email(email: str) -> Person | None:
    """The person with the e-mail address."""
    return cast("Person | None", Person.objects.select_related("account").filter(email__iexact=email).first())


def roles_of(person: UUID) -> QuerySet[RoleHolding]:
    """Everything the person holds or has held, newest first."""
    rows = RoleHolding.objects.filter(person_id=person).select_related("organisation", "unit")
    return rows.order_by(F("ends_on").desc(nulls_first=True), "-starts_on")


def role_holding(key: UUID) -> RoleHolding | None:
    """One holding by its id."""
    rows = RoleHolding.objects.select_related("person", "organisation", "unit")
    return cast("RoleHolding | None", rows.filter(pk=key).first())


def seats_held_by(person: UUID) -> QuerySet[SeatHolding]:
    """The seats the person holds or has held, newest first."""
    rows = SeatHolding.objects.filter(person_id=person)
    return rows.select_related("seat", "seat__organisation", "seat__unit").order_by("-starts_on")


def absences_of(person: UUID, *, since: date) -> QuerySet[Substitution]:
    """When the person is away from `since` on, and who stands in."""
    return Substitution.objects.filter(person_id=person, ends_on__gte=since).select_related("substitute", "person")


def stands_in(person: UUID, *, since: date) -> QuerySet[Substitution]:
    """For whom the person stands in from `since` on."""
    return Substitution.objects.filter(substitute_id=person, ends_on__gte=since).select_related("substitute", "person")


def substitution(key: UUID) -> Substitution | None:
    """One stand-in by its id."""
    rows = Substitution.objects.select_related("person", "substitute")
    return cast("Substitution | None", rows.filter(pk=key).first())


def seat(key: UUID) -> Seat | None:
    """One seat by its id."""
    rows = Seat.objects.select_related("organisation", "unit", "body_organisation")
    return cast("Seat | None", rows.filter(pk=key).first())


def seat_holding(key: UUID) -> SeatHolding | None:
    """One term by its id."""
    rows = SeatHolding.objects.select_related("person", "seat", "seat__organisation", "seat__unit")
    return cast("SeatHolding | None", rows.filter(pk=key).first())


def seat_rows(bodies: Sequence[str], *, on: date) -> dict[tuple[str, UUID | None], list[SeatRow]]:
    """The active seats of the bodies with their terms, by body and the organisation whose body it is."""
    seats = list(
        Seat.objects.filter(body__in=bodies, is_active=True).select_related("organisation", "unit", "body_organisation")
    )
    terms: dict[UUID, list[SeatHolding]] = defaultdict(list)
    rows = SeatHolding.objects.filter(seat__in=[row.pk for row in seats]).select_related("person__organisation")
    for term in rows.order_by("starts_on"):
        terms[term.seat_id].append(term)
    found: dict[tuple[str, UUID | None], list[SeatRow]] = defaultdict(list)
    for row in seats:
        found[row.body, row.body_organisation_id].append(_seat_row(row, terms[row.pk], on))
    return dict(found)


def _seat_row(row: Seat, terms: list[SeatHolding], on: date) -> SeatRow:
    now = [term for term in terms if term.starts_on <= on and (term.ends_on is None or term.ends_on >= on)]
    later = [term for term in terms if term.starts_on > on]
    over = [term for term in terms if term.ends_on is not None and term.ends_on < on]
    last = max(over, key=lambda term: term.ends_on or date.min) if over else None
    return SeatRow(row, now[0] if now else None, later[0] if later else None, last)


def seat_state(row: SeatRow) -> SeatState:
    """The row as the composition check reads it. A holder who is no longer active leaves the seat vacant."""
    holder = row.now.person if row.now and row.now.person.is_active else None
    place = holder.organisation if holder else None
    return SeatState(
        row.seat.pk,
        row.seat.group,
        row.seat.number,
        holder.pk if holder else None,
        row.seat.unit_id,
        row.seat.organisation.slot if row.seat.organisation else "",
        row.last.ends_on if row.last and holder is None else None,
        row.now.ends_on if row.now else None,
        row.now.starts_on if row.now else None,
        Place(place.name, place.kind, place.region) if place else None,
        row.now.exception_reason if row.now else "",
    )


def consultations_of(seats: Iterable[UUID]) -> dict[UUID, list[SeatConsultation]]:
    """Who has been asked for the next appointment to each of the seats, by seat."""
    found: dict[UUID, list[SeatConsultation]] = defaultdict(list)
    for row in SeatConsultation.objects.filter(seat__in=list(seats), holding=None):
        found[row.seat_id].append(row)
    return dict(found)


def consultation(key: UUID) -> SeatConsultation | None:
    """One consultation by its id, with its seat."""
    return cast("SeatConsultation | None", SeatConsultation.objects.select_related("seat").filter(pk=key).first())


def holdings_on(day: date) -> list[RoleHolding]:
    """Every role held by somebody active on the day, with who and where, by the person's name."""
    rows = RoleHolding.objects.filter(on_day(day), person__is_active=True)
    return list(rows.select_related("person", "organisation", "unit").order_by("role", "person__name"))


def substitutions_on(day: date) -> dict[UUID, Person]:
    """Who stands in for whom on the day: the substitute, by the person who is away."""
    rows = Substitution.objects.filter(on_day(day), substitute__is_active=True).select_related("substitute")
    return {row.person_id: row.substitute for row in rows}


def holdings_in(unit: UUID, *, on: date) -> QuerySet[RoleHolding]:
    """Roles held in the unit itself on the day, with who holds them."""
    rows = RoleHolding.objects.filter(on_day(on), unit_id=unit, person__is_active=True)
    return rows.select_related("person").order_by("role", "person__name")


def terms_ending(body: str, *, since: date, until: date) -> list[SeatHolding]:
    """Terms in the body that end between the days, both included, and that nobody has been appointed to follow."""
    rows = SeatHolding.objects.filter(seat__body=body, seat__is_active=True, ends_on__gte=since, ends_on__lte=until)
    later = SeatHolding.objects.filter(seat=OuterRef("seat"), starts_on__gt=OuterRef("ends_on"))
    return list(rows.exclude(Exists(later)).select_related("seat", "person").order_by("ends_on", "seat__number"))


def still_ends(seat: UUID, day: date) -> bool:
    """Whether the seat's term ends on the day, and nobody has been appointed after it."""
    rows = SeatHolding.objects.filter(seat_id=seat)
    return rows.filter(ends_on=day).exists() and not rows.filter(starts_on__gt=day).exists()
