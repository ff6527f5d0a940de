"""What leaders think of the strategy in force, year by year."""

from __future__ import annotations

from uuid import UUID

from samstyr.foundation.access import Act, may
from samstyr.foundation.audit.action import Context, action
from samstyr.foundation.kernel.errors import Conflict, Invalid
from samstyr.foundation.kernel.text import gettext_noop, say
from samstyr.foundation.organisations.models import Person

from ..models import StrategyReview, StrategyVersion
from ..queries import in_force, strategy_facts


@action("strategy.review", kind="strategy")
def review(ctx: Context, *, version_id: UUID, assessment: str, proposals: str = "") -> StrategyReview:
    """Give one's own assessment of the strategy in force, and what one would change (N-122)."""
    row = ctx.load(StrategyVersion, version_id)
    ctx.require(may(ctx.actor, Act.STRATEGY_READ, strategy_facts()))
    held = in_force(ctx.today)
    if held is None or row.pk != held.pk:
        raise Conflict(say(gettext_noop("Bare strategien som gjelder, kan vurderes.")))
    if not assessment.strip():
        raise Invalid.field("assessment", say(gettext_noop("Skriv hva du mener.")))
    if max(len(assessment), len(proposals)) > 20_000:
        raise Invalid.field("assessment", say(gettext_noop("Teksten er for lang.")))
    roles = [held.name for held in ctx.actor.roles if not held.role.startswith("seat:")]
    known = Person.objects.filter(pk=ctx.actor.person).exists()
    told = ctx.create(
        StrategyReview(
            version_of=row,
            on=ctx.today,
            role=", ".join(dict.fromkeys(roles))[:200],
            assessment=assessment.strip(),
            proposals=proposals.strip(),
            person_id=ctx.actor.person if known else None,
        )
    )
    ctx.record("strategy.reviewed", told)
    return told
