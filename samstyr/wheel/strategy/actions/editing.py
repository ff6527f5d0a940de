"""Change a draft, one thing at a time."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from samstyr.foundation.audit.action import Context, action
from samstyr.foundation.kernel.errors import Invalid, NotFound
from samstyr.foundation.kernel.text import gettext_noop, say

from ..models import StrategyVersion
from ..queries import content_of, fates_of
from ..rules import editing
from ..rules.findings import phase_faults
from ..rules.uploading import read_strategy
from ._loading import draft, keep


@action("strategy.save_head", kind="strategy")
def save_head(ctx: Context, *, version_id: UUID, version: int | None, values: Mapping[str, Any]) -> StrategyVersion:
    """Set title, period, interval of revision, owner, signer, vision and process."""
    row = draft(ctx, version_id, version)
    changed = editing.with_head(content_of(row), values)
    return keep(ctx, row, changed, say(gettext_noop("Endret tittel, periode eller visjon")))


@action("strategy.save_row", kind="strategy")
def save_row(
    ctx: Context, *, version_id: UUID, version: int | None, part: str, row_key: str | None, values: Mapping[str, Any]
) -> StrategyVersion:
    """Change a row of one of the lists, or add one when `row_key` is None."""
    row = draft(ctx, version_id, version)
    content = content_of(row)
    changed = editing.with_row(content, _known(part), row_key, values)
    at = -1 if row_key is None else editing.index_of(changed, part, row_key)
    name = editing.label_of(getattr(changed, part)[at])[:100]
    text = gettext_noop("La til %(part)s «%(name)s»") if row_key is None else gettext_noop("Endret %(part)s «%(name)s»")
    return keep(ctx, row, changed, say(text, part=str(say(editing.PARTS[part])), name=name), part=part)


@action("strategy.remove_row", kind="strategy")
def remove_row(ctx: Context, *, version_id: UUID, version: int | None, part: str, row_key: str) -> StrategyVersion:
    """Take a row out of one of the lists."""
    row = draft(ctx, version_id, version)
    content = content_of(row)
    name = editing.label_of(editing.row_of(content, _known(part), row_key))[:100]
    changed = editing.without_row(content, part, row_key)
    text = gettext_noop("Tok ut %(part)s «%(name)s»")
    return keep(ctx, row, changed, say(text, part=str(say(editing.PARTS[part])), name=name), part=part)


@action("strategy.move_row", kind="strategy")
def move_row(
    ctx: Context, *, version_id: UUID, version: int | None, part: str, row_key: str, down: bool
) -> StrategyVersion:
    """Move a row one place up or down in its list."""
    row = draft(ctx, version_id, version)
    content = content_of(row)
    name = editing.label_of(editing.row_of(content, _known(part), row_key))[:100]
    changed = editing.moved_row(content, part, row_key, 1 if down else -1)
    text = gettext_noop("Flyttet %(part)s «%(name)s»")
    return keep(ctx, row, changed, say(text, part=str(say(editing.PARTS[part])), name=name), part=part)


def _known(part: str) -> str:
    if part not in editing.PARTS:
        raise NotFound
    return part


@action("strategy.save_goal", kind="strategy")
def save_goal(
    ctx: Context,
    *,
    version_id: UUID,
    version: int | None,
    goal: str | None,
    parent: str | None,
    values: Mapping[str, Any],
) -> StrategyVersion:
    """Change a goal, or add one under `parent` when `goal` is None. Raises Refused for a national goal (I-25)."""
    row = draft(ctx, version_id, version)
    changed = editing.with_goal(content_of(row), goal, parent, values)
    text = gettext_noop("La til målet «%(goal)s»") if goal is None else gettext_noop("Endret målet «%(goal)s»")
    return keep(ctx, row, changed, say(text, goal=str(values.get("text", ""))[:150]))


@action("strategy.remove_goal", kind="strategy")
def remove_goal(
    ctx: Context, *, version_id: UUID, version: int | None, goal: str, reason: str = "", lesson: str = ""
) -> StrategyVersion:
    """Take a goal, with those under it, out of the draft; why may be said at once (G-05). Refused for a national goal."""
    row = draft(ctx, version_id, version)
    content = content_of(row)
    name = str(editing.place_of(content, goal).goal.text)[:150]
    changed = editing.without_goal(content, goal)
    if reason.strip():
        row.fates = row.fates | {goal: {"reason": reason.strip(), "lesson": lesson.strip()}}
    return keep(ctx, row, changed, say(gettext_noop("Tok ut målet «%(goal)s»"), goal=name))


@action("strategy.move_goal", kind="strategy")
def move_goal(
    ctx: Context,
    *,
    version_id: UUID,
    version: int | None,
    goal: str,
    step: int = 0,
    parent: str | None = None,
    before: str | None = None,
) -> StrategyVersion:
    """Move a goal a step (-1, 1) among those beside it, or, when `step` is 0, under another parent before another goal."""
    row = draft(ctx, version_id, version)
    content = content_of(row)
    if step:
        changed = editing.stepped_goal(content, goal, 1 if step > 0 else -1)
    else:
        changed = editing.moved_goal(content, goal, parent, before)
    name = str(editing.place_of(content, goal).goal.text)[:150]
    return keep(ctx, row, changed, say(gettext_noop("Flyttet målet «%(goal)s»"), goal=name))


@action("strategy.load_file", kind="strategy")
def load_file(ctx: Context, *, version_id: UUID, version: int | None, text: str) -> StrategyVersion:
    """Take what a file says in place of the draft's own; what the file leaves out stays. National goals come in so."""
    row = draft(ctx, version_id, version)
    changed = editing.loaded_over(content_of(row), read_strategy(text))
    return keep(ctx, row, changed, say(gettext_noop("Lastet inn fra fil")))


@action("strategy.say_why", kind="strategy")
def say_why(
    ctx: Context, *, version_id: UUID, version: int | None, goal: str, reason: str, lesson: str = ""
) -> StrategyVersion:
    """Say why a goal of the earlier version is kept, changed or dropped, and what one has learnt (G-05, G-06)."""
    row = draft(ctx, version_id, version)
    if goal not in {one.key for one in fates_of(row)}:
        raise NotFound
    if len(reason) > 4000 or len(lesson) > 4000:
        raise Invalid.field("reason", say(gettext_noop("Teksten er for lang.")))
    before = row.snapshot()
    row.fates = row.fates | {goal: {"reason": reason.strip(), "lesson": lesson.strip()}}
    ctx.save(row)
    ctx.record("strategy.explained", row, before=before)
    return row


@action("strategy.end_phase", kind="strategy")
def end_phase(
    ctx: Context, *, version_id: UUID, version: int | None, phase: str, on: date | None, note: str = ""
) -> StrategyVersion:
    """Note when a phase of the work ended, or that it did not after all (`on` None).

    Raises Invalid while a required phase before it is not ended (N-014), or when the day has not come.
    """
    row = draft(ctx, version_id, version)
    process = content_of(row).process
    phases = process.phases if process else ()
    if phase not in {one.key for one in phases}:
        raise NotFound
    ended = dict(row.process)
    if on is None:
        ended.pop(phase, None)
    else:
        faults = phase_faults(phases, ended, phase)
        if faults:
            raise Invalid(*faults)
        if on > ctx.today:
            raise Invalid.field("on", say(gettext_noop("Skriv en dag som har vært.")), value=on)
        ended[phase] = {"on": on.isoformat(), "note": note.strip()[:1000]}
    before = row.snapshot()
    row.process = ended
    ctx.save(row)
    ctx.record("strategy.phase_ended", row, before=before)
    return row
