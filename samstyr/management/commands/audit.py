"""`samstyr audit verify` and `samstyr audit export`: the trail checked, and handed out to be checked elsewhere."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from samstyr.foundation.audit import queries
from samstyr.foundation.audit.rules import FORMAT, Broken, Link
from samstyr.foundation.tenancy import queries as tenancy
from samstyr.foundation.tenancy.models import Tenant
from samstyr.foundation.tenancy.scope import tenant_scope


class Command(BaseCommand):
    """Verify the chains, or export one as JSON lines (docs/audit-format.md)."""

    help = "Kontrollerer revisjonssporet, eller skriver det ut som JSON-linjer."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Two things to do, each with its arguments."""
        what = parser.add_subparsers(dest="what", required=True)
        verify = what.add_parser("verify", help="Kontroller kjedene; avslutter med 1 ved brudd.")
        verify.add_argument("--tenant", help="bare denne styringsordningen (adressenavnet)")
        export = what.add_parser("export", help="Skriv kjeden ut som JSON-linjer.")
        export.add_argument("--tenant", required=True, help="styringsordningens adressenavn")
        export.add_argument("--without-details", action="store_true", help="uten navn og innhold")

    def handle(self, *args: Any, **options: Any) -> None:
        """Do what was asked; CommandError gives exit status 1."""
        if options["what"] == "export":
            self._export(_tenant(options["tenant"]), details=not options["without_details"])
            return
        tenants = [_tenant(options["tenant"])] if options["tenant"] else list(tenancy.all_tenants())
        broken = [fault for tenant in tenants if (fault := self._verify(tenant))]
        if broken:
            raise CommandError("\n".join(broken))

    def _verify(self, tenant: Tenant) -> str:
        with tenant_scope(tenant.pk, writing=False):
            result, erased = queries.verify_chain(), queries.erased_count()
            head = queries.chain_head()
        if isinstance(result, Broken):
            return f"{tenant.slug}: sporet er brutt ved nummer {result.sequence} ({result.why})"
        seal = f", siste hash {head[1]}" if head else ""
        self.stdout.write(f"{tenant.slug}: {result} hendelser i orden, {erased} uten detaljer{seal}")
        return ""

    def _export(self, tenant: Tenant, *, details: bool) -> None:
        with tenant_scope(tenant.pk, writing=False):
            head = queries.chain_head()
            sequence, seal = head or (0, "0" * 64)
            self._line(
                {"format": FORMAT, "tenant": str(tenant.pk), "slug": tenant.slug, "last": sequence, "hash": seal}
            )
            for link in queries.links(until=sequence):
                self._line(_exported(link, details=details))

    def _line(self, value: dict[str, Any]) -> None:
        self.stdout.write(json.dumps(value, ensure_ascii=False, sort_keys=True))


def _tenant(slug: str) -> Tenant:
    tenant = tenancy.tenant_by_slug(slug)
    if tenant is None:
        raise CommandError(f"Det finnes ingen styringsordning med adressenavnet «{slug}».")
    return tenant


def _exported(link: Link, *, details: bool) -> dict[str, Any]:
    line = {
        "envelope": dict(link.envelope),
        "commitment": link.commitment,
        "previous": link.previous,
        "hash": link.hash,
    }
    return {**line, "salt": link.salt, "details": link.details} if details and link.details is not None else line
