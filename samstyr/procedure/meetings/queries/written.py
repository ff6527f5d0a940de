"""Reading written procedures: what stands in the way of one, who may read it, how it goes, and what is due."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, cast
from uuid import UUID

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from samstyr.foundation.access import Act, Actor, Facts, Holder, Verdict, may
from samstyr.foundation.kernel.clock import oslo_date
from samstyr.foundation.kernel.text import Sentence, gettext_noop, say
from samstyr.foundation.tenancy.scope import require_tenant_id
from samstyr.procedure.casework.models import Case, CaseState, CaseStep, StepState
from samstyr.procedure.casework.queries import case_facts, path_of, visible_to, with_parts
from samstyr.procedure.casework.rules.movement import RESTING, STAYING

from ..models import AgendaItem, MeetingState, Participant, Procedure, ProcedureMember, ProcedureState, Reply
from ..rules.written import Asked, Terms, within_mandate
from .access import manage_facts, member_facts
from .bodies import Member, body_on, decision_of, members_of, settings_on, step_of


def body_organisation(row: CaseStep, today: date) -> UUID | None:
    """Whose body the step waits for, where each organisation has its own."""
    body = body_on(row.actor_body, today)
    return row.organisation_id if body and body.per == "organisation" else None


def obstacle(row: CaseStep, today: date) -> Sentence | None:
    """Why the step cannot be decided in writing now; None when it can."""
    body = body_on(row.actor_body, today) if row.actor_body else None
    if body is None or row.state != StepState.ACTIVE or row.case.state != CaseState.OPEN:
        return say(gettext_noop("Saken venter ikke på at et organ skal avgjøre den nå."))
    if not settings_on(body.key, today).value("written_allowed"):
        return say(gettext_noop("%(body)s avgjør ikke saker skriftlig."), body=body.name)
    step = step_of(row)
    if not within_mandate(body.mandate, str(step.decides or step.kind), row.case.subject_kind):
        return say(gettext_noop("Saken ligger utenfor mandatet til %(body)s."), body=body.name)
    if Procedure.objects.filter(case_step_id=row.pk, state=ProcedureState.OPEN).exists():
        return say(gettext_noop("Saken er allerede ute til skriftlig behandling."))
    item = AgendaItem.objects.filter(case_step_id=row.pk, state__in=("waiting", "open")).select_related("meeting")
    if (found := item.first()) is not None:
        return say(
            gettext_noop("Saken står på sakslisten til møtet %(date)s."),
            date=found.meeting.held_on.strftime("%d.%m.%Y"),
        )
    if not any(one.votes for one in asked_of(row, today)):
        return say(gettext_noop("Ingen i %(body)s har stemmerett nå, så ingen kan svare."), body=body.name)
    return None


def outcomes_to_propose(row: CaseStep) -> list[Any]:
    """The step's outcomes that settle it: what puts it off is for a meeting, or for whoever prepares the case."""
    resting = {"defer", *(str(effect) for effect in (*RESTING, *STAYING))}
    return [
        outcome
        for outcome in step_of(row).outcomes
        if str(outcome.effect) not in resting and "date" not in {str(name) for name in outcome.requires}
    ]


def table_on(row: CaseStep, today: date) -> list[Member]:
    """The seats of the body that the step waits for, vacant ones too."""
    return members_of(row.actor_body, today, body_organisation(row, today))


def asked_of(row: CaseStep, today: date) -> list[Member]:
    """Those with a person, each once; whoever has several seats is asked in one with a vote."""
    found: dict[UUID, Member] = {}
    for member in table_on(row, today):
        if member.person is not None and (
            member.person.pk not in found or (member.votes and not found[member.person.pk].votes)
        ):
            found[member.person.pk] = member
    return list(found.values())


def terms_of(procedure: Procedure) -> Terms:
    """What the answers are judged by: the rules as they were when the procedure was sent."""
    sent_on = oslo_date(procedure.sent_at)
    settings = settings_on(procedure.body, sent_on)
    row = procedure.case_step
    row.case = procedure.case
    step = None if row.step.startswith("_") else path_of(row.case).step(row.step)
    decision = decision_of(step, settings)
    return Terms(
        agreement=settings.value("written_agreement"),
        rule=str(decision.rule),
        tie=str(decision.tie or "fails"),
        replies_percent=settings.value("written_replies_percent"),
        meeting_percent=settings.value("written_meeting_percent"),
        quorum_percent=decision.quorum_percent or settings.value("quorum_percent") or 0,
        seats=sum(one.votes for one in members_of(procedure.body, sent_on, procedure.organisation_id)),
        early_close=settings.value("written_early_close"),
    )


def blank_allowed(procedure: Procedure) -> bool:
    """Whether a member may abstain: not in elected bodies (kommuneloven § 8-1)."""
    return bool(settings_on(procedure.body, oslo_date(procedure.sent_at)).value("blank"))


def newest(member: ProcedureMember) -> Reply | None:
    """The member's answer that counts: the one no other replaces; uses what is prefetched."""
    replies = list(member.replies.all())
    replaced = {row.replaces_id for row in replies}
    return next((row for row in replies if row.pk not in replaced), None)


def answers_of(members: list[ProcedureMember]) -> list[Asked]:
    """The members as the rules see them."""
    found = []
    for member in members:
        reply = newest(member)
        found.append(
            Asked(str(member.pk), member.votes, str(reply.answer) if reply else "", member.weight, member.leads)
        )
    return found


def members_with_replies(procedure_id: UUID) -> list[ProcedureMember]:
    """Those asked in the procedure, the leader first, with their answers."""
    rows = ProcedureMember.objects.filter(procedure_id=procedure_id).select_related("seat__organisation")
    return list(rows.prefetch_related("replies").order_by("-leads", "seat_name", "name"))


def procedure_facts(procedure: Procedure) -> Facts:
    """Who may read the procedure besides who may read its case: the body's members and those asked (CASE_READ)."""
    seats = Holder(f"seat:{procedure.body}", procedure.body, organisation=procedure.organisation_id)
    people = frozenset(member.person_id for member in procedure.members.all())
    return Facts("procedure", procedure.tenant_id, holders=(seats,), invited=people)


def may_manage(actor: Actor, body: str, organisation: UUID | None, today: date) -> Verdict:
    """Whether the actor may send, close and withdraw the body's written procedures (D-41)."""
    return may(actor, Act.MEETING_MANAGE, manage_facts(body, today, organisation))


def may_read(actor: Actor, procedure: Procedure, today: date) -> bool:
    """Whether the actor may read the procedure: asked, in the body, serving it, or reading the case anyway."""
    return bool(
        may(actor, Act.CASE_READ, procedure_facts(procedure))
        or may_manage(actor, procedure.body, procedure.organisation_id, today)
        or may(actor, Act.CASE_READ, case_facts(procedure.case))
    )


def managed_by(actor: Actor, today: date) -> list[tuple[str, UUID | None]]:
    """The bodies with written procedures that the actor serves, each with its organisation."""
    rows = Procedure.objects.order_by().values_list("body", "organisation_id").distinct()
    return [(body, place) for body, place in rows if may_manage(actor, body, place, today)]


def procedures_visible_to(actor: Actor, today: date) -> QuerySet[Procedure]:
    """The list form of `may_read`."""
    if actor.automatic:
        return cast("QuerySet[Procedure]", Procedure.objects.all())
    asked = ProcedureMember.objects.filter(procedure=OuterRef("pk"), person_id__in=actor.people)
    reached = Q(Exists(asked)) | Q(case__in=visible_to(actor))
    for held in actor.roles:
        if held.role.startswith("seat:"):
            where = Q(body=held.role.removeprefix("seat:"))
            if held.organisation is not None:
                where &= Q(organisation_id=held.organisation) | Q(organisation__isnull=True)
            reached |= where
    for body, place in managed_by(actor, today):
        reached |= Q(body=body, organisation_id=place) if place else Q(body=body, organisation__isnull=True)
    return cast("QuerySet[Procedure]", Procedure.objects.filter(reached))


def with_members(rows: QuerySet[Procedure]) -> QuerySet[Procedure]:
    """Procedures with case, members and answers, in a fixed number of queries."""
    replies = Reply.objects.select_related("given_by").order_by("recorded_at")
    members = (
        ProcedureMember.objects.select_related("seat__organisation")
        .prefetch_related(Prefetch("replies", replies))
        .order_by("-leads", "seat_name", "name")
    )
    return rows.select_related("case_step", "organisation", "treatment").prefetch_related(
        Prefetch("members", members), Prefetch("case", with_parts(Case.objects.all()))
    )


def procedure_by_id(key: UUID) -> Procedure | None:
    """One procedure with its parts."""
    return cast("Procedure | None", with_members(Procedure.objects.filter(pk=key)).first())


def member_by_id(key: UUID) -> ProcedureMember | None:
    """Somebody asked, with the procedure and its parts."""
    member = cast("ProcedureMember | None", ProcedureMember.objects.filter(pk=key).first())
    procedure = procedure_by_id(member.procedure_id) if member else None
    if member is None or procedure is None:
        return None
    found = next(row for row in procedure.members.all() if row.pk == key)
    found.procedure = procedure
    return cast("ProcedureMember", found)


def open_member(procedure_id: UUID, actor: Actor, today: date) -> ProcedureMember | None:
    """The one asked that the actor answers for, themselves first, while the procedure can be answered."""
    procedure = procedure_by_id(procedure_id)
    if procedure is None or procedure.state != ProcedureState.OPEN or today > procedure.deadline:
        return None
    members = sorted(procedure.members.all(), key=lambda row: row.person_id != actor.person)
    return next((row for row in members if may(actor, Act.MEETING_TAKE_PART, member_facts(row))), None)


def procedure_listing(
    actor: Actor, today: date, *, body: str = "", state: str = "", due: str = ""
) -> QuerySet[Procedure]:
    """The procedures the actor may read, newest first; `due` is "soon" (within a week) or "over"."""
    rows = procedures_visible_to(actor, today)
    if body:
        rows = rows.filter(body=body)
    if state in ProcedureState.values:
        rows = rows.filter(state=state)
    if due == "soon":
        rows = rows.filter(state=ProcedureState.OPEN, deadline__range=(today, date.fromordinal(today.toordinal() + 7)))
    elif due == "over":
        rows = rows.filter(state=ProcedureState.OPEN, deadline__lt=today)
    return with_members(rows).order_by("-sent_at", "pk")


def awaiting_reply(actor: Actor, today: date) -> list[ProcedureMember]:
    """What the actor is asked in writing and has not answered, soonest deadline first."""
    rows = ProcedureMember.objects.filter(
        person_id__in=actor.people, procedure__state=ProcedureState.OPEN, procedure__deadline__gte=today
    )
    rows = rows.filter(~Exists(Reply.objects.filter(member=OuterRef("pk"))))
    return list(rows.select_related("procedure", "procedure__case").order_by("procedure__deadline", "pk"))


def open_procedure_at(case_step_id: UUID) -> Procedure | None:
    """The open procedure of a step, if it is out to be decided in writing."""
    return cast(
        "Procedure | None", Procedure.objects.filter(case_step_id=case_step_id, state=ProcedureState.OPEN).first()
    )


def procedures_of(case_id: UUID) -> list[Procedure]:
    """The case's procedures, oldest first, with members and answers."""
    return list(with_members(Procedure.objects.filter(case_id=case_id)).order_by("sent_at"))


def due_to_close(today: date) -> list[UUID]:
    """Open procedures past their deadline, and those where somebody demands a meeting: to be looked at."""
    demanding = Reply.objects.filter(member__procedure=OuterRef("pk"), answer=Reply.Answer.MEETING)
    rows = Procedure.objects.filter(Q(deadline__lt=today) | Q(Exists(demanding)), state=ProcedureState.OPEN)
    return list(rows.order_by("deadline", "pk").values_list("pk", flat=True))


def open_ones() -> list[UUID]:
    """Every open procedure, soonest deadline first."""
    rows = Procedure.objects.filter(state=ProcedureState.OPEN)
    return list(rows.order_by("deadline", "pk").values_list("pk", flat=True))


@dataclass(frozen=True)
class Rate:
    """How often a seat's holder has answered in writing and been present, as counts over the period."""

    seat_name: str
    holder: str
    asked: int
    replied: int
    called: int
    present: int

    @property
    def reply_percent(self) -> int:
        """The share answered, in whole per cent."""
        return round(100 * self.replied / self.asked) if self.asked else 0

    @property
    def present_percent(self) -> int:
        """The share present, in whole per cent."""
        return round(100 * self.present / self.called) if self.called else 0


def rates_of(body: str, organisation: UUID | None, since: date, today: date, until: date | None = None) -> list[Rate]:
    """Answers and attendance per seat from `since` to `until` (today when None), in the order of the body's seats (D-31).

    Counted are procedures that ended in a result, and meetings that have been held.
    """
    asked = _per_seat(
        ProcedureMember.objects.filter(
            procedure__body=body,
            procedure__organisation_id=organisation,
            procedure__state__in=(ProcedureState.DECIDED, ProcedureState.TO_MEETING),
            procedure__sent_at__date__range=(since, until or today),
        )
        .annotate(done=Exists(Reply.objects.filter(member=OuterRef("pk"))))
        .values_list("seat_id", "done")
    )
    called = _per_seat(_called(body, organisation, since, until or today))
    return [
        Rate(one.name, one.person.name if one.person else "", *asked.get(one.seat.pk, (0, 0)),
             *called.get(one.seat.pk, (0, 0)))
        for one in members_of(body, today, organisation)
    ]  # fmt: skip


def _called(body: str, organisation: UUID | None, since: date, until: date) -> Any:
    return Participant.objects.filter(
        meeting__body=body,
        meeting__organisation_id=organisation,
        meeting__state=MeetingState.ENDED,
        meeting__held_on__range=(since, until),
        seat__isnull=False,
    ).values_list("seat_id", "arrived_at", "present")


def _per_seat(rows: Any) -> dict[UUID, tuple[int, int]]:
    """For each seat how many rows, and in how many of them anything after the seat is true."""
    found: dict[UUID, tuple[int, int]] = {}
    for seat, *done in rows:
        count, kept = found.get(seat, (0, 0))
        found[seat] = (count + 1, kept + any(done))
    return found


def facts_for_sending(row: CaseStep, today: date) -> Facts:
    """Who may send the step's case out: who prepares the body's meetings. Ask with MEETING_MANAGE."""
    if not row.actor_body:
        return Facts("case_step", require_tenant_id())
    return manage_facts(row.actor_body, today, body_organisation(row, today))
