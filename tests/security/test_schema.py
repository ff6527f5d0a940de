"""The schema stands as the walls demand, and the lint that says so has been seen to fail."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.apps import apps
from django.db import connection, models
from django.db.utils import DatabaseError

from samstyr.foundation.tenancy import schema_lint
from samstyr.foundation.tenancy.models import EditableModel, FactModel, TenantModel
from samstyr.foundation.tenancy.schema_lint import (
    lint_database,
    lint_models,
    lint_running_role,
)
from samstyr.foundation.tenancy.walls import raise_walls, tenant_models
from tests.support import as_owner

pytestmark = pytest.mark.django_db
postgresql = pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has no second wall")
sqlite = pytest.mark.skipif(connection.vendor != "sqlite", reason="of SQLite only")


def test_the_models_are_in_order() -> None:
    assert lint_models() == []


def test_the_database_is_in_order() -> None:
    assert lint_database() == []


def test_the_running_role_is_the_applications() -> None:
    assert lint_running_role() == []


@pytest.mark.as_owner
@postgresql
def test_running_as_owner_is_seen() -> None:
    assert len(lint_running_role()) == 1


def test_every_tenant_table_is_gathered() -> None:
    tables = {model._meta.db_table for model in tenant_models()}
    assert {"samstyr_toynote", "samstyr_toymark", "samstyr_auditevent", "samstyr_person"} <= tables


def run_as_owner(statement: str) -> None:
    with as_owner(), connection.cursor() as cursor:
        cursor.execute(statement)


STRICT = "tenant_id = current_setting('samstyr.tenant')::uuid"
NOTE = "samstyr_toynote"
PLANTED = {
    "row security off": (f"ALTER TABLE {NOTE} DISABLE ROW LEVEL SECURITY", "row-level security is off"),
    "forced": (f"ALTER TABLE {NOTE} FORCE ROW LEVEL SECURITY", "FORCE row security"),
    "lenient policy": (
        f"ALTER POLICY samstyr_tenant ON {NOTE} USING "
        "(tenant_id = nullif(current_setting('samstyr.tenant', true), '')::uuid)",
        "not the strict one",
    ),
    "lenient for writing": (f"ALTER POLICY samstyr_tenant ON {NOTE} WITH CHECK (true)", "not the strict one"),
    "second policy": (f"CREATE POLICY wide ON {NOTE} USING (true)", "expected samstyr_tenant alone"),
    "no policy": (f"DROP POLICY samstyr_tenant ON {NOTE}", "expected samstyr_tenant alone"),
    "simple foreign key": (
        f"ALTER TABLE samstyr_toymark ADD CONSTRAINT plain FOREIGN KEY (note_id) REFERENCES {NOTE} (id)",
        "points at a tenant table without the tenant",
    ),
    "unique across tenants": (f"ALTER TABLE {NOTE} ADD UNIQUE (title)", "does not start with the tenant"),
    "conditionally unique across tenants": (
        f"CREATE UNIQUE INDEX some_title ON {NOTE} (title) WHERE text = ''",
        "does not start with the tenant",
    ),
    "unique on an expression": (f"CREATE UNIQUE INDEX low ON {NOTE} (lower(title))", "does not start with the tenant"),
    "owner's view": (f"CREATE VIEW all_notes AS SELECT * FROM {NOTE}", "view without security_invoker"),
    "materialised view": (f"CREATE MATERIALIZED VIEW kept AS SELECT 1 FROM {NOTE}", "materialised views"),
    "trigger off": ("ALTER TABLE samstyr_toymark DISABLE TRIGGER append_only", "trigger is missing or switched off"),
    "trigger gone": ("DROP TRIGGER append_only ON samstyr_toymark", "trigger is missing or switched off"),
    "facts may be updated": ("GRANT UPDATE ON samstyr_toymark TO samstyr_app", "may UPDATE facts"),
    "facts may be emptied": ("GRANT TRUNCATE ON samstyr_toymark TO samstyr_app", "may TRUNCATE facts"),
}


@postgresql
@pytest.mark.parametrize("fault", PLANTED)
def test_a_planted_fault_is_seen(fault: str) -> None:
    statement, words = PLANTED[fault]
    run_as_owner(statement)
    found = lint_database()
    assert len(found) == 1 and words in found[0]


@postgresql
def test_a_view_with_security_invoker_is_in_order() -> None:
    run_as_owner(f"CREATE VIEW good WITH (security_invoker = true) AS SELECT * FROM {NOTE}")
    assert lint_database() == []


MENDED = [
    "row security off",
    "no policy",
    "simple foreign key",
    "trigger gone",
    "facts may be updated",
    "facts may be emptied",
    "trigger off",
    "lenient policy",
    "lenient for writing",
    "forced",
]


@postgresql
@pytest.mark.parametrize("fault", MENDED)
def test_raising_the_walls_again_mends(fault: str) -> None:
    run_as_owner(PLANTED[fault][0])
    with as_owner():
        raise_walls()
    assert lint_database() == []


@sqlite
@pytest.mark.parametrize("verb", ["update", "delete"])
def test_a_missing_trigger_is_seen_on_sqlite(verb: str) -> None:
    run_as_owner(f"DROP TRIGGER samstyr_toymark_no_{verb}")
    assert lint_database() == [f"samstyr_toymark: append-only trigger for {verb} is missing"]
    raise_walls()
    assert lint_database() == []


def _schema() -> list[tuple[object, ...]]:
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT type, name, sql FROM sqlite_master ORDER BY 1, 2")
            return list(cursor.fetchall())
        cursor.execute(
            "SELECT 'constraint', conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint "
            "WHERE connamespace = 'public'::regnamespace "
            "UNION ALL SELECT 'policy', tablename, policyname, qual || with_check FROM pg_policies "
            "UNION ALL SELECT 'trigger', tgrelid::regclass::text, tgname, pg_get_triggerdef(oid) FROM pg_trigger "
            "WHERE NOT tgisinternal "
            "UNION ALL SELECT 'grants', relname, relkind::text, relacl::text FROM pg_class "
            "WHERE relnamespace = 'public'::regnamespace ORDER BY 1, 2, 3"
        )
        return [(*row[:3], "".join(sorted(str(row[3]))) if row[0] == "grants" else row[3]) for row in cursor.fetchall()]


def test_raising_the_walls_twice_is_once() -> None:
    before = _schema()
    with as_owner():
        raise_walls()
    assert _schema() == before


@postgresql
def test_the_application_makes_no_tenants_and_empties_no_tables() -> None:
    with connection.cursor() as cursor:
        for statement in ("INSERT INTO samstyr_tenant DEFAULT VALUES", f"TRUNCATE {NOTE}", f"DROP TABLE {NOTE}"):
            cursor.execute("SAVEPOINT s")
            with pytest.raises(DatabaseError):
                cursor.execute(statement)
            cursor.execute("ROLLBACK TO SAVEPOINT s")


@pytest.fixture
def scrap() -> Iterator[None]:
    """Models that a test makes are forgotten again."""
    before = dict(apps.all_models["samstyr"])
    yield
    for name in set(apps.all_models["samstyr"]) - set(before):
        del apps.all_models["samstyr"][name]
    apps.clear_cache()


def test_faulty_models_are_seen(scrap: None) -> None:
    class Loose(models.Model):
        class Meta:
            app_label = "samstyr"

    class Wide(EditableModel):
        code = models.CharField(max_length=9, unique=True)
        others = models.ManyToManyField("self")

        class Meta(EditableModel.Meta):
            app_label = "samstyr"
            constraints = (models.UniqueConstraint(fields=("version",), name="wide"),)

    class Forgot(TenantModel):
        class Meta:
            app_label = "samstyr"

    class Counted(FactModel):
        id = models.BigAutoField(primary_key=True)  # type: ignore[assignment]

        class Meta(FactModel.Meta):
            app_label = "samstyr"

    found = "\n".join(lint_models())
    for words in (
        "samstyr_loose: neither a tenant table nor listed as global",
        "samstyr_wide: unique constraint wide does not start with the tenant",
        "samstyr_wide.code: unique across tenants",
        "samstyr_wide: many-to-many",
        "samstyr_forgot: base manager is not the tenant manager",
        "samstyr_counted: key is not random",
    ):
        assert words in found


def test_global_tables_are_listed_with_a_reason() -> None:
    tables = {model._meta.db_table for model in apps.get_app_config("samstyr").get_models()}
    assert set(schema_lint.GLOBAL_TABLES) <= tables
    assert all(schema_lint.GLOBAL_TABLES.values())
