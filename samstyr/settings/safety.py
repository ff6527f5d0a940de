"""Configurations that Samstyr will not start with in production, each with what to do instead."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlparse

KNOWN_KEYS = ("django-insecure", "changeme", "secret", "samstyr")


def faults(
    *,
    debug: bool,
    secret_key: str,
    hosts: Sequence[str],
    address: str,
    database_url: str,
    owner_url: str = "",
    old_keys: Sequence[str] = (),
    mail_port: str = "25",
    mail_twice_encrypted: bool = False,
) -> list[str]:
    """What is unsafe in the settings, in whole sentences with a remedy; empty when all is well.

    Never with the value itself: keys and addresses of databases are secrets, and this goes to the log.
    """
    found = []
    if debug:
        found.append("SAMSTYR_DEBUG er på, og feilsider ville vist kode og data. Fjern den.")
    for name, key in [("SAMSTYR_SECRET_KEY", secret_key), *(("SAMSTYR_OLD_SECRET_KEYS", key) for key in old_keys)]:
        if len(key) < 50 or len(set(key)) < 10 or key.lower().startswith(KNOWN_KEYS):
            found.append(
                f"{name} mangler, er for kort eller allment kjent. Lag en ny: "
                "python -c 'import secrets; print(secrets.token_urlsafe(64))'"
            )
    if not hosts:
        found.append("SAMSTYR_HOSTS er tom. Oppgi vertsnavnene folk bruker, med komma mellom.")
    if any(host == "*" or host.startswith(".") for host in hosts):
        found.append("SAMSTYR_HOSTS slipper inn alle vertsnavn. Skriv hvert navn helt ut.")
    if not address.startswith("https://"):
        found.append("SAMSTYR_ADDRESS må være https-adressen folk bruker. Lenker i e-post lages av den.")
    if not database_url:
        found.append("DATABASE_URL mangler. Oppgi postgresql://… med rollen samstyr_app, eller sqlite:///… .")
    for name, url in (("DATABASE_URL", database_url), ("SAMSTYR_OWNER_DATABASE_URL", owner_url)):
        if url and not _names_a_database(url):
            found.append(
                f"{name} kan ikke leses. Skriv postgresql://rolle:passord@vert:port/navn, eller sqlite:///sti "
                "for én styringsordning."
            )
    if not (mail_port.isdecimal() and 0 < int(mail_port) < 65536):
        found.append("SAMSTYR_MAIL_PORT må være et portnummer, for eksempel 25 eller 587.")
    if mail_twice_encrypted:
        found.append("SAMSTYR_MAIL_STARTTLS og SAMSTYR_MAIL_TLS utelukker hverandre. Fjern den ene.")
    return found


def _names_a_database(url: str) -> bool:
    if url.startswith("sqlite:///"):
        return bool(url.removeprefix("sqlite:///"))
    try:
        parts = urlparse(url)
        _port = parts.port
    except ValueError:
        return False
    return parts.scheme in ("postgres", "postgresql") and bool(parts.path.strip("/"))
