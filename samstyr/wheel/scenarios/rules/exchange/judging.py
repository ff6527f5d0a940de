"""What a changed workbook would do to each candidate: what is new, changed, in conflict, or wrong."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from uuid import UUID, uuid5

from samstyr.foundation.kernel.errors import FieldError
from samstyr.foundation.kernel.text import Sentence, gettext_noop, say

from ..values import MOST_TEXT, CandidateValues, Known, candidate_faults, circles
from .columns import COLUMNS, PARTS, SHEETS, plain
from .flat import SEPARATOR, Flat, baseline_of, changed, flat_of
from .merging import Cell, Change, merged, settled
from .reading import UNNUMBERED, Contents, FileRow

SYSTEM, MINE = "system", "mine"


class Standing(StrEnum):
    """What will happen to a candidate of the file."""

    NEW = "new"
    CHANGED = "changed"
    CONFLICT = "conflict"
    OTHERS = "others"
    SAME = "same"
    EXISTING = "existing"
    FAULTY = "faulty"


@dataclass(frozen=True)
class Present:
    """A candidate as it stands. `given` is what the prioritisation gave its need."""

    number: int
    version: int
    values: CandidateValues
    dropped: str = ""
    given: int | None = None


@dataclass(frozen=True)
class Seen:
    """A candidate of the file and what the file would do to it. `row` is its row on the first sheet.

    `unreadable` are those of the faults that stand in the file itself, whatever is chosen in conflicts.
    """

    key: UUID
    title: str
    standing: Standing
    number: int | None = None
    row: int | None = None
    version: int | None = None
    cells: tuple[Cell, ...] = ()
    faults: tuple[FieldError, ...] = ()
    notes: tuple[Sentence, ...] = ()
    unreadable: tuple[FieldError, ...] = ()

    @property
    def conflicts(self) -> tuple[Cell, ...]:
        """The cells where the person must choose."""
        return tuple(cell for cell in self.cells if cell.change is Change.CONFLICT)

    @property
    def theirs(self) -> tuple[Cell, ...]:
        """The cells that others have changed meanwhile, and the file has not."""
        return tuple(cell for cell in self.cells if cell.change is Change.THEIRS)


@dataclass(frozen=True)
class Against:
    """What the file is judged against. `baseline` is what the file says of how things stood, when that is known;
    `space` makes the same new row of the same file the same candidate each time it is read."""

    present: Mapping[UUID, Present]
    known: Known
    space: UUID
    baseline: Mapping[UUID, Mapping[str, str]] | None = None
    needs: frozenset[UUID] = frozenset()
    given: Mapping[UUID, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Final:
    """A candidate as it would be written. `version` is the one it must still have; None for a new one.

    `dropped` is why it is taken out, empty when it is not; `names` are the cells that change.
    """

    key: UUID
    values: CandidateValues
    dropped: str = ""
    version: int | None = None
    names: tuple[str, ...] = ()


def judged(read: Contents, against: Against) -> list[Seen]:
    """Every candidate of the file with what would happen to it; faults as if the file were chosen in each conflict."""
    judge = _Judge(read, against)
    seen = [judge.seen(row) for row in read.rows]
    wrong = faults_of(finals(seen, against, {}, otherwise=MINE), against)
    return [_standing(replace(one, faults=(*one.unreadable, *wrong.get(one.key, ())))) for one in seen]


class _Judge:
    """Looks at one row at a time; what all rows need is made ready once."""

    def __init__(self, read: Contents, against: Against) -> None:
        self.against = against
        self.titles = {plain(one.values.title): one.number for one in against.present.values()}
        self.keys: dict[int, UUID] = {}
        self.named: dict[str, UUID] = {}
        first: dict[UUID, int | None] = {}
        for row in read.rows:
            if row.key is not None:
                continue
            title = row.mine.get("title", "")
            key = uuid5(against.space, row.designation or f"{row.row if not title else ''} {plain(title)}")
            if key in first:
                remedy = say(gettext_noop("Slett den ene, eller kall dem ny 1 og ny 2 i kolonnen Nummer."))
                alike = say(gettext_noop("Raden er lik rad %(row)s."), row=first[key])
                row.faults.append(FieldError(label("title"), alike, title, remedy))
                key = uuid5(against.space, f"{row.row} again")
            first[key], self.keys[id(row)] = row.row, key
            if row.designation:
                self.named.setdefault(row.designation, key)

    def seen(self, row: FileRow) -> Seen:
        """What the file would do to the candidate of the row, before the rules have looked at the outcome."""
        mine = _resolved(row.mine, self.named)
        if row.key is None:
            return self._new(row, mine)
        present = self.against.present[row.key]
        now = flat_of(present.values, present.dropped)
        base, notes, faults = self._base(row, present, now), list(row.notes), list(row.faults)
        if base is None:
            notes.append(
                say(gettext_noop("Vi vet ikke hva som sto her da filen ble hentet. Alt som er ulikt, regnes som ditt."))
            )
        need = mine.pop("need", None)
        if need is not None and need != now.get("need", ""):
            message = say(gettext_noop("Behovet til en kandidat kan ikke byttes."))
            remedy = say(gettext_noop("Skriv tilbake nummeret som sto der."))
            faults.append(FieldError(label("need"), message, "", remedy))
        return Seen(
            row.key, present.values.title, Standing.SAME, present.number, row.row, present.version,
            merged(base, mine, now), (), tuple(notes), tuple(faults),
        )  # fmt: skip

    def _base(self, row: FileRow, present: Present, now: Flat) -> Mapping[str, str] | None:
        assert row.key is not None
        known = (self.against.baseline or {}).get(row.key)
        if known is None and row.version == present.version:
            return baseline_of(now)  # its version rises with every change, so nothing has been changed
        return known

    def _new(self, row: FileRow, mine: Flat) -> Seen:
        key, title = self.keys[id(row)], mine.get("title", "")
        made = self.against.present.get(key)
        if made is not None:
            said = gettext_noop(
                "Denne raden er lest inn før, som kandidat %(number)s. Hent filen på nytt for å endre den."
            )
            return Seen(
                key, made.values.title, Standing.EXISTING, made.number, row.row, made.version,
                notes=(say(said, number=made.number),),
            )  # fmt: skip
        notes, faults = list(row.notes), list(row.faults)
        alike = self.titles.get(plain(title)) if title else None
        if alike is not None:
            notes.append(say(gettext_noop("Kandidat %(number)s har samme tittel."), number=alike))
        need = UUID(mine["need"]) if mine.get("need") else None
        if need is not None and need not in self.against.needs:
            message = say(gettext_noop("Behovet er ikke tatt inn, eller det er en kandidat fra før."))
            faults.append(FieldError(label("need"), message))
        if not mine.get("value") and need is not None:
            mine["value"] = str(self.against.given.get(need, 0))
        cells = tuple(Cell(name, Change.YOURS, "", text) for name, text in sorted(mine.items()) if text)
        return Seen(key, title, Standing.NEW, None, row.row, None, cells, (), tuple(notes), tuple(faults))


def _resolved(mine: Flat, named: Mapping[str, UUID]) -> Flat:
    """The cells with ties to new candidates by their keys."""
    found = {}
    for name, text in mine.items():
        parts = name.split(SEPARATOR)
        if len(parts) > 2 and parts[0] == "links" and parts[2].startswith(UNNUMBERED):
            parts[2] = str(named.get(parts[2].removeprefix(UNNUMBERED), ""))
        found[SEPARATOR.join(parts)] = text
    return found


def _standing(one: Seen) -> Seen:
    if one.faults:
        return replace(one, standing=Standing.FAULTY)
    if one.standing is not Standing.SAME:
        return one
    changes = {cell.change for cell in one.cells}
    for change, standing in (
        (Change.CONFLICT, Standing.CONFLICT),
        (Change.YOURS, Standing.CHANGED),
        (Change.THEIRS, Standing.OTHERS),
    ):
        if change in changes:
            return replace(one, standing=standing)
    return one


def finals(
    seen: Iterable[Seen], against: Against, choices: Mapping[tuple[UUID, str], str], *, otherwise: str = SYSTEM
) -> list[Final]:
    """The candidates that would be written. `choices` go by candidate and cell; `otherwise` is for the rest."""
    found = []
    for one in seen:
        if one.standing is Standing.EXISTING:
            continue
        own = {cell.field: choices.get((one.key, cell.field), otherwise) for cell in one.conflicts}
        changes = settled(one.cells, own, otherwise=otherwise)
        present = against.present.get(one.key)
        if not changes and present is not None:
            continue
        values = present.values if present is not None else CandidateValues("", duration=1)
        dropped = changes.get("dropped", present.dropped if present else "")
        found.append(
            Final(one.key, changed(values, changes), dropped, present.version if present else None, tuple(changes))
        )
    return found


def faults_of(finals: Iterable[Final], against: Against) -> dict[UUID, tuple[FieldError, ...]]:
    """What the rules have against the candidates as they would be written."""
    chosen = list(finals)
    new = {-at: one.key for at, one in enumerate(chosen, start=1) if one.version is None}
    known = replace(against.known, numbers={**against.known.numbers, **new})
    found: dict[UUID, tuple[FieldError, ...]] = {}
    for one in chosen:
        present = against.present.get(one.key)
        given = present.given if present else against.given.get(one.values.need) if one.values.need else None
        faults = candidate_faults(one.values, known, itself=one.key, given_value=given)
        if len(one.dropped) > MOST_TEXT:
            faults.append(
                FieldError("dropped_reason", say(gettext_noop("Teksten kan ha høyst %(most)s tegn."), most=MOST_TEXT))
            )
        if faults:
            found[one.key] = tuple(replace(fault, field=label(fault.field)) for fault in faults)
    for key in _circle(chosen, against):
        message = say(gettext_noop("Kandidatene forutsetter hverandre i ring. Fjern en av sammenhengene."))
        found[key] = (*found.get(key, ()), FieldError(label("links"), message))
    return found


def _circle(chosen: list[Final], against: Against) -> set[UUID]:
    """Those to be written that would presuppose themselves through others."""
    needs = {key: _needed(one.values) for key, one in against.present.items()}
    needs |= {one.key: _needed(one.values) for one in chosen}
    return set(circles({key: found for key, found in needs.items() if found})) & {one.key for one in chosen}


def _needed(values: CandidateValues) -> set[UUID]:
    return {link.other for link in values.links if link.kind == "needs" and link.other}


def label(name: str) -> str:
    """What a cell's column, or the sheet of a row, is called."""
    part = name.partition(".")[0].partition(SEPARATOR)[0]
    if part in PARTS:
        return str(say(SHEETS[part]))
    known = {column.name: column.heading for column in COLUMNS["candidates"]}
    return str(say(known.get(part, part)))
