"""The optimiser on made-up portfolios: value gained over the ranking by value per krone, the gap to proof, and time.

``python -m bench.portfolio [seconds] [sizes]``. The same seed gives the same portfolio on every machine.
"""

from __future__ import annotations

import sys
import time
from uuid import UUID

from samstyr.wheel.scenarios.rules.instance import Candidate, Instance, Limit
from samstyr.wheel.scenarios.rules.solving import solve
from samstyr.wheel.scenarios.tests.generated import portfolio

SIZES, SEEDS = (20, 40, 100, 500, 2_000), (1, 2, 3)
ALL_MONEY = Limit("", "", "money", 0)


def by_value_per_krone(instance: Instance) -> dict[UUID, int]:
    """What a long meeting with a spreadsheet does: mandatory first, then most value per krone while there is room."""

    def rate(candidate: Candidate) -> tuple[bool, float]:
        cost = ALL_MONEY.drawn_by(candidate, candidate.starts[0], instance.years)
        return not candidate.mandatory, -candidate.value / max(cost, 1)

    starts: dict[UUID, int] = {}
    left = {limit.key: limit.amount for limit in instance.limits if not limit.at_least}
    needs = [link for link in instance.links if link.kind == "needs"]
    for candidate in sorted((item for item in instance.candidates if item.starts), key=rate):
        for start in candidate.starts:
            drawn = {
                limit.key: limit.drawn_by(candidate, start, instance.years)
                for limit in instance.limits
                if limit.key in left
            }
            waits = any(
                link.members[0] == candidate.key and starts.get(link.members[1], 9999) > start for link in needs
            )
            shut = any(
                candidate.key in link.members and any(key in starts for key in link.members)
                for link in instance.links
                if link.kind == "excludes"
            )
            if not waits and not shut and all(amount <= left[key] for key, amount in drawn.items()):
                starts[candidate.key] = start
                left = {key: amount - drawn[key] for key, amount in left.items()}
                break
    return starts


def main(seconds: float, sizes: tuple[int, ...]) -> None:
    """One line for each portfolio."""
    print(
        f"{'candidates':>10} {'seed':>4} {'status':>9} {'gap %':>7} {'gain %':>7} {'seconds':>8} {'ratio':>7}  missed"
    )
    for size in sizes:
        for seed in SEEDS:
            instance = portfolio(size, seed=seed)
            begun = time.perf_counter()
            greedy = by_value_per_krone(instance)
            floor = time.perf_counter() - begun
            begun = time.perf_counter()
            solved = solve(instance, seconds=seconds)
            took = time.perf_counter() - begun
            value = instance.value_of(greedy)
            missed = sum(1 for item in instance.candidates if item.mandatory and item.key not in greedy)
            print(
                f"{size:>10} {seed:>4} {solved.status:>9} {solved.gap:>7.3f} {100 * (solved.value / value - 1):>7.1f} "
                f"{took:>8.1f} {took / max(floor, 1e-6):>7.0f}  {missed} mandatory",
                flush=True,
            )


if __name__ == "__main__":
    given = [float(word) for word in sys.argv[1:]]
    main(given[0] if given else 10.0, tuple(int(word) for word in given[1:]) or SIZES)
