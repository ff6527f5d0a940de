"""A report as it is read: for each audience, beside the one before it, and as a file."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from samstyr.foundation.access import Act, may
from samstyr.foundation.documents.rules import TYPES
from samstyr.foundation.kernel.errors import NotFound
from samstyr.foundation.ui.pieces import Tab
from samstyr.foundation.ui.shell import Crumb
from samstyr.outward.exports import report as exports
from samstyr.web.saving import table_response
from samstyr.web.shell import address
from samstyr.wheel.reporting import queries
from samstyr.wheel.reporting.rules import content as rules

from . import presenting
from .forms import ReceiptForm
from .views import crumbs


def report_of(request: Any, key: UUID) -> Any:
    """The report, for those who may read it. Raises NotFound for others, in the same way as for none."""
    row = queries.report_by_id(key)
    if row is None or not queries.may_read(request.actor, row, request.today):
        raise NotFound
    return row


def detail(request: Any, key: UUID) -> HttpResponse:
    """The report as the audience (``for``) is shown it; all of it when none is named."""
    row = report_of(request, key)
    whole = queries.content_of(row, request.today)
    audience = _audience(request, whole)
    content = rules.for_audience(whole, audience) if audience else whole
    before = queries.previous_of(row)
    writes = queries.may_write(request.actor, row.sender, request.today)
    receives = bool(may(request.actor, Act.REPORT_RECEIVE, queries.receive_facts(row.receiver, request.today)))
    mine = any(one.person_id == request.actor.person for one in row.receipts.all())
    context = {
        "row": row,
        "content": content,
        "period": content["period"]["name"],
        "dimensions": presenting.dimensions(content, queries.content_of(before, request.today) if before else None),
        "sections": presenting.sections(content, request.tenant.slug),
        "decisions": queries.decisions_of_note(row, request.today),
        "before": before,
        "writes": writes,
        "sent": row.state == "sent",
        "late": row.sent_on is not None and row.sent_on > row.due_on,
        "may_receive": receives and row.state == "sent" and not mine,
        "receipt_form": ReceiptForm(),
        "for_public": rules.PUBLIC in whole["audience"],
        "audience": audience,
        "tabs": _tabs(whole, audience),
        "missing": [
            queries.period_name(one.period.kind, one.period.starts_on, one.period.ends_on, one.period.name)
            for one in queries.missing(request.today, [row.key])
        ],
        "crumbs": crumbs(request),
    }
    return render(request, "reporting/detail.html", context)


def _audience(request: Any, content: dict[str, Any]) -> str:
    wanted = request.GET.get("for", "")
    return wanted if wanted in content["audience"] else ""


def _tabs(content: dict[str, Any], audience: str) -> list[Tab]:
    if len(content["audience"]) < 2:
        return []
    names = presenting.named(content["audience"])
    return [Tab(_("Hele rapporten"), "?", not audience)] + [
        Tab(name, f"?for={key}", key == audience) for key, name in names
    ]


def compare(request: Any, key: UUID) -> HttpResponse:
    """The report beside an earlier one (``med``), the one before it when none is named."""
    row = report_of(request, key)
    earlier = queries.earlier_of(row)
    wanted = request.GET.get("med", "")
    other = next((one for one in earlier if str(one.pk) == wanted), earlier[0] if earlier else None)
    other = report_of(request, other.pk) if other else None
    content = queries.content_of(row, request.today)
    context: dict[str, Any] = {
        "row": row,
        "other": other,
        "period": content["period"]["name"],
        "crumbs": [
            *crumbs(request),
            Crumb(f"{row.name}, {content['period']['name']}", address("report-detail", request.tenant.slug, key)),
        ],
    }
    if other is not None:
        before = queries.content_of(other, request.today)
        context |= {
            "before": before["period"]["name"],
            "changes": presenting.changes(rules.changes(before, content)),
            "earlier": [
                Tab(queries.period_name(one.period_kind, one.starts_on, one.ends_on, one.period_name), f"?med={one.pk}", one.pk == other.pk)
                for one in earlier[:12]
            ],
        }  # fmt: skip
    return render(request, "reporting/compare.html", context)


def export(request: Any, key: UUID, ending: str) -> HttpResponse:
    """The report as Word or PDF, or its figures as Excel, for an audience (``for``) when one is named."""
    if ending not in ("docx", "pdf", "xlsx"):
        raise NotFound
    row = report_of(request, key)
    audience = _audience(request, queries.content_of(row, request.today))
    edition = exports.edition_of(row, request.today, audience=audience)
    if ending == "xlsx":
        return _workbook(request, row, audience)
    data = exports.word(edition) if ending == "docx" else exports.pdf(edition)
    name = f"{edition.file_name}.{ending}"
    return HttpResponse(
        data, content_type=TYPES[ending], headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )


def _workbook(request: Any, row: Any, audience: str) -> HttpResponse:
    """The figures of each section one below the other (G-92)."""
    content = queries.content_of(row, request.today)
    if audience:
        content = rules.for_audience(content, audience)
    lines: list[list[Any]] = []
    for title, heading, rows in rules.tables_of(content):
        lines += [[title], *([heading] if any(heading) else []), *rows, []]
    width = max([len(line) for line in lines] + [1])
    padded = ([*line, *[""] * (width - len(line))] for line in lines)
    title = f"{row.name}, {content['period']['name']}"
    return table_response(title, [title, *[""] * (width - 1)], padded, ending="xlsx", numeric=[])
