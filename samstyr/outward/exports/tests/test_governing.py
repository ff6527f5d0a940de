"""The governing model as documents: tagged, in order, filled with everything, and a template that is tried first."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from docx import Document
from pypdf import PdfReader

from samstyr.foundation.governance import bundles
from samstyr.foundation.governance.rules.loading import load_text
from samstyr.foundation.kernel.errors import Invalid
from samstyr.outward.exports.governing import pdf, word
from samstyr.outward.exports.governing.assembling import told_of
from samstyr.outward.exports.governing.content import Governing

from .test_pdf import tags


@pytest.fixture(scope="module")
def content() -> Governing:
    """A whole shipped model as nobody holds it."""
    told = told_of(load_text(bundles.text_of("bronnoy")).require(), date(2026, 1, 1))
    return replace(told, arrangement="Prøveordningen", text="#let x = 1 *feit* $x$ <b>&amp;</b>", seal="0" * 64)


@pytest.fixture(scope="module")
def document(content: Governing) -> PdfReader:
    return PdfReader(io.BytesIO(pdf.pdf(content)))


def test_it_is_tagged_with_language_title_and_figures_with_words(document: PdfReader, content: Governing) -> None:
    root = document.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"] and root["/Lang"] == "nb-NO"
    assert document.metadata is not None and document.metadata.title == content.title
    assert b"pdfuaid" in root["/Metadata"].get_object().get_data()
    found = tags(document)
    assert len(found["/Figure"]) == 1 + len(content.paths) + 1
    told = [str(figure["/Alt"]) for figure in found["/Figure"]]
    assert any("IKT-styringsgruppen rådfører seg med Kommunestyrets eUtvalg" in one for one in told)
    assert any(one.startswith("Beslutningsveien Fra innmelding til handlingsplan") for one in told)


def test_all_its_parts_stand_in_order(document: PdfReader) -> None:
    titles = [entry["/Title"] for entry in document.outline if not isinstance(entry, list)]
    assert titles == [
        "Formål", "Organisasjonskart", "Organene", "Forumene", "Rollene", "Beslutningsveiene", "Årshjulet",
        "Kriterier og vekter", "Høringsinstanser", "Ansvarsmatrise", "Rapporter", "Funn og valg", "Om dokumentet",
    ]  # fmt: skip
    text = " ".join("\n".join(page.extract_text() for page in document.pages).split())
    assert "#let x = 1 *feit* $x$ <b>&amp;</b>" in text
    assert "A Ansvarlig · U Utfører · R Rådført · I Informert" in text
    assert "Valgt løsning: Tabellen gjelder." in text
    assert "Leder: Rådmann i vertskommunen (Brønnøy kommune)" in text


def test_the_same_content_gives_the_same_bytes(content: Governing) -> None:
    assert pdf.pdf(content) == pdf.pdf(content)


@pytest.mark.slow
def test_word_says_the_same_with_headings_pictures_and_the_matrix(content: Governing) -> None:
    data = word.filled(content)
    made = Document(io.BytesIO(data))
    headings = [one.text for one in made.paragraphs if one.style.name == "Heading 1"]
    assert headings[:5] == ["Formål", "Organisasjonskart", "Organene", "Forumene", "Rollene"]
    assert any(one.text == "IKT-styringsgruppen" and one.style.name == "Heading 2" for one in made.paragraphs)
    matrix = next(table for table in made.tables if table.cell(0, 0).text == "Oppgave")
    assert [cell.text for cell in matrix.rows[0].cells][1:3] == ["IT-ledelse", "IT-support"]
    assert [cell.text for cell in matrix.rows[1].cells] == [
        "Installasjon, oppgradering", "R", "I", "U", "U", "A", "I", "I",
    ]  # fmt: skip
    assert made.core_properties.title == content.title
    xml = zipfile.ZipFile(io.BytesIO(data)).read("word/document.xml").decode()
    assert xml.count("<wp:docPr") == xml.count("descr=") == 1 + len(content.paths)
    assert "{{" not in xml and "{%" not in xml


def _template(text: str) -> bytes:
    made, out = Document(), io.BytesIO()
    made.add_paragraph(text)
    made.save(out)
    return out.getvalue()


def test_an_own_template_is_filled() -> None:
    data = word.filled(word.sample(), _template("{{ tittel }}"))
    assert "Prøvemodell" in Document(io.BytesIO(data)).paragraphs[0].text


@pytest.mark.parametrize(
    "text",
    ["{{ ukjent }}", "{{ tittel.__class__ }}", "{% for o in organer %}{{ o.hemmelig }}{% endfor %}", "{{ tittel"],
)
def test_a_template_with_a_wrong_code_is_refused(text: str) -> None:
    with pytest.raises(Invalid):
        word.require_fillable(_template(text), "mal.docx")


def test_the_template_that_comes_along_can_be_filled_and_lists_its_codes() -> None:
    word.require_fillable(word.DEFAULT.read_bytes(), "mal.docx")
    codes: dict[str, Any] = word.codes(word.sample())
    empty = [name for name, value in codes.items() if value in ("", []) and name not in ("tilstand", "segl")]
    assert empty == [], "the trial model has something in every place"
