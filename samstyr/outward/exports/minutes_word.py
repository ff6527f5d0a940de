"""Minutes as a Word document with real headings, lists and tables, its language and its title."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _
from docx import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from samstyr.foundation.ui.formats import day

from .markup import Block, Run, blocks
from .minutes import Edition, facts_of, hidden_words, seal_words

# What no XML can hold.
_UNWRITABLE = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]")


def word(edition: Edition) -> bytes:
    """The document."""
    with translation.override(edition.language):
        document = Document()
        set_up(document, title=edition.title, author=edition.arrangement, language_code=edition.language)
        _write(document, edition)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _write(document: Any, edition: Edition) -> None:
    document.add_paragraph(clean(edition.title), style="Title")
    for name, value in facts_of(edition):
        paragraph = document.add_paragraph()
        paragraph.add_run(f"{name}: ").bold = True
        paragraph.add_run(clean(value))
    for section in edition.sections:
        document.add_heading(clean(section.heading), 1)
        if section.hidden or section.legal_basis:
            document.add_paragraph().add_run(clean(hidden_words(section))).italic = True
        prose(document, blocks(section.drafted))
        if section.written:
            document.add_heading(_("Ført av sekretæren"), 2)
            prose(document, blocks(section.written))
    document.add_heading(_("Godkjenning"), 1)
    if not edition.approvals:
        document.add_paragraph(_("Møteboken er ikke godkjent ennå."))
    for line in edition.approvals:
        document.add_paragraph(clean(line), style="List Bullet")
    if edition.corrections:
        document.add_heading(_("Tillegg og rettelser"), 1)
    for one in edition.corrections:
        document.add_heading(clean(f"{day(one.on)}, {one.name}"), 2)
        prose(document, blocks(one.text))
        document.add_paragraph().add_run(_("Grunn:")).bold = True
        prose(document, blocks(one.reason))
    document.add_paragraph(seal_words(edition))


def prose(document: Any, found: Sequence[Block]) -> None:
    """Written text with real headings, lists and tables."""
    for block in found:
        if block.kind == "h":
            _put(document.add_heading("", 2), block.runs)
        elif block.kind == "table":
            _table(document, block.rows)
        elif block.kind == "list":
            for number, item in enumerate(block.items, 1):
                # Numbers are typed: Word would count on from the list before.
                paragraph = document.add_paragraph(style="List Bullet" if not block.ordered else None)
                _put(paragraph, [Run(f"{number}. "), *item] if block.ordered else item)
        else:
            _put(document.add_paragraph(), block.runs)


def _put(paragraph: Any, runs: Sequence[Run]) -> None:
    for run in runs:
        made = paragraph.add_run(clean(run.text))
        made.bold, made.italic = run.strong or None, run.em or None


def _table(document: Any, rows: Sequence[Sequence[str]]) -> None:
    table = document.add_table(rows=0, cols=max(len(row) for row in rows))
    table.style = "Table Grid"
    for row in rows:
        cells = table.add_row().cells
        for cell, text in zip(cells, row, strict=False):
            cell.text = clean(text)
    properties = table.rows[0]._tr.get_or_add_trPr()
    header = OxmlElement("w:tblHeader")
    header.set(qn("w:val"), "true")
    properties.append(header)


def set_up(document: Any, *, title: str, author: str, language_code: str) -> None:
    """The page, the type, and what the document says of itself."""
    properties = document.core_properties
    properties.title, properties.author = clean(title)[:255], clean(author)[:255]
    properties.language = f"{language_code}-NO"
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(22)
    style = document.styles["Normal"]
    style.font.name, style.font.size = "Calibri", Pt(11)
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), f"{language_code}-NO")
    style.element.get_or_add_rPr().append(language)


def clean(text: str) -> str:
    """The text without what no XML can hold."""
    return _UNWRITABLE.sub("", text)
