"""Values and amounts of a choice as they are written."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from django.utils.translation import gettext as _

from samstyr.foundation.ui import formats

from .fields import shown_amount

SCALE = 10_000


def whole_points(value: int) -> str:
    """The value of a choice as points with one decimal."""
    return formats.number((Decimal(value) / SCALE).quantize(Decimal("0.1"), ROUND_HALF_UP))


def amount_words(measure: str, amount: int, unit: str) -> str:
    """An amount of what a limit counts."""
    match measure:
        case "money":
            return formats.kroner(amount) if unit == "kr" else f"{shown_amount(amount, unit)}\u00a0{_('tusen kr')}"
        case "hours":
            return f"{formats.number(amount)}\u00a0{_('timer')}"
        case "count":
            return f"{formats.number(amount)}\u00a0{_('tiltak')}"
    return formats.number(amount)
