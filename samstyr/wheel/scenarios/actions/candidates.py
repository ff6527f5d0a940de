"""Writing candidates: the row itself with its organisations, costs, staff and ties, all or nothing."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import Max

from samstyr.foundation.access import Act, may
from samstyr.foundation.audit.action import Context, action
from samstyr.foundation.kernel.errors import Conflict, Invalid
from samstyr.foundation.kernel.text import gettext_noop, say
from samstyr.foundation.tenancy.models import TenantModel

from ..models import (
    Candidate,
    CandidateCost,
    CandidateLink,
    CandidateOrganisation,
    CandidateStaff,
    LinkKind,
)
from ..queries import known, scenario_facts, value_of
from ..rules.values import CandidateValues, candidate_faults, circles

COLUMNS = (
    "title", "focus_area", "kind", "owner", "description", "value", "value_reason", "risk", "mandatory",
    "mandatory_reason", "earliest", "latest", "duration", "cost_key",
)  # fmt: skip


@action("candidate.create", kind="candidate")
def create_candidate(ctx: Context, *, values: CandidateValues, plan_line: UUID | None = None) -> Candidate:
    """A new candidate under the next number. Raises Invalid with every fault."""
    ctx.require(may(ctx.actor, Act.PLAN_EDIT, scenario_facts()))
    _check(ctx, values, None)
    row = filled(Candidate(number=next_number(), need_id=values.need, plan_line=plan_line), values)
    ctx.create(row)
    _write_rows(ctx, row, values)
    ctx.record("candidate.created", row, rows=told(values))
    return row


@action("candidate.save", kind="candidate")
def save_candidate(ctx: Context, *, candidate_id: UUID, version: int | None, values: CandidateValues) -> Candidate:
    """Change a candidate and all that belongs to it. Its need stays. Raises Invalid, and Conflict on an old version."""
    row = ctx.load(Candidate, candidate_id, version=version)
    ctx.require(may(ctx.actor, Act.PLAN_EDIT, scenario_facts()))
    _check(ctx, values, row)
    before = row.snapshot()
    filled(row, values)
    for rows in (CandidateOrganisation, CandidateCost, CandidateStaff, CandidateLink):
        rows.objects.filter(candidate=row).delete()
    _write_rows(ctx, row, values)
    ctx.save(row)
    ctx.record("candidate.saved", row, before=before, rows=told(values))
    return row


@action("candidate.drop", kind="candidate")
def drop_candidate(ctx: Context, *, candidate_id: UUID, version: int | None, reason: str) -> Candidate:
    """Take a candidate out of all scenarios under work, with the reason; it can be taken up again."""
    row = ctx.load(Candidate, candidate_id, version=version)
    ctx.require(may(ctx.actor, Act.PLAN_EDIT, scenario_facts()))
    if not reason.strip() or len(reason) > 10_000 or "\0" in reason:
        raise Invalid.field("reason", say(gettext_noop("Skriv hvorfor kandidaten utgår.")))
    if row.dropped_reason:
        raise Conflict(say(gettext_noop("Kandidaten er allerede tatt ut.")))
    before = row.snapshot()
    row.dropped_reason = reason.strip()
    ctx.save(row)
    ctx.record("candidate.dropped", row, before=before)
    return row


@action("candidate.restore", kind="candidate")
def restore_candidate(ctx: Context, *, candidate_id: UUID, version: int | None) -> Candidate:
    """Take a dropped candidate up again."""
    row = ctx.load(Candidate, candidate_id, version=version)
    ctx.require(may(ctx.actor, Act.PLAN_EDIT, scenario_facts()))
    if not row.dropped_reason:
        raise Conflict(say(gettext_noop("Kandidaten er ikke tatt ut.")))
    before = row.snapshot()
    row.dropped_reason = ""
    ctx.save(row)
    ctx.record("candidate.restored", row, before=before)
    return row


def told(values: CandidateValues) -> dict[str, Any]:
    """The rows that belong to a candidate, for the trail."""
    return {
        "organisations": [str(key) for key in values.organisations],
        "costs": [[row.kind, row.source, row.offset, row.amount, row.continues] for row in values.costs],
        "staff": [[row.role, row.offset, row.hours, row.continues] for row in values.staff],
        "links": [[row.kind, str(row.other or ""), row.group] for row in values.links],
    }


def _check(ctx: Context, values: CandidateValues, row: Candidate | None) -> None:
    given = value_of(row, ctx.today) if row is not None and row.need_id else None
    faults = candidate_faults(values, known(ctx.today), itself=row.pk if row else None, given_value=given)
    if not faults and row is not None:
        needs: dict[UUID, set[UUID]] = {}
        ties = CandidateLink.objects.filter(kind=LinkKind.NEEDS, other__isnull=False).exclude(candidate=row)
        for first, second in ties.values_list("candidate_id", "other_id"):
            needs.setdefault(first, set()).add(second)
        needs[row.pk] = {link.other for link in values.links if link.kind == "needs" and link.other}
        if circles(needs):
            raise Invalid.field(
                "links", say(gettext_noop("Kandidatene forutsetter hverandre i ring. Fjern en av sammenhengene."))
            )
    if faults:
        raise Invalid(*faults)


def next_number() -> int:
    """The number after the last one given."""
    last: int | None = Candidate.objects.aggregate(last=Max("number"))["last"]
    return (last or 0) + 1


def filled(row: Candidate, values: CandidateValues) -> Candidate:
    """The row with what was filled in."""
    for name in COLUMNS:
        given = getattr(values, name)
        setattr(row, name, given.strip() if isinstance(given, str) else given)
    row.area_id = values.area
    row.goals = list(values.goals)
    row.own_shares = {str(key): int(part) for key, part in values.own_shares.items()}
    return row


def _write_rows(ctx: Context, row: Candidate, values: CandidateValues) -> None:
    for table in (CandidateOrganisation, CandidateCost, CandidateStaff, CandidateLink):
        ctx.create_many(table, rows_of(table, row, values))


def rows_of(table: type[TenantModel], row: Candidate, values: CandidateValues) -> list[Any]:
    """The rows of the table that belong to the candidate, not yet written."""
    if table is CandidateOrganisation:
        return [
            CandidateOrganisation(candidate=row, organisation_id=key) for key in dict.fromkeys(values.organisations)
        ]
    if table is CandidateCost:
        return [
            CandidateCost(
                candidate=row, offset=cost.offset, kind=cost.kind, source=cost.source, amount=cost.amount,
                continues=cost.continues,
            )
            for cost in values.costs
        ]  # fmt: skip
    if table is CandidateStaff:
        return [
            CandidateStaff(
                candidate=row, role=need.role.strip(), offset=need.offset, hours=need.hours, continues=need.continues
            )
            for need in values.staff
        ]
    return [
        CandidateLink(candidate=row, kind=link.kind, other_id=link.other, group=link.group.strip())
        for link in values.links
    ]
