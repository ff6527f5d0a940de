"""Send a case to another arrangement, take it into the tray there, and tell back how it goes.

`carrying.py` calls these on each side of the wall in turn; each is a write in its own arrangement.
"""

from __future__ import annotations

from datetime import date
from hashlib import sha256
from uuid import UUID

from samstyr.foundation.access import Act, may
from samstyr.foundation.audit.action import Context, action
from samstyr.foundation.documents import actions as documents
from samstyr.foundation.kernel.errors import Conflict, Invalid, NotFound
from samstyr.foundation.kernel.text import gettext_noop, say
from samstyr.procedure.casework import queries as casework

from ..events import CaseReceived, LiftMoved
from ..models import Channel, ChannelState, Direction, Lift, LiftState, Received
from ..queries import OWNER, facts, incoming_from
from ..rules import Package, package_faults


@action("case.lift", kind="lift")
def release(ctx: Context, *, case_id: UUID, channel_id: UUID, package: Package) -> Lift:
    """Note what is sent, by whom and to whom; a copy, which stays as it was whatever becomes of the case here.

    Raises NotFound, Refused, Invalid with every fault, and Conflict when the agreement has ended or the case waits there.
    """
    case = casework.case_by_id(case_id)
    if case is None or not may(ctx.actor, Act.CASE_READ, casework.case_facts(case)):
        raise NotFound
    ctx.require(may(ctx.actor, Act.CASE_ADMINISTER, casework.case_facts(case)))
    channel = ctx.load(Channel, channel_id)
    if channel.direction != Direction.OUT or channel.state != ChannelState.OPEN:
        raise Conflict(say(gettext_noop("Avtalen om å løfte saker dit er avsluttet.")))
    faults = package_faults(package)
    if faults:
        raise Invalid(*faults)
    if Lift.objects.filter(case=case, channel=channel, state__in=(LiftState.SENT, LiftState.ACCEPTED)).exists():
        raise Conflict(
            say(gettext_noop("Saken er allerede løftet dit.")), remedy=say(gettext_noop("Vent på svaret derfra."))
        )
    row = ctx.create(
        Lift(
            channel=channel,
            case=case,
            title=package.title.strip(),
            background=package.background.strip(),
            question=package.question.strip(),
            priority=package.priority,
            files=[
                {"title": one.title, "sha256": sha256(one.content).hexdigest(), "exempt": one.exempt}
                for one in package.files
            ],
            shielded=list(package.shielded),
            released_by_id=ctx.actor.person,
            released_on=ctx.today,
        )
    )
    ctx.record("case.lifted", row)
    return row


@action("case.receive", kind="received")
def receive(
    ctx: Context, *, lift: UUID, sender: UUID, package: Package, released_by: str, released_on: date
) -> Received:
    """Put a case from another arrangement in the tray, with its files and their access codes. Once, however often it comes.

    Raises Conflict when there is no agreement with the sender any more.
    """
    if not ctx.actor.automatic:
        raise RuntimeError("a case comes from another arrangement, never from a page here")
    present: Received | None = Received.objects.filter(lift=lift).first()
    if present is not None:
        return present
    channel = incoming_from(sender)
    if channel is None:
        raise Conflict(say(gettext_noop("De tar ikke lenger imot saker fra dere.")))
    row = ctx.create(
        Received(
            channel=channel,
            lift=lift,
            title=package.title.strip(),
            background=package.background.strip(),
            question=package.question.strip(),
            priority=package.priority,
            shielded=list(package.shielded),
            released_by=released_by,
            released_on=released_on,
        )
    )
    for one in package.files:
        documents.store(
            actor=ctx.actor, now=ctx.now, owner_kind=OWNER, owner_id=row.pk, owner_facts=facts(), act=Act.CASE_ADMINISTER,
            content=one.content, file_name=one.file_name, title=one.title, exempt=one.exempt, basis=one.legal_basis,
            public_title=one.public_title,
        )  # fmt: skip
    ctx.record("case.received", row)
    ctx.publish(CaseReceived(row.pk))
    return row


@action("lift.note", kind="lift")
def note_standing(ctx: Context, *, lift_id: UUID, state: str, standing: str, answer: str) -> Lift | None:
    """Note how a lifted case goes where it is; done by what is told from there. None when nothing is new."""
    if not ctx.actor.automatic:
        raise RuntimeError("how it goes is told from the other arrangement")
    row = ctx.load(Lift, lift_id)
    if (row.state, row.standing, row.answer) == (state, standing, answer):
        return None
    before, settled = row.snapshot(), row.state != state and state in (LiftState.DECLINED, LiftState.ENDED)
    row.state, row.standing, row.answer, row.told_on = state, standing, answer, ctx.today
    ctx.save(row)
    ctx.record("lift.told", row, before=before)
    ctx.publish(LiftMoved(row.pk, row.case_id, settled))
    return row
