"""Candidates and scenarios as words and figures for the pages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samstyr.foundation.ui import formats

from .fields import points, shown_amount
from .forms import Choices

SHOWN_YEARS = 4


@dataclass(frozen=True)
class CandidateRow:
    """A candidate as a line of the list."""

    key: Any
    number: int
    title: str
    about: str
    value: str
    cost: str
    each: str
    risk: int
    mandatory: bool
    dropped: bool


def candidate_row(row: Any, unit: str, names: Mapping[str, Mapping[str, str]]) -> CandidateRow:
    """One line; `row.cost` is what it costs over its first four years."""
    about = [
        names["area"].get(str(row.area_id), "") if row.area_id else "",
        names["focus_area"].get(row.focus_area, row.focus_area),
        row.kind,
    ]
    return CandidateRow(
        key=row.pk,
        number=row.number,
        title=row.title,
        about=" · ".join(part for part in about if part) or "–",
        value=points(row.value),
        cost=shown_amount(row.cost or 0, unit),
        each=value_each(row.value, row.cost or 0),
        risk=row.risk,
        mandatory=row.mandatory,
        dropped=bool(row.dropped_reason),
    )


def value_each(value: int, cost: int) -> str:
    """Points per 100 000 kroner with one decimal; a dash for what costs nothing."""
    if not cost:
        return formats.NOTHING
    ratio = Decimal(value) / 100 * 100_000 / cost
    return formats.number(ratio.quantize(Decimal("0.1"), ROUND_HALF_UP))


def names_for(choices: Choices) -> dict[str, dict[str, str]]:
    """Names by key, as the lines need them."""
    return {
        "area": dict(choices.areas),
        "focus_area": dict(choices.focus_areas),
        "goal": dict(choices.goals),
        "organisation": dict(choices.organisations),
        "cost_key": dict(choices.cost_keys),
        "source": dict(choices.sources),
    }


def facts_of(candidate: Any, names: Mapping[str, Mapping[str, str]]) -> list[tuple[str, str]]:
    """The candidate's facts as label and words."""
    participants = [names["organisation"].get(str(part.organisation_id), "") for part in candidate.participants.all()]
    goals = [names["goal"].get(goal, goal) for goal in candidate.goals]
    return [
        (_("Eier"), candidate.owner or formats.NOTHING),
        (_("Slag tiltak"), candidate.kind or formats.NOTHING),
        (_("Tjenesteområde"), names["area"].get(str(candidate.area_id), "") or formats.NOTHING),
        (
            _("Satsingsområde"),
            names["focus_area"].get(candidate.focus_area, candidate.focus_area) or formats.NOTHING,
        ),
        (_("Gjelder for"), ", ".join(filter(None, participants)) or _("Ikke valgt")),
        (_("Kostnaden deles"), names["cost_key"].get(candidate.cost_key, candidate.cost_key) or formats.NOTHING),
        (_("Mål"), ", ".join(goals) or formats.NOTHING),
        (_("Kan starte"), start_words(candidate.earliest, candidate.latest)),
        (
            _("Varighet"),
            ngettext("%(number)s år", "%(number)s år", candidate.duration) % {"number": candidate.duration},
        ),
    ]


def start_words(earliest: int | None, latest: int | None) -> str:
    """When it may start, in words."""
    if earliest and latest:
        if earliest == latest:
            return str(earliest)
        return _("%(first)s til %(last)s") % {"first": earliest, "last": latest}
    if earliest:
        return _("tidligst %(year)s") % {"year": earliest}
    if latest:
        return _("senest %(year)s") % {"year": latest}
    return _("når som helst")


@dataclass(frozen=True)
class OffsetRow:
    """Something year by year after the start."""

    name: str
    amounts: list[str]


def _at(row: Any, amount: int, offset: int) -> int:
    return amount if offset == row.offset or (row.continues and offset > row.offset) else 0


def offsets_of(rows: Iterable[Any]) -> int:
    """How many years after the start the tables show."""
    return max([SHOWN_YEARS, *(row.offset + 1 for row in rows)])


def cost_rows(rows: Sequence[Any], count: int, unit: str, names: Mapping[str, str]) -> list[OffsetRow]:
    """A line per kind and source, with the amount each year."""
    kinds = {"investment": _("Investering"), "operating": _("Drift")}
    sums: dict[tuple[str, str], list[int]] = {}
    on = {(row.kind, row.source) for row in rows if row.continues}
    for row in rows:
        line = sums.setdefault((row.kind, row.source), [0] * count)
        for at in range(count):
            line[at] += _at(row, row.amount, at)
    return [
        OffsetRow(
            kinds.get(kind, kind)
            + (f", {names.get(source, source)}" if source else "")
            + (f" ({_('og videre')})" if (kind, source) in on else ""),
            [shown_amount(amount, unit) for amount in line],
        )
        for (kind, source), line in sums.items()
    ]


def cost_sums(rows: Sequence[Any], count: int, unit: str) -> list[str]:
    """What all of it costs each year."""
    return [shown_amount(sum(_at(row, row.amount, at) for row in rows), unit) for at in range(count)]


def staff_rows(rows: Sequence[Any], count: int) -> list[OffsetRow]:
    """A line per role, with the hours each year."""
    sums: dict[str, list[int]] = {}
    for row in rows:
        line = sums.setdefault(row.role, [0] * count)
        for at in range(count):
            line[at] += _at(row, row.hours, at)
    return [OffsetRow(role, [formats.number(hours) for hours in line]) for role, line in sums.items()]


def offset_names(count: int) -> list[str]:
    """Year 1, year 2 and so on."""
    return [_("År %(number)s") % {"number": at + 1} for at in range(count)]


def value_from(candidate: Any) -> str:
    """Where the value comes from."""
    if candidate.value_reason:
        return _("Satt for hånd")
    if candidate.need_id:
        return _("Prioriteringsrunden for behovet")
    return _("Ikke vurdert i en prioriteringsrunde")


def over_years(row: Any, amount: int) -> int:
    """What a row adds up to over the first four years."""
    return sum(_at(row, amount, at) for at in range(SHOWN_YEARS))


def choice_words(choice: Any) -> str:
    """What a scenario has made of the candidate."""
    words = [_("starter %(year)s") % {"year": choice.start} if choice.start else _("ikke valgt")]
    if choice.pin == "in":
        words.append(_("festet inn"))
    elif choice.pin == "out":
        words.append(_("festet ut"))
    if choice.by_hand:
        words.append(_("valgt for hånd"))
    return ", ".join(words)
