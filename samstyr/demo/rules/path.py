"""The path of the demonstration's needs: which event may follow which, and who may do it."""

from __future__ import annotations

from collections.abc import Iterator

from samstyr.demo.records import Event, Need, Stage

# From where an event may happen, and where it leads. None is before the need exists. SPLIT_OFF leads to the
# stage in which the divided need stood, so it is told apart in `walk`.
MOVES: dict[Event, tuple[frozenset[Stage | None], Stage]] = {
    Event.CREATED: (frozenset({None}), Stage.DRAFT),
    Event.SUBMITTED: (frozenset({Stage.DRAFT}), Stage.SUBMITTED),
    Event.RETURNED: (frozenset({Stage.SUBMITTED}), Stage.RETURNED),
    Event.RESUBMITTED: (frozenset({Stage.RETURNED}), Stage.SUBMITTED),
    Event.FORWARDED: (frozenset({Stage.SUBMITTED}), Stage.IT_QUEUE),
    Event.STOPPED: (frozenset({Stage.SUBMITTED}), Stage.STOPPED),
    Event.PARKED: (frozenset({Stage.SUBMITTED}), Stage.PARKED),
    Event.RESUMED: (frozenset({Stage.PARKED}), Stage.SUBMITTED),
    Event.MERGED: (frozenset({Stage.SUBMITTED, Stage.IT_QUEUE}), Stage.MERGED),
    Event.SPLIT: (frozenset({Stage.SUBMITTED, Stage.IT_QUEUE}), Stage.SPLIT),
    Event.WITHDRAWN: (
        frozenset({Stage.DRAFT, Stage.SUBMITTED, Stage.RETURNED, Stage.IT_QUEUE, Stage.HEARING}),
        Stage.WITHDRAWN,
    ),
    Event.HEARING_OPENED: (frozenset({Stage.IT_QUEUE}), Stage.HEARING),
    Event.HEARING_CLOSED: (frozenset({Stage.HEARING}), Stage.FORUM),
    Event.INCLUDED: (frozenset({Stage.FORUM}), Stage.PORTFOLIO),
    Event.DEFERRED: (frozenset({Stage.FORUM}), Stage.DEFERRED),
    Event.REJECTED: (frozenset({Stage.FORUM}), Stage.REJECTED),
    Event.REOPENED: (frozenset({Stage.DEFERRED}), Stage.FORUM),
}
BY_WRITER = {Event.CREATED, Event.SUBMITTED, Event.RESUBMITTED, Event.WITHDRAWN}
BY_SECTOR_DIRECTOR = {
    Event.RETURNED,
    Event.FORWARDED,
    Event.STOPPED,
    Event.PARKED,
    Event.RESUMED,
    Event.SPLIT,
    Event.SPLIT_OFF,
}
BY_IT_SERVICE = {Event.MERGED, Event.HEARING_OPENED, Event.HEARING_CLOSED}
BY_FORUM_CHAIR = {Event.INCLUDED, Event.DEFERRED, Event.REJECTED, Event.REOPENED}
AT_FORUM_MEETING = {Event.INCLUDED, Event.DEFERRED, Event.REJECTED}
WITH_REASON = {*BY_FORUM_CHAIR, Event.RETURNED, Event.STOPPED, Event.PARKED, Event.MERGED, Event.SPLIT, Event.WITHDRAWN}


def walk(need: Need) -> Iterator[str]:
    """The steps that the path does not allow, and an end that is not where the need says that it stands."""
    stage: Stage | None = None
    for step in need.history:
        if step.event is Event.SPLIT_OFF:
            origins, leads_to = frozenset[Stage | None]({None}), Stage.SUBMITTED
        else:
            origins, leads_to = MOVES[step.event]
        if stage not in origins:
            yield f"need {need.key}: {step.event} on {step.on} cannot follow {stage}"
            return
        stage = leads_to
    if stage is not need.state:
        yield f"need {need.key}: says {need.state}, but its history ends in {stage}"
