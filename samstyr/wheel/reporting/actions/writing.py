"""Write one part of a draft."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from samstyr.foundation.audit.action import Context, action
from samstyr.foundation.kernel.errors import FieldError, Invalid, NotFound
from samstyr.foundation.kernel.text import gettext_noop, say

from ..models import ReportPart
from ..queries.drafting import form_of_row
from ..queries.sources.bodies import places_of
from ..rules.writing import figure_of, judgement_faults, text_faults
from ._loading import draft_of


@action("report.write", kind="report_part")
def write_part(
    ctx: Context,
    *,
    part_id: UUID,
    version: int | None,
    text: str,
    light: str = "",
    figures: Mapping[str, str] | None = None,
) -> ReportPart:
    """Set the words of a part; for a dimension its light too, and for figures their values as people write them.

    Raises NotFound, Refused, Invalid, and Conflict when it is sent or somebody else has written since.
    """
    report_id = ReportPart.objects.filter(pk=part_id).values_list("report_id", flat=True).first()
    if report_id is None:
        raise NotFound
    report = draft_of(ctx, report_id)
    row = ctx.load(ReportPart, part_id, version=version)
    text = text.replace("\r\n", "\n").strip()
    judged = row.kind == ReportPart.Kind.DIMENSION
    faults = judgement_faults(light, text) if judged else text_faults(text)
    values = _values(report, row, figures or {}, faults)
    if faults:
        raise Invalid(*faults)
    before = row.snapshot()
    row.carried = row.carried and text == row.written and (not judged or light == row.light)
    row.written, row.light, row.figures = text, light if judged else "", values
    ctx.save(row)
    ctx.record("report.written", row, before=before)
    return row


def _values(
    report: object, row: ReportPart, figures: Mapping[str, str], faults: list[FieldError]
) -> dict[str, int | float]:
    """The figures that were given, by name; only those that the section asks for."""
    form = form_of_row(report)  # type: ignore[arg-type]
    section = next((one for one in form.parts() if one.key == row.key), None)
    found: dict[str, int | float] = {}
    for one in section.indicators if section else ():
        for place, _name in places_of(one):
            name = f"{one.key}:{place}" if place else one.key
            try:
                value = figure_of(figures.get(name, ""))
            except ValueError:
                words = gettext_noop("Skriv et tall, for eksempel 12 eller 12,5.")
                faults.append(FieldError(name, say(words), figures.get(name, "")))
                continue
            if value is not None:
                found[name] = value
    return found
