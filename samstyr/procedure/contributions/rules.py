"""What a contribution must tell, and how regions are covered. No database."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from samstyr.foundation.kernel.errors import FieldError
from samstyr.foundation.kernel.text import gettext_noop, say

INITIATIVE, PERSPECTIVE, ANCHORING = "initiative", "perspective", "anchoring"
KINDS = (INITIATIVE, PERSPECTIVE, ANCHORING)
ADMINISTRATIVE, POLITICAL = "administrative", "political"
LONGEST_LINE, LONGEST_TEXT = 200, 20_000


@dataclass(frozen=True)
class ContributionValues:
    """A contribution as given. `on` is when it happened or was told; `stage` and `lesson` are an initiative's, `arena`,
    `audience` and `audience_kind` an anchoring's, `case` a perspective's."""

    kind: str
    title: str
    on: date | None
    region: str = ""
    text: str = ""
    stage: str = ""
    lesson: str = ""
    arena: str = ""
    audience: str = ""
    audience_kind: str = ADMINISTRATIVE
    case: UUID | None = None


def faults(values: ContributionValues, today: date) -> list[FieldError]:
    """Everything that must be mended before it is kept."""
    found = []
    if values.kind not in KINDS:
        found.append(FieldError("kind", say(gettext_noop("Velg hva du vil legge til.")), values.kind))
    for name in ("title", "region", "stage", "arena", "audience", "text", "lesson"):
        value, most = getattr(values, name), LONGEST_TEXT if name in ("text", "lesson") else LONGEST_LINE
        if len(value) > most or "\0" in value:
            found.append(
                FieldError(
                    name, say(gettext_noop("Teksten er for lang eller har tegn som ikke kan lagres.")), value[:50]
                )
            )
    required = {INITIATIVE: ("title",), PERSPECTIVE: ("title", "text"), ANCHORING: ("title", "arena")}
    for name in required.get(values.kind, ()):
        if not getattr(values, name).strip():
            found.append(FieldError(name, say(gettext_noop("Fyll ut dette."))))
    if values.on is None or values.on > today:
        found.append(FieldError("on", say(gettext_noop("Skriv en dato, i dag eller før.")), str(values.on or "")))
    if values.kind == ANCHORING and values.audience_kind not in (ADMINISTRATIVE, POLITICAL):
        found.append(FieldError("audience_kind", say(gettext_noop("Velg hvem det var for.")), values.audience_kind))
    return found


def quarter_of(day: date) -> tuple[int, int]:
    """Year and quarter of the day."""
    return day.year, (day.month - 1) // 3 + 1


@dataclass(frozen=True)
class Coverage:
    """Anchoring in a region in a period, by quarter (1 to 4). `only_political` is a warning (D-27)."""

    region: str
    quarters: tuple[int, int, int, int]
    administrative: int
    political: int

    @property
    def total(self) -> int:
        """All of it."""
        return self.administrative + self.political

    @property
    def only_political(self) -> bool:
        """Whether it has been anchored with politicians alone, where the administration is expected."""
        return self.political > 0 and self.administrative == 0


def coverage(regions: Iterable[str], rows: Iterable[tuple[str, date, str]], year: int) -> list[Coverage]:
    """For each region, those without any included, what was done in the year; rows are region, date, audience kind."""
    counts: dict[str, list[int]] = {region: [0, 0, 0, 0] for region in regions}
    kinds: dict[str, dict[str, int]] = {}
    for region, day, kind in rows:
        if day.year != year:
            continue
        counts.setdefault(region, [0, 0, 0, 0])[quarter_of(day)[1] - 1] += 1
        of = kinds.setdefault(region, {})
        of[kind] = of.get(kind, 0) + 1
    return [
        Coverage(
            region, (row[0], row[1], row[2], row[3]), kinds.get(region, {}).get(ADMINISTRATIVE, 0),
            kinds.get(region, {}).get(POLITICAL, 0),
        )
        for region, row in sorted(counts.items())
    ]  # fmt: skip
