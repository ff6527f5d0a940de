"""What other bodies have proposed for a body's agenda, and what came of it (D-21)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from samstyr.foundation.access import Actor
from samstyr.procedure.casework import queries as casework
from samstyr.procedure.casework.models import Case, CaseStep, StepState, Treatment

from ..models import AgendaItem

WAITING, ACCEPTED, DECLINED = "waiting", "accepted", "declined"
AGAINST = ("return", "reject", "goto")


@dataclass(frozen=True)
class Proposed:
    """A case that one body has sent on to another. `meets_on` is the meeting whose agenda it was put on, `reason` why not."""

    case: Case
    by: str
    on: date
    state: str
    meets_on: date | None = None
    reason: str = ""


@dataclass(frozen=True)
class Proposals:
    """The body's proposals, newest first, and how many of those answered were put on an agenda, in per cent."""

    rows: list[Proposed]

    @property
    def answered(self) -> int:
        """How many have an answer."""
        return sum(row.state != WAITING for row in self.rows)

    @property
    def rate(self) -> float | None:
        """The share put on an agenda; None before anything is answered."""
        if not self.answered:
            return None
        return 100 * sum(row.state == ACCEPTED for row in self.rows) / self.answered


def proposals_to(body: str, actor: Actor) -> Proposals:
    """What has come to the body from other bodies, of the cases that the actor may read. A fixed number of queries.

    A case counts as put on an agenda when it is on one, or was decided without being turned down; a case that was sent
    back or turned down before that was declined.
    """
    steps = (
        CaseStep.objects.filter(actor_body=body, case__in=casework.visible_to(actor))
        .exclude(state__in=(StepState.SKIPPED, StepState.CANCELLED))
        .select_related("case")
        .order_by("-opened_on", "-order")
    )
    rows = list(steps)
    senders = _senders(rows)
    meets = {
        item.case_step_id: item.meeting.held_on
        for item in AgendaItem.objects.filter(case_step__in=rows).select_related("meeting").order_by("meeting__held_on")
    }
    answers = {one.case_step_id: one for one in Treatment.objects.filter(case_step__in=rows).order_by("recorded_at")}
    found = []
    for row in rows:
        if row.pk not in senders:
            continue
        state, reason = _answer(row, row.pk in meets, answers.get(row.pk))
        found.append(Proposed(row.case, senders[row.pk], row.opened_on, state, meets.get(row.pk), reason))
    return Proposals(found)


def _answer(row: CaseStep, listed: bool, answer: Treatment | None) -> tuple[str, str]:
    if listed:
        return ACCEPTED, ""
    if row.state == StepState.ACTIVE or answer is None:
        return WAITING, ""
    if answer.effect in AGAINST:
        return DECLINED, answer.reason
    return ACCEPTED, ""


def _senders(rows: list[CaseStep]) -> dict[object, str]:
    """For each step, the other body whose step came last before it; steps that no body sent on are left out."""
    cases = {row.case_id for row in rows}
    before: dict[object, list[CaseStep]] = {}
    for step in (
        CaseStep.objects.filter(case_id__in=cases, state=StepState.DONE).exclude(actor_body="").order_by("order")
    ):
        before.setdefault(step.case_id, []).append(step)
    found: dict[object, str] = {}
    for row in rows:
        earlier = [
            one for one in before.get(row.case_id, ()) if one.order < row.order and one.actor_body != row.actor_body
        ]
        if earlier:
            found[row.pk] = earlier[-1].actor_body
    return found
