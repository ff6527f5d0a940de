"""Who may see which needs, and one need with its parts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import cast
from uuid import UUID

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from samstyr.foundation.access import Act, Actor, Facts, Grant, may
from samstyr.foundation.access.rules import Reach
from samstyr.foundation.kernel.errors import NotFound
from samstyr.foundation.organisations.models import Organisation, Person, Unit
from samstyr.foundation.organisations.queries import holders_of, unit_tree
from samstyr.procedure.casework import queries as casework
from samstyr.procedure.casework.models import CaseStep

from ..models import CoAuthor, Need, NeedOrganisation, NeedState
from ..rules.values import NeedValues

KIND = "need"
NOBODY = UUID(int=0)


def visible_to(actor: Actor) -> QuerySet[Need]:
    """The needs the actor may read: the list form of ``may(actor, NEED_READ, need.facts())``.

    To that come needs whose case the actor may read: who treats a need, or is heard on it, reads it.
    """
    if actor.automatic:
        return cast("QuerySet[Need]", Need.objects.all())
    treated = casework.visible_to(actor).filter(subject_kind=KIND).values("subject_id")
    return cast("QuerySet[Need]", Need.objects.filter(owned(actor) | granted(actor) | Q(pk__in=treated)))


def drafts_of(actor: Actor) -> QuerySet[Need]:
    """The drafts that the actor writes on, alone or with others; the one last worked on first."""
    return cast("QuerySet[Need]", Need.objects.filter(owned(actor), state=NeedState.DRAFT).order_by("-updated_at"))


def owned(actor: Actor) -> Q:
    """Needs the actor, or somebody stood in for, has written or writes along on."""
    writes = CoAuthor.objects.filter(need_id=OuterRef("pk"), person_id__in=actor.people)
    return Q(submitter_id__in=actor.people) | Q(Exists(writes))


def granted(actor: Actor) -> Q:
    """Needs sent in that the actor's roles reach; drafts are their writers' alone."""
    reached = Q(pk__in=())
    for grant in actor.grants:
        if grant.act is Act.NEED_READ:
            reached |= _reach_of(grant)
    return reached & ~Q(state=NeedState.DRAFT)


def _reach_of(grant: Grant) -> Q:
    held = grant.held
    nothing, everything = Q(pk__in=()), Q(pk__isnull=False)
    concerned = NeedOrganisation.objects.filter(need_id=OuterRef("pk"), organisation_id=held.organisation)
    organisation = (
        everything if held.organisation is None else Q(organisation_id=held.organisation) | Q(Exists(concerned))
    )
    match grant.reach:
        case Reach.TENANT:
            return everything
        case Reach.ORGANISATION:
            return organisation
        case Reach.AREA:
            return Q(unit_id__in=held.units) if held.units else organisation
        case Reach.UNIT:
            return Q(unit_id__in=held.own_units or held.units)
        case Reach.OWN:
            return nothing


def with_parts(needs: QuerySet[Need]) -> QuerySet[Need]:
    """Needs with all that lists and facts read, in a fixed number of queries."""
    return needs.select_related("organisation", "unit", "submitter", "registered_by").prefetch_related(
        Prefetch("co_authors", CoAuthor.objects.select_related("person")),
        Prefetch("participants", NeedOrganisation.objects.select_related("organisation")),
    )


def get_need(actor: Actor, need_id: UUID) -> Need:
    """One need with its parts. Raises NotFound when there is none that the actor may read."""
    need = with_parts(visible_to(actor)).filter(pk=need_id).first()
    if need is None:
        raise NotFound
    return need


def needs_by_ids(ids: Iterable[UUID]) -> QuerySet[Need]:
    """Needs by their keys, with parts, for rooms that have asked `may` of what points to them."""
    return with_parts(cast("QuerySet[Need]", Need.objects.filter(pk__in=list(ids))))


def values_of(need: Need) -> NeedValues:
    """The need as its writer's values, ready for the rules and the form."""
    own = {one.name: getattr(need, one.name) for one in fields(NeedValues) if hasattr(need, one.name)}
    return replace(
        NeedValues(**own),
        unit=need.unit_id,
        goals=tuple(need.goals),
        organisations=tuple(row.organisation_id for row in need.participants.all()),
        answers=dict(need.answers),
    )


def read_facts(actor: Actor, unit: Unit | None, organisation: UUID | None, *, submitter: UUID) -> Facts:
    """The facts that `may(NEED_CREATE)` is asked of: a need for `unit`, written by `submitter`.

    A right that goes to one's own needs only covers one's own unit and what is below it: a need for any
    other place counts as somebody else's.
    """
    own = submitter in actor.people and is_own_place(actor, unit.pk if unit else None)
    return Facts(
        KIND,
        actor.tenant,
        owners=frozenset({submitter if own else NOBODY}),
        organisations=frozenset({organisation} if organisation else set()),
        units=frozenset({unit.pk} if unit else set()),
    )


def is_own_place(actor: Actor, unit: UUID | None) -> bool:
    """Whether a need for the unit would be the actor's own: one's own unit or one below it."""
    return unit is None or actor.unit is None or unit in unit_tree().get(actor.unit, frozenset())


def registers_for_others(actor: Actor) -> bool:
    """Whether a role lets the actor write needs beyond one's own, as a representative does (B-23)."""
    return any(grant.act is Act.NEED_CREATE and grant.reach is not Reach.OWN for grant in actor.grants)


def people_in(units: Iterable[UUID]) -> QuerySet[Person]:
    """Active people who work in the units, by name."""
    return cast("QuerySet[Person]", Person.objects.filter(is_active=True, unit_id__in=list(units)).order_by("name"))


def units_to_choose(actor: Actor) -> list[Unit]:
    """The units the actor may write needs for, by organisation and name."""
    below = unit_tree().get(actor.unit, frozenset()) if actor.unit else None
    units = Unit.objects.filter(is_active=True).select_related("organisation").order_by("organisation__name", "name")
    return [
        unit
        for unit in units
        if may(actor, Act.NEED_CREATE, unit_facts(actor, unit, own=below is None or unit.pk in below))
    ]


def unit_facts(actor: Actor, unit: Unit, *, own: bool = True) -> Facts:
    """A need for the unit that does not exist yet; `own` says that it would be the actor's own."""
    return Facts(
        KIND,
        actor.tenant,
        owners=frozenset({actor.person if own else NOBODY}),
        organisations=frozenset({unit.organisation_id}),
        units=frozenset({unit.pk}),
    )


def organisations_to_choose() -> list[Organisation]:
    """The municipalities a need can concern, by name; every organisation where none is a municipality."""
    rows = list(Organisation.objects.order_by("name"))
    return [row for row in rows if row.kind == "municipality"] or rows


def people_to_ask(need: Need) -> QuerySet[Person]:
    """Active people who do not write on the need yet, by name."""
    writers = {need.submitter_id, *(row.person_id for row in need.co_authors.all())}
    return cast("QuerySet[Person]", Person.objects.filter(is_active=True).exclude(pk__in=writers).order_by("name"))


def writers_of(need_id: UUID) -> list[Person]:
    """Who stands behind the need: its submitter and those who write along."""
    need = Need.objects.select_related("submitter").prefetch_related("co_authors__person").filter(pk=need_id).first()
    return [need.submitter, *(row.person for row in need.co_authors.all())] if need else []


def next_steps(need: Need) -> list[CaseStep]:
    """The steps that the need's case waits for: who acts, and by when. Empty without a case."""
    case = casework.case_of(KIND, need.pk)
    if case is None:
        return []
    return [row for row in case.steps.all() if row.state == "active"]


def actors_of(need: Need, day: date) -> dict[UUID, list[str]]:
    """For each open step of the need's case, the names of those who may treat it on the day."""
    found: dict[UUID, list[str]] = {}
    case = casework.case_of(KIND, need.pk)
    if case is None:
        return found
    for row in case.steps.all():
        if row.state != "active":
            continue
        row.case = case
        names: list[str] = []
        for holder in casework.step_facts(row).holders:
            people = [
                person.name
                for person in holders_of(holder.role, on=day, organisation=holder.organisation, unit=holder.unit)
            ]
            names += people or [holder.name]
        found[row.pk] = list(dict.fromkeys(names))
    return found


def decided_by(need_id: UUID) -> str:
    """The name of the first body that has proposed or adopted something in the need's newest case, or blank.

    From then on the need is no longer its writer's to withdraw.
    """
    case = casework.case_of(KIND, need_id)
    if case is None:
        return ""
    bodies = casework.treatments_of([case.pk]).filter(kind__in=("propose", "adopt")).exclude(body="")
    first = bodies.first()
    return first.actor_name if first else ""


@dataclass(frozen=True)
class Standing:
    """Where needs stand in their treatment: the open steps' names by need, and the case's key."""

    steps: dict[UUID, str]
    cases: dict[UUID, UUID]


def standings(needs: Iterable[Need]) -> Standing:
    """Where each need stands now, in a fixed number of queries; drafts stand nowhere."""
    steps: dict[UUID, str] = {}
    found: dict[UUID, UUID] = {}
    for case in casework.cases_of(KIND, [need.pk for need in needs]):
        if case.subject_id in found:
            continue
        found[case.subject_id] = case.pk
        active = dict.fromkeys(row.name for row in case.steps.all() if row.state == "active")
        if active:
            steps[case.subject_id] = ", ".join(active)
    return Standing(steps, found)
