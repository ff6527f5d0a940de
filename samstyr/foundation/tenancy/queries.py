"""Which tenants there are, and who takes part: asked before a tenant is entered."""

from __future__ import annotations

from typing import Any

from django.db import DatabaseError, connection
from django.db.models import QuerySet

from .models import Account, Tenant


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


def demo_accounts() -> QuerySet[Account]:
    """The accounts that demo mode lets one log in as by one click."""
    return Account.objects.filter(is_demo=True, is_active=True).order_by("name")


def database_answers() -> bool:
    """Whether the database can be asked anything."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return False
    return True
