"""A need that the forum takes in becomes a line of the coming plan's draft."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

import pytest

from samstyr.procedure.casework.events import CaseEnded
from samstyr.wheel.handovers.decision_to_plan import need_into_plan
from samstyr.wheel.needs.tests.factories import NOW
from samstyr.wheel.needs.tests.factories import World as Needs
from samstyr.wheel.needs.tests.factories import world as needs_world
from samstyr.wheel.portfolio import queries
from samstyr.wheel.portfolio.models import PlanVersion


@pytest.fixture
def made(db: None) -> Iterator[Needs]:
    """Two municipalities with needs and a plan in their model."""
    with needs_world() as ready:
        yield ready


def ended(need: UUID, effect: str = "end_positive", kind: str = "need") -> CaseEnded:
    return CaseEnded(
        case_id=UUID(int=1),
        subject_kind=kind,
        subject_id=need,
        path="behov",
        outcome="inn",
        effect=effect,
        treatment_id=None,
    )


def test_costs_are_spread_from_the_wanted_year_and_the_need_is_traced(made: Needs) -> None:
    """B-34, B-35: the investment once, the operating cost each year from then."""
    need = made.draft()
    need_into_plan(ended(need.pk), actor=made.actor("sekretaer"), now=NOW)
    version = PlanVersion.objects.get()
    assert (version.state, version.plan.first_year) == ("draft", 2027)
    (row,) = queries.lines_of(version)
    line = queries.plain(row)
    assert {(cost.year, cost.kind): cost.amount for cost in line.costs} == {
        (2027, "investment"): 900_000,
        **{(year, "operating"): 240_000 for year in range(2027, 2031)},
    }
    assert [trace.version for trace in queries.traces_of_need(need.pk)] == [version]


@pytest.mark.parametrize(("effect", "kind"), [("reject", "need"), ("defer", "need"), ("end_positive", "plan")])
def test_other_ends_put_nothing_in_the_plan(made: Needs, effect: str, kind: str) -> None:
    need_into_plan(ended(made.draft().pk, effect, kind), actor=made.actor("sekretaer"), now=NOW)
    assert not PlanVersion.objects.exists()


def test_a_second_need_joins_the_same_draft(made: Needs) -> None:
    for title in ("Første", "Andre"):
        need_into_plan(ended(made.draft(title=title).pk), actor=made.actor("sekretaer"), now=NOW)
    assert [row.title for row in queries.lines_of(PlanVersion.objects.get())] == ["Første", "Andre"]
