"""Reading matters: those one may see, the files that go with them, and the paths one may choose."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import cast
from uuid import UUID

from django.db.models import Prefetch, QuerySet

from samstyr.foundation.access import Act, Actor, Facts, may
from samstyr.foundation.documents.models import Document
from samstyr.foundation.governance import queries as governance
from samstyr.foundation.governance.rules.paths import Path
from samstyr.foundation.kernel.errors import NotFound
from samstyr.foundation.organisations.models import Person
from samstyr.foundation.tenancy.scope import require_tenant_id
from samstyr.procedure.casework import queries as casework
from samstyr.procedure.casework.models import Case

from .models import Matter, MatterOrganisation, MatterState
from .rules import MatterValues, is_matter

OWNER = "matter"


def paths_to_choose(day: date) -> list[Path]:
    """The paths of the model in force that begin with a matter; none without a model."""
    model = governance.current_model(day)
    return [path for path in model.paths if is_matter(path.subject)] if model else []


def goals_to_choose(day: date) -> list[tuple[str, str]]:
    """The goals of the strategy in force by key, each below the one it is part of."""
    return list(governance.strategy_on(day).goal_names().items())


def create_facts(actor: Actor) -> Facts:
    """What `may(CASE_CREATE)` is asked of: a matter of one's own."""
    person = Person.objects.filter(pk=actor.person).first()
    return Facts(
        "matter",
        require_tenant_id(),
        owners=frozenset({actor.person}),
        organisations=frozenset({person.organisation_id} if person and person.organisation_id else set()),
        units=frozenset({person.unit_id} if person and person.unit_id else set()),
    )


def with_parts(rows: QuerySet[Matter]) -> QuerySet[Matter]:
    """Matters with what facts and pages read, in a fixed number of queries."""
    return rows.select_related("unit", "written_by", "follows").prefetch_related(
        Prefetch("participants", MatterOrganisation.objects.select_related("organisation"))
    )


def drafts_of(actor: Actor) -> QuerySet[Matter]:
    """Drafts and returned matters the actor, or somebody stood in for, writes; the one last worked on first."""
    states = (MatterState.DRAFT, MatterState.RETURNED)
    rows = Matter.objects.filter(written_by_id__in=actor.people, state__in=states).order_by("-updated_at")
    return cast("QuerySet[Matter]", rows)


def matter_by_id(key: UUID) -> Matter | None:
    """A matter by its key, for rooms that have asked `may` of what points to it."""
    return with_parts(Matter.objects.filter(pk=key)).first()


def case_of(matter: Matter) -> Case | None:
    """The matter's newest case."""
    return casework.case_of(matter.subject, matter.pk)


def facts_for_readers(matter: Matter) -> Facts:
    """The matter's facts with those who treat its case or are heard on it."""
    case = case_of(matter)
    if case is None:
        return matter.facts()
    treated = casework.case_facts(case)
    return replace(matter.facts(), holders=treated.holders, invited=treated.invited)


def get_matter(actor: Actor, key: UUID) -> Matter:
    """One matter. Raises NotFound when there is none that the actor may read."""
    matter = matter_by_id(key)
    if matter is None or not may(actor, Act.CASE_READ, facts_for_readers(matter)):
        raise NotFound
    return matter


def matters_of(cases: Iterable[Case]) -> dict[UUID, Matter]:
    """The matters that the cases are about, by the matter's key; cases about other things have none."""
    keys = [case.subject_id for case in cases if is_matter(case.subject_kind)]
    return {row.pk: row for row in with_parts(Matter.objects.filter(pk__in=keys))} if keys else {}


def values_of(matter: Matter) -> MatterValues:
    """The matter as its writer's values."""
    return MatterValues(
        path=matter.path,
        title=matter.title,
        background=matter.background,
        question=matter.question,
        requested_by=matter.requested_by,
        requested_on=matter.requested_on,
        clause=matter.clause,
        goals=tuple(matter.goals),
        organisations=tuple(row.organisation_id for row in matter.participants.all()),
        unit=matter.unit_id,
        answers=dict(matter.answers),
    )


def attachments_of(actor: Actor, matter: Matter) -> list[Document]:
    """The files of a matter that the actor may read, oldest first; an exempt one only for those with the right."""
    facts = facts_for_readers(matter)
    return [row for row in files_of(matter) if may(actor, Act.CASE_READ, row.facts(facts))]


def files_of(matter: Matter) -> list[Document]:
    """All the matter's files, for verbs that have asked `may`."""
    return list(Document.objects.filter(owner_kind=OWNER, owner_id=matter.pk).order_by("created_at"))


def answers_of(matter: Matter, day: date) -> list[tuple[str, str]]:
    """The answers to the path's questions, as (question, answer), in the path's order; those that are given."""
    case = case_of(matter)
    model = governance.typed(case.model_version) if case else governance.current_model(day)
    path = model.path(matter.path) if model else None
    return [
        (str(question.name), matter.answers[question.key])
        for question in (path.questions if path else ())
        if matter.answers.get(question.key)
    ]
