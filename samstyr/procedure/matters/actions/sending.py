"""Send a matter in, take it back, and let one follow another case."""

from __future__ import annotations

from uuid import UUID

from samstyr.foundation.access import Act, may
from samstyr.foundation.audit.action import Context, action
from samstyr.foundation.documents import actions as documents
from samstyr.foundation.kernel.errors import Conflict, Invalid
from samstyr.foundation.kernel.text import gettext_noop, say
from samstyr.procedure.casework import actions as casework
from samstyr.procedure.sources.queries import kinds_cited

from .. import queries
from ..models import Matter, MatterState
from ..rules import MatterValues, send_faults
from .writing import created, own_matter, path_for

LONGEST_REASON = 2_000


@action("matter.send", kind="matter")
def send(ctx: Context, *, matter_id: UUID, version: int | None) -> Matter:
    """Send a draft in: its case opens on its path. One that came back goes on where it was returned from.

    Raises Invalid with everything that must be mended first, and Conflict when it is sent in already.
    """
    matter = own_matter(ctx, matter_id, version)
    values = queries.values_of(matter)
    path = path_for(ctx, values)
    goals = [key for key, _text in queries.goals_to_choose(ctx.today)]
    faults = send_faults(values, path, goals, ctx.today, kinds_cited("matter", matter.pk))
    if faults:
        raise Invalid(*faults, message=say(gettext_noop("Saken kan ikke sendes inn ennå.")))
    for document in queries.files_of(matter):
        documents.freeze(
            actor=ctx.actor, now=ctx.now, document_id=document.pk, owner_facts=matter.facts(), act=Act.CASE_WRITE
        )
    before, returned = matter.snapshot(), matter.state == MatterState.RETURNED
    matter.state, matter.returned_reason = MatterState.OPEN, ""
    ctx.save(matter)
    ctx.record("matter.sent", matter, before=before)
    if returned:
        _go_on(ctx, matter)
    else:
        _open(ctx, matter)
    return matter


def _open(ctx: Context, matter: Matter) -> None:
    casework.open_case(
        actor=ctx.actor,
        now=ctx.now,
        subject_kind=matter.subject,
        subject_id=matter.pk,
        path=matter.path,
        title=matter.title,
        facts={},
        organisations=sorted(row.organisation_id for row in matter.participants.all()),
        unit=matter.unit_id,
    )


def _go_on(ctx: Context, matter: Matter) -> None:
    case = queries.case_of(matter)
    if case is None:
        raise Conflict(say(gettext_noop("Saken finnes ikke lenger.")))
    casework.resubmit(
        actor=ctx.actor.on_behalf("matter.send"),
        now=ctx.now,
        case_id=case.pk,
        title=matter.title,
        facts={},
        organisations=sorted(row.organisation_id for row in matter.participants.all()),
    )


@action("matter.withdraw", kind="matter")
def withdraw(ctx: Context, *, matter_id: UUID, version: int | None, reason: str) -> Matter:
    """Take back a matter that no body has decided on, with the reason; its case ends. Raises Conflict, Invalid, Refused."""
    queries.get_matter(ctx.actor, matter_id)
    matter = ctx.load(Matter, matter_id, version=version)
    ctx.require(may(ctx.actor, Act.CASE_WRITE, matter.facts()))
    if matter.state not in (MatterState.OPEN, MatterState.RETURNED):
        raise Conflict(say(gettext_noop("Bare en sak som er under behandling, kan trekkes.")))
    reason = reason.strip()
    if not reason or len(reason) > LONGEST_REASON or "\0" in reason:
        raise Invalid.field(
            "reason", say(gettext_noop("Skriv begrunnelsen med høyst %(most)s tegn."), most=LONGEST_REASON)
        )
    before = matter.snapshot()
    matter.state, matter.withdrawn_reason = MatterState.WITHDRAWN, reason
    ctx.save(matter)
    ctx.record("matter.withdrawn", matter, before=before)
    case = queries.case_of(matter)
    if case is not None and case.state != "ended":
        casework.withdraw(actor=ctx.actor.on_behalf("matter.withdraw"), now=ctx.now, case_id=case.pk, reason=reason)
    return matter


@action("matter.follow", kind="matter")
def open_following(
    ctx: Context, *, values: MatterValues, follows: UUID | None = None, written_by: UUID | None = None
) -> Matter:
    """Begin a matter and open its case at once, without a draft: it follows from another case, or was taken in.

    Whoever calls acts on behalf of a rule, and has asked whether it may happen.
    """
    if not ctx.actor.automatic:
        raise RuntimeError("a matter that follows is begun by a rule")
    matter = created(ctx, values, written_by=written_by)
    before = matter.snapshot()
    matter.state, matter.follows_id = MatterState.OPEN, follows
    ctx.save(matter)
    ctx.record("matter.sent", matter, before=before)
    _open(ctx, matter)
    return matter
