"""Begin to write a need."""

from __future__ import annotations

from uuid import UUID

from samstyr.foundation.access import Act, may
from samstyr.foundation.audit.action import Context, action
from samstyr.foundation.kernel.errors import Invalid
from samstyr.foundation.kernel.text import gettext_noop, say
from samstyr.foundation.organisations.models import Person

from .. import queries
from ..models import CoAuthor, Need
from ..rules.values import NeedValues
from ._writing import check_limits, fill, place_of, set_participants


@action("needs.create_draft", kind="need")
def create_draft(ctx: Context, *, values: NeedValues) -> Need:
    """A new draft, written by the actor; only its writers see it.

    Raises Refused when the actor may not write needs for the unit, Invalid for what can never be stored.
    """
    return write_draft(ctx, values, submitter=ctx.actor.person, registered_by=None)


@action("needs.register_on_behalf", kind="need")
def register_on_behalf(ctx: Context, *, values: NeedValues, submitter: UUID | None = None) -> Need:
    """A new draft that the actor registers for a service, as its representative (B-23).

    `submitter` is who in the service it comes from, and then follows it; without one, the actor does. The
    actor is kept as the one who registered it, and writes along.
    """
    if values.unit is None:
        raise Invalid.field("unit", say(gettext_noop("Velg hvilken tjeneste du melder behovet for.")))
    return write_draft(ctx, values, submitter=submitter or ctx.actor.person, registered_by=ctx.actor.person)


def write_draft(ctx: Context, values: NeedValues, *, submitter: UUID, registered_by: UUID | None) -> Need:
    """Write a new draft with its parts."""
    values = values.tidy()
    person = Person.objects.filter(pk=submitter, is_active=True).select_related("organisation").first()
    if person is None:
        raise Invalid.field("submitter", say(gettext_noop("Vi finner ikke personen behovet kommer fra.")))
    check_limits(ctx, values)
    place = place_of(ctx, values, person)
    facts = queries.read_facts(ctx.actor, place.unit, place.organisation.pk, submitter=submitter)
    ctx.require(may(ctx.actor, Act.NEED_CREATE, facts))
    need = fill(Need(submitter=person, registered_by_id=registered_by), values, place)
    ctx.create(need)
    set_participants(ctx, need, place.concerned)
    if registered_by and registered_by != submitter:
        ctx.create(CoAuthor(need=need, person_id=registered_by))
    ctx.record("need.drafted", need)
    return need
