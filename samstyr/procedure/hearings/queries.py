"""Reading hearings: what waits for whom, who has answered, and what may be read of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, cast
from uuid import UUID

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from samstyr.foundation.access import Act, Actor, Facts, Holder, may
from samstyr.foundation.governance import queries as governance
from samstyr.foundation.kernel.clock import oslo_date
from samstyr.foundation.kernel.text import gettext_noop, say
from samstyr.foundation.organisations.models import Organisation
from samstyr.foundation.ui.pieces import Status, Tone
from samstyr.procedure.casework import queries as casework
from samstyr.procedure.casework.models import Case, CaseState, CaseStep
from samstyr.procedure.casework.rules.standing import Said

from .models import Consultee, Hearing, HearingChoice, Statement, StatementAnswer
from .rules import WANTS_ANSWER, OwnChoice, Proposed, proposed

TONES = {
    "no_remarks": Tone.SUCCESS,
    "support": Tone.SUCCESS,
    "conditions": Tone.WARNING,
    "remarks": Tone.INFO,
    "against": Tone.DANGER,
}


def consultee_facts(row: Consultee) -> Facts:
    """Who may answer for the body: its role in its organisation."""
    return Facts(
        "consultee",
        row.tenant_id,
        organisations=frozenset({row.organisation_id} if row.organisation_id else set()),
        holders=(Holder(row.role, row.name, organisation=row.organisation_id),),
    )


def statement_facts(row: Statement) -> Facts:
    """An exempt statement is read by those who hold the body's role, and those with the right to exempt content."""
    consultee = row.consultee
    organisations = (
        {consultee.organisation_id}
        if consultee.organisation_id
        else {part.organisation_id for part in consultee.hearing.case.participants.all()}
    )
    return Facts("statement", row.tenant_id, organisations=frozenset(organisations), exempt=row.exempt)


def may_read(actor: Actor, row: Statement) -> bool:
    """Whether the actor may read the statement's words; everyone may know that it exists."""
    if not row.exempt or consultee_facts(row.consultee).holders[0].is_met_by(actor):
        return True
    return bool(may(actor, Act.EXEMPT_READ, statement_facts(row)))


def _with_parts(rows: QuerySet[Hearing]) -> QuerySet[Hearing]:
    answers = Prefetch("answers", StatementAnswer.objects.order_by("recorded_at"))
    statements = Statement.objects.select_related("given_by").prefetch_related(answers).order_by("recorded_at")
    consultees = Consultee.objects.select_related("organisation").prefetch_related(Prefetch("statements", statements))
    return rows.select_related("case", "case_step", "opened_by").prefetch_related(
        Prefetch("consultees", consultees), "case__participants"
    )


@dataclass(frozen=True)
class Line:
    """One consultee with its newest statement, or silence."""

    consultee: Consultee
    statement: Statement | None
    visible: bool
    status: Status
    answer: StatementAnswer | None = None


@dataclass(frozen=True)
class Round:
    """One hearing with all its lines."""

    hearing: Hearing
    lines: tuple[Line, ...]

    @property
    def total(self) -> int:
        """How many were asked."""
        return len(self.lines)

    @property
    def answered(self) -> int:
        """How many have answered."""
        return sum(line.statement is not None for line in self.lines)


def round_of(hearing: Hearing, actor: Actor) -> Round:
    """The hearing with its lines; prefetched parts are used."""
    lines = []
    for consultee in hearing.consultees.all():
        consultee.hearing = hearing
        statements = list(consultee.statements.all())
        statement = statements[-1] if statements else None
        if statement is None:
            lines.append(Line(consultee, None, True, Status(str(say(gettext_noop("Ikke mottatt"))), Tone.NEUTRAL)))
            continue
        statement.consultee = consultee
        status = Status(statement.get_position_display().capitalize(), TONES[statement.position])
        answers = list(statement.answers.all())
        answer = answers[-1] if answers else None
        lines.append(Line(consultee, statement, may_read(actor, statement), status, answer))
    return Round(hearing, tuple(lines))


def rounds_of(case: Case, actor: Actor) -> list[Round]:
    """The case's hearings, oldest first, with every answer as the actor may see it, and silence as silence."""
    return [
        round_of(hearing, actor) for hearing in _with_parts(Hearing.objects.filter(case=case)).order_by("opened_at")
    ]


def round_by_id(key: UUID, actor: Actor) -> Round | None:
    """One hearing with its lines."""
    hearing = _with_parts(Hearing.objects.filter(pk=key)).first()
    return round_of(hearing, actor) if hearing else None


def statements_of(case: Case, actor: Actor) -> list[tuple[Statement, bool]]:
    """Every statement in the case, replaced ones too, with whether the actor may read its words."""
    rows = (
        Statement.objects.filter(consultee__hearing__case=case)
        .select_related("consultee", "consultee__organisation", "consultee__hearing", "consultee__hearing__case")
        .prefetch_related("consultee__hearing__case__participants")
        .order_by("recorded_at")
    )
    return [(row, may_read(actor, row)) for row in rows]


def _mine(actor: Actor) -> Q:
    mine = Q(pk__isnull=True)
    for held in actor.roles:
        where = Q(role=held.role)
        if held.organisation is not None:
            where &= Q(organisation_id=held.organisation) | Q(organisation__isnull=True)
        mine |= where
    return mine


def asked_of(actor: Actor) -> QuerySet[Consultee]:
    """Every time a body that the actor answers for has been asked."""
    return Consultee.objects.filter(_mine(actor)).select_related("hearing", "hearing__case", "organisation")


def evidence(case: Case) -> list[Said]:
    """What hearings have on record in the case, as requirements ask for it; the switchboard connects it."""
    found = []
    for hearing in _with_parts(Hearing.objects.filter(case=case)):
        day = oslo_date(hearing.closed_at or hearing.opened_at)
        found.append(Said("hearing" if hearing.closed_at else "hearing_open", "", day))
        for consultee in hearing.consultees.all():
            for statement in list(consultee.statements.all())[-1:]:
                said_on = oslo_date(statement.recorded_at)
                found.append(Said("consultation", consultee.body, said_on, statement.text))
                if statement.position in WANTS_ANSWER and not statement.answers.all():
                    found.append(Said("unanswered", consultee.body, said_on))
    return found


def statement_by_id(key: UUID) -> Statement | None:
    """One statement with whom it is from and in which hearing."""
    rows = Statement.objects.filter(pk=key).select_related(
        "consultee", "consultee__hearing", "consultee__hearing__case"
    )
    return cast("Statement | None", rows.first())


def awaiting_statement(actor: Actor) -> list[Consultee]:
    """What the actor has been asked and not answered, in open hearings, soonest deadline first."""
    return list(
        asked_of(actor)
        .filter(hearing__closed_at__isnull=True, statements__isnull=True)
        .order_by("hearing__deadline", "pk")
    )


def consultee_by_id(key: UUID) -> Consultee | None:
    """One consultee with its hearing and case."""
    row = (
        Consultee.objects.filter(pk=key)
        .select_related("hearing", "hearing__case", "hearing__case_step", "hearing__opened_by", "organisation")
        .prefetch_related("statements", "hearing__case__participants")
        .first()
    )
    return cast("Consultee | None", row)


def unanswered_by(day: date) -> QuerySet[Consultee]:
    """Those who have not answered an open hearing with a deadline on or before the day, soonest first."""
    return (
        Consultee.objects.filter(
            statements__isnull=True,
            hearing__closed_at__isnull=True,
            hearing__deadline__lte=day,
            hearing__case__state=CaseState.OPEN,
        )
        .select_related("hearing", "hearing__case", "organisation")
        .order_by("hearing__deadline", "pk")
    )


def anybody_silent(hearing_id: UUID) -> bool:
    """Whether somebody asked has not answered."""
    return bool(Consultee.objects.filter(hearing_id=hearing_id, statements__isnull=True).exists())


def steps_under_hearing(keys: Iterable[UUID]) -> set[UUID]:
    """Those of these step instances that wait for an open hearing."""
    rows = Hearing.objects.filter(case_step_id__in=list(keys), closed_at__isnull=True)
    return set(rows.values_list("case_step_id", flat=True))


def visible_to(actor: Actor) -> QuerySet[Hearing]:
    """Hearings in cases the actor may see, and those the actor is asked in."""
    asked = Consultee.objects.filter(_mine(actor), hearing_id=OuterRef("pk"))
    return Hearing.objects.filter(Q(case__in=casework.visible_to(actor)) | Q(Exists(asked)))


def listing(actor: Actor, *, state: str = "", today: date) -> QuerySet[Hearing]:
    """Hearings the actor may see: open, overdue or closed, newest deadline first."""
    rows = visible_to(actor)
    if state == "open":
        rows = rows.filter(closed_at__isnull=True)
    elif state == "overdue":
        rows = rows.filter(closed_at__isnull=True, deadline__lt=today)
    elif state == "closed":
        rows = rows.filter(closed_at__isnull=False)
    return _with_parts(rows).order_by("-deadline", "pk")


def own_choices(organisations: list[Organisation] | None = None) -> list[HearingChoice]:
    """The organisations' own say on whom they hear."""
    rows = HearingChoice.objects.select_related("organisation").order_by("organisation__name", "body")
    return list(rows.filter(organisation__in=organisations) if organisations is not None else rows)


def proposed_for(step: CaseStep) -> list[tuple[Proposed, Organisation | None]]:
    """Who the model and the participants' own lists say should be heard in the case (B-29, B-30, B-48)."""
    model = governance.typed(step.case.model_version)
    members = casework.organisations_of(step.case)
    by_slot = {member.slot: member for member in members}
    choices = [
        OwnChoice(row.organisation.slot, row.body, row.included, row.name, row.role) for row in own_choices(members)
    ]
    found = proposed(
        model,
        slots=list(by_slot),
        facts=step.case.facts_given,
        choices=choices,
        sender_role=step.actor_role,
        deciding_body=next_body(step),
    )
    return [(item, by_slot.get(item.slot) if item.slot else None) for item in found]


def others_to_send(step: CaseStep, actor: Actor) -> list[CaseStep]:
    """Other cases that stand at the same step and wait to be sent out, by number; those the actor may send."""
    rows = (
        CaseStep.objects.filter(kind="hearing", step=step.step, state="active", case__state=CaseState.OPEN)
        .filter(case__path=step.case.path, case__model_version=step.case.model_version)
        .exclude(pk=step.pk)
        .exclude(hearings__closed_at__isnull=True, hearings__isnull=False)
        .select_related("case")
        .order_by("case__year", "case__number")
    )
    cases = {case.pk: case for case in casework.with_parts(Case.objects.filter(pk__in=[row.case_id for row in rows]))}
    return [row for row in rows if may(actor, Act.HEARING_MANAGE, casework.case_facts(cases[row.case_id]))]


def next_body(step: CaseStep) -> str:
    """The body that treats the case after the hearing: the step named by `before`, or the first body ahead."""
    path = casework.path_of(step.case)
    keys = [item.key for item in path.steps]
    if step.step not in keys:
        return ""
    here = path.step(step.step)
    if here.before:
        return str(path.step(here.before).actor.body or "")
    for key in keys[keys.index(step.step) + 1 :]:
        if path.step(key).actor.body:
            return str(path.step(key).actor.body)
    return ""


def meeting_before(step: CaseStep, today: date) -> tuple[date | None, str]:
    """The next meeting of the body that treats the case after the hearing, and the body's name."""
    body = next_body(step)
    if not body:
        return None, ""
    found = governance.typed(step.case.model_version).body(body)
    return casework.next_meeting(body, today), str(found.name) if found else body


def suggested_deadline(step: CaseStep, today: date) -> date | None:
    """The deadline that the model gives the step."""
    path = casework.path_of(step.case)
    keys = [item.key for item in path.steps]
    due: Any = (
        casework.due_of(step.case, path.step(step.step), opened_on=today, organisation=None)
        if step.step in keys
        else None
    )
    return due.on if due and due.on > today else None
