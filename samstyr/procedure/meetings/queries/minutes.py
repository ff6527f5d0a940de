"""Reading minutes: their parts, who may read which, what is sealed, and who is to approve."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date
from hashlib import sha256
from typing import Any, cast
from uuid import UUID

from django.utils import translation

from samstyr.foundation.access import Act, Actor, Facts, Holder, may
from samstyr.foundation.audit.rules import canonical
from samstyr.foundation.documents import files
from samstyr.foundation.governance import queries as governance
from samstyr.foundation.kernel.clock import oslo_date
from samstyr.foundation.kernel.errors import NotFound
from samstyr.foundation.kernel.text import gettext_noop, say
from samstyr.foundation.organisations.queries import holders_of, substitutes_of

from ..models import AgendaItem, Approval, Meeting, MeetingState, Minutes, MinutesSection, MinutesState
from .access import item_facts, manage_facts, meeting_facts
from .bodies import body_on, settings_on
from .follow_ups import follow_ups_of
from .minutes_facts import (
    CLOSING,
    ITEM,
    OPENING,
    body_name,
    fresh_sections,
    item_values,
    language_of,
    opening_facts,
    voting_seats,
)
from .minutes_facts import meeting_with_all as whole_meeting

__all__ = [
    "CLOSING",
    "CLOSING_ORDER",
    "ITEM",
    "OPENING",
    "Awaited",
    "Checked",
    "Part",
    "approval_facts",
    "approval_rule",
    "approved_in_meeting",
    "awaited",
    "awaited_of",
    "body_name",
    "checked",
    "content_of",
    "digest_of",
    "file_number",
    "follow_ups_of",
    "kind_of",
    "language_of",
    "later_meetings",
    "may_know",
    "may_read_section",
    "may_write",
    "minutes_by_id",
    "minutes_of",
    "missing_sections",
    "parts_of",
    "readable",
    "readable_by_id",
    "section_by_id",
    "unapproved_before",
    "unfiled",
    "whole_meeting",
]

FORMAT = "samstyr/minutes/1"
CLOSING_ORDER = 900


@dataclass(frozen=True)
class Part:
    """A section as somebody sees it. A hidden one has its number and legal basis, and no texts."""

    section: MinutesSection
    item: AgendaItem | None
    kind: str
    visible: bool
    closed: bool
    stale: bool = False


@dataclass(frozen=True)
class Awaited:
    """One approval that the minutes need: whose, and the approval once it is given."""

    name: str
    holders: tuple[Holder, ...]
    given: Approval | None = None


@dataclass(frozen=True)
class Checked:
    """Whether sealed minutes are what was approved: the content against its digest, the texts against the content,

    and the stored file against its own seal (None: no file is stored).
    """

    digest: bool
    texts: bool
    file: bool | None

    def __bool__(self) -> bool:
        return self.digest and self.texts and self.file is not False


def minutes_of(meeting_id: UUID) -> Minutes | None:
    """The meeting's minutes, or None before they are drafted."""
    rows = Minutes.objects.select_related("document").prefetch_related("sections", "approvals", "addenda")
    return cast("Minutes | None", rows.filter(meeting_id=meeting_id).first())


def minutes_by_id(key: UUID) -> Minutes | None:
    """The minutes with their meeting."""
    return cast("Minutes | None", Minutes.objects.select_related("meeting", "document").filter(pk=key).first())


def section_by_id(key: UUID) -> MinutesSection | None:
    """One section with its minutes and item."""
    rows = MinutesSection.objects.select_related("minutes__meeting", "item__meeting")
    return cast("MinutesSection | None", rows.filter(pk=key).first())


def readable(meeting: Meeting, actor: Actor, today: date) -> Minutes | None:
    """The minutes as far as the actor may know of them: a draft is for those who hold the meetings alone."""
    found = minutes_of(meeting.pk)
    if found is None:
        return None
    if found.state == MinutesState.DRAFT:
        return found if may_write(actor, meeting, today) else None
    return found if may_know(actor, found, meeting) else None


def may_know(actor: Actor, minutes: Minutes, meeting: Meeting) -> bool:
    """Whether the actor reads the meeting, or is one of those who approve its minutes."""
    if may(actor, Act.CASE_READ, meeting_facts(meeting)):
        return True
    return bool(may(actor, Act.MEETING_TAKE_PART, approval_facts(meeting, awaited(minutes, meeting))))


def readable_by_id(meeting_id: UUID, actor: Actor, today: date) -> Minutes | None:
    """As `readable`, by the meeting's id."""
    meeting = whole_meeting(meeting_id)
    return readable(meeting, actor, today) if meeting else None


def may_write(actor: Actor, meeting: Meeting, today: date) -> bool:
    """Whether the actor may write the meeting's minutes."""
    return bool(may(actor, Act.MEETING_MANAGE, manage_facts(meeting.body, today, meeting.organisation_id)))


def parts_of(minutes: Minutes, meeting: Meeting, actor: Actor, *, compare: bool = False) -> list[Part]:
    """The sections in the order of the meeting. With `compare`, those whose facts have changed are marked stale."""
    items = {item.pk: item for item in meeting.items.all()}
    fresh = {one.item.pk if one.item else one.kind: one for one in fresh_sections(meeting)} if compare else {}
    rows = [row for row in minutes.sections.all() if row.item_id is None or row.item_id in items]
    base = meeting_facts(meeting)
    found = []
    for row in sorted(rows, key=lambda row: _place(row, items)):
        item = items.get(row.item_id) if row.item_id else None
        kind = kind_of(row)
        closed = row.closed or bool(item and item.closed)
        visible = not (item and closed) or bool(may(actor, Act.CASE_READ, _closed_facts(item, base)))
        now = fresh.get(row.item_id or kind)
        stale = now is not None and (now.text != row.drafted or now.closed != row.closed)
        found.append(Part(row, item, kind, visible, closed, stale))
    return found


def may_read_section(actor: Actor, section: MinutesSection) -> bool:
    """Whether the actor may read the section's texts."""
    item = section.item
    if item is None or not (section.closed or item.closed):
        return True
    return bool(may(actor, Act.CASE_READ, _closed_facts(item, meeting_facts(item.meeting))))


def missing_sections(minutes: Minutes, meeting: Meeting) -> bool:
    """Whether something has come onto the agenda that the minutes lack."""
    known = {row.item_id for row in minutes.sections.all()}
    return any(item.pk not in known for item in meeting.items.all())


def kind_of(section: MinutesSection) -> str:
    """Whether it is the opening part, an item's or the closing part."""
    return ITEM if section.item_id else CLOSING if section.order == CLOSING_ORDER else OPENING


def _closed_facts(item: AgendaItem, base: Facts) -> Facts:
    return replace(item_facts(item, base), exempt=True)


def _place(row: MinutesSection, items: Mapping[UUID, AgendaItem]) -> tuple[int, int, int]:
    if row.item_id is None:
        return (2 if row.order == CLOSING_ORDER else 0, 0, row.order)
    return (1, items[row.item_id].order, row.order)


def content_of(minutes: Minutes, meeting: Meeting) -> dict[str, Any]:
    """Everything that is approved and sealed, as JSON; the same minutes give the same content."""
    with translation.override(language_of(meeting)):
        facts = opening_facts(meeting)
        seats = voting_seats(meeting)
        items = {item.pk: item for item in meeting.items.all()}
        rows = [row for row in minutes.sections.all() if row.item_id is None or row.item_id in items]
        sections = [
            _section(row, items.get(row.item_id) if row.item_id else None, meeting, seats)
            for row in sorted(rows, key=lambda row: _place(row, items))
        ]
        opening = asdict(facts)
        return {
            "format": FORMAT,
            "meeting_id": str(meeting.pk),
            "body_key": meeting.body,
            "held_on": meeting.held_on.isoformat(),
            **{name: value for name, value in opening.items() if name != "people"},
            "people": [dict(one) for one in opening["people"]],
            "sections": sections,
        }


def _section(row: MinutesSection, item: AgendaItem | None, meeting: Meeting, seats: int) -> dict[str, Any]:
    facts = _plain(asdict(item_values(item, meeting, seats))) if item else None
    return {
        "key": str(row.pk),
        "kind": kind_of(row),
        "number": item.number if item else "",
        "title": item.title if item else "",
        "closed": row.closed or bool(item and item.closed),
        "legal_basis": item.legal_basis if item else "",
        "drafted": row.drafted,
        "written": row.written,
        "facts": facts,
    }


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(one) for key, one in value.items()}
    return [_plain(one) for one in value] if isinstance(value, (list, tuple)) else value


def digest_of(content: Mapping[str, Any]) -> str:
    """SHA-256 of the content as canonical JSON: keys in order, no spaces, UTF-8."""
    return sha256(canonical(content)).hexdigest()


def checked(minutes: Minutes) -> Checked:
    """Whether what was approved still is what stands."""
    told = {one["key"]: (one["drafted"], one["written"]) for one in minutes.content.get("sections", ())}
    present = {str(row.pk): (row.drafted, row.written) for row in minutes.sections.all()}
    stored: bool | None = None
    if minutes.document is not None:
        try:
            stored = bool(files.read_bytes(minutes.document))
        except NotFound:
            stored = False
    return Checked(digest_of(minutes.content) == minutes.digest, told == present, stored)


def approval_rule(meeting: Meeting) -> str:
    """How the minutes are approved: by the chair, by roles, or by the body in a later meeting."""
    rule = str(settings_on(meeting.body, meeting.held_on).value("approval"))
    body = body_on(meeting.body, meeting.held_on)
    return "chair" if rule == "roles" and not (body and body.meetings.approved_by) else rule


def awaited(minutes: Minutes, meeting: Meeting) -> list[Awaited]:
    """Every approval that is needed, with those given for the content as it now is."""
    given = [
        row
        for row in minutes.approvals.all()
        if row.approves and row.digest == minutes.digest and minutes.state != MinutesState.DRAFT
    ]
    rule = approval_rule(meeting)
    if rule != "roles":
        found = _chair(meeting) if rule == "chair" else _next_meeting(meeting)
        return [Awaited(found.name, found.holders, given[-1] if given else None)]
    return [_of_role(key, meeting, given) for key in _approving_roles(meeting)]


def awaited_of(waiting: Collection[Awaited], actor: Actor) -> list[Awaited]:
    """The approvals not yet given that the actor may give."""
    return [
        one
        for one in waiting
        if one.given is None and (actor.automatic or any(holder.is_met_by(actor) for holder in one.holders))
    ]


def approval_facts(meeting: Meeting, waiting: Collection[Awaited]) -> Facts:
    """Who may approve or make a remark. Ask with MEETING_TAKE_PART."""
    holders = tuple(holder for one in waiting for holder in one.holders)
    return Facts("minutes", meeting.tenant_id, holders=holders)


def later_meetings(meeting: Meeting) -> list[Meeting]:
    """The body's later meetings that have or had the approval of minutes on the agenda, soonest first."""
    rows = Meeting.objects.filter(
        body=meeting.body, organisation_id=meeting.organisation_id, held_on__gt=meeting.held_on,
        state__in=(MeetingState.OPEN, MeetingState.ENDED), items__kind=AgendaItem.Kind.MINUTES,
        items__state__in=(AgendaItem.State.WAITING, AgendaItem.State.OPEN, AgendaItem.State.DECIDED),
    )  # fmt: skip
    return list(rows.distinct().order_by("held_on"))


def unapproved_before(body: str, organisation: UUID | None, day: date) -> list[Minutes]:
    """Minutes of the body's earlier meetings that are sent and not yet approved, for its next agenda."""
    rows = Minutes.objects.filter(
        meeting__body=body, meeting__organisation_id=organisation, meeting__held_on__lt=day, state=MinutesState.SENT
    )
    return list(rows.select_related("meeting").order_by("meeting__held_on"))


def approved_in_meeting(meeting: Meeting) -> list[Minutes]:
    """Those of the body's earlier minutes that are approved when the meeting says so, as the body's rules have it."""
    rows = unapproved_before(meeting.body, meeting.organisation_id, meeting.held_on)
    return [row for row in rows if approval_rule(row.meeting) == "next_meeting"]


def unfiled() -> list[UUID]:
    """Approved minutes whose document is not yet stored."""
    rows = Minutes.objects.filter(state=MinutesState.APPROVED, document__isnull=True)
    return list(rows.order_by("approved_at", "pk").values_list("pk", flat=True))


def _chair(meeting: Meeting) -> Awaited:
    body = body_on(meeting.body, meeting.held_on)
    model = governance.current_model(meeting.held_on)
    role = model.role(body.chair) if model and body and body.chair else None
    name = str(role.name) if role else str(say(gettext_noop("Møteleder")))
    person = meeting.chair
    if person is not None:
        return Awaited(person.name, (Holder("", person.name, person=person.pk),))
    place = governance.chair_place(model, body, meeting.organisation_id) if model and body else meeting.organisation_id
    holders = (Holder(role.key, name, organisation=place),) if role else ()
    led = next((one for one in meeting.participants.all() if one.leads and one.person_id), None)
    if led is not None:
        return Awaited(led.name, (Holder("", led.name, person=led.person_id), *holders))
    return Awaited(name, holders)


def _next_meeting(meeting: Meeting) -> Awaited:
    holders = manage_facts(meeting.body, meeting.held_on, meeting.organisation_id).holders
    return Awaited(body_name(meeting), holders)


def _approving_roles(meeting: Meeting) -> tuple[str, ...]:
    body = body_on(meeting.body, meeting.held_on)
    return tuple(body.meetings.approved_by) if body else ()


def _of_role(key: str, meeting: Meeting, given: list[Approval]) -> Awaited:
    model = governance.current_model(meeting.held_on)
    role = model.role(key) if model else None
    name, place = str(role.name) if role else key, meeting.organisation_id
    done = None
    for row in given:
        on = oslo_date(row.recorded_at)
        people = {person.pk for person in holders_of(key, on=on, organisation=place)}
        if row.person_id in people | {person.pk for person in substitutes_of(people, on=on)}:
            done = row
    return Awaited(name, (Holder(key, name, organisation=place),), done)


def file_number(meeting: Meeting) -> str:
    """What a file of the minutes is named by: body, year and number."""
    return f"{meeting.body}-{meeting.held_on.year}-{meeting.number}"
