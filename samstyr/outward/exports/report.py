"""A report as documents: tagged PDF (PDF/UA-1), Word, and its figures as a workbook.

The content that was sent is the only source. For the public, e-mail addresses and telephone numbers are left out.
"""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _
from docx import Document

from samstyr.foundation.kernel.clock import OSLO, oslo_date
from samstyr.foundation.ui.formats import day, number
from samstyr.wheel.reporting import queries as reading
from samstyr.wheel.reporting.rules.blocks import Block
from samstyr.wheel.reporting.rules.content import PUBLIC, for_audience
from samstyr.wheel.reporting.rules.writing import light_word

from .markup import Block as Prose
from .markup import blocks, plain
from .minutes import contacts_out
from .minutes_word import clean, prose, set_up
from .typesetting import typeset


@dataclass(frozen=True)
class Figures:
    """A section's figures as they are shown: names with values, a table with heading, and remarks."""

    numbers: tuple[tuple[str, str], ...]
    heading: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    remarks: tuple[str, ...]


@dataclass(frozen=True)
class Section:
    """One section: what is asked, the figures, and the sender's own words."""

    heading: str
    question: str
    figures: Figures | None
    written: str


@dataclass(frozen=True)
class ReportEdition:
    """The report as one audience may have it."""

    title: str
    arrangement: str
    language: str
    on: date
    facts: tuple[tuple[str, str], ...]
    dimensions: tuple[tuple[str, str, str], ...]
    sections: tuple[Section, ...]
    addenda: tuple[tuple[str, str, str], ...]
    seal: str
    file_name: str


def edition_of(row: Any, today: date, *, audience: str = "") -> ReportEdition:
    """The report for an audience; for all of its own when none is named. A draft says that it is one."""
    language = reading.language_of(row.tenant)
    with translation.override(language):
        content = reading.content_of(row, today)
        if audience:
            content = for_audience(content, audience)
        clear = contacts_out if audience == PUBLIC else str
        period = content["period"]["name"]
        return ReportEdition(
            title=f"{content['name']}, {period}",
            arrangement=row.tenant.name,
            language=language,
            on=row.sent_on or row.data_on or today,
            facts=tuple(_facts(row, content)),
            dimensions=tuple(
                (one["name"], str(light_word(one["light"])), clear(one["sentence"])) for one in content["dimensions"]
            ),
            sections=tuple(
                Section(one["title"], one["question"], figures_of(one["block"]), clear(one["written"]))
                for one in content["sections"]
            ),
            addenda=tuple(
                (day(oslo_date(one.recorded_at)), clear(one.text), clear(one.reason)) for one in row.addenda.all()
            ),
            seal=_seal(row, audience),
            file_name=f"rapport-{row.key}-{row.period}"[:100],
        )


def _facts(row: Any, content: Mapping[str, Any]) -> list[tuple[str, str]]:
    rows = [
        (_("Styringsordning"), row.tenant.name),
        (_("Fra"), content["sender"]),
        (_("Til"), content["receiver"]),
        (_("Periode"), content["period"]["name"]),
        (_("Tallene er fra"), day(date.fromisoformat(content["data_on"])) if content["data_on"] else ""),
        (_("Sendt"), day(row.sent_on) if row.sent_on else _("Utkast, ikke sendt")),
    ]
    return [(name, value) for name, value in rows if value]


def _seal(row: Any, audience: str) -> str:
    if not row.digest:
        return _("Rapporten er ikke sendt ennå.")
    if audience:
        return _("Segl for hele rapporten (SHA-256): %(digest)s") % {"digest": row.digest}
    return _("Segl (SHA-256): %(digest)s") % {"digest": row.digest}


def figures_of(kept: Mapping[str, Any] | None) -> Figures | None:
    """The block's figures in words; None where there is no block."""
    block = Block.from_json(kept or {})
    if block is None:
        return None
    return Figures(
        tuple((one.label, shown(one.value, one.kind)) for one in block.numbers),
        tuple(one.label for one in block.columns) if block.rows else (),
        tuple(
            tuple(shown(cell, column.kind) for cell, column in zip(row.cells, block.columns, strict=False))
            for row in block.rows
        ),
        block.remarks,
    )


def shown(value: Any, kind: str) -> str:
    """A figure or a cell as people read it."""
    if value is None or value == "":
        return "–"
    if kind == "date":
        return day(date.fromisoformat(str(value)))
    if isinstance(value, str):
        return value
    text = number(value)
    units = {"kr": _("%(value)s kr"), "days": _("%(value)s dager"), "percent": _("%(value)s %%")}
    return units[kind] % {"value": text} if kind in units else text


def pdf(edition: ReportEdition) -> bytes:
    """The document; the same edition gives the same bytes."""
    made = datetime.combine(edition.on, time(12), OSLO)
    with translation.override(edition.language):
        data = {
            "lang": edition.language,
            "title": edition.title,
            "running": edition.title,
            "arrangement": edition.arrangement,
            "date": {"year": edition.on.year, "month": edition.on.month, "day": edition.on.day},
            "facts": edition.facts,
            "dimensions": edition.dimensions,
            "sections": [
                {
                    "heading": one.heading,
                    "question": one.question,
                    "numbers": one.figures.numbers if one.figures else (),
                    "table": [one.figures.heading, *one.figures.rows] if one.figures and one.figures.rows else [],
                    "remarks": one.figures.remarks if one.figures else (),
                    "written": plain(blocks(one.written)),
                }
                for one in edition.sections
            ],
            "addenda": [
                {"heading": on, "text": plain(blocks(text)), "reason": reason} for on, text, reason in edition.addenda
            ],
            "seal": edition.seal,
            "words": _words(),
        }
    when = int(made.timestamp())
    ((file,),) = typeset("report.typ", [data], format="pdf", pdf_standards=["ua-1"], timestamp=when)
    return file


def _words() -> dict[str, str]:
    return {
        "contents": _("Innhold"), "judged": _("Samlet vurdering"), "name": _("Dimensjon"), "light": _("Vurdering"),
        "why": _("Begrunnelse"), "addenda": _("Tillegg og rettelser"), "reason": _("Grunn:"),
    }  # fmt: skip


def word(edition: ReportEdition) -> bytes:
    """The document, with real headings, lists and tables."""
    with translation.override(edition.language):
        document = Document()
        set_up(document, title=edition.title, author=edition.arrangement, language_code=edition.language)
        document.add_paragraph(clean(edition.title), style="Title")
        for name, value in edition.facts:
            _named(document, name, value)
        words = _words()
        if edition.dimensions:
            document.add_heading(words["judged"], 1)
            heading = (words["name"], words["light"], words["why"])
            prose(document, [Prose("table", rows=[list(heading), *map(list, edition.dimensions)])])
        for one in edition.sections:
            _section(document, one)
        if edition.addenda:
            document.add_heading(words["addenda"], 1)
        for on, text, reason in edition.addenda:
            document.add_heading(clean(on), 2)
            prose(document, blocks(text))
            _named(document, words["reason"].rstrip(":"), reason)
        document.add_paragraph(edition.seal)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _named(document: Any, name: str, value: str) -> None:
    paragraph = document.add_paragraph()
    paragraph.add_run(f"{clean(name)}: ").bold = True
    paragraph.add_run(clean(value))


def _section(document: Any, one: Section) -> None:
    document.add_heading(clean(one.heading), 1)
    if one.question:
        document.add_paragraph().add_run(clean(one.question)).italic = True
    if one.figures:
        for name, value in one.figures.numbers:
            _named(document, name, value)
        if one.figures.rows:
            prose(document, [Prose("table", rows=[list(one.figures.heading), *map(list, one.figures.rows)])])
        for remark in one.figures.remarks:
            document.add_paragraph(clean(remark))
    prose(document, blocks(one.written))
