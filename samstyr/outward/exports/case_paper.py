"""A case paper as documents: Word to work on, and tagged PDF (PDF/UA-1) to send out.

What is exempt from public access never comes into it, so the same document may be published unless the item is closed.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _
from docx import Document

from samstyr.foundation.kernel.clock import OSLO
from samstyr.foundation.ui.formats import day
from samstyr.procedure.meetings.queries import case_paper as reading
from samstyr.procedure.meetings.queries.minutes_facts import body_name, language_of

from .markup import blocks, plain
from .minutes_word import clean, prose, set_up
from .typesetting import typeset


@dataclass(frozen=True)
class CasePaperEdition:
    """The paper as it stands. `parts` are heading, what is drafted, and what the secretary has written."""

    title: str
    arrangement: str
    language: str
    held_on: date
    facts: tuple[tuple[str, str], ...]
    parts: Sequence[tuple[str, str, str]]
    file_name: str


def edition_of(paper: Any, item: Any, *, arrangement: str) -> CasePaperEdition:
    """The item's paper as a document."""
    meeting = item.meeting
    with translation.override(language_of(meeting)):
        rows = (
            (_("Styringsordning"), arrangement),
            (_("Organ"), body_name(meeting)),
            (_("Møtedato"), day(meeting.held_on)),
            (_("Saksnummer"), item.number),
            (_("Unntatt offentlighet"), item.legal_basis if item.closed else ""),
        )
        return CasePaperEdition(
            title=_("Saksframlegg: %(title)s") % {"title": item.title},
            arrangement=arrangement,
            language=language_of(meeting),
            held_on=meeting.held_on,
            facts=tuple((name, value) for name, value in rows if value),
            parts=reading.told_parts(paper),
            file_name=f"saksframlegg-{item.case.year}-{item.case.number}",
        )


def pdf(edition: CasePaperEdition) -> bytes:
    """The document; the same edition gives the same bytes."""
    made = datetime.combine(edition.held_on, time(12), OSLO)
    on = edition.held_on
    with translation.override(edition.language):
        data = {
            "lang": edition.language,
            "title": edition.title,
            "running": edition.title,
            "arrangement": edition.arrangement,
            "date": {"year": on.year, "month": on.month, "day": on.day},
            "facts": edition.facts,
            "sections": [
                {"heading": heading, "drafted": plain(blocks(drafted)), "written": plain(blocks(written))}
                for heading, drafted, written in edition.parts
            ],
            "words": {"contents": _("Innhold")},
        }
    when = int(made.timestamp())
    ((file,),) = typeset("case_paper.typ", [data], format="pdf", pdf_standards=["ua-1"], timestamp=when)
    return file


def word(edition: CasePaperEdition) -> bytes:
    """The document, with real headings, lists and tables."""
    document = Document()
    set_up(document, title=edition.title, author=edition.arrangement, language_code=edition.language)
    document.add_paragraph(clean(edition.title), style="Title")
    for name, value in edition.facts:
        paragraph = document.add_paragraph()
        paragraph.add_run(f"{name}: ").bold = True
        paragraph.add_run(clean(value))
    for heading, drafted, written in edition.parts:
        document.add_heading(clean(heading), 1)
        prose(document, blocks(drafted))
        prose(document, blocks(written))
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()
