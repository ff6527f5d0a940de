"""What bodies are about to do: when each next meets, and what waits for it. A fixed number of queries for all of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count, Min

from ..models import BodyMeeting, CaseState, CaseStep, StepState


@dataclass(frozen=True)
class Queue:
    """How many cases wait for a body, and since when the oldest has."""

    number: int
    oldest: date

    def days(self, today: date) -> int:
        """How long the oldest has waited."""
        return (today - self.oldest).days


def next_meetings(day: date) -> dict[tuple[str, UUID | None], date]:
    """The first planned day on or after `day`, by body and the organisation whose body it is."""
    rows = BodyMeeting.objects.filter(held_on__gte=day, cancelled=False).order_by()
    found = rows.values_list("body", "organisation_id").annotate(first=Min("held_on"))
    return {(body, organisation): first for body, organisation, first in found}


def queues() -> dict[str, Queue]:
    """What waits for each body now (A-81)."""
    rows = CaseStep.objects.filter(state=StepState.ACTIVE, case__state=CaseState.OPEN).exclude(actor_body="")
    found = rows.order_by().values_list("actor_body").annotate(number=Count("pk"), oldest=Min("opened_on"))
    return {body: Queue(number, oldest) for body, number, oldest in found}
