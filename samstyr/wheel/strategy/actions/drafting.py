"""Begin a draft, take changes back, put it away."""

from __future__ import annotations

from typing import Literal
from uuid import UUID

from samstyr.foundation.access import Act, may
from samstyr.foundation.audit.action import Context, action
from samstyr.foundation.governance import queries as governance
from samstyr.foundation.governance.rules.strategy import StrategyContent
from samstyr.foundation.kernel.errors import Conflict, Invalid
from samstyr.foundation.kernel.text import Sentence, gettext_noop, say

from ..models import Strategy, StrategyStep, StrategyVersion, VersionState
from ..queries import coming, content_of, in_force, open_version, strategy_facts
from ..rules.editing import as_data, with_head
from ..rules.uploading import read_strategy
from ._loading import draft, step

Beginning = Literal["model", "revise", "roll", "file", "empty"]


@action("strategy.open_draft", kind="strategy")
def open_draft(ctx: Context, *, beginning: Beginning, reason: str = "", text: str = "") -> StrategyVersion:
    """Begin a draft: from the model's own strategy, as a revision of the version in force, rolled to the next period,
    from a file, or from nothing.

    A revision stays in the same strategy; everything else begins a new one, that follows the one in force.
    Raises Conflict when a draft or proposal is under way, or there is nothing to begin from.
    """
    ctx.require(may(ctx.actor, Act.STRATEGY_EDIT, strategy_facts()))
    if open_version() is not None:
        raise Conflict(
            say(gettext_noop("Det finnes allerede et utkast eller forslag til strategi.")),
            remedy=say(gettext_noop("Skriv videre på det, eller legg det bort først.")),
        )
    base = in_force(ctx.today)
    # One strategy waits at a time: one that was taken over before it began could not be told from one that has held.
    if beginning != "revise" and coming(ctx.today) is not None:
        raise Conflict(
            say(gettext_noop("Strategien for neste periode er allerede vedtatt.")),
            remedy=say(gettext_noop("Når perioden begynner, kan den revideres.")),
        )
    content, what = _first(ctx, beginning, base, text)
    based_on = base if beginning in ("revise", "roll") else None
    if beginning == "revise" and base is not None:
        strategy = base.strategy
    else:
        strategy = ctx.create(Strategy(previous=base.strategy if base else None))
        ctx.record("strategy.created", strategy)
    row = ctx.create(
        StrategyVersion(strategy=strategy, content=as_data(content), based_on=based_on, reason=reason.strip())
    )
    ctx.record("strategy.draft_opened", row, what=str(what))
    step(ctx, row, what)
    return row


def _first(
    ctx: Context, beginning: Beginning, base: StrategyVersion | None, text: str
) -> tuple[StrategyContent, Sentence]:
    if beginning == "empty":
        return StrategyContent(), say(gettext_noop("Begynt uten innhold"))
    if beginning == "file":
        return read_strategy(text), say(gettext_noop("Lastet inn fra fil"))
    if beginning == "model":
        model = governance.current_model(ctx.today)
        if model is None or model.strategy.is_empty:
            raise Conflict(say(gettext_noop("Styringsmodellen sier ikke noe om strategien.")))
        return model.strategy, say(gettext_noop("Hentet fra styringsmodellen"))
    if base is None:
        raise Conflict(say(gettext_noop("Det er ikke vedtatt noen strategi å gå ut fra.")))
    content = content_of(base)
    if beginning == "revise":
        return content, say(gettext_noop("Begynt som revisjon av versjonen som gjelder"))
    years = (content.last_year - content.first_year) if content.last_year and content.first_year else None
    first = content.last_year + 1 if content.last_year else None
    head = {"first_year": first, "last_year": first + years if first and years is not None else None}
    rolled = with_head(content.model_copy(update={"process": None}), head)
    return rolled, say(gettext_noop("Rullert fra strategien som gjelder"))


@action("strategy.undo", kind="strategy")
def undo(ctx: Context, *, version_id: UUID, version: int | None, to: int | None = None) -> StrategyVersion:
    """Take the draft back to how it was after step `to`, or one step back. The history only grows."""
    row = draft(ctx, version_id, version)
    steps = StrategyStep.objects.filter(version_of=row).order_by("-number")
    if to is None:
        wanted = steps[1:2]
        earlier = wanted[0] if wanted else None
    else:
        earlier = steps.filter(number=to).first()
    if earlier is None:
        raise Conflict(say(gettext_noop("Det er ikke noe å angre.")))
    before = row.snapshot()
    row.content = earlier.content
    ctx.save(row)
    what = say(gettext_noop("Tilbake til: %(what)s"), what=earlier.what[:250])
    step(ctx, row, what)
    ctx.record("strategy.undone", row, before=before, what=str(what))
    return row


@action("strategy.discard", kind="strategy")
def discard(ctx: Context, *, version_id: UUID, version: int | None, reason: str) -> StrategyVersion:
    """Put the draft away. It is kept, but cannot be taken up again. Raises Invalid without a reason."""
    row = draft(ctx, version_id, version)
    if not reason.strip():
        raise Invalid.field("reason", say(gettext_noop("Skriv hvorfor utkastet legges bort.")))
    before = row.snapshot()
    row.state, row.reason = VersionState.DISCARDED, reason.strip()
    ctx.save(row)
    ctx.record("strategy.discarded", row, before=before)
    return row
