"""Open steps whose deadline hangs on something that may move: a body's meetings, or a period of the year."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from samstyr.foundation.governance import queries as governance
from samstyr.foundation.governance.rules.schema import GovernanceModel
from samstyr.procedure.year import queries as years

from ..models import CaseState, CaseStep, StepState
from ..rules.deadlines import Due, Window, hangs_on_period
from . import due_of, path_of

Hangs = Callable[[Any], bool]
WindowFor = Callable[[GovernanceModel], Window]
Reckoned = dict[UUID, tuple[CaseStep, Due | None]]


def reckoned(hangs: Hangs, window_for: WindowFor | None = None) -> Reckoned:
    """The open steps whose deadline hangs on it, each with the deadline that the model and the years give it.

    `window_for` tells the years' days when they are not those that stand now.
    """
    rows = CaseStep.objects.select_related("case", "case__model_version", "organisation").filter(
        state=StepState.ACTIVE, case__state=CaseState.OPEN
    )
    chosen = []
    for row in rows:
        step = None if row.step.startswith("_") else path_of(row.case).step(row.step)
        if step is not None and hangs(step.deadline):
            chosen.append((row, step))
    if window_for is None and chosen:
        days = [row.opened_on.year for row, _step in chosen]
        known = years.dated(range(min(days) - 1, max(days) + 2))
        window_for = lambda model: years.window_of(model, known)  # noqa: E731
    found: Reckoned = {}
    for row, step in chosen:
        window = window_for(governance.typed(row.case.model_version)) if window_for else None
        deadline = due_of(row.case, step, opened_on=row.opened_on, organisation=row.organisation, window=window)
        found[row.pk] = row, deadline
    return found


@dataclass(frozen=True)
class Shift:
    """A period of the model's own wheel that has, or would have, other days in a year."""

    key: str
    year: int
    was: tuple[date, date]
    now: tuple[date, date]

    def hangs(self, deadline: Any) -> bool:
        """Whether the deadline hangs on the period."""
        return hangs_on_period(deadline, self.key)

    def before(self) -> WindowFor:
        """The years as they were."""
        return self._with(self.was)

    def after(self) -> WindowFor:
        """The years as they are now. What hung on the period in this year still does, though it ends before it began."""
        old, new = self._with(self.was), self._with(self.now)

        def window_for(model: GovernanceModel) -> Window:
            then, since = old(model), new(model)

            def window(key: str, day: date) -> tuple[date, date] | None:
                return self.now if key == self.key and then(key, day) == self.was else since(key, day)

            return window

        return window_for

    def _with(self, span: tuple[date, date]) -> WindowFor:
        known = years.dated(range(self.year - 5, self.year + 6))
        known.setdefault(self.key, {})[self.year] = span
        return lambda model: years.window_of(model, known)


@dataclass(frozen=True)
class Moved:
    """A step whose deadline moves."""

    row: CaseStep
    due: Due
    was: date | None


def moved(earlier: Reckoned, later: Reckoned) -> list[Moved]:
    """The steps whose deadline a change moves; one that somebody has set, as a hearing's, stays."""
    found = []
    for key, (row, deadline) in later.items():
        was = earlier[key][1]
        if deadline is None or deadline.on == row.due_on or row.due_on != (was.on if was else None):
            continue
        found.append(Moved(row, deadline, row.due_on))
    return found


def moved_by(shift: Shift) -> list[Moved]:
    """The steps whose deadline moves with the period."""
    return moved(reckoned(shift.hangs, shift.before()), reckoned(shift.hangs, shift.after()))
