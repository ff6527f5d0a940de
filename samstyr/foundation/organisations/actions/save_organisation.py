"""Make or change an organisation."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from samstyr.foundation.access import Act, Facts, may
from samstyr.foundation.audit.action import Context, action
from samstyr.foundation.kernel.errors import Invalid
from samstyr.foundation.kernel.identifiers import (
    municipality_number as read_municipality_number,
)
from samstyr.foundation.kernel.identifiers import (
    organisation_number as read_organisation_number,
)
from samstyr.foundation.kernel.text import gettext_noop, say

from ..models import Organisation
from ._checks import cleaned, taken


@action("organisation.save")
def save_organisation(
    ctx: Context,
    *,
    organisation_id: UUID | None = None,
    version: int | None = None,
    slot: str = "",
    name: str,
    short_name: str = "",
    kind: str = "municipality",
    organisation_number: str = "",
    municipality_number: str = "",
    region: str = "",
    population: int | None = None,
    population_year: int | None = None,
    chart_address: str = "",
    chart_verified_on: date | None = None,
) -> Organisation:
    """Make (without an id) or change an organisation; the slot, by which the model names it, is set once (B-06).

    `region` is what the model calls the part of the country whose seats it may fill (D-45, D-46). `chart_address` is
    where its organisation chart is published, `chart_verified_on` when the units were held against it (N-056).

    Raises Refused, Conflict, and Invalid for bad numbers, or a slot or number that is in use.
    """
    row = ctx.load(Organisation, organisation_id, version=version) if organisation_id else None
    facts = row.facts() if row else Facts("organisation", ctx.actor.tenant)
    ctx.require(may(ctx.actor, Act.ORGANISATION_MANAGE, facts))
    before = row.snapshot() if row else None
    if row is None:
        row = Organisation(slot=cleaned(slot, "slot"))
        taken(
            Organisation.objects.filter(slot=row.slot),
            "slot",
            gettext_noop("En annen organisasjon har denne plassen i styringsmodellen."),
            slot,
        )
    row.name = cleaned(name)
    row.short_name = " ".join(short_name.split())
    row.kind, row.region = kind, " ".join(region.split())[:100]
    row.organisation_number = read_organisation_number(organisation_number) if organisation_number.strip() else ""
    row.municipality_number = read_municipality_number(municipality_number) if municipality_number.strip() else ""
    if row.organisation_number:
        taken(
            Organisation.objects.filter(organisation_number=row.organisation_number).exclude(pk=row.pk),
            "organisation_number",
            gettext_noop("En annen organisasjon har dette organisasjonsnummeret."),
            organisation_number,
        )
    if population is not None and population < 0:
        raise Invalid.field(
            "population", say(gettext_noop("Innbyggertallet kan ikke være negativt.")), value=population
        )
    row.chart_address, row.chart_verified_on = _chart(chart_address.strip(), chart_verified_on, ctx.today)
    row.population, row.population_year = population, population_year if population is not None else None
    _ = ctx.save(row) if before else ctx.create(row)
    ctx.record("organisation.changed" if before else "organisation.created", row, before=before)
    return row


def _chart(address: str, verified_on: date | None, today: date) -> tuple[str, date | None]:
    if address and not address.startswith(("https://", "http://")):
        raise Invalid.field(
            "chart_address",
            say(gettext_noop("Adressen til organisasjonskartet må begynne med https://.")),
            value=address,
        )
    if verified_on and verified_on > today:
        raise Invalid.field(
            "chart_verified_on", say(gettext_noop("Datoen kan ikke ligge fram i tid.")), value=verified_on
        )
    return address, verified_on
