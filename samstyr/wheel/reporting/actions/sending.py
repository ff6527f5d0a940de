"""Send a report: from then on it is sealed."""

from __future__ import annotations

from uuid import UUID

from samstyr.foundation.audit.action import Context, action
from samstyr.foundation.kernel.errors import Invalid

from ..events import ReportSent
from ..models import Report, ReportPart, ReportState
from ..queries.access import party_name
from ..queries.drafting import content_of, form_of_row
from ..rules.writing import Judged, seal, sending_faults
from ._loading import draft_of


@action("report.send", kind="report")
def send(ctx: Context, *, report_id: UUID, version: int | None) -> Report:
    """Send the report to its receiver, as it stands. Raises NotFound, Refused, Invalid with all that lacks, Conflict."""
    row = draft_of(ctx, report_id, version)
    parts = list(ReportPart.objects.select_for_update(of=("self",)).filter(report=row).order_by("order"))
    form, own = form_of_row(row), {part.key: part for part in parts}
    faults = sending_faults(
        [Judged(one.key, str(one.name), own[one.key].light, own[one.key].written) for one in form.dimensions],
        {part.key: part.written for part in parts},
        [(one.key, str(one.title)) for one in form.parts() if one.source is None],
    )
    if faults:
        raise Invalid(*faults)
    before = row.snapshot()
    content = content_of(row, ctx.today, parts) | {"sent_on": ctx.today.isoformat()}
    row.content, row.digest = content, seal(content)
    row.state, row.sent_on, row.sent_at = ReportState.SENT, ctx.today, ctx.now
    row.sent_by_id = None if ctx.actor.automatic else ctx.actor.person  # type: ignore[attr-defined]
    row.sent_as = party_name(row.sender, ctx.today)[:200]
    ctx.save(row)
    ctx.record("report.sent", row, before=before)
    ctx.publish(ReportSent(row.pk))
    return row
