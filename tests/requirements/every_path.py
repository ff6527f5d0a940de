"""Leads cases along every path of a model with the real engine, until each outcome of each step has been given once.

Everything is read from the model: nothing here knows a municipality, a body or a criterion.
"""

from __future__ import annotations

from collections import deque
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

from samstyr.foundation.access import Act, Actor
from samstyr.foundation.governance.rules.lint.graph import edges
from samstyr.foundation.governance.rules.paths import Path, Step
from samstyr.procedure.casework import actions as casework
from samstyr.procedure.casework import queries as cases
from samstyr.procedure.casework.models import BodyMeeting, Case, CaseState, CaseStep, StepState
from samstyr.procedure.casework.queries.standing import bound_by, first_meeting_after, standings_of
from samstyr.procedure.counsel import actions as counsel
from samstyr.procedure.counsel.rules import CounselValues
from samstyr.procedure.hearings import actions as hearings
from samstyr.procedure.hearings.actions.open_hearing import identity
from samstyr.procedure.hearings.models import Statement
from samstyr.procedure.hearings.queries import proposed_for
from samstyr.procedure.matters import actions as matters
from samstyr.procedure.matters import queries as matter_queries
from samstyr.procedure.matters.rules import MatterValues, is_matter
from samstyr.procedure.sources import actions as sources
from samstyr.procedure.sources.rules import SourceValues
from samstyr.wheel.strategy import actions as strategies
from samstyr.wheel.strategy.queries import case_of_version, content_of, in_force, open_version

from .places import Place, at

LONGEST = 80
Given = set[tuple[str, str]]


def fact_sets(path: Path) -> list[dict[str, Any]]:
    """Facts that make the path's conditions hold, each alone and all at once, and none of them."""
    leaves: list[Any] = []

    def gather(condition: Any) -> None:
        if condition is None:
            return
        if condition.fact:
            leaves.append(condition)
        for part in (*(condition.all or ()), *(condition.any or ()), *((condition.not_,) if condition.not_ else ())):
            gather(part)

    for step in path.steps:
        gather(step.when)
        for outcome in step.outcomes:
            for route in outcome.to if isinstance(outcome.to, tuple) else ():
                gather(route.when)
    sets = [{leaf.fact: _holding(leaf)} for leaf in leaves]
    together = {key: value for one in sets for key, value in one.items()}
    return [{}, *sets, together]


def _holding(leaf: Any) -> Any:
    value = leaf.value
    match leaf.op:
        case "ne":
            return "annet"
        case "lt":
            return value - 1
        case "gt":
            return value + 1
        case "in":
            return value[0]
        case _:
            return value


class Walk:
    """One path walked in one place, as often as it takes."""

    def __init__(self, place: Place, path: Path, day: date) -> None:
        self.place, self.path, self.day = place, path, day
        self.given: Given = set()
        self.wanted = {(step.key, outcome.key) for step in path.steps for outcome in step.outcomes}

    def by(self, actor: Actor) -> dict[str, Any]:
        return {"actor": actor, "now": at(self.day)}

    def cover(self) -> Given:
        """Walk until nothing new is given; what was never given."""
        for facts in fact_sets(self.path):
            before = None
            while before != self.given and self.wanted - self.given:
                before = set(self.given)
                self.once(facts)
        return self.wanted - self.given

    def once(self, facts: dict[str, Any]) -> None:
        """One case from its beginning to its end."""
        case = self.begin(facts)
        for _turn in range(LONGEST):
            self.day += timedelta(days=1)
            case = Case.objects.get(pk=case.pk)
            if case.state == CaseState.ENDED:
                assert not CaseStep.objects.filter(case=case, state=StepState.ACTIVE).exists()
                return
            if case.state == CaseState.PARKED:
                casework.resume(**self.by(self.system()), case_id=case.pk, version=case.version)
                continue
            row = CaseStep.objects.filter(case=case, state=StepState.ACTIVE).order_by("order").first()
            assert row is not None, f"{self.path.key}: an open case with nothing to do"
            standing = CaseStep.objects.filter(case=case, state=StepState.ACTIVE).values_list("step", flat=True)
            assert set(standing) == {row.step}, f"{self.path.key}: at several steps at once: {sorted(set(standing))}"
            if row.step == "_completion":
                self.complete(case)
            else:
                self.treat(cases.step_of(row.pk))
        raise AssertionError(f"{self.path.key}: no end after {LONGEST} turns, given {sorted(self.given)}")

    def system(self) -> Actor:
        role = next(role.key for role in self.place.model.roles)
        return self.place.actor(role, self.day).on_behalf("walk")

    def writer(self, act: Act = Act.CASE_CREATE) -> Actor:
        """Somebody who may raise a case, or do what else a case begins with, and has no step of the path."""
        acting = {step.actor.role for step in self.path.steps}
        able = [
            role
            for role in self.place.model.roles
            if any(right.act == act and right.reach in ("organisation", "tenant") for right in role.rights)
        ]
        assert able, f"nobody may do {act}"
        role = next((role for role in able if role.key not in acting), able[0])
        return self.place.actor(role.key, self.day, list(self.place.organisations)[-1])

    def begin(self, facts: dict[str, Any]) -> Case:
        organisations = [row.pk for row in self.place.organisations.values()]
        if self.path.subject == "strategy":
            return self.propose_strategy()
        if not is_matter(self.path.subject):
            return casework.open_case(
                **self.by(self.system()), subject_kind="rehearsal", subject_id=uuid4(), path=self.path.key,
                title="Prøve", facts=facts, organisations=organisations,
            )  # fmt: skip
        values = MatterValues(
            path=self.path.key, title="Prøve", background="Bakgrunn.", question="Spørsmål?",
            requested_by=str(self.path.requesters[0]) if self.path.requesters else "",
            requested_on=self.day if self.path.requesters else None, organisations=tuple(organisations),
            answers={item.key: str(item.choices[0]) if item.choices else "1" for item in self.path.questions},
        )  # fmt: skip
        writer = self.writer()
        matter = matters.create_draft(**self.by(writer), values=values)
        for kind in self.path.cites:
            given = SourceValues(kind, f"Kilde {kind}", "Organ", "1/26", self.day, availability="now")
            source = sources.add(**self.by(writer), values=given)
            sources.cite(
                **self.by(writer), source_id=source.pk, owner_kind="matter", owner_id=matter.pk,
                owner_facts=matter.facts(), act=Act.CASE_WRITE,
            )  # fmt: skip
        matters.send(**self.by(writer), matter_id=matter.pk, version=matter.version)
        case = matter_queries.case_of(matter)
        assert case is not None
        return case

    def propose_strategy(self) -> Case:
        """The draft at hand, or a new one, proposed: the only way in which a case about a strategy begins."""
        writer = self.by(self.writer(Act.STRATEGY_EDIT))
        row = open_version()
        if row is None:
            beginning = "model" if in_force(self.day) is None else "revise"
            row = strategies.open_draft(**writer, beginning=beginning, reason="Prøve.")
        content = content_of(row)
        if content.first_year is None:
            head = {"title": content.title or "Strategi", "first_year": self.day.year}
            row = strategies.save_head(**writer, version_id=row.pk, version=row.version, values=head)
        if not content.goals and not content.strategies:
            row = strategies.save_goal(
                **writer, version_id=row.pk, version=row.version, goal=None, parent=None, values={"text": "Et mål"}
            )
        row = strategies.propose(**writer, version_id=row.pk, version=row.version)
        case = case_of_version(row)
        assert case is not None
        return case

    def complete(self, case: Case) -> None:
        if self.path.subject == "strategy":
            self.propose_strategy()
        elif is_matter(self.path.subject):
            matter = matter_queries.matter_by_id(case.subject_id)
            assert matter is not None
            matters.send(**self.by(self.writer()), matter_id=matter.pk, version=matter.version)
        else:
            casework.resubmit(
                **self.by(self.system()), case_id=case.pk, title=case.title, facts=case.facts_given,
                organisations=[row.organisation_id for row in case.participants.all()],
            )  # fmt: skip

    def treat(self, row: CaseStep | None) -> None:
        assert row is not None
        step = self.path.step(row.step)
        outcome = self.choose(step)
        self.prepare(row, step)
        row = cases.step_of(row.pk)
        assert row is not None
        holder = cases.holders_of_step(row)[0]
        slot = next((key for key, one in self.place.organisations.items() if one.pk == holder.organisation), "")
        votes = [{"voter": key, "choice": outcome.key, "slot": key} for key in bound_by(row.case, outcome)]
        casework.treat(
            **self.by(self.place.actor(holder.role, self.day, slot)), case_step_id=row.pk, version=row.version,
            outcome=outcome.key, text="Tekst.", reason="Grunn.", conditions="Vilkår.",
            until=self.day + timedelta(days=30), decided_on=self.day if row.actor_body else None, votes=votes,
            checks={point.key: True for point in step.checklist},
        )  # fmt: skip
        self.given.add((step.key, outcome.key))

    def choose(self, step: Step) -> Any:
        """An outcome not given yet, else one that leads towards such a one, else one that ends."""
        left = self.wanted - self.given
        for outcome in step.outcomes:
            if (step.key, outcome.key) in left:
                return outcome
        open_steps = {key for key, _outcome in left}
        leads = {(edge.step.key, edge.to): edge.outcome for edge in edges(self.path) if edge.to}
        queue, seen = deque([(step.key, None)]), {step.key}
        while queue:
            key, first = queue.popleft()
            for (here, to), outcome in leads.items():
                if here != key or to in seen:
                    continue
                if to in open_steps:
                    return first or outcome
                seen.add(to)
                queue.append((to, first or outcome))
        ends = [item for item in step.outcomes if item.effect in ("end_positive", "reject", "advance", "escalate")]
        return ends[0] if ends else step.outcomes[0]

    def prepare(self, row: CaseStep, step: Step) -> None:
        """See to it that what the step requires is on record."""
        for item in standings_of(row, self.day):
            if item.met:
                continue
            requirement = next(one for one in step.requires if one.key == item.key)
            match requirement.kind:
                case "advice" | "consultation" | "discussion":
                    for party in item.missing:
                        values = CounselValues(requirement.kind, party, "Prøve", "Sagt.", self.day, case=row.case_id)
                        counsel.give(**self.by(self.system()), values=values)
                    self.day += timedelta(days=1)
                case "hearing":
                    self.hear(row)
                case "answers":
                    for statement in Statement.objects.filter(consultee__hearing__case=row.case, answers__isnull=True):
                        hearings.answer_statement(
                            **self.by(self.system()), statement_id=statement.pk, followed="partly", reason="Delvis."
                        )
                case "first_meeting":
                    self.meet(row, str(requirement.after))

    def hear(self, row: CaseStep) -> None:
        asked = [identity(item.body, org.pk if org else None) for item, org in proposed_for(row)]
        hearing = hearings.open_hearing(
            **self.by(self.system()), case_step_id=row.pk, consultees=asked, question="Hva mener dere?",
            deadline=self.day + timedelta(days=14),
        )  # fmt: skip
        for consultee in hearing.consultees.all():
            hearings.give_statement(
                **self.by(self.system()), consultee_id=consultee.pk, position="remarks", text="Merknad."
            )
        self.day += timedelta(days=15)
        hearings.close_hearing(**self.by(self.system()), hearing_id=hearing.pk)

    def meet(self, row: CaseStep, subject: str) -> None:
        """Go to the body's first meeting after the adoption, planned if need be."""
        if first_meeting_after(row.actor_body, subject) is None:
            casework.plan_meeting(**self.by(self.system()), body=row.actor_body, held_on=self.day + timedelta(days=7))
        first = first_meeting_after(row.actor_body, subject)
        assert first is not None, f"nothing of {subject} is adopted"
        if first < self.day:  # an earlier case was decided then: adopted anew, its first meeting is yet to come
            BodyMeeting.objects.filter(body=row.actor_body, held_on=first).update(cancelled=True)
            self.meet(row, subject)
            return
        self.day = first
