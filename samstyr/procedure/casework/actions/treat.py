"""Give a step its outcome, as the role or body whose step it is."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import Any
from uuid import UUID

from samstyr.foundation.access import Act, may
from samstyr.foundation.audit.action import Context, action
from samstyr.foundation.governance import queries as governance
from samstyr.foundation.kernel.errors import Conflict, FieldError, Invalid, Refused
from samstyr.foundation.kernel.text import gettext_noop, say

from ..events import StepClosed
from ..models import Case, CaseState, CaseStep, StepState, Treatment
from ..queries import earliest_date, paper_hash_of, path_of, step_facts
from ..queries.standing import bound_by, names_in, standings_of, treated_by, with_slots
from ..queries.table import ballots_of, seats_at
from ..rules.movement import RESTING, STAYING
from ..rules.standing import UNBOUND, Standing, binding_faults, check_faults, standing_faults
from ..rules.votes import quorate, tally
from ._moving import close_step, proceed, rest, rule_of

LONGEST, MOST_PARTS = 20_000, 1_000


@dataclass(frozen=True)
class Given:
    """What the person wrote when treating a step."""

    outcome: str
    text: str = ""
    reason: str = ""
    conditions: str = ""
    decided_on: date | None = None
    present: list[dict[str, Any]] = field(default_factory=list)
    votes: list[dict[str, Any]] = field(default_factory=list)
    until: date | None = None
    counted: bool = False
    override: str = ""
    checks: dict[str, bool] = field(default_factory=dict)
    parts: list[str] = field(default_factory=list)


@action("case.treat", kind="case")
def treat(
    ctx: Context,
    *,
    case_step_id: UUID,
    version: int | None,
    outcome: str,
    text: str = "",
    reason: str = "",
    conditions: str = "",
    decided_on: date | None = None,
    present: list[dict[str, Any]] | None = None,
    votes: list[dict[str, Any]] | None = None,
    until: date | None = None,
    counted: bool = False,
    override: str = "",
    checks: dict[str, bool] | None = None,
    parts: list[str] | None = None,
) -> Treatment:
    """Record the outcome and let the engine move the case.

    `present` is a list of {"name", "seat", "votes"}; `votes` of {"voter", "choice"}. `decided_on` is the
    day a body met; today when left out. `counted` says that the room of meetings has counted the votes by the
    body's rules, and that they are recorded as given. `override` is why the step is decided without something it
    requires, where the model lets one; `checks` tells of each point of its checklist whether it is met, and `parts` which
    parts of the subject an owner does not stand behind, where the model narrows by that.

    Raises Refused when the step is somebody else's, Conflict when it is closed or must wait for another, Invalid for
    what is missing.
    """
    given = Given(
        outcome, text.strip(), reason.strip(), conditions.strip(), decided_on, present or [], votes or [], until,
        counted, override.strip(), checks or {}, parts or [],
    )  # fmt: skip
    waiting = CaseStep.objects.filter(pk=case_step_id).values_list("case_id", flat=True).first()
    case = ctx.load(Case, waiting)
    row = ctx.load(CaseStep, case_step_id, version=version)
    row.case = case
    verdict = ctx.require(may(ctx.actor, Act.CASE_TREAT, step_facts(row)))
    if row.state != StepState.ACTIVE or case.state != CaseState.OPEN:
        raise Conflict(
            say(gettext_noop("Steget «%(step)s» er allerede avsluttet."), step=row.name),
            remedy=say(gettext_noop("Se sporet for hva som er gjort.")),
        )
    step = path_of(case).step(row.step)
    chosen = next((item for item in step.outcomes if item.key == given.outcome), None)
    if chosen is None:
        raise Invalid.field("outcome", say(gettext_noop("Velg et av utfallene.")), value=given.outcome)
    require_separate(ctx, case, step)
    standings = standings_of(row, given.decided_on or ctx.today)
    _check(ctx, case, row, step, chosen, given, standings)
    treatment = _record(ctx, case, row, step, chosen, given, verdict, standings)
    _move(ctx, case, row, chosen, treatment, given)
    return treatment


def require_separate(ctx: Context, case: Case, step: Any) -> None:
    """Raise Refused when the step wants somebody who has had no part in the case, and this person has (A-99)."""
    if step.separate and not ctx.actor.automatic and treated_by(case, but=step.key) & ctx.actor.people:
        raise Refused(
            say(gettext_noop("«%(step)s» må gjøres av en annen enn den som har meldt eller behandlet saken."), step=str(step.name)),
            rule=rule_of(case, step.key, "separate"),
        )  # fmt: skip


def _check(
    ctx: Context, case: Case, row: CaseStep, step: Any, chosen: Any, given: Given, standings: list[Standing]
) -> None:
    errors = standing_faults(standings, str(chosen.effect), given.override)
    errors += check_faults(step, given.checks, str(chosen.effect), given.reason)
    if chosen.binds:
        votes = with_slots(row, given.votes, given.decided_on or ctx.today)
        errors += binding_faults(bound_by(case, chosen), votes, names_in(case))
    elif "votes" in chosen.requires and not given.votes:
        errors.append(FieldError("votes", say(gettext_noop("Før inn hva hver av dem stemte."))))
    required = {str(item) for item in chosen.requires}
    for name, value in (("reason", given.reason), ("text", given.text), ("conditions", given.conditions)):
        if name in required and not value:
            errors.append(
                FieldError(
                    name, say(gettext_noop("Utfallet «%(outcome)s» må begrunnes her."), outcome=str(chosen.name))
                )
            )
    for name in ("reason", "text", "conditions", "override"):
        value = getattr(given, name)
        if len(value) > LONGEST or "\0" in value:
            errors.append(FieldError(name, say(gettext_noop("Teksten er for lang eller har ugyldige tegn."))))
    if ("date" in required or str(chosen.effect) in RESTING) and (given.until is None or given.until <= ctx.today):
        errors.append(FieldError("until", say(gettext_noop("Oppgi en dato fram i tid.")), str(given.until or "")))
    day = given.decided_on or ctx.today
    if day > ctx.today:
        errors.append(FieldError("decided_on", say(gettext_noop("Datoen kan ikke ligge fram i tid.")), str(day)))
    earliest = earliest_date(case, row)
    if day < earliest:
        errors.append(
            FieldError(
                "decided_on",
                say(
                    gettext_noop("Datoen kan ikke være før %(date)s, da forrige steg ble gjort."),
                    date=earliest.strftime("%d.%m.%Y"),
                ),
                str(day),
            )
        )
    if row.actor_body and step.decision is not None and not given.counted:
        errors += _check_votes(row, step, given, day) + _check_quorum(case, row, step, given, day)
    if errors:
        raise Invalid(*errors)


def _check_votes(row: CaseStep, step: Any, given: Given, day: date) -> list[FieldError]:
    if not given.votes:
        return []
    known = {"", *(outcome.key for outcome in step.outcomes)}
    if any(str(vote.get("choice", "")) not in known for vote in given.votes):
        return [FieldError("votes", say(gettext_noop("Velg et av utfallene.")))]
    result = tally(
        str(step.decision.rule),
        ballots_of(row, step, given.votes, day),
        chair_decides=given.outcome,
        tie=str(step.decision.tie or "fails"),
    )
    if result.outcome is None:
        return [FieldError("votes", result.why)]
    if result.outcome != given.outcome:
        return [
            FieldError(
                "outcome",
                say(gettext_noop("Stemmene gir et annet utfall enn det som er valgt. %(why)s"), why=result.why),
                given.outcome,
            )
        ]
    return []


def _check_quorum(case: Case, row: CaseStep, step: Any, given: Given, day: date) -> list[FieldError]:
    """Where it is told who was present: whether they were enough, by the step's rule or else the body's."""
    body = governance.typed(case.model_version).body(row.actor_body)
    percent = step.decision.quorum_percent or (body.quorum_percent if body else None)
    if not given.present or not percent:
        return []
    seats = sum(1 for seat, _person in seats_at(row, day) if seat.votes)
    there = sum(1 for person in given.present if person.get("votes", True))
    if quorate(there, seats, Fraction(percent, 100)):
        return []
    return [
        FieldError(
            "present",
            say(
                gettext_noop("%(there)s av %(seats)s med stemmerett var til stede. Det kreves %(percent)s prosent."),
                there=there, seats=seats, percent=percent,
            ),
        )
    ]  # fmt: skip


def _record(
    ctx: Context,
    case: Case,
    row: CaseStep,
    step: Any,
    chosen: Any,
    given: Given,
    verdict: Any,
    standings: list[Standing],
) -> Treatment:
    model = governance.typed(case.model_version)
    body = model.body(row.actor_body) if row.actor_body else None
    role = model.role(row.actor_role) if row.actor_role else None
    holder = next((held for held in ctx.actor.roles if verdict.rule == f"role:{held.role}"), None)
    name = str(body.name) if body else str(role.name) if role else ctx.actor.name
    treatment = ctx.create(
        Treatment(
            case=case,
            case_step=row,
            kind=str(step.decides or step.kind),
            outcome=chosen.key,
            outcome_name=str(chosen.name)[:200],
            effect=str(chosen.effect),
            body=row.actor_body,
            role=holder.role if holder else row.actor_role,
            actor_name=name[:200],
            on_behalf_of=holder.substitute_for if holder else "",
            organisation=row.organisation,
            person_id=ctx.actor.person if ctx.actor.person.int else None,  # nobody, when the day's work does it
            automatic=not ctx.actor.person.int,
            decided_on=given.decided_on or ctx.today,
            text=given.text,
            reason=given.reason,
            conditions=given.conditions,
            present=given.present,
            votes=given.votes,
            late=bool(row.due_on and (given.decided_on or ctx.today) > row.due_on),
            rule=rule_of(case, row.step, chosen.key),
            paper_hash=paper_hash_of(case),
            evidence=_evidence(standings, str(chosen.effect)),
            override=given.override if any(item.stops for item in standings) else "",
            checks=[{"point": str(point.name), "met": given.checks[point.key]} for point in step.checklist],
            binds=bound_by(case, chosen) if chosen.binds else [],
            precedent=chosen.precedent,
            parts=sorted({part[:60] for part in given.parts})[:MOST_PARTS] if step.join.narrows else [],
        )
    )
    ctx.record(
        "case.treated",
        treatment,
        rule=treatment.rule,
        model_version=governance.label_of(case.model_version_id),
        case=str(case.pk),
    )
    return treatment


def _evidence(standings: list[Standing], effect: str) -> list[dict[str, Any]]:
    """How what the step requires stood, as it is kept; nothing for an outcome that needs none of it."""
    if effect in UNBOUND:
        return []
    return [{"key": item.key, "name": item.name, "met": item.met, "why": str(item.why)} for item in standings]


def _move(ctx: Context, case: Case, row: CaseStep, chosen: Any, treatment: Treatment, given: Given) -> None:
    effect = str(chosen.effect)
    if effect in STAYING:
        ctx.publish(
            StepClosed(
                case.pk, case.subject_kind, case.subject_id, case.path, row.pk, row.step, row.kind, chosen.key, effect
            )
        )
        return
    if effect in RESTING and given.until:
        rest(ctx, case, given.until)
        return
    close_step(ctx, row, StepState.DONE, chosen.key, effect)
    proceed(ctx, case, row, treatment)
