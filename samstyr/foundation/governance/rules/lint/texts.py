"""Names, goals, sources and readings that need confirming."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from samstyr.foundation.kernel.text import gettext_noop, say

from ..schema import GovernanceModel
from ..strategy import Goal, LocalStrategy, placed
from .finding import Hit, Place, check, rule

rule(
    "R-15",
    gettext_noop("Navn"),
    gettext_noop("Én ting bør ha ett navn, og ett navn bør bare brukes om én ting."),
    gettext_noop("Velg ett navn, og skriv de andre som alias."),
)
rule(
    "R-20",
    gettext_noop("Målformulering"),
    gettext_noop("Et mål bør være en tilstand som kan nås, med et mål på når den er nådd."),
    gettext_noop("Skriv tilstanden som skal nås, med måltall eller år."),
)
rule(
    "R-21",
    gettext_noop("Kilde"),
    gettext_noop("Den som leser modellen, må kunne finne dokumentet den bygger på."),
    gettext_noop("Oppgi tittel og adresse til kilden."),
)
rule(
    "R-23",
    gettext_noop("Usikker lesing"),
    gettext_noop(
        "Verdien er lest ut av en figur eller tabell der oppsettet er gått tapt, og må bekreftes av et menneske."
    ),
    gettext_noop("Sammenlign med originalen, rett ved behov, og sett confirmed: true."),
)


def _plain(text: object) -> str:
    return re.sub(r"[\W_]+", "", str(text).casefold())


@check("R-15")
def one_name_one_thing(model: GovernanceModel) -> Iterator[Hit]:
    """No two bodies, roles or organisations share a name or alias."""
    groups: tuple[tuple[str, tuple[Any, ...]], ...] = (
        ("bodies", model.bodies),
        ("roles", model.roles),
        ("organisations", model.organisations),
    )
    for kind, items in groups:
        seen: dict[str, int] = {}
        for index, item in enumerate(items):
            for name in (item.name, *getattr(item, "aliases", ())):
                first = seen.setdefault(_plain(name), index)
                if first != index:
                    yield Hit(
                        "warning",
                        (kind, index, "name"),
                        say(
                            gettext_noop("Navnet «%(name)s» brukes om både «%(one)s» og «%(two)s»."),
                            name=name,
                            one=items[first].key,
                            two=item.key,
                        ),
                    )


@check("R-15")
def step_names(model: GovernanceModel) -> Iterator[Hit]:
    """Outcomes of a step can be told apart."""
    for index, path in enumerate(model.paths):
        for number, step in enumerate(path.steps):
            names = [_plain(outcome.name) for outcome in step.outcomes]
            if len(set(names)) < len(names):
                yield Hit(
                    "error",
                    ("paths", index, "steps", number, "outcomes"),
                    say(
                        gettext_noop("To utfall av «%(step)s» har samme navn."),
                        step=step.name,
                    ),
                )


def statements(model: GovernanceModel) -> Iterator[tuple[Place, Goal | LocalStrategy]]:
    """What one sets out to reach oneself: own goals with none below them, and local strategies."""
    for one in placed(model.strategy.goals):
        if not one.goal.goals and not one.goal.national:
            yield ("strategy", *one.place), one.goal
    for index, item in enumerate(model.strategy.strategies):
        yield ("strategy", "strategies", index), item


@check("R-20")
def goals_measurable(model: GovernanceModel) -> Iterator[Hit]:
    """Own goals have a target or a year; goals are states, not actions or the past."""
    own = list(statements(model))
    measured = {target.goal for target in model.strategy.targets}
    without = [place for place, item in own if item.key not in measured and not item.due_year]
    if without:
        yield Hit(
            "warning",
            ("strategy", "goals"),
            say(
                gettext_noop("%(count)s av %(total)s mål har verken måltall eller år."),
                count=len(without),
                total=len(own),
            ),
        )
    for place, item in own:
        text = str(item.text).strip()
        if re.match(r"(?:å|Å) ", text) or text.endswith((",", "-")):
            yield Hit(
                "info",
                place,
                say(
                    gettext_noop("«%(text)s» er ikke en tilstand som kan nås."),
                    text=text[:80],
                ),
            )
        elif re.match(r"(?:har|hadde|ble) ", text, re.IGNORECASE):
            yield Hit(
                "info",
                place,
                say(
                    gettext_noop("«%(text)s» beskriver noe som alt er gjort."),
                    text=text[:80],
                ),
            )


@check("R-21")
def source_named(model: GovernanceModel) -> Iterator[Hit]:
    """The model says what it is taken from."""
    if model.source is None:
        yield Hit(
            "info",
            ("key",),
            say(gettext_noop("Modellen sier ikke hvilket dokument den bygger på.")),
        )
    elif model.source.address and not re.match(r"https?://\S+$", model.source.address):
        yield Hit(
            "warning",
            ("source", "address"),
            say(
                gettext_noop("«%(address)s» er ikke en nettadresse."),
                address=model.source.address,
            ),
        )


@check("R-23")
def readings(model: GovernanceModel) -> Iterator[Hit]:
    """What is read from a lost layout waits for a person."""
    rows = model.responsibility.rows if model.responsibility else ()
    unsure = [index for index, row in enumerate(rows) if not row.confirmed]
    if unsure:
        yield Hit(
            "warning",
            ("responsibility", "rows", unsure[0]),
            say(
                gettext_noop("%(count)s rader i ansvarsmatrisen er ikke bekreftet."),
                count=len(unsure),
            ),
        )
    for index, area in enumerate(model.strategy.focus_areas):
        if any(not cell.confirmed for cell in area.cells):
            yield Hit(
                "warning",
                ("strategy", "focus_areas", index),
                say(
                    gettext_noop("Hvilke områder «%(area)s» gjelder, er ikke bekreftet."),
                    area=area.name,
                ),
            )
    inferred = [index for index, item in enumerate(model.strategy.strategies) if not item.confirmed]
    if inferred:
        yield Hit(
            "warning",
            ("strategy", "strategies"),
            say(
                gettext_noop("For %(count)s strategier er det ikke bekreftet hvilke nasjonale mål de svarer på."),
                count=len(inferred),
            ),
        )
