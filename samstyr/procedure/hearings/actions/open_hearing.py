"""Ask several bodies at once, ask again, move the deadline, and close."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from samstyr.foundation.access import Act, Actor, may
from samstyr.foundation.audit.action import Context, action
from samstyr.foundation.kernel.clock import oslo_date
from samstyr.foundation.kernel.errors import Conflict, FieldError, Invalid
from samstyr.foundation.kernel.text import gettext_noop, say
from samstyr.procedure.casework.events import MeetingMoved, MeetingPlanned, StepClosed
from samstyr.procedure.casework.models import Case, CaseState, CaseStep, StepState
from samstyr.procedure.casework.queries import case_facts

from ..events import ConsulteeAsked, HearingOpened
from ..models import Consultee, Hearing
from ..queries import meeting_before, next_body, proposed_for
from ..rules import deadline_fault


def identity(body: str, organisation: UUID | None) -> str:
    """How a proposed consultee is named in a form: body and organisation."""
    return f"{body}:{organisation or ''}"


@action("hearing.open", kind="hearing")
def open_hearing(ctx: Context, *, case_step_id: UUID, question: str, deadline: date, consultees: list[str]) -> Hearing:
    """Send a case to hearing. `consultees` are identities of `proposed_for`: ``body:organisation-id``.

    Raises Refused without the right, Conflict when the step is no open hearing step, Invalid for no question,
    nobody asked, somebody not on the lists, or a deadline on or after the meeting it must precede (B-43).
    """
    case_id = CaseStep.objects.filter(pk=case_step_id).values_list("case_id", flat=True).first()
    case = ctx.load(Case, case_id)
    step = ctx.load(CaseStep, case_step_id)
    step.case = case
    ctx.require(may(ctx.actor, Act.HEARING_MANAGE, case_facts(case)))
    if step.kind != "hearing" or step.state != StepState.ACTIVE or case.state != CaseState.OPEN:
        raise Conflict(say(gettext_noop("Saken står ikke på et høringssteg nå.")))
    if Hearing.objects.filter(case_step=step, closed_at__isnull=True).exists():
        raise Conflict(
            say(gettext_noop("Saken er allerede på høring.")),
            remedy=say(gettext_noop("Legg til flere høringsinstanser i høringen som er åpen.")),
        )
    offered = {
        identity(item.body, organisation.pk if organisation else None): (item, organisation)
        for item, organisation in proposed_for(step)
    }
    errors = _faults(ctx, step, question, deadline, consultees, set(offered))
    if errors:
        raise Invalid(*errors)
    hearing = ctx.create(
        Hearing(
            case=case,
            case_step=step,
            question=question.strip(),
            deadline=deadline,
            opened_at=ctx.now,
            opened_by_id=ctx.actor.person,
        )
    )
    ctx.record("hearing.opened", hearing, case=str(case.pk), asked=sorted(set(consultees)))
    ctx.publish(HearingOpened(hearing.pk, case.pk, deadline))
    for name in dict.fromkeys(consultees):
        item, organisation = offered[name]
        row = ctx.create(
            Consultee(
                hearing=hearing,
                body=item.body,
                name=item.name[:200],
                role=item.role,
                organisation=organisation,
                why=str(item.why)[:300],
                collision=str(item.collision)[:300],
            )
        )
        ctx.publish(ConsulteeAsked(row.pk, hearing.pk, deadline))
    before = step.snapshot()
    step.due_on, step.due_why = deadline, str(say(gettext_noop("fristen i høringen")))
    ctx.save(step)
    ctx.record("case.deadline_moved", step, before=before, case=str(case.pk))
    return hearing


@action("hearing.open_many", kind="hearing")
def open_hearings(
    ctx: Context, *, case_step_ids: list[UUID], question: str, deadline: date, consultees: list[str]
) -> Hearing:
    """Send several cases to hearing with one question and deadline (B-29): all of them or none. The first's hearing.

    Each case asks those of the consultees that are on its own lists. Raises as `open_hearing` does.
    """
    opened = []
    for key in dict.fromkeys(case_step_ids):
        step = CaseStep.objects.filter(pk=key).select_related("case", "case__model_version").first()
        offered = (
            {identity(item.body, place.pk if place else None) for item, place in proposed_for(step)} if step else set()
        )
        opened.append(
            open_hearing(
                actor=ctx.actor,
                now=ctx.now,
                case_step_id=key,
                question=question,
                deadline=deadline,
                consultees=[name for name in consultees if name in offered],
            )
        )
    return opened[0]


def _faults(
    ctx: Context, step: CaseStep, question: str, deadline: date, consultees: list[str], offered: set[str]
) -> list[FieldError]:
    errors = []
    if not question.strip() or len(question) > 10_000 or "\0" in question:
        errors.append(FieldError("question", say(gettext_noop("Skriv hva dere vil ha uttalelse om."))))
    if not consultees:
        errors.append(FieldError("consultees", say(gettext_noop("Velg minst én høringsinstans."))))
    unknown = [name for name in consultees if name not in offered]
    if unknown:
        errors.append(FieldError("consultees", say(gettext_noop("Høringsinstansen står ikke på listen.")), unknown[0]))
    meeting, body = meeting_before(step, ctx.today)
    fault = deadline_fault(deadline, today=ctx.today, meeting=meeting, body=body)
    return [*errors, fault] if fault else errors


def _open(ctx: Context, hearing_id: UUID, version: int | None) -> Hearing:
    hearing = ctx.load(Hearing, hearing_id, version=version)
    ctx.require(may(ctx.actor, Act.HEARING_MANAGE, case_facts(hearing.case)))
    if hearing.closed_at:
        raise Conflict(say(gettext_noop("Høringen er avsluttet.")))
    return hearing


@action("hearing.extend", kind="hearing")
def extend_deadline(ctx: Context, *, hearing_id: UUID, version: int | None, deadline: date) -> Hearing:
    """Give everyone more time, still before the meeting that the hearing must precede."""
    hearing = _open(ctx, hearing_id, version)
    meeting, body = meeting_before(hearing.case_step, ctx.today)
    fault = deadline_fault(deadline, today=ctx.today, meeting=meeting, body=body)
    if fault:
        raise Invalid(fault)
    before = hearing.snapshot()
    hearing.deadline = deadline
    ctx.save(hearing)
    ctx.record("hearing.extended", hearing, before=before, case=str(hearing.case_id))
    step = ctx.load(CaseStep, hearing.case_step_id)
    earlier = step.snapshot()
    step.due_on = deadline
    ctx.save(step)
    ctx.record("case.deadline_moved", step, before=earlier, case=str(hearing.case_id))
    return hearing


@action("hearing.add_consultee", kind="hearing")
def add_consultee(ctx: Context, *, hearing_id: UUID, version: int | None, consultee: str) -> Hearing:
    """Ask one more body in an open hearing."""
    hearing = _open(ctx, hearing_id, version)
    offered = {
        identity(item.body, organisation.pk if organisation else None): (item, organisation)
        for item, organisation in proposed_for(hearing.case_step)
    }
    present = {identity(row.body, row.organisation_id) for row in Consultee.objects.filter(hearing=hearing)}
    if consultee not in offered or consultee in present:
        raise Invalid.field(
            "consultee",
            say(gettext_noop("Høringsinstansen er allerede spurt, eller står ikke på listen.")),
            value=consultee,
        )
    item, organisation = offered[consultee]
    row = ctx.create(
        Consultee(
            hearing=hearing,
            body=item.body,
            name=item.name[:200],
            role=item.role,
            organisation=organisation,
            why=str(item.why)[:300],
            collision=str(item.collision)[:300],
        )
    )
    before = hearing.snapshot()
    ctx.save(hearing)
    ctx.record("hearing.consultee_added", hearing, before=before, asked=[consultee], case=str(hearing.case_id))
    ctx.publish(ConsulteeAsked(row.pk, hearing.pk, hearing.deadline))
    return hearing


@action("hearing.remind", kind="hearing")
def remind(ctx: Context, *, hearing_id: UUID, version: int | None = None) -> Hearing:
    """Remind those who have not answered; at most once a day each."""
    hearing = _open(ctx, hearing_id, version)
    waiting = Consultee.objects.select_for_update(of=("self",)).filter(hearing=hearing, statements__isnull=True)
    reminded = []
    for row in waiting:
        if row.reminded_on == ctx.today:
            continue
        row.reminded_on = ctx.today
        ctx.save(row)
        reminded.append(row.name)
        ctx.publish(ConsulteeAsked(row.pk, hearing.pk, hearing.deadline, reminder=True))
    ctx.record("hearing.reminded", hearing, before=hearing.snapshot(), reminded=reminded, case=str(hearing.case_id))
    return hearing


@action("hearing.close", kind="hearing")
def close_hearing(ctx: Context, *, hearing_id: UUID, version: int | None = None) -> Hearing:
    """Close a hearing. Raises Conflict before the deadline while somebody has not answered."""
    hearing = _open(ctx, hearing_id, version)
    silent = Consultee.objects.filter(hearing=hearing, statements__isnull=True).count()
    if silent and ctx.today <= hearing.deadline and not ctx.actor.automatic:
        raise Conflict(
            say(
                gettext_noop("%(count)s har ikke svart, og fristen er ikke ute før %(date)s."),
                count=silent,
                date=hearing.deadline.strftime("%d.%m.%Y"),
            )
        )
    before = hearing.snapshot()
    hearing.closed_at = ctx.now
    ctx.save(hearing)
    ctx.record("hearing.closed", hearing, before=before, silent=silent, case=str(hearing.case_id))
    return hearing


def note_step_closed(event: StepClosed, *, actor: Actor, now: datetime) -> None:
    """Close the step's hearings with it. Raises Conflict, and so stops the step, while it is too early."""
    if event.kind != "hearing":
        return
    for key in list(
        Hearing.objects.filter(case_step_id=event.case_step_id, closed_at=None).values_list("pk", flat=True)
    ):
        by = actor if event.outcome and not actor.automatic else actor.on_behalf("handover:hearing_step_closed")
        close_hearing(actor=by, now=now, hearing_id=key)


def note_meeting_planned(event: MeetingPlanned | MeetingMoved, *, actor: Actor, now: datetime) -> None:
    """Refuse a meeting of the body that treats a case while its hearing still goes on that day (B-43). Raises Conflict."""
    if event.held_on < oslo_date(now):
        return
    rows = Hearing.objects.filter(closed_at=None, deadline__gte=event.held_on, case__state=CaseState.OPEN)
    for hearing in rows.select_related("case", "case__model_version", "case_step").order_by("deadline"):
        step = hearing.case_step
        step.case = hearing.case
        if next_body(step) == event.body:
            raise Conflict(
                say(
                    gettext_noop("«%(case)s» er på høring til %(deadline)s, og organet skal behandle saken etterpå."),
                    case=hearing.case.title,
                    deadline=hearing.deadline.strftime("%d.%m.%Y"),
                ),
                remedy=say(gettext_noop("Velg en senere møtedag, eller gi høringen en tidligere frist.")),
                rule="hearing.before_meeting",
            )
