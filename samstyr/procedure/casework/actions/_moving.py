"""How the engine moves a case from step to step; used by the verbs beside it, never called from outside."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from samstyr.foundation.audit.action import Context
from samstyr.foundation.governance import queries as governance
from samstyr.foundation.kernel.errors import Conflict
from samstyr.foundation.kernel.text import gettext_noop, say
from samstyr.foundation.organisations.models import Organisation

from ..events import CaseEnded, CaseParked, CaseReturned, StepClosed, StepOpened
from ..models import Case, CaseState, CaseStep, StepState, Treatment
from ..queries import due_of, instances_for, path_of, steps_at
from ..rules.movement import Closed, Move, Next, default_next, holds, joined

COMPLETION = "_completion"


def arrive(ctx: Context, case: Case, key: str | None, *, why: Treatment | None = None) -> None:
    """Open the step `key` for everyone it is for; skip steps whose condition does not hold; end after the last."""
    path = path_of(case)
    seen: set[str] = set()
    while key is not None:
        step = path.step(key)
        instances: list[tuple[Organisation | None, str]] = []
        if holds(step.when, case.facts_given) and key not in seen:
            instances = instances_for(case, step)
        if instances:
            require_done(case, path, step)
            first: CaseStep | None = None
            for organisation, body in instances:
                row = open_step(ctx, case, step, organisation, body, beside=first if body else None)
                first = first or row
            return
        seen.add(key)
        _skip(ctx, case, step)
        following = default_next(path, step, case.facts_given)
        key = following if following not in seen else None
    end(ctx, case, outcome="completed", effect="end_positive", treatment=why)


def require_done(case: Case, path: Any, step: Any) -> None:
    """Raise Conflict while a step that must be done first is not, by whatever way the case came here."""
    states = dict(CaseStep.objects.filter(case=case).order_by("order").values_list("step", "state"))
    for key in step.opens_after:
        if states.get(key) not in (StepState.DONE, StepState.WAIVED):
            raise Conflict(
                say(
                    gettext_noop("«%(step)s» kan ikke åpnes før «%(first)s» er avsluttet."),
                    step=str(step.name), first=str(path.step(key).name),
                ),
                rule=f"path:{path.key}/{step.key}/opens_after",
            )  # fmt: skip


def open_step(
    ctx: Context,
    case: Case,
    step: Any,
    organisation: Organisation | None,
    body: str = "",
    beside: CaseStep | None = None,
) -> CaseStep:
    """One instance of a step, with its deadline, told to those who act; for one `body` where several share the task.

    `beside` is an instance that this one joins: they are of the same round.
    """
    deadline = due_of(case, step, opened_on=ctx.today, organisation=organisation)
    row = ctx.create(
        CaseStep(
            case=case,
            step=step.key,
            name=_name_of(case, step, body),
            kind=str(step.kind),
            round=beside.round if beside else 1 + _opened(case, step, organisation, body),
            order=1 + CaseStep.objects.filter(case=case).count(),
            organisation=organisation,
            unit=case.unit,
            actor_role=step.actor.role or "",
            actor_body=body or step.actor.body or "",
            opened_on=beside.opened_on if beside else ctx.today,
            due_on=deadline.on if deadline else None,
            due_why=str(deadline.why)[:300] if deadline else "",
        )
    )
    ctx.record("case.step_opened", row, rule=rule_of(case, step.key), case=str(case.pk))
    ctx.publish(_step_event(StepOpened, case, row, due_on=row.due_on))
    return row


def _name_of(case: Case, step: Any, body: str) -> str:
    found = governance.typed(case.model_version).body(body) if body else None
    return (f"{step.name} – {found.name}" if found else str(step.name))[:200]


def _opened(case: Case, step: Any, organisation: Organisation | None, body: str) -> int:
    """The rounds so far. Bodies that share a task count together: one may have come to the case late."""
    rows = CaseStep.objects.filter(case=case, step=step.key, organisation=organisation)
    return max(rows.values_list("round", flat=True), default=0) if body else rows.count()


def _skip(ctx: Context, case: Case, step: Any) -> None:
    row = ctx.create(
        CaseStep(
            case=case,
            step=step.key,
            name=str(step.name)[:200],
            kind=str(step.kind),
            order=1 + CaseStep.objects.filter(case=case).count(),
            state=StepState.SKIPPED,
            opened_on=ctx.today,
            closed_at=ctx.now,
        )
    )
    ctx.record("case.step_skipped", row, rule=rule_of(case, step.key), case=str(case.pk))


def close_step(ctx: Context, row: CaseStep, state: StepState, outcome: str, effect: str) -> None:
    """Close one instance and tell of it."""
    before = row.snapshot()
    row.state, row.outcome, row.closed_at = state, outcome, ctx.now
    ctx.save(row)
    ctx.record("case.step_closed", row, before=before, case=str(row.case_id))
    ctx.publish(_step_event(StepClosed, row.case, row, outcome=outcome, effect=effect))


def proceed(ctx: Context, case: Case, row: CaseStep, treatment: Treatment | None) -> None:
    """Move the case after one instance of a step has closed."""
    path = path_of(case)
    step = path.step(row.step)
    beside = steps_at(case, row)
    closed = [Closed(item.outcome if item.state == StepState.DONE else "") for item in beside if item.closed_at]
    still_open = [item for item in beside if item.state == StepState.ACTIVE]
    following = joined(path, step, closed, len(still_open), case.facts_given)
    if following.move is Move.WAIT:
        return
    for item in still_open:
        close_step(ctx, item, StepState.CANCELLED, "", "")
    carry_out(ctx, case, following, treatment)


def carry_out(ctx: Context, case: Case, following: Next, treatment: Treatment | None) -> None:
    """Do what the move says."""
    outcome = following.outcome or ""
    match following.move:
        case Move.GO:
            arrive(ctx, case, following.step, why=treatment)
        case Move.BACK:
            send_back(ctx, case, following.step, treatment)
        case Move.END:
            effect = treatment.effect if treatment else "end_positive"
            end(ctx, case, outcome=outcome, effect=effect, treatment=treatment)


def send_back(ctx: Context, case: Case, key: str | None, treatment: Treatment | None) -> None:
    """Return the case to an earlier step, or to its submitter for completion when no step is named."""
    if key is not None:
        arrive(ctx, case, key, why=treatment)
        return
    ctx.create(
        CaseStep(
            case=case,
            step=COMPLETION,
            name=str(say(gettext_noop("Innmelder gjør innspillet ferdig")))[:200],
            kind="completion",
            order=1 + CaseStep.objects.filter(case=case).count(),
            person=case.opened_by,
            opened_on=ctx.today,
        )
    )
    ctx.publish(
        CaseReturned(
            case.pk,
            case.subject_kind,
            case.subject_id,
            case.path,
            (treatment.reason or treatment.text) if treatment else "",
        )
    )


def end(ctx: Context, case: Case, *, outcome: str, effect: str, treatment: Treatment | None) -> None:
    """The case is at its end; the room that owns the subject is told."""
    before = case.snapshot()
    case.state, case.outcome, case.outcome_effect, case.ended_at = CaseState.ENDED, outcome, effect, ctx.now
    ctx.save(case)
    ctx.record("case.ended", case, before=before, rule=treatment.rule if treatment else "")
    ctx.publish(
        CaseEnded(
            case.pk,
            case.subject_kind,
            case.subject_id,
            case.path,
            outcome,
            effect,
            treatment.pk if treatment else None,
        )
    )


def rest(ctx: Context, case: Case, until: date) -> None:
    """The case rests until the date; what was open is kept and counts again from then."""
    before = case.snapshot()
    case.state, case.parked_until = CaseState.PARKED, until
    ctx.save(case)
    ctx.record("case.parked", case, before=before)
    ctx.publish(CaseParked(case.pk, case.subject_kind, case.subject_id, case.path, until))


def close_all(ctx: Context, case: Case) -> None:
    """Cancel every open instance."""
    for row in CaseStep.objects.select_for_update().filter(case=case, state=StepState.ACTIVE):
        row.case = case
        close_step(ctx, row, StepState.CANCELLED, "", "")


def rule_of(case: Case, step: str, outcome: str = "") -> str:
    """The place in the model that allows something: version, path, step and outcome."""
    place = "/".join(part for part in (case.path, step, outcome) if part)
    return f"{governance.label_of(case.model_version_id)}:{place}"[:200]


def _step_event(event: Any, case: Case, row: CaseStep, **more: Any) -> Any:
    return event(
        case_id=case.pk,
        subject_kind=case.subject_kind,
        subject_id=case.subject_id,
        path=case.path,
        case_step_id=row.pk,
        step=row.step,
        kind=row.kind,
        **more,
    )


def lock_case(ctx: Context, case_id: UUID) -> Case:
    """The case, locked first: whoever moves any of its steps waits here."""
    return ctx.load(Case, case_id)
