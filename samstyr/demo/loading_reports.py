"""The demonstration's reports: the years' evaluations and what came before each meeting of the forum, one of them never."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from samstyr.foundation.kernel.workdays import add_working_days
from samstyr.wheel.reporting import actions, queries

if TYPE_CHECKING:
    from samstyr.demo.living import World
    from samstyr.demo.records import Demo

Run = Callable[["World", datetime], None]
YEARLY, WHEEL, FORUM = "arsevaluering", "arshjul", "digitaliseringsforum"
FIRST = date(2024, 1, 1)
# Year → when its evaluation is sent; the one for 2024 comes after the deadline.
EVALUATED = {2023: date(2024, 2, 20), 2024: date(2025, 3, 14), 2025: date(2026, 2, 17)}
WORDS = {
    2023: {"portefolje": "Det første året gikk med til å få oversikt. Få tiltak var i gang da året var omme."},
    2024: {
        "portefolje": "Halvparten av tiltakene er i gang. Vi mangler framdrift fra flere områder.",
        "behov": "Tjenestene melder mer enn før, men kultur er fortsatt stille.",
    },
    2025: {
        "portefolje": "De fleste tiltakene følger planen. To er utsatt til budsjettet er avklart.",
        "behov": "Behovene kommer fra alle områder. Det som avslås, får nå en begrunnelse som er lett å forstå.",
    },
}
BEFORE_MEETING = {
    "steg": "Årshjulet følges. Vurderingene hos kommunalsjefene tar lengst tid.",
    "oppfolging": "Vi ber forumet gå gjennom det som er over fristen.",
}
# The meeting that the report never came to, counted among the forum's.
NEVER = 4


def steps(demo: Demo) -> Iterator[tuple[date, int, Run]]:
    """When each report is sent, its place among what happens that day, and how."""
    for year, day in EVALUATED.items():
        yield day, 20, _sent(YEARLY, str(year), WORDS[year])
    days = [meeting.on for meeting in demo.meetings if meeting.body == FORUM and FIRST <= meeting.on <= demo.as_of]
    for number, day in enumerate(sorted(set(days))):
        if number != NEVER:
            yield add_working_days(day, -6), 20, _sent(WHEEL, day, BEFORE_MEETING)


def _before(day: date) -> str:
    """The key of the period that ends with the meeting."""
    found = queries.expected(day - timedelta(days=1), [WHEEL])
    return next(one.period.key for one in found if one.period.missing_from == day + timedelta(days=1))


def _sent(key: str, period: str | date, words: dict[str, str]) -> Run:
    def run(world: World, now: datetime) -> None:
        by: dict[str, Any] = {"actor": world.actor("it-leder", now), "now": now}
        row = actions.open_report(**by, report=key, period=_before(period) if isinstance(period, date) else period)
        for part in row.parts.all():
            if part.key in words:
                actions.write_part(**by, part_id=part.pk, version=part.version, text=words[part.key])
        actions.send(**by, report_id=row.pk, version=None)

    return run


def begin(world: World, now: datetime) -> None:
    """What can be written now is begun, as the daily work does it."""
    actions.open_due(actor=world.system(), now=now)
