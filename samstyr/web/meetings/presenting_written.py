"""Turns written procedures into what the pages show: who has answered what, as this person may see it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from samstyr.foundation.access import Act, may
from samstyr.foundation.ui.pieces import Status, Tone
from samstyr.procedure.casework import queries as casework
from samstyr.procedure.meetings import queries
from samstyr.procedure.meetings.rules.written import earliest_deadline, may_close
from samstyr.web.casework.presenting import need_of
from samstyr.web.shell import address
from samstyr.wheel.needs import queries as needs

STATES = {"open": Tone.INFO, "decided": Tone.SUCCESS, "to_meeting": Tone.WARNING, "withdrawn": Tone.NEUTRAL}
TONES = {
    "for": Tone.SUCCESS,
    "against": Tone.DANGER,
    "abstain": Tone.NEUTRAL,
    "comment": Tone.INFO,
    "meeting": Tone.WARNING,
}
PERIOD = timedelta(days=365)


@dataclass(frozen=True)
class Line:
    """One asked: the newest answer if there is one, its words when they may be seen, and whether it was changed."""

    member: Any
    reply: Any
    status: Status
    changed: bool


@dataclass(frozen=True)
class Sheet:
    """A procedure as one person may see it. `mine` are the members the person answers for."""

    procedure: Any
    body: str
    outcome: str
    status: Status
    lines: tuple[Line, ...]
    mine: tuple[Line, ...]
    sees: bool
    manages: bool
    answering: bool

    @property
    def total(self) -> int:
        """How many are asked."""
        return len(self.lines)

    @property
    def replied(self) -> int:
        """How many have answered."""
        return sum(line.reply is not None for line in self.lines)


def sheet_of(request: HttpRequest, procedure: Any) -> Sheet:
    """The procedure with its lines; uses what is prefetched.

    While it is out, members see what others say when they have answered themselves: nobody waits to see what the
    leader says. Who serves the body sees all along; anyone who may read it sees the answers when it is closed.
    """
    actor, today = request.actor, request.today  # type: ignore[attr-defined]
    manages = _serves(request, procedure)
    mine = [row for row in procedure.members.all() if row.person_id in actor.people]
    answered = bool(mine) and all(queries.newest(row) is not None for row in mine)
    sees = manages or answered or procedure.state != "open"
    lines = tuple(_line(row, sees or row in mine) for row in procedure.members.all())
    return Sheet(
        procedure,
        body_name(request, procedure),
        outcome_name(procedure),
        Status(procedure.get_state_display().capitalize(), STATES[procedure.state]),
        lines,
        tuple(line for line in lines if line.member in mine),
        sees,
        manages,
        procedure.state == "open" and today <= procedure.deadline,
    )


def _line(member: Any, sees: bool) -> Line:
    reply = queries.newest(member)
    if reply is None:
        status = Status(_("Ikke svart"), Tone.NEUTRAL)
    elif not sees:
        status = Status(_("Har svart"), Tone.INFO)
    else:
        status = Status(reply.get_answer_display().capitalize(), TONES[reply.answer])
    return Line(member, reply, status, len(member.replies.all()) > 1)


def _serves(request: HttpRequest, procedure: Any) -> bool:
    """Whether the person serves the procedure's body; asked once for each body and request."""
    known: dict[Any, bool] = request.__dict__.setdefault("_serves", {})
    key = (procedure.body, procedure.organisation_id)
    if key not in known:
        known[key] = bool(queries.may_manage(request.actor, *key, request.today))  # type: ignore[attr-defined]
    return known[key]


def body_name(request: HttpRequest, procedure: Any) -> str:
    """The body in the model's word, with the organisation whose it is."""
    body = request.model.body(procedure.body) if request.model else None  # type: ignore[attr-defined]
    name = str(body.name) if body else procedure.body
    return f"{name}, {procedure.organisation}" if procedure.organisation_id else name


def outcome_name(procedure: Any) -> str:
    """What is proposed, in the model's word."""
    row = procedure.case_step
    step = None if row.step.startswith("_") else casework.path_of(procedure.case).step(row.step)
    outcome = step.outcome(procedure.outcome) if step else None
    return str(outcome.name) if outcome else str(procedure.outcome)


def subject_of(request: HttpRequest, procedure: Any) -> Any:
    """The need that the case is about: who is asked to decide on it reads it, whatever their roles give."""
    if procedure.case.subject_kind != needs.KIND:
        return None
    if may(request.actor, Act.CASE_READ, queries.procedure_facts(procedure)):  # type: ignore[attr-defined]
        return needs.needs_by_ids([procedure.case.subject_id]).first()
    return need_of(request, procedure.case)


def closable(procedure: Any, today: Any) -> bool:
    """Whether it is time to close it."""
    answers = queries.answers_of(list(procedure.members.all()))
    return may_close(answers, queries.terms_of(procedure), today=today, deadline=procedure.deadline)


def least_deadline(row: Any, today: Any) -> tuple[Any, int, Any]:
    """The first deadline that needs no reason, the working days it leaves, and the rule's source."""
    setting = queries.settings_on(row.actor_body, today).written_days
    return earliest_deadline(today, setting.value), setting.value, setting.source


def rate_tables(
    request: HttpRequest, body: str, since: date | None = None, until: date | None = None
) -> list[dict[str, Any]]:
    """Answers and attendance for each body that the person serves: the chosen days, else the last twelve months (D-31)."""
    actor, today = request.actor, request.today  # type: ignore[attr-defined]
    served = [pair for pair in queries.managed_by(actor, today) if not body or pair[0] == body]
    if len({key for key, _place in served}) > 1:
        return []
    names = {key: str(found.name) for key, _place in served if (found := queries.body_on(key, today))}
    last = until or today
    first = since or last - PERIOD
    return [
        {
            "name": names.get(key, key),
            "since": first,
            "until": last,
            "rates": queries.rates_of(key, place, first, today, last),
        }
        for key, place in served
    ]


def in_writing(request: HttpRequest, row: Any) -> tuple[str, str]:
    """The address for deciding a case's step in writing, or of where that is done, with words; both empty for none."""
    actor, today = request.actor, request.today  # type: ignore[attr-defined]
    if not row.actor_body or row.state != "active":
        return "", ""
    tenant = request.tenant.slug  # type: ignore[attr-defined]
    out = queries.open_procedure_at(row.pk)
    if out is not None:
        return address("procedure-detail", tenant, out.pk), _("Se skriftlig behandling")
    if not may(actor, Act.MEETING_MANAGE, queries.facts_for_sending(row, today)) or queries.obstacle(row, today):
        return "", ""
    return address("procedure-start", tenant, row.pk), _("Avgjør skriftlig")
