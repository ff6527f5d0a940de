"""Bring a version of the model into the tenant, accept its findings, and adopt it."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import date
from uuid import UUID

from samstyr.foundation.access import Act, Facts, may
from samstyr.foundation.audit.action import Context, action
from samstyr.foundation.kernel.errors import Conflict, Invalid
from samstyr.foundation.kernel.text import gettext_noop, say
from samstyr.foundation.organisations.actions import give_role
from samstyr.foundation.organisations.models import Organisation, Person
from samstyr.foundation.organisations.rules.appointing import RoleSpec

from ..models import ModelState, ModelVersion
from ..queries import findings_of, held_on, keeping_roles, typed, version_in_force
from ..rules.loading import load_text


def model_facts(ctx: Context) -> Facts:
    """The model belongs to the whole tenant."""
    return Facts("model", ctx.actor.tenant)


@action("model.draft", kind="model")
def draft_version(ctx: Context, *, text: str, reason: str = "") -> ModelVersion:
    """Read a model's YAML and keep it as the next version, not yet in force.

    Raises Invalid with every fault of the file, each with line and remedy; nothing is written then.
    """
    ctx.require(may(ctx.actor, Act.MODEL_MANAGE, model_facts(ctx)))
    model = load_text(text).require()
    last = ModelVersion.objects.select_for_update().order_by("-number").values_list("number", flat=True).first()
    row = ctx.create(
        ModelVersion(
            key=model.key,
            number=(last or 0) + 1,
            name=str(model.name)[:200],
            text=text,
            sha256=hashlib.sha256(text.encode()).hexdigest(),
            valid_from=model.valid_from,
            reason=reason.strip(),
            created_by_id=ctx.actor.person,
            proposed_by=", ".join(dict.fromkeys(held.name for held in ctx.actor.roles))[:200],
        )
    )
    ctx.record("model.drafted", row, sha256=row.sha256)
    return row


@action("model.accept_finding", kind="model")
def accept_finding(ctx: Context, *, version_id: UUID, version: int | None, finding: str, reason: str) -> ModelVersion:
    """Accept a finding of the linter with a reason, so that it no longer stands in the way (W1 step 2)."""
    ctx.require(may(ctx.actor, Act.MODEL_MANAGE, model_facts(ctx)))
    row = ctx.load(ModelVersion, version_id, version=version)
    if not reason.strip():
        raise Invalid.field("reason", say(gettext_noop("Skriv hvorfor funnet kan aksepteres.")))
    known = {item.identity for item in findings_of(row)}
    if finding not in known:
        raise Invalid.field(
            "finding",
            say(gettext_noop("Modellen har ikke dette funnet.")),
            value=finding,
        )
    before = row.snapshot()
    row.accepted = [
        *(item for item in row.accepted if item["finding"] != finding),
        {
            "finding": finding,
            "reason": reason.strip(),
            "by": ctx.actor.name,
            "on": ctx.today.isoformat(),
        },
    ]
    ctx.save(row)
    ctx.record("model.finding_accepted", row, before=before)
    return row


@action("model.adopt", kind="model")
def adopt(
    ctx: Context,
    *,
    version_id: UUID,
    version: int | None,
    adopted_by: str,
    valid_from: date,
    reason: str = "",
    keeper: UUID | None = None,
    decided_on: date | None = None,
    case_number: str = "",
) -> ModelVersion:
    """Adopt a drafted version from a first day. Cases already under way stay on theirs.

    `keeper` is the person who gets the version's role for changing the model, where nobody holds it yet.
    `decided_on` is the day of the decision when it is not today, `case_number` what it has in the body's own records.

    Raises Conflict while the version has errors that are not accepted, or an organisation of the model has
    no counterpart, or when nobody could change the model afterwards; Invalid when a version that is adopted
    begins later.
    """
    ctx.require(may(ctx.actor, Act.MODEL_MANAGE, model_facts(ctx)))
    row = ctx.load(ModelVersion, version_id, version=version)
    if row.state != ModelState.DRAFT:
        raise Conflict(say(gettext_noop("Denne versjonen er til behandling, vedtatt eller trukket.")))
    if not adopted_by.strip():
        raise Invalid.field("adopted_by", say(gettext_noop("Skriv hvem som har vedtatt modellen.")))
    if decided_on is not None and decided_on > ctx.today:
        raise Invalid.field("decided_on", say(gettext_noop("Vedtaket kan ikke være fattet etter i dag.")))
    row.case_number = case_number.strip()[:60]
    return into_force(
        ctx, row, adopted_by=adopted_by, adopted_on=decided_on or ctx.today, valid_from=valid_from, reason=reason,
        keeper=keeper,
    )  # fmt: skip


def into_force(
    ctx: Context,
    row: ModelVersion,
    *,
    adopted_by: str,
    adopted_on: date,
    valid_from: date,
    reason: str = "",
    keeper: UUID | None = None,
) -> ModelVersion:
    """Let the version be in force from the day, when nothing stands in the way; whoever calls has asked `may`."""
    may_be_adopted(row)
    if ModelVersion.objects.filter(state=ModelState.ADOPTED, valid_from__gt=valid_from).exists():
        raise Invalid.field(
            "valid_from",
            say(gettext_noop("En vedtatt versjon begynner senere enn denne dagen.")),
            value=valid_from,
        )
    if version_in_force(valid_from) is not None:
        _somebody_keeps_the_model(ctx, row, valid_from, keeper)
    before = row.snapshot()
    row.state, row.adopted_by, row.adopted_on = ModelState.ADOPTED, adopted_by.strip()[:200], adopted_on
    row.valid_from, row.reason = valid_from, reason.strip() or row.reason
    ctx.save(row)
    ctx.record("model.adopted", row, before=before, sha256=row.sha256)
    return row


def may_be_adopted(row: ModelVersion) -> None:
    """Raises Conflict while the version has errors that are not accepted, or an organisation that is not registered."""
    _no_open_errors(row)
    _organisations_are_there(row)


def _no_open_errors(row: ModelVersion) -> None:
    unread = load_text(row.text).errors
    if unread:
        raise Conflict(
            say(gettext_noop("Modellen er ikke ferdig: %(count)s felt må rettes først."), count=len(unread)),
            remedy=say(gettext_noop("Åpne utkastet, og rett det som er merket.")),
        )
    accepted = {item["finding"] for item in row.accepted}
    open_errors = [item for item in findings_of(row) if item.blocks(accepted)]
    if open_errors:
        raise Conflict(
            say(
                gettext_noop("Modellen har %(count)s feil som må rettes eller aksepteres først."),
                count=len(open_errors),
            ),
            rule=open_errors[0].code,
        )


def _organisations_are_there(row: ModelVersion) -> None:
    slots = set(Organisation.objects.values_list("slot", flat=True))
    missing = [str(slot.name) for slot in typed(row).organisations if slot.key not in slots]
    if missing:
        raise Conflict(
            say(
                gettext_noop("Disse organisasjonene i modellen er ikke registrert: %(names)s."),
                names=", ".join(missing),
            ),
            remedy=say(gettext_noop("Registrer dem under Organisasjon med samme nøkkel.")),
        )


def _somebody_keeps_the_model(ctx: Context, row: ModelVersion, day: date, keeper: UUID | None) -> None:
    """An arrangement must not lock itself out: somebody holds a role that may change the next model."""
    keepers = keeping_roles(row)
    if not keepers or held_on(day, [role.key for role in keepers]):
        return
    if keeper is None:
        raise Invalid.field(
            "keeper",
            say(gettext_noop("Ingen har en rolle som kan endre styringsmodellen når denne versjonen gjelder.")),
            remedy=say(gettext_noop("Velg hvem som skal ha rollen «%(role)s»."), role=keepers[0].name),
        )
    person = ctx.load(Person, keeper)
    give_role(
        actor=replace(ctx.actor.on_behalf("model.adopt"), person=UUID(int=0)),
        now=ctx.now,
        person_id=person.pk,
        organisation_id=person.organisation_id or Organisation.objects.values_list("pk", flat=True).first(),
        unit_id=person.unit_id,
        role=RoleSpec(keepers[0].key, str(keepers[0].name), keepers[0].scope, ""),
        starts_on=day,
        reason=str(row)[:200],
    )
