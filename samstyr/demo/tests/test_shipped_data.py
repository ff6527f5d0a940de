"""What the shipped demonstration promises its readers."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date

import pytest

from samstyr.demo.reading import DATA, read
from samstyr.demo.records import Event, Need, SeatKind, Stage
from samstyr.demo.rules.needs import is_late, may_hear
from samstyr.demo.rules.people import acts_as, at_the_table, present
from samstyr.foundation.kernel.identifiers import municipality_number, organisation_number
from samstyr.foundation.kernel.workdays import is_working_day

DEMO = read()


def need(key: str) -> Need:
    return next(each for each in DEMO.needs if each.key == key)


def test_needs_stand_at_every_stage_of_the_path_over_three_years() -> None:
    assert {each.state for each in DEMO.needs} == set(Stage)
    assert len(DEMO.needs) >= 40
    assert {each.history[0].on.year for each in DEMO.needs} == {2024, 2025, 2026}


def test_every_event_of_the_path_has_happened_to_some_need() -> None:
    assert {step.event for each in DEMO.needs for step in each.history} == set(Event)


def test_municipalities_have_real_numbers_and_nobody_else_has_an_invented_one() -> None:
    numbers = {each.key: (each.organisation_number, each.municipality_number) for each in DEMO.organisations}
    for key in ("birkenes", "lillesand"):
        organisation_number(numbers[key][0])
        municipality_number(numbers[key][1])
    assert {numbers[key] for key in numbers if key not in ("birkenes", "lillesand")} == {("", "")}


def test_the_forum_has_thirteen_members_in_four_groups() -> None:
    """B-22: five, five, two and one; convener and advisers are not counted (B-11, B-13)."""
    members = [seat for seat in DEMO.seats if seat.body == "digitaliseringsforum" and seat.kind is SeatKind.MEMBER]
    assert Counter(seat.group for seat in members) == {
        "birkenes": 5,
        "lillesand": 5,
        "it-tjenesten": 2,
        "struktur1": 1,
    }
    counted = list(at_the_table(DEMO, "digitaliseringsforum", DEMO.as_of).values())
    assert counted.count(SeatKind.MEMBER) == 13


@pytest.mark.parametrize(
    ("on", "holder"),
    [(date(2025, 7, 31), "l-kulturkonsulent"), (date(2025, 9, 10), None), (date(2025, 9, 15), "l-rep-kultur")],
)
def test_a_seat_falls_vacant_and_is_filled_again(on: date, holder: str | None) -> None:
    table = at_the_table(DEMO, "digitaliseringsforum", on)
    assert {"l-kulturkonsulent", "l-rep-kultur"} & set(table) == ({holder} if holder else set())


def test_a_substitute_acts_only_while_the_director_is_away() -> None:
    assert "b-rektor" in acts_as(DEMO, "sector_director", "b-oppvekst", DEMO.as_of)
    assert "b-rektor" not in acts_as(DEMO, "sector_director", "b-oppvekst", date(2026, 12, 5))


def test_the_absent_are_not_present() -> None:
    meeting = next(each for each in DEMO.meetings if each.key == "forum-2024-04")
    assert "l-rep-stab" not in present(DEMO, meeting)
    assert "it-leder" in present(DEMO, meeting)


def test_hearings_now_open_show_answers_in_late_exempt_and_missing() -> None:
    now_open = [each.hearing for each in DEMO.needs if each.state is Stage.HEARING and each.hearing]
    statements = [(hearing, statement) for hearing in now_open for statement in hearing.statements]
    assert any(is_late(hearing, statement.on) for hearing, statement in statements)
    assert {statement.exempt.basis.split(" ")[2] for _, statement in statements if statement.exempt} == {"13", "24"}
    assert any(len(hearing.asked) > len(hearing.statements) for hearing in now_open)


def test_a_single_need_is_heard_by_its_own_municipality_and_a_joint_one_by_both() -> None:
    """B-30."""
    assert all("lillesand" in each.municipalities for each in may_hear(DEMO, need("gjestehavn")).values())
    assert set(may_hear(DEMO, need("turnusplanlegging"))) == {each.key for each in DEMO.consultees}


def test_the_forum_of_april_2025_ends_as_in_the_walk() -> None:
    """W1 step 10: twelve needs, seven in, three deferred, two rejected."""
    outcomes = Counter(step.event for each in DEMO.needs for step in each.history if step.on == date(2025, 4, 24))
    assert outcomes == {Event.INCLUDED: 7, Event.DEFERRED: 3, Event.REJECTED: 2}


def test_three_plans_one_revised_and_one_revision_under_treatment() -> None:
    states = {plan.first_year: [version.state for version in plan.versions] for plan in DEMO.plans}
    assert states == {2025: ["adopted"], 2026: ["superseded", "adopted"], 2027: ["adopted", "proposed"]}
    outcomes = [each.outcome for plan in DEMO.plans for version in plan.versions for each in version.treatments]
    assert outcomes.count("waived") == 1
    assert outcomes.count("pending") == 1


def test_four_forum_meetings_a_year() -> None:
    """B-12."""
    held = Counter(each.on.year for each in DEMO.meetings if each.body == "digitaliseringsforum")
    assert held == {2024: 4, 2025: 4, 2026: 4}


def test_offices_were_open_on_every_day_on_which_something_happened() -> None:
    days = {each.on for each in DEMO.meetings}
    for each in DEMO.needs:
        days |= {step.on for step in each.history} | {comment.on for comment in each.comments}
        if each.hearing:
            days |= {each.hearing.deadline, *(statement.on for statement in each.hearing.statements)}
    assert sorted(day for day in days if not is_working_day(day)) == []


def test_need_texts_are_short_and_never_only_a_product() -> None:
    """B-24: two to five sentences in the service's own words."""
    for each in DEMO.needs:
        sentences = len(re.findall(r"[.?!](?:\s|$)", each.need))
        assert 2 <= sentences <= 5, each.key
        assert not each.product or each.product.lower() not in each.need.lower(), each.key


def test_people_are_role_titles_with_addresses_that_cannot_be_reached() -> None:
    assert all(each.email.endswith(".example") for each in DEMO.people)
    assert len({each.email for each in DEMO.people}) == len({each.name for each in DEMO.people}) == len(DEMO.people)
    assert sum(each.demo_login for each in DEMO.people) >= 8
    assert all(each.about for each in DEMO.people if each.demo_login)


def test_every_file_is_shipped_as_utf8_without_byte_order_mark() -> None:
    for path in DATA.glob("*.yaml"):
        assert path.read_bytes().decode("utf-8").startswith("#"), path.name
