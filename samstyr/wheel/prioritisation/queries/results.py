"""A person's own sheet, what has been said and agreed, the ranking, and the value that others build on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import cast
from uuid import UUID

from django.db.models import Count

from ..models import Consensus, Entry, Round, RoundState, Score, ScorerNote
from ..rules.rounds import MONTHS_OF_USE, expires_on, most_common
from ..rules.scoring import Ranked, Sheet, percent, rank, total
from .rounds import Scorer, entries_of, scorers_of, sheet_of_round, shows_scores

Levels = dict[str, str]


@dataclass(frozen=True)
class SheetRow:
    """One need on a person's sheet, with that person's own levels."""

    entry: Entry
    levels: Levels
    note: str
    conflict: bool
    done: bool


@dataclass(frozen=True)
class Progress:
    """How far one scorer has come, in needs."""

    scorer: Scorer
    done: int
    size: int

    @property
    def missing(self) -> bool:
        """Whether anything is left."""
        return self.done < self.size


@dataclass(frozen=True)
class Said:
    """What the scorers have said of one question: who chose which level, and the level most chose."""

    question: str
    by_level: Mapping[str, tuple[str, ...]]
    common: frozenset[str]

    @property
    def count(self) -> int:
        """How many have answered."""
        return sum(len(names) for names in self.by_level.values())

    @property
    def differs(self) -> bool:
        """Whether they have answered differently."""
        return len(self.by_level) > 1


@dataclass(frozen=True)
class Result:
    """One need's standing in a round."""

    entry: Entry
    levels: Levels
    reasons: dict[str, str]
    ranked: Ranked[UUID] | None
    expires: date | None
    expired: bool

    @property
    def rank(self) -> int | None:
        """Its place, when it has one."""
        return self.ranked.rank if self.ranked else None


@dataclass(frozen=True)
class Results:
    """A round's ranking: those with a place in order, those without, and those left out."""

    sheet: Sheet
    ranked: list[Result]
    unranked: list[Result]
    left_out: list[Result]

    @property
    def everything(self) -> list[Result]:
        """All of them, in that order."""
        return [*self.ranked, *self.unranked, *self.left_out]


def sheet_rows(row: Round, person: UUID, entries: Iterable[Entry]) -> list[SheetRow]:
    """The person's own sheet for these needs; nobody else's levels are read."""
    chosen = list(entries)
    keys = [entry.pk for entry in chosen]
    questions = {question.key for question in sheet_of_round(row).questions}
    levels: dict[UUID, Levels] = {}
    for score in Score.objects.filter(entry_id__in=keys, person_id=person):
        levels.setdefault(score.entry_id, {})[score.question] = score.level
    notes = {note.entry_id: note for note in ScorerNote.objects.filter(entry_id__in=keys, person_id=person)}
    rows = []
    for entry in chosen:
        note, own = notes.get(entry.pk), levels.get(entry.pk, {})
        conflict = bool(note and note.conflict)
        rows.append(SheetRow(entry, own, note.text if note else "", conflict, conflict or questions <= own.keys()))
    return rows


def sheet_of(row: Round, person: UUID) -> list[SheetRow]:
    """The person's own sheet, all of it."""
    return sheet_rows(row, person, entries_of(row))


def done_by(row: Round) -> dict[UUID, int]:
    """How many needs each person is through with: every question answered, or stood aside."""
    wanted = len(sheet_of_round(row).questions)
    found: dict[UUID, set[UUID]] = {}
    counted = Score.objects.filter(entry__round=row).values("entry_id", "person_id").annotate(answers=Count("pk"))
    for cell in counted.order_by():
        if cell["answers"] >= wanted:
            found.setdefault(cell["person_id"], set()).add(cell["entry_id"])
    aside = ScorerNote.objects.filter(entry__round=row, conflict=True).values_list("person_id", "entry_id")
    for person, entry in aside:
        found.setdefault(person, set()).add(entry)
    return {person: len(entries) for person, entries in found.items()}


def progress_of(row: Round, day: date) -> list[Progress]:
    """Each who is to score with how far they have come, and others who have scored in their place."""
    size = cast("int", Entry.objects.filter(round=row).count())
    done = done_by(row)
    scorers = scorers_of(row, day)
    known = {scorer.person.pk for scorer in scorers}
    others = Score.objects.filter(entry__round=row).exclude(person_id__in=known).select_related("person")
    extra = {score.person_id: score.person for score in others.order_by("person__name")}
    scorers += [Scorer(person, "") for person in extra.values()]
    return [Progress(scorer, done.get(scorer.person.pk, 0), size) for scorer in scorers]


def said_of(row: Round, entries: Iterable[UUID]) -> dict[UUID, dict[str, Said]]:
    """What each has said of these needs, by question; nothing while the round is blind and open."""
    if not shows_scores(row):
        return {}
    keys = list(entries)
    found: dict[UUID, dict[str, dict[str, list[str]]]] = {}
    rows = Score.objects.filter(entry__round=row, entry_id__in=keys).select_related("person")
    for score in rows.order_by("person__name", "pk"):
        levels = found.setdefault(score.entry_id, {}).setdefault(score.question, {})
        levels.setdefault(score.level, []).append(score.person.name)
    return {
        entry: {
            question: Said(
                question,
                {level: tuple(names) for level, names in levels.items()},
                most_common(level for level, names in levels.items() for _name in names),
            )
            for question, levels in questions.items()
        }
        for entry, questions in found.items()
    }


def notes_of(row: Round, entry: UUID) -> list[ScorerNote]:
    """What the scorers have written of one need, and who stands aside; nothing while blind and open."""
    if not shows_scores(row):
        return []
    notes = ScorerNote.objects.filter(entry_id=entry, entry__round=row).select_related("person")
    return list(notes.order_by("person__name"))


def agreed_of(entries: Iterable[UUID]) -> dict[UUID, dict[str, Consensus]]:
    """What has been agreed on of each need, by question."""
    found: dict[UUID, dict[str, Consensus]] = {}
    for row in Consensus.objects.filter(entry_id__in=list(entries)):
        found.setdefault(row.entry_id, {})[row.question] = row
    return found


def results(row: Round, day: date) -> Results:
    """The round's ranking by what has been agreed on, with the arithmetic; a fixed number of queries."""
    sheet = sheet_of_round(row)
    entries = list(entries_of(row))
    agreed = agreed_of(entry.pk for entry in entries)
    levels = {entry.pk: _levels(sheet, agreed.get(entry.pk, {})) for entry in entries}
    weighed = {entry.pk: levels[entry.pk] for entry in entries if not entry.exception}
    # Where nothing is asked, nothing is ranked by totals: such a round ranks by keys.
    weighed = weighed if sheet.questions else {}
    places: dict[UUID, Ranked[UUID]] = {ranked.key: ranked for ranked in rank(sheet, _complete(sheet, weighed))}
    found = []
    for entry in entries:
        cells = agreed.get(entry.pk, {})
        expires = expires_on((cell.set_on for cell in cells.values()), months_of(row))
        found.append(
            Result(
                entry,
                levels[entry.pk],
                {key: cell.reason for key, cell in cells.items() if cell.reason},
                places.get(entry.pk),
                expires,
                expires is not None and expires <= day,
            )
        )
    return Results(
        sheet,
        sorted((one for one in found if one.rank), key=lambda one: (one.rank or 0, one.entry.title)),
        [one for one in found if not one.rank and not one.entry.exception],
        [one for one in found if one.entry.exception],
    )


def months_of(row: Round) -> int:
    """How many months the round's assessments hold, by its criteria."""
    return int(row.criteria.get("valid_months") or MONTHS_OF_USE)


def _levels(sheet: Sheet, cells: Mapping[str, Consensus]) -> Levels:
    return {question.key: cells[question.key].level for question in sheet.questions if question.key in cells}


def _complete(sheet: Sheet, levels: Mapping[UUID, Levels]) -> dict[UUID, Levels]:
    return {key: own for key, own in levels.items() if not total(sheet, own).missing}


def over_the_line(row: Round, found: Results) -> list[Result]:
    """Those that pass: within the capacity (with those tied at its edge) and over the threshold, and not vetoed."""
    passed = []
    for one in found.ranked:
        ranked = cast("Ranked[UUID]", one.ranked)
        value = ranked.total.value
        if row.capacity is not None and ranked.rank > row.capacity:
            continue
        if found.sheet.threshold is not None and (value is None or value < found.sheet.threshold):
            continue
        if not ranked.total.vetoed:
            passed.append(one)
    return passed


def passed_needs(row: Round, day: date) -> frozenset[UUID]:
    """The needs that go on to the next stage."""
    return frozenset(one.entry.need_id for one in over_the_line(row, results(row, day)))


def value_of_needs(need_ids: Iterable[UUID], day: date | None = None) -> dict[UUID, int]:
    """The value of each need in hundredths, 0 to 10 000, from the newest closed round that still holds on the day.

    A need whose assessments have expired, that a veto stops, or that has none, is left out. Without a day none has expired.
    """
    entries = Entry.objects.filter(need_id__in=list(need_ids), exception="", round__state=RoundState.CLOSED)
    rows = list(entries.select_related("round").order_by("-round__closed_on", "-round__opened_on", "pk"))
    agreed = agreed_of(entry.pk for entry in rows)
    sheets: dict[UUID, Sheet] = {}
    found: dict[UUID, int] = {}
    for entry in rows:
        if entry.need_id in found:
            continue
        sheet = sheets.setdefault(entry.round_id, sheet_of_round(entry.round))
        cells = agreed.get(entry.pk, {})
        summed = total(sheet, _levels(sheet, cells))
        expires = expires_on((cell.set_on for cell in cells.values()), months_of(entry.round))
        holds = day is None or (expires is not None and day < expires)
        if summed.value is not None and not summed.vetoed and holds:
            found[entry.need_id] = percent(sheet, summed)
    return found


def standing_of_need(need_id: UUID) -> list[Entry]:
    """The rounds a need has been in, newest first."""
    rows = Entry.objects.filter(need_id=need_id).select_related("round").order_by("-round__opened_on", "pk")
    return list(rows)
