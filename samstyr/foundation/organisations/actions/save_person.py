"""Make or change a person."""

from __future__ import annotations

from uuid import UUID

from samstyr.foundation.access import Act, may
from samstyr.foundation.audit.action import Context, action
from samstyr.foundation.kernel.text import gettext_noop

from ..models import Person, place_facts
from ._checks import cleaned, place, taken


@action("person.save")
def save_person(
    ctx: Context,
    *,
    person_id: UUID | None = None,
    version: int | None = None,
    name: str,
    title: str = "",
    email: str = "",
    organisation_id: UUID | None = None,
    unit_id: UUID | None = None,
) -> Person:
    """Make (without an id) or change a person; a unit alone gives the organisation too.

    Raises Refused (also where the person is moved to), Conflict, and Invalid for an e-mail in use.
    """
    row = ctx.load(Person, person_id, version=version) if person_id else None
    organisation, unit = place(ctx, organisation_id, unit_id)
    there = place_facts(
        "person", ctx.actor.tenant, organisation.pk if organisation else None, unit.pk if unit else None
    )
    if row:
        ctx.require(may(ctx.actor, Act.PEOPLE_MANAGE, row.facts()))
    ctx.require(may(ctx.actor, Act.PEOPLE_MANAGE, there))
    before = row.snapshot() if row else None
    if row is None:
        row = Person()
    row.name, row.title, row.email = cleaned(name), " ".join(title.split()), email.strip().lower()
    row.organisation, row.unit = organisation, unit
    if row.email:
        same = Person.objects.filter(email=row.email).exclude(pk=row.pk)
        taken(same, "email", gettext_noop("En annen person har denne e-postadressen."), email)
    _ = ctx.save(row) if before else ctx.create(row)
    ctx.record("person.changed" if before else "person.created", row, before=before)
    return row
