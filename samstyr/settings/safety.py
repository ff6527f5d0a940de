"""Configurations that Samstyr will not start with in production, each with what to do instead."""

from __future__ import annotations

from collections.abc import Sequence

KNOWN_KEYS = ("django-insecure", "changeme", "secret", "samstyr")


def faults(
    *,
    debug: bool,
    secret_key: str,
    hosts: Sequence[str],
    address: str,
    database_url: str,
    old_keys: Sequence[str] = (),
) -> list[str]:
    """What is unsafe in the settings, in whole sentences with a remedy; empty when all is well."""
    found = []
    if debug:
        found.append("SAMSTYR_DEBUG is on: error pages would show code and data. Remove it.")
    for name, key in [("SAMSTYR_SECRET_KEY", secret_key), *(("SAMSTYR_OLD_SECRET_KEYS", key) for key in old_keys)]:
        if len(key) < 50 or len(set(key)) < 10 or key.lower().startswith(KNOWN_KEYS):
            found.append(
                f"{name} is missing, short or well known. Make one: "
                "python -c 'import secrets; print(secrets.token_urlsafe(64))'"
            )
    if not hosts:
        found.append("SAMSTYR_HOSTS is empty. List the host names people use, separated by commas.")
    if any(host == "*" or host.startswith(".") for host in hosts):
        found.append("SAMSTYR_HOSTS lets any host in. Name each host in full.")
    if not address.startswith("https://"):
        found.append("SAMSTYR_ADDRESS must be the https address people use; links in mail are made from it.")
    if not database_url:
        found.append("DATABASE_URL is missing. Give postgresql://… for the role samstyr_app, or sqlite:///… .")
    if database_url.startswith("mysql"):
        found.append("DATABASE_URL must be PostgreSQL (or SQLite for one tenant).")
    return found
