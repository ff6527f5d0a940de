"""What a body asks somebody to do: given, done, taken up again (D-08)."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from samstyr.foundation.access import Act, may
from samstyr.foundation.audit.action import Context, action
from samstyr.foundation.governance import queries as governance
from samstyr.foundation.kernel.errors import Conflict, FieldError, Invalid, NotFound
from samstyr.foundation.kernel.text import gettext_noop, say
from samstyr.foundation.organisations.models import Organisation, Person

from ..events import FollowUpGiven
from ..models import FollowUp
from ..queries import follow_ups as reading
from ..queries.access import item_facts, manage_facts
from ..queries.bodies import members_of

LONGEST_TITLE, LONGEST_NOTE = 300, 5_000


@action("follow_up.add")
def add_follow_up(
    ctx: Context,
    *,
    body: str,
    organisation_id: UUID | None = None,
    title: str,
    owner_id: UUID | None,
    due_on: date | None,
    item_id: UUID | None = None,
) -> FollowUp:
    """Ask somebody to do something by a day, from an item or freely. The owner is told.

    Raises Refused, NotFound for a hidden item, and Invalid with every fault.
    """
    ctx.require(may(ctx.actor, Act.MEETING_MANAGE, manage_facts(body, ctx.today, organisation_id)))
    if organisation_id is not None:
        ctx.load(Organisation, organisation_id)
    item = reading.item_to_follow(item_id) if item_id else None
    if item_id and (item is None or not may(ctx.actor, Act.CASE_READ, item_facts(item))):
        raise NotFound
    owner = Person.objects.filter(pk=owner_id, is_active=True).first() if owner_id else None
    title = " ".join(title.split())
    _require(ctx, body, organisation_id, item, title, owner, due_on)
    assert due_on is not None
    row = FollowUp(body=body, organisation_id=organisation_id, item=item, title=title, owner=owner, due_on=due_on)
    ctx.create(row)
    ctx.record("follow_up.added", row)
    ctx.publish(FollowUpGiven(row.pk))
    return row


@action("follow_up.add_for_all", kind="follow_up")
def add_follow_up_for_all(
    ctx: Context,
    *,
    body: str,
    organisation_id: UUID | None = None,
    title: str,
    due_on: date | None,
    item_id: UUID | None = None,
) -> FollowUp:
    """Ask everybody who sits in the body to do the same, each in their own place: one task for each. Each is told.

    Returns the first. Raises as `add_follow_up`, and Conflict when nobody sits there.
    """
    ctx.require(may(ctx.actor, Act.MEETING_MANAGE, manage_facts(body, ctx.today, organisation_id)))
    people = dict.fromkeys(
        one.person.pk for one in members_of(body, ctx.today, organisation_id) if one.person is not None
    )
    if not people:
        raise Conflict(say(gettext_noop("Ingen sitter i organet i dag.")))
    given = [
        add_follow_up(
            actor=ctx.actor, now=ctx.now, body=body, organisation_id=organisation_id, title=title, owner_id=key,
            due_on=due_on, item_id=item_id,
        )
        for key in people
    ]  # fmt: skip
    return given[0]


def _require(
    ctx: Context, body: str, organisation_id: UUID | None, item: object, title: str, owner: object, due_on: date | None
) -> None:
    faults = []
    model = governance.current_model(ctx.today)
    if model is None or model.body(body) is None:
        faults.append(FieldError("body", say(gettext_noop("Velg et organ som finnes i styringsmodellen.")), body[:60]))
    if item is not None and (item.meeting.body, item.meeting.organisation_id) != (body, organisation_id):  # type: ignore[attr-defined]
        faults.append(FieldError("body", say(gettext_noop("Saken hører til et annet organ."))))
    if not title or len(title) > LONGEST_TITLE or "\0" in title:
        faults.append(FieldError("title", say(gettext_noop("Skriv hva som skal gjøres, med høyst 300 tegn."))))
    if owner is None:
        faults.append(FieldError("owner", say(gettext_noop("Velg hvem som har ansvaret."))))
    if due_on is None or due_on < ctx.today:
        faults.append(FieldError("due_on", say(gettext_noop("Sett en frist som ikke er passert."))))
    if faults:
        raise Invalid(*faults)


@action("follow_up.finish")
def finish_follow_up(ctx: Context, *, follow_up_id: UUID, version: int | None, note: str = "") -> FollowUp:
    """Say that it is done, with a note if there is something to tell. Raises Refused and Conflict."""
    row = _loaded(ctx, follow_up_id, version)
    if row.done_at is not None:
        raise Conflict(say(gettext_noop("Oppfølgingen er allerede meldt ferdig.")), rule="follow_up.done")
    before = row.snapshot()
    row.done_at, row.note = ctx.now, _note(note)
    ctx.save(row)
    ctx.record("follow_up.finished", row, before=before)
    return row


@action("follow_up.reopen")
def reopen_follow_up(ctx: Context, *, follow_up_id: UUID, version: int | None, note: str = "") -> FollowUp:
    """Take it up again, with why. Raises Refused, Invalid and Conflict."""
    row = _loaded(ctx, follow_up_id, version)
    if row.done_at is None:
        raise Conflict(say(gettext_noop("Oppfølgingen er ikke meldt ferdig.")), rule="follow_up.open")
    note = _note(note)
    if not note:
        raise Invalid.field("note", say(gettext_noop("Skriv hvorfor oppfølgingen tas opp igjen.")))
    before = row.snapshot()
    row.done_at, row.note = None, note
    ctx.save(row)
    ctx.record("follow_up.reopened", row, before=before)
    ctx.publish(FollowUpGiven(row.pk))
    return row


def _loaded(ctx: Context, key: UUID, version: int | None) -> FollowUp:
    """The row, locked. Raises NotFound for one that the actor may not read."""
    row = ctx.load(FollowUp, key, version=None)
    found = reading.follow_up_by_id(key)
    if found is None or not reading.may_read_follow_up(ctx.actor, found, ctx.today):
        raise NotFound
    ctx.require(may(ctx.actor, Act.MEETING_MANAGE, reading.done_facts(found, ctx.today)))
    return ctx.load(FollowUp, row.pk, version=version)


def _note(note: str) -> str:
    note = note.replace("\r\n", "\n").strip()
    if len(note) > LONGEST_NOTE or "\0" in note:
        raise Invalid.field("note", say(gettext_noop("Merknaden er for lang eller har tegn som ikke kan lagres.")))
    return note
