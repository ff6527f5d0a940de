"""An entry of a ledger becomes a draft of a need, and each shows the other (A-32)."""

from __future__ import annotations

from uuid import UUID

from samstyr.foundation.access import Act
from samstyr.foundation.audit.action import Context, action
from samstyr.foundation.kernel.errors import Conflict, NotFound
from samstyr.foundation.kernel.text import gettext_noop, say
from samstyr.foundation.organisations.models import Person
from samstyr.procedure.mandates import actions as mandates
from samstyr.procedure.mandates import queries
from samstyr.wheel.needs import actions as needs
from samstyr.wheel.needs.models import Need
from samstyr.wheel.needs.rules.values import NeedValues


@action("ledger.into_need", kind="need")
def raise_need(ctx: Context, *, entry_id: UUID) -> Need:
    """Begin a need in the actor's own unit in the words of the entry, for the goals that its ledger serves.

    Raises NotFound, Conflict for a ledger whose entries do not become needs, Refused for who may not write needs.
    """
    entry = queries.entry_by_id(entry_id)
    ledger = queries.ledger_on(entry.ledger, ctx.today) if entry else None
    if entry is None or ledger is None:
        raise NotFound
    if not ledger.to_need:
        raise Conflict(say(gettext_noop("Oppføringer i denne oversikten blir ikke til behov.")))
    person = Person.objects.filter(pk=ctx.actor.person).first()
    values = NeedValues(
        title=entry.title[:200], unit=person.unit_id if person else None, need=entry.text,
        goals=tuple(key for key, _text in queries.goals_of(ledger, ctx.today)),
    )  # fmt: skip
    need = needs.create_draft(actor=ctx.actor, now=ctx.now, values=values)
    mandates.use(
        actor=ctx.actor, now=ctx.now, entry_id=entry.pk, owner_kind="need", owner_id=need.pk, owner_facts=need.facts(),
        act=Act.NEED_EDIT,
    )  # fmt: skip
    return need
