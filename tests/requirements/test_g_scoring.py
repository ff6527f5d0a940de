"""Scoring and the yearly plan with the shipped models: the weights and directions they come with, and what follows."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from samstyr.foundation.access import Act, may
from samstyr.foundation.governance import bundles
from samstyr.foundation.governance.rules.loading import load_text
from samstyr.foundation.kernel.errors import Refused
from samstyr.wheel.portfolio import actions, queries
from samstyr.wheel.portfolio.rules.lines import by_year
from samstyr.wheel.prioritisation.rules.scoring import Sheet, percent, total
from samstyr.wheel.scenarios.rules.values import CandidateValues, CostRow, StaffRow

from .places import place


def stage(at: int) -> tuple[Any, Sheet]:
    """A stage of the model that comes along, and its sheet."""
    text = (Path(bundles.__path__[0]) / "gjovik.yaml").read_text(encoding="utf-8")
    found = load_text(text).require().criteria[at]
    return found, Sheet.from_json(found.model_dump(mode="json"))


def scored(sheet: Sheet, better: str, worse: str) -> dict[str, str]:
    """Every question on the level that is best for it, or worst."""
    return {question.key: better if question.positive else worse for question in sheet.questions}


def test_g_105_to_g_108_the_coarse_stage_weighs_40_30_15_15_and_all_count_upwards() -> None:
    found, sheet = stage(0)
    assert list(sheet.weights.values()) == [40, 30, 15, 15]
    assert found.mandatory
    assert all(question.positive for question in sheet.questions)
    assert [level.number for level in sheet.scale] == [1, 2, 3]


def test_g_110_to_g_115_the_second_stage_weighs_10_40_25_25_with_cost_redesign_and_risk_against() -> None:
    found, sheet = stage(1)
    assert list(sheet.weights.values()) == [10, 40, 25, 25]
    assert not found.mandatory
    against = {question.key for question in sheet.questions if not question.positive}
    assert against == {"kostnad", "gjennomforing.redesign", "risiko"}
    per = [sum(question.criterion == key for question in sheet.questions) for key in sheet.weights]
    assert per == [1, 2, 3, 1]


@pytest.mark.parametrize("at", [0, 1])
def test_g_103_i_08_the_best_is_the_scales_top_and_the_worst_its_bottom(at: int) -> None:
    _found, sheet = stage(at)
    best, worst = total(sheet, scored(sheet, "hoy", "lav")), total(sheet, scored(sheet, "lav", "hoy"))
    assert (best.value, worst.value) == (3, 1)
    assert (percent(sheet, best), percent(sheet, worst)) == (10_000, 0)


def test_g_104_i_09_three_of_four_coarse_scores_give_no_total() -> None:
    _found, sheet = stage(0)
    levels = scored(sheet, "hoy", "lav")
    levels.pop("eier")
    short = total(sheet, levels)
    assert (short.value, short.missing) == (None, ("eier",))


def test_g_31_a_temporary_need_of_people_and_money_stands_apart_from_the_running_cost() -> None:
    running = CostRow(1, "operating", "enhet", 200_000, continues=True)
    start = CostRow(0, "operating", "enhet", 600_000, continues=False)
    people = (StaffRow("prosjektleder", 0, 800, False), StaffRow("forvalter", 1, 100, True))
    values = CandidateValues("Digital byggesak", costs=(start, running), staff=people)
    assert [(row.offset, row.amount) for row in values.costs if not row.continues] == [(0, 600_000)]
    assert [(row.role, row.hours) for row in values.staff if row.continues] == [("forvalter", 100)]


def test_b_35_effort_stands_year_by_year_beside_the_cost(db: None) -> None:
    with place("gjovik", (30_000,)) as made:
        day = date(2019, 2, 1)
        line = made.line("Byggesak", {2020: 5, 2021: 6}, source="enhet", effort={"2020": 300, "2021": 80})
        version = made.draft("digitaliseringsleder", day, 2020, line)
        (row,) = queries.lines_of(version)
        assert row.effort == {"2020": 300, "2021": 80}
        assert by_year([queries.plain(row)], queries.years_of(version.plan)) == {2020: 5, 2021: 6, 2022: 0, 2023: 0}


def test_d_25_the_committee_reads_the_portfolio_and_cannot_write_it(db: None) -> None:
    with place("ks-du") as made:
        day = date(2021, 5, 1)
        version = made.draft("sekretariat", day, 2022, made.line("Fiks", {}))
        member = made.actor("du_medlem", day)
        assert [plan.pk for plan in queries.visible_to(member)] == [version.plan_id]
        assert not may(member, Act.PLAN_EDIT, queries.plan_facts())
        (row,) = queries.lines_of(version)
        with pytest.raises(Refused):
            actions.remove_line(actor=member, now=made.by("du_medlem", day)["now"], line_id=row.pk, version=None)


def test_a_06_projects_live_in_the_yearly_plan_that_follows_the_economy_plan(db: None) -> None:
    with place("aurskog-holand", (15_000, 700)) as made:
        day = date(2018, 3, 1)
        version = made.draft("digitaliseringssjef", day, 2019, made.line("Arkiv", {2019: 1}, source="linje"))
        assert list(queries.years_of(version.plan)) == [2019, 2020, 2021, 2022]
        assert made.model.plan is not None
        assert made.model.plan.first_year_after == 1
        (row,) = queries.lines_of(version)
        assert replace(queries.plain(row), key=UUID(int=0)).title == "Arkiv"
