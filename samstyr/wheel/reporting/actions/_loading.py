"""Loading a draft for whoever writes it."""

from __future__ import annotations

from uuid import UUID

from samstyr.foundation.access import Act, may
from samstyr.foundation.audit.action import Context
from samstyr.foundation.kernel.errors import Conflict, NotFound
from samstyr.foundation.kernel.text import gettext_noop, say

from ..models import Report, ReportState
from ..queries.access import may_read, write_facts


def draft_of(ctx: Context, report_id: UUID | None, version: int | None = None) -> Report:
    """The report, locked, for those who write it. Raises NotFound, Refused, and Conflict for one that is sent."""
    row = ctx.load(Report, report_id, version=version)
    if not ctx.actor.automatic and not may_read(ctx.actor, row, ctx.today):
        raise NotFound
    ctx.require(may(ctx.actor, Act.REPORT_WRITE, write_facts(row.sender, ctx.today)))
    if row.state != ReportState.DRAFT:
        raise Conflict(
            say(gettext_noop("Rapporten er sendt, og endres ikke.")),
            remedy=say(gettext_noop("Skriv et tillegg til den i stedet.")),
            rule="report.sent",
        )
    return row
