"""What must hold of the database before production serves anybody."""

from __future__ import annotations

from collections.abc import Sequence

from django.contrib.staticfiles.storage import staticfiles_storage
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from samstyr.foundation.kernel.text import Sentence, gettext_noop, say

from .queries import all_tenants
from .schema_lint import lint_database, lint_running_role


def start_faults() -> list[Sentence]:
    """Everything that keeps production from starting, each with what to do; empty when all is well.

    SQLite is the query layer's wall alone, so it takes one tenant. On PostgreSQL the role that serves must be
    subject to row security, and every wall must stand.
    """
    try:
        if MigrationExecutor(connection).migration_plan(MigrationExecutor(connection).loader.graph.leaf_nodes()):
            return [say(gettext_noop("Databasen er ikke oppgradert. Kjør «samstyr migrate» først."))]
        return found_faults(
            vendor=connection.vendor,
            tenants=all_tenants().count(),
            role_faults=lint_running_role(),
            wall_faults=lint_database(),
        )
    except DatabaseError as fault:
        return [
            say(
                gettext_noop(
                    "Databasen svarer ikke som den skal: %(fault)s. Se at den er i gang, at DATABASE_URL stemmer, "
                    "og at «samstyr migrate» er kjørt som eier."
                ),
                fault=str(fault).strip(),
            )
        ]


def static_faults() -> list[Sentence]:
    """Without the gathered style sheets and scripts every page would fail, in the demonstration too."""
    if getattr(staticfiles_storage, "hashed_files", None) == {}:
        return [say(gettext_noop("Stilark og skript er ikke samlet. Kjør «samstyr collectstatic --noinput» først."))]
    return []


def found_faults(
    *, vendor: str, tenants: int, role_faults: Sequence[str], wall_faults: Sequence[str]
) -> list[Sentence]:
    """The same from what has been seen of the database."""
    found = []
    if vendor == "sqlite" and tenants > 1:
        found.append(
            say(
                gettext_noop(
                    "%(count)s styringsordninger deler én SQLite-database. SQLite kan ikke selv holde dem fra hverandre. "
                    "Flytt til PostgreSQL (docs/operations.md), eller ha én styringsordning per installasjon."
                ),
                count=tenants,
            )
        )
    if role_faults:
        found.append(
            say(
                gettext_noop(
                    "Databaserollen kan gå utenom radsikringen: %(faults)s. Oppgi rollen samstyr_app i DATABASE_URL, "
                    "og fjern SAMSTYR_OWNER_DATABASE_URL fra tjenesten som svarer brukerne."
                ),
                faults="; ".join(role_faults),
            )
        )
    if wall_faults:
        found.append(
            say(
                gettext_noop("Databasens egne sperrer står ikke: %(faults)s. Kjør «samstyr migrate» som eier."),
                faults="; ".join(wall_faults[:5]),
            )
        )
    return found
