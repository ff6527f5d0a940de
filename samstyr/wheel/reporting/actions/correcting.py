"""Put a correction beside a report that was sent."""

from __future__ import annotations

from uuid import UUID

from samstyr.foundation.access import Act, may
from samstyr.foundation.audit.action import Context, action
from samstyr.foundation.kernel.errors import Conflict, FieldError, Invalid, NotFound
from samstyr.foundation.kernel.text import gettext_noop, say

from ..events import ReportCorrected
from ..models import Report, ReportAddendum, ReportState
from ..queries.access import may_read, write_facts
from ..rules.writing import MOST_SENTENCE, text_faults


@action("report.correct", kind="report")
def correct(ctx: Context, *, report_id: UUID, text: str, reason: str) -> ReportAddendum:
    """Add to a report that was sent, with the reason; the report itself stands. Raises NotFound, Refused, Invalid, Conflict."""
    row = ctx.load(Report, report_id)
    if not may_read(ctx.actor, row, ctx.today):
        raise NotFound
    ctx.require(may(ctx.actor, Act.REPORT_WRITE, write_facts(row.sender, ctx.today)))
    if row.state != ReportState.SENT:
        raise Conflict(say(gettext_noop("Rapporten er et utkast. Rett den der.")), rule="report.draft")
    faults = text_faults(text) + text_faults(reason, field="reason", most=MOST_SENTENCE)
    if not text.strip():
        faults.append(FieldError("text", say(gettext_noop("Skriv hva som er rett."))))
    if not reason.strip():
        faults.append(FieldError("reason", say(gettext_noop("Skriv hvorfor rapporten rettes."))))
    if faults:
        raise Invalid(*faults)
    addendum = ReportAddendum(
        report=row, text=text.replace("\r\n", "\n").strip(), reason=reason.strip(), name=ctx.actor.name[:200],
        person_id=ctx.actor.person,
    )  # fmt: skip
    ctx.create(addendum)
    ctx.record("report.corrected", addendum)
    ctx.publish(ReportCorrected(row.pk, addendum.pk))
    return addendum
