"""What goes along when a case is lifted to another arrangement: its words, its files, and what must stay behind."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date
from uuid import UUID

from django.utils import translation

from samstyr.foundation.access import Act, Actor, may
from samstyr.foundation.documents import files
from samstyr.foundation.documents import queries as documents
from samstyr.foundation.documents.models import Document
from samstyr.foundation.kernel.text import gettext_noop, say
from samstyr.procedure.casework import queries as cases
from samstyr.procedure.casework.models import Case
from samstyr.procedure.hearings import queries as hearings
from samstyr.procedure.lifting.rules import FileCopy
from samstyr.procedure.matters.queries import OWNER as MATTER
from samstyr.procedure.matters.rules import is_matter
from samstyr.procedure.meetings.queries import agenda
from samstyr.procedure.meetings.rules import case_paper as rules

from .case_to_paper import told_of


def words_of(case: Case, actor: Actor, today: date) -> str:
    """The case in Markdown, as whoever lifts it may edit it. What was said behind closed doors is left out."""
    with translation.override("nn" if case.tenant.language == "nn" else "nb"):
        told = told_of(case, actor, today)
        if agenda.closed_items_of(case):
            told[rules.EARLIER] = ""
        return "\n\n".join(
            f"## {say(rules.HEADINGS[part])}\n\n{text.strip()}" for part, text in told.items() if text.strip()
        )


def files_of(case: Case) -> list[Document]:
    """The files of the case: with what it is about, with the case itself, and sent out for an open item of a meeting."""
    owners = [(MATTER if is_matter(case.subject_kind) else case.subject_kind, case.subject_id), ("case", case.pk)]
    owners += [("agenda_item", item.pk) for item in agenda.items_about(case) if not item.closed]
    return [row for kind, key in owners for row in documents.documents_of(kind, key)]


def readable(case: Case, actor: Actor, rows: Iterable[Document]) -> list[Document]:
    """Those of the case's files that the actor may read, and so may let go along."""
    facts = cases.case_facts(case)
    return [row for row in rows if may(actor, Act.CASE_READ, row.facts(facts))]


def shielded_of(case: Case, actor: Actor, sent: Collection[UUID]) -> list[str]:
    """What is exempt from public access and stays behind, told by kind and legal basis and never by its words."""
    with translation.override("nn" if case.tenant.language == "nn" else "nb"):
        found = [
            say(gettext_noop("Fil: %(title)s (%(basis)s)"), title=row.public_title or "–", basis=row.legal_basis)
            for row in files_of(case)
            if row.exempt and row.pk not in sent
        ]
        found += [
            say(
                gettext_noop("Uttalelse fra %(who)s (%(basis)s)"), who=line.consultee.name,
                basis=line.statement.legal_basis,
            )
            for hearing in hearings.rounds_of(case, actor)
            for line in hearing.lines
            if line.statement is not None and line.statement.exempt
        ]  # fmt: skip
        found += [
            say(gettext_noop("Behandling for lukkede dører (%(basis)s)"), basis=item.legal_basis)
            for item in agenda.closed_items_of(case)
        ]
        return [str(one) for one in found]


def copy_of(row: Document) -> FileCopy:
    """The file with its bytes and its access code."""
    return FileCopy(
        row.title,
        row.file_name,
        files.read_bytes(row),
        row.exempt,
        row.legal_basis,
        row.public_title if row.exempt else "",
    )
