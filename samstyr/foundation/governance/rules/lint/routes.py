"""The way itself: no dead ends, no step out of reach, no outcome that points nowhere."""

from __future__ import annotations

from collections.abc import Iterator

from samstyr.foundation.kernel.text import gettext_noop, say

from ..paths import Outcome, Path, Step
from ..schema import GovernanceModel
from .finding import Hit, Place, check, rule
from .graph import MOVING, POSITIVE, can_end, reachable

rule(
    "S-01",
    gettext_noop("Steg uten eier"),
    gettext_noop("Hvert steg må ha én rolle eller ett organ som gjør det. Ellers blir saken liggende."),
    gettext_noop("Oppgi enten en rolle eller et organ som «actor»."),
)
rule(
    "S-02",
    gettext_noop("Peker ingen steder"),
    gettext_noop("Et utfall som peker på et steg som ikke finnes, stanser saken."),
    gettext_noop("Rett nøkkelen, eller legg til steget."),
)
rule(
    "S-03",
    gettext_noop("Steg utenfor rekkevidde"),
    gettext_noop("Ingen sak kan komme til dette steget. Det ser ut som en del av løpet, men er det ikke."),
    gettext_noop("La et utfall lede til steget, eller ta det bort."),
)
rule(
    "S-04",
    gettext_noop("Blindvei"),
    gettext_noop("Herfra kan en sak aldri bli ferdig. Den går i ring eller blir stående."),
    gettext_noop("Legg til et utfall som avslutter saken, eller et steg videre."),
)
rule(
    "S-05",
    gettext_noop("Veivalg uten «ellers»"),
    gettext_noop("Når alle veier videre har et vilkår, finnes det saker som ingen av dem passer for."),
    gettext_noop("Legg til en siste vei uten vilkår (when)."),
)
rule(
    "S-15",
    gettext_noop("Utfall"),
    gettext_noop("Utfallene må gi saken en vei fram, og den som får nei, må få vite hvorfor."),
    gettext_noop("Legg til det som mangler på utfallet."),
)


def targets(outcome: Outcome) -> list[str]:
    """The steps that the outcome names."""
    if outcome.to is None:
        return []
    return [outcome.to] if isinstance(outcome.to, str) else [route.to for route in outcome.to]


def all_steps(model: GovernanceModel) -> Iterator[tuple[Path, Step, Place]]:
    """Every step with its path and place."""
    for index, path in enumerate(model.paths):
        for number, step in enumerate(path.steps):
            yield path, step, ("paths", index, "steps", number)


@check("S-01")
def owners(model: GovernanceModel) -> Iterator[Hit]:
    """A step has a role or a body, and not both."""
    for _path, step, place in all_steps(model):
        if not step.actor.role and not step.actor.every_body:
            yield Hit(
                "error",
                (*place, "actor"),
                say(
                    gettext_noop("Steget «%(step)s» har ingen som gjør det."),
                    step=step.name,
                ),
            )
        if (step.actor.role and step.actor.every_body) or (step.actor.body and step.actor.bodies):
            yield Hit(
                "error",
                (*place, "actor"),
                say(
                    gettext_noop(
                        "Steget «%(step)s» har flere som gjør det: en rolle og organer, eller både body og bodies."
                    ),
                    step=step.name,
                ),
            )


@check("S-02")
def targets_exist(model: GovernanceModel) -> Iterator[Hit]:
    """Start, outcomes, silence, disagreement and order name what exists."""
    nowhere = gettext_noop("«%(name)s» peker på «%(key)s», som ikke finnes i løpet.")
    for index, path in enumerate(model.paths):
        if path.start not in {step.key for step in path.steps}:
            yield Hit(
                "error",
                ("paths", index, "start"),
                say(nowhere, name=path.name, key=path.start),
            )
    for path, step, place in all_steps(model):
        keys = {item.key for item in path.steps}
        for number, outcome in enumerate(step.outcomes):
            for key in targets(outcome):
                if key not in keys:
                    yield Hit(
                        "error",
                        (*place, "outcomes", number, "to"),
                        say(nowhere, name=outcome.name, key=key),
                    )
            if outcome.effect == "goto" and not outcome.to:
                yield Hit(
                    "error",
                    (*place, "outcomes", number),
                    say(
                        gettext_noop("«%(name)s» skal gå til et steg, men sier ikke hvilket."),
                        name=outcome.name,
                    ),
                )
        if step.before and step.before not in keys and model.body(step.before) is None:
            yield Hit(
                "error",
                (*place, "before"),
                say(nowhere, name=step.name, key=step.before),
            )
        if step.silence and step.silence.outcome != "waived" and step.outcome(step.silence.outcome) is None:
            yield Hit(
                "error",
                (*place, "silence"),
                say(
                    gettext_noop("Taushet skal bety «%(key)s», men steget har ikke det utfallet."),
                    key=step.silence.outcome,
                ),
            )
        if step.join.disagreement and step.outcome(step.join.disagreement) is None:
            yield Hit(
                "error",
                (*place, "join"),
                say(
                    gettext_noop("Uenighet skal bety «%(key)s», men steget har ikke det utfallet."),
                    key=step.join.disagreement,
                ),
            )


@check("S-03")
def within_reach(model: GovernanceModel) -> Iterator[Hit]:
    """A case can come to every step."""
    for path, step, place in all_steps(model):
        if step.key not in reachable(path):
            yield Hit(
                "error",
                place,
                say(
                    gettext_noop("Ingen sak kan komme til steget «%(step)s»."),
                    step=step.name,
                ),
            )


@check("S-04")
def has_exit(model: GovernanceModel) -> Iterator[Hit]:
    """From every step a case can come to an end."""
    for path, step, place in all_steps(model):
        if step.key in reachable(path) and step.key not in can_end(path):
            yield Hit(
                "error",
                place,
                say(
                    gettext_noop("Fra steget «%(step)s» kan en sak aldri bli ferdig."),
                    step=step.name,
                ),
            )


@check("S-04")
def paths_in_ring(model: GovernanceModel) -> Iterator[Hit]:
    """Paths that go on with one another do not go in a ring."""
    for index, path in enumerate(model.paths):
        seen, at = [path.key], path
        while at.then and (onward := model.path(at.then)):
            if onward.key in seen:
                yield Hit(
                    "error",
                    ("paths", index, "then"),
                    say(
                        gettext_noop("Løpet «%(path)s» fører tilbake til seg selv."),
                        path=path.name,
                    ),
                )
                break
            seen.append(onward.key)
            at = onward


@check("S-05")
def routes_have_else(model: GovernanceModel) -> Iterator[Hit]:
    """A list of routes ends with one that always holds, and only there."""
    for _path, step, place in all_steps(model):
        for number, outcome in enumerate(step.outcomes):
            if not isinstance(outcome.to, tuple):
                continue
            where = (*place, "outcomes", number, "to")
            if not outcome.to or all(route.when is not None for route in outcome.to):
                yield Hit(
                    "error",
                    where,
                    say(
                        gettext_noop("«%(name)s» har ingen vei videre når ingen av vilkårene passer."),
                        name=outcome.name,
                    ),
                )
            elif any(route.when is None for route in outcome.to[:-1]):
                yield Hit(
                    "warning",
                    where,
                    say(
                        gettext_noop("«%(name)s» har veier som aldri blir brukt, fordi en vei uten vilkår står foran."),
                        name=outcome.name,
                    ),
                    say(gettext_noop("Sett veien uten vilkår sist.")),
                )


@check("S-15")
def path_can_succeed(model: GovernanceModel) -> Iterator[Hit]:
    """A case can come to a good end."""
    for index, path in enumerate(model.paths):
        if any(step.key == path.start for step in path.steps) and path.start not in can_end(path, POSITIVE):
            yield Hit(
                "error",
                ("paths", index),
                say(
                    gettext_noop("I løpet «%(path)s» kan ingenting få ja."),
                    path=path.name,
                ),
            )


@check("S-15")
def refusals_have_reasons(model: GovernanceModel) -> Iterator[Hit]:
    """Who is refused or sent back is told why; conditions have a text."""
    for _path, step, place in all_steps(model):
        for number, outcome in enumerate(step.outcomes):
            where = (*place, "outcomes", number)
            if outcome.effect in ("reject", "return") and not {"reason", "text"} & set(outcome.requires):
                yield Hit(
                    "warning",
                    where,
                    say(
                        gettext_noop("«%(name)s» krever ingen begrunnelse."),
                        name=outcome.name,
                    ),
                    say(gettext_noop("Legg til requires: [reason].")),
                )
            if outcome.effect == "conditions" and not {"conditions", "text"} & set(outcome.requires):
                yield Hit(
                    "warning",
                    where,
                    say(
                        gettext_noop("«%(name)s» har vilkår, men krever ikke at de skrives ned."),
                        name=outcome.name,
                    ),
                    say(gettext_noop("Legg til requires: [conditions].")),
                )
            if outcome.effect not in MOVING and outcome.effect != "return" and outcome.to is not None:
                yield Hit(
                    "warning",
                    where,
                    say(
                        gettext_noop("«%(name)s» avslutter eller stanser saken, men peker likevel på et steg."),
                        name=outcome.name,
                    ),
                    say(gettext_noop("Ta bort «to», eller velg en annen virkning.")),
                )
