"""A list of needs from a file: nothing is written unless all is right, or the person says so."""

from __future__ import annotations

import io
from typing import Any
from uuid import UUID

import openpyxl
import pytest

from samstyr.foundation.audit.models import AuditEvent
from samstyr.foundation.documents.models import Document
from samstyr.foundation.kernel.errors import Invalid, NotFound, Refused
from samstyr.foundation.tables.spreadsheet import SheetOut, csv_file, workbook
from samstyr.wheel.needs import actions, queries
from samstyr.wheel.needs.models import CoAuthor, Need, NeedState
from samstyr.wheel.needs.rules.importing import Options

from .factories import NOW, World

HEADER = ["Tittel", "Tjeneste", "Behov", "Hvem berøres", "Ønsket effekt", "Investering", "Ønsket år", "Felles"]
TITLES = ("Varsling ved fall", "Kart over stier", "Byggesak uten papir", "Lånekort på mobil", "Vaktplan for vikarer")


def row(title: str, **changes: Any) -> list[Any]:
    values = {
        "Tittel": title,
        "Tjeneste": "Hjemmetjenesten",
        "Behov": f"Vi mangler noe som gjelder {title.lower()} i hverdagen.",
        "Hvem berøres": "20 ansatte",
        "Ønsket effekt": "Tid spart",
        "Investering": 250,
        "Ønsket år": 2027,
        "Felles": "nei",
    }
    return list({**values, **changes}.values())


def keep(made: World, *rows: list[Any], role: str = "representant", content: bytes = b"", name: str = "b.xlsx") -> UUID:
    content = content or workbook([SheetOut("Behov", HEADER, rows)])
    return actions.keep_import(actor=made.actor(role), now=NOW, content=content, file_name=name).pk


def bring(made: World, document: UUID, role: str = "representant", **options: Any) -> Any:
    return actions.import_needs(actor=made.actor(role), now=NOW, document_id=document, **options)


def counts(made: World, document: UUID, options: Options = Options()) -> dict[str, int]:
    return queries.preview_file(made.actor("representant"), document, options, day=NOW.date()).counts


def test_right_rows_become_drafts_with_money_as_chosen(made: World) -> None:
    document = keep(made, *(row(title) for title in TITLES))
    assert counts(made, document)["new"] == 5
    assert not Need.objects.exists(), "looking writes nothing"
    bring(made, document, options=Options(money_unit=1000))
    assert set(Need.objects.values_list("state", "investment_cost", "number")) == {(NeedState.DRAFT, 250_000, None)}
    assert AuditEvent.objects.filter(action="need.imported").count() == 5
    assert not Document.objects.exists(), "the file is not kept when it has been read in"


def test_the_same_file_twice_is_once(made: World) -> None:
    rows = [row(title) for title in TITLES]
    bring(made, keep(made, *rows))
    again = keep(made, *rows)
    assert counts(made, again) == {"new": 0, "existing": 5, "alike": 0, "faulty": 0}
    with pytest.raises(Invalid) as refusal:
        bring(made, again)
    assert "ingen nye behov" in str(refusal.value)
    assert Need.objects.count() == 5


def test_one_wrong_row_stops_all_until_the_person_says_so(made: World) -> None:
    document = keep(made, row(TITLES[0]), row(TITLES[1], Investering=-5), row(TITLES[2], **{"Ønsket år": "31.02.2027"}))
    with pytest.raises(Invalid) as refusal:
        bring(made, document)
    said = [str(error) for error in refusal.value.errors]
    assert "Rad 3, kolonne «Investering»" in said[0]
    assert "Rad 4, kolonne «Ønsket år»: Datoen 31.02.2027 finnes ikke." in said[1]
    assert not Need.objects.exists()
    bring(made, document, only_right=True)
    assert list(Need.objects.values_list("title", flat=True)) == [TITLES[0]]


def test_a_row_like_something_is_shown_and_left_out_unless_asked_for(made: World) -> None:
    existing = made.submitted(title="Varsling når noen faller", need="Vi mangler varsling når noen faller.")
    document = keep(made, row("Varsling når noen faller om natten"), row(TITLES[1]))
    seen = queries.preview_file(made.actor("representant"), document, Options(), day=NOW.date())
    alike = [one for one in seen.rows if one.standing == "alike"]
    assert [(one.like, one.like_id) for one in alike] == [(existing.title, existing.pk)]
    assert {"varsling", "faller"} <= set(alike[0].common)
    bring(made, document)
    assert Need.objects.filter(state=NeedState.DRAFT).count() == 1
    second = keep(made, row("Varsling når noen faller om natten"))
    bring(made, second, with_alike=True)
    assert Need.objects.filter(state=NeedState.DRAFT).count() == 2


def test_what_one_may_not_see_is_not_told_as_alike(made: World) -> None:
    made.draft(title="Varsling når noen faller", need="Hemmelig utkast om varsling.")
    assert counts(made, keep(made, row("Varsling når noen faller")))["alike"] == 0


def test_sending_in_at_once_gives_numbers_and_cases(made: World) -> None:
    document = keep(made, *(row(title) for title in TITLES))
    bring(made, document, options=Options(sending=True))
    assert sorted(Need.objects.values_list("number", flat=True)) == [1, 2, 3, 4, 5]
    assert all(queries.next_steps(need) for need in Need.objects.all())


def test_sending_in_incomplete_rows_is_refused_whole(made: World) -> None:
    document = keep(made, row(TITLES[0]), row(TITLES[1], **{"Ønsket effekt": ""}))
    with pytest.raises(Invalid):
        bring(made, document, options=Options(sending=True))
    assert not Need.objects.exists()


def test_who_it_comes_from_follows_it_and_the_importer_writes_along(made: World) -> None:
    header = [*HEADER, "Innmelder"]
    content = workbook([SheetOut("Behov", header, [[*row(TITLES[0], Felles="ja"), "ansatt@prove.example"]])])
    bring(made, keep(made, content=content))
    need = Need.objects.get()
    assert (need.submitter, need.registered_by) == (made.people["ansatt"], made.people["representant"])
    assert CoAuthor.objects.get().person == made.people["representant"]
    assert need.joint
    assert need.participants.count() == 2


def test_rights(made: World) -> None:
    with pytest.raises(Refused):
        keep(made, row(TITLES[0]), role="ansatt")
    document = keep(made, row(TITLES[0]))
    with pytest.raises(Refused):
        bring(made, document, role="ansatt")
    elsewhere = keep(made, row(TITLES[0], Tjeneste="Teknisk"))
    assert counts(made, elsewhere)["faulty"] == 1, "another area's unit is no choice"


def test_another_persons_file_is_not_there(made: World) -> None:
    document = keep(made, row(TITLES[0]))
    from samstyr.foundation.organisations.models import RoleHolding

    RoleHolding(
        role="representant",
        person=made.people["skoleleder"],
        unit=made.units["skole"],
        organisation=made.organisations["fjord"],
        starts_on=NOW.date(),
    ).save()
    with pytest.raises(NotFound):
        bring(made, document, role="skoleleder")


def test_pressing_twice_is_once(made: World) -> None:
    document = keep(made, row(TITLES[0]))
    for _ in range(2):
        actions.import_needs(actor=made.actor("representant"), now=NOW, key="same", document_id=document)
    assert Need.objects.count() == 1


class TestFiles:
    def test_cp1252_and_utf8_read_the_same(self, made: World) -> None:
        text = ";".join(HEADER) + "\r\n" + ";".join(str(cell) for cell in row("Måling av støy")) + "\r\n"
        for data in (text.encode("cp1252"), text.encode(), text.encode("utf-8-sig")):
            document = keep(made, content=data, name="b.csv")
            seen = queries.preview_file(made.actor("representant"), document, Options(), day=NOW.date())
            assert [one.values.title for one in seen.rows] == ["Måling av støy"]

    def merged(self) -> bytes:
        book = openpyxl.Workbook()
        book.active.append(HEADER)
        book.active.append(row(TITLES[0]))
        book.active.merge_cells("A2:A3")
        out = io.BytesIO()
        book.save(out)
        return out.getvalue()

    @pytest.mark.parametrize("kind", ["merged", "nul", "pdf", "no header", "empty"])
    def test_a_file_that_cannot_be_read_is_refused_and_not_kept(self, made: World, kind: str) -> None:
        content = {
            "merged": self.merged(),
            "nul": (";".join(HEADER) + "\nA\x00b;x\n").encode(),
            "pdf": b"%PDF-1.7 noe",
            "no header": b"1;2;3\n",
            "empty": b"   \n",
        }[kind]
        with pytest.raises(Invalid) as refusal:
            keep(made, content=content, name="b.csv" if kind in ("nul", "no header", "empty") else "b.xlsx")
        assert refusal.value.errors[0].remedy or kind == "empty"
        assert not Document.objects.exists()

    @pytest.mark.slow
    def test_twenty_thousand_rows_are_too_many_and_said_so(self, made: World) -> None:
        content = csv_file(SheetOut("Behov", HEADER, [row(f"Behov {number}") for number in range(20_000)]))
        document = keep(made, content=content, name="b.csv")
        with pytest.raises(Invalid) as refusal:
            bring(made, document)
        assert "Del den i flere filer" in str(refusal.value)
        assert not Need.objects.exists()
