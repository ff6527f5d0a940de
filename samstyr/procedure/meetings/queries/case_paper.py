"""Case papers: the one of an item, its parts, and who may write them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import cast
from uuid import UUID

from samstyr.foundation.access import Act, Actor, may
from samstyr.foundation.kernel.text import say

from ..models import AgendaItem, CasePaper, CasePaperPart, MeetingState
from ..rules.case_paper import HEADINGS, PROPOSAL
from .access import manage_facts
from .agenda import may_read_item


@dataclass(frozen=True)
class Shown:
    """One part as it stands: its heading, and whether the facts would draft it otherwise now."""

    part: CasePaperPart
    heading: str
    stale: bool


def case_paper_of(item: AgendaItem) -> CasePaper | None:
    """The item's case paper with its parts; None before it is drafted."""
    return cast("CasePaper | None", CasePaper.objects.prefetch_related("parts").filter(item=item).first())


def part_by_id(key: UUID) -> CasePaperPart | None:
    """One part with its item and meeting."""
    rows = CasePaperPart.objects.select_related("paper__item__meeting", "paper__item__case")
    return cast("CasePaperPart | None", rows.filter(pk=key).first())


def may_write(actor: Actor, item: AgendaItem, day: date) -> bool:
    """Whether the actor prepares the body's meetings and may read the item."""
    facts = manage_facts(item.meeting.body, day, item.meeting.organisation_id)
    return bool(may(actor, Act.MEETING_MANAGE, facts)) and may_read_item(actor, item)


def is_open(item: AgendaItem) -> bool:
    """Whether the paper may still be written: until the item is treated and the meeting held."""
    return item.meeting.state != MeetingState.ENDED and item.state in ("waiting", "open")


def heading_of(key: str) -> str:
    """What a part is called."""
    return str(say(HEADINGS[key]))


def shown_parts(paper: CasePaper, fresh: Mapping[str, str]) -> list[Shown]:
    """The parts in order; those with nothing to say are left out, but the proposal always stands."""
    found = []
    for part in paper.parts.all():
        stale = part.key in fresh and fresh[part.key] != part.drafted
        found.append(Shown(part, heading_of(part.key), stale))
    return found


def told_parts(paper: CasePaper) -> list[tuple[str, str, str]]:
    """What goes into the document: heading, what is drafted and what is written, of each part that says anything."""
    return [
        (heading_of(part.key), part.drafted, part.written)
        for part in paper.parts.all()
        if part.drafted or part.written or part.key == PROPOSAL
    ]
