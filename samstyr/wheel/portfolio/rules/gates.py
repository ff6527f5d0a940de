"""When a measure may start, and whether it started as planned."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from samstyr.foundation.access import Verdict
from samstyr.foundation.kernel.text import Sentence, gettext_noop, say

COVERED = frozenset({"granted", "partly"})
SETTLED = frozenset({"granted", "partly", "refused"})


@dataclass(frozen=True)
class Coverage:
    """What the budget process has said for one organisation and year: its newest state."""

    year: int
    state: str


def may_start(*, adopted: bool, years: Iterable[int], coverage: Iterable[Coverage], today: date) -> Verdict:
    """Whether a measure may start today.

    It must stand in an adopted version, have budget coverage for this year wherever it costs something this
    year, and nothing starts before 1 January of its first budget year. Source: B-41, I-10.
    """
    rule = "plan.start_gate"
    if not adopted:
        return Verdict(False, say(gettext_noop("Tiltaket står ikke i en vedtatt plan.")), rule)
    with_cost = sorted(years)
    if with_cost and today < date(with_cost[0], 1, 1):
        return Verdict(
            False,
            say(gettext_noop("Tiltaket kan tidligst starte 1. januar %(year)s."), year=with_cost[0]),
            rule,
        )
    states = [item.state for item in coverage if item.year == today.year]
    if today.year not in with_cost:
        return Verdict(True, say(gettext_noop("Tiltaket koster ikke noe i år og er vedtatt.")), rule)
    if not states:
        return Verdict(
            False, say(gettext_noop("Budsjettdekning for %(year)s er ikke bekreftet."), year=today.year), rule
        )
    if any(state not in COVERED for state in states):
        refused = "refused" in states
        reason = (
            gettext_noop("Tiltaket fikk ikke penger i budsjettet for %(year)s.")
            if refused
            else gettext_noop("Budsjettet for %(year)s er ikke avgjort ennå.")
        )
        return Verdict(False, say(reason, year=today.year), rule)
    return Verdict(True, say(gettext_noop("Vedtatt, og med budsjettdekning.")), rule)


def deviation(planned: date | None, started: date | None, *, today: date, tolerance_days: int) -> Sentence | None:
    """How far a start lies from plan, when it is more than the tolerance; counted to today while it has not started.

    Source: B-47.
    """
    if planned is None:
        return None
    actual = started or today
    days = (actual - planned).days
    if started is None and days <= tolerance_days:
        return None
    if abs(days) <= tolerance_days:
        return None
    if started is None:
        return say(gettext_noop("Skulle ha startet for %(days)s dager siden."), days=days)
    if days > 0:
        return say(gettext_noop("Startet %(days)s dager etter planen."), days=days)
    return say(gettext_noop("Startet %(days)s dager før planen."), days=-days)
