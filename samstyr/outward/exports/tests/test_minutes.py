"""Minutes as documents: tagged PDF and Word with the same words, and a public edition without what is closed."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date

import pytest
from docx import Document
from pypdf import PdfReader

from samstyr.outward.exports import listening
from samstyr.outward.exports.markup import blocks, text_of
from samstyr.outward.exports.minutes import Correction, Edition, Section, edition_of, pdf, without_contacts
from samstyr.outward.exports.minutes_word import word
from samstyr.procedure.meetings.models import Minutes
from samstyr.procedure.meetings.queries import minutes as reading
from samstyr.procedure.meetings.tests.committee import at, committee
from samstyr.procedure.meetings.tests.minutes_world import closed_item, held, item, vote
from samstyr.procedure.meetings.tests.test_minutes import AFTER, approved

from .test_pdf import tags

HOSTILE = "#let x = 1 *feit* $x$ <b>&amp;</b> {{ segl }} [y](https://a.no)"
EDITION = Edition(
    "Møtebok Utvalget 1/2026", "Ordningen", "nb", date(2026, 9, 22), "godkjent 24.09.2026", "a" * 64, False,
    (
        Section("Møtet", "- **Organ:** Utvalget\n\n### Til stede\n\n- Leder\n- Nord1"),
        Section("1/26 #let x = 1", "Vedtatt.", f"{HOSTILE}\n\n1. en\n2. to\n\n| A | B |\n|---|---|\n| c | d |"),
        Section("2/26 Unntatt offentlighet", hidden=True, legal_basis="offentleglova § 23"),
    ),
    ("24.09.2026: Leder godkjente.",),
    (Correction(date(2026, 10, 1), "Sekretær", "Kom 09.20.", "Skrivefeil"),),
)  # fmt: skip


def words(data: bytes) -> str:
    return " ".join("\n".join(page.extract_text() for page in PdfReader(io.BytesIO(data)).pages).split())


def paragraphs(data: bytes) -> list[str]:
    return [paragraph.text for paragraph in Document(io.BytesIO(data)).paragraphs]


@pytest.fixture(scope="module", name="made")
def opened() -> PdfReader:
    return PdfReader(io.BytesIO(pdf(EDITION)))


class TestPdf:
    def test_it_is_tagged_with_language_and_title(self, made: PdfReader) -> None:
        root = made.trailer["/Root"]
        assert root["/MarkInfo"]["/Marked"]
        assert root["/Lang"] == "nb-NO"
        assert root["/ViewerPreferences"]["/DisplayDocTitle"]
        assert made.metadata is not None
        assert made.metadata.title == EDITION.title
        assert b"pdfuaid" in root["/Metadata"].get_object().get_data()

    def test_headings_lists_and_tables_are_what_they_are(self, made: PdfReader) -> None:
        found = tags(made)
        assert len(found["/H1"]) >= 5
        assert found["/H2"]
        assert len(found["/LI"]) >= 5
        assert len(found["/TH"]) == 2

    def test_bookmarks_follow_the_sections(self, made: PdfReader) -> None:
        titles = [entry["/Title"] for entry in made.outline if not isinstance(entry, list)]
        assert titles == [
            "Møtet", "1/26 #let x = 1", "2/26 Unntatt offentlighet", "Godkjenning", "Tillegg og rettelser",
        ]  # fmt: skip

    def test_the_text_comes_in_reading_order(self) -> None:
        text = words(pdf(EDITION))
        said = ["Til stede", "Nord1", "Vedtatt.", "Leder godkjente.", "Kom 09.20."]
        places = [text.index(one) for one in said]
        assert places == sorted(places)

    def test_texts_are_shown_and_not_read_as_markup(self) -> None:
        text = words(pdf(EDITION))
        assert "#let x = 1 feit $x$ <b>&</b> {{ segl }} y (https://a.no)" in text
        assert "Unntatt offentlighet (offentleglova § 23)." in text
        assert "a" * 20 in text

    def test_the_same_edition_gives_the_same_bytes(self) -> None:
        assert pdf(EDITION) == pdf(EDITION)

    def test_an_empty_one_is_a_document_too(self) -> None:
        bare = replace(EDITION, sections=(), approvals=(), corrections=(), digest="")
        assert "ikke godkjent ennå" in words(pdf(bare))


class TestWord:
    def test_it_has_headings_language_title_and_a_header_row(self) -> None:
        document = Document(io.BytesIO(word(EDITION)))
        styles = [(paragraph.style.name, paragraph.text) for paragraph in document.paragraphs]
        assert ("Title", EDITION.title) in styles
        assert ("Heading 1", "1/26 #let x = 1") in styles
        assert ("Heading 2", "Til stede") in styles
        assert ("List Bullet", "Nord1") in styles
        assert document.core_properties.title == EDITION.title
        assert document.core_properties.language == "nb-NO"
        assert "w:tblHeader" in document.tables[0]._tbl.xml
        assert [cell.text for cell in document.tables[0].rows[1].cells] == ["c", "d"]

    def test_it_says_what_the_pdf_says(self) -> None:
        text = " ".join(" ".join(paragraphs(word(EDITION))).split())
        for said in ("#let x = 1 feit $x$ <b>&</b> {{ segl }} y (https://a.no)", "Kom 09.20.", "Leder godkjente.",
                     "Unntatt offentlighet (offentleglova § 23)."):  # fmt: skip
            assert said in text

    def test_what_no_xml_can_hold_is_left_out(self) -> None:
        assert "ab" in paragraphs(word(replace(EDITION, sections=(Section("a\x0bb"),))))


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Skriv til ola.nordmann@nord.kommune.no.", "Skriv til [kontaktopplysning utelatt]."),
        (
            "Ring 22 33 44 55 eller +47 912 34 567.",
            "Ring [kontaktopplysning utelatt] eller [kontaktopplysning utelatt].",
        ),
        ("Telefon 91234567", "Telefon [kontaktopplysning utelatt]"),
        ("Budsjettet er 1 250 000 kr, sak 12345678/26, 22.09.2026.", None),
        ("Beløpet er 12345678,50 og 2026-09-22.", None),
    ],
)
def test_contact_data_is_taken_out_and_figures_are_left(text: str, left: str | None) -> None:
    cleaned = without_contacts(replace(EDITION, sections=(Section("x", text, text),))).sections[0]
    assert (cleaned.drafted, cleaned.written) == ((left or text),) * 2


def test_no_word_is_lost_between_markdown_and_blocks() -> None:
    text = "# A\n\nb **c** _d_ `e`\nf\n\n- g\n  - h\n\n    i\n- j\n\n> k\n\n```\nl\n```\n\n1. m"
    found = blocks(text)
    said = " ".join(text_of(one.runs) + " ".join(text_of(item) for item in one.items) for one in found)
    assert [letter for letter in said.replace("\n", " ").split() if letter] == list("Abcdefghijklm")
    assert [one.kind for one in found] == ["h", "p", "list", "p", "p", "list"]


class TestEditions:
    def test_the_public_edition_has_no_closed_items(self, db: None) -> None:
        with committee() as made:
            meeting = held(made)
            vote(item(meeting, proposal="Ring 22 33 44 55."))
            closed_item(meeting)
            minutes = Minutes.objects.get(pk=approved(made, meeting).pk)
            whole = reading.whole_meeting(meeting.pk)
            public, full = edition_of(minutes, whole, public=True), edition_of(minutes, whole)
            assert "HEMMELIG vedtak." in words(pdf(full))
            for data in (words(pdf(public)), " ".join(paragraphs(word(public)))):
                assert "HEMMELIG" not in data
                assert "Firma AS" not in data, "the title is closed too"
                assert "Eier i firmaet" not in data
                assert "2/26 Unntatt offentlighet" in data
                assert "Unntatt offentlighet (offentleglova § 23)." in data
                assert "22 33 44 55" not in data
                assert "Offentlig utgave" in data
            assert public.file_name == "moetebok-utvalg-2026-1-offentlig"

    def test_a_reader_who_may_not_read_a_section_has_it_left_out(self, db: None) -> None:
        with committee() as made:
            meeting = held(made)
            closed_item(meeting)
            minutes = approved(made, meeting)
            whole = reading.whole_meeting(meeting.pk)
            key = str(minutes.sections.get(closed=True).pk)
            assert "HEMMELIG" not in words(pdf(edition_of(minutes, whole, hidden={key})))


def test_a_typesetter_that_fails_does_not_stop_the_approval(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(_edition: object) -> bytes:
        raise RuntimeError

    with committee() as made:
        with monkeypatch.context() as broken:
            broken.setattr(listening, "pdf", fails)
            minutes = approved(made)
        minutes.refresh_from_db()
        assert (minutes.state, minutes.document) == ("approved", None)
        system = {"actor": made.actor().on_behalf("daily"), "now": at(AFTER)}
        assert listening.file_waiting(**system) == 1
        assert listening.file_waiting(**system) == 0
