"""Answer a hearing for a body."""

from __future__ import annotations

from uuid import UUID

from samstyr.foundation.access import Act, may
from samstyr.foundation.audit.action import Context, action
from samstyr.foundation.kernel.errors import Conflict, FieldError, Invalid
from samstyr.foundation.kernel.text import gettext_noop, say
from samstyr.procedure.casework.models import Case, CaseState
from samstyr.procedure.casework.queries import case_facts

from ..events import StatementGiven
from ..models import Consultee, Position, Statement, StatementAnswer
from ..queries import consultee_facts
from ..rules import answer_faults, statement_faults


@action("statement.give", kind="statement")
def give_statement(
    ctx: Context,
    *,
    consultee_id: UUID,
    position: str,
    text: str = "",
    conditions: str = "",
    exempt: bool = False,
    legal_basis: str = "",
    by_link: bool = False,
) -> Statement:
    """Give the body's statement. A second one replaces the first, which stays on record.

    After the deadline it is accepted and marked late, until the hearing is closed or the case has ended.
    Raises Refused for others than the body's role, Invalid for what is missing.
    """
    consultee = ctx.load(Consultee, consultee_id)
    ctx.require(may(ctx.actor, Act.STATEMENT_GIVE, consultee_facts(consultee)))
    return _give(ctx, consultee, position, text, conditions, exempt, legal_basis, by_link=by_link)


@action("statement.record_on_behalf", kind="statement")
def record_on_behalf(
    ctx: Context,
    *,
    consultee_id: UUID,
    position: str,
    text: str = "",
    conditions: str = "",
    exempt: bool = False,
    legal_basis: str = "",
) -> Statement:
    """Enter a statement that came by mail or on paper; marked as entered by the secretariat."""
    consultee = ctx.load(Consultee, consultee_id)
    ctx.require(may(ctx.actor, Act.HEARING_MANAGE, case_facts(consultee.hearing.case)))
    return _give(ctx, consultee, position, text, conditions, exempt, legal_basis, on_behalf=True)


def _give(
    ctx: Context,
    consultee: Consultee,
    position: str,
    text: str,
    conditions: str,
    exempt: bool,
    legal_basis: str,
    *,
    by_link: bool = False,
    on_behalf: bool = False,
) -> Statement:
    hearing = consultee.hearing
    case = Case.objects.get(pk=hearing.case_id)
    if hearing.closed_at or case.state == CaseState.ENDED:
        raise Conflict(
            say(gettext_noop("Høringen er avsluttet.")),
            remedy=say(gettext_noop("Ta kontakt med den som sendte saken på høring.")),
        )
    text, conditions, legal_basis = text.strip(), conditions.strip(), legal_basis.strip()[:200]
    faults = statement_faults(
        position=position, text=text, conditions=conditions, exempt=exempt, legal_basis=legal_basis
    )
    if position not in Position.values:
        faults.append(FieldError("position", say(gettext_noop("Velg hva dere svarer.")), position))
    if faults:
        raise Invalid(*faults)
    earlier = Statement.objects.filter(consultee=consultee).order_by("-recorded_at").first()
    statement = ctx.create(
        Statement(
            consultee=consultee,
            position=position,
            text=text,
            conditions=conditions,
            exempt=exempt,
            legal_basis=legal_basis if exempt else "",
            late=ctx.today > hearing.deadline,
            given_by_id=ctx.actor.person,
            given_as=consultee.name,
            by_link=by_link,
            on_behalf=on_behalf,
            replaces=earlier,
        )
    )
    ctx.record("statement.given", statement, case=str(hearing.case_id))
    ctx.publish(StatementGiven(statement.pk, consultee.pk, hearing.case_id))
    return statement


@action("statement.answer", kind="statement")
def answer_statement(ctx: Context, *, statement_id: UUID, followed: str, reason: str = "") -> StatementAnswer:
    """Answer a statement: followed, partly or not, and why (N-007). A later answer takes the place of an earlier one.

    Raises Refused for who does not manage the hearing, Conflict for a statement that another has replaced, Invalid.
    """
    statement = ctx.load(Statement, statement_id)
    ctx.require(may(ctx.actor, Act.HEARING_MANAGE, case_facts(statement.consultee.hearing.case)))
    if Statement.objects.filter(replaces=statement).exists():
        raise Conflict(
            say(gettext_noop("Uttalelsen er erstattet av en nyere.")), remedy=say(gettext_noop("Svar på den nye."))
        )
    reason = reason.replace("\r\n", "\n").strip()
    if faults := answer_faults(followed=followed, reason=reason):
        raise Invalid(*faults)
    row = ctx.create(
        StatementAnswer(statement=statement, followed=followed, reason=reason, answered_by_id=ctx.actor.person)
    )
    ctx.record("statement.answered", row, case=str(statement.consultee.hearing.case_id))
    return row
