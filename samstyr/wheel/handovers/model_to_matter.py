"""A draft of the governance model is sent to the body that adopts it, as a case on the path that the model in force has."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.utils import translation

from samstyr.foundation.audit.action import Context, action
from samstyr.foundation.governance import actions as governance_actions
from samstyr.foundation.governance import queries as governance
from samstyr.foundation.governance.models import ModelVersion
from samstyr.foundation.governance.rules.difference import difference
from samstyr.foundation.governance.rules.paths import Path
from samstyr.foundation.kernel.errors import Conflict
from samstyr.foundation.kernel.text import gettext_noop, say
from samstyr.foundation.tenancy.models import Tenant
from samstyr.procedure.matters import actions as matters
from samstyr.procedure.matters.rules import MatterValues

SUBJECT = "governance"
RULE = "handover:model_to_matter"
MOST_CHANGES = 200


def path_of_proposals(day: date) -> Path | None:
    """The path that a new governance model goes by the model in force; None when it has none."""
    model = governance.current_model(day)
    return model.path_for(SUBJECT) if model else None


@action("model.propose_in_case", kind="model")
def propose_in_case(
    ctx: Context, *, version_id: UUID, version: int | None, valid_from: date, reason: str = ""
) -> ModelVersion:
    """Freeze the draft and open its case. The paper tells every difference from the model in force in words.

    Raises Conflict when the model in force has no path for it, and as `governance.actions.propose`.
    """
    path = path_of_proposals(ctx.today)
    if path is None:
        raise Conflict(
            say(gettext_noop("Modellen som gjelder, har ingen beslutningsvei for styringsmodellen.")),
            remedy=say(gettext_noop("Før inn vedtaket i stedet.")),
        )
    row = governance_actions.propose(
        actor=ctx.actor, now=ctx.now, version_id=version_id, version=version, valid_from=valid_from
    )
    tenant = Tenant.objects.get(pk=ctx.actor.tenant)
    with translation.override("nn" if tenant.language == "nn" else "nb"):
        title = str(
            say(gettext_noop("Ny styringsmodell: %(name)s, versjon %(number)s"), name=row.name, number=row.number)
        )
        values = MatterValues(
            path=path.key,
            title=title[:300],
            background="\n\n".join(part for part in (reason.strip(), _changes(ctx, row)) if part),
            question=str(
                say(gettext_noop("Skal versjonen gjelde fra %(date)s?"), date=valid_from.strftime("%d.%m.%Y"))
            ),
        )
    matter = matters.open_following(
        actor=ctx.actor.on_behalf(RULE), now=ctx.now, values=values, written_by=ctx.actor.person
    )
    before = row.snapshot()
    row.proposal = matter.pk
    ctx.save(row)
    ctx.record("model.proposed_in_case", row, before=before)
    return row


def _changes(ctx: Context, row: ModelVersion) -> str:
    old = governance.current_model(ctx.today)
    if old is None:
        return ""
    changes = difference(old, governance.typed(row))
    lines = [f"- {change.place}: {change.text}" if change.place else f"- {change.text}" for change in changes]
    more = len(lines) - MOST_CHANGES
    if more > 0:
        lines = [*lines[:MOST_CHANGES], "- " + str(say(gettext_noop("… og %(count)s endringer til."), count=more))]
    heading = str(say(gettext_noop("## Endringer fra modellen som gjelder")))
    return "\n".join([heading, "", *lines]) if lines else ""
