"""Making tenants and accounts: an operator's work, before there is anybody to ask `may` of."""

from __future__ import annotations

from django.db import connection, transaction

from samstyr.foundation.kernel.errors import Invalid
from samstyr.foundation.kernel.text import gettext_noop, say

from .models import Account, Membership, Tenant


@transaction.atomic
def create_tenant(*, slug: str, name: str, language: str = "nb", is_demo: bool = False) -> Tenant:
    """A new arrangement. Raises Invalid if the slug is taken."""
    if Tenant.objects.filter(slug=slug).exists():
        raise Invalid.field(
            "slug",
            say(gettext_noop("Det finnes allerede en styringsordning med adressenavnet «%(slug)s»."), slug=slug),
            value=slug,
            remedy=say(gettext_noop("Velg et annet adressenavn.")),
        )
    return Tenant.objects.create(slug=slug, name=name, language=language, is_demo=is_demo)


@transaction.atomic
def create_account(*, username: str, name: str, password: str | None, is_demo: bool = False) -> Account:
    """A new login. Raises Invalid if the user name is taken."""
    if Account.objects.filter(username=username.strip().lower()).exists():
        raise Invalid.field("username", say(gettext_noop("Brukernavnet er i bruk.")), value=username)
    return Account.objects.create_user(username, password, name=name, is_demo=is_demo)


@transaction.atomic
def open_to_demo(*, account: Account, password: str | None) -> Account:
    """Let the account be entered by one click in demo mode; without a password it cannot be used elsewhere."""
    account.is_demo = True
    account.set_password(password)
    account.save(update_fields=["is_demo", "password"])
    return account


@transaction.atomic
def end_password(*, account: Account) -> Account:
    """Make the present password, and every session begun with it, useless."""
    account.set_unusable_password()
    account.save(update_fields=["password"])
    return account


@transaction.atomic
def join(*, account: Account, tenant: Tenant) -> Membership:
    """Let an account take part in a tenant; twice is once."""
    membership, _created = Membership.objects.get_or_create(account=account, tenant=tenant)
    return membership


def is_postgresql() -> bool:
    """Whether the second wall can stand."""
    return connection.vendor == "postgresql"
