"""A body's own deadlines before another body's meetings: derived from those, so that they move with them (D-29)."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID, uuid5

from samstyr.foundation.governance.rules.bodies import BeforeMeeting, Body
from samstyr.foundation.governance.rules.schema import GovernanceModel
from samstyr.foundation.kernel.workdays import add_working_days

from ..models import BodyMeeting

# A deadline lies at most so many days before its meeting: the format's highest number of working days.
FARTHEST = timedelta(days=200)


@dataclass(frozen=True)
class OwnDeadline:
    """One of a body's own deadlines: whose, what, by when, and the meeting that it comes before."""

    body: Body
    rule: BeforeMeeting
    due_on: date
    meeting: BodyMeeting
    other: str

    @property
    def key(self) -> UUID:
        """The same for as long as the meeting and the rule are."""
        return uuid5(self.meeting.pk, f"{self.body.key}/{self.rule.key}")


def rules_before(model: GovernanceModel, other: str) -> list[tuple[Body, BeforeMeeting]]:
    """The deadlines that bodies have before meetings of the other body."""
    return [(body, one) for body in model.bodies for one in body.before if one.body == other]


def own_deadlines(
    model: GovernanceModel, since: date, until: date, *, bodies: Collection[str] | None = None
) -> list[OwnDeadline]:
    """The bodies' own deadlines in the stretch, those of cancelled meetings too, by day."""
    asked = [body for body in model.bodies if body.before and (bodies is None or body.key in bodies)]
    if not asked:
        return []
    others = {one.body for body in asked for one in body.before}
    rows = BodyMeeting.objects.filter(body__in=others, held_on__gte=since, held_on__lte=until + FARTHEST)
    return deadlines_of(model, rows.order_by("held_on"), asked, since, until)


def deadlines_of(
    model: GovernanceModel, meetings: Iterable[BodyMeeting], bodies: Iterable[Body], since: date, until: date
) -> list[OwnDeadline]:
    """The deadlines before these meetings that fall in the stretch."""
    names = {body.key: str(body.name) for body in model.bodies}
    bodies = list(bodies)
    found = [
        OwnDeadline(body, one, day, meeting, names.get(meeting.body, meeting.body))
        for meeting in meetings
        for body in bodies
        for one in body.before
        if one.body == meeting.body and since <= (day := deadline_before(one, meeting.held_on)) <= until
    ]
    return sorted(found, key=lambda one: (one.due_on, str(one.rule.name)))


def deadline_before(rule: BeforeMeeting, meeting: date) -> date:
    """The day of the deadline before a meeting on the day."""
    return add_working_days(meeting, -rule.working_days)
