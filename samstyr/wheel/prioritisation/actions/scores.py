"""What each scorer says of a need, and who stands aside from it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast
from uuid import UUID

from samstyr.foundation.audit.action import Context, action
from samstyr.foundation.kernel.errors import Conflict, FieldError, Invalid
from samstyr.foundation.kernel.text import gettext_noop, say

from .. import queries
from ..models import Entry, Round, Score, ScorerNote
from ._evidence import evidence_of
from ._loading import scored_entry

LONGEST_NOTE = 5_000


@action("round.score", kind="round_entry")
def score(ctx: Context, *, entry_id: UUID, levels: Mapping[str, str], note: str | None = None) -> Entry:
    """Keep the actor's own levels for one need, all or some of them; a blank level takes the answer back.

    Raises Conflict once the round is closed or when the actor stands aside, Invalid for an unknown question or
    level, or a level that asks for evidence that the need lacks.
    """
    row, entry = scored_entry(ctx, entry_id)
    own = _note(entry, ctx.actor.person)
    if own is not None and own.conflict:
        raise Conflict(
            say(gettext_noop("Du har meldt deg inhabil i dette behovet.")),
            remedy=say(gettext_noop("Angre inhabiliteten først hvis den var en feil.")),
            rule="round.conflict_of_interest",
        )
    faults = level_faults(row, levels) + evidence_of(row, entry, levels)
    if note is not None and len(note) > LONGEST_NOTE:
        faults.append(
            FieldError("note", say(gettext_noop("Skriv begrunnelsen med høyst %(most)s tegn."), most=LONGEST_NOTE))
        )
    if faults:
        raise Invalid(*faults)
    changed = _keep(ctx, entry, levels)
    if note is not None and (own is not None or note.strip()):
        _write_note(ctx, entry, own, note.strip(), conflict=False)
    # While the round is blind, the trail tells that a person has scored, not what they said.
    told = changed if queries.shows_scores(row) else dict.fromkeys(changed, "…")
    ctx.record("round.scored", entry, before=entry.snapshot(), levels=told)
    return entry


@action("round.stand_aside", kind="round_entry")
def stand_aside(ctx: Context, *, entry_id: UUID, reason: str) -> Entry:
    """Say that one has a conflict of interest in the need; one's own scores of it are taken out."""
    _row, entry = scored_entry(ctx, entry_id)
    if not reason.strip() or len(reason) > LONGEST_NOTE:
        raise Invalid.field("reason", say(gettext_noop("Skriv kort hvorfor du er inhabil.")))
    for own in Score.objects.filter(entry=entry, person_id=ctx.actor.person):
        ctx.delete(own)
    _write_note(ctx, entry, _note(entry, ctx.actor.person), reason.strip(), conflict=True)
    ctx.record("round.stood_aside", entry, before=entry.snapshot(), reason=reason.strip())
    return entry


@action("round.step_in", kind="round_entry")
def step_in(ctx: Context, *, entry_id: UUID) -> Entry:
    """Take back that one stands aside. Raises Conflict when one does not."""
    _row, entry = scored_entry(ctx, entry_id)
    own = _note(entry, ctx.actor.person)
    if own is None or not own.conflict:
        raise Conflict(say(gettext_noop("Du har ikke meldt deg inhabil i dette behovet.")))
    _write_note(ctx, entry, own, "", conflict=False)
    ctx.record("round.stepped_in", entry, before=entry.snapshot())
    return entry


def level_faults(row: Round, levels: Mapping[str, str]) -> list[FieldError]:
    """The questions and levels that the round's criteria do not have; a blank level is none."""
    sheet = queries.sheet_of_round(row)
    questions = {question.key for question in sheet.questions}
    known = {level.key for level in sheet.scale}
    return [
        FieldError(question, say(gettext_noop("Velg et av nivåene på skalaen.")), level[:60])
        for question, level in levels.items()
        if question not in questions or (level and level not in known)
    ]


def _keep(ctx: Context, entry: Entry, levels: Mapping[str, str]) -> dict[str, str]:
    present = {row.question: row for row in Score.objects.filter(entry=entry, person_id=ctx.actor.person)}
    changed = {}
    for question, level in levels.items():
        own = present.get(question)
        if (own.level if own else "") == level and own is None:
            continue
        changed[question] = level
        if own is None:
            ctx.create(
                Score(
                    entry=entry, person_id=ctx.actor.person, question=question, level=level, scored_on=ctx.today
                )
            )  # fmt: skip
        elif not level:
            ctx.delete(own)
        elif own.level != level or own.scored_on != ctx.today:
            own.level, own.scored_on = level, ctx.today
            ctx.save(own)
    return changed


def _note(entry: Entry, person: UUID) -> ScorerNote | None:
    return cast("ScorerNote | None", ScorerNote.objects.filter(entry=entry, person_id=person).first())


def _write_note(ctx: Context, entry: Entry, own: ScorerNote | None, text: str, *, conflict: bool) -> None:
    if own is None:
        ctx.create(ScorerNote(entry=entry, person_id=ctx.actor.person, text=text, conflict=conflict))
    elif (own.text, own.conflict) != (text, conflict):
        own.text, own.conflict = text, conflict
        ctx.save(own)
