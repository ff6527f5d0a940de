"""A plan's lines as plain values: sums, shares, the seal, and what is missing before it can be proposed."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from samstyr.foundation.audit.rules import canonical
from samstyr.foundation.kernel.errors import FieldError
from samstyr.foundation.kernel.money import share
from samstyr.foundation.kernel.text import gettext_noop, say


@dataclass(frozen=True)
class Cost:
    """Whole kroner in a budget year, of one kind (investment or operating), from one source."""

    year: int
    kind: str
    source: str
    amount: int


@dataclass(frozen=True)
class Line:
    """A measure as it stands in a version."""

    key: UUID
    rank: int
    title: str
    need: UUID | None = None
    owner: str = ""
    argument: str = ""
    organisations: tuple[UUID, ...] = ()
    cost_key: str = ""
    own_shares: Mapping[str, int] = field(default_factory=dict)
    starts_on: date | None = None
    ends_on: date | None = None
    costs: tuple[Cost, ...] = ()
    kind: str = ""
    focus_area: str = ""
    goals: tuple[str, ...] = ()
    benefit: str = ""
    answers: Mapping[str, str] = field(default_factory=dict)
    purchase_on: date | None = None
    effort: Mapping[str, int] = field(default_factory=dict)
    rolled_reason: str = ""

    @property
    def total(self) -> int:
        """All years, both kinds, in kroner."""
        return sum(cost.amount for cost in self.costs)


@dataclass(frozen=True)
class Party:
    """An organisation that pays: its inhabitants, and its slot in the model."""

    key: UUID
    slot: str
    population: int = 0


def spaced(amount: int) -> str:
    """Kroner as they are read in a sentence, with hard spaces."""
    return f"{amount:,}".replace(",", "\u00a0")


def by_year(lines: Iterable[Line], years: Sequence[int], *, kind: str = "") -> dict[int, int]:
    """Kroner per year, of one kind or of both."""
    totals = dict.fromkeys(years, 0)
    for line in lines:
        for cost in line.costs:
            if not kind or cost.kind == kind:
                totals[cost.year] = totals.get(cost.year, 0) + cost.amount
    return totals


def by_source(lines: Iterable[Line]) -> dict[str, int]:
    """Kroner per funding source, all years."""
    totals: dict[str, int] = {}
    for line in lines:
        for cost in line.costs:
            totals[cost.source] = totals.get(cost.source, 0) + cost.amount
    return totals


def weights_of(line: Line, parties: Sequence[Party], keys: Mapping[str, Any]) -> dict[UUID, int]:
    """The whole-number weights by which the line's cost is split between those that take part in it.

    One participant pays all. per_capita weighs by inhabitants; users by the users told for the line; fixed by the
    model's per cent; own_choice by what was agreed for the line; equal, and anything that gives no weight at all,
    by one each. Of a mixed key these are the weights of its variable part.
    """
    taking_part = [party for party in parties if party.key in line.organisations]
    if len(taking_part) <= 1:
        return {party.key: 1 for party in taking_part}
    key = keys.get(line.cost_key)
    kind = str(key.kind) if key is not None else "equal"
    return _weights(line, taking_part, key, str(key.variable) if key is not None and kind == "mixed" else kind)


def _weights(line: Line, taking_part: Sequence[Party], key: Any, kind: str) -> dict[UUID, int]:
    if kind == "per_capita":
        weights = {party.key: party.population for party in taking_part}
    elif kind == "fixed" and key is not None:
        weights = {party.key: int(key.shares.get(party.slot, 0)) for party in taking_part}
    elif kind in ("own_choice", "users"):
        weights = {party.key: int(line.own_shares.get(str(party.key), 0)) for party in taking_part}
    else:
        weights = {party.key: 1 for party in taking_part}
    return weights if any(weights.values()) else {party.key: 1 for party in taking_part}


def split_amount(line: Line, amount: int, parties: Sequence[Party], keys: Mapping[str, Any]) -> dict[UUID, int]:
    """An amount shared between those that take part, by the line's key; the shares add up to the krone."""
    weights = weights_of(line, parties, keys)
    if not weights:
        return {}
    key = keys.get(line.cost_key)
    if key is None or str(key.kind) != "mixed" or len(weights) == 1:
        return share(amount, weights)
    taking_part = [party for party in parties if party.key in weights]
    fixed = amount * int(key.fixed_percent) // 100
    first = share(fixed, _weights(line, taking_part, key, "fixed"))
    rest = share(amount - fixed, weights)
    return {party: first[party] + rest[party] for party in weights}


def split(line: Line, parties: Sequence[Party], keys: Mapping[str, Any]) -> dict[UUID, dict[int, int]]:
    """Kroner per organisation and year; the shares of each year and kind add up to the krone."""
    shares: dict[UUID, dict[int, int]] = {key: {} for key in weights_of(line, parties, keys)}
    for cost in line.costs:
        for key, amount in split_amount(line, cost.amount, parties, keys).items():
            shares[key][cost.year] = shares[key].get(cost.year, 0) + amount
    return shares


def split_all(
    lines: Iterable[Line], parties: Sequence[Party], keys: Mapping[str, Any], years: Sequence[int]
) -> dict[UUID, dict[int, int]]:
    """Kroner per organisation and year for a whole version."""
    totals = {party.key: dict.fromkeys(years, 0) for party in parties}
    for line in lines:
        for key, amounts in split(line, parties, keys).items():
            for year, amount in amounts.items():
                totals[key][year] = totals[key].get(year, 0) + amount
    return totals


def seal(lines: Iterable[Line]) -> str:
    """SHA-256 of the content of a version: the same lines in any order give the same seal (I-02)."""
    content = [_sealed(line) for line in sorted(lines, key=lambda item: (item.rank, str(item.key)))]
    return hashlib.sha256(canonical({"lines": content})).hexdigest()


def _sealed(line: Line) -> dict[str, Any]:
    """What the seal covers. What came later counts only where it is filled in, so that older seals stand."""
    later = {
        "kind": line.kind,
        "focus_area": line.focus_area,
        "goals": sorted(line.goals),
        "benefit": line.benefit,
        "answers": dict(sorted(line.answers.items())),
        "purchase_on": str(line.purchase_on or ""),
        "effort": dict(sorted(line.effort.items())),
        "rolled_reason": line.rolled_reason,
    }
    return {
        "key": str(line.key),
        "rank": line.rank,
        "title": line.title,
        "need": str(line.need or ""),
        "owner": line.owner,
        "argument": line.argument,
        "organisations": sorted(str(key) for key in line.organisations),
        "cost_key": line.cost_key,
        "own_shares": dict(sorted(line.own_shares.items())),
        "starts": str(line.starts_on or ""),
        "ends": str(line.ends_on or ""),
        "costs": sorted([cost.year, cost.kind, cost.source, cost.amount] for cost in line.costs),
        **{name: value for name, value in later.items() if value},
    }


def line_faults(line: Line, years: Sequence[int], keys: Mapping[str, Any], sources: Iterable[str]) -> list[FieldError]:
    """What is wrong with one line as it is entered."""
    known = set(sources)
    faults: list[FieldError] = []
    if not line.title.strip():
        faults.append(FieldError("title", say(gettext_noop("Tiltaket må ha en tittel."))))
    if not line.organisations:
        faults.append(FieldError("organisations", say(gettext_noop("Velg hvilke kommuner tiltaket gjelder."))))
    if line.starts_on and line.ends_on and line.ends_on < line.starts_on:
        faults.append(
            FieldError("ends_on", say(gettext_noop("Tiltaket kan ikke slutte før det begynner.")), str(line.ends_on))
        )
    for cost in line.costs:
        place = f"cost-{cost.year}-{cost.kind}-{cost.source}"
        if cost.amount < 0:
            faults.append(FieldError(place, say(gettext_noop("Kostnaden kan ikke være negativ.")), str(cost.amount)))
        if cost.year not in years:
            faults.append(FieldError(place, say(gettext_noop("Året ligger utenfor planperioden.")), str(cost.year)))
        if known and cost.source not in known:
            faults.append(
                FieldError(place, say(gettext_noop("Finansieringskilden finnes ikke i modellen.")), cost.source)
            )
    faults.extend(_key_faults(line, keys))
    return faults


def _key_faults(line: Line, keys: Mapping[str, Any]) -> list[FieldError]:
    if len(line.organisations) < 2:
        return []
    if keys and line.cost_key not in keys:
        return [FieldError("cost_key", say(gettext_noop("Velg hvordan kostnaden skal deles.")), line.cost_key)]
    key = keys.get(line.cost_key)
    users = [int(line.own_shares.get(str(org), 0)) for org in line.organisations]
    if _counts_users(key) and (not any(users) or min(users) < 0):
        return [FieldError("own_shares", say(gettext_noop("Skriv hvor mange brukere hver kommune har.")))]
    if key is not None and str(key.kind) == "own_choice":
        total = sum(int(line.own_shares.get(str(org), 0)) for org in line.organisations)
        if total != 100 or any(value < 0 for value in line.own_shares.values()):
            return [
                FieldError(
                    "own_shares",
                    say(gettext_noop("Andelene må til sammen være 100 prosent. Nå er de %(total)s."), total=total),
                    str(total),
                )
            ]
    return []


def _counts_users(key: Any) -> bool:
    return key is not None and (key.kind == "users" or (key.kind == "mixed" and key.variable == "users"))


def proposal_faults(lines: Sequence[Line]) -> list[FieldError]:
    """What is missing before a version can be proposed: something in it, and each line with owner and years."""
    if not lines:
        return [FieldError("lines", say(gettext_noop("Forslaget er tomt. Legg til minst ett tiltak.")))]
    faults = []
    for line in lines:
        if not line.owner.strip():
            faults.append(FieldError("owner", say(gettext_noop("«%(title)s» mangler eier."), title=line.title)))
        if not line.costs:
            faults.append(
                FieldError(
                    "costs",
                    say(
                        gettext_noop("«%(title)s» mangler kostnad. Skriv 0 hvis tiltaket ikke koster noe."),
                        title=line.title,
                    ),
                )
            )
        if line.need is None and not line.argument.strip():
            faults.append(
                FieldError(
                    "argument",
                    say(gettext_noop("«%(title)s» har verken behov eller begrunnelse."), title=line.title),
                )
            )
    ranks = sorted(line.rank for line in lines)
    if ranks != list(range(1, len(lines) + 1)):
        faults.append(FieldError("rank", say(gettext_noop("Rekkefølgen har hull eller like plasser."))))
    return faults


def reranked(keys: Sequence[UUID], wanted: Sequence[UUID]) -> list[UUID]:
    """The lines in the wanted order. Raises ValueError unless it is the same lines, each once."""
    if sorted(map(str, keys)) != sorted(map(str, wanted)):
        raise ValueError("not the same lines")
    return list(wanted)
