"""Propose a draft, and note what became of the proposal."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from samstyr.foundation.access import Actor
from samstyr.foundation.audit.action import Context, action
from samstyr.foundation.governance import queries as governance
from samstyr.foundation.kernel.errors import Conflict, Invalid
from samstyr.foundation.kernel.text import gettext_noop, say
from samstyr.procedure.casework import actions as casework
from samstyr.procedure.casework.events import CaseEnded, CaseReturned
from samstyr.procedure.casework.models import Case, CaseState, Treatment
from samstyr.procedure.casework.queries import path_of

from ..events import PlanAdopted, PlanProposed
from ..models import LineOrganisation, PlanLine, PlanVersion, VersionState
from ..queries import SUBJECTS, case_of_version, findings_of, lines_of, plain
from ..rules.findings import stopping
from ..rules.lines import by_year, proposal_faults, seal
from ..rules.narrowing import narrowed, stands_of
from .drafting import draft

RULE = "handover:decision_to_plan"


@action("plan.propose", kind="plan")
def propose(ctx: Context, *, version_id: UUID, version: int | None) -> PlanVersion:
    """Freeze the draft as the forum's proposal, and open its case on the model's path (B-14, B-34).

    From here only the case decides. Raises Invalid with everything the lines lack.
    """
    row = draft(ctx, version_id, version)
    model = governance.current_model(ctx.today)
    if model is None or model.plan is None:
        raise Conflict(say(gettext_noop("Styringsmodellen sier ikke hvordan planen vedtas.")))
    path = (model.plan.revision_path if row.based_on_id else model.plan.path) or model.plan.path
    if path is None:
        raise Conflict(say(gettext_noop("Styringsmodellen har ingen beslutningsvei for planen.")))
    rows = lines_of(row)
    lines = [plain(line) for line in rows]
    faults = [*proposal_faults(lines), *stopping(findings_of(row, ctx.today, rows))]
    if faults:
        raise Invalid(*faults, message=say(gettext_noop("Utkastet kan ikke foreslås ennå.")))
    before = row.snapshot()
    row.state, row.proposed_on, row.content_hash = VersionState.PROPOSED, ctx.today, seal(lines)
    ctx.save(row)
    ctx.record("plan.proposed", row, before=before)
    case = _case(ctx, row, path, lines)
    ctx.publish(PlanProposed(row.pk, case.pk))
    return row


def _case(ctx: Context, row: PlanVersion, path: str, lines: list[Any]) -> Case:
    """The version's case: a new one, or the one that was sent back and now goes on where it was."""
    about: dict[str, Any] = {
        "actor": ctx.actor,
        "now": ctx.now,
        "title": _title(row),
        "facts": _facts(row, lines),
        "organisations": sorted({key for line in lines for key in line.organisations}),
    }
    returned = case_of_version(row)
    if returned is not None and returned.state == CaseState.OPEN:
        return casework.resubmit(case_id=returned.pk, **about)
    kind = "plan_revision" if row.based_on_id else "plan"
    return casework.open_case(subject_kind=kind, subject_id=row.pk, path=path, **about)


def _title(row: PlanVersion) -> str:
    kind = gettext_noop("Revisjon av %(plan)s") if row.based_on_id else gettext_noop("Forslag til %(plan)s")
    return str(say(kind, plan=row.plan.name))[:300]


def _facts(row: PlanVersion, lines: list[Any]) -> dict[str, Any]:
    years = by_year(lines, [])
    return {
        "total_cost": sum(years.values()),
        "first_year_cost": years.get(row.plan.first_year, 0),
        "investment_cost": sum(by_year(lines, [], kind="investment").values()),
        "operating_cost": sum(by_year(lines, [], kind="operating").values()),
        "scope": "joint",
        "seal": row.content_hash,
    }


def note_returned(event: CaseReturned, *, actor: Actor, now: datetime) -> None:
    """The proposal is back with those who made it, as a draft that can be changed."""
    if event.subject_kind in SUBJECTS:
        settle(actor=actor.on_behalf(RULE), now=now, version_id=event.subject_id, effect="return", treatment_id=None)


def note_case_ended(event: CaseEnded, *, actor: Actor, now: datetime) -> None:
    """The deciding body has spoken, or the proposal fell: the version is adopted, or a draft again."""
    if event.subject_kind in SUBJECTS:
        settle(
            actor=actor.on_behalf(RULE),
            now=now,
            version_id=event.subject_id,
            effect=event.effect,
            treatment_id=event.treatment_id,
        )


def _narrow(ctx: Context, row: PlanVersion) -> None:
    """Let each shared measure go on for those that stand behind it, where the path narrows so, and seal it anew (F-B11)."""
    case = case_of_version(row)
    steps = {step.key: step for step in path_of(case).steps if step.join.narrows} if case is not None else {}
    if not steps:
        return
    said = Treatment.objects.filter(case=case, case_step__step__in=steps, organisation__isnull=False)
    rows = said.select_related("case_step").order_by("recorded_at")
    stands = stands_of(
        [
            (one.organisation_id, outcome, one.parts)
            for one in rows
            if one.organisation_id and (outcome := steps[one.case_step.step].outcome(one.outcome)) is not None
        ]
    )
    lines = {str(line.pk): line for line in PlanLine.objects.filter(version_of=row)}
    owners: dict[str, list[UUID]] = {key: [] for key in lines}
    places = list(LineOrganisation.objects.filter(line__version_of=row).order_by("organisation__name"))
    for place in places:
        owners[str(place.line_id)].append(place.organisation_id)
    left = narrowed(owners, stands)
    for place in places:
        if str(place.line_id) in left and place.organisation_id not in left[str(place.line_id)]:
            ctx.delete(place)
    for key, organisations in left.items():
        ctx.record(
            "plan.line_narrowed", lines[key], before=lines[key].snapshot(), to=[str(one) for one in organisations]
        )
    if left:
        row.content_hash = seal([plain(line) for line in lines_of(row)])


@action("plan.settle", kind="plan")
def settle(ctx: Context, *, version_id: UUID, effect: str, treatment_id: UUID | None) -> PlanVersion:
    """Adopt the proposal under the next number, or give it back as a draft; done by the case alone (B-37).

    Raises Conflict when the lines no longer match the seal they were proposed with (I-02).
    """
    if not ctx.actor.automatic:
        raise RuntimeError("this is the case's doing: call it through its handler")
    row = ctx.load(PlanVersion, version_id)
    before = row.snapshot()
    if effect != "end_positive":
        row.state, row.proposed_on, row.content_hash = VersionState.DRAFT, None, ""
        ctx.save(row)
        said = Treatment.objects.filter(pk=treatment_id).first()
        ctx.record("plan.given_back", row, before=before, reason=said.reason if said else "")
        return row
    if seal([plain(line) for line in lines_of(row)]) != row.content_hash:
        raise Conflict(say(gettext_noop("Planen er endret etter at den ble foreslått, og kan ikke vedtas.")))
    _narrow(ctx, row)
    earlier = PlanVersion.objects.select_for_update().filter(plan=row.plan, number__isnull=False).order_by("-number")
    numbers = list(earlier.values_list("number", flat=True))
    for old in PlanVersion.objects.select_for_update().filter(plan=row.plan, state=VersionState.ADOPTED):
        was = old.snapshot()
        old.state = VersionState.SUPERSEDED
        ctx.save(old)
        ctx.record("plan.superseded", old, before=was)
    decision = Treatment.objects.filter(pk=treatment_id).first()
    row.state, row.number = VersionState.ADOPTED, (numbers[0] if numbers else 0) + 1
    row.adopted_on = decision.decided_on if decision else ctx.today
    row.decision = decision
    ctx.save(row)
    ctx.record("plan.adopted", row, before=before, seal=row.content_hash)
    ctx.publish(PlanAdopted(row.pk, row.plan_id, row.number))
    return row
