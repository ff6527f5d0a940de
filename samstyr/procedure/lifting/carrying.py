"""Across the wall: the few places where one request touches two arrangements, each in its own scope."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from samstyr.foundation.access import Act, Actor, may
from samstyr.foundation.jobs.rules import Progress, Task, job
from samstyr.foundation.kernel import clock
from samstyr.foundation.kernel.errors import Invalid, NotFound
from samstyr.foundation.kernel.text import gettext_noop, say
from samstyr.foundation.tenancy import queries as tenancy
from samstyr.foundation.tenancy.scope import tenant_scope

from . import actions, queries
from .models import Channel, Lift
from .rules import Package, split_code
from .telling import RULE, TELL


def _stranger(tenant: UUID, name: str) -> Actor:
    """How somebody from another arrangement appears here: by name, without being anybody here."""
    return Actor(UUID(int=0), tenant, name, automatic=RULE)


def connect(*, actor: Actor, now: datetime, key: str | None = None, code: str, own_name: str) -> Channel:
    """Use a code from another arrangement: both get their side of the agreement, or neither.

    Raises Refused, Conflict for an agreement that exists, and Invalid for a code that is none; whether the arrangement it
    names exists is not told.
    """
    may(actor, Act.ORGANISATION_MANAGE, queries.facts()).require()
    slug, secret = split_code(code)
    other = tenancy.tenant_by_slug(slug)
    if other is None or other.pk == actor.tenant:
        raise Invalid.field(
            "code", say(gettext_noop("Koden er brukt eller for gammel. Be om en ny fra dem som ga deg den."))
        )
    with transaction.atomic():
        with tenant_scope(other.pk):
            actions.consume(
                actor=_stranger(other.pk, actor.name), now=now, secret=secret, other=actor.tenant, name=own_name
            )
        return actions.open_channel(actor=actor, now=now, key=key, other=other.pk, name=other.name)


def lift_case(
    *, actor: Actor, now: datetime, key: str | None = None, case_id: UUID, channel_id: UUID, package: Package
) -> Lift:
    """Send the case: noted here and laid in the tray there in one transaction. Raises as `release` and `receive`."""
    channel = queries.channel_by_id(channel_id)
    if channel is None or channel.other_tenant is None:
        raise NotFound
    with transaction.atomic():
        row: Lift = actions.release(
            actor=actor, now=now, key=key, case_id=case_id, channel_id=channel_id, package=package
        )
        with tenant_scope(channel.other_tenant):
            actions.receive(
                actor=_stranger(channel.other_tenant, actor.name), now=now, lift=row.pk, sender=actor.tenant,
                package=package, released_by=actor.name, released_on=row.released_on,
            )  # fmt: skip
    return row


@job(TELL)
def tell(task: Task, progress: Progress) -> None:
    """Tell the arrangement that lifted a case how it goes here now; the newest, whatever made us tell."""
    with tenant_scope(task.tenant, writing=False):
        row = queries.received_by_id(task.about)
        if row is None or row.channel.other_tenant is None:
            return
        other, lift, (state, standing, answer) = row.channel.other_tenant, row.lift, queries.standing_of(row)
    progress.tell(50)
    with tenant_scope(other):
        actions.note_standing(
            actor=_stranger(other, "Samstyr"), now=clock.now(), lift_id=lift, state=state, standing=standing,
            answer=answer,
        )  # fmt: skip
