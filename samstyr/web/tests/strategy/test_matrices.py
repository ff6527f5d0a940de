"""Coverage as the document has it, and what the pages show of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from io import BytesIO
from typing import Any
from zoneinfo import ZoneInfo

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse

from samstyr.foundation.kernel import clock
from samstyr.foundation.organisations.tests.factories import log_in
from samstyr.foundation.tenancy.models import Tenant
from samstyr.foundation.tenancy.scope import require_tenant_id
from samstyr.wheel.strategy.queries import content_on
from samstyr.wheel.strategy.rules import matrix as rules
from samstyr.wheel.strategy.rules.matrix import Sign, Supported
from tests.requirements.places import Place, place

DAY = date(2015, 6, 1)


@pytest.fixture
def made(db: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[Place]:
    monkeypatch.setattr(clock, "now", lambda: datetime(2015, 6, 1, 10, tzinfo=ZoneInfo("Europe/Oslo")))
    with place("bronnoy") as ready:
        yield ready


def browser(made: Place, role: str = "it_leder") -> Client:
    made.actor(role, DAY)
    return log_in(Client(), next(person for name, person in made.people.items() if name.startswith(f"{role}:")))


def page(name: str, *keys: object) -> str:
    return reverse(name, args=[Tenant.objects.get(pk=require_tenant_id()).slug, *keys])


def test_n_041_n_042_the_matrix_has_38_of_64_cells_and_none_is_confirmed(made: Place) -> None:
    found = rules.areas(content_on(DAY))
    assert (len(found.rows), len(found.columns), len(found.cells)) == (4, 16, 38)
    assert list(found.row_totals.values()) == [8, 10, 10, 10]
    assert all(cell.sign is Sign.UNREAD for cell in found.cells.values())


def test_n_043_every_area_takes_part_somewhere_and_one_that_does_not_is_a_hole(made: Place) -> None:
    content = content_on(DAY)
    assert rules.areas(content).empty_columns == []
    cut = content.model_copy(
        update={
            "focus_areas": tuple(
                item.model_copy(update={"cells": tuple(cell for cell in item.cells if cell.area != "vo6")})
                for item in content.focus_areas
            )
        }
    )
    assert [head.key for head in rules.areas(cut).empty_columns] == ["vo6"]


def test_n_044_a_confirmed_cell_without_a_quote_is_weak(made: Place) -> None:
    content = content_on(DAY)
    first = content.focus_areas[0]
    cells = (
        first.cells[0].model_copy(update={"confirmed": True}),
        first.cells[1].model_copy(
            update={"confirmed": True, "quote": first.cells[0].quote or content.focus_areas[0].name}
        ),
        *first.cells[2:],
    )
    changed = content.model_copy(
        update={"focus_areas": (first.model_copy(update={"cells": cells}), *content.focus_areas[1:])}
    )
    signs = [rules.areas(changed).cells[(first.key, cell.area)].sign for cell in cells[:3]]
    assert signs == [Sign.WEAK, Sign.FULL, Sign.UNREAD]


def test_n_097_to_n_104_directions_by_focus_area_total_5_5_8_7(made: Place) -> None:
    found = rules.directions_by_focus(content_on(DAY))
    assert len(found.rows) == 8
    assert list(found.column_totals.values()) == [5, 5, 8, 7]


def test_n_031_a_guideline_that_no_goal_follows_is_a_hole(made: Place) -> None:
    found = rules.guidelines_by_goal(content_on(DAY))
    assert [head.key for head in found.empty_rows] == ["foring2"]


def test_a_71_goals_are_ranked_by_what_supports_them_and_what_serves_one_serves_the_one_above(made: Place) -> None:
    content = content_on(DAY)
    measures = [
        Supported("a", "A", ("g1-1",), 100), Supported("b", "B", ("g1-1", "g1-2"), 50), Supported("c", "C", ("g2-1",), 900),
    ]  # fmt: skip
    found = {row.head.key: (row.measures, row.amount) for row in rules.ranked_goals(content, measures)}
    assert (found["g1-1"], found["g1-2"], found["so1"]) == ((2, 150), (1, 50), (2, 150))
    assert rules.ranked_goals(content, measures)[0].head.key in ("so1", "g1-1")


@pytest.mark.parametrize("kind", ["omrader", "maal-og-satsing", "retninger", "foringer"])
def test_each_matrix_is_shown_with_its_list_and_its_sums(made: Place, kind: str) -> None:
    client = browser(made)
    shown = client.get(page("strategy-matrix", kind)).content.decode()
    assert "Det samme som liste" in shown
    assert shown.count('id="celle-') == shown.count('href="#celle-') > 0


def test_the_holes_stand_on_top_and_the_index_counts_them(made: Place) -> None:
    client = browser(made)
    assert "Hull" in client.get(page("strategy-matrix", "foringer")).content.decode()
    index = client.get(page("strategy-matrices")).content.decode()
    assert "38 celler er ikke bekreftet" in index
    assert client.get(page("strategy-matrix", "finnes-ikke")).status_code == 404
    empty = client.get(page("strategy-matrix", "maal-og-tiltak")).content.decode()
    assert "Ingenting å vise ennå" in empty


def test_goals_and_the_measures_of_the_adopted_plan_with_their_money(made: Place) -> None:
    draft = made.draft(
        "it_leder",
        DAY,
        2016,
        made.line(
            "Ny sentral", {2016: 400_000, 2017: 100_000}, source="drift", goals=("g1-1",), focus_area="f1", kind="drift"
        ),
    )
    made.adopt(draft)
    shown = browser(made).get(page("strategy-matrix", "maal-og-tiltak")).content.decode().replace("\xa0", " ")
    assert page("plan-version-detail", draft.pk) in shown
    assert ">500<" in shown


def test_the_matrix_is_taken_home_with_its_sums(made: Place) -> None:
    response: Any = browser(made).get(page("strategy-matrix-export", "omrader", "xlsx"))
    body = b"".join(response) if response.streaming else response.content
    sheet = openpyxl.load_workbook(BytesIO(body)).active
    assert sheet is not None
    rows = list(sheet.iter_rows(values_only=True))
    assert rows[-1][-1] == 38


def test_n_021_twice_as_many_by_2040_with_and_without_ten_per_cent(made: Place) -> None:
    """W7.5: factor 2, technology spares a tenth."""
    client = browser(made)
    assert client.get(page("strategy-outlook")).status_code == 200
    shown = (
        client.get(page("strategy-outlook") + "?fram=eldre&arsverk=412,5&teknologi=10")
        .content.decode()
        .replace("\xa0", " ")
    )
    assert "825" in shown
    assert "82,5" in shown
    assert "742,5" in shown
    assert (
        "Dette er ikke et tall"
        in client.get(page("strategy-outlook") + "?fram=eldre&arsverk=mange&teknologi=10").content.decode()
    )


def test_g_46_what_a_goal_about_innovation_weighs_in_each_stage(db: None) -> None:
    """F-G5: 15 per cent in the first stage, nothing in the second."""
    with place("gjovik") as ready:
        found = rules.goals_by_criterion(ready.model.strategy, ready.model.criteria)
        assert [head.key for head in found.rows] == ["s5"]
        assert "15 %" in found.cells["s5", "grov"].text
        assert [head.key for head in found.empty_columns] == ["fin"]


def test_a_19_a_20_other_bodies_fields_with_their_goals_and_money(db: None) -> None:
    with place("aurskog-holand") as ready:
        content = ready.model.strategy
        rows = rules.tags_in_use(content, [])
        assert len(rows) >= 9
        assert len(rules.goals_by_tag(content).rows) == len(rows)
