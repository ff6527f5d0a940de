"""The rules of needs, without a database."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samstyr.foundation.kernel.errors import Invalid
from samstyr.wheel.needs.rules.completeness import only_a_product, submit_faults
from samstyr.wheel.needs.rules.facts import case_facts
from samstyr.wheel.needs.rules.form import (
    ALWAYS_MANDATORY,
    FormSpec,
    Question,
    Window,
    is_late,
)
from samstyr.wheel.needs.rules.importing import (
    COLUMNS,
    MOST_ROWS,
    Around,
    Options,
    Row,
    Standing,
    UnitChoice,
    columns_of,
    read_rows,
    unknown_columns,
)
from samstyr.wheel.needs.rules.similarity import DUPLICATE, Shelf, boil, likeness
from samstyr.wheel.needs.rules.values import (
    LONGEST,
    NeedValues,
    limit_faults,
    unreadable,
)
from samstyr.wheel.needs.rules.wording import search_terms, search_text, stems

YEAR = 2026
GOOD = NeedValues(
    title="Dokumentasjon hjemme",
    unit=uuid4(),
    need="Vi skriver notater på papir hjemme hos brukeren.",
    affected="85 ansatte",
    effect="Færre feil",
)


def fields_of(values: NeedValues, spec: FormSpec = FormSpec()) -> set[str]:
    return {fault.field for fault in submit_faults(values, spec, this_year=YEAR)}


class TestCompleteness:
    def test_a_good_need_has_no_fault(self) -> None:
        assert fields_of(GOOD) == set()

    @pytest.mark.parametrize("name", sorted(ALWAYS_MANDATORY))
    def test_each_mandatory_field_is_named_when_blank(self, name: str) -> None:
        assert fields_of(replace(GOOD, **{name: None if name == "unit" else ""})) == {name}

    def test_the_model_may_demand_more_but_never_less(self) -> None:
        spec = FormSpec(mandatory=frozenset({"title", "unit", "need", "affected", "effect", "wanted_year", "goals"}))
        assert fields_of(GOOD, spec) == {"wanted_year", "goals"}

    @pytest.mark.parametrize(
        ("need", "product", "only"),
        [
            ("Teams", "", True),
            ("Vi trenger Teams", "Teams", True),
            ("Vi ønsker å kjøpe Mobil Omsorg Pluss", "Mobil Omsorg Pluss", True),
            ("Nytt system for byggesak", "", True),
            ("Lisens på Acrobat", "Acrobat Pro", True),
            ("Dokumentere hjemme hos brukeren", "", False),
            ("Vi skriver notater på papir og mister tid", "Mobil Omsorg", False),
            ("Foreldre får beskjeder tre steder", "", False),
        ],
    )
    def test_a_product_alone_is_no_need(self, need: str, product: str, only: bool) -> None:
        """B-24."""
        assert only_a_product(need, product) is only
        assert ("need" in fields_of(replace(GOOD, need=need, product=product))) is only

    @pytest.mark.parametrize(
        ("kind", "answer", "fine"),
        [
            ("choice", "a", True),
            ("choice", "c", False),
            ("yes_no", "ja", True),
            ("yes_no", "kanskje", False),
            ("year", "2027", True),
            ("year", "1900", False),
            ("year", "to tusen", False),
            ("amount", "1 000", True),
            ("amount", "-1", False),
            ("amount", "mye", False),
            ("text", "hva som helst", True),
            ("text", "", True),
        ],
    )
    def test_answers_to_the_models_questions(self, kind: str, answer: str, fine: bool) -> None:
        spec = FormSpec(questions=(Question("q", "Spørsmål", kind=kind, choices=(("a", "A"), ("b", "B"))),))
        assert fields_of(replace(GOOD, answers={"q": answer}), spec) == (set() if fine else {"answer_q"})

    def test_a_mandatory_question_must_be_answered(self) -> None:
        spec = FormSpec(questions=(Question("q", "Spørsmål", mandatory=True),))
        assert fields_of(GOOD, spec) == {"answer_q"}


class TestLimits:
    @pytest.mark.parametrize(
        ("changes", "field"),
        [
            ({"investment_cost": -1}, "investment_cost"),
            ({"operating_cost": -1}, "operating_cost"),
            ({"investment_cost": 10**13}, "investment_cost"),
            ({"wanted_year": YEAR - 2}, "wanted_year"),
            ({"wanted_year": YEAR + 11}, "wanted_year"),
            ({"price_year": 0}, "price_year"),
            ({"need": "a\x00b"}, "need"),
            ({"need": "a\u202eb"}, "need"),
            ({"title": "x" * 201}, "title"),
            ({"answers": {"q": "x" * 4001}}, "answer_q"),
            ({"goals": tuple("abcdefghijklmnopqrstuvwxyz")}, "goals"),
        ],
    )
    def test_impossible_values_are_refused_in_drafts_too(self, changes: dict[str, object], field: str) -> None:
        assert {fault.field for fault in limit_faults(replace(GOOD, **changes), this_year=YEAR)} == {field}  # type: ignore[arg-type]

    @pytest.mark.parametrize("year", [YEAR - 1, YEAR, YEAR + 10])
    def test_the_years_at_the_edge_are_fine(self, year: int) -> None:
        assert not limit_faults(replace(GOOD, wanted_year=year), this_year=YEAR)

    @given(st.text())
    def test_text_is_refused_or_can_be_stored(self, text: str) -> None:
        if not unreadable(text):
            assert "\0" not in text
            text.encode()

    @given(st.sampled_from(sorted(LONGEST)), st.integers(0, 30))
    def test_a_text_is_refused_exactly_beyond_its_limit(self, name: str, more: int) -> None:
        faults = limit_faults(replace(GOOD, **{name: "x" * (LONGEST[name] + more)}), this_year=YEAR)
        assert bool(faults) is (more > 0)


@pytest.mark.parametrize(
    ("on", "late"),
    [(date(2026, 1, 31), False), (date(2026, 2, 28), False), (date(2026, 3, 1), True), (date(2026, 3, 3), True)],
)
def test_late_is_after_the_window(on: date, late: bool) -> None:
    """B-40."""
    assert is_late(on, Window(date(2026, 2, 1), date(2026, 2, 28))) is late
    assert not is_late(on, None)


def test_the_cases_facts() -> None:
    facts = case_facts(replace(GOOD, investment_cost=400, operating_cost=100, joint=True, product="X"), horizon=4)
    assert facts == {
        "total_cost": 800,
        "first_year_cost": 500,
        "investment_cost": 400,
        "scope": "joint",
        "personal_data": False,
        "archive": False,
        "work_changes": False,
        "statutory": False,
        "has_product": True,
    }
    assert case_facts(GOOD)["total_cost"] == 0


class TestWords:
    def test_forms_of_a_word_are_one(self) -> None:
        assert len({*stems("bruker brukere brukeren brukerne")}) == 1

    def test_words_that_say_nothing_are_left_out(self) -> None:
        assert stems("og det er ikke vi som skal ha") == []

    def test_a_search_word_is_found_by_its_beginning(self) -> None:
        text = search_text(["Dokumentasjon hos brukerne"])
        assert all(f" {term}" in text for term in search_terms("brukeren dokumentasjonen"))

    @given(st.text(max_size=300))
    def test_a_texts_own_words_are_always_found(self, text: str) -> None:
        stored = search_text([text])
        assert all(f" {term}" in stored for term in search_terms(text))


class TestLikeness:
    def test_the_same_need_in_other_words_is_alike_and_says_why(self) -> None:
        one = boil("Dokumentere hjemme hos brukeren", "Vi skriver notater på papir og fører dem inn på kontoret")
        two = boil("Dokumentasjon hjemme hos brukerne", "Notater på papir føres inn senere")
        found = likeness(one, two)
        assert found.score >= 60
        assert {"hjemme", "notater", "papir"} <= set(found.common)

    def test_the_same_title_is_always_worth_a_look(self) -> None:
        assert (
            likeness(boil("Varsling ved fall", "Noe"), boil("Fall: varsling ved", "Helt annen tekst")).score
            >= DUPLICATE
        )

    def test_different_needs_are_not(self) -> None:
        one = boil("Dokumentere hjemme hos brukeren", "Vi skriver notater på papir")
        assert likeness(one, boil("Byggesak uten papir", "Søknader kommer på flere måter")).score < 60
        assert likeness(one, boil("Varsling ved fall")).score == 0

    @given(st.text(max_size=60), st.text(max_size=60))
    def test_likeness_is_between_nothing_and_a_hundred_and_whole_with_oneself(self, one: str, two: str) -> None:
        assert 0 <= likeness(boil(one), boil(two)).score <= 100
        if len(set(boil(one).title.split())) > 1:
            assert likeness(boil(one), boil(one)).score == 100

    def test_the_shelf_finds_what_comparing_all_would(self) -> None:
        titles = [
            f"Behov for {thing} i {place}"
            for thing in ("varsling", "journal", "kart")
            for place in ("skole", "sykehjem")
        ]
        shelf: Shelf[int] = Shelf((number, boil(title)) for number, title in enumerate(titles))
        found = shelf.closest(boil("Behov for journaler i sykehjemmet"))
        assert found is not None
        assert titles[found[0]] == "Behov for journal i sykehjem"
        assert shelf.closest(boil("Noe helt annet"), least=DUPLICATE) is None


UNIT, OTHER = UUID(int=1), UUID(int=2)
AROUND = Around(
    units=(
        UnitChoice(UNIT, "Skole", "skole", UUID(int=11), ("Fjord kommune", "Fjord")),
        UnitChoice(OTHER, "Skole", "v-skole", UUID(int=12), ("Vidde kommune", "Vidde")),
    ),
    people={"rektor@prove.example": UUID(int=21)},
    spec=FormSpec(goals=(("g1", "Enklere hverdag"),)),
    this_year=YEAR,
)
HEADER = ("Tittel", "Tjeneste", "Behov", "Investering", "Ønsket år", "Felles", "Innmelder", "Mål", "Organisasjon")


def read(*cells: object, options: Options = Options(), header: tuple[str, ...] = HEADER) -> Row:
    (row,) = read_rows(header, [(2, cells)], AROUND, options)  # type: ignore[list-item]
    return row


class TestImport:
    def test_a_right_row(self) -> None:
        row = read("Kart", "v-skole", "Vi har ikke kart", 1250, 2027, "ja", "rektor@prove.example", "enklere hverdag")
        assert row.standing is Standing.NEW
        assert (row.values.unit, row.values.investment_cost, row.values.wanted_year) == (OTHER, 1250, 2027)
        assert (row.values.joint, row.submitter, row.values.goals) == (True, UUID(int=21), ("g1",))

    @pytest.mark.parametrize(
        ("cell", "unit", "amount"),
        [
            ("1 250", 1, 1250),
            (1250.0, 1000, 1_250_000),
            ("1,5", 1000, 1500),
            (0.5, 1000, 500),
            ("", 1, None),
            (None, 1, None),
        ],
    )
    def test_money_in_kroner_or_thousands(self, cell: object, unit: int, amount: int | None) -> None:
        assert read("Kart", "v-skole", "", cell, options=Options(money_unit=unit)).values.investment_cost == amount

    @pytest.mark.parametrize(
        ("cells", "column", "words"),
        [
            (("", "v-skole"), "Tittel", "mangler"),
            (("Kart", ""), "Tjeneste", "mangler"),
            (("Kart", "Månen"), "Tjeneste", "finner ingen tjeneste «Månen»"),
            (("Kart", "Skole"), "Tjeneste", "Flere tjenester heter"),
            (("Kart", "v-skole", "", -5), "Investering", "under null"),
            (("Kart", "v-skole", "", "mye"), "Investering", "ikke et beløp"),
            (("Kart", "v-skole", "", float("nan")), "Investering", "ikke et beløp"),
            (("Kart", "v-skole", "", 1e300), "Investering", ""),
            (("Kart", "v-skole", "", "", "31.02.2027"), "Ønsket år", "31.02.2027 finnes ikke"),
            (("Kart", "v-skole", "", "", "snart"), "Ønsket år", "ikke et årstall"),
            (("Kart", "v-skole", "", "", 1999), "Ønsket år", "mellom 2025 og 2036"),
            (("Kart", "v-skole", "", "", "", "kanskje"), "Felles", "verken ja eller nei"),
            (("Kart", "v-skole", "", "", "", "", "ingen@x.no"), "Innmelder (e-post)", "ingen med denne"),
            (("Kart", "v-skole", "", "", "", "", "", "ukjent"), "Mål", "kjenner ikke målet"),
            (("x" * 201, "v-skole"), "Tittel", "plass til 200"),
            (("K\x00art", "v-skole"), "Tittel", "ikke kan leses"),
        ],
    )
    def test_a_wrong_row_says_column_value_and_remedy(self, cells: tuple[object, ...], column: str, words: str) -> None:
        row = read(*cells)
        assert row.standing is Standing.FAULTY
        assert {fault.field for fault in row.faults} == {column}
        assert words in str(row.faults[0])

    def test_a_valid_date_gives_its_year(self) -> None:
        assert read("Kart", "v-skole", "", "", "28.02.2027").values.wanted_year == 2027
        assert read("Kart", "v-skole", "", "", date(2028, 5, 1)).values.wanted_year == 2028

    def test_the_organisation_tells_units_of_the_same_name_apart(self) -> None:
        assert read("Kart", "skole", "", "", "", "", "", "", "Vidde").values.unit == OTHER

    def test_sending_in_demands_all_that_is_mandatory(self) -> None:
        assert read("Kart", "v-skole", "Vi har ikke noe kart over stier").standing is Standing.NEW
        row = read("Kart", "v-skole", "Vi har ikke noe kart over stier", options=Options(sending=True))
        assert {fault.field for fault in row.faults} == {"Hvem berøres", "Ønsket effekt"}

    def test_the_same_row_twice_is_named(self) -> None:
        first, second = read_rows(HEADER, [(2, ("Kart", "v-skole")), (5, ("kart ", "v-skole"))], AROUND, Options())
        assert first.standing is Standing.NEW
        assert "lik rad 2" in str(second.faults[0])

    def test_a_reference_is_the_rows_identity(self) -> None:
        header = ("Referanse", *HEADER)
        one, two = read_rows(header, [(2, (7, "Kart", "v-skole")), (3, ("7", "Annet", "v-skole"))], AROUND, Options())
        assert one.key == two.key

    def test_blank_rows_are_passed_over(self) -> None:
        assert read_rows(HEADER, [(2, (None, "", "  ")), (3, ())], AROUND, Options()) == []

    @pytest.mark.parametrize(
        ("header", "words"),
        [
            (("Navn",), "mangler kolonnen «Tjeneste»"),
            (("Hva", "Hvor"), "«Tittel» og «Tjeneste»"),
            (("Tittel", "tittel:", "Tjeneste"), "betyr det samme"),
        ],
    )
    def test_a_header_that_cannot_be_read(self, header: tuple[str, ...], words: str) -> None:
        with pytest.raises(Invalid) as refusal:
            columns_of(header)
        assert words in str(refusal.value)

    def test_every_heading_of_the_template_is_read(self) -> None:
        assert set(columns_of([column.heading for column in COLUMNS])) == {column.name for column in COLUMNS}
        assert unknown_columns([*HEADER, "Fargen"]) == ["Fargen"]

    def test_too_many_rows_are_refused(self) -> None:
        rows = ((number, (f"Behov {number}", "v-skole")) for number in range(2, MOST_ROWS + 4))
        with pytest.raises(Invalid) as refusal:
            read_rows(HEADER, rows, AROUND, Options())
        assert "Del den i flere filer" in str(refusal.value)

    @given(
        st.lists(
            st.one_of(st.none(), st.text(max_size=20), st.integers(), st.floats(), st.booleans(), st.dates()),
            min_size=9,
            max_size=9,
        )
    )
    def test_no_cell_makes_it_fall(self, cells: list[object]) -> None:
        for row in read_rows(HEADER, [(2, cells)], AROUND, Options()):  # type: ignore[list-item]
            assert row.faults or row.values.title
