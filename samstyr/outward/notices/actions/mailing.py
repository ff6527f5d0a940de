"""The outbox: what waits for a person is gathered in one mail, and its sending is noted."""

from __future__ import annotations

from uuid import UUID

from samstyr.foundation.access import Act, Facts, may
from samstyr.foundation.audit.action import Context, action

from ..models import Mail, MailState, Notice
from ..queries import still_wanted


@action("mail.compose", kind="mail")
def compose(ctx: Context, *, person_id: UUID, reader: object) -> Mail | None:
    """Gather what waits for the person into one mail; None when nothing of it is theirs any more.

    `reader` is the person as Actor today, or None when they have left: rights count at sending, not at writing.
    """
    ctx.require(may(ctx.actor, Act.NOTICE_GIVE, Facts("mail", ctx.actor.tenant)))
    waiting = list(
        Notice.objects.select_for_update(of=("self",)).filter(person_id=person_id, mail_state=MailState.WAITING)
    )
    wanted = {row.pk for row in waiting if reader is not None and still_wanted(row, reader, ctx.now)}  # type: ignore[arg-type]
    mail = ctx.create(Mail(person_id=person_id, composed_at=ctx.now)) if wanted else None
    for row in waiting:
        row.mail_state = MailState.SENT if row.pk in wanted else MailState.DROPPED
        row.mail = mail if row.pk in wanted else None
        ctx.save(row)
    if waiting:
        ctx.record("mail.composed", mail or waiting[0], notices=len(wanted), dropped=len(waiting) - len(wanted))
    return mail


@action("mail.sent", kind="mail")
def note_sent(ctx: Context, *, mail_id: UUID) -> Mail:
    """The mail server has taken the mail."""
    mail = ctx.load(Mail, mail_id)
    ctx.require(may(ctx.actor, Act.NOTICE_GIVE, Facts("mail", ctx.actor.tenant)))
    before = mail.snapshot()
    mail.sent_at, mail.attempts, mail.last_fault = ctx.now, mail.attempts + 1, ""
    ctx.save(mail)
    ctx.record("mail.sent", mail, before=before)
    return mail


@action("mail.failed", kind="mail")
def note_failed(ctx: Context, *, mail_id: UUID, fault: str) -> Mail:
    """The mail server has refused it or not answered; it is tried again the next time."""
    mail = ctx.load(Mail, mail_id)
    ctx.require(may(ctx.actor, Act.NOTICE_GIVE, Facts("mail", ctx.actor.tenant)))
    before = mail.snapshot()
    mail.attempts, mail.last_fault = mail.attempts + 1, fault[:300]
    ctx.save(mail)
    ctx.record("mail.failed", mail, before=before)
    return mail
