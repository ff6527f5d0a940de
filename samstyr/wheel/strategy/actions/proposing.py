"""Propose a draft, adopt it, and note what the deciding body said."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from samstyr.foundation.access import Act, Actor, may
from samstyr.foundation.audit.action import Context, action
from samstyr.foundation.governance.queries import current_model
from samstyr.foundation.kernel.errors import Conflict, FieldError, Invalid
from samstyr.foundation.kernel.text import gettext_noop, say
from samstyr.foundation.organisations.models import Organisation
from samstyr.procedure.casework import actions as casework
from samstyr.procedure.casework.events import CaseEnded, CaseReturned
from samstyr.procedure.casework.models import Case, CaseState, Treatment

from ..events import StrategyAdopted, StrategyProposed
from ..models import StrategyVersion, VersionState
from ..queries import (
    SUBJECT,
    case_of_version,
    content_of,
    content_on,
    fates_of,
    findings_of,
    in_force,
    path_key,
    strategy_facts,
)
from ..rules.findings import seal
from ..rules.rolling import fate_faults
from ._loading import draft

RULE = "case:strategy"


@action("strategy.propose", kind="strategy")
def propose(ctx: Context, *, version_id: UUID, version: int | None) -> StrategyVersion:
    """Freeze the draft as a proposal, and open its case on the model's path for strategies (B-18).

    Raises Invalid with everything it lacks, Conflict when the model has no such path.
    """
    row = draft(ctx, version_id, version)
    path = path_key(ctx.today)
    if path is None:
        raise Conflict(
            say(gettext_noop("Styringsmodellen har ingen beslutningsvei for strategien.")),
            remedy=say(gettext_noop("Før vedtaket inn med organ, dato og saksnummer i stedet.")),
        )
    _complete(row, ctx.today)
    before = row.snapshot()
    content = content_of(row)
    row.state, row.proposed_on, row.seal = VersionState.PROPOSED, ctx.today, seal(content)
    ctx.save(row)
    ctx.record("strategy.proposed", row, before=before)
    case = _case(ctx, row, path, str(content.title))
    ctx.publish(StrategyProposed(row.pk, case.pk))
    return row


def _complete(row: StrategyVersion, day: date) -> None:
    faults = [FieldError("content", one.text) for one in findings_of(row, day) if one.stops]
    faults += fate_faults(fates_of(row))
    if faults:
        raise Invalid(*faults, message=say(gettext_noop("Utkastet er ikke ferdig.")))


def _case(ctx: Context, row: StrategyVersion, path: str, title: str) -> Case:
    """The version's case: a new one, or the one that was sent back and now goes on where it was."""
    facts = {"scope": "joint", "seal": row.seal}
    organisations = sorted(
        Organisation.objects.filter(kind__in=("municipality", "national")).values_list("pk", flat=True)
    )
    kind = gettext_noop("Revisjon av %(strategy)s") if row.based_on_id else gettext_noop("Forslag til %(strategy)s")
    name = str(say(kind, strategy=title))[:300]
    returned = case_of_version(row)
    if returned is not None and returned.state == CaseState.OPEN:
        return casework.resubmit(
            actor=ctx.actor, now=ctx.now, case_id=returned.pk, title=name, facts=facts, organisations=organisations
        )
    return casework.open_case(
        actor=ctx.actor, now=ctx.now, subject_kind=SUBJECT, subject_id=row.pk, path=path,
        title=name, facts=facts, organisations=organisations,
    )  # fmt: skip


@action("strategy.adopt", kind="strategy")
def adopt(
    ctx: Context, *, version_id: UUID, version: int | None, body: str, on: date, reference: str
) -> StrategyVersion:
    """Enter an adoption that was made outside the system: by which body, when, and in which case (N-009, N-010).

    Only where the model has no path for strategies; where it has, the case decides. Raises Invalid, Conflict.
    """
    row = draft(ctx, version_id, version)
    ctx.require(may(ctx.actor, Act.STRATEGY_ADOPT, strategy_facts()))
    if path_key(ctx.today) is not None:
        raise Conflict(
            say(gettext_noop("Strategien vedtas på veien som styringsmodellen har for den.")),
            remedy=say(gettext_noop("Foreslå utkastet, så går det til organet som vedtar.")),
        )
    faults = [
        FieldError(name, say(gettext_noop("Fyll ut dette.")))
        for name, text in (("body", body), ("reference", reference))
        if not text.strip()
    ]
    if on > ctx.today:
        faults.append(FieldError("on", say(gettext_noop("Skriv dagen det ble vedtatt, i dag eller før.")), str(on)))
    if faults:
        raise Invalid(*faults)
    _complete(row, ctx.today)
    before = row.snapshot()
    row.body, row.reference, row.proposed_on = body.strip()[:200], reference.strip()[:200], ctx.today
    row.seal = seal(content_of(row))
    return _adopted(ctx, row, before, on, None)


def note_returned(event: CaseReturned, *, actor: Actor, now: datetime) -> None:
    """The proposal is back with those who made it, as a draft that can be changed."""
    if event.subject_kind == SUBJECT:
        settle(actor=actor.on_behalf(RULE), now=now, version_id=event.subject_id, effect="return", treatment_id=None)


def note_case_ended(event: CaseEnded, *, actor: Actor, now: datetime) -> None:
    """The deciding body has spoken, or the proposal fell: the version is adopted, or a draft again."""
    if event.subject_kind == SUBJECT:
        settle(
            actor=actor.on_behalf(RULE),
            now=now,
            version_id=event.subject_id,
            effect=event.effect,
            treatment_id=event.treatment_id,
        )


@action("strategy.settle", kind="strategy")
def settle(ctx: Context, *, version_id: UUID, effect: str, treatment_id: UUID | None) -> StrategyVersion:
    """Adopt the proposal under the next number, or give it back as a draft; done by the case alone.

    Raises Conflict when the content no longer matches the seal it was proposed with.
    """
    if not ctx.actor.automatic:
        raise RuntimeError("this is the case's doing: call it through its handler")
    row = ctx.load(StrategyVersion, version_id)
    before = row.snapshot()
    said = Treatment.objects.filter(pk=treatment_id).first()
    if effect != "end_positive":
        row.state, row.proposed_on, row.seal = VersionState.DRAFT, None, ""
        ctx.save(row)
        ctx.record("strategy.given_back", row, before=before, reason=said.reason if said else "")
        return row
    if seal(content_of(row)) != row.seal:
        raise Conflict(say(gettext_noop("Strategien er endret etter at den ble foreslått, og kan ikke vedtas.")))
    return _adopted(ctx, row, before, said.decided_on if said else ctx.today, said)


def _stays(old: StrategyVersion, new: StrategyVersion, holding: StrategyVersion | None, on: date) -> bool:
    """Whether an adopted version goes on beside the new one: what holds until a coming period begins, and a coming
    period when the present one is revised.
    """
    if old.strategy_id == new.strategy_id:
        return False
    waits = (content_of(new).first_year or 0) > on.year
    return holding is not None and waits is (old.pk == holding.pk)


def _adopted(
    ctx: Context, row: StrategyVersion, before: dict[str, object], on: date, decision: Treatment | None
) -> StrategyVersion:
    held, holding = set(content_on(on).goal_names()), in_force(on)
    for old in StrategyVersion.objects.select_for_update().filter(state=VersionState.ADOPTED):
        if _stays(old, row, holding, on):
            continue
        was = old.snapshot()
        old.state = VersionState.SUPERSEDED
        ctx.save(old)
        ctx.record("strategy.superseded", old, before=was)
    numbers = StrategyVersion.objects.filter(strategy=row.strategy, number__isnull=False).values_list(
        "number", flat=True
    )
    row.state, row.number = VersionState.ADOPTED, max(numbers, default=0) + 1
    row.adopted_on, row.decision = on, decision
    if decision is not None:
        model, party = current_model(on), decision.body or decision.role
        row.body = (model.party_name(party) if model else party)[:200]
        row.reference = f"{decision.case.year}/{decision.case.number}"
    ctx.save(row)
    ctx.record("strategy.adopted", row, before=before, seal=row.seal)
    gone = tuple(sorted(held - set(content_of(row).goal_names())))
    ctx.publish(StrategyAdopted(row.pk, row.number, gone))
    return row
