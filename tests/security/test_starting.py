"""Production that would not be safe does not start, and says why and what to do."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest
from django.db import connection

from samstyr.foundation.tenancy.schema_lint import lint_running_role
from samstyr.foundation.tenancy.starting import found_faults
from samstyr.settings.safety import faults
from tests.support import as_owner

postgresql = pytest.mark.skipif(connection.vendor != "postgresql", reason="of PostgreSQL only")

SAFE = {
    "debug": False,
    "secret_key": "Zq8-Tn4kV_uXo1mWc7RyLb3sHd9gPf6jEa2iQt5vKx0zNwBuYrCe",
    "hosts": ["samstyr.example"],
    "address": "https://samstyr.example",
    "database_url": "postgresql://samstyr_app@localhost/samstyr",
}


@pytest.mark.parametrize(
    ("changes", "word"),
    [
        ({"debug": True}, "SAMSTYR_DEBUG"),
        ({"secret_key": ""}, "SAMSTYR_SECRET_KEY"),
        ({"secret_key": "a" * 60}, "SAMSTYR_SECRET_KEY"),
        ({"secret_key": f"django-insecure-{SAFE['secret_key']}"}, "SAMSTYR_SECRET_KEY"),
        ({"old_keys": ["kort"]}, "SAMSTYR_OLD_SECRET_KEYS"),
        ({"hosts": []}, "SAMSTYR_HOSTS"),
        ({"hosts": ["*"]}, "SAMSTYR_HOSTS"),
        ({"hosts": [".example"]}, "SAMSTYR_HOSTS"),
        ({"address": "http://samstyr.example"}, "SAMSTYR_ADDRESS"),
        ({"database_url": ""}, "DATABASE_URL"),
        ({"database_url": "mysql://x"}, "DATABASE_URL"),
        ({"database_url": "postgresq://samstyr_app@localhost/samstyr"}, "DATABASE_URL"),
        ({"database_url": "postgresql://samstyr_app@localhost:abc/samstyr"}, "DATABASE_URL"),
        ({"database_url": "postgresql://samstyr_app@localhost/"}, "DATABASE_URL"),
        ({"database_url": "sqlite:///"}, "DATABASE_URL"),
        ({"owner_url": "samstyr"}, "SAMSTYR_OWNER_DATABASE_URL"),
        ({"mail_port": "smtp"}, "SAMSTYR_MAIL_PORT"),
        ({"mail_port": "0"}, "SAMSTYR_MAIL_PORT"),
        ({"mail_twice_encrypted": True}, "SAMSTYR_MAIL_STARTTLS"),
    ],
)
def test_each_unsafe_setting_is_named(changes: dict[str, object], word: str) -> None:
    assert faults(**SAFE) == []  # type: ignore[arg-type]
    (found,) = faults(**{**SAFE, **changes})  # type: ignore[arg-type]
    assert word in found


def test_no_secret_is_repeated_in_the_log() -> None:
    secrets = {"secret_key": "hemmelig1", "old_keys": ["hemmelig2"], "database_url": "mysql://app:hemmelig3@x/y"}
    found = faults(**{**SAFE, **secrets})  # type: ignore[arg-type]
    assert len(found) == 3 and "hemmelig" not in "".join(found)


def test_what_is_seen_of_the_database() -> None:
    fine = {"vendor": "postgresql", "tenants": 40, "role_faults": [], "wall_faults": []}
    assert found_faults(**fine) == []
    assert found_faults(**{**fine, "vendor": "sqlite", "tenants": 1}) == []
    for changes, word in (
        ({"vendor": "sqlite", "tenants": 2}, "SQLite"),
        ({"role_faults": ["role x is owner"]}, "samstyr_app"),
        ({"wall_faults": ["samstyr_need: row-level security is off"]}, "row-level security is off"),
    ):
        (found,) = found_faults(**{**fine, **changes})
        assert word in str(found)


def run(folder: Path, *words: str, **env: str) -> subprocess.CompletedProcess[str]:
    """A production of its own on SQLite."""
    given = {
        "SAMSTYR_MODE": "production", "DJANGO_SETTINGS_MODULE": "samstyr.settings", "SAMSTYR_VAR": str(folder),
        "SAMSTYR_SECRET_KEY": SAFE["secret_key"], "SAMSTYR_HOSTS": "samstyr.example",
        "SAMSTYR_ADDRESS": "https://samstyr.example", "DATABASE_URL": f"sqlite:///{folder / 'db.sqlite3'}",
    }  # fmt: skip
    left = {name: value for name, value in os.environ.items() if not name.startswith(("SAMSTYR", "DATABASE", "DJANGO"))}
    return subprocess.run(
        [sys.executable, *words], env={**left, **given, **env}, capture_output=True, text=True, check=False, timeout=120
    )


SERVE = ("-c", "import samstyr.wsgi")
GATHER = ("-m", "samstyr", "collectstatic", "--noinput", "-v0")
TENANTS = (
    "-c",
    "import django; django.setup(); from samstyr.foundation.tenancy.models import Tenant; "
    "Tenant.objects.create(slug='a', name='A'); Tenant.objects.create(slug='b', name='B')",
)


@pytest.mark.slow
def test_production_on_sqlite_serves_one_tenant_and_refuses_two(tmp_path: Path) -> None:
    unmigrated = run(tmp_path, *SERVE)
    assert unmigrated.returncode == 78
    assert "samstyr migrate" in unmigrated.stderr
    assert run(tmp_path, "-m", "samstyr", "migrate", "-v0").returncode == 0
    for mode in ("production", "demo"):
        bare = run(tmp_path, *SERVE, SAMSTYR_MODE=mode)
        assert bare.returncode == 78 and "samstyr collectstatic" in bare.stderr, "every page would fail"
    assert run(tmp_path, *GATHER).returncode == 0
    started = run(tmp_path, *SERVE)
    assert started.returncode == 0, started.stderr
    assert run(tmp_path, *TENANTS).returncode == 0
    refused = run(tmp_path, *SERVE)
    assert refused.returncode == 78
    assert "2 styringsordninger" in refused.stderr and "PostgreSQL" in refused.stderr
    assert "Traceback" not in refused.stderr
    checked = run(tmp_path, "-m", "samstyr", "check")
    assert checked.returncode != 0
    assert "2 styringsordninger" in checked.stderr


@pytest.mark.slow
def test_an_unsafe_setting_keeps_every_command_from_running(tmp_path: Path) -> None:
    for words in (SERVE, ("-m", "samstyr", "migrate"), ("-m", "samstyr", "check")):
        refused = run(tmp_path, *words, SAMSTYR_SECRET_KEY="kort", SAMSTYR_MAIL_PORT="x", DATABASE_URL="x://y:z")
        assert refused.returncode == 78
        for name in ("SAMSTYR_SECRET_KEY", "SAMSTYR_MAIL_PORT", "DATABASE_URL"):
            assert name in refused.stderr
        assert "Traceback" not in refused.stderr


@pytest.mark.slow
@pytest.mark.parametrize("mode", ["prod", "Production", ""])
def test_a_slip_in_the_mode_does_not_open_the_demonstration(tmp_path: Path, mode: str) -> None:
    refused = run(tmp_path, *SERVE, SAMSTYR_MODE=mode)
    assert refused.returncode == 78
    assert f"SAMSTYR_MODE er «{mode}»" in refused.stderr
    assert "Traceback" not in refused.stderr


@pytest.mark.django_db
@postgresql
def test_a_role_that_owns_any_table_is_too_strong() -> None:
    assert lint_running_role() == []
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("GRANT CREATE ON SCHEMA public TO samstyr_app")
        cursor.execute("ALTER TABLE samstyr_need OWNER TO samstyr_app")
    assert len(lint_running_role()) == 1


@pytest.fixture
def own_database() -> Iterator[Callable[[str], str]]:
    """A PostgreSQL database beside the tests', and its address for a role."""
    given = connection.settings_dict
    place = f"{given['HOST']}:{given['PORT'] or 5432}"
    name = f"samstyr_start_{uuid4().hex[:8]}"
    owner = psycopg.connect(f"postgresql://samstyr_owner@{place}/postgres", autocommit=True)
    owner.execute(f'CREATE DATABASE "{name}"')
    yield lambda role: f"postgresql://{role}@{place}/{name}"
    owner.execute(f'DROP DATABASE "{name}" WITH (FORCE)')
    owner.close()


@pytest.mark.slow
@postgresql
def test_production_on_postgresql_serves_as_the_application_only(
    tmp_path: Path, own_database: Callable[[str], str]
) -> None:
    as_app, as_owner_too = own_database("samstyr_app"), own_database("samstyr_owner")

    def serve(url: str, **env: str) -> tuple[int, str]:
        answer = run(tmp_path, *SERVE, DATABASE_URL=url, **env)
        assert "Traceback" not in answer.stderr
        return answer.returncode, answer.stderr

    migrated = run(
        tmp_path, "-m", "samstyr", "migrate", "-v0", DATABASE_URL=as_app, SAMSTYR_OWNER_DATABASE_URL=as_owner_too
    )
    assert migrated.returncode == 0, migrated.stderr
    assert run(tmp_path, *GATHER, DATABASE_URL=as_app).returncode == 0
    assert run(tmp_path, *TENANTS, DATABASE_URL=as_owner_too).returncode == 0
    status, words = serve(as_app)
    assert status == 0 and "starter ikke" not in words
    assert run(tmp_path, "-m", "samstyr", "check", DATABASE_URL=as_app).returncode == 0
    for url, env in (
        (as_owner_too, {}),
        (own_database("samstyr_backup"), {}),
        (as_app, {"SAMSTYR_OWNER_DATABASE_URL": as_owner_too}),
    ):
        status, words = serve(url, **env)
        assert status == 78 and "samstyr_app" in words and "radsikringen" in words
    with psycopg.connect(as_owner_too, autocommit=True) as owner:
        owner.execute("ALTER TABLE samstyr_need DISABLE ROW LEVEL SECURITY")
    status, words = serve(as_app)
    assert status == 78 and "samstyr_need: row-level security is off" in words
