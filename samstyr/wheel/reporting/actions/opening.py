"""Begin a report: its figures are drafted, and what was written last time comes along. And fetch the figures anew."""

from __future__ import annotations

from uuid import UUID

from samstyr.foundation.access import Act, may
from samstyr.foundation.audit.action import Context, action
from samstyr.foundation.governance import queries as governance
from samstyr.foundation.governance.rules.reporting import Report as Form
from samstyr.foundation.governance.rules.reporting import ReportDimension, ReportSection
from samstyr.foundation.kernel.errors import Conflict, NotFound
from samstyr.foundation.kernel.text import gettext_noop, say

from ..events import ReportOpened
from ..models import Report, ReportPart
from ..queries.access import write_facts
from ..queries.drafting import blocks_of, form_of_row
from ..queries.reading import previous_of
from ..queries.standing import Expected, expected, one_expected
from ..rules.periods import Standing
from ._loading import draft_of


@action("report.open", kind="report")
def open_report(ctx: Context, *, report: str, period: str) -> Report:
    """Begin the report of a period, or answer the one that is begun.

    Raises NotFound where the model asks for no such report, Refused, and Conflict before the period is over.
    """
    wanted = one_expected(report, period, ctx.today)
    if wanted is None:
        raise NotFound
    ctx.require(may(ctx.actor, Act.REPORT_WRITE, write_facts(wanted.form.sender, ctx.today)))
    found = Report.objects.filter(key=report, period=period).first()
    if found is not None:
        return found  # type: ignore[no-any-return]
    if wanted.standing is Standing.UPCOMING:
        words = gettext_noop("Perioden er ikke over. Rapporten kan skrives fra %(day)s.")
        raise Conflict(say(words, day=wanted.period.opens_on.strftime("%d.%m.%Y")), rule="report.upcoming")
    return _begin(ctx, wanted)


@action("report.open_due", kind="report")
def open_due(ctx: Context) -> int:
    """Begin every report that can be written and is not begun; how many. Run daily; twice a day is once.

    Those that are missing already are not begun: somebody decides whether they are still to be written.
    """
    ctx.require(may(ctx.actor, Act.REPORT_WRITE, write_facts("", ctx.today)))
    ready = (Standing.DUE, Standing.LATE)
    due = [one for one in expected(ctx.today) if one.row is None and one.standing in ready]
    for one in due:
        _begin(ctx, one)
    return len(due)


def _begin(ctx: Context, wanted: Expected) -> Report:
    form, period = wanted.form, wanted.period
    version = governance.version_in_force(ctx.today)
    row = Report(
        key=form.key, name=str(form.name)[:200], period=period.key, period_kind=period.kind,
        period_name=period.name[:200], starts_on=period.starts_on, ends_on=period.ends_on, due_on=period.due_on,
        sender=form.sender, receiver=form.receiver, form=form.model_dump(mode="json"), data_on=ctx.today,
        model_key=governance.label_of(version.pk) if version else "",
    )  # fmt: skip
    ctx.create(row)
    ctx.create_many(ReportPart, _parts(ctx, row, form))
    ctx.record("report.opened", row)
    ctx.publish(ReportOpened(row.pk))
    return row


def _parts(ctx: Context, row: Report, form: Form) -> list[ReportPart]:
    before = previous_of(row)
    old = {part.key: part for part in before.parts.all()} if before else {}
    blocks = blocks_of(row, form, ctx.today)
    found = []
    every: list[ReportDimension | ReportSection] = [*form.dimensions, *form.parts()]
    for order, one in enumerate(every, start=1):
        kind = ReportPart.Kind.DIMENSION if order <= len(form.dimensions) else ReportPart.Kind.SECTION
        earlier = old.get(one.key)
        words = earlier.written if earlier else ""
        block = blocks.get(one.key)
        found.append(
            ReportPart(
                report=row, kind=kind, key=one.key, order=order, drafted=block.to_json() if block else {},
                written=words, carried=bool(words),
            )
        )  # fmt: skip
    return found


@action("report.redraft", kind="report")
def redraft(ctx: Context, *, report_id: UUID, version: int | None) -> Report:
    """Fetch the figures as they are today; what is written stays. Raises NotFound, Refused, and Conflict when sent."""
    row = draft_of(ctx, report_id, version)
    before = row.snapshot()
    blocks = blocks_of(row, form_of_row(row), ctx.today)
    for part in ReportPart.objects.select_for_update(of=("self",)).filter(report=row).order_by("order"):
        block = blocks.get(part.key)
        if block is not None and block.to_json() != part.drafted:
            part.drafted = block.to_json()
            ctx.save(part)
    row.data_on = ctx.today
    ctx.save(row)
    ctx.record("report.redrafted", row, before=before)
    return row
