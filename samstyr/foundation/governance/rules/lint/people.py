"""Roles: tasks, deputies, two hats at once, roles nobody can get, and names of persons where only roles belong."""

from __future__ import annotations

import re
from collections.abc import Iterator

from samstyr.foundation.access import Act
from samstyr.foundation.kernel.text import gettext_noop, say

from ..schema import GovernanceModel
from .finding import Hit, Place, check, rule
from .references import walk
from .routes import all_steps

rule(
    "R-05",
    gettext_noop("To roller i samme sak"),
    gettext_noop("Den som uttaler seg, bør ikke også sende ut eller avgjøre saken."),
    gettext_noop("Vis sammenfallet på saken, eller la en annen uttale seg."),
)
rule(
    "R-22",
    gettext_noop("Personopplysninger"),
    gettext_noop("Modellen skal ha roller, ikke personer. Da kan den deles og vare."),
    gettext_noop("Bytt ut navnet eller kontaktopplysningen med rollen."),
)
rule(
    "S-07",
    gettext_noop("Rolle ingen kan ha"),
    gettext_noop("En rolle må kunne gis til noen, og noen må kunne tre inn når vedkommende er borte."),
    gettext_noop("La en annen rolle oppnevne, og tillat stedfortreder."),
)
rule(
    "S-13",
    gettext_noop("Rolle uten oppgave"),
    gettext_noop("En rolle uten oppgave forvirrer. En oppgave uten rolle blir ikke gjort."),
    gettext_noop("Beskriv oppgaven, eller ta bort rollen."),
)
rule(
    "S-14",
    gettext_noop("Noen må kunne styre"),
    gettext_noop("Noen må kunne melde behov, gi roller og endre modellen. Ellers låser den seg."),
    gettext_noop("Gi retten til en rolle."),
)

PERSONAL = (
    (re.compile(r"[\w.+-]+@[\w-]+\.[\w.]+"), gettext_noop("en e-postadresse")),
    (re.compile(r"(?<!\d)\d{6}\s?\d{5}(?!\d)"), gettext_noop("et fødselsnummer")),
    (
        re.compile(r"(?:tlf|telefon|mobil)\D{0,5}\d[\d ]{7,}", re.IGNORECASE),
        gettext_noop("et telefonnummer"),
    ),
)
NAME = re.compile(r"^[A-ZÆØÅ][a-zæøåéü]+(?: [A-ZÆØÅ][a-zæøåéü]+){1,3}$")


@check("R-05")
def consultees_with_seats(model: GovernanceModel) -> Iterator[Hit]:
    """A hearing body whose unit also has seats where the case is treated, or whose role treats it, has two hats."""
    deciders = {key for _path, step, _place in all_steps(model) for key in step.actor.every_body}
    hearing_paths = {path.key for path, step, _place in all_steps(model) if step.kind == "hearing"}
    actors = {
        step.actor.role for path, step, _place in all_steps(model) if path.key in hearing_paths and step.actor.role
    }
    for index, consultee in enumerate(model.hearing_bodies if hearing_paths else ()):
        seats = [
            body
            for body in model.bodies
            if body.key in deciders
            and consultee.unit_of
            and any(group.organisation == consultee.unit_of for version in body.versions for group in version.groups)
        ]
        for body in seats:
            yield Hit(
                "warning",
                ("hearing_bodies", index),
                say(
                    gettext_noop("«%(name)s» uttaler seg i høringen og har plass i «%(body)s»."),
                    name=consultee.name,
                    body=body.name,
                ),
            )
        if consultee.role in actors:
            yield Hit(
                "warning",
                ("hearing_bodies", index, "role"),
                say(
                    gettext_noop("«%(name)s» uttaler seg i høringen gjennom en rolle som selv behandler saken."),
                    name=consultee.name,
                ),
            )


@check("R-22")
def persons(model: GovernanceModel) -> Iterator[Hit]:
    """No contact details anywhere, and no name of a person where a role is named."""
    for place, part in walk(model):
        for name in type(part).model_fields:
            values = getattr(part, name)
            for text in values if isinstance(values, tuple) else (values,):
                if not isinstance(text, str) and "root" not in getattr(type(text), "model_fields", {}):
                    continue
                for pattern, what in PERSONAL:
                    if name != "address" and pattern.search(str(text)):
                        yield Hit(
                            "error",
                            (*place, name),
                            say(
                                gettext_noop("Teksten inneholder %(what)s."),
                                what=say(what),
                            ),
                        )
    yield from _names(model)


def _names(model: GovernanceModel) -> Iterator[Hit]:
    named: list[tuple[Place, str]] = [(("roles", n, "name"), str(role.name)) for n, role in enumerate(model.roles)]
    for index, body in enumerate(model.bodies):
        for number, version in enumerate(body.versions):
            named += [
                (
                    ("bodies", index, "versions", number, "groups", at, "name"),
                    str(group.name),
                )
                for at, group in enumerate(version.groups)
            ]
    slots = {str(slot.name) for slot in model.organisations}
    for place, text in named:
        if NAME.match(text) and text not in slots:
            yield Hit(
                "warning",
                place,
                say(
                    gettext_noop("«%(text)s» ser ut som navnet på en person."),
                    text=text,
                ),
            )


@check("S-07")
def roles_can_be_held(model: GovernanceModel) -> Iterator[Hit]:
    """No ring of roles that appoint each other, and a deputy for everyone who has a step."""
    by_key = {role.key: role for role in model.roles}
    for index, role in enumerate(model.roles):
        seen, at = {role.key}, role
        while at.appointed_by and (above := by_key.get(at.appointed_by)):
            if above.key == role.key:
                yield Hit(
                    "error",
                    ("roles", index, "appointed_by"),
                    say(
                        gettext_noop("Ingen kan få rollen «%(role)s»: den må oppnevnes av seg selv."),
                        role=role.name,
                    ),
                )
                break
            if above.key in seen:
                break
            seen.add(above.key)
            at = above
    acting = {step.actor.role for _path, step, _place in all_steps(model)} | {
        body.chair for body in model.bodies if not body.secretary
    }
    for index, role in enumerate(model.roles):
        if role.key in acting and not role.deputy:
            yield Hit(
                "warning",
                ("roles", index, "deputy"),
                say(
                    gettext_noop("«%(role)s» har steg i løpet, men kan ikke ha stedfortreder."),
                    role=role.name,
                ),
            )


@check("S-13")
def roles_have_tasks(model: GovernanceModel) -> Iterator[Hit]:
    """Every role has a task and a place in the model (B-02)."""
    used = used_roles(model)
    for index, role in enumerate(model.roles):
        if not role.tasks:
            yield Hit(
                "warning",
                ("roles", index),
                say(gettext_noop("Rollen «%(role)s» har ingen oppgave."), role=role.name),
            )
        if role.key not in used and not role.rights:
            yield Hit(
                "warning",
                ("roles", index),
                say(
                    gettext_noop("Rollen «%(role)s» brukes ikke noe sted i modellen."),
                    role=role.name,
                ),
            )


def used_roles(model: GovernanceModel) -> set[str]:
    """The roles that act, lead, serve, sit, appoint, answer, own or report."""
    names = (
        "role",
        "chair",
        "secretary",
        "convener",
        "office",
        "appointed_by",
        "owner",
        "sender",
        "receiver",
        "decided_by",
        "steering",
    )
    used = {str(getattr(part, name)) for _place, part in walk(model) for name in names if getattr(part, name, None)}
    used |= {key for _place, part in walk(model) for key in getattr(part, "attendees", ())}
    used |= set(model.responsibility.parties) if model.responsibility else set()
    return used


@check("S-14")
def somebody_can(model: GovernanceModel) -> Iterator[Hit]:
    """Somebody may make needs, give roles and keep the model."""
    given = {right.act for role in model.roles for right in role.rights}
    if model.path_for("need") and Act.NEED_CREATE not in given:
        yield Hit("error", ("roles",), say(gettext_noop("Ingen rolle kan melde inn behov.")))
    for act, words in (
        (Act.MODEL_MANAGE, gettext_noop("Ingen rolle kan endre styringsmodellen.")),
        (Act.ROLE_APPOINT, gettext_noop("Ingen rolle kan gi andre en rolle.")),
    ):
        if act not in given:
            yield Hit("warning", ("roles",), say(words))


@check("S-14")
def hearings_have_answers(model: GovernanceModel) -> Iterator[Hit]:
    """A path with a hearing has somebody to hear."""
    for _path, step, place in all_steps(model):
        if step.kind == "hearing" and not model.hearing_bodies:
            yield Hit(
                "error",
                place,
                say(
                    gettext_noop("«%(step)s» er en høring, men modellen har ingen høringsinstanser."),
                    step=step.name,
                ),
                say(gettext_noop("Legg til hearing_bodies.")),
            )
