"""Demonstration on one's own machine: embedded database, one-click users, plain http on loopback."""

from __future__ import annotations

import secrets

from .base import *  # noqa: F403
from .database import database
from .environment import VAR_DIR, listing, text

SAMSTYR_DEMO = True
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]", *listing("SAMSTYR_HOSTS")]
DATABASES = {"default": database(text("DATABASE_URL"))}


def _own_key() -> str:
    """A key of this installation's own, made once, so that nobody can know it."""
    path = VAR_DIR / "secret-key"
    if not path.exists():
        VAR_DIR.mkdir(parents=True, exist_ok=True)
        path.write_text(secrets.token_urlsafe(64))
        path.chmod(0o600)
    return path.read_text().strip()


SECRET_KEY = text("SAMSTYR_SECRET_KEY") or _own_key()
