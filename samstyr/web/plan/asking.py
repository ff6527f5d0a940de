"""What the governance model wants told of each measure."""

from __future__ import annotations

from datetime import date

from samstyr.wheel.portfolio import queries

from .forms import Asks


def asks_of(today: date) -> Asks:
    """The model's kinds, focus areas, goals and questions."""
    form = queries.plan_form(today)
    return Asks(
        {key: str(kind.name) for key, kind in queries.measure_kinds(today).items()},
        queries.focus_areas(today),
        queries.goals(today),
        form.line_questions if form else (),
    )
