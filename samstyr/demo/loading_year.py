"""The demonstration's years: made from the wheel, with what has been done in them, and the sectors' idea sessions."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from samstyr.foundation.kernel.clock import oslo_date
from samstyr.procedure.year import actions, queries
from samstyr.wheel.needs import actions as needs
from samstyr.wheel.needs.queries import sessions
from samstyr.wheel.needs.rules.sessions import SessionValues

if TYPE_CHECKING:
    from samstyr.demo.living import World

HELD, NOTED = date(2026, 3, 17), date(2026, 4, 14)


def keep(world: World, now: datetime) -> None:
    """Last year is ended, all but one period in time; this year is followed; the next is made, with one period moved."""
    by: dict[str, Any] = {"actor": world.system(), "now": now}
    year = oslo_date(now).year
    for number in (year - 1, year, year + 1):
        actions.make_year(**by, year=number)
    for number in (year - 1, year):
        for row in queries.periods_of(number):
            if row.wheel or row.ends_on >= oslo_date(now):
                continue
            late = number == year - 1 and row.order == 3
            done = date(row.ends_on.year, row.ends_on.month + 1, 6) if late else row.ends_on
            note = "Høringen tok lengre tid enn vi trodde." if late else ""
            actions.save_period(**by, period_id=row.pk, version=row.version, done_on=done, dropped=False, note=note)
    first = next(row for row in queries.periods_of(year + 1) if not row.wheel)
    actions.move_period(
        **by, period_id=first.pk, version=first.version, starts_on=first.starts_on,
        ends_on=date(first.ends_on.year, 3, 5), reason="Vinterferien er i den siste uken av februar.",
    )  # fmt: skip


def ideas(
    by: Callable[[str, date], Mapping[str, Any]], leader: str, sectors: Mapping[str, UUID], found: list[UUID]
) -> None:
    """The year is made and works by sector; four of the sectors have held theirs, one with its ideas put down."""
    actions.make_year(**by(leader, NOTED), year=HELD.year)
    needs.choose_mode(**by(leader, NOTED), year=HELD.year, mode="sektorvis")
    for at, row in enumerate(sessions.sessions_of(HELD.year)[:-1]):
        needs.save_session(
            **by(leader, NOTED), session_id=row.pk, version=row.version,
            values=SessionValues(
                HELD.year, row.title, HELD, tuple(one.unit_id for one in row.sectors.all()),
                technique="Gruppearbeid med lapper",
                participants={"ansatte": 12 + 2 * at, "ledere": 3, "innbyggere": 4 if at % 2 else 0},
            ),
        )  # fmt: skip
    joint = needs.save_session(
        **by(leader, NOTED),
        values=SessionValues(
            HELD.year, "Felles oppsummering", HELD, tuple(sectors.values()), joint=True, prioritises=True,
            technique="Hver gruppe fordelte stemmer", participants={"ansatte": 24, "ledere": 5, "politikere": 4},
        ),
    )  # fmt: skip
    needs.add_ideas(**by(leader, NOTED), session_id=joint.pk, needs=found)
