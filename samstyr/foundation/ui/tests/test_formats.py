"""Figures and dates as Språkrådet writes them."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from samstyr.foundation.kernel.money import parse_kroner
from samstyr.foundation.ui import formats

N = "\u00a0"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0, "0"),
        (999, "999"),
        (10_000, f"10{N}000"),
        (-1_250_000, f"−1{N}250{N}000"),
        (20.5, "20,5"),
        (Decimal("20.50"), "20,5"),
        (Decimal("1E+3"), f"1{N}000"),
        (Decimal("-0"), "0"),
        (None, "–"),
        ("", "–"),
        (float("nan"), "–"),
        ("ti", "ti"),
    ],
)
def test_figures(value: formats.Number, text: str) -> None:
    assert formats.number(value) == text


def test_a_fixed_number_of_decimals_never_gives_minus_nought() -> None:
    assert formats.number(Decimal("-0.001"), 1) == "0,0"
    assert formats.number(12, 1) == "12,0"


def test_thousands_are_exact_so_that_columns_add_up() -> None:
    assert formats.thousand_kroner(1_250_000) == f"1{N}250"
    assert formats.thousand_kroner(1_250_500) == f"1{N}250,5"
    assert formats.thousand_kroner(1) == "0,001"
    assert formats.thousand_kroner(None) == "–"


@given(st.integers(min_value=-(10**12), max_value=10**12))
def test_what_is_shown_can_be_typed_back(amount: int) -> None:
    assert parse_kroner(formats.kroner(amount)) == amount
    assert parse_kroner(formats.thousand_kroner(amount), unit=1000) == amount


def test_dates_and_instants() -> None:
    assert formats.day(date(2014, 6, 5)) == "05.06.2014"
    with translation.override("nb"):
        assert formats.long_day(date(2014, 6, 5)) == f"5.{N}juni{N}2014"
        assert formats.moment(datetime(2014, 6, 5, 11, 0, tzinfo=UTC)) == "05.06.2014 kl. 13.00"
    assert formats.day(None) == formats.moment(None) == formats.long_day(None) == "–"


def test_an_instant_near_midnight_has_the_norwegian_date() -> None:
    assert formats.day(datetime(2026, 2, 9, 23, 30, tzinfo=UTC)) == "10.02.2026"


@pytest.mark.parametrize(
    ("day", "text"),
    [
        (10, "i dag"),
        (11, "i morgen"),
        (13, "om 3 dager"),
        (9, "1 dag over fristen"),
        (7, "3 dager over fristen"),
    ],
)
def test_how_far_a_deadline_is(day: int, text: str) -> None:
    with translation.override("nb"):
        assert formats.days_until(date(2026, 2, day), date(2026, 2, 10)) == text


def test_percent_has_a_space() -> None:
    assert formats.percent(20.5) == f"20,5{N}%"
