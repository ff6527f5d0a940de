"""Sends what waits. Each mail is composed in one transaction, sent outside any, and noted as sent in another.

Should the process end in between, the mail goes once more, with the same Message-ID.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import datetime
from smtplib import SMTPException
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMessage
from django.urls import reverse
from django.utils import translation

from samstyr.foundation.access import Actor
from samstyr.foundation.kernel.clock import oslo_date
from samstyr.foundation.organisations.queries import lists
from samstyr.foundation.tenancy.scope import tenant_scope
from samstyr.procedure.meetings.queries import calendar as calendars
from samstyr.procedure.meetings.rules.calendar import invitation

from . import actions, queries, texts
from .models import Kind, Mail
from .rules import link_ends_on

MOST_ATTEMPTS = 8
# What can be answered from the mail itself, and what the link is for.
QUICK = {Kind.HEARING: queries.STATEMENT, Kind.PROCEDURE: queries.REPLY}
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Sent:
    """How many mails went out, and how many the mail server did not take."""

    sent: int = 0
    failed: int = 0


def send_waiting(tenant: Any, *, actor: Actor, now: datetime) -> Sent:
    """Send every waiting mail of the tenant; one that fails does not hold up the others."""
    sent = failed = 0
    with tenant_scope(tenant.pk):
        keys = queries.people_waited_for()
    for key in keys:
        with tenant_scope(tenant.pk):
            actions.compose(actor=actor, now=now, person_id=key, reader=_reader(key, now))
    with tenant_scope(tenant.pk, writing=False):
        mails = [mail.pk for mail in queries.unsent_mails(MOST_ATTEMPTS)]
    for mail_key in mails:
        if _send(tenant, mail_key, actor, now):
            sent += 1
        else:
            failed += 1
    return Sent(sent, failed)


def _reader(person_id: UUID, now: datetime) -> Actor | None:
    person = lists.person(person_id)
    return queries.actor_of(person, oslo_date(now)) if person and person.is_active else None


def _send(tenant: Any, key: UUID, actor: Actor, now: datetime) -> bool:
    with tenant_scope(tenant.pk):
        message = _message(tenant, key, actor, now)
    fault = ""
    if message is not None:
        try:
            message.send()
        except (SMTPException, OSError) as error:
            fault = f"{type(error).__name__}: {error}"
            log.warning("mail %s was not taken: %s", key, type(error).__name__)
    with tenant_scope(tenant.pk):
        if fault:
            actions.note_failed(actor=actor, now=now, mail_id=key, fault=fault)
        else:
            actions.note_sent(actor=actor, now=now, mail_id=key)
    return not fault


def _message(tenant: Any, key: UUID, actor: Actor, now: datetime) -> EmailMessage | None:
    """The mail as it is to be sent now, or None when nothing in it concerns its receiver any more."""
    mail = queries.mail_by_id(key)
    reader = _reader(mail.person_id, now)
    if reader is None or not mail.person.email:
        return None
    items = [item for row in mail.notices.all() if (item := queries.still_wanted(row, reader, now))]
    if not items:
        return None
    with translation.override(_language(mail, tenant)):
        lines = [_line(tenant, item, actor, now) for item in items]
        host = urlsplit(settings.SAMSTYR_ADDRESS).hostname or "samstyr"
        message = EmailMessage(
            subject=" ".join(texts.subject(lines).split()),
            body=texts.body(lines, tenant=tenant.name, all_url=_absolute("notice-list", tenant.slug)),
            to=[mail.person.email],
            headers={"Message-ID": f"<{mail.pk}@{host}>", "Auto-Submitted": "auto-generated"},
        )
        for key in dict.fromkeys(item.notice.object_id for item in items if item.notice.kind == Kind.MEETING):
            _invite(message, key, reader, tenant, now)
        return message


def _invite(message: EmailMessage, meeting_id: UUID, reader: Actor, tenant: Any, now: datetime) -> None:
    """Put the meeting with the mail, so that the receiver's calendar takes it in, changes it or takes it out."""
    meeting = calendars.whole_invitation(meeting_id)
    if meeting is not None:
        page = _absolute("meeting-detail", tenant.slug, meeting.pk)
        content, method = invitation(calendars.entry_of(reader, meeting, page), now)
        message.attach(f"mote-{meeting.held_on}.ics", content.decode(), f"text/calendar; method={method}")


def _language(mail: Mail, tenant: Any) -> str:
    account = mail.person.account
    return (account.language if account else "") or tenant.language


def _line(tenant: Any, item: queries.Item, actor: Actor, now: datetime) -> dict[str, Any]:
    notice = item.notice
    line = {
        "sentence": texts.sentence(notice),
        "title": notice.title,
        "due_on": notice.due_on,
        "time": texts.time_needed(notice),
        "consequence": texts.consequence(notice, item.consequence),
        "url": _absolute("notice-detail", tenant.slug, notice.pk),
        "meeting": notice.kind == Kind.MEETING,
        "quick": "",
    }
    purpose = QUICK.get(Kind(notice.kind))
    if purpose is not None:
        today = oslo_date(now)
        secret = actions.issue_link(
            actor=actor,
            now=now,
            person_id=notice.person_id,
            purpose=purpose,
            object_id=notice.object_id,
            expires_on=link_ends_on(today, notice.due_on or today),
        )
        line["quick"] = _absolute("mail-answer", tenant.slug, secret)
    return line


def _absolute(name: str, *args: Any) -> str:
    """The address of a page from outside; the host is the one configured, never the one asked for."""
    return settings.SAMSTYR_ADDRESS.rstrip("/") + reverse(name, args=args)
