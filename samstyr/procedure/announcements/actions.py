"""Publish, and say that one has read."""

from __future__ import annotations

from uuid import UUID

from samstyr.foundation.access import Act, may
from samstyr.foundation.audit.action import Context, action
from samstyr.foundation.governance import queries as governance
from samstyr.foundation.kernel.errors import Invalid, NotFound

from . import queries
from .models import Announcement, AnnouncementReading
from .rules import AnnouncementValues, faults


@action("announcement.publish", kind="announcement")
def publish(ctx: Context, *, values: AnnouncementValues) -> Announcement:
    """Tell everybody, or those with some roles. Raises Refused for who may not administer cases, Invalid."""
    ctx.require(may(ctx.actor, Act.CASE_ADMINISTER, queries.publish_facts()))
    if found := faults(values, governance.role_table(ctx.today), ctx.today):
        raise Invalid(*found)
    row = ctx.create(
        Announcement(
            title=values.title.strip(), text=values.text.replace("\r\n", "\n").strip(), page=values.page,
            roles=list(values.roles), until=values.until, published_on=ctx.today, published_by_id=ctx.actor.person,
        )
    )  # fmt: skip
    ctx.record("announcement.published", row)
    return row


@action("announcement.read", kind="announcement")
def read(ctx: Context, *, announcement_id: UUID) -> AnnouncementReading:
    """Say that one has read it; saying it again changes nothing. Anybody in the arrangement may."""
    row = queries.by_id(announcement_id)
    if row is None:
        raise NotFound
    ctx.require(may(ctx.actor, Act.TENANT_ENTER, row.facts()))
    present = AnnouncementReading.objects.filter(announcement=row, person_id=ctx.actor.person).first()
    if present is not None:
        return present  # type: ignore[no-any-return]
    reading = ctx.create(AnnouncementReading(announcement=row, person_id=ctx.actor.person))
    ctx.record("announcement.read", reading)
    return reading
