"""Periods and deadlines, blocks and what has changed in them, and what must be there before a report is sent."""

from __future__ import annotations

from datetime import date

import pytest

from samstyr.wheel.reporting.rules.blocks import Block, Column, Number, Row, compare, cut
from samstyr.wheel.reporting.rules.content import changes, for_audience, tables_of
from samstyr.wheel.reporting.rules.measures import Deviation, deviation_of, is_stale
from samstyr.wheel.reporting.rules.periods import (
    Period,
    Standing,
    due_before_meeting,
    periods_of_meetings,
    periods_of_rounds,
    periods_of_year,
    standing_of,
)
from samstyr.wheel.reporting.rules.writing import Judged, arrow, figure_of, judgement_faults, sending_faults

YEAR = date(2026, 1, 1), date(2026, 12, 31)


def keys(kind: str, since: date = YEAR[0], until: date = YEAR[1]) -> list[str]:
    return [period.key for period in periods_of_year(kind, since, until)]


@pytest.mark.parametrize(
    ("kind", "number", "first", "last"),
    [
        ("month", 12, "2026-01", "2026-12"),
        ("quarter", 4, "2026-k1", "2026-k4"),
        ("tertial", 3, "2026-t1", "2026-t3"),
        ("half_year", 2, "2026-h1", "2026-h2"),
        ("year", 1, "2026", "2026"),
    ],
)
def test_a_year_has_its_parts(kind: str, number: int, first: str, last: str) -> None:
    found = keys(kind)
    assert (len(found), found[0], found[-1]) == (number, first, last)


def test_the_first_period_is_the_one_that_the_first_day_lies_in() -> None:
    assert keys("quarter", date(2026, 5, 20), date(2026, 9, 1)) == ["2026-k2", "2026-k3"]
    assert keys("year", date(2024, 12, 30), date(2026, 2, 1)) == ["2024", "2025", "2026"]


def test_a_month_is_due_so_many_days_after_and_missing_when_the_next_is_over() -> None:
    (january, february) = periods_of_year("month", date(2028, 1, 1), date(2028, 2, 1), days_after=10)
    assert (january.opens_on, january.due_on) == (date(2028, 2, 1), date(2028, 2, 10))
    assert january.missing_from == date(2028, 3, 1)
    assert february.ends_on == date(2028, 2, 29)


def test_a_late_deadline_puts_off_when_it_is_missing() -> None:
    (first, *_rest) = periods_of_year("month", date(2026, 1, 1), date(2026, 1, 1), days_after=60)
    assert first.missing_from == date(2026, 4, 2)


PERIOD = next(iter(periods_of_year("month", date(2026, 9, 1), date(2026, 9, 1), days_after=10)))


@pytest.mark.parametrize(
    ("day", "begun", "sent", "standing"),
    [
        (date(2026, 9, 30), False, None, Standing.UPCOMING),
        (date(2026, 10, 1), False, None, Standing.DUE),
        (date(2026, 10, 10), True, None, Standing.DRAFT),
        (date(2026, 10, 11), True, None, Standing.LATE),
        (date(2026, 10, 31), False, None, Standing.LATE),
        (date(2026, 11, 1), True, None, Standing.MISSING),
        (date(2026, 12, 1), True, date(2026, 10, 10), Standing.SENT),
        (date(2026, 12, 1), True, date(2026, 10, 11), Standing.SENT_LATE),
    ],
)
def test_how_far_a_report_has_come(day: date, begun: bool, sent: date | None, standing: Standing) -> None:
    assert standing_of(PERIOD, day, begun=begun, sent_on=sent) is standing


def test_a_deadline_before_the_next_meeting() -> None:
    moved = due_before_meeting(PERIOD, [date(2026, 9, 15), date(2026, 10, 20), date(2026, 11, 20)], 5)
    assert (moved.due_on, moved.missing_from) == (date(2026, 10, 13), date(2026, 11, 1))
    assert due_before_meeting(PERIOD, [date(2026, 9, 15)], 5) is PERIOD
    soon = due_before_meeting(PERIOD, [date(2026, 10, 2)], 5)
    assert soon.due_on == PERIOD.opens_on


def test_one_report_for_each_meeting_about_the_time_since_the_one_before() -> None:
    days = [("b", date(2026, 10, 20)), ("a", date(2026, 9, 22)), ("c", date(2026, 12, 15))]
    first, second = periods_of_meetings(days, date(2026, 9, 1), date(2026, 10, 10), working_days=5)
    assert (first.key, first.starts_on, first.ends_on) == ("mote-a", date(2026, 6, 23), date(2026, 9, 15))
    assert (second.starts_on, second.due_on, second.missing_from) == (
        date(2026, 9, 23), date(2026, 10, 13), date(2026, 10, 21),
    )  # fmt: skip
    assert [one.key for one in periods_of_meetings(days, date(2026, 10, 1), date(2026, 10, 10))] == ["mote-b"]


def test_meetings_close_to_each_other_never_give_a_period_that_ends_before_it_starts() -> None:
    days = [("a", date(2026, 9, 22)), ("b", date(2026, 9, 23))]
    assert all(one.starts_on <= one.ends_on for one in periods_of_meetings(days, YEAR[0], YEAR[1]))


def test_one_report_for_each_closed_round() -> None:
    rounds = [
        ("r", "Grov 2026", date(2026, 5, 2), date(2026, 6, 1)),
        ("q", "I fjor", date(2025, 5, 2), date(2025, 6, 1)),
    ]
    (only,) = periods_of_rounds(rounds, YEAR[0], days_after=14)
    assert (only.key, only.name, only.due_on) == ("runde-r", "Grov 2026", date(2026, 6, 15))


def block(late: int | None, *rows: tuple[str, int]) -> Block:
    return Block(
        "compliance", date(2026, 10, 1), (Number("late", "For sent", late),),
        (Column("case", "Sak"), Column("days", "Dager", "days")),
        tuple(Row(name, (name, days)) for name, days in rows),
    )  # fmt: skip


def test_a_block_is_kept_and_read_back_as_it_was() -> None:
    made = block(2, ("a", 3))
    assert Block.from_json(made.to_json()) == made
    assert Block.from_json({}) is None


def test_figures_stand_beside_those_of_last_time() -> None:
    found = compare(block(5, ("a", 3), ("b", 9), ("same", 1)), block(2, ("a", 10), ("c", 1), ("same", 1)))
    assert [(one.before, one.now, one.change) for one in found.numbers] == [(5, 2, -3)]
    assert [(row.name, row.standing) for row in found.rows] == [
        ("a", "changed"), ("c", "new"), ("same", "same"), ("b", "gone"),
    ]  # fmt: skip
    assert found.rows[0].cells[0].change == 7


def test_nothing_is_subtracted_from_what_is_not_known() -> None:
    (only,) = compare(block(None), block(4)).numbers
    assert (only.before, only.now, only.change) == (None, 4, None)
    (only,) = compare(None, block(4)).numbers
    assert only.change is None
    assert compare(None, None).numbers == ()


def test_long_tables_are_cut_with_a_remark() -> None:
    rows = [Row(str(number), (number,)) for number in range(205)]
    kept, (remark,) = cut(rows, "%(count)s til")
    assert (len(kept), remark) == (200, "5 til")
    assert cut(rows[:3], "%(count)s til")[1] == ()


def content(light: str, written: str, late: int) -> dict[str, object]:
    made = block(late, ("a", 3)).to_json()
    made["rows"][0]["link"] = ("case", "x")
    return {
        "dimensions": [{"key": "tid", "name": "Tid", "light": light, "sentence": written}],
        "sections": [
            {"key": "s", "title": "Saker", "audience": [], "block": made, "written": written},
            {"key": "i", "title": "Internt", "audience": ["administration"], "block": None, "written": "hemmelig"},
        ],
    }


def test_a_report_beside_the_one_before_it() -> None:
    found = changes(content("yellow", "Før.", 5), content("red", "Nå.", 7))
    (dimension,) = found.dimensions
    assert (dimension.before, dimension.light, dimension.arrow) == ("yellow", "red", "worse")
    assert (found.sections[0].before, found.sections[0].written) == ("Før.", "Nå.")
    assert found.sections[0].figures.numbers[0].change == 2


def test_each_audience_is_shown_its_own_sections_and_the_public_no_addresses() -> None:
    public = for_audience(content("green", "x", 1), "public")
    assert [one["title"] for one in public["sections"]] == ["Saker"]
    assert public["sections"][0]["block"]["rows"][0]["link"] is None
    own = for_audience(content("green", "x", 1), "administration")
    assert [one["title"] for one in own["sections"]] == ["Saker", "Internt"]
    assert own["sections"][0]["block"]["rows"][0]["link"]


def test_the_figures_as_tables() -> None:
    assert tables_of(content("green", "x", 1)) == [("Saker", ["Sak", "Dager"], [["a", 3]])]


@pytest.mark.parametrize(
    ("before", "now", "way"), [("red", "green", "better"), ("green", "yellow", "worse"), ("red", "red", "same"), ("", "red", "")]
)  # fmt: skip
def test_which_way_a_light_has_gone(before: str, now: str, way: str) -> None:
    assert arrow(before, now) == way


def test_a_colour_never_stands_alone() -> None:
    assert [fault.field for fault in judgement_faults("red", " ")] == ["sentence"]
    assert [fault.field for fault in judgement_faults("blå", "Fordi.")] == ["light"]
    assert judgement_faults("", "") == judgement_faults("green", "Fordi.") == []


def test_what_must_be_there_before_a_report_is_sent() -> None:
    judged = [Judged("tid", "Tid", "", ""), Judged("risiko", "Risiko", "red", "Mangler folk.")]
    faults = sending_faults(judged, {"egen": " "}, [("egen", "Milepæler")])
    assert [fault.field for fault in faults] == ["tid", "egen"]
    assert sending_faults(judged[1:], {"egen": "Ja."}, [("egen", "Milepæler")]) == []


@pytest.mark.parametrize(
    ("text", "value"), [("", None), ("12", 12), ("12,5", 12.5), ("1 200", 1200), ("1\u00a0200,25", 1200.25), ("−3", -3)]
)
def test_figures_as_people_write_them(text: str, value: float | None) -> None:
    assert figure_of(text) == value


@pytest.mark.parametrize("text", ["tolv", "1.2.3", "nan", "inf", "1e99"])
def test_what_is_no_figure(text: str) -> None:
    with pytest.raises(ValueError):
        figure_of(text)


DAY = date(2026, 10, 1)


@pytest.mark.parametrize(
    ("state", "starts", "ends", "started", "expected"),
    [
        ("not_started", date(2026, 8, 1), None, None, (Deviation.NOT_STARTED, 61)),
        ("not_started", date(2026, 9, 15), None, None, (Deviation.NONE, 0)),
        ("started", date(2026, 1, 1), None, date(2026, 5, 1), (Deviation.STARTED_LATE, 120)),
        ("started", date(2026, 5, 1), None, date(2026, 1, 1), (Deviation.STARTED_EARLY, 120)),
        ("started", date(2026, 1, 1), date(2026, 9, 1), date(2026, 1, 1), (Deviation.NOT_DONE, 30)),
        ("done", date(2026, 1, 1), date(2026, 9, 1), date(2026, 1, 20), (Deviation.NONE, 0)),
        ("stopped", date(2026, 1, 1), date(2026, 2, 1), None, (Deviation.NONE, 0)),
        ("not_started", None, None, None, (Deviation.NONE, 0)),
    ],
)
def test_when_a_measure_is_off_plan(
    state: str, starts: date | None, ends: date | None, started: date | None, expected: tuple[Deviation, int]
) -> None:
    assert deviation_of(state, starts, ends, started, DAY, tolerance=30) == expected


def test_when_nobody_has_told_of_a_measure() -> None:
    adopted = date(2026, 5, 20)
    assert is_stale("started", date(2026, 8, 1), adopted, None, DAY, 60)
    assert not is_stale("started", date(2026, 8, 3), adopted, None, DAY, 60)
    assert is_stale("not_started", None, adopted, date(2026, 7, 1), DAY, 60)
    assert not is_stale("not_started", None, adopted, date(2027, 1, 1), DAY, 60)
    assert not is_stale("done", date(2025, 1, 1), adopted, None, DAY, 60)
    assert not is_stale("not_started", None, None, None, DAY, 60)


def test_a_period_knows_its_number() -> None:
    assert [one.number for one in periods_of_year("tertial", *YEAR)] == [1, 2, 3]
    assert isinstance(PERIOD, Period)
