"""Who is to be told, what a person has been told, and what still waits to go out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, cast
from uuid import UUID

from django.db.models import Max, QuerySet
from django.utils.crypto import salted_hmac

from samstyr.foundation.access import Act, Actor, Facts, Holder, may
from samstyr.foundation.governance import queries as governance
from samstyr.foundation.kernel.clock import oslo_date
from samstyr.foundation.organisations import queries as organisations
from samstyr.foundation.organisations.queries import lists
from samstyr.procedure.casework import queries as casework
from samstyr.procedure.hearings import queries as hearings
from samstyr.procedure.meetings import queries as meetings
from samstyr.wheel.prioritisation import queries as prioritisation

from .models import Kind, Mail, MailLink, MailState, Notice
from .rules import STALE

STATEMENT = "statement.give"


def facts_of(row: Notice) -> Facts:
    """A notice is its receiver's own."""
    return Facts("notice", row.tenant_id, owners=frozenset({row.person_id}), private=True)


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
        case Kind.HEARING:
            consultee = open_consultee(notice.object_id)
            if consultee is None or consultee.statements.exists():
                return None
            return Item(notice, "") if may(actor, Act.STATEMENT_GIVE, hearings.consultee_facts(consultee)) else None
        case Kind.MENTION | Kind.OUTCOME | Kind.PARKED | Kind.RETURNED:
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
        case Kind.FOLLOW_UP:
            asked = meetings.follow_ups.follow_up_by_id(notice.object_id)
            return Item(notice, "") if asked and asked.done_at is None and asked.owner_id in actor.people else None
        case _:
            return Item(notice, "")


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


def page_of(rows: QuerySet[Notice], kind: str) -> QuerySet[Notice]:
    """The rows of one kind, or all."""
    return rows.filter(kind=kind) if kind in Kind.values else rows
