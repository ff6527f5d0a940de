"""The wheel by itself and laid over others, and how often bodies meet in it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from itertools import pairwise

from samstyr.foundation.kernel.text import gettext_noop, say

from ..schema import GovernanceModel, days_of
from .finding import Hit, check, rule

rule(
    "R-06",
    gettext_noop("Møtehyppighet"),
    gettext_noop("Hvor ofte et organ møtes, må passe med det årshjulet venter av det."),
    gettext_noop("Sett opp flere møter i årshjulet, eller endre hyppigheten."),
)
rule(
    "R-12",
    gettext_noop("Gyldighet"),
    gettext_noop("Perioder kan ikke overlappe, ha hull eller ta slutt før det som bygger på dem."),
    gettext_noop("Rett datoene slik at de følger etter hverandre."),
)
rule(
    "S-17",
    gettext_noop("Årshjulets rekkefølge"),
    gettext_noop("En periode kan ikke ta slutt før den perioden den bygger på."),
    gettext_noop("Flytt periodene, eller endre hva de avhenger av."),
)
YEAR = 2027


@check("R-06")
def meetings_in_wheel(model: GovernanceModel) -> Iterator[Hit]:
    """The number of meetings agrees with the periods that are the body's, and with its own highest number."""
    for index, body in enumerate(model.bodies):
        often = body.frequency
        if often is None:
            continue
        if often.at_most is not None and often.times - often.tolerance > often.at_most:
            yield Hit(
                "warning",
                ("bodies", index, "frequency"),
                say(
                    gettext_noop("«%(body)s» skal møtes oftere enn det høyeste antallet."),
                    body=body.name,
                ),
            )
        if model.wheel is None or often.per != "year":
            continue
        own = [period for period in model.wheel.periods if period.owner_body == body.key]
        if own and len(own) < often.times - often.tolerance:
            yield Hit(
                "info",
                ("bodies", index, "frequency"),
                say(
                    gettext_noop(
                        "«%(body)s» møtes om lag %(times)s ganger i året, men årshjulet har %(periods)s periode(r) for det."
                    ),
                    body=body.name,
                    times=often.times,
                    periods=len(own),
                ),
            )
        elif len(own) > often.times + often.tolerance:
            yield Hit(
                "warning",
                ("bodies", index, "frequency"),
                say(
                    gettext_noop(
                        "Årshjulet har %(periods)s perioder for «%(body)s», som møtes %(times)s ganger i året."
                    ),
                    body=body.name,
                    times=often.times,
                    periods=len(own),
                ),
            )


@check("R-12")
def compositions_follow(model: GovernanceModel) -> Iterator[Hit]:
    """Dated compositions of a body neither overlap nor leave days between them, nor have run out."""
    for index, body in enumerate(model.bodies):
        spans = sorted(((v.valid_from or date.min, v.valid_to or date.max, n) for n, v in enumerate(body.versions)))
        for first, last, number in spans:
            if last < first:
                yield Hit(
                    "error",
                    ("bodies", index, "versions", number),
                    say(
                        gettext_noop("Sammensetningen av «%(body)s» slutter før den begynner."),
                        body=body.name,
                    ),
                )
        for (_first, last, _n), (then, _last, number) in pairwise(spans):
            if then <= last:
                yield Hit(
                    "error",
                    ("bodies", index, "versions", number),
                    say(
                        gettext_noop("To sammensetninger av «%(body)s» gjelder samtidig."),
                        body=body.name,
                    ),
                )
            elif last < date.max and (then - last).days > 1:
                yield Hit(
                    "warning",
                    ("bodies", index, "versions", number),
                    say(
                        gettext_noop("Det er et tidsrom der «%(body)s» ikke har noen sammensetning."),
                        body=body.name,
                    ),
                )
        if spans and model.valid_from and spans[-1][1] < model.valid_from:
            yield Hit(
                "warning",
                ("bodies", index, "versions"),
                say(
                    gettext_noop("Sammensetningen av «%(body)s» er utløpt når modellen begynner å gjelde."),
                    body=body.name,
                ),
            )


@check("R-12")
def sources_last(model: GovernanceModel) -> Iterator[Hit]:
    """Funding and cooperation have not ended before the model begins."""
    start = model.valid_from
    if start is None:
        return
    for index, source in enumerate(model.plan.sources if model.plan else ()):
        if source.valid_to_year is not None and source.valid_to_year <= start.year + (
            model.plan.years if model.plan else 0
        ):
            yield Hit(
                "warning",
                ("plan", "sources", index),
                say(
                    gettext_noop("Finansieringen «%(name)s» tar slutt i %(year)s, før planperioden er over."),
                    name=source.name,
                    year=source.valid_to_year,
                ),
            )
    if model.cooperation and model.cooperation.until and model.cooperation.until < start:
        yield Hit(
            "error",
            ("cooperation", "until"),
            say(gettext_noop("Samarbeidet er avsluttet før modellen begynner å gjelde.")),
        )


@check("S-17")
def periods_in_order(model: GovernanceModel) -> Iterator[Hit]:
    """A period ends no earlier than those it depends on, and nothing depends on itself."""
    if model.wheel is None:
        return
    by_key = {period.key: period for period in model.wheel.periods}
    for index, period in enumerate(model.wheel.periods):
        place = ("wheel", "periods", index, "depends_on")
        for key in period.depends_on:
            needed = by_key.get(key)
            if needed is None:
                continue
            if key == period.key or period.key in _needed_by(needed.key, by_key, set()):
                yield Hit(
                    "error",
                    place,
                    say(
                        gettext_noop("Perioden «%(period)s» avhenger av seg selv."),
                        period=period.name,
                    ),
                )
                continue
            origin = days_of(model.wheel.periods[0], YEAR)[0]
            mine, theirs = (
                _in_wheel(days_of(period, YEAR), origin),
                _in_wheel(days_of(needed, YEAR), origin),
            )
            if mine[1] < theirs[1] or mine[0] < theirs[0]:
                yield Hit(
                    "error",
                    place,
                    say(
                        gettext_noop("Perioden «%(period)s» ligger før «%(needed)s», som den bygger på."),
                        period=period.name,
                        needed=needed.name,
                    ),
                )


def _in_wheel(span: tuple[date, date], origin: date) -> tuple[int, int]:
    """The span as days after the wheel's own beginning."""
    start = (span[0] - origin).days % 365
    return start, start + (span[1] - span[0]).days


def _needed_by(key: str, periods: Mapping[str, object], seen: set[str]) -> set[str]:
    for other in getattr(periods.get(key), "depends_on", ()):
        if other not in seen:
            seen.add(other)
            _needed_by(other, periods, seen)
    return seen


@check("S-17")
def overlays_get_theirs(model: GovernanceModel) -> Iterator[Hit]:
    """What another wheel waits for is finished before that wheel's own period begins (B-38)."""
    wheel = model.wheel
    for index, overlay in enumerate(wheel.overlays if wheel else ()):
        theirs = {period.key: period for period in overlay.periods}
        for here, there in overlay.feeds.items():
            mine, waiting = wheel.period(here) if wheel else None, theirs.get(there)
            if mine is None or waiting is None:
                continue
            if days_of(mine, YEAR)[1] >= days_of(waiting, YEAR)[1]:
                yield Hit(
                    "warning",
                    ("wheel", "overlays", index, "feeds"),
                    say(
                        gettext_noop("«%(mine)s» er ikke ferdig før «%(theirs)s» i %(wheel)s er over."),
                        mine=mine.name,
                        theirs=waiting.name,
                        wheel=overlay.name,
                    ),
                )


@check("S-17")
def days_exist(model: GovernanceModel) -> Iterator[Hit]:
    """Periods begin and end on days that exist (29 February stands for the last of the month)."""
    longest = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
    for index, period in enumerate(model.wheel.periods if model.wheel else ()):
        for name in ("starts", "ends"):
            day = getattr(period, name)
            if day.day > longest[day.month - 1]:
                yield Hit(
                    "error",
                    ("wheel", "periods", index, name),
                    say(
                        gettext_noop("Datoen %(day)s.%(month)s. finnes ikke."),
                        day=day.day,
                        month=day.month,
                    ),
                )


@check("R-12")
def strategy_period(model: GovernanceModel) -> Iterator[Hit]:
    """The strategy ends after it begins, and no source it rests on ends before it does (G-08)."""
    content = model.strategy
    if content.first_year and content.last_year and content.last_year < content.first_year:
        yield Hit("error", ("strategy", "last_year"), say(gettext_noop("Strategien slutter før den begynner.")))
    for index, source in enumerate(content.sources):
        if source.last_year and content.last_year and source.last_year < content.last_year:
            yield Hit(
                "warning",
                ("strategy", "sources", index),
                say(
                    gettext_noop("«%(source)s» gjelder bare til %(year)s, men strategien varer til %(last)s."),
                    source=source.title,
                    year=source.last_year,
                    last=content.last_year,
                ),
            )
