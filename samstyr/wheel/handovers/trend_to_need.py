"""A trend that is ready to be used becomes a draft of a need, which points back to it (A-32)."""

from __future__ import annotations

from uuid import UUID

from samstyr.foundation.access import Act
from samstyr.foundation.audit.action import Context, action
from samstyr.foundation.kernel.errors import Conflict, NotFound
from samstyr.foundation.kernel.text import gettext_noop, say
from samstyr.foundation.organisations.models import Person
from samstyr.procedure.sources import actions as sources
from samstyr.procedure.sources import queries
from samstyr.wheel.needs import actions as needs
from samstyr.wheel.needs.models import Need
from samstyr.wheel.needs.rules.values import NeedValues


@action("trend.into_need", kind="need")
def raise_need(ctx: Context, *, source_id: UUID) -> Need:
    """Begin a need in the actor's own unit in the words of the trend, and let it point there.

    Raises Conflict for a source that is no trend, Refused for who may not write needs.
    """
    source = queries.by_id(source_id)
    if source is None:
        raise NotFound
    if source.kind != "trend":
        raise Conflict(say(gettext_noop("Bare en trend kan bli til et behov.")))
    person = Person.objects.filter(pk=ctx.actor.person).first()
    values = NeedValues(title=source.title[:200], unit=person.unit_id if person else None, need=source.text)
    need = needs.create_draft(actor=ctx.actor, now=ctx.now, values=values)
    sources.cite(
        actor=ctx.actor, now=ctx.now, source_id=source.pk, owner_kind="need", owner_id=need.pk,
        owner_facts=need.facts(), act=Act.NEED_EDIT,
    )  # fmt: skip
    return need
