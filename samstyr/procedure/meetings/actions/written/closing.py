"""Close a written procedure: adopted as proposed, on to a meeting, or withdrawn."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from samstyr.foundation.access import Act, Actor, Facts, may
from samstyr.foundation.audit.action import Context, action
from samstyr.foundation.kernel.errors import Conflict, Invalid
from samstyr.foundation.kernel.text import Sentence, gettext_noop, say
from samstyr.procedure.casework import actions as casework
from samstyr.procedure.casework.events import StepClosed
from samstyr.procedure.casework.models import Case, CaseState, CaseStep, StepState, Treatment

from ...events import ProcedureClosed
from ...models import Procedure, ProcedureMember, ProcedureState
from ...queries.access import manage_facts
from ...queries.written import answers_of, due_to_close, members_with_replies, newest, outcomes_to_propose, terms_of
from ...rules.written import (
    AGAINST,
    AGAINST_CHOICE,
    FOR,
    VOTES,
    Result,
    judge,
    may_close,
    meeting_demanded,
    summary_lines,
)

RULE = "procedure.written"


@action("procedure.close", kind="procedure")
def close_procedure(ctx: Context, *, procedure_id: UUID, version: int | None = None) -> Procedure:
    """Count the answers: the case gets the outcome that was proposed, or waits for a meeting.

    After the deadline, as soon as enough demand a meeting, or when all have answered and the body's rules let it.
    Raises Refused for others than those who prepare the body's meetings, Conflict before that or when it is closed.
    """
    found = Procedure.objects.filter(pk=procedure_id).values_list("case_id", "case_step_id").first()
    # The case is locked before the procedure, as it is when the step is closed from another side.
    case = ctx.load(Case, found[0] if found else None)
    row = ctx.load(CaseStep, found[1] if found else None)
    procedure = ctx.load(Procedure, procedure_id, version=version)
    row.case = procedure.case = case
    procedure.case_step = row
    _require_open(ctx, procedure)
    if row.state != StepState.ACTIVE or case.state != CaseState.OPEN:
        return _end(ctx, procedure, ProcedureState.WITHDRAWN, say(gettext_noop("Saken gikk videre på en annen måte.")))
    members = members_with_replies(procedure.pk)
    answers, terms = answers_of(members), terms_of(procedure)
    if not may_close(answers, terms, today=ctx.today, deadline=procedure.deadline):
        raise Conflict(
            say(gettext_noop("Svarfristen er ikke ute før %(date)s."), date=procedure.deadline.strftime("%d.%m.%Y")),
            remedy=say(gettext_noop("Vent til fristen er ute, eller til alle har svart der reglene åpner for det.")),
        )
    before = procedure.snapshot()
    result = judge(answers, terms, procedure.outcome)
    procedure.early = ctx.today <= procedure.deadline
    if result.decided:
        result = _decide(ctx, procedure, members, result)
    procedure.summary = _summary(procedure, members, result)
    state = ProcedureState.DECIDED if result.decided else ProcedureState.TO_MEETING
    return _end(ctx, procedure, state, result.why, before)


@action("procedure.close_due", kind="procedure")
def close_due_procedures(ctx: Context) -> int:
    """Close every procedure that is due: past its deadline, or where enough demand a meeting. Run daily."""
    ctx.require(may(ctx.actor, Act.NOTICE_GIVE, Facts("procedure", ctx.actor.tenant)))
    done = 0
    for key in due_to_close(ctx.today):
        procedure = Procedure.objects.select_related("case", "case_step").get(pk=key)
        answers = answers_of(members_with_replies(key))
        if procedure.deadline < ctx.today or meeting_demanded(answers, terms_of(procedure)):
            close_procedure(actor=ctx.actor, now=ctx.now, procedure_id=key)
            done += 1
    return done


@action("procedure.withdraw", kind="procedure")
def withdraw_procedure(ctx: Context, *, procedure_id: UUID, version: int | None, reason: str) -> Procedure:
    """Take back an open procedure, with why; the case then waits for the body as before."""
    procedure = ctx.load(Procedure, procedure_id, version=version)
    _require_open(ctx, procedure)
    if not reason.strip() or len(reason) > 500 or "\0" in reason:
        raise Invalid.field("reason", say(gettext_noop("Skriv kort hvorfor saken trekkes fra skriftlig behandling.")))
    return _end(ctx, procedure, ProcedureState.WITHDRAWN, reason.strip())


@action("procedure.lapse", kind="procedure")
def lapse_procedures(ctx: Context, *, case_step_id: UUID) -> int:
    """End what is out in writing for a step that got its outcome another way; how many."""
    ctx.require(may(ctx.actor, Act.NOTICE_GIVE, Facts("procedure", ctx.actor.tenant)))
    rows = Procedure.objects.select_for_update(of=("self",)).filter(
        case_step_id=case_step_id, state=ProcedureState.OPEN
    )
    found = list(rows)
    for procedure in found:
        _end(ctx, procedure, ProcedureState.WITHDRAWN, say(gettext_noop("Saken gikk videre på en annen måte.")))
    return len(found)


def note_step_closed(event: StepClosed, *, actor: Actor, now: datetime) -> None:
    """What is out in writing ends with its step."""
    if Procedure.objects.filter(case_step_id=event.case_step_id, state=ProcedureState.OPEN).exists():
        lapse_procedures(
            actor=actor.on_behalf("handover:procedure_step_closed"), now=now, case_step_id=event.case_step_id
        )


def _require_open(ctx: Context, procedure: Procedure) -> None:
    facts = manage_facts(procedure.body, ctx.today, procedure.organisation_id)
    ctx.require(may(ctx.actor, Act.MEETING_MANAGE, facts))
    if procedure.state != ProcedureState.OPEN:
        raise Conflict(
            say(gettext_noop("Den skriftlige behandlingen er allerede avsluttet.")),
            remedy=say(gettext_noop("Se resultatet på siden for den.")),
        )


def _decide(ctx: Context, procedure: Procedure, members: list[ProcedureMember], result: Result) -> Result:
    """Give the step its outcome. What the case refuses, such as a date before the step began, is for a meeting."""
    # Ended first, so that the step's own closing does not take it for one that is still out.
    procedure.state = ProcedureState.DECIDED
    ctx.save(procedure)
    try:
        procedure.treatment = _treat(ctx, procedure, members, result)
    except Invalid as fault:
        return Result(False, say(gettext_noop("Saken kunne ikke få utfallet: %(fault)s"), fault=str(fault)))
    return result


def _treat(ctx: Context, procedure: Procedure, members: list[ProcedureMember], result: Result) -> Treatment:
    outcome = next((one for one in outcomes_to_propose(procedure.case_step) if one.key == procedure.outcome), None)
    required = {str(name) for name in outcome.requires} if outcome else set()
    return casework.treat(
        # The members have decided; whoever presses the button only counts.
        actor=ctx.actor.on_behalf(ctx.actor.automatic or RULE),
        now=ctx.now,
        case_step_id=procedure.case_step_id,
        version=None,
        outcome=procedure.outcome,
        text=procedure.proposal,
        reason="\n\n".join(str(line) for line in _reasons(procedure, result)),
        conditions=procedure.proposal if "conditions" in required else "",
        decided_on=min(ctx.today, procedure.deadline),
        present=[_present(one) for one in members if newest(one) is not None],
        votes=[_vote(one, procedure.outcome) for one in members if one.votes and newest(one) is not None],
        counted=True,
    )


def _reasons(procedure: Procedure, result: Result) -> list[Sentence]:
    found = [
        say(gettext_noop("Avgjort i skriftlig saksbehandling %(number)s/%(year)s: %(reason)s"),
            number=procedure.number, year=procedure.year, reason=procedure.reason),
        result.why,
    ]  # fmt: skip
    if procedure.short_reason:
        found.append(say(gettext_noop("Fristen var kortere enn vanlig: %(reason)s"), reason=procedure.short_reason))
    return found


def _present(member: ProcedureMember) -> dict[str, Any]:
    return {"seat": str(member.seat_id or member.pk), "name": member.name, "votes": member.votes}


def _vote(member: ProcedureMember, outcome: str) -> dict[str, Any]:
    reply = newest(member)
    choices = {FOR: outcome, AGAINST: AGAINST_CHOICE}
    organisation = member.seat.organisation if member.seat else None
    return {
        "voter": str(member.seat_id or member.pk),
        "name": member.name,
        "choice": choices.get(str(reply.answer), "") if reply else "",
        "chair": member.leads,
        "slot": organisation.slot if organisation else "",
    }


def _summary(procedure: Procedure, members: list[ProcedureMember], result: Result) -> str:
    given = {member.name: reply for member in members if (reply := newest(member)) is not None}
    counts: dict[str, int] = {}
    for member in members:
        reply = newest(member)
        if reply is not None and (member.votes or reply.answer not in VOTES):
            counts[str(reply.answer)] = counts.get(str(reply.answer), 0) + 1
    lines = summary_lines(
        decided=result.decided,
        why=result.why,
        counts=counts,
        silent=[member.name for member in members if newest(member) is None],
        comments=[(name, reply.text) for name, reply in given.items() if reply.text],
        short_reason=procedure.short_reason,
        not_asked=procedure.summary,
    )
    return "\n\n".join(lines)


def _end(
    ctx: Context,
    procedure: Procedure,
    state: ProcedureState,
    result: Sentence | str,
    before: dict[str, Any] | None = None,
) -> Procedure:
    before = before or procedure.snapshot()
    procedure.state, procedure.closed_at, procedure.result = state, ctx.now, str(result)[:500]
    ctx.save(procedure)
    ctx.record("procedure.closed", procedure, before=before, case=str(procedure.case_id))
    ctx.publish(ProcedureClosed(procedure.pk))
    return procedure
