"""Bring something, mend it, and take it away."""

from __future__ import annotations

from uuid import UUID

from samstyr.foundation.access import Act, may
from samstyr.foundation.audit.action import Context, action
from samstyr.foundation.kernel.errors import Conflict, Invalid, Refused
from samstyr.foundation.kernel.text import gettext_noop, say
from samstyr.procedure.casework import queries as casework

from . import queries
from .models import MemberContribution
from .rules import ANCHORING, INITIATIVE, PERSPECTIVE, ContributionValues, faults

OWN_FIELDS = {
    INITIATIVE: ("stage", "lesson"),
    PERSPECTIVE: (),
    ANCHORING: ("arena", "audience", "audience_kind"),
}


@action("contribution.add", kind="contribution")
def add(ctx: Context, *, body: str, values: ContributionValues) -> MemberContribution:
    """Bring something to a body as one of its members, or as who serves it for one of its regions.

    The region is the member's own, whatever is given. Raises Refused, and Invalid with every fault.
    """
    ctx.require(may(ctx.actor, Act.MEETING_TAKE_PART, queries.facts_of(body, ctx.today)))
    row = MemberContribution(body=body, kind=values.kind, person_id=ctx.actor.person)
    _fill(ctx, row, values)
    place = queries.place_of(body, ctx.actor.person, ctx.today)
    if place.person is not None:
        row.region, row.organisation_id = place.region, place.organisation
    elif values.region in queries.regions_of(body, ctx.today):
        row.region = values.region
    else:
        raise Invalid.field("region", say(gettext_noop("Velg hvilken region det gjelder.")), value=values.region)
    ctx.create(row)
    ctx.record("contribution.added", row)
    return row


@action("contribution.save", kind="contribution")
def save(ctx: Context, *, contribution_id: UUID, version: int | None, values: ContributionValues) -> MemberContribution:
    """Mend what one has brought; its kind, body and region stay. Raises Refused for somebody else's, Invalid."""
    row = _own(ctx, contribution_id, version)
    before = row.snapshot()
    _fill(ctx, row, values)
    ctx.save(row)
    ctx.record("contribution.saved", row, before=before)
    return row


@action("contribution.remove", kind="contribution")
def remove(ctx: Context, *, contribution_id: UUID) -> MemberContribution:
    """Take away what one has brought. Raises Conflict for a perspective on a case that is ended: it was part of it."""
    row = _own(ctx, contribution_id, None)
    if row.case is not None and row.case.state == "ended":
        raise Conflict(say(gettext_noop("Saken er avsluttet, og det som er sagt i den blir stående.")))
    ctx.record("contribution.removed", row)
    key = row.pk
    ctx.delete(row)
    row.pk = key
    return row


def _own(ctx: Context, key: UUID, version: int | None) -> MemberContribution:
    row = ctx.load(MemberContribution, key, version=version)
    if row.person_id not in ctx.actor.people:
        raise Refused(say(gettext_noop("Bare den som har skrevet dette, kan endre det.")), rule="contribution.own")
    ctx.require(may(ctx.actor, Act.MEETING_TAKE_PART, queries.facts_of(row.body, ctx.today)))
    return row


def _fill(ctx: Context, row: MemberContribution, values: ContributionValues) -> None:
    found = faults(values, ctx.today)
    if values.kind != row.kind:
        raise Invalid.field("kind", say(gettext_noop("Velg hva du vil legge til.")), value=values.kind)
    if values.kind == PERSPECTIVE:
        case = casework.case_by_id(values.case) if values.case else None
        if case is None or not may(ctx.actor, Act.CASE_READ, casework.case_facts(case)):
            raise Invalid.field("case", say(gettext_noop("Vi finner ikke saken.")), value=values.case or "")
        if case.state == "ended":
            raise Conflict(say(gettext_noop("Saken er avsluttet.")))
        row.case = case
    if found:
        raise Invalid(*found)
    for name in ("title", "text", *OWN_FIELDS[values.kind]):
        setattr(row, name, getattr(values, name).replace("\r\n", "\n").strip())
    row.on = values.on or ctx.today
