"""A meeting of the committee that has been held, as rows: what minutes are drafted from."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from typing import Any

from samstyr.procedure.casework.models import BodyMeeting
from samstyr.procedure.meetings.models import (
    AgendaItem,
    Ballot,
    Disqualification,
    FollowUp,
    Meeting,
    MeetingState,
    Motion,
    Participant,
    Voting,
)

from .committee import BODY, MEETING_DAY, MEMBERS, SECRETARY, Committee

NEXT_DAY = date(2026, 10, 20)
SEATS = {"leder": "Lederen", "nord": "Medlemmer fra nord", "sor": "Medlemmer fra sør"}


def moment(hour: int, minute: int = 0, day: date = MEETING_DAY) -> datetime:
    """A time of the day in UTC; in September Norway is two hours ahead."""
    return datetime.combine(day, time(hour, minute), UTC)


def held(made: Committee, day: date = MEETING_DAY, number: int = 1, **changes: Any) -> Meeting:
    """The meeting: nord2 absent with a substitute, sor1 late, sor2 on the net and leaving early."""
    calendar = BodyMeeting.objects.create(body=BODY, held_on=day, title="Møte")
    meeting: Meeting = Meeting.objects.create(
        day=calendar, body=BODY, held_on=day, starts_at=time(9), ends_at=time(11), place="Rådhuset, møterom 2",
        number=number,
        **({"chair": made.people["leder"], "state": MeetingState.ENDED, "opened_at": moment(7, 0, day),
            "ended_at": moment(9, 10, day)} | changes),
    )  # fmt: skip
    for name in (*MEMBERS, SECRETARY):
        _called(made, meeting, name, day)
    Participant.objects.create(
        meeting=meeting, person=made.people["vara"], name="Vara", seat_name="Medlemmer fra nord",
        capacity="substitute", votes=True, stands_in_for="Nord2", present=True, arrived_at=moment(7, 0, day),
    )  # fmt: skip
    return meeting


def _called(made: Committee, meeting: Meeting, name: str, day: date) -> None:
    came = name != "nord2"
    Participant.objects.create(
        meeting=meeting, person=made.people[name], seat=made.seats.get(name), name=made.people[name].name,
        seat_name=SEATS.get(name.rstrip("12"), ""), capacity="secretary" if name == SECRETARY else "member",
        votes=name in MEMBERS and came, leads=name == "leder", present=came and name != "sor2", is_remote=name == "sor2",
        answer="" if came else "absent", answer_note="" if came else "Syk",
        arrived_at=moment(7, 25 if name == "sor1" else 0, day) if came else None,
        left_at=moment(8, 30, day) if name == "sor2" else None,
    )  # fmt: skip


def item(meeting: Meeting, title: str = "Felles innlogging", **changes: Any) -> AgendaItem:
    """An item that was decided as proposed."""
    order = meeting.items.count() + 1
    values: dict[str, Any] = {
        "order": order, "number": f"{order}/26", "proposal": "Vi går inn for felles innlogging.", "state": "decided",
        "discussion": "Det ble spurt om kostnaden.", "decision": "Utvalget går inn for felles innlogging.",
        "treated_at": moment(8, 0, meeting.held_on),
    }  # fmt: skip
    row: AgendaItem = AgendaItem.objects.create(meeting=meeting, title=title, **(values | changes))
    return row


def closed_item(meeting: Meeting) -> AgendaItem:
    """An item closed by law, with sor1 left out of it."""
    row = item(
        meeting, "Avtalen med Firma AS", closed=True, legal_basis="offentleglova § 23", decision="HEMMELIG vedtak.",
        proposal="HEMMELIG forslag.", discussion="HEMMELIG drøfting.",
    )  # fmt: skip
    Disqualification.objects.create(
        item=row, participant=meeting.participants.get(name="Sor1"), ground="Eier i firmaet",
        law="forvaltningsloven § 6", raised_by="Sor1", outcome="disqualified", decided_by="Leder",
        decided_at=moment(7, 40),
    )  # fmt: skip
    return row


def vote(row: AgendaItem, **changes: Any) -> Voting:
    """Three to two, with the chair's own vote on the winning side."""
    motion = Motion.objects.create(item=row, made_by="Sor1", text="Utsett til saken er *bedre* opplyst.")
    found: Voting = Voting.objects.create(
        item=row, order=1, manner="show", question="Innstillingen mot forslag 1", rule="simple_majority", tie="chair",
        choices=[{"key": "ja", "label": "Innstillingen"}, {"key": "m", "label": "Forslag 1", "motion": str(motion.pk)}],
        opened_at=moment(7, 50), closed_at=moment(7, 55), result="ja", why="3 av 5 stemmer.",
        counts={"ja": 3, "m": 2}, **changes,
    )  # fmt: skip
    for name, choice in (("Leder", "ja"), ("Nord1", "ja"), ("Vara", "ja"), ("Sor1", "m"), ("Sor2", "m")):
        participant = row.meeting.participants.get(name=name)
        Ballot.objects.create(voting=found, participant=participant, choice=choice, cast_at=moment(7, 54))
    return found


def follow_up(made: Committee, row: AgendaItem | None = None, **changes: Any) -> FollowUp:
    """Something that nord1 is to do."""
    values = {"title": "Hente inn tilbud", "owner": made.people["nord1"], "due_on": date(2026, 10, 1)}
    found: FollowUp = FollowUp.objects.create(body=BODY, item=row, **(values | changes))
    return found
