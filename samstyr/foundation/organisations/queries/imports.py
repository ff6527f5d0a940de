"""Looking through a list before it is brought in: each row against what stands, and what the actor may."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Generic, TypeVar
from uuid import UUID

from samstyr.foundation.access import Act, Actor, Facts, may
from samstyr.foundation.kernel.errors import FieldError
from samstyr.foundation.tables.reading import Table, plain

from ..models import Organisation, Person, Unit, place_facts
from ..rules.importing import (
    Around,
    PersonKnown,
    PersonRow,
    Standing,
    UnitKnown,
    UnitRow,
    read_people,
    read_units,
    unit_with_fault,
    with_fault,
)

Row = TypeVar("Row", PersonRow, UnitRow)


@dataclass(frozen=True)
class Preview(Generic[Row]):
    """Every row with what will happen to it."""

    rows: tuple[Row, ...]

    def of(self, standing: Standing) -> list[Row]:
        """The rows of one standing, in the file's order."""
        return [row for row in self.rows if row.standing is standing]

    @property
    def counts(self) -> dict[str, int]:
        """How many rows of each standing."""
        found = Counter(row.standing.value for row in self.rows)
        return {standing.value: found[standing.value] for standing in Standing}

    @property
    def writes(self) -> int:
        """How many rows would be written."""
        return sum(row.standing in (Standing.NEW, Standing.CHANGED) for row in self.rows)


def around() -> Around:
    """What rows are read against."""
    names: dict[str, UUID] = {}
    for row in Organisation.objects.order_by("name"):
        for name in (row.name, row.short_name, row.slot, row.organisation_number):
            if name:
                names.setdefault(plain(name), row.pk)
    return Around(
        names,
        [
            UnitKnown(row.pk, row.organisation_id, row.code, row.name, row.parent_id, row.is_area, row.is_active)
            for row in Unit.objects.all()
        ],
        {
            row.email.lower(): PersonKnown(row.pk, row.name, row.title, row.organisation_id, row.unit_id)
            for row in Person.objects.exclude(email="")
        },
    )


def require_any(actor: Actor, act: Act) -> None:
    """Raises Refused when the actor has the right nowhere; each row is judged by itself afterwards."""
    if not actor.automatic and not any(grant.act is act for grant in actor.grants):
        may(actor, act, Facts("tenant", actor.tenant)).require()


def preview_people(actor: Actor, table: Table) -> Preview[PersonRow]:
    """A list of people, looked through. Raises Refused, and Invalid for a header that cannot be read."""
    require_any(actor, Act.PEOPLE_MANAGE)
    known = around()
    return Preview(tuple(_judged_person(actor, row, known) for row in read_people(table, known)))


def preview_units(actor: Actor, table: Table) -> Preview[UnitRow]:
    """A list of units, looked through. Raises Refused, and Invalid for a header that cannot be read."""
    require_any(actor, Act.ORGANISATION_MANAGE)
    return Preview(tuple(_judged_unit(actor, row) for row in read_units(table, around())))


def _judged_person(actor: Actor, row: PersonRow, known: Around) -> PersonRow:
    if row.standing not in (Standing.NEW, Standing.CHANGED):
        return row
    places = [(row.organisation, row.unit)]
    if row.id:
        before = known.people[row.email]
        places.append((before.organisation, before.unit))
    for organisation, unit in places:
        verdict = may(actor, Act.PEOPLE_MANAGE, place_facts("person", actor.tenant, organisation, unit))
        if not verdict:
            return with_fault(row, FieldError("Organisasjon", verdict.reason, "", verdict.remedy))
    return row


def _judged_unit(actor: Actor, row: UnitRow) -> UnitRow:
    if row.standing not in (Standing.NEW, Standing.CHANGED):
        return row
    verdict = may(actor, Act.ORGANISATION_MANAGE, place_facts("unit", actor.tenant, row.organisation, row.id))
    return row if verdict else unit_with_fault(row, FieldError("Organisasjon", verdict.reason, "", verdict.remedy))
