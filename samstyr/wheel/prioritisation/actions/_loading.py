"""Load a round or an entry, locked, and ask whether the person may manage it or score in it."""

from __future__ import annotations

from uuid import UUID

from samstyr.foundation.access import Act, may
from samstyr.foundation.audit.action import Context
from samstyr.foundation.kernel.errors import Conflict
from samstyr.foundation.kernel.text import gettext_noop, say

from .. import queries
from ..models import Entry, Round, RoundState


def managed(ctx: Context, round_id: UUID, version: int | None = None) -> Round:
    """The round, if the actor may manage it."""
    ctx.require(may(ctx.actor, Act.PLAN_EDIT, queries.round_facts()))
    return ctx.load(Round, round_id, version=version)


def managed_open(ctx: Context, round_id: UUID, version: int | None = None) -> Round:
    """The same, while it is not closed."""
    row = managed(ctx, round_id, version)
    require_not_closed(row)
    return row


def managed_entry(ctx: Context, entry_id: UUID, version: int | None = None) -> tuple[Round, Entry]:
    """An entry and its round, both locked, if the actor may manage the round and it is not closed."""
    ctx.require(may(ctx.actor, Act.PLAN_EDIT, queries.round_facts()))
    entry = ctx.load(Entry, entry_id)
    row = managed_open(ctx, entry.round_id)
    return row, ctx.load(Entry, entry_id, version=version)


def scored_entry(ctx: Context, entry_id: UUID) -> tuple[Round, Entry]:
    """An entry and its round, both locked, if the actor may score in the round and it is not closed."""
    entry = ctx.load(Entry, entry_id)
    row = ctx.load(Round, entry.round_id)
    ctx.require(may(ctx.actor, Act.SCORE_GIVE, queries.named_facts(row, ctx.today)))
    require_not_closed(row)
    return row, entry


def require_not_closed(row: Round) -> None:
    """Raises Conflict once the round is closed."""
    if row.state == RoundState.CLOSED:
        raise Conflict(
            say(gettext_noop("Runden er avsluttet, og vurderingene ligger fast.")),
            remedy=say(gettext_noop("Den som leder runden, kan gjenåpne den med en begrunnelse.")),
            rule="round.closed",
        )
