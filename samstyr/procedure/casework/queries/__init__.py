"""Reading cases: who may see them, what waits for whom, and the trail."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any, cast
from uuid import UUID

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from samstyr.foundation.access import Act, Actor, Facts, Holder, Reach, Verdict, may
from samstyr.foundation.audit.rules import canonical
from samstyr.foundation.governance import queries as governance
from samstyr.foundation.governance.rules.bodies import Body, Role
from samstyr.foundation.governance.rules.staffing import not_on_own
from samstyr.foundation.kernel.clock import OSLO, oslo_date
from samstyr.foundation.organisations.models import Organisation, Seat, Unit
from samstyr.procedure.year import queries as years

from ..models import BodyMeeting, Case, CaseOrganisation, CaseState, CaseStep, Comment, StepState, Treatment
from ..rules.deadlines import Due, Setting, Window, due
from ..rules.standing import concerned

# The effects of an outcome after which a case can be taken up again.
REOPENED = ("defer", "refer")


def path_of(case: Case) -> Any:
    """The path the case is on, in the model version it began under."""
    path = governance.typed(case.model_version).path(case.path)
    assert path is not None, "a case stands on a path of its model"
    return path


def organisations_of(case: Case) -> list[Organisation]:
    """Those that take part, by name. Uses what is prefetched."""
    return [row.organisation for row in case.participants.all()]


def case_facts(case: Case) -> Facts:
    """Whose the case is and where it belongs. Prefetch `participants`, `steps` and `hearings` for lists."""
    holders: list[Holder] = []
    for row in case.steps.all():
        if row.state == StepState.ACTIVE:
            row.case = case
            holders.extend(holders_of_step(row))
    return Facts(
        "case",
        case.tenant_id,
        owners=frozenset({case.opened_by_id} if case.opened_by_id else set()),
        organisations=frozenset(row.organisation_id for row in case.participants.all()),
        units=frozenset({case.unit_id} if case.unit_id else set()),
        holders=tuple(holders),
    )


def step_facts(row: CaseStep) -> Facts:
    """Who may treat this instance: the step's role or body, for its organisation and unit; and who may not, since the
    matter is their own and the model keeps such roles from it (A-123)."""
    return Facts(
        "case_step",
        row.tenant_id,
        organisations=frozenset({row.organisation_id} if row.organisation_id else set()),
        units=frozenset({row.unit_id} if row.unit_id else set()),
        holders=tuple(holders_of_step(row)),
        barred=_barred(row),
    )


def _barred(row: CaseStep) -> frozenset[UUID]:
    opened_by = row.case.opened_by_id
    if row.actor_body or not opened_by:
        return frozenset()
    model = governance.typed(row.case.model_version)
    return frozenset({opened_by}) if not_on_own(model, row.actor_role) else frozenset()


def holders_of_step(row: CaseStep) -> list[Holder]:
    """The roles that may give the instance its outcome; for a body, its chair and secretary record it."""
    if row.person_id:
        return [Holder("", row.name, person=row.person_id)]
    model = governance.typed(row.case.model_version)
    if row.actor_body:
        body = cast("Body", model.body(row.actor_body))
        names = body.recorders
        led = governance.chair_place(model, body, row.organisation_id) if body.chair_in else row.organisation_id
        return [
            Holder(
                key,
                f"{cast('Role', model.role(key)).name} ({body.name})",
                organisation=led if key == body.chair != body.secretary else row.organisation_id,
            )
            for key in names
        ]
    step = path_of(row.case).step(row.step)
    role = cast("Role", model.role(row.actor_role))
    reach = str(step.actor.reach or Reach.TENANT)
    single = _only_organisation(row)
    return [
        Holder(
            row.actor_role,
            str(role.name),
            organisation=single if reach in (Reach.ORGANISATION, Reach.AREA, Reach.UNIT) else None,
            unit=row.unit_id if reach in (Reach.AREA, Reach.UNIT) else None,
        )
    ]


def _only_organisation(row: CaseStep) -> UUID | None:
    if row.organisation_id:
        return row.organisation_id
    if row.unit_id and row.unit is not None:
        return cast("UUID", row.unit.organisation_id)
    present = [participant.organisation_id for participant in row.case.participants.all()]
    return present[0] if len(present) == 1 else None


def with_parts(cases: QuerySet[Case]) -> QuerySet[Case]:
    """Cases with all that `case_facts` and lists read, in a fixed number of queries."""
    return cases.select_related("model_version", "unit", "opened_by").prefetch_related(
        Prefetch("participants", CaseOrganisation.objects.select_related("organisation")),
        Prefetch("steps", CaseStep.objects.select_related("organisation", "unit", "person").order_by("order")),
    )


def visible_to(actor: Actor) -> QuerySet[Case]:
    """The cases the actor may read: the list form of ``may(actor, CASE_READ, case_facts(case))``."""
    reached = Q(opened_by_id__in=actor.people)
    for grant in actor.grants:
        if grant.act is Act.CASE_READ:
            reached |= _reach_of(grant, actor)
    # Asked of `may`, one by one: the query alone would also find steps of the other organisation's area.
    reached |= Q(pk__in={row.case_id for row in tasks_of(actor)})
    if actor.automatic:
        reached = Q()
    return Case.objects.filter(reached)


def _reach_of(grant: Any, actor: Actor) -> Q:
    held = grant.held
    takes_part = CaseOrganisation.objects.filter(case_id=OuterRef("pk"), organisation_id=held.organisation)
    match grant.reach:
        case Reach.TENANT:
            return Q(pk__isnull=False)
        case Reach.ORGANISATION:
            return Q(pk__isnull=False) if held.organisation is None else Q(Exists(takes_part))
        case Reach.AREA:
            if held.units:
                return Q(unit_id__in=held.units)
            return Q(pk__isnull=False) if held.organisation is None else Q(Exists(takes_part))
        case Reach.UNIT:
            return Q(unit_id__in=held.own_units or held.units)
        case _:
            return Q(opened_by_id__in=actor.people) | Q(opened_by__isnull=True)


def _tasks(actor: Actor) -> QuerySet[CaseStep]:
    """Active instances that may be the actor's, by role, body and organisation; a superset of `tasks_of`."""
    mine = Q(person_id__in=actor.people)
    bodies = governance.bodies_recorded_by({held.role for held in actor.roles})
    near = _steps_by_area() if any(held.units for held in actor.roles) else []
    for held in actor.roles:
        where = (
            Q() if held.organisation is None else Q(organisation_id=held.organisation) | Q(organisation__isnull=True)
        )
        role = Q(actor_role=held.role, actor_body="") & where
        if held.units:
            # Held for some units only: a step that goes to the subject's own area is theirs in those units alone.
            role &= ~Q(step__in=near) | Q(unit_id__in=held.units) | Q(unit__isnull=True)
        mine |= role
        for body in bodies.get(held.role, ()):
            mine |= Q(actor_body=body) & where
    return CaseStep.objects.filter(mine, state=StepState.ACTIVE, case__state=CaseState.OPEN)


def _steps_by_area() -> list[str]:
    """The steps that go to a role in the subject's own area or unit, in any version a case may still be on."""
    return sorted(
        {
            step.key
            for model in governance.adopted_models()
            for path in model.paths
            for step in path.steps
            if step.actor.reach in (Reach.AREA, Reach.UNIT)
        }
    )


def tasks_of(actor: Actor) -> list[CaseStep]:
    """What waits for the actor, soonest deadline first, those without one last."""
    rows = (
        _tasks(actor)
        .select_related("case", "case__model_version", "case__unit", "organisation", "unit", "person")
        .prefetch_related(Prefetch("case__participants", CaseOrganisation.objects.select_related("organisation")))
    )
    mine = [row for row in rows if may(actor, Act.CASE_TREAT, step_facts(row))]
    return sorted(mine, key=lambda row: (row.due_on is None, row.due_on or date.max, row.case.year, row.case.number))


def case_of(subject_kind: str, subject_id: UUID) -> Case | None:
    """The newest case of a subject, open or ended."""
    return cast("Case | None", cases_of(subject_kind, [subject_id]).first())


def cases_of(subject_kind: str, subject_ids: Iterable[UUID]) -> QuerySet[Case]:
    """All cases of these subjects, newest first, with parts."""
    return with_parts(Case.objects.filter(subject_kind=subject_kind, subject_id__in=list(subject_ids))).order_by(
        "-opened_at"
    )


def steps_at(case: Case, row: CaseStep) -> list[CaseStep]:
    """The instances that stand beside this one: same step, opened in the same round, itself included."""
    found = list(
        CaseStep.objects.select_for_update().filter(case=case, step=row.step, opened_on=row.opened_on, round=row.round)
    )
    for item in found:
        item.case = case
    return found


def units_above(unit: Unit | None) -> set[str]:
    """The unit's code and name, and those of all that it lies in."""
    found: set[str] = set()
    while unit is not None and unit.name not in found:
        found |= {name for name in (unit.code, unit.name) if name}
        unit = unit.parent
    return found


def bodies_concerned(case: Case, keys: Iterable[str]) -> list[str]:
    """Those of the bodies that the case is about: by the areas they cover, and as somebody has said."""
    model = governance.typed(case.model_version)
    named = {unit.code: str(unit.name) for unit in model.structure.units}
    covers = {
        key: frozenset(name for code in body.covers for name in (code, named.get(code, code)))
        for key in keys
        if (body := model.body(key)) is not None
    }
    return concerned(covers, units_above(case.unit), case.concerns)


def instances_for(case: Case, step: Any) -> list[tuple[Organisation | None, str]]:
    """Who a step is for: nobody in particular, each organisation that takes part and has the body, or each of several

    bodies that the case is about (then with the body's key). An empty list means that nobody has it, and the step is
    skipped.
    """
    model = governance.typed(case.model_version)
    if step.actor.bodies:
        return [(None, key) for key in bodies_concerned(case, step.actor.bodies) or step.actor.bodies]
    body = model.body(step.actor.body) if step.actor.body else None
    if step.each != "organisation" and not (body is not None and str(body.per) == "organisation"):
        return [(None, "")]
    present = list(
        Organisation.objects.filter(
            pk__in=CaseOrganisation.objects.filter(case=case).values("organisation_id")
        ).order_by("name")
    )
    if body is None:
        return [(organisation, "") for organisation in present]
    return [
        (organisation, "")
        for organisation in present
        if body.exists_in(organisation.slot) and _has_body(step, body, organisation)
    ]


def _has_body(step: Any, body: Any, organisation: Organisation) -> bool:
    if not getattr(step, "only_if_exists", False) and not getattr(body, "optional", False):
        return True
    return bool(Seat.objects.filter(body=body.key, body_organisation=organisation, is_active=True).exists())


def next_meeting(body: str, after: date, organisation: UUID | None = None) -> date | None:
    """The first day on or after `after` that the body is to meet."""
    rows = BodyMeeting.objects.filter(body=body, held_on__gte=after, cancelled=False)
    if organisation is not None:
        rows = rows.filter(Q(organisation_id=organisation) | Q(organisation__isnull=True))
    return cast("date | None", rows.order_by("held_on").values_list("held_on", flat=True).first())


def due_of(
    case: Case, step: Any, *, opened_on: date, organisation: Organisation | None, window: Window | None = None
) -> Due | None:
    """When an instance of the step is due if it opens on the day, in the years as they are made, or by `window`."""
    model = governance.typed(case.model_version)
    return due(
        step.deadline,
        Setting(
            opened_on,
            case.facts_given,
            lambda body, after: next_meeting(body, after, organisation.pk if organisation else None),
            window or years.window_of(model),
            {body.key: str(body.name) for body in model.bodies},
        ),
    )


def earliest_date(case: Case, row: CaseStep) -> date:
    """The latest date that anything before this instance was decided on: dates never run backwards (I-03).

    Nothing is decided before the case was opened either: a body does not treat a proposal before it is made (B-21).
    """
    before = Treatment.objects.filter(case=case, case_step__order__lt=row.order).exclude(case_step__step=row.step)
    return max([oslo_date(case.opened_at), *before.values_list("decided_on", flat=True)])


def paper_hash_of(case: Case) -> str:
    """The seal of what is decided on: title, facts and all that was said before (I-02)."""
    said = [
        {"outcome": row.outcome, "text": row.text, "reason": row.reason, "on": row.decided_on.isoformat()}
        for row in Treatment.objects.filter(case=case).order_by("recorded_at", "pk")
    ]
    return hashlib.sha256(canonical({"title": case.title, "facts": case.facts_given, "said": said})).hexdigest()


@dataclass(frozen=True)
class Choice:
    """One outcome a person may give a step, and whether they may."""

    key: str
    name: str
    effect: str
    requires: frozenset[str]
    verdict: Verdict


def outcomes_of(row: CaseStep, actor: Actor) -> list[Choice]:
    """The outcomes of the instance, each with the verdict for this actor."""
    if row.step.startswith("_"):
        return []
    verdict = may(actor, Act.CASE_TREAT, step_facts(row))
    return [
        Choice(
            outcome.key,
            str(outcome.name),
            str(outcome.effect),
            frozenset(str(item) for item in outcome.requires),
            verdict,
        )
        for outcome in path_of(row.case).step(row.step).outcomes
    ]


def step_of(case_step_id: UUID) -> CaseStep | None:
    """One instance with its case and parts."""
    row = (
        CaseStep.objects.select_related("case", "case__model_version", "case__unit", "organisation", "unit", "person")
        .prefetch_related(Prefetch("case__participants", CaseOrganisation.objects.select_related("organisation")))
        .filter(pk=case_step_id)
        .first()
    )
    return cast("CaseStep | None", row)


@dataclass(frozen=True)
class Stage:
    """One station of the trail: a step instance with what was done there."""

    row: CaseStep
    treatments: tuple[Treatment, ...]


def trail_of(case: Case) -> list[Stage]:
    """Every station so far, in order, skipped and waived ones included (B-03)."""
    done: dict[UUID, list[Treatment]] = {}
    for treatment in Treatment.objects.filter(case=case).select_related("person", "organisation"):
        done.setdefault(treatment.case_step_id, []).append(treatment)
    rows = CaseStep.objects.filter(case=case).select_related("organisation", "unit", "person").order_by("order")
    return [Stage(row, tuple(done.get(row.pk, ()))) for row in rows]


def steps_ahead(case: Case) -> list[str]:
    """The names of the path's steps that have not been opened, in the path's order."""
    opened = {row.step for row in case.steps.all()}
    return [str(step.name) for step in path_of(case).steps if step.key not in opened]


def comments_of(case: Case) -> QuerySet[Comment]:
    """What has been said, oldest first."""
    return Comment.objects.filter(case=case).select_related("author").order_by("recorded_at")


def meetings_of(body: str = "", *, since: date | None = None, until: date | None = None) -> QuerySet[BodyMeeting]:
    """Planned meetings, by day."""
    rows = BodyMeeting.objects.select_related("organisation").order_by("held_on")
    if body:
        rows = rows.filter(body=body)
    if since:
        rows = rows.filter(held_on__gte=since)
    return rows.filter(held_on__lte=until) if until else rows


def overdue_steps(today: date) -> QuerySet[CaseStep]:
    """Active instances past their deadline."""
    return CaseStep.objects.filter(state=StepState.ACTIVE, case__state=CaseState.OPEN, due_on__lt=today).select_related(
        "case", "case__model_version", "organisation"
    )


def steps_due_by(day: date) -> QuerySet[CaseStep]:
    """Active instances with a deadline on or before the day, soonest first, with all that `holders_of_step` reads."""
    return (
        CaseStep.objects.filter(state=StepState.ACTIVE, case__state=CaseState.OPEN, due_on__lte=day)
        .select_related("case", "case__model_version", "case__unit", "organisation", "unit", "person")
        .prefetch_related(Prefetch("case__participants", CaseOrganisation.objects.select_related("organisation")))
        .order_by("due_on", "pk")
    )


def ended_since(subject_kind: str, effect: str, day: date) -> list[UUID]:
    """The subjects whose case ended with the effect on or after the day, oldest first."""
    begun = datetime.combine(day, time(0), OSLO)
    rows = Case.objects.filter(
        subject_kind=subject_kind, state=CaseState.ENDED, outcome_effect=effect, ended_at__gte=begun
    )
    return list(rows.order_by("ended_at").values_list("subject_id", flat=True))


def outcome_name(treatment_id: UUID) -> str:
    """The model's word for what a treatment came to."""
    return Treatment.objects.filter(pk=treatment_id).values_list("outcome_name", flat=True).first() or ""


def completion_step(case: Case) -> UUID | None:
    """The instance by which the case waits for its submitter, or None."""
    rows = CaseStep.objects.filter(case=case, state=StepState.ACTIVE, kind="completion")
    return rows.values_list("pk", flat=True).first()


def treatments_of(case_ids: Iterable[UUID]) -> QuerySet[Treatment]:
    """What has been done in these cases, oldest first."""
    return (
        Treatment.objects.filter(case_id__in=list(case_ids))
        .select_related("case", "organisation", "person", "case_step")
        .order_by("decided_on", "recorded_at")
    )


def related(case: Case) -> list[Case]:
    """Cases merged into this one, split from it, or that it was merged into or split from."""
    keys = Q(merged_into=case) | Q(split_from=case)
    for other in (case.merged_into_id, case.split_from_id):
        if other:
            keys |= Q(pk=other)
    return list(Case.objects.filter(keys).order_by("year", "number"))


def case_by_id(key: UUID) -> Case | None:
    """One case with parts."""
    return cast("Case | None", with_parts(Case.objects.filter(pk=key)).first())
