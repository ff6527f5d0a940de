"""Answer a written procedure. The newest answer counts, until the deadline or until the procedure is closed."""

from __future__ import annotations

from uuid import UUID

from samstyr.foundation.access import Act, may
from samstyr.foundation.audit.action import Context, action
from samstyr.foundation.kernel.errors import Conflict, FieldError, Invalid
from samstyr.foundation.kernel.text import gettext_noop, say

from ...models import Procedure, ProcedureMember, ProcedureState, Reply
from ...queries.access import manage_facts, member_facts
from ...queries.written import blank_allowed, newest
from ...rules.written import ABSTAIN, COMMENT

LONGEST = 10_000


@action("procedure.reply", kind="procedure")
def reply(ctx: Context, *, member_id: UUID, answer: str, text: str = "") -> Reply:
    """Give one's answer, or change it. A later one replaces the one before, which stays on record.

    Raises Refused for others than the member and who stands in for them, Conflict after the deadline or when the
    procedure is closed: who answered in time settles the result. Invalid for an answer the member cannot give.
    """
    member = _member(ctx, member_id)
    ctx.require(may(ctx.actor, Act.MEETING_TAKE_PART, member_facts(member)))
    return _give(ctx, member, answer, text)


@action("procedure.record_reply", kind="procedure")
def record_reply(ctx: Context, *, member_id: UUID, answer: str, text: str = "") -> Reply:
    """Enter an answer that came another way; marked as entered by who serves the body. Raises as `reply` does."""
    member = _member(ctx, member_id)
    body, organisation = member.procedure.body, member.procedure.organisation_id
    ctx.require(may(ctx.actor, Act.MEETING_MANAGE, manage_facts(body, ctx.today, organisation)))
    return _give(ctx, member, answer, text, on_behalf=True)


def _member(ctx: Context, member_id: UUID) -> ProcedureMember:
    """The member with the procedure locked first, so that an answer is either counted at closing or refused."""
    procedure_id = ProcedureMember.objects.filter(pk=member_id).values_list("procedure_id", flat=True).first()
    procedure = ctx.load(Procedure, procedure_id)
    member = ctx.load(ProcedureMember, member_id)
    member.procedure = procedure
    return member


def _give(ctx: Context, member: ProcedureMember, answer: str, text: str, *, on_behalf: bool = False) -> Reply:
    procedure = member.procedure
    if procedure.state != ProcedureState.OPEN:
        raise Conflict(
            say(gettext_noop("Den skriftlige behandlingen er avsluttet.")),
            remedy=say(gettext_noop("Se resultatet på siden for den.")),
        )
    if ctx.today > procedure.deadline:
        raise Conflict(
            say(gettext_noop("Fristen gikk ut %(date)s."), date=procedure.deadline.strftime("%d.%m.%Y")),
            remedy=say(gettext_noop("Bare svar som kom i tide, teller. Ta kontakt med den som sendte saken ut.")),
        )
    faults = _faults(member, answer, text)
    if faults:
        raise Invalid(*faults)
    earlier = newest(member)
    given = ctx.create(
        Reply(
            member=member,
            answer=answer,
            text=text.strip(),
            given_by_id=ctx.actor.person,
            on_behalf=on_behalf,
            replaces=earlier,
        )
    )
    ctx.record("procedure.replied", given, procedure=str(procedure.pk), case=str(procedure.case_id))
    return given


def _faults(member: ProcedureMember, answer: str, text: str) -> list[FieldError]:
    errors = []
    if answer not in Reply.Answer.values:
        errors.append(FieldError("answer", say(gettext_noop("Velg hva du svarer.")), answer))
    elif not member.votes and answer != COMMENT:
        errors.append(
            FieldError("answer", say(gettext_noop("Plassen har ikke stemmerett, men du kan komme med merknader.")))
        )
    elif answer == ABSTAIN and not blank_allowed(member.procedure):
        errors.append(
            FieldError(
                "answer",
                say(gettext_noop("I dette organet kan ingen la være å stemme.")),
                remedy=say(gettext_noop("Svar for eller imot, eller krev møte.")),
            )
        )
    if answer == COMMENT and not text.strip():
        errors.append(FieldError("text", say(gettext_noop("Skriv merknaden."))))
    if len(text) > LONGEST or "\0" in text:
        errors.append(FieldError("text", say(gettext_noop("Teksten er for lang eller har ugyldige tegn."))))
    return errors
