"""Who is to be heard, until when, and what a statement must hold."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from samstyr.procedure.hearings.rules import LONGEST, OwnChoice, Proposed, deadline_fault, proposed, statement_faults
from tests.security.world import model

TODAY = date(2025, 4, 1)
SHARED = {("it-tjenesten", None), ("struktur1", None)}
FIVE = ("personvernombud", "arkiv", "servicetorg", "personal", "tillitsvalgte")


def lists(*slots: str, choices: tuple[OwnChoice, ...] = (), body: str = "", **facts: Any) -> dict[Any, Proposed]:
    """Everybody offered, by body and municipality."""
    found = proposed(
        model(), slots=slots, facts=facts, choices=choices, sender_role="it_lead", deciding_body=body
    )  # fmt: skip
    assert len({(item.body, item.slot) for item in found}) == len(found)
    return {(item.body, item.slot): item for item in found}


class TestWhoIsHeard:
    def test_a_municipality_hears_its_own_and_the_shared_bodies_once(self) -> None:
        assert set(lists("birkenes")) == SHARED | {(body, "birkenes") for body in FIVE}

    def test_two_together_hear_both_lists_and_the_shared_bodies_once(self) -> None:
        both = lists("birkenes", "lillesand")
        assert set(both) == SHARED | {(body, slot) for body in FIVE for slot in ("birkenes", "lillesand")}

    def test_a_body_with_a_condition_is_offered_and_suggested_when_it_holds(self) -> None:
        for body, fact in (("personvernombud", "personal_data"), ("arkiv", "archive"), ("personal", "work_changes")):
            without, having = lists("birkenes"), lists("birkenes", **{fact: True})
            assert (without[body, "birkenes"].suggested, having[body, "birkenes"].suggested) == (False, True)
            assert "bare når" in str(without[body, "birkenes"].why)
            assert "fordi" in str(having[body, "birkenes"].why)
        assert str(lists("birkenes")["servicetorg", "birkenes"].why) == "Høres alltid."

    def test_what_one_takes_out_the_other_still_hears(self) -> None:
        out = OwnChoice("birkenes", "arkiv", included=False)
        both = lists("birkenes", "lillesand", choices=(out,))
        assert ("arkiv", "birkenes") not in both and ("arkiv", "lillesand") in both

    def test_a_shared_body_is_heard_until_all_who_take_part_have_taken_it_out(self) -> None:
        one, other = (OwnChoice(slot, "struktur1", included=False) for slot in ("birkenes", "lillesand"))
        assert ("struktur1", None) in lists("birkenes", "lillesand", choices=(one,))
        assert ("struktur1", None) not in lists("birkenes", "lillesand", choices=(one, other))
        assert ("struktur1", None) not in lists("birkenes", choices=(one,))

    def test_an_own_body_is_heard_where_its_municipality_takes_part(self) -> None:
        own = OwnChoice("birkenes", "eldreradet", True, "Eldrerådet", "unit_manager")
        item = lists("birkenes", choices=(own,))["eldreradet", "birkenes"]
        assert (item.name, item.role, item.suggested) == ("Eldrerådet", "unit_manager", True)
        assert ("eldreradet", "birkenes") not in lists("lillesand", choices=(own,))

    def test_an_own_body_that_nobody_answers_for_is_not_asked(self) -> None:
        assert set(lists("birkenes", choices=(OwnChoice("birkenes", "tomt", True, "Tomt"),))) == set(lists("birkenes"))

    def test_a_body_of_the_model_put_in_again_is_not_asked_twice(self) -> None:
        again = OwnChoice("birkenes", "arkiv", True, "Arkiv", "archive_manager")
        assert set(lists("birkenes", choices=(again,))) == set(lists("birkenes"))

    def test_a_unit_that_also_sends_or_decides_is_told_of(self) -> None:
        """B-48."""
        found = lists("birkenes", body="digitaliseringsforum")
        sender, member = (str(found[body, None].collision) for body in ("it-tjenesten", "struktur1"))
        assert "sender også ut" in sender and "plass i Digitaliseringsforum" in sender
        assert "sender" not in member and "plass i Digitaliseringsforum" in member
        assert found["arkiv", "birkenes"].collision == ""
        assert str(lists("birkenes")["struktur1", None].collision) == ""


class TestDeadline:
    @pytest.mark.parametrize(("days", "fits"), [(-1, False), (0, False), (1, True)])
    def test_it_lies_ahead(self, days: int, fits: bool) -> None:
        fault = deadline_fault(TODAY + timedelta(days), today=TODAY, meeting=None, body="")
        assert (fault is None) is fits

    @pytest.mark.parametrize(("days", "fits"), [(-1, True), (0, False), (1, False)])
    def test_it_lies_before_the_meeting(self, days: int, fits: bool) -> None:
        """B-43."""
        meeting = date(2025, 4, 24)
        fault = deadline_fault(meeting + timedelta(days), today=TODAY, meeting=meeting, body="Forumet")
        assert (fault is None) is fits
        assert fault is None or ("Forumet 24.04.2025" in str(fault) and fault.field == "deadline")


class TestStatement:
    @pytest.mark.parametrize(
        ("given", "fields"),
        [
            ({"position": "no_remarks"}, []),
            ({"position": "support"}, []),
            ({"position": "remarks"}, ["text"]),
            ({"position": "against"}, ["text"]),
            ({"position": "against", "text": "For dyrt."}, []),
            ({"position": "conditions"}, ["conditions"]),
            ({"position": "conditions", "conditions": "Opplæring"}, []),
            ({"position": "support", "exempt": True}, ["legal_basis"]),
            ({"position": "support", "exempt": True, "legal_basis": "offl. § 14"}, []),
            ({"position": "support", "text": "x" * LONGEST}, []),
            ({"position": "support", "text": "x" * (LONGEST + 1)}, ["text"]),
            ({"position": "support", "conditions": "\0"}, ["conditions"]),
            ({"position": "support", "legal_basis": "\0"}, ["legal_basis"]),
            ({"position": "remarks", "exempt": True}, ["text", "legal_basis"]),
        ],
    )
    def test_it_holds_what_its_position_asks_for(self, given: dict[str, Any], fields: list[str]) -> None:
        filled = {"text": "", "conditions": "", "exempt": False, "legal_basis": "", **given}
        assert [fault.field for fault in statement_faults(**filled)] == fields
