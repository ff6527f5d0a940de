"""Agree with another arrangement that cases may be lifted to us: a code out, a code in, and the end of it."""

from __future__ import annotations

import secrets
from datetime import timedelta
from uuid import UUID

from samstyr.foundation.access import Act, may
from samstyr.foundation.audit.action import Context, action
from samstyr.foundation.kernel.errors import Conflict, Invalid
from samstyr.foundation.kernel.text import gettext_noop, say

from ..models import Channel, ChannelState, Direction
from ..queries import digest_of, facts, incoming_from
from ..rules import CODE_LASTS_DAYS


@action("channel.invite", kind="channel")
def invite(ctx: Context, *, name: str) -> str:
    """A secret for somebody whose cases we take; told once, kept as a hash, good for fourteen days and one use."""
    ctx.require(may(ctx.actor, Act.ORGANISATION_MANAGE, facts()))
    secret = secrets.token_urlsafe(24)
    row = ctx.create(
        Channel(
            direction=Direction.IN, name=_name(name), state=ChannelState.INVITED, digest=digest_of(secret),
            expires_on=ctx.today + timedelta(days=CODE_LASTS_DAYS),
        )
    )  # fmt: skip
    ctx.record("channel.invited", row)
    return secret


@action("channel.consume", kind="channel")
def consume(ctx: Context, *, secret: str, other: UUID, name: str) -> Channel:
    """Open the agreement that the secret belongs to, for the arrangement that used it. Done by its code, never by a page.

    Raises Invalid for a secret that is none, is used or too old; in the same words.
    """
    if not ctx.actor.automatic:
        raise RuntimeError("a code is used from the other arrangement")
    found = Channel.objects.filter(digest=digest_of(secret), state=ChannelState.INVITED).first()
    if found is None or found.expires_on is None or found.expires_on < ctx.today:
        raise Invalid.field(
            "code", say(gettext_noop("Koden er brukt eller for gammel. Be om en ny fra dem som ga deg den."))
        )
    row = ctx.load(Channel, found.pk)
    before = row.snapshot()
    present = incoming_from(other)
    if present is not None:
        raise Conflict(say(gettext_noop("Avtalen finnes allerede.")))
    row.other_tenant, row.name, row.state, row.digest, row.opened_on = other, name, ChannelState.OPEN, "", ctx.today
    ctx.save(row)
    ctx.record("channel.opened", row, before=before)
    return row


@action("channel.open", kind="channel")
def open_channel(ctx: Context, *, other: UUID, name: str) -> Channel:
    """Our side of an agreement whose code we have used: cases can be lifted there from now on."""
    ctx.require(may(ctx.actor, Act.ORGANISATION_MANAGE, facts()))
    row = ctx.create(
        Channel(
            direction=Direction.OUT, other_tenant=other, name=_name(name), state=ChannelState.OPEN, opened_on=ctx.today
        )
    )
    ctx.record("channel.opened", row)
    return row


@action("channel.close", kind="channel")
def close_channel(ctx: Context, *, channel_id: UUID, version: int | None) -> Channel:
    """End an agreement, or take a code back. What was lifted stays and is told of as before. Raises Conflict twice."""
    row = ctx.load(Channel, channel_id, version=version)
    ctx.require(may(ctx.actor, Act.ORGANISATION_MANAGE, facts()))
    if row.state == ChannelState.CLOSED:
        raise Conflict(say(gettext_noop("Avtalen er allerede avsluttet.")))
    before = row.snapshot()
    row.state, row.digest = ChannelState.CLOSED, ""
    ctx.save(row)
    ctx.record("channel.closed", row, before=before)
    return row


def _name(name: str) -> str:
    name = " ".join(name.split())
    if not name or len(name) > 200 or "\0" in name:
        raise Invalid.field("name", say(gettext_noop("Skriv et navn på høyst 200 tegn.")))
    return name
