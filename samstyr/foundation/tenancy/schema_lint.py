"""Does the database stand as the walls demand? Run by tests, by `samstyr check` and at start in production."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.db import connection, models

from .models import FactModel, TenantModel
from .walls import APP_ROLE, POLICY, tenant_models

# Tables that are global on purpose, with the reason.
GLOBAL_TABLES = {
    "samstyr_tenant": "the list of tenants itself",
    "samstyr_account": "a login may take part in several tenants",
    "samstyr_membership": "asked before a tenant is entered",
}


def lint_models() -> list[str]:
    """Faults visible in the models alone, on any database."""
    faults: list[str] = []
    for model in apps.get_app_config("samstyr").get_models():
        table = model._meta.db_table
        if not issubclass(model, TenantModel):
            if table not in GLOBAL_TABLES:
                faults.append(f"{table}: neither a tenant table nor listed as global")
            continue
        if model._meta.base_manager_name != "objects":
            faults.append(f"{table}: base manager is not the tenant manager; let Meta extend its parent's Meta")
        for constraint in model._meta.constraints:
            if isinstance(constraint, models.UniqueConstraint) and constraint.fields[:1] != ("tenant",):
                faults.append(f"{table}: unique constraint {constraint.name} does not start with the tenant")
        for column in model._meta.concrete_fields:
            if column.unique and not column.primary_key:
                faults.append(f"{table}.{column.name}: unique across tenants tells that a value exists elsewhere")
        if model._meta.pk.get_internal_type() != "UUIDField":  # type: ignore[union-attr]
            faults.append(f"{table}: key is not random")
        if model._meta.many_to_many:
            faults.append(f"{table}: many-to-many makes a table without a tenant; write the joining table")
    return faults


def lint_database() -> list[str]:
    """Faults in the live schema: all the walls on PostgreSQL, the append-only triggers on SQLite."""
    if connection.vendor != "postgresql":
        return _sqlite_faults()
    faults: list[str] = []
    with connection.cursor() as cursor:
        for model in tenant_models():
            faults += _table_faults(cursor, model)
        cursor.execute(
            "SELECT c.relname, c.relkind, coalesce(c.reloptions::text, '') FROM pg_class c "
            "JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = 'public' AND c.relkind IN ('v', 'm')"
        )
        for name, kind, options in cursor.fetchall():
            if kind == "m":
                faults.append(f"{name}: materialised views are not filtered by row security")
            elif "security_invoker=true" not in options and "security_invoker=on" not in options:
                faults.append(f"{name}: view without security_invoker reads all tenants as its owner")
        # Every unique constraint has an index, and a conditional one is nothing else.
        cursor.execute(
            "SELECT t.relname, i.relname FROM pg_index x JOIN pg_class t ON t.oid = x.indrelid "
            "JOIN pg_class i ON i.oid = x.indexrelid WHERE x.indisunique AND NOT x.indisprimary "
            "AND t.relnamespace = 'public'::regnamespace AND t.relname = ANY(%s) "
            "AND x.indkey[0] <> (SELECT attnum FROM pg_attribute WHERE attrelid = t.oid AND attname = 'tenant_id')",
            [[model._meta.db_table for model in tenant_models()]],
        )
        faults += [f"{table}: {name} does not start with the tenant" for table, name in cursor.fetchall()]
    return faults


def _sqlite_faults() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        triggers = {row[0] for row in cursor.fetchall()}
    return [
        f"{model._meta.db_table}: append-only trigger for {verb} is missing"
        for model in tenant_models()
        if issubclass(model, FactModel)
        for verb in ("update", "delete")
        if f"{model._meta.db_table}_no_{verb}" not in triggers
    ]


def lint_running_role() -> list[str]:
    """Faults of the role the application runs as. What it may become by SET ROLE counts as what it is."""
    if connection.vendor != "postgresql":
        return []
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT current_user, "
            "EXISTS (SELECT 1 FROM pg_roles WHERE (rolsuper OR rolbypassrls) AND pg_has_role(oid, 'MEMBER')), "
            "EXISTS (SELECT 1 FROM pg_class WHERE relnamespace = 'public'::regnamespace "
            "AND pg_has_role(relowner, 'MEMBER'))"
        )
        name, bypass, owner = cursor.fetchone()
    if bypass or owner:
        return [f"role {name} is owner, superuser or bypasses row security; run as samstyr_app"]
    return []


def _table_faults(cursor: Any, model: type[TenantModel]) -> list[str]:
    table = model._meta.db_table
    faults = []
    cursor.execute("SELECT relrowsecurity, relforcerowsecurity FROM pg_class WHERE oid = %s::regclass", [table])
    enabled, forced = cursor.fetchone()
    if not enabled:
        faults.append(f"{table}: row-level security is off")
    if forced:
        faults.append(f"{table}: FORCE row security lets migrations validate constraints they cannot see")
    cursor.execute("SELECT policyname, qual, with_check FROM pg_policies WHERE tablename = %s", [table])
    policies = cursor.fetchall()
    strict = "(tenant_id = (current_setting('samstyr.tenant'::text))::uuid)"
    if [p[0] for p in policies] != [POLICY]:
        faults.append(f"{table}: policies are {[p[0] for p in policies]}, expected {POLICY} alone")
    elif policies[0][1] != strict or policies[0][2] != strict:
        faults.append(f"{table}: the policy is not the strict one")
    cursor.execute(
        "SELECT conname FROM pg_constraint WHERE contype = 'f' AND conrelid = %s::regclass "
        "AND array_length(conkey, 1) = 1 AND confrelid::regclass::text = ANY(%s)",
        [table, [m._meta.db_table for m in tenant_models()]],
    )
    faults += [f"{table}: {row[0]} points at a tenant table without the tenant" for row in cursor.fetchall()]
    if issubclass(model, FactModel):
        cursor.execute(
            "SELECT tgenabled FROM pg_trigger WHERE tgrelid = %s::regclass AND tgname = 'append_only'", [table]
        )
        trigger = cursor.fetchone()
        if trigger is None or trigger[0] not in ("O", "A"):
            faults.append(f"{table}: append-only trigger is missing or switched off")
        cursor.execute(
            "SELECT verb FROM unnest(ARRAY['UPDATE', 'DELETE', 'TRUNCATE']) verb "
            "WHERE EXISTS (SELECT 1 FROM pg_roles WHERE rolname = %s) AND has_table_privilege(%s, %s, verb)",
            [APP_ROLE, APP_ROLE, table],
        )
        faults += [f"{table}: the application may {row[0]} facts" for row in cursor.fetchall()]
    return faults
