"""Who is to be told, what a person has been told, and what still waits to go out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, cast
from uuid import UUID, uuid5

from django.db.models import Max, QuerySet
from django.utils.crypto import salted_hmac

from samstyr.foundation.access import Act, Actor, Facts, Holder, Reach, may
from samstyr.foundation.governance import queries as governance
from samstyr.foundation.governance.rules.schema import GovernanceModel
from samstyr.foundation.kernel.clock import oslo_date
from samstyr.foundation.organisations import queries as organisations
from samstyr.foundation.organisations.queries import lists
from samstyr.procedure.casework import queries as casework
from samstyr.procedure.counsel import queries as counsel
from samstyr.procedure.hearings import queries as hearings
from samstyr.procedure.lifting import queries as lifting
from samstyr.procedure.mandates import queries as mandates
from samstyr.procedure.meetings import queries as meetings
from samstyr.procedure.meetings.queries import agenda, calendar
from samstyr.wheel.prioritisation import queries as prioritisation
from samstyr.wheel.reporting import queries as reporting
from samstyr.wheel.strategy import queries as strategy

from .models import Kind, Mail, MailLink, MailState, Notice
from .rules import STALE

STATEMENT = "statement.give"
REPLY = "procedure.reply"
CALENDAR = "calendar.feed"
BODY_CALENDAR = "calendar.body"


def facts_of(row: Notice) -> Facts:
    """A notice is its receiver's own."""
    return Facts("notice", row.tenant_id, owners=frozenset({row.person_id}), private=True)


def people_with(holders: Iterable[Holder], on: date) -> list[Any]:
    """As `people_of`, with everybody who has a seat in a body that is named."""
    named = list(holders)
    bodies = [holder.role.removeprefix("seat:") for holder in named if holder.role.startswith("seat:")]
    seated = [person for body in bodies for _seat, person in organisations.seats_of(body, on=on) if person]
    found = {person.pk: person for person in seated if person.is_active}
    found |= {person.pk: person for person in organisations.substitutes_of(found, on=on)}
    rest = [holder for holder in named if not holder.role.startswith("seat:")]
    return list((found | {person.pk: person for person in people_of(rest, on)}).values())


def gathering_roles(model: GovernanceModel) -> list[str]:
    """The roles that gather needs from others: they may report for more than themselves and their own unit (B-40)."""
    return [
        role.key
        for role in model.roles
        if any(right.act is Act.NEED_CREATE and right.reach not in (Reach.OWN, Reach.UNIT) for right in role.rights)
    ]


def people_of(holders: Iterable[Holder], on: date) -> list[Any]:
    """The active people who are one of these holders on the day, and those who stand in for them, each once."""
    found: dict[UUID, Any] = {}
    for holder in holders:
        if holder.person is not None:
            person = lists.person(holder.person)
            people = [person] if person and person.is_active else []
        else:
            people = organisations.holders_of(holder.role, on=on, organisation=holder.organisation, unit=holder.unit)
        found |= {person.pk: person for person in people}
    return list((found | {row.pk: row for row in organisations.substitutes_of(found, on=on)}).values())


def actor_of(person: Any, today: date) -> Actor:
    """The person with the rights they have on the day."""
    return organisations.actor_for(person, today=today, role_table=governance.role_table(today))


def mine(actor: Actor) -> QuerySet[Notice]:
    """What the person has been told, newest first: the list form of being a notice's owner."""
    return Notice.objects.filter(person_id=actor.person).order_by("-given_at", "pk")


def notice_by_id(actor: Actor, key: UUID) -> Notice | None:
    """One of the person's own notices."""
    return cast("Notice | None", mine(actor).filter(pk=key).first())


def unseen_count(actor: Actor) -> int:
    """How many of them the person has not marked as read."""
    return cast("int", Notice.objects.filter(person_id=actor.person, seen_at=None).count())


def told_on(keys: Iterable[UUID]) -> dict[UUID, date]:
    """For each thing, the last day somebody was told of it."""
    rows = Notice.objects.filter(object_id__in=list(keys)).values_list("object_id").annotate(last=Max("given_at"))
    return {key: oslo_date(last) for key, last in rows}


def known_keys(once: Iterable[str], people: Iterable[UUID]) -> set[tuple[UUID, str]]:
    """Which of these notices have been given already."""
    rows = Notice.objects.filter(once__in=list(once), person_id__in=list(people))
    return set(rows.values_list("person_id", "once"))


def people_waited_for() -> list[UUID]:
    """Those with something in the outbox."""
    return list(
        Notice.objects.filter(mail_state=MailState.WAITING).order_by().values_list("person_id", flat=True).distinct()
    )


def unsent_mails(most_attempts: int) -> QuerySet[Mail]:
    """Mails composed and not known to have been sent, oldest first."""
    return cast("QuerySet[Mail]", Mail.objects.filter(sent_at=None, attempts__lt=most_attempts).order_by("composed_at"))


def mail_by_id(key: UUID) -> Mail:
    """One mail with its receiver and notices."""
    return cast(
        "Mail", Mail.objects.select_related("person", "person__account").prefetch_related("notices").get(pk=key)
    )


@dataclass(frozen=True)
class Item:
    """One thing in a mail, as it stands now."""

    notice: Notice
    consequence: str


def still_wanted(notice: Notice, actor: Actor, now: datetime) -> Item | None:
    """The notice if it is still news to its receiver and they may still see the thing; else None."""
    if now - notice.given_at > STALE:
        return None
    match notice.kind:
        case Kind.TASK:
            row = casework.step_of(notice.object_id)
            if row is None or row.state != "active" or row.case.state != "open":
                return None
            return Item(notice, silence_of(row)) if may(actor, Act.CASE_TREAT, casework.step_facts(row)) else None
        case Kind.DEADLINE if notice.object_kind == "case_step":
            row = casework.step_of(notice.object_id)
            open_still = row is not None and row.state == "active" and row.due_on == notice.due_on
            return Item(notice, "") if open_still else None
        case Kind.HEARING:
            consultee = open_consultee(notice.object_id)
            if consultee is None or consultee.statements.exists():
                return None
            return Item(notice, "") if may(actor, Act.STATEMENT_GIVE, hearings.consultee_facts(consultee)) else None
        case Kind.MENTION | Kind.OUTCOME | Kind.PARKED | Kind.RETURNED | Kind.LIFTED:
            case = casework.case_by_id(notice.object_id)
            return Item(notice, "") if case and may(actor, Act.CASE_READ, casework.case_facts(case)) else None
        case Kind.SCORING:
            scored = prioritisation.round_by_id(notice.object_id)
            if scored is None or scored.state == "closed":
                return None
            return Item(notice, "") if may(actor, Act.SCORE_GIVE, prioritisation.round_facts(scored)) else None
        case Kind.PROCEDURE:
            member = meetings.open_member(notice.object_id, actor, oslo_date(now))
            return Item(notice, "") if member is not None and meetings.newest(member) is None else None
        case Kind.MINUTES | Kind.REMARKED | Kind.MINUTED:
            return (
                Item(notice, "") if meetings.minutes.readable_by_id(notice.object_id, actor, oslo_date(now)) else None
            )
        case Kind.MEETING:
            meeting = calendar.whole_invitation(notice.object_id)
            return Item(notice, "") if meeting and agenda.own_part(actor, meeting) else None
        case Kind.TERM:
            return Item(notice, "") if notice.due_on and lists.still_ends(notice.object_id, notice.due_on) else None
        case Kind.STRATEGY:
            standing = strategy.standing_on(oslo_date(now))
            due = standing.row is not None and standing.row.pk == notice.object_id and standing.revision is not None
            return Item(notice, "") if due and may(actor, Act.STRATEGY_READ, strategy.strategy_facts()) else None
        case Kind.RECEIVED:
            came = lifting.received_by_id(notice.object_id)
            fresh = came is not None and came.state == "waiting"
            return Item(notice, "") if fresh and may(actor, Act.CASE_ADMINISTER, lifting.facts()) else None
        case Kind.REPORT:
            return Item(notice, "") if _writes(actor, notice, oslo_date(now)) else None
        case Kind.REPORTED:
            sent = reporting.report_by_id(notice.object_id)
            return Item(notice, "") if sent and reporting.may_read(actor, sent, oslo_date(now)) else None
        case Kind.FOLLOW_UP | Kind.ADVICE | Kind.ADVISED | Kind.ENTRY:
            return Item(notice, "") if _still_asked(notice, actor, oslo_date(now)) else None
        case _:
            return Item(notice, "")


def _still_asked(notice: Notice, actor: Actor, day: date) -> bool:
    """Whether what the person is to follow up or reply to is still theirs to do, and a reply still theirs to read."""
    match notice.kind:
        case Kind.FOLLOW_UP:
            asked = meetings.follow_ups.follow_up_by_id(notice.object_id)
            return asked is not None and asked.done_at is None and asked.owner_id in actor.people
        case Kind.ADVICE:
            row = counsel.addressee_by_id(notice.object_id)
            if row is None or row.replied_on is not None or row.counsel.replaced_by.exists():
                return False
            return counsel.may_reply(actor, row, day)
        case Kind.ENTRY:
            return mandates.follows(actor, notice.object_id, day)
        case _:
            return counsel.by_id(actor, notice.object_id) is not None


def _writes(actor: Actor, notice: Notice, day: date) -> bool:
    """Whether the report is still a draft that the person may write."""
    draft = reporting.report_by_id(notice.object_id)
    return draft is not None and draft.state == "draft" and reporting.may_write(actor, draft.sender, day)


def repliers(row: Any, on: date) -> list[Any]:
    """Those who are told of advice to a body: its officers, and no one who may not see what it is about."""
    people = people_of(counsel.addressee_officers(row, on), on)
    return [person for person in people if counsel.may_reply(actor_of(person, on), row, on)]


def silence_of(row: Any) -> str:
    """What the model says happens when nobody treats the step in time: an outcome's name, `waived`, or nothing."""
    if row.step.startswith("_"):
        return ""
    step = casework.path_of(row.case).step(row.step)
    if step.silence is None:
        return ""
    return "waived" if step.silence.outcome == "waived" else str(step.outcome(step.silence.outcome).name)


def open_consultee(key: UUID) -> Any:
    """Somebody asked in a hearing that is open, or None."""
    consultee = hearings.consultee_by_id(key)
    if consultee is None or consultee.hearing.closed_at is not None or consultee.hearing.case.state != "open":
        return None
    return consultee


def digest_of(secret: str) -> str:
    """What is kept of a link's secret."""
    return salted_hmac("samstyr.mail-link", secret, algorithm="sha256").hexdigest()


def link_by_secret(secret: str) -> MailLink | None:
    """The link by its secret, whatever its state; None for one that never was in this tenant."""
    if not secret.isascii() or len(secret) > 100:
        return None
    return cast("MailLink | None", MailLink.objects.select_related("person").filter(digest=digest_of(secret)).first())


def calendar_link(person: UUID, today: date) -> MailLink | None:
    """The person's link to their own meetings, when there is one that works."""
    rows = MailLink.objects.filter(person_id=person, purpose=CALENDAR, withdrawn_at=None, expires_on__gte=today)
    return cast("MailLink | None", rows.first())


def body_key(tenant: UUID, body: str) -> UUID:
    """What stands for a body in the link to its calendar."""
    return uuid5(tenant, f"calendar {body}")


def body_links(person: UUID, today: date) -> dict[UUID, MailLink]:
    """The person's links to bodies' calendars that work, by what stands for the body."""
    rows = MailLink.objects.filter(person_id=person, purpose=BODY_CALENDAR, withdrawn_at=None, expires_on__gte=today)
    return {row.object_id: row for row in rows}


def page_of(rows: QuerySet[Notice], kind: str) -> QuerySet[Notice]:
    """The rows of one kind, or all."""
    return rows.filter(kind=kind) if kind in Kind.values else rows
