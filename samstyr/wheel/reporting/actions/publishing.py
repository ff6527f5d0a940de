"""Let anybody read a report that is for the public, and take it off the net again."""

from __future__ import annotations

from uuid import UUID

from samstyr.foundation.access import Act, may
from samstyr.foundation.audit.action import Context, action
from samstyr.foundation.kernel.errors import Conflict, NotFound
from samstyr.foundation.kernel.text import gettext_noop, say

from ..models import Report, ReportState
from ..queries.access import may_read, write_facts
from ..rules.contacts import without_contacts
from ..rules.content import PUBLIC, for_audience


@action("report.publish", kind="report")
def publish(ctx: Context, *, report_id: UUID, version: int | None) -> Report:
    """Let anybody read the report as it was sent: the sections for the public, without contact details.

    Raises NotFound, Refused, and Conflict for a draft or a report that the model does not mean for the public.
    """
    row = _sent(ctx, report_id, version)
    if PUBLIC not in row.content.get("audience", ()):
        words = gettext_noop("Styringsmodellen sier ikke at denne rapporten er for offentligheten.")
        raise Conflict(say(words), rule="report.audience")
    before = row.snapshot()
    row.published = without_contacts(for_audience(row.content, PUBLIC), str(say(gettext_noop("[utelatt]"))))
    row.published_on = ctx.today
    ctx.save(row)
    ctx.record("report.published", row, before=before)
    return row


@action("report.withdraw", kind="report")
def withdraw(ctx: Context, *, report_id: UUID, version: int | None) -> Report:
    """Take the report off the net. Raises NotFound, Refused, and Conflict when it is not there."""
    row = _sent(ctx, report_id, version)
    if row.published_on is None:
        raise Conflict(say(gettext_noop("Rapporten er ikke publisert.")), rule="report.published")
    before = row.snapshot()
    row.published_on, row.published = None, {}
    ctx.save(row)
    ctx.record("report.withdrawn", row, before=before)
    return row


def _sent(ctx: Context, report_id: UUID, version: int | None) -> Report:
    row = ctx.load(Report, report_id, version=version)
    if not may_read(ctx.actor, row, ctx.today):
        raise NotFound
    ctx.require(may(ctx.actor, Act.REPORT_WRITE, write_facts(row.sender, ctx.today)))
    if row.state != ReportState.SENT:
        raise Conflict(say(gettext_noop("Rapporten er ikke sendt ennå.")), rule="report.draft")
    return row
