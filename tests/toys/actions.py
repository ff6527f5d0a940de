"""Actions on the toys: one of each shape that the action wrapper must carry."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from samstyr.foundation.access import Verdict
from samstyr.foundation.audit.action import Context, action
from samstyr.foundation.kernel.errors import Invalid
from samstyr.foundation.kernel.events import Event
from samstyr.foundation.kernel.text import say

from .models import ToyMark, ToyNote


@dataclass(frozen=True)
class NoteWritten(Event):
    """A note has been written."""

    note_id: UUID


@action("toy.write", kind="toy_note")
def write(ctx: Context, *, title: str, text: str = "") -> ToyNote:
    """Make a note."""
    note = ctx.create(ToyNote(title=title, text=text))
    ctx.record("toy.written", note)
    ctx.publish(NoteWritten(note.pk))
    return note


@action("toy.edit", kind="toy_note")
def edit(ctx: Context, *, note_id: UUID, version: int | None, text: str, allowed: bool = True) -> ToyNote:
    """Change a note's text."""
    note = ctx.load(ToyNote, note_id, version=version)
    ctx.require(Verdict(allowed, say("Bare i tester."), "toy.rule", ("Den som prøver",)))
    if text == "feil":
        raise Invalid.field("text", "Teksten er feil.", value=text)
    before = note.snapshot()
    note.text = text
    ctx.save(note)
    ctx.record("toy.edited", note, before=before)
    return note


@action("toy.mark", kind="toy_note")
def mark(ctx: Context, *, note_id: UUID, text: str, then_fail: bool = False) -> ToyMark:
    """Leave a mark; perhaps fall over after the event has been recorded."""
    note = ctx.load(ToyNote, note_id)
    row = ctx.create(ToyMark(note=note, text=text))
    ctx.record("toy.marked", note, mark=text)
    if then_fail:
        raise Invalid.field("text", "Merket kan ikke settes.")
    return row


@action("toy.write_and_mark", kind="toy_note")
def write_and_mark(ctx: Context, *, title: str, marks: list[str], then_fail: bool = False) -> ToyNote:
    """Two actions in one."""
    note = write(actor=ctx.actor, now=ctx.now, title=title)
    for text in marks:
        mark(actor=ctx.actor, now=ctx.now, note_id=note.pk, text=text)
    ctx.record("toy.written_and_marked", note)
    if then_fail:
        raise Invalid.field("marks", "Det hele er feil.")
    return note


@action("toy.try_all", kind="toy_note")
def try_all(ctx: Context, *, titles: list[str]) -> ToyNote | None:
    """Go on when an inner action that itself had inner actions falls over."""
    last = None
    for title in titles:
        try:
            last = write_and_mark(
                actor=ctx.actor, now=ctx.now, title=title, marks=["a", "b"], then_fail=title.startswith("feil")
            )
        except Invalid:
            continue
    if last is not None:
        ctx.record("toy.tried", last)
    return last
