"""Join one case with another: what was sent in twice is treated once, and both senders can follow it."""

from __future__ import annotations

from uuid import UUID

from samstyr.foundation.access import Act, may
from samstyr.foundation.audit.action import Context, action
from samstyr.foundation.kernel.errors import Conflict, Invalid
from samstyr.foundation.kernel.text import gettext_noop, say

from ..models import Case, CaseOrganisation, CaseState
from ..queries import case_facts, path_of
from ._moving import close_all, end
from .open_case import set_participants


@action("case.merge", kind="case")
def merge(ctx: Context, *, case_id: UUID, version: int | None, into_id: UUID, reason: str) -> Case:
    """End `case_id` as part of `into_id`, whose participants become those of both.

    The two are locked in the order of their ids, so that two people merging each into the other cannot lock up.
    """
    if case_id == into_id:
        raise Invalid.field("into", say(gettext_noop("En sak kan ikke slås sammen med seg selv.")))
    locked = {key: ctx.load(Case, key) for key in sorted((case_id, into_id))}
    case, into = ctx.load(Case, case_id, version=version), locked[into_id]
    ctx.require(may(ctx.actor, Act.CASE_ADMINISTER, case_facts(case)))
    ctx.require(may(ctx.actor, Act.CASE_ADMINISTER, case_facts(into)))
    if case.state == CaseState.ENDED or into.state == CaseState.ENDED or case.path != into.path:
        raise Conflict(say(gettext_noop("Bare saker under behandling på samme vei kan slås sammen.")))
    if path_of(case).single:
        raise Conflict(
            say(gettext_noop("Saker på veien «%(path)s» avgjøres hver for seg."), path=str(path_of(case).name)),
            rule=f"path:{case.path}/single",
        )
    if not reason.strip():
        raise Invalid.field("reason", say(gettext_noop("Skriv hvorfor sakene slås sammen.")))
    members = CaseOrganisation.objects.filter(case__in=(case, into)).values_list("organisation_id", flat=True)
    before = into.snapshot()
    set_participants(ctx, into, list(dict.fromkeys(members)))
    if len(set(members)) > 1:
        into.facts_given = {**into.facts_given, "scope": "joint"}
    ctx.save(into)
    ctx.record("case.received_merge", into, before=before, merged=str(case.pk), reason=reason.strip()[:2000])
    case.merged_into = into
    close_all(ctx, case)
    end(ctx, case, outcome="merged", effect="merge", treatment=None)
    return case
