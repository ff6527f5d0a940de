"""Reading what cases serve, and which competence a body has."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from samstyr.foundation.access import Act, Actor, Verdict, may
from samstyr.foundation.governance import queries as governance
from samstyr.foundation.governance.rules.ledgers import Competence, TagSet, TagValue
from samstyr.foundation.organisations.models import Person
from samstyr.foundation.organisations.queries import seats_of
from samstyr.procedure.casework import queries as casework
from samstyr.procedure.casework.models import Case
from samstyr.procedure.matters.models import Matter
from samstyr.procedure.meetings.queries.access import manage_facts

from ..models import CaseTag, HeldCompetence, LedgerEntry
from ..rules import uncovered


def sets_on(day: date) -> tuple[TagSet, ...]:
    """The sets of tags of the model in force."""
    model = governance.current_model(day)
    return model.tags if model else ()


def set_on(key: str, day: date) -> TagSet | None:
    """The set by its key."""
    model = governance.current_model(day)
    return model.tag_set(key) if model else None


def may_tag(actor: Actor, case: Case, day: date) -> Verdict:
    """Whether the actor may say what the case serves: who administers it, and who serves a body whose tags they are."""
    verdict = may(actor, Act.CASE_ADMINISTER, casework.case_facts(case))
    for body in dict.fromkeys(one.body for one in sets_on(day) if one.body and one.concerns(case.subject_kind)):
        if verdict:
            break
        verdict = may(actor, Act.MEETING_MANAGE, manage_facts(body, day))
    return verdict


@dataclass(frozen=True)
class Carried:
    """A value that a case carries; `by_goal` when it follows from the goals of its matter."""

    value: TagValue
    by_goal: bool


@dataclass(frozen=True)
class SetOfCase:
    """A set with what the case carries of it; `lacking` when the model expects something and there is nothing."""

    tags: TagSet
    carried: tuple[Carried, ...]

    @property
    def lacking(self) -> bool:
        """Whether something is expected, and nothing is there."""
        return self.tags.expected and not self.carried


def tags_of(case: Case, day: date) -> list[SetOfCase]:
    """What the case serves, by set, for the sets that concern it; no question asked where the model has none."""
    sets = [one for one in sets_on(day) if one.concerns(case.subject_kind)]
    if not sets:
        return []
    stored = set(CaseTag.objects.filter(case=case).values_list("tag_set", "value"))
    goals = set(Matter.objects.filter(pk=case.subject_id).values_list("goals", flat=True).first() or ())
    found = []
    for one in sets:
        carried = [
            Carried(value, (one.key, value.key) not in stored)
            for value in one.values
            if (one.key, value.key) in stored or (value.goal and value.goal in goals)
        ]
        found.append(SetOfCase(one, tuple(carried)))
    return found


def stored_tags(case: Case) -> list[str]:
    """What has been set on the case by hand, as «set:value»."""
    return sorted(f"{one}:{value}" for one, value in CaseTag.objects.filter(case=case).values_list("tag_set", "value"))


@dataclass(frozen=True)
class ValueUse:
    """How many cases and ledger entries serve a value."""

    value: TagValue
    cases: frozenset[UUID]
    entries: int


@dataclass(frozen=True)
class SetUse:
    """A set with the use of each value, and the cases that carry none of it (D-05, D-10)."""

    tags: TagSet
    uses: tuple[ValueUse, ...]
    without: frozenset[UUID]

    @property
    def unserved(self) -> tuple[TagValue, ...]:
        """The values that no case serves, where the model expects each to be served."""
        return tuple(use.value for use in self.uses if not use.cases) if self.tags.expected else ()

    @property
    def most(self) -> int:
        """The number of cases of the value that has most."""
        return max((len(use.cases) for use in self.uses), default=0)


def uses(actor: Actor, day: date, only: str = "") -> list[SetUse]:
    """How the cases that the actor may read serve each set of tags, or the one set `only`."""
    sets = [one for one in sets_on(day) if only in ("", one.key)]
    if not sets:
        return []
    cases = list(casework.visible_to(actor).values_list("pk", "subject_kind", "subject_id"))
    stored: dict[tuple[str, str], set[UUID]] = {}
    for case, tag_set, value in CaseTag.objects.values_list("case_id", "tag_set", "value"):
        stored.setdefault((tag_set, value), set()).add(case)
    goals: dict[UUID, list[str]] = dict(Matter.objects.values_list("pk", "goals"))
    entries = list(LedgerEntry.objects.values_list("tags", flat=True))
    found = []
    for one in sets:
        concerned = {key: subject for key, kind, subject in cases if one.concerns(kind)}
        rows = []
        for value in one.values:
            tagged = stored.get((one.key, value.key), set()) & concerned.keys()
            by_goal = {key for key, subject in concerned.items() if value.goal and value.goal in goals.get(subject, ())}
            number = sum(f"{one.key}:{value.key}" in tags for tags in entries)
            rows.append(ValueUse(value, frozenset(tagged | by_goal), number))
        served = frozenset().union(*(row.cases for row in rows))
        found.append(SetUse(one, tuple(rows), frozenset(concerned.keys() - served)))
    return found


def cases_with(actor: Actor, day: date, tag: str) -> frozenset[UUID] | None:
    """The cases that carry «set:value»; with «set:» those that carry nothing of the set. None for what is no tag."""
    key, _, value = tag.partition(":")
    use = next(iter(uses(actor, day, only=key)), None) if key else None
    if use is None:
        return None
    if not value:
        return use.without
    return next((row.cases for row in use.uses if row.value.key == value), None)


@dataclass(frozen=True)
class Member:
    """Somebody who sits in a body, with the competences they have."""

    person: Person
    held: tuple[str, ...]


@dataclass(frozen=True)
class BodyCompetence:
    """What a body needs to know between its members, who knows what, and what nobody knows (D-37)."""

    needed: tuple[Competence, ...]
    members: tuple[Member, ...]
    uncovered: tuple[Competence, ...]

    def holders(self, key: str) -> list[Person]:
        """Those who have the competence."""
        return [one.person for one in self.members if key in one.held]


def competence_of(body: str, day: date) -> BodyCompetence:
    """The body's needed and held competence on the day; empty where the model needs none."""
    model = governance.current_model(day)
    needed = tuple(one for one in (model.competences if model else ()) if one.body == body)
    if not needed:
        return BodyCompetence((), (), ())
    people = {person.pk: person for _seat, person in seats_of(body, on=day) if person is not None}
    held: dict[UUID, list[str]] = {key: [] for key in people}
    for person, key in HeldCompetence.objects.filter(body=body, person__in=people).values_list(
        "person_id", "competence"
    ):
        held[person].append(key)
    missing = set(uncovered((one.key for one in needed), held))
    members = sorted((Member(people[key], tuple(keys)) for key, keys in held.items()), key=lambda one: one.person.name)
    return BodyCompetence(needed, tuple(members), tuple(one for one in needed if one.key in missing))


def bodies_with_competence(day: date) -> list[tuple[str, str]]:
    """The bodies that the model asks competence of, by key and name."""
    model = governance.current_model(day)
    keys = dict.fromkeys(one.body for one in model.competences) if model else {}
    return [(key, str(body.name)) for key in keys if model and (body := model.body(key))]


def may_note_competence(actor: Actor, body: str, day: date) -> Verdict:
    """Whether the actor may note what members know: who serves the body."""
    return may(actor, Act.MEETING_MANAGE, manage_facts(body, day))
