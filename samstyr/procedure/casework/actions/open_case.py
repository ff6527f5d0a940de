"""Begin a case on a path of the tenant's model."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from samstyr.foundation.audit.action import Context, action
from samstyr.foundation.governance import queries as governance
from samstyr.foundation.kernel.errors import Conflict, Invalid
from samstyr.foundation.kernel.text import gettext_noop, say

from ..events import CaseOpened
from ..models import Case, CaseCounter, CaseOrganisation, CaseState
from ._moving import arrive


@action("case.open", kind="case")
def open_case(
    ctx: Context,
    *,
    subject_kind: str,
    subject_id: UUID,
    path: str,
    title: str,
    facts: dict[str, Any],
    organisations: list[UUID],
    unit: UUID | None = None,
    late: bool = False,
) -> Case:
    """Open a case for the subject and its first step; the case stays on the model version in force today.

    The room that owns the subject has asked `may` already. `organisations` are those that take part.
    Raises Conflict when the subject has an open case, or the tenant has adopted no model; Invalid for a
    path that the model does not have.
    """
    version = governance.version_in_force(ctx.today)
    if version is None:
        raise Conflict(
            say(gettext_noop("Det er ikke vedtatt noen styringsmodell som gjelder i dag.")),
            remedy=say(gettext_noop("En administrator må ta i bruk en styringsmodell først.")),
        )
    model = governance.typed(version)
    chosen = model.path(path)
    if chosen is None:
        raise Invalid.field(
            "path", say(gettext_noop("Styringsmodellen har ingen beslutningsvei som heter «%(path)s»."), path=path)
        )
    if Case.objects.filter(
        subject_kind=subject_kind, subject_id=subject_id, state__in=(CaseState.OPEN, CaseState.PARKED)
    ).exists():
        raise Conflict(say(gettext_noop("Dette er allerede under behandling.")))
    case = ctx.create(
        Case(
            number=next_number(ctx),
            year=ctx.today.year,
            title=title[:300],
            subject_kind=subject_kind,
            subject_id=subject_id,
            path=path,
            model_version=version,
            facts_given=facts,
            unit_id=unit,
            opened_by_id=ctx.actor.person,
            opened_at=ctx.now,
            opened_late=late,
        )
    )
    set_participants(ctx, case, organisations)
    ctx.record("case.opened", case, rule=f"path:{path}", model_version=governance.label_of(version.pk))
    ctx.publish(CaseOpened(case.pk, subject_kind, subject_id, path))
    arrive(ctx, case, chosen.start)
    return case


def set_participants(ctx: Context, case: Case, organisations: list[UUID]) -> None:
    """Let exactly these organisations take part."""
    present = set(CaseOrganisation.objects.filter(case=case).values_list("organisation_id", flat=True))
    for row in CaseOrganisation.objects.filter(case=case).exclude(organisation_id__in=organisations):
        ctx.delete(row)
    ctx.create_many(
        CaseOrganisation,
        [
            CaseOrganisation(case=case, organisation_id=key)
            for key in dict.fromkeys(organisations)
            if key not in present
        ],
    )


def next_number(ctx: Context) -> int:
    """The next case number of the year, without gaps: its counter stays locked until the transaction ends."""
    year = ctx.today.year
    counter = CaseCounter.objects.select_for_update().filter(year=year).first()
    if counter is None:
        CaseCounter.objects.bulk_create([CaseCounter(year=year).enter_tenant()], ignore_conflicts=True)
        counter = CaseCounter.objects.select_for_update().get(year=year)
    counter.last += 1
    ctx.save(counter)
    return counter.last
