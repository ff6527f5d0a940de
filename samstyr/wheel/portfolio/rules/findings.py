"""What a plan lacks, held against what the model asks of each measure and each year."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from samstyr.foundation.kernel.errors import FieldError
from samstyr.foundation.kernel.money import share
from samstyr.foundation.kernel.text import Sentence, gettext_noop, say

from .lines import Line, spaced
from .money import Overrun


@dataclass(frozen=True)
class Finding:
    """Something to mend or to answer for; `stops` is that the plan cannot be proposed with it."""

    rule: str
    text: Sentence
    line: UUID | None = None
    stops: bool = False


def facts_of(line: Line) -> dict[str, Any]:
    """What a question's condition may ask of a measure."""
    investment = sum(cost.amount for cost in line.costs if cost.kind == "investment")
    return {
        "total_cost": line.total,
        "investment_cost": investment,
        "operating_cost": line.total - investment,
        "scope": "joint" if len(line.organisations) > 1 else "single",
    }


def unanswered(lines: Iterable[Line], asked: Mapping[UUID, Sequence[Any]]) -> list[Finding]:
    """Questions of the model without an answer; `asked` is what applies to each measure (N-201, N-059)."""
    return [
        Finding(
            "answers",
            say(gettext_noop("«%(title)s» mangler svar på: %(question)s"), title=line.title, question=question.name),
            line.key,
            stops=bool(question.mandatory),
        )
        for line in lines
        for question in asked.get(line.key, ())
        if not str(line.answers.get(question.key, "")).strip()
    ]


def without_goal(lines: Iterable[Line], known: Iterable[str], link: str) -> list[Finding]:
    """Financed measures that name no goal that the model still has (I-11); `link` is none, warn or gate."""
    goals = set(known)
    if link == "none" or not goals:
        return []
    return [
        Finding(
            "goal",
            say(gettext_noop("«%(title)s» har penger, men ikke noe mål."), title=line.title),
            line.key,
            link == "gate",
        )
        for line in lines
        if line.total and not goals.intersection(line.goals)
    ]


def without_benefit(lines: Iterable[Line]) -> list[Finding]:
    """Investments that tell no benefit (A-91)."""
    return [
        Finding(
            "benefit", say(gettext_noop("Investeringen «%(title)s» har ingen gevinst."), title=line.title), line.key
        )
        for line in lines
        if facts_of(line)["investment_cost"] and not line.benefit.strip()
    ]


def bought_too_soon(lines: Iterable[Line], lead_days: int | None, entered_on: date) -> list[Finding]:
    """Purchases that come sooner than the lead time after they entered the plan (N-045)."""
    if lead_days is None:
        return []
    return [
        Finding(
            "lead_time",
            say(
                gettext_noop("«%(title)s» skal kjøpes om %(days)s dager. Fristen i modellen er %(lead)s dager."),
                title=line.title,
                days=(line.purchase_on - entered_on).days,
                lead=lead_days,
            ),
            line.key,
        )
        for line in lines
        if line.purchase_on is not None and (line.purchase_on - entered_on).days < lead_days
    ]


def missing_lines(lines: Sequence[Line], years: Sequence[int], required: Iterable[Any]) -> list[Finding]:
    """Years without money for what each year must hold (N-142)."""
    found = []
    for item in required:
        funded = {cost.year for line in lines if line.kind == item.kind for cost in line.costs if cost.amount}
        found += [
            Finding("required", say(gettext_noop("%(year)s har ingen penger til %(name)s."), year=year, name=item.name))
            for year in years
            if year not in funded
        ]
    return found


def out_of_order(lines: Sequence[Line], kinds: Mapping[str, Any]) -> list[Finding]:
    """Measures that stand before one of a kind that should come first, unless their argument says why (N-195)."""
    ordered = sorted(lines, key=lambda line: line.rank)
    places = {line.key: kinds[line.kind].order for line in ordered if line.kind in kinds}
    found = []
    for at, line in enumerate(ordered):
        own = places.get(line.key)
        first = next(
            (later for later in ordered[at + 1 :] if own is not None and (places.get(later.key) or own) < own), None
        )
        if first is not None and not line.argument.strip():
            found.append(
                Finding(
                    "order",
                    say(
                        gettext_noop("«%(title)s» (%(kind)s) står foran «%(other)s» (%(first)s) uten begrunnelse."),
                        title=line.title,
                        kind=kinds[line.kind].name,
                        other=first.title,
                        first=kinds[first.kind].name,
                    ),
                    line.key,
                )
            )
    return found


def over_frame(overruns: Iterable[Overrun], names: Mapping[str, str]) -> list[Finding]:
    """Frames that are exceeded: a warning, and a stop while nobody has decided the overrun (N-008, N-211)."""
    return [
        Finding(
            "frame",
            say(
                gettext_noop(
                    "%(year)s: %(total)s kroner mot en ramme på %(frame)s (%(name)s). Overskridelse: %(over)s."
                ),
                year=row.year,
                total=spaced(row.total),
                frame=spaced(row.frame),
                name=names.get(row.source, row.source),
                over=spaced(row.over),
            ),
            stops=row.open,
        )
        for row in overruns
    ]


def years_without_plan(first: int | None, last: int | None, planned: Iterable[int]) -> list[Finding]:
    """Years of the strategy that no plan begins in (N-017, I-18)."""
    if first is None or last is None:
        return []
    have = set(planned)
    return [
        Finding("year", say(gettext_noop("%(year)s har ingen handlingsplan."), year=year))
        for year in range(first, last + 1)
        if year not in have
    ]


def left_out(lines: Iterable[Line], ongoing: Mapping[UUID, str], waiting: Mapping[UUID, str]) -> list[Finding]:
    """Ongoing measures of another plan, and decided needs, that the plan does not have (N-200)."""
    lines = list(lines)
    keys, needs = {line.key for line in lines}, {line.need for line in lines}
    found = [
        Finding("ongoing", say(gettext_noop("«%(title)s» pågår, men står ikke i planen."), title=title))
        for key, title in ongoing.items()
        if key not in keys
    ]
    return found + [
        Finding("need", say(gettext_noop("Behovet «%(title)s» er vedtatt, men står ikke i planen."), title=title))
        for key, title in waiting.items()
        if key not in needs
    ]


@dataclass(frozen=True)
class Effort:
    """A kind's part of the work and the money, in whole per cent that sum to 100 where there is anything."""

    kind: str
    hours: int
    money: int
    hours_percent: int
    money_percent: int


def effort_by_kind(lines: Iterable[Line]) -> list[Effort]:
    """How hours and money are spread over the kinds of measures, largest in hours first (N-195)."""
    hours: dict[str, int] = {}
    money: dict[str, int] = {}
    for line in lines:
        hours[line.kind] = hours.get(line.kind, 0) + sum(int(amount) for amount in line.effort.values())
        money[line.kind] = money.get(line.kind, 0) + line.total
    of_hours, of_money = _percent(hours), _percent(money)
    rows = [Effort(kind, hours[kind], money[kind], of_hours[kind], of_money[kind]) for kind in hours]
    return sorted(rows, key=lambda row: (-row.hours, -row.money, row.kind))


def _percent(amounts: Mapping[str, int]) -> dict[str, int]:
    return share(100, amounts) if any(amounts.values()) else dict.fromkeys(amounts, 0)


def stopping(findings: Iterable[Finding]) -> list[FieldError]:
    """Those that stand in the way of a proposal, as faults."""
    return [FieldError(item.rule, item.text) for item in findings if item.stops]
