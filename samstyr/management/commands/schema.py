"""`samstyr schema lint`: does the database stand as the walls demand?"""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from samstyr.foundation.tenancy.schema_lint import lint_database, lint_models, lint_running_role
from samstyr.foundation.tenancy.walls import raise_walls


class Command(BaseCommand):
    """Check the schema, or raise the walls anew."""

    help = "Kontrollerer at databasen holder leietakerne fra hverandre."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """`lint` reports; `raise` brings the walls in line (as the owner)."""
        what = parser.add_subparsers(dest="what", required=True)
        lint = what.add_parser("lint", help="Meld alle feil; avslutter med 1 hvis det er noen.")
        lint.add_argument("--as-owner", action="store_true", help="ikke meld at kommandoen kjøres som eier")
        what.add_parser("raise", help="Sett opp databasens egne sperrer på nytt (som eier).")

    def handle(self, *args: Any, **options: Any) -> None:
        """Do what was asked; CommandError gives exit status 1."""
        if options["what"] == "raise":
            raise_walls()
            self.stdout.write("Sperrene står.")
            return
        faults = lint_models() + lint_database() + ([] if options["as_owner"] else lint_running_role())
        if faults:
            raise CommandError("\n".join(faults))
        self.stdout.write("Skjemaet er i orden.")
