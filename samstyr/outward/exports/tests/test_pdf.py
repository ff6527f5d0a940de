"""The plan as PDF: tagged, titled, in reading order, the same bytes each time, and no text read as markup."""

from __future__ import annotations

import io
import re
from typing import Any

import pytest
from pypdf import PdfReader

from samstyr.outward.exports import pdf
from samstyr.outward.exports.content import PlanContent


@pytest.fixture
def document(content: PlanContent) -> PdfReader:
    """The document, opened."""
    return PdfReader(io.BytesIO(pdf.pdf(content)))


def tags(document: PdfReader) -> dict[str, list[Any]]:
    """Every structure element by its kind."""
    found: dict[str, list[Any]] = {}
    waiting = [document.trailer["/Root"]["/StructTreeRoot"]]
    while waiting:
        node = waiting.pop().get_object()
        if isinstance(node, list):
            waiting.extend(node)
        elif isinstance(node, dict):
            if "/S" in node:
                found.setdefault(str(node["/S"]), []).append(node)
            if "/K" in node:
                waiting.append(node["/K"])
    return found


def test_it_is_tagged_with_language_and_title(document: PdfReader) -> None:
    root = document.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "nb-NO"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert document.metadata is not None
    assert document.metadata.title == "Prøveplan"
    assert b"pdfuaid" in root["/Metadata"].get_object().get_data()


def test_headings_tables_and_charts_are_what_they_are(document: PdfReader) -> None:
    found = tags(document)
    assert len(found["/H1"]) + len(found.get("/Title", [])) >= 5
    assert len(found["/H2"]) >= 4
    assert found["/TH"], "tables have header cells"
    assert len(found["/Figure"]) == 2
    assert all("i 1000 kroner" in str(figure["/Alt"]) for figure in found["/Figure"])


def test_bookmarks_follow_the_headings(document: PdfReader) -> None:
    titles = [entry["/Title"] for entry in document.outline if not isinstance(entry, list)]
    assert titles == [
        "Sammendrag", "Tiltakene i rekkefølge", "Hvert tiltak", "Kriteriene", "Behandling og vedtak",
        "Endret siden versjon 1", "Om dokumentet",
    ]  # fmt: skip


def test_the_text_comes_in_reading_order_with_page_numbers(document: PdfReader) -> None:
    text = "\n".join(page.extract_text() for page in document.pages)
    places = [
        text.index(word) for word in ("Styringsordningen", "Planen har 1 tiltak", "1. #let x", "Organet: Vedtatt")
    ]
    assert places == sorted(places)
    assert re.search(r"1 / \d", document.pages[0].extract_text())


def test_texts_are_shown_and_not_read_as_markup(document: PdfReader) -> None:
    text = " ".join("\n".join(page.extract_text() for page in document.pages).split())
    assert "#let x = 1 *feit* $x$ <b>&amp;</b> {{ segl }}" in text


def test_the_same_content_gives_the_same_bytes(content: PlanContent) -> None:
    assert pdf.pdf(content) == pdf.pdf(content)


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_it_tells_its_language(content: PlanContent, language: str) -> None:
    made = PdfReader(io.BytesIO(pdf.pdf(content, language)))
    assert str(made.trailer["/Root"]["/Lang"]).startswith(language)


def test_a_plan_without_measures_and_money_is_a_document_too(content: PlanContent) -> None:
    empty = content.model_copy(
        update={"measures": (), "total": 0, "decisions": (), "criteria": (), "differences": (), "adopted_on": None}
    )
    assert pdf.pdf(empty).startswith(b"%PDF")
