"""How a target stands: where it began, where it should be, where it is. Pure; figures are decimals in the target's unit.

Nothing is assumed: a target that is told as a change has no answer before one knows what it is a change from (F-N13).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from samstyr.foundation.governance.rules.strategy import Target
from samstyr.foundation.kernel.errors import FieldError
from samstyr.foundation.kernel.text import Sentence, gettext_noop, say

LARGEST = Decimal(10) ** 12
DECIMALS = 4
HUNDRED = Decimal(100)


class State(StrEnum):
    """What can be said of a target today."""

    MET = "met"
    ON_PATH = "on_path"
    BEHIND = "behind"
    UNDER_WAY = "under_way"
    MISSED = "missed"
    UNMEASURED = "unmeasured"
    NO_START = "no_start"
    FOLLOWED = "followed"


@dataclass(frozen=True)
class Measured:
    """A measurement that counts: not corrected by a later one."""

    on: date
    value: Decimal
    source: str = ""
    key: UUID | None = None


@dataclass(frozen=True)
class Start:
    """Where a target begins: the strategy's own figure, or one entered afterwards."""

    value: Decimal
    year: int | None = None


@dataclass(frozen=True)
class Standing:
    """How a target stands. `aim` and `expected` (the aim of the year of the last measurement) are in the target's unit.

    `since_start` and `since_last` are in its unit, `per_cent` is the change from the start in per cent of it.
    """

    state: State
    start: Start | None = None
    aim: Decimal | None = None
    expected: Decimal | None = None
    latest: Measured | None = None
    since_start: Decimal | None = None
    since_last: Decimal | None = None
    per_cent: Decimal | None = None


def exact(value: float | None) -> Decimal | None:
    """A figure of the model as it was written."""
    return None if value is None else Decimal(str(value))


def start_of(target: Target, entered: Start | None = None) -> Start | None:
    """Where the target begins: what was entered afterwards, else the strategy's figure unless it is only assumed."""
    if entered is not None:
        return entered
    known = target.baseline
    if known is None or known.value is None or known.quality == "assumed":
        return None
    return Start(Decimal(str(known.value)), known.year)


def aim_of(target: Target, start: Start | None) -> Decimal | None:
    """What is to be reached, in the target's unit: a relative aim is reckoned from the start."""
    value = exact(target.value)
    if value is None or not target.relative:
        return value
    return None if start is None else start.value * (HUNDRED + value) / HUNDRED


def reached(target: Target, value: Decimal, aim: Decimal) -> bool:
    """Whether the value is as good as the aim."""
    if target.operator == "at_least":
        return value >= aim
    return value <= aim if target.operator == "at_most" else value == aim


def expected_in(target: Target, year: int) -> Decimal | None:
    """What the path says of the year: its own figure, else that of the last year before it."""
    steps = sorted((item for item in target.milestones if item.year <= year), key=lambda item: item.year)
    return exact(steps[-1].value) if steps else None


def standing(target: Target, measured: Sequence[Measured], today: date, entered: Start | None = None) -> Standing:
    """How the target stands by the measurements, which may come in any order."""
    rows = sorted(measured, key=lambda item: item.on)
    latest = rows[-1] if rows else None
    start = start_of(target, entered)
    aim = aim_of(target, start)
    expected = expected_in(target, latest.on.year) if latest else expected_in(target, today.year)
    change = latest.value - start.value if latest and start else None
    return Standing(
        state=_state(target, latest, aim, expected, today, start),
        start=start,
        aim=aim,
        expected=expected,
        latest=latest,
        since_start=change,
        since_last=rows[-1].value - rows[-2].value if len(rows) > 1 else None,
        per_cent=change * HUNDRED / start.value if change is not None and start is not None and start.value else None,
    )


def _state(
    target: Target,
    latest: Measured | None,
    aim: Decimal | None,
    expected: Decimal | None,
    today: date,
    start: Start | None,
) -> State:
    if target.value is not None and target.relative and start is None:
        return State.NO_START
    if latest is None:
        return State.UNMEASURED
    if aim is None:
        return State.FOLLOWED
    if reached(target, latest.value, aim):
        return State.MET
    if target.due_year is not None and today.year > target.due_year:
        return State.MISSED
    if expected is not None:
        return State.ON_PATH if reached(target, latest.value, expected) else State.BEHIND
    return State.UNDER_WAY


@dataclass(frozen=True)
class MeasurementValues:
    """A measurement as it is filled in. `is_start` makes it where the target begins."""

    on: date | None
    value: Decimal | None
    source: str = ""
    note: str = ""
    is_start: bool = False


def faults(values: MeasurementValues, today: date) -> list[FieldError]:
    """Every fault of a measurement."""
    found: list[FieldError] = []

    def add(field: str, text: Sentence, value: object = "") -> None:
        found.append(FieldError(field, text, str(value)))

    if values.on is None:
        add("on", say(gettext_noop("Skriv hvilken dag tallet gjelder.")))
    elif values.on > today:
        add("on", say(gettext_noop("Dagen er ikke kommet ennå. En måling gjelder en dag som har vært.")), values.on)
    elif values.on.year < 1990:
        add("on", say(gettext_noop("Dagen er for langt tilbake. Skriv en dag etter 1990.")), values.on)
    if values.value is None:
        add("value", say(gettext_noop("Skriv hva som er målt, som et tall.")))
    elif not values.value.is_finite() or abs(values.value) >= LARGEST:
        add("value", say(gettext_noop("Tallet er for stort.")), values.value)
    elif -int(values.value.normalize().as_tuple().exponent) > DECIMALS:
        add("value", say(gettext_noop("Skriv tallet med høyst fire desimaler.")), values.value)
    if not values.source.strip():
        add("source", say(gettext_noop("Skriv hvor tallet kommer fra, for eksempel et system eller en undersøkelse.")))
    return found
