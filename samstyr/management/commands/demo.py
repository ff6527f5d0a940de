"""Load the demonstration, and say who one can log in as."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from samstyr.demo.load import load
from samstyr.foundation.tenancy import queries as tenancy


class Command(BaseCommand):
    """``demo load`` fills an empty installation; ``demo users`` lists the users."""

    help = "Demonstrasjonen: last inn (load), vis brukerne (users)."

    def add_arguments(self, parser: CommandParser) -> None:
        """One word."""
        parser.add_argument("verb", choices=("load", "users"))

    def handle(self, *args: Any, **options: Any) -> None:
        """Do it."""
        if options["verb"] == "load":
            self.stdout.write(f"/o/{load()}/")
        for account in tenancy.demo_accounts():
            self.stdout.write(f"  {account.name}")
