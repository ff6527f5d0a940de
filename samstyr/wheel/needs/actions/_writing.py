"""What the verbs beside it share: filling a need from its values, its organisations, and its case."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from samstyr.foundation.access import Act, may
from samstyr.foundation.audit.action import Context
from samstyr.foundation.kernel.errors import Conflict, Invalid, NotFound
from samstyr.foundation.kernel.text import gettext_noop, say
from samstyr.foundation.organisations.models import Organisation, Person, Unit

from .. import queries
from ..models import Need, NeedCounter, NeedOrganisation, NeedState
from ..rules.completeness import submit_faults
from ..rules.facts import case_facts
from ..rules.form import FormSpec, is_late
from ..rules.values import NeedValues, limit_faults
from ..rules.wording import search_text

EDITABLE = frozenset({NeedState.DRAFT, NeedState.RETURNED})

# Columns that are copied as they stand from the values.
PLAIN = (
    "title",
    "need",
    "affected",
    "effect",
    "compels",
    "statutory",
    "product",
    "joint",
    "investment_cost",
    "operating_cost",
    "price_year",
    "wanted_year",
    "personal_data",
    "archive",
    "work_changes",
)


@dataclass(frozen=True)
class Place:
    """Where a need belongs: its unit, its organisation, and all that it concerns."""

    unit: Unit | None
    organisation: Organisation
    concerned: tuple[UUID, ...]


def place_of(ctx: Context, values: NeedValues, submitter: Person) -> Place:
    """The unit and organisations the values name. Raises Invalid for one that does not exist here."""
    unit = None
    if values.unit is not None:
        unit = Unit.objects.filter(pk=values.unit, is_active=True).select_related("organisation").first()
        if unit is None:
            raise Invalid.field("unit", say(gettext_noop("Vi finner ikke tjenesten du valgte.")))
    organisation = unit.organisation if unit else submitter.organisation or _only_organisation()
    known = {organisation.pk}
    if values.joint:
        chosen = (
            Organisation.objects.all()
            if not values.organisations
            else Organisation.objects.filter(pk__in=values.organisations)
        )
        known |= set(chosen.values_list("pk", flat=True))
        if missing := set(values.organisations) - known:
            raise Invalid.field(
                "organisations",
                say(gettext_noop("Vi finner ikke organisasjonen du valgte.")),
                value=", ".join(str(key) for key in sorted(missing)),
            )
    return Place(unit, organisation, tuple(sorted(known)))


def _only_organisation() -> Organisation:
    first: Organisation | None = Organisation.objects.order_by("name").first()
    if first is None:
        raise Conflict(
            say(gettext_noop("Det er ikke registrert noen organisasjon å melde behov for.")),
            remedy=say(gettext_noop("En administrator må registrere organisasjoner og tjenester først.")),
        )
    return first


def check_limits(ctx: Context, values: NeedValues) -> None:
    """Raise Invalid for what can never be stored."""
    faults = limit_faults(values, this_year=ctx.today.year)
    if faults:
        raise Invalid(*faults)


def fill(need: Need, values: NeedValues, place: Place) -> Need:
    """Put the values into the row; writes nothing."""
    for name in PLAIN:
        setattr(need, name, getattr(values, name))
    need.goals = list(values.goals)
    need.answers = dict(values.answers)
    need.unit, need.organisation = place.unit, place.organisation
    need.joint = values.joint and len(place.concerned) > 1
    need.search_text = search_text(
        (need.title, need.need, need.affected, need.effect, need.compels, need.product, str(place.unit or ""))
    )
    return need


def set_participants(ctx: Context, need: Need, concerned: tuple[UUID, ...]) -> None:
    """Let the need concern exactly these organisations."""
    rows = NeedOrganisation.objects.filter(need=need)
    present = {row.organisation_id: row for row in rows}
    for organisation, row in present.items():
        if organisation not in concerned:
            ctx.delete(row)
    ctx.create_many(
        NeedOrganisation,
        [NeedOrganisation(need=need, organisation_id=key) for key in concerned if key not in present],
    )


def require_state(need: Need, allowed: frozenset[NeedState], message: str) -> None:
    """Raise Conflict with the sentence when the need is in another state."""
    if need.state not in allowed:
        raise Conflict(
            say(message),
            remedy=say(gettext_noop("Last siden på nytt for å se hvor behovet står nå.")),
            rule=f"need.state.{need.state}",
        )


def own_need(ctx: Context, need_id: UUID, version: int | None, act: Act = Act.NEED_EDIT) -> Need:
    """The need, locked, when the actor may do `act` to it; the same answer for hidden and missing."""
    if not queries.visible_to(ctx.actor).filter(pk=need_id).exists():
        raise NotFound
    need = ctx.load(Need, need_id, version=version)
    ctx.require(may(ctx.actor, act, need.facts()))
    return need


def check_complete(ctx: Context, need: Need) -> FormSpec:
    """The form the need was checked against. Raises Invalid with every fault when it cannot be sent in."""
    spec = queries.form_spec(ctx.today)
    faults = submit_faults(queries.values_of(need).tidy(), spec, this_year=ctx.today.year)
    if faults:
        raise Invalid(*faults, message=say(gettext_noop("Behovet kan ikke sendes inn ennå.")))
    return spec


def lateness(ctx: Context) -> bool:
    """Whether what is sent in today is late."""
    return is_late(ctx.today, queries.intake_window(ctx.today))


def case_arguments(need: Need, spec: FormSpec) -> dict[str, Any]:
    """What the engine is told of the need."""
    return {
        "title": str(need),
        "facts": case_facts(need, horizon=spec.horizon),
        "organisations": sorted({need.organisation_id, *(row.organisation_id for row in need.participants.all())}),
    }


def next_numbers(ctx: Context, count: int = 1) -> range:
    """The next `count` numbers, without gaps: the counter's row is locked till the transaction ends."""
    counter = NeedCounter.objects.select_for_update().first()
    if counter is None:
        NeedCounter.objects.bulk_create([NeedCounter().enter_tenant()], ignore_conflicts=True)
        counter = NeedCounter.objects.select_for_update().get()
    first = counter.last + 1
    counter.last += count
    ctx.save(counter)
    return range(first, first + count)
