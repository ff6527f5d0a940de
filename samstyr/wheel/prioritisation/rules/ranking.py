"""What is done with a ranking, and ranking by fixed keys: the cut line, the best by each criterion, side by side.

Keys rank one after the other, each only among those that all the keys before hold equal (N-123, N-025, N-105, N-195). An
exception says what a candidate counts as for one key and why; both places are kept so that the exception is seen.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import groupby
from typing import Any, Generic, TypeVar

from .scoring import Ranked, Sheet, Total, total, two_decimals

K = TypeVar("K", bound=Hashable)
Levels = Mapping[str, str]


@dataclass(frozen=True)
class Cut(Generic[K]):
    """Where the capacity is used up (G-99). `edge` are those who share the place at the line when not all fit."""

    above: tuple[K, ...]
    edge: tuple[K, ...]
    below: tuple[K, ...]
    used: int

    @property
    def passing(self) -> tuple[K, ...]:
        """Those above, with those at the edge."""
        return (*self.above, *self.edge)


def cut_line(ranked: Sequence[Ranked[K]], capacity: int, sizes: Mapping[K, int] | None = None) -> Cut[K]:
    """The line at so many projects, or at so many hours when each has its size; from the top until one does not fit.

    Those that are stopped by a veto are below whatever there is room for.
    """
    above: list[K] = []
    edge: list[K] = []
    used = 0
    groups = groupby((one for one in ranked if not one.total.vetoed), key=lambda one: one.rank)
    for _place, group in groups:
        keys = [one.key for one in group]
        need = [1 if sizes is None else sizes.get(key, 0) for key in keys]
        if used + sum(need) <= capacity:
            above += keys
            used += sum(need)
            continue
        if used + min(need) <= capacity:
            edge = keys
        break
    taken = {*above, *edge}
    return Cut(tuple(above), tuple(edge), tuple(one.key for one in ranked if one.key not in taken), used)


def best_by(ranked: Sequence[Ranked[K]], criterion: str) -> list[tuple[K, Fraction]]:
    """The candidates by their value on one criterion, the ranking deciding among equals (G-100)."""
    found = [(one.rank, one.key, part.value) for one in ranked if (part := one.total.part(criterion))]
    return [(key, value) for _rank, key, value in sorted(found, key=lambda item: (-item[2], item[0], str(item[1])))]


@dataclass(frozen=True)
class Facts:
    """What keys rank a candidate by; money in whole kroner."""

    focus_area: str = ""
    kind: str = ""
    statutory: bool = False
    score: Fraction | None = None
    cost: int | None = None
    benefit: int | None = None
    area_rank: int | None = None


@dataclass(frozen=True)
class Key:
    """A sort key; `order` for focus areas and kinds, the first first."""

    by: str
    order: tuple[str, ...] = ()


@dataclass(frozen=True)
class RankException:
    """A candidate that counts as another focus area or kind than its own for a key, and why."""

    by: str
    counts_as: str
    reason: str


@dataclass(frozen=True)
class Placed(Generic[K]):
    """A candidate's place by keys. `decided_by` set it apart from the one above (for the first: below).

    `shown` is what each key saw. `plain_rank` is the place without any exceptions.
    """

    key: K
    rank: int
    decided_by: str
    shown: tuple[tuple[str, str], ...]
    tied_with: tuple[K, ...]
    exceptions: tuple[RankException, ...]
    plain_rank: int


def keys_of(ranking: Mapping[str, Any]) -> tuple[Key, ...]:
    """The keys of the model's ranking, as it is stored with a round."""
    return tuple(Key(item["by"], tuple(item.get("order") or ())) for item in ranking.get("keys") or ())


def rank_by_keys(
    keys: Sequence[Key],
    candidates: Mapping[K, Facts],
    exceptions: Mapping[K, Sequence[RankException]] | None = None,
) -> list[Placed[K]]:
    """The candidates by the keys in order; what a key does not know comes after what it knows.

    Those that no key sets apart share a place.
    """
    granted = {key: tuple(own) for key, own in (exceptions or {}).items() if own}
    plain = _sorted(keys, {key: _measure(keys, facts, ()) for key, facts in candidates.items()})
    measured = {key: _measure(keys, facts, granted.get(key, ())) for key, facts in candidates.items()}
    places = _sorted(keys, measured)
    found = []
    for at, (key, place) in enumerate(places.items()):
        order = list(places)
        tied = tuple(other for other in order if other != key and places[other] == place)
        found.append(
            Placed(
                key,
                place,
                _decided(keys, measured, order, at),
                tuple((one.by, _shown(one, candidates[key], granted.get(key, ()))) for one in keys),
                tied,
                granted.get(key, ()),
                plain[key],
            )
        )
    return found


Measure = tuple[tuple[int, Fraction], ...]


def _sorted(keys: Sequence[Key], measured: Mapping[K, Measure]) -> dict[K, int]:
    order = sorted(measured, key=lambda key: (measured[key], str(key)))
    places: dict[K, int] = {}
    firsts: dict[Measure, int] = {}
    for at, key in enumerate(order, 1):
        places[key] = firsts.setdefault(measured[key], at)
    return places


def _measure(keys: Sequence[Key], facts: Facts, exceptions: Sequence[RankException]) -> Measure:
    """What each key sorts by, the least first; what is not known is last."""
    return tuple(_number(key, facts, exceptions) for key in keys)


def _number(key: Key, facts: Facts, exceptions: Sequence[RankException]) -> tuple[int, Fraction]:
    found: Fraction | int | None = None
    if key.by in ("focus_area", "kind"):
        value = _counts_as(key, facts, exceptions)
        found = key.order.index(value) if value in key.order else None
    elif key.by == "statutory":
        found = 0 if facts.statutory else 1
    elif key.by == "area_rank":
        found = facts.area_rank
    elif key.by == "score":
        found = None if facts.score is None else -facts.score
    elif key.by in ("value_per_krone", "benefit_per_cost"):
        gain = facts.score if key.by == "value_per_krone" else facts.benefit
        return _ratio(gain, facts.cost)
    return (9, Fraction(0)) if found is None else (1, Fraction(found))


def _ratio(gain: Fraction | int | None, cost: int | None) -> tuple[int, Fraction]:
    """Gain per krone, the greatest first; what costs nothing comes before all that does."""
    if gain is None or cost is None:
        return (9, Fraction(0))
    if cost <= 0:
        return (0, -Fraction(gain)) if gain > 0 else (9, Fraction(0))
    return (1, -Fraction(gain) / cost)


def _counts_as(key: Key, facts: Facts, exceptions: Sequence[RankException]) -> str:
    own = facts.focus_area if key.by == "focus_area" else facts.kind
    return next((one.counts_as for one in exceptions if one.by == key.by), own)


def _shown(key: Key, facts: Facts, exceptions: Sequence[RankException]) -> str:
    """What the key saw, as keys of the model and plain figures."""
    if key.by in ("focus_area", "kind"):
        return _counts_as(key, facts, exceptions)
    if key.by == "statutory":
        return "yes" if facts.statutory else "no"
    if key.by == "area_rank":
        return "" if facts.area_rank is None else str(facts.area_rank)
    if key.by == "score":
        return "" if facts.score is None else two_decimals(facts.score)
    known, number = _number(key, facts, exceptions)
    return two_decimals(-number) if known == 1 else ""


def _decided(keys: Sequence[Key], measured: Mapping[K, Measure], order: Sequence[K], at: int) -> str:
    own = measured[order[at]]
    above = next((measured[key] for key in reversed(order[:at]) if measured[key] != own), None)
    below = next((measured[key] for key in order[at + 1 :] if measured[key] != own), None)
    nearest = above or below
    if nearest is None:
        return ""
    return next(key.by for key, mine, theirs in zip(keys, own, nearest, strict=True) if mine != theirs)


@dataclass(frozen=True)
class Deviation(Generic[K]):
    """A candidate that people have put before some that the keys put before it (N-123), and which key says so."""

    key: K
    before: tuple[K, ...]
    by: tuple[str, ...]


def deviations(keys: Sequence[Key], candidates: Mapping[K, Facts], chosen: Sequence[K]) -> list[Deviation[K]]:
    """Where an order that people have chosen goes against the keys."""
    measured = {key: _measure(keys, candidates[key], ()) for key in chosen}
    found = []
    for at, key in enumerate(chosen):
        passed = [other for other in chosen[at + 1 :] if measured[other] < measured[key]]
        if passed:
            by = dict.fromkeys(
                next(
                    one.by
                    for one, mine, theirs in zip(keys, measured[key], measured[other], strict=True)
                    if mine != theirs
                )
                for other in passed
            )
            found.append(Deviation(key, tuple(passed), tuple(by)))
    return found


def by_benefit_per_cost(candidates: Mapping[K, tuple[int, int]]) -> list[tuple[K, Fraction | None]]:
    """Benefit per krone of cost, the greatest first (N-176); none where nothing is paid, before the others if it gains."""
    order = sorted(candidates, key=lambda key: (_ratio(*candidates[key]), str(key)))
    return [(key, Fraction(*candidates[key]) if candidates[key][1] > 0 else None) for key in order]


@dataclass(frozen=True)
class Row(Generic[K]):
    """A criterion in a comparison: each candidate's value and points, and which are the best."""

    criterion: str
    name: str
    values: Mapping[K, Fraction]
    points: Mapping[K, Fraction]
    best: tuple[K, ...]


@dataclass(frozen=True)
class Comparison(Generic[K]):
    """Candidates side by side: a row for each criterion, the totals, and what each is behind the best."""

    rows: tuple[Row[K], ...]
    totals: Mapping[K, Total]
    behind: Mapping[K, Fraction]


def compare(sheet: Sheet, candidates: Mapping[K, Levels]) -> Comparison[K]:
    """The candidates side by side; one without every level has no values (N-064)."""
    totals = {key: total(sheet, own) for key, own in candidates.items()}
    rows = []
    for criterion in sheet.weights:
        parts = {key: part for key, one in totals.items() if (part := one.part(criterion))}
        top = max((part.value for part in parts.values()), default=None)
        rows.append(
            Row(
                criterion,
                sheet.names[criterion],
                {key: part.value for key, part in parts.items()},
                {key: part.points for key, part in parts.items()},
                tuple(key for key, part in parts.items() if part.value == top),
            )
        )
    known = {key: one.value for key, one in totals.items() if one.value is not None}
    best = max(known.values(), default=Fraction(0))
    return Comparison(tuple(rows), totals, {key: best - value for key, value in known.items()})


def shares_of_effort(effort: Iterable[tuple[str, int]]) -> dict[str, Fraction]:
    """The share of all hours or kroner that goes to each kind of measure (N-195)."""
    sums: dict[str, int] = {}
    for kind, amount in effort:
        sums[kind] = sums.get(kind, 0) + amount
    whole = sum(sums.values())
    return {kind: Fraction(amount, whole) for kind, amount in sums.items()} if whole else {}
