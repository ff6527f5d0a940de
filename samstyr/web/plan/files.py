"""An adopted or proposed version as files: Excel, CSV and JSON (B-50)."""

from __future__ import annotations

import json
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _

from samstyr.foundation.tables.spreadsheet import SheetOut, csv_file, workbook

from .presenting import Row, Whole, decision_words


def _measures(version: Any, content: Whole) -> SheetOut:
    header = [
        _("Nr."), _("Tiltak"), _("Behov"), _("Eier"), _("Gjelder for"), _("Start"), _("Slutt"),
        *(f"{year} ({_('kr')})" for year in content.years), _("Sum (kr)"), _("Status"), _("Vedtak"),
    ]  # fmt: skip
    decision = decision_words(version)
    rows = [
        [
            row.row.rank, row.row.title, row.row.need.need if row.row.need else row.row.argument, row.row.owner,
            row.organisations, row.row.starts_on, row.row.ends_on, *row.years, row.total,
            row.progress.label if row.progress else "", decision,
        ]
        for row in content.rows
    ]  # fmt: skip
    numeric = [header[0], *header[7:-2]]
    return SheetOut(_("Tiltak"), header, rows, numeric)


def _cells(content: Whole) -> SheetOut:
    header = [_("Nr."), _("Tiltak"), _("År"), _("Type"), _("Kilde"), _("Kroner"), _("1000 kroner")]
    rows = [
        [row.row.rank, row.row.title, cost.year, _kind(cost.kind), cost.source, cost.amount, cost.amount / 1000]
        for row in content.rows
        for cost in row.line.costs
    ]
    return SheetOut(_("År for år"), header, rows, [header[0], header[2], header[5], header[6]])


def _kind(kind: str) -> str:
    return _("Investering") if kind == "investment" else _("Drift")


def _split(content: Whole) -> SheetOut:
    header = [_("Tiltak"), _("Kommune"), *map(str, content.years), _("Sum")]
    rows = [[row.row.title, name, *amounts, total] for row in content.rows for name, amounts, total in row.shares]
    rows += [[_("Alle tiltak"), name, *amounts, total] for name, amounts, total in content.shares]
    return SheetOut(_("Fordeling"), header, rows, header[2:])


def _decisions(said: list[Any]) -> SheetOut:
    header = [_("Organ"), _("Kommune"), _("Dato"), _("Utfall"), _("Tekst"), _("Til stede")]
    rows = [
        [
            item.actor_name,
            str(item.organisation or ""),
            item.decided_on,
            item.outcome_name,
            "\n".join(part for part in (item.text, item.reason) if part),
            ", ".join(str(seat.get("name", "")) for seat in item.present),
        ]
        for item in said
    ]
    return SheetOut(_("Vedtak"), header, rows)


def _attachment(content: bytes, content_type: str, name: str) -> HttpResponse:
    return HttpResponse(
        content, content_type=content_type, headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )


def answer(version: Any, content: Whole, said: list[Any], ending: str) -> HttpResponse:
    """The version in the wanted form."""
    name = f"handlingsplan-{version.plan.first_year}-{version.number or 'utkast'}.{ending}"
    if ending == "xlsx":
        sheets = [_measures(version, content), _cells(content), _split(content), _decisions(said)]
        kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
        return _attachment(workbook(sheets), kind, name)
    if ending == "csv":
        return _attachment(csv_file(_measures(version, content)), "text/csv; charset=utf-8", name)
    text = json.dumps(_as_data(version, content), ensure_ascii=False, indent=2, default=str)
    return _attachment(text.encode(), "application/json", name)


def _as_data(version: Any, content: Whole) -> dict[str, Any]:
    return {
        "plan": version.plan.name,
        "version": version.number,
        "state": version.state,
        "adopted_on": version.adopted_on,
        "decision": decision_words(version),
        "seal": version.content_hash,
        "currency": "NOK",
        "measures": [_measure(row) for row in content.rows],
    }


def _measure(row: Row) -> dict[str, Any]:
    return {
        "rank": row.row.rank,
        "title": row.row.title,
        "need": row.row.need.number if row.row.need else None,
        "owner": row.row.owner,
        "scope": row.organisations,
        "starts_on": row.row.starts_on,
        "ends_on": row.row.ends_on,
        "costs": [
            {"year": cost.year, "kind": cost.kind, "source": cost.source, "amount": cost.amount}
            for cost in row.line.costs
        ],
        "shares": {name: total for name, _amounts, total in row.shares},
    }
