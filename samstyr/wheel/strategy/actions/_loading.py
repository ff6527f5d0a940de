"""The draft, locked; and how a change to it is kept so that it can be undone."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from samstyr.foundation.access import Act, may
from samstyr.foundation.audit.action import Context
from samstyr.foundation.governance.rules.strategy import StrategyContent
from samstyr.foundation.kernel.errors import Conflict
from samstyr.foundation.kernel.text import Sentence, gettext_noop, say
from samstyr.foundation.organisations.models import Person

from ..models import StrategyStep, StrategyVersion, VersionState
from ..queries import strategy_facts
from ..rules.editing import as_data


def draft(ctx: Context, version_id: UUID, version: int | None = None) -> StrategyVersion:
    """The draft, locked, if the actor may write it. Raises Conflict once it is proposed, adopted or put away."""
    row = ctx.load(StrategyVersion, version_id, version=version)
    ctx.require(may(ctx.actor, Act.STRATEGY_EDIT, strategy_facts()))
    if row.state != VersionState.DRAFT:
        raise Conflict(
            say(gettext_noop("Denne versjonen er %(state)s og kan ikke endres."), state=row.get_state_display()),
            remedy=say(gettext_noop("Begynn et nytt utkast i stedet.")),
            rule="strategy.frozen",
        )
    return row


def keep(ctx: Context, row: StrategyVersion, content: StrategyContent, what: Sentence, **more: Any) -> StrategyVersion:
    """Store the draft's new content as one step of its history, and tell the trail what was done."""
    before = row.snapshot()
    row.content = as_data(content)
    ctx.save(row)
    step(ctx, row, what)
    ctx.record("strategy.changed", row, before=before, what=str(what)[:300], **more)
    return row


def step(ctx: Context, row: StrategyVersion, what: Sentence) -> StrategyStep:
    """Note how the draft stands now."""
    last = StrategyStep.objects.filter(version_of=row).order_by("-number").values_list("number", flat=True).first()
    known = Person.objects.filter(pk=ctx.actor.person).exists()
    return ctx.create(
        StrategyStep(
            version_of=row,
            number=(last or 0) + 1,
            what=str(what)[:300],
            content=row.content,
            person_id=ctx.actor.person if known else None,
        )
    )
