"""A meeting of the committee that is ready to be held, as rows, and the verbs tests hold it with."""

from __future__ import annotations

from datetime import time
from typing import Any

from samstyr.procedure.casework.models import BodyMeeting, CaseStep
from samstyr.procedure.meetings import actions
from samstyr.procedure.meetings.models import AgendaItem, Meeting, Participant, Voting
from samstyr.procedure.meetings.queries import members_of

from .committee import BODY, MEETING_DAY, MEMBERS, SECRETARY, Committee, at

VOTERS = MEMBERS


def called(made: Committee, **changes: Any) -> Meeting:
    """The meeting, called: the five members, and the secretary without a seat."""
    day = BodyMeeting.objects.create(body=BODY, held_on=MEETING_DAY, title="Møte")
    values: dict[str, Any] = {"held_on": MEETING_DAY, "starts_at": time(9), "ends_at": time(11), "number": 1}
    meeting: Meeting = Meeting.objects.create(day=day, body=BODY, state="called", **(values | changes))
    for member in members_of(BODY, MEETING_DAY):
        if member.person is not None:
            Participant.objects.create(
                meeting=meeting, person=member.person, seat=member.seat, name=member.person.name,
                seat_name=member.name, votes=member.votes, weight=member.weight, leads=member.leads, answer="comes",
            )  # fmt: skip
    Participant.objects.create(
        meeting=meeting, person=made.people[SECRETARY], name="Sekretar", capacity="secretary", answer="comes"
    )
    return meeting


class Hall:
    """The meeting and who is in it; every verb is the secretary's unless told."""

    def __init__(self, made: Committee, **changes: Any) -> None:
        self.made = made
        self.meeting = called(made, **changes)

    def by(self, name: str = SECRETARY, hour: int = 8) -> dict[str, Any]:
        """Who and when, on the day of the meeting."""
        return {"actor": self.made.actor(name, MEETING_DAY), "now": at(MEETING_DAY, hour)}

    def row(self, name: str) -> Participant:
        """The one called, as now."""
        return Participant.objects.get(meeting=self.meeting, person=self.made.people[name])  # type: ignore[no-any-return]

    def mark(self, name: str, how: str = "present", hour: int = 7) -> Participant:
        """Mark somebody."""
        return actions.set_attendance(**self.by(hour=hour), participant_id=self.row(name).pk, how=how)

    def open(self, *names: str) -> Meeting:
        """Mark those named (all when none) as there, and open the meeting."""
        for name in names or (*MEMBERS, SECRETARY):
            self.mark(name)
        leader = None if not names or "leder" in names else self.row(names[0]).pk
        return actions.open_meeting(**self.by(), meeting_id=self.meeting.pk, leader_id=leader)

    def item(self, step: CaseStep | None = None, *, opened: bool = True, **changes: Any) -> AgendaItem:
        """An item on the agenda, being treated; with a case when its step is given."""
        order = AgendaItem.objects.filter(meeting=self.meeting).count() + 1
        values: dict[str, Any] = {"order": order, "number": f"{order}/26", "title": "Felles innlogging"}
        if step is not None:
            values |= {"case": step.case, "case_step": step, "proposal": "Vi går inn for felles innlogging."}
        row = AgendaItem.objects.create(meeting=self.meeting, **(values | changes))
        if opened:
            actions.open_item(**self.by(), item_id=row.pk)
            row.refresh_from_db()
        return row  # type: ignore[no-any-return]

    def vote(self, item: AgendaItem, **given: Any) -> Voting:
        """Open a vote, on screens and between ja and nei unless told."""
        values: dict[str, Any] = {"manner": "browser", "about": "outcomes", "contenders": ["ja", "nei"]}
        return actions.open_voting(**self.by(), item_id=item.pk, **(values | given))

    def cast(self, voting: Voting, name: str, choice: str) -> Any:
        """Vote on one's own screen."""
        return actions.cast(**self.by(name), voting_id=voting.pk, participant_id=self.row(name).pk, choice=choice)

    def close(self, voting: Voting, **given: Any) -> Voting:
        """Close the vote."""
        return actions.close_voting(**self.by(), voting_id=voting.pk, **given)

    def decide(self, item: AgendaItem, how: str = "vote", **given: Any) -> AgendaItem:
        """Decide the item."""
        return actions.decide_item(**self.by(), item_id=item.pk, how=how, **given)
