"""The list of needs: its tabs, filters, search and order."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from django.db.models import F, Q, QuerySet
from django.db.models.functions import Lower

from samstyr.foundation.access import Actor
from samstyr.foundation.kernel.clock import OSLO
from samstyr.foundation.organisations.models import Unit
from samstyr.foundation.organisations.queries import unit_tree

from ..models import Need, NeedState
from ..rules.wording import search_terms
from .reading import owned, visible_to

MOST_EXPORTED = 20_000


class Tab(StrEnum):
    """Which needs a list holds; the values stand in addresses."""

    MINE = "mine"
    UNIT = "enhet"
    ALL = "alle"


@dataclass(frozen=True)
class Criteria:
    """What a list is narrowed to; blank or None narrows nothing. `year` is the year the need was sent in."""

    state: str = ""
    unit: UUID | None = None
    organisation: UUID | None = None
    year: int | None = None
    outcome: str = ""
    late: bool | None = None
    text: str = ""


EVERYTHING = Criteria()

# What the list can be sorted by, and the columns behind; nothing else from an address reaches the database.
SORTS: Mapping[str, tuple[str, ...]] = {
    "nummer": ("number",),
    "tittel": ("title",),
    "enhet": ("unit__name",),
    "status": ("state", "outcome"),
    "innsendt": ("submitted_at",),
    "kostnad": ("investment_cost",),
    "ar": ("wanted_year",),
}


def listed(
    actor: Actor, tab: Tab, criteria: Criteria = EVERYTHING, *, among: QuerySet[Need] | None = None
) -> QuerySet[Need]:
    """The needs of a tab that meet the criteria, among those the actor may read.

    `among` is ``visible_to(actor)`` when the caller has it already, here and below: building it asks the database.
    """
    needs = visible_to(actor) if among is None else among
    match tab:
        case Tab.MINE:
            needs = needs.filter(owned(actor) | Q(registered_by_id__in=actor.people))
        case Tab.UNIT:
            needs = needs.filter(unit_id__in=own_units(actor))
        case Tab.ALL:
            pass
    return narrowed(needs, criteria)


def own_units(actor: Actor) -> frozenset[UUID]:
    """The unit the actor works in and those a role is held in, with all below."""
    held = frozenset().union(*(held.units for held in actor.roles)) if actor.roles else frozenset[UUID]()
    return held | (unit_tree().get(actor.unit, frozenset()) if actor.unit else frozenset())


def narrowed(needs: QuerySet[Need], criteria: Criteria) -> QuerySet[Need]:
    """The needs that meet the criteria. A unit counts with all below it; every search word must be found."""
    if criteria.state in NeedState.values:
        needs = needs.filter(state=criteria.state)
    if criteria.unit:
        needs = needs.filter(unit_id__in=unit_tree().get(criteria.unit, frozenset({criteria.unit})))
    if criteria.organisation:
        concerned = Need.objects.filter(participants__organisation_id=criteria.organisation).values("pk")
        needs = needs.filter(Q(organisation_id=criteria.organisation) | Q(pk__in=concerned))
    if criteria.year:
        needs = needs.filter(
            submitted_at__gte=datetime(criteria.year, 1, 1, tzinfo=OSLO),
            submitted_at__lt=datetime(criteria.year + 1, 1, 1, tzinfo=OSLO),
        )
    if criteria.outcome:
        needs = needs.filter(outcome=criteria.outcome)
    if criteria.late is not None:
        needs = needs.filter(late=criteria.late)
    return searched(needs, criteria.text)


def searched(needs: QuerySet[Need], text: str) -> QuerySet[Need]:
    """The needs where every word is found by its stem; a number alone finds the need with that number too."""
    terms = search_terms(text)
    if not terms:
        return needs.none() if text.strip() else needs
    found = Q()
    for term in terms:
        found &= Q(search_text__contains=f" {term}")
    digits = text.strip().removeprefix("#")
    if digits.isascii() and digits.isdigit() and len(digits) < 9:
        found |= Q(number=int(digits))
    return needs.filter(found)


def search(actor: Actor, text: str) -> QuerySet[Need]:
    """Needs the actor may see that hold every word by its stem, newest first."""
    return searched(visible_to(actor), text).select_related("organisation").order_by("-created_at", "pk")


def ordered(needs: QuerySet[Need], sort: str) -> QuerySet[Need]:
    """Sorted by a name of SORTS, with a minus back to front; the newest first when the name is unknown.

    Those without a value come last either way, and the key breaks ties, so that pages never overlap.
    """
    name = sort.removeprefix("-")
    if name not in SORTS:
        return needs.order_by(F("submitted_at").desc(nulls_first=True), "-created_at", "pk")
    descending = sort.startswith("-")
    order = []
    for column in SORTS[name]:
        expression = Lower(column) if column in ("title", "unit__name") else F(column)
        order.append(expression.desc(nulls_last=True) if descending else expression.asc(nulls_last=True))
    return needs.order_by(*order, "pk")


def counts(actor: Actor, among: QuerySet[Need]) -> dict[Tab, int]:
    """How many needs each tab holds without filters."""
    return {tab: listed(actor, tab, among=among).count() for tab in Tab}


def years(among: QuerySet[Need]) -> list[int]:
    """The years in which the needs were sent in, newest first."""
    sent = among.filter(submitted_at__isnull=False)
    return [instant.year for instant in sent.datetimes("submitted_at", "year", order="DESC", tzinfo=OSLO)]


def outcomes(among: QuerySet[Need]) -> list[str]:
    """The outcomes that the needs have had, as the model's keys."""
    found = among.exclude(outcome="").order_by("outcome").values_list("outcome", flat=True)
    return list(found.distinct())


def units_in_lists(among: QuerySet[Need]) -> list[Unit]:
    """The units that the needs belong to, and those above them, by organisation and name."""
    used = set(among.exclude(unit=None).order_by().values_list("unit_id", flat=True).distinct())
    units = Unit.objects.select_related("organisation").order_by("organisation__name", "name")
    tree = unit_tree()
    return [unit for unit in units if used & tree.get(unit.pk, frozenset())]
