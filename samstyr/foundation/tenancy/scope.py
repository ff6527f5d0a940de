"""One entrance: nothing of a tenant is read or written outside `tenant_scope`."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from contextlib import ExitStack, contextmanager
from contextvars import ContextVar
from typing import Any, TypeVar
from uuid import UUID

from django.db import connection, transaction

_current: ContextVar[UUID | None] = ContextVar("samstyr_tenant", default=None)
_remembered: ContextVar[dict[tuple[type, Hashable], Any]] = ContextVar("samstyr_remembered")
Found = TypeVar("Found")


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
        token, memory = _current.set(tenant_id), _remembered.set({})
        try:
            yield
            # In a surrounding transaction the setting would outlive this scope: put the old one back.
            # After a fault the rollback does it, and asking a broken transaction would hide the fault.
            if postgresql and not connection.needs_rollback:
                _set_database_tenant(str(before) if before else "")
        finally:
            _remembered.reset(memory)
            _current.reset(token)


def remembered(table: type, key: Hashable, find: Callable[[], Found]) -> Found:
    """What `find` gave, asked once in a scope and again when a row of the table has been written.

    For what one page asks many times and hardly anybody changes; the found must depend on that table alone.
    """
    require_tenant_id()
    memory = _remembered.get()
    if (table, key) not in memory:
        memory[table, key] = find()
    found: Found = memory[table, key]
    return found


def forget(table: type | None = None) -> None:
    """Let go of what is remembered of the table, or of everything when what was written is taken back."""
    memory = _remembered.get(None)
    if memory:
        for place in [place for place in memory if table is None or place[0] is table]:
            del memory[place]


def _set_database_tenant(value: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('samstyr.tenant', %s, true)", [value])
