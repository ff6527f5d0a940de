"""Write a matter: a draft until it is sent in, and again when it has come back."""

from __future__ import annotations

from uuid import UUID

from samstyr.foundation.access import Act, may
from samstyr.foundation.audit.action import Context, action
from samstyr.foundation.documents import actions as documents
from samstyr.foundation.governance.rules.paths import Path
from samstyr.foundation.kernel.errors import Conflict, Invalid
from samstyr.foundation.kernel.text import gettext_noop, say
from samstyr.foundation.organisations.models import Organisation, Person, Unit

from .. import queries
from ..models import Matter, MatterOrganisation, MatterState
from ..rules import MatterValues, limit_faults

EDITABLE = (MatterState.DRAFT, MatterState.RETURNED)
PLAIN = ("title", "background", "question", "requested_by", "clause")


@action("matter.create", kind="matter")
def create_draft(ctx: Context, *, values: MatterValues) -> Matter:
    """Begin a matter. Raises Invalid for a path that the model does not have for matters, or values that cannot be kept."""
    ctx.require(may(ctx.actor, Act.CASE_CREATE, queries.create_facts(ctx.actor)))
    return created(ctx, values, written_by=ctx.actor.person)


def created(ctx: Context, values: MatterValues, *, written_by: UUID | None) -> Matter:
    """A draft with the values; whoever calls has asked `may`."""
    path = path_for(ctx, values)
    matter = Matter(written_by_id=written_by, path=path.key, subject=path.subject)
    ctx.create(filled(matter, values))
    set_participants(ctx, matter, values)
    ctx.record("matter.created", matter)
    return matter


@action("matter.save", kind="matter")
def save_draft(ctx: Context, *, matter_id: UUID, version: int | None, values: MatterValues) -> Matter:
    """Save a draft or a returned matter; one that has come back stays on its path. Raises Conflict when it is sent in."""
    matter = own_matter(ctx, matter_id, version)
    path = path_for(ctx, values)
    if matter.state == MatterState.RETURNED and path.key != matter.path:
        raise Invalid.field(
            "path", say(gettext_noop("Saken er på vei og kan ikke bytte beslutningsvei.")), value=path.key
        )
    before = matter.snapshot()
    matter.path, matter.subject = path.key, path.subject
    ctx.save(filled(matter, values))
    set_participants(ctx, matter, values)
    ctx.record("matter.saved", matter, before=before)
    return matter


@action("matter.delete", kind="matter")
def delete_draft(ctx: Context, *, matter_id: UUID) -> Matter:
    """Throw a draft away, with its files. Raises Conflict for a matter that has been sent in."""
    matter = own_matter(ctx, matter_id, None)
    if matter.state != MatterState.DRAFT:
        raise Conflict(
            say(gettext_noop("Bare et utkast kan slettes.")), remedy=say(gettext_noop("Trekk saken i stedet."))
        )
    for document in queries.files_of(matter):
        documents.remove(
            actor=ctx.actor, now=ctx.now, document_id=document.pk, owner_facts=matter.facts(), act=Act.CASE_WRITE
        )
    ctx.record("matter.deleted", matter)
    key = matter.pk
    ctx.delete(matter)
    matter.pk = key
    return matter


def own_matter(ctx: Context, matter_id: UUID, version: int | None) -> Matter:
    """The matter, locked, for its writer to change. Raises NotFound, Refused, and Conflict when it is sent in."""
    queries.get_matter(ctx.actor, matter_id)
    matter = ctx.load(Matter, matter_id, version=version)
    ctx.require(may(ctx.actor, Act.CASE_WRITE, matter.facts()))
    if matter.state not in EDITABLE:
        raise Conflict(
            say(gettext_noop("Saken er sendt inn og kan ikke endres nå.")),
            remedy=say(gettext_noop("Skriv en kommentar i saken i stedet.")),
            rule=f"matter.state.{matter.state}",
        )
    return matter


def path_for(ctx: Context, values: MatterValues) -> Path:
    """The model's path. Raises Invalid for one that is none, or whose cases begin elsewhere, and what cannot be kept."""
    faults = limit_faults(values)
    if faults:
        raise Invalid(*faults)
    for path in queries.paths_to_choose(ctx.today):
        if path.key == values.path:
            return path
    raise Invalid.field("path", say(gettext_noop("Velg hva slags sak det er.")), value=values.path)


def filled(matter: Matter, values: MatterValues) -> Matter:
    """The matter with the values in it; nothing is written."""
    for name in PLAIN:
        setattr(matter, name, getattr(values, name).replace("\r\n", "\n").strip())
    matter.requested_on = values.requested_on
    matter.goals = list(values.goals)
    matter.answers = {key: text.replace("\r\n", "\n").strip() for key, text in values.answers.items() if text.strip()}
    if values.unit is not None and not Unit.objects.filter(pk=values.unit, is_active=True).exists():
        raise Invalid.field("unit", say(gettext_noop("Vi finner ikke tjenesten du valgte.")), value=values.unit)
    matter.unit_id = values.unit
    return matter


def set_participants(ctx: Context, matter: Matter, values: MatterValues) -> None:
    """Let the matter concern exactly the organisations chosen; one's own, or all, when none is chosen."""
    known = {row.pk: row for row in Organisation.objects.all()}
    if missing := [key for key in values.organisations if key not in known]:
        raise Invalid.field(
            "organisations", say(gettext_noop("Vi finner ikke organisasjonen du valgte.")), value=missing[0]
        )
    chosen = set(values.organisations) or _by_default(matter, known)
    present = {row.organisation_id: row for row in MatterOrganisation.objects.filter(matter=matter)}
    for key, row in present.items():
        if key not in chosen:
            ctx.delete(row)
    ctx.create_many(
        MatterOrganisation,
        [MatterOrganisation(matter=matter, organisation_id=key) for key in sorted(chosen - present.keys())],
    )


def _by_default(matter: Matter, known: dict[UUID, Organisation]) -> set[UUID]:
    writer = Person.objects.filter(pk=matter.written_by_id).first() if matter.written_by_id else None
    if writer is not None and writer.organisation_id:
        return {writer.organisation_id}
    municipalities = {key for key, row in known.items() if row.kind == "municipality"}
    return municipalities or set(known)
