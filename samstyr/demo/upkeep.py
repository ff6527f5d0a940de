"""Rows of an arrangement's file about what is kept over time: figures for targets, reports and ledgers."""

from __future__ import annotations

from datetime import date

from samstyr.demo.records import Row


class MeasuredHere(Row):
    """A figure for a target, on the day it holds for and entered on that day or later."""

    target: str
    on: date
    value: float
    source: str
    by: str
    note: str = ""
    start: bool = False
    entered: date | None = None


class Reporting(Row):
    """A report of the model, written by somebody on a day of each month; in the months `unsent` (2026-07) it never was."""

    report: str
    by: str
    since: date
    day: int = 5
    words: dict[str, str] = {}
    unsent: list[str] = []


class Moved(Row):
    """An entry came into a state, perhaps by somebody's decision."""

    to: str
    on: date
    decided_by: str = ""
    note: str = ""


class Kept(Row):
    """An entry of a ledger, and the states it came into. `keeper` is who moves it."""

    key: str = ""
    ledger: str
    title: str
    on: date
    by: str
    keeper: str = "sekretariat"
    answers: dict[str, str] = {}
    tags: list[str] = []
    owner: str = ""
    next_action: str = ""
    due: date | None = None
    holder: str = ""
    organisation: str = ""
    from_day: date | None = None
    to_day: date | None = None
    about: str = ""
    moves: list[Moved] = []


class Counted(Row):
    """How many in a region were in each state on a day."""

    entry: str
    region: str
    on: date
    total: int
    counts: dict[str, int]
    by: str = "sekretariat"


class Ordered(Row):
    """An order of a ledger's entries, best first."""

    ledger: str
    on: date
    entries: list[str]
    reason: str
    by: str = "sekretariat"
