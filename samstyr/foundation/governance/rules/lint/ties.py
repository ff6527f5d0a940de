"""The structure: relations, who chairs where, forums against the text, units and what roles they ask for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from samstyr.foundation.kernel.text import gettext_noop, say

from ..host import host_of
from ..schema import GovernanceModel
from ..structure_graph import end_of, ring, sentence
from .finding import Hit, Place, check, rule

rule(
    "S-30",
    gettext_noop("Relasjoner mellom organene"),
    gettext_noop("Organisasjonskartet tegnes av relasjonene. De må ha to ender som finnes, og ikke gå i ring."),
    gettext_noop("Rett relasjonen under structure, eller ta den bort."),
)
rule(
    "S-31",
    gettext_noop("Roller som organisasjonen må ha"),
    gettext_noop("Krav til roller må gjelde enheter og roller som finnes, ellers kan ingen se om de er oppfylt."),
    gettext_noop("Rett nøkkelen, eller beskriv det den viser til."),
)


@check("S-30")
def relations_have_ends(model: GovernanceModel) -> Iterator[Hit]:
    """Both ends of a relation exist and are different, no relation stands twice, and nobody is over themselves."""
    seen: set[tuple[str, str, str]] = set()
    for index, one in enumerate(model.structure.relations):
        place: Place = ("structure", "relations", index)
        for key in (one.source, one.target):
            if end_of(model, key) is None:
                yield Hit("error", place, say(gettext_noop("«%(key)s» er ikke noe i modellen."), key=key))
        if one.source == one.target:
            yield Hit("error", place, say(gettext_noop("«%(key)s» står i relasjon til seg selv."), key=one.source))
        if (one.source, one.kind, one.target) in seen:
            yield Hit(
                "warning", place, say(gettext_noop("Relasjonen står to ganger: %(what)s."), what=sentence(model, one))
            )
        seen.add((one.source, one.kind, one.target))
    found = ring(model.structure.relations)
    if found:
        names = [end.name if (end := end_of(model, key)) else key for key in found]
        yield Hit(
            "error",
            ("structure", "relations"),
            say(gettext_noop("«%(one)s» og «%(two)s» er over hverandre."), one=names[0], two=names[1]),
        )


@check("S-30")
def relations_agree(model: GovernanceModel) -> Iterator[Hit]:
    """Who is said to chair a body is its chair; who prepares or advises a body may do so; a body stands somewhere."""
    for index, one in enumerate(model.structure.relations):
        body = model.body(one.target)
        if one.kind == "chairs" and body and model.role(one.source) and body.chair != one.source:
            yield Hit(
                "error",
                ("structure", "relations", index),
                say(gettext_noop("%(what)s, men organet har en annen leder."), what=sentence(model, one)),
            )
        source = model.body(one.source)
        if (
            one.kind == "advises"
            and source
            and not any(m.kind in ("advise", "propose", "treat") for m in source.mandate)
        ):
            yield Hit(
                "warning",
                ("structure", "relations", index),
                say(gettext_noop("%(what)s, men har ikke mandat til å gi råd."), what=sentence(model, one)),
            )
    if not model.structure.relations:
        return
    named = {key for one in model.structure.relations for key in (one.source, one.target)}
    for index, item in enumerate(model.bodies):
        if item.key not in named and item.kind not in ("working_group", "project_group"):
            yield Hit(
                "info",
                ("bodies", index),
                say(gettext_noop("«%(body)s» har ingen relasjon til de andre i strukturen."), body=item.name),
            )


@check("S-30")
def the_highest(model: GovernanceModel) -> Iterator[Hit]:
    """The highest administrative body is an administrative body that adopts, and no other administrative one is over it."""
    key = model.structure.highest
    if key is None:
        return
    body = model.body(key)
    place: Place = ("structure", "highest")
    if body is None:
        yield Hit("error", place, say(gettext_noop("«%(key)s» er ikke et organ i modellen."), key=key))
        return
    if body.rules == "elected" or not any(item.kind == "adopt" for item in body.mandate):
        yield Hit(
            "error",
            place,
            say(
                gettext_noop(
                    "«%(body)s» kan ikke være øverste administrative organ: det vedtar ikke noe administrativt."
                ),
                body=body.name,
            ),
        )
    for one in model.structure.relations:
        over = model.body(one.source)
        if one.kind in ("mandates", "outranks") and one.target == key and over and over.rules != "elected":
            yield Hit(
                "error",
                place,
                say(
                    gettext_noop("«%(over)s» står over «%(body)s», som er øverste administrative organ."),
                    over=over.name,
                    body=body.name,
                ),
            )


@check("R-17")
def chairs_in_an_organisation(model: GovernanceModel) -> Iterator[Hit]:
    """A chair that follows an organisation has a role to follow, and the host is told where it follows the host."""
    for index, body in enumerate(model.bodies):
        if body.chair_in is None:
            continue
        place: Place = ("bodies", index, "chair_in")
        if body.chair is None:
            yield Hit(
                "error",
                place,
                say(gettext_noop("«%(body)s» har ingen leder som kan følge vertskapet."), body=body.name),
            )
        if body.chair_in == "host":
            if host_of(model) is None:
                yield Hit(
                    "error",
                    place,
                    say(
                        gettext_noop("Lederen av «%(body)s» følger verten, men modellen har ingen vert."),
                        body=body.name,
                    ),
                )
        elif model.slot(body.chair_in) is None:
            yield Hit(
                "error", place, say(gettext_noop("Organisasjonen «%(key)s» finnes ikke i modellen."), key=body.chair_in)
            )


@check("R-16")
def offices_that_must_be_there(model: GovernanceModel) -> Iterator[Hit]:
    """A body that must include an office has seats that follow it in every composition (N-011)."""
    for index, body in enumerate(model.bodies):
        for key in body.must_include:
            role = model.role(key)
            if role is None:
                yield Hit(
                    "error",
                    ("bodies", index, "must_include"),
                    say(gettext_noop("Rollen «%(key)s» finnes ikke i modellen."), key=key),
                )
                continue
            for number, version in enumerate(body.versions):
                if key not in {group.office for group in version.groups}:
                    yield Hit(
                        "error",
                        ("bodies", index, "versions", number),
                        say(
                            gettext_noop("«%(body)s» skal ha med «%(role)s», men ingen plass følger den rollen."),
                            body=body.name,
                            role=role.name,
                        ),
                    )


@check("R-16")
def covered_once(model: GovernanceModel) -> Iterator[Hit]:
    """No unit is covered by two bodies of the same kind, and every area that the model lists is covered (N-183)."""
    counts = Counter((body.kind, code) for body in model.bodies for code in dict.fromkeys(body.covers))
    for index, body in enumerate(model.bodies):
        for code in dict.fromkeys(body.covers):
            if counts[body.kind, code] > 1:
                yield Hit(
                    "warning",
                    ("bodies", index, "covers"),
                    say(gettext_noop("«%(code)s» dekkes av flere organer enn «%(body)s»."), code=code, body=body.name),
                )
    covered = {code for body in model.bodies for code in body.covers}
    for number, unit in enumerate(model.structure.units):
        if covered and unit.area and unit.code not in covered:
            yield Hit(
                "warning",
                ("structure", "units", number),
                say(gettext_noop("Ingen organer dekker «%(unit)s»."), unit=unit.name),
            )


@check("S-31")
def units_are_sound(model: GovernanceModel) -> Iterator[Hit]:
    """Units lie in organisations and under units of the model, with kinds that are described, and codes used once."""
    kinds = {item.key for item in model.structure.unit_kinds}
    slots = {item.key for item in model.organisations}
    codes = Counter((item.organisation, item.code) for item in model.structure.units)
    below = {(item.organisation, item.code): item.below for item in model.structure.units}
    for index, unit in enumerate(model.structure.units):
        place: Place = ("structure", "units", index)
        if unit.organisation in slots and codes[unit.organisation, unit.code] > 1:
            yield Hit("error", place, say(gettext_noop("Koden «%(code)s» står på flere enheter."), code=unit.code))
        if unit.kind and unit.kind not in kinds:
            yield Hit("error", place, say(gettext_noop("Enhetstypen «%(key)s» er ikke beskrevet."), key=unit.kind))
        if unit.below and (unit.organisation, unit.below) not in codes:
            yield Hit(
                "error",
                place,
                say(
                    gettext_noop("«%(unit)s» ligger under «%(code)s», som ikke finnes."),
                    unit=unit.name,
                    code=unit.below,
                ),
            )
        seen, at = {unit.code}, unit.below
        while at and at not in seen:
            seen.add(at)
            at = below.get((unit.organisation, at))
        if at == unit.code:
            yield Hit("error", place, say(gettext_noop("«%(unit)s» ligger under seg selv."), unit=unit.name))


@check("S-31")
def requirements_can_be_met(model: GovernanceModel) -> Iterator[Hit]:
    """What roles are required for exists, and the role can be held there."""
    kinds = {item.key for item in model.structure.unit_kinds}
    for index, role in enumerate(model.roles):
        for number, need in enumerate(role.required_per):
            place: Place = ("roles", index, "required_per", number)
            for key in need.unit_kinds:
                if key not in kinds:
                    yield Hit("error", place, say(gettext_noop("Enhetstypen «%(key)s» er ikke beskrevet."), key=key))
            if need.unit_kinds and need.per != "unit":
                yield Hit("error", place, say(gettext_noop("Bare krav per enhet kan gjelde noen enhetstyper.")))
            if need.per in ("area", "unit") and role.scope not in ("area", "unit"):
                yield Hit(
                    "error",
                    place,
                    say(
                        gettext_noop("«%(role)s» kreves i hver enhet, men rollen kan ikke gis i en enhet."),
                        role=role.name,
                    ),
                    say(gettext_noop("Sett scope til unit eller area.")),
                )


@check("S-31")
def combinations_are_sound(model: GovernanceModel) -> Iterator[Hit]:
    """Combinations name roles of the model, and do not both exclude and expect the same."""
    rules: dict[frozenset[str], set[str]] = {}
    for index, item in enumerate(model.structure.combinations):
        place: Place = ("structure", "combinations", index)
        for key in item.roles:
            if model.role(key) is None:
                yield Hit("error", place, say(gettext_noop("Rollen «%(key)s» finnes ikke i modellen."), key=key))
        if len(set(item.roles)) < len(item.roles):
            yield Hit("error", place, say(gettext_noop("En rolle kan ikke kombineres med seg selv.")))
        for other in item.roles[1:]:
            rules.setdefault(frozenset({item.roles[0], other}), set()).add(item.rule)
    for pair, said in rules.items():
        if {"excluded"} < said:
            names = sorted(str(role.name) for role in model.roles if role.key in pair)
            yield Hit(
                "error",
                ("structure", "combinations"),
                say(
                    gettext_noop("Modellen både utelukker og åpner for samme kombinasjon: %(names)s."),
                    names=", ".join(names),
                ),
            )


@check("S-31")
def extra_roles_exist(model: GovernanceModel) -> Iterator[Hit]:
    """Extra roles are of the model, in units that it lists when it lists any."""
    codes = {item.code for item in model.structure.units}
    for index, item in enumerate(model.structure.extra_roles):
        place: Place = ("structure", "extra_roles", index)
        for key in (item.role, *item.also):
            if model.role(key) is None:
                yield Hit("error", place, say(gettext_noop("Rollen «%(key)s» finnes ikke i modellen."), key=key))
        if codes and item.unit not in codes:
            yield Hit("error", place, say(gettext_noop("Enheten «%(code)s» finnes ikke i modellen."), code=item.unit))


@check("R-23")
def extra_roles_read_from_a_figure(model: GovernanceModel) -> Iterator[Hit]:
    """Extra roles read from a figure whose layout was lost wait for a person."""
    unsure = [index for index, item in enumerate(model.structure.extra_roles) if not item.confirmed]
    if unsure:
        yield Hit(
            "warning",
            ("structure", "extra_roles"),
            say(
                gettext_noop("%(count)s koblinger mellom sektor og tilleggsroller er ikke bekreftet."),
                count=len(unsure),
            ),
        )


@check("R-08")
def owners_are_single(model: GovernanceModel) -> Iterator[Hit]:
    """What one role is to answer for alone is not owned by two; a project's roles and forums exist."""
    owners: dict[str, str] = {}
    for index, role in enumerate(model.roles):
        for what in role.owns:
            if what in owners:
                yield Hit(
                    "error",
                    ("roles", index, "owns"),
                    say(gettext_noop("Både «%(one)s» og «%(two)s» eier det samme."), one=owners[what], two=role.name),
                    say(gettext_noop("La bare én av dem eie det.")),
                )
            owners.setdefault(what, str(role.name))
    for key in model.project_model.required_roles if model.project_model else ():
        if model.role(key) is None:
            yield Hit(
                "error",
                ("project_model", "required_roles"),
                say(gettext_noop("Rollen «%(key)s» finnes ikke i modellen."), key=key),
            )
    for key in model.structure.forums:
        if model.body(key) is None:
            yield Hit(
                "error",
                ("structure", "forums"),
                say(gettext_noop("Organet «%(key)s» finnes ikke i modellen."), key=key),
            )


@check("R-08")
def projects_are_steered(model: GovernanceModel) -> Iterator[Hit]:
    """A project steered by its area's body has such bodies, and somebody to choose across areas; an own group has a limit."""
    project = model.project_model
    if project is None:
        return
    if project.steering_by_area and not any(body.covers for body in model.bodies):
        yield Hit(
            "error",
            ("project_model", "steering_by_area"),
            say(gettext_noop("Ingen organer sier hvilke områder de dekker (covers).")),
        )
    if project.steering_by_area and project.steering is None:
        yield Hit(
            "error",
            ("project_model", "steering_by_area"),
            say(gettext_noop("Ingen velger styringsgruppe for prosjekter på tvers av områder (steering).")),
        )
    if project.own_steering and project.steering is None:
        yield Hit(
            "error",
            ("project_model", "own_steering"),
            say(gettext_noop("Prosjekter kan ha egen styringsgruppe, men ingen setter rammene for den (steering).")),
        )
