"""The database: embedded SQLite for one tenant and demonstration, PostgreSQL for more."""

from __future__ import annotations

from typing import Any
from urllib.parse import unquote, urlparse

from django.core.exceptions import ImproperlyConfigured

from .environment import VAR_DIR


def sqlite(path: str) -> dict[str, Any]:
    """SQLite that survives a power cut and lets readers read while somebody writes."""
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": path,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;PRAGMA foreign_keys=ON;"
            "PRAGMA cache_size=-16000;",
        },
    }


def postgresql(url: str, *, pool: bool) -> dict[str, Any]:
    """PostgreSQL from ``postgresql://user:password@host:port/name``; host may be a socket folder, quoted."""
    parts = urlparse(url)
    options: dict[str, Any] = {"pool": {"min_size": 1, "max_size": 8}} if pool else {}
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.lstrip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "OPTIONS": options,
        "CONN_HEALTH_CHECKS": not pool,
    }


def database(url: str, *, pool: bool = True) -> dict[str, Any]:
    """The database an address means; empty is the embedded one."""
    if url.startswith(("postgres://", "postgresql://")):
        return postgresql(url, pool=pool)
    if url.startswith("sqlite:///"):
        return sqlite(url.removeprefix("sqlite:///"))
    if url:
        raise ImproperlyConfigured("DATABASE_URL må begynne med postgresql:// eller sqlite:/// .")
    VAR_DIR.mkdir(parents=True, exist_ok=True)
    return sqlite(str(VAR_DIR / "demo.sqlite3"))
