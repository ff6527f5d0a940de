"""Send a case to a body's members, to be decided in writing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Max

from samstyr.foundation.access import Act, may
from samstyr.foundation.audit.action import Context, action
from samstyr.foundation.kernel.errors import Conflict, FieldError, Invalid
from samstyr.foundation.kernel.text import gettext_noop, say
from samstyr.procedure.casework.models import Case, CaseStep
from samstyr.procedure.casework.queries.table import weight_of_seat

from ...events import ProcedureSent
from ...models import Procedure, ProcedureMember
from ...queries.bodies import Member, decision_of, settings_on, step_of
from ...queries.written import (
    asked_of,
    body_organisation,
    facts_for_sending,
    obstacle,
    outcomes_to_propose,
    table_on,
)
from ...rules.written import deadline_fault

LONGEST = 20_000


@action("procedure.start", kind="procedure")
def start_procedure(
    ctx: Context,
    *,
    case_step_id: UUID,
    outcome: str,
    proposal: str,
    reason: str,
    deadline: date,
    short_reason: str = "",
    left_out: Sequence[UUID] = (),
    left_out_reason: str = "",
) -> Procedure:
    """Ask the body's members whether they agree to `outcome` with the text `proposal` (D-32, kommuneloven § 11-8).

    `reason` is why it is decided in writing, `short_reason` why the deadline is shorter than the body's least (D-33).
    `left_out` are persons who are disqualified and not asked. Raises Refused for others than those who prepare the
    body's meetings (D-41), Conflict when the step cannot be decided in writing now, Invalid for what is missing.
    """
    case_id = CaseStep.objects.filter(pk=case_step_id).values_list("case_id", flat=True).first()
    case = ctx.load(Case, case_id)
    row = ctx.load(CaseStep, case_step_id)
    row.case = case
    ctx.require(may(ctx.actor, Act.MEETING_MANAGE, facts_for_sending(row, ctx.today)))
    hindered = obstacle(row, ctx.today)
    if hindered is not None:
        raise Conflict(hindered, remedy=say(gettext_noop("Se saken for hvor den står nå.")), rule="procedure.start")
    asked = asked_of(row, ctx.today)
    errors = _faults(row, outcome, proposal, reason, short_reason)
    errors += _members_faults(asked, left_out, left_out_reason)
    days = settings_on(row.actor_body, ctx.today).value("written_days")
    late = deadline_fault(deadline, sent_on=ctx.today, working_days=days, short_reason=short_reason)
    if errors or late:
        raise Invalid(*errors, *([late] if late else []))
    procedure = ctx.create(
        Procedure(
            body=row.actor_body,
            organisation_id=body_organisation(row, ctx.today),
            case=case,
            case_step=row,
            number=_next_number(row, ctx.today),
            year=ctx.today.year,
            proposal=proposal.strip(),
            outcome=outcome,
            reason=reason.strip(),
            sent_at=ctx.now,
            deadline=deadline,
            short_reason=short_reason.strip(),
            summary=_not_asked(row, asked, left_out, left_out_reason, ctx.today),
        )
    )
    people = _ask(ctx, procedure, row, [one for one in asked if one.person and one.person.pk not in left_out])
    ctx.record("procedure.started", procedure, case=str(case.pk), asked=[one.name for one in people])
    ctx.publish(ProcedureSent(procedure.pk, tuple(one.person_id for one in people)))
    return procedure


def _faults(row: CaseStep, outcome: str, proposal: str, reason: str, short_reason: str) -> list[FieldError]:
    errors = []
    if outcome not in {str(item.key) for item in outcomes_to_propose(row)}:
        errors.append(FieldError("outcome", say(gettext_noop("Velg et av utfallene.")), outcome))
    if not proposal.strip():
        errors.append(FieldError("proposal", say(gettext_noop("Skriv forslaget som medlemmene skal ta stilling til."))))
    if not reason.strip():
        errors.append(FieldError("reason", say(gettext_noop("Skriv hvorfor saken avgjøres skriftlig og ikke i møte."))))
    for name, text, longest in (
        ("proposal", proposal, LONGEST), ("reason", reason, LONGEST), ("short_reason", short_reason, 500)
    ):  # fmt: skip
        if len(text) > longest or "\0" in text:
            errors.append(FieldError(name, say(gettext_noop("Teksten er for lang eller har ugyldige tegn."))))
    return errors


def _members_faults(asked: Sequence[Member], left_out: Sequence[UUID], reason: str) -> list[FieldError]:
    known = {one.person.pk for one in asked if one.person}
    if not set(left_out) <= known:
        return [FieldError("left_out", say(gettext_noop("Velg blant medlemmene.")))]
    if left_out and (not reason.strip() or len(reason) > 500 or "\0" in reason):
        return [FieldError("left_out_reason", say(gettext_noop("Skriv kort hvorfor de er inhabile.")))]
    if not any(one.votes for one in asked if one.person and one.person.pk not in left_out):
        return [FieldError("left_out", say(gettext_noop("Minst én med stemmerett må spørres.")))]
    return []


def _next_number(row: CaseStep, today: date) -> int:
    rows = Procedure.objects.filter(
        body=row.actor_body, organisation_id=body_organisation(row, today), year=today.year
    ).aggregate(last=Max("number"))
    return int(rows["last"] or 0) + 1


def _ask(ctx: Context, procedure: Procedure, row: CaseStep, members: Sequence[Member]) -> list[ProcedureMember]:
    decision: Any = decision_of(step_of(row), settings_on(row.actor_body, ctx.today))
    rows = [
        ProcedureMember(
            procedure=procedure,
            seat=one.seat,
            person=one.person,
            name=one.person.name[:200],
            seat_name=one.name[:200],
            votes=one.votes,
            weight=weight_of_seat(decision, one.seat, one),
            leads=one.leads,
        )
        for one in members
        if one.person is not None
    ]
    return ctx.create_many(ProcedureMember, rows)


def _not_asked(row: CaseStep, asked: Sequence[Member], left_out: Sequence[UUID], reason: str, today: date) -> str:
    """What the minutes are to say of those who are not asked."""
    lines = []
    names = [one.person.name for one in asked if one.person and one.person.pk in left_out]
    if names:
        lines.append(
            say(
                gettext_noop("Ikke spurt, fordi de er inhabile: %(names)s (%(reason)s)."),
                names=", ".join(names), reason=reason.strip().rstrip("."),
            )
        )  # fmt: skip
    vacant = [one.name for one in table_on(row, today) if one.person is None]
    if vacant:
        lines.append(say(gettext_noop("Ikke spurt, fordi plassen er ledig: %(names)s."), names=", ".join(vacant)))
    return "\n\n".join(str(line) for line in lines)
