"""Rows without JavaScript, amounts in two units, points, and the grid of limits."""

from __future__ import annotations

from uuid import UUID, uuid4

import pytest
from django import forms
from django.http import QueryDict

from samstyr.foundation.kernel.errors import FieldError
from samstyr.web.scenarios.fields import AmountField, PointsField, converted, points
from samstyr.web.scenarios.forms import Choices, CostForm, LinkForm
from samstyr.web.scenarios.rows import MOST_ROWS, Rows
from samstyr.web.scenarios.scenario_forms import LimitGrid, NewScenarioForm, Row
from samstyr.wheel.scenarios.rules.values import LimitValues

NONE = Choices()
COSTS = {"telling": ("amount",), "unit": "tkr", "choices": NONE}


def sent(**values: object) -> QueryDict:
    data = QueryDict(mutable=True)
    for name, value in values.items():
        data[name.replace("__", "-")] = str(value)
    return data


class TestFields:
    @pytest.mark.parametrize(
        ("text", "unit", "amount"),
        [("1 250", "tkr", 1_250_000), ("1250,5", "tkr", 1_250_500), ("1 250 000", "kr", 1_250_000), ("", "kr", None)],
    )
    def test_amounts_are_read_in_their_unit(self, text: str, unit: str, amount: int | None) -> None:
        assert AmountField(unit=unit).clean(text) == amount

    @pytest.mark.parametrize(
        ("text", "unit"), [("mye", "kr"), ("1,5", "kr"), ("-5", "kr"), ("1.250", "tkr"), ("9" * 20, "kr")]
    )
    def test_what_is_no_amount_is_told(self, text: str, unit: str) -> None:
        with pytest.raises(forms.ValidationError):
            AmountField(unit=unit).clean(text)

    def test_an_amount_changes_unit_without_changing_size(self) -> None:
        assert converted("1 250,5", "tkr", "kr").replace("\xa0", " ") == "1 250 500"
        assert converted("1 250 500", "kr", "tkr").replace("\xa0", " ") == "1 250,5"
        assert converted("mye", "tkr", "kr") == "mye"

    @pytest.mark.parametrize(
        ("text", "hundredths"), [("62,5", 6_250), ("0", 0), ("100", 10_000), ("7.25", 725), ("", None)]
    )
    def test_points_are_hundredths(self, text: str, hundredths: int | None) -> None:
        assert PointsField().clean(text) == hundredths
        if hundredths:
            assert PointsField().clean(points(hundredths)) == hundredths

    @pytest.mark.parametrize("text", ["101", "-1", "1,234", "1e2", "NaN", "²", "1,2,3"])
    def test_points_beyond_the_scale_are_told(self, text: str) -> None:
        with pytest.raises(forms.ValidationError):
            PointsField().clean(text)


class TestRows:
    def test_a_row_is_added_and_what_was_typed_stays(self) -> None:
        data = sent(costs__rows=1, costs__0__amount="mye", costs__0__kind="operating")
        rows = Rows.shown_again("costs", CostForm, data, verb="add-costs", **COSTS)
        assert [row["amount"].value() for row in rows] == ["mye", None]
        assert all(not row.is_bound for row in rows)

    def test_a_row_is_taken_away(self) -> None:
        data = sent(costs__rows=3, costs__0__amount="1", costs__1__amount="2", costs__2__amount="3")
        rows = Rows.shown_again("costs", CostForm, data, verb="remove-costs-1", **COSTS)
        assert [row["amount"].value() for row in rows] == ["1", "3"]

    def test_blank_rows_are_passed_over(self) -> None:
        data = sent(costs__rows=2, costs__0__kind="operating", costs__1__kind="operating", costs__1__amount="5")
        rows = Rows("costs", CostForm, data=data, **COSTS)
        assert rows.is_valid()
        assert [row["amount"] for row in rows.values()] == [5_000]

    def test_a_fault_stands_at_its_cell(self) -> None:
        data = sent(costs__rows=2, costs__0__kind="operating", costs__1__kind="tull", costs__1__amount="5")
        rows = Rows("costs", CostForm, data=data, **COSTS)
        assert not rows.is_valid()
        assert "kind" in rows.forms[1].errors
        assert rows.add_fault(0, "amount", "For mye.")
        assert rows.forms[1].errors["amount"] == ["For mye."]
        assert not rows.add_fault(7, "amount", "Ingen slik rad.")

    @pytest.mark.parametrize("count", ["", "-1", "mange", "99999999999", "²"])
    def test_the_number_of_rows_is_never_believed(self, count: str) -> None:
        rows = Rows("costs", CostForm, data=sent(costs__rows=count), **COSTS)
        assert len(rows) <= MOST_ROWS

    def test_a_link_names_a_candidate_by_number_or_a_group(self) -> None:
        key = uuid4()
        choices = Choices(numbers={7: key})
        right = LinkForm(sent(kind="needs", other="7"), choices=choices)
        assert right.is_valid()
        assert right.cleaned_data["other"] == key
        assert "other" in LinkForm(sent(kind="needs", other="8"), choices=choices).errors
        assert "other" in LinkForm(sent(kind="excludes"), choices=choices).errors
        assert "group" in LinkForm(sent(kind="one_of"), choices=choices).errors
        assert LinkForm(sent(kind="one_of", group="Vaktplan"), choices=choices).is_valid()


class TestGrid:
    years = (2026, 2027)

    def grid(self, **cells: object) -> LimitGrid:
        data = sent(rows=2, row__0__measure="money", row__1__measure="hours", row__1__role="Prosjektleder", **cells)
        return LimitGrid.sent(data, self.years, NONE, "tkr")

    def test_cells_become_limits_in_whole_kroner_and_hours(self) -> None:
        limits = self.grid(cell__0__2026="1 250", cell__0__all="2 000", cell__1__2027="80").limits()
        assert [values for _place, values in limits] == [
            LimitValues(measure="money", amount=1_250_000, year=2026),
            LimitValues(measure="money", amount=2_000_000),
            LimitValues(measure="hours", amount=80, year=2027, role="Prosjektleder"),
        ]

    def test_a_cell_that_is_no_number_is_named(self) -> None:
        grid = self.grid(cell__0__2026="mye")
        assert grid.limits() == []
        assert list(grid.faults) == [(0, "2026")]

    def test_a_fault_from_the_rules_finds_its_cell(self) -> None:
        grid = self.grid(cell__0__2026="1", cell__1__2027="2")
        order = [place for place, _values in grid.limits()]
        assert grid.place(FieldError("limits.1.amount", "For lite."), order)
        assert list(grid.faults) == [(1, "2027")]
        assert not grid.place(FieldError("limits", "Noe annet."), order)

    def test_rows_come_and_go(self) -> None:
        grid = self.grid(cell__0__2026="1", cell__1__2027="2")
        assert not grid.add(Row("money"))
        assert grid.add(Row("risk"))
        grid.remove(0)
        assert [row.measure for row in grid.rows] == ["hours", "risk"]
        assert grid.cells[0, "2027"] == "2"
        grid.remove(99)
        assert len(grid.rows) == 2

    def test_only_money_changes_unit(self) -> None:
        grid = self.grid(cell__0__2026="1,5", cell__1__2027="80")
        grid.to_unit("kr")
        assert grid.cells[0, "2026"].replace("\xa0", " ") == "1 500"
        assert grid.cells[1, "2027"] == "80"

    def test_an_unknown_measure_is_left_out(self) -> None:
        assert LimitGrid.sent(sent(rows=1, row__0__measure="tull"), self.years, NONE, "kr").rows == []


class TestNewScenario:
    def form(self, **values: object) -> NewScenarioForm:
        organisation = str(UUID(int=1))
        return NewScenarioForm(
            sent(**values), choices=Choices(organisations=[(organisation, "Her")]), scenarios=[("a", "Grunnlag")]
        )

    def test_an_empty_one_needs_its_years(self) -> None:
        assert set(self.form(name="Ny").errors) == {"first_year", "years"}
        assert self.form(name="Ny", first_year=2027, years=4).is_valid()

    def test_a_copy_needs_what_it_is_of(self) -> None:
        assert set(self.form(name="Ny", start="cut").errors) == {"copy_of"}
        assert set(self.form(name="Ny", start="leave", copy_of="a").errors) == {"leaves"}
        assert self.form(name="Ny", start="cut", copy_of="a").is_valid()
