"""Let somebody stand in for a person who is away."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from samstyr.foundation.access import Act, may
from samstyr.foundation.audit.action import Context, action
from samstyr.foundation.kernel.errors import Conflict, Invalid
from samstyr.foundation.kernel.text import gettext_noop, say

from ..models import Person, Substitution
from ..rules.appointing import term

LONGEST_DAYS = 366


@action("substitute.set")
def set_substitute(
    ctx: Context, *, person_id: UUID, substitute_id: UUID, starts_on: date, ends_on: date, note: str = ""
) -> Substitution:
    """Both days included. Each sets it for themselves; others need the right to manage people.

    Raises Refused, Invalid (oneself, dates, somebody who is not active), Conflict when another stands in already.
    """
    person = ctx.load(Person, person_id)
    if ctx.actor.person != person.pk:
        ctx.require(may(ctx.actor, Act.PEOPLE_MANAGE, person.facts()))
    substitute = ctx.load(Person, substitute_id)
    if substitute.pk == person.pk:
        raise Invalid.field("substitute", say(gettext_noop("Velg en annen enn den som er borte.")))
    if ctx.actor.person != person.pk and substitute.pk in ctx.actor.people:
        raise Invalid.field(
            "substitute",
            say(gettext_noop("Du kan ikke gjøre deg selv til stedfortreder for en annen.")),
            remedy=say(gettext_noop("Personen selv eller en annen administrator kan gjøre det.")),
        )
    if not substitute.is_active:
        raise Invalid.field("substitute", say(gettext_noop("%(person)s er ikke aktiv."), person=substitute.name))
    term(starts_on, ends_on)
    if ends_on < ctx.today:
        raise Invalid.field("ends_on", say(gettext_noop("Fraværet er over allerede.")), value=ends_on)
    if (ends_on - starts_on).days > LONGEST_DAYS:
        raise Invalid.field(
            "ends_on",
            say(gettext_noop("En stedfortreder kan settes for høyst ett år.")),
            remedy=say(gettext_noop("Gi rollen til den andre når fraværet er lengre.")),
        )
    other = Substitution.objects.filter(person=person, starts_on__lte=ends_on, ends_on__gte=starts_on)
    if found := other.select_related("substitute").first():
        raise Conflict(
            say(
                gettext_noop("%(person)s er allerede stedfortreder fra %(day)s."),
                person=found.substitute.name,
                day=found.starts_on.strftime("%d.%m.%Y"),
            ),
            remedy=say(gettext_noop("Avslutt det først, eller velg andre datoer.")),
            rule="substitute.overlap",
        )
    row = ctx.create(
        Substitution(person=person, substitute=substitute, starts_on=starts_on, ends_on=ends_on, note=note.strip())
    )
    ctx.record("substitute.set", row)
    return row
