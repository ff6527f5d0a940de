"""The model's wheel laid out over one year."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from samstyr.foundation.governance.rules.schema import GovernanceModel, days_of
from samstyr.foundation.governance.rules.year import Period


@dataclass(frozen=True)
class Laid:
    """A period with its days in a year. `wheel` is the overlay it belongs to, empty for the model's own wheel."""

    wheel: str
    key: str
    name: str
    order: int
    starts_on: date
    ends_on: date
    owner_role: str = ""
    owner_body: str = ""
    pdca: str = ""
    kind: str = ""
    text: str = ""
    activities: tuple[str, ...] = ()


def lay(model: GovernanceModel, year: int) -> list[Laid]:
    """Every period that begins in the year: the model's own first, then each overlay's, in the model's order."""
    if model.wheel is None:
        return []
    own = [_laid("", number, period, year) for number, period in enumerate(model.wheel.periods, 1)]
    over = [
        _laid(overlay.key, number, period, year)
        for overlay in model.wheel.overlays
        for number, period in enumerate(overlay.periods, 1)
    ]
    return own + over


def _laid(wheel: str, number: int, period: Period, year: int) -> Laid:
    first, last = days_of(period, year)
    return Laid(
        wheel,
        period.key,
        str(period.name)[:200],
        number,
        first,
        last,
        period.owner or "",
        period.owner_body or "",
        period.pdca or "",
        period.kind or "",
        str(period.text or ""),
        tuple(str(item)[:300] for item in period.activities),
    )


def wheels_of(model: GovernanceModel) -> list[tuple[str, str, str]]:
    """Each wheel as key, name and the organisation's place it belongs to; the model's own has an empty key and name."""
    if model.wheel is None:
        return []
    return [("", "", ""), *((one.key, str(one.name), one.organisation or "") for one in model.wheel.overlays)]
