"""What can be answered from a mail: a hearing, and a case that is out in writing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_noop

from samstyr.foundation.access import Act, Actor, may
from samstyr.foundation.kernel.errors import Conflict, NotFound
from samstyr.foundation.kernel.text import say
from samstyr.outward.notices import queries
from samstyr.procedure.hearings import actions as hearings
from samstyr.procedure.hearings import queries as hearing_queries
from samstyr.procedure.meetings import actions as meetings
from samstyr.procedure.meetings import queries as meeting_queries
from samstyr.web.hearings.forms import StatementForm
from samstyr.web.meetings.forms_written import ReplyForm
from samstyr.web.meetings.presenting_written import outcome_name
from samstyr.wheel.needs import queries as needs


@dataclass(frozen=True)
class Asked:
    """One thing that one person is asked: the form, the page it stands on, and what giving the answer does."""

    purpose: str
    actor: Actor
    form: forms.Form
    template: str
    context: dict[str, Any]
    give: Callable[[datetime], object]


class LinkForm(StatementForm):
    """The statement form without what needs a login."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["exempt"], self.fields["legal_basis"]


def hearing(actor: Actor, key: UUID, today: date, given: Any) -> Asked:
    """A statement for somebody asked in a hearing."""
    consultee = queries.open_consultee(key)
    if consultee is None:
        raise NotFound
    may(actor, Act.STATEMENT_GIVE, hearing_queries.consultee_facts(consultee)).require()
    form = LinkForm(given)
    context = {
        "consultee": consultee,
        "case": consultee.hearing.case,
        "need": _need(consultee.hearing.case),
        "late": today > consultee.hearing.deadline,
        "body": consultee.name,
    }

    def give(now: datetime) -> object:
        return hearings.give_statement(
            actor=actor, now=now, consultee_id=consultee.pk, by_link=True, **form.cleaned_data
        )

    return Asked(queries.STATEMENT, actor, form, "notices/answer.html", context, give)


def procedure(actor: Actor, key: UUID, today: date, given: Any) -> Asked:
    """A reply to a written procedure. An answer given since the mail went out is changed after login, not by the link."""
    remedy = say(gettext_noop("Logg inn i Samstyr for å se hva som gjelder nå."))
    row = meeting_queries.procedure_by_id(key)
    if row is None:
        raise NotFound
    if row.state != "open" or today > row.deadline:
        raise Conflict(say(gettext_noop("Det er for sent å svare. Bare svar som kom i tide, teller.")), remedy=remedy)
    member = meeting_queries.open_member(key, actor, today)
    if member is None:
        raise NotFound
    if meeting_queries.newest(member) is not None:
        raise Conflict(say(gettext_noop("Svaret er allerede registrert. Logg inn for å endre det.")), remedy=remedy)
    form = ReplyForm(given, votes=member.votes, blank=meeting_queries.blank_allowed(row))
    body = meeting_queries.body_on(row.body, today)
    context = {
        "procedure": row,
        "member": member,
        "actor_person": actor.person,
        "case": row.case,
        "need": _need(row.case),
        "outcome": outcome_name(row),
        "body_name": str(body.name) if body else row.body,
        "body": member.name,
    }

    def give(now: datetime) -> object:
        return meetings.reply(actor=actor, now=now, member_id=member.pk, **form.cleaned_data)

    return Asked(queries.REPLY, actor, form, "notices/answer_written.html", context, give)


KINDS: dict[str, Callable[[Actor, UUID, date, Any], Asked]] = {
    queries.STATEMENT: hearing,
    queries.REPLY: procedure,
}


def _need(case: Any) -> Any:
    return needs.needs_by_ids([case.subject_id]).first() if case.subject_kind == needs.KIND else None
