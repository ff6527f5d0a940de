"""What is referred to must exist (R-07, R-08), and keys must be unique (R-10)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from samstyr.foundation.kernel.text import gettext_noop, say

from ..schema import GovernanceModel
from .finding import Hit, Place, check, rule

rule(
    "R-07",
    gettext_noop("Henvisninger"),
    gettext_noop("En henvisning må peke på noe som finnes. Ellers leter leseren forgjeves."),
    gettext_noop("Rett henvisningen, eller legg til det den viser til."),
)
rule(
    "R-08",
    gettext_noop("Ukjent eller udefinert"),
    gettext_noop("Et organ, en rolle eller en gruppe som brukes, må være beskrevet. Ellers vet ingen hvem det er."),
    gettext_noop("Beskriv det som mangler, eller rett nøkkelen."),
)
rule(
    "R-10",
    gettext_noop("Opplisting"),
    gettext_noop("Det samme nummeret eller den samme nøkkelen kan ikke stå to ganger i en liste."),
    gettext_noop("Gi hver ting sin egen nøkkel og sitt eget nummer."),
)

ROLE_FIELDS = (
    "chair",
    "secretary",
    "convener",
    "office",
    "appointed_by",
    "owner",
    "steering",
    "decided_by",
)
PARTY_FIELDS = ("sender", "receiver", "steering", "decided_by")


def walk(node: Any, place: Place = ()) -> Iterator[tuple[Place, Any]]:
    """Every part of the model with its place."""
    fields = getattr(type(node), "model_fields", None)
    if fields and "root" not in fields:
        yield place, node
        for name in fields:
            yield from walk(getattr(node, name), (*place, name))
    elif isinstance(node, tuple):
        for index, item in enumerate(node):
            yield from walk(item, (*place, index))


def named(model: GovernanceModel) -> dict[str, set[str]]:
    """The keys that there are, by what they are keys of."""
    return {
        "role": {item.key for item in model.roles},
        "body": {item.key for item in model.bodies},
        "slot": {item.key for item in model.organisations},
        "period": {item.key for item in model.wheel.periods} if model.wheel else set(),
        "path": {item.key for item in model.paths},
    }


WORDS = {
    "role": gettext_noop("Rollen «%(key)s» finnes ikke i modellen."),
    "body": gettext_noop("Organet «%(key)s» finnes ikke i modellen."),
    "slot": gettext_noop("Organisasjonen «%(key)s» finnes ikke i modellen."),
    "period": gettext_noop("Perioden «%(key)s» finnes ikke i årshjulet."),
    "path": gettext_noop("Løpet «%(key)s» finnes ikke i modellen."),
    "party": gettext_noop("«%(key)s» er verken en rolle eller et organ i modellen."),
}

LOST = gettext_noop("Henvisningen til «%(key)s» har ikke noe mål.")

KIND_OF = {
    "chair": "role",
    "secretary": "role",
    "convener": "role",
    "office": "role",
    "appointed_by": "role",
    "owner": "role",
    "role": "role",
    "attendees": "role",
    "kept_by": "role",
    "body": "body",
    "bodies": "body",
    "aligned_with": "body",
    "checked_by": "role",
    "owner_body": "body",
    "organisation": "slot",
    "organisations": "slot",
    "exists_for": "slot",
    "parents": "party_slot",
    "members": "slot",
    "host": "slot",
    "unit_of": "slot",
    "weights": "slot",
    "shares": "slot",
    "period": "period",
    "window": "period",
    "depends_on": "period",
    "path": "path",
    "revision_path": "path",
    "then": "path",
    "sender": "party",
    "receiver": "party",
    "steering": "party",
    "decided_by": "party",
}


@check("R-08")
def unknown_keys(model: GovernanceModel) -> Iterator[Hit]:
    """Every key that names a role, body, organisation, period or path names one that exists."""
    known = named(model)
    known["party"] = known["role"] | known["body"]
    known["party_slot"] = known["slot"] | known["body"]
    for place, part in walk(model):
        in_overlay = "overlays" in place
        for name in type(part).model_fields:
            kind = KIND_OF.get(name)
            value = getattr(part, name)
            if kind is None or value is None or isinstance(value, bool):
                continue
            if name == "host" and "organisations" in place:
                continue
            allowed = known[kind]
            if kind == "period" and in_overlay:
                allowed = allowed | {p.key for o in model.wheel.overlays for p in o.periods} if model.wheel else allowed
            for key in (value,) if isinstance(value, str) else tuple(value):
                if isinstance(key, str) and key not in allowed:
                    word = WORDS["slot" if kind == "party_slot" else kind]
                    yield Hit("error", (*place, name), say(word, key=key))


@check("R-08")
def undescribed_bodies(model: GovernanceModel) -> Iterator[Hit]:
    """A body that is used has a composition, and somebody who leads or serves it."""
    for index, body in enumerate(model.bodies):
        if not body.versions or not any(version.groups for version in body.versions):
            yield Hit(
                "warning",
                ("bodies", index, "versions"),
                say(gettext_noop("«%(body)s» har ingen sammensetning."), body=body.name),
            )
        if not body.chair and not body.secretary:
            yield Hit(
                "error",
                ("bodies", index),
                say(
                    gettext_noop("«%(body)s» har verken leder eller sekretær."),
                    body=body.name,
                ),
                say(gettext_noop("Oppgi hvem som leder organet (chair) eller fører vedtakene (secretary).")),
            )
        if not body.mandate and not body.tasks:
            yield Hit(
                "warning",
                ("bodies", index, "mandate"),
                say(gettext_noop("«%(body)s» har ikke noe mandat."), body=body.name),
            )


@check("R-07")
def loose_references(model: GovernanceModel) -> Iterator[Hit]:
    """References to steps, documents and sources point at something."""
    steps = {f"{path.key}/{step.key}" for path in model.paths for step in path.steps}
    for index, routine in enumerate(model.routines):
        if routine.step not in steps:
            yield Hit("error", ("routines", index, "step"), say(LOST, key=routine.step))
    for index, period in enumerate(model.wheel.periods if model.wheel else ()):
        for number, step in enumerate(period.steps):
            if step not in steps:
                yield Hit(
                    "error",
                    ("wheel", "periods", index, "steps", number),
                    say(LOST, key=step),
                )
    project = model.project_model
    if project:
        documents = {item.key for item in project.documents}
        for place, part in walk(project, ("project_model",)):
            for number, key in enumerate(getattr(part, "documents", ())):
                if isinstance(key, str) and key not in documents:
                    yield Hit("error", (*place, "documents", number), say(LOST, key=key))
    if model.wheel:
        for index, overlay in enumerate(model.wheel.overlays):
            own = {item.key for item in overlay.periods}
            for here, there in overlay.feeds.items():
                for key, known in (
                    (here, {p.key for p in model.wheel.periods}),
                    (there, own),
                ):
                    if key not in known:
                        yield Hit(
                            "error",
                            ("wheel", "overlays", index, "feeds"),
                            say(LOST, key=key),
                        )


@check("R-07")
def substitute_references(model: GovernanceModel) -> Iterator[Hit]:
    """Substitutes are for a group of members in the same composition."""
    for index, body in enumerate(model.bodies):
        for number, version in enumerate(body.versions):
            members = {group.key for group in version.groups if group.substitutes_for is None}
            for at, group in enumerate(version.groups):
                if group.substitutes_for is not None and group.substitutes_for not in members:
                    place = ("bodies", index, "versions", number, "groups", at, "substitutes_for")
                    yield Hit("error", place, say(LOST, key=group.substitutes_for))


@check("R-07")
def plan_references(model: GovernanceModel) -> Iterator[Hit]:
    """The plan's cost key, required lines and those whose money it is are in the model."""
    plan = model.plan
    if plan is None:
        return
    keys = {item.key for item in plan.cost_keys}
    if plan.default_cost_key and plan.default_cost_key not in keys:
        yield Hit(
            "error",
            ("plan", "default_cost_key"),
            say(LOST, key=plan.default_cost_key),
        )
    kinds = {item.key for item in plan.measure_kinds}
    for number, required in enumerate(plan.required_lines):
        if required.kind not in kinds:
            yield Hit("error", ("plan", "required_lines", number), say(LOST, key=required.kind))
    for number, source in enumerate(plan.sources):
        if source.delegated_to and model.role(source.delegated_to) is None:
            yield Hit("error", ("plan", "sources", number), say(LOST, key=source.delegated_to))


@check("R-10")
def repeated_keys(model: GovernanceModel) -> Iterator[Hit]:
    """No list has the same key twice."""
    for place, part in walk(model):
        for name in type(part).model_fields:
            items = getattr(part, name)
            if not isinstance(items, tuple) or not items or not hasattr(items[0], "key"):
                continue
            seen: set[str] = set()
            for index, item in enumerate(items):
                if item.key in seen:
                    yield Hit(
                        "error",
                        (*place, name, index),
                        say(
                            gettext_noop("Nøkkelen «%(key)s» står to ganger i samme liste."),
                            key=item.key,
                        ),
                    )
                seen.add(item.key)


@check("R-10")
def orders(model: GovernanceModel) -> Iterator[Hit]:
    """Numbers in an order are 1, 2, 3 without holes or repetitions."""
    numbers = [area.order for area in model.strategy.focus_areas if area.order is not None]
    if numbers and sorted(numbers) != list(range(1, len(numbers) + 1)):
        yield Hit(
            "info",
            ("strategy", "focus_areas"),
            say(gettext_noop("Satsingsområdene er ikke nummerert 1, 2, 3 … uten hull.")),
        )
