"""Each need's history is a lawful walk in order of time, by people who may, and its hearing fits into it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import pairwise

from samstyr.demo.records import Consultee, Demo, Event, Hearing, Need, Step
from samstyr.demo.rules import path
from samstyr.demo.rules.people import acts_as
from samstyr.foundation.kernel.workdays import add_working_days

HEARING_ENDS_BEFORE_FORUM = 3  # working days; the governance model's choice for finding F-B4
IT_ROLES = ("digitalisation_adviser", "it_lead")


def need_faults(demo: Demo) -> Iterator[str]:
    """Every fault of every need, place first."""
    names = [need.title for need in demo.needs]
    yield from (f"two needs have the title {name}" for name in {name for name in names if names.count(name) > 1})
    for need in demo.needs:
        yield from path.walk(need)
        yield from _time_faults(demo, need)
        yield from _family_faults(demo, need)
        for step in need.history:
            yield from _step_faults(demo, need, step)
        yield from _hearing_faults(demo, need)


def municipality_of(demo: Demo, need: Need) -> str:
    """The key of the municipality whose service has the need."""
    sector = sector_of(demo, need)
    return next(each.organisation for each in demo.sectors if each.key == sector)


def sector_of(demo: Demo, need: Need) -> str:
    """The key of the kommunalsjef's area in which the need arose."""
    return next(unit.sector for unit in demo.units if unit.key == need.unit)


def may_hear(demo: Demo, need: Need) -> dict[str, Consultee]:
    """The hearing bodies that the need can be sent to: both lists if it is joint, else its own (B-30)."""
    own = municipality_of(demo, need)
    return {each.key: each for each in demo.consultees if need.scope == "joint" or own in each.municipalities}


def is_late(hearing: Hearing, answered: date) -> bool:
    """Whether a statement came after the deadline; the day itself is in time."""
    return answered > hearing.deadline


def _time_faults(demo: Demo, need: Need) -> Iterator[str]:
    place = f"need {need.key}"
    for earlier, later in pairwise(need.history):
        if later.on < earlier.on:
            yield f"{place}: {later.event} on {later.on} comes before {earlier.event} on {earlier.on}"
    if any(step.on > demo.as_of for step in need.history):
        yield f"{place}: something is dated after {demo.as_of}"
    submitted = [step.on for step in need.history if step.event is Event.SUBMITTED]
    if submitted and (submitted[0] >= date(need.wheel_year, 3, 1)) != need.late:
        yield f"{place}: submitted {submitted[0]}, but late is {need.late}"
    for comment in need.comments:
        if not need.history[0].on <= comment.on <= demo.as_of:
            yield f"{place}: a comment of {comment.on} is outside its life"


def _family_faults(demo: Demo, need: Need) -> Iterator[str]:
    """Divided needs know each other, and nothing is merged into itself or into something closed."""
    by_key = {each.key: each for each in demo.needs}
    for step in need.history:
        children = [by_key[key] for key in step.into]
        if (step.event in (Event.MERGED, Event.SPLIT)) != bool(children) or need in children:
            yield f"need {need.key}: {step.event} on {step.on} and its `into` do not fit"
        if step.event is Event.SPLIT and any(each.history[0].split_from != need.key for each in children):
            yield f"need {need.key}: a part of it does not say where it comes from"
        if step.split_from and need.key not in {key for each in by_key[step.split_from].history for key in each.into}:
            yield f"need {need.key}: {step.split_from} does not name it as its part"
        if step.until_year is not None and step.until_year <= step.on.year:
            yield f"need {need.key}: parked until a year that has begun"


def _step_faults(demo: Demo, need: Need, step: Step) -> Iterator[str]:
    place = f"need {need.key}: {step.event} on {step.on}"
    if step.by not in _who_may(demo, need, step):
        yield f"{place} by {step.by}, who may not"
    if step.event in path.WITH_REASON and not step.text:
        yield f"{place} has no reason"
    if step.event in path.AT_FORUM_MEETING and step.on not in _forum_days(demo):
        yield f"{place} is not on a day when the forum met"


def _who_may(demo: Demo, need: Need, step: Step) -> set[str]:
    if step.event in path.BY_WRITER:
        return {need.submitter, *need.co_authors}
    if step.event in path.BY_SECTOR_DIRECTOR:
        return acts_as(demo, "sector_director", sector_of(demo, need), step.on)
    if step.event in path.BY_IT_SERVICE:
        return {person for role in IT_ROLES for person in acts_as(demo, role, "it-tjenesten", step.on)}
    return acts_as(demo, "it_lead", "it-tjenesten", step.on)


def _forum_days(demo: Demo) -> set[date]:
    return {each.on for each in demo.meetings if each.body == "digitaliseringsforum" and each.status == "held"}


def _hearing_faults(demo: Demo, need: Need) -> Iterator[str]:
    place = f"need {need.key}: hearing"
    opened = next((step.on for step in need.history if step.event is Event.HEARING_OPENED), None)
    closed = next((step.on for step in need.history if step.event is Event.HEARING_CLOSED), None)
    if (opened is None) != (need.hearing is None):
        yield f"{place} and history do not fit"
    if opened is None or need.hearing is None:
        return
    hearing = need.hearing
    if not opened < hearing.deadline or (closed and closed < hearing.deadline):
        yield f"{place}: the deadline {hearing.deadline} is not between opening and closing"
    if outside := set(hearing.asked) - set(may_hear(demo, need)):
        yield f"{place}: asked outside the lists: {', '.join(sorted(outside))}"
    answered = [statement.consultee for statement in hearing.statements]
    if len(set(answered)) != len(answered) or not set(answered) <= set(hearing.asked):
        yield f"{place}: somebody answered twice or unasked"
    for statement in hearing.statements:
        if not opened <= statement.on <= (closed or demo.as_of):
            yield f"{place}: the statement of {statement.consultee} is dated outside it"
        if statement.exempt and not statement.exempt.basis.startswith("offl. §"):
            yield f"{place}: the exemption of {statement.consultee} names no section of offentleglova"
    yield from _before_the_forum(demo, place, hearing, closed)


def _before_the_forum(demo: Demo, place: str, hearing: Hearing, closed: date | None) -> Iterator[str]:
    """B-43: the forum treats after the hearing, with some working days between."""
    meets = min(
        (each.on for each in demo.meetings if each.body == "digitaliseringsforum" and closed and each.on >= closed),
        default=None,
    )
    if meets is None:
        return
    if add_working_days(hearing.deadline, HEARING_ENDS_BEFORE_FORUM) >= meets:
        yield f"{place}: the deadline {hearing.deadline} is too close to the forum on {meets}"
