"""What happens to a case that came from elsewhere is put in line to be told there; the switchboard calls these."""

from __future__ import annotations

from datetime import datetime

from samstyr.foundation.access import Actor
from samstyr.foundation.jobs import actions as jobs
from samstyr.procedure.casework import queries as casework
from samstyr.procedure.casework.events import CaseEvent
from samstyr.procedure.matters.rules import is_matter

from .events import LiftMoved
from .models import Received
from .queries import received_as

RULE, TELL = "lifting", "lift.tell"


def tell_back(row: Received, *, actor: Actor, now: datetime) -> None:
    """Let the worker tell the other arrangement how the case stands; it reads the newest when it comes to it."""
    jobs.ask(actor=actor.on_behalf(RULE), now=now, kind=TELL, about=row.pk, arguments={"at": now.isoformat()})


def case_moved(event: CaseEvent, *, actor: Actor, now: datetime) -> None:
    """A case has moved: tell those who lifted it, if anybody did."""
    if not is_matter(event.subject_kind):
        return
    for row in received_as([event.subject_id]).values():
        tell_back(row, actor=actor, now=now)


def lift_moved(event: LiftMoved, *, actor: Actor, now: datetime) -> None:
    """A case that we lifted on has moved there: tell those who lifted it to us."""
    case = casework.case_by_id(event.case_id)
    if case is not None and is_matter(case.subject_kind):
        for row in received_as([case.subject_id]).values():
            tell_back(row, actor=actor, now=now)
