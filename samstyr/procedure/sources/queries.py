"""Reading sources: lists, what something points to, what points to a source, and since when it applies."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import cast
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from samstyr.foundation.access import Actor, Facts
from samstyr.foundation.organisations.models import Person
from samstyr.foundation.tenancy.scope import require_tenant_id
from samstyr.procedure.casework import queries as casework
from samstyr.procedure.casework.models import Case, Treatment

from .models import Citation, Source
from .rules import KINDS

SORTS = {"title": "title", "dated": "dated", "kind": "kind", "cited": "cited"}


def create_facts(actor: Actor) -> Facts:
    """What `may(CASE_CREATE)` is asked of before one adds a source: one's own place."""
    person = Person.objects.filter(pk=actor.person).first()
    return Facts(
        "source", require_tenant_id(), owners=frozenset({actor.person}),
        organisations=frozenset({person.organisation_id} if person and person.organisation_id else set()),
        units=frozenset({person.unit_id} if person and person.unit_id else set()),
    )  # fmt: skip


def listing(*, kind: str = "", text: str = "", sort: str = "title") -> QuerySet[Source]:
    """Sources with how many point to each."""
    rows = Source.objects.annotate(cited=Count("citations"))
    if kind in KINDS:
        rows = rows.filter(kind=kind)
    for word in text.split()[:10]:
        rows = rows.filter(
            Q(title__icontains=word) | Q(issuer__icontains=word) | Q(number__icontains=word) | Q(text__icontains=word)
        )
    name = SORTS.get(sort.lstrip("-"), "title")
    return cast("QuerySet[Source]", rows.order_by(("-" if sort.startswith("-") else "") + name, "title", "pk"))


def by_id(key: UUID) -> Source | None:
    """One source."""
    return cast("Source | None", Source.objects.filter(pk=key).first())


def to_choose(without: Iterable[UUID] = ()) -> list[Source]:
    """The sources one may point to, beside those pointed to already."""
    return list(Source.objects.exclude(pk__in=list(without)).order_by("kind", "title")[:500])


def cited_by(*owners: tuple[str, UUID]) -> list[Citation]:
    """What these things point to: a case with the need or matter it is about."""
    wanted = Q(pk__isnull=True)
    for kind, key in owners:
        wanted |= Q(owner_kind=kind, owner_id=key)
    return list(Citation.objects.filter(wanted).select_related("source").order_by("source__kind", "source__title"))


def citation_by_id(key: UUID) -> Citation | None:
    """One citation with its source."""
    return cast("Citation | None", Citation.objects.filter(pk=key).select_related("source").first())


def kinds_cited(owner_kind: str, owner_id: UUID) -> set[str]:
    """The kinds of source that something points to."""
    rows = Citation.objects.filter(owner_kind=owner_kind, owner_id=owner_id)
    return set(rows.values_list("source__kind", flat=True))


@dataclass(frozen=True)
class Pointing:
    """One case that points to a source, directly or through what it is about, with the answer it got."""

    case: Case
    note: str
    answer: Treatment | None


def cases_pointing_to(source: Source, actor: Actor) -> list[Pointing]:
    """The cases that the actor may read and that point to the source, the newest first, with their last answer (N-024,

    N-040).
    """
    rows = list(source.citations.all())
    notes = {row.owner_id: row.note for row in rows}
    wanted = Q(pk__in=[row.owner_id for row in rows if row.owner_kind == "case"])
    wanted |= Q(subject_id__in=[row.owner_id for row in rows if row.owner_kind != "case"])
    cases = list(casework.with_parts(casework.visible_to(actor).filter(wanted)).order_by("-year", "-number"))
    answers: dict[UUID, Treatment] = {}
    for treatment in Treatment.objects.filter(case__in=[case.pk for case in cases]).order_by("recorded_at"):
        answers[treatment.case_id] = treatment
    return [
        Pointing(
            case, notes.get(case.pk) or notes.get(case.subject_id, ""),
            answers.get(case.pk) if case.state == "ended" else None,
        )
        for case in cases
    ]  # fmt: skip


def in_force_since(source: Source) -> tuple[date, Case] | None:
    """The day a case put the source in force: one that ended well on a path that does so (N-207). None before that."""
    owners = list(source.citations.values_list("owner_kind", "owner_id"))
    wanted = Q(pk__in=[key for kind, key in owners if kind == "case"])
    wanted |= Q(subject_id__in=[key for kind, key in owners if kind != "case"])
    rows = Case.objects.filter(wanted, outcome_effect="end_positive").select_related("model_version")
    for case in rows.order_by("ended_at"):
        if source.kind in casework.path_of(case).puts_in_force:
            last = Treatment.objects.filter(case=case).order_by("-recorded_at").first()
            if last is not None:
                return last.decided_on, case
    return None
