"""Amounts and points as people write them."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from samstyr.foundation.kernel.errors import Invalid
from samstyr.foundation.kernel.money import parse_kroner
from samstyr.foundation.ui import formats

KRONER, THOUSANDS = "kr", "tkr"
NUMERIC = {"inputmode": "numeric", "autocomplete": "off"}


def unit_of(given: Any) -> str:
    """The unit that amounts are shown and typed in; thousands unless kroner are asked for."""
    return KRONER if given == KRONER else THOUSANDS


def factor(unit: str) -> int:
    """What one in the unit is in kroner."""
    return 1 if unit == KRONER else 1000


def shown_amount(value: int | None, unit: str) -> str:
    """Whole kroner in the unit, with spaces between the thousands; nothing for None."""
    if value is None:
        return ""
    return formats.number(value) if unit == KRONER else formats.thousand_kroner(value)


def read_amount(text: str, unit: str, field: str = "amount") -> int:
    """What was typed as whole kroner. Raises Invalid."""
    return parse_kroner(text, field=field, unit=factor(unit))


def converted(text: str, before: str, after: str) -> str:
    """What was typed in one unit as it is written in the other; what is no amount stays as it was typed."""
    try:
        return shown_amount(read_amount(text, before), after)
    except Invalid:
        return text


class AmountField(forms.CharField):
    """Whole kroner typed in the unit; None for blank."""

    def __init__(self, *, unit: str = THOUSANDS, **options: Any) -> None:
        self.unit = unit
        options.setdefault("required", False)
        super().__init__(max_length=40, widget=forms.TextInput(NUMERIC), **options)

    def clean(self, value: Any) -> int | None:
        """The amount. Raises ValidationError with the kernel's words."""
        text = super().clean(value)
        if not text:
            return None
        try:
            amount = read_amount(text, self.unit)
        except Invalid as invalid:
            raise forms.ValidationError([str(error) for error in invalid.errors]) from None
        if amount < 0:
            raise forms.ValidationError(_("Beløpet kan ikke være under null."))
        return amount

    def prepare_value(self, value: Any) -> Any:
        """A stored amount in the unit; what was typed stays as typed."""
        return shown_amount(value, self.unit) if isinstance(value, int) else value


class PointsField(forms.CharField):
    """Points from 0 to 100 with up to two decimals, kept as hundredths; None for blank."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("required", False)
        super().__init__(
            max_length=12, widget=forms.TextInput({"inputmode": "decimal", "autocomplete": "off"}), **options
        )

    def clean(self, value: Any) -> int | None:
        """Hundredths of a point."""
        text = super().clean(value)
        if not text:
            return None
        plain = text.replace(",", ".").strip()
        try:
            hundredths = Decimal(plain) * 100 if plain.replace(".", "", 1).isdigit() and plain.isascii() else None
        except InvalidOperation:
            hundredths = None
        if hundredths is None or hundredths > 10_000 or hundredths != hundredths.to_integral_value():
            raise forms.ValidationError(_("Skriv et tall fra 0 til 100 med høyst to desimaler, for eksempel 62,5."))
        return int(hundredths)

    def prepare_value(self, value: Any) -> Any:
        """Stored hundredths as points."""
        return points(value) if isinstance(value, int) else value


def points(value: int) -> str:
    """Hundredths as points: 6250 is 62,5."""
    return formats.number(Decimal(value) / 100)
