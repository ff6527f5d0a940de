"""Workloads of the needs room. The runner gives a tenant in scope; each function here sets up and returns a Workload.

A workload's `run` may be called again and again; `units` is how many of `unit` one call handles.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.test import Client
from django.urls import reverse

from samstyr.foundation.access import Actor
from samstyr.foundation.tables.reading import read_table
from samstyr.foundation.tables.spreadsheet import SheetOut, workbook
from samstyr.wheel.needs import actions, queries
from samstyr.wheel.needs.rules.importing import Options

NEEDS = 5_000
PAGE = 50
TOPICS = ("varsling ved fall", "kart over stier", "byggesak", "lånekort", "vaktplan", "innsyn i journal", "byggevarme")
HEADER = ("Referanse", "Tittel", "Tjeneste", "Organisasjon", "Behov", "Hvem berøres", "Ønsket effekt", "Investering",
          "Drift per år", "Ønsket år", "Felles")  # fmt: skip


@dataclass(frozen=True)
class Workload:
    """What is measured: a call, and how many units it handles."""

    name: str
    run: Callable[[], Any]
    units: int
    unit: str


def file_of_needs(actor: Actor, year: int, count: int = NEEDS, start: int = 0) -> bytes:
    """A workbook of needs for the units that the actor may import for."""
    units = queries.units_to_choose(actor)
    rows = []
    for number in range(start, start + count):
        unit = units[number % len(units)]
        topic = TOPICS[number % len(TOPICS)]
        rows.append(
            [f"M-{number}", f"Behov {number} om {topic}", unit.code or unit.name, unit.organisation.name,
             f"Vi mangler noe som gjelder {topic} på plass nummer {number}, og det tar tid hver dag.",
             f"{number % 90 + 3} ansatte", "Mindre tid på det som ikke hjelper noen", number % 900, number % 90,
             year + 1 + number % 4, "ja" if number % 5 == 0 else "nei"]
        )  # fmt: skip
    return workbook([SheetOut("Behov", HEADER, rows)])


class Undone(Exception):
    """Thrown to take back what a measured call has written."""


def import_workload(actor: Actor, now: datetime, count: int = NEEDS) -> Workload:
    """Read in a workbook of needs as drafts: reading, checking, comparing and writing. Taken back each time."""
    content = file_of_needs(actor, now.year, count)
    document = actions.keep_import(actor=actor, now=now, content=content, file_name="behov.xlsx")

    def run() -> None:
        try:
            with transaction.atomic():
                actions.import_needs(
                    actor=actor, now=now, document_id=document.pk, options=Options(money_unit=1000), with_alike=True
                )
                raise Undone
        except Undone:
            return

    return Workload("import", run, count, "need")


def preview_workload(actor: Actor, now: datetime, count: int = NEEDS) -> Workload:
    """Say row by row what a workbook of needs would do."""
    table = read_table(file_of_needs(actor, now.year, count), "behov.xlsx")
    return Workload(
        "import preview", lambda: queries.preview(actor, table, Options(money_unit=1000), day=now.date()), count, "row"
    )


def list_workload(client: Client, tenant: str, query: str = "vis=alle") -> Workload:
    """One page of the list of needs, as a logged-in person gets it; fill the tenant with needs first."""
    address = f"{reverse('need-list', args=[tenant])}?{query}"

    def run() -> None:
        if client.get(address).status_code != 200:
            raise RuntimeError(address)

    return Workload("need list", run, PAGE, "row")


def fill(actor: Actor, now: datetime, count: int = NEEDS) -> None:
    """Put so many needs into the tenant, for what reads them."""
    document = actions.keep_import(
        actor=actor, now=now, content=file_of_needs(actor, now.year, count), file_name="behov.xlsx"
    )
    actions.import_needs(actor=actor, now=now, document_id=document.pk, with_alike=True)


def import_floor(actor: Actor, now: datetime, count: int = NEEDS) -> Workload:
    """The same rows into a bare table of text, as fast as the database takes them."""
    rows = [tuple(str(cell) for cell in cells) for _number, cells in read_table(
        file_of_needs(actor, now.year, count), "behov.xlsx"
    ).rows]  # fmt: skip
    marks = ", ".join(["%s"] * len(HEADER))

    def run() -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            columns = ", ".join(f"c{number} text" for number in range(len(HEADER)))
            cursor.execute(f"CREATE TEMPORARY TABLE bench_floor ({columns})")
            cursor.executemany(f"INSERT INTO bench_floor VALUES ({marks})", rows)
            cursor.execute("DROP TABLE bench_floor")

    return Workload("import, bare INSERT", run, count, "need")
