"""Links of one use, for doing one thing from a mail."""

from __future__ import annotations

import secrets
from datetime import date
from uuid import UUID

from samstyr.foundation.access import Act, Facts, may
from samstyr.foundation.audit.action import Context, action
from samstyr.foundation.governance import queries as governance
from samstyr.foundation.kernel.errors import Conflict, NotFound
from samstyr.foundation.kernel.text import gettext_noop, say

from ..models import MailLink
from ..queries import BODY_CALENDAR, CALENDAR, body_key, digest_of, link_by_secret

# A calendar's address lasts out this year and so many more; then it is made anew.
YEARS_OF_USE = 3


@action("mail_link.issue", kind="mail_link")
def issue_link(ctx: Context, *, person_id: UUID, purpose: str, object_id: UUID, expires_on: date) -> str:
    """A new secret for the person's link to the thing; an earlier one for the same ends to work."""
    ctx.require(may(ctx.actor, Act.NOTICE_GIVE, Facts("mail_link", ctx.actor.tenant)))
    earlier = MailLink.objects.select_for_update(of=("self",)).filter(
        person_id=person_id, purpose=purpose, object_id=object_id, used_at=None, withdrawn_at=None
    )
    for row in earlier:
        row.withdrawn_at = ctx.now
        ctx.save(row)
    secret = secrets.token_urlsafe(32)
    link = ctx.create(
        MailLink(
            person_id=person_id, purpose=purpose, object_id=object_id, digest=digest_of(secret), expires_on=expires_on
        )
    )
    ctx.record("mail_link.issued", link)
    return secret


@action("calendar.subscribe", kind="mail_link")
def subscribe(ctx: Context, *, body: str = "") -> str:
    """A new secret for the address of one's own calendar, or of a body's; an earlier address for the same ends to work.

    It is kept as a hash only. The address is the person's, and shows of a body what that person may see. Raises
    NotFound for a body that the model does not have, Refused for who may not read the model.
    """
    ctx.require(may(ctx.actor, Act.TENANT_ENTER, Facts("mail_link", ctx.actor.tenant)))
    purpose, about = _calendar(ctx, body)
    _withdraw(ctx, purpose, about)
    secret = secrets.token_urlsafe(32)
    link = ctx.create(
        MailLink(
            person_id=ctx.actor.person, purpose=purpose, object_id=about, digest=digest_of(secret),
            expires_on=date(ctx.today.year + YEARS_OF_USE, 12, 31),
        )
    )  # fmt: skip
    ctx.record("calendar.subscribed", link, body=body)
    return secret


@action("calendar.unsubscribe", kind="mail_link")
def unsubscribe(ctx: Context, *, body: str = "") -> MailLink:
    """Let the address of one's own calendar, or of a body's, end to work. Raises Conflict when there is none."""
    ctx.require(may(ctx.actor, Act.TENANT_ENTER, Facts("mail_link", ctx.actor.tenant)))
    ended = _withdraw(ctx, *_calendar(ctx, body))
    if ended is None:
        raise Conflict(say(gettext_noop("Du har ingen kalenderadresse.")), rule="calendar.none")
    ctx.record("calendar.unsubscribed", ended)
    return ended


def _calendar(ctx: Context, body: str) -> tuple[str, UUID]:
    """The purpose of the link, and what it is about."""
    if not body:
        return CALENDAR, ctx.actor.person
    ctx.require(may(ctx.actor, Act.MODEL_READ, Facts("model", ctx.actor.tenant)))
    model = governance.current_model(ctx.today)
    if model is None or model.body(body) is None:
        raise NotFound
    return BODY_CALENDAR, body_key(ctx.actor.tenant, body)


def _withdraw(ctx: Context, purpose: str, about: UUID) -> MailLink | None:
    found: MailLink | None = None
    for row in MailLink.objects.select_for_update(of=("self",)).filter(
        person_id=ctx.actor.person, purpose=purpose, object_id=about, withdrawn_at=None
    ):
        row.withdrawn_at = ctx.now
        ctx.save(row)
        found = row
    return found


@action("mail_link.use", kind="mail_link")
def use_link(ctx: Context, *, secret: str, purpose: str) -> MailLink:
    """Spend the link. Raises NotFound for one that never was or is another's, Conflict for one spent or too old."""
    found = link_by_secret(secret)
    if found is None or found.purpose != purpose or found.person_id != ctx.actor.person:
        raise NotFound
    link = ctx.load(MailLink, found.pk)
    ctx.require(may(ctx.actor, Act.TENANT_ENTER, Facts("mail_link", link.tenant_id)))
    require_usable(link, ctx.today)
    before = link.snapshot()
    link.used_at = ctx.now
    ctx.save(link)
    ctx.record("mail_link.used", link, before=before)
    return link


def require_usable(link: MailLink, today: date) -> None:
    """Raise Conflict, with what to do, for a link that is spent, replaced or too old."""
    remedy = say(gettext_noop("Logg inn i Samstyr for å se hva som gjelder nå."))
    if link.used_at is not None:
        raise Conflict(say(gettext_noop("Lenken er brukt. Svaret ditt er registrert.")), remedy=remedy)
    if link.withdrawn_at is not None:
        raise Conflict(say(gettext_noop("Du har fått en nyere lenke i en senere e-post.")), remedy=remedy)
    if link.expires_on < today:
        raise Conflict(say(gettext_noop("Lenken gjelder ikke lenger.")), remedy=remedy)
