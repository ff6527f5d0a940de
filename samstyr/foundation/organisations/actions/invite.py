"""Give a person a login in this arrangement."""

from __future__ import annotations

from uuid import UUID

from samstyr.foundation.access import Act, may
from samstyr.foundation.audit.action import Context, action
from samstyr.foundation.kernel.errors import Conflict, Invalid
from samstyr.foundation.kernel.text import gettext_noop, say
from samstyr.foundation.tenancy import actions as tenancy
from samstyr.foundation.tenancy.models import Account, Tenant

from ..models import Person


@action("person.invite")
def invite(ctx: Context, *, person_id: UUID, version: int) -> Person:
    """Tie the person to the account with their e-mail as user name; a new one has no password until they set it.

    Raises Refused, Conflict when the person has an account or is inactive, Invalid without an e-mail.
    """
    row = ctx.load(Person, person_id, version=version)
    ctx.require(may(ctx.actor, Act.PEOPLE_MANAGE, row.facts()))
    if row.account_id:
        raise Conflict(say(gettext_noop("%(person)s har allerede en innlogging."), person=row.name), rule="person.account")
    if not row.is_active:
        raise Conflict(say(gettext_noop("%(person)s er ikke aktiv."), person=row.name), rule="person.inactive")
    if not row.email:
        raise Invalid.field(
            "email",
            say(gettext_noop("Personen har ingen e-postadresse.")),
            remedy=say(gettext_noop("Legg inn e-postadressen først. Den blir brukernavnet.")),
        )
    account = Account.objects.filter(username=row.email).first() or tenancy.create_account(
        username=row.email, name=row.name, password=None
    )
    if Person.objects.filter(account=account).exists():
        raise Conflict(say(gettext_noop("En annen person her bruker denne innloggingen.")), rule="person.account")
    tenancy.join(account=account, tenant=Tenant.objects.get(pk=ctx.actor.tenant))
    before = row.snapshot()
    row.account = account
    ctx.save(row)
    ctx.record("person.invited", row, before=before)
    return row
