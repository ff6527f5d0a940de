"""The second wall: what the database itself holds, raised after every migrate and safe to repeat.

PostgreSQL: row-level security with a strict policy, composite foreign keys, append-only grants and triggers.
SQLite: append-only triggers only; there the query layer is the one wall (one tenant, demonstration).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.db import connection, models, transaction

from .models import FactModel, Tenant, TenantModel

POLICY = "samstyr_tenant"
APP_ROLE = "samstyr_app"
PUBLIC_ROLE = "samstyr_public"
BACKUP_ROLE = "samstyr_backup"


def tenant_models() -> list[type[TenantModel]]:
    """Every concrete table that belongs to a tenant."""
    return [model for model in apps.get_app_config("samstyr").get_models() if issubclass(model, TenantModel)]


def tenant_relations(model: type[TenantModel]) -> Iterator[models.ForeignKey[Any, Any]]:
    """The foreign keys of `model` that point at another tenant table."""
    for column in model._meta.concrete_fields:
        if isinstance(column, models.ForeignKey) and issubclass(column.related_model, TenantModel):  # type: ignore[arg-type]
            yield column


@transaction.atomic
def raise_walls() -> None:
    """Bring the database's own guards in line with the tables as they now stand; all of them or none."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            _grant_base(cursor)
            for model in tenant_models():
                _secure_table(cursor, model)
            for model in tenant_models():
                for column in tenant_relations(model):
                    _composite_foreign_key(cursor, model, column)
        for model in tenant_models():
            if issubclass(model, FactModel):
                _append_only(cursor, model._meta.db_table)


def _grant_base(cursor: Any) -> None:
    for role in (APP_ROLE, PUBLIC_ROLE, BACKUP_ROLE):
        cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role])
        if cursor.fetchone() is None:
            return
    cursor.execute(f"GRANT USAGE ON SCHEMA public TO {APP_ROLE}, {PUBLIC_ROLE}, {BACKUP_ROLE}")
    cursor.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {APP_ROLE}")
    cursor.execute(f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {APP_ROLE}")
    cursor.execute(f"GRANT SELECT ON ALL TABLES IN SCHEMA public TO {BACKUP_ROLE}")
    cursor.execute(f"GRANT SELECT ON ALL SEQUENCES IN SCHEMA public TO {BACKUP_ROLE}")
    cursor.execute(f"REVOKE INSERT, UPDATE, DELETE ON {Tenant._meta.db_table} FROM {APP_ROLE}")
    cursor.execute("SELECT to_regclass('django_migrations')")
    if cursor.fetchone()[0]:
        # Read, so that production sees before it starts whether the database is upgraded; never written.
        cursor.execute(f"REVOKE ALL ON django_migrations FROM {APP_ROLE}")
        cursor.execute(f"GRANT SELECT ON django_migrations TO {APP_ROLE}")


def _secure_table(cursor: Any, model: type[TenantModel]) -> None:
    table = model._meta.db_table
    cursor.execute(f'ALTER TABLE "{table}" ENABLE ROW LEVEL SECURITY, NO FORCE ROW LEVEL SECURITY')
    cursor.execute("SELECT 1 FROM pg_policies WHERE tablename = %s AND policyname = %s", [table, POLICY])
    verb = "CREATE" if cursor.fetchone() is None else "ALTER"
    # Strict on purpose: without a tenant this is an error, never an empty list.
    cursor.execute(
        f'{verb} POLICY {POLICY} ON "{table}" '
        "USING (tenant_id = current_setting('samstyr.tenant')::uuid) "
        "WITH CHECK (tenant_id = current_setting('samstyr.tenant')::uuid)"
    )
    name = f"{table}_tenant_id_key"[:63]
    cursor.execute("SELECT 1 FROM pg_constraint WHERE conname = %s AND conrelid = %s::regclass", [name, table])
    if cursor.fetchone() is None:
        cursor.execute(f'ALTER TABLE "{table}" ADD CONSTRAINT "{name}" UNIQUE (tenant_id, id)')
    cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [APP_ROLE])
    if issubclass(model, FactModel) and cursor.fetchone():
        cursor.execute(f'REVOKE UPDATE, DELETE, TRUNCATE ON "{table}" FROM {APP_ROLE}')


def _composite_foreign_key(cursor: Any, model: type[TenantModel], column: models.ForeignKey[Any, Any]) -> None:
    """Replace the simple foreign key by one on (tenant, id): referential checks do not see row security."""
    table, target = model._meta.db_table, column.related_model._meta.db_table
    cursor.execute(
        "SELECT conname, array_length(conkey, 1) FROM pg_constraint WHERE contype = 'f' AND conrelid = %s::regclass "
        "AND (SELECT attnum FROM pg_attribute WHERE attrelid = %s::regclass AND attname = %s) = ANY (conkey)",
        [table, table, column.column],
    )
    present = cursor.fetchall()
    for name, width in present:
        if width == 1:
            cursor.execute(f'ALTER TABLE "{table}" DROP CONSTRAINT "{name}"')
    if not any(width == 2 for _name, width in present):
        cursor.execute(
            f'ALTER TABLE "{table}" ADD FOREIGN KEY (tenant_id, "{column.column}") '
            f'REFERENCES "{target}" (tenant_id, id) DEFERRABLE INITIALLY DEFERRED'
        )


def _append_only(cursor: Any, table: str) -> None:
    if connection.vendor == "postgresql":
        cursor.execute(
            "CREATE OR REPLACE FUNCTION samstyr_append_only() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN RAISE EXCEPTION 'samstyr: % is append-only', TG_TABLE_NAME "
            "USING ERRCODE = 'restrict_violation'; END $$"
        )
        cursor.execute(
            f'CREATE OR REPLACE TRIGGER append_only BEFORE UPDATE OR DELETE ON "{table}" '
            "FOR EACH ROW WHEN (current_user = 'samstyr_app') EXECUTE FUNCTION samstyr_append_only()"
        )
        return
    for verb in ("UPDATE", "DELETE"):
        cursor.execute(
            f'CREATE TRIGGER IF NOT EXISTS "{table}_no_{verb.lower()}" BEFORE {verb} ON "{table}" '
            f"BEGIN SELECT RAISE(ABORT, 'samstyr: {table} is append-only'); END"
        )
