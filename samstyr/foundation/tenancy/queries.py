"""Which tenants there are, and who takes part: asked before a tenant is entered."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import DatabaseError, connection
from django.db.models import QuerySet

from samstyr.foundation.kernel.errors import NotFound

from .models import Account, Membership, Tenant
from .scope import tenant_scope


def tenant_for(account_id: Any, slug: str) -> Tenant | None:
    """The tenant `slug`, if the account takes part in it."""
    return Tenant.objects.filter(slug=slug, memberships__account_id=account_id).first()


def tenants_of(account_id: Any) -> QuerySet[Tenant]:
    """The tenants an account takes part in, by name."""
    return Tenant.objects.filter(memberships__account_id=account_id).order_by("name")


def all_tenants() -> QuerySet[Tenant]:
    """Every tenant, for commands that go through them one at a time."""
    return Tenant.objects.order_by("slug")


def tenant_by_slug(slug: str) -> Tenant | None:
    """The tenant by its slug: for commands, and for what is published to everybody."""
    return Tenant.objects.filter(slug=slug).first()


@contextmanager
def public_scope(slug: str, shows: Callable[[], bool]) -> Iterator[Tenant]:
    """The arrangement by its slug, entered for reading, if it shows anybody something; gives the arrangement.

    Raises NotFound, in the same way for one that never was and one that shows nothing.
    """
    tenant = tenant_by_slug(slug)
    if tenant is None:
        raise NotFound
    with tenant_scope(tenant.pk, writing=False):
        if not shows():
            raise NotFound
        yield tenant


def demo_accounts() -> QuerySet[Account]:
    """The accounts that demo mode lets one log in as by one click."""
    return Account.objects.filter(is_demo=True, is_active=True).order_by("name")


def demo_users() -> list[tuple[Tenant, list[Account]]]:
    """The demonstration's accounts by arrangement, both in the order they were made: the most telling come first."""
    found: dict[Any, tuple[Tenant, list[Account]]] = {}
    rows = Membership.objects.filter(account__is_demo=True, account__is_active=True, tenant__is_demo=True)
    for row in rows.select_related("account", "tenant").order_by("tenant__created_at", "account__created_at"):
        found.setdefault(row.tenant_id, (row.tenant, []))[1].append(row.account)
    return list(found.values())


def database_answers() -> bool:
    """Whether the database can be asked anything."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return False
    return True
