"""Add a source, mend it, and let something point to it."""

from __future__ import annotations

from uuid import UUID

from samstyr.foundation.access import Act, Facts, may
from samstyr.foundation.audit.action import Context, action
from samstyr.foundation.kernel.errors import Conflict, Invalid, NotFound
from samstyr.foundation.kernel.text import gettext_noop, say

from . import queries
from .models import Citation, Source
from .rules import LIMITS, OWNERS, SourceValues, faults

MOST = 50


@action("source.add", kind="source")
def add(ctx: Context, *, values: SourceValues) -> Source:
    """Add a source. Raises Refused for who may not raise cases, Invalid with every fault."""
    ctx.require(may(ctx.actor, Act.CASE_CREATE, queries.create_facts(ctx.actor)))
    row = Source(added_by_id=ctx.actor.person)
    _fill(ctx, row, values)
    ctx.create(row)
    ctx.record("source.added", row)
    return row


@action("source.save", kind="source")
def save(ctx: Context, *, source_id: UUID, version: int | None, values: SourceValues) -> Source:
    """Mend a source: who added it, and who administers cases. Raises Refused, Invalid."""
    row = ctx.load(Source, source_id, version=version)
    require_keeper(ctx, row)
    before = row.snapshot()
    _fill(ctx, row, values)
    ctx.save(row)
    ctx.record("source.saved", row, before=before)
    return row


@action("source.cite", kind="source")
def cite(
    ctx: Context, *, source_id: UUID, owner_kind: str, owner_id: UUID, owner_facts: Facts, act: Act, note: str = ""
) -> Citation:
    """Let a case, matter or need point to the source. Whoever may do `act` to it may; the caller names which.

    Raises Conflict when it points there already or to fifty, NotFound for a source that is none.
    """
    ctx.require(may(ctx.actor, act, owner_facts))
    if owner_kind not in OWNERS:
        raise RuntimeError(f"nothing of the kind {owner_kind} points to sources")
    if (source := queries.by_id(source_id)) is None:
        raise NotFound
    note = note.strip()
    if len(note) > 500 or "\0" in note:
        raise Invalid.field("note", say(gettext_noop("Teksten er for lang eller har tegn som ikke kan lagres.")))
    present = Citation.objects.filter(owner_kind=owner_kind, owner_id=owner_id)
    if present.filter(source=source).exists():
        raise Conflict(say(gettext_noop("Saken viser allerede til denne kilden.")))
    if present.count() >= MOST:
        raise Conflict(say(gettext_noop("En sak kan vise til høyst %(most)s kilder."), most=MOST))
    row = ctx.create(Citation(source=source, owner_kind=owner_kind, owner_id=owner_id, note=note))
    ctx.record("source.cited", source, before=source.snapshot(), owner=str(owner_id), owner_kind=owner_kind)
    return row


@action("source.uncite", kind="source")
def uncite(ctx: Context, *, citation_id: UUID, owner_facts: Facts, act: Act) -> Source:
    """Let something no longer point to the source."""
    row = queries.citation_by_id(citation_id)
    if row is None:
        raise NotFound
    ctx.require(may(ctx.actor, act, owner_facts))
    source = row.source
    ctx.record("source.uncited", source, before=source.snapshot(), owner=str(row.owner_id), owner_kind=row.owner_kind)
    ctx.delete(row)
    return source


def require_keeper(ctx: Context, row: Source) -> None:
    """Raise Refused for others than who added the source and who administers cases."""
    if row.added_by_id not in ctx.actor.people:
        ctx.require(may(ctx.actor, Act.CASE_ADMINISTER, row.facts()))


def _fill(ctx: Context, row: Source, values: SourceValues) -> None:
    found = faults(values, ctx.today)
    if found:
        raise Invalid(*found)
    for name in LIMITS:
        setattr(row, name, getattr(values, name).replace("\r\n", "\n").strip())
    row.kind, row.dated = values.kind, values.dated
    row.availability = values.availability if values.kind == "trend" else ""
