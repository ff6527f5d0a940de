"""The portfolio as rows of a workbook, and what the file keeps of how it stood."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from uuid import UUID

from samstyr.foundation.kernel.text import say

from ..values import Known
from .cells import Names
from .columns import CODES
from .flat import baseline_of, flat_of, name_of, tidy
from .judging import Present
from .reading import origin_of

Out = str | int | float | None
# What a spreadsheet's cell can hold, with a little to spare. A baseline that is longer is left out: the version tells.
LONGEST_CELL = 32_000


class Writer:
    """Turns candidates into rows; `unit` is what one means in the column of amounts: 1 or 1000 kroner."""

    def __init__(self, present: Mapping[UUID, Present], names: Names, needs: Mapping[UUID, int], unit: int) -> None:
        self.present, self.names, self.needs, self.unit = present, names, needs, unit

    def candidates(self) -> Iterator[list[Out]]:
        """A row for each candidate, in the order of the columns."""
        for key, one in self.present.items():
            values = one.values
            yield [
                one.number, str(key), one.version, values.title,
                self.needs.get(values.need) if values.need else None,
                "; ".join(sorted(self.names.name("organisations", str(part)) for part in values.organisations)),
                self.names.name("areas", str(values.area)) if values.area else "",
                self.names.name("focus_areas", values.focus_area) if values.focus_area else "",
                values.kind, values.owner, values.description, float(Decimal(values.value) / 100), values.value_reason,
                values.risk, word("yes_no", "1" if values.mandatory else ""), values.mandatory_reason,
                values.earliest, values.latest, values.duration,
                self.names.name("cost_keys", values.cost_key) if values.cost_key else "",
                word("dropped", "1") if one.dropped else "", one.dropped,
            ]  # fmt: skip

    def costs(self) -> Iterator[list[Out]]:
        """A row for each cost."""
        for one in self.present.values():
            for row in one.values.costs:
                name = name_of("costs", row.kind, row.source, row.offset)
                yield [
                    *self._start(one, name), word("cost_kinds", row.kind),
                    self.names.name("sources", row.source) if row.source else "", row.offset + 1,
                    row.amount if self.unit == 1 else float(Decimal(row.amount) / self.unit),
                    word("yes_no", "1" if row.continues else ""), "",
                ]  # fmt: skip

    def staff(self) -> Iterator[list[Out]]:
        """A row for each need of people."""
        for one in self.present.values():
            for row in one.values.staff:
                yield [
                    *self._start(one, name_of("staff", tidy(row.role), row.offset)), row.role, row.offset + 1, row.hours,
                    word("yes_no", "1" if row.continues else ""), "",
                ]  # fmt: skip

    def links(self) -> Iterator[list[Out]]:
        """A row for each tie."""
        for one in self.present.values():
            for row in one.values.links:
                other = self.present.get(row.other) if row.other else None
                yield [
                    *self._start(one, name_of("links", row.kind, row.other or "", tidy(row.group))),
                    word("link_kinds", row.kind), other.number if other else None, row.group, "",
                ]  # fmt: skip

    def baseline(self) -> Iterator[tuple[str, int, str]]:
        """Key, version and texts of each candidate as it stands."""
        for key, one in self.present.items():
            text = json.dumps(baseline_of(flat_of(one.values, one.dropped)), sort_keys=True, separators=(",", ":"))
            if len(text) <= LONGEST_CELL:
                yield str(key), one.version, text

    @staticmethod
    def _start(one: Present, name: str) -> list[Out]:
        return [one.number, origin_of(one.number, name), one.values.title]


def word(kind: str, code: str) -> str:
    """A fixed word as it is written in the file."""
    return str(say(CODES[kind][code])) if code in CODES[kind] else code


def lists_of(known: Known, names: Names) -> dict[str, list[str]]:
    """What the cells can be picked from."""
    return {
        **{name: [str(say(text)) for text in words.values()] for name, words in CODES.items()},
        **{name: list(found.values()) for name, found in names.shown.items() if name != "organisations"},
        "kinds": list(known.kinds),
        "roles": list(known.roles),
    }


def baseline_read(rows: Iterable[tuple[str, str]]) -> dict[UUID, dict[str, str]]:
    """The texts by candidate, as they were kept in the file. Raises ValueError for what was not made here."""
    found = {}
    for key, text in rows:
        content = json.loads(text)
        if not isinstance(content, dict):
            raise ValueError("not a baseline")
        found[UUID(key)] = {str(name): str(value) for name, value in content.items()}
    return found
