"""Three scenarios side by side, as page and as Excel: seconds, and peak memory in a process of its own.

``python -m bench.portfolio_comparison [candidates]``. Every scenario chooses half of the candidates, each another half.
The floor is the list of scenarios: the same login, frame and database, and nothing of the candidates.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from typing import Any

from bench.portfolio_exchange import BATCH, apart, fill, installation

COUNT, SCENARIOS = 2_000, 3


def scenarios(made: Any) -> str:
    """The scenarios with their choices; the comparison's question in the address."""
    from samstyr.wheel.scenarios.models import Candidate, Choice, Scenario

    rows = [Scenario(name=f"Scenario {number}", first_year=2026, years=4) for number in range(1, SCENARIOS + 1)]
    for row in rows:
        row.save()
    candidates = list(Candidate.objects.order_by("number"))
    choices = [
        Choice(scenario=row, candidate=candidate, start=2026 + candidate.number % 4).enter_tenant()
        for shift, row in enumerate(rows)
        for candidate in candidates
        if (candidate.number + shift) % (shift + 2)
    ]
    Choice.objects.bulk_create(choices, batch_size=BATCH)
    return "&".join(f"s={row.pk}" for row in rows)


def browser(made: Any) -> Any:
    """Somebody who reads the plan, logged in."""
    from django.conf import settings

    from samstyr.foundation.tenancy.scope import tenant_scope

    settings.ALLOWED_HOSTS.append("testserver")
    settings.STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
    with tenant_scope(made.tenant.pk):
        return made.client("it_lead")


def main(count: int = COUNT) -> None:
    """One line for each step."""
    made = installation()
    apart(made, lambda: fill(made, count))
    from django.urls import reverse

    from samstyr.foundation.tenancy.scope import tenant_scope

    with tenant_scope(made.tenant.pk):
        asked = scenarios(made)
    client = browser(made)
    slug = made.tenant.slug
    lists, page = reverse("scenario-list", args=[slug]), reverse("scenario-compare", args=[slug])
    export = reverse("scenario-compare-export", args=[slug, "xlsx"])

    def fetch(url: str) -> Callable[[], None]:
        def run() -> None:
            response = client.get(url)
            assert response.status_code == 200, (url, response.status_code)
            _ = b"".join(response) if response.streaming else response.content

        return run

    steps = {
        "nothing": lambda: None,
        "list of scenarios": fetch(lists),
        "comparison": fetch(f"{page}?{asked}"),
        "comparison as Excel": fetch(f"{export}?{asked}"),
    }
    told = {name: apart(made, work) for name, work in steps.items()}
    floor = told["list of scenarios"][0]
    print(f"{SCENARIOS} scenarios of {count} candidates")
    print(f"{'step':24} {'seconds':>8} {'ratio':>7} {'peak MB':>8}")
    for name, (took, peak) in told.items():
        print(f"{name:24} {took:8.2f} {took / floor:7.1f} {peak:8}")


if __name__ == "__main__":
    begun = time.perf_counter()
    main(*map(int, sys.argv[1:2]))
    print(f"{time.perf_counter() - begun:.0f} s in all", file=sys.stderr)
