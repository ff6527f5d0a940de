"""What is wrong with a year: order, what other wheels wait for, what no year may be without, meetings that lack."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from samstyr.foundation.governance.rules.lint.year import KIND_WORDS
from samstyr.foundation.governance.rules.schema import GovernanceModel
from samstyr.foundation.kernel.text import Sentence, gettext_noop, say

from .standing import Standing

Span = tuple[date, date]


@dataclass(frozen=True)
class Fault:
    """Something wrong with a year, the period it is about, and what to do."""

    severity: str
    period: str
    message: Sentence
    remedy: Sentence


@dataclass(frozen=True)
class YearFacts:
    """The year's days by wheel and period, how each of the model's own stands, and the days that each body meets."""

    spans: Mapping[tuple[str, str], Span]
    standings: Mapping[str, Standing]
    meetings: Mapping[str, Sequence[date]]


def faults(model: GovernanceModel, facts: YearFacts, today: date) -> list[Fault]:
    """Everything that is wrong, errors first."""
    found = [
        *_kinds(model, facts),
        *_order(model, facts.spans),
        *_feeds(model, facts.spans),
        *_meetings(model, facts, today),
    ]
    return sorted(found, key=lambda one: one.severity != "error")


def _day(day: date) -> str:
    return day.strftime("%d.%m.%Y")


def _kinds(model: GovernanceModel, facts: YearFacts) -> list[Fault]:
    """A year without what every year must have is an error: measurement and prioritisation, where the model says so (G-69)."""
    found = []
    for kind in model.wheel.yearly if model.wheel else ():
        periods = [one for one in model.wheel.periods if one.kind == kind] if model.wheel else []
        held = [one for one in periods if ("", one.key) in facts.spans]
        if held and any(facts.standings.get(one.key) != Standing.MISSED for one in held):
            continue
        found.append(
            Fault(
                "error",
                held[0].key if held else "",
                say(gettext_noop("Året mangler %(kind)s, som hvert år skal ha."), kind=say(KIND_WORDS[kind])),
                say(gettext_noop("Gjør det som mangler, og merk perioden som ferdig.")),
            )
        )
    return found


def _order(model: GovernanceModel, spans: Mapping[tuple[str, str], Span]) -> list[Fault]:
    found = []
    for period in model.wheel.periods if model.wheel else ():
        mine = spans.get(("", period.key))
        for key in period.depends_on:
            needed, theirs = (model.wheel.period(key) if model.wheel else None), spans.get(("", key))
            if mine and theirs and needed and (mine[1] < theirs[1] or mine[0] < theirs[0]):
                found.append(
                    Fault(
                        "warning",
                        period.key,
                        say(
                            gettext_noop("«%(period)s» ligger før «%(needed)s», som den bygger på."),
                            period=period.name,
                            needed=needed.name,
                        ),
                        say(gettext_noop("Flytt en av dem, så de følger etter hverandre.")),
                    )
                )
    return found


def _feeds(model: GovernanceModel, spans: Mapping[tuple[str, str], Span]) -> list[Fault]:
    """What another wheel waits for must end before that wheel's own period ends (B-38, G-82)."""
    found = []
    for overlay in model.wheel.overlays if model.wheel else ():
        for here, there in overlay.feeds.items():
            mine, theirs = spans.get(("", here)), spans.get((overlay.key, there))
            period = model.wheel.period(here) if model.wheel else None
            waiting = next((one for one in overlay.periods if one.key == there), None)
            if mine and theirs and period and waiting and mine[1] >= theirs[1]:
                found.append(
                    Fault(
                        "warning",
                        here,
                        say(
                            gettext_noop(
                                "«%(period)s» slutter %(mine)s. Det er for sent for «%(waiting)s» i %(wheel)s, som slutter %(theirs)s."
                            ),
                            period=period.name,
                            mine=_day(mine[1]),
                            waiting=waiting.name,
                            wheel=overlay.name,
                            theirs=_day(theirs[1]),
                        ),
                        say(gettext_noop("Flytt perioden, eller avtal en senere frist med dem som venter.")),
                    )
                )
    return found


def _meetings(model: GovernanceModel, facts: YearFacts, today: date) -> list[Fault]:
    """A body's own period that is not over has a meeting of the body in it."""
    found = []
    for period in model.wheel.periods if model.wheel else ():
        span = facts.spans.get(("", period.key))
        body = model.body(period.owner_body) if period.owner_body else None
        if span is None or body is None or span[1] < today:
            continue
        if not any(span[0] <= day <= span[1] for day in facts.meetings.get(body.key, ())):
            found.append(
                Fault(
                    "warning",
                    period.key,
                    say(
                        gettext_noop("«%(body)s» har ikke noe møte i perioden «%(period)s»."),
                        body=body.name,
                        period=period.name,
                    ),
                    say(gettext_noop("Planlegg et møte, eller flytt perioden.")),
                )
            )
    return found


def new_faults(before: Sequence[Fault], after: Sequence[Fault]) -> list[Fault]:
    """The faults that a change brings with it."""
    known: Collection[tuple[str, str]] = {(one.period, str(one.message)) for one in before}
    return [one for one in after if (one.period, str(one.message)) not in known]
