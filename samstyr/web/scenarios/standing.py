"""How a scenario stands: its question, the choices made, what they draw, and the newest solution, read once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import cached_property
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samstyr.foundation.ui import formats
from samstyr.foundation.ui.pieces import Status, Tone
from samstyr.web.shell import address
from samstyr.wheel.scenarios import queries
from samstyr.wheel.scenarios.rules.instance import Candidate, Limit

from . import presenting, reasons, solutions
from .drawing import use_width
from .fields import points, shown_amount
from .figures import amount_words, whole_points
from .scenario_forms import cells_of
from .views.parts import choices

ALL_MONEY = Limit("", "", "money", 0)


@dataclass(frozen=True)
class Figure:
    """A key figure."""

    label: str
    value: str
    note: str = ""
    tone: str = ""


@dataclass(frozen=True)
class UseShown:
    """A limit with how much of it is used."""

    name: str
    figures: str
    width: int
    full: bool
    breach: str
    left: str
    worth: str = ""


@dataclass(frozen=True)
class ChoiceRow:
    """A candidate as a line of a scenario."""

    key: UUID
    number: int
    title: str
    start: int | None
    value: str
    cost: str
    pin: str
    marks: list[Status]
    why: str


class Standing:
    """Everything the pages of one scenario need."""

    def __init__(self, request: Any, scenario: Any) -> None:
        self.request, self.scenario = request, scenario
        self.instance = queries.build_instance(scenario, request.today)
        self.choices: dict[UUID, Any] = {row.candidate_id: row for row in queries.choices_of(scenario)}
        self.solution = queries.latest_solution(scenario)

    @cached_property
    def starts(self) -> dict[UUID, int]:
        """The start years chosen, of the candidates that are in the question and the years that are in it."""
        return {
            key: row.start
            for key, row in self.choices.items()
            if row.start in self.instance.years and key in self.instance.by_key
        }

    @cached_property
    def names(self) -> dict[str, dict[str, str]]:
        """Names by key."""
        return presenting.names_for(choices(self.request))

    @cached_property
    def numbers(self) -> Mapping[UUID, int]:
        """The candidates' numbers."""
        return queries.listing.numbers()

    @cached_property
    def stale(self) -> bool:
        """Whether the question is another than the one that was solved."""
        return self.solution is not None and self.solution.seal != self.instance.seal()

    @cached_property
    def value(self) -> int:
        """What the choice gives, in hundredths of hundredths of a point."""
        return self.instance.value_of(self.starts)

    def money(self, candidate: Candidate, start: int, years: Sequence[int] | None = None) -> int:
        """What a candidate costs over the years when it starts in `start`."""
        return ALL_MONEY.drawn_by(candidate, start, years or self.instance.years)

    @cached_property
    def cost(self) -> int:
        """What the choice costs over all the years."""
        return sum(self.money(self.instance.by_key[key], start) for key, start in self.starts.items())

    def figures(self) -> list[Figure]:
        """The key figures."""
        risk = sum(self.instance.by_key[key].risk for key in self.starts)
        broken = sum(1 for use in self.uses("") if use.breach)
        return [
            Figure(_("Samlet verdi"), whole_points(self.value), self._share_words()),
            Figure(
                _("Valgte tiltak"),
                formats.number(len(self.starts)),
                _("av %(number)s") % {"number": formats.number(len(self.instance.candidates))},
            ),
            Figure(
                _("Kostnad i perioden"),
                f"{formats.thousand_kroner(self.cost // 1000 * 1000)}",
                _("i 1000 kr"),
            ),
            Figure(_("Samlet risiko"), formats.number(risk)),
            Figure(
                _("Rammer"),
                formats.number(broken) if broken else _("Holdes"),
                ngettext("ramme er brutt", "rammer er brutt", broken) if broken else "",
                "danger" if broken else "success",
            ),
        ]

    def _share_words(self) -> str:
        if self.solution is None or self.stale or not self.solution.value:
            return ""
        share = Decimal(self.value) * 100 / self.solution.value
        return _("%(share)s av den beste løsningen som er funnet") % {
            "share": formats.percent(share.quantize(Decimal("0.1"), ROUND_HALF_UP))
        }

    def uses(self, unit: str) -> list[UseShown]:
        """Each limit with its use in words and as a bar."""
        return [self._use(limit, self.used[limit.key], unit) for limit in self.instance.limits]

    @cached_property
    def used(self) -> dict[str, int]:
        """How much of each limit the choice draws."""
        return {limit.key: self.instance.used(limit, self.starts) for limit in self.instance.limits}

    def _use(self, limit: Limit, used: int, unit: str) -> UseShown:
        written, of = amount_words(limit.measure, used, unit), amount_words(limit.measure, limit.amount, unit)
        missing = limit.amount - used
        breach = left = ""
        gap = amount_words(limit.measure, abs(missing), unit)
        if limit.at_least:
            figures = _("%(used)s, minst %(amount)s") % {"used": written, "amount": of}
            breach = _("Mangler %(gap)s") % {"gap": gap} if missing > 0 else ""
        else:
            figures = _("%(used)s av %(amount)s") % {"used": written, "amount": of}
            breach = _("Overskredet med %(gap)s") % {"gap": gap} if missing < 0 else ""
            left = _("%(gap)s igjen") % {"gap": gap} if missing > 0 else _("Brukt opp")
        full = not limit.at_least and missing >= 0 and missing * 50 <= limit.amount
        return UseShown(limit.name, figures, use_width(used, limit.amount), full, breach, left)

    def breaches(self) -> list[str]:
        """What the choice breaks besides the limits, in words."""
        return solutions.breach_words(self.instance, self.starts)

    def narrowed(self, shown: str, text: str) -> list[Candidate]:
        """The candidates that the filter asks for, chosen ones first, by start year and value."""
        words = text.replace("\0", "").lower().split()
        found = [
            item
            for item in self.instance.candidates
            if self._shown(item, shown) and all(word in item.title.lower() for word in words)
        ]
        return sorted(
            found, key=lambda item: (self.starts.get(item.key, 9999), -item.value, self.numbers.get(item.key, 0))
        )

    def _shown(self, item: Candidate, shown: str) -> bool:
        choice = self.choices.get(item.key)
        match shown:
            case "valgt":
                return item.key in self.starts
            case "ute":
                return item.key not in self.starts
            case "festet":
                return bool(choice and choice.pin)
            case "hand":
                return bool(choice and choice.by_hand)
        return True

    def row(self, item: Candidate, unit: str) -> ChoiceRow:
        """One line of the table."""
        start = self.starts.get(item.key)
        choice = self.choices.get(item.key)
        first = start or (item.starts[0] if item.starts else self.instance.years[0])
        marks = [Status(_("Må gjennomføres"), Tone.INFO)] if item.mandatory else []
        if choice and choice.by_hand:
            marks.append(Status(_("Valgt for hånd"), Tone.WARNING))
        sentences = self.sentences(item.key)
        return ChoiceRow(
            key=item.key,
            number=self.numbers.get(item.key, 0),
            title=item.title,
            start=start,
            value=points(item.value),
            cost=shown_amount(self.money(item, first), unit),
            pin=choice.pin if choice else "",
            marks=marks,
            why=(choice.reason if choice and choice.by_hand else "") or next(iter([*sentences[1:], *sentences]), ""),
        )

    def goals(self) -> dict[str, int]:
        """How many of the chosen candidates contribute to each goal."""
        found: dict[str, int] = {}
        for key, goals in queries.listing.goals().items():
            for goal in goals if key in self.starts else ():
                found[goal] = found.get(goal, 0) + 1
        return found

    def sentences(self, key: UUID) -> list[str]:
        """Why the newest solution has the candidate in or out."""
        found = self._outcome("explanations", {}).get(str(key))
        return reasons.sentences(found, self.instance) if found else []

    def worths(self) -> list[str]:
        """What more of each limit is worth."""
        return [] if self.stale else [reasons.worth(item, self.instance) for item in self._outcome("worth", [])]

    def conflicts(self) -> list[tuple[str, str]]:
        """What cannot be met together, with where each can be changed."""
        if self.stale:
            return []
        names = reasons.Names(self.instance)
        return [(reasons.demand(key, names), self._change(key, names)) for key in self._outcome("conflict", [])]

    def _change(self, key: str, names: reasons.Names) -> str:
        """Where a demand is changed: the limit's cell, the tie's rows, or the candidate in the scenario."""
        slug = self.request.tenant.slug
        if key in names.limits:
            cell = self.cells.get(key, "")
            return f"{address('scenario-limits', slug, self.scenario.pk)}#{cell}"
        if key in names.links:
            return f"{address('candidate-edit', slug, names.links[key].members[0])}#links"
        return address("scenario-choice", slug, self.scenario.pk, UUID(key))

    @cached_property
    def cells(self) -> dict[str, str]:
        """The cell of the grid where each limit stands."""
        return cells_of(queries.limits_of(self.scenario))

    def _outcome(self, name: str, empty: Any) -> Any:
        return self.solution.outcome.get(name, empty) if self.solution is not None else empty

    def solution_words(self) -> solutions.Shown | None:
        """The newest solution in words."""
        if self.solution is None:
            return None
        return solutions.shown(self.solution, self.stale, self.starts)


def period_name(scenario: Any) -> str:
    """The years of a scenario."""
    return _("%(first)s–%(last)s") % {
        "first": scenario.first_year,
        "last": scenario.first_year + scenario.years - 1,
    }


def scenario_status(scenario: Any) -> Status:
    """Whether it is worked on or used."""
    if scenario.state == "used":
        return Status(_("Ført inn i planen"), Tone.SUCCESS)
    return Status(_("Under arbeid"), Tone.INFO)


def scenario_about(scenario: Any, names: Mapping[str, str]) -> str:
    """What the scenario assumes beyond the usual."""
    words = []
    if scenario.cost_percent != 100:
        words.append(_("kostnader på %(percent)s") % {"percent": formats.percent(scenario.cost_percent)})
    if scenario.left:
        left = ", ".join(names.get(str(key), str(key)) for key in scenario.left)
        words.append(_("uten %(names)s") % {"names": left})
    return ", ".join(words)
