"""Minutes are sent for approval, approved or remarked on, sealed, stored, and corrected beside."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from samstyr.foundation.access import Act, Facts, may
from samstyr.foundation.audit.action import Context, action
from samstyr.foundation.documents import actions as documents
from samstyr.foundation.kernel.errors import Conflict, Invalid, NotFound
from samstyr.foundation.kernel.text import gettext_noop, say
from samstyr.foundation.organisations.models import Person

from ..events import MinutesApproved, MinutesCorrected, MinutesReturned, MinutesSent
from ..models import Addendum, Approval, Meeting, MeetingState, Minutes, MinutesState
from ..queries import minutes as reading
from ..queries.access import meeting_facts
from ..queries.minutes_facts import meeting_with_all
from .drafting import require_draft, require_writer

LONGEST = 20_000


@action("minutes.send")
def send_minutes(ctx: Context, *, minutes_id: UUID, version: int | None) -> Minutes:
    """Send the minutes to those who approve them. What they read is fixed from here on.

    Raises NotFound, Refused, and Conflict when the meeting goes on, or they are sent already.
    """
    minutes, meeting = _loaded(ctx, minutes_id, version=version)
    require_writer(ctx, meeting)
    require_draft(minutes)
    if meeting.state != MeetingState.ENDED:
        raise Conflict(
            say(gettext_noop("Møtet er ikke hevet.")),
            remedy=say(gettext_noop("Hev møtet før møteboken sendes til godkjenning.")),
            rule="minutes.ended",
        )
    if reading.missing_sections(minutes, meeting):
        raise Conflict(
            say(gettext_noop("Sakslisten har saker som møteboken mangler.")),
            remedy=say(gettext_noop("Hent fra møtet på nytt, og send så.")),
            rule="minutes.missing",
        )
    before = minutes.snapshot()
    minutes.content = reading.content_of(minutes, meeting)
    minutes.digest = reading.digest_of(minutes.content)
    minutes.state, minutes.sent_at = MinutesState.SENT, ctx.now
    ctx.save(minutes)
    ctx.record("minutes.sent", minutes, before=before)
    ctx.publish(MinutesSent(minutes.pk))
    return minutes


@action("minutes.approve")
def approve_minutes(ctx: Context, *, minutes_id: UUID, digest: str, in_meeting: UUID | None = None) -> Minutes:
    """Approve what was read: `digest` names it. `in_meeting` is the later meeting that approved them, where the

    body's rules ask for one. When the last approval is given, the minutes are sealed.

    Raises NotFound, Refused, Invalid without the meeting, and Conflict when they are not out for approval, have
    changed, or the actor has approved already.
    """
    minutes, meeting = _loaded(ctx, minutes_id)
    waiting = _require_out(ctx, minutes, meeting)
    if digest != minutes.digest:
        raise Conflict(
            say(gettext_noop("Møteboken er endret etter at du åpnet siden.")),
            remedy=say(gettext_noop("Les den på nytt før du godkjenner.")),
            rule="minutes.digest",
        )
    mine = reading.awaited_of(waiting, ctx.actor)
    if not mine:
        raise Conflict(say(gettext_noop("Du har allerede godkjent møteboken.")), rule="minutes.twice")
    remark = _said_in(meeting, in_meeting) if reading.approval_rule(meeting) == "next_meeting" else ""
    row = ctx.create(_approval(ctx, minutes, approves=True, remark=remark))
    done = {one.name for one in waiting if one.given} | {one.name for one in mine}
    ctx.record("minutes.approval_given", row, roles=sorted(one.name for one in mine), meeting=str(in_meeting or ""))
    if done >= {one.name for one in waiting}:
        _seal(ctx, minutes)
    return minutes


@action("minutes.remark")
def remark_on_minutes(ctx: Context, *, minutes_id: UUID, text: str) -> Minutes:
    """Have a remark instead of approving: the minutes become a draft again, and the remark stands in the record.

    Raises NotFound, Refused, Invalid, and Conflict when they are not out for approval.
    """
    minutes, meeting = _loaded(ctx, minutes_id)
    _require_out(ctx, minutes, meeting)
    text = _text("text", text, say(gettext_noop("Skriv hva som må rettes.")))
    row = ctx.create(_approval(ctx, minutes, approves=False, remark=text))
    before = minutes.snapshot()
    minutes.state, minutes.sent_at = MinutesState.DRAFT, None
    minutes.content, minutes.digest = {}, ""
    ctx.save(minutes)
    ctx.record("minutes.returned", minutes, before=before)
    ctx.publish(MinutesReturned(minutes.pk, row.pk))
    return minutes


@action("minutes.file")
def file_minutes(ctx: Context, *, minutes_id: UUID, content: bytes, file_name: str, title: str) -> Minutes:
    """Store the sealed minutes' document, once. The system does it when they are approved.

    Raises NotFound, Refused, and Conflict unless they are approved and have no document.
    """
    minutes, meeting = _loaded(ctx, minutes_id)
    ctx.require(may(ctx.actor, Act.NOTICE_GIVE, Facts("minutes", ctx.actor.tenant)))
    if minutes.state != MinutesState.APPROVED or minutes.document_id:
        raise Conflict(say(gettext_noop("Møteboken er allerede lagret, eller ikke godkjent.")), rule="minutes.filed")
    bases = sorted({one["legal_basis"] for one in minutes.content["sections"] if one["closed"]})
    facts = meeting_facts(meeting)
    stored = documents.store(
        actor=ctx.actor, now=ctx.now, owner_kind="minutes", owner_id=minutes.pk, owner_facts=facts,
        act=Act.MEETING_MANAGE, content=content, file_name=file_name, title=title[:200], exempt=bool(bases),
        basis=", ".join(bases)[:200],
    )  # fmt: skip
    documents.freeze(actor=ctx.actor, now=ctx.now, document_id=stored.pk, owner_facts=facts, act=Act.MEETING_MANAGE)
    before = minutes.snapshot()
    minutes.document = stored
    ctx.save(minutes)
    ctx.record("minutes.filed", minutes, before=before)
    return minutes


@action("minutes.correct")
def add_addendum(ctx: Context, *, minutes_id: UUID, text: str, reason: str) -> Addendum:
    """Let a correction stand beside approved minutes, with why; they themselves are as they were.

    Raises NotFound, Refused, Invalid, and Conflict before they are approved.
    """
    minutes, meeting = _loaded(ctx, minutes_id)
    require_writer(ctx, meeting)
    if minutes.state != MinutesState.APPROVED:
        raise Conflict(
            say(gettext_noop("Møteboken er ikke godkjent.")),
            remedy=say(gettext_noop("Rett teksten i selve møteboken.")),
            rule="minutes.not_approved",
        )
    row = Addendum(
        minutes=minutes,
        text=_text("text", text, say(gettext_noop("Skriv hva som er riktig."))),
        reason=_text("reason", reason, say(gettext_noop("Skriv hvorfor møteboken rettes."))),
        person=_person(ctx),
        name=ctx.actor.name,
    )
    ctx.create(row)
    ctx.record("minutes.corrected", row)
    ctx.publish(MinutesCorrected(minutes.pk, row.pk))
    return row


def _loaded(ctx: Context, key: UUID, *, version: int | None = None) -> tuple[Minutes, Meeting]:
    minutes = ctx.load(Minutes, key, version=version)
    meeting = meeting_with_all(minutes.meeting_id)
    assert meeting is not None
    return minutes, meeting


def _require_out(ctx: Context, minutes: Minutes, meeting: Meeting) -> list[reading.Awaited]:
    """What is awaited. Raises unless the minutes are out for approval and the actor is one of those who approve."""
    if not reading.may_know(ctx.actor, minutes, meeting):
        raise NotFound
    waiting = reading.awaited(minutes, meeting)
    ctx.require(may(ctx.actor, Act.MEETING_TAKE_PART, reading.approval_facts(meeting, waiting)))
    if minutes.state == MinutesState.APPROVED:
        require_draft(minutes)
    if minutes.state != MinutesState.SENT:
        raise Conflict(
            say(gettext_noop("Møteboken er ikke sendt til godkjenning.")),
            remedy=say(gettext_noop("Vent til den som fører møteboken, har sendt den.")),
            rule="minutes.draft",
        )
    return waiting


def _said_in(meeting: Meeting, key: UUID | None) -> str:
    """That the body approved in the later meeting, in words. Raises Invalid."""
    later = next((one for one in reading.later_meetings(meeting) if one.pk == key), None)
    if later is None:
        raise Invalid.field(
            "in_meeting",
            say(gettext_noop("Velg møtet som godkjente møteboken.")),
            remedy=say(gettext_noop("Det må være holdt senere, og ha godkjenning av møtebok på sakslisten.")),
        )
    words = gettext_noop("Godkjent i møte %(number)s/%(year)s den %(date)s.")
    date = later.held_on.strftime("%d.%m.%Y")
    return str(say(words, number=later.number, year=later.held_on.year, date=date))


def _seal(ctx: Context, minutes: Minutes) -> None:
    if reading.digest_of(minutes.content) != minutes.digest:
        raise Conflict(say(gettext_noop("Innholdet er ikke lenger det som ble sendt.")), rule="minutes.seal")
    before = minutes.snapshot()
    minutes.state, minutes.approved_at = MinutesState.APPROVED, ctx.now
    ctx.save(minutes)
    ctx.record("minutes.approved", minutes, before=before, digest=minutes.digest)
    ctx.publish(MinutesApproved(minutes.pk))


def _approval(ctx: Context, minutes: Minutes, *, approves: bool, remark: str) -> Approval:
    return Approval(
        minutes=minutes, person=_person(ctx), name=ctx.actor.name, approves=approves, remark=remark,
        digest=minutes.digest,
    )  # fmt: skip


def _person(ctx: Context) -> Person:
    return ctx.load(Person, ctx.actor.person)


def _text(field: str, text: str, missing: Any) -> str:
    text = text.replace("\r\n", "\n").strip()
    if not text:
        raise Invalid.field(field, missing)
    if len(text) > LONGEST or "\0" in text:
        raise Invalid.field(field, say(gettext_noop("Teksten er for lang eller har tegn som ikke kan lagres.")))
    return text
