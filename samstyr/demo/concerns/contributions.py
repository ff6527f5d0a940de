"""What members bring to a body: initiatives, perspectives on a case, and how they have anchored the work at home."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from functools import partial

from samstyr.demo.arrangement import Arrangement, Told
from samstyr.demo.living import Act, World
from samstyr.procedure.contributions import actions
from samstyr.procedure.contributions.rules import ContributionValues


def acts(data: Arrangement) -> Iterator[Act]:
    """Each on its day."""
    for place, told in enumerate(data.told):
        yield Act(told.on, 5, place, partial(_tell, told=told))


def _tell(world: World, now: datetime, *, told: Told) -> None:
    actions.add(
        **world.by(told.by, now),
        body=told.body,
        values=ContributionValues(
            told.kind, told.title, told.on, text=told.text, stage=told.stage, lesson=told.lesson, arena=told.arena,
            audience=told.audience, audience_kind=told.audience_kind,
            case=world.cases[told.about]().pk if told.about else None,
        ),
    )  # fmt: skip
