"""An organisation's own list of whom it hears."""

from __future__ import annotations

from uuid import UUID

from samstyr.foundation.access import Act, Facts, may
from samstyr.foundation.audit.action import Context, action
from samstyr.foundation.governance import queries as governance
from samstyr.foundation.kernel.errors import Invalid
from samstyr.foundation.kernel.text import gettext_noop, say
from samstyr.foundation.organisations.models import Organisation

from ..models import HearingChoice


def _facts(ctx: Context, organisation: UUID) -> Facts:
    return Facts("hearing_choice", ctx.actor.tenant, organisations=frozenset({organisation}))


@action("hearing_choice.set", kind="hearing_choice")
def choose_consultee(
    ctx: Context, *, organisation_id: UUID, body: str, included: bool, name: str = "", role: str = ""
) -> HearingChoice:
    """Take a body of the model out of an organisation's list, or put one of its own in (B-30, B-32).

    Source: B-30 «Kommunene bestemmer selv hvilke høringsinstanser». An own body needs a name and a role.
    """
    organisation = ctx.load(Organisation, organisation_id)
    ctx.require(may(ctx.actor, Act.ORGANISATION_MANAGE, _facts(ctx, organisation.pk)))
    model = governance.current_model(ctx.today)
    known = model is not None and model.hearing_body(body) is not None
    bare = not name.strip() or model is None or model.role(role) is None
    if "\0" in name or (bare and included and not known):
        raise Invalid.field("name", say(gettext_noop("En egen høringsinstans må ha et navn og en rolle som svarer.")))
    row = HearingChoice.objects.select_for_update().filter(organisation=organisation, body=body).first()
    if row is None:
        row = ctx.create(
            HearingChoice(
                organisation=organisation, body=body[:60], name=name.strip()[:200], role=role, included=included
            )
        )
        ctx.record("hearing_choice.set", row)
        return row
    before = row.snapshot()
    row.included, row.name, row.role = included, name.strip()[:200] or row.name, role or row.role
    ctx.save(row)
    ctx.record("hearing_choice.set", row, before=before)
    return row


@action("hearing_choice.remove", kind="hearing_choice")
def remove_choice(ctx: Context, *, choice_id: UUID, version: int | None = None) -> None:
    """Go back to what the model says for this body."""
    row = ctx.load(HearingChoice, choice_id, version=version)
    ctx.require(may(ctx.actor, Act.ORGANISATION_MANAGE, _facts(ctx, row.organisation_id)))
    ctx.record("hearing_choice.removed", row)
    ctx.delete(row)
