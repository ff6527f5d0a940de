"""A plan version as lists: the workbook, the CSV file, and the JSON data."""

from __future__ import annotations

from django.utils.translation import gettext as _

from samstyr.foundation.tables.spreadsheet import SheetOut, Value, csv_file, workbook

from .content import Measure, PlanContent


def xlsx(content: PlanContent) -> bytes:
    """The workbook: measures, year for year, shares and decisions."""
    return workbook([_measures(content), _cells(content), _split(content), _decisions(content), about(content)])


def csv(content: PlanContent) -> bytes:
    """The measures as CSV."""
    return csv_file(_measures(content))


def json(content: PlanContent) -> bytes:
    """The whole content as JSON, after docs/plan.schema.json."""
    return content.model_dump_json(indent=2).encode()


def kind_name(kind: str) -> str:
    """The account type in words."""
    return _("Investering") if kind == "investment" else _("Drift")


def about(content: PlanContent) -> SheetOut:
    """What the file is made of, so that a printed sheet can be traced to its version."""
    rows = [
        (_("Styringsordning"), content.arrangement),
        (_("Plan"), content.plan),
        (_("Versjon"), content.version or _("Uten nummer")),
        (_("Tilstand"), content.state_name),
        (_("Vedtak"), content.decision or _("Ikke vedtatt")),
        (_("Segl"), content.seal or _("Ikke forseglet")),
        (_("Prisår"), ", ".join(map(str, content.price_years)) or _("Ikke oppgitt")),
        (_("Beløp"), _("Hele kroner, uten avrunding. Der det står 1000 kroner, er beløpene bare vist avrundet.")),
    ]
    return SheetOut(_("Om filen"), [_("Hva"), _("Verdi")], rows)


def _measures(content: PlanContent) -> SheetOut:
    header = [
        _("Nr."), _("Tiltak"), _("Behov"), _("Eier"), _("Gjelder for"), _("Start"), _("Slutt"),
        *(f"{year} ({_('kr')})" for year in content.years), _("Sum (kr)"), _("Status"), _("Vedtak"),
    ]  # fmt: skip
    rows: list[list[Value]] = [
        [
            row.rank, row.title, row.need_text or row.argument, row.owner, row.scope, row.starts_on, row.ends_on,
            *row.years, row.total, row.status, content.decision,
        ]
        for row in content.measures
    ]  # fmt: skip
    return SheetOut(_("Tiltak"), header, rows, [header[0], *header[7:-2]])


def _cells(content: PlanContent) -> SheetOut:
    header = [_("Nr."), _("Tiltak"), _("År"), _("Type"), _("Kilde"), _("Kroner"), _("1000 kroner")]
    rows: list[list[Value]] = [
        [row.rank, row.title, cost.year, kind_name(cost.kind), cost.source_name, cost.amount, cost.amount / 1000]
        for row in content.measures
        for cost in row.costs
    ]
    return SheetOut(_("År for år"), header, rows, [header[0], header[5], header[6]])


def _split(content: PlanContent) -> SheetOut:
    header = [_("Tiltak"), _("Kommune"), *map(str, content.years), _("Sum")]
    rows: list[list[Value]] = [
        [row.title, name, *paid_by(row, name, len(content.years)), total]
        for row in content.measures
        for name, total in row.shares.items()
    ]
    rows += [[_("Alle tiltak"), row.name, *row.amounts, row.total] for row in content.by_organisation]
    return SheetOut(_("Fordeling"), header, rows, header[2:])


def paid_by(row: Measure, organisation: str, years: int) -> list[int]:
    """What one municipality pays of the measure each year, both kinds and all sources."""
    own = [paid.amounts for paid in row.paid if paid.organisation == organisation]
    return [sum(amounts[at] for amounts in own) for at in range(years)]


def _decisions(content: PlanContent) -> SheetOut:
    named = any(row.present_names for row in content.decisions)
    header = [_("Organ"), _("Kommune"), _("Dato"), _("Utfall"), _("Tekst"), _("Antall til stede")]
    rows: list[list[Value]] = [
        [
            row.body, row.organisation, row.decided_on, row.outcome,
            "\n".join(part for part in (row.text, row.reason, row.conditions) if part), row.present,
            *([", ".join(row.present_names)] if named else []),
        ]
        for row in content.decisions
    ]  # fmt: skip
    return SheetOut(_("Vedtak"), [*header, _("Til stede")] if named else header, rows)
