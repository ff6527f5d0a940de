"""`samstyr worker`: carries out long work in the background. Run one or more, beside the web server."""

from __future__ import annotations

import signal
import time
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import close_old_connections

from samstyr.foundation.jobs.running import run_one
from samstyr.foundation.tenancy import queries as tenancy


class Command(BaseCommand):
    """Goes round the tenants and takes what waits, the oldest first in each."""

    help = "Bakgrunnsarbeid: regner ut porteføljer og annet som tar tid. Stanses med Ctrl-C."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Once, and one tenant or all."""
        parser.add_argument("--once", action="store_true", help="gjør det som venter, og avslutt")
        parser.add_argument("--tenant", help="bare denne styringsordningen (adressenavnet)")

    def handle(self, *args: Any, **options: Any) -> None:
        """Until it is told to stop; a job under way is then put back in the queue, for the next worker."""
        self.stopping = False
        wanted = options["tenant"]
        if wanted and tenancy.tenant_by_slug(wanted) is None:
            raise CommandError(f"Det finnes ingen styringsordning med adressenavnet «{wanted}».")
        before = signal.signal(signal.SIGTERM, self._stop)
        try:
            while not self.stopping:
                close_old_connections()
                tenants = [tenant for tenant in tenancy.all_tenants() if wanted in (None, tenant.slug)]
                worked = [
                    tenant.slug
                    for tenant in tenants
                    if not self.stopping and run_one(tenant.pk, stopping=lambda: self.stopping)
                ]
                if options["once"] and not worked:
                    break
                if not worked:
                    time.sleep(1)
        except KeyboardInterrupt:
            self.stdout.write("Stanset.")
        finally:
            signal.signal(signal.SIGTERM, before)

    def _stop(self, *_signal: Any) -> None:
        self.stopping = True
