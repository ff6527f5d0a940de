"""Bring in a list of people that has been looked through."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from samstyr.foundation.audit.action import Context, action
from samstyr.foundation.kernel.errors import Invalid
from samstyr.foundation.kernel.text import gettext_noop, say
from samstyr.foundation.tables.reading import Table, place_fault

from ..models import Person
from ..queries.imports import Preview, preview_people
from ..rules.importing import Standing

MOST_FAULTS_TOLD = 20


@dataclass(frozen=True)
class Imported:
    """How many rows were made, changed, left as they were, and passed over as faulty."""

    created: int
    changed: int
    unchanged: int
    passed_over: int


@action("person.import")
def import_people(ctx: Context, *, table: Table, only_right: bool = False) -> Imported:
    """Write the new and changed rows; with `only_right` the faulty ones are passed over, else they stop it all.

    The same file twice changes nothing the second time. Raises Refused, Invalid with file, row and column.
    """
    seen = preview_people(ctx.actor, table)
    refuse_faulty(seen, table, only_right)
    new = [
        Person(
            name=row.name,
            email=row.email,
            title=row.title,
            organisation_id=row.organisation,
            unit_id=row.unit,
        )
        for row in seen.of(Standing.NEW)
    ]
    for person in ctx.create_many(Person, new):
        ctx.record("person.created", person, file=table.file_name)
    changed = seen.of(Standing.CHANGED)
    by_id = {row.id: row for row in changed}
    for person in locked(Person, list(by_id)):
        row, before = by_id[person.pk], person.snapshot()
        person.name, person.title = row.name, row.title
        person.organisation_id, person.unit_id = row.organisation, row.unit
        ctx.save(person)
        ctx.record("person.changed", person, before=before, file=table.file_name)
    return result(seen)


def refuse_faulty(seen: Preview[Any], table: Table, only_right: bool) -> None:
    """Raises Invalid with the first faults when a row is faulty and the person has not chosen to pass it over."""
    faulty = seen.of(Standing.FAULTY)
    if not faulty or only_right:
        return
    raise Invalid(
        *(
            place_fault(
                "file",
                say("%(text)s", text=fault.message),
                fault.remedy,
                file_name=table.file_name,
                row=row.number,
                column=fault.field,
                value=fault.value,
            )
            for row in faulty[:MOST_FAULTS_TOLD]
            for fault in row.faults
        ),
        message=say(gettext_noop("%(number)s rader har feil. Ingenting er lest inn."), number=len(faulty)),
    )


def locked(model: Any, keys: Sequence[Any]) -> list[Any]:
    """The rows, locked, a few hundred at a time."""
    found: list[Any] = []
    for at in range(0, len(keys), 500):
        found += model.objects.select_for_update(of=("self",)).filter(pk__in=keys[at : at + 500])
    return found


def result(seen: Preview[Any]) -> Imported:
    """The preview's counts once it has been carried out."""
    counts = seen.counts
    return Imported(counts["new"], counts["changed"], counts["unchanged"], counts["faulty"])
