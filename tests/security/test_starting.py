"""Production that would not be safe does not start, and says why and what to do."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from samstyr.foundation.tenancy.starting import found_faults
from samstyr.settings.safety import faults

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
    ],
)
def test_each_unsafe_setting_is_named(changes: dict[str, object], word: str) -> None:
    assert faults(**SAFE) == []  # type: ignore[arg-type]
    (found,) = faults(**{**SAFE, **changes})  # type: ignore[arg-type]
    assert word in found


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
    for words in (SERVE, ("-m", "samstyr", "migrate")):
        refused = run(tmp_path, *words, SAMSTYR_SECRET_KEY="kort")
        assert refused.returncode == 78
        assert "SAMSTYR_SECRET_KEY" in refused.stderr
        assert "Traceback" not in refused.stderr
