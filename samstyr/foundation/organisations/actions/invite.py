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
    """Make an account with the person's e-mail as user name, and no password until they have chosen one.

    An account that exists already is never tied to the person by its name alone: whoever made it may know its
    password. The arrangement's slug is then put after the e-mail. Raises Refused, Conflict when the person has an account or is inactive, Invalid without an e-mail.
    """
    row = ctx.load(Person, person_id, version=version)
    ctx.require(may(ctx.actor, Act.PEOPLE_MANAGE, row.facts()))
    if row.account_id:
        raise Conflict(
            say(gettext_noop("%(person)s har allerede en innlogging."), person=row.name), rule="person.account"
        )
    if not row.is_active:
        raise Conflict(say(gettext_noop("%(person)s er ikke aktiv."), person=row.name), rule="person.inactive")
    if not row.email:
        raise Invalid.field(
            "email",
            say(gettext_noop("Personen har ingen e-postadresse.")),
            remedy=say(gettext_noop("Legg inn e-postadressen først. Den blir brukernavnet.")),
        )
    tenant = Tenant.objects.get(pk=ctx.actor.tenant)
    account = tenancy.create_account(username=_free_name(row.email, tenant), name=row.name, password=None)
    tenancy.join(account=account, tenant=tenant)
    before = row.snapshot()
    row.account = account
    ctx.save(row)
    ctx.record("person.invited", row, before=before)
    return row


def _free_name(email: str, tenant: Tenant) -> str:
    for name in (email, f"{email}#{tenant.slug}"):
        if not Account.objects.filter(username=name).exists():
            return name
    raise Conflict(
        say(gettext_noop("E-postadressen er i bruk som innlogging i denne styringsordningen.")),
        remedy=say(gettext_noop("Be drift om hjelp.")),
        rule="person.account",
    )
