"""A block of figures as it is frozen in a report, and what has changed since last time. Plain values only."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

# The kinds of figures that can be subtracted from each other.
COUNTED = ("count", "kr", "days", "percent", "number")
MOST_ROWS = 200

Value = int | float | str | None


@dataclass(frozen=True)
class Number:
    """One figure with its name; `kind` is how it is shown: count, kr, days, percent or number."""

    key: str
    label: str
    value: int | float | None
    kind: str = "count"


@dataclass(frozen=True)
class Column:
    """A column of a table; `kind` as for a number, or text or date."""

    key: str
    label: str
    kind: str = "text"


@dataclass(frozen=True)
class Row:
    """A row: its cells by column, and what it is about as kind and id, so that it opens."""

    key: str
    cells: tuple[Value, ...]
    link: tuple[str, str] | None = None


@dataclass(frozen=True)
class Block:
    """What one source said on a day: figures, a table of the things they count, and remarks in words."""

    source: str
    on: date
    numbers: tuple[Number, ...] = ()
    columns: tuple[Column, ...] = ()
    rows: tuple[Row, ...] = ()
    remarks: tuple[str, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """The block as it is kept."""
        return {**asdict(self), "on": self.on.isoformat()}

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> Block | None:
        """The block that was kept; None where nothing was."""
        if not kept or "on" not in kept:
            return None
        return cls(
            str(kept["source"]),
            date.fromisoformat(kept["on"]),
            tuple(Number(**one) for one in kept["numbers"]),
            tuple(Column(**one) for one in kept["columns"]),
            tuple(
                Row(one["key"], tuple(one["cells"]), tuple(one["link"]) if one["link"] else None)
                for one in kept["rows"]
            ),
            tuple(kept["remarks"]),
        )

    def value(self, key: str) -> int | float | None:
        """The figure with the key; None when there is none."""
        return next((one.value for one in self.numbers if one.key == key), None)


@dataclass(frozen=True)
class Change:
    """A figure now and last time. `change` is None where one of them is not known."""

    label: str
    before: int | float | None
    now: int | float | None
    kind: str

    @property
    def change(self) -> int | float | None:
        """How much it has grown, negative for less."""
        if self.before is None or self.now is None:
            return None
        grown = self.now - self.before
        return round(grown, 2) if isinstance(grown, float) else grown


@dataclass(frozen=True)
class RowChange:
    """A row of the table now and last time: `standing` is same, changed, new or gone."""

    name: str
    standing: str
    cells: tuple[Change, ...]


@dataclass(frozen=True)
class Comparison:
    """What has changed in a block since last time."""

    numbers: tuple[Change, ...]
    rows: tuple[RowChange, ...]


def compare(before: Block | None, now: Block | None) -> Comparison:
    """Figures and rows side by side, matched by their keys; what is only in one of them stands with nothing beside it."""
    if before is None and now is None:
        return Comparison((), ())
    shown = now or before
    assert shown is not None
    old = {one.key: one for one in before.numbers} if before else {}
    new = {one.key: one for one in now.numbers} if now else {}
    numbers = tuple(
        Change(
            (new.get(key) or old[key]).label,
            old[key].value if key in old else None,
            new[key].value if key in new else None,
            (new.get(key) or old[key]).kind,
        )
        for key in [*new, *(key for key in old if key not in new)]
    )
    return Comparison(numbers, _rows(before, now, shown.columns))


def _rows(before: Block | None, now: Block | None, columns: Sequence[Column]) -> tuple[RowChange, ...]:
    old = _by_key(before)
    new = _by_key(now)
    counted = [column for column in columns if column.kind in COUNTED]
    found = []
    for key in [*new, *(key for key in old if key not in new)]:
        mine, earlier = new.get(key, {}), old.get(key, {})
        cells = tuple(
            Change(column.label, _figure(earlier.get(column.key)), _figure(mine.get(column.key)), column.kind)
            for column in counted
        )
        standing = "new" if key not in old else "gone" if key not in new else "same"
        if standing == "same" and any(cell.change for cell in cells):
            standing = "changed"
        name = (mine or earlier).get(columns[0].key) if columns else key
        found.append(RowChange(str(name), standing, cells))
    return tuple(found)


def _by_key(block: Block | None) -> dict[str, dict[str, Value]]:
    if block is None:
        return {}
    names = [column.key for column in block.columns]
    return {row.key: dict(zip(names, row.cells, strict=False)) for row in block.rows}


def _figure(value: Value) -> int | float | None:
    return value if isinstance(value, (int, float)) and not isinstance(value, bool) else None


def cut(rows: Sequence[Row], words: str) -> tuple[tuple[Row, ...], tuple[str, ...]]:
    """The first rows, and a remark made of `words` with how many more there are."""
    if len(rows) <= MOST_ROWS:
        return tuple(rows), ()
    return tuple(rows[:MOST_ROWS]), (words % {"count": len(rows) - MOST_ROWS},)
