"""What the trail calls a thing says nothing of what is closed."""

from __future__ import annotations

from samstyr.foundation.audit.models import AuditDetail, AuditEvent
from samstyr.procedure.meetings import actions
from samstyr.procedure.meetings.models import FollowUp, Motion, Paper, Question

from .committee import TODAY, Committee
from .holding_world import Hall
from .minutes_world import closed_item, follow_up, held, item

SECRET = "Avtalen med Firma AS"


def test_a_closed_item_and_what_hangs_on_it_have_neutral_labels(made: Committee) -> None:
    row = closed_item(held(made))
    told = [
        row,
        follow_up(made, row, title=SECRET),
        Paper(item=row, title=SECRET),
        Question(item=row, text=SECRET),
        Motion(item=row, made_by="Nord1", text=SECRET),
    ]
    for one in told:
        assert "Lukket sak" in str(one)
        assert "Firma" not in str(one)


def test_an_open_one_has_its_title(made: Committee) -> None:
    row = item(held(made))
    assert str(row) == "1/26 Felles innlogging"
    assert str(follow_up(made, row)) == "Hente inn tilbud"
    assert str(FollowUp(title="Uten sak")) == "Uten sak"


def test_the_trail_of_a_closed_item_says_so(made: Committee) -> None:
    hall = Hall(made)
    actions.add_item(
        **made.by(day=TODAY), meeting_id=hall.meeting.pk, kind="report", title=SECRET, closed=True,
        legal_basis="offentleglova § 23", late_reason="Haster.",
    )  # fmt: skip
    event = AuditEvent.objects.filter(action="agenda.added").get()
    detail = AuditDetail.objects.get(sequence=event.sequence).details
    assert detail["label"].endswith("Lukket sak"), detail
