"""The portfolio out as a workbook, edited as people do, and back: against the database, with the trail."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import openpyxl
import pytest
from django.conf import settings
from django.utils import translation

from samstyr.foundation.audit import queries as audit
from samstyr.foundation.documents.models import Document
from samstyr.foundation.kernel.errors import Conflict, Invalid, NotFound, Refused
from samstyr.wheel.portfolio.tests.factories import FORUM, at
from samstyr.wheel.scenarios import actions, queries
from samstyr.wheel.scenarios.models import Candidate, CandidateCost
from samstyr.wheel.scenarios.queries import exchange
from samstyr.wheel.scenarios.rules.exchange.columns import BASELINE_SHEET
from samstyr.wheel.scenarios.rules.exchange.judging import MINE, SYSTEM, Standing
from samstyr.wheel.scenarios.rules.values import CandidateValues, CostRow, LinkRow

from .factories import Ready


def exported(made: Ready, unit: int = 1) -> bytes:
    """The workbook as it leaves."""
    return exchange.portfolio_file(made.actor("it_lead"), at(FORUM), FORUM, slug=made.tenant.slug, unit=unit)


def edited(content: bytes, change: Callable[[Any], None]) -> bytes:
    """The workbook after somebody has worked in it."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    change(book)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def cell(book: Any, sheet: str, heading: str, row: int = 2) -> Any:
    """The cell under a heading."""
    page = book[sheet]
    column = next(one.column for one in page[1] if one.value == heading)
    return page.cell(row, column)


def put(sheet: str, heading: str, value: Any, row: int = 2) -> Callable[[Any], None]:
    """A change of one cell."""

    def change(book: Any) -> None:
        cell(book, sheet, heading, row).value = value

    return change


def uploaded(made: Ready, content: bytes, who: str = "it_lead") -> Document:
    """The workbook as it comes back."""
    given = {**made.by, "actor": made.actor(who)}
    return actions.keep_portfolio_file(**given, content=content, file_name="portefølje.xlsx")


def preview(made: Ready, document: Document) -> exchange.Preview:
    """What it would do."""
    return exchange.preview_portfolio(made.actor("it_lead"), document.pk, day=FORUM)


def brought_in(made: Ready, content: bytes, **more: Any) -> Any:
    """Uploaded, looked at, and confirmed."""
    document = uploaded(made, content)
    given = {"seen": preview(made, document).seal, **more}
    return actions.import_candidates(**made.by, document_id=document.pk, **given)


def values_of(key: Any) -> CandidateValues:
    """The candidate as it stands."""
    return exchange.present_candidates(FORUM)[key].values


class TestThereAndBack:
    @pytest.mark.parametrize("unit", [1, 1000])
    def test_unedited_it_changes_nothing_and_says_so(self, made: Ready, unit: int) -> None:
        first = made.candidate(
            "=Sum(A1)", description="+47\r\nlinje", owner="@leder", costs=(CostRow(0, "operating", "loan", 1_234),)
        )
        made.candidate("Kart", links=(LinkRow("needs", first.pk), LinkRow("one_of", None, "-gruppe")))
        actions.drop_candidate(**made.by, candidate_id=first.pk, version=None, reason="For dyrt")
        document = uploaded(made, edited(exported(made, unit), lambda book: None))
        found = preview(made, document)
        assert found.does_nothing
        assert found.counts["same"] == 2
        assert not found.notes
        with pytest.raises(Invalid, match="endrer ingenting"):
            actions.import_candidates(**made.by, document_id=document.pk, seen=found.seal)

    @pytest.mark.parametrize("language", [code for code, _name in settings.LANGUAGES])
    def test_it_is_read_in_whatever_language_it_was_made(self, made: Ready, language: str) -> None:
        first = made.candidate(links=(LinkRow("one_of", None, "Post"),), mandatory=True, mandatory_reason="Loven")
        actions.drop_candidate(**made.by, candidate_id=first.pk, version=None, reason="For dyrt")
        with translation.override(language):
            content = exported(made)
        headings = [[one.value for one in page[1]] for page in openpyxl.load_workbook(io.BytesIO(content)).worksheets]
        assert all(len(set(row)) == len(row) for row in headings)
        found = preview(made, uploaded(made, edited(content, lambda book: None)))
        assert found.does_nothing
        assert not found.notes

    def test_text_is_never_a_formula(self, made: Ready) -> None:
        made.candidate('=HYPERLINK("http://x")', owner="+1", description="-1", value_reason="@x")
        book = openpyxl.load_workbook(io.BytesIO(exported(made)))
        kinds = {one.data_type for page in book for row in page for one in row if one.value is not None}
        assert kinds <= {"s", "n"}
        assert cell(book, "Kandidater", "Tittel").value.startswith("=HYPERLINK")

    def test_it_has_drop_downs_hidden_columns_and_the_unit_in_the_heading(self, made: Ready) -> None:
        made.candidate()
        book = openpyxl.load_workbook(io.BytesIO(exported(made, 1000)))
        assert book.sheetnames[:5] == ["Slik bruker du filen", "Kandidater", "Kostnader", "Bemanning", "Avhengigheter"]
        assert book[BASELINE_SHEET].sheet_state == "veryHidden"
        assert book["samstyr-valg"].sheet_state == "hidden"
        assert book["Kandidater"].column_dimensions["B"].hidden
        rules = {str(rule.sqref) for rule in book["Kandidater"].data_validations.dataValidation}
        assert {"O2:O1002", "T2:T1002", "U2:U1002"} <= rules
        assert cell(book, "Kostnader", "Beløp (1 000 kr)").value == 300
        assert made.tenant.slug in book[BASELINE_SHEET]["C2"].value

    def test_changes_are_written_with_one_event_each_and_one_for_the_file(self, made: Ready) -> None:
        first, second, third = made.candidate("Post"), made.candidate("Kart"), made.candidate("Arkiv")

        def change(book: Any) -> None:
            cell(book, "Kandidater", "Eier").value = "Rådhuset"
            cell(book, "Kandidater", "Utgår", 3).value = "utgår"
            cell(book, "Kandidater", "Begrunnelse for at den utgår", 3).value = "For dyrt"
            cell(book, "Kostnader", "Beløp (1 000 kr)").value = 250.5
            book["Kandidater"].append(["ny 1", None, None, "Vaktplan", None, "Birkenes; Lillesand kommune"])
            book["Kostnader"].append(["ny 1", None, None, "drift", "", 1, 40])

        before = audit.chain_head()[0]  # type: ignore[index]
        names = [str(one) for one in queries.known(FORUM).organisations.values()]
        content = edited(exported(made, 1000), change)
        content = edited(content, put("Kandidater", "Kommuner (skill med semikolon)", "; ".join(names), 5))
        done = brought_in(made, content)
        assert (done.changed, done.new, done.dropped, done.restored) == (1, 1, 1, 0)
        assert values_of(first.pk).owner == "Rådhuset"
        assert {cost.amount for cost in values_of(first.pk).costs} == {250_500, 100_000}
        assert Candidate.objects.get(pk=second.pk).dropped_reason == "For dyrt"
        new = Candidate.objects.get(number=4)
        assert values_of(new.pk).costs == (CostRow(0, "operating", "", 40_000),)
        assert Candidate.objects.get(pk=third.pk).version == third.version
        events = [(entry.action, entry.object_id) for entry in reversed(audit.recent()) if entry.sequence > before]
        assert [pair for pair in events if pair[0].startswith("candidate.") and pair[0] != "candidate.imported"] == [
            ("candidate.saved", first.pk), ("candidate.dropped", second.pk), ("candidate.created", new.pk),
        ]  # fmt: skip
        assert [name for name, _key in events].count("candidate.imported") == 1
        entry = audit.history_of(first.pk)[-1]
        assert entry.before["owner"] == ""
        assert entry.after["owner"] == "Rådhuset"
        assert not Document.objects.exists()
        again = preview(made, uploaded(made, content))
        assert again.does_nothing
        assert again.counts["existing"] == 1

    def test_one_that_was_taken_out_comes_in_again(self, made: Ready) -> None:
        first = made.candidate()
        actions.drop_candidate(**made.by, candidate_id=first.pk, version=None, reason="For dyrt")
        done = brought_in(made, edited(exported(made), put("Kandidater", "Utgår", None)))
        assert done.restored == 1
        assert Candidate.objects.get().dropped_reason == ""


class TestMeanwhile:
    def test_what_others_changed_stays_and_what_both_changed_is_chosen(self, made: Ready) -> None:
        first = made.candidate(owner="Før", risk=1)
        content = edited(exported(made), put("Kandidater", "Eier", "Min"))
        content = edited(content, put("Kostnader", "Beløp (kroner)", 1))
        theirs = replace(values_of(first.pk), owner="Deres", risk=50)
        actions.save_candidate(**made.by, candidate_id=first.pk, version=None, values=theirs)
        document = uploaded(made, content)
        found = preview(made, document)
        assert found.counts["conflict"] == 1
        row = found.of(Standing.CONFLICT)[0]
        assert [(one.field, one.base, one.now, one.mine) for one in row.conflicts] == [("owner", "Før", "Deres", "Min")]
        assert [one.field for one in row.theirs] == ["risk"]
        given = {**made.by, "document_id": document.pk, "seen": found.seal}
        with pytest.raises(Invalid, match="Velg hva som skal gjelde"):
            actions.import_candidates(**given)
        assert Candidate.objects.get().version == first.version + 1
        actions.import_candidates(**given, choices={(first.pk, "owner"): MINE})
        after = values_of(first.pk)
        assert (after.owner, after.risk, after.costs[0].amount) == ("Min", 50, 1)

    @pytest.mark.parametrize(("otherwise", "owner"), [(SYSTEM, "Deres"), (MINE, "Min")])
    def test_all_can_be_chosen_at_once(self, made: Ready, otherwise: str, owner: str) -> None:
        first = made.candidate(owner="Før")
        content = edited(exported(made), put("Kandidater", "Eier", "Min"))
        content = edited(content, put("Kandidater", "Risiko (0–100)", 9))
        actions.save_candidate(
            **made.by, candidate_id=first.pk, version=None, values=replace(values_of(first.pk), owner="Deres")
        )
        brought_in(made, content, otherwise=otherwise)
        assert (values_of(first.pk).owner, values_of(first.pk).risk) == (owner, 9)

    def test_a_change_after_the_preview_stops_everything(self, made: Ready) -> None:
        first, second = made.candidate("Post"), made.candidate("Kart")
        content = edited(exported(made), put("Kandidater", "Eier", "Min"))
        document = uploaded(made, edited(content, put("Kandidater", "Eier", "Min", 3)))
        seen = preview(made, document).seal
        actions.save_candidate(
            **made.by, candidate_id=second.pk, version=None, values=replace(values_of(second.pk), risk=50)
        )
        with pytest.raises(Conflict, match="Ingenting er lagret"):
            actions.import_candidates(**made.by, document_id=document.pk, seen=seen)
        assert values_of(first.pk).owner == ""
        assert Document.objects.count() == 1

    def test_a_fault_anywhere_stops_everything_and_tells_where(self, made: Ready) -> None:
        first = made.candidate("Post")
        made.candidate("Kart")
        content = edited(exported(made), put("Kandidater", "Eier", "Min"))
        content = edited(content, put("Kandidater", "Risiko (0–100)", "mye", 3))
        with pytest.raises(Invalid, match="1 feil") as refused:
            brought_in(made, content)
        assert "rad 3, Risiko" in str(refused.value.errors[0])
        assert values_of(first.pk).owner == ""

    def test_a_broken_or_lost_hidden_sheet_is_told(self, made: Ready) -> None:
        made.candidate()
        content = exported(made)

        def lose(book: Any) -> None:
            del book[BASELINE_SHEET]

        for change in (lose, put(BASELINE_SHEET, "content", "{}", 3), put(BASELINE_SHEET, "content", "[1", 2)):
            found = preview(made, uploaded(made, edited(content, change)))
            assert "skjulte arket" in str(found.notes[0])
            assert found.does_nothing

    def test_the_same_form_twice_is_once(self, made: Ready) -> None:
        made.candidate()
        document = uploaded(made, edited(exported(made), put("Kandidater", "Eier", "Min")))
        given = {**made.by, "document_id": document.pk, "seen": preview(made, document).seal, "key": "k1"}
        assert actions.import_candidates(**given).changed == 1
        assert actions.import_candidates(**given) is None
        assert Candidate.objects.get().version == 2


class TestWhoAndWhat:
    def test_others_neither_fetch_nor_bring_in(self, made: Ready) -> None:
        made.candidate()
        content = exported(made)
        with pytest.raises(Refused):
            exchange.portfolio_file(made.actor("unit_manager:lillesand"), at(FORUM), FORUM, slug="x")
        with pytest.raises(Refused):
            uploaded(made, content, "unit_manager:lillesand")
        document = uploaded(made, edited(content, put("Kandidater", "Eier", "Min")))
        seen = preview(made, document).seal
        other = {**made.by, "actor": made.actor("unit_manager:lillesand")}
        with pytest.raises(Refused):
            actions.import_candidates(**other, document_id=document.pk, seen=seen)
        with pytest.raises(NotFound):
            exchange.preview_portfolio(made.actor("unit_manager:lillesand"), document.pk, day=FORUM)

    def test_a_file_from_elsewhere_is_refused(self, made: Ready) -> None:
        made.candidate()

        def other(book: Any) -> None:
            stamp = cell(book, BASELINE_SHEET, "content")
            stamp.value = stamp.value.replace(str(made.tenant.pk), "0" * 8)

        with pytest.raises(Invalid, match="annen styringsordning"):
            uploaded(made, edited(exported(made), other))

    def test_formulas_without_a_value_are_told_with_their_cell(self, made: Ready) -> None:
        made.candidate()
        with pytest.raises(Invalid, match="N2 har en formel"):
            uploaded(made, edited(exported(made), put("Kandidater", "Risiko (0–100)", "=1+1")))

    @pytest.mark.parametrize(
        "content", [b"", b"Nummer;Tittel\n1;x", b"PK\x03\x04tull", b"\xd0\xcf\x11\xe0gammel", b"%PDF-1"]
    )
    def test_what_is_no_workbook_is_refused(self, made: Ready, content: bytes) -> None:
        with pytest.raises(Invalid) as refused:
            uploaded(made, content)
        assert refused.value.errors[0].field == "file"
        assert not Document.objects.exists()

    def test_macros_merged_cells_and_other_workbooks_are_refused(self, made: Ready) -> None:
        made.candidate()
        content = exported(made)
        out = io.BytesIO(content)
        with zipfile.ZipFile(out, "a") as archive:
            archive.writestr("xl/vbaProject.bin", b"x")
        with pytest.raises(Invalid, match="makroer"):
            uploaded(made, out.getvalue())
        with pytest.raises(Invalid, match="slått sammen"):
            uploaded(made, edited(content, lambda book: book["Kandidater"].merge_cells("D2:E3")))
        book = openpyxl.Workbook()
        book.active.append(["Noe", "annet"])
        other = io.BytesIO()
        book.save(other)
        with pytest.raises(Invalid, match="har ikke arket"):
            uploaded(made, other.getvalue())

    def test_a_bomb_is_refused(self, made: Ready) -> None:
        out = io.BytesIO(exported(made))
        with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("xl/media/x.xml", b"0" * (160 * 1024 * 1024))
        with pytest.raises(Invalid, match="for stor når den pakkes ut"):
            uploaded(made, out.getvalue())

    def test_costs_replace_and_nothing_is_left_behind(self, made: Ready) -> None:
        made.candidate()

        def move(book: Any) -> None:
            cell(book, "Kostnader", "År fra start (1 er det første)").value = 3

        brought_in(made, edited(exported(made), move))
        assert sorted(CandidateCost.objects.values_list("kind", "offset")) == [("investment", 2), ("operating", 1)]
