"""When the deadline has passed and nobody has said anything."""

from __future__ import annotations

from samstyr.foundation.audit.action import Context, action
from samstyr.foundation.governance import queries as governance
from samstyr.foundation.kernel.text import gettext_noop, say

from ..models import Case, CaseState, CaseStep, StepState, Treatment
from ..queries import overdue_steps, paper_hash_of, path_of
from ..queries.standing import standings_of
from ..rules.standing import standing_faults
from ._moving import close_step, proceed, rule_of

WAIVED = gettext_noop("Ikke behandlet innen fristen")


@action("case.expire", kind="case")
def expire_steps(ctx: Context) -> int:
    """Give every step past its deadline what the model says silence means; the number of steps. Run daily.

    `waived` is recorded as silence, never as consent (B-36); a named outcome is consent by silence.
    """
    done = 0
    for found in list(overdue_steps(ctx.today)):
        if found.step.startswith("_"):
            continue
        step = path_of(found.case).step(found.step)
        if step.silence is None:
            continue
        case = ctx.load(Case, found.case_id)
        row = ctx.load(CaseStep, found.pk)
        row.case = case
        if row.state != StepState.ACTIVE or case.state != CaseState.OPEN:
            continue
        # Silence decides nothing that would have been refused if somebody had said it.
        named = step.outcome(step.silence.outcome)
        if named is not None and (named.binds or standing_faults(standings_of(row, ctx.today), str(named.effect), "")):
            continue
        _expire(ctx, case, row, step.silence.outcome)
        done += 1
    return done


def _expire(ctx: Context, case: Case, row: CaseStep, silence: str) -> None:
    model = governance.typed(case.model_version)
    step = path_of(case).step(row.step)
    outcome = None if silence == "waived" else step.outcome(silence)
    who = model.body(row.actor_body) or model.role(row.actor_role)
    treatment = ctx.create(
        Treatment(
            case=case,
            case_step=row,
            kind=str(step.decides or step.kind),
            outcome=outcome.key if outcome else "waived",
            outcome_name=str(outcome.name if outcome else say(WAIVED))[:200],
            effect=str(outcome.effect) if outcome else "waived",
            body=row.actor_body,
            role=row.actor_role,
            actor_name=str(who.name if who else "")[:200],
            organisation=row.organisation,
            decided_on=row.due_on or ctx.today,
            text=str(say(gettext_noop("Fristen gikk ut uten svar."))),
            automatic=True,
            rule=rule_of(case, row.step, f"silence:{silence}"),
            paper_hash=paper_hash_of(case),
        )
    )
    ctx.record("case.silence", treatment, rule=treatment.rule, case=str(case.pk))
    close_step(
        ctx, row, StepState.DONE if outcome else StepState.WAIVED, outcome.key if outcome else "", treatment.effect
    )
    proceed(ctx, case, row, treatment if outcome else None)
