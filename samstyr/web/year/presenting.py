"""A year as pages show it: narrowed, drawn, and as what happens in a month."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from samstyr.foundation.governance.rules.describe import MONTHS
from samstyr.foundation.governance.rules.schema import GovernanceModel
from samstyr.foundation.kernel.text import say
from samstyr.foundation.ui.pieces import Status, Tab, Tone
from samstyr.procedure.casework.queries.wheel_year import Line, Year
from samstyr.procedure.year.queries import is_mine
from samstyr.procedure.year.rules.circle import Ring, Sector, circle
from samstyr.procedure.year.rules.standing import TONES, WORDS, Standing

LETTERS = {"plan": "P", "do": "D", "check": "C", "act": "A"}


def pdca_words() -> dict[str, str]:
    """The circle of improvement in words, by the model's key."""
    return {
        "plan": _("P – planlegge"),
        "do": _("D – gjennomføre"),
        "check": _("C – kontrollere"),
        "act": _("A – forbedre"),
    }


def status_of(standing: Standing) -> Status:
    """How a period stands, with its tone."""
    return Status(str(say(WORDS[standing])), Tone(TONES[standing]))


def span_words(first: date, last: date) -> str:
    """A stretch of days in short: 01.02.–28.02.2027."""
    start = first.strftime("%d.%m.") if first.year == last.year else first.strftime("%d.%m.%Y")
    return f"{start}–{last.strftime('%d.%m.%Y')}"


@dataclass(frozen=True)
class Row:
    """A period as a row beside the drawing."""

    line: Line
    status: Status
    when: str
    pdca: str
    url: str
    current: bool


@dataclass(frozen=True)
class Group:
    """A wheel as rows."""

    letter: str
    name: str
    organisation: str
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Wanted:
    """What is asked for: a body's, a role's, one's own."""

    body: str = ""
    role: str = ""
    mine: bool = False

    @property
    def narrowed(self) -> bool:
        """Whether anything is left out."""
        return bool(self.body or self.role or self.mine)


def narrowed(year: Year, wanted: Wanted, model: GovernanceModel, actor: Any, today: date) -> Year:
    """The year with only what is asked for."""
    if not wanted.narrowed:
        return year

    def fits(role: str, body: str) -> bool:
        if wanted.body and body != wanted.body:
            return False
        if wanted.role and role != wanted.role:
            return False
        return not wanted.mine or is_mine(actor, role, body, today, model)

    wheels = tuple(
        replace(
            wheel,
            lines=tuple(one for one in wheel.lines if fits(one.placed.laid.owner_role, one.placed.laid.owner_body)),
        )
        for wheel in year.wheels
    )
    return replace(
        year,
        wheels=wheels,
        meetings=tuple(row for row in year.meetings if fits("", row.body)),
        deadlines=tuple(one for one in year.deadlines if fits("", one.body.key)),
        duties=tuple(one for one in year.duties if fits(one.duty.owner or "", one.duty.owner_body or "")),
    )


def groups(year: Year, slug: str, today: date) -> list[Group]:
    """The wheels with their periods as rows; a wheel with nothing to show is left out."""
    words = pdca_words()
    return [
        Group(
            wheel.letter,
            wheel.name,
            wheel.organisation,
            tuple(
                Row(
                    line,
                    status_of(line.standing),
                    span_words(*line.placed.span),
                    words.get(line.placed.laid.pdca, ""),
                    reverse("year-period", args=[slug, line.placed.row.pk]) if line.placed.row else "",
                    line.placed.laid.starts_on <= today <= line.placed.laid.ends_on,
                )
                for line in wheel.lines
            ),
        )
        for wheel in year.wheels
        if wheel.lines
    ]


def drawing(year: Year, today: date) -> str:
    """The year as a circle."""
    rings = [
        Ring(wheel.name, not wheel.key, tuple(_sector(line, today) for line in wheel.lines)) for wheel in year.wheels
    ]
    return circle([ring for ring in rings if ring.sectors], year.number, today)


def _sector(line: Line, today: date) -> Sector:
    laid = line.placed.laid
    letter = LETTERS.get(laid.pdca, "")
    told = f"{line.mark} {laid.name}: {span_words(*line.placed.span)}"
    mark = f"{line.mark} {letter}" if letter else line.mark
    return Sector(mark, told, laid.starts_on, laid.ends_on, laid.order, laid.starts_on <= today <= laid.ends_on)


@dataclass(frozen=True)
class Event:
    """Something on a day: what, whose, where to read more."""

    day: date
    kind: str
    title: str
    who: str = ""
    url: str = ""
    status: Status | None = None
    mine: bool = False


def events(year: Year, names: dict[str, str], slug: str, first: date, last: date, tasks: Iterable[Any]) -> list[Event]:
    """Everything that has a day in the stretch, by day: meetings, deadlines, duties and one's own tasks."""
    found = [
        Event(
            row.held_on, _("Møte"), names.get(row.body, row.body), str(row.organisation or ""),
            reverse("meeting-list", args=[slug]) + f"?year={row.held_on.year}",
            Status(_("Avlyst"), Tone.NEUTRAL) if row.cancelled else None,
        )
        for row in year.meetings
    ]  # fmt: skip
    found += [
        Event(
            one.due_on, _("Frist"), str(one.rule.name),
            _("%(body)s, før møtet i %(other)s %(day)s")
            % {"body": one.body.name, "other": one.other, "day": one.meeting.held_on.strftime("%d.%m.%Y")},
            "", Status(_("Faller bort"), Tone.NEUTRAL) if one.meeting.cancelled else None,
        )
        for one in year.deadlines
    ]  # fmt: skip
    found += [
        Event(
            one.due_on, _("Skal være gjort"), str(one.duty.name), "",
            duty_url(slug, one.duty.key, one.due_on), Status(str(one.label), Tone(one.tone)),
        )
        for one in year.duties
    ]  # fmt: skip
    found += [
        Event(
            task.due_on, _("Oppgaven din"), task.case.title, task.name, reverse("step-treat", args=[slug, task.pk]),
            mine=True,
        )
        for task in tasks
        if task.due_on
    ]  # fmt: skip
    return sorted((one for one in found if first <= one.day <= last), key=lambda one: (one.day, one.kind, one.title))


def duty_url(slug: str, key: str, due_on: date) -> str:
    """Where one says that a duty is done."""
    return reverse("year-duty", args=[slug, key, due_on.isoformat()])


def month_span(year: int, month: int) -> tuple[date, date]:
    """The first and last day of the month."""
    return date(year, month, 1), date(year, month, monthrange(year, month)[1])


def month_name(month: int) -> str:
    """The month in words."""
    return str(say(MONTHS[month - 1]))


def month_tabs(year: int, month: int | None, query: str) -> list[Tab]:
    """The whole year, and each month; the months in short."""
    more = f"&{query}" if query else ""
    tabs = [Tab(_("Hele året"), f"?ar={year}{more}", month is None)]
    return tabs + [
        Tab(month_name(number)[:3], f"?ar={year}&maned={number}{more}", month == number) for number in range(1, 13)
    ]
