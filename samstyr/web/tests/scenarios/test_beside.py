"""A few candidates side by side."""

from __future__ import annotations

from django.db import connection
from django.test.utils import CaptureQueriesContext

from .conftest import Made, text_of


def test_three_candidates_stand_side_by_side(made: Made) -> None:
    """N-064, walk W8: cost, benefit, goals, risk and focus area of three."""
    made.candidate("Digital post", description="Mindre porto.")
    made.candidate("Vaktplan", risk=65, mandatory=True)
    made.candidate("Arkiv", slots=("birkenes",))
    made.candidate("Ikke med")
    place, client = made.place("candidate-beside"), made.client("unit_manager:lillesand")
    page = text_of(client.get(f"{place}?nr=3, 1 2 99 tull"))
    for words in (
        "1. Digital post",
        "2. Vaktplan",
        "3. Arkiv",
        "62,5",
        "600 000",
        "Mindre porto.",
        "65",
        "finnes ikke: 99",
    ):
        assert words in page
    assert page.index("3. Arkiv") < page.index("1. Digital post")
    assert "Ikke med" not in page
    assert client.get(place).status_code == 200


def test_it_asks_no_more_for_six_than_for_two(made: Made) -> None:
    for number in range(6):
        made.candidate(f"Tiltak {number}")
    place, client = made.place("candidate-beside"), made.client()

    def asked(query: str) -> int:
        with CaptureQueriesContext(connection) as seen:
            assert client.get(f"{place}?nr={query}").status_code == 200
        return len(seen)

    asked("1,2")
    assert asked("1,2") == asked("1,2,3,4,5,6")
