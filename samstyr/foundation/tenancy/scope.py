"""One entrance: nothing of a tenant is read or written outside `tenant_scope`."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from contextvars import ContextVar
from uuid import UUID

from django.db import connection, transaction

_current: ContextVar[UUID | None] = ContextVar("samstyr_tenant", default=None)


class NoTenantScope(RuntimeError):
    """A tenant's rows were asked for without saying which tenant: a fault in the code, never an empty list."""


def current_tenant_id() -> UUID | None:
    """The tenant in scope, or None."""
    return _current.get()


def require_tenant_id() -> UUID:
    """The tenant in scope. Raises NoTenantScope when there is none."""
    tenant_id = _current.get()
    if tenant_id is None:
        raise NoTenantScope("Tenant rows were asked for outside tenant_scope(); wrap the work in it.")
    return tenant_id


@contextmanager
def tenant_scope(tenant_id: UUID, *, writing: bool = True) -> Iterator[None]:
    """Bind all queries inside to one tenant, in one transaction.

    PostgreSQL always gets a transaction, because the row policy reads a transaction-local setting.
    SQLite gets one only for writing, since every transaction there takes the single write lock.
    """
    before = _current.get()
    postgresql = connection.vendor == "postgresql"
    with ExitStack() as stack:
        if writing or postgresql:
            stack.enter_context(transaction.atomic())
        if postgresql:
            _set_database_tenant(str(tenant_id))
        token = _current.set(tenant_id)
        try:
            yield
            # In a surrounding transaction the setting would outlive this scope: put the old one back.
            # After a fault the rollback does it, and asking a broken transaction would hide the fault.
            if postgresql and not connection.needs_rollback:
                _set_database_tenant(str(before) if before else "")
        finally:
            _current.reset(token)


def _set_database_tenant(value: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('samstyr.tenant', %s, true)", [value])
