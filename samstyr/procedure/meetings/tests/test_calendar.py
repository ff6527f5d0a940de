"""A meeting in calendars, the days of a year, and what follows when a day is moved or cancelled."""

from __future__ import annotations

import re
from datetime import date, time
from itertools import pairwise
from uuid import uuid4

import pytest
from icalendar import Calendar

from samstyr.foundation.kernel.errors import Conflict, Invalid, Refused
from samstyr.foundation.kernel.workdays import is_working_day
from samstyr.procedure.casework import actions as casework
from samstyr.procedure.casework.models import BodyMeeting
from samstyr.procedure.meetings import actions
from samstyr.procedure.meetings.models import Meeting
from samstyr.procedure.meetings.queries import agenda, calendar
from samstyr.procedure.meetings.rules.calendar import (
    CANCEL,
    PUBLISH,
    REQUEST,
    Clash,
    Entry,
    Invited,
    clashes,
    invitation,
    months_outside,
    spread,
)
from samstyr.procedure.meetings.rules.calendar import calendar as calendar_file

from .committee import BODY, MEETING_DAY, OUTSIDER, TODAY, Committee, at
from .test_planning import prepared

OTHER_DAY = date(2026, 9, 29)
ENTRY = Entry(
    key="a0", sequence=2, title="Utvalget 3/2026; æøå, og mer", day=MEETING_DAY, starts_at=time(9), ends_at=time(11),
    place="Rådhuset, møterom 2", agenda=("1/26 " + "Et langt navn på en sak, med komma; " * 5, "2/26 Eventuelt"),
    page="https://samstyr.example/m", organiser=("Sekretær", "s@example.no"),
    invited=(Invited("Nord, Kari", "k@example.no", "absent", votes=True), Invited("Leder", "l@example.no", leads=True)),
)  # fmt: skip


def lines_of(content: bytes) -> list[tuple[str, dict[str, str], str]]:
    """A strict reading by hand of RFC 5545 3.1: CRLF, at most 75 octets, unfolded, name, parameters and value."""
    assert content.endswith(b"\r\n")
    raw = content.split(b"\r\n")[:-1]
    assert all(len(line) <= 75 and b"\n" not in line and b"\r" not in line for line in raw)
    unfolded: list[bytes] = []
    for line in raw:
        if line[:1] in (b" ", b"\t"):
            unfolded[-1] += line[1:]
        else:
            unfolded.append(line)
    found = []
    for line in unfolded:
        match = re.fullmatch(r'((?:[^":]|"[^"]*")+):(.*)', line.decode())
        assert match is not None
        head, value = match.groups()
        name, *parameters = head.split(";")
        found.append((name, dict(one.split("=", 1) for one in parameters if "=" in one), value))
    return found


def one(lines: list[tuple[str, dict[str, str], str]], name: str) -> tuple[dict[str, str], str]:
    (line,) = [(parameters, value) for key, parameters, value in lines if key == name]
    return line


def event_of(content: bytes) -> list[tuple[str, dict[str, str], str]]:
    lines = lines_of(content)
    ends = [at_ for at_, line in enumerate(lines) if line[2] == "VEVENT"]
    return lines[ends[0] + 1 : ends[1]]


def test_an_invitation_by_the_letter_of_the_standard() -> None:
    content, method = invitation(ENTRY, at(TODAY))
    lines, event = lines_of(content), event_of(content)
    assert (method, one(lines, "METHOD")[1], one(lines, "VERSION")[1]) == (REQUEST, "REQUEST", "2.0")
    zones = [line for line in lines if line == ("TZID", {}, "Europe/Oslo")]
    assert len(zones) == 1
    assert one(event, "DTSTART") == ({"TZID": "Europe/Oslo"}, "20260922T090000")
    assert one(event, "DTEND") == ({"TZID": "Europe/Oslo"}, "20260922T110000")
    assert one(event, "DTSTAMP")[1].endswith("Z")
    assert [one(event, name)[1] for name in ("UID", "SEQUENCE", "STATUS")] == ["a0@samstyr", "2", "CONFIRMED"]
    assert one(event, "SUMMARY")[1] == "Utvalget 3/2026\\; æøå\\, og mer"
    assert one(event, "LOCATION")[1] == "Rådhuset\\, møterom 2"
    assert one(event, "DESCRIPTION")[1].count("\\n") == 3
    assert one(event, "ORGANIZER")[1] == "mailto:s@example.no"
    asked = {value: parameters for name, parameters, value in event if name == "ATTENDEE"}
    assert asked["mailto:k@example.no"]["PARTSTAT"] == "DECLINED"
    assert asked["mailto:l@example.no"] | {"CN": ""} == {
        "ROLE": "CHAIR", "PARTSTAT": "NEEDS-ACTION", "RSVP": "FALSE", "CN": "",
    }  # fmt: skip
    # Another reader says the same.
    (read,) = Calendar.from_ical(content).walk("VEVENT")
    assert str(read["SUMMARY"]) == ENTRY.title


def test_a_cancellation_has_the_same_mark_and_what_is_published_names_nobody() -> None:
    from dataclasses import replace

    content, method = invitation(replace(ENTRY, cancelled=True, sequence=3), at(TODAY))
    event = event_of(content)
    assert (method, one(event, "STATUS")[1], one(event, "UID")[1]) == (CANCEL, "CANCELLED", "a0@samstyr")
    assert invitation(replace(ENTRY, organiser=None), at(TODAY))[1] == PUBLISH
    published = event_of(calendar_file([ENTRY], PUBLISH, at(TODAY)))
    assert [line for line in published if line[0] == "ATTENDEE"] == []


@pytest.mark.parametrize("count", [1, 4, 6, 11, 24])
def test_a_years_meetings_lie_evenly_on_working_days_outside_july(count: int) -> None:
    days = spread(2027, count, after=date(2026, 12, 1))
    assert len(set(days)) == count
    assert all(is_working_day(day) and day.month != 7 and day.year == 2027 for day in days)
    gaps = [(later - earlier).days for earlier, later in pairwise(days)]
    assert all(gap <= 365 / count + 45 for gap in gaps)
    # What is left of a year is the year; days taken are left alone.
    rest = spread(2027, 2, after=date(2027, 11, 1), taken=days)
    assert all(day > date(2027, 11, 1) and day not in days for day in rest)


def test_months_with_too_few_or_too_many() -> None:
    days = [date(2027, 5, 4), date(2027, 5, 11), date(2027, 5, 25), date(2027, 6, 1)]
    assert months_outside(days, least=1, most=2, months=(5, 6, 7)) == [(5, 3), (7, 0)]


def test_a_years_days_are_planned_all_or_none(made: Committee) -> None:
    days = [date(2026, 10, 6), date(2026, 12, 1)]
    rows = casework.plan_meetings(**made.by(), body=BODY, days=days)
    assert [row.held_on for row in rows] == days
    with pytest.raises(Invalid, match=r"01\.12\.2026: Organet har allerede"):
        casework.plan_meetings(**made.by(), body=BODY, days=[date(2026, 11, 3), date(2026, 12, 1)])
    with pytest.raises(Invalid, match="er passert"):
        casework.plan_meetings(**made.by(), body=BODY, days=[date(2026, 11, 3), date(2026, 8, 1)])
    with pytest.raises(Invalid, match="minst én dag"):
        casework.plan_meetings(**made.by(), body=BODY, days=[])
    with pytest.raises(Refused):
        casework.plan_meetings(**made.by("nord1"), body=BODY, days=[date(2026, 11, 3)])
    assert BodyMeeting.objects.count() == len(days)


def called(made: Committee) -> Meeting:
    """A meeting that is called with one case on its agenda."""
    meeting, step = prepared(made), made.case("Felles arkiv")
    actions.add_cases(**made.by(), meeting_id=meeting.pk, case_step_ids=[step.pk])
    return actions.call_meeting(**made.by(), meeting_id=meeting.pk, version=None)


def test_a_meeting_that_has_begun_is_neither_moved_nor_cancelled(made: Committee) -> None:
    meeting = called(made)
    leader = meeting.participants.get(leads=True)
    actions.set_attendance(**made.by(day=MEETING_DAY), participant_id=leader.pk, how="present")
    actions.open_meeting(**made.by(day=MEETING_DAY), meeting_id=meeting.pk, version=None)
    with pytest.raises(Conflict):
        casework.cancel_meeting(**made.by(day=MEETING_DAY), meeting_id=meeting.day_id, version=None)
    with pytest.raises(Conflict):
        casework.move_meeting(**made.by(day=MEETING_DAY), meeting_id=meeting.day_id, version=None, held_on=OTHER_DAY)
    assert not BodyMeeting.objects.get().cancelled


def test_only_the_secretariat_lets_a_meeting_follow_its_day(made: Committee) -> None:
    meeting = prepared(made)
    with pytest.raises(Refused):
        actions.follow_day(**made.by("nord1"), meeting_id=meeting.pk)


def test_what_each_reader_has_in_the_calendar(made: Committee) -> None:
    meeting = prepared(made)
    actions.add_item(
        **made.by(), meeting_id=meeting.pk, kind="other", title="Avtalen", closed=True, legal_basis="offl. § 23"
    )
    assert calendar.own_meetings(made.actor("nord1"), TODAY) == []
    actions.call_meeting(**made.by(), meeting_id=meeting.pk, version=None)
    assert [row.pk for row in calendar.own_meetings(made.actor("nord1"), TODAY)] == [meeting.pk]
    assert calendar.own_meetings(made.actor(OUTSIDER), TODAY) == []
    found = calendar.whole_invitation(meeting.pk)
    assert found is not None
    assert calendar.entry_of(made.actor("nord1"), found, "").agenda == ("1/26 Avtalen",)
    assert calendar.entry_of(made.actor(OUTSIDER), found, "").agenda == ("1/26 Unntatt offentlighet",)


def test_the_whole_order_at_once_and_not_on_top_of_anothers(made: Committee) -> None:
    meeting = prepared(made)
    keys = [
        actions.add_item(**made.by(), meeting_id=meeting.pk, kind="other", title=title).pk for title in ("A", "B", "C")
    ]
    wanted = [keys[2], keys[0], keys[1]]
    actions.order_agenda(**made.by(), meeting_id=meeting.pk, seen=keys, wanted=wanted)
    assert [row.title for row in agenda.items_of(meeting)] == ["C", "A", "B"]
    with pytest.raises(Conflict, match="Noen andre"):
        actions.order_agenda(**made.by(), meeting_id=meeting.pk, seen=keys, wanted=keys)
    with pytest.raises(Invalid, match="én plass"):
        actions.order_agenda(**made.by(), meeting_id=meeting.pk, seen=wanted, wanted=[*keys[:2], keys[0]])
    with pytest.raises(Refused):
        actions.order_agenda(**made.by("nord1"), meeting_id=meeting.pk, seen=wanted, wanted=keys)


def test_n_188_one_secretary_with_two_meetings_on_a_day_is_a_clash() -> None:
    north, south, day = uuid4(), uuid4(), date(2026, 3, 10)
    served = {"a": "it", "b": "it", "c": "other", "d": "it"}
    assert clashes([("a", None, day), ("b", None, day), ("c", None, day)], served) == [Clash(day, "it", ("a", "b"))]
    assert clashes([("a", None, day), ("b", None, date(2026, 3, 11)), ("x", None, day)], served) == []
    assert clashes([("a", north, day), ("a", south, day)], served) == [], "each organisation has its own secretary"
    assert clashes([("a", None, day), ("b", north, day), ("d", south, day)], served) == [
        Clash(day, "it", ("a", "b")), Clash(day, "it", ("a", "d")),
    ]  # fmt: skip
