"""The best value of a generated portfolio by OR-Tools CP-SAT: `python -m … SIZE SEED`. Run in a process of its own."""

from __future__ import annotations

import sys

from ortools.sat.python import cp_model

from samstyr.wheel.scenarios.tests.generated import portfolio


def best_value(size: int, seed: int, seconds: float = 120.0) -> int:
    """The proven best value, in hundredths of hundredths of a point; -1 when nothing is possible.

    Raises RuntimeError when it is not proven in time.
    """
    instance = portfolio(size, seed=seed)
    model = cp_model.CpModel()
    starts = {
        (item.key, year): model.new_bool_var(f"{item.title} {year}")
        for item in instance.candidates
        for year in item.starts
    }
    for item in instance.candidates:
        mine = [starts[item.key, year] for year in item.starts]
        (model.add_exactly_one if item.mandatory else model.add_at_most_one)(mine)
    for limit in instance.limits:
        used = sum(
            limit.drawn_by(instance.by_key[key], year, instance.years) * column
            for (key, year), column in starts.items()
        )
        model.add(used >= limit.amount if limit.at_least else used <= limit.amount)
    for link in instance.links:
        if link.kind == "needs":
            first, second = link.members
            for year in instance.years:
                ahead = sum(column for (key, start), column in starts.items() if key == first and start <= year)
                behind = sum(column for (key, start), column in starts.items() if key == second and start <= year)
                model.add(ahead <= behind)
        else:
            both = sum(column for (key, _), column in starts.items() if key in link.members)
            model.add(both <= 1 if link.kind == "excludes" else both >= 1)
    model.maximize(sum(instance.worth(instance.by_key[key], year) * column for (key, year), column in starts.items()))
    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds = seconds
    solver.parameters.num_workers = 2
    status = solver.solve(model)
    if status == cp_model.INFEASIBLE:
        return -1
    if status != cp_model.OPTIMAL:
        raise RuntimeError("not proven in time")
    return round(solver.objective_value)


if __name__ == "__main__":
    print(best_value(int(sys.argv[1]), int(sys.argv[2])))
