"""What the years to come ask of staff, with and without what technology spares. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from samstyr.foundation.governance.rules.strategy import Outlook

TENTH = Decimal("0.1")


@dataclass(frozen=True)
class Needed:
    """Man-years: today, in the year without technology, what technology spares, and what is then needed."""

    today: Decimal
    without: Decimal
    spared: Decimal
    needed: Decimal


def needed(outlook: Outlook, today: Decimal, technology_percent: Decimal) -> Needed:
    """The man-years that `today` becomes: times the factor, less the per cent that technology spares (N-021).

    Rounded to a tenth, so that what is spared and what is needed add up to what it would have been.
    """
    without = (today * Decimal(str(outlook.factor))).quantize(TENTH, ROUND_HALF_UP)
    spared = (without * technology_percent / 100).quantize(TENTH, ROUND_HALF_UP)
    return Needed(today, without, spared, without - spared)
