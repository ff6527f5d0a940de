"""The year's forms, filled in rightly."""

from __future__ import annotations

from typing import Any

from samstyr.procedure.year import actions
from samstyr.procedure.year.models import YearPeriod
from tests.requirements.joint import INTAKE, at


def year_forms(ready: Any) -> None:
    """A period moved, and one ended."""
    made = ready.made
    actions.make_year(actor=made.actor("it_lead", INTAKE), now=at(INTAKE), year=2025)
    row = YearPeriod.objects.get(key="mars")
    ready.add(
        "period moved", "it_lead", "year-period-move", [row.pk],
        {"_version": "1", "starts_on": "2025-03-03", "ends_on": "2025-04-04", "reason": "Påsken kommer i veien."},
        texts=("reason",), days=("starts_on", "ends_on"),
    )  # fmt: skip
    april = YearPeriod.objects.get(key="april")
    ready.add(
        "period ended", "it_lead", "year-period", [april.pk],
        {"_version": "1", "done_on": "2025-04-20", "note": "Alt er behandlet."}, texts=("note",), days=("done_on",),
    )  # fmt: skip
