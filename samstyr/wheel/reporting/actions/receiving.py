"""Say that a report is received and read."""

from __future__ import annotations

from uuid import UUID

from samstyr.foundation.access import Act, may
from samstyr.foundation.audit.action import Context, action
from samstyr.foundation.kernel.errors import Conflict, Invalid, NotFound
from samstyr.foundation.kernel.text import gettext_noop, say

from ..models import Report, ReportReceipt, ReportState
from ..queries.access import may_read, receive_facts
from ..rules.writing import MOST_SENTENCE, text_faults


@action("report.receive", kind="report")
def receive(ctx: Context, *, report_id: UUID, note: str = "") -> ReportReceipt:
    """Leave a receipt, once for each person. Raises NotFound, Refused, Invalid, and Conflict for a draft or the second time."""
    row = ctx.load(Report, report_id)
    if not may_read(ctx.actor, row, ctx.today):
        raise NotFound
    ctx.require(may(ctx.actor, Act.REPORT_RECEIVE, receive_facts(row.receiver, ctx.today)))
    if row.state != ReportState.SENT:
        raise Conflict(say(gettext_noop("Rapporten er ikke sendt ennå.")), rule="report.draft")
    if ReportReceipt.objects.filter(report=row, person_id=ctx.actor.person).exists():
        raise Conflict(say(gettext_noop("Du har alt kvittert for rapporten.")), rule="report.received")
    faults = text_faults(note, field="note", most=MOST_SENTENCE)
    if faults:
        raise Invalid(*faults)
    receipt = ReportReceipt(report=row, name=ctx.actor.name[:200], person_id=ctx.actor.person, note=note.strip())
    ctx.create(receipt)
    ctx.record("report.received", receipt)
    return receipt
