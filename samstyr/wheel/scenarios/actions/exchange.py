"""Bring a changed portfolio back from a workbook, all of it or nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import F

from samstyr.foundation.access import Act, may
from samstyr.foundation.audit.action import Context, action
from samstyr.foundation.documents import actions as documents
from samstyr.foundation.documents.models import Document
from samstyr.foundation.kernel.errors import Conflict, FieldError, Invalid
from samstyr.foundation.kernel.text import gettext_noop, say
from samstyr.foundation.tenancy.models import TenantModel

from ..models import Candidate, CandidateCost, CandidateLink, CandidateOrganisation, CandidateStaff
from ..queries import exchange as queries
from ..queries import scenario_facts
from ..rules.exchange.flat import SEPARATOR
from ..rules.exchange.judging import MINE, SYSTEM, Final, faults_of, finals
from .candidates import COLUMNS, filled, next_number, rows_of, told

MOST_FAULTS_TOLD = 20
BATCH = 500
# Which cells are held in a table of their own.
_TABLES: Mapping[str, type[TenantModel]] = {
    "organisations": CandidateOrganisation,
    "costs": CandidateCost,
    "staff": CandidateStaff,
    "links": CandidateLink,
}


@dataclass(frozen=True)
class Imported:
    """How many candidates were changed, made, taken out and taken in again."""

    changed: int = 0
    new: int = 0
    dropped: int = 0
    restored: int = 0


@action("candidate.keep_file", kind="candidate")
def keep_portfolio_file(ctx: Context, *, content: bytes, file_name: str) -> Document:
    """Keep an uploaded workbook until what it would do is confirmed; only who uploaded it may open it.

    Raises Invalid with place and remedy for a file that cannot be read: it is not kept.
    """
    ctx.require(may(ctx.actor, Act.PLAN_EDIT, scenario_facts()))
    queries.preview_of(content, file_name, day=ctx.today)
    return documents.store(
        actor=ctx.actor,
        now=ctx.now,
        owner_kind=queries.FILE_KIND,
        owner_id=ctx.actor.person,
        owner_facts=scenario_facts(),
        act=Act.PLAN_EDIT,
        content=content,
        file_name=file_name,
    )


@action("candidate.import", kind="candidate")
def import_candidates(
    ctx: Context,
    *,
    document_id: UUID,
    seen: str,
    choices: Mapping[tuple[UUID, str], str] | None = None,
    otherwise: str = "",
) -> Imported:
    """Write what the workbook changes. `seen` is the preview's seal; `choices` say for each conflict, by candidate
    and cell, whether the system's or the file's text holds, and `otherwise` for those without a choice.

    Raises Conflict when anything in the file has been changed since the preview, and Invalid when something is wrong
    or a conflict is not chosen for; then nothing is written. The file is removed afterwards.
    """
    ctx.require(may(ctx.actor, Act.PLAN_EDIT, scenario_facts()))
    preview = queries.preview_portfolio(ctx.actor, document_id, day=ctx.today)
    if preview.seal != seen:
        raise _changed_since()
    assert preview.against is not None
    chosen = _chosen(preview, choices or {}, otherwise)
    rows = _locked(chosen)
    done = _write(ctx, chosen, rows)
    note_import(
        actor=ctx.actor, now=ctx.now, document_id=document_id, done=done,
        mine=sum(choice == MINE for choice in (choices or {}).values()), otherwise=otherwise,
    )  # fmt: skip
    documents.remove(
        actor=ctx.actor, now=ctx.now, document_id=document_id, owner_facts=scenario_facts(), act=Act.PLAN_EDIT
    )
    return done


@action("candidate.discard_file", kind="candidate")
def discard_portfolio_file(ctx: Context, *, document_id: UUID) -> None:
    """Remove an uploaded workbook unread. Raises NotFound for what others have uploaded."""
    ctx.require(may(ctx.actor, Act.PLAN_EDIT, scenario_facts()))
    document = queries.kept_portfolio_file(ctx.actor, document_id)
    documents.remove(
        actor=ctx.actor, now=ctx.now, document_id=document.pk, owner_facts=scenario_facts(), act=Act.PLAN_EDIT
    )


@action("candidate.note_import", kind="document")
def note_import(ctx: Context, *, document_id: UUID, done: Imported, mine: int, otherwise: str) -> Document:
    """Leave on the trail which file was brought in, what it did, and what was chosen in conflicts."""
    row = ctx.load(Document, document_id)
    ctx.require(may(ctx.actor, Act.PLAN_EDIT, scenario_facts()))
    ctx.record("candidate.imported", row, counts=vars(done), chosen_mine=mine, otherwise=otherwise)
    return row


def _changed_since() -> Conflict:
    return Conflict(
        say(gettext_noop("Noe i filen er endret i Samstyr etter at du så hva som ville skje. Ingenting er lagret.")),
        remedy=say(gettext_noop("Se gjennom endringene på nytt, og bekreft igjen.")),
        rule="version",
    )


def _chosen(preview: queries.Preview, choices: Mapping[tuple[UUID, str], str], otherwise: str) -> list[Final]:
    """What is to be written. Raises Invalid when something is wrong, or nothing is left to write."""
    assert preview.against is not None
    if otherwise not in (SYSTEM, MINE):
        open_ones = [
            cell for row in preview.rows for cell in row.conflicts if choices.get((row.key, cell.field)) not in (SYSTEM, MINE)
        ]  # fmt: skip
        if open_ones:
            raise Invalid.field(
                "otherwise",
                say(gettext_noop("Velg hva som skal gjelde. Antall felt uten valg: %(count)s."), count=len(open_ones)),
            )
        otherwise = SYSTEM
    written = finals(preview.rows, preview.against, choices, otherwise=otherwise)
    wrong = faults_of(written, preview.against)
    # What the file says wrongly stops it; what the rules say is asked again of what was in fact chosen.
    faults = [*preview.loose, *(fault for row in preview.rows for fault in row.unreadable)]
    faults += [fault for found in wrong.values() for fault in found]
    if faults:
        told_of = [_at(fault) for fault in faults[:MOST_FAULTS_TOLD]]
        message = say(gettext_noop("%(count)s feil må rettes i filen. Ingenting er lagret."), count=len(faults))
        raise Invalid(*told_of, message=message)
    if not written:
        raise Invalid.field("file", say(gettext_noop("Filen endrer ingenting som ikke allerede er slik.")))
    return written


def _at(fault: FieldError) -> FieldError:
    words = say("%(place)s: %(message)s", place=fault.field, message=fault.message)
    return FieldError("file", words, fault.value, fault.remedy)


def _locked(chosen: list[Final]) -> dict[UUID, Candidate]:
    """The rows that will change, locked. Raises Conflict when one has changed since it was read a moment ago."""
    versions = {one.key: one.version for one in chosen if one.version is not None}
    keys, rows = sorted(versions, key=str), {}
    for start in range(0, len(keys), BATCH):
        part = Candidate.objects.select_for_update().filter(pk__in=keys[start : start + BATCH]).order_by("pk")
        rows.update({row.pk: row for row in part})
    if any(key not in rows or rows[key].version != version for key, version in versions.items()):
        raise _changed_since()
    return rows


def _write(ctx: Context, chosen: list[Final], rows: dict[UUID, Candidate]) -> Imported:
    old = [one for one in chosen if one.version is not None]
    new = [one for one in chosen if one.version is None]
    snapshots = {key: row.snapshot() for key, row in rows.items()}
    for one in old:
        row = filled(rows[one.key], one.values)
        row.dropped_reason, row.version, row.updated_at = one.dropped, row.version + 1, ctx.now
    number = next_number()
    for at, one in enumerate(new):
        rows[one.key] = filled(
            Candidate(pk=one.key, number=number + at, need_id=one.values.need, dropped_reason=one.dropped), one.values
        )
    ctx.create_many(Candidate, [rows[one.key] for one in new])
    _update(ctx, old, rows)
    for part, table in _TABLES.items():
        touched = [one for one in chosen if any(name.partition(SEPARATOR)[0] == part for name in one.names)]
        _replace(ctx, table, touched, rows)
    done = {"changed": 0, "new": len(new), "dropped": 0, "restored": 0}
    for one in chosen:
        row, before = rows[one.key], snapshots.get(one.key)
        name = _event(before, one)
        if before is not None:
            done[{"candidate.dropped": "dropped", "candidate.restored": "restored"}.get(name, "changed")] += 1
        ctx.record(name, row, before=before, rows=told(one.values))
    return Imported(**done)


def _event(before: dict[str, Any] | None, one: Final) -> str:
    if before is None:
        return "candidate.created"
    if set(one.names) == {"dropped"}:
        return "candidate.dropped" if one.dropped else "candidate.restored"
    return "candidate.saved"


def _update(ctx: Context, old: list[Final], rows: dict[UUID, Candidate]) -> None:
    """Write each column of those candidates alone that change it: a long list with one changed column is soon done."""
    columns = {**{name: name for name in COLUMNS}, "area": "area", "dropped": "dropped_reason"}
    for name, column in columns.items():
        found = [rows[one.key] for one in old if name in one.names]
        if found:
            Candidate.objects.bulk_update(found, [column], batch_size=BATCH)
    keys = [one.key for one in old]
    for start in range(0, len(keys), BATCH):
        part = Candidate.objects.filter(pk__in=keys[start : start + BATCH])
        part.update(version=F("version") + 1, updated_at=ctx.now)


def _replace(ctx: Context, table: type[TenantModel], touched: list[Final], rows: dict[UUID, Candidate]) -> None:
    keys = [one.key for one in touched if one.version is not None]
    for start in range(0, len(keys), BATCH):
        table.objects.filter(candidate__in=keys[start : start + BATCH]).delete()
    ctx.create_many(table, [row for one in touched for row in rows_of(table, rows[one.key], one.values)])
