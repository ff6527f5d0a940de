"""Asking organisations whether they take part in a measure, and their answers."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from samstyr.foundation.access import Act, may
from samstyr.foundation.audit.action import Context, action
from samstyr.foundation.kernel.errors import Conflict, Invalid, Refused
from samstyr.foundation.kernel.text import gettext_noop, say

from ..models import Answer, LineOrganisation, Participation, ParticipationCall, Plan, PlanLine, VersionState
from ..queries import answers_change_until, parties, plan_facts
from ..rules.participation import answer_fault
from .money import measure_of


@action("plan.ask_participation", kind="plan")
def ask_participation(
    ctx: Context, *, plan_id: UUID, line_key: UUID, deadline: date, organisations: tuple[UUID, ...]
) -> ParticipationCall:
    """Ask organisations to take part in a measure or reserve themselves, by a deadline (N-193)."""
    plan = ctx.load(Plan, plan_id)
    ctx.require(may(ctx.actor, Act.PLAN_EDIT, plan_facts()))
    row = measure_of(plan, line_key, drafts=True)
    if deadline < ctx.today:
        raise Invalid.field("deadline", say(gettext_noop("Fristen kan ikke ligge tilbake i tid.")), value=deadline)
    known = {party.key for party in parties()}
    asked = [key for key in dict.fromkeys(organisations) if key in known]
    if len(asked) < 2:
        raise Invalid.field("organisations", say(gettext_noop("Velg minst to kommuner.")))
    if ParticipationCall.objects.filter(plan=plan, line_key=line_key).exists():
        raise Conflict(say(gettext_noop("Kommunene er allerede spurt om dette tiltaket.")))
    call = ctx.create(ParticipationCall(plan=plan, line_key=line_key, title=row.title, deadline=deadline))
    ctx.create_many(Participation, [Participation(call=call, organisation_id=key) for key in asked])
    ctx.record("plan.participation_asked", call, organisations=[str(key) for key in asked])
    return call


@action("plan.answer_participation", kind="plan")
def answer_participation(ctx: Context, *, call_id: UUID, organisation_id: UUID, answer: str) -> Participation:
    """Take part, or reserve. A draft of the plan follows at once; an adopted version is revised as ever.

    Raises Refused after the deadline, or after the contract, as the model says.
    """
    call = ctx.load(ParticipationCall, call_id)
    row = Participation.objects.select_for_update().filter(call=call, organisation_id=organisation_id).first()
    if row is None:
        raise Invalid.field("organisation", say(gettext_noop("Kommunen er ikke spurt.")))
    ctx.require(may(ctx.actor, Act.BUDGET_MANAGE, plan_facts([organisation_id])))
    if answer not in (Answer.JOIN, Answer.RESERVE):
        raise Invalid.field("answer", say(gettext_noop("Velg et svar.")), value=answer)
    fault = answer_fault(
        before=row.answer, deadline=call.deadline, contract_on=call.contract_on,
        until=answers_change_until(ctx.today), today=ctx.today,
    )  # fmt: skip
    if fault is not None:
        raise Refused(fault, rule="plan.participation")
    before = row.snapshot()
    row.answer, row.answered_on = answer, ctx.today
    ctx.save(row)
    ctx.record("plan.participation_answered", row, before=before, measure=call.title)
    _follow(ctx, call, organisation_id, answer)
    return row


def _follow(ctx: Context, call: ParticipationCall, organisation_id: UUID, answer: str) -> None:
    """The measure of the draft is for those that have not reserved."""
    line = PlanLine.objects.filter(
        version_of__plan=call.plan, version_of__state=VersionState.DRAFT, line_key=call.line_key
    ).first()
    if line is None:
        return
    place = LineOrganisation.objects.filter(line=line, organisation_id=organisation_id).first()
    if answer == Answer.RESERVE and place is not None:
        ctx.delete(place)
    elif answer == Answer.JOIN and place is None:
        ctx.create(LineOrganisation(line=line, organisation_id=organisation_id))
    else:
        return
    ctx.save(line)
    ctx.record("plan.line_changed", line, organisation=str(organisation_id), answer=answer)


@action("plan.note_contract", kind="plan")
def note_contract(ctx: Context, *, call_id: UUID, version: int | None, contract_on: date) -> ParticipationCall:
    """Enter that the contract is signed: from that day no answer can be changed."""
    call = ctx.load(ParticipationCall, call_id, version=version)
    ctx.require(may(ctx.actor, Act.PLAN_EDIT, plan_facts()))
    if contract_on > ctx.today:
        raise Invalid.field("contract_on", say(gettext_noop("Datoen kan ikke ligge fram i tid.")), value=contract_on)
    before = call.snapshot()
    call.contract_on = contract_on
    ctx.save(call)
    ctx.record("plan.contract_noted", call, before=before)
    return call
