"""Why each candidate is in or left out, and what would change it. Every stated change does change the choice.

The certificate is always the same: what is proven best without the candidate is set against a choice that has
it. Where that takes a full search which cannot be finished in time, nothing is stated.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any
from uuid import UUID

from .conflicts import smallest_conflict
from .instance import Candidate, Instance, Limit, Solved
from .solving import solve

# Per cent done; False stops the explaining, and what has been found so far is kept.
OnProgress = Callable[[int], bool]

HALVINGS, DOUBLINGS = 5, 5
MOST_VALUE = 10_000
# A limit is told of when more of it is asked for in steps that people think in.
STEPS = {"money": 100_000, "hours": 50, "risk": 10, "count": 1}


@dataclass(frozen=True)
class Explanation:
    """Why one candidate is in or out. Keys are of limits, links and candidates; amounts in the limit's unit.

    `because`: "mandatory", "pinned", "value", "indispensable" (in: without it the demands cannot be met); "pinned_out", "no_start", "impossible", "crowded_out" (out).
    `in_the_way`: limits that have no room for it beside the best choice, with how much is lacking, at its best start.
    `wants`, `shuts_out`: candidates it needs that are out, and chosen ones that exclude it. `needed_by`: chosen
    candidates that need it. `conflict`: the smallest set of demands that makes it impossible.
    `enters_at`: the value (hundredths of a point) from which it comes in. `leaves_at`: the value at which it
    falls out. `enters_with`: growth of limits with which it comes in. `exact`: `enters_with` has been searched for.
    """

    candidate: UUID
    start: int | None
    because: str
    in_the_way: tuple[tuple[str, int], ...] = ()
    wants: tuple[UUID, ...] = ()
    shuts_out: tuple[UUID, ...] = ()
    needed_by: tuple[UUID, ...] = ()
    conflict: tuple[str, ...] = ()
    value: int = 0
    enters_at: int | None = None
    leaves_at: int | None = None
    enters_with: tuple[tuple[str, int], ...] = ()
    exact: bool = False

    def as_json(self) -> dict[str, Any]:
        """JSON-ready: identifiers as text, tuples as lists."""
        plain = asdict(self)
        for name in ("wants", "shuts_out", "needed_by"):
            plain[name] = [str(key) for key in plain[name]]
        plain["candidate"] = str(self.candidate)
        return plain


@dataclass(frozen=True)
class More:
    """What `step` more of a limit is worth, in hundredths of hundredths of a point, by solving again."""

    limit: str
    step: int
    gain: int


def explain_all(
    instance: Instance, solved: Solved, *, seconds: float = 60.0, on_progress: OnProgress | None = None
) -> dict[UUID, Explanation]:
    """An explanation for every candidate; the dearest searches are made while there is time, best value first."""
    begun = time.monotonic()
    found: dict[UUID, Explanation] = {}
    order = sorted(instance.candidates, key=lambda item: (item.key in solved.starts, -item.value, str(item.key)))
    for at, candidate in enumerate(order):
        left = seconds - (time.monotonic() - begun)
        if on_progress is not None and not on_progress(int(100 * at / max(len(order), 1))):
            break
        found[candidate.key] = explain_one(
            instance, solved, candidate.key, seconds=max(0.0, min(left, seconds / 4)), search=left > 0
        )
    for candidate in order[len(found) :]:
        found[candidate.key] = explain_one(instance, solved, candidate.key, seconds=0.0, search=False)
    return found


def explain_one(
    instance: Instance, solved: Solved, key: UUID, *, seconds: float = 30.0, search: bool = True
) -> Explanation:
    """Why the candidate is in or out of the solved choice. `search` asks for what would change it."""
    candidate = instance.by_key[key]
    if key in solved.starts:
        return _chosen(instance, solved, candidate, seconds, search)
    plain = _left_out(instance, solved, candidate)
    if plain.because in ("pinned_out", "no_start") or not search:
        return plain
    forced = _pinned(instance, key, "in")
    with_it = solve(forced, seconds=max(0.5, seconds / 3), start=_beside(instance, solved, candidate))
    if with_it.status == "infeasible":
        conflict = smallest_conflict(forced, wish=str(key), seconds=max(1.0, seconds))
        return replace(plain, because="impossible", conflict=conflict, exact=True)
    if not with_it.starts:
        return plain
    enters_at = _raised(instance, candidate, solved, with_it)
    enters_with = _grown(instance, solved, candidate, plain, seconds)
    return replace(plain, enters_at=enters_at, enters_with=enters_with, exact=True)


def worth_of_more(instance: Instance, solved: Solved, *, seconds: float = 30.0) -> list[More]:
    """What a step more of each limit that is nearly used up is worth; only those that could be proven in time."""
    found: list[More] = []
    begun = time.monotonic()
    if solved.status != "optimal":
        return found
    for limit in instance.limits:
        left = seconds - (time.monotonic() - begun)
        step = STEPS[limit.measure]
        tight = not limit.at_least and instance.used(limit, solved.starts) + step > limit.amount
        if tight and left > 0:
            again = solve(_with_limits(instance, {limit.key: step}), seconds=min(left, 5.0), start=solved.starts)
            if again.status == "optimal":
                found.append(More(limit.key, step, again.value - solved.value))
    return sorted(found, key=lambda item: -item.gain)


def _left_out(instance: Instance, solved: Solved, candidate: Candidate) -> Explanation:
    """What can be told without solving anything again."""
    if candidate.pin == "out":
        return Explanation(candidate.key, None, "pinned_out", value=candidate.value)
    if not candidate.starts:
        return Explanation(candidate.key, None, "no_start", value=candidate.value)
    wants, shuts_out = _ties(instance, solved, candidate)
    return Explanation(
        candidate.key,
        None,
        "crowded_out",
        in_the_way=_least_lack(instance, solved, candidate),
        wants=wants,
        shuts_out=shuts_out,
        value=candidate.value,
    )


def _ties(instance: Instance, solved: Solved, candidate: Candidate) -> tuple[tuple[UUID, ...], tuple[UUID, ...]]:
    wants, shuts_out = [], []
    for link in instance.links:
        if candidate.key not in link.members:
            continue
        others = [key for key in link.members if key != candidate.key]
        if link.kind == "needs" and link.members[0] == candidate.key:
            wants += [key for key in others if key not in solved.starts]
        if link.kind == "excludes":
            shuts_out += [key for key in others if key in solved.starts]
    return tuple(wants), tuple(shuts_out)


def _lacks(instance: Instance, solved: Solved, candidate: Candidate, start: int) -> tuple[tuple[str, int], ...]:
    """How much each limit lacks if the candidate were added to the choice at `start`."""
    lacks = []
    for limit in instance.limits:
        drawn = limit.drawn_by(candidate, start, instance.years)
        over = instance.used(limit, solved.starts) + drawn - limit.amount
        if not limit.at_least and drawn and over > 0:
            lacks.append((limit.key, over))
    return tuple(lacks)


def _least_lack(instance: Instance, solved: Solved, candidate: Candidate) -> tuple[tuple[str, int], ...]:
    """The lacks at the start year where they are fewest, then smallest for the amounts at hand."""
    amounts = {limit.key: max(limit.amount, 1) for limit in instance.limits}
    options = [_lacks(instance, solved, candidate, start) for start in candidate.starts]
    return min(options, key=lambda lacks: (len(lacks), sum(over / amounts[key] for key, over in lacks)))


def _pinned(instance: Instance, key: UUID, pin: str) -> Instance:
    return replace(
        instance,
        candidates=tuple(
            replace(item, pin=pin, mandatory=item.mandatory and pin != "out") if item.key == key else item
            for item in instance.candidates
        ),
    )


def _with_limits(instance: Instance, more: Mapping[str, int]) -> Instance:
    return replace(
        instance,
        limits=tuple(replace(limit, amount=limit.amount + more.get(limit.key, 0)) for limit in instance.limits),
    )


def _beside(instance: Instance, solved: Solved, candidate: Candidate) -> dict[UUID, int] | None:
    """The choice with the candidate in the year it fits, if it fits."""
    for start in candidate.starts:
        starts = {**solved.starts, candidate.key: start}
        if not instance.breaches(starts):
            return starts
    return None


def _raised(instance: Instance, candidate: Candidate, solved: Solved, with_it: Solved) -> int | None:
    """The value from which a choice with the candidate beats every choice without it, or None beyond the scale.

    No choice without it is worth more than the proven bound; the one found with it gains with each hundredth.
    """
    per_hundredth = _per_hundredth(instance, with_it.starts[candidate.key])
    if per_hundredth <= 0:
        return None
    lacking = max(solved.bound, solved.value) - with_it.value
    value = candidate.value + lacking // per_hundredth + 1
    return value if value <= MOST_VALUE else None


def _per_hundredth(instance: Instance, start: int) -> int:
    return max(0, 100 - instance.delay_percent * (start - instance.years[0]))


def _grown(
    instance: Instance, solved: Solved, candidate: Candidate, plain: Explanation, seconds: float
) -> tuple[tuple[str, int], ...]:
    """Growth of the limits in the way with which the candidate is in every best choice; empty when none is proven.

    The lack itself is tried first, then more (somebody else may take the first room), then less.
    """
    if plain.wants or plain.shuts_out or not plain.in_the_way:
        return ()
    begun = time.monotonic()
    base = dict(plain.in_the_way)
    scale, proven = 1.0, None
    for _ in range(DOUBLINGS):
        if time.monotonic() - begun > seconds:
            return ()
        growth = {key: max(1, int(over * scale)) for key, over in base.items()}
        if _comes_in(instance, solved, candidate, growth, seconds):
            proven = growth
            break
        scale *= 2
    if proven is None:
        return ()
    low, high = (0.0, scale) if scale == 1.0 else (scale / 2, scale)
    for _ in range(HALVINGS):
        if time.monotonic() - begun > seconds:
            break
        middle = (low + high) / 2
        growth = {key: max(1, int(over * middle)) for key, over in base.items()}
        if _comes_in(instance, solved, candidate, growth, seconds):
            proven, high = growth, middle
        else:
            low = middle
    return _rounded(instance, solved, candidate, proven, seconds)


def _rounded(
    instance: Instance, solved: Solved, candidate: Candidate, growth: dict[str, int], seconds: float
) -> tuple[tuple[str, int], ...]:
    """The growth in round figures, if that still does it."""
    measures = {limit.key: limit.measure for limit in instance.limits}
    unit = {"money": 10_000, "hours": 10, "risk": 1, "count": 1}
    round_up = {key: -(-more // unit[measures[key]]) * unit[measures[key]] for key, more in growth.items()}
    if round_up != growth and _comes_in(instance, solved, candidate, round_up, seconds):
        growth = round_up
    return tuple(growth.items())


def _comes_in(
    instance: Instance, solved: Solved, candidate: Candidate, growth: Mapping[str, int], seconds: float
) -> bool:
    """Whether every best choice with the grown limits has the candidate: the best without it is worth less."""
    grown = _with_limits(instance, growth)
    start = _beside(grown, solved, candidate)
    best = solve(grown, seconds=max(0.5, seconds / 6), start=start)
    if best.status != "optimal" or candidate.key not in best.starts:
        return False
    without = solve(_pinned(grown, candidate.key, "out"), seconds=max(0.5, seconds / 6), start=solved.starts)
    return without.status == "infeasible" or (without.status == "optimal" and without.value < best.value)


def _chosen(instance: Instance, solved: Solved, candidate: Candidate, seconds: float, search: bool) -> Explanation:
    start = solved.starts[candidate.key]
    needed_by = tuple(
        link.members[0]
        for link in instance.links
        if link.kind == "needs" and link.members[1] == candidate.key and link.members[0] in solved.starts
    )
    because = "mandatory" if candidate.mandatory else "pinned" if candidate.pin == "in" else "value"
    plain = Explanation(candidate.key, start, because, needed_by=needed_by, value=candidate.value)
    if because != "value" or not search:
        return plain
    without = solve(_pinned(instance, candidate.key, "out"), seconds=max(0.5, seconds / 3))
    if without.status == "infeasible":
        return replace(plain, because="indispensable", exact=True)
    if not without.starts or solved.status != "optimal":
        return plain
    # Every choice with it loses at least this for each hundredth: the one that starts last loses least.
    per_hundredth = min(_per_hundredth(instance, year) for year in candidate.starts)
    if per_hundredth <= 0:
        return plain
    fall = (solved.value - without.value) // per_hundredth + 1
    return replace(plain, leaves_at=candidate.value - fall if fall <= candidate.value else None, exact=True)


def limit_of(instance: Instance, key: str) -> Limit | None:
    """The limit by its key."""
    return next((limit for limit in instance.limits if limit.key == key), None)
