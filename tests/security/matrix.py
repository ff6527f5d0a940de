"""Asking every address as everybody, and the reviewed table of what they should answer."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from django.db import transaction
from django.test import Client

from samstyr.foundation.tenancy.scope import tenant_scope
from tests.security.addresses import cells, path_of
from tests.security.objects import POSTED
from tests.security.world import World, who

TABLE = Path(__file__).resolve().parents[2] / "docs" / "security" / "matrix.csv"
Cell = tuple[str, str]


def reviewed() -> dict[Cell, dict[str, str]]:
    """(address, method) → who → status, as the table says."""
    if not TABLE.exists():
        return {}
    with TABLE.open(encoding="utf-8", newline="") as file:
        return {(row.pop("address"), row.pop("method")): row for row in csv.DictReader(file)}


def ask(client: Client, world: World, cell: Cell) -> str:
    """The status that the address answers with; whatever it writes is taken back. "–" without an object."""
    name, method = cell
    try:
        with tenant_scope(world.tenant.pk):
            path = path_of(world, name)
            data = POSTED[name](world) if name in POSTED else {}
    except KeyError:
        return "–"
    cookies = client.cookies.output()
    with transaction.atomic():
        response = client.generic(method, path) if method == "GET" else client.post(path, data)
        transaction.set_rollback(True)
    if client.cookies.output() != cookies:  # logged out, or another language: that is taken back too
        client.cookies.clear()
        client.cookies.load(cookies.replace("Set-Cookie: ", "").replace("\r\n", "; "))
    return str(response.status_code)


def observe(client: Client, world: World, wanted: Iterable[Cell] | None = None) -> dict[Cell, str]:
    """What one person meets at every address, when everything that any address names is there."""
    with tenant_scope(world.tenant.pk):
        for name, _method in cells():
            with suppress(KeyError):
                path_of(world, name)
    return {cell: ask(client, world, cell) for cell in (wanted or cells())}


def rows(observed: dict[str, dict[Cell, str]]) -> str:
    """Observations as lines of the table."""
    lines = [",".join(["address", "method", *who()])]
    for name, method in sorted(cells()):
        lines.append(",".join([name, method, *(observed[person][(name, method)] for person in who())]))
    return "\n".join(lines) + "\n"
