"""Runs the workloads: ``script/bench [part of a name]``. Prints time per unit and the ratio to a floor in the same run.

Absolute times are one machine's and mean little; the ratios travel. The demonstration is the data, in a database of
its own that is thrown away.
"""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from typing import Any


def timed(workload: Any, *, rounds: int) -> float:
    """The median time of one unit, in milliseconds, over `rounds` calls after one to warm up."""
    workload.run()
    times = []
    for _round in range(rounds):
        begun = time.perf_counter()
        workload.run()
        times.append((time.perf_counter() - begun) * 1000 / workload.units)
    return statistics.median(times)


def pairs() -> Iterator[tuple[Any, Any]]:
    """Each workload with its floor."""
    from django.test import Client
    from django.urls import reverse

    from bench import cases, exports, governance, needs
    from samstyr.foundation.kernel import clock
    from samstyr.foundation.organisations import queries as organisations
    from samstyr.foundation.tenancy import queries as tenancy
    from samstyr.foundation.tenancy.scope import tenant_scope

    tenant = next(row for row in tenancy.all_tenants() if row.slug == "birkenes-lillesand")
    account = next(account for account in tenancy.demo_accounts() if account.name.startswith("IT-leder"))
    client = Client()
    client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
    yield governance.lint_workload(), governance.floor_workload()
    for form in ("Word", "PDF", "budget", "Excel"):
        yield exports.export_workload(form), exports.export_floor()
    empty = cases.empty_view(client)
    with tenant_scope(tenant.pk):
        from samstyr.foundation.governance import queries as models
        from samstyr.procedure.casework import queries as casework

        now = clock.now()
        person = organisations.person_of_account(account.pk)
        assert person is not None
        actor = organisations.actor_for(person, today=now.date(), role_table=models.role_table(now.date()))
        case = casework.visible_to(actor).order_by("year", "number").first()
        assert case is not None
        yield needs.import_workload(actor, now), needs.import_floor(actor, now)
        needs.fill(actor, now)
    for name, url in (
        ("need list", reverse("need-list", args=[tenant.slug]) + "?vis=alle"),
        ("case list", reverse("case-list", args=[tenant.slug])),
        ("case page", reverse("case-detail", args=[tenant.slug, case.pk])),
        ("task list", reverse("start", args=[tenant.slug])),
    ):
        page = cases.page_workload(name, client, url)
        yield page, cases.sql_floor(name, client, url)
        yield page, empty


def main(wanted: str = "") -> None:
    """Make the data, run what is wanted, print the table."""
    os.environ["SAMSTYR_VAR"] = tempfile.mkdtemp(prefix="samstyr-bench-")
    os.environ["SAMSTYR_MODE"] = "demo"
    os.environ["DJANGO_SETTINGS_MODULE"] = "samstyr.settings"
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command

    from samstyr.demo.load import load

    settings.ALLOWED_HOSTS.append("testserver")
    settings.STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
    print("Making the data …", file=sys.stderr)
    call_command("migrate", verbosity=0)
    load()
    print(f"{'workload':22} {'ms per unit':>12} {'unit':>7}   {'floor':26} {'ms':>9} {'ratio':>7}")
    for workload, floor in pairs():
        if wanted and wanted not in workload.name:
            continue
        rounds = 3 if workload.units > 100 else 15
        own, least = timed(workload, rounds=rounds), timed(floor, rounds=rounds)
        print(f"{workload.name:22} {own:12.3f} {workload.unit:>7}   {floor.name:26} {least:9.3f} {own / least:7.1f}")
    from bench import exports

    for first in exports.firsts() if not wanted or "plan" in wanted else []:
        peak = f"{first.megabytes} MB, typesetter {first.typesetter} MB"
        print(f"first plan as {first.form:8} {first.milliseconds:8} ms, peak memory {peak}")


if __name__ == "__main__":
    main(*sys.argv[1:2])
