"""Bring in a list of units that has been looked through."""

from __future__ import annotations

from typing import cast
from uuid import UUID

from samstyr.foundation.audit.action import Context, action
from samstyr.foundation.tables.reading import Table

from ..models import Organisation, Unit
from ..queries.imports import preview_units
from ..rules.importing import Standing, UnitRow, parents_first
from .import_people import Imported, locked, refuse_faulty, result


@action("unit.import")
def import_units(ctx: Context, *, table: Table, only_right: bool = False) -> Imported:
    """Write the new and changed rows, parents first; with `only_right` faulty rows are passed over.

    The same file twice changes nothing the second time. Raises Refused, Invalid with file, row and column.
    """
    # Locked as when a single unit is moved, so that two moves at once cannot make a ring.
    locked(Organisation, list(Organisation.objects.order_by("pk").values_list("pk", flat=True)))
    seen = preview_units(ctx.actor, table)
    refuse_faulty(seen, table, only_right)
    rows = parents_first([row for row in seen.rows if row.standing in (Standing.NEW, Standing.CHANGED)])
    known: dict[tuple[UUID | None, str], UUID] = {
        (organisation, code): key
        for key, organisation, code in Unit.objects.exclude(code="").values_list("pk", "organisation_id", "code")
    }
    standing = {unit.pk: unit for unit in locked(Unit, [row.id for row in rows if row.id])}
    for row in rows:
        known[row.organisation, row.code] = _write(ctx, row, standing, known, table.file_name).pk
    return result(seen)


def _write(
    ctx: Context,
    row: UnitRow,
    standing: dict[UUID, Unit],
    known: dict[tuple[UUID | None, str], UUID],
    file_name: str,
) -> Unit:
    unit = standing[row.id] if row.id else Unit(organisation_id=cast("UUID", row.organisation), code=row.code)
    before = unit.snapshot() if row.id else None
    unit.name, unit.is_area = row.name, row.is_area
    if not row.id or row.parent_code != (unit.parent.code if unit.parent else ""):
        unit.parent_id = known[row.organisation, row.parent_code] if row.parent_code else None
    _ = ctx.save(unit) if before else ctx.create(unit)
    ctx.record("unit.changed" if before else "unit.created", unit, before=before, file=file_name)
    return unit
