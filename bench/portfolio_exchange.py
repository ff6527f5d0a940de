"""The portfolio's workbook there and back: export, preview and import in processor time and peak memory, as ratios to openpyxl.

``python -m bench.portfolio_exchange [candidates]``. Each step runs in a process of its own, which begins as big as
the line «nothing» says. The floors write and read the same cells with openpyxl, and know nothing of them. In the file
that comes back, every candidate has another owner and another first cost; in «few», one of twenty has.
"""

from __future__ import annotations

import json
import os
import resource
import sys
import tempfile
import time
import traceback
from collections.abc import Callable
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import Any

COUNT, BATCH = 10_000, 500


def installation() -> Any:
    """A tenant in a database of its own, thrown away afterwards by the machine."""
    os.environ["SAMSTYR_VAR"] = tempfile.mkdtemp(prefix="samstyr-bench-")
    os.environ["SAMSTYR_MODE"] = "demo"
    os.environ["DJANGO_SETTINGS_MODULE"] = "samstyr.settings"
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    from samstyr.wheel.scenarios.tests.factories import ready

    with ready() as made:
        return made


def fill(made: Any, count: int) -> None:
    """So many candidates, each with two municipalities, two costs, people and a tie."""
    from samstyr.wheel.scenarios.models import (
        Candidate,
        CandidateCost,
        CandidateLink,
        CandidateOrganisation,
        CandidateStaff,
    )

    said = "Tjenesten bruker tid på arbeid som ikke hjelper innbyggeren. "
    rows = [
        Candidate(
            number=number, title=f"Tiltak {number}", value=number % 10_000, risk=number % 100, duration=2,
            cost_key="per_capita", owner="Rådgiver", description=said * 3, kind="fagsystem",
        )
        for number in range(1, count + 1)
    ]  # fmt: skip
    places = [made.organisations[slot] for slot in ("birkenes", "lillesand")]
    parts = [
        *(CandidateOrganisation(candidate=row, organisation=place) for row in rows for place in places),
        *(CandidateCost(candidate=row, offset=0, kind="investment", source="loan", amount=300_000) for row in rows),
        *(CandidateCost(candidate=row, offset=1, kind="operating", amount=9_000, continues=True) for row in rows),
        *(CandidateStaff(candidate=row, role="Prosjektleder", offset=0, hours=40) for row in rows),
        *(CandidateLink(candidate=row, kind="one_of", group=f"Gruppe {row.number // 4}") for row in rows),
    ]
    for table in (Candidate, CandidateOrganisation, CandidateCost, CandidateStaff, CandidateLink):
        made_rows = [one.enter_tenant() for one in [*rows, *parts] if isinstance(one, table)]
        table.objects.bulk_create(made_rows, batch_size=BATCH)


def apart(made: Any, step: Callable[[], object]) -> tuple[float, int]:
    """Processor seconds and peak megabytes of the step in a process of its own, which dies with what it held.

    Seconds on the clock say more about what else the machine is doing.
    """
    from django.db import connections

    from samstyr.foundation.tenancy.scope import tenant_scope

    connections.close_all()
    out, into = os.pipe()
    child = os.fork()
    if not child:
        status = 1
        try:
            begun = time.process_time()
            with tenant_scope(made.tenant.pk):
                step()
            took = time.process_time() - begun
            connections.close_all()
            peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
            os.write(into, json.dumps([took, peak]).encode())
            status = 0
        except BaseException:
            traceback.print_exc()
        finally:
            os._exit(status)
    os.close(into)
    told = os.read(out, 1_000)
    os.close(out)
    if os.waitpid(child, 0)[1]:
        raise SystemExit("the step failed")
    took, peak = json.loads(told)
    return took, peak


def edit(source: Path, target: Path, every: int) -> None:
    """Another owner and first cost for each of the candidates that `every` picks."""
    import openpyxl

    book = openpyxl.load_workbook(source)
    for sheet, heading, value in (
        ("Kandidater", "Eier", f"Leder {every}"),
        ("Kostnader", "Beløp (kroner)", 250_500 + every),
    ):
        column = next(cell.column for cell in book[sheet][1] if cell.value == heading)
        step = every if sheet == "Kandidater" else every * 2
        for row in range(2, book[sheet].max_row + 1, step):
            if book[sheet].cell(row, 1).value:
                book[sheet].cell(row, column).value = value
    book.save(target)


def read_plainly(source: Path) -> list[list[tuple[Any, ...]]]:
    """Every cell, with openpyxl."""
    import openpyxl

    book = openpyxl.load_workbook(source, read_only=True)
    return [list(sheet.iter_rows(values_only=True)) for sheet in book.worksheets]


def write_plainly(cells: list[list[tuple[Any, ...]]], target: Path) -> None:
    """The same cells, with openpyxl."""
    import openpyxl

    book = openpyxl.Workbook(write_only=True)
    for number, rows in enumerate(cells):
        sheet = book.create_sheet(str(number))
        for row in rows:
            sheet.append(row)
    book.save(target)


def main(count: int = COUNT) -> None:
    """One line for each step."""
    made = installation()
    from samstyr.wheel.portfolio.tests.factories import FORUM, at
    from samstyr.wheel.scenarios import actions
    from samstyr.wheel.scenarios.queries import exchange

    folder = Path(os.environ["SAMSTYR_VAR"])
    plain, out, few, many = (folder / f"{name}.xlsx" for name in ("plain", "out", "few", "many"))

    def export() -> None:
        actor = made.actor("it_lead")
        out.write_bytes(exchange.portfolio_file(actor, at(FORUM), FORUM, slug=made.tenant.slug))

    def preview(path: Path) -> None:
        seen = exchange.preview_of(path.read_bytes(), path.name, day=FORUM)
        assert seen.counts["changed"] == (count if path is many else -(-count // 20)), seen.counts

    def bring_in(path: Path) -> None:
        told = [time.process_time()]
        by = made.by
        document = actions.keep_portfolio_file(**by, content=path.read_bytes(), file_name=path.name)
        told.append(time.process_time())
        seal = exchange.preview_portfolio(by["actor"], document.pk, day=FORUM).seal
        told.append(time.process_time())
        actions.import_candidates(**by, document_id=document.pk, seen=seal)
        told.append(time.process_time())
        words = [f"{after - before:.1f} s" for before, after in pairwise(told)]
        print(f"  upload {words[0]}, preview {words[1]}, import {words[2]}", flush=True)

    lines: dict[str, tuple[float, int]] = {}

    def step(name: str, work: Callable[[], object]) -> tuple[float, int]:
        lines[name] = apart(made, work)
        return lines[name]

    step("nothing", lambda: None)
    apart(made, lambda: fill(made, count))
    step("export", export)
    for path, every in ((few, 20), (many, 1)):
        apart(made, partial(edit, out, path, every))
    print(f"{count} candidates, a file of {out.stat().st_size / 1_048_576:.1f} MB", flush=True)
    read = step("openpyxl reads", lambda: read_plainly(out))
    both = apart(made, lambda: write_plainly(read_plainly(out), plain))
    lines["openpyxl writes"] = wrote = (both[0] - read[0], both[1])
    step("preview, one in twenty", partial(preview, few))
    step("preview, all changed", partial(preview, many))
    step("to done, one in twenty", partial(bring_in, few))
    apart(made, export)
    apart(made, partial(edit, out, many, 1))
    step("to done, all changed", partial(bring_in, many))
    print(f"{'step':24} {'seconds':>8} {'to read':>8} {'to write':>9} {'peak MB':>8}")
    for name, (took, peak) in lines.items():
        print(f"{name:24} {took:8.1f} {took / read[0]:8.1f} {took / wrote[0]:9.1f} {peak:8}")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:2]))
