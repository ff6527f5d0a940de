"""Make or change a unit in an organisation's tree."""

from __future__ import annotations

from uuid import UUID

from samstyr.foundation.access import Act, may
from samstyr.foundation.audit.action import Context, action
from samstyr.foundation.kernel.errors import Invalid
from samstyr.foundation.kernel.text import gettext_noop, say

from .. import queries
from ..models import Organisation, Unit, place_facts
from ._checks import cleaned, taken


@action("unit.save")
def save_unit(
    ctx: Context,
    *,
    unit_id: UUID | None = None,
    version: int | None = None,
    organisation_id: UUID,
    parent_id: UUID | None = None,
    code: str = "",
    name: str,
    kind: str = "",
    is_area: bool = False,
) -> Unit:
    """Make (without an id) or change a unit; `is_area` marks a kommunalsjef's area (B-08, B-26).

    `kind` is a key of the governance model's kinds of units (A-103), or empty.

    Raises Refused, Conflict, and Invalid for a parent elsewhere or below itself, or a code in use.
    """
    # Locked first, so that two moves at once cannot make a ring between them.
    organisation = ctx.load(Organisation, organisation_id)
    row = ctx.load(Unit, unit_id, version=version) if unit_id else None
    facts = row.facts() if row else place_facts("unit", ctx.actor.tenant, organisation.pk, parent_id)
    ctx.require(may(ctx.actor, Act.ORGANISATION_MANAGE, facts))
    before = row.snapshot() if row else None
    if row is None:
        row = Unit(organisation=organisation)
    elif row.organisation_id != organisation.pk:
        raise Invalid.field(
            "organisation", say(gettext_noop("En tjeneste kan ikke flyttes til en annen organisasjon."))
        )
    row.parent = _parent(ctx, row, parent_id)
    row.name, row.code, row.kind, row.is_area = cleaned(name), code.strip(), kind.strip(), is_area
    if row.code:
        same = Unit.objects.filter(organisation=organisation, code=row.code).exclude(pk=row.pk)
        taken(same, "code", gettext_noop("En annen tjeneste i organisasjonen har denne koden."), code)
    _ = ctx.save(row) if before else ctx.create(row)
    ctx.record("unit.changed" if before else "unit.created", row, before=before)
    return row


def _parent(ctx: Context, row: Unit, parent_id: UUID | None) -> Unit | None:
    if parent_id is None:
        return None
    parent = ctx.load(Unit, parent_id)
    if parent.organisation_id != row.organisation_id:
        raise Invalid.field("parent", say(gettext_noop("%(unit)s hører til en annen organisasjon."), unit=parent.name))
    if not parent.is_active:
        raise Invalid.field("parent", say(gettext_noop("%(unit)s er avviklet."), unit=parent.name))
    if parent.pk in queries.unit_tree().get(row.pk, frozenset()):
        raise Invalid.field(
            "parent",
            say(gettext_noop("En tjeneste kan ikke ligge under seg selv.")),
            value=parent.name,
            remedy=say(gettext_noop("Velg en overordnet som ikke ligger under denne.")),
        )
    return parent
