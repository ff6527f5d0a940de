"""Whole kroner. Shares always add up to the krone."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

from .errors import Invalid
from .text import gettext_noop, say

Key = TypeVar("Key")
LIMIT = 10**12


def share(total: int, weights: Mapping[Key, int]) -> dict[Key, int]:
    """Split `total` kroner by whole-number `weights`, e.g. inhabitants or per cent.

    The shares sum to `total` exactly: what is left after rounding down goes, a krone each, to the
    largest remainders; ties go to the one named first. Negative totals split as their mirror image.

    Raises Invalid if a weight is negative or all are zero.
    """
    weight_sum = sum(weights.values())
    if weight_sum <= 0 or any(weight < 0 for weight in weights.values()):
        raise Invalid.field(
            "cost_key",
            say(gettext_noop("Fordelingsnøkkelen må ha minst én andel over null og ingen negative.")),
            value=dict(weights),
        )
    sign = -1 if total < 0 else 1
    floors = {key: abs(total) * weight // weight_sum for key, weight in weights.items()}
    left = abs(total) - sum(floors.values())
    by_remainder = sorted(weights, key=lambda key: -(abs(total) * weights[key] % weight_sum))
    for key in by_remainder[:left]:
        floors[key] += 1
    return {key: sign * amount for key, amount in floors.items()}


def parse_kroner(text: str, *, field: str = "amount", unit: int = 1) -> int:
    """Read a Norwegian amount ("1 250 000", "1250,5" in thousands) as whole kroner.

    `unit` is what one means: 1 for kroner, 1000 for tusen kroner. Spaces of any kind separate thousands;
    a comma is a decimal sign; a point is refused because it is read differently by different people.

    Raises Invalid when it is no amount, not a whole krone, or beyond a thousand billion.
    """
    cleaned = "".join(text.replace("−", "-").split()).removesuffix("kr").removesuffix(",-")
    whole, comma, decimals = cleaned.partition(",")
    digits = whole.removeprefix("-")
    if not digits.isascii() or not digits.isdigit() or (comma and not (decimals.isascii() and decimals.isdigit())):
        raise Invalid.field(
            field,
            say(gettext_noop("«%(value)s» er ikke et beløp."), value=text[:40]),
            value=text,
            remedy=say(gettext_noop("Skriv hele kroner med sifre, for eksempel 1 250 000.")),
        )
    if len(digits) > 15 or len(decimals) > 6:
        raise Invalid.field(field, say(gettext_noop("Beløpet er for stort.")), value=text)
    scale = 10 ** len(decimals)
    numerator = (int(digits) * scale + int(decimals or 0)) * unit
    if numerator % scale:
        raise Invalid.field(field, say(gettext_noop("Beløpet må være hele kroner, uten øre.")), value=text)
    amount = numerator // scale * (-1 if whole.startswith("-") else 1)
    if abs(amount) > LIMIT:
        raise Invalid.field(field, say(gettext_noop("Beløpet er for stort.")), value=text)
    return amount
