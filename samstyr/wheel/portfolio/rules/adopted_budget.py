"""The adopted budget held against the adopted plan: what got money, what did not, and money nobody planned."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from samstyr.foundation.kernel.errors import FieldError
from samstyr.foundation.kernel.text import gettext_noop, say

from .lines import Line

MEASURE = ("tiltak", "prosjekt", "measure")
NUMBER = ("nr", "nr.", "nummer")
PLACE = ("kommune", "organisasjon", "virksomhet")
YEAR = ("år", "budsjettår", "year")
AMOUNT = ("beløp", "vedtatt", "vedtatt beløp", "kroner", "amount")


@dataclass(frozen=True)
class BudgetRow:
    """A row of the file: which measure by title or key, which organisation, which year and how many kroner."""

    number: int
    measure: str
    place: str
    year: int
    amount: int


@dataclass(frozen=True)
class Consequence:
    """What the adopted budget means for one measure, organisation and year.

    kind: `agrees`, `changed`, `unfunded` (in the plan, without money) or `unplanned` (money without a measure).
    """

    kind: str
    title: str
    line: UUID | None
    organisation: UUID | None
    year: int
    planned: int
    adopted: int

    @property
    def state(self) -> str:
        """The budget state to enter: granted in full, in part, or refused."""
        if self.adopted <= 0:
            return "refused"
        return "granted" if self.adopted >= self.planned else "partly"


def rows_of(
    header: Sequence[str], rows: Iterable[tuple[int, Sequence[Any]]], *, unit: int = 1
) -> tuple[list[BudgetRow], list[FieldError]]:
    """The file's rows: either a column for the year and one for the amount, or a column for each year.

    `unit` is what one means (1 or 1000 kroner). A row without a measure, or a sum, is passed over.
    """
    names = [str(name).strip().lower() for name in header]
    measure, place = _column(names, MEASURE), _column(names, PLACE)
    year, amount = _column(names, YEAR), _column(names, AMOUNT)
    years = {at: int(name) for at, name in enumerate(names) if name.isascii() and name.isdigit() and len(name) == 4}
    if measure is None or not (years or (year is not None and amount is not None)):
        words = say(gettext_noop("Filen må ha kolonnene Tiltak, Kommune, År og Beløp, eller en kolonne for hvert år."))
        return [], [FieldError("file", words)]
    found: list[BudgetRow] = []
    faults: list[FieldError] = []
    for number, cells in rows:
        title = _text(cells, measure)
        if not title or title.lower() == "sum":
            continue
        pairs = (
            [(wanted, cells[at] if at < len(cells) else None) for at, wanted in years.items()]
            if years
            else [(_text(cells, year), cells[amount] if amount is not None and amount < len(cells) else None)]
        )
        for wanted, value in pairs:
            if years and value in (None, ""):
                continue
            kroner, when = _kroner(value, unit), _year(wanted)
            if kroner is None or when is None:
                faults.append(_fault(number, value if kroner is None else wanted))
            else:
                found.append(BudgetRow(number, title, _text(cells, place), when, kroner))
    return found, faults


def _fault(number: int, value: object) -> FieldError:
    words = say(gettext_noop("Rad %(row)s: «%(value)s» kan ikke leses."), row=number, value=str(value)[:40])
    return FieldError("file", words, str(value))


def _column(names: Sequence[str], wanted: Sequence[str]) -> int | None:
    return next((at for at, name in enumerate(names) if name in wanted), None)


def _text(cells: Sequence[Any], at: int | None) -> str:
    return str(cells[at]).strip() if at is not None and at < len(cells) and cells[at] is not None else ""


def _year(value: object) -> int | None:
    text = str(value).strip().removesuffix(".0")
    return int(text) if text.isascii() and text.isdigit() and len(text) == 4 else None


def _kroner(value: object, unit: int) -> int | None:
    """Whole kroner, rounded half up where thousands are written with decimals; None when it is no amount."""
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, (int, float)):
        number = float(value) * unit
    else:
        text = "".join(str(value).split()).replace("−", "-").replace(",", ".")
        try:
            number = float(text) * unit
        except ValueError:
            return None
    return int(number + 0.5) if 0 <= number < 1e12 else None


def consequences(
    rows: Iterable[BudgetRow],
    lines: Sequence[Line],
    shares: Mapping[UUID, Mapping[UUID, Mapping[int, int]]],
    places: Mapping[str, UUID],
) -> tuple[list[Consequence], list[FieldError]]:
    """Every measure, organisation and year that the file or the plan names, for the years that the file is about.

    `shares` is kroner per measure, organisation and year by the plan; `places` the organisations by lower-case name.
    A row without an organisation is the whole measure's, and is held against all of it. A file that names some
    organisations speaks for those alone.
    """
    titles = {line.title.strip().lower(): line for line in lines} | {str(line.key): line for line in lines}
    names = {line.key: line.title for line in lines}
    adopted: dict[tuple[UUID | None, str, UUID | None, int], int] = {}
    faults: list[FieldError] = []
    for row in rows:
        place = places.get(row.place.lower())
        if row.place and place is None:
            words = say(gettext_noop("Rad %(row)s: «%(name)s» er ikke en kommune her."), row=row.number, name=row.place)
            faults.append(FieldError("file", words, row.place))
            continue
        line = titles.get(row.measure.lower())
        where = (line.key if line else None, "" if line else row.measure, place, row.year)
        adopted[where] = adopted.get(where, 0) + row.amount
    years = {year for _line, _title, _place, year in adopted}
    whole = {(line, year) for line, _title, place, year in adopted if line is not None and place is None}
    named = {place for _line, _title, place, _year in adopted if place is not None}
    planned = _planned(shares, years, whole, named)
    found = [
        _told(names[key], key, place, year, amount, adopted.get((key, "", place, year), 0))
        for (key, place, year), amount in planned.items()
    ]
    for (unplanned, title, place, year), amount in adopted.items():
        if unplanned is None:
            found.append(Consequence("unplanned", title, None, place, year, 0, amount))
        elif (unplanned, place, year) not in planned:
            found.append(_told(names[unplanned], unplanned, place, year, 0, amount))
    return sorted(found, key=lambda item: (item.year, item.title, str(item.organisation))), faults


def _planned(
    shares: Mapping[UUID, Mapping[UUID, Mapping[int, int]]],
    years: set[int],
    whole: set[tuple[UUID, int]],
    named: set[UUID],
) -> dict[tuple[UUID, UUID | None, int], int]:
    """The plan's kroner for what the file speaks of: per organisation named, else the measure as a whole."""
    found: dict[tuple[UUID, UUID | None, int], int] = {}
    for key, parts in shares.items():
        for organisation, amounts in parts.items():
            for year, amount in amounts.items():
                as_one = (key, year) in whole or not named
                if year in years and amount and (as_one or organisation in named):
                    spot = (key, None if as_one else organisation, year)
                    found[spot] = found.get(spot, 0) + amount
    return found


def _told(title: str, line: UUID, place: UUID | None, year: int, planned: int, adopted: int) -> Consequence:
    if planned == adopted:
        kind = "agrees"
    elif adopted <= 0:
        kind = "unfunded"
    else:
        kind = "changed"
    return Consequence(kind, title, line, place, year, planned, adopted)
