"""Reading what members have brought: lists, coverage of the regions, and the perspectives on a case."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import cast
from uuid import UUID

from django.db.models import Q, QuerySet

from samstyr.foundation.access import Act, Actor, Facts, Holder, may
from samstyr.foundation.governance import queries as governance
from samstyr.foundation.governance.rules.bodies import Body
from samstyr.foundation.organisations.queries import seats_of
from samstyr.foundation.tenancy.scope import require_tenant_id
from samstyr.procedure.casework import queries as casework
from samstyr.procedure.casework.models import Case
from samstyr.procedure.meetings.queries.access import manage_facts

from .models import ContributionKind, MemberContribution
from .rules import ANCHORING, KINDS, Coverage, coverage

SORTS = {"on": "on", "title": "title", "region": "region"}


def facts_of(body: str, day: date) -> Facts:
    """Who brings something to the body: those who sit in it, and those who serve it, for others. Ask MEETING_TAKE_PART."""
    return Facts(
        "contribution", require_tenant_id(), holders=(Holder(f"seat:{body}", body), *manage_facts(body, day).holders)
    )


def bodies(day: date) -> list[Body]:
    """The bodies of the model in force that have members, one for the whole arrangement each."""
    model = governance.current_model(day)
    found = model.bodies if model else ()
    return [body for body in found if body.per == "tenant" and body.composition_on(day) is not None]


def bodies_of(actor: Actor, day: date) -> list[Body]:
    """The bodies that the actor may bring something to."""
    return [body for body in bodies(day) if may(actor, Act.MEETING_TAKE_PART, facts_of(body.key, day))]


@dataclass(frozen=True)
class Place:
    """Where a seat's holder comes from."""

    region: str
    person: UUID | None
    organisation: UUID | None


def places_of(body: str, day: date) -> list[Place]:
    """Each seat with the region of its group, else of its holder's organisation; empty where none is told."""
    model = governance.current_model(day)
    found = model.body(body) if model else None
    composition = found.composition_on(day) if found else None
    groups = {group.key: group for group in composition.groups} if composition else {}
    places = []
    for seat, person in seats_of(body, on=day):
        group = groups.get(seat.group)
        home = (person.organisation if person else None) or seat.organisation
        region = (group.region if group else None) or (home.region if home else "") or ""
        places.append(Place(str(region), person.pk if person else None, home.pk if home else None))
    return places


def place_of(body: str, person: UUID, day: date) -> Place:
    """Where the person comes from as a member of the body; nowhere for one without a seat."""
    return next((one for one in places_of(body, day) if one.person == person), Place("", None, None))


def regions_of(body: str, day: date) -> list[str]:
    """The regions that the body's seats are for, by name."""
    return sorted({one.region for one in places_of(body, day) if one.region})


def listing(
    actor: Actor, *, kind: str = "", body: str = "", region: str = "", text: str = "", sort: str = "-on"
) -> QuerySet[MemberContribution]:
    """What members have brought; perspectives only on cases that the actor may read."""
    rows = MemberContribution.objects.select_related("organisation", "person", "case")
    rows = rows.filter(Q(case__isnull=True) | Q(case__in=casework.visible_to(actor)))
    if kind in KINDS:
        rows = rows.filter(kind=kind)
    if body:
        rows = rows.filter(body=body)
    if region:
        rows = rows.filter(region=region)
    for word in text.split()[:10]:
        rows = rows.filter(Q(title__icontains=word) | Q(text__icontains=word) | Q(lesson__icontains=word))
    name = SORTS.get(sort.lstrip("-"), "on")
    return cast(
        "QuerySet[MemberContribution]", rows.order_by(("-" if sort.startswith("-") else "") + name, "-created_at")
    )


def by_id(actor: Actor, key: UUID) -> MemberContribution | None:
    """One of those the actor may read."""
    return listing(actor).filter(pk=key).first()


def known_regions() -> list[str]:
    """Every region that anything has come from."""
    rows = MemberContribution.objects.exclude(region="").order_by("region")
    return list(rows.values_list("region", flat=True).distinct())


def covered(body: str, year: int, day: date) -> list[Coverage]:
    """How the body's work has been anchored in each region in the year, by quarter (D-26, D-27)."""
    rows = MemberContribution.objects.filter(body=body, kind=ANCHORING, on__year=year)
    return coverage(regions_of(body, day), rows.values_list("region", "on", "audience_kind"), year)


@dataclass(frozen=True)
class Perspectives:
    """What has been said of a case from the regions, and the regions that are silent (D-28)."""

    body: str
    name: str
    said: list[MemberContribution]
    silent: list[str]
    may_add: bool


def perspectives_on(case: Case, actor: Actor, day: date) -> list[Perspectives]:
    """For each body on the case's path whose seats are for regions; nothing, and no question asked, where none are."""
    model = governance.current_model(day)
    if model is None:
        return []
    treats = {step.actor.body for step in casework.path_of(case).steps if step.actor.body}
    regional = [body for body in model.bodies if body.key in treats and _is_regional(body, day)]
    found = []
    for body in regional:
        rows = MemberContribution.objects.filter(case=case, body=body.key, kind=ContributionKind.PERSPECTIVE)
        said = list(rows.select_related("person", "organisation").order_by("region", "on"))
        spoken = {row.region for row in said}
        silent = [region for region in regions_of(body.key, day) if region not in spoken]
        allowed = bool(may(actor, Act.MEETING_TAKE_PART, facts_of(body.key, day)))
        found.append(Perspectives(body.key, str(body.name), said, silent, allowed and case.state == "open"))
    return found


def _is_regional(body: Body, day: date) -> bool:
    composition = body.composition_on(day)
    return composition is not None and any(group.region for group in composition.groups)
