"""`samstyr daily`: what nobody should have to remember. Run each morning; more often does no harm."""

from __future__ import annotations

from argparse import ArgumentParser
from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError

from samstyr.foundation.access import Actor
from samstyr.foundation.kernel import clock
from samstyr.foundation.tenancy import queries as tenancy
from samstyr.foundation.tenancy.models import Tenant
from samstyr.foundation.tenancy.scope import tenant_scope
from samstyr.outward.exports import listening as exports
from samstyr.outward.notices import actions as notices
from samstyr.outward.notices.sending import send_waiting
from samstyr.procedure.casework import actions as casework
from samstyr.procedure.meetings import actions as meetings
from samstyr.wheel.reporting import actions as reporting


class Command(BaseCommand):
    """Silence counted, resting cases taken up, reminders given, and mail sent."""

    help = "Dagens arbeid: frister som er ute, saker som skal tas opp igjen, påminnelser og utsending av e-post."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """One tenant, or all."""
        parser.add_argument("--tenant", help="bare denne styringsordningen (adressenavnet)")
        parser.add_argument("--mail-only", action="store_true", help="bare send e-post som venter")

    def handle(self, *args: Any, **options: Any) -> None:
        """Go through the tenants one at a time; a fault in one does not stop the others. Exit status 1 on a fault."""
        wanted = options["tenant"]
        tenants = [tenant for tenant in tenancy.all_tenants() if wanted in (None, tenant.slug)]
        if wanted and not tenants:
            raise CommandError(f"Det finnes ingen styringsordning med adressenavnet «{wanted}».")
        failed = []
        for tenant in tenants:
            try:
                self._day(tenant, clock.now(), mail_only=options["mail_only"])
            except Exception as fault:
                failed.append(f"{tenant.slug}: {type(fault).__name__}: {fault}")
        if failed:
            raise CommandError("\n".join(failed))

    def _day(self, tenant: Tenant, now: datetime, *, mail_only: bool) -> None:
        actor = Actor(UUID(int=0), tenant.pk, "Samstyr", automatic="daily")
        silent = resumed = reminded = closed = begun = 0
        if not mail_only:
            # What the members have answered comes before what silence means.
            with tenant_scope(tenant.pk):
                closed = meetings.close_due_procedures(actor=actor, now=now)
            with tenant_scope(tenant.pk):
                silent = casework.expire_steps(actor=actor, now=now)
            with tenant_scope(tenant.pk):
                resumed = casework.resume_due(actor=actor, now=now)
            with tenant_scope(tenant.pk):
                begun = reporting.open_due(actor=actor, now=now)
            with tenant_scope(tenant.pk):
                reminded = notices.remind(actor=actor, now=now)
            with tenant_scope(tenant.pk):
                reminded += meetings.remind_members(actor=actor, now=now)
            with tenant_scope(tenant.pk):
                exports.file_waiting(actor=actor, now=now)
        mail = send_waiting(tenant, actor=actor, now=now)
        self.stdout.write(
            f"{tenant.slug}: {silent} frister talt som taushet, {resumed} saker tatt opp igjen, "
            f"{closed} skriftlige saker avsluttet, {begun} rapporter påbegynt, "
            f"{reminded} påminnelser, {mail.sent} e-poster sendt, {mail.failed} ikke tatt imot"
        )
