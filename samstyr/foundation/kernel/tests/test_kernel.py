"""Money to the krone, numbers with control digits, working days, sentences, errors."""

from __future__ import annotations

import contextlib
import itertools
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samstyr.foundation.kernel import text
from samstyr.foundation.kernel.clock import oslo_date
from samstyr.foundation.kernel.errors import Conflict, FieldError, Invalid, NotFound, Refused
from samstyr.foundation.kernel.identifiers import municipality_number, organisation_number, spaced
from samstyr.foundation.kernel.money import LIMIT, parse_kroner, share
from samstyr.foundation.kernel.workdays import add_working_days, is_working_day, public_holidays

weights = st.dictionaries(st.text(max_size=4), st.integers(0, 10**9), min_size=1, max_size=30).filter(
    lambda found: sum(found.values()) > 0
)


@given(total=st.integers(-(10**12), 10**12), key=weights)
def test_shares_add_up_to_the_krone(total: int, key: dict[str, int]) -> None:
    shares = share(total, key)
    assert sum(shares.values()) == total
    assert shares.keys() == key.keys()
    whole = sum(key.values())
    for name, amount in shares.items():
        # Nobody is more than a krone from the exact share, and who has no part pays nothing.
        assert abs(amount * whole - total * key[name]) < whole
        assert key[name] or amount == 0


@given(total=st.integers(0, 10**12), key=weights)
def test_a_negative_total_is_shared_as_its_mirror_image(total: int, key: dict[str, int]) -> None:
    assert share(-total, key) == {name: -amount for name, amount in share(total, key).items()}


@given(total=st.integers(0, 10**9), key=weights)
def test_a_larger_weight_never_pays_less(total: int, key: dict[str, int]) -> None:
    shares = share(total, key)
    ranked = sorted(key, key=lambda name: key[name])
    for lower, higher in itertools.pairwise(ranked):
        assert key[lower] == key[higher] or shares[lower] <= shares[higher]


def test_the_odd_krone_goes_to_the_largest_remainder_and_then_to_the_first_named() -> None:
    assert share(100, {"a": 1, "b": 1, "c": 1}) == {"a": 34, "b": 33, "c": 33}
    assert share(10, {"a": 1, "b": 8}) == {"a": 1, "b": 9}
    assert share(0, {"a": 0, "b": 5}) == {"a": 0, "b": 0}


@pytest.mark.parametrize("key", [{}, {"a": 0}, {"a": -1, "b": 5}])
def test_a_key_without_weight_is_refused(key: dict[str, int]) -> None:
    with pytest.raises(Invalid):
        share(100, key)


@pytest.mark.parametrize(
    ("written", "unit", "amount"),
    [
        ("1 250 000", 1, 1_250_000),
        ("1\u00a0250\u202f000", 1, 1_250_000),
        ("1250,5", 1000, 1_250_500),
        ("−300", 1, -300),
        ("-300", 1, -300),
        ("0", 1, 0),
        ("500 kr", 1, 500),
        ("500,-", 1, 500),
        ("12,00", 1, 12),
        ("1 000 000 000 000", 1, LIMIT),
    ],
)
def test_amounts_are_read_as_norwegians_write_them(written: str, unit: int, amount: int) -> None:
    assert parse_kroner(written, unit=unit) == amount


@pytest.mark.parametrize(
    "written",
    [
        "",
        " ",
        "kr",
        "1.250",
        "1250.5",
        "12,5",
        "1e6",
        "NaN",
        "inf",
        "١٢٣",
        "½",
        "12-",
        "--5",
        "1,2,3",
        "5,",
        "1000000000001",
        "9" * 400,
        "0," + "0" * 400,
        "<b>1</b>",
        "1\x00",
        "\ud800",
    ],
)
def test_what_is_no_amount_is_refused(written: str) -> None:
    with pytest.raises(Invalid) as refusal:
        parse_kroner(written, field="cost")
    assert refusal.value.errors[0].field == "cost"


@given(st.text(max_size=60))
def test_reading_an_amount_gives_kroner_or_a_fault_and_nothing_else(written: str) -> None:
    with contextlib.suppress(Invalid):
        assert abs(parse_kroner(written)) <= LIMIT


@given(st.integers(-LIMIT, LIMIT))
def test_an_amount_survives_being_written_with_spaces(amount: int) -> None:
    assert parse_kroner(f"{amount:,}".replace(",", "\u00a0")) == amount


def test_organisation_numbers_are_checked_by_their_control_digit() -> None:
    assert organisation_number("974 760 673") == "974760673"
    assert spaced("974760673") == "974\u00a0760\u00a0673"
    for wrong in ("974760674", "97476067", "9747606733", "97476067x", "٩٧٤٧٦٠٦٧٣", ""):
        with pytest.raises(Invalid):
            organisation_number(wrong)


@given(st.integers(0, 99_999_999))
def test_at_most_one_control_digit_is_right(first: int) -> None:
    right = []
    for control in range(10):
        try:
            right.append(organisation_number(f"{first:08d}{control}"))
        except Invalid:
            continue
    assert len(right) <= 1


def test_a_remainder_of_one_has_no_control_digit() -> None:
    # Weights 3 2 7 6 5 4 3 2: 4·3 = 12 leaves 1, so that the control digit would be 10.
    for control in range(10):
        with pytest.raises(Invalid):
            organisation_number(f"40000000{control}")


def test_municipality_numbers_keep_their_leading_zero() -> None:
    assert municipality_number(" 0301 ") == "0301"
    for wrong in ("301", "03011", "abcd", ""):
        with pytest.raises(Invalid):
            municipality_number(wrong)


def test_easter_and_the_seventeenth_of_may_are_no_working_days() -> None:
    easter_2026 = [date(2026, 4, 2), date(2026, 4, 3), date(2026, 4, 5), date(2026, 4, 6)]
    assert set(easter_2026) <= public_holidays(2026)
    assert not any(is_working_day(day) for day in easter_2026)
    assert is_working_day(date(2026, 4, 1)), "Wednesday before Easter is a working day"
    assert not is_working_day(date(2027, 5, 17)), "a Monday"
    assert is_working_day(date(2027, 5, 18))
    assert not is_working_day(date(2026, 5, 14)), "Ascension Day"


def test_working_days_are_counted_past_easter_and_back() -> None:
    assert add_working_days(date(2026, 4, 1), 1) == date(2026, 4, 7)
    assert add_working_days(date(2026, 4, 7), -1) == date(2026, 4, 1)
    assert add_working_days(date(2026, 4, 4), 0) == date(2026, 4, 4)
    assert add_working_days(date(2027, 5, 14), 2) == date(2027, 5, 19)
    assert add_working_days(date(2026, 12, 30), 2) == date(2027, 1, 4)


@given(st.dates(date(2020, 1, 1), date(2035, 12, 31)), st.integers(1, 60))
def test_counting_forth_and_back_agrees(start: date, days: int) -> None:
    end = add_working_days(start, days)
    assert is_working_day(end) and end > start
    between = [date.fromordinal(n) for n in range(start.toordinal() + 1, end.toordinal() + 1)]
    assert sum(is_working_day(day) for day in between) == days


def test_the_date_is_the_one_in_oslo() -> None:
    assert oslo_date(datetime(2026, 6, 30, 21, 59, tzinfo=UTC)) == date(2026, 6, 30)
    assert oslo_date(datetime(2026, 6, 30, 22, 0, tzinfo=UTC)) == date(2026, 7, 1)
    assert oslo_date(datetime(2026, 12, 31, 23, 0, tzinfo=UTC)) == date(2027, 1, 1)


def test_a_sentence_is_translated_when_it_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    sentence = text.say(text.gettext_noop("Fristen er %(date)s."), date=date(2026, 3, 1))
    assert str(sentence) == "Fristen er 2026-03-01."
    monkeypatch.setattr(text, "_translate", {"Fristen er %(date)s.": "The deadline is %(date)s."}.__getitem__)
    assert str(sentence) == "The deadline is 2026-03-01."


def test_a_sentence_without_parameters_may_hold_a_per_cent_sign() -> None:
    assert str(text.say("Vektene må bli 100 %.")) == "Vektene må bli 100 %."


def test_a_sentence_inside_a_sentence_is_translated_too(monkeypatch: pytest.MonkeyPatch) -> None:
    catalogue = {"Fordi %(why)s": "Because %(why)s", "det regner.": "it rains."}
    monkeypatch.setattr(text, "_translate", catalogue.__getitem__)
    assert str(text.say("Fordi %(why)s", why=text.say("det regner."))) == "Because it rains."


def test_equal_sentences_have_equal_hashes() -> None:
    assert len({text.say("a %(b)s", b=1), text.say("a %(b)s", b=1), text.say("a %(b)s", b=2)}) == 2


def test_problems_carry_status_and_every_fault() -> None:
    assert [kind.status for kind in (NotFound, Refused, Conflict, Invalid)] == [404, 403, 409, 422]
    assert str(NotFound()) == "Vi finner ikke det du leter etter."
    fault = Invalid(FieldError("a", "Galt.", remedy="Rett det."), FieldError("b", "Også galt."))
    assert str(fault) == "Galt. Rett det. Også galt."
    assert len(Invalid.field("a", "Galt.", value="x" * 1000).errors[0].value) == 200
