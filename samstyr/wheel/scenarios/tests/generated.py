"""Made-up portfolios for tests and measurements: the same seed gives the same portfolio everywhere."""

from __future__ import annotations

import random
from dataclasses import replace
from uuid import UUID

from samstyr.foundation.kernel.money import share
from samstyr.wheel.scenarios.rules.instance import Candidate, Instance, Limit, Link, Use

INHABITANTS = {UUID(int=1): 5_300, UUID(int=2): 11_300}
NAMES = {UUID(int=1): "Austre", UUID(int=2): "Vestre"}
ROLES = ("prosjektleder", "arkitekt", "fagperson")
AREAS = ("helse", "skole", "teknisk", "stab")


def portfolio(size: int, *, seed: int = 1, years: int = 4, room: float = 0.35, first_year: int = 2027) -> Instance:
    """`size` candidates over `years`, two municipalities and three staff roles, with money and people for `room`.

    About one in seven needs another, one in twenty excludes another, one in thirty is mandatory.
    """
    chance = random.Random(f"{seed} {size} {years}")
    horizon = tuple(range(first_year, first_year + years))
    candidates = tuple(_candidate(chance, number, horizon) for number in range(size))
    return Instance(
        years=horizon,
        candidates=candidates,
        limits=_limits(candidates, horizon, room),
        links=_links(chance, candidates),
        delay_percent=5,
    )


def _candidate(chance: random.Random, number: int, years: tuple[int, ...]) -> Candidate:
    who = chance.choice([(UUID(int=1),), (UUID(int=2),), tuple(INHABITANTS)])
    weights = {key: INHABITANTS[key] for key in who}
    size = chance.lognormvariate(0, 0.8)
    duration = chance.choice([1, 1, 2])
    investment, operating = int(400_000 * size), int(80_000 * size * chance.uniform(0.3, 2))
    uses = [
        Use("money", amount, offset, organisation=key, kind="investment", source="loan")
        for offset in range(duration)
        for key, amount in share(investment // duration, weights).items()
    ]
    uses += [
        Use("money", amount, 0, True, organisation=key, kind="operating", source="budget")
        for key, amount in share(operating, weights).items()
    ]
    uses += [
        Use("hours", int(hours * size * chance.uniform(0.4, 1.6)) + 5, offset, role=role)
        for offset in range(duration)
        for role, hours in zip(ROLES, (200, 80, 300), strict=True)
        if chance.random() < 0.8
    ]
    earliest = chance.choice(years[:2]) if chance.random() < 0.3 else years[0]
    latest = chance.choice(years[1:]) if chance.random() < 0.2 else years[-1]
    return Candidate(
        key=UUID(int=number + 100),
        title=f"Tiltak {number + 1}",
        value=int(min(10_000, max(100, 2_200 * size**0.8 * chance.uniform(0.5, 1.5)))),
        starts=tuple(year for year in years if earliest <= year <= max(latest, earliest)),
        uses=tuple(uses),
        risk=chance.randint(0, 100),
        mandatory=chance.random() < 1 / 30,
        area=chance.choice(AREAS),
    )


def _limits(candidates: tuple[Candidate, ...], years: tuple[int, ...], room: float) -> tuple[Limit, ...]:
    """Frames as municipalities set them: the same investment and the same people each year, running costs that
    may grow as much each year, and one staff role that is scarcer than the others."""
    limits = []
    for kind in ("investment", "operating"):
        for key in INHABITANTS:
            whole = Limit("", "", "money", 0, organisation=key, kind=kind)
            demand = _demand(whole, candidates, years, yearly=kind == "operating")
            for at, year in enumerate(years, 1):
                part = demand * room * (at if kind == "operating" else 1) / len(years)
                name = f"{kind} {year} {NAMES[key]}"
                limits.append(replace(whole, key=name, name=name, year=year, amount=int(part)))
    for role, plenty in zip(ROLES, (1.0, 1.8, 2.5), strict=True):
        whole = Limit("", "", "hours", 0, role=role)
        part = _demand(whole, candidates, years) * room * plenty / len(years)
        limits += [
            replace(whole, key=f"{role} {year}", name=f"{role} {year}", year=year, amount=int(part)) for year in years
        ]
    limits = [replace(limit, amount=limit.amount + _must(limit, candidates, years)) for limit in limits]
    for area in AREAS:
        there = sum(candidate.area == area for candidate in candidates)
        if there >= 10:
            limits.append(Limit(f"minst i {area}", f"minst i {area}", "count", there // 10, True, area=area))
    return tuple(limits)


def _demand(limit: Limit, candidates: tuple[Candidate, ...], years: tuple[int, ...], *, yearly: bool = False) -> int:
    """What all candidates together would draw; a running cost is counted once."""
    per_year = [
        sum(replace(limit, year=year).drawn_by(item, item.starts[0], years) for year in years) for item in candidates
    ]
    last = [replace(limit, year=years[-1]).drawn_by(item, item.starts[0], years) for item in candidates]
    return sum(last if yearly else per_year)


def _must(limit: Limit, candidates: tuple[Candidate, ...], years: tuple[int, ...]) -> int:
    """What the mandatory ones could draw, so that there is always room for them."""
    return sum(
        max(limit.drawn_by(item, start, years) for start in item.starts) for item in candidates if item.mandatory
    ) // (1 if len(candidates) < 60 else 2)


def _links(chance: random.Random, candidates: tuple[Candidate, ...]) -> tuple[Link, ...]:
    """Ties that leave room: what a mandatory candidate needs comes before it, and none excludes a mandatory one."""
    links = []
    for at, candidate in enumerate(candidates):
        if at and not candidate.mandatory and chance.random() < 1 / 7:
            other = chance.choice(candidates[:at])
            if candidate.starts[-1] >= other.starts[0]:
                links.append(Link(f"needs-{at}", "needs", (candidate.key, other.key)))
        if at and not candidate.mandatory and chance.random() < 1 / 20:
            other = chance.choice(candidates[:at])
            if not other.mandatory:
                links.append(Link(f"excludes-{at}", "excludes", (candidate.key, other.key)))
    return tuple(links)
