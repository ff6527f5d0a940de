"""Put together the agenda: what is on it, in what order, and what comes off it."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.db.models import Max

from samstyr.foundation.access import Act, may
from samstyr.foundation.audit.action import Context, action
from samstyr.foundation.kernel.errors import Conflict, Invalid, NotFound
from samstyr.foundation.kernel.text import gettext_noop, say
from samstyr.procedure.casework.models import BodyMeeting, CaseStep

from ..models import AgendaItem, Meeting, MeetingState
from ..queries.access import item_facts, manage_facts
from ..queries.agenda import open_item_of
from ..queries.bodies import step_of, waiting_for
from ..queries.written import open_procedure_at
from ..rules.agenda import item_faults, moved

ItemState = AgendaItem.State
KINDS_WITHOUT_CASE = (AgendaItem.Kind.REPORT, AgendaItem.Kind.ROUND, AgendaItem.Kind.MINUTES, AgendaItem.Kind.OTHER)


def lock_numbers(meeting_id: UUID | None) -> None:
    """Lock the body's days of the year: whoever gives items their numbers waits in one queue. Before the meeting."""
    meeting = Meeting.objects.filter(pk=meeting_id).first()
    if meeting is not None:
        days = BodyMeeting.objects.filter(body=meeting.body, organisation_id=meeting.organisation_id)
        list(days.filter(held_on__year=meeting.held_on.year).select_for_update(of=("self",)).order_by("pk"))


def _meeting(ctx: Context, meeting_id: UUID | None, *, numbered: bool = False) -> Meeting:
    """The meeting, locked, for those who prepare it, and not yet held; with `numbered`, the numbers are locked too."""
    if numbered:
        lock_numbers(meeting_id)
    meeting = ctx.load(Meeting, meeting_id)
    ctx.require(may(ctx.actor, Act.MEETING_MANAGE, manage_facts(meeting.body, ctx.today, meeting.organisation_id)))
    if meeting.state == MeetingState.ENDED:
        raise Conflict(say(gettext_noop("Møtet er holdt. Saken kan settes opp på et nytt møte.")))
    if meeting.day.cancelled:
        raise Conflict(
            say(gettext_noop("Møtet er avlyst.")), remedy=say(gettext_noop("Sett opp saken på et annet møte."))
        )
    return meeting


def _item(ctx: Context, item_id: UUID, version: int | None = None) -> tuple[Meeting, AgendaItem]:
    """The meeting and the item, locked in that order, as everywhere in the room: two who edit wait, and never for ever."""
    meeting_id = AgendaItem.objects.filter(pk=item_id).values_list("meeting_id", flat=True).first()
    meeting = _meeting(ctx, meeting_id)
    row = ctx.load(AgendaItem, item_id, version=version)
    if row.closed and not may(ctx.actor, Act.CASE_READ, item_facts(row)):
        raise NotFound
    return meeting, row


@action("agenda.add_cases", kind="agenda_item")
def add_cases(
    ctx: Context, *, meeting_id: UUID, case_step_ids: Sequence[UUID], late_reason: str = ""
) -> list[AgendaItem]:
    """Put cases that wait for the body on the agenda, each with its own title; all or none.

    Raises Invalid when none is chosen, Conflict for one that does not wait for the body or is on an agenda already.
    """
    # Steps before the meeting, as when a case is decided in a meeting, so that the two never wait for each other.
    # Sending the case out in writing locks the step too: it cannot be in both places.
    list(CaseStep.objects.select_for_update(of=("self",)).filter(pk__in=case_step_ids).order_by("pk"))
    meeting = _meeting(ctx, meeting_id, numbered=True)
    waiting = {row.pk: row for row in waiting_for(meeting.body, meeting.organisation_id)}
    if not case_step_ids:
        raise Invalid.field("cases", say(gettext_noop("Velg minst én sak.")))
    made = []
    for key in dict.fromkeys(case_step_ids):
        row = waiting.get(key)
        if row is None:
            raise Conflict(say(gettext_noop("En av sakene venter ikke lenger på organet. Last siden på nytt.")))
        if open_procedure_at(key) is not None:
            raise Conflict(say(gettext_noop("«%(title)s» er ute til skriftlig behandling."), title=row.case.title))
        other = open_item_of(key)
        if other is not None:
            raise Conflict(
                say(gettext_noop("«%(title)s» står alt på sakslisten %(day)s."), title=row.case.title,
                    day=other.meeting.held_on.strftime("%d.%m.%Y"))
            )  # fmt: skip
        made.append(
            _add(ctx, meeting, AgendaItem(kind=AgendaItem.Kind.CASE, title=row.case.title[:300]), row, late_reason)
        )
    return made


@action("agenda.add", kind="agenda_item")
def add_item(
    ctx: Context,
    *,
    meeting_id: UUID,
    kind: str,
    title: str,
    text: str = "",
    proposal: str = "",
    minutes_long: int = 15,
    closed: bool = False,
    legal_basis: str = "",
    late_reason: str = "",
) -> AgendaItem:
    """Put something that is no case on the agenda: a report, a round of the table, earlier minutes, anything else."""
    meeting = _meeting(ctx, meeting_id, numbered=True)
    if kind not in KINDS_WITHOUT_CASE:
        raise Invalid.field("kind", say(gettext_noop("Velg hva slags punkt det er.")), value=kind)
    if kind == AgendaItem.Kind.MINUTES:
        title = title.strip() or str(say(gettext_noop("Godkjenning av møtebok")))
        proposal = proposal.strip() or str(say(gettext_noop("Møteboken godkjennes.")))
    row = AgendaItem(kind=kind)
    _fill(
        row,
        title=title,
        text=text,
        proposal=proposal,
        minutes_long=minutes_long,
        closed=closed,
        legal_basis=legal_basis,
    )
    return _add(ctx, meeting, row, None, late_reason)


def _add(ctx: Context, meeting: Meeting, row: AgendaItem, step: CaseStep | None, late_reason: str) -> AgendaItem:
    row.meeting = meeting
    row.order = 1 + (AgendaItem.objects.filter(meeting=meeting).aggregate(last=Max("order"))["last"] or 0)
    if step is not None:
        row.case_step, row.case = step, step.case
        row.proposal = str(step_of(step).text or "")
    if meeting.state != MeetingState.PLANNED:
        if not late_reason.strip():
            raise Invalid.field(
                "late_reason",
                say(gettext_noop("Sakslisten er sendt ut. Skriv hvorfor saken kommer sent.")),
                remedy=say(gettext_noop("Møtet kan si nei til å behandle den.")),
            )
        row.late, row.late_reason = True, late_reason.strip()[:500]
        row.number = next_number(meeting)
    ctx.create(row)
    ctx.record("agenda.added", row)
    return row


def next_number(meeting: Meeting) -> str:
    """The body's next item number in the year, as «12/26»; the caller has locked the numbers."""
    year = meeting.held_on.year
    taken = AgendaItem.objects.filter(
        meeting__body=meeting.body, meeting__organisation_id=meeting.organisation_id, meeting__held_on__year=year
    ).exclude(number="")
    used = [int(text.split("/")[0]) for text in taken.values_list("number", flat=True)]
    return f"{1 + max(used, default=0)}/{year % 100:02}"


@action("agenda.save", kind="agenda_item")
def save_item(
    ctx: Context,
    *,
    item_id: UUID,
    version: int | None,
    title: str,
    text: str = "",
    proposal: str = "",
    minutes_long: int = 15,
    closed: bool = False,
    legal_basis: str = "",
) -> AgendaItem:
    """Change an item that has not been treated. Raises Invalid, Refused, and Conflict when another changed it first."""
    _of_meeting, row = _item(ctx, item_id, version)
    _require_waiting(row)
    before = row.snapshot()
    _fill(
        row,
        title=title,
        text=text,
        proposal=proposal,
        minutes_long=minutes_long,
        closed=closed,
        legal_basis=legal_basis,
    )
    ctx.save(row)
    ctx.record("agenda.saved", row, before=before)
    return row


def _fill(
    row: AgendaItem, *, title: str, text: str, proposal: str, minutes_long: int, closed: bool, legal_basis: str
) -> None:
    faults = item_faults(
        title=title, text=text, proposal=proposal, minutes_long=minutes_long, closed=closed, legal_basis=legal_basis
    )
    if faults:
        raise Invalid(*faults)
    row.title, row.text, row.proposal, row.minutes_long = title.strip(), text.strip(), proposal.strip(), minutes_long
    row.closed, row.legal_basis = closed, legal_basis.strip()[:200] if closed else ""


def _require_waiting(row: AgendaItem) -> None:
    if row.state != ItemState.WAITING:
        raise Conflict(say(gettext_noop("Saken er behandlet eller under behandling, og kan ikke endres slik.")))


@action("agenda.move", kind="agenda_item")
def move_item(ctx: Context, *, item_id: UUID, step: int) -> Meeting:
    """Move an item one place up (−1) or down (1)."""
    meeting, row = _item(ctx, item_id)
    rows = _rows(meeting)
    _arrange(ctx, meeting, rows, moved([one.pk for one in rows], row.pk, 1 if step > 0 else -1))
    return meeting


@action("agenda.order", kind="meeting")
def order_agenda(ctx: Context, *, meeting_id: UUID, seen: Sequence[UUID], wanted: Sequence[UUID]) -> Meeting:
    """Set the whole order at once. `seen` is the order it was made from, `wanted` the new one.

    Raises Conflict when somebody has moved, added or removed an item since, Invalid when the two are not the same items.
    """
    meeting = _meeting(ctx, meeting_id)
    rows = _rows(meeting)
    present = [row.pk for row in rows]
    if list(seen) != present:
        raise Conflict(
            say(gettext_noop("Noen andre har endret sakslisten siden du åpnet siden.")),
            remedy=say(gettext_noop("Last siden på nytt, og sett rekkefølgen en gang til.")),
        )
    if sorted(wanted) != sorted(present):
        raise Invalid.field("order", say(gettext_noop("Hvert punkt må ha én plass.")))
    _arrange(ctx, meeting, rows, wanted)
    return meeting


def _rows(meeting: Meeting) -> list[AgendaItem]:
    return list(AgendaItem.objects.select_for_update(of=("self",)).filter(meeting=meeting).order_by("order", "pk"))


def _arrange(ctx: Context, meeting: Meeting, rows: Sequence[AgendaItem], wanted: Sequence[UUID]) -> None:
    by_key = {row.pk: row for row in rows}
    earlier = [str(row.pk) for row in rows]
    for at, key in enumerate(wanted, start=1):
        if by_key[key].order != at:
            by_key[key].order = at
            ctx.save(by_key[key])
    ctx.record("agenda.moved", meeting, before=meeting.snapshot(), earlier=earlier, order=[str(key) for key in wanted])


@action("agenda.remove", kind="agenda_item")
def remove_item(ctx: Context, *, item_id: UUID, version: int | None, reason: str = "") -> AgendaItem:
    """Take an item off the agenda; one that was sent out stays there as withdrawn, with the reason."""
    meeting, row = _item(ctx, item_id, version)
    _require_waiting(row)
    before = row.snapshot()
    if meeting.state == MeetingState.PLANNED:
        ctx.record("agenda.removed", row, before=before)
        ctx.delete(row)
        return row
    if not reason.strip():
        raise Invalid.field("reason", say(gettext_noop("Sakslisten er sendt ut. Skriv hvorfor saken trekkes.")))
    row.state, row.discussion = ItemState.WITHDRAWN, reason.strip()
    ctx.save(row)
    ctx.record("agenda.removed", row, before=before)
    return row
