"""Note where a report stands on an agenda."""

from __future__ import annotations

from uuid import UUID

from samstyr.foundation.access import Act, may
from samstyr.foundation.audit.action import Context, action
from samstyr.foundation.kernel.errors import Conflict
from samstyr.foundation.kernel.text import gettext_noop, say

from ..events import ReportTabled
from ..models import Report, ReportState
from ..queries.access import write_facts


@action("report.table", kind="report")
def note_tabled(ctx: Context, *, report_id: UUID, item_id: UUID) -> Report:
    """Remember the item of the agenda that the report is with. Raises Refused, and Conflict for a draft."""
    row = ctx.load(Report, report_id)
    ctx.require(may(ctx.actor, Act.REPORT_WRITE, write_facts(row.sender, ctx.today)))
    if row.state != ReportState.SENT:
        raise Conflict(say(gettext_noop("Rapporten er ikke sendt ennå.")), rule="report.draft")
    before = row.snapshot()
    row.item_id = item_id
    ctx.save(row)
    ctx.record("report.tabled", row, before=before)
    ctx.publish(ReportTabled(row.pk))
    return row
