"""What the scorers agree on of each need, and what else the ranking must know of it."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from samstyr.foundation.audit.action import Context, action
from samstyr.foundation.kernel.errors import Conflict, FieldError, Invalid
from samstyr.foundation.kernel.text import gettext_noop, say
from samstyr.wheel.strategy import queries as strategy

from .. import queries
from ..models import Consensus, Entry, Round
from ..rules.rounds import unreasoned
from ._evidence import evidence_of
from ._loading import managed_entry, managed_open
from .scores import level_faults

LONGEST_REASON = 5_000


@action("round.agree", kind="round_entry")
def set_consensus(
    ctx: Context,
    *,
    entry_id: UUID,
    version: int | None = None,
    levels: Mapping[str, str],
    reasons: Mapping[str, str] | None = None,
) -> Entry:
    """Set the levels agreed on for one need, all or some of them; a blank level takes the agreement back.

    A reason is needed where the level is not the one that most scorers chose. Raises Conflict while the round is
    blind, Invalid for an unknown question or level, a missing reason or missing evidence.
    """
    row, entry = managed_entry(ctx, entry_id, version)
    _require_shown(row)
    reasons = reasons or {}
    agreed = {question: level for question, level in levels.items() if level}
    said = queries.said_of(row, [entry.pk]).get(entry.pk, {})
    given = {question: [lv for lv, names in one.by_level.items() for _name in names] for question, one in said.items()}
    faults = level_faults(row, levels) + evidence_of(row, entry, levels)
    faults += [
        FieldError(question, say(gettext_noop("Skriv hvorfor dere velger et annet nivå enn de fleste.")))
        for question in unreasoned(agreed, reasons, given)
    ]
    if any(len(reason) > LONGEST_REASON for reason in reasons.values()):
        message = say(gettext_noop("Skriv begrunnelsen med høyst %(most)s tegn."), most=LONGEST_REASON)
        faults.append(FieldError("reason", message))
    if faults:
        raise Invalid(*faults)
    before = queries.agreed_of([entry.pk]).get(entry.pk, {})
    _keep(ctx, entry, before, levels, reasons)
    was = {question: cell.level for question, cell in before.items() if question in levels}
    now = entry.snapshot()
    ctx.save(entry)
    ctx.record("round.agreed", entry, before=now, levels=dict(levels), was=was, reasons=_words(reasons))
    return entry


@action("round.accept_unanimous", kind="round")
def accept_unanimous(ctx: Context, *, round_id: UUID, version: int | None) -> Round:
    """Agree on what all who scored have said alike, where nothing is agreed on yet; the rest is left to talk over."""
    row = managed_open(ctx, round_id, version)
    _require_shown(row)
    entries = {entry.pk: entry for entry in queries.entries_of(row)}
    agreed, said = queries.agreed_of(entries), queries.said_of(row, entries)
    count = 0
    for key, questions in said.items():
        alike = {
            question: next(iter(one.by_level))
            for question, one in questions.items()
            if not one.differs and question not in agreed.get(key, {})
        }
        unmet = {fault.field for fault in evidence_of(row, entries[key], alike)}
        alike = {question: level for question, level in alike.items() if question not in unmet}
        _keep(ctx, entries[key], {}, alike, {})
        count += len(alike)
    before = row.snapshot()
    ctx.save(row)
    ctx.record("round.unanimous_accepted", row, before=before, questions=count)
    return row


@action("round.describe_entry", kind="round_entry")
def describe_entry(
    ctx: Context,
    *,
    entry_id: UUID,
    version: int | None,
    owner_committed: bool = False,
    kind: str = "",
    focus_area: str = "",
) -> Entry:
    """Say whether the owner has committed people (G-107), what kind of measure it is and which focus area it serves."""
    _row, entry = managed_entry(ctx, entry_id, version)
    if focus_area and focus_area not in strategy.focus_areas(ctx.today) and focus_area != entry.focus_area:
        raise Invalid.field("focus_area", say(gettext_noop("Velg et av satsingsområdene.")), value=focus_area)
    before = entry.snapshot()
    entry.owner_committed, entry.kind, entry.focus_area = owner_committed, kind[:60], focus_area[:60]
    ctx.save(entry)
    ctx.record("round.entry_described", entry, before=before)
    return entry


@action("round.leave_out", kind="round_entry")
def leave_out(ctx: Context, *, entry_id: UUID, version: int | None, reason: str) -> Entry:
    """Keep a need out of the ranking, with a reason that is shown beside it."""
    _row, entry = managed_entry(ctx, entry_id, version)
    if not reason.strip() or len(reason) > LONGEST_REASON:
        raise Invalid.field("reason", say(gettext_noop("Skriv hvorfor behovet holdes utenfor.")))
    before = entry.snapshot()
    entry.exception = reason.strip()
    ctx.save(entry)
    ctx.record("round.left_out", entry, before=before)
    return entry


@action("round.take_back", kind="round_entry")
def take_back(ctx: Context, *, entry_id: UUID, version: int | None) -> Entry:
    """Let a need that was left out be ranked again."""
    _row, entry = managed_entry(ctx, entry_id, version)
    if not entry.exception:
        raise Conflict(say(gettext_noop("Behovet er ikke holdt utenfor.")))
    before = entry.snapshot()
    entry.exception = ""
    ctx.save(entry)
    ctx.record("round.taken_back", entry, before=before)
    return entry


def _require_shown(row: Round) -> None:
    if not queries.shows_scores(row):
        raise Conflict(
            say(gettext_noop("Vurderingene er ikke vist ennå.")),
            remedy=say(gettext_noop("Vis dem først, så alle kan se hva de andre har ment.")),
            rule="round.blind",
        )


def _keep(
    ctx: Context, entry: Entry, present: Mapping[str, Consensus], levels: Mapping[str, str], reasons: Mapping[str, str]
) -> None:
    for question, level in levels.items():
        cell, reason = present.get(question), reasons.get(question, "").strip()
        if cell is None and level:
            ctx.create(
                Consensus(
                    entry=entry, question=question, level=level, reason=reason, set_on=ctx.today,
                    set_by_id=ctx.actor.person,
                )
            )  # fmt: skip
        elif cell is not None and not level:
            ctx.delete(cell)
        elif cell is not None:
            # Set again on a new day is renewed, also when it is the same (G-73).
            cell.level, cell.reason, cell.set_on, cell.set_by_id = level, reason, ctx.today, ctx.actor.person
            ctx.save(cell)


def _words(reasons: Mapping[str, str]) -> dict[str, str]:
    return {question: reason.strip() for question, reason in reasons.items() if reason.strip()}
