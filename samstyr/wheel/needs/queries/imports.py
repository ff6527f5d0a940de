"""What a file of needs would do, row by row, before anything is written."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import cast
from uuid import UUID

from samstyr.foundation.access import Act, Actor, Facts, may
from samstyr.foundation.documents.files import read_stored
from samstyr.foundation.documents.models import Document
from samstyr.foundation.kernel.errors import NotFound
from samstyr.foundation.kernel.text import Sentence
from samstyr.foundation.organisations.models import Person
from samstyr.foundation.tables.reading import Table

from ..models import Need
from ..rules.importing import (
    Around,
    Options,
    Row,
    Standing,
    UnitChoice,
    read_rows,
    unknown_columns,
)
from ..rules.similarity import Shelf, boil
from .form import form_spec
from .reading import unit_facts, units_to_choose, visible_to

# The kind of owner that a file waiting to be confirmed has: the person who uploaded it.
FILE_KIND = "need_import"
TEXT_COMPARED = 600


@dataclass(frozen=True)
class Preview:
    """Every row with what will happen to it, and the headings that are not read."""

    rows: tuple[Row, ...]
    unread: tuple[str, ...] = ()
    notes: tuple[Sentence, ...] = ()

    def of(self, standing: Standing) -> list[Row]:
        """The rows of one standing, in the file's order."""
        return [row for row in self.rows if row.standing is standing]

    @property
    def counts(self) -> dict[str, int]:
        """How many rows of each standing."""
        return {standing.value: len(self.of(standing)) for standing in Standing}


def around(actor: Actor, day: date) -> Around:
    """What the rows are read against for this actor on this day."""
    units = [
        UnitChoice(
            unit.pk,
            unit.name,
            unit.code,
            unit.organisation_id,
            (unit.organisation.name, unit.organisation.short_name, unit.organisation.slot),
        )
        for unit in units_to_choose(actor)
        if may(actor, Act.NEED_IMPORT, unit_facts(actor, unit))
    ]
    people = {
        mail.casefold(): key
        for mail, key in Person.objects.filter(is_active=True).exclude(email="").values_list("email", "pk")
    }
    return Around(units, people, form_spec(day), day.year)


def import_facts(actor: Actor) -> Facts:
    """What `may(NEED_IMPORT)` is asked of before a file: a need for any of the places one may write for."""
    units = units_to_choose(actor)
    return Facts(
        "need",
        actor.tenant,
        owners=frozenset({actor.person}),
        organisations=frozenset(unit.organisation_id for unit in units),
        units=frozenset(unit.pk for unit in units),
    )


def preview(actor: Actor, table: Table, options: Options, *, day: date) -> Preview:
    """Read the rows and say for each: new, already here, like something else, or faulty. Writes nothing."""
    read = read_rows(table.header, table.rows, around(actor, day), options)
    return Preview(tuple(_compared(actor, _known(read))), tuple(unknown_columns(table.header)), table.notes)


def _known(rows: list[Row]) -> list[Row]:
    """Mark the rows that an earlier import has brought in."""
    keys = [row.key for row in rows]
    present: set[str] = set()
    for start in range(0, len(keys), 500):
        chunk = keys[start : start + 500]
        present.update(Need.objects.filter(import_key__in=chunk).values_list("import_key", flat=True))
    return [
        replace(row, standing=Standing.EXISTING, like=row.values.title)
        if row.standing is Standing.NEW and row.key in present
        else row
        for row in rows
    ]


def _compared(actor: Actor, rows: list[Row]) -> list[Row]:
    """Mark the rows that resemble a need the actor may read, or an earlier row of the file."""
    shelf: Shelf[UUID | int] = Shelf()
    titles: dict[UUID | int, str] = {}
    for present, title, text in visible_to(actor).values_list("pk", "title", "need").iterator(chunk_size=2000):
        shelf.add(present, boil(title, text[:TEXT_COMPARED]))
        titles[present] = title
    result = []
    for row in rows:
        if row.standing is Standing.NEW:
            boiled = boil(row.values.title, row.values.need[:TEXT_COMPARED])
            found = shelf.closest(boiled)
            if found is not None:
                key, same = found
                row = replace(
                    row,
                    standing=Standing.ALIKE,
                    like=titles[key],
                    like_id=key if isinstance(key, UUID) else None,
                    common=same.common[:8],
                )
            shelf.add(row.number, boiled)
            titles[row.number] = row.values.title
        result.append(row)
    return result


def may_import(actor: Actor) -> bool:
    """Whether the actor may bring in a list of needs for anywhere."""
    return bool(may(actor, Act.NEED_IMPORT, import_facts(actor)))


def kept_file(actor: Actor, document_id: UUID) -> Document:
    """The file the actor has uploaded for import. Raises NotFound for others' and other kinds."""
    document = Document.objects.filter(owner_kind=FILE_KIND, owner_id=actor.person, pk=document_id).first()
    if document is None:
        raise NotFound
    return cast("Document", document)


def preview_file(actor: Actor, document_id: UUID, options: Options, *, day: date) -> Preview:
    """As `preview`, of a kept file. Raises Invalid with place and remedy for a file that cannot be read."""
    return preview(actor, read_stored(kept_file(actor, document_id)), options, day=day)
