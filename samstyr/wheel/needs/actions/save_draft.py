"""Save what is written, by hand or by itself while one writes."""

from __future__ import annotations

from uuid import UUID

from samstyr.foundation.access import Act, may
from samstyr.foundation.audit.action import Context, action
from samstyr.foundation.kernel.text import gettext_noop

from .. import queries
from ..models import Need
from ..rules.values import NeedValues
from ._writing import (
    EDITABLE,
    check_limits,
    fill,
    own_need,
    place_of,
    require_state,
    set_participants,
)


@action("needs.save_draft", kind="need")
def save_draft(ctx: Context, *, need_id: UUID, version: int, values: NeedValues) -> Need:
    """Save a draft, or a need that has come back for completion. What is the same as before writes nothing.

    Raises Conflict when somebody else has saved since, or when the need is no longer its writers' to change;
    Refused for who does not write on it, or a unit one may not write needs for; Invalid for impossible values.
    """
    need = own_need(ctx, need_id, version)
    require_state(need, EDITABLE, gettext_noop("Behovet er sendt inn og kan ikke endres nå."))
    values = values.tidy()
    check_limits(ctx, values)
    place = place_of(ctx, values, need.submitter)
    if place.unit is not None and place.unit.pk != need.unit_id:
        submitter = need.submitter_id if need.submitter_id in ctx.actor.people else ctx.actor.person
        facts = queries.read_facts(ctx.actor, place.unit, place.organisation.pk, submitter=submitter)
        ctx.require(may(ctx.actor, Act.NEED_CREATE, facts))
    before = need.snapshot()
    concerned = {row.organisation_id for row in need.participants.all()}
    fill(need, values, place)
    if need.snapshot() == before and concerned == set(place.concerned):
        return need
    ctx.save(need)
    set_participants(ctx, need, place.concerned)
    ctx.record("need.saved", need, before=before)
    return need
