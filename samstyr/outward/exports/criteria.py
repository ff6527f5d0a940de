"""The criteria that the plan's measures were ranked by, from the newest round of prioritisation before it."""

from __future__ import annotations

from datetime import date

from samstyr.wheel.prioritisation import queries as prioritisation

from .content import Criterion


def criteria_for(first_year: int, until: date) -> tuple[tuple[Criterion, ...], str]:
    """The criteria and the round's name, of the newest round closed by the day for a year up to the plan's first.

    Nothing when there is none. What anybody scored is not told.
    """
    closed = prioritisation.rounds().filter(state="closed", year__lte=first_year, closed_on__lte=until)
    row = closed.order_by("-year", "-closed_on", "-opened_on").first()
    if row is None:
        return (), ""
    sheet = prioritisation.sheet_of_round(row)
    criteria = tuple(
        Criterion(
            name=sheet.names.get(key, key),
            weight=weight,
            questions=tuple(one.text for one in sheet.questions if one.criterion == key and "." in one.key),
        )
        for key, weight in sheet.weights.items()
    )
    return criteria, row.name
