"""Who may read, prepare, call and take part: the facts that `may` is asked with."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from samstyr.foundation.access import Act, Facts, Holder
from samstyr.foundation.governance import queries as governance
from samstyr.foundation.tenancy.scope import require_tenant_id

from ..models import AgendaItem, Meeting, Participant, ProcedureMember


def manage_facts(body: str, day: date, organisation: UUID | None = None) -> Facts:
    """Who may prepare and hold the body's meetings: its secretary, convener and chair, and who administers cases."""
    return _facts(organisation, _served_by(body, day, organisation, ("secretary", "convener", "chair"), helped=True))


def call_facts(body: str, day: date, organisation: UUID | None = None) -> Facts:
    """Who may call the body to a meeting: its convener, or where the model names none, who prepares it (B-10)."""
    return (
        _facts(organisation, _served_by(body, day, organisation, ("convener",)))
        if _convener(body, day)
        else (manage_facts(body, day, organisation))
    )


def meeting_facts(meeting: Meeting) -> Facts:
    """Who may read the meeting: its body's members, those called, those who prepare it, and who reads all cases.

    Ask with CASE_READ. Prefetch `participants` for lists.
    """
    members = Holder(f"seat:{meeting.body}", meeting.body, organisation=meeting.organisation_id)
    managers = manage_facts(meeting.body, meeting.held_on, meeting.organisation_id).holders
    people = frozenset(one.person_id for one in meeting.participants.all() if one.person_id)
    organisations = frozenset({meeting.organisation_id} if meeting.organisation_id else ())
    return Facts(
        "meeting", meeting.tenant_id, organisations=organisations, holders=(members, *managers), invited=people
    )


def item_facts(item: AgendaItem, base: Facts | None = None) -> Facts:
    """As the meeting's; a closed item is for those called who are not left out of it, and who may read exempt.

    Prefetch `disqualifications` and the meeting's `participants` for lists, and give the meeting's facts as `base`.
    """
    base = base or meeting_facts(item.meeting)
    people = {row.pk: row.person_id for row in item.meeting.participants.all()}
    out = {people.get(row.participant_id) for row in item.disqualifications.all() if row.outcome == "disqualified"}
    return Facts(
        "agenda_item", base.tenant, organisations=base.organisations, holders=base.holders,
        invited=frozenset(key for key in people.values() if key and key not in out), exempt=item.closed,
    )  # fmt: skip


def part_facts(participant: Participant) -> Facts:
    """Who may answer the invitation and vote: the participant. Ask with MEETING_TAKE_PART."""
    return _own(participant.person_id, participant.name)


def member_facts(member: ProcedureMember) -> Facts:
    """Who may answer a written procedure: the member. Ask with MEETING_TAKE_PART."""
    return _own(member.person_id, member.name)


def _own(person: UUID | None, name: str) -> Facts:
    return _facts(None, (Holder("", name, person=person),) if person else ())


def _facts(organisation: UUID | None, holders: tuple[Holder, ...]) -> Facts:
    organisations = frozenset({organisation} if organisation else ())
    return Facts("meeting", require_tenant_id(), organisations=organisations, holders=holders)


def _convener(body: str, day: date) -> str | None:
    model = governance.current_model(day)
    found = model.body(body) if model else None
    return found.convener if found else None


def _served_by(
    body: str, day: date, organisation: UUID | None, offices: tuple[str, ...], *, helped: bool = False
) -> tuple[Holder, ...]:
    """The roles in the body's offices, and with `helped` the roles that administer cases."""
    model = governance.current_model(day)
    found = model.body(body) if model else None
    if model is None:
        return ()
    keys = [getattr(found, office) for office in offices if getattr(found, office)] if found else []
    if helped:
        keys += [role.key for role in model.roles if any(right.act == Act.CASE_ADMINISTER for right in role.rights)]
    roles = [role for role in (model.role(key) for key in dict.fromkeys(keys)) if role is not None]
    alone = found.chair if found and found.chair not in (found.secretary, found.convener) else None
    led = governance.chair_place(model, found, organisation) if found else organisation
    return tuple(
        Holder(role.key, str(role.name), organisation=led if role.key == alone else organisation) for role in roles
    )
