"""The blocks of a report as the facts are on a day, and the whole report as one content, sent or not."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any, cast

from django.utils import translation

from samstyr.foundation.governance import queries as governance
from samstyr.foundation.governance.rules.reporting import Report as Form
from samstyr.foundation.governance.rules.reporting import ReportSection
from samstyr.foundation.kernel.text import gettext_noop
from samstyr.foundation.tenancy.models import Tenant

from ..models import Report, ReportPart
from ..rules.blocks import Block, Column, Number, Row
from ..rules.periods import Standing
from .access import party_name
from .sources import Asked, draft, word
from .standing import expected, round_id
from .words import period_name, standing_word


def language_of(tenant: Tenant) -> str:
    """What reports are written in: the arrangement's own Norwegian, whatever the reader has chosen."""
    return "nn" if tenant.language == "nn" else "nb"


def form_of_row(row: Report) -> Form:
    """The report's description as it was when it was begun."""
    return cast("Form", Form.model_validate(row.form))


def blocks_of(row: Report, form: Form, day: date) -> dict[str, Block]:
    """The block of each section that has a source, as the facts are on the day; figures to enter are left out."""
    with translation.override(language_of(row.tenant)):
        return {
            part.key: block_of(part, row, day)
            for part in form.parts()
            if part.source is not None and part.source != "indicators"
        }


def block_of(part: ReportSection, row: Report, day: date, figures: dict[str, Any] | None = None) -> Block:
    """One section's block, in the language in force."""
    model = governance.current_model(day)
    assert model is not None, "a report is of a model"
    asked = Asked(
        row.starts_on, row.ends_on, day, model, stale_days=part.stale_days, body=row.receiver, report=row.key,
        indicators=part.indicators, figures=figures or {}, round=round_id(row.period),
    )  # fmt: skip
    return delivered(asked) if part.source == "reports" else draft(str(part.source), asked)


def delivered(asked: Asked) -> Block:
    """The other reports that were due in the period: sent in time, late, or missing (A-83)."""
    due = [
        one
        for one in expected(asked.day)
        if one.form.key != asked.report and asked.during(one.period.due_on) and one.standing is not Standing.UPCOMING
    ]
    standings = [one.standing for one in due]
    return Block(
        "reports", asked.day,
        (
            Number("due", word(gettext_noop("Rapporter med frist i perioden")), len(due)),
            Number("sent", word(gettext_noop("Sendt i tide")), standings.count(Standing.SENT)),
            Number("late", word(gettext_noop("Sendt for sent")), standings.count(Standing.SENT_LATE)),
            Number("missing", word(gettext_noop("Mangler")), standings.count(Standing.MISSING)),
        ),
        (
            Column("name", word(gettext_noop("Rapport"))), Column("period", word(gettext_noop("Periode"))),
            Column("due", word(gettext_noop("Frist")), "date"), Column("state", word(gettext_noop("Tilstand"))),
        ),
        tuple(
            Row(
                f"{one.form.key}:{one.period.key}",
                (
                    str(one.form.name), period_name(one.period.kind, one.period.starts_on, one.period.ends_on, one.period.name),
                    one.period.due_on.isoformat(), str(standing_word(one.standing)),
                ),
                ("report", str(one.row.pk)) if one.row and one.row.sent_on else None,
            )
            for one in due
        ),
    )  # fmt: skip


def content_of(row: Report, day: date, parts: Iterable[ReportPart] | None = None) -> dict[str, Any]:
    """The whole report: what was sent, or a draft as it would be sent now. Plain values, sealed when sent."""
    if row.content:
        return dict(row.content)
    form = form_of_row(row)
    own = {part.key: part for part in (row.parts.all() if parts is None else parts)}
    with translation.override(language_of(row.tenant)):
        return {
            "format": 1,
            "key": row.key,
            "name": row.name,
            "kind": str(form.kind),
            "text": str(form.text or ""),
            "period": {
                "key": row.period,
                "name": period_name(row.period_kind, row.starts_on, row.ends_on, row.period_name),
                "starts_on": row.starts_on.isoformat(),
                "ends_on": row.ends_on.isoformat(),
            },
            "sender": party_name(row.sender, day),
            "receiver": party_name(row.receiver, day),
            "data_on": row.data_on.isoformat() if row.data_on else None,
            "audience": list(form.audience),
            "dimensions": [
                {
                    "key": one.key, "name": str(one.name), "question": str(one.question or ""),
                    "light": own[one.key].light, "sentence": own[one.key].written,
                }
                for one in form.dimensions
                if one.key in own
            ],
            "sections": [_section(one, own[one.key], row, day) for one in form.parts() if one.key in own],
        }  # fmt: skip


def _section(one: ReportSection, part: ReportPart, row: Report, day: date) -> dict[str, Any]:
    block = part.drafted
    if one.source == "indicators":
        block = block_of(one, row, row.data_on or day, part.figures).to_json()
    return {
        "key": one.key, "title": str(one.title), "question": str(one.question or ""), "source": one.source or "",
        "audience": list(one.audience), "block": block or None, "written": part.written,
    }  # fmt: skip
