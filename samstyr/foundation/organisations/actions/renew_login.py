"""Give somebody who has lost the password, or never chose one, a new way in."""

from __future__ import annotations

from uuid import UUID

from samstyr.foundation.access import Act, may
from samstyr.foundation.audit.action import Context, action
from samstyr.foundation.kernel.errors import Conflict
from samstyr.foundation.kernel.text import gettext_noop, say
from samstyr.foundation.tenancy import actions as tenancy
from samstyr.foundation.tenancy import queries as tenants

from ..models import Person


@action("person.renew_login")
def renew_login(ctx: Context, *, person_id: UUID, version: int) -> Person:
    """End the present password and all sessions; the person chooses a new one by a link.

    The old password ends at once, so that nobody can be impersonated without noticing. Raises Conflict for a
    person without a login, and for a login that other arrangements use too: theirs is not ours to change.
    """
    row = ctx.load(Person, person_id, version=version)
    ctx.require(may(ctx.actor, Act.PEOPLE_MANAGE, row.facts()))
    if row.account is None or not row.is_active:
        raise Conflict(say(gettext_noop("%(person)s har ingen innlogging."), person=row.name), rule="person.account")
    if tenants.tenants_of(row.account_id).exclude(pk=row.tenant_id).exists():
        raise Conflict(
            say(gettext_noop("Innloggingen brukes også i en annen styringsordning.")),
            remedy=say(gettext_noop("Be drift om hjelp.")),
            rule="person.account",
        )
    tenancy.end_password(account=row.account)
    before = row.snapshot()
    ctx.save(row)
    ctx.record("person.login_renewed", row, before=before)
    return row
