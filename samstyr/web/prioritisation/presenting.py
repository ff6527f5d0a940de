"""What the pages of a round show: the spread of what has been said, what is agreed on, and the ranking."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from samstyr.foundation.kernel.errors import Invalid
from samstyr.wheel.prioritisation import queries

# A dot's place in the drawing of a spread.
STEP, RADIUS, COLUMN, BASE, MOST_DOTS = 13, 5, 56, 74, 5


@dataclass(frozen=True)
class Dot:
    """One scorer in the drawing of a spread."""

    x: int
    y: int


@dataclass(frozen=True)
class Column:
    """A level with how many chose it, who, and its dots; more than a handful are told by the figure alone."""

    level: Any
    count: int
    names: tuple[str, ...]
    x: int
    dots: tuple[Dot, ...]
    agreed: bool


@dataclass(frozen=True)
class Asked:
    """One question of one need: the spread, what is agreed on, and what the form holds."""

    question: Any
    columns: list[Column]
    count: int
    differs: bool
    chosen: str
    reason: str
    fault: str
    set_to: Any

    @property
    def width(self) -> int:
        """The drawing's width."""
        return COLUMN * max(len(self.columns), 1)

    @property
    def words(self) -> str:
        """The spread as a sentence."""
        return " · ".join(f"{column.level.name} {column.count}" for column in self.columns if column.count)


class Agreeing:
    """The form of what is agreed on of one need, with the spread beside each question."""

    def __init__(self, row: Any, entry: Any, data: Mapping[str, str] | None, *, names: bool) -> None:
        self.sheet = queries.sheet_of_round(row)
        self.entry = entry
        self.said = queries.said_of(row, [entry.pk]).get(entry.pk, {})
        self.cells = queries.agreed_of([entry.pk]).get(entry.pk, {})
        self.notes = queries.notes_of(row, entry.pk)
        self.names = names
        self.data = data
        self.faults: dict[str, str] = {}

    @property
    def levels(self) -> dict[str, str]:
        """The levels that were sent, by question; those not on the form are left as they are."""
        sent = self.data or {}
        return {
            question.key: sent[f"level-{question.key}"][:60]
            for question in self.sheet.questions
            if f"level-{question.key}" in sent
        }

    @property
    def reasons(self) -> dict[str, str]:
        """The reasons that were sent."""
        sent = self.data or {}
        return {question.key: sent.get(f"reason-{question.key}", "") for question in self.sheet.questions}

    def tell(self, invalid: Invalid) -> None:
        """Show what is wrong beside its question."""
        for error in invalid.errors:
            self.faults[error.field] = f"{self.faults.get(error.field, '')} {error}".strip()

    @property
    def listed_faults(self) -> list[tuple[str, str]]:
        """Every fault with the question it belongs to, for the summary."""
        texts = {question.key: question.text for question in self.sheet.questions}
        return [(texts.get(field, ""), fault) for field, fault in self.faults.items()]

    @property
    def asked(self) -> list[Asked]:
        """The questions in order."""
        return [self._asked(question) for question in self.sheet.questions]

    def _asked(self, question: Any) -> Asked:
        said, cell = self.said.get(question.key), self.cells.get(question.key)
        names = {level.key: level for level in self.sheet.scale}
        suggested = next(iter(said.common)) if said and len(said.common) == 1 else ""
        chosen = cell.level if cell else suggested
        reason = cell.reason if cell else ""
        if self.data is not None:
            chosen = self.levels.get(question.key, chosen)
            reason = self.reasons[question.key]
        return Asked(
            question, self._columns(said, cell), said.count if said else 0, bool(said and said.differs), chosen, reason,
            self.faults.get(question.key, ""), names.get(cell.level) if cell else None,
        )  # fmt: skip

    def _columns(self, said: Any, cell: Any) -> list[Column]:
        columns = []
        for place, level in enumerate(self.sheet.scale):
            names = said.by_level.get(level.key, ()) if said else ()
            x = COLUMN * place + COLUMN // 2
            dots = tuple(Dot(x, BASE - 8 - STEP * number) for number in range(min(len(names), MOST_DOTS)))
            told = names if self.names else ()
            columns.append(Column(level, len(names), told, x, dots, bool(cell and cell.level == level.key)))
        return columns

    @property
    def notes_shown(self) -> list[Any]:
        """What the scorers have written; conflicts of interest first."""
        return sorted((note for note in self.notes if note.text), key=lambda note: not note.conflict)


SORTS = {"behov": "title", "uenighet": "differs", "avklart": "agreed"}


def overview(row: Any, day: date, sort: str = "") -> dict[str, Any]:
    """Each need with what is said and agreed so far, for the meeting's list; `sort` is a key of SORTS, or one after

    a minus. A meeting begins with what is most disputed, so that comes first when asked for by «-uenighet».
    """
    found: Any = queries.results(row, day)
    said = queries.said_of(row, [one.entry.pk for one in found.everything])
    asked = len(found.sheet.questions)
    lines: list[dict[str, Any]] = []
    for one in sorted(found.everything, key=lambda item: (item.entry.title, str(item.entry.pk))):
        own = said.get(one.entry.pk, {})
        lines.append(
            {
                "one": one,
                "agreed": len(one.levels),
                "differs": sum(question.differs for question in own.values()),
                "answered": len(own),
                "total": one.ranked.total.shown if one.ranked else "",
            }
        )
    by = SORTS.get(sort.removeprefix("-"), "title")
    if by != "title":
        lines.sort(key=lambda line: line[by], reverse=sort.startswith("-"))
    elif sort.startswith("-"):
        lines.reverse()
    waiting = sum(line["agreed"] < asked and not line["one"].entry.exception for line in lines)
    return {"lines": lines, "asked": asked, "waiting": waiting, "size": len(lines)}


def guidance(sheet: Any) -> list[dict[str, Any]]:
    """What each question asks for, and what each level means for it."""
    return [
        {
            "question": question,
            "anchors": [
                (level.name, question.anchor(level.key)) for level in sheet.scale if question.anchor(level.key)
            ],
        }
        for question in sheet.questions
    ]


@dataclass(frozen=True)
class Line:
    """A need in the ranking, with what decides its place."""

    one: Any
    passed: bool
    ties: list[str]
    decided_by: str
    parts: list[dict[str, Any]]
    vetoed: list[str]


def ranking(row: Any, day: date) -> dict[str, Any]:
    """The ranking with its arithmetic, the cut line, and the best by each criterion."""
    found: Any = queries.results(row, day)
    passed = {one.entry.pk for one in queries.over_the_line(row, found)}
    titles = {one.entry.pk: one.entry.title for one in found.ranked}
    names = {part.criterion: part.name for one in found.ranked for part in one.ranked.total.parts}
    lines = [
        Line(
            one,
            one.entry.pk in passed,
            [titles[key] for key in one.ranked.tied_with if key in titles],
            names.get(one.ranked.decided_by, one.ranked.decided_by),
            [_part(found.sheet, one, part) for part in one.ranked.total.parts],
            [found.sheet.names[key] for key in one.ranked.total.vetoed],
        )
        for one in found.ranked
    ]
    cut = next((number for number, line in enumerate(lines) if not line.passed), None)
    return {
        "found": found,
        "lines": lines,
        "cut": lines[cut].one.entry.pk if cut is not None else None,
        "passed": len(passed),
        "best": _best(row, found),
        "expired": sum(one.expired for one in found.ranked),
    }


def _part(sheet: Any, one: Any, part: Any) -> dict[str, Any]:
    questions = [question for question in sheet.questions if question.criterion == part.criterion]
    levels = {level.key: level for level in sheet.scale}
    return {
        "part": part,
        "value": part.shown_value,
        "points": part.shown,
        "answers": [
            {
                "question": question,
                "level": levels[one.levels[question.key]],
                "reason": one.reasons.get(question.key, ""),
            }
            for question in questions
            if one.levels.get(question.key) in levels
        ],
    }


def _best(row: Any, found: Any, most: int = 3) -> list[dict[str, Any]]:
    """The needs that support the goals best, and those with the largest benefit (G-100); the total decides among equals.

    Where the model does not say what its criteria measure, there is a list for each of them.
    """
    measures = {criterion["key"]: criterion.get("measures") for criterion in row.criteria.get("criteria", ())}
    named = {"goals": _("Støtter målene best"), "benefit": _("Størst gevinst")}
    wanted = {key for key, about in measures.items() if about in named} or set(measures)
    lists = []
    for place, part in enumerate(found.ranked[0].ranked.total.parts if found.ranked else ()):
        if part.criterion not in wanted:
            continue
        order = sorted(
            found.ranked, key=lambda one: (-one.ranked.total.parts[place].value, one.ranked.rank, one.entry.title)
        )
        rows = [(one, one.ranked.total.parts[place].shown_value) for one in order[:most]]
        name = named.get(measures[part.criterion], part.name)
        lists.append({"name": name, "criterion": part.name, "weight": part.weight, "rows": rows})
    return lists


MOST_ROUNDS = 3


def places_of_need(actor: Any, need_id: UUID, day: date) -> list[dict[str, Any]]:
    """Where the need stands in the newest rounds it has been in, for those who may read them."""
    places = []
    for entry in queries.standing_of_need(need_id)[:MOST_ROUNDS]:
        if queries.may_read(actor, entry.round):
            found = queries.results(entry.round, day)
            one = next(one for one in found.everything if one.entry.pk == entry.pk)
            places.append({"round": entry.round, "one": one, "of": len(found.ranked)})
    return places


def file_rows(row: Any, day: date) -> tuple[list[str], list[list[Any]]]:
    """The ranking as a table: place, need, total, each criterion's points, each question's level and reasons."""
    shown = ranking(row, day)
    found = shown["found"]
    header = [_("Plass"), _("Behov"), _("Sum"), _("Over streken"), _("Utløper")]
    parts = found.ranked[0].ranked.total.parts if found.ranked else ()
    header += [f"{part.name} ({part.weight} %)" for part in parts]
    header += [f"{_('Nivå')}: {question.text}" for question in found.sheet.questions]
    header += [_("Begrunnelse"), _("Holdt utenfor")]
    levels = {level.key: level.name for level in found.sheet.scale}
    passed = {line.one.entry.pk for line in shown["lines"] if line.passed}
    rows = []
    for one in found.everything:
        own = one.ranked.total.parts if one.ranked else ()
        rows.append(
            [
                one.rank,
                one.entry.title,
                one.ranked.total.shown if one.ranked else "",
                _("ja") if one.entry.pk in passed else _("nei"),
                one.expires,
                *(part.shown for part in own),
                *("" for _missing in (parts if not own else ())),
                *(levels.get(one.levels.get(question.key, ""), "") for question in found.sheet.questions),
                "; ".join(one.reasons.values()),
                one.entry.exception,
            ]
        )
    return header, rows
