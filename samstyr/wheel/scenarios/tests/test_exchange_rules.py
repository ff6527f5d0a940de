"""The three-way comparison over made-up portfolios: what nobody edits does not change, and edits are found exactly."""

from __future__ import annotations

import random
from dataclasses import replace
from typing import Any
from uuid import UUID, uuid5

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samstyr.foundation.kernel.errors import Invalid
from samstyr.foundation.kernel.text import say
from samstyr.foundation.tables.filling import FillColumn, FillSheet, fillable
from samstyr.foundation.tables.reading import read_sheets
from samstyr.wheel.scenarios.rules.exchange.cells import names_of
from samstyr.wheel.scenarios.rules.exchange.columns import COLUMNS, SHEETS, words_in
from samstyr.wheel.scenarios.rules.exchange.flat import baseline_of, changed, flat_of, name_of, sealed
from samstyr.wheel.scenarios.rules.exchange.judging import MINE, SYSTEM, Against, Present, Standing, finals, judged
from samstyr.wheel.scenarios.rules.exchange.merging import Change, merged, settled
from samstyr.wheel.scenarios.rules.exchange.reading import Around, Plain, read_portfolio
from samstyr.wheel.scenarios.rules.exchange.writing import Writer, lists_of
from samstyr.wheel.scenarios.rules.values import CandidateValues, CostRow, Known, LinkRow, StaffRow

SPACE = UUID(int=7)
KEYS = [uuid5(SPACE, str(number)) for number in range(12)]
ORGANISATIONS = {UUID(int=1): "Fjordvik", UUID(int=2): "Skogheim"}
AREAS = {UUID(int=11): "Helse", UUID(int=12): "Skole", UUID(int=13): "Skole"}
KNOWN = Known(
    areas=AREAS, focus_areas={"a": "Digitalt førstevalg", "b": "Samling"}, organisations=ORGANISATIONS,
    cost_keys={"per_capita": "Etter folketall"}, sources={"loan": "Lån", "grant": "Tilskudd"}, kinds=("fagsystem",),
    roles=("Prosjektleder",), numbers={number + 1: key for number, key in enumerate(KEYS)},
)  # fmt: skip
WORDS, NAMES = words_in(lambda source: [source]), names_of(KNOWN)
# What people write, formulas and line breaks and what only looks like markup among it.
TEXTS = st.one_of(
    st.sampled_from(["=1+1", "+47 900 00 000", "-", "@alle", "#grunn", "_x0041_", "en\nto", "<b>ø</b>", "'sitat", "007", "1e5"]),
    st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=160),
)  # fmt: skip
AMOUNTS = st.integers(0, 10**11)


@st.composite
def values(draw: Any, at: int, count: int) -> CandidateValues:
    """A candidate that the rules have nothing against."""
    earliest = draw(st.none() | st.integers(2020, 2040))
    costs = draw(st.dictionaries(st.tuples(st.sampled_from(["investment", "operating"]), st.sampled_from(["", "loan", "grant"]), st.integers(0, 19)), st.tuples(AMOUNTS, st.booleans()), max_size=4))  # fmt: skip
    staff = draw(st.dictionaries(st.tuples(st.sampled_from(["Prosjektleder", "=Arkivar"]), st.integers(0, 19)), st.tuples(st.integers(0, 9_000), st.booleans()), max_size=2))  # fmt: skip
    others = draw(st.sets(st.integers(at + 1, count - 1), max_size=2)) if at + 1 < count else set()
    links = [LinkRow("needs", KEYS[other]) for other in sorted(others)]
    links += [LinkRow("one_of", None, group) for group in draw(st.sets(st.sampled_from(["Post", "-Kart"]), max_size=1))]
    return CandidateValues(
        title=f"Tiltak {at} {draw(TEXTS)}"[:200],
        area=draw(st.none() | st.sampled_from(list(AREAS))),
        focus_area=draw(st.sampled_from(["", "a", "b"])),
        kind=draw(st.sampled_from(["", "fagsystem", "@annet"])),
        owner=draw(TEXTS),
        description=draw(TEXTS),
        value=draw(st.integers(0, 10_000)),
        value_reason=draw(TEXTS),
        risk=draw(st.integers(0, 100)),
        earliest=earliest,
        latest=draw(st.none() | st.integers(earliest or 2020, 2050)),
        duration=draw(st.integers(1, 20)),
        cost_key=draw(st.sampled_from(["", "per_capita"])),
        goals=("g1",),
        own_shares={"x": 1},
        organisations=tuple(draw(st.sets(st.sampled_from(list(ORGANISATIONS)), min_size=1))),
        costs=tuple(CostRow(key[2], key[0], key[1], *figure) for key, figure in costs.items()),
        staff=tuple(StaffRow(*key, *figure) for key, figure in staff.items()),
        links=tuple(links),
    )


@st.composite
def portfolios(draw: Any) -> dict[UUID, Present]:
    """A few candidates, some of them taken out."""
    count = draw(st.integers(1, 4))
    return {
        KEYS[at]: Present(at + 1, draw(st.integers(1, 9)), draw(values(at, count)), draw(st.sampled_from(["", "For dyrt"])))
        for at in range(count)
    }  # fmt: skip


def sheets_of(present: dict[UUID, Present], unit: int = 1) -> dict[str, tuple[list[str], list[list[Any]]]]:
    """The sheets as the workbook gets them: headings and rows."""
    writer = Writer(present, NAMES, {}, unit)
    rows = {
        "candidates": writer.candidates(), "costs": writer.costs(), "staff": writer.staff(), "links": writer.links(),
    }  # fmt: skip
    out = "thousands" if unit == 1 else "amount"
    return {
        sheet: ([column.heading for column in columns if column.name != out], [list(row) for row in rows[sheet]])
        for sheet, columns in COLUMNS.items()
    }


def against(present: dict[UUID, Present], base: dict[UUID, Present] | None = None) -> Against:
    """Judged against these; `base` is how they stood."""
    kept = None if base is None else {key: baseline_of(flat_of(one.values, one.dropped)) for key, one in base.items()}
    return Against(present, KNOWN, SPACE, kept)


def read(sheets: dict[str, tuple[list[str], list[list[Any]]]], against_: Against) -> list[Any]:
    """What the sheets would do."""
    plain = {name: Plain(header, list(enumerate(rows, start=2))) for name, (header, rows) in sheets.items()}
    around = Around(WORDS, NAMES, {one.number: key for key, one in against_.present.items()})
    return judged(read_portfolio(plain, around), against_)


def at(sheet: str, name: str, unit: int = 1) -> int:
    """Which column it is."""
    out = "thousands" if unit == 1 else "amount"
    return [column.name for column in COLUMNS[sheet] if column.name != out].index(name)


class TestRoundTrip:
    @given(portfolios(), st.sampled_from([1, 1000]), st.randoms())
    @settings(max_examples=60, deadline=None)
    def test_through_a_real_workbook_nothing_changes_whatever_the_order_of_the_rows(
        self, present: dict[UUID, Present], unit: int, rng: random.Random
    ) -> None:
        sheets = sheets_of(present, unit)
        for _header, rows in sheets.values():
            rng.shuffle(rows)
        laid = [
            FillSheet(SHEETS[name], [FillColumn(text) for text in header], rows) for name, (header, rows) in sheets.items()
        ]  # fmt: skip
        tables = read_sheets(fillable(laid, lists_of(KNOWN, NAMES), "valg"), "x.xlsx", lambda name: name != "valg")
        by_name = {word: name for name, word in SHEETS.items()}
        back = {by_name[name]: (list(table.header), [row for _n, row in table.rows]) for name, table in tables.items()}
        judge = against(present, present)
        seen = read(back, judge)
        assert [row.faults for row in seen] == [()] * len(present)
        assert {row.standing for row in seen} == {Standing.SAME}
        assert finals(seen, judge, {}) == []

    @given(portfolios(), st.data())
    @settings(max_examples=60, deadline=None)
    def test_edits_give_exactly_these_changes(self, present: dict[UUID, Present], data: Any) -> None:
        sheets = sheets_of(present)
        wanted: dict[UUID, dict[str, str]] = {}
        for row in data.draw(st.permutations(sheets["candidates"][1])):
            key = present_key(present, row[0])
            edits = data.draw(
                st.dictionaries(st.sampled_from(["title", "risk", "area", "earliest"]), st.integers(0, 9))
            )
            for name, number in edits.items():
                cell, text = {
                    "title": (f"=Nytt {number}", f"=Nytt {number}"), "risk": (number, str(number)),
                    "area": ("Helse", str(UUID(int=11))), "earliest": (None, ""),
                }[name]  # fmt: skip
                row[at("candidates", name)] = cell
                if flat_of(present[key].values, present[key].dropped).get(name, "") != text:
                    wanted.setdefault(key, {})[name] = text
        for row in sheets["costs"][1]:
            if data.draw(st.booleans()):
                key = present_key(present, row[0])
                row[at("costs", "amount")] += 1
                cost = next(cost for cost in present[key].values.costs if row_name(cost) == row_name_of(row))
                wanted.setdefault(key, {})[row_name(cost)] = f"{cost.amount + 1}{'+' if cost.continues else ''}"
        judge = against(present, present)
        seen = read(sheets, judge)
        got = {row.key: {cell.field: cell.mine for cell in row.cells} for row in seen if row.cells}
        assert got == wanted
        written = {one.key: one for one in finals(seen, judge, {})}
        assert set(written) == set(wanted)
        for key, changes in wanted.items():
            expected = flat_of(present[key].values, present[key].dropped) | changes
            assert flat_of(written[key].values, written[key].dropped) == {n: t for n, t in expected.items() if t}
            assert written[key].values.goals == ("g1",)
            assert written[key].values.own_shares == {"x": 1}


def present_key(present: dict[UUID, Present], number: Any) -> UUID:
    return next(key for key, one in present.items() if one.number == number)


def row_name(cost: CostRow) -> str:
    return name_of("costs", cost.kind, cost.source, cost.offset)


def row_name_of(row: list[Any]) -> str:
    kinds, sources = {"investering": "investment", "drift": "operating"}, {"": "", "Lån": "loan", "Tilskudd": "grant"}
    return name_of("costs", kinds[row[3]], sources[row[4]], row[5] - 1)


FLATS = st.dictionaries(st.sampled_from("abcd"), st.sampled_from(["1", "2", "#x", "y" * 200]))


class TestMerging:
    @given(FLATS, FLATS, FLATS)
    def test_each_cell_is_told_by_who_changed_it(
        self, base: dict[str, str], mine: dict[str, str], now: dict[str, str]
    ) -> None:
        cells = {cell.field: cell for cell in merged({n: sealed(t) for n, t in base.items()}, mine, now)}
        for name in mine:
            was, own, present = base.get(name, ""), mine[name], now.get(name, "")
            if own == present:
                assert name not in cells
            elif own == was:
                assert cells[name].change is Change.THEIRS
            elif present == was:
                assert cells[name].change is Change.YOURS
            else:
                assert cells[name].change is Change.CONFLICT
        assert set(cells) <= set(mine)

    @given(FLATS, FLATS, FLATS)
    def test_done_again_it_does_nothing(self, base: dict[str, str], mine: dict[str, str], now: dict[str, str]) -> None:
        kept = {name: sealed(text) for name, text in base.items()}
        after = now | settled(merged(kept, mine, now), {}, otherwise="mine")
        assert not settled(merged(kept, mine, after), {}, otherwise="mine")

    @given(FLATS, FLATS)
    def test_without_a_base_every_difference_is_the_files(self, mine: dict[str, str], now: dict[str, str]) -> None:
        assert {cell.change for cell in merged(None, mine, now)} <= {Change.YOURS}

    def test_a_conflict_is_as_chosen(self) -> None:
        cells = merged({"a": "1", "b": "1"}, {"a": "2", "b": "2"}, {"a": "3", "b": "3"})
        assert settled(cells, {"a": MINE}) == {"a": "2"}
        assert settled(cells, {"a": SYSTEM}, otherwise=MINE) == {"b": "2"}


FIRST = CandidateValues(
    "Post", organisations=(UUID(int=1),), costs=(CostRow(0, "investment", "loan", 100), CostRow(1, "operating", "", 50, True)),
    staff=(StaffRow("Prosjektleder", 0, 80),),
)  # fmt: skip


def two() -> dict[UUID, Present]:
    """Two candidates."""
    return {KEYS[0]: Present(1, 1, FIRST), KEYS[1]: Present(2, 3, replace(FIRST, title="Kart", costs=()))}


class TestRows:
    def test_a_moved_row_leaves_its_place_and_a_copied_one_does_not(self) -> None:
        present = two()
        sheets = sheets_of(present)
        rows = sheets["costs"][1]
        rows[0][at("costs", "source")] = "Tilskudd"  # moved
        copy = list(rows[1])
        copy[at("costs", "year")] = 5
        rows.append(copy)
        judge = against(present, present)
        seen = read(sheets, judge)
        after = flat_of(finals(seen, judge, {})[0].values)
        assert {name: text for name, text in after.items() if name.startswith("costs")} == {
            name_of("costs", "investment", "grant", 0): "100",
            name_of("costs", "operating", "", 1): "50+",
            name_of("costs", "operating", "", 4): "50+",
        }

    def test_two_rows_that_change_places_do(self) -> None:
        present = two()
        sheets = sheets_of(present)
        first, second = sheets["costs"][1]
        for column in ("kind", "source", "year", "continues"):
            place = at("costs", column)
            first[place], second[place] = second[place], first[place]
        judge = against(present, present)
        after = flat_of(finals(read(sheets, judge), judge, {})[0].values)
        assert after[name_of("costs", "operating", "", 1)] == "100+"
        assert after[name_of("costs", "investment", "loan", 0)] == "50"

    def test_a_row_moved_to_another_candidate_leaves_the_first(self) -> None:
        present = two()
        sheets = sheets_of(present)
        sheets["costs"][1][0][0] = 2
        judge = against(present, present)
        written = {one.key: one.values for one in finals(read(sheets, judge), judge, {})}
        assert [cost.amount for cost in written[KEYS[0]].costs] == [50]
        assert [cost.amount for cost in written[KEYS[1]].costs] == [100]

    def test_a_removed_row_stays_and_a_struck_one_goes(self) -> None:
        present = two()
        sheets = sheets_of(present)
        del sheets["costs"][1][1]
        judge = against(present, present)
        assert finals(read(sheets, judge), judge, {}) == []
        sheets["costs"][1][0][at("costs", "delete")] = "Slett"
        assert [cost.amount for cost in finals(read(sheets, judge), judge, {})[0].values.costs] == [50]

    def test_what_the_file_does_not_have_is_left_alone(self) -> None:
        present = two()
        sheets = sheets_of(present)
        header, rows = sheets["candidates"]
        place = at("candidates", "owner")
        sheets = {
            "candidates": (header[:place] + header[place + 1 :], [row[:place] + row[place + 1 :] for row in rows])
        }
        judge = against({KEYS[0]: Present(1, 1, replace(FIRST, owner="Rådmann")), KEYS[1]: present[KEYS[1]]}, present)
        assert finals(read(sheets, judge), judge, {}) == []

    def test_an_emptied_cell_empties_only_where_it_may(self) -> None:
        present = {KEYS[0]: Present(1, 1, replace(FIRST, owner="Leder", earliest=2027))}
        sheets = sheets_of(present)
        row = sheets["candidates"][1][0]
        row[at("candidates", "owner")] = row[at("candidates", "earliest")] = None
        judge = against(present, present)
        after = finals(read(sheets, judge), judge, {})[0].values
        assert (after.owner, after.earliest) == ("", None)
        for name in ("title", "risk", "duration", "value", "organisations"):
            row = sheets_of(present)["candidates"][1][0]
            row[at("candidates", name)] = None
            seen = read({"candidates": (sheets["candidates"][0], [row])}, judge)
            assert seen[0].standing is Standing.FAULTY, name

    def test_without_the_hidden_columns_numbers_match_and_it_is_told(self) -> None:
        present = two()
        sheets = sheets_of(present)
        for row in sheets["candidates"][1]:
            row[1] = row[2] = None
        sheets["candidates"][1][0][at("candidates", "risk")] = 40
        judge = against(present)
        seen = read(sheets, judge)
        assert [row.standing for row in seen] == [Standing.CHANGED, Standing.SAME]
        assert seen[0].notes

    def test_the_version_alone_proves_that_nothing_was_changed(self) -> None:
        present = two()
        sheets = sheets_of(present)
        sheets["candidates"][1][0][at("candidates", "risk")] = 40
        seen = read(sheets, against(present))
        assert not seen[0].notes
        later = {**present, KEYS[0]: replace(present[KEYS[0]], version=2)}
        assert read(sheets, against(later))[0].notes

    def test_columns_sorted_apart_are_found(self) -> None:
        present = two()
        sheets = sheets_of(present)
        first, second = sheets["candidates"][1]
        first[0], second[0] = second[0], first[0]
        assert [row.standing for row in read(sheets, against(present, present))] == [Standing.FAULTY] * 2

    def test_a_lost_number_and_one_that_stands_twice_are_faults(self) -> None:
        present = two()
        sheets = sheets_of(present)
        sheets["candidates"][1][0][0] = None
        assert read(sheets, against(present, present))[0].standing is Standing.FAULTY
        sheets["candidates"][1][0][0] = 2
        assert Standing.FAULTY in {row.standing for row in read(sheets, against(present, present))}

    def test_both_changed_the_same_cell(self) -> None:
        before = two()
        now = {**before, KEYS[0]: Present(1, 2, replace(FIRST, risk=30, owner="Leder"))}
        sheets = sheets_of(before)
        sheets["candidates"][1][0][at("candidates", "risk")] = 40
        judge = against(now, before)
        row = read(sheets, judge)[0]
        assert row.standing is Standing.CONFLICT
        assert [cell.field for cell in row.conflicts] == ["risk"]
        assert [cell.field for cell in row.theirs] == ["owner"]
        assert finals([row], judge, {}) == []
        after = finals([row], judge, {(KEYS[0], "risk"): MINE})[0]
        assert (after.values.risk, after.values.owner, after.version) == (40, "Leder", 2)


def new_row(**cells: Any) -> list[Any]:
    row: list[Any] = [None] * len(COLUMNS["candidates"])
    for name, cell in {"title": "Ny vaktplan", "organisations": "fjordvik; SKOGHEIM", **cells}.items():
        row[at("candidates", name)] = cell
    return row


class TestNew:
    def test_new_ones_with_costs_and_ties_to_each_other(self) -> None:
        present = two()
        sheets = sheets_of(present)
        sheets["candidates"][1].extend([new_row(number="Ny 1", value="62,5"), new_row(number="ny 2", title="Annen")])
        sheets["costs"][1].append(["ny 1", None, None, "Drift", "lån", 1, "1 200", "x", None])
        sheets["links"][1].append(["ny 2", None, None, "forutsetter", "ny 1", None, None])
        sheets["links"][1].append([1, None, None, "utelukker", "ny 1", None, None])
        judge = against(present, present)
        seen = read(sheets, judge)
        assert not [row.faults for row in seen if row.faults]
        written = finals(seen, judge, {})
        new = {one.values.title: one for one in written if one.version is None}
        assert new["Ny vaktplan"].values.value == 6_250
        assert new["Ny vaktplan"].values.costs == (CostRow(0, "operating", "loan", 1_200, True),)
        assert new["Annen"].values.links == (LinkRow("needs", new["Ny vaktplan"].key),)
        assert next(one for one in written if one.key == KEYS[0]).values.links[0].kind == "excludes"
        assert len({row.key for row in read(sheets, judge)} ^ {row.key for row in seen}) == 0

    def test_read_in_before_it_is_not_made_again(self) -> None:
        present = two()
        sheets = sheets_of(present)
        sheets["candidates"][1].append(new_row())
        judge = against(present, present)
        made = finals(read(sheets, judge), judge, {})[0]
        later = against({**present, made.key: Present(3, 1, made.values)}, present)
        assert read(sheets, later)[-1].standing is Standing.EXISTING

    def test_the_same_title_twice_is_a_fault_and_one_that_is_there_is_told(self) -> None:
        present = two()
        sheets = sheets_of(present)
        sheets["candidates"][1].extend([new_row(), new_row(), new_row(title="kart")])
        seen = read(sheets, against(present, present))
        assert [row.standing for row in seen[2:]] == [Standing.NEW, Standing.FAULTY, Standing.NEW]
        assert seen[-1].notes

    def test_a_circle_is_a_fault(self) -> None:
        present = two()
        sheets = sheets_of(present)
        sheets["links"][1].extend(
            [[1, None, None, "forutsetter", 2, None, None], [2, None, None, "forutsetter", 1, None, None]]
        )
        assert [row.standing for row in read(sheets, against(present, present))] == [Standing.FAULTY] * 2


@pytest.mark.parametrize(
    ("sheet", "column", "cell", "words"),
    [
        ("candidates", "risk", "mange", "ikke et helt tall"),
        ("candidates", "risk", 101, "fra 0 til 100"),
        ("candidates", "value", "62,555", "to desimaler"),
        ("candidates", "value", "NaN", "to desimaler"),
        ("candidates", "mandatory", "kanskje", "ja eller nei"),
        ("candidates", "mandatory", "ja", "hvilken lov"),
        ("candidates", "area", "Havbruk", "kjenner ikke"),
        ("candidates", "area", "Skole", "kjenner ikke"),  # two are called that
        ("candidates", "organisations", "Fjordvik; Atlantis", "kjenner ikke"),
        ("candidates", "dropped", "bort", "utgår"),
        ("candidates", "dropped", "utgår", "hvorfor"),
        ("candidates", "number", 77, "ingen kandidat"),
        ("candidates", "title", "x" * 201, "200 tegn"),
        ("candidates", "need", 5, "behov"),
        ("costs", "amount", "1.200", "ikke et beløp"),
        ("costs", "amount", -5, "negativt"),
        ("costs", "year", 21, "fra 1 til 20"),
        ("costs", "year", 0, "fra 1 til 20"),
        ("costs", "kind", "lønn", "investering eller drift"),
        ("costs", "source", "Lotto", "kjenner ikke"),
        ("staff", "hours", "åtti", "helt tall"),
        ("staff", "role", None, "hvilken rolle"),
    ],
)
def test_what_is_wrong_is_told_with_its_place(sheet: str, column: str, cell: Any, words: str) -> None:
    present = two()
    sheets = sheets_of(present)
    sheets[sheet][1][0][at(sheet, column)] = cell
    faults = [fault for row in read(sheets, against(present, present)) for fault in row.faults]
    assert words in " ".join(f"{fault.message} {fault.remedy}" for fault in faults)
    assert all(fault.field for fault in faults)


def test_a_sheet_without_its_columns_or_with_one_twice_is_refused() -> None:
    judge = against(two())
    with pytest.raises(Invalid, match="Nummer"):
        read({"candidates": (["Tittel"], [["x"]])}, judge)
    with pytest.raises(Invalid, match="to kolonner"):
        read({"candidates": (["Nummer", "nummer "], [[1, 1]])}, judge)
    with pytest.raises(Invalid, match="Beløp"):
        read({"costs": (["Kandidat", "Art", "Kilde", str(say(COLUMNS["costs"][5].heading))], [])}, judge)
    with pytest.raises(Invalid, match="Kandidater"):
        read({}, judge)


def test_what_does_not_change_stays_exactly_as_it_was() -> None:
    untidy = replace(FIRST, description=" to\r\nlinjer ", owner="\x07")
    assert changed(untidy, {"risk": "3"}) == replace(untidy, risk=3)
